//! A request as it travels: encoded once, then signed for each attempt.

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HOST, USER_AGENT};
use http::uri::{PathAndQuery, Uri};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Request};
use percent_encoding::utf8_percent_encode;

use crate::action::ActionMeta;
use crate::client::config::CallSettings;
use crate::client::config::{BinaryBody, Config};
use crate::client::settings::HttpMethod;
use crate::endpoint::Target;
use crate::error::{Error, ErrorKind};
use crate::pipeline::multipart;
use crate::record::{Record, flatten, to_json};
use crate::signature::{SignatureMethod, Signer, UNRESERVED, tc3, v1};

static X_TC_ACTION: HeaderName = HeaderName::from_static("x-tc-action");
static X_TC_CONTENT_SHA256: HeaderName = HeaderName::from_static("x-tc-content-sha256");
static X_TC_LANGUAGE: HeaderName = HeaderName::from_static("x-tc-language");
static X_TC_REGION: HeaderName = HeaderName::from_static("x-tc-region");
static X_TC_REQUEST_CLIENT: HeaderName = HeaderName::from_static("x-tc-requestclient");
static X_TC_TIMESTAMP: HeaderName = HeaderName::from_static("x-tc-timestamp");
static X_TC_TOKEN: HeaderName = HeaderName::from_static("x-tc-token");
static X_TC_VERSION: HeaderName = HeaderName::from_static("x-tc-version");

const JSON: &str = "application/json";
const OCTETS: &str = "application/octet-stream";
const FORM: &str = "application/x-www-form-urlencoded";
/// The headers of a call that names no region, has no temporary credential, and signs its body.
const TC3_HEADERS: usize = 10;

const MAX_QUERY: usize = 32 * 1024;
const MAX_FORM: usize = 1024 * 1024;
const MAX_JSON: usize = 10 * 1024 * 1024;

/// A request's parameters, encoded.
#[derive(Debug)]
pub(crate) enum Encoded {
    /// The body of a POST by TC3.
    Json(Bytes),
    /// The query of a GET by TC3.
    Query(String),
    /// Any bytes as the body of a POST by TC3, and the parameters as headers.
    Octets(Vec<(HeaderName, HeaderValue)>, Bytes),
    /// The parts of the body of a POST by TC3, with the content type that names their boundary.
    Multipart(String, Bytes),
    /// For the older signatures, which put their own parameters among these.
    Parameters(v1::Algorithm, Vec<(String, String)>),
}

impl Encoded {
    /// How many bytes the parameters take, before those of an older signature.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Json(body) | Self::Multipart(_, body) => body.len(),
            Self::Query(query) => query.len(),
            Self::Octets(headers, body) => {
                headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum::<usize>()
                    + body.len()
            }
            Self::Parameters(_, parameters) => parameters.iter().map(|(k, v)| k.len() + v.len() + 2).sum(),
        }
    }
}

/// What one signature is made of, beside the parameters.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) config: &'a Config,
    pub(crate) action: &'static ActionMeta,
    pub(crate) settings: &'a CallSettings,
    pub(crate) target: &'a Target,
    pub(crate) signer: &'a Signer,
    pub(crate) timestamp: u64,
}

/// Encodes the parameters, and refuses what the service would not take.
pub(crate) fn encode_parameters(
    config: &Config,
    action: &ActionMeta,
    settings: &CallSettings,
    request: &dyn Record,
) -> Result<Encoded, Error> {
    if action.binary_body {
        return encode_octets(action, settings, request);
    }
    if action.multipart {
        let boundary = multipart::random_boundary();
        let body = multipart::encode(request, &boundary);
        check_size("a multipart body", body.len(), MAX_JSON)?;
        return Ok(Encoded::Multipart(multipart::content_type(&boundary), body));
    }
    let algorithm = match config.signature {
        SignatureMethod::HmacSha256 => Some(v1::Algorithm::Sha256),
        SignatureMethod::HmacSha1 => Some(v1::Algorithm::Sha1),
        SignatureMethod::Tc3 => None,
    };
    match (algorithm, config.method) {
        // An unsigned call has no signature to carry in a form.
        (Some(algorithm), _) if !action.unsigned => Ok(Encoded::Parameters(algorithm, flatten(request))),
        (_, HttpMethod::Get) => {
            let query = form_encoded(&flatten(request));
            check_size("the query of a GET", query.len(), MAX_QUERY)?;
            Ok(Encoded::Query(query))
        }
        (_, HttpMethod::Post) => {
            let body = to_json(request);
            check_size("a body of JSON", body.len(), MAX_JSON)?;
            Ok(Encoded::Json(body.into()))
        }
    }
}

