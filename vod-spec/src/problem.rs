//! A problem in a spec file, with its position and a suggested fix.

use std::fmt;
use std::path::PathBuf;

/// One fault in a spec file.
///
/// Its text is `path:line:column [Action.Field] what is wrong; what to write instead`, without the brackets
/// where the fault concerns the file as a whole.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// The file, relative to the directory that the loader was told to start from.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// The item concerned, for example `ConfirmEvents.EventHandles`; may be empty.
    pub item: String,
    /// What is wrong.
    pub what: String,
    /// What to write instead.
    pub instead: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.file.display().to_string();
        // The text must not depend on the machine that it was made on.
        let path = if cfg!(windows) { path.replace('\\', "/") } else { path };
        write!(f, "{path}:{}:{} ", self.line, self.column)?;
        if !self.item.is_empty() {
            write!(f, "[{}] ", self.item)?;
        }
        write!(f, "{}; {}", self.what, self.instead)
    }
}

impl std::error::Error for Problem {}
