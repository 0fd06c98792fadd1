//! Hosts of the vendor: each one belongs to a single service.

use super::Choice;
use crate::action::ServiceMeta;
use crate::client::settings::is_region;

/// What the names of the vendor's hosts end with.
const DOMAIN: &str = ".tencentcloudapi.com";

/// A host such as `vod.ap-guangzhou.tencentcloudapi.com`.
#[derive(Debug)]
pub(super) struct VendorHost {
    host: String,
    /// The first label, which names the service.
    service: String,
    preset: Choice,
}

impl VendorHost {
    /// Reads a host's name. `None`: it is not the vendor's.
    pub(super) fn read(host: &str) -> Option<Self> {
        let labels: Vec<&str> = host.strip_suffix(DOMAIN)?.split('.').collect();
        let (service, place) = labels.split_first()?;
        let preset = match place {
            ["intl"] => Choice::International,
            ["internal"] => Choice::Internal,
            [region] if is_region(region) => Choice::Regional((*region).to_owned()),
            _ => Choice::Mainland,
        };
        Some(Self { host: host.to_owned(), service: (*service).to_owned(), preset })
    }

    /// Whether calls of a service may go to it.
    pub(super) fn serves(&self, service: &ServiceMeta) -> bool {
        self.service == service.name || service.endpoints.iter().any(|(_, host)| *host == self.host)
    }

    /// The endpoint that has the corresponding hosts of other services.
    pub(super) fn preset(&self) -> &Choice {
        &self.preset
    }

    pub(super) fn host(&self) -> &str {
        &self.host
    }
}

#[cfg(test)]
mod tests {
    use crate::action::ServiceMeta;
    use crate::endpoint::{Endpoint, Endpoints};

    static VOD: ServiceMeta =
        ServiceMeta::new("vod", "2018-07-17", &[("mainland", "vod.tencentcloudapi.com")], &[], &[]);
    static STS: ServiceMeta = ServiceMeta::new(
        "sts",
        "2018-08-13",
        &[("mainland", "sts.tencentcloudapi.com"), ("regional", "sts.{region}.tencentcloudapi.com")],
        &[],
        &[],
    );
    static BARE: ServiceMeta = ServiceMeta::new("bare", "2018-08-13", &[], &[], &[]);

    #[test]
    fn a_host_of_one_service_takes_no_calls_of_another() {
        for (set, vod, sts) in [
            ("vod.tencentcloudapi.com", "vod.tencentcloudapi.com", "sts.tencentcloudapi.com"),
            (
                "vod.ap-guangzhou.tencentcloudapi.com",
                "vod.ap-guangzhou.tencentcloudapi.com",
                "sts.ap-guangzhou.tencentcloudapi.com",
            ),
            (
                "https://vod.intl.tencentcloudapi.com",
                "vod.intl.tencentcloudapi.com",
                "sts.tencentcloudapi.com",
            ),
            (
                "vod.internal.tencentcloudapi.com",
                "vod.internal.tencentcloudapi.com",
                "sts.tencentcloudapi.com",
            ),
            ("sts.tencentcloudapi.com", "vod.tencentcloudapi.com", "sts.tencentcloudapi.com"),
            ("gateway.example.com", "gateway.example.com", "gateway.example.com"),
            ("http://127.0.0.1:9410", "127.0.0.1:9410", "127.0.0.1:9410"),
        ] {
            let endpoints = Endpoints::new(Endpoint::custom(set), Some("VOD_ENDPOINT")).unwrap();
            let host = |service| endpoints.target(service, None).unwrap().host.clone();
            assert_eq!((host(&VOD), host(&STS)), (vod.to_owned(), sts.to_owned()), "{set}");
        }
    }

    #[test]
    fn a_service_without_known_hosts_goes_to_the_one_that_is_set() {
        let endpoints = Endpoints::new(Endpoint::custom("vod.tencentcloudapi.com"), None).unwrap();
        assert_eq!(endpoints.target(&BARE, None).unwrap().host, "vod.tencentcloudapi.com");
    }
}