/// The parameters as headers `X-CLS-TopicId`, as the vendor's own SDKs send them, and the body as it is.
fn encode_octets(
    action: &ActionMeta,
    settings: &CallSettings,
    request: &dyn Record,
) -> Result<Encoded, Error> {
    let refuse = |what: String| Error::new(ErrorKind::InvalidRequest, what);
    let Some(BinaryBody(body)) = &settings.body else {
        return Err(refuse(format!(
            "{} sends bytes beside its parameters: set them by `Call::body`",
            action.name
        )));
    };
    let mut headers = Vec::new();
    for (field, value) in flatten(request) {
        let name = format!("x-{}-{field}", action.service.name);
        let name = HeaderName::from_bytes(name.as_bytes())
            .map_err(|_| refuse(format!("{field}: the name can't be sent as a header")))?;
        let mut value = HeaderValue::from_str(&value).map_err(|_| {
            refuse(format!("{field}: it is sent as a header, which holds visible ASCII characters only"))
        })?;
        let index = request.meta().fields.iter().position(|name| *name == field);
        value.set_sensitive(index.is_some_and(|index| request.meta().sensitive.contains(&index)));
        headers.push((name, value));
    }
    Ok(Encoded::Octets(headers, body.clone()))
}

/// Signs, and puts all together.
pub(crate) fn sign_request(context: Context<'_>, encoded: &Encoded) -> Result<Request<Bytes>, Error> {
    match encoded {
        Encoded::Json(body) => sign_post(context, JSON, body),
        Encoded::Octets(headers, body) => {
            let mut request = sign_post(context, OCTETS, body)?;
            request.headers_mut().extend(headers.iter().cloned());
            Ok(request)
        }
        Encoded::Multipart(content_type, body) => sign_post(context, content_type, body),
        Encoded::Query(query) => sign_tc3(context, HttpMethod::Get, FORM, query, b""),
        Encoded::Parameters(algorithm, parameters) => sign_v1(context, *algorithm, parameters),
    }
}

/// A POST by TC3 with its body.
fn sign_post(context: Context<'_>, content_type: &str, body: &Bytes) -> Result<Request<Bytes>, Error> {
    let mut request = sign_tc3(context, HttpMethod::Post, content_type, "", body)?;
    *request.body_mut() = body.clone();
    Ok(request)
}

fn sign_tc3(
    context: Context<'_>,
    method: HttpMethod,
    content_type: &str,
    query: &str,
    body: &[u8],
) -> Result<Request<Bytes>, Error> {
    let Context { config, action, settings, target, signer, timestamp } = context;
    let mut request = bare(method, with_query(target, query)?);
    let headers = request.headers_mut();
    *headers = target.headers.get_or_init(|| tc3_headers(context)).clone();
    if content_type != JSON {
        headers.insert(CONTENT_TYPE, header("content type", content_type)?);
    }
    headers.insert(&X_TC_ACTION, HeaderValue::from_static(action.name));
    headers.insert(&X_TC_VERSION, HeaderValue::from_static(action.service.version));
    headers.insert(&X_TC_TIMESTAMP, HeaderValue::from(timestamp));
    if let Some(language) = settings.language {
        headers.insert(&X_TC_LANGUAGE, HeaderValue::from_static(language.as_str()));
    }
    if let Some(region) = settings.region(config) {
        headers.insert(&X_TC_REGION, header("region", region)?);
    }
    if action.unsigned {
        headers.insert(AUTHORIZATION, HeaderValue::from_static("SKIP"));
        return Ok(request);
    }
    if let Some(token) = signer.credential().token() {
        let mut value = header("token", token)?;
        value.set_sensitive(true);
        headers.insert(&X_TC_TOKEN, value);
    }
    let payload = if config.unsigned_payload {
        headers.insert(&X_TC_CONTENT_SHA256, HeaderValue::from_static(tc3::UNSIGNED_PAYLOAD));
        tc3::Payload::Unsigned
    } else {
        tc3::Payload::Signed(body)
    };
    let authorization = signer.tc3(&tc3::Parts {
        method: method.as_str(),
        host: &target.host,
        content_type,
        action: None,
        query,
        payload,
        service: action.service.name,
        timestamp,
    });
    let mut authorization = HeaderValue::from_maybe_shared(Bytes::from(authorization))
        .map_err(|_| Error::new(ErrorKind::Credential, "the credential's secret id can't be sent"))?;
    authorization.set_sensitive(true);
    headers.insert(AUTHORIZATION, authorization);
    Ok(request)
}

fn sign_v1(
    context: Context<'_>,
    algorithm: v1::Algorithm,
    parameters: &[(String, String)],
) -> Result<Request<Bytes>, Error> {
    let Context { config, action, target, signer, .. } = context;
    let mut all = common_parameters(context, algorithm)?;
    let shadowed = parameters.iter().find(|(name, _)| all.iter().any(|(common, _)| common == name));
    if let Some((name, _)) = shadowed {
        return Err(Error::new(
            ErrorKind::InvalidRequest,
            format!("the field {name} is named like a parameter of the older signatures; sign by TC3"),
        ));
    }
    all.extend_from_slice(parameters);
    let method = config.method.as_str();
    let signature =
        signer.v1(&v1::Parts { algorithm, method, host: &target.host, path: "/", parameters: &all });
    all.push(("Signature".to_owned(), signature));

    let encoded = form_encoded(&all);
    let mut request = match config.method {
        HttpMethod::Get => {
            check_size("the query of a GET", encoded.len(), MAX_QUERY)?;
            bare(config.method, with_query(target, &encoded)?)
        }
        HttpMethod::Post => {
            check_size("a form", encoded.len(), MAX_FORM)?;
            let mut request = bare(config.method, target.uri.clone());
            *request.body_mut() = encoded.into();
            request
        }
    };
    *request.headers_mut() = common_headers(context, FORM, 3);
    debug_assert!(!action.unsigned, "an unsigned call is no form");
    Ok(request)
}

