//! The addresses of an upload's bucket.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use reqwest::Url;

use crate::client::config::Config;
use crate::error::{Error, ErrorKind};

/// The storage of one upload.
#[derive(Debug)]
pub(super) struct Bucket {
    hosts: Vec<Arc<Host>>,
    current: AtomicUsize,
}

/// One of its addresses.
#[derive(Debug)]
pub(super) struct Host {
    /// Scheme, host, port, and a path that is not signed; without a slash at its end.
    pub(super) base: String,
    /// The `Host` header.
    pub(super) name: String,
}

impl Bucket {
    /// The bucket that the service named.
    pub(super) fn new(config: &Config, bucket: &str, region: &str) -> Result<Self, Error> {
        for (name, text) in [("StorageBucket", bucket), ("StorageRegion", region)] {
            // It becomes part of a host name, which decides where secrets go.
            let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            if text.is_empty() || !text.bytes().all(fits) {
                let message =
                    format!("{name}: the service returned {text:?}, which can't be part of a host name");
                return Err(Error::new(ErrorKind::Decode, message));
            }
        }
        let host = |base: String| {
            let url = Url::parse(&base).ok()?;
            let name = url.host_str()?;
            let name = url.port().map_or_else(|| name.to_owned(), |port| format!("{name}:{port}"));
            Some(Arc::new(Host { base: base.trim_end_matches('/').to_owned(), name }))
        };
        let hosts: Option<Vec<_>> = config.storage.bases(bucket, region).into_iter().map(host).collect();
        let hosts = hosts.filter(|hosts| !hosts.is_empty()).ok_or_else(|| {
            Error::new(ErrorKind::Config, "storage_endpoint: makes no URL with the service's bucket")
        })?;
        Ok(Self { hosts, current: AtomicUsize::new(0) })
    }

    pub(super) fn host(&self) -> Arc<Host> {
        let at = self.current.load(Ordering::Relaxed) % self.hosts.len();
        Arc::clone(&self.hosts[at])
    }

    /// Goes on with the other address, if this one is still the one in use.
    pub(super) fn leave(&self, host: &Arc<Host>) {
        let at = self.current.load(Ordering::Relaxed);
        if self.hosts.len() > 1 && Arc::ptr_eq(&self.hosts[at % self.hosts.len()], host) {
            let next = (at + 1) % self.hosts.len();
            if self.current.compare_exchange(at, next, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
                tracing::warn!(from = host.name, to = self.hosts[next].name, "storage host changed");
            }
        }
    }
}
