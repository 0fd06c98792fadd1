//! Files to a service.

use std::path::{Path, PathBuf};

use crate::check::{Scope, resolve};
use crate::draft::Unresolved;
use crate::files::{fault_of_name, follow_link_files, is_spec_file, read_all, read_regular};
use crate::model::{Position, Service};
use crate::problem::Problem;
use crate::read::{Reader, category, read_file, read_service, read_single_file};
use crate::report::Problems;
use crate::source::{Source, Text};
use crate::syntax::{headers, parse};

const SERVICE_FILE: &str = "service.toml";

/// What came of loading: everything sound, and everything wrong.
#[derive(Debug, Clone, PartialEq)]
pub struct Loaded {
    /// Every sound item. Where something is wrong, the smallest thing that cannot stand is left out, and
    /// nothing refers to what was left out. A field whose type is not known stays, with the type that was probably
    /// meant or as `json`, so that the code that uses it can be checked too.
    pub service: Service,
    /// All problems, by file, line and column; empty if the spec files may be used.
    pub problems: Vec<Problem>,
}

/// Loads the service whose files stand in `base.join(dir)` and below.
///
/// Problems and [`Service::files`] name paths that start with `dir`, so that the result does not depend on
/// where `base` is. A part of `dir` that is a [link file](follow_link_files) is followed.
pub fn load_service(base: &Path, dir: &Path) -> Loaded {
    let dir = &*follow_link_files(base, dir);
    let root = base.join(dir);
    if !root.is_dir() {
        let mut problems = Problems::new(Vec::new());
        let what = if root.exists() { "not a directory" } else { "there is no such directory" };
        problems.report_path(dir, what, "name the directory that holds the service.toml");
        return Loaded { service: Service::default(), problems: problems.into_list() };
    }
    let (sources, refused) = read_all(&root);
    load(dir, sources, Scope::Service, |problems| {
        for (path, what, instead) in refused {
            let path = if path.as_os_str().is_empty() { dir.to_owned() } else { dir.join(path) };
            problems.report_path(&path, what, instead);
        }
    })
}

/// Loads a service from files that have been read already; `dir` is only what problems and
/// [`Service::files`] put before their paths.
pub fn load_sources(dir: &Path, sources: Vec<Source>) -> Loaded {
    load(dir, sources, Scope::Service, |_| ())
}

/// Loads `base.join(file)`, one file that extends a service which stands elsewhere.
///
/// Types and enumerations that the file names without declaring them become
/// [`Element::External`](crate::model::Element::External). There is no `service.toml`, so `use` is a problem, and
/// the classes of error codes are not checked. Name, version and endpoints of the service are empty.
pub fn load_action(base: &Path, file: &Path) -> Loaded {
    let fault = fault_of_name(file).map_or(Ok(()), Err);
    let bytes = match fault.and_then(|()| read_regular(&base.join(file))) {
        Ok(bytes) => bytes,
        Err((what, _)) => {
            let mut problems = Problems::new(Vec::new());
            problems.report_path(file, what, "name a spec file");
            return Loaded { service: Service::default(), problems: problems.into_list() };
        }
    };
    let directory = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().map(PathBuf::from).unwrap_or_default();
    load(directory, vec![Source { path: name, bytes }], Scope::Extension, |_| ())
}

pub(crate) fn load(
    dir: &Path,
    mut sources: Vec<Source>,
    scope: Scope,
    report: impl FnOnce(&mut Problems),
) -> Loaded {
    let mut misnamed = Vec::new();
    if scope == Scope::Service {
        misnamed = sources
            .iter()
            .filter_map(|source| Some((dir.join(&source.path), fault_of_name(&source.path)?)))
            .collect();
        sources.retain(|source| is_spec_file(&source.path));
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    let mut problems = Problems::new(sources.iter().map(|source| dir.join(&source.path)).collect());
    report(&mut problems);
    for (path, (what, instead)) in misnamed {
        problems.report_path(&path, what, instead);
    }
    let folders = sources.iter().map(|source| category(&source.path)).filter(|folder| !folder.is_empty());
    let mut drafts = Unresolved { folders: folders.collect(), ..Unresolved::default() };
    for (file, source) in sources.iter().enumerate() {
        read_source(file, source, scope, &mut drafts, &mut problems);
    }
    let has_service = sources.iter().any(is_service_file);
    if scope == Scope::Service && !has_service {
        let what = "the directory has no service.toml";
        problems.report_path(
            dir,
            what,
            "add one with `service`, `version`, `summary`, `doc` and `[endpoints]`",
        );
    }
    let service = resolve(drafts, scope, &mut problems);
    Loaded { service, problems: problems.into_list() }
}

/// The service's own file, also where a capital letter has slipped into its name.
fn is_service_file(source: &Source) -> bool {
    let name = source.path.to_str().unwrap_or_default();
    let is_action = || source.bytes.split(|byte| *byte == b'\n').any(|line| line.starts_with(b"action"));
    name == SERVICE_FILE || (name.eq_ignore_ascii_case(SERVICE_FILE) && !is_action())
}

fn read_source(file: usize, source: &Source, scope: Scope, drafts: &mut Unresolved, problems: &mut Problems) {
    let named_service = scope == Scope::Service && source.path.ends_with(SERVICE_FILE);
    let is_service = scope == Scope::Service && is_service_file(source);
    if named_service && !is_service {
        let at = Position { file, line: 1, column: 1 };
        let what = "a service has one service.toml, at the top of its directory";
        problems.report(&at, "", what, "move what it says there, or rename the file");
        return;
    }
    let (text, is_utf8) = Text::decode(file, &source.bytes, problems);
    if !is_utf8 {
        problems.suppress_further(file);
    }
    let (tree, is_toml) = parse(&text, problems);
    let whole = is_utf8 && is_toml;
    if !whole {
        problems.suppress_further(file);
    }
    let mut reader = Reader { text: &text, problems };
    if is_service {
        if !named_service {
            let at = Position { file, line: 1, column: 1 };
            reader.report(&at, "", "the service's own file is named `service.toml`", "rename it");
        }
        read_service(&mut reader, &tree, drafts);
    } else if scope == Scope::Extension {
        read_single_file(&mut reader, &tree, &source.path, drafts);
    } else {
        read_file(&mut reader, &tree, &source.path, drafts);
    }
    if !whole {
        // What the tree has lost is still declared, and a reference to it is no fault of its own.
        let headers = headers(&text);
        drafts.lost.extend(headers.types);
        drafts.lost_fields.extend(headers.fields);
        if let Some(service) = drafts.service.as_mut().filter(|_| is_service) {
            service.lost_parameters.extend(headers.parameters);
            service.whole = false;
        }
    }
}
