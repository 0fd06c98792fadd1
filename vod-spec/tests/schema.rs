//! The published schemas say what the reader does, and every spec file names its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use vod_spec::{ACTION_SCHEMA, SERVICE_SCHEMA, action_schema, read_all, service_schema};

fn specs() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs")
}

/// With `UPDATE_SNAPSHOTS=1` it writes the files, as `vod spec schema` does.
#[test]
fn the_published_schemas_are_those_of_the_reader() {
    for (name, schema) in [(ACTION_SCHEMA, action_schema()), (SERVICE_SCHEMA, service_schema())] {
        let (path, text) = (specs().join(name), format!("{schema:#}\n"));
        if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
            fs::write(&path, &text).unwrap();
        }
        let there = fs::read_to_string(&path).unwrap_or_default();
        assert!(there == text, "{name} differs from the reader: run `vod spec schema`");
    }
}

#[test]
fn every_spec_file_names_its_schema() {
    for service in ["vod", "sts"] {
        let (sources, _) = read_all(&specs().join(service));
        assert!(!sources.is_empty());
        for source in sources {
            let is_service = source.path == Path::new("service.toml");
            let name = if is_service { SERVICE_SCHEMA } else { ACTION_SCHEMA };
            let expected = format!("#:schema {}{name}\n", "../".repeat(source.path.components().count()));
            let path = source.path.display();
            assert!(
                source.bytes.starts_with(expected.as_bytes()),
                "{service}/{path}: begin it with {expected}"
            );
        }
    }
}

/// The keys of a table and of the tables in it, as a schema lists them.
fn keys<'s>(schema: &'s Value, found: &mut BTreeSet<&'s str>) {
    match schema {
        Value::Object(members) => {
            let properties = members.get("properties").and_then(Value::as_object);
            found.extend(properties.into_iter().flat_map(Map::keys).map(String::as_str));
            for inner in members.values() {
                keys(inner, found);
            }
        }
        Value::Array(items) => {
            for inner in items {
                keys(inner, found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_readme_of_the_specs_describes_every_key() {
    let readme = fs::read_to_string(specs().join("README.md")).unwrap();
    let schemas = [action_schema(), service_schema()];
    let mut all = BTreeSet::new();
    for schema in &schemas {
        keys(schema, &mut all);
    }
    assert!(all.len() > 50, "{all:?}");
    let described = |key: &str| {
        let table = |line: &str| line.trim_start_matches('[').split([']', '.']).any(|part| part == key);
        readme.contains(&format!("`{key}`"))
            || readme.lines().any(|line| line.split(" = ").next().is_some_and(|name| name.trim() == key))
            || readme.lines().any(|line| line.starts_with('[') && table(line))
            || readme.contains(&format!("{{ {key} = "))
            || readme.contains(&format!(", {key} = "))
    };
    let missing: Vec<_> = all.into_iter().filter(|key| !described(key)).collect();
    assert!(missing.is_empty(), "api-specs/README.md does not describe {missing:?}");
}
