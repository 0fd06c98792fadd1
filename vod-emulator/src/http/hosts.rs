//! Which requests the server accepts: those for its own hosts, and none of other sites' web pages.

use std::collections::BTreeSet;
use std::net::SocketAddr;

use http::header::{HOST, ORIGIN};
use http::{HeaderMap, Request};

use crate::http::metadata;
use crate::storage::operation::bucket_of_host;

/// The real service's domains, one of which is the end of each of its hosts.
const SERVICE_DOMAINS: [&str; 3] = [".tencentcloudapi.com", ".tencentcloudapi.com.cn", ".tencentcloudapi.cn"];

/// Longest part of a foreign name that is repeated in an answer.
const SHOWN: usize = 100;

/// The hosts of one server.
#[derive(Debug)]
pub(crate) struct Hosts {
    /// In lower case, with the port where one must be there.
    own: BTreeSet<String>,
}

/// What a request is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The emulator's own paths.
    Own,
    /// The API, or a file by its URL.
    Service,
    /// The object storage.
    Storage,
    /// The metadata service of a machine.
    Metadata,
}

/// Why a request is not let in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Foreign(pub(crate) String);

impl Hosts {
    /// The hosts of a server that listens here. Each of `named` is a name, which may come with the server's port
    /// or without, or a name with the port that it must come with.
    pub(crate) fn new(listening: SocketAddr, named: &BTreeSet<String>) -> Self {
        let port = listening.port();
        let mut own = BTreeSet::new();
        let mut add = |name: &str| {
            own.insert(format!("{name}:{port}"));
            // Clients leave the port of the protocol out.
            if port == 80 {
                own.insert(name.to_owned());
            }
        };
        ["127.0.0.1", "localhost", "[::1]"].into_iter().for_each(&mut add);
        if !listening.ip().is_unspecified() {
            match listening {
                SocketAddr::V4(address) => add(&address.ip().to_string()),
                SocketAddr::V6(address) => add(&format!("[{}]", address.ip())),
            }
        }
        for name in named {
            let name = name.trim().to_ascii_lowercase();
            if !has_port(&name) {
                own.insert(format!("{name}:{port}"));
            }
            own.insert(name);
        }
        Self { own }
    }

    /// Whether a request for this may be answered.
    pub(crate) fn admit<B>(&self, request: &Request<B>, wanted: Wanted) -> Result<(), Foreign> {
        let mut hosts = request.headers().get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            return Err(Foreign("the request must have one `Host` header".into()));
        };
        let host = host.to_str().unwrap_or("not a text");
        // A request to a proxy names the host once more.
        let authority = request.uri().authority().map(http::uri::Authority::as_str);
        for host in [Some(host), authority].into_iter().flatten() {
            let host = host.to_ascii_lowercase();
            let is_known = self.own.contains(&host)
                || matches!(wanted, Wanted::Service | Wanted::Storage)
                    && (is_of_service(&host) || self.is_below_localhost(&host))
                || wanted == Wanted::Storage && bucket_of_host(&host).is_some()
                || wanted == Wanted::Metadata && host == metadata::HOST;
            if !is_known {
                let shown: String = host.chars().take(SHOWN).collect();
                return Err(Foreign(format!(
                    "`{}` is not a host of this emulator; use {} or allow it with `--allow-host`",
                    shown.escape_debug(),
                    self.own.iter().cloned().collect::<Vec<_>>().join(", ")
                )));
            }
        }
        self.admit_site(request.headers())
    }

    /// Whether this is a name such as `vod.localhost`, which always means this machine. Clients that take the service
    /// from the first label of the host use it.
    fn is_below_localhost(&self, host: &str) -> bool {
        host.split_once('.').is_some_and(|(label, rest)| {
            let is_label =
                !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
            is_label && rest.starts_with("localhost") && self.own.contains(rest)
        })
    }

    /// Whether a request comes from a program, or from a page of this emulator itself.
    fn admit_site(&self, headers: &HeaderMap) -> Result<(), Foreign> {
        let is_own = |origin: &str| {
            origin.strip_prefix("http://").is_some_and(|host| self.own.contains(&host.to_ascii_lowercase()))
        };
        if headers.get_all(ORIGIN).iter().any(|origin| !origin.to_str().is_ok_and(is_own)) {
            return Err(Foreign("requests of web pages of other origins are refused".into()));
        }
        // Browsers leave `Origin` out of some requests for other sites, but tell of these.
        let site = headers.get_all("sec-fetch-site").iter();
        if site.into_iter().any(|site| site != "same-origin" && site != "none") {
            return Err(Foreign("requests of web pages of other sites are refused".into()));
        }
        Ok(())
    }
}

/// Whether a name ends in a port.
fn has_port(name: &str) -> bool {
    let after_address = name.rsplit(']').next().unwrap_or(name);
    after_address.contains(':')
}

