//! Play URLs with key hotlink protection.

use std::fmt;
use std::time::{Duration, SystemTime};

use zeroize::Zeroizing;

use super::verify::VerifyError;
use super::{digest, refused, time};
use crate::error::Error;

/// The parameters in the order in which they are signed.
const SIGNED: [&str; 8] = ["t", "exper", "rlimit", "us", "whref", "bkref", "whreg", "bkreg"];
/// The parameters in the order in which the URL has them.
const WRITTEN: [&str; 8] = ["t", "exper", "rlimit", "us", "whreg", "bkreg", "whref", "bkref"];
/// How many domains or regions a list may have.
const LIST_ITEMS: std::ops::RangeInclusive<usize> = 1..=10;

/// Signs play URLs of a domain with key hotlink protection.
///
/// A signature covers the directory, not the file name: it opens every file of the same directory, and so all segments
/// of a stream. Source: vendor page 266/33986.
///
/// ```
/// use std::time::{Duration, SystemTime};
/// use vod_api::sign::HotlinkUrl;
///
/// let until = SystemTime::now() + Duration::from_secs(3 * 3600);   // longer than the film
/// let url = HotlinkUrl::new("24FEQmTzro4V5u3D5epW", until)
///     .ip_limit(3)
///     .allow_regions(["CHN", "SGP"])
///     .sign("https://example.com/dir1/video.m3u8")?;
/// let claims = HotlinkUrl::verify(&url, "24FEQmTzro4V5u3D5epW", SystemTime::now())?;
/// assert_eq!(claims.parameter("rlimit"), Some("3"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone)]
#[must_use = "call `sign` with a URL to get the signed one"]
pub struct HotlinkUrl {
    key: Zeroizing<String>,
    expires_at: SystemTime,
    now: Option<SystemTime>,
    preview: Option<Duration>,
    ip_limit: Option<u8>,
    link_id: Option<String>,
    allowed_referers: Vec<String>,
    denied_referers: Vec<String>,
    allowed_regions: Vec<String>,
    denied_regions: Vec<String>,
}

impl HotlinkUrl {
    /// Signs with the domain's hotlink key (8 to 20 letters and digits; not the play key) until a time. The time is
    /// rounded down to a second. Let it be later than the end of the film: segments are checked one by one.
    pub fn new(key: impl Into<String>, expires_at: SystemTime) -> Self {
        Self {
            key: Zeroizing::new(key.into()),
            expires_at,
            now: None,
            preview: None,
            ip_limit: None,
            link_id: None,
            allowed_referers: Vec::new(),
            denied_referers: Vec::new(),
            allowed_regions: Vec::new(),
            denied_regions: Vec::new(),
        }
    }

    /// Lets only the first part of the file be played (`exper`): whole seconds, at least 1.
    pub fn preview(mut self, length: Duration) -> Self {
        self.preview = Some(length);
        self
    }

    /// How many IP addresses may play (`rlimit`): 1 to 9. The vendor advises 3 rather than 1.
    pub fn ip_limit(mut self, addresses: u8) -> Self {
        self.ip_limit = Some(addresses);
        self
    }

    /// A text that makes URLs differ (`us`): letters, digits and `-_.~`, random by preference.
    pub fn link_id(mut self, id: impl Into<String>) -> Self {
        self.link_id = Some(id.into());
        self
    }

    /// The only domains that may embed the URL (`whref`): 1 to 10, without a scheme; `*.example.com` is allowed.
    pub fn allow_referers<T: Into<String>>(mut self, domains: impl IntoIterator<Item = T>) -> Self {
        self.allowed_referers = domains.into_iter().map(Into::into).collect();
        self
    }

    /// Domains that must not embed the URL (`bkref`): 1 to 10, without a scheme; `*.example.com` is allowed.
    pub fn deny_referers<T: Into<String>>(mut self, domains: impl IntoIterator<Item = T>) -> Self {
        self.denied_referers = domains.into_iter().map(Into::into).collect();
        self
    }

