//! Collects problems while files are read and checked.

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use crate::model::Position;
use crate::problem::Problem;

/// The problems found so far, and the files that their positions refer to.
pub(crate) struct Problems {
    files: Vec<PathBuf>,
    list: Vec<Problem>,
    /// Files that cannot be trusted, whose further faults may be consequences of the first ones.
    broken: HashSet<usize>,
}

impl Problems {
    pub(crate) fn new(files: Vec<PathBuf>) -> Self {
        Self { files, list: Vec::new(), broken: HashSet::new() }
    }

    /// A problem at a place in a file.
    pub(crate) fn report(
        &mut self,
        at: &Position,
        item: &str,
        what: impl Into<String>,
        instead: impl Into<String>,
    ) {
        if self.broken.contains(&at.file) {
            return;
        }
        let file = self.files.get(at.file).cloned().unwrap_or_default();
        self.push(Problem {
            file,
            line: at.line,
            column: at.column,
            item: one_line(item),
            what: one_line(&what.into()),
            instead: one_line(&instead.into()),
        });
    }

    /// A problem with a file or a directory that could not be read at all.
    pub(crate) fn report_path(&mut self, path: &Path, what: impl Into<String>, instead: impl Into<String>) {
        self.push(Problem {
            file: path.to_owned(),
            line: 1,
            column: 1,
            item: String::new(),
            what: one_line(&what.into()),
            instead: one_line(&instead.into()),
        });
    }

    fn push(&mut self, problem: Problem) {
        self.list.push(problem);
    }

    /// Nothing more is collected for this file: what else seems wrong in it may be a consequence.
    pub(crate) fn suppress_further(&mut self, file: usize) {
        self.broken.insert(file);
    }

    /// `path:line` of a place, for hints that point at a second one.
    pub(crate) fn place(&self, at: &Position) -> String {
        let path = self.files.get(at.file).map(|file| file.display().to_string()).unwrap_or_default();
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path };
        format!("{path}:{}", at.line)
    }

    pub(crate) fn files(&self) -> &[PathBuf] {
        &self.files
    }

    /// All problems, by file, line and column.
    pub(crate) fn into_list(mut self) -> Vec<Problem> {
        self.list.sort_by(|a, b| (&a.file, a.line, a.column).cmp(&(&b.file, b.line, b.column)));
        self.list
    }
}

/// A problem is one line, whatever it quotes from the file.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() {
            line.extend(c.escape_default());
        } else {
            line.push(c);
        }
    }
    line
}
