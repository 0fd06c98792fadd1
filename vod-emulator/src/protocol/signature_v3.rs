//! Checks TC3-HMAC-SHA256 signatures. Written from the protocol, apart from the client's signing code, so
//! that one mistake cannot hide in both.

use hmac::{Hmac, KeyInit as _, Mac as _};
use http::HeaderMap;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;

/// The name of the method, as `Authorization` starts.
pub(crate) const ALGORITHM: &str = "TC3-HMAC-SHA256";
const SCOPE_END: &str = "tc3_request";
const UNSIGNED_PAYLOAD: &str = "UNSIGNED-PAYLOAD";

/// What an `Authorization` header says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Authorization {
    pub(crate) secret_id: String,
    pub(crate) date: String,
    pub(crate) service: String,
    signed_headers: Vec<String>,
    signature: String,
}

impl Authorization {
    /// Reads the header's value; the error tells what is wrong with it.
    pub(crate) fn parse(header: &str) -> Result<Self, String> {
        let parts = header
            .trim()
            .strip_prefix(ALGORITHM)
            .filter(|rest| rest.starts_with(' '))
            .ok_or_else(|| format!("Authorization does not start with {ALGORITHM}"))?;

        let (mut credential, mut signed_headers, mut signature) = (None, None, None);
        for part in parts.split(',') {
            let (name, value) = part.trim().split_once('=').ok_or("Authorization has a part without =")?;
            let place = match name {
                "Credential" => &mut credential,
                "SignedHeaders" => &mut signed_headers,
                "Signature" => &mut signature,
                _ => return Err("Authorization has an unknown part".into()),
            };
            if place.replace(value).is_some() {
                return Err(format!("Authorization has two {name}"));
            }
        }
        let credential = credential.ok_or("Authorization has no Credential")?;
        let signed_headers = signed_headers.ok_or("Authorization has no SignedHeaders")?;
        let signature = signature.ok_or("Authorization has no Signature")?;

        let mut scope = credential.rsplitn(4, '/');
        let (Some(SCOPE_END), Some(service), Some(date), Some(secret_id)) =
            (scope.next(), scope.next(), scope.next(), scope.next())
        else {
            return Err(format!("Credential is not SecretId/date/service/{SCOPE_END}"));
        };
        Ok(Self {
            secret_id: secret_id.into(),
            date: date.into(),
            service: service.into(),
            signed_headers: check_signed_headers(signed_headers)?,
            signature: signature.into(),
        })
    }
}

/// Splits the list of signed headers: lower case, in order, with the two that must be there.
fn check_signed_headers(list: &str) -> Result<Vec<String>, String> {
    let names: Vec<String> = list.split(';').map(String::from).collect();
    if names.iter().any(|name| name.bytes().any(|byte| byte.is_ascii_uppercase())) {
        return Err("SignedHeaders are not in lower case".into());
    }
    if !names.is_sorted_by(|a, b| a < b) {
        return Err("SignedHeaders are not in ascending order".into());
    }
    for required in ["content-type", "host"] {
        if !names.iter().any(|name| name == required) {
            return Err(format!("SignedHeaders lack {required}"));
        }
    }
    Ok(names)
}

/// The parts of a request that a signature covers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignedRequest<'a> {
    pub(crate) method: &'a str,
    /// The query as sent, without `?`; empty for a `POST`.
    pub(crate) query: &'a str,
    pub(crate) headers: &'a HeaderMap,
    /// The body; empty for a `GET`.
    pub(crate) payload: &'a [u8],
    /// `X-TC-Timestamp`: Unix time in seconds.
    pub(crate) timestamp: i64,
}

/// The day of a signature's scope, `YYYY-MM-DD` in UTC; none for a time beyond the calendar.
pub(crate) fn utc_date(timestamp: i64) -> Option<String> {
    let date = OffsetDateTime::from_unix_timestamp(timestamp).ok()?.date();
    Some(format!("{:04}-{:02}-{:02}", date.year(), u8::from(date.month()), date.day()))
}

