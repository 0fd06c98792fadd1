//! The result of an upload.

/// An upload that has succeeded.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Uploaded {
    /// The id of the media file.
    pub file_id: String,
    /// The URL that plays the media.
    pub media_url: String,
    /// The URL of the cover, if there is one.
    pub cover_url: Option<String>,
    /// How many bytes are in storage, of all files.
    pub bytes: u64,
    /// How many of these an earlier call had stored.
    pub resumed_bytes: u64,
    /// How many files were stored: the media, its cover, and what its manifest refers to.
    pub files: usize,
    /// Whether storage has told the CRC-64 of each file, which is then that of the file's bytes. If not, storage told
    /// none, and only the number of bytes that it took is known.
    pub is_verified: bool,
    /// How many requests this call sent to storage, repeated ones included.
    pub storage_requests: u32,
    /// Whether the commit was sent more than once because the outcome of an earlier one was unknown. The vendor does not
    /// document whether a second commit of the same upload gives the same file id.
    pub commit_repeated: bool,
    /// The id that the service gave the commit.
    pub request_id: String,
}
