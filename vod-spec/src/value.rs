//! Checks JSON values against fields.

use std::fmt;

use serde_json::{Map, Value};

use crate::base64::decode_base64;
use crate::model::{Action, Bounds, Element, Field, FieldType, Limits, Number, Record, Service};
use crate::suggest::suggest;
use crate::time::{is_date, is_timestamp};

/// Which way a value goes, which decides how strictly it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// To the service: required fields must be there and limits hold. `null` counts as absent.
    Request,
    /// From the service: anything may be absent or `null`, limits do not apply. `RequestId` is known at the
    /// top.
    Response,
}

/// One way in which a value does not fit its fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    /// Where: `Filters[0].Name`. Empty for the value as a whole.
    pub path: String,
    /// In what way.
    pub kind: MismatchKind,
    /// A sentence that names the path, the value (unless it is sensitive) and what is allowed.
    pub message: String,
}

/// In what way a value does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MismatchKind {
    /// A member that no field describes.
    UnknownMember,
    /// A required field that is not there.
    Missing,
    /// A value of another type.
    WrongType,
    /// Too many or too few values in a list.
    Items,
    /// Too many or too few characters.
    Length,
    /// Too large or too small a number.
    Range,
    /// A text that does not match the pattern.
    Pattern,
    /// A text that is no date, or no point in time.
    Time,
}

/// Checks an object against fields, down through lists and types; the result is empty if it fits.
pub fn check_value(service: &Service, fields: &[Field], value: &Value, side: Side) -> Vec<Mismatch> {
    Checker::new(service, side, usize::MAX).check(fields, false, value)
}

/// Checks an answer, or an event of a stream, against what the action's response has.
pub(crate) fn check_answer(service: &Service, action: &Action, value: &Value) -> Vec<Mismatch> {
    let keeps_unknown = action.union.is_some();
    Checker::new(service, Side::Response, usize::MAX).check(&action.response, keeps_unknown, value)
}

/// The first mismatch that [`check_value`] finds, without looking for others: the time that it takes does not grow
/// with the number of mistakes. With `keeps_unknown`, members of the object itself that no field describes are
/// let pass.
pub fn first_mismatch(
    service: &Service,
    fields: &[Field],
    keeps_unknown: bool,
    value: &Value,
    side: Side,
) -> Option<Mismatch> {
    Checker::new(service, side, 1).check(fields, keeps_unknown, value).into_iter().next()
}

struct Checker<'a> {
    service: &'a Service,
    side: Side,
    path: String,
    found: Vec<Mismatch>,
    /// So many mismatches are looked for.
    most: usize,
    /// Inside a sensitive field, whose values are not repeated.
    hidden: bool,
}

impl<'a> Checker<'a> {
    fn new(service: &'a Service, side: Side, most: usize) -> Self {
        Self { service, side, path: String::new(), found: Vec::new(), most, hidden: false }
    }

    fn check(mut self, fields: &[Field], keeps_unknown: bool, value: &Value) -> Vec<Mismatch> {
        match value {
            Value::Object(members) => {
                self.object(fields, keeps_unknown, members, self.side == Side::Response);
            }
            other => self.wrong_type(other, "an object"),
        }
        self.found
    }

    fn has_enough(&self) -> bool {
        self.found.len() >= self.most
    }

    fn object(&mut self, fields: &[Field], keeps_unknown: bool, members: &Map<String, Value>, top: bool) {
        for field in fields {
            if self.has_enough() {
                return;
            }
            let value = members.get(&field.name).filter(|value| !value.is_null());
            self.within(&field.name, field.sensitive, |this| match value {
                Some(value) => this.field(field, value),
                None if field.required && this.side == Side::Request => this.missing(),
                None => {}
            });
        }
        for (name, value) in members {
            if self.has_enough() {
                return;
            }
            if fields.iter().any(|field| field.name == *name) {
                continue;
            }
            if top && name == "RequestId" {
                let text = FieldType { element: Element::String, list: false };
                self.within(name, false, |this| {
                    this.element(&text.element, &Limits::default(), value);
                });
            } else if !keeps_unknown {
                self.within(name, false, |this| this.unknown(fields, name));
            }
        }
    }

