//! Handles requests to the object storage: authorizes, executes, and writes the response.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, HeaderValue};
use http::{Method, Request, Response, StatusCode};

use crate::faults::fault::Fault;
use crate::model::application::Application;
use crate::model::ids::{bucket_of, number_of_bucket};
use crate::model::instant::rfc3339;
use crate::model::state::State;
use crate::service::World;
use crate::storage::checksum::Checksums;
use crate::storage::objects::{MAX_PART, Object, Part};
use crate::storage::operation::{Operation, Target, decode_path};
use crate::storage::paths::{ENCODED, FILES_PREFIX};
use crate::storage::refusal::{StorageError, no_such_upload, refusal, too_large};
use crate::storage::response::{content, stored, with_sums, xml_response};
use crate::storage::signature::StorageSignature;
use crate::storage::xml;

/// Bytes of one object or part at most.
const MAX_OBJECT: u64 = 5 * 1024 * 1024 * 1024;
/// Bytes of the list of a completion at most.
const MAX_LIST: usize = 1024 * 1024;
/// Entries of a list at most.
const MAX_LISTED: usize = 1000;

type Answer = Result<Response<Bytes>, StorageError>;

/// Answers a request to the storage by the time of its clock, the first of these; signatures may be valid by any of
/// them.
pub(crate) fn answer(
    world: &World,
    request: &Request<Bytes>,
    clocks: [i64; 2],
    fault: Option<&Fault>,
) -> Answer {
    let [unix, _] = clocks;
    let target =
        Target::of(request).ok_or_else(|| StorageError::bad("InvalidURI", "The URL is not UTF-8."))?;
    let not_allowed = || {
        let message = "The storage has no such operation.";
        StorageError::new(StatusCode::METHOD_NOT_ALLOWED, "MethodNotAllowed", message)
    };
    let operation = target.operation.ok_or_else(not_allowed)?;
    let application = admit(world, request, &target, operation, clocks)?;
    let upload = Uploaded { world, target: &target, application: &application, unix, fault };
    if fault == Some(&Fault::ForgottenUpload) {
        application.change(|state| state.objects.abort(upload.upload_id(), &target.path));
    }
    match operation {
        Operation::PutObject => upload.put(request),
        Operation::UploadPart => upload.part(request),
        Operation::InitiateMultipartUpload => upload.begin(request),
        Operation::CompleteMultipartUpload => upload.complete(request),
        Operation::AbortMultipartUpload => upload.abort(),
        Operation::ListParts => upload.list_parts(),
        Operation::ListMultipartUploads => upload.list_uploads(),
        Operation::HeadObject | Operation::GetObject => {
            let object = application.read(|state| state.objects.get(&target.path).cloned());
            let object =
                object.ok_or_else(|| StorageError::absent("NoSuchKey", "The object does not exist."))?;
            Ok(content(&object, request.method() == Method::HEAD))
        }
    }
}

/// The application whose upload session the request belongs to.
fn admit(
    world: &World,
    request: &Request<Bytes>,
    target: &Target,
    operation: Operation,
    clocks: [i64; 2],
) -> Result<Arc<Application>, StorageError> {
    let signature = StorageSignature::read(request, &target.query).ok_or_else(|| {
        StorageError::denied("The request carries no signature of the form `q-sign-algorithm=sha1&...`.")
    })?;
    let application = match &target.bucket {
        Some(bucket) => {
            let found = number_of_bucket(bucket).and_then(|number| world.applications.made(number));
            vec![found.ok_or_else(|| StorageError::absent("NoSuchBucket", "The bucket does not exist."))?]
        }
        None => world.applications.all(),
    };
    let found = application.into_iter().find_map(|application| {
        let certificate = application.read(|state| state.uploads.certificate(&signature.secret_id))?;
        Some((application, certificate))
    });
    let Some((application, certificate)) = found else {
        let message = "The secret id is that of no certificate of `ApplyUpload`.";
        return Err(StorageError::new(StatusCode::FORBIDDEN, "InvalidAccessKeyId", message));
    };
    let (start, end) = signature.valid;
    let [unix, _] = clocks;
    if clocks.iter().all(|unix| *unix > end) {
        return Err(StorageError::denied("Request has expired"));
    }
    // Both clocks are cut to whole seconds.
    if clocks.iter().all(|unix| start > unix + 1) {
        let message = format!("The signature is valid from {start}; the storage's time is {unix}.");
        return Err(StorageError::new(StatusCode::FORBIDDEN, "RequestTimeTooSkewed", message));
    }
    if !signature.matches(request, &target.path, &target.query, &certificate.secret_key) {
        let message = "The signature does not match the request and the certificate's key.";
        return Err(StorageError::new(StatusCode::FORBIDDEN, "SignatureDoesNotMatch", message));
    }
    if signature.token.as_deref() != Some(&certificate.token) {
        return Err(StorageError::denied("`x-cos-security-token` is missing, or is not the certificate's."));
    }
    if unix >= certificate.expires {
        return Err(StorageError::bad("ExpiredToken", "The certificate of `ApplyUpload` has expired."));
    }
    let is_read = matches!(operation, Operation::HeadObject | Operation::GetObject);
    if is_read && !world.options.storage_reads {
        return Err(StorageError::denied("The certificate does not permit to read objects."));
    }
    // What a listing may see is bounded by its prefix, which begins without a slash.
    let path = match operation {
        Operation::ListMultipartUploads => format!("/{}", target.parameter("prefix").unwrap_or_default()),
        _ => target.path.clone(),
    };
    if path.split('/').any(|segment| segment == "." || segment == "..") || !certificate.permits(&path) {
        return Err(StorageError::denied("The certificate is for the folder of another upload."));
    }
    Ok(application)
}

