//! A call as it came over the wire: the common parameters, the signature and the action's parameters, in
//! whichever of the forms that the vendor knows.

use bytes::Bytes;
use http::{Method, Request, header};

use crate::protocol::codes;
use crate::protocol::envelope::ApiError;
use crate::protocol::flat::decode_pairs;
use crate::protocol::multipart;
use crate::protocol::parameters::Parameters;
use crate::protocol::signature_v3::{ALGORITHM, Authorization};

/// Largest JSON body, in bytes.
pub(crate) const MAX_BODY: usize = 10 * 1024 * 1024;
/// Largest form body, in bytes.
const MAX_FORM: usize = 1024 * 1024;
/// Largest query, in bytes.
pub(crate) const MAX_QUERY: usize = 32 * 1024;

const FORM: &str = "application/x-www-form-urlencoded";

/// A call that is complete in form. Nothing about it has been verified.
#[derive(Debug)]
pub(crate) struct Call {
    pub(crate) action: String,
    pub(crate) version: String,
    pub(crate) token: Option<String>,
    pub(crate) signature: Signature,
    pub(crate) parameters: Parameters,
}

/// How the call is signed.
#[derive(Debug)]
pub(crate) enum Signature {
    /// `Authorization: SKIP`.
    Skipped,
    /// TC3-HMAC-SHA256 in the headers.
    V3 { authorization: Authorization, timestamp: i64 },
    /// HmacSHA1 or HmacSHA256 among the parameters.
    V1 {
        secret_id: String,
        timestamp: i64,
        method: Option<String>,
        signature: String,
        /// Every parameter but `Signature`.
        signed: Vec<(String, String)>,
    },
}

impl Call {
    /// Reads a call from its request.
    pub(crate) fn read(request: &Request<Bytes>) -> Result<Self, ApiError> {
        let query = request.uri().query().unwrap_or_default();
        let body = request.body();
        if body.len() > MAX_BODY {
            let message = format!("The body is larger than {MAX_BODY} bytes.");
            return Err(ApiError::new(codes::REQUEST_SIZE_LIMIT_EXCEEDED, message));
        }
        let signed_by_header = header_text(request, header::AUTHORIZATION.as_str()).is_some();
        match (request.method(), media_type(request).as_str()) {
            (&Method::GET, FORM) if signed_by_header => Self::read_v3(request, flat(query.as_bytes())?),
            (&Method::GET, _) if signed_by_header => Err(unsupported(&format!("A signed GET has {FORM}."))),
            (&Method::GET, _) => Self::read_v1(pairs(query.as_bytes())?),
            (&Method::POST, FORM) if signed_by_header => {
                Err(unsupported("A form is signed with HmacSHA1 or HmacSHA256 among its parameters."))
            }
            (&Method::POST, FORM) if body.len() > MAX_FORM => {
                let message = format!("The form is larger than {MAX_FORM} bytes.");
                Err(ApiError::new(codes::SIGNATURE_FAILURE, message))
            }
            (&Method::POST, FORM) => Self::read_v1(pairs(body)?),
            (&Method::POST, "application/json") => Self::read_v3(request, Parameters::Json(body.clone())),
            (&Method::POST, "application/octet-stream") => {
                Self::read_v3(request, Parameters::Octets(own_headers(request), body.clone()))
            }
            (&Method::POST, "multipart/form-data") => {
                let content_type = header_text(request, header::CONTENT_TYPE.as_str()).unwrap_or_default();
                let parts = multipart::parse(content_type, body).map_err(|problem| {
                    ApiError::new(
                        codes::INVALID_REQUEST,
                        format!("The multipart body is malformed: {problem}."),
                    )
                })?;
                Self::read_v3(request, Parameters::Multipart(parts, body.clone()))
            }
            (&Method::POST, other) => {
                Err(unsupported(&format!("The content type {other:?} is not accepted.")))
            }
            (method, _) => Err(unsupported(&format!("The method {method} is not accepted."))),
        }
    }

