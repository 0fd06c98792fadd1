//! Reads small files that hold secrets.

use std::fs::{File, Metadata, metadata};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::record::unicode::without_bom;

/// More than any credential or token needs; a file that never ends is not read to its end.
const LIMIT: u64 = 1024 * 1024;

/// The text of a file, wiped from memory after use. A file system may take its time, so no worker waits for it.
pub(super) async fn read(path: PathBuf) -> io::Result<Zeroizing<String>> {
    let read = tokio::task::spawn_blocking(move || read_now(&path));
    read.await.unwrap_or_else(|_| Err(io::Error::other("reading was stopped")))
}

fn read_now(path: &Path) -> io::Result<Zeroizing<String>> {
    // Checked before it is opened: opening a pipe waits for a writer.
    check_regular(&metadata(path)?)?;
    let file = File::open(path)?;
    // It may be another one by now.
    let metadata = file.metadata()?;
    check_regular(&metadata)?;
    let mut bytes = Zeroizing::new(Vec::new());
    // Room for all of it, so that no piece is left behind when the buffer grows.
    bytes.reserve(usize::try_from(metadata.len().min(LIMIT)).unwrap_or(0) + 1);
    file.take(LIMIT + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > LIMIT {
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 MiB"));
    }
    match str::from_utf8(without_bom(&bytes)) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8")),
    }
}

/// Pipes and devices may never answer, or never end.
fn check_regular(metadata: &Metadata) -> io::Result<()> {
    if metadata.is_file() {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"))
}

/// Why a file in a default place is skipped: it does not exist, or the user who runs this program
/// has no home directory that could hold it. `None` if it is there and can't be used.
pub(super) fn passed_over(path: &Path, error: &io::Error) -> Option<String> {
    let shown = path.display();
    match error.kind() {
        io::ErrorKind::NotFound => Some(format!("{shown} does not exist")),
        io::ErrorKind::PermissionDenied | io::ErrorKind::NotADirectory => {
            tracing::warn!(path = %shown, %error, "credentials file can't be read; skipped");
            Some(format!("{shown} can't be reached: {error}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::credential::test_support::Folder;

    /// The text or the error, within a second: what is refused is refused at once.
    fn at_once(path: impl Into<PathBuf>) -> io::Result<Zeroizing<String>> {
        let path = path.into();
        let (told, heard) = std::sync::mpsc::channel();
        std::thread::spawn(move || told.send(read_now(&path)));
        heard.recv_timeout(Duration::from_secs(10)).expect("it waits")
    }

    #[test]
    fn a_byte_order_mark_is_no_part_of_the_text() {
        let folder = Folder::new();
        let path = folder.write("file", "\u{feff}text\u{feff}");
        assert_eq!(at_once(path).unwrap().as_str(), "text\u{feff}");
    }

    #[test]
    fn the_largest_file_has_a_mebibyte() {
        let folder = Folder::new();
        let largest = "x".repeat(1024 * 1024);
        assert_eq!(at_once(folder.write("file", &largest)).unwrap().len(), largest.len());
        let error = at_once(folder.write("file", &format!("{largest}x"))).unwrap_err();
        assert_eq!(error.to_string(), "it is larger than 1 MiB");
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_refused_at_once() {
        let folder = Folder::new();
        let pipe = folder.path.join("pipe");
        let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
        assert!(made.success());
        let link = folder.path.join("link");
        std::os::unix::fs::symlink(&pipe, &link).unwrap();
        for path in [pipe, link, PathBuf::from("/dev/zero"), folder.path.clone()] {
            let error = at_once(&path).unwrap_err();
            assert_eq!(error.to_string(), "it is not a regular file", "{}", path.display());
        }
        let error = at_once(folder.path.join("missing")).unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn what_cannot_be_reached_is_passed_over_and_what_cannot_be_used_is_not() {
        let passed = |kind: io::ErrorKind| passed_over(Path::new("/home/credentials"), &kind.into());
        assert_eq!(passed(io::ErrorKind::NotFound).unwrap(), "/home/credentials does not exist");
        for kind in [io::ErrorKind::PermissionDenied, io::ErrorKind::NotADirectory] {
            assert!(passed(kind).unwrap().starts_with("/home/credentials can't be reached: "), "{kind}");
        }
        for kind in [io::ErrorKind::InvalidInput, io::ErrorKind::FileTooLarge, io::ErrorKind::InvalidData] {
            assert_eq!(passed(kind), None);
        }
    }
}