    /// Runs a check one level further down the path.
    fn within(&mut self, part: &str, sensitive: bool, check: impl FnOnce(&mut Self)) {
        let (length, hidden) = (self.path.len(), self.hidden);
        if !self.path.is_empty() && !part.starts_with('[') {
            self.path.push('.');
        }
        self.path.push_str(part);
        self.hidden |= sensitive;
        check(self);
        self.path.truncate(length);
        self.hidden = hidden;
    }

    fn report(&mut self, kind: MismatchKind, message: impl fmt::Display) {
        let subject = if self.path.is_empty() { "the value".to_owned() } else { format!("`{}`", self.path) };
        let message = format!("{subject} {message}");
        self.found.push(Mismatch { path: self.path.clone(), kind, message });
    }

    fn missing(&mut self) {
        self.report(MismatchKind::Missing, "is required and missing");
    }

    fn unknown(&mut self, fields: &[Field], name: &str) {
        match suggest(name, fields.iter().map(|field| field.name.as_str())) {
            Some(near) => {
                self.report(MismatchKind::UnknownMember, format!("is unknown (did you mean `{near}`?)"));
            }
            None => self.report(MismatchKind::UnknownMember, "is unknown"),
        }
    }

    fn wrong_type(&mut self, value: &Value, expected: &str) {
        self.report(MismatchKind::WrongType, format!("is {}, not {expected}", kind(value)));
    }

    fn field(&mut self, field: &Field, value: &Value) {
        if !field.ty.list {
            return self.element(&field.ty.element, &field.limits, value);
        }
        let Value::Array(values) = value else {
            return self.wrong_type(value, "a list");
        };
        if self.side == Side::Request
            && let Some(fault) =
                field.limits.items.and_then(|bounds| count_fault(values.len(), bounds, "item"))
        {
            self.report(MismatchKind::Items, fault);
        }
        for (i, value) in values.iter().enumerate() {
            if self.has_enough() {
                return;
            }
            self.within(&format!("[{i}]"), false, |this| {
                this.element(&field.ty.element, &field.limits, value);
            });
        }
    }

    fn element(&mut self, element: &Element, limits: &Limits, value: &Value) {
        if value.is_null() && self.side == Side::Response {
            return;
        }
        match (element, value) {
            (Element::Json | Element::External(_), _)
            | (Element::Bool, Value::Bool(_))
            | (Element::Enum(_), Value::String(_)) => {}
            (Element::Timestamp, Value::String(text)) => {
                self.time(text, is_timestamp(text), "date and time, like 2026-01-31T08:00:00Z");
            }
            (Element::Date, Value::String(text)) => self.time(text, is_date(text), "day, like 2026-01-31"),
            (Element::Binary, Value::String(text)) if decode_base64(text).is_some() => {}
            (Element::String, Value::String(text)) => self.text(limits, text),
            (Element::Int64, Value::Number(number)) if number.is_i64() => self.number(limits, number),
            (Element::Uint64, Value::Number(number)) if number.is_u64() => self.number(limits, number),
            (Element::Float, Value::Number(number)) => self.number(limits, number),
            (Element::Record(name), Value::Object(members)) => {
                let service = self.service;
                if let Some(Record { fields, keeps_unknown, .. }) = service.record(name) {
                    self.object(fields, *keeps_unknown, members, false);
                }
            }
            _ => self.wrong_type(value, expected(element)),
        }
    }

    fn text(&mut self, limits: &Limits, text: &str) {
        if self.side == Side::Response {
            return;
        }
        let length = text.chars().count();
        if let Some(fault) = limits.length.and_then(|bounds| count_fault(length, bounds, "character")) {
            self.report(MismatchKind::Length, fault);
        }
        let Some(pattern) = &limits.pattern else { return };
        // The loader has refused patterns that do not compile.
        if regex_lite::Regex::new(pattern).is_ok_and(|regex| !regex.is_match(text)) {
            let shown = if self.hidden { String::new() } else { format!("is `{text}`, which ") };
            self.report(MismatchKind::Pattern, format!("{shown}does not match `{pattern}`"));
        }
    }

