//! Parameters of a query or a form: flat names such as `Filters.0.Values.1`, turned into JSON by the types
//! that the spec gives them.

use std::collections::BTreeMap;

use percent_encoding::percent_decode;
use serde_json::{Map, Number, Value};
use vod_spec::model::{Element, Field, FieldType, Service};

/// Deepest name that is accepted; the specs' own types stay far below.
const MAX_DEPTH: usize = 32;

/// Decodes a query or a form body: names and values in the order sent. `None` if it is not UTF-8.
pub(crate) fn decode_pairs(encoded: &[u8]) -> Option<Vec<(String, String)>> {
    encoded
        .split(|byte| *byte == b'&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let mut halves = pair.splitn(2, |byte| *byte == b'=');
            let name = decode(halves.next().unwrap_or_default())?;
            let value = decode(halves.next().unwrap_or_default())?;
            Some((name, value))
        })
        .collect()
}

/// Decodes percent escapes, and `+` as a space.
fn decode(encoded: &[u8]) -> Option<String> {
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    String::from_utf8(percent_decode(&spaced).collect()).ok()
}

/// Turns flat parameters into the JSON object that a body would have held. What does not fit its type
/// stays text, for the check of the types to refuse.
///
/// # Errors
/// A message for names that contradict each other or are nested too deeply.
pub(crate) fn to_json(
    service: &Service,
    fields: &[Field],
    pairs: &[(String, String)],
) -> Result<Value, String> {
    let mut root = Branch::new();
    for (name, value) in pairs {
        insert(&mut root, name, value)?;
    }
    Ok(Value::Object(object(service, fields, &root)))
}

type Branch = BTreeMap<String, Node>;

/// A parameter before its type is known.
#[derive(Debug)]
enum Node {
    Text(String),
    Branch(Branch),
}

fn insert(root: &mut Branch, name: &str, value: &str) -> Result<(), String> {
    let mut steps: Vec<&str> = name.split('.').collect();
    if steps.len() > MAX_DEPTH {
        return Err(format!("a parameter is nested more than {MAX_DEPTH} levels deep"));
    }
    let last = steps.pop().unwrap_or_default();
    let mut branch = root;
    for step in steps {
        let node = branch.entry(step.to_owned()).or_insert_with(|| Node::Branch(Branch::new()));
        match node {
            Node::Branch(inner) => branch = inner,
            Node::Text(_) => {
                return Err(format!("{name} is given below a parameter that has a value itself"));
            }
        }
    }
    match branch.insert(last.to_owned(), Node::Text(value.to_owned())) {
        None => Ok(()),
        Some(_) => Err(format!("{name} is given twice")),
    }
}

fn object(service: &Service, fields: &[Field], branch: &Branch) -> Map<String, Value> {
    branch
        .iter()
        .map(|(name, node)| {
            let field = fields.iter().find(|field| field.name == *name);
            let value = field.map_or_else(|| untyped(node), |field| typed(service, &field.ty, node));
            (name.clone(), value)
        })
        .collect()
}

fn typed(service: &Service, ty: &FieldType, node: &Node) -> Value {
    match node {
        Node::Branch(branch) if ty.list => list(service, &ty.element, branch),
        Node::Text(_) if ty.list => untyped(node),
        _ => single(service, &ty.element, node),
    }
}

/// A list from its numbered values, in the order of the numbers. Gaps close: clients leave them where a
/// value was null.
fn list(service: &Service, element: &Element, branch: &Branch) -> Value {
    let numbered: Option<BTreeMap<u64, &Node>> =
        branch.iter().map(|(number, node)| Some((index(number)?, node))).collect();
    match numbered {
        Some(nodes) => nodes.values().map(|node| single(service, element, node)).collect(),
        None => Value::Object(branch.iter().map(|(name, node)| (name.clone(), untyped(node))).collect()),
    }
}

/// A list index: decimal digits without padding.
fn index(text: &str) -> Option<u64> {
    let number = text.parse::<u64>().ok()?;
    (number.to_string() == text).then_some(number)
}

fn single(service: &Service, element: &Element, node: &Node) -> Value {
    match (element, node) {
        (Element::Record(name), Node::Branch(branch)) => match service.record(name) {
            Some(record) => Value::Object(object(service, &record.fields, branch)),
            None => untyped(node),
        },
        (_, Node::Branch(_)) => untyped(node),
        (_, Node::Text(text)) => scalar(element, text).unwrap_or_else(|| text.as_str().into()),
    }
}

