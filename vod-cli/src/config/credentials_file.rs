//! The file `~/.tencentcloud/credentials`: sections with `secret_id`, `secret_key` and `token`.
//!
//! What is not about a credential stays as it is. The file is replaced as a whole, so that a reader sees the one before
//! or the one after, and nobody but its owner can read it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use crate::failure::Failure;

const KEYS: [&str; 3] = ["secret_id", "secret_key", "token"];

/// The file at a path.
#[derive(Debug)]
pub(super) struct CredentialsFile(PathBuf);

impl CredentialsFile {
    pub(super) fn new(path: PathBuf) -> Self {
        Self(path)
    }

    pub(super) fn path(&self) -> &Path {
        &self.0
    }

    /// The profiles with their secret ids.
    pub(super) fn profiles(&self) -> Result<Vec<(String, String)>, Failure> {
        let text = self.text()?;
        let mut out: Vec<(String, String)> = Vec::new();
        let mut section = String::new();
        for line in text.lines() {
            if let Some(name) = title(line) {
                name.clone_into(&mut section);
            } else if let Some(("secret_id", value)) = pair(line) {
                out.retain(|(name, _)| *name != section);
                out.push((section.clone(), value.trim_matches(['"', '\'']).to_owned()));
            }
        }
        Ok(out)
    }

    /// Puts a credential into a profile, in place of the one that is there.
    pub(super) fn set(&self, profile: &str, id: &str, key: &str, token: &str) -> Result<(), Failure> {
        check_name(profile)?;
        for (what, value) in [("secret id", id), ("secret key", key)] {
            if value.is_empty() {
                return Err(Failure::usage(format!("the {what} is empty")));
            }
        }
        for (what, value) in [("secret id", id), ("secret key", key), ("token", token)] {
            if value.chars().any(|c| c.is_whitespace() || c.is_control()) || value.starts_with(['"', '\'']) {
                let message =
                    format!("the {what} holds a blank, a control character or begins with a quotation mark");
                return Err(Failure::usage(message));
            }
        }
        let text = self.text()?;
        let mut lines = format!("secret_id = {id}\nsecret_key = {key}\n");
        if !token.is_empty() {
            lines += &["token = ", token, "\n"].concat();
        }
        let (mut kept, _) = without(&text, profile);
        let header = kept.lines().position(|line| title(line) == Some(profile));
        if let Some(at) = header {
            let end: usize = kept.split_inclusive('\n').take(at + 1).map(str::len).sum();
            if !kept[..end].ends_with('\n') {
                lines.insert(0, '\n');
            }
            kept.insert_str(end, &lines);
        } else {
            if !kept.is_empty() && !kept.ends_with('\n') {
                kept.push('\n');
            }
            kept += &["[", profile, "]\n", &lines].concat();
        }
        self.replace(&kept)
    }

    /// Takes the credential of a profile away; false if there was none.
    pub(super) fn remove(&self, profile: &str) -> Result<bool, Failure> {
        check_name(profile)?;
        let (kept, is_changed) = without(&self.text()?, profile);
        if is_changed {
            self.replace(&kept)?;
        }
        Ok(is_changed)
    }

    fn text(&self) -> Result<String, Failure> {
        match fs::read_to_string(&self.0) {
            Ok(text) => Ok(text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(String::new()),
            Err(error) => Err(Failure::usage(format!("{} cannot be read: {error}", self.0.display()))),
        }
    }

    fn replace(&self, text: &str) -> Result<(), Failure> {
        // A link to the file stays one.
        let path = fs::canonicalize(&self.0).unwrap_or_else(|_| self.0.clone());
        write_private(&path, text)
            .map_err(|error| Failure::usage(format!("{} cannot be written: {error}", path.display())))
    }
}

fn write_private(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    create_private_folder(folder)?;
    let beside = folder.join(format!(".credentials.{}", std::process::id()));
    let written = create_private(&beside).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.and_then(|()| fs::rename(&beside, path)).inspect_err(|_| {
        // What is left of a failure holds a secret.
        let _ = fs::remove_file(&beside);
    })
}

#[cfg(unix)]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(unix)]
fn create_private(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt as _;
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)
}

