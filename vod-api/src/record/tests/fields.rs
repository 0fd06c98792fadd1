//! Every kind of field, by a record that is written by hand: what is taken for its value, what clears it, what fails it.

use serde::de::value::{Error as ValueError, MapDeserializer};
use serde::de::{Deserializer, IntoDeserializer, Visitor};
use serde_json::{Map, Value, json};

use crate::blob::Blob;
use crate::record::mismatch::Mismatches;
use crate::record::{
    Broken, FieldMut, FieldRef, Record, RecordMeta, ServiceError, decode_envelope, decode_leniently,
    deserialize_record, to_json,
};
use crate::timestamp::Timestamp;

#[derive(Debug, Clone, Default)]
struct All {
    text: String,
    opt_text: Option<String>,
    texts: Vec<String>,
    int: i64,
    opt_int: Option<i64>,
    ints: Vec<i64>,
    uint: u64,
    opt_uint: Option<u64>,
    uints: Vec<u64>,
    float: f64,
    opt_float: Option<f64>,
    floats: Vec<f64>,
    flag: bool,
    opt_flag: Option<bool>,
    flags: Vec<bool>,
    json: Value,
    opt_json: Option<Value>,
    jsons: Vec<Value>,
    blob: Blob,
    opt_blob: Option<Blob>,
    time: Timestamp,
    opt_time: Option<Timestamp>,
    times: Vec<Timestamp>,
    inner: Part,
    part1: Option<Box<Part>>,
    parts: Vec<Part>,
    unknown: Map<String, Value>,
}

const NAMES: &[&str] = &[
    "Text", "OptText", "Texts", "Int", "OptInt", "Ints", "Uint", "OptUint", "Uints", "Float", "OptFloat",
    "Floats", "Flag", "OptFlag", "Flags", "Json", "OptJson", "Jsons", "Blob", "OptBlob", "Time", "OptTime",
    "Times", "Inner", "Part1", "Parts",
];

impl Record for All {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "All",
            fields: NAMES,
            rust_names: &[],
            required: &[],
            sensitive: &[],
            limits: &[],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        match index {
            0 => FieldRef::String(&self.text),
            1 => FieldRef::OptString(&self.opt_text),
            2 => FieldRef::Strings(&self.texts),
            3 => FieldRef::Int64(&self.int),
            4 => FieldRef::OptInt64(&self.opt_int),
            5 => FieldRef::Int64s(&self.ints),
            6 => FieldRef::Uint64(&self.uint),
            7 => FieldRef::OptUint64(&self.opt_uint),
            8 => FieldRef::Uint64s(&self.uints),
            9 => FieldRef::Float(&self.float),
            10 => FieldRef::OptFloat(&self.opt_float),
            11 => FieldRef::Floats(&self.floats),
            12 => FieldRef::Bool(&self.flag),
            13 => FieldRef::OptBool(&self.opt_flag),
            14 => FieldRef::Bools(&self.flags),
            15 => FieldRef::Json(&self.json),
            16 => FieldRef::OptJson(&self.opt_json),
            17 => FieldRef::Jsons(&self.jsons),
            18 => FieldRef::Blob(&self.blob),
            19 => FieldRef::OptBlob(&self.opt_blob),
            20 => FieldRef::Text(&self.time),
            21 => FieldRef::OptText(&self.opt_time),
            22 => FieldRef::Texts(&self.times),
            23 => FieldRef::Record(&self.inner),
            24 => FieldRef::optional(&self.part1),
            25 => FieldRef::Records(&self.parts),
            _ => FieldRef::None,
        }
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        match index {
            0 => FieldMut::String(&mut self.text),
            1 => FieldMut::OptString(&mut self.opt_text),
            2 => FieldMut::Strings(&mut self.texts),
            3 => FieldMut::Int64(&mut self.int),
            4 => FieldMut::OptInt64(&mut self.opt_int),
            5 => FieldMut::Int64s(&mut self.ints),
            6 => FieldMut::Uint64(&mut self.uint),
            7 => FieldMut::OptUint64(&mut self.opt_uint),
            8 => FieldMut::Uint64s(&mut self.uints),
            9 => FieldMut::Float(&mut self.float),
            10 => FieldMut::OptFloat(&mut self.opt_float),
            11 => FieldMut::Floats(&mut self.floats),
            12 => FieldMut::Bool(&mut self.flag),
            13 => FieldMut::OptBool(&mut self.opt_flag),
            14 => FieldMut::Bools(&mut self.flags),
            15 => FieldMut::Json(&mut self.json),
            16 => FieldMut::OptJson(&mut self.opt_json),
            17 => FieldMut::Jsons(&mut self.jsons),
            18 => FieldMut::Blob(&mut self.blob),
            19 => FieldMut::OptBlob(&mut self.opt_blob),
            20 => FieldMut::Text(&mut self.time),
            21 => FieldMut::OptText(&mut self.opt_time),
            22 => FieldMut::Texts(&mut self.times),
            23 => FieldMut::Record(&mut self.inner),
            24 => FieldMut::OptRecord(&mut self.part1),
            25 => FieldMut::Records(&mut self.parts),
            _ => FieldMut::None,
        }
    }
    fn unknown(&self) -> Option<&Map<String, Value>> {
        Some(&self.unknown)
    }
    fn unknown_mut(&mut self) -> Option<&mut Map<String, Value>> {
        Some(&mut self.unknown)
    }
}