    /// The only regions that may play (`whreg`): 1 to 10 ISO 3166 codes of three letters.
    pub fn allow_regions<T: Into<String>>(mut self, regions: impl IntoIterator<Item = T>) -> Self {
        self.allowed_regions = regions.into_iter().map(Into::into).collect();
        self
    }

    /// Regions that must not play (`bkreg`): 1 to 10 ISO 3166 codes of three letters.
    pub fn deny_regions<T: Into<String>>(mut self, regions: impl IntoIterator<Item = T>) -> Self {
        self.denied_regions = regions.into_iter().map(Into::into).collect();
        self
    }

    /// The time of signing, to check the expiry against. Default: the machine's.
    pub fn signed_at(mut self, time: SystemTime) -> Self {
        self.now = Some(time);
        self
    }

    /// Adds the signature to a URL. A query that it has stays in front; a fragment stays at the end. The path is signed
    /// as it is, with its escapes.
    ///
    /// # Errors
    /// A setting breaks a rule of the service, or the URL has no path or is signed already.
    pub fn sign(&self, url: &str) -> Result<String, Error> {
        check_key("key", &self.key)?;
        let parts = Parts::of(url).map_err(|why| refused("url", why))?;
        if parts.query.split('&').filter_map(|pair| pair.split('=').next()).any(is_reserved) {
            return Err(refused("url", "has a parameter of a signature already; give the unsigned URL"));
        }
        let parameters = self.parameters()?;
        let sign = signature(&self.key, parts.directory, |name| value_of(&parameters, name));
        let separator = if parts.query.is_empty() { "" } else { "&" };
        let mut signed = format!("{}?{}{separator}", parts.before_query, parts.query);
        for name in WRITTEN {
            let value = value_of(&parameters, name);
            if !value.is_empty() {
                for part in [name, "=", value, "&"] {
                    signed.push_str(part);
                }
            }
        }
        Ok(signed + "sign=" + &sign + parts.fragment)
    }

    fn parameters(&self) -> Result<Vec<(&'static str, String)>, Error> {
        let now = self.now.unwrap_or_else(time::now);
        let end = time::expiry("expires_at", self.expires_at, now)?;
        let mut parameters = vec![("t", format!("{end:x}"))];
        if let Some(length) = self.preview {
            if length.as_secs() == 0 {
                return Err(refused("preview", "must be at least 1 second"));
            }
            parameters.push(("exper", length.as_secs().to_string()));
        }
        if let Some(addresses) = self.ip_limit {
            if !(1..=9).contains(&addresses) {
                return Err(refused("ip_limit", format!("must be 1 to 9, not {addresses}")));
            }
            parameters.push(("rlimit", addresses.to_string()));
        }
        if let Some(id) = &self.link_id {
            let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.~".contains(c);
            if id.is_empty() || !id.chars().all(is_plain) {
                return Err(refused("link_id", "must consist of ASCII letters, digits and `-_.~`"));
            }
            parameters.push(("us", id.clone()));
        }
        let lists = [
            ("whref", "allow_referers", &self.allowed_referers, is_domain as fn(&str) -> bool, DOMAIN_RULE),
            ("bkref", "deny_referers", &self.denied_referers, is_domain, DOMAIN_RULE),
            ("whreg", "allow_regions", &self.allowed_regions, is_region, REGION_RULE),
            ("bkreg", "deny_regions", &self.denied_regions, is_region, REGION_RULE),
        ];
        for (name, setting, items, fits, rule) in lists {
            if items.is_empty() {
                continue;
            }
            if !LIST_ITEMS.contains(&items.len()) {
                return Err(refused(setting, format!("has {} items, 1 to 10 are allowed", items.len())));
            }
            if let Some(wrong) = items.iter().find(|item| !fits(item)) {
                return Err(refused(setting, format!("{wrong:?} {rule}")));
            }
            parameters.push((name, items.join(",")));
        }
        Ok(parameters)
    }

