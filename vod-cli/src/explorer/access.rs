//! Which requests the explorer's server answers: those of its own page, and of no other one.

use std::net::{IpAddr, SocketAddr};

use http::header::{CONTENT_TYPE, HOST, ORIGIN};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode};
use subtle::ConstantTimeEq as _;

/// The header that calls of the page carry the session's token in.
pub(crate) const TOKEN_HEADER: &str = "x-vod-token";

/// Why a request is not answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) reason: &'static str,
}

const fn refused(status: StatusCode, reason: &'static str) -> Refusal {
    Refusal { status, reason }
}

/// The session's token: 256 random bits in hexadecimal.
pub(crate) struct Token(String);

impl Token {
    /// A new one.
    pub(crate) fn random() -> Self {
        let bytes: [u8; 32] = rand::random();
        let digit = |nibble: u8| char::from_digit(nibble.into(), 16).unwrap_or_default();
        Self(bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect())
    }

    /// What the start URL ends with.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// The rules of one server.
pub(crate) struct Access {
    hosts: Vec<String>,
    token: Token,
}

impl Access {
    /// The rules of a server that listens at these addresses.
    pub(crate) fn new(listening: &[SocketAddr], token: Token) -> Self {
        let mut hosts = Vec::new();
        for address in listening {
            let port = address.port();
            for name in ["127.0.0.1", "localhost", "[::1]"] {
                hosts.push(format!("{name}:{port}"));
                // Browsers leave the port of the protocol out.
                if port == 80 {
                    hosts.push(name.to_owned());
                }
            }
            if !is_this_machine(address.ip()) {
                hosts.push(address.to_string());
            }
        }
        Self { hosts, token }
    }

    pub(crate) fn token(&self) -> &Token {
        &self.token
    }

    /// Judges a request by its head, before its path is looked at.
    pub(crate) fn admit(&self, head: &Parts) -> Result<(), Refusal> {
        self.check_host(head)?;
        if head.method != Method::GET && head.method != Method::POST {
            return Err(refused(StatusCode::METHOD_NOT_ALLOWED, "only GET and POST are answered"));
        }
        self.check_site(&head.headers)
    }

    /// Judges a call of the page besides: it proves that it is the page's.
    pub(crate) fn admit_call(&self, head: &Parts) -> Result<(), Refusal> {
        let mut tokens = head.headers.get_all(TOKEN_HEADER).iter();
        let is_right = match (tokens.next(), tokens.next()) {
            (Some(token), None) => bool::from(token.as_bytes().ct_eq(self.token.0.as_bytes())),
            _ => false,
        };
        if !is_right {
            let reason = "the token is missing or wrong; open the address that `vod explorer` printed";
            return Err(refused(StatusCode::UNAUTHORIZED, reason));
        }
        let is_json = head.headers.get(CONTENT_TYPE).is_some_and(|value| value == "application/json");
        if head.method == Method::POST && !is_json {
            return Err(refused(StatusCode::UNSUPPORTED_MEDIA_TYPE, "the body must be application/json"));
        }
        Ok(())
    }

    /// Only the server's own names are answered, so that no other name that leads here (DNS rebinding) is of use.
    fn check_host(&self, head: &Parts) -> Result<(), Refusal> {
        let foreign = refused(StatusCode::MISDIRECTED_REQUEST, "this is not a host of the explorer");
        let mut hosts = head.headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else { return Err(foreign) };
        let authority = head.uri.authority().map(http::uri::Authority::as_str);
        let named = [host.to_str().ok(), Some(authority.unwrap_or_default()).filter(|name| !name.is_empty())];
        let is_own = |name: &str| self.hosts.iter().any(|own| own.eq_ignore_ascii_case(name));
        match named {
            [Some(host), None] if is_own(host) => Ok(()),
            [Some(host), Some(authority)] if is_own(host) && is_own(authority) => Ok(()),
            _ => Err(foreign),
        }
    }

    fn check_site(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let is_own = |origin: &str| {
            origin
                .strip_prefix("http://")
                .is_some_and(|host| self.hosts.iter().any(|own| own.eq_ignore_ascii_case(host)))
        };
        if headers.get_all(ORIGIN).iter().any(|origin| !origin.to_str().is_ok_and(is_own)) {
            return Err(refused(StatusCode::FORBIDDEN, "requests of pages of other origins are refused"));
        }
        let mut sites = headers.get_all("sec-fetch-site").iter();
        if sites.any(|site| site != "same-origin" && site != "none") {
            return Err(refused(StatusCode::FORBIDDEN, "requests of pages of other sites are refused"));
        }
        Ok(())
    }
}

/// Whether only programs of this machine can reach the address.
pub(crate) fn is_this_machine(address: IpAddr) -> bool {
    address == IpAddr::from([127, 0, 0, 1]) || address == IpAddr::from([0, 0, 0, 0, 0, 0, 0, 1])
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use http::Request;

    use super::*;

    fn access() -> Access {
        let listening = [([127, 0, 0, 1], 9411).into(), ([0, 0, 0, 0, 0, 0, 0, 1], 9411).into()];
        Access::new(&listening, Token("aa".repeat(32)))
    }

    fn head(uri: &str, headers: &[(&str, &str)]) -> Parts {
        let builder =
            headers.iter().fold(Request::get(uri), |builder, (name, value)| builder.header(*name, *value));
        builder.body(()).unwrap().into_parts().0
    }

    #[test]
    fn only_exact_hosts_are_answered() {
        for host in ["127.0.0.1:9411", "localhost:9411", "LOCALHOST:9411", "[::1]:9411"] {
            assert_eq!(access().admit(&head("/", &[("host", host)])), Ok(()), "{host}");
        }
        for host in [
            "",
            "localhost",
            "127.0.0.1",
            "127.0.0.1:94110",
            "127.0.0.1:9411.evil.example",
            "localhost.evil.example:9411",
            "evil.example:9411",
            "0.0.0.0:9411",
            "127.0.0.2:9411",
            "127.1:9411",
            "user@127.0.0.1:9411",
            "127.0.0.1:9411, evil.example",
        ] {
            let refusal = access().admit(&head("/", &[("host", host)])).unwrap_err();
            assert_eq!(refusal.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
        }
        for headers in [&[][..], &[("host", "127.0.0.1:9411"), ("host", "127.0.0.1:9411")]] {
            assert!(access().admit(&head("/", headers)).is_err());
        }
        let own = [("host", "127.0.0.1:9411")];
        assert!(access().admit(&head("http://evil.example/", &own)).is_err());
        assert!(access().admit(&head("http://localhost:9411/", &own)).is_ok());
    }

    #[test]
    fn a_token_is_random_and_long() {
        let (one, other) = (Token::random(), Token::random());
        assert_eq!(one.as_str().len(), 64);
        assert_ne!(one.as_str(), other.as_str());
    }
}
