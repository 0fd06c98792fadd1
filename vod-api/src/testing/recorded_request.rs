//! A request that a mock has recorded.

use std::fmt;

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Method, Request, Uri};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

/// A request that was sent. `Debug` shows neither its signature nor its token.
#[derive(Clone)]
pub struct RecordedRequest {
    action: String,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
}

impl RecordedRequest {
    pub(super) fn new(request: &Request<Bytes>) -> Self {
        let mut sent = Self {
            action: String::new(),
            method: request.method().clone(),
            uri: request.uri().clone(),
            headers: request.headers().clone(),
            body: request.body().clone(),
        };
        let by_parameter = || sent.parameters()["Action"].as_str().map(str::to_owned);
        sent.action = sent.header("x-tc-action").map(str::to_owned).or_else(by_parameter).unwrap_or_default();
        sent
    }

    /// The name of the action.
    pub fn action(&self) -> &str {
        &self.action
    }

    /// `POST` or `GET`.
    pub fn method(&self) -> &str {
        self.method.as_str()
    }

    /// The host that it was sent to, with its port if it has one.
    pub fn host(&self) -> &str {
        self.uri.authority().map_or("", |authority| authority.as_str())
    }

    /// A header's value, if it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The body.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// The seconds since 1970 that it was signed with.
    pub fn timestamp(&self) -> Option<u64> {
        let by_parameter = || self.parameters()["Timestamp"].as_str()?.parse().ok();
        self.header("x-tc-timestamp").map_or_else(by_parameter, |text| text.parse().ok())
    }

    /// The parameters as an object, from the body or the query. Those of a query or form are all strings.
    pub fn parameters(&self) -> Value {
        if let Ok(value) = serde_json::from_slice::<Value>(&self.body)
            && value.is_object()
        {
            return value;
        }
        let form = str::from_utf8(&self.body).unwrap_or_default();
        let mut root = Value::Object(Map::new());
        for text in [self.uri.query().unwrap_or_default(), form] {
            for (name, value) in text.split('&').filter_map(|pair| pair.split_once('=')) {
                insert(&mut root, &decoded(name), decoded(value));
            }
        }
        lists(root)
    }
}

impl fmt::Debug for RecordedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RecordedRequest")
            .field("action", &self.action)
            .field("method", &self.method)
            .field("host", &self.host())
            .field("signed", &self.headers.contains_key(AUTHORIZATION))
            .finish_non_exhaustive()
    }
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Puts a value at a flattened name, `Filters.0.Name`, with lists as objects for now.
fn insert(root: &mut Value, name: &str, value: String) {
    let mut place = root;
    for step in name.split('.') {
        if !place.is_object() {
            *place = Value::Object(Map::new());
        }
        place = &mut place[step];
    }
    *place = value.into();
}

/// Turns objects whose names are 0, 1, 2 and so on into lists.
fn lists(value: Value) -> Value {
    let Value::Object(members) = value else { return value };
    let is_list = !members.is_empty() && (0..members.len()).all(|i| members.contains_key(&i.to_string()));
    if !is_list {
        return members.into_iter().map(|(name, value)| (name, lists(value))).collect();
    }
    let mut numbered: Vec<(usize, Value)> =
        members.into_iter().map(|(name, value)| (name.parse().unwrap_or_default(), lists(value))).collect();
    numbered.sort_by_key(|(index, _)| *index);
    numbered.into_iter().map(|(_, value)| value).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn parameters_are_read_from_body_and_query() {
        let query = "http://h/?Action=A&Ids.1=b&Ids.0=a%26&Filters.0.Name=n&Filters.0.Values.0=v&Limit=7";
        let request = Request::get(query).body(Bytes::new()).unwrap();
        let sent = RecordedRequest::new(&request);
        assert_eq!(sent.action(), "A");
        let expected = json!({
            "Action": "A", "Ids": ["a&", "b"], "Limit": "7", "Filters": [{"Name": "n", "Values": ["v"]}],
        });
        assert_eq!(sent.parameters(), expected);

        let post = Request::post("http://h:1/").header("x-tc-action", "B").body(Bytes::from(r#"{"N":1}"#));
        let sent = RecordedRequest::new(&post.unwrap());
        assert_eq!((sent.action(), sent.host(), sent.parameters()), ("B", "h:1", json!({"N": 1})));
    }

    #[test]
    fn debug_shows_no_signature() {
        let request =
            Request::get("http://h/?Signature=abc").header("authorization", "s3cret").body(Bytes::new());
        let shown = format!("{:?}", RecordedRequest::new(&request.unwrap()));
        assert!(!shown.contains("abc") && !shown.contains("s3cret"), "{shown}");
    }
}
