//! Endpoints: presets that take hosts from a service's spec, or one host for all services.

mod address;
pub(crate) mod circuit_breaker;
mod hosts;
#[cfg(feature = "upload")]
mod storage;
mod vendor;

use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

use http::{HeaderMap, HeaderValue, Uri};
use reqwest::Url;

pub(crate) use address::Address;
pub(crate) use hosts::Hosts;
#[cfg(feature = "upload")]
pub use storage::StorageEndpoint;
use vendor::VendorHost;

use crate::action::ServiceMeta;
use crate::client::settings::{is_region, not_a_region};
use crate::endpoint::circuit_breaker::Breaker;
use crate::error::{Error, ErrorKind};
use crate::sync::ReadMostly;

/// What the names of the finance zones end with. They are isolated from the others.
const FINANCE: &str = "-fsi";

/// The endpoint of a client.
///
/// A preset has a host for each service, from the service's spec; a custom endpoint is one host for all services. The
/// service name in a signature comes from the spec, so a custom host may have any name.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Endpoint(Choice);

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Choice {
    Mainland,
    International,
    Internal,
    Regional(String),
    Custom(String),
}

impl Endpoint {
    /// The Chinese site, `vod.tencentcloudapi.com`, which is served by the nearest data centre.
    ///
    /// It does not serve the finance zones. Calls with such a region (`ap-shanghai-fsi`) go to that zone's own host,
    /// as with [`regional`](Self::regional).
    pub fn mainland() -> Self {
        Self(Choice::Mainland)
    }

    /// The international site, `vod.intl.tencentcloudapi.com`.
    pub fn international() -> Self {
        Self(Choice::International)
    }

    /// The host inside Tencent Cloud's own network, `vod.internal.tencentcloudapi.com`.
    pub fn internal() -> Self {
        Self(Choice::Internal)
    }

    /// One region's data centre, such as `vod.ap-guangzhou.tencentcloudapi.com`, or a finance zone
    /// (`ap-shanghai-fsi`).
    pub fn regional(region: impl Into<String>) -> Self {
        Self(Choice::Regional(region.into()))
    }

    /// A host such as `vod.internal.tencentcloudapi.com`, or a URL such as `http://127.0.0.1:9410`. A host without a
    /// scheme is called over HTTPS. A port is part of the `Host` header and of the signature.
    ///
    /// Calls of all services go there, except that one of the vendor's hosts (`<service>.….tencentcloudapi.com`)
    /// receives calls of its own service only: calls of other services, such as STS, go to their own host of the same
    /// kind, or to their mainland host if they have none.
    pub fn custom(host_or_url: impl Into<String>) -> Self {
        Self(Choice::Custom(host_or_url.into()))
    }
}

impl Default for Endpoint {
    fn default() -> Self {
        Self::mainland()
    }
}

impl From<&str> for Endpoint {
    fn from(host_or_url: &str) -> Self {
        Self::custom(host_or_url)
    }
}

impl From<String> for Endpoint {
    fn from(host_or_url: String) -> Self {
        Self::custom(host_or_url)
    }
}

/// An endpoint's address, ready to be sent to.
#[derive(Debug)]
pub(crate) struct Target {
    /// Scheme and host, with the path `/`.
    pub(crate) uri: Uri,
    /// The host, with a port that isn't the scheme's own: what is signed.
    pub(crate) host: String,
    pub(crate) host_header: HeaderValue,
    /// The headers that calls by TC3 have in common, made with the first one.
    pub(crate) headers: OnceLock<HeaderMap>,
    loopback: bool,
    /// What errors say of it.
    pub(crate) address: Arc<Address>,
    pub(crate) breaker: Breaker,
}