/// Whether this is a host of the real service.
fn is_of_service(host: &str) -> bool {
    let name = match host.split_once(':') {
        Some((name, "80" | "443")) => name,
        Some(_) => return false,
        None => host,
    };
    SERVICE_DOMAINS.iter().any(|domain| name.strip_suffix(domain).is_some_and(|rest| !rest.is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admitted(host: &str, headers: &[(&str, &str)], is_call: bool) -> bool {
        let wanted = if is_call { Wanted::Service } else { Wanted::Own };
        let named = ["emulator".to_owned(), "Box:8080".to_owned()].into();
        let hosts = Hosts::new(([0, 0, 0, 0], 9410).into(), &named);
        let builder =
            headers.iter().fold(Request::builder(), |builder, (name, value)| builder.header(*name, *value));
        hosts.admit(&builder.header("host", host).body(()).unwrap(), wanted).is_ok()
    }

    #[test]
    fn only_own_hosts_are_let_in() {
        for host in
            ["127.0.0.1:9410", "LOCALHOST:9410", "[::1]:9410", "emulator", "emulator:9410", "box:8080"]
        {
            assert!(admitted(host, &[], false), "{host}");
        }
        for host in [
            "",
            "localhost",
            "127.0.0.1",
            "127.0.0.1:94100",
            "127.0.0.1:9410.evil.example",
            "evil.example:9410",
            "localhost.evil.example:9410",
            "emulator:8080",
            "box",
            "box:9410",
            "0.0.0.0:9410",
            "vod.tencentcloudapi.com",
        ] {
            assert!(!admitted(host, &[], false), "{host}");
        }
    }

    #[test]
    fn calls_may_name_the_real_service() {
        for host in
            ["vod.tencentcloudapi.com", "vod.ap-tokyo.tencentcloudapi.com:443", "vod.tencentcloudapi.cn"]
        {
            assert!(admitted(host, &[], true), "{host}");
            assert!(!admitted(host, &[("origin", "http://vod.tencentcloudapi.com")], true), "{host}");
        }
        assert!(admitted("vod.localhost:9410", &[], true) && !admitted("vod.localhost:9410", &[], false));
        for host in ["a.vod.localhost:9410", "vod.localhost:80", "vod.localhost.evil:9410", ".localhost:9410"]
        {
            assert!(!admitted(host, &[], true), "{host}");
        }
        for host in ["vodtencentcloudapi.com", ".tencentcloudapi.com.evil", "vod.tencentcloudapi.com:9410"] {
            assert!(!admitted(host, &[], true), "{host}");
        }
    }

    #[test]
    fn hosts_of_the_storage_reach_the_storage_alone() {
        let hosts = Hosts::new(([127, 0, 0, 1], 9410).into(), &BTreeSet::new());
        let request = |host: &str| Request::builder().uri("/a").header("host", host).body(()).unwrap();
        let real = "vod0-1250000000.cos.ap-chongqing.myqcloud.com";
        assert!(hosts.admit(&request(real), Wanted::Storage).is_ok());
        assert!(hosts.admit(&request(real), Wanted::Service).is_err());
        assert!(hosts.admit(&request(real), Wanted::Own).is_err());
        assert!(hosts.admit(&request("a.cos.b.myqcloud.com.evil"), Wanted::Storage).is_err());
    }

    #[test]
    fn pages_of_others_are_not_let_in() {
        let own = "127.0.0.1:9410";
        assert!(admitted(
            own,
            &[("origin", "http://127.0.0.1:9410"), ("sec-fetch-site", "same-origin")],
            false
        ));
        assert!(admitted(own, &[("sec-fetch-site", "none")], false));
        for headers in [
            ("origin", "http://localhost:3000"),
            ("origin", "https://127.0.0.1:9410"),
            ("origin", "http://127.0.0.1:9410.evil.example"),
            ("origin", "null"),
            ("sec-fetch-site", "cross-site"),
            ("sec-fetch-site", "same-site"),
        ] {
            assert!(!admitted(own, &[headers], true) && !admitted(own, &[headers], false), "{headers:?}");
        }
    }

    #[test]
    fn a_request_to_a_proxy_is_judged_by_both_names() {
        let hosts = Hosts::new(([127, 0, 0, 1], 80).into(), &BTreeSet::new());
        let request = |uri: &str| Request::builder().uri(uri).header("host", "localhost").body(()).unwrap();
        assert_eq!(hosts.admit(&request("http://127.0.0.1/_emulator/state"), Wanted::Own), Ok(()));
        assert!(hosts.admit(&request("http://evil.example/_emulator/state"), Wanted::Own).is_err());
        let twice =
            Request::builder().header("host", "localhost").header("host", "localhost").body(()).unwrap();
        assert!(hosts.admit(&twice, Wanted::Service).is_err());
        assert!(hosts.admit(&Request::new(()), Wanted::Service).is_err());
    }
}
