//! The parts of an `Authorization` header of TC3-HMAC-SHA256.

/// The name of the method.
pub(crate) const ALGORITHM: &str = "TC3-HMAC-SHA256";

/// What the header says, unchecked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Authorization {
    pub(crate) secret_id: String,
    pub(crate) date: String,
    pub(crate) service: String,
    pub(crate) end: String,
    pub(crate) signed_headers: Vec<String>,
    pub(crate) signature: String,
}

impl Authorization {
    /// Reads the header's value, with or without its name.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let value = match text.split_once(':') {
            Some((name, value)) if name.trim().eq_ignore_ascii_case("authorization") => value.trim(),
            _ => text,
        };
        let form = format!("must be `{ALGORITHM} Credential=..., SignedHeaders=..., Signature=...`");
        let parts = value.strip_prefix(ALGORITHM).ok_or_else(|| {
            let algorithm: String =
                value.split_whitespace().next().unwrap_or_default().chars().take(30).collect();
            format!("the Authorization header {form}; it starts with `{algorithm}`")
        })?;
        let part = |wanted: &str| {
            let mut all = parts.split([',', ' ']).filter_map(|part| part.trim().split_once('='));
            all.find_map(|(name, value)| (name == wanted).then(|| value.to_owned()))
                .ok_or_else(|| format!("the Authorization header {form}; it has no `{wanted}`"))
        };
        let credential = part("Credential")?;
        let scope: Vec<&str> = credential.rsplitn(4, '/').collect();
        let [end, service, date, secret_id] = scope[..] else {
            return Err(
                "the Credential in the Authorization header must be `SecretId/date/service/tc3_request`"
                    .into(),
            );
        };
        Ok(Self {
            secret_id: secret_id.to_owned(),
            date: date.to_owned(),
            service: service.to_owned(),
            end: end.to_owned(),
            signed_headers: part("SignedHeaders")?.split(';').map(str::to_owned).collect(),
            signature: part("Signature")?,
        })
    }

    /// The scope as it stands in the string to sign.
    pub(crate) fn scope(&self) -> String {
        format!("{}/{}/{}", self.date, self.service, self.end)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_header_is_read_with_and_without_name_and_spaces() {
        let value = "TC3-HMAC-SHA256 Credential=AKID1/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=aa";
        let read = Authorization::parse(value).unwrap();
        assert_eq!((&*read.secret_id, &*read.scope()), ("AKID1", "2019-02-25/cvm/tc3_request"));
        assert_eq!(read.signed_headers, ["content-type", "host"]);
        assert_eq!(read.signature, "aa");
        for other in [format!("Authorization: {value}\r\n"), value.replace(", ", ",")] {
            assert_eq!(Authorization::parse(&other).unwrap(), read, "{other}");
        }
        for (wrong, part) in [
            ("Bearer abc", "starts with `Bearer`"),
            ("TC3-HMAC-SHA256 Credential=a/b/c/d, Signature=aa", "no `SignedHeaders`"),
            ("TC3-HMAC-SHA256 Credential=a/b, SignedHeaders=host, Signature=aa", "SecretId/date/service"),
        ] {
            assert!(Authorization::parse(wrong).unwrap_err().contains(part), "{wrong}");
        }
    }
}
