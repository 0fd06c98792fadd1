//! Every model that the vendor publishes can be imported, where its folder is given.
//!
//! `VOD_SPEC_MODELS` names a folder with models in it at any depth, each an `api.json` with an `examples.json`
//! beside it, as the package of the vendor's command line holds them.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use vod_import::{Input, import};
use vod_spec::load_service;

#[derive(Default)]
struct Totals {
    next: AtomicUsize,
    actions: AtomicUsize,
    types: AtomicUsize,
    fields: AtomicUsize,
    examples: AtomicUsize,
    left_out: AtomicUsize,
}

#[test]
fn every_published_model_imports_cleanly_and_to_the_same_files_again() {
    let Some(folder) = std::env::var_os("VOD_SPEC_MODELS") else {
        println!("VOD_SPEC_MODELS is not set; no model was imported");
        return;
    };
    let mut models = Vec::new();
    find(Path::new(&folder), &mut models);
    models.sort();
    assert!(!models.is_empty(), "there is no api.json below {}", folder.display());
    let totals = Totals::default();
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let faults: Vec<String> = thread::scope(|scope| {
        let work = || {
            let mut faults = Vec::new();
            while let Some(model) = models.get(totals.next.fetch_add(1, Ordering::Relaxed)) {
                if let Err(fault) = try_model(model, &totals) {
                    faults.push(format!("{}: {fault}", model.display()));
                }
            }
            faults
        };
        let running: Vec<_> = (0..workers).map(|_| scope.spawn(work)).collect();
        running.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    let count = |number: &AtomicUsize| number.load(Ordering::Relaxed);
    println!(
        "{} models: {} actions, {} types, {} fields, {} examples, {} left out",
        models.len(),
        count(&totals.actions),
        count(&totals.types),
        count(&totals.fields),
        count(&totals.examples),
        count(&totals.left_out),
    );
    assert!(faults.is_empty(), "{} models fail:\n{}", faults.len(), faults.join("\n"));
}

/// The models below a folder.
pub(crate) fn find(folder: &Path, models: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            find(&path, models);
        } else if path.file_name().is_some_and(|name| name == "api.json") {
            models.push(path);
        }
    }
}

fn try_model(path: &Path, totals: &Totals) -> Result<(), String> {
    let model = fs::read_to_string(path).map_err(|error| error.to_string())?;
    let examples = fs::read_to_string(path.with_file_name("examples.json")).ok();
    let input = Input { model: &model, examples: examples.as_deref(), ..Input::default() };
    let name: String = path.display().to_string().replace(|c: char| !c.is_ascii_alphanumeric(), "_");
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join("models").join(name);
    let _ = fs::remove_dir_all(&directory);

    let first = import(&directory, &input).map_err(|error| error.to_string())?;
    first.write(&directory).map_err(|error| error.to_string())?;
    let loaded = load_service(&directory, Path::new(""));
    let again = import(&directory, &input).map_err(|error| format!("again: {error}"))?;
    fs::remove_dir_all(&directory).map_err(|error| error.to_string())?;
    if let Some(problem) = loaded.problems.first() {
        return Err(format!("{} problems, first {problem}", loaded.problems.len()));
    }
    if !again.files.is_empty() || !again.changes.is_empty() {
        let changes: Vec<String> = again.changes.iter().take(5).map(ToString::to_string).collect();
        let files = again.files.len();
        return Err(format!("a second import changes {files} files: {}", changes.join("; ")));
    }
    let service = &loaded.service;
    let vendor: serde_json::Value = serde_json::from_str(&model).map_err(|error| error.to_string())?;
    let expected = vendor["actions"].as_object().map_or(0, serde_json::Map::len);
    if service.actions.len() != expected {
        return Err(format!("{} of {expected} actions arrived", service.actions.len()));
    }
    let add = |total: &AtomicUsize, count: usize| total.fetch_add(count, Ordering::Relaxed);
    add(&totals.actions, service.actions.len());
    add(&totals.types, service.types.len());
    add(&totals.examples, service.actions.iter().map(|action| action.examples.len()).sum());
    let of_actions: usize =
        service.actions.iter().map(|action| action.request.len() + action.response.len()).sum();
    let of_types: usize = service.types.iter().map(|record| record.fields.len()).sum();
    add(&totals.fields, of_actions + of_types);
    add(&totals.left_out, first.notes.iter().filter(|note| note.starts_with("left out example")).count());
    Ok(())
}
