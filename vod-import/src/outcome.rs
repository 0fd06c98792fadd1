//! What an import would write, and why it could not be made.

use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::report::Change;
use vod_spec::Problem;

/// What an import changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// Differences between the spec files and the model.
    pub changes: Vec<Change>,
    /// What changes nothing and should be known, such as examples that were left out.
    pub notes: Vec<String>,
    /// The files to write; none if the spec files agree with the model.
    pub files: Vec<FileChange>,
}

/// A spec file that an import writes or deletes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileChange {
    /// Relative to the service's directory.
    pub path: PathBuf,
    /// The new text; none if the file goes.
    pub content: Option<String>,
}

impl Outcome {
    /// Writes the files.
    ///
    /// # Errors
    /// The first file or folder that could not be written; those before it have been.
    pub fn write(&self, directory: &Path) -> io::Result<()> {
        for file in &self.files {
            let path = directory.join(&file.path);
            match &file.content {
                Some(text) => {
                    if let Some(folder) = path.parent() {
                        fs::create_dir_all(folder)?;
                    }
                    fs::write(&path, text)?;
                }
                None => fs::remove_file(&path)?,
            }
        }
        Ok(())
    }
}

/// Why nothing was imported.
#[derive(Debug)]
pub enum ImportError {
    /// The model has not the form that the vendor publishes.
    Model(String),
    /// The examples have not the form that the vendor publishes.
    Examples(String),
    /// The list of categories or of error codes cannot be used.
    List(String),
    /// The directory holds another service than the model describes.
    OtherService(String),
    /// A spec file that exists cannot be read.
    Read(PathBuf, String),
    /// Existing spec files have problems, which must be fixed first.
    Faulty(Vec<Problem>),
    /// What would be written has faults: words or limits written by hand contradict the model.
    Contradiction(Vec<Problem>),
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Model(fault) => write!(f, "the model cannot be used: {fault}"),
            Self::Examples(fault) => write!(f, "the examples cannot be used: {fault}"),
            Self::List(fault) => fault.fmt(f),
            Self::OtherService(what) => {
                write!(f, "{what}; name a directory of its own for each service, nothing was written")
            }
            Self::Read(path, fault) => write!(f, "{}: {fault}", path.display()),
            Self::Faulty(problems) => {
                f.write_str("the spec files have problems; fix them first")?;
                list(problems, f)
            }
            Self::Contradiction(problems) => {
                f.write_str("what is written by hand contradicts the model; nothing was written")?;
                list(problems, f)
            }
        }
    }
}

fn list(problems: &[Problem], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    problems.iter().try_for_each(|problem| write!(f, "\n{problem}"))
}

impl std::error::Error for ImportError {}
