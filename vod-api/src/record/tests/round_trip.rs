//! Every type of every service: random values that its spec allows survive the way in and out.

use std::path::Path;

use rand::rngs::StdRng;
use rand::{Rng, RngExt, SeedableRng};
use serde_json::{Map, Value, json};
use vod_spec::model::{Element, Field, Service, Storage};

use crate::record::decode::deserialize_record;
use crate::record::example_check::said;
use crate::record::{Record, flatten, same_record, to_json};

const ROUNDS: u64 = 8;

#[test]
fn random_values_of_every_type_survive() {
    for (directory, records) in [
        ("api-specs/vod", crate::vod::every_record as fn() -> _),
        ("api-specs/sts", crate::sts::every_record),
    ] {
        let loaded = vod_spec::load_service(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new(directory));
        assert_eq!(loaded.problems, []);
        let mut last: Vec<Box<dyn Record>> = records();
        for round in 0..ROUNDS {
            let filled: Vec<Box<dyn Record>> =
                records().into_iter().map(|record| survives(record, &loaded.service, round)).collect();
            for (a, b) in last.iter().zip(&filled) {
                assert!(same_record(&**b, &**b), "{b:?}");
                assert_eq!(same_record(&**a, &**b), to_json(&**a) == to_json(&**b), "{a:?}\n{b:?}");
            }
            last = filled;
        }
    }
}

fn survives(mut record: Box<dyn Record>, service: &Service, seed: u64) -> Box<dyn Record> {
    let name = record.meta().name;
    let (fields, answer) = fields_of(name, service);
    let mut random = StdRng::seed_from_u64(seed);
    let mut value = object(fields, service, &mut random, 0);
    if answer {
        value["RequestId"] = json!("r");
    }
    let text = value.to_string();
    let mut json = serde_json::Deserializer::from_str(&text);
    if let Err(error) = deserialize_record(&mut *record, &mut json) {
        panic!("{name}, seed {seed}: {error}\n{text}");
    }
    let written: Value = serde_json::from_slice(&to_json(&*record)).unwrap();
    assert_eq!(said(&written), said(&value), "{name}, seed {seed}");
    assert!(format!("{record:?}").starts_with(name));
    let flat = flatten(&*record);
    assert!(flat.iter().all(|(name, _)| !name.is_empty() && !name.starts_with('.') && !name.contains("..")));
    record
}

pub(super) fn fields_of<'s>(name: &str, service: &'s Service) -> (&'s [Field], bool) {
    if let Some(record) = service.record(name) {
        return (&record.fields, false);
    }
    let action = |suffix| name.strip_suffix(suffix).and_then(|name| service.action(name));
    match (action("Request"), action("Response")) {
        (Some(action), _) => (&action.request, false),
        (_, Some(action)) => (&action.response, true),
        _ => panic!("{name} is nowhere in the specs"),
    }
}

/// Required members are always there, others mostly not; types nest a few levels deep.
pub(super) fn object(fields: &[Field], service: &Service, random: &mut StdRng, depth: u32) -> Value {
    let mut members = Map::new();
    for field in fields {
        let there = match field.storage() {
            Storage::Plain => true,
            Storage::List | Storage::Optional => depth < 4 && random.random_ratio(1, 1 + depth),
        };
        if !there {
            continue;
        }
        let value = if field.ty.list {
            let count = random.random_range(0..3);
            (0..count).map(|_| element(&field.ty.element, service, random, depth)).collect()
        } else {
            element(&field.ty.element, service, random, depth)
        };
        members.insert(field.name.clone(), value);
    }
    Value::Object(members)
}

fn element(element: &Element, service: &Service, random: &mut StdRng, depth: u32) -> Value {
    match element {
        Element::String | Element::Timestamp | Element::Date | Element::Enum(_) => text(random),
        Element::Int64 => json!(random.next_u64().cast_signed()),
        Element::Uint64 => json!(random.next_u64()),
        Element::Float => json!(f64::from(random.random_range(-1_000_000_i32..1_000_000)) / 64.0),
        Element::Bool => json!(random.random_bool(0.5)),
        Element::Binary => json!("AAECAw=="),
        Element::Json => json!({ "any": [random.next_u32(), null_free(random)] }),
        Element::Record(name) => {
            let record = service.record(name).expect("a checked model has no loose ends");
            object(&record.fields, service, random, depth + 1)
        }
        Element::External(name) => panic!("{name} is nowhere in the specs"),
    }
}

fn null_free(random: &mut StdRng) -> Value {
    json!({ "text": text(random) })
}

/// Texts with everything that encoders trip over.
fn text(random: &mut StdRng) -> Value {
    const PIECES: &[&str] =
        &["", "a", "\"", "\\", "\u{0}", "\n", "\u{7f}", "\u{e9}", "\u{53e5}", "\u{1f600}", "&=+ %", "12"];
    let count = random.random_range(0..6);
    (0..count).map(|_| PIECES[random.random_range(0..PIECES.len())]).collect::<String>().into()
}