    /// A date, or a point in time. In an answer, the service also writes `0000-00-00` and nothing for "never".
    fn time(&mut self, text: &str, sound: bool, form: &str) {
        let never = self.side == Side::Response && (text.is_empty() || text.starts_with("0000-00-00"));
        if !sound && !never {
            let shown = if self.hidden { "is no".to_owned() } else { format!("is `{text}`, which is no") };
            self.report(MismatchKind::Time, format!("{shown} {form}"));
        }
    }

    fn number(&mut self, limits: &Limits, number: &serde_json::Number) {
        let Some(range) = limits.range.filter(|_| self.side == Side::Request) else {
            return;
        };
        if range.min.is_none_or(|min| min.is_at_most(number))
            && range.max.is_none_or(|max| max.is_at_least(number))
        {
            return;
        }
        let shown = if self.hidden { "out of range".to_owned() } else { number.to_string() };
        let allowed = match (range.min, range.max) {
            (Some(min), Some(max)) => format!("the range is {min} to {max}"),
            (Some(min), None) => format!("the smallest value allowed is {min}"),
            (None, Some(max)) => format!("the largest value allowed is {max}"),
            (None, None) => return,
        };
        self.report(MismatchKind::Range, format!("is {shown}, {allowed}"));
    }
}

fn count_fault(count: usize, bounds: Bounds<u64>, unit: &str) -> Option<String> {
    let count = count as u64;
    let plural = if count == 1 { "" } else { "s" };
    if let Some(max) = bounds.max.filter(|max| count > *max) {
        return Some(format!("has {count} {unit}{plural}, at most {max} are allowed"));
    }
    let min = bounds.min.filter(|min| count < *min)?;
    Some(format!("has {count} {unit}{plural}, at least {min} must be given"))
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        // What is beyond 64 bits is kept as a number with a fraction.
        Value::Number(number) if number.is_f64() && number.as_f64().is_some_and(is_beyond_64_bits) => {
            "a whole number beyond 64 bits"
        }
        Value::Number(number) if number.is_f64() => "a number with a fraction",
        Value::Number(number) if number.is_i64() && !number.is_u64() => "a negative number",
        Value::Number(number) if !number.is_i64() => "a whole number beyond 63 bits",
        Value::Number(_) => "a whole number",
        Value::String(_) => "a text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Whether a number is whole because it is too large for a fraction, and for 64 bits.
fn is_beyond_64_bits(number: f64) -> bool {
    const LIMIT: f64 = 18_446_744_073_709_551_616.0;
    number.abs() >= LIMIT
}

fn expected(element: &Element) -> &'static str {
    match element {
        Element::String | Element::Timestamp | Element::Date | Element::Enum(_) => "a text",
        Element::Int64 => "an int64",
        Element::Uint64 => "a uint64",
        Element::Float => "a number",
        Element::Bool => "a boolean",
        Element::Binary => "Base64 text",
        Element::Record(_) => "an object",
        Element::Json | Element::External(_) => "anything",
    }
}

impl Number {
    fn is_at_most(self, value: &serde_json::Number) -> bool {
        self.compare(value).is_some_and(std::cmp::Ordering::is_le)
    }

    fn is_at_least(self, value: &serde_json::Number) -> bool {
        self.compare(value).is_some_and(std::cmp::Ordering::is_ge)
    }

    fn compare(self, value: &serde_json::Number) -> Option<std::cmp::Ordering> {
        let whole = value.as_i64().map(i128::from).or_else(|| value.as_u64().map(i128::from));
        match (self, whole) {
            (Self::Int(bound), Some(whole)) => Some(i128::from(bound).cmp(&whole)),
            (bound, _) => bound.to_f64().partial_cmp(&value.as_f64()?),
        }
    }
}
