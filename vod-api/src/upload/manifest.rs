//! The files that a manifest of HLS or DASH refers to: found, and checked, before anything is sent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

use percent_encoding::percent_decode_str;

use super::file::{LocalFile, blocking};
use crate::client::Client;
use crate::error::{Error, ErrorKind};
use crate::record::unicode::without_bom;
use crate::vod::{ParseStreamingManifestManifestType, ParseStreamingManifestRequest};

/// The service takes requests of 10 MB.
const LARGEST: u64 = 10 * 1000 * 1000;
/// How many names an error tells.
const TOLD: usize = 10;

/// Whether files of this type refer to others.
pub(super) fn is_manifest(media_type: &str) -> bool {
    matches!(media_type, "m3u8" | "mpd")
}

/// A file that a manifest refers to, directly or by way of another.
pub(super) struct Segment {
    /// Its place, from the folder of the main manifest, with `/` between the names.
    pub(super) name: String,
    pub(super) file: LocalFile,
}

/// The files that a manifest refers to, each once.
pub(super) async fn segments(
    client: &Client,
    manifest: &LocalFile,
    media_type: &str,
) -> Result<Vec<Segment>, Error> {
    let folder = manifest.path().parent().unwrap_or(Path::new("")).to_owned();
    let main = manifest.path().file_name().map(|name| name.to_string_lossy().into_owned());
    let mut found: BTreeMap<String, LocalFile> = BTreeMap::new();
    let mut missing = Missing::default();
    let mut seen: BTreeSet<String> = main.into_iter().collect();
    let mut queue = VecDeque::from([(String::new(), manifest.clone(), media_type.to_owned())]);
    while let Some((within, file, kind)) = queue.pop_front() {
        for reference in parsed(client, &file, &kind).await? {
            let name = joined(&within, &reference).map_err(|problem| {
                let message = format!("{}: `{reference}` {problem}", file.path().display());
                Error::new(ErrorKind::Source, message)
            })?;
            if !seen.insert(name.clone()) {
                continue;
            }
            let segment = match LocalFile::look_at(path_of(&folder, &name)).await {
                Ok(segment) => {
                    check_within(&folder, &segment).await?;
                    segment
                }
                Err(error) => {
                    missing.add(&error);
                    continue;
                }
            };
            let kind = name.rsplit_once('.').map(|(_, kind)| kind.to_ascii_lowercase());
            if let Some(kind) = kind.filter(|kind| is_manifest(kind)) {
                let within = name.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
                queue.push_back((within, segment.clone(), kind));
            }
            found.insert(name, segment);
        }
    }
    missing.check(manifest.path())?;
    Ok(found.into_iter().map(|(name, file)| Segment { name, file }).collect())
}

/// What the service finds in a manifest.
async fn parsed(client: &Client, file: &LocalFile, kind: &str) -> Result<Vec<String>, Error> {
    let shown = file.path().display().to_string();
    if file.stamp().length > LARGEST {
        let message = format!("{shown} is too large for a manifest: the service takes less than 10 MB");
        return Err(Error::new(ErrorKind::Source, message));
    }
    let path = file.path().to_owned();
    let bytes = blocking(move || {
        std::fs::read(&path).map_err(|error| {
            Error::new(ErrorKind::Source, format!("can't read {}: {error}", path.display()))
                .with_source(error)
        })
    })
    .await?;
    let Ok(text) = str::from_utf8(without_bom(&bytes)) else {
        return Err(Error::new(ErrorKind::Source, format!("{shown} is not UTF-8, so it is no manifest")));
    };
    let mut request = ParseStreamingManifestRequest::new(text);
    request.manifest_type = Some(ParseStreamingManifestManifestType::from(kind));
    let answer = client.parse_streaming_manifest(request).await.map_err(|error| {
        let message = format!("{} ({shown})", error.message());
        error.with_message(message)
    })?;
    Ok(answer.media_segment_set)
}

