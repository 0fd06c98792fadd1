//! The storage operation of a request, from its host, path, method and query.

use std::borrow::Cow;

use http::header::HOST;
use http::{Method, Request, Uri};
use percent_encoding::percent_decode_str;

use crate::storage::paths::PREFIX;
use crate::storage::signature::is_signed;

/// The ends of the storage's hosts, behind `BUCKET.cos.REGION`.
const DOMAINS: [&str; 2] = [".myqcloud.com", ".tencentcos.cn"];

macro_rules! operations {
    ($($operation:ident),+ $(,)?) => {
        /// One operation of the storage.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Operation { $($operation),+ }

        impl Operation {
            /// The names of all operations.
            pub(crate) const NAMES: &[&str] = &[$(stringify!($operation)),+];

            /// The name by which faults and logs know it.
            pub(crate) fn name(self) -> &'static str {
                match self { $(Self::$operation => stringify!($operation)),+ }
            }
        }
    };
}

operations! {
    PutObject,
    HeadObject,
    GetObject,
    InitiateMultipartUpload,
    UploadPart,
    ListParts,
    ListMultipartUploads,
    CompleteMultipartUpload,
    AbortMultipartUpload,
}

/// Where a request to the storage goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Target {
    /// The bucket; none if only the signature tells it.
    pub(crate) bucket: Option<String>,
    /// The path as it was signed, decoded, with its first slash.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    /// None if the storage knows no such request.
    pub(crate) operation: Option<Operation>,
}

/// The bucket that a host such as `BUCKET.cos.ap-chongqing.myqcloud.com` names.
pub(crate) fn bucket_of_host(host: &str) -> Option<&str> {
    let host = host.split(':').next().unwrap_or_default();
    let name = DOMAINS.iter().find_map(|domain| host.strip_suffix(domain))?;
    let (bucket, region) = name.split_once(".cos.")?;
    let is_label = |text: &str| {
        !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    (is_label(bucket) && is_label(region)).then_some(bucket)
}

fn host<B>(request: &Request<B>) -> &str {
    let header = request.headers().get(HOST).and_then(|host| host.to_str().ok());
    header.or(request.uri().host()).unwrap_or_default()
}

/// Whether a request is one to the storage. A signature of the storage tells it where neither host nor path do.
pub(crate) fn is_for_storage<B>(request: &Request<B>) -> bool {
    let path = request.uri().path();
    path.starts_with(PREFIX)
        || bucket_of_host(&host(request).to_ascii_lowercase()).is_some()
        || !path.starts_with("/_") && is_signed(request)
}

impl Target {
    /// Where the request goes; none if its path or query are not UTF-8.
    pub(crate) fn of<B>(request: &Request<B>) -> Option<Self> {
        let uri: &Uri = request.uri();
        let query = query_pairs(uri.query().unwrap_or_default())?;
        let (bucket, path): (Option<String>, Cow<'_, str>) = match uri.path().strip_prefix(PREFIX) {
            Some(rest) => {
                let (bucket, key) = rest.split_once('/').unwrap_or((rest, ""));
                (Some(decode_path(bucket)?), format!("/{key}").into())
            }
            None => {
                (bucket_of_host(&host(request).to_ascii_lowercase()).map(str::to_owned), uri.path().into())
            }
        };
        let path = decode_path(&path)?;
        let has = |name: &str| query.iter().any(|(known, _)| known == name);
        let at_root = path == "/";
        let method = request.method();
        let operation = match (at_root, has("uploads"), has("uploadId")) {
            (true, true, _) if method == Method::GET => Some(Operation::ListMultipartUploads),
            (false, true, false) if method == Method::POST => Some(Operation::InitiateMultipartUpload),
            (false, false, true) => match *method {
                Method::PUT if has("partNumber") => Some(Operation::UploadPart),
                Method::GET => Some(Operation::ListParts),
                Method::POST => Some(Operation::CompleteMultipartUpload),
                Method::DELETE => Some(Operation::AbortMultipartUpload),
                _ => None,
            },
            (false, false, false) => match *method {
                Method::PUT => Some(Operation::PutObject),
                Method::GET => Some(Operation::GetObject),
                Method::HEAD => Some(Operation::HeadObject),
                _ => None,
            },
            _ => None,
        };
        Some(Self { bucket, path, query, operation })
    }

    /// A parameter of the query.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A path without its escapes; none if it is not UTF-8.
pub(crate) fn decode_path(path: &str) -> Option<String> {
    percent_decode_str(path).decode_utf8().ok().map(Cow::into_owned)
}

/// The parameters of a query. A plus sign stands for itself.
pub(crate) fn query_pairs(query: &str) -> Option<Vec<(String, String)>> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        Some((decode_path(name)?, decode_path(value)?))
    });
    pairs.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn target(method: &str, uri: &str, host: &str) -> Target {
        Target::of(&Request::builder().method(method).uri(uri).header("host", host).body(()).unwrap())
            .unwrap()
    }

    #[test]
    fn tells_operations_and_buckets() {
        let own = "127.0.0.1:9410";
        let real = "b-1.cos.ap-chongqing.myqcloud.com";
        for (method, uri, host, operation, bucket, path) in [
            ("PUT", "/a/b.mp4", real, "PutObject", Some("b-1"), "/a/b.mp4"),
            ("PUT", "/_storage/b-1/a/b.mp4", own, "PutObject", Some("b-1"), "/a/b.mp4"),
            ("PUT", "/a/b%20c.mp4?partNumber=1&uploadId=x", own, "UploadPart", None, "/a/b c.mp4"),
            ("GET", "/_storage/b-1/?uploads&prefix=a", own, "ListMultipartUploads", Some("b-1"), "/"),
            ("GET", "/_storage/b-1?uploads", own, "ListMultipartUploads", Some("b-1"), "/"),
            ("POST", "/a?uploads", real, "InitiateMultipartUpload", Some("b-1"), "/a"),
            ("POST", "/a?uploadId=x", real, "CompleteMultipartUpload", Some("b-1"), "/a"),
            ("DELETE", "/a?uploadId=x", real, "AbortMultipartUpload", Some("b-1"), "/a"),
            ("GET", "/a?uploadId=x", real, "ListParts", Some("b-1"), "/a"),
            ("HEAD", "/a", real, "HeadObject", Some("b-1"), "/a"),
        ] {
            let target = target(method, uri, host);
            assert_eq!(target.operation.map(Operation::name), Some(operation), "{method} {uri}");
            assert_eq!((target.bucket.as_deref(), target.path.as_str()), (bucket, path), "{method} {uri}");
        }
        for (method, uri) in [("DELETE", "/a"), ("POST", "/a"), ("PUT", "/"), ("GET", "/")] {
            assert_eq!(target(method, uri, real).operation, None, "{method} {uri}");
        }
    }

    #[test]
    fn only_hosts_of_the_storage_name_a_bucket() {
        assert_eq!(bucket_of_host("b.cos.ap-x.tencentcos.cn:80"), Some("b"));
        for host in [
            "b.cos.ap-x.myqcloud.com.evil",
            "cos.ap-x.myqcloud.com",
            ".cos.x.myqcloud.com",
            "a.b.cos.x.myqcloud.com",
        ] {
            assert_eq!(bucket_of_host(host), None, "{host}");
        }
    }
}