    /// Checks a signed URL as the CDN does, and returns what it allows.
    ///
    /// # Errors
    /// The URL has no signature, was signed with another key, or has expired at `now`; or its `t` is a duration, in
    /// milliseconds or in decimal digits.
    pub fn verify(url: &str, key: &str, now: SystemTime) -> Result<HotlinkClaims, VerifyError> {
        let parts = Parts::of(url).map_err(VerifyError::malformed)?;
        let pairs: Vec<(&str, &str)> = parts
            .query
            .split('&')
            .filter_map(|pair| pair.split_once('='))
            .filter(|(name, _)| is_reserved(name))
            .collect();
        let value =
            |name: &str| pairs.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value);
        let (t, sign) = (value("t"), value("sign"));
        if t.is_empty() || sign.is_empty() {
            return Err(VerifyError::malformed("the URL has no `t` or no `sign`"));
        }
        let Some(seconds) = time::hexadecimal(t) else {
            return Err(VerifyError::malformed("`t` is not a time in hexadecimal seconds since 1970"));
        };
        let expected = signature(key, parts.directory, value);
        if key.is_empty() || !digest::is_equal(sign.as_bytes(), expected.as_bytes()) {
            return Err(VerifyError::WrongSignature);
        }
        let expires_at = time::contained("t", seconds)?;
        if time::seconds(now) > seconds {
            return Err(VerifyError::Expired);
        }
        let parameters =
            pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Ok(HotlinkClaims { parameters, expires_at })
    }
}

const DOMAIN_RULE: &str = "must be a domain without a scheme, such as `example.com` or `*.example.com`";
const REGION_RULE: &str = "must be an ISO 3166 code of three capital letters, such as `CHN`";

fn is_domain(text: &str) -> bool {
    let name = text.strip_prefix("*.").unwrap_or(text);
    let is_label = |label: &str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    name.split('.').all(is_label)
}

fn is_region(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

fn is_reserved(name: &str) -> bool {
    name == "sign" || SIGNED.contains(&name)
}

fn value_of<'a>(parameters: &'a [(&'static str, String)], name: &str) -> &'a str {
    parameters.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.as_str())
}

fn signature<'a>(key: &'a str, directory: &'a str, value: impl Fn(&str) -> &'a str) -> String {
    let mut parts = vec![key, directory];
    parts.extend(SIGNED.map(value));
    digest::md5_hex(&parts)
}

/// Keys of both kinds: 8 to 20 letters and digits.
pub(super) fn check_key(setting: &str, key: &str) -> Result<(), Error> {
    let length = key.chars().count();
    if !(8..=20).contains(&length) || !key.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Err(refused(
            setting,
            format!("must be 8 to 20 ASCII letters and digits; it has {length} characters"),
        ));
    }
    Ok(())
}

/// A URL cut where a signature needs it.
struct Parts<'a> {
    before_query: &'a str,
    /// The path up to its last `/`.
    directory: &'a str,
    query: &'a str,
    /// With its `#`.
    fragment: &'a str,
}

impl<'a> Parts<'a> {
    fn of(url: &'a str) -> Result<Self, String> {
        let (rest, fragment) = url.split_at(url.find('#').unwrap_or(url.len()));
        let (before_query, query) = rest.split_once('?').unwrap_or((rest, ""));
        let host_start = before_query
            .find("://")
            .map(|at| at + 3)
            .ok_or_else(|| "must begin with `https://` or `http://`".to_owned())?;
        let path_start = before_query[host_start..]
            .find('/')
            .map(|at| at + host_start)
            .ok_or_else(|| "has no path; give the URL of a file".to_owned())?;
        let path = &before_query[path_start..];
        let end = path.rfind('/').map_or(0, |at| at + 1);
        Ok(Self { before_query, directory: &path[..end], query, fragment })
    }
}

/// What a valid signed URL allows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HotlinkClaims {
    parameters: Vec<(String, String)>,
    expires_at: SystemTime,
}

impl HotlinkClaims {
    /// When it expires.
    pub fn expires_at(&self) -> SystemTime {
        self.expires_at
    }

    /// The value of a parameter by its name in the URL, for example `rlimit`.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl fmt::Debug for HotlinkUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HotlinkUrl").field("expires_at", &self.expires_at).finish_non_exhaustive()
    }
}
