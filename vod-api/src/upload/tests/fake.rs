//! A service with its storage, in memory, that fails as it is told and counts what is left of uploads.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use md5::{Digest as _, Md5};
use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use crate::client::{Client, ClientBuilder};
use crate::credential::Credential;
use crate::signature::{cos, lower_hex};
use crate::transport::{Transport, TransportError, TransportFailure, TransportFuture};
use crate::upload::storage::crc64;

pub(super) const SECRET_KEY: &str = "temporary-secret-key-0123456789";
pub(super) const TOKEN: &str = "temporary-token/EXAMPLE+with=chars";
pub(super) const SESSION_KEY: &str = "vod-session-key-0123456789/";

/// How a request fails.
#[derive(Clone)]
pub(super) enum Effect {
    /// Refused with a status and an error in XML.
    Refuse(u16, &'static str, &'static str),
    /// A status without an error of storage.
    Status(u16),
    /// The connection breaks before anything is done.
    Break,
    /// It is done, and the answer is lost.
    Lose,
    /// 200, blanks, and an error.
    ErrorIn200,
    /// 200 and nothing.
    EmptyIn200,
    /// The checksum of the answer is another one.
    WrongCrc,
    /// The answer has no checksum.
    NoCrc,
    /// Another `ETag` than the one that is kept.
    WrongEtag,
    /// Never answered.
    Hang,
    /// It takes time.
    Slow(Duration),
    /// Runs code of the test before it is done.
    Run(Arc<dyn Fn() + Send + Sync>),
}

struct Fault {
    operation: String,
    /// How many requests pass before.
    after: usize,
    /// How often it happens.
    times: usize,
    effect: Effect,
}

#[derive(Default)]
pub(super) struct World {
    pub(super) objects: BTreeMap<String, Bytes>,
    pub(super) uploads: BTreeMap<String, (String, BTreeMap<u32, Bytes>)>,
    /// File ids by session.
    pub(super) files: BTreeMap<String, String>,
    pub(super) log: Vec<String>,
    pub(super) applied: Vec<Value>,
    pub(super) bytes_received: u64,
    /// Bodies that are being received.
    pub(super) in_flight: usize,
    pub(super) most_in_flight: usize,
    faults: Vec<Fault>,
    sessions: usize,
    count: usize,
    pub(super) manifests: BTreeMap<String, Vec<&'static str>>,
    /// What was asked about manifests: the type and the text.
    pub(super) parsed: Vec<(String, String)>,
    pub(super) page: usize,
    pub(super) expires: u64,
    /// The service's time in the `Date` of answers, if it is told.
    pub(super) date: Option<String>,
}

/// Clones share the world.
#[derive(Clone)]
pub(super) struct Fake(Arc<Mutex<World>>);

impl Fake {
    pub(super) fn new() -> Self {
        let world = World { page: 1000, expires: 4_000_000_000, ..World::default() };
        Self(Arc::new(Mutex::new(world)))
    }

    pub(super) fn world(&self) -> MutexGuard<'_, World> {
        self.0.lock().unwrap()
    }

    pub(super) fn builder(&self) -> ClientBuilder {
        Client::builder()
            .credential(Credential::new("AKID-fake", "key-of-the-caller"))
            .transport(self.clone())
    }

    pub(super) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    /// Lets requests of an operation fail, `times` times after `after` that pass.
    pub(super) fn fail(&self, operation: &str, after: usize, times: usize, effect: Effect) {
        self.world().faults.push(Fault { operation: operation.to_owned(), after, times, effect });
    }

    pub(super) fn clear_faults(&self) {
        self.world().faults.clear();
    }

    pub(super) fn count(&self, operation: &str) -> usize {
        self.world().log.iter().filter(|logged| logged.starts_with(operation)).count()
    }

    /// The only object, by its end.
    pub(super) fn object(&self, end: &str) -> Bytes {
        let world = self.world();
        let mut found = world.objects.iter().filter(|(key, _)| key.ends_with(end));
        let object = found.next().expect("the object is there").1.clone();
        assert!(found.next().is_none(), "several objects end with {end}");
        object
    }

    /// Exactly one file, and nothing left of any upload in parts.
    pub(super) fn assert_one_file(&self) {
        let world = self.world();
        assert_eq!(world.files.len(), 1, "{:?}", world.files);
        assert!(world.uploads.is_empty(), "{:?}", world.uploads.keys());
    }
}

impl World {
    pub(super) fn sessions(&self) -> usize {
        self.sessions
    }

