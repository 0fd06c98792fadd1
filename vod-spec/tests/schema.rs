//! The published schemas say what the reader does, and every spec file names its own.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

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
