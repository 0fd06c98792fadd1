//! A request that is signed by one of the older methods: its parameters, as they travel in a query or a form.

use percent_encoding::percent_decode_str;
use vod_api::signature::v1::Algorithm;

use super::captured::Captured;

/// The parameters of such a request, decoded, in the order in which they are sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct V1Request {
    /// All but `Signature`.
    pub(crate) parameters: Vec<(String, String)>,
    /// `Signature` as it arrives at the service.
    pub(crate) signature: Option<String>,
    pub(crate) algorithm: Algorithm,
}

impl V1Request {
    /// Reads the parameters; `None` if the request is not signed this way.
    pub(crate) fn read(captured: &Captured) -> Result<Option<Self>, String> {
        let is_get = captured.method.eq_ignore_ascii_case("GET");
        let is_form = captured
            .as_sent()
            .header("content-type")
            .is_some_and(|value| value.to_ascii_lowercase().starts_with("application/x-www-form-urlencoded"));
        let has_tc3 = captured.as_sent().header("authorization").is_some();
        let encoded = if is_get || !is_form {
            captured.query.clone()
        } else {
            String::from_utf8_lossy(&captured.body).trim_end().to_owned()
        };
        let mut parameters = Vec::new();
        for pair in encoded.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parameters.push((decoded(name)?, decoded(value)?));
        }
        let named = |name: &str| parameters.iter().any(|(parameter, _)| parameter == name);
        if has_tc3 || !(named("Signature") || named("SignatureMethod") || named("SecretId")) {
            return Ok(None);
        }
        let mut signature = None;
        parameters.retain(|(name, value)| {
            let is_signature = name == "Signature";
            if is_signature {
                signature = Some(value.clone());
            }
            !is_signature
        });
        let method =
            parameters.iter().find(|(name, _)| name == "SignatureMethod").map(|(_, value)| value.as_str());
        let algorithm = match method {
            Some("HmacSHA256") => Algorithm::Sha256,
            Some("HmacSHA1") | None => Algorithm::Sha1,
            Some(other) => {
                return Err(format!(
                    "SignatureMethod `{other}` is unknown; it must be `HmacSHA256` or `HmacSHA1`"
                ));
            }
        };
        Ok(Some(Self { parameters, signature, algorithm }))
    }

    /// A parameter's value.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(parameter, _)| parameter == name).map(|(_, value)| value.as_str())
    }
}

fn decoded(text: &str) -> Result<String, String> {
    let spaced = text.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| "a parameter is not UTF-8 once it is decoded".to_owned())
}
