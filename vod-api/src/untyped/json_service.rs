//! A service that is named at run time.

/// A service for untyped calls: its name, the version of its API, and its hosts.
///
/// ```
/// let cvm = vod_api::JsonService::new("cvm", "2017-03-12");
/// assert_eq!(cvm.name(), "cvm");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct JsonService {
    pub(super) name: String,
    pub(super) version: String,
    pub(super) hosts: Vec<(String, String)>,
}

impl JsonService {
    /// Names a service of the vendor's, such as `cvm`, and the version of its API, such as `2017-03-12`.
    ///
    /// Its hosts are named as all of the vendor's are: `cvm.tencentcloudapi.com`, `cvm.intl.tencentcloudapi.com` and
    /// `cvm.{region}.tencentcloudapi.com`. [`host`](Self::host) replaces them. A custom
    /// [`Endpoint`](crate::Endpoint) of the client, such as a gateway or the emulator, is used for every service.
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        let name = name.into();
        let hosts = [("mainland", ""), ("international", ".intl"), ("regional", ".{region}")]
            .map(|(family, part)| (family.to_owned(), format!("{name}{part}.tencentcloudapi.com")))
            .to_vec();
        Self { name, version: version.into(), hosts }
    }

    /// Sets the host for one of the client's endpoints: `mainland`, `international`, `internal`, or `regional` with
    /// `{region}` in it.
    #[must_use]
    pub fn host(mut self, family: impl Into<String>, host: impl Into<String>) -> Self {
        let family = family.into();
        self.hosts.retain(|(known, _)| *known != family);
        self.hosts.push((family, host.into()));
        self
    }

    /// The service's name, which is part of every signature.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The version of its API.
    pub fn version(&self) -> &str {
        &self.version
    }
}