    fn effect(&mut self, operation: &str) -> Option<Effect> {
        let matches = |fault: &&mut Fault| operation.starts_with(&fault.operation) && fault.times > 0;
        let fault = self.faults.iter_mut().find(matches)?;
        if fault.after > 0 {
            fault.after -= 1;
            return None;
        }
        fault.times -= 1;
        Some(fault.effect.clone())
    }

    fn api(&mut self, action: &str, body: &Value) -> Value {
        match action {
            "ApplyUpload" => {
                self.sessions += 1;
                self.applied.push(body.clone());
                let n = self.sessions;
                json!({
                    "StorageBucket": "bucket-1251000333", "StorageRegion": "ap-chongqing",
                    "VodSessionKey": format!("{SESSION_KEY}{n}"),
                    "MediaStoragePath": format!("/dir/{n}/f0.{}", body["MediaType"].as_str().unwrap()),
                    "CoverStoragePath": body["CoverType"].as_str().map_or(String::new(), |kind| format!("/dir/{n}/cover.{kind}")),
                    "TempCertificate": {
                        "SecretId": "AKID-temporary", "SecretKey": SECRET_KEY, "Token": TOKEN,
                        "ExpiredTime": self.expires,
                    },
                })
            }
            "CommitUpload" => {
                let key = body["VodSessionKey"].as_str().unwrap().to_owned();
                let n = key.trim_start_matches(SESSION_KEY);
                let prefix = format!("dir/{n}/f0.");
                if !self.objects.keys().any(|key| key.starts_with(&prefix)) {
                    return json!({ "Error": { "Code": "ResourceNotFound", "Message": "no media" } });
                }
                let id = format!("file-{n}");
                self.files.insert(key, id.clone());
                json!({ "FileId": id, "MediaUrl": format!("http://example.com/{id}"), "CoverUrl": "" })
            }
            "ParseStreamingManifest" => {
                let text = body["MediaManifestContent"].as_str().unwrap();
                self.parsed.push((body["ManifestType"].as_str().unwrap().to_owned(), text.to_owned()));
                json!({ "MediaSegmentSet": self.manifests[text] })
            }
            _ => json!({ "Error": { "Code": "InvalidAction", "Message": action } }),
        }
    }

    fn answer(&self, status: u16, body: String) -> Response<Bytes> {
        let mut answer = Response::builder().status(status).header("x-cos-request-id", "cos-request-1");
        if let Some(date) = &self.date {
            answer = answer.header("date", date);
        }
        answer.body(body.into()).unwrap()
    }

    fn refuse(&self, status: u16, code: &str, message: &str) -> Response<Bytes> {
        // A storage that is asked with a secret may repeat it.
        let text = format!(
            "<?xml version='1.0' encoding='utf-8' ?>\n<Error><Code>{code}</Code><Message>{message}</Message>\
             <Resource>{TOKEN}</Resource><RequestId>cos-request-1</RequestId></Error>"
        );
        self.answer(status, text)
    }

    fn stored(&self, bytes: &Bytes, effect: Option<&Effect>) -> Response<Bytes> {
        let mut answer = self.answer(200, String::new());
        let headers = answer.headers_mut();
        let kept = format!("\"{}\"", lower_hex(&Md5::digest(bytes)));
        let etag = if matches!(effect, Some(Effect::WrongEtag)) { "\"wrong\"" } else { &kept };
        headers.insert("etag", etag.parse().unwrap());
        insert_crc(&mut answer, bytes, effect);
        answer
    }

