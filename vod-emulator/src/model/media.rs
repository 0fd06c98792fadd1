//! The media files of an application.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::model::classes::Classes;
use crate::model::context::Context;
use crate::model::instant::{NEVER, rfc3339};
use crate::protocol::envelope::Members;

/// The region that an account has at first.
pub(crate) const REGION: &str = "ap-chongqing";

/// One media file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Media {
    pub(crate) file_id: String,
    pub(crate) name: String,
    pub(crate) description: String,
    /// Moments are Unix seconds.
    pub(crate) created: i64,
    pub(crate) updated: i64,
    /// None for never.
    pub(crate) expires: Option<i64>,
    pub(crate) class_id: i64,
    pub(crate) tags: Vec<String>,
    /// The kind of file, such as `mp4`.
    pub(crate) kind: String,
    /// Where the original is stored; empty once it is deleted.
    pub(crate) path: String,
    /// Where the cover is stored; empty without one.
    pub(crate) cover_path: String,
    pub(crate) source_type: String,
    pub(crate) source_context: String,
    pub(crate) region: String,
    /// Whether the file was stored under a path that the caller chose.
    pub(crate) path_was_chosen: bool,
    pub(crate) storage_class: String,
    pub(crate) is_forbidden: bool,
    pub(crate) meta: Members,
    /// What processing has made, by the name of the member of `MediaInfo`.
    pub(crate) made: BTreeMap<String, Value>,
}

/// What a new file is made of.
#[derive(Debug, Clone)]
pub(crate) struct MediaOrigin {
    pub(crate) name: String,
    pub(crate) kind: String,
    pub(crate) class_id: i64,
    pub(crate) source_type: &'static str,
    pub(crate) source_context: String,
    /// Empty for the account's first region.
    pub(crate) region: String,
    /// The path that the caller chose; empty if none.
    pub(crate) chosen_path: String,
    pub(crate) expires: Option<i64>,
}

impl Media {
    /// A file that is stored at this path since now.
    pub(crate) fn new(file_id: String, path: String, origin: MediaOrigin, meta: Members, unix: i64) -> Self {
        let region = if origin.region.is_empty() { REGION.to_owned() } else { origin.region };
        Self {
            file_id,
            name: origin.name,
            description: String::new(),
            created: unix,
            updated: unix,
            expires: origin.expires,
            class_id: origin.class_id,
            tags: Vec::new(),
            kind: origin.kind,
            path,
            cover_path: String::new(),
            source_type: origin.source_type.to_owned(),
            source_context: origin.source_context,
            region,
            path_was_chosen: !origin.chosen_path.is_empty(),
            storage_class: "STANDARD".to_owned(),
            is_forbidden: false,
            meta,
            made: BTreeMap::new(),
        }
    }

    /// `Normal` or `Forbidden`.
    pub(crate) fn status(&self) -> &'static str {
        if self.is_forbidden { "Forbidden" } else { "Normal" }
    }

    /// `Video`, `Audio` or `Image`.
    pub(crate) fn category(&self) -> &'static str {
        category_of(&self.kind)
    }

    /// The URL of the original; empty once it is deleted.
    pub(crate) fn url(&self, context: &Context<'_>) -> String {
        if self.path.is_empty() { String::new() } else { context.url_of(&self.path) }
    }

    pub(crate) fn cover_url(&self, context: &Context<'_>) -> String {
        if self.cover_path.is_empty() { String::new() } else { context.url_of(&self.cover_path) }
    }

    /// The members of `MediaBasicInfo`.
    pub(crate) fn basic_info(&self, classes: &Classes, context: &Context<'_>) -> Value {
        let (class_name, class_path) = classes.names(self.class_id);
        json!({
            "Name": self.name,
            "Description": self.description,
            "CreateTime": rfc3339(self.created),
            "UpdateTime": rfc3339(self.updated),
            "ExpireTime": self.expires.map_or_else(|| NEVER.to_owned(), rfc3339),
            "ClassId": self.class_id,
            "ClassName": class_name,
            "ClassPath": class_path,
            "CoverUrl": self.cover_url(context),
            "Type": self.kind,
            "MediaUrl": self.url(context),
            "SourceInfo": { "SourceType": self.source_type, "SourceContext": self.source_context },
            "StorageRegion": self.region,
            "StoragePath": if self.path_was_chosen { self.path.as_str() } else { "" },
            "TagSet": self.tags,
            "Vid": self.file_id,
            "Category": self.category(),
            "Status": self.status(),
            "StorageClass": self.storage_class,
        })
    }
}

