//! The generator's output, compared with files that another test compiles.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use quote::quote;
use vod_spec::Loaded;

use super::{Home, Options};

fn load(directory: &str) -> Loaded {
    vod_spec::load_service(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new(directory))
}

fn options(home: Home) -> Options {
    Options { runtime: quote!(::vod_api), home, spans: HashMap::new(), base: None, features: None }
}

/// Formats like rustfmt does, so that a change shows as the lines that it changes.
fn pretty(tokens: proc_macro2::TokenStream) -> String {
    prettyplease::unparse(&syn::parse2(tokens).expect("the generator writes items"))
}

/// Compares with `tests/snapshots/<name>.rs`; with `UPDATE_SNAPSHOTS=1` it writes the file instead.
/// The whole-product tests include the files, so that what stands there is also compiled and used.
fn assert_snapshot(name: &str, tokens: proc_macro2::TokenStream) {
    let file: PathBuf = [env!("CARGO_MANIFEST_DIR"), "tests", "snapshots", name].iter().collect();
    let generated = pretty(tokens);
    if std::env::var_os("UPDATE_SNAPSHOTS").is_some() {
        std::fs::write(&file, &generated).expect("the snapshot can be written");
    }
    let expected = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        generated == expected,
        "{} differs from what is generated; read the difference after UPDATE_SNAPSHOTS=1 cargo test -p vod-codegen",
        file.display()
    );
}

#[test]
fn a_service_with_one_of_everything() {
    let Loaded { service, problems } = load("tests/specs/sample");
    assert_eq!(problems, []);
    assert_snapshot("sample.rs", super::service(&service, &options(Home::User)));
}

#[test]
fn one_action_on_top_of_a_service() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR"));
    let Loaded { service, problems } = vod_spec::load_action(base, Path::new("tests/specs/PaintThing.toml"));
    assert_eq!(problems, []);
    let options = Options { base: Some(syn::parse_quote!(super::sample)), ..options(Home::User) };
    assert_snapshot("paint_thing.rs", super::action(&service, &options));
}

#[test]
fn methods_in_the_runtime_crate_are_inherent_and_their_examples_run() {
    let Loaded { service, .. } = load("tests/specs/sample");
    let text = pretty(super::service(&service, &options(Home::Runtime)));
    assert!(text.contains("impl ::vod_api::Client"));
    assert!(text.contains("vod_emulator::Emulator::builder().answer_examples(true)"));
}

#[test]
fn what_needs_a_feature_that_is_off_is_not_generated() {
    let Loaded { mut service, .. } = load("tests/specs/sample");
    for action in &mut service.actions {
        action.category = if action.name == "PutThing" { "putting" } else { "taking" }.to_owned();
    }
    let text = |features: Option<&str>| {
        let features = features.map(|name| BTreeSet::from([name.to_owned()]));
        pretty(super::service(&service, &Options { features, ..options(Home::Runtime) }))
    };
    let (all, putting, taking) = (text(None), text(Some("putting")), text(Some("taking")));
    assert!(all.len() > putting.len() && all.len() > taking.len());
    for item in ["struct PutThingRequest", "struct Box", "enum PutThingMode"] {
        assert!(all.contains(item) && putting.contains(item), "{item} is missing");
    }
    assert!(all.contains("struct TakeThingRequest") && taking.contains("struct TakeThingRequest"));
    assert!(!putting.contains("struct TakeThingRequest") && !taking.contains("struct PutThingRequest"));
    assert!(putting.contains("#[cfg(feature = \"putting\")]"), "the documentation shows what an item needs");
    for (text, item) in [
        (&putting, "#[cfg(feature = \"taking\")]\npub mod taking {}"),
        (
            &putting,
            "#[cfg(feature = \"taking\")]\npub use taking::{\n    DescribeErrand, DescribeErrandRequest,",
        ),
        (&taking, "#[cfg(feature = \"putting\")]\npub use absent::"),
    ] {
        assert!(text.contains(item), "errors cannot say what is missing without {item}:\n{text}");
    }
}

#[test]
fn a_selection_has_the_closure_of_its_types_only() {
    let Loaded { service, .. } = load("tests/specs/sample");
    let selected = service.select(&["PutThing"]).expect("the action exists");
    let text = pretty(super::service(&selected, &options(Home::User)));
    for item in ["struct PutThingRequest", "struct Box", "enum Colour", "enum PutThingMode"] {
        assert!(text.contains(item), "{item} is missing");
    }
    for item in ["struct TakeThing", "struct Thing "] {
        assert!(!text.contains(item), "{item} is not needed");
    }
}

#[test]
fn the_same_specs_give_the_same_bytes() {
    let text = || super::service(&load("tests/specs/sample").service, &options(Home::User)).to_string();
    assert_eq!(text(), text());
}

#[test]
fn broken_files_leave_the_sound_items() {
    let Loaded { service, problems } = load("tests/specs/broken");
    let shown: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(shown.len(), 3, "{shown:#?}");
    let text = pretty(super::service(&service, &options(Home::User)));
    assert!(text.contains("pub sound: "));
    assert!(text.contains("struct SoundRequest"));
    assert!(text.contains("pub unsound: "), "constructors keep their arguments");
}

#[test]
fn every_file_is_named_for_cargo() {
    let files = load("tests/specs/sample").service.files;
    assert_eq!(files.len(), 10);
    let text = super::tracking::files(&files).to_string();
    for file in ["service.toml", "PutThing.toml", "TakeThing.toml", "types.toml"] {
        assert!(text.contains(file), "{file} is not tracked");
    }
}