impl Target {
    /// Reads a host or URL, that a setting has `chosen`. The message says what is wrong with it.
    fn parse(text: &str, chosen: Cow<'static, str>) -> Result<Self, String> {
        if text.contains('@') {
            // Not repeated: what stands before the sign may be a password.
            return Err("must not contain a user name or password: calls are signed".to_owned());
        }
        let has_scheme = text.contains("://");
        let absolute = if has_scheme { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&absolute).map_err(|error| format!("`{text}` is not a host or URL: {error}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(format!("`{text}` must be an https or http URL"));
        }
        let bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let Some(name) = url.host_str().filter(|_| bare) else {
            return Err(
                "must have only a scheme, a host and a port: calls always go to the path `/`".to_owned()
            );
        };
        let host = match url.port() {
            Some(port) => format!("{name}:{port}"),
            None => name.to_owned(),
        };
        let host_header = HeaderValue::try_from(&host).map_err(|error| error.to_string())?;
        let uri = Uri::try_from(url.as_str()).map_err(|error| error.to_string())?;
        Ok(Self {
            uri,
            host,
            host_header,
            headers: OnceLock::new(),
            loopback: is_loopback(name),
            address: Arc::new(Address::new(&url, has_scheme, chosen)),
            breaker: Breaker::default(),
        })
    }

    /// Whether the address is this machine's own.
    pub(crate) fn is_loopback(&self) -> bool {
        self.loopback
    }

    /// Whether calls to it are encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        self.uri.scheme_str() == Some("https")
    }
}

/// Whether a host is an address that no router passes on.
pub(crate) fn is_link_local(host: &str) -> bool {
    match host.trim_matches(['[', ']']).parse::<std::net::IpAddr>() {
        Ok(std::net::IpAddr::V4(address)) => address.is_link_local(),
        Ok(std::net::IpAddr::V6(address)) => address.is_unicast_link_local(),
        Err(_) => false,
    }
}

/// Whether a host is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    let address = host.trim_matches(['[', ']']).parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

/// An endpoint with the addresses that it has been resolved to, so that no call parses a URL twice.
#[derive(Debug)]
pub(crate) struct Endpoints {
    endpoint: Endpoint,
    /// The setting that chose the endpoint; `None` for the default.
    setting: Option<&'static str>,
    custom: Option<Custom>,
    known: ReadMostly<Arc<Known>>,
}

/// A custom endpoint.
#[derive(Debug)]
struct Custom {
    target: Arc<Target>,
    /// It is one service's host and not a gateway for all.
    vendor: Option<VendorHost>,
}

impl Custom {
    fn new(text: &str, setting: Option<&'static str>) -> Result<Self, String> {
        let target = Target::parse(text, chosen_by(setting))?;
        let vendor = VendorHost::read(target.uri.host().unwrap_or_default());
        Ok(Self { target: Arc::new(target), vendor })
    }
}

/// What an endpoint was resolved to, for a service and a finance zone.
#[derive(Debug)]
struct Known {
    service: &'static ServiceMeta,
    zone: Option<String>,
    target: Arc<Target>,
}

impl Endpoints {
    /// Checks the endpoint that a setting has chosen; without a setting it is the default.
    pub(crate) fn new(endpoint: Endpoint, setting: Option<&'static str>) -> Result<Self, Error> {
        let refuse = |message: String| Error::new(ErrorKind::Config, format!("endpoint: {message}"));
        let custom = match &endpoint.0 {
            Choice::Custom(text) => Some(Custom::new(text, setting).map_err(refuse)?),
            Choice::Regional(region) if !is_region(region) => {
                return Err(refuse(not_a_region(region)));
            }
            _ => None,
        };
        Ok(Self { endpoint, setting, custom, known: ReadMostly::default() })
    }

    /// The endpoint that was asked for.
    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// The custom address, if the endpoint is one.
    pub(crate) fn custom(&self) -> Option<&Target> {
        self.custom.as_ref().map(|custom| &*custom.target)
    }

    /// Whether calls may need TLS.
    pub(crate) fn may_be_encrypted(&self) -> bool {
        // The other services' hosts are called over HTTPS, whatever the scheme of this one.
        self.custom.as_ref().is_none_or(|custom| custom.target.is_encrypted() || custom.vendor.is_some())
    }