/// Whether the signature was made with `secret_key` for this request.
///
/// Clients differ in what they sign, and so every form in use is tried: `host` with and without its port
/// (Node signs it without), header values as sent or in lower case (the documentation asks for lower case,
/// the SDKs do not do it). How long it takes tells which form was accepted, and nothing of a wrong signature.
pub(crate) fn verify(authorization: &Authorization, request: SignedRequest<'_>, secret_key: &str) -> bool {
    let scope = format!("{}/{}/{SCOPE_END}", authorization.date, authorization.service);
    let (Some(key), Some(given)) = (signing_key(authorization, secret_key), hash(&authorization.signature))
    else {
        return false;
    };
    let payload_hash = payload_hash(request);
    let names = authorization.signed_headers.join(";");

    let accepts = |headers: String| {
        let canonical =
            format!("{}\n/\n{}\n{headers}\n{names}\n{payload_hash}", request.method, request.query);
        let to_sign =
            format!("{ALGORITHM}\n{}\n{scope}\n{}", request.timestamp, hex(&Sha256::digest(canonical)));
        hmac(&key, &to_sign).is_some_and(|mac| mac.verify_slice(&given).is_ok())
    };
    header_blocks(authorization, request.headers).any(accepts)
}

/// The header lines of the canonical request in every form that clients sign, the usual one first. None at all if a
/// signed header is missing.
fn header_blocks(authorization: &Authorization, headers: &HeaderMap) -> impl Iterator<Item = String> {
    let forms = [LowerCase::Nothing, LowerCase::Additional, LowerCase::All];
    let forms = [true, false].into_iter().flat_map(move |with_port| forms.map(|form| (with_port, form)));
    forms.filter_map(|(with_port, form)| header_block(authorization, headers, with_port, form))
}

/// Which header values a client has put in lower case before signing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LowerCase {
    Nothing,
    /// All but `content-type`, whose boundary of a multipart body may need its capitals.
    Additional,
    All,
}

fn header_block(
    authorization: &Authorization,
    headers: &HeaderMap,
    with_port: bool,
    lower_case: LowerCase,
) -> Option<String> {
    let mut block = String::new();
    for name in &authorization.signed_headers {
        let value = String::from_utf8_lossy(headers.get(name)?.as_bytes());
        let mut value = value.trim();
        if name == "host" && !with_port {
            value = without_port(value);
        }
        let lowered = match lower_case {
            LowerCase::Nothing => false,
            LowerCase::Additional => name != "content-type",
            LowerCase::All => true,
        };
        let value = if lowered { value.to_lowercase() } else { value.to_owned() };
        block.push_str(name);
        block.push(':');
        block.push_str(&value);
        block.push('\n');
    }
    Some(block)
}

/// A host without its port.
pub(crate) fn without_port(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    }
}

fn payload_hash(request: SignedRequest<'_>) -> String {
    let unsigned = request.headers.get("x-tc-content-sha256").is_some_and(|mode| mode == UNSIGNED_PAYLOAD);
    let payload = if unsigned { UNSIGNED_PAYLOAD.as_bytes() } else { request.payload };
    hex(&Sha256::digest(payload))
}

/// The key of one day and service.
fn signing_key(authorization: &Authorization, secret_key: &str) -> Option<Vec<u8>> {
    let date_key = mac(format!("TC3{secret_key}").as_bytes(), &authorization.date)?;
    let service_key = mac(&date_key, &authorization.service)?;
    mac(&service_key, SCOPE_END)
}

fn mac(key: &[u8], text: &str) -> Option<Vec<u8>> {
    Some(hmac(key, text)?.finalize().into_bytes().to_vec())
}

fn hmac(key: &[u8], text: &str) -> Option<Hmac<Sha256>> {
    let mut hmac = Hmac::<Sha256>::new_from_slice(key).ok()?;
    hmac.update(text.as_bytes());
    Some(hmac)
}

/// The bytes as hexadecimal digits in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    let mut text = String::with_capacity(2 * bytes.len());
    text.extend(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]));
    text
}

/// The 32 bytes that 64 lower-case hexadecimal digits stand for.
fn hash(hex: &str) -> Option<[u8; 32]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let digits: &[u8; 64] = hex.as_bytes().try_into().ok()?;
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests;