fn scalar(element: &Element, text: &str) -> Option<Value> {
    match element {
        Element::Int64 => text.parse::<i64>().ok().map(Value::from),
        Element::Uint64 => text.parse::<u64>().ok().map(Value::from),
        Element::Float => text.parse().ok().and_then(Number::from_f64).map(Value::Number),
        // The Python SDK writes them with a capital.
        Element::Bool => match text {
            "true" | "True" => Some(true.into()),
            "false" | "False" => Some(false.into()),
            _ => None,
        },
        _ => None,
    }
}

/// A parameter whose type is not known: text, or objects of text.
fn untyped(node: &Node) -> Value {
    match node {
        Node::Text(text) => text.as_str().into(),
        Node::Branch(branch) => {
            Value::Object(branch.iter().map(|(name, node)| (name.clone(), untyped(node))).collect())
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use vod_spec::model::{Limits, Position, Record};

    use super::*;

    fn field(name: &str, element: Element, list: bool) -> Field {
        Field {
            name: name.into(),
            rust_name: name.to_lowercase(),
            ty: FieldType { element, list },
            required: false,
            nullable: false,
            sensitive: false,
            sensitive_stated: false,
            deprecated: None,
            doc: String::new(),
            limits: Limits::default(),
            not_limits: None,
            default: None,
            valid_for: None,
            shared: None,
            tag: None,
            only_on: None,
            at: Position::default(),
        }
    }

    fn convert(query: &str) -> Result<Value, String> {
        let filter = Record {
            name: "Filter".into(),
            doc: String::new(),
            fields: vec![field("Name", Element::String, false), field("Values", Element::String, true)],
            keeps_unknown: false,
            union: None,
            only_on: None,
            at: Position::default(),
        };
        let service = Service { types: vec![filter], ..Service::default() };
        let fields = [
            field("Text", Element::String, false),
            field("Int", Element::Int64, false),
            field("Uint", Element::Uint64, false),
            field("Float", Element::Float, false),
            field("Flag", Element::Bool, false),
            field("Off", Element::Bool, false),
            field("Numbers", Element::Uint64, true),
            field("Filter", Element::Record("Filter".into()), false),
            field("Filters", Element::Record("Filter".into()), true),
            field("Free", Element::Json, false),
        ];
        to_json(&service, &fields, &decode_pairs(query.as_bytes()).unwrap())
    }

    #[test]
    fn decodes_pairs() {
        let pairs = decode_pairs(b"A=%E6%9C%AA+x%20y&B=&C&&D=1=2").unwrap();
        let text = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(pairs, [text("A", "未 x y"), text("B", ""), text("C", ""), text("D", "1=2")]);
        assert_eq!(decode_pairs(b"A=%FF"), None);
        assert_eq!(decode_pairs(b""), Some(Vec::new()));
    }

    #[test]
    fn scalars_follow_their_types() {
        let object =
            convert("Text=1&Int=-1&Uint=18446744073709551615&Float=1.5&Flag=True&Off=false").unwrap();
        assert_eq!(
            object,
            json!({"Text": "1", "Int": -1, "Uint": u64::MAX, "Float": 1.5, "Flag": true, "Off": false})
        );
    }

    #[test]
    fn what_does_not_fit_stays_text() {
        let object = convert("Int=x&Uint=-1&Flag=1&Float=NaN&More=2&Filters=a&Text.A=b").unwrap();
        assert_eq!(
            object,
            json!({
                "Int": "x", "Uint": "-1", "Flag": "1", "Float": "NaN", "More": "2", "Filters": "a",
                "Text": {"A": "b"}
            })
        );
    }

    #[test]
    fn lists_and_objects_nest() {
        let object = convert(
            "Numbers.10=3&Numbers.2=2&Numbers.0=1&Filter.Name=n&Filters.0.Name=a&Filters.0.Values.0=x\
             &Filters.0.Values.1=y&Filters.1.Name=b&Free.A.B=1",
        );
        assert_eq!(
            object.unwrap(),
            json!({
                "Numbers": [1, 2, 3],
                "Filter": {"Name": "n"},
                "Filters": [{"Name": "a", "Values": ["x", "y"]}, {"Name": "b"}],
                "Free": {"A": {"B": "1"}}
            })
        );
        assert_eq!(convert("Numbers.a=1").unwrap(), json!({"Numbers": {"a": "1"}}));
        assert_eq!(convert("Numbers.01=1").unwrap(), json!({"Numbers": {"01": "1"}}));
    }

    #[test]
    fn contradicting_names_are_refused() {
        for query in ["Text=1&Text=2", "Filter=1&Filter.Name=2", "Filter.Name=2&Filter=1"] {
            assert!(convert(query).is_err(), "{query}");
        }
        let deep = "A.".repeat(5000) + "A=1";
        assert!(convert(&deep).unwrap_err().contains("32"), "{deep}");
    }
}