/// A request that was let in.
struct Uploaded<'a> {
    world: &'a World,
    target: &'a Target,
    application: &'a Application,
    unix: i64,
    fault: Option<&'a Fault>,
}

impl Uploaded<'_> {
    fn put(&self, request: &Request<Bytes>) -> Answer {
        let sums = self.check_body(request)?;
        self.application.change(|state| {
            self.check_overwrite(request, state)?;
            self.check_room(state, request.body().len())?;
            let (data, sums) = self.kept(request.body(), sums.clone());
            state.objects.put(&self.target.path, Object::new(data, sums.clone()));
            Ok(stored(&sums.md5, &sums))
        })
    }

    fn part(&self, request: &Request<Bytes>) -> Answer {
        let number = self.target.parameter("partNumber").and_then(|number| number.parse().ok());
        let number = number.filter(|number| (1..=MAX_PART).contains(number)).ok_or_else(|| {
            StorageError::bad("InvalidArgument", format!("`partNumber` is a number from 1 to {MAX_PART}."))
        })?;
        let sums = self.check_body(request)?;
        self.application.change(|state| {
            self.check_room(state, request.body().len())?;
            let upload =
                state.objects.upload(self.upload_id(), &self.target.path).ok_or_else(no_such_upload)?;
            let (data, sums) = self.kept(request.body(), sums.clone());
            let part = Part { data, sums: sums.clone(), modified: self.unix };
            upload.parts.insert(number, part);
            Ok(stored(&sums.md5, &sums))
        })
    }

    fn begin(&self, request: &Request<Bytes>) -> Answer {
        let id = self.application.change(|state| {
            self.check_overwrite(request, state)?;
            let id = format!("{}{}", self.unix, state.ids.hexadecimal("upload", 32));
            state.objects.begin(id.clone(), &self.target.path, self.unix);
            Ok(id)
        })?;
        let members = [
            xml::element("Bucket", self.bucket()),
            xml::element("Key", self.key()),
            xml::element("UploadId", id),
        ];
        Ok(xml_response(StatusCode::OK, &xml::parent("InitiateMultipartUploadResult", members.concat())))
    }

    fn complete(&self, request: &Request<Bytes>) -> Answer {
        let listed =
            Some(request.body()).filter(|body| body.len() <= MAX_LIST).and_then(|body| xml::read_parts(body));
        let listed =
            listed.ok_or_else(|| StorageError::bad("MalformedXML", "The body is no list of parts."))?;
        let (tag, sums) = self.application.change(|state| {
            self.check_overwrite(request, state)?;
            let object = state.objects.complete(self.upload_id(), &self.target.path, &listed);
            object.map(|object| (object.tag.clone(), object.sums.clone())).map_err(refusal)
        })?;
        let members = [
            xml::element("Location", format!("{}{}", self.bucket(), self.target.path)),
            xml::element("Bucket", self.bucket()),
            xml::element("Key", self.key()),
            xml::element("ETag", format!("\"{tag}\"")),
        ];
        let root = xml::parent("CompleteMultipartUploadResult", members.concat());
        Ok(with_sums(xml_response(StatusCode::OK, &root), &tag, &sums))
    }

    fn abort(&self) -> Answer {
        let aborted =
            self.application.change(|state| state.objects.abort(self.upload_id(), &self.target.path));
        if !aborted {
            return Err(no_such_upload());
        }
        let mut response = Response::new(Bytes::new());
        *response.status_mut() = StatusCode::NO_CONTENT;
        Ok(response)
    }

    fn list_parts(&self) -> Answer {
        let after: u32 = self.number("part-number-marker")?.unwrap_or(0);
        let limit = self.limit("max-parts")?;
        let parts: Vec<(u32, i64, String, usize)> = self.application.change(|state| {
            let upload =
                state.objects.upload(self.upload_id(), &self.target.path).ok_or_else(no_such_upload)?;
            let hidden = match self.fault {
                Some(Fault::HiddenPart { number }) => Some(*number),
                _ => None,
            };
            let parts = upload.parts.range(after.saturating_add(1)..);
            let parts = parts.filter(|(number, _)| Some(**number) != hidden).take(limit + 1);
            Ok(parts
                .map(|(number, part)| (*number, part.modified, part.sums.md5.clone(), part.data.len()))
                .collect())
        })?;
        let shown = &parts[..parts.len().min(limit)];
        let entries = shown.iter().map(|(number, modified, tag, size)| {
            let members = [
                xml::element("PartNumber", number.to_string()),
                xml::element("LastModified", rfc3339(*modified)),
                xml::element("ETag", format!("\"{tag}\"")),
                xml::element("Size", size.to_string()),
            ];
            xml::parent("Part", members.concat())
        });
        let last = shown.last().map_or(after, |(number, ..)| *number);
        let members = [
            xml::element("Bucket", self.bucket()),
            xml::element("Key", self.shown_key()),
            xml::element("UploadId", self.upload_id()),
            xml::element("PartNumberMarker", after.to_string()),
            xml::element("NextPartNumberMarker", last.to_string()),
            xml::element("MaxParts", limit.to_string()),
            xml::element("IsTruncated", (parts.len() > limit).to_string()),
            entries.collect(),
        ];
        Ok(xml_response(StatusCode::OK, &xml::parent("ListPartsResult", members.concat())))
    }

    fn list_uploads(&self) -> Answer {
        let prefix = self.target.parameter("prefix").unwrap_or_default();
        let limit = self.limit("max-uploads")?;
        let after = (
            format!("/{}", self.target.parameter("key-marker").unwrap_or_default()),
            self.target.parameter("upload-id-marker").unwrap_or_default(),
        );
        let mut found: Vec<(String, String, i64)> = self.application.read(|state| {
            let uploads = state.objects.uploads(&format!("/{prefix}"));
            uploads
                .into_iter()
                .map(|(id, upload)| (upload.path.clone(), id.to_owned(), upload.begun))
                .collect()
        });
        found.retain(|(path, id, _)| (path.as_str(), id.as_str()) > (after.0.as_str(), after.1));
        let shown = &found[..found.len().min(limit)];
        let entries = shown.iter().map(|(path, id, begun)| {
            let members = [
                xml::element("Key", self.shown(path.strip_prefix('/').unwrap_or(path))),
                xml::element("UploadId", id),
                xml::element("StorageClass", "STANDARD"),
                xml::element("Initiated", rfc3339(*begun)),
            ];
            xml::parent("Upload", members.concat())
        });
        let (next_key, next_id) = shown.last().map_or(("", ""), |(path, id, _)| (&path[1..], id.as_str()));
        let members = [
            xml::element("Bucket", self.bucket()),
            xml::element("Prefix", self.shown(prefix)),
            xml::element("NextKeyMarker", self.shown(next_key)),
            xml::element("NextUploadIdMarker", next_id),
            xml::element("MaxUploads", limit.to_string()),
            xml::element("IsTruncated", (found.len() > limit).to_string()),
            entries.collect(),
        ];
        Ok(xml_response(StatusCode::OK, &xml::parent("ListMultipartUploadsResult", members.concat())))
    }

    /// What is kept of a body: the body, or one that a fault has changed.
    fn kept(&self, body: &Bytes, sums: Checksums) -> (Bytes, Checksums) {
        if self.fault != Some(&Fault::CorruptedContent) || body.is_empty() {
            return (body.clone(), sums);
        }
        let mut changed = body.to_vec();
        let middle = changed.len() / 2;
        if let Some(byte) = changed.get_mut(middle) {
            *byte ^= 1;
        }
        let sums = Checksums::of([changed.as_slice()]);
        (changed.into(), sums)
    }

    /// Checks size and `Content-MD5` of a body that is to be stored.
    fn check_body(&self, request: &Request<Bytes>) -> Result<Checksums, StorageError> {
        let body = request.body();
        let told = request
            .headers()
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
        if told.is_some_and(|told| told != body.len()) {
            return Err(StorageError::bad(
                "IncompleteBody",
                "The body is not as long as `Content-Length` says.",
            ));
        }
        let length = body.len() as u64;
        if length > MAX_OBJECT {
            return Err(StorageError::bad(
                "EntityTooLarge",
                format!("The body is larger than {MAX_OBJECT} bytes."),
            ));
        }
        if length > self.world.options.storage_limit {
            return Err(self.full());
        }
        let sums = Checksums::of([body.as_ref()]);
        let md5 = request.headers().get("content-md5").map(HeaderValue::as_bytes);
        if md5.is_some_and(|md5| md5 != sums.md5_base64().as_bytes()) {
            return Err(StorageError::bad("BadDigest", "The body has another MD5 than `Content-MD5` says."));
        }
        Ok(sums)
    }

    fn check_room(&self, state: &State, more: usize) -> Result<(), StorageError> {
        if state.objects.size().saturating_add(more as u64) > self.world.options.storage_limit {
            return Err(self.full());
        }
        Ok(())
    }

    fn full(&self) -> StorageError {
        too_large(self.world.options.storage_limit)
    }

    fn check_overwrite(&self, request: &Request<Bytes>, state: &State) -> Result<(), StorageError> {
        let forbids = request.headers().get("x-cos-forbid-overwrite").is_some_and(|value| value == "true");
        if forbids && state.objects.get(&self.target.path).is_some() {
            let message = "The object exists, and the request forbids to overwrite it.";
            return Err(StorageError::new(StatusCode::CONFLICT, "FileAlreadyExists", message));
        }
        Ok(())
    }

    fn upload_id(&self) -> &str {
        self.target.parameter("uploadId").unwrap_or_default()
    }

    fn number(&self, name: &str) -> Result<Option<u32>, StorageError> {
        let Some(text) = self.target.parameter(name).filter(|text| !text.is_empty()) else { return Ok(None) };
        let wrong = || StorageError::bad("InvalidArgument", format!("`{name}` is not a whole number."));
        text.parse().map(Some).map_err(|_| wrong())
    }

    /// How many entries a list may have.
    fn limit(&self, name: &str) -> Result<usize, StorageError> {
        let asked = self.number(name)?.and_then(|number| usize::try_from(number).ok()).unwrap_or(MAX_LISTED);
        let own = match self.fault {
            Some(Fault::ShortPage { entries }) => *entries,
            _ => self.world.options.storage_page,
        };
        let own = own.clamp(1, MAX_LISTED);
        Ok(asked.clamp(1, own))
    }

    fn bucket(&self) -> String {
        bucket_of(self.application.number())
    }

    fn key(&self) -> &str {
        self.target.path.strip_prefix('/').unwrap_or(&self.target.path)
    }

    fn shown_key(&self) -> String {
        self.shown(self.key())
    }

    /// A key in a list, encoded if the request asks for that.
    fn shown(&self, key: &str) -> String {
        if self.target.parameter("encoding-type") == Some("url") {
            percent_encoding::utf8_percent_encode(key, ENCODED).to_string()
        } else {
            key.to_owned()
        }
    }
}

/// Answers a request for a file by the URL that the API tells, as a distribution domain does: without a signature.
pub(crate) fn file(world: &World, request: &Request<Bytes>) -> Response<Bytes> {
    let found = || {
        let rest = decode_path(request.uri().path().strip_prefix(FILES_PREFIX)?)?;
        let (bucket, key) = rest.split_once('/')?;
        let application = world.applications.made(number_of_bucket(bucket)?)?;
        application.read(|state| {
            let path = format!("/{key}");
            if state.media.is_forbidden(&path) {
                return Some(Err(StorageError::denied("The file is forbidden.")));
            }
            state.objects.get(&path).cloned().map(Ok)
        })
    };
    let is_read = matches!(*request.method(), Method::GET | Method::HEAD);
    match found().filter(|_| is_read) {
        Some(Ok(object)) => content(&object, request.method() == Method::HEAD),
        Some(Err(error)) => error.response(request.uri().path(), ""),
        None => {
            StorageError::absent("NoSuchKey", "There is no such file.").response(request.uri().path(), "")
        }
    }
}
