//! Object storage (COS), as far as an upload needs it: eight requests, by the client's own transport, clock, retry
//! rules and redaction.

mod bucket;
mod operations;
mod send;
mod traffic;
mod xml;

use std::fmt::Write as _;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, ETAG};
use http::{HeaderName, Method};
use md5::{Digest as _, Md5};
use percent_encoding::percent_decode_str;

pub(super) use traffic::{BandwidthLimiter, Progressing};

use self::bucket::Bucket;
use self::send::{Operation, text_header};
use self::xml::Element;
use crate::client::Client;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::redact::Redactor;
use crate::retry::RetryPolicy;
use crate::signature::lower_hex;
use crate::timestamp::Timestamp;
use crate::transport::RawResponse;

/// The header, and in a presigned URL the parameter, of a temporary credential's token.
const TOKEN: &str = "x-cos-security-token";
const CRC64: &str = "x-cos-hash-crc64ecma";
const CONTENT_MD5: HeaderName = HeaderName::from_static("content-md5");
/// How many parts or uploads a list has at most.
const PAGE: &str = "1000";
/// So many pages of a list are no list.
const MOST_PAGES: usize = 100;

/// The storage of one upload.
pub(super) struct Storage {
    client: Client,
    bucket: Bucket,
    credential: Credential,
    redactor: Redactor,
    policy: RetryPolicy,
    idle_timeout: Duration,
    limiter: Option<Arc<BandwidthLimiter>>,
    with_md5: bool,
    attempts: AtomicU32,
    repeated_initiate: AtomicBool,
}

/// How an upload talks to storage.
#[derive(Debug, Clone)]
pub(super) struct StorageSettings {
    pub(super) policy: RetryPolicy,
    pub(super) idle_timeout: Duration,
    /// In bytes a second.
    pub(super) bandwidth_limit: Option<u64>,
    pub(super) with_md5: bool,
}

/// Bytes with their checksum.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) bytes: Bytes,
    pub(super) crc64: u64,
}

impl Piece {
    pub(super) fn new(bytes: Bytes) -> Self {
        let crc64 = crc64(&bytes);
        Self { bytes, crc64 }
    }

    /// With a checksum that was taken while the bytes were read.
    pub(super) fn with_checksum(bytes: Bytes, crc64: u64) -> Self {
        Self { bytes, crc64 }
    }

    pub(super) fn len(&self) -> u64 {
        self.bytes.len() as u64
    }
}

/// What storage says of bytes that it has taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stored {
    /// In quotes, as it came.
    pub(super) etag: String,
    /// The checksum, if it was told. It is then the right one.
    pub(super) crc64: Option<u64>,
}

/// A part that storage has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ListedPart {
    pub(super) number: u32,
    pub(super) etag: String,
    pub(super) size: u64,
}

/// What storage says of an object.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Head {
    /// It is there.
    Found { length: Option<u64>, crc64: Option<u64> },
    /// It is not.
    Absent,
    /// The certificate gives no right to know.
    Refused,
}

impl Storage {
    pub(super) fn new(
        client: Client,
        (bucket, region): (&str, &str),
        credential: Credential,
        session_key: &str,
        settings: &StorageSettings,
    ) -> Result<Self, Error> {
        let bucket = Bucket::new(client.config(), bucket, region)?;
        let secrets = [Some(credential.secret_key()), credential.token(), Some(session_key)];
        let redactor = Redactor::new(secrets.into_iter().flatten());
        credential.check()?;
        Ok(Self {
            client,
            bucket,
            credential,
            redactor,
            policy: settings.policy,
            idle_timeout: settings.idle_timeout,
            limiter: settings.bandwidth_limit.map(|limit| Arc::new(BandwidthLimiter::new(limit))),
            with_md5: settings.with_md5,
            attempts: AtomicU32::new(0),
            repeated_initiate: AtomicBool::new(false),
        })
    }

    /// How many requests have been sent.
    pub(super) fn attempts(&self) -> u32 {
        self.attempts.load(Ordering::Relaxed)
    }

    /// Whether an upload in parts may have been begun twice, because the first answer was lost.
    pub(super) fn has_repeated_initiate(&self) -> bool {
        self.repeated_initiate.load(Ordering::Relaxed)
    }

    /// For how long the certificate is still valid; `None` if it does not end.
    pub(super) fn remaining(&self) -> Option<Duration> {
        let config = self.client.config();
        let now = config.skew.apply(config.clock.unix_seconds());
        let end = self.credential.expires_at()?.duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
        Some(end.saturating_sub(Duration::from_secs(now)))
    }

    /// # Errors
    ///
    /// The certificate has ended.
    pub(super) fn check_certificate(&self) -> Result<(), Error> {
        match self.remaining() {
            Some(Duration::ZERO) => {
                let end = self.credential.expires_at().map(Timestamp::from);
                let end = end.as_ref().map_or("", Timestamp::as_str);
                let message = format!("the upload's certificate ended at {end}; start the upload again");
                Err(Error::new(ErrorKind::CertificateExpired, message))
            }
            _ => Ok(()),
        }
    }

