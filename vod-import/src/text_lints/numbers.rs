//! Numbers in the texts of fields that read like limits: the limits of the field must have them.

use std::collections::HashSet;

use regex_lite::Regex;

use vod_spec::model::{Bounds, Element, Field, Number, Service};

/// A number, with or without commas between its thousands.
const NUMBER: &str = r"(-?[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?)";
/// Wordings of a bound, with `NUM` for [`NUMBER`]. The last number of each must be a bound of the field.
const WORDINGS: &[&str] = &[
    r"(?i)\b(?:at most|at least|up to|no more than|not more than|no longer than|maximum of|minimum of|exactly|within|exceeds?|exceeding|limit(?:ed)?(?: is| of| to|:)?) NUM",
    r"(?i)\b(?:maximum|minimum|max|min|largest|smallest)(?: value| length| number)?(?: is| are|:)? NUM",
    r"(?i)\b(?:above|below|under|over|less than|more than|fewer than|greater than|shorter than|longer than) NUM",
    r"(?i)\bbetween NUM and NUM",
    r"(?:^|[^0-9A-Za-z_.:`-])NUM(?: to |–|-|~)NUM(?:$|[^0-9:.-]|[.-](?:$|[^0-9]))",
    r"(?i)(?:^|[^0-9A-Za-z_.:`-])NUM[ -](?:characters?|letters?|digits?|items|entries|elements|or fewer|or less)\b",
];

/// Finds texts whose numbers read like limits that the field does not have.
pub(super) struct Numbers {
    wordings: Vec<Regex>,
    /// Names of the types that a request can hold.
    sent: HashSet<String>,
}

impl Numbers {
    pub(super) fn of(service: &Service) -> Self {
        // The wordings are constants, which the tests below compile.
        let wordings =
            WORDINGS.iter().filter_map(|wording| Regex::new(&wording.replace("NUM", NUMBER)).ok()).collect();
        Self { wordings, sent: sent_types(service) }
    }

    /// Whether values of the type are sent; limits are checked on the way to the service alone.
    pub(super) fn is_sent(&self, record: &str) -> bool {
        self.sent.contains(record)
    }

    /// The first number of a field's text that reads like a limit and is none.
    pub(super) fn without_limit(&self, field: &Field) -> Option<String> {
        let limits = &field.limits;
        let mut known: Vec<Number> = Vec::new();
        known.extend(limits.items.into_iter().chain(limits.length).flat_map(counts));
        known.extend(limits.range.into_iter().flat_map(|Bounds { min, max }| [min, max]).flatten());
        let pattern = limits.pattern.as_deref().unwrap_or_default();
        known.extend(pattern.split(|c: char| !c.is_ascii_digit()).filter_map(parse));
        let text = plain(&field.doc);
        // The largest bound of an interval must be there; its smallest too, unless another value stands beside it.
        let has =
            |number: &str| parse(number).is_none_or(|number| known.contains(&number) || is_zero(number));
        for wording in &self.wordings {
            for found in wording.captures_iter(&text) {
                let last = found.iter().skip(1).flatten().last().map(|group| group.as_str());
                let after = found.get(0).map_or("", |whole| &text[whole.end()..]);
                if let Some(number) = last.filter(|number| !has(number) && !is_size(after)) {
                    return Some(number.to_owned());
                }
            }
        }
        None
    }
}

fn counts(bounds: Bounds<u64>) -> impl Iterator<Item = Number> {
    [bounds.min, bounds.max]
        .into_iter()
        .flatten()
        .filter_map(|count| i64::try_from(count).ok())
        .map(Number::Int)
}

fn is_zero(number: Number) -> bool {
    number == Number::Int(0)
}

/// Whether what follows a number makes it the size of a file.
fn is_size(after: &str) -> bool {
    let unit = after.trim_start().split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    matches!(unit, "KB" | "MB" | "GB" | "TB")
}

fn parse(written: &str) -> Option<Number> {
    let digits = written.replace(',', "");
    digits.parse().map(Number::Int).ok().or_else(|| digits.parse().map(Number::Float).ok())
}

/// The text without what stands in backticks: values and names of other fields.
fn plain(text: &str) -> String {
    text.split('`').step_by(2).collect::<Vec<_>>().join("`")
}

/// Types that a request can hold, through other types too.
fn sent_types(service: &Service) -> HashSet<String> {
    let mut sent = HashSet::new();
    let mut pending: Vec<&Field> = service.actions.iter().flat_map(|action| &action.request).collect();
    while let Some(field) = pending.pop() {
        let Element::Record(name) = &field.ty.element else { continue };
        if sent.insert(name.clone()) {
            pending.extend(service.record(name).into_iter().flat_map(|record| &record.fields));
        }
    }
    sent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_wording_is_looked_for() {
        assert_eq!(Numbers::of(&Service::default()).wordings.len(), WORDINGS.len());
    }
}