    fn storage(
        &mut self,
        (operation, key, query): (&str, &str, &BTreeMap<String, String>),
        body: &Bytes,
        effect: Option<&Effect>,
    ) -> Response<Bytes> {
        let id = query.get("uploadId").cloned().unwrap_or_default();
        let gone = |world: &Self| world.refuse(404, "NoSuchUpload", "The specified upload does not exist.");
        match operation {
            "PutObject" => {
                self.bytes_received += body.len() as u64;
                self.objects.insert(key.to_owned(), body.clone());
                self.stored(body, effect)
            }
            "InitiateMultipartUpload" => {
                self.count += 1;
                let id = format!("upload+/{}", self.count);
                self.uploads.insert(id.clone(), (key.to_owned(), BTreeMap::new()));
                self.answer(200, format!("<InitiateMultipartUploadResult xmlns=\"http://www.qcloud.com/document/product/436/7751\"><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"))
            }
            "ListMultipartUploads" => {
                let prefix = &query["prefix"];
                let uploads = self.uploads.iter().filter(|(_, (key, _))| key.starts_with(prefix));
                let listed: String = uploads
                    .map(|(id, (key, _))| {
                        format!("<Upload><Key>{key}</Key><UploadId>{id}</UploadId></Upload>")
                    })
                    .collect();
                self.answer(200, format!("<ListMultipartUploadsResult>{listed}</ListMultipartUploadsResult>"))
            }
            "HeadObject" => match self.objects.get(key) {
                None => self.answer(404, String::new()),
                Some(object) => {
                    let mut answer = self.stored(object, effect);
                    answer.headers_mut().insert("content-length", object.len().into());
                    answer
                }
            },
            "AbortMultipartUpload" => match self.uploads.remove(&id) {
                None => gone(self),
                Some(_) => self.answer(204, String::new()),
            },
            "UploadPart" => {
                let number = query["partNumber"].parse().unwrap();
                self.bytes_received += body.len() as u64;
                match self.uploads.get_mut(&id) {
                    None => gone(self),
                    Some((_, parts)) => {
                        parts.insert(number, body.clone());
                        self.stored(body, effect)
                    }
                }
            }
            "ListParts" => {
                let Some((_, parts)) = self.uploads.get(&id) else { return gone(self) };
                let marker: u32 = query["part-number-marker"].parse().unwrap();
                let after: Vec<_> = parts.iter().filter(|(number, _)| **number > marker).collect();
                let listed = after.iter().take(self.page).map(|(number, bytes)| {
                    let etag = lower_hex(&Md5::digest(bytes));
                    format!("<Part><PartNumber>{number}</PartNumber><ETag>&quot;{etag}&quot;</ETag><Size>{}</Size></Part>", bytes.len())
                });
                let listed: String = listed.collect();
                let next = after.get(self.page.saturating_sub(1)).filter(|_| after.len() > self.page);
                let next = next.map_or(String::new(), |(number, _)| {
                    format!(
                        "<IsTruncated>true</IsTruncated><NextPartNumberMarker>{number}</NextPartNumberMarker>"
                    )
                });
                self.answer(200, format!("<ListPartsResult>{listed}{next}</ListPartsResult>"))
            }
            "CompleteMultipartUpload" => {
                let Some((key, parts)) = self.uploads.get(&id) else { return gone(self) };
                let mut text = String::from("<CompleteMultipartUpload>");
                for (number, bytes) in parts {
                    let etag = lower_hex(&Md5::digest(bytes));
                    text.push_str(&format!(
                        "<Part><PartNumber>{number}</PartNumber><ETag>&quot;{etag}&quot;</ETag></Part>"
                    ));
                }
                text.push_str("</CompleteMultipartUpload>");
                if body != text.as_bytes() {
                    return self.refuse(
                        400,
                        "InvalidPart",
                        "One or more of the specified parts could not be found.",
                    );
                }
                let object: Bytes = parts.values().map(AsRef::as_ref).collect::<Vec<&[u8]>>().concat().into();
                let key = key.clone();
                self.uploads.remove(&id);
                let mut answer = self.answer(200, format!("   \n  <CompleteMultipartUploadResult><Key>{key}</Key><ETag>&quot;whole-1&quot;</ETag></CompleteMultipartUploadResult>"));
                insert_crc(&mut answer, &object, effect);
                self.objects.insert(key, object);
                answer
            }
            other => panic!("{other}"),
        }
    }
}

fn insert_crc(answer: &mut Response<Bytes>, bytes: &[u8], effect: Option<&Effect>) {
    let crc64 = match effect {
        Some(Effect::NoCrc) => return,
        Some(Effect::WrongCrc) => crc64(bytes) ^ 1,
        _ => crc64(bytes),
    };
    answer.headers_mut().insert("x-cos-hash-crc64ecma", crc64.into());
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8().unwrap().into_owned()
}

/// What a request of storage is, by its method and parameters.
fn operation_of(method: &str, key: &str, query: &BTreeMap<String, String>) -> &'static str {
    match (method, query.contains_key("uploadId"), query.contains_key("uploads")) {
        ("PUT", true, _) => "UploadPart",
        ("PUT", false, _) => "PutObject",
        ("POST", false, true) => "InitiateMultipartUpload",
        ("POST", true, _) => "CompleteMultipartUpload",
        ("GET", true, _) => "ListParts",
        ("GET", false, true) if key.is_empty() => "ListMultipartUploads",
        ("DELETE", true, _) => "AbortMultipartUpload",
        ("HEAD", ..) => "HeadObject",
        other => panic!("{other:?}"),
    }
}

