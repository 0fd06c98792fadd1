//! Finds the spec files below a directory.

use std::collections::{HashMap, HashSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::Source;

/// A file or directory that is not taken: its path relative to the service's directory, why, and what to do.
pub type Refused = (PathBuf, String, String);

/// Whether a file's name makes it a spec file: hidden ones are an editor's, mostly.
pub(crate) fn is_spec_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml") && !is_hidden(path)
}

/// What is wrong with the name of a file that is almost one of a spec file, and what to do. Without a word, what is
/// in the file would be missing.
pub(crate) fn fault_of_name(path: &Path) -> Option<(String, String)> {
    let extension = path.extension().filter(|_| !is_hidden(path))?.to_string_lossy();
    let almost = extension != "toml" && extension.eq_ignore_ascii_case("toml");
    almost.then(|| {
        let what = format!("the file's name ends in `.{extension}`, and a spec file's in `.toml`");
        (what, "rename it".to_owned())
    })
}

/// What a regular file holds; a pipe or a device would give no end of bytes, or none for ever.
pub(crate) fn read_regular(path: &Path) -> Result<Vec<u8>, (String, String)> {
    let instead = "make it readable or remove it";
    let fault = |error: io::Error| (format!("cannot be read: {}", error.kind()), instead.to_owned());
    if !fs::metadata(path).map_err(fault)?.is_file() {
        return Err(("is no regular file".to_owned(), "remove it, or put a spec file there".to_owned()));
    }
    fs::read(path).map_err(fault)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// The longest target that a link file may name.
const LINK_BYTES: u64 = 4096;

/// The directory `dir`, relative to `base`, with link files replaced by what they name.
///
/// A checkout without symbolic links (the default of git on Windows) holds each link as a small file whose text is
/// the link's target. A part of the path that is such a file is followed, as the link would be.
pub fn follow_link_files(base: &Path, dir: &Path) -> PathBuf {
    dir.components().fold(PathBuf::new(), |parent, part| {
        let path = parent.join(part);
        link_target(&base.join(&path)).map_or(path, |target| parent.join(target))
    })
}

/// What a link file names, if the file is one.
fn link_target(file: &Path) -> Option<String> {
    let metadata = fs::metadata(file).ok()?;
    if !metadata.is_file() || metadata.len() > LINK_BYTES {
        return None;
    }
    let text = fs::read_to_string(file).ok()?;
    let is_target = !text.is_empty() && !text.contains('\n') && Path::new(&text).is_relative();
    (is_target && file.parent()?.join(&text).is_dir()).then_some(text)
}

/// Every `.toml` file below the directory, links followed, hidden files and folders left out.
pub fn read_all(directory: &Path) -> (Vec<Source>, Vec<Refused>) {
    let mut walk = Walk {
        root: directory,
        sources: Vec::new(),
        refused: Vec::new(),
        seen: HashSet::new(),
        read: HashMap::new(),
    };
    walk.directory(Path::new(""));
    (walk.sources, walk.refused)
}

struct Walk<'a> {
    root: &'a Path,
    sources: Vec<Source>,
    refused: Vec<Refused>,
    /// Directories entered, so that a link to a parent ends the walk.
    seen: HashSet<PathBuf>,
    /// Files read, by where they really stand.
    read: HashMap<PathBuf, PathBuf>,
}

impl Walk<'_> {
    fn directory(&mut self, relative: &Path) {
        let directory = self.root.join(relative);
        let listing = directory.canonicalize().and_then(|real| {
            if !self.seen.insert(real) {
                return Ok(Vec::new());
            }
            fs::read_dir(&directory)?.collect::<io::Result<Vec<_>>>()
        });
        let mut names: Vec<PathBuf> = match listing {
            Ok(entries) => entries.into_iter().map(|entry| PathBuf::from(entry.file_name())).collect(),
            Err(error) => {
                let what = format!("cannot be read: {}", error.kind());
                self.refused.push((relative.to_owned(), what, "make it readable or remove it".to_owned()));
                return;
            }
        };
        names.sort();
        for name in names {
            if is_hidden(&name) {
                continue;
            }
            let path = relative.join(&name);
            if self.root.join(&path).is_dir() {
                self.directory(&path);
            } else if is_spec_file(&path) {
                match self.file(&path) {
                    Ok(bytes) => self.sources.push(Source { path, bytes }),
                    Err((what, instead)) => self.refused.push((path, what, instead)),
                }
            } else if let Some((what, instead)) = fault_of_name(&path) {
                self.refused.push((path, what, instead));
            }
        }
    }

    fn file(&mut self, path: &Path) -> Result<Vec<u8>, (String, String)> {
        let whole = self.root.join(path);
        if let Ok(real) = whole.canonicalize()
            && let Some(other) = self.read.insert(real, path.to_owned())
        {
            let what = format!("is the same file as `{}`", other.to_string_lossy().replace('\\', "/"));
            return Err((what, "remove the link".to_owned()));
        }
        read_regular(&whole)
    }
}
