//! Upload sessions and their certificates.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::model::secret::Secret;

/// What lets the holder upload to the folder of one session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Certificate {
    pub(crate) secret_id: String,
    pub(crate) secret_key: Secret,
    pub(crate) token: Secret,
    /// From when on it is refused, in Unix seconds.
    pub(crate) expires: i64,
    /// The paths that it is good for; one that ends in a slash is a folder.
    pub(crate) paths: Vec<String>,
}

impl Certificate {
    /// Whether it is good for an object of this path.
    pub(crate) fn permits(&self, path: &str) -> bool {
        self.paths.iter().any(|own| path == own || own.ends_with('/') && path.starts_with(own))
    }
}

/// One upload, from `ApplyUpload` to `CommitUpload`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) certificate: Certificate,
    /// Where the media goes, with the first slash.
    pub(crate) media_path: String,
    /// Whether the caller chose that path.
    pub(crate) path_was_chosen: bool,
    /// Where the cover goes; empty without one.
    pub(crate) cover_path: String,
    pub(crate) media_type: String,
    pub(crate) name: String,
    pub(crate) procedure: String,
    /// When the media expires, in Unix seconds; none for never.
    pub(crate) expires: Option<i64>,
    pub(crate) region: String,
    pub(crate) class_id: i64,
    pub(crate) source_context: String,
    /// The `SessionContext` of the procedure.
    pub(crate) procedure_context: String,
    /// The file that a commit has made.
    pub(crate) file_id: Option<String>,
}

/// All sessions of an application.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(crate) struct Uploads {
    by_key: BTreeMap<String, Session>,
    /// The session key of each secret id.
    by_secret_id: BTreeMap<String, String>,
}

impl Uploads {
    pub(crate) fn add(&mut self, key: &str, session: Session) {
        self.by_secret_id.insert(session.certificate.secret_id.clone(), key.to_owned());
        self.by_key.insert(key.to_owned(), session);
    }

    pub(crate) fn get(&self, key: &str) -> Option<&Session> {
        self.by_key.get(key)
    }

    /// Notes the file that a commit has made.
    pub(crate) fn committed(&mut self, key: &str, file_id: &str) {
        if let Some(session) = self.by_key.get_mut(key) {
            session.file_id = Some(file_id.to_owned());
        }
    }

    /// The certificate of this secret id.
    pub(crate) fn certificate(&self, secret_id: &str) -> Option<Certificate> {
        let session = self.by_key.get(self.by_secret_id.get(secret_id)?)?;
        Some(session.certificate.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_good_for_its_paths() {
        let certificate = |paths: &[&str]| Certificate {
            secret_id: String::new(),
            secret_key: Secret(String::new()),
            token: Secret(String::new()),
            expires: 0,
            paths: paths.iter().map(|path| (*path).to_owned()).collect(),
        };
        let folder = certificate(&["/a/b/"]);
        assert!(folder.permits("/a/b/c.ts") && folder.permits("/a/b/c/d.ts"));
        assert!(!folder.permits("/a/bc.ts") && !folder.permits("/a/b") && !folder.permits("/"));
        let file = certificate(&["/a.mp4"]);
        assert!(file.permits("/a.mp4") && !file.permits("/a.mp4.ts"));
    }
}
