//! A raw connection to an emulator, which shows what comes over the wire.

#![allow(dead_code, reason = "every test program uses a part of it")]

use std::io;

use bytes::Bytes;
use http::Request;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use vod_emulator::Emulator;

use crate::signer::HOST;

/// A request as it goes over the wire.
pub(crate) fn request_bytes(request: &Request<Bytes>) -> Vec<u8> {
    let headers = request.headers().iter();
    let lines: Vec<String> =
        headers.map(|(name, value)| format!("{name}: {}\r\n", value.to_str().unwrap())).collect();
    let text = format!(
        "{} {} HTTP/1.1\r\n{}content-length: {}\r\n\r\n",
        request.method(),
        request.uri(),
        lines.concat(),
        request.body().len()
    );
    [text.as_bytes(), request.body()].concat()
}

/// A request without a signature.
pub(crate) fn plain(method: &str, uri: &str, body: &str) -> Request<Bytes> {
    let builder = Request::builder().method(method).uri(uri).header("host", HOST);
    builder.body(body.to_owned().into()).unwrap()
}

/// One connection that is kept between requests.
pub(crate) struct Connection(pub(crate) TcpStream);

impl Connection {
    pub(crate) async fn open(emulator: &Emulator) -> Self {
        Self(TcpStream::connect(emulator.address()).await.unwrap())
    }

    /// Sends a request; the result is the status and the body as JSON.
    pub(crate) async fn send(&mut self, request: &Request<Bytes>) -> (u16, Value) {
        self.write(request).await;
        self.receive().await
    }

    /// Sends a request; one for the host of the tests, which is not signed, goes to the server's own host.
    async fn write(&mut self, request: &Request<Bytes>) {
        let mut request = request.clone();
        if request.headers()["host"] == HOST {
            let own = self.0.peer_addr().unwrap().to_string();
            request.headers_mut().insert("host", own.parse().unwrap());
        }
        self.0.write_all(&request_bytes(&request)).await.unwrap();
    }

    pub(crate) async fn receive(&mut self) -> (u16, Value) {
        let mut bytes = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
                if body.len() >= length.unwrap().parse::<usize>().unwrap() {
                    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
                    return (status, serde_json::from_str(body).unwrap_or_default());
                }
            }
            let mut buffer = [0; 4096];
            let read = self.0.read(&mut buffer).await.unwrap();
            assert_ne!(read, 0, "the connection ended: {text}");
            bytes.extend_from_slice(&buffer[..read]);
        }
    }

    /// Sends a request and receives until the server ends the connection.
    pub(crate) async fn exchange(mut self, request: &Request<Bytes>) -> Received {
        self.write(request).await;
        let mut bytes = Vec::new();
        let end = self.0.read_to_end(&mut bytes).await.map(|_| ());
        Received { bytes, end }
    }
}

/// All that came over a connection until it ended, and how it ended.
#[derive(Debug)]
pub(crate) struct Received {
    pub(crate) bytes: Vec<u8>,
    pub(crate) end: io::Result<()>,
}

impl Received {
    /// Whether the connection was reset before a single byte came.
    pub(crate) fn is_bare_reset(&self) -> bool {
        self.bytes.is_empty()
            && self.end.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::ConnectionReset)
    }

    /// The head and the body.
    pub(crate) fn parts(&self) -> (String, String) {
        let text = String::from_utf8(self.bytes.clone()).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        (head.to_ascii_lowercase(), body.to_owned())
    }

    /// The value of a header, in lower case.
    pub(crate) fn header(&self, name: &str) -> Option<String> {
        let (head, _) = self.parts();
        let line = head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "))?;
        Some(line.to_owned())
    }
}
