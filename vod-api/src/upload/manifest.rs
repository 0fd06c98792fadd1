//! The files that a manifest of HLS or DASH refers to: found, and checked, before anything is sent.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::{Path, PathBuf};

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
                Ok(segment) => segment,
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
    let name = name.strip_prefix("./").unwrap_or(&name);
    let has_drive = name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic();
    if name.contains("://") {
        return Err("is a URL; a manifest may only refer to files beside or below it");
    }
    if name.starts_with('/') || has_drive {
        return Err("is an absolute path; a manifest may only refer to files beside or below it");
    }
    if name.split('/').any(|part| part == "..") {
        return Err("leaves the folder of the manifest, which it may not");
    }
    if name.is_empty() || name.contains('\0') || name.split('/').any(|part| part.is_empty() || part == ".") {
        return Err("is no name of a file");
    }
    Ok(if within.is_empty() { name.to_owned() } else { format!("{within}/{name}") })
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
            "b/./a.ts",
            "a\0.ts",
            "..",
        ] {
            assert!(joined("hd", reference).is_err(), "{reference}");
        }
    }
}
