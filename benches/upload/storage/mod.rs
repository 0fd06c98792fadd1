//! Storage that takes everything and keeps nothing but checksums, with the calls of the service around it.

use std::collections::BTreeMap;
use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};

use crc_fast::{CrcAlgorithm, Digest, checksum_combine};

const BUFFER: usize = 256 * 1024;

/// Checksum and length of the parts of each upload.
type Parts = Arc<Mutex<BTreeMap<u32, (u64, u64)>>>;

/// Prints its address and serves until it is killed.
pub(super) fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
    println!("http://{}", listener.local_addr().expect("it has an address"));
    let parts = Parts::default();
    for stream in listener.incoming() {
        let parts = Arc::clone(&parts);
        std::thread::spawn(move || {
            // A client that goes away ends its connection.
            let _ = connection(&stream.expect("a connection is accepted"), &parts);
        });
    }
}

fn connection(stream: &TcpStream, parts: &Parts) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let mut input = BufReader::with_capacity(BUFFER, stream);
    let mut buffer = vec![0; BUFFER];
    loop {
        let mut head = Vec::new();
        let mut line = String::new();
        while input.read_line(&mut line)? > 2 {
            head.push(line.trim_end().to_owned());
            line.clear();
        }
        let Some(request) = head.first().cloned() else { return Ok(()) };
        let header = |name: &str| {
            let fields = head.iter().skip(1).filter_map(|line| line.split_once(':'));
            fields.filter(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim()).next()
        };
        let length = header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if header("expect").is_some() {
            (&*stream).write_all(b"HTTP/1.1 100 Continue\r\n\r\n")?;
        }
        let checksum = checksum(&mut input, length, &mut buffer)?;
        let (headers, body) = answer(&request, header("x-tc-action"), (checksum, length), parts);
        let head = format!(
            "HTTP/1.1 200 OK\r\nx-cos-request-id: c\r\nContent-Length: {}\r\n{headers}\r\n",
            body.len()
        );
        (&*stream).write_all((head + &body).as_bytes())?;
    }
}

/// Reads a body and gives its CRC-64.
fn checksum(input: &mut impl Read, length: u64, buffer: &mut [u8]) -> std::io::Result<u64> {
    let mut digest = Digest::new(CrcAlgorithm::Crc64Xz);
    let mut left = length;
    while left > 0 {
        let most = usize::try_from(left).unwrap_or(usize::MAX).min(buffer.len());
        let read = input.read(&mut buffer[..most])?;
        if read == 0 {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        digest.update(&buffer[..read]);
        left -= read as u64;
    }
    Ok(digest.finalize())
}

/// Headers and body of an answer.
fn answer(request: &str, action: Option<&str>, body: (u64, u64), parts: &Parts) -> (String, String) {
    let mut parts = parts.lock().unwrap_or_else(PoisonError::into_inner);
    match action {
        Some("ApplyUpload") => {
            parts.clear();
            return (String::new(), APPLIED.to_owned());
        }
        Some(_) => {
            let told = r#"{"Response":{"FileId":"1","MediaUrl":"","CoverUrl":"","RequestId":"2"}}"#;
            return (String::new(), told.to_owned());
        }
        None => {}
    }
    let number = request.split("partNumber=").nth(1);
    let number = number.map(|rest| rest.split(|c: char| !c.is_ascii_digit()).next().unwrap_or_default());
    if let Some(number) = number.and_then(|number| number.parse().ok()) {
        parts.insert(number, body);
        let headers = format!("ETag: \"{number}\"\r\nx-cos-hash-crc64ecma: {}\r\n", body.0);
        return (headers, String::new());
    }
    if request.starts_with("POST") && request.contains("uploadId=") {
        let whole = parts
            .values()
            .fold(0, |whole, (part, length)| checksum_combine(CrcAlgorithm::Crc64Xz, whole, *part, *length));
        let result = "<CompleteMultipartUploadResult><Location>h/k</Location><ETag>\"w\"</ETag></CompleteMultipartUploadResult>";
        return (format!("ETag: \"w\"\r\nx-cos-hash-crc64ecma: {whole}\r\n"), result.to_owned());
    }
    if request.starts_with("POST") {
        let begun = "<InitiateMultipartUploadResult><Bucket>b</Bucket><Key>k</Key><UploadId>u</UploadId></InitiateMultipartUploadResult>";
        return (String::new(), begun.to_owned());
    }
    if request.starts_with("GET") {
        // The vendor's SDKs look for earlier uploads; there is none.
        let none =
            "<ListMultipartUploadsResult><IsTruncated>false</IsTruncated></ListMultipartUploadsResult>";
        return (String::new(), none.to_owned());
    }
    (format!("ETag: \"w\"\r\nx-cos-hash-crc64ecma: {}\r\n", body.0), String::new())
}

const APPLIED: &str = r#"{"Response":{"StorageBucket":"bench-1251000333","StorageRegion":"ap-chongqing","VodSessionKey":"k","MediaStoragePath":"/d/f0.mp4","CoverStoragePath":"","TempCertificate":{"SecretId":"AKIDtemporary","SecretKey":"temporary-key","Token":"token","ExpiredTime":4000000000},"RequestId":"1"}}"#;
