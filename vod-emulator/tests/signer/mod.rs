//! Signs requests for the tests, apart from the code that checks signatures.

#![allow(dead_code, reason = "every test program uses a part of it")]

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use hmac::{Hmac, KeyInit as _, Mac as _};
use http::{Method, Request, Response};
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use vod_emulator::EmulatedService;

pub(crate) const HOST: &str = "127.0.0.1:9410";
pub(crate) const FORM: &str = "application/x-www-form-urlencoded";

/// A call to be signed. The defaults make a correct one.
#[derive(Debug, Clone)]
pub(crate) struct Call {
    pub(crate) method: Method,
    pub(crate) action: String,
    pub(crate) version: String,
    pub(crate) product: String,
    /// Query of a `GET`, body of a `POST`.
    pub(crate) parameters: String,
    pub(crate) content_type: String,
    pub(crate) secret_id: String,
    pub(crate) secret_key: String,
    pub(crate) token: Option<String>,
    pub(crate) region: Option<String>,
    pub(crate) timestamp: i64,
    pub(crate) host: String,
    pub(crate) signed_host: String,
    pub(crate) unsigned_payload: bool,
    /// Headers that are signed besides the two that must be.
    pub(crate) signed_action: bool,
}

impl Call {
    pub(crate) fn json(service: &EmulatedService, action: &str, parameters: &Value) -> Self {
        Self {
            method: Method::POST,
            action: action.into(),
            version: "2018-07-17".into(),
            product: "vod".into(),
            parameters: parameters.to_string(),
            content_type: "application/json; charset=utf-8".into(),
            secret_id: service.secret_id().into(),
            secret_key: service.secret_key().into(),
            token: None,
            region: None,
            timestamp: service.unix_seconds(),
            host: HOST.into(),
            signed_host: HOST.into(),
            unsigned_payload: false,
            signed_action: false,
        }
    }

    /// The call as it goes to this address.
    pub(crate) fn to(self, address: std::net::SocketAddr) -> Self {
        Self { host: address.to_string(), signed_host: address.to_string(), ..self }
    }

    pub(crate) fn query(service: &EmulatedService, action: &str, query: &str) -> Self {
        Self {
            method: Method::GET,
            parameters: query.into(),
            content_type: FORM.into(),
            ..Self::json(service, action, &json!({}))
        }
    }

    /// The request with a TC3-HMAC-SHA256 signature.
    pub(crate) fn v3(&self) -> Request<Bytes> {
        let is_get = self.method == Method::GET;
        let (query, body) =
            if is_get { (self.parameters.as_str(), "") } else { ("", self.parameters.as_str()) };
        let payload = if self.unsigned_payload { "UNSIGNED-PAYLOAD" } else { body };
        let (line, name) = if self.signed_action {
            (format!("x-tc-action:{}\n", self.action), ";x-tc-action")
        } else {
            (String::new(), "")
        };
        let canonical = format!(
            "{}\n/\n{query}\ncontent-type:{}\nhost:{}\n{line}\ncontent-type;host{name}\n{}",
            self.method,
            self.content_type,
            self.signed_host,
            hex(&Sha256::digest(payload))
        );
        let date = OffsetDateTime::from_unix_timestamp(self.timestamp).unwrap().date();
        let scope = format!("{date}/{}/tc3_request", self.product);
        let to_sign =
            format!("TC3-HMAC-SHA256\n{}\n{scope}\n{}", self.timestamp, hex(&Sha256::digest(canonical)));
        let key = hmac_sha256(format!("TC3{}", self.secret_key).as_bytes(), &date.to_string());
        let key = hmac_sha256(&hmac_sha256(&key, &self.product), "tc3_request");
        let authorization = format!(
            "TC3-HMAC-SHA256 Credential={}/{scope}, SignedHeaders=content-type;host{name}, Signature={}",
            self.secret_id,
            hex(&hmac_sha256(&key, &to_sign))
        );

        let uri = if is_get { format!("/?{query}") } else { "/".into() };
        let mut request = Request::builder()
            .method(&self.method)
            .uri(uri)
            .header("host", &self.host)
            .header("content-type", &self.content_type)
            .header("authorization", authorization)
            .header("x-tc-action", &self.action)
            .header("x-tc-version", &self.version)
            .header("x-tc-timestamp", self.timestamp);
        if let Some(token) = &self.token {
            request = request.header("x-tc-token", token);
        }
        if let Some(region) = &self.region {
            request = request.header("x-tc-region", region);
        }
        if self.unsigned_payload {
            request = request.header("x-tc-content-sha256", "UNSIGNED-PAYLOAD");
        }
        request.body(Bytes::from(body.to_owned())).unwrap()
    }

    /// The request with a signature among its parameters. `own` are the action's, in flat form; `method` is
    /// `HmacSHA1` or `HmacSHA256`.
    pub(crate) fn v1(&self, own: &[(&str, &str)], method: Option<&str>) -> Request<Bytes> {
        let timestamp = self.timestamp.to_string();
        let mut pairs: Vec<(&str, &str)> = own.to_vec();
        pairs.extend([
            ("Action", self.action.as_str()),
            ("Version", &self.version),
            ("Timestamp", &timestamp),
            ("Nonce", "0"),
            ("SecretId", &self.secret_id),
            ("Language", "zh-CN"),
        ]);
        pairs.extend(method.map(|method| ("SignatureMethod", method)));
        pairs.extend(self.token.as_deref().map(|token| ("Token", token)));
        let mut sorted = pairs.clone();
        sorted.sort_unstable();
        let joined: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let text = format!("{}{}/?{}", self.method, self.signed_host, joined.join("&"));
        let signature = STANDARD.encode(match method {
            Some("HmacSHA256") => hmac_sha256(self.secret_key.as_bytes(), &text),
            _ => Hmac::<Sha1>::new_from_slice(self.secret_key.as_bytes())
                .unwrap()
                .chain_update(text)
                .finalize()
                .into_bytes()
                .to_vec(),
        });
        pairs.push(("Signature", &signature));
        let encoded: Vec<String> =
            pairs.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
        let encoded = encoded.join("&");
        let request = Request::builder().method(&self.method).header("host", &self.host);
        if self.method == Method::GET {
            request.uri(format!("/?{encoded}")).body(Bytes::new()).unwrap()
        } else {
            request.uri("/").header("content-type", FORM).body(encoded.into()).unwrap()
        }
    }
}