    fn read_v3(request: &Request<Bytes>, parameters: Parameters) -> Result<Self, ApiError> {
        let common = |name: &'static str, header: &str| {
            header_text(request, header).ok_or_else(|| missing(name)).map(String::from)
        };
        let authorization = header_text(request, header::AUTHORIZATION.as_str()).ok_or_else(|| {
            let message = format!("The call has no Authorization header; send {ALGORITHM}.");
            ApiError::new(codes::INVALID_AUTHORIZATION, message)
        })?;
        let signature = if authorization == "SKIP" {
            Signature::Skipped
        } else {
            let authorization = Authorization::parse(authorization)
                .map_err(|problem| ApiError::new(codes::INVALID_AUTHORIZATION, format!("{problem}.")))?;
            let timestamp = parse_timestamp(&common("Timestamp", "x-tc-timestamp")?)?;
            Signature::V3 { authorization, timestamp }
        };
        Ok(Self {
            action: common("Action", "x-tc-action")?,
            version: common("Version", "x-tc-version")?,
            token: header_text(request, "x-tc-token").map(String::from),
            signature,
            parameters,
        })
    }

    fn read_v1(pairs: Vec<(String, String)>) -> Result<Self, ApiError> {
        let optional = |name: &str| {
            pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone())
        };
        let common = |name: &'static str| optional(name).ok_or_else(|| missing(name));

        let action = common("Action")?;
        let version = common("Version")?;
        let timestamp = parse_timestamp(&common("Timestamp")?)?;
        if common("Nonce")?.parse::<u64>().is_err() {
            return Err(ApiError::new(codes::INVALID_PARAMETER, "`Nonce` is not a whole number."));
        }
        let signature = Signature::V1 {
            secret_id: common("SecretId")?,
            timestamp,
            method: optional("SignatureMethod"),
            signature: common("Signature")?,
            signed: pairs.iter().filter(|(name, _)| name != "Signature").cloned().collect(),
        };
        let token = optional("Token");
        let own = pairs.into_iter().filter(|(name, _)| !is_common(name)).collect();
        Ok(Self { action, version, token, signature, parameters: Parameters::Flat(own) })
    }
}

/// Whether a parameter of a v1 call is one of those that every call has.
fn is_common(name: &str) -> bool {
    const COMMON: [&str; 11] = [
        "Action",
        "Version",
        "Timestamp",
        "Nonce",
        "SecretId",
        "Signature",
        "SignatureMethod",
        "Region",
        "Token",
        "Language",
        "RequestClient",
    ];
    COMMON.contains(&name)
}

/// The action that a request names, read before anything else about it is known to be right; empty if it names
/// none. None if only the body can tell and is not at hand.
pub(crate) fn action_name<B>(request: &Request<B>, body: Option<&[u8]>) -> Option<String> {
    if let Some(action) = header_text(request, "x-tc-action") {
        return Some(action.to_owned());
    }
    let encoded = match (request.method(), media_type(request).as_str()) {
        (&Method::GET, _) => request.uri().query().unwrap_or_default().as_bytes(),
        (&Method::POST, FORM) => body?,
        _ => b"",
    };
    let pairs = decode_pairs(encoded).unwrap_or_default();
    Some(pairs.into_iter().find(|(name, _)| name == "Action").map(|(_, action)| action).unwrap_or_default())
}

/// The language that the parameters of a request ask for.
pub(crate) fn language_name(request: &Request<Bytes>) -> Option<String> {
    let encoded = match (request.method(), media_type(request).as_str()) {
        (&Method::GET, _) => request.uri().query().unwrap_or_default().as_bytes(),
        (&Method::POST, FORM) if request.body().len() <= MAX_FORM => request.body(),
        _ => return None,
    };
    let pairs = decode_pairs(encoded)?;
    pairs.into_iter().find(|(name, _)| name == "Language").map(|(_, language)| language)
}

/// A header's value without surrounding blanks; none if it is absent, empty or not text.
pub(crate) fn header_text<'a, B>(request: &'a Request<B>, name: &str) -> Option<&'a str> {
    request.headers().get(name)?.to_str().ok().map(str::trim).filter(|value| !value.is_empty())
}

/// The content type without its parameters, in lower case.
fn media_type<B>(request: &Request<B>) -> String {
    let content_type = header_text(request, header::CONTENT_TYPE.as_str()).unwrap_or_default();
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// The headers that a service may have its parameters in; names are in lower case.
fn own_headers(request: &Request<Bytes>) -> Vec<(String, String)> {
    let headers = request
        .headers()
        .iter()
        .filter(|(name, _)| name.as_str().starts_with("x-") && !name.as_str().starts_with("x-tc-"));
    headers
        .filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned())))
        .collect()
}

fn flat(encoded: &[u8]) -> Result<Parameters, ApiError> {
    pairs(encoded).map(Parameters::Flat)
}

fn pairs(encoded: &[u8]) -> Result<Vec<(String, String)>, ApiError> {
    decode_pairs(encoded)
        .ok_or_else(|| ApiError::new(codes::INVALID_PARAMETER, "The parameters are not UTF-8."))
}

fn parse_timestamp(text: &str) -> Result<i64, ApiError> {
    text.parse()
        .map_err(|_| ApiError::new(codes::INVALID_PARAMETER, "`Timestamp` is not a whole number of seconds."))
}

fn missing(name: &str) -> ApiError {
    ApiError::new(codes::MISSING_PARAMETER, format!("The common parameter `{name}` is missing."))
}

fn unsupported(message: &str) -> ApiError {
    ApiError::new(codes::UNSUPPORTED_PROTOCOL, message)
}
