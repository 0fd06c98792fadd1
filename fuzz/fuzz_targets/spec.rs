//! The bytes of a spec file become a part of a service, or problems that have a place in the file.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use vod_spec::{Loaded, Problem, Source, load_sources};

const SERVICE: &str = include_str!("../seeds/service.toml");
const ACTION: &str = include_str!("../seeds/Act.toml");

fuzz_target!(|data: &[u8]| {
    let Some((choice, bytes)) = data.split_first() else { return };
    let (path, loaded) = match choice % 4 {
        0 => ("things/Act.toml", service(SERVICE.as_bytes(), "things/Act.toml", bytes)),
        1 => ("service.toml", service(bytes, "things/Act.toml", ACTION.as_bytes())),
        2 => ("things/types.toml", service(SERVICE.as_bytes(), "things/types.toml", bytes)),
        _ => ("Act.toml", vod_spec::fuzzing::load_action_source(source("Act.toml", bytes))),
    };
    let text = String::from_utf8_lossy(bytes);
    for problem in &loaded.problems {
        if problem.file == Path::new(path) {
            check_place(problem, &text);
        }
        let shown = problem.to_string();
        assert!(!problem.what.is_empty() && !problem.instead.is_empty(), "{shown}");
        assert!(!shown.contains('\n'), "{shown:?}");
    }
    check_places_of_items(&loaded, path, &text);
});

fn source(path: &str, bytes: &[u8]) -> Source {
    Source { path: path.into(), bytes: bytes.to_vec() }
}

fn service(service: &[u8], path: &str, bytes: &[u8]) -> Loaded {
    load_sources(Path::new(""), vec![source("service.toml", service), source(path, bytes)])
}

/// A problem is on a line that the file has, at most one character behind its end.
fn check_place(problem: &Problem, text: &str) {
    assert!(is_inside(problem.line, problem.column, text), "{problem}");
}

fn is_inside(line: usize, column: usize, text: &str) -> bool {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let Some(content) = text.split('\n').nth(line.wrapping_sub(1)) else { return false };
    (1..=content.chars().count() + 1).contains(&column)
}

fn check_places_of_items(loaded: &Loaded, path: &str, text: &str) {
    let service = &loaded.service;
    let places = service
        .actions
        .iter()
        .flat_map(|action| {
            let fields = action.request.iter().chain(&action.response).map(|field| &field.at);
            fields.chain(action.errors.iter().map(|code| &code.at)).chain([&action.at])
        })
        .chain(service.types.iter().flat_map(|ty| ty.fields.iter().map(|field| &field.at).chain([&ty.at])))
        .chain(service.enums.iter().map(|list| &list.at))
        .chain(service.errors.iter().map(|code| &code.at));
    for at in places.filter(|at| service.files[at.file] == Path::new(path)) {
        assert!(is_inside(at.line, at.column, text), "{at:?}");
    }
}
