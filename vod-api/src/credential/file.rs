//! Reads small files that hold secrets.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::PathBuf;

use zeroize::Zeroizing;

/// More than any credential or token needs; a file that never ends is not read to its end.
const LIMIT: u64 = 1024 * 1024;

/// The text of a file, wiped from memory after use. A file system may take its time, so no worker waits for it.
pub(super) async fn read(path: PathBuf) -> io::Result<Zeroizing<String>> {
    let read = tokio::task::spawn_blocking(move || {
        let mut bytes = Zeroizing::new(Vec::new());
        let file = File::open(path)?;
        // Room for all of it, so that no piece is left behind when the buffer grows.
        let length = file.metadata()?.len().min(LIMIT);
        bytes.reserve(usize::try_from(length).unwrap_or(0) + 1);
        file.take(LIMIT + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LIMIT {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "it is larger than 1 MiB"));
        }
        match str::from_utf8(&bytes) {
            Ok(text) => Ok(Zeroizing::new(text.to_owned())),
            Err(_) => Err(io::Error::new(io::ErrorKind::InvalidData, "it is not UTF-8")),
        }
    });
    read.await.unwrap_or_else(|_| Err(io::Error::other("reading was stopped")))
}
