//! Finds the spec files below a directory.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::source::Source;

/// A file or directory that could not be read: its path relative to the service's directory, and why.
pub type Unreadable = (PathBuf, io::ErrorKind);

/// Whether a file's name makes it a spec file: hidden ones are an editor's, mostly.
pub(crate) fn is_spec_file(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "toml") && !is_hidden(path)
}

fn is_hidden(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'))
}

/// Every `.toml` file below the directory, links followed, hidden files and folders left out.
pub fn read_all(directory: &Path) -> (Vec<Source>, Vec<Unreadable>) {
    let mut walk =
        Walk { root: directory, sources: Vec::new(), unreadable: Vec::new(), seen: HashSet::new() };
    walk.directory(Path::new(""));
    (walk.sources, walk.unreadable)
}

/// Reads a file. A pipe or a device, which may have no end, is refused unopened.
fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if fs::metadata(path)?.is_file() { fs::read(path) } else { Err(io::ErrorKind::Unsupported.into()) }
}

struct Walk<'a> {
    root: &'a Path,
    sources: Vec<Source>,
    unreadable: Vec<Unreadable>,
    /// Directories entered, so that a link to a parent ends the walk.
    seen: HashSet<PathBuf>,
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
                self.unreadable.push((relative.to_owned(), error.kind()));
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
                match read_file(&self.root.join(&path)) {
                    Ok(bytes) => self.sources.push(Source { path, bytes }),
                    Err(error) => self.unreadable.push((path, error.kind())),
                }
            }
        }
    }
}