/// The place of what a manifest in a folder refers to. The message says why it can't be uploaded.
fn joined(within: &str, reference: &str) -> Result<String, &'static str> {
    let name = reference.replace('\\', "/");
    // A player decodes what it is given: what is no escape here must be none there.
    let decoded = percent_decode_str(&name).decode_utf8_lossy().replace('\\', "/");
    for name in [name.as_str(), decoded.as_str()] {
        if has_scheme(name) {
            return Err("is a URL; a manifest may only refer to files beside or below it");
        }
        if name.starts_with('/') {
            return Err("is an absolute path; a manifest may only refer to files beside or below it");
        }
        if name.split('/').any(|part| part == "..") {
            return Err("leaves the folder of the manifest, which it may not");
        }
    }
    let parts: Vec<&str> = name.split('/').filter(|part| *part != ".").collect();
    if parts.is_empty() || name.contains('\0') || parts.iter().any(|part| part.is_empty()) {
        return Err("is no name of a file");
    }
    let name = parts.join("/");
    Ok(if within.is_empty() { name } else { format!("{within}/{name}") })
}

/// Whether a name begins like a URL, or like a path with a drive.
fn has_scheme(name: &str) -> bool {
    let is_of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.');
    name.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(is_of_scheme)
    })
}

/// Whether a file is in a folder, once links are followed.
async fn check_within(folder: &Path, file: &LocalFile) -> Result<(), Error> {
    let (folder, path) = (folder.to_owned(), file.path().to_owned());
    blocking(move || {
        let real = |path: &Path| {
            path.canonicalize().map_err(|error| {
                let message = format!("can't find out where {} is: {error}", path.display());
                Error::new(ErrorKind::Source, message).with_source(error)
            })
        };
        let folder = if folder.as_os_str().is_empty() { PathBuf::from(".") } else { folder };
        let target = real(&path)?;
        if target.starts_with(real(&folder)?) {
            return Ok(());
        }
        let message = format!(
            "{} leads to {}, which is outside of the folder of the manifest",
            path.display(),
            target.display()
        );
        Err(Error::new(ErrorKind::Source, message))
    })
    .await
}

fn path_of(folder: &Path, name: &str) -> PathBuf {
    name.split('/').fold(folder.to_owned(), |path, part| path.join(part))
}

/// Files that are referred to and can't be read.
#[derive(Default)]
struct Missing {
    count: usize,
    told: Vec<String>,
}

impl Missing {
    fn add(&mut self, error: &Error) {
        self.count += 1;
        if self.told.len() < TOLD {
            self.told.push(error.message().to_owned());
        }
    }

    fn check(self, manifest: &Path) -> Result<(), Error> {
        if self.count == 0 {
            return Ok(());
        }
        let more = match self.count - self.told.len() {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        let message = format!(
            "{} refers to {} files that can't be uploaded: {}{more}",
            manifest.display(),
            self.count,
            self.told.join("; ")
        );
        Err(Error::new(ErrorKind::Source, message))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_beside_or_below_a_manifest_are_taken() {
        for (within, reference, name) in [
            ("", "a.ts", "a.ts"),
            ("", "./a.ts", "a.ts"),
            ("hd", "b/a.ts", "hd/b/a.ts"),
            ("", "b\\a.ts", "b/a.ts"),
            ("", "a..b.ts", "a..b.ts"),
            ("", "视频 1.ts", "视频 1.ts"),
            ("", "././b/./a.ts", "b/a.ts"),
            ("", "100%.ts", "100%.ts"),
            ("", "a%20b.ts", "a%20b.ts"),
            ("", "b/12:30.ts", "b/12:30.ts"),
            ("", "12:30.ts", "12:30.ts"),
            ("", "...", "..."),
            ("", "%2e.ts", "%2e.ts"),
        ] {
            assert_eq!(joined(within, reference).as_deref(), Ok(name));
        }
        for reference in [
            "../a.ts",
            "b/../../a.ts",
            "b\\..\\a.ts",
            "/a.ts",
            "\\a.ts",
            "C:\\a.ts",
            "c:a.ts",
            "https://h/a.ts",
            "",
            "b//a.ts",
            "b/",
            ".",
            "./",
            "a\0.ts",
            "..",
            "%2e%2e/a.ts",
            ".%2E/a.ts",
            "b/%2e%2e/../a.ts",
            "b/%2E./a.ts",
            "%2e%2e%2fa.ts",
            "%2e%2e%5ca.ts",
            "..%2fa.ts",
            "%2fetc/passwd",
            "%5c%5chost/a.ts",
            "//host/a.ts",
            "\\\\host\\a.ts",
            "file:a.ts",
            "HTTP:a.ts",
            "http%3A//h/a.ts",
            "data:text/plain,x",
        ] {
            assert!(joined("hd", reference).is_err(), "{reference}");
        }
    }
}