    /// The address of a service, for a call that names a region.
    pub(crate) fn target(
        &self,
        service: &'static ServiceMeta,
        region: Option<&str>,
    ) -> Result<Arc<Target>, Error> {
        if let Some(custom) = &self.custom
            && custom.vendor.as_ref().is_none_or(|vendor| vendor.serves(service))
        {
            return Ok(Arc::clone(&custom.target));
        }
        let zone = region.filter(|region| self.endpoint.0 == Choice::Mainland && region.ends_with(FINANCE));
        let is_it =
            |known: &Arc<Known>| std::ptr::eq(known.service, service) && known.zone.as_deref() == zone;
        let make = || {
            let target = self.resolve(service, zone)?;
            Ok::<_, Error>(Arc::new(Known { service, zone: zone.map(str::to_owned), target }))
        };
        // Of two calls at the same time, the first one's stays: there is one breaker for each host.
        let known = self.known.get_or_insert(is_it, make, |_| ())?;
        Ok(Arc::clone(&known.target))
    }

    fn resolve(&self, service: &ServiceMeta, zone: Option<&str>) -> Result<Arc<Target>, Error> {
        let refuse = |message: &str| {
            Error::new(ErrorKind::Config, format!("endpoint: {message} for the service `{}`", service.name))
        };
        if let Some(Custom { target, vendor: Some(vendor) }) = &self.custom {
            let chosen = format!("the host of `{}` beside {}", service.name, vendor.host());
            let host =
                host(service, vendor.preset(), None).or_else(|| host(service, &Choice::Mainland, None));
            // If the specs name no host of the service at all, the one that was set is the best guess.
            let Some(host) = host else { return Ok(Arc::clone(target)) };
            let parsed = Target::parse(&host, chosen.into()).map_err(|message| refuse(&message))?;
            return Ok(Arc::new(parsed));
        }
        let chosen = match zone {
            Some(zone) => format!("for the region {zone}").into(),
            None => chosen_by(self.setting),
        };
        let host =
            host(service, &self.endpoint.0, zone).ok_or_else(|| refuse("the spec names no such host"))?;
        let target = Target::parse(&host, chosen).map_err(|message| refuse(&message))?;
        Ok(Arc::new(target))
    }
}

