//! What the loader refuses, with the exact text that the reader sees.

mod action;
mod consequences;
mod errors;
mod examples;
mod fields;
mod files;
mod limits;
mod names;
mod paging;
mod references;
mod service;
mod unions;

use std::path::Path;

use vod_spec::{Source, load_sources};

const SERVICE: &str = r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc = "The application."
[errors]
InternalError = { class = "service", doc = "It failed." }
"#;

/// The lines that a sound action starts with; what a test adds begins at line 4.
const ACTION: &str = r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
"#;

/// Files as they are.
#[track_caller]
fn refused_directory(files: &[(&str, &str)], expected: &[&str]) {
    let sources =
        files.iter().map(|(path, text)| Source { path: path.into(), bytes: text.as_bytes().to_vec() });
    let loaded = load_sources(Path::new("specs"), sources.collect());
    let found: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(found, expected, "{files:#?}");
}

/// Files beside a sound `service.toml`.
#[track_caller]
fn refused_files(files: &[(&str, &str)], expected: &[&str]) {
    refused_directory(&[&[("service.toml", SERVICE)], files].concat(), expected);
}

/// A `service.toml`.
#[track_caller]
fn refused_service(text: &str, expected: &[&str]) {
    refused_directory(&[("service.toml", text)], expected);
}

/// The file of the action `Act`.
#[track_caller]
fn refused_file(text: &str, expected: &[&str]) {
    refused_files(&[("a/Act.toml", text)], expected);
}

/// What follows the first three lines of the action `Act`.
#[track_caller]
fn refused_action(rest: &str, expected: &[&str]) {
    refused_file(&format!("{ACTION}{rest}"), expected);
}

/// The keys of a field, which begin at line 5.
#[track_caller]
fn refused_field(keys: &str, expected: &[&str]) {
    refused_action(&format!("[request.F]\n{keys}"), expected);
}

#[test]
fn nothing_is_refused_in_what_the_tests_build_upon() {
    refused_field("type = \"string\"\ndoc = \"D.\"\n", &[]);
}