    /// Stores a whole object.
    pub(super) async fn put(
        &self,
        key: &str,
        piece: &Piece,
        progress: Arc<dyn Progressing>,
    ) -> Result<Stored, Error> {
        let operation = Operation::new(&operations::PUT_OBJECT, Method::PUT, key);
        self.store(operation, piece, progress).await
    }

    /// Stores a part. One that is there is replaced.
    pub(super) async fn put_part(
        &self,
        (key, upload_id): (&str, &str),
        number: u32,
        piece: &Piece,
        progress: Arc<dyn Progressing>,
    ) -> Result<Stored, Error> {
        let operation = Operation::new(&operations::UPLOAD_PART, Method::PUT, key)
            .parameter("partNumber", number.to_string())
            .parameter("uploadId", upload_id);
        self.store(operation, piece, progress).await
    }

    async fn store(
        &self,
        operation: Operation<'_>,
        piece: &Piece,
        progress: Arc<dyn Progressing>,
    ) -> Result<Stored, Error> {
        let mut operation = operation.body(piece.bytes.clone());
        if self.with_md5 {
            let digest = STANDARD.encode(Md5::digest(&piece.bytes));
            operation = operation.header(CONTENT_MD5, digest);
        }
        operation.progress = Some(progress);
        self.send(&operation, |answer| {
            let etag = text_header(&answer.headers, ETAG.as_str()).unwrap_or_default().to_owned();
            if etag.is_empty() {
                return Err(odd("the answer has no ETag"));
            }
            let crc64 = checksum_of(answer);
            check_crc64(crc64, piece.crc64, "the bytes that storage has received")?;
            Ok(Stored { etag, crc64 })
        })
        .await
    }

    /// Begins an upload in parts, and gives its id.
    pub(super) async fn initiate(&self, key: &str) -> Result<String, Error> {
        let operation = Operation::new(&operations::INITIATE, Method::POST, key).parameter("uploads", "");
        self.send(&operation, |answer| {
            let root = document(answer, "InitiateMultipartUploadResult")?;
            match root.text_of("UploadId") {
                "" => Err(odd("the answer has no UploadId")),
                id => Ok(id.to_owned()),
            }
        })
        .await
    }

    /// The parts that storage has, by number.
    pub(super) async fn parts(&self, key: &str, upload_id: &str) -> Result<Vec<ListedPart>, Error> {
        let mut parts: Vec<ListedPart> = Vec::new();
        let mut marker = "0".to_owned();
        for _ in 0..MOST_PAGES {
            let operation = Operation::new(&operations::LIST_PARTS, Method::GET, key)
                .parameter("uploadId", upload_id)
                .parameter("part-number-marker", marker.as_str())
                .parameter("max-parts", PAGE)
                .parameter("encoding-type", "url");
            let (page, next) = self
                .send(&operation, |answer| {
                    let root = document(answer, "ListPartsResult")?;
                    let parts = root.children_named("Part").map(listed_part);
                    let parts =
                        parts.collect::<Option<Vec<_>>>().ok_or_else(|| odd("a part is incomplete"))?;
                    Ok((parts, next_of(&root, "NextPartNumberMarker")))
                })
                .await?;
            parts.extend(page);
            match next {
                None => break,
                Some(next) if next == marker || next.is_empty() => {
                    return Err(odd("the list of parts does not go on").with_action(&operations::LIST_PARTS));
                }
                Some(next) => marker = next,
            }
        }
        parts.sort_by_key(|part| part.number);
        parts.dedup_by_key(|part| part.number);
        Ok(parts)
    }

    /// The ids of the uploads of a key that are not complete.
    pub(super) async fn uploads(&self, key: &str) -> Result<Vec<String>, Error> {
        let operation = Operation::new(&operations::LIST_UPLOADS, Method::GET, "")
            .parameter("uploads", "")
            .parameter("prefix", key)
            .parameter("max-uploads", PAGE)
            .parameter("encoding-type", "url");
        self.send(&operation, |answer| {
            let root = document(answer, "ListMultipartUploadsResult")?;
            let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
            // Another storage may leave the key as it is in spite of `encoding-type`.
            let is_ours =
                |upload: &&Element| [upload.text_of("Key"), &decoded(upload.text_of("Key"))].contains(&key);
            let ids = root.children_named("Upload").filter(is_ours);
            Ok(ids.map(|upload| upload.text_of("UploadId").to_owned()).filter(|id| !id.is_empty()).collect())
        })
        .await
    }