#[cfg(not(unix))]
fn create_private_folder(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create_new(true).open(path)
}

fn check_name(profile: &str) -> Result<(), Failure> {
    let is_sound = !profile.is_empty()
        && profile.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '@'));
    if is_sound { Ok(()) } else { Err(Failure::usage(format!("{profile:?} is no name of a profile"))) }
}

/// The text without the credential of a profile, and whether there was one.
fn without(text: &str, profile: &str) -> (String, bool) {
    let (mut kept, mut is_inside, mut is_changed) = (String::new(), false, false);
    for line in text.split_inclusive('\n') {
        if let Some(name) = title(line) {
            is_inside = name == profile;
        } else if is_inside
            && pair(line).is_some_and(|(key, _)| KEYS.contains(&key.to_ascii_lowercase().as_str()))
        {
            is_changed = true;
            continue;
        }
        kept.push_str(line);
    }
    (kept, is_changed)
}

fn title(line: &str) -> Option<&str> {
    let (title, _) = line.trim().strip_prefix('[')?.split_once(']')?;
    Some(title.trim())
}

fn pair(line: &str) -> Option<(&str, &str)> {
    let line = line.trim();
    if line.starts_with(['#', ';', '[']) {
        return None;
    }
    let (key, value) = line.split_once(['=', ':'])?;
    Some((key.trim(), value.trim()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Removed at the end of a test.
    struct Folder(PathBuf);

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn in_a_folder(name: &str, text: Option<&str>) -> (Folder, CredentialsFile) {
        let folder = std::env::temp_dir().join(format!("vod-config-{}-{name}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        if let Some(text) = text {
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join("credentials"), text).unwrap();
        }
        let file = CredentialsFile::new(folder.join("credentials"));
        (Folder(folder), file)
    }

    #[test]
    fn what_is_not_about_the_credential_stays() {
        let before = "# mine\n[a]\nsecret_id = 1\n; note\nregion = x\nSecret_Key: 2\n[b]\nsecret_id = 3\nsecret_key = 4";
        let (_folder, file) = in_a_folder("stays", Some(before));
        file.set("a", "AKID5", "key6", "token7").unwrap();
        let text = fs::read_to_string(file.path()).unwrap();
        let expected = "# mine\n[a]\nsecret_id = AKID5\nsecret_key = key6\ntoken = token7\n; note\nregion = x\n[b]\n\
                        secret_id = 3\nsecret_key = 4";
        assert_eq!(text, expected);
        file.set("c", "AKID8", "key9", "").unwrap();
        assert!(
            fs::read_to_string(file.path())
                .unwrap()
                .ends_with("4\n[c]\nsecret_id = AKID8\nsecret_key = key9\n")
        );
        let profiles: Vec<_> = file.profiles().unwrap().into_iter().map(|(name, _)| name).collect();
        assert_eq!(profiles, ["a", "b", "c"]);
        assert!(file.remove("a").unwrap());
        assert!(!file.remove("a").unwrap());
        assert!(
            fs::read_to_string(file.path()).unwrap().starts_with("# mine\n[a]\n; note\nregion = x\n[b]\n")
        );
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owners_alone_also_if_it_was_not_before() {
        use std::os::unix::fs::PermissionsExt as _;
        for text in [None, Some("[default]\n")] {
            let (_folder, file) = in_a_folder("mode", text);
            file.set("default", "AKID1234", "key", "").unwrap();
            assert_eq!(fs::metadata(file.path()).unwrap().permissions().mode() & 0o777, 0o600);
            let others = fs::read_dir(file.path().parent().unwrap()).unwrap().count();
            assert_eq!(others, 1, "nothing is left beside the file");
        }
    }

    #[test]
    fn what_would_break_the_file_is_refused() {
        let (_folder, file) = in_a_folder("refused", None);
        for (profile, id, key) in [
            ("a]", "i", "k"),
            ("", "i", "k"),
            ("a", "", "k"),
            ("a", "i", ""),
            ("a", "i\n[b]", "k"),
            ("a", "i", "k k"),
        ] {
            assert!(file.set(profile, id, key, "").is_err(), "{profile:?} {id:?} {key:?}");
        }
        assert!(!file.path().exists());
    }
}