/// Names of each length that is compared in its own way, which share their first or their last letters.
#[derive(Debug, Clone, Default)]
struct Part {
    fields: [Option<i64>; 9],
    secret: Option<Box<Part>>,
}

impl Record for Part {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "Part",
            fields: &[
                "Inner1",
                "Inner2",
                "Aaaaz",
                "Baaaz",
                "LongName1",
                "LongName2",
                "YongName1",
                "Ab",
                "Ac",
                "Secret",
            ],
            rust_names: &[],
            required: &[],
            sensitive: &[9],
            limits: &[],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        match self.fields.get(index) {
            Some(field) => FieldRef::OptInt64(field),
            None => FieldRef::optional(&self.secret),
        }
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        match self.fields.get_mut(index) {
            Some(field) => FieldMut::OptInt64(field),
            None => FieldMut::OptRecord(&mut self.secret),
        }
    }
}

fn read(text: &str) -> Result<All, String> {
    let mut record = All::default();
    deserialize_record(&mut record, &mut serde_json::Deserializer::from_str(text))
        .map_err(|error| error.to_string())?;
    Ok(record)
}

/// The member as it is written again.
fn again(name: &str, value: &str) -> Value {
    let text = format!(r#"{{"{name}":{value}}}"#);
    let record = read(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
    let written: Value = serde_json::from_slice(&to_json(&record)).unwrap();
    written.get(name).cloned().unwrap_or_default()
}

#[test]
fn each_kind_takes_what_services_write_for_it() {
    for name in ["Text", "OptText", "Time", "OptTime"] {
        for (value, text) in
            [("\"a\"", "a"), ("-5", "-5"), ("5", "5"), ("1.5", "1.5"), ("true", "true"), ("false", "false")]
        {
            assert_eq!(again(name, value), json!(text), "{name} {value}");
        }
    }
    for name in ["Texts", "Times"] {
        assert_eq!(
            again(name, r#"["a", 5, -5, 1.5, true, null]"#),
            json!(["a", "5", "-5", "1.5", "true", ""])
        );
    }
    for name in ["Float", "OptFloat"] {
        for (value, number) in [("1.5", 1.5), ("2", 2.0), ("-2", -2.0), ("\"1.5\"", 1.5)] {
            assert_eq!(again(name, value), json!(number), "{name} {value}");
        }
    }
    assert_eq!(again("Floats", "[1.5, 2, -2, null]"), json!([1.5, 2.0, -2.0, 0.0]));
    for name in ["Flag", "OptFlag"] {
        for yes in ["true", "1", "\"true\"", "\"True\"", "\"1\""] {
            assert_eq!(again(name, yes), json!(true), "{name} {yes}");
        }
        for no in ["false", "0", "\"false\"", "\"False\"", "\"0\""] {
            assert_eq!(again(name, no), json!(false), "{name} {no}");
        }
    }
    assert_eq!(again("OptFlag", "\"\""), Value::Null, "an empty text is none");
    assert_eq!(again("Ints", "[1, -2, \"3\", null]"), json!([1, -2, 3, 0]));
    for value in ["true", "-1", "7", "1.5", "\"a\"", "[null,-1,[]]", r#"{"a":{"b":null}}"#] {
        let expected: Value = serde_json::from_str(value).unwrap();
        for name in ["Json", "OptJson", "Other"] {
            assert_eq!(again(name, value), expected, "{name}");
        }
        assert_eq!(again("Jsons", &format!("[{value},null]")), json!([expected, null]));
    }
    for name in ["Blob", "OptBlob"] {
        assert_eq!(again(name, "\"AP8=\""), json!("AP8="));
    }
    assert_eq!(again("Other", "null"), Value::Null, "an unknown null is not kept");
}

#[test]
fn a_second_member_takes_the_place_of_the_first() {
    let objects = r#"{"Inner1":1}"#;
    let filled = |name: &str| match name {
        "Inner" | "Part1" => objects.to_owned(),
        "Parts" => format!("[{objects}]"),
        "Texts" | "Times" => r#"["a"]"#.to_owned(),
        "Ints" | "Uints" | "Jsons" => "[1]".to_owned(),
        "Floats" => "[1.5]".to_owned(),
        "Flags" => "[true]".to_owned(),
        "Blob" | "OptBlob" => "\"AP8=\"".to_owned(),
        name if name.ends_with("Flag") => "true".to_owned(),
        _ => "1".to_owned(),
    };
    for name in NAMES {
        let value = filled(name);
        let one = to_json(&read(&format!(r#"{{"{name}":{value}}}"#)).unwrap());
        let two = to_json(&read(&format!(r#"{{"{name}":{value},"{name}":{value}}}"#)).unwrap());
        assert_eq!(one, two, "{name} twice");
        if *name == "Inner" {
            continue;
        }
        let cleared = to_json(&read(&format!(r#"{{"{name}":{value},"{name}":null}}"#)).unwrap());
        assert_eq!(cleared, to_json(&All::default()), "{name}, then null");
    }
}

#[test]
fn names_are_told_apart_by_every_letter() {
    let names = &Part::default().meta().fields[..9];
    for (index, member) in names.iter().enumerate() {
        // After each of the others: the name behind it is the one that is expected.
        for (place, before) in names.iter().enumerate().filter(|(place, _)| *place != index) {
            let record = read(&format!(r#"{{"Inner":{{"{before}":1,"{member}":7}}}}"#)).unwrap();
            let mut expected = [None; 9];
            expected[place] = Some(1);
            expected[index] = Some(7);
            assert_eq!(record.inner.fields, expected, "{member} after {before}");
        }
    }
}

#[test]
fn what_fits_no_kind_is_told_with_what_is_expected() {
    for (name, value, expected) in [
        ("Text", "{}", "expected a string"),
        ("Time", "[]", "expected a string"),
        ("Int", "{}", "expected a whole number"),
        ("Uint", "-1", "expected a whole number of at least 0"),
        ("Float", "{}", "expected a number"),
        ("Flag", "2", "expected true or false"),
        ("Blob", "\"x\"", "expected Base64 text"),
        ("OptBlob", "5", "expected Base64 text"),
        ("Inner", "5", "expected an object"),
        ("Texts", "5", "expected a list or null"),
        ("Parts", "5", "expected a list or null"),
    ] {
        let error = read(&format!(r#"{{"{name}":{value}}}"#)).unwrap_err();
        assert!(error.contains(expected) && error.starts_with(&format!("{name}: ")), "{error}");
    }
}

/// A value of a format that is not JSON.
#[derive(Clone, Copy)]
enum Odd {
    Unit,
    None,
    /// A number that is said to be there.
    Some,
    Bytes,
}

impl<'de> Deserializer<'de> for Odd {
    type Error = ValueError;
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ValueError> {
        match self {
            Self::Unit => visitor.visit_unit(),
            Self::None => visitor.visit_none(),
            Self::Some => visitor.visit_some(7_i64.into_deserializer()),
            Self::Bytes => visitor.visit_bytes(b"bytes"),
        }
    }
    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl IntoDeserializer<'_> for Odd {
    type Deserializer = Self;
    fn into_deserializer(self) -> Self {
        self
    }
}

#[test]
fn other_formats_have_nothing_in_several_forms() {
    let full = || All { part1: Some(Box::default()), opt_time: Some("t".into()), ..All::default() };
    for nothing in [Odd::Unit, Odd::None] {
        for name in ["Part1", "OptTime", "OptText", "OptJson", "Texts", "Json", "Text"] {
            let mut record = full();
            // The second one clears what the first left.
            let members = [(name, nothing), (name, nothing)];
            deserialize_record(&mut record, MapDeserializer::new(members.into_iter())).unwrap();
            let is_cleared = match name {
                "Part1" => record.part1.is_none(),
                "OptTime" => record.opt_time.is_none(),
                _ => true,
            };
            assert!(is_cleared, "{name}");
        }
    }
    let mut record = All::default();
    let error = |error: ValueError| error.to_string();
    let members = MapDeserializer::new([("Text", Odd::Bytes)].into_iter());
    let message = deserialize_record(&mut record, members).map_err(error).unwrap_err();
    assert!(message.contains("expected a value or null"), "{message}");
    let members =
        MapDeserializer::new([("Part1", Odd::None), ("Text", Odd::None), ("Part1", Odd::Bytes)].into_iter());
    let message = deserialize_record(&mut record, members).map_err(error).unwrap_err();
    assert!(message.contains("expected an object or null"), "{message}");
    let members = MapDeserializer::new([("Json", Odd::None), ("Json", Odd::Bytes)].into_iter());
    let message = deserialize_record(&mut record, members).map_err(error).unwrap_err();
    assert!(message.contains("expected any JSON value"), "{message}");
    let numbered = MapDeserializer::<_, ValueError>::new([(1, 2)].into_iter());
    let message = deserialize_record(&mut record, numbered).map_err(error).unwrap_err();
    assert!(message.contains("expected a member's name"), "{message}");
    let there = MapDeserializer::new([("Json", Odd::None), ("Json", Odd::Some)].into_iter());
    deserialize_record(&mut record, there).unwrap();
    assert_eq!(record.json, 7);
    // Texts that own their characters.
    let owned = json!({ "Json": { "a": "text" }, "OptJson": "text" });
    deserialize_record(&mut record, owned.clone()).unwrap();
    assert_eq!((&record.json, record.opt_json.as_ref()), (&owned["Json"], Some(&owned["OptJson"])));
}

fn leniently(response: &str) -> (All, Mismatches) {
    let mut record = All::default();
    let body = format!(r#"{{"Response":{response}}}"#);
    let Ok(read) = decode_leniently(body.as_bytes(), &mut record) else { panic!("{body}") };
    (record, read.mismatches)
}

fn told(response: &str) -> Vec<String> {
    let (_, mismatches) = leniently(response);
    mismatches.as_slice().iter().map(ToString::to_string).collect()
}

#[test]
fn what_does_not_fit_is_told_by_kind_and_takes_nothing_with_it() {
    for name in ["Texts", "Ints", "Uints", "Floats", "Flags", "Jsons", "Times", "Parts"] {
        for value in ["5", "\"5\""] {
            let found = told(&format!(r#"{{"{name}":{value},"Int":{{}}}}"#));
            assert_eq!(found.len(), 2, "{name} {value}: {found:?}");
            assert!(found[0].contains(name) && found[0].contains("list"), "{found:?}");
        }
    }
    for (name, values, kept) in [
        ("Texts", r#"["a",{},"b"]"#, json!(["a", "", "b"])),
        ("Times", r#"["a",{},"b"]"#, json!(["a", "", "b"])),
        ("Ints", "[1,{},3]", json!([1, 0, 3])),
        ("Uints", "[1,-1,3]", json!([1, 0, 3])),
        ("Floats", "[1.5,{},3]", json!([1.5, 0.0, 3.0])),
        ("Flags", "[true,{},true]", json!([true, false, true])),
        ("Jsons", "[1,1e400,3]", json!([1, null, 3])),
        ("Parts", r#"[{"Inner1":1},5,{}]"#, json!([{ "Inner1": 1 }, {}, {}])),
    ] {
        let (record, mismatches) = leniently(&format!(r#"{{"{name}":{values}}}"#));
        let written: Value = serde_json::from_slice(&to_json(&record)).unwrap();
        assert_eq!(written[name], kept, "{name}");
        let paths: Vec<String> = mismatches.as_slice().iter().map(|found| found.path().to_owned()).collect();
        assert_eq!(paths, [format!("{name}[1]")]);
    }
    // Objects: one in place of none, nothing, and something else.
    let (record, mismatches) = leniently(r#"{"Inner":{"Inner1":1},"Part1":null,"Int":[]}"#);
    assert_eq!(
        (record.inner.fields[0], record.part1.is_none(), mismatches.as_slice().iter().count()),
        (Some(1), true, 1)
    );
    for (response, path) in [(r#"{"Inner":5}"#, "Inner"), (r#"{"Part1":5}"#, "Part1")] {
        let found = told(response);
        assert!(found.len() == 1 && found[0].contains(path) && found[0].contains("object"), "{found:?}");
    }
    assert_eq!(told(r#"{"Inner":null,"Int":[]}"#).len(), 1);
}

#[test]
fn what_no_spec_knows_is_kept_or_told_by_its_name() {
    let (record, mismatches) = leniently(r#"{"Int":[],"New":{"a":1},"Nothing":null}"#);
    assert_eq!(Value::from(record.unknown), json!({ "New": { "a": 1 } }));
    assert_eq!(mismatches.as_slice().iter().count(), 1);
    let long = "n".repeat(65);
    for (name, shown) in
        [("New_1", "New_1"), (&"n".repeat(64), &*"n".repeat(64)), (&long, "*"), ("new key", "*")]
    {
        let (record, mismatches) = leniently(&format!(r#"{{"{name}":1e400}}"#));
        assert!(record.unknown.is_empty());
        let found: Vec<_> = mismatches.as_slice().iter().map(|found| found.path().to_owned()).collect();
        assert_eq!(found, [shown]);
        assert!(
            !mismatches.as_slice().iter().any(|found| found.to_string().contains("1e400")),
            "it may be a secret"
        );
    }
}

#[test]
fn a_secret_is_not_shown_in_an_object_within_either() {
    let found = told(r#"{"Inner":{"Secret":{"Inner1":"hidden"},"Inner2":"shown"}}"#);
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[0].contains("not shown") && !found[0].contains("hidden"), "{found:?}");
    assert!(found[1].contains("shown"), "{found:?}");
    // A text in place of an object may be what its secrets would hide; a number is none.
    assert!(told(r#"{"Inner":"a text"}"#)[0].contains("a string of 8 bytes"));
    assert!(told(r#"{"Inner":12345}"#)[0].contains("12345"));
}

#[test]
fn the_envelope_is_read_at_once_where_it_fits() {
    let read = |body: &str| decode_envelope(body, &mut All::default());
    let envelope = read(r#"{"Response":{"DeprecatedWarning":"use X","Text":"a"}}"#).unwrap();
    assert_eq!(envelope.deprecated.as_deref(), Some("use X"));
    for odd in ["null", "true", "-1", "1", "1.5", "[[1],{}]", r#"{"a":{}}"#] {
        let body =
            format!(r#"{{"Response":{{"DeprecatedWarning":{odd},"Error":{{"Code":"C","Message":"M"}}}}}}"#);
        let envelope = read(&body).unwrap();
        assert!(envelope.deprecated.is_none() && envelope.error.is_some(), "{body}");
    }
    assert!(read("[]").unwrap_err().to_string().contains("expected an object with a Response member"));
    let error = ServiceError { code: "C".to_owned(), message: "M".to_owned() };
    assert_eq!(format!("{error:?}"), r#"ServiceError { Code: "C", Message: "M" }"#);
    let refused = |body: &str| decode_leniently(body.as_bytes(), &mut All::default()).err();
    assert!(matches!(refused(r#"{"Response":5}"#), Some(Broken::NoEnvelope(_))));
    assert!(matches!(refused("5"), Some(Broken::NoEnvelope(_))));
    assert!(refused(r#"{"Response":null}"#).is_none() && refused("{}").is_none());
}

#[test]
fn any_json_is_bounded_by_what_it_takes() {
    let decode = |member: &str| {
        let body = format!(r#"{{"Response":{{{member}}}}}"#);
        decode_envelope(&body, &mut All::default()).map(|_| ()).map_err(|error| error.to_string())
    };
    for element in ["[]", "0", r#"{"":0}"#] {
        let many = format!(r#""Json":[{}0]"#, format!("{element},").repeat(1_200_000));
        assert!(decode(&many).unwrap_err().contains("too much memory"), "{element}");
    }
    let members: Vec<String> = (0..1_000_000).map(|number| format!(r#""{number}":0"#)).collect();
    assert!(decode(&format!(r#""Json":{{{}}}"#, members.join(","))).unwrap_err().contains("too much memory"));
    // Long names take what they are long, and no more.
    let long = "n".repeat(100);
    let members: Vec<String> = (0..40_000).map(|number| format!(r#""{long}{number}":0"#)).collect();
    decode(&format!(r#""Json":{{{}}}"#, members.join(","))).unwrap();
}
