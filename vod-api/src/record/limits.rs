//! Limits of the spec files, checked before anything is sent.

use std::fmt;

use regex_lite::Regex;

use super::{Limit, ListRef, Record, ValueRef, present};
use crate::timestamp::{Date, Timestamp};

/// A value that its spec does not allow.
#[derive(Debug)]
pub(crate) struct Violation {
    /// The field: `Filters[2].Name`.
    pub(crate) path: String,
    /// The value's problem and the limit: `has 17 items, at most 16 are allowed`.
    pub(crate) message: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.path, self.message)
    }
}

impl Violation {
    fn new(message: String) -> Self {
        Self { path: String::new(), message }
    }

    /// Prepends where it happened; called on the way out, so that a valid request builds no paths.
    fn within(mut self, outer: impl fmt::Display) -> Self {
        let dot = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{outer}{dot}{}", self.path);
        self
    }
}

/// Checks all limits of a record and of the records in it; the first violation is the result.
pub(crate) fn check_limits(record: &dyn Record) -> Result<(), Violation> {
    let meta = record.meta();
    for (i, name, value) in present(record) {
        check_inside(value).map_err(|violation| violation.within(name))?;
        let hidden = meta.sensitive.contains(&i);
        for (_, limit) in meta.limits.iter().filter(|(index, _)| *index == i) {
            check_limit(limit, value, hidden).map_err(|violation| violation.within(name))?;
        }
    }
    Ok(())
}

/// The same for tools: the field and what is wrong with it.
///
/// # Errors
/// A value that its spec does not allow.
pub fn check_record(record: &dyn Record) -> Result<(), (String, String)> {
    check_limits(record).map_err(|Violation { path, message }| (path, message))
}

fn check_inside(value: ValueRef<'_>) -> Result<(), Violation> {
    match value {
        ValueRef::Record(record) => check_limits(record),
        ValueRef::List(list @ (ListRef::Records(_) | ListRef::Floats(_))) => {
            for (i, value) in list.iter().enumerate() {
                check_inside(value).map_err(|violation| violation.within(format_args!("[{i}]")))?;
            }
            Ok(())
        }
        ValueRef::Float(v) if !v.is_finite() => {
            Err(Violation::new(format!("is {v}, only finite numbers can be sent")))
        }
        _ => Ok(()),
    }
}

fn check_limit(limit: &Limit, value: ValueRef<'_>, hidden: bool) -> Result<(), Violation> {
    if let (Limit::Items(min, max), ValueRef::List(list)) = (limit, value) {
        let len = list.len() as u64;
        return within_count(len, *min, *max, "item").map_err(Violation::new);
    }
    if let ValueRef::List(list) = value {
        for (i, value) in list.iter().enumerate() {
            check_scalar(limit, value, hidden).map_err(|e| e.within(format_args!("[{i}]")))?;
        }
        return Ok(());
    }
    check_scalar(limit, value, hidden)
}

fn check_scalar(limit: &Limit, value: ValueRef<'_>, hidden: bool) -> Result<(), Violation> {
    let refusal = match (limit, value) {
        (Limit::Length(min, max), ValueRef::String(text)) => {
            within_count(text.chars().count() as u64, *min, *max, "character").err()
        }
        (Limit::Pattern(pattern), ValueRef::String(text)) => mismatch(pattern, text, hidden),
        (Limit::Timestamp, ValueRef::String(text)) => {
            let sound = Timestamp::from(text).unix_seconds().is_some()
                || Timestamp::from(text.replacen(' ', "T", 1)).unix_seconds().is_some();
            (!sound).then(|| no_time(text, hidden, "date and time, like 2026-01-31T08:00:00Z"))
        }
        (Limit::Date, ValueRef::String(text)) => {
            Date::from(text).year_month_day().is_none().then(|| no_time(text, hidden, "day, like 2026-01-31"))
        }
        (Limit::Int(min, max), ValueRef::Int64(v)) => outside(i128::from(v), *min, *max, hidden),
        (Limit::Int(min, max), ValueRef::Uint64(v)) => outside(i128::from(v), *min, *max, hidden),
        (Limit::Float(min, max), ValueRef::Float(v)) => (v < *min || v > *max).then(|| {
            range_text(&v, hidden, (*min > f64::MIN).then_some(min), (*max < f64::MAX).then_some(max))
        }),
        // The spec checker lets no other combination pass.
        _ => None,
    };
    refusal.map_or(Ok(()), |message| Err(Violation::new(message)))
}

fn no_time(text: &str, hidden: bool, form: &str) -> String {
    if hidden { format!("is no {form}") } else { format!("is {text:?}, which is no {form}") }
}

fn within_count(count: u64, min: u64, max: u64, unit: &str) -> Result<(), String> {
    let plural = |n: u64| if n == 1 { "" } else { "s" };
    if count > max {
        Err(format!("has {count} {unit}{}, at most {max} are allowed", plural(count)))
    } else if count < min {
        Err(format!("has {count} {unit}{}, at least {min} must be given", plural(count)))
    } else {
        Ok(())
    }
}

fn outside(value: i128, min: i128, max: i128, hidden: bool) -> Option<String> {
    let open_below = min == i128::MIN;
    let open_above = max == i128::MAX;
    (value < min || value > max)
        .then(|| range_text(&value, hidden, (!open_below).then_some(&min), (!open_above).then_some(&max)))
}

fn range_text<T: fmt::Display>(value: &T, hidden: bool, min: Option<&T>, max: Option<&T>) -> String {
    let value = if hidden { "out of range".to_owned() } else { value.to_string() };
    match (min, max) {
        (Some(min), Some(max)) => format!("is {value}, the range is {min} to {max}"),
        (Some(min), None) => format!("is {value}, the smallest value allowed is {min}"),
        (None, Some(max)) => format!("is {value}, the largest value allowed is {max}"),
        (None, None) => format!("is {value}"),
    }
}

/// The spec checker has compiled the pattern before; should it not compile here, the service decides.
fn mismatch(pattern: &str, text: &str, hidden: bool) -> Option<String> {
    let refused = Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text));
    refused.then(|| {
        let value = if hidden { String::new() } else { format!("is {text:?}, which ") };
        format!("{value}does not match the pattern {pattern}")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(limit: &Limit, text: &str, hidden: bool) -> String {
        check_limit(limit, ValueRef::String(text), hidden)
            .map_or_else(|fault| fault.message, |()| String::new())
    }

    #[test]
    fn times_that_are_none_are_refused_before_they_are_sent() {
        for (text, sound) in [
            ("2026-01-31T08:00:00Z", true),
            ("2026-01-31T08:00:00+08:00", true),
            ("2026-01-31T08:00:00", true),
            ("2026-01-31 08:00:00", true),
            ("2026-02-30T08:00:00Z", false),
            ("1575356802", false),
            ("yesterday", false),
            ("", false),
        ] {
            assert_eq!(told(&Limit::Timestamp, text, false).is_empty(), sound, "{text}");
        }
        for (text, sound) in [("2026-01-31", true), ("2026-02-30", false), ("soon", false)] {
            assert_eq!(told(&Limit::Date, text, false).is_empty(), sound, "{text}");
        }
        assert_eq!(
            told(&Limit::Timestamp, "yesterday", false),
            "is \"yesterday\", which is no date and time, like 2026-01-31T08:00:00Z"
        );
        assert_eq!(told(&Limit::Date, "yesterday", true), "is no day, like 2026-01-31");
    }
}
