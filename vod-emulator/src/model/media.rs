//! The media files of an application.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::model::classes::Classes;
use crate::model::context::Context;
use crate::model::instant::{NEVER, rfc3339};
use crate::protocol::envelope::Members;

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

impl Media {
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
            "Status": if self.is_forbidden { "Forbidden" } else { "Normal" },
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
    by_id: BTreeMap<String, Media>,
    /// The file of each path of an original.
    by_path: BTreeMap<String, String>,
}

impl MediaLibrary {
    pub(crate) fn add(&mut self, media: Media) {
        if !media.path.is_empty() {
            self.by_path.insert(media.path.clone(), media.file_id.clone());
        }
        self.by_id.insert(media.file_id.clone(), media);
    }

    pub(crate) fn get(&self, file_id: &str) -> Option<&Media> {
        self.by_id.get(file_id)
    }

    pub(crate) fn get_mut(&mut self, file_id: &str) -> Option<&mut Media> {
        self.by_id.get_mut(file_id)
    }

    /// The file whose original is stored at this path.
    pub(crate) fn at_path(&self, path: &str) -> Option<&Media> {
        self.get(self.by_path.get(path)?)
    }

    /// In the order of their ids.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Media> {
        self.by_id.values()
    }

    pub(crate) fn remove(&mut self, file_id: &str) -> Option<Media> {
        let media = self.by_id.remove(file_id)?;
        self.by_path.remove(&media.path);
        Some(media)
    }

    /// Takes the original away from a file that stays. The result is its path.
    pub(crate) fn remove_original(&mut self, file_id: &str) -> Option<String> {
        let media = self.by_id.get_mut(file_id)?;
        let path = std::mem::take(&mut media.path);
        self.by_path.remove(&path);
        Some(path)
    }

    /// Whether the file at this path must not be played.
    pub(crate) fn is_forbidden(&self, path: &str) -> bool {
        self.at_path(path).is_some_and(|media| media.is_forbidden)
    }

    /// The ids of the files that have expired by now.
    pub(crate) fn expired(&self, unix: i64) -> Vec<String> {
        let expired = self.all().filter(|media| media.expires.is_some_and(|expires| expires <= unix));
        expired.map(|media| media.file_id.clone()).collect()
    }
}
