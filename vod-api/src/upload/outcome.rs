//! The result of an upload.

/// The result of a successful upload.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// The id of the media file.
    pub file_id: String,
    /// The URL that plays the media.
    pub media_url: String,
    /// The URL of the cover, if there is one.
    pub cover_url: Option<String>,
    /// The total size of all files in storage, in bytes.
    pub bytes: u64,
    /// The number of these bytes that an earlier call had stored.
    pub resumed_bytes: u64,
    /// The number of files: the media, its cover, and the files of its manifest.
    pub files: usize,
    /// Whether storage returned the CRC-64 of each file, and it matched the file's bytes. If not, storage returned
    /// none, and only the number of received bytes is known.
    pub is_verified: bool,
    /// The number of requests that this call sent to storage, retries included.
    pub storage_requests: u32,
    /// Whether the commit was sent more than once because the outcome of an earlier one was unknown. The vendor does not
    /// document whether a second commit of the same upload gives the same file id.
    pub commit_repeated: bool,
    /// The request id of the commit.
    pub request_id: String,
}