/// Whether a request is signed with the certificate, over all that it says.
fn assert_signed(request: &Request<Bytes>, path: &str, query: &BTreeMap<String, String>) {
    let header = |name: &str| request.headers()[name].to_str().unwrap();
    assert_eq!(header("x-cos-security-token"), TOKEN);
    let authorization = header("authorization");
    let field = |name: &str| {
        authorization.split('&').find_map(|field| field.strip_prefix(name)?.strip_prefix('=')).unwrap()
    };
    let headers: Vec<(&str, &str)> =
        field("q-header-list").split(';').map(|name| (name, header(name))).collect();
    assert!(headers.iter().any(|(name, _)| *name == "host"));
    let parameters: Vec<(&str, &str)> =
        query.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let (start, end) = field("q-sign-time").split_once(';').unwrap();
    let parts = cos::Parts {
        method: request.method().as_str(),
        path,
        parameters: &parameters,
        headers: &headers,
        valid: start.parse().unwrap()..end.parse().unwrap(),
    };
    let credential = Credential::new("AKID-temporary", SECRET_KEY);
    assert_eq!(authorization, cos::authorization(&credential, &parts));
}

impl Transport for Fake {
    fn send(&self, request: Request<Bytes>, _: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            let host = request.uri().host().unwrap();
            let action =
                request.headers().get("x-tc-action").map(|action| action.to_str().unwrap().to_owned());
            let query: BTreeMap<String, String> = request
                .uri()
                .query()
                .unwrap_or_default()
                .split('&')
                .filter(|pair| !pair.is_empty())
                .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
                .map(|(name, value)| (decoded(name), decoded(value)))
                .collect();
            let path = decoded(request.uri().path());
            let key = path.trim_start_matches('/').to_owned();
            let operation = match &action {
                Some(action) => action.clone(),
                None => {
                    assert_eq!(host.split_once('.').unwrap().0, "bucket-1251000333");
                    assert_signed(&request, &path, &query);
                    operation_of(request.method().as_str(), &key, &query).to_owned()
                }
            };
            let part = query.get("partNumber").map_or(String::new(), |number| format!("#{number};"));
            let logged = format!("{operation}{part}");
            let effect = {
                let mut world = self.world();
                world.log.push(logged.clone());
                world.in_flight += request.body().len();
                world.most_in_flight = world.most_in_flight.max(world.in_flight);
                world.effect(&logged)
            };
            let length = request.body().len();
            let outcome = self.respond(action.as_deref(), (&operation, &key, &query), &request, effect).await;
            self.world().in_flight -= length;
            outcome
        })
    }
}

impl Fake {
    async fn respond(
        &self,
        action: Option<&str>,
        called: (&str, &str, &BTreeMap<String, String>),
        request: &Request<Bytes>,
        effect: Option<Effect>,
    ) -> Result<Response<Bytes>, TransportError> {
        let broken = || TransportError::new(TransportFailure::Disconnected, "the connection broke");
        match &effect {
            Some(Effect::Break) => return Err(broken()),
            Some(Effect::Hang) => std::future::pending().await,
            Some(Effect::Slow(time)) => tokio::time::sleep(*time).await,
            Some(Effect::Run(code)) => code(),
            Some(Effect::Refuse(status, code, message)) => {
                return Ok(self.world().refuse(*status, code, message));
            }
            Some(Effect::Status(status)) => {
                let mut answer = Response::new(Bytes::from_static(b"<html>bad gateway</html>"));
                *answer.status_mut() = StatusCode::from_u16(*status).unwrap();
                return Ok(answer);
            }
            Some(Effect::ErrorIn200) => {
                let world = self.world();
                let mut answer = world.refuse(200, "InternalError", "We encountered an internal error.");
                let blanks = [b"          \n", answer.body().as_ref()].concat();
                *answer.body_mut() = blanks.into();
                return Ok(answer);
            }
            Some(Effect::EmptyIn200) => return Ok(self.world().answer(200, "    ".to_owned())),
            // What is under way takes a moment, so that requests overlap.
            _ => tokio::time::sleep(Duration::from_millis(5)).await,
        }
        let mut world = self.world();
        let answer = match action {
            None => world.storage(called, request.body(), effect.as_ref()),
            Some(action) => {
                let mut members = world.api(action, &serde_json::from_slice(request.body()).unwrap());
                members["RequestId"] = "vod-request-1".into();
                Response::new(json!({ "Response": members }).to_string().into())
            }
        };
        if matches!(effect, Some(Effect::Lose)) { Err(broken()) } else { Ok(answer) }
    }
}