    /// Makes an object of the parts. It is believed only if the body of the answer says so: storage answers 200 before
    /// it knows.
    pub(super) async fn complete(
        &self,
        (key, upload_id): (&str, &str),
        parts: &[(u32, String)],
        crc64: u64,
    ) -> Result<Stored, Error> {
        let mut body = String::from("<CompleteMultipartUpload>");
        for (number, etag) in parts {
            let etag = xml::escaped(etag);
            let _ = write!(body, "<Part><PartNumber>{number}</PartNumber><ETag>{etag}</ETag></Part>");
        }
        body.push_str("</CompleteMultipartUpload>");
        let operation = Operation::new(&operations::COMPLETE, Method::POST, key)
            .parameter("uploadId", upload_id)
            .header(CONTENT_TYPE, "application/xml")
            .body(body.into());
        let stored = self
            .send(&operation, |answer| {
                let root = Element::read(&answer.body);
                let etag = root.as_ref().filter(|root| root.name == "CompleteMultipartUploadResult");
                match etag.map(|root| root.text_of("ETag")) {
                    // It ends in its middle, or says nothing: whether the object is there has to be found out.
                    None | Some("") => {
                        let message = "storage returned 200 without saying that the object is complete";
                        Err(Error::new(ErrorKind::Truncated, message))
                    }
                    Some(etag) => Ok(Stored { etag: etag.to_owned(), crc64: checksum_of(answer) }),
                }
            })
            .await?;
        check_crc64(stored.crc64, crc64, "the object that storage has made of the parts")
            .map_err(|error| error.with_action(&operations::COMPLETE))?;
        Ok(stored)
    }

    /// Throws the parts of an upload away. One that is gone is no error.
    pub(super) async fn abort(&self, key: &str, upload_id: &str) -> Result<(), Error> {
        let operation =
            Operation::new(&operations::ABORT, Method::DELETE, key).parameter("uploadId", upload_id);
        match self.send(&operation, |_| Ok(())).await {
            Err(error) if is_gone(&error) => Ok(()),
            outcome => outcome,
        }
    }

    /// Whether an object is there.
    pub(super) async fn head(&self, key: &str) -> Result<Head, Error> {
        let operation = Operation::new(&operations::HEAD_OBJECT, Method::HEAD, key);
        let found = self.send(&operation, |answer| {
            let length = text_header(&answer.headers, "content-length").and_then(|text| text.parse().ok());
            Ok(Head::Found { length, crc64: checksum_of(answer) })
        });
        match found.await {
            Err(error) => match error.http_status() {
                Some(404) => Ok(Head::Absent),
                Some(403) => Ok(Head::Refused),
                _ => Err(error),
            },
            found => found,
        }
    }
}

/// Whether the upload in parts is not, or no longer, there.
pub(super) fn is_gone(error: &Error) -> bool {
    error.code_str() == Some("NoSuchUpload")
}

/// The CRC-64 that storage uses.
pub(super) fn crc64(bytes: &[u8]) -> u64 {
    crc_fast::checksum(crc_fast::CrcAlgorithm::Crc64Xz, bytes)
}

/// A checksum that is taken chunk by chunk.
pub(super) struct Crc64(crc_fast::Digest);

impl Default for Crc64 {
    fn default() -> Self {
        Self(crc_fast::Digest::new(crc_fast::CrcAlgorithm::Crc64Xz))
    }
}

impl Crc64 {
    pub(super) fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    pub(super) fn value(&self) -> u64 {
        self.0.finalize()
    }
}

/// The checksum of two pieces, one after the other.
pub(super) fn combined(first: u64, second: u64, second_length: u64) -> u64 {
    crc_fast::checksum_combine(crc_fast::CrcAlgorithm::Crc64Xz, first, second, second_length)
}

/// The `ETag` of these bytes as an object or part, as far as storage keeps to the custom.
pub(super) fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", lower_hex(&Md5::digest(bytes)))
}

fn checksum_of(answer: &RawResponse) -> Option<u64> {
    text_header(&answer.headers, CRC64)?.trim().parse().ok()
}

/// Refuses a checksum that was told and is another one.
pub(super) fn check_crc64(told: Option<u64>, own: u64, what: &str) -> Result<(), Error> {
    match told {
        Some(told) if told != own => {
            let message = format!("{what} are not those that were sent: CRC-64 {told} instead of {own}");
            Err(Error::new(ErrorKind::Integrity, message))
        }
        _ => Ok(()),
    }
}

fn listed_part(part: &Element) -> Option<ListedPart> {
    Some(ListedPart {
        number: part.text_of("PartNumber").parse().ok()?,
        etag: Some(part.text_of("ETag")).filter(|etag| !etag.is_empty())?.to_owned(),
        size: part.text_of("Size").parse().ok()?,
    })
}

/// Where the next page of a list begins, if there is one.
fn next_of(root: &Element, marker: &str) -> Option<String> {
    (root.text_of("IsTruncated") == "true").then(|| root.text_of(marker).to_owned())
}

/// The document of an answer, which must be of this kind.
fn document(answer: &RawResponse, name: &str) -> Result<Element, Error> {
    Element::read(&answer.body)
        .filter(|root| root.name == name)
        .ok_or_else(|| odd(&format!("the response is not a {name}")))
}

fn odd(problem: &str) -> Error {
    Error::new(ErrorKind::Malformed, format!("storage: {problem}"))
}