/// `Video`, `Audio` or `Image` by the kind of file.
pub(crate) fn category_of(media_type: &str) -> &'static str {
    match media_type.to_ascii_lowercase().as_str() {
        "mp3" | "m4a" | "flac" | "ogg" | "wav" | "ra" | "aac" | "amr" => "Audio",
        "jpg" | "jpeg" | "png" | "gif" | "bmp" | "tiff" | "ai" | "cdr" | "eps" | "tif" | "heif" | "webp" => {
            "Image"
        }
        _ => "Video",
    }
}

/// All media files of an application.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct MediaLibrary {
    files: BTreeMap<String, Media>,
    /// The file of each path of an original.
    by_path: BTreeMap<String, String>,
    /// The files that expire, by their moments.
    by_expiry: BTreeSet<(i64, String)>,
}

impl MediaLibrary {
    pub(crate) fn add(&mut self, media: Media) {
        if !media.path.is_empty() {
            self.by_path.insert(media.path.clone(), media.file_id.clone());
        }
        if let Some(expires) = media.expires {
            self.by_expiry.insert((expires, media.file_id.clone()));
        }
        self.files.insert(media.file_id.clone(), media);
    }

    /// Sets when a file expires; none for never.
    pub(crate) fn set_expiry(&mut self, file_id: &str, expires: Option<i64>) {
        let Some(media) = self.files.get_mut(file_id) else { return };
        if let Some(before) = std::mem::replace(&mut media.expires, expires) {
            self.by_expiry.remove(&(before, file_id.to_owned()));
        }
        if let Some(expires) = expires {
            self.by_expiry.insert((expires, file_id.to_owned()));
        }
    }

    pub(crate) fn get(&self, file_id: &str) -> Option<&Media> {
        self.files.get(file_id)
    }

    pub(crate) fn get_mut(&mut self, file_id: &str) -> Option<&mut Media> {
        self.files.get_mut(file_id)
    }

    /// The file whose original is stored at this path.
    pub(crate) fn at_path(&self, path: &str) -> Option<&Media> {
        self.get(self.by_path.get(path)?)
    }

    /// In the order of their ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Media> {
        self.files.values()
    }

    pub(crate) fn remove(&mut self, file_id: &str) -> Option<Media> {
        let media = self.files.remove(file_id)?;
        self.by_path.remove(&media.path);
        if let Some(expires) = media.expires {
            self.by_expiry.remove(&(expires, media.file_id.clone()));
        }
        Some(media)
    }

    /// Takes the original away from a file that stays. The result is its path.
    pub(crate) fn remove_original(&mut self, file_id: &str) -> Option<String> {
        let media = self.files.get_mut(file_id)?;
        let path = std::mem::take(&mut media.path);
        self.by_path.remove(&path);
        Some(path)
    }

    /// Whether the file at this path must not be played.
    pub(crate) fn is_forbidden(&self, path: &str) -> bool {
        self.at_path(path).is_some_and(|media| media.is_forbidden)
    }

    /// A file that has expired by now.
    pub(crate) fn expired(&self, unix: i64) -> Option<String> {
        self.by_expiry.first().filter(|(expires, _)| *expires <= unix).map(|(_, file_id)| file_id.clone())
    }
}
