//! Limits at their bounds, and what a violation says.

use crate::record::{FieldMut, FieldRef, Limit, Record, RecordMeta, check_limits, check_record};

#[derive(Debug, Clone, Default)]
struct Part {
    name: Option<String>,
    count: Option<i64>,
    size: Option<u64>,
    share: Option<f64>,
    low: Option<f64>,
    high: Option<i64>,
    names: Vec<String>,
    shares: Vec<f64>,
    parts: Vec<Part>,
    whole: Option<Box<Part>>,
}

impl Record for Part {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "Part",
            fields: &["Name", "Count", "Size", "Share", "Low", "High", "Names", "Shares", "Parts", "Part"],
            rust_names: &[],
            required: &[],
            sensitive: &[],
            limits: &[
                (0, Limit::Length(2, 4)),
                (1, Limit::Int(-1, 10)),
                (2, Limit::Int(1, 10)),
                (3, Limit::Float(0.5, 2.0)),
                (4, Limit::Float(0.5, f64::MAX)),
                (5, Limit::Int(i128::MIN, 10)),
                (6, Limit::Items(1, 2)),
                (6, Limit::Length(0, 3)),
            ],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        match index {
            0 => FieldRef::OptString(&self.name),
            1 => FieldRef::OptInt64(&self.count),
            2 => FieldRef::OptUint64(&self.size),
            3 => FieldRef::OptFloat(&self.share),
            4 => FieldRef::OptFloat(&self.low),
            5 => FieldRef::OptInt64(&self.high),
            6 => FieldRef::Strings(&self.names),
            7 => FieldRef::Floats(&self.shares),
            8 => FieldRef::Records(&self.parts),
            _ => FieldRef::optional(&self.whole),
        }
    }
    fn get_mut(&mut self, _: usize) -> FieldMut<'_> {
        FieldMut::None
    }
}

fn violation(part: &Part) -> Option<String> {
    let violation = check_limits(part).err().map(|violation| violation.to_string());
    let for_tools = check_record(part).err().map(|(path, message)| format!("{path} {message}"));
    assert_eq!(violation, for_tools);
    violation
}

fn refused(part: &Part, expected: &str) {
    assert_eq!(violation(part).as_deref(), Some(expected), "{part:?}");
}

fn taken(part: &Part) {
    assert_eq!(violation(part), None, "{part:?}");
}

#[test]
fn bounds_are_inclusive() {
    let none = Part::default;
    for name in ["ab", "abcd", "\u{e9}\u{e9}"] {
        taken(&Part { name: Some(name.to_owned()), ..none() });
    }
    let name = |name: &str| Part { name: Some(name.to_owned()), ..none() };
    refused(&name("a"), "Name has 1 character, at least 2 must be given");
    refused(&name("abcde"), "Name has 5 characters, at most 4 are allowed");
    for count in [-1, 0, 10] {
        taken(&Part { count: Some(count), ..none() });
    }
    refused(&Part { count: Some(-2), ..none() }, "Count is -2, the range is -1 to 10");
    refused(&Part { count: Some(11), ..none() }, "Count is 11, the range is -1 to 10");
    taken(&Part { size: Some(1), ..none() });
    refused(&Part { size: Some(0), ..none() }, "Size is 0, the range is 1 to 10");
    taken(&Part { high: Some(i64::MIN), ..none() });
    refused(&Part { high: Some(11), ..none() }, "High is 11, the largest value allowed is 10");
    for share in [0.5, 1.0, 2.0] {
        taken(&Part { share: Some(share), ..none() });
    }
    refused(&Part { share: Some(0.4), ..none() }, "Share is 0.4, the range is 0.5 to 2");
    refused(&Part { share: Some(2.1), ..none() }, "Share is 2.1, the range is 0.5 to 2");
    taken(&Part { low: Some(f64::MAX), ..none() });
    refused(&Part { low: Some(0.4), ..none() }, "Low is 0.4, the smallest value allowed is 0.5");
    let names = |count| Part { names: vec!["a".to_owned(); count], ..none() };
    taken(&names(1));
    taken(&names(2));
    refused(&names(3), "Names has 3 items, at most 2 are allowed");
    let long = Part { names: vec!["a".to_owned(), "abcd".to_owned()], ..none() };
    refused(&long, "Names[1] has 4 characters, at most 3 are allowed");
}

#[test]
fn what_lies_deeper_is_checked_too() {
    let wrong = || Part { count: Some(11), ..Part::default() };
    let inner = Part { whole: Some(Box::new(wrong())), ..Part::default() };
    refused(&inner, "Part.Count is 11, the range is -1 to 10");
    let parts = Part { parts: vec![Part::default(), inner], ..Part::default() };
    refused(&parts, "Parts[1].Part.Count is 11, the range is -1 to 10");
    taken(&Part { shares: vec![1.0, f64::MAX], ..Part::default() });
    let shares = Part { shares: vec![1.0, f64::NAN], ..Part::default() };
    refused(&shares, "Shares[1] is NaN, only finite numbers can be sent");
    let low = Part { low: Some(f64::INFINITY), ..Part::default() };
    assert!(violation(&low).unwrap().starts_with("Low is inf, "), "infinity is no number to send");
}