/// What errors say of the setting that chose an endpoint.
fn chosen_by(setting: Option<&'static str>) -> Cow<'static, str> {
    match setting {
        Some(setting) => format!("set by {setting}").into(),
        None => "the default".into(),
    }
}

/// A service's host by the name that the spec gives it.
fn host(service: &ServiceMeta, choice: &Choice, zone: Option<&str>) -> Option<String> {
    let named =
        |name: &str| service.endpoints.iter().find(|(known, _)| *known == name).map(|(_, host)| *host);
    let regional = |region: &str| named("regional").map(|host| host.replace("{region}", region));
    match (choice, zone) {
        (_, Some(zone)) => regional(zone),
        (Choice::Mainland, _) => named("mainland").map(str::to_owned),
        // A service without an international host of its own serves both sites from one: STS does.
        (Choice::International, _) => named("international").or_else(|| named("mainland")).map(str::to_owned),
        (Choice::Internal, _) => named("internal").map(str::to_owned),
        (Choice::Regional(region), _) => regional(region),
        (Choice::Custom(text), _) => Some(text.clone()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static VOD: ServiceMeta = ServiceMeta::new(
        "vod",
        "2018-07-17",
        &[
            ("mainland", "vod.tencentcloudapi.com"),
            ("international", "vod.intl.tencentcloudapi.com"),
            ("regional", "vod.{region}.tencentcloudapi.com"),
        ],
        &[],
        &[],
    );
    static STS: ServiceMeta =
        ServiceMeta::new("sts", "2018-08-13", &[("mainland", "sts.tencentcloudapi.com")], &[], &[]);

    fn parse(text: &str) -> Target {
        Target::parse(text, chosen_by(None)).unwrap()
    }

    fn host(endpoint: Endpoint, service: &'static ServiceMeta) -> String {
        Endpoints::new(endpoint, None).unwrap().target(service, None).unwrap().host.clone()
    }

    #[test]
    fn presets_take_each_service_to_its_own_host() {
        assert_eq!(host(Endpoint::mainland(), &VOD), "vod.tencentcloudapi.com");
        assert_eq!(host(Endpoint::international(), &VOD), "vod.intl.tencentcloudapi.com");
        assert_eq!(host(Endpoint::international(), &STS), "sts.tencentcloudapi.com");
        assert_eq!(
            host(Endpoint::regional("ap-shanghai-fsi"), &VOD),
            "vod.ap-shanghai-fsi.tencentcloudapi.com"
        );
        let error =
            Endpoints::new(Endpoint::regional("ap-tokyo"), None).unwrap().target(&STS, None).unwrap_err();
        assert_eq!(error.to_string(), "endpoint: the spec names no such host for the service `sts`");
    }

    #[test]
    fn a_port_is_kept_unless_it_is_the_schemes_own() {
        for (given, url, host) in [
            ("vod.example.com", "https://vod.example.com/", "vod.example.com"),
            ("VOD.example.com:443", "https://vod.example.com/", "vod.example.com"),
            ("127.0.0.1:8080", "https://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("http://127.0.0.1:8080", "http://127.0.0.1:8080/", "127.0.0.1:8080"),
            ("http://[::1]:80/", "http://[::1]/", "[::1]"),
            ("http://localhost:9410/", "http://localhost:9410/", "localhost:9410"),
        ] {
            let target = parse(given);
            assert_eq!((target.uri.to_string().as_str(), target.host.as_str()), (url, host), "{given}");
        }
    }

    #[test]
    fn this_machine_is_recognised() {
        for (text, loopback) in
            [("http://127.0.0.1:1", true), ("http://[::1]:1", true), ("localhost", true), ("10.0.0.1", false)]
        {
            assert_eq!(parse(text).is_loopback(), loopback, "{text}");
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        for text in ["", "ftp://host", "https://host/path", "https://host/?a=b", "https://me:pw@host", "a b"]
        {
            let error = Endpoints::new(Endpoint::custom(text), None).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config, "{text}");
            assert!(error.to_string().starts_with("endpoint: "), "{error}");
            assert!(!error.to_string().contains("pw"), "{error}");
        }
        assert!(Endpoints::new(Endpoint::regional("ap guangzhou"), None).is_err());
    }

    #[test]
    fn an_address_is_resolved_once() {
        let endpoints = Endpoints::new(Endpoint::mainland(), None).unwrap();
        let (first, second) = (endpoints.target(&VOD, None).unwrap(), endpoints.target(&VOD, None).unwrap());
        assert!(Arc::ptr_eq(&first, &second));
    }

    #[test]
    fn a_finance_zone_has_its_own_host() {
        let endpoints = Endpoints::new(Endpoint::mainland(), None).unwrap();
        let host = |region| endpoints.target(&VOD, region).unwrap().host.clone();
        assert_eq!(host(Some("ap-shanghai-fsi")), "vod.ap-shanghai-fsi.tencentcloudapi.com");
        assert_eq!(host(Some("ap-shenzhen-fsi")), "vod.ap-shenzhen-fsi.tencentcloudapi.com");
        assert_eq!(host(Some("ap-shanghai")), "vod.tencentcloudapi.com");
        assert_eq!(host(None), "vod.tencentcloudapi.com");

        let chosen = Endpoints::new(Endpoint::regional("ap-guangzhou"), None).unwrap();
        let target = chosen.target(&VOD, Some("ap-shanghai-fsi")).unwrap();
        assert_eq!(target.host, "vod.ap-guangzhou.tencentcloudapi.com");
        assert!(endpoints.target(&STS, Some("ap-shanghai-fsi")).is_err());
    }
}
