//! The endpoint of uploads: the vendor's object storage, or another address.

use reqwest::Url;

use super::is_loopback;

const BUCKET: &str = "{bucket}";
const REGION: &str = "{region}";

/// Where a client's uploads go.
///
/// A text is a template of a URL, in which `{bucket}` and `{region}` stand for what the service names:
/// `http://127.0.0.1:9410/_storage/{bucket}` is the storage of an emulator. A path in it is not part of what is signed,
/// as for a proxy that strips it.
///
/// ```
/// use vod_api::{Client, Credential};
/// use vod_api::upload::StorageEndpoint;
///
/// let credential = Credential::new("AKID-example", "key-example");
/// let client = Client::builder().credential(credential).storage_endpoint(StorageEndpoint::accelerated()).build()?;
/// # Ok::<(), vod_api::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StorageEndpoint(Choice);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Choice {
    Regional,
    Accelerated,
    Template(String),
}

impl StorageEndpoint {
    /// The region's own: `https://{bucket}.cos.{region}.myqcloud.com`, and where its name can't be reached or something
    /// else answers in its place, `https://{bucket}.cos.{region}.tencentcos.cn`.
    pub fn regional() -> Self {
        Self(Choice::Regional)
    }

    /// The nearest access point of the vendor's network, `https://{bucket}.cos.accelerate.myqcloud.com`. Global
    /// acceleration must be enabled for the bucket.
    pub fn accelerated() -> Self {
        Self(Choice::Accelerated)
    }
}

impl Default for StorageEndpoint {
    fn default() -> Self {
        Self::regional()
    }
}

impl From<&str> for StorageEndpoint {
    fn from(template: &str) -> Self {
        Self(Choice::Template(template.to_owned()))
    }
}

impl From<String> for StorageEndpoint {
    fn from(template: String) -> Self {
        Self(Choice::Template(template))
    }
}

impl StorageEndpoint {
    /// The storage of what is called at this address, as the emulator has it.
    pub(crate) fn beneath(address: &str) -> Self {
        Self(Choice::Template(format!("{}/_storage/{BUCKET}", address.trim_end_matches('/'))))
    }

    /// Checks a template: the message says what is wrong with it. `None` if requests to it would be encrypted, or stay
    /// on this machine; otherwise the host that they would go to in clear.
    pub(crate) fn check(&self) -> Result<Option<String>, String> {
        let Choice::Template(template) = &self.0 else { return Ok(None) };
        if template.contains('@') {
            return Err("must not contain a user name or password: requests are signed".to_owned());
        }
        let url = filled(template, "bucket-1", "ap-guangzhou");
        let url =
            Url::parse(&url).map_err(|error| format!("`{template}` is not a template of a URL: {error}"))?;
        if !matches!(url.scheme(), "https" | "http") {
            return Err(format!("`{template}` must be an https or http URL"));
        }
        if url.query().is_some() || url.fragment().is_some() {
            return Err(format!("`{template}` must have only a scheme, a host, a port and a path"));
        }
        if !template.contains(BUCKET) {
            return Err(format!("`{template}` must contain {BUCKET}, where the name of the bucket belongs"));
        }
        let host = url.host_str().unwrap_or_default();
        let is_safe = url.scheme() == "https" || is_loopback(host) || host.ends_with(".localhost");
        Ok((!is_safe).then(|| host.to_owned()))
    }

    /// The addresses of a bucket, the preferred one first.
    pub(crate) fn bases(&self, bucket: &str, region: &str) -> Vec<String> {
        let template: &[&str] = match &self.0 {
            Choice::Regional => {
                &["https://{bucket}.cos.{region}.myqcloud.com", "https://{bucket}.cos.{region}.tencentcos.cn"]
            }
            Choice::Accelerated => &["https://{bucket}.cos.accelerate.myqcloud.com"],
            Choice::Template(template) => &[template.as_str()],
        };
        template.iter().map(|template| filled(template, bucket, region)).collect()
    }
}

fn filled(template: &str, bucket: &str, region: &str) -> String {
    template.replace(BUCKET, bucket).replace(REGION, region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_checked() {
        let check = |template: &str| StorageEndpoint::from(template).check();
        assert_eq!(check("https://{bucket}.storage.example"), Ok(None));
        assert_eq!(check("http://127.0.0.1:9410/_storage/{bucket}"), Ok(None));
        assert_eq!(check("http://[::1]:9410/{region}/{bucket}/"), Ok(None));
        assert_eq!(check("http://{bucket}.localhost:9410"), Ok(None));
        assert_eq!(check("http://emulator:9410/_storage/{bucket}"), Ok(Some("emulator".to_owned())));
        for (template, problem) in [
            ("https://storage.example", "must contain {bucket}"),
            ("ftp://{bucket}.example", "must be an https or http URL"),
            ("https://user:secret@{bucket}.example", "must not contain a user name or password"),
            ("https://{bucket}.example?a", "only a scheme, a host, a port and a path"),
            ("{bucket}.example", "is not a template of a URL"),
        ] {
            let error = check(template).unwrap_err();
            assert!(error.contains(problem) && !error.contains("secret"), "{template}: {error}");
        }
    }

    #[test]
    fn the_vendors_hosts_are_named_after_bucket_and_region() {
        let bases = |endpoint: StorageEndpoint| endpoint.bases("b-1", "ap-chongqing");
        assert_eq!(
            bases(StorageEndpoint::default()),
            ["https://b-1.cos.ap-chongqing.myqcloud.com", "https://b-1.cos.ap-chongqing.tencentcos.cn"]
        );
        assert_eq!(bases(StorageEndpoint::accelerated()), ["https://b-1.cos.accelerate.myqcloud.com"]);
        assert_eq!(
            bases(StorageEndpoint::beneath("http://127.0.0.1:9410/")),
            ["http://127.0.0.1:9410/_storage/b-1"]
        );
    }
}
