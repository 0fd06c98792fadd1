//! A request as somebody captured it: request line, headers, an empty line, the body.

use vod_api::signature::explain::SentRequest;

/// A captured request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Captured {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: String,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) body: Vec<u8>,
    /// What the reader of the explanation should know about the capture.
    pub(crate) notes: Vec<String>,
}

impl Captured {
    /// Reads the text of an HTTP/1.1 request. Lines may start with `> `, as `curl --verbose` prints them, and end
    /// with or without a carriage return.
    pub(crate) fn parse(text: &[u8]) -> Result<Self, String> {
        let (head, body) = split(text);
        let head =
            str::from_utf8(head).map_err(|_| "the request line and the headers must be UTF-8".to_owned())?;
        let mut lines = head.lines().map(|line| line.strip_prefix("> ").unwrap_or(line).trim_end());
        let first = lines.find(|line| !line.is_empty()).ok_or("the request is empty")?;
        let (method, target) = request_line(first)?;
        let mut headers = Vec::new();
        for line in lines.filter(|line| !line.is_empty() && *line != ">") {
            let (name, value) =
                line.split_once(':').filter(|(name, _)| is_header_name(name)).ok_or_else(|| {
                    format!(
                        "`{}` is not a header; write `Name: value`, and an empty line before the body",
                        cut(line)
                    )
                })?;
            headers.push((name.to_owned(), value.trim().to_owned()));
        }
        let (authority, path, query) = split_target(target);
        if let Some(authority) = authority
            && !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host"))
        {
            headers.push(("Host".to_owned(), authority.to_owned()));
        }
        let mut captured = Self {
            method: method.to_owned(),
            path: path.to_owned(),
            query: query.to_owned(),
            headers,
            body: body.to_vec(),
            notes: Vec::new(),
        };
        captured.obey_content_length();
        Ok(captured)
    }

    /// Cuts what an editor or a shell added after the body.
    fn obey_content_length(&mut self) {
        let Some(length) =
            self.as_sent().header("content-length").and_then(|text| text.parse::<usize>().ok())
        else {
            return;
        };
        if length < self.body.len() {
            self.body.truncate(length);
        } else if length > self.body.len() {
            let captured = self.body.len();
            self.notes.push(format!(
                "Content-Length is {length}, but the captured body has {captured} bytes: the hash of the body cannot agree"
            ));
        }
    }

    pub(crate) fn as_sent(&self) -> SentRequest<'_> {
        SentRequest {
            method: &self.method,
            path: &self.path,
            query: &self.query,
            headers: &self.headers,
            body: &self.body,
        }
    }

    /// Sets a header in place of those of the same name.
    pub(crate) fn set_header(&mut self, name: &str, value: &str) {
        self.headers.retain(|(header, _)| !header.eq_ignore_ascii_case(name));
        self.headers.push((name.to_owned(), value.trim().to_owned()));
    }
}

/// Head and body of a request's text.
fn split(text: &[u8]) -> (&[u8], &[u8]) {
    let start = text.iter().take_while(|byte| byte.is_ascii_whitespace()).count();
    let text = &text[start..];
    let ends: [&[u8]; 3] = [b"\r\n\r\n", b"\n\n", b"\n> \n"];
    let end = ends.iter().filter_map(|end| Some((find(text, end)?, end.len()))).min();
    end.map_or((text, &[]), |(at, length)| (&text[..at], &text[at + length..]))
}

fn find(text: &[u8], wanted: &[u8]) -> Option<usize> {
    text.windows(wanted.len()).position(|window| window == wanted)
}

fn request_line(line: &str) -> Result<(&str, &str), String> {
    let mut words = line.split(' ');
    let (Some(method), Some(target)) = (words.next(), words.next()) else {
        return Err(format!("`{}` is not a request line such as `POST / HTTP/1.1`", cut(line)));
    };
    let is_method = !method.is_empty() && method.bytes().all(|byte| byte.is_ascii_alphabetic());
    if !is_method || words.next().is_some_and(|version| !version.starts_with("HTTP/")) {
        return Err(format!("`{}` is not a request line such as `POST / HTTP/1.1`", cut(line)));
    }
    Ok((method, target))
}

/// Authority, path and query of a request's target, which a proxy gets as a whole URL.
fn split_target(target: &str) -> (Option<&str>, &str, &str) {
    let (target, query) = target.split_once('?').unwrap_or((target, ""));
    let Some((_, rest)) = target.split_once("://") else {
        return (None, if target.is_empty() { "/" } else { target }, query);
    };
    match rest.find('/') {
        Some(slash) => (Some(&rest[..slash]), &rest[slash..], query),
        None => (Some(rest), "/", query),
    }
}

fn is_header_name(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte))
}

fn cut(line: &str) -> String {
    line.chars().take(60).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    const REQUEST: &str = "POST /?a=b HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\n{}\n";

    #[test]
    fn a_request_is_read_in_every_usual_form() {
        let plain = Captured::parse(REQUEST.as_bytes()).unwrap();
        assert_eq!((&*plain.method, &*plain.path, &*plain.query), ("POST", "/", "a=b"));
        assert_eq!(plain.body, b"{}", "what follows Content-Length is no part of it");
        let unix = Captured::parse(REQUEST.replace('\r', "").as_bytes()).unwrap();
        let curl = REQUEST.replace('\r', "").replace("POST", "> POST").replace("\nHost", "\n> Host");
        let curl = curl.replace("\nContent", "\n> Content").replace("\n\n", "\n> \n");
        assert_eq!((&plain, &plain), (&unix, &Captured::parse(curl.as_bytes()).unwrap()));
        let proxied = Captured::parse(b"GET http://h:1/?x=1 HTTP/1.1\n\n").unwrap();
        assert_eq!((proxied.as_sent().header("HOST"), &*proxied.query), (Some("h:1"), "x=1"));
    }

    #[test]
    fn a_body_that_is_cut_off_is_told() {
        let captured = Captured::parse(b"POST / HTTP/1.1\nContent-Length: 9\n\n{}").unwrap();
        assert!(captured.notes[0].starts_with("Content-Length is 9, but the captured body has 2 bytes"));
    }

    #[test]
    fn what_is_no_request_is_refused_with_its_line() {
        for (text, part) in [
            ("", "empty"),
            ("hello", "`hello` is not a request line"),
            ("POST / HTTP/1.1\n{\"a\":1}\n", "is not a header"),
            ("a b c", "is not a request line"),
        ] {
            let error = Captured::parse(text.as_bytes()).unwrap_err();
            assert!(error.contains(part), "{error}");
        }
        assert!(Captured::parse(b"POST / HTTP/1.1\nA: \xff\n\n").is_err());
    }
}
