//! Takes bodies by hyper alone and drops them: what `benches/emulator/run.py` compares the storage with.

#![allow(clippy::print_stdout, reason = "the bench reads the address")]

use std::convert::Infallible;
use std::error::Error;

use bytes::{Bytes, BytesMut};
use http::{Request, Response};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("listening on http://{}", listener.local_addr()?);
    loop {
        let (stream, _) = listener.accept().await?;
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service_fn(take));
        // A broken connection is the client's affair.
        tokio::spawn(async move { drop(connection.await) });
    }
}

async fn take(request: Request<Incoming>) -> Result<Response<Full<Bytes>>, Infallible> {
    let mut body = request.into_body();
    let mut collected = BytesMut::new();
    while let Some(Ok(frame)) = body.frame().await {
        if let Ok(data) = frame.into_data() {
            collected.extend_from_slice(&data);
        }
    }
    Ok(Response::new(Full::new(Bytes::from(collected.len().to_string()))))
}