/// What the older signatures send as parameters, where TC3 has headers.
fn common_parameters(context: Context<'_>, algorithm: v1::Algorithm) -> Result<Vec<(String, String)>, Error> {
    let Context { config, action, settings, signer, timestamp, .. } = context;
    let nonce = rand::random_range(1..=i32::MAX.unsigned_abs());
    let mut common = vec![
        ("Action", action.name.to_owned()),
        ("Version", action.service.version.to_owned()),
        ("Timestamp", timestamp.to_string()),
        ("Nonce", nonce.to_string()),
        ("SecretId", signer.credential().secret_id().to_owned()),
        ("SignatureMethod", algorithm.as_str().to_owned()),
        ("Language", settings.language.unwrap_or(config.language).as_str().to_owned()),
    ];
    if let Some(Ok(client)) = config.request_client.as_ref().map(HeaderValue::to_str) {
        common.push(("RequestClient", client.to_owned()));
    }
    if let Some(region) = settings.region(config) {
        header("region", region)?;
        common.push(("Region", region.to_owned()));
    }
    if let Some(token) = signer.credential().token() {
        common.push(("Token", token.to_owned()));
    }
    Ok(common.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
}

/// What calls by TC3 have in common, with a place for what each of them has of its own. To copy it costs less than to
/// put it together, and a map that never grows less than one that does: the HTTP client copies it twice more.
fn tc3_headers(context: Context<'_>) -> HeaderMap {
    let mut headers = common_headers(context, JSON, TC3_HEADERS);
    // The HTTP client would add it, and let the map grow for that.
    headers.insert(ACCEPT, HeaderValue::from_static("*/*"));
    headers.insert(&X_TC_LANGUAGE, HeaderValue::from_static(context.config.language.as_str()));
    if let Some(client) = &context.config.request_client {
        headers.insert(&X_TC_REQUEST_CLIENT, client.clone());
    }
    for of_its_own in [&X_TC_ACTION, &X_TC_VERSION, &X_TC_TIMESTAMP, &AUTHORIZATION] {
        headers.insert(of_its_own, HeaderValue::from_static(""));
    }
    headers
}

fn common_headers(context: Context<'_>, content_type: &'static str, count: usize) -> HeaderMap {
    let mut headers = HeaderMap::with_capacity(count);
    // Set here because it is signed: what goes out must not depend on how another library writes a host.
    headers.insert(HOST, context.target.host_header.clone());
    headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(USER_AGENT, context.config.user_agent.clone());
    headers
}

fn header(what: &str, value: &str) -> Result<HeaderValue, Error> {
    HeaderValue::from_str(value).map_err(|_| {
        Error::new(ErrorKind::InvalidRequest, format!("the {what} holds a character that can't be sent"))
    })
}

/// A request without headers and body.
fn bare(method: HttpMethod, uri: Uri) -> Request<Bytes> {
    let mut request = Request::new(Bytes::new());
    *request.method_mut() = match method {
        HttpMethod::Post => Method::POST,
        HttpMethod::Get => Method::GET,
    };
    *request.uri_mut() = uri;
    request
}

fn with_query(target: &Target, query: &str) -> Result<Uri, Error> {
    if query.is_empty() {
        return Ok(target.uri.clone());
    }
    let refuse =
        |error: String| Error::new(ErrorKind::InvalidRequest, format!("the query can't be sent: {error}"));
    let mut parts = target.uri.clone().into_parts();
    let path = PathAndQuery::try_from(format!("/?{query}")).map_err(|error| refuse(error.to_string()))?;
    parts.path_and_query = Some(path);
    Uri::from_parts(parts).map_err(|error| refuse(error.to_string()))
}

pub(crate) fn form_encoded(parameters: &[(String, String)]) -> String {
    let mut encoded = String::new();
    for (name, value) in parameters {
        if !encoded.is_empty() {
            encoded.push('&');
        }
        encoded.extend(utf8_percent_encode(name, UNRESERVED));
        encoded.push('=');
        encoded.extend(utf8_percent_encode(value, UNRESERVED));
    }
    encoded
}

fn check_size(what: &str, size: usize, limit: usize) -> Result<(), Error> {
    if size <= limit {
        return Ok(());
    }
    Err(Error::new(
        ErrorKind::InvalidRequest,
        format!("{what} has at most {limit} bytes, this one has {size}"),
    ))
}
