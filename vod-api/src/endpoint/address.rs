//! The address of a host for error messages: scheme, host, port, and the setting that chose it.

use std::borrow::Cow;
use std::fmt;

use reqwest::Url;

/// A host in words.
#[derive(Debug)]
pub(crate) struct Address {
    /// Scheme, host and port, also where the port is the scheme's own.
    url: String,
    chosen: Cow<'static, str>,
    /// For a port without a scheme: the URL that the caller may have meant.
    alternative: Option<String>,
}

impl Address {
    pub(super) fn new(url: &Url, has_scheme: bool, chosen: Cow<'static, str>) -> Self {
        let host = url.host_str().unwrap_or_default();
        let port = url.port_or_known_default().unwrap_or_default();
        // A host without a port is expected to speak HTTPS. With a port it may be a server without TLS, such as the
        // emulator.
        let alternative = url.port().filter(|_| !has_scheme).map(|port| format!("http://{host}:{port}"));
        Self { url: format!("{}://{host}:{port}", url.scheme()), chosen, alternative }
    }

    /// Scheme, host and port.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, {}", self.url, self.chosen)?;
        match &self.alternative {
            Some(url) => {
                write!(f, " without a scheme, so https was assumed; for a server without TLS write {url}")
            }
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, has_scheme: bool) -> String {
        Address::new(&Url::parse(text).unwrap(), has_scheme, "set by VOD_ENDPOINT".into()).to_string()
    }

    #[test]
    fn host_port_and_setting_are_named() {
        assert_eq!(told("https://h.example/", true), "https://h.example:443, set by VOD_ENDPOINT");
        assert_eq!(told("https://h.example/", false), "https://h.example:443, set by VOD_ENDPOINT");
        assert_eq!(told("http://[::1]:80/", true), "http://[::1]:80, set by VOD_ENDPOINT");
        assert_eq!(
            told("https://127.0.0.1:9410/", false),
            "https://127.0.0.1:9410, set by VOD_ENDPOINT without a scheme, so https was assumed; \
             for a server without TLS write http://127.0.0.1:9410"
        );
    }
}