/// Sends a correct JSON call; the result is what stands inside `Response`.
pub(crate) async fn call(service: &EmulatedService, action: &str, parameters: Value) -> Value {
    send(service, Call::json(service, action, &parameters).v3()).await
}

/// Sends a request; the result is what stands inside `Response`.
pub(crate) async fn send(service: &EmulatedService, request: Request<Bytes>) -> Value {
    inside(&service.respond(request).await)
}

/// What stands inside `Response`. The envelope itself is checked on the way.
pub(crate) fn inside(response: &Response<Bytes>) -> Value {
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/json");
    let mut body: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!(body.as_object().unwrap().len(), 1, "{body}");
    let inner = body["Response"].take();
    assert!(inner["RequestId"].is_string(), "{inner}");
    inner
}

/// The error code of an answer; `ok` if it has none.
pub(crate) fn code(response: &Value) -> String {
    response["Error"]["Code"].as_str().unwrap_or("ok").to_owned()
}

/// The error message of an answer.
pub(crate) fn message(response: &Value) -> &str {
    response["Error"]["Message"].as_str().unwrap()
}

/// The handles of a pull's events.
pub(crate) fn handles(response: &Value) -> Vec<String> {
    let events = response["EventSet"].as_array().unwrap_or_else(|| panic!("no events: {response}"));
    events.iter().map(|event| event["EventHandle"].as_str().unwrap().to_owned()).collect()
}

fn hmac_sha256(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha256>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").unwrap();
        text
    })
}

fn escape(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string()
}

/// A request to the object storage, signed with a certificate of `ApplyUpload`.
#[derive(Debug, Clone)]
pub(crate) struct Storage {
    /// The answer of `ApplyUpload`.
    pub(crate) session: Value,
    pub(crate) host: String,
    /// What stands before the key in the path and is not signed.
    pub(crate) prefix: String,
    /// Unix seconds from which on the signature is valid, for an hour.
    pub(crate) start: i64,
    /// Headers that are sent and signed besides `host`.
    pub(crate) headers: Vec<(String, String)>,
}

impl Storage {
    pub(crate) fn new(service: &EmulatedService, session: &Value) -> Self {
        let bucket = session["StorageBucket"].as_str().unwrap();
        Self {
            session: session.clone(),
            host: HOST.into(),
            prefix: format!("/_storage/{bucket}"),
            start: service.unix_seconds(),
            headers: Vec::new(),
        }
    }

    pub(crate) fn header(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// The request of a method for a path with this query, whose values need no escape.
    pub(crate) fn request(
        &self,
        method: &str,
        path: &str,
        query: &str,
        body: impl Into<Bytes>,
    ) -> Request<Bytes> {
        let certificate = &self.session["TempCertificate"];
        let text = |name: &str| certificate[name].as_str().unwrap().to_owned();
        let times = format!("{};{}", self.start, self.start + 3600);
        let mut parameters: Vec<(String, String)> = query
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .map(|(name, value)| (name.to_lowercase(), value.replace('/', "%2F")))
            .collect();
        parameters.sort();
        let mut headers = vec![("host".to_owned(), self.host.replace(':', "%3A"))];
        headers.extend(self.headers.iter().map(|(name, value)| (name.clone(), escape(value))));
        headers.sort();
        let joined = |pairs: &[(String, String)]| {
            pairs.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
        };
        let names = |pairs: &[(String, String)]| {
            pairs.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>().join(";")
        };
        let text_of_request =
            format!("{}\n{path}\n{}\n{}\n", method.to_lowercase(), joined(&parameters), joined(&headers));
        let digest = hex(&<Sha1 as sha1::Digest>::digest(text_of_request));
        let key = hex(&hmac_sha1(text("SecretKey").as_bytes(), &times));
        let signature = hex(&hmac_sha1(key.as_bytes(), &format!("sha1\n{times}\n{digest}\n")));
        let authorization = format!(
            "q-sign-algorithm=sha1&q-ak={}&q-sign-time={times}&q-key-time={times}&q-header-list={}&q-url-param-list={}&q-signature={signature}",
            text("SecretId"),
            names(&headers),
            names(&parameters),
        );
        let uri = format!("{}{path}{}{query}", self.prefix, if query.is_empty() { "" } else { "?" });
        let mut request = Request::builder()
            .method(method)
            .uri(uri)
            .header("host", &self.host)
            .header("authorization", authorization)
            .header("x-cos-security-token", text("Token"));
        for (name, value) in &self.headers {
            request = request.header(name, value);
        }
        request.body(body.into()).unwrap()
    }
}

fn hmac_sha1(key: &[u8], text: &str) -> Vec<u8> {
    Hmac::<Sha1>::new_from_slice(key).unwrap().chain_update(text).finalize().into_bytes().to_vec()
}
