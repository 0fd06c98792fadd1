//! The metadata service, played on this machine.

use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use super::*;

const GOOD: &str = r#"{"TmpSecretId":"AKID1","TmpSecretKey":"k3y-text","ExpiredTime":4102444800,
    "Expiration":"2100-01-01T00:00:00Z","Token":"t0ken-text","Code":"Success"}"#;

/// Answers each path with a status and a body, and keeps the paths.
async fn metadata(
    answers: &'static [(&'static str, u16, &'static str)],
) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let asked = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0);
            }
            let request = String::from_utf8(request).unwrap();
            let path = request.split(' ').nth(1).unwrap().strip_prefix(PATH).unwrap().to_owned();
            let (_, status, body) = answers.iter().find(|(known, ..)| *known == path).unwrap();
            log.lock().unwrap().push(path);
            let head =
                format!("HTTP/1.1 {status} S\r\nconnection: close\r\ncontent-length: {}\r\n\r\n", body.len());
            stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
        }
    });
    (url, asked)
}

fn at(url: &str) -> InstanceRoleProvider {
    InstanceRoleProvider::reading(Variables::of(&[(VARIABLE, url)]))
}

#[tokio::test]
async fn the_role_is_asked_for_and_then_its_credential() {
    let (url, asked) = metadata(&[("", 200, "uploads\n"), ("uploads", 200, GOOD)]).await;
    let credential = at(&url).credential().await.unwrap();
    assert_eq!((credential.secret_id(), credential.secret_key()), ("AKID1", "k3y-text"));
    assert_eq!(credential.token(), Some("t0ken-text"));
    assert_eq!(credential.expires_at(), moment(4_102_444_800));
    assert_eq!(*asked.lock().unwrap(), ["", "uploads"]);
    at("http://127.0.0.1:1").endpoint(&url).role("uploads").credential().await.unwrap();
    assert_eq!(asked.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn a_machine_without_role_or_service_is_passed_over() {
    let (url, _) = metadata(&[("", 404, "")]).await;
    let error = at(&url).credential().await.unwrap_err();
    assert!(error.is_not_configured() && error.to_string() == "the machine has no role", "{error}");
    for empty in ["", "\n", " \r\n"] {
        let answers: &'static [_] = Vec::leak(vec![("", 200, empty)]);
        let (url, asked) = metadata(answers).await;
        let error = at(&url).credential().await.unwrap_err();
        assert!(error.is_not_configured() && error.to_string() == "the machine has no role", "{error}");
        assert_eq!(asked.lock().unwrap().len(), 1);
    }

    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let error = at(&format!("http://{closed}")).credential().await.unwrap_err();
    assert!(
        error.is_not_configured() && error.to_string().starts_with("no metadata service at 127.0.0.1: "),
        "{error}"
    );

    let error = at("off").credential().await.unwrap_err();
    assert!(error.is_not_configured() && error.to_string().contains(VARIABLE), "{error}");
}

#[tokio::test]
async fn a_service_that_does_not_answer_is_given_up_soon() {
    let silent = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let provider = at(&format!("http://{}", silent.local_addr().unwrap()));
    let error = provider.timeout(Duration::from_millis(50)).credential().await.unwrap_err();
    assert!(error.is_not_configured() && error.to_string().contains("no answer in time"), "{error}");
}

#[tokio::test]
async fn a_wrong_answer_is_told_without_its_content() {
    for (status, body, problem) in [
        (200, "<k3y-text>", "something else than a JSON object"),
        (200, r#"{"Code":"Failed","TmpSecretKey":"k3y-text"}"#, "does not answer `Success`"),
        (200, r#"{"Code":"Success","TmpSecretId":"A","TmpSecretKey":"k3y-text"}"#, "TmpSecretKey or Token"),
        (200, r#"{"Code":"Success","TmpSecretId":"A","TmpSecretKey":"k3y-text","Token":"t"}"#, "ExpiredTime"),
        (404, "k3y-text", "knows no role `uploads`"),
        (500, "k3y-text", "HTTP 500"),
    ] {
        let answers: &'static [_] = Vec::leak(vec![("", 200, "uploads"), ("uploads", status, body)]);
        let (url, _) = metadata(answers).await;
        let error = at(&url).credential().await.unwrap_err();
        assert!(!error.is_not_configured() && error.to_string().contains(problem), "{error}");
        assert!(!format!("{error:?}").contains("k3y-text"), "{error:?}");
    }
}

#[tokio::test]
async fn the_name_of_a_role_leads_nowhere_else() {
    for name in ["../../user-data", "a/b", "<html>", "..", "a?b"] {
        let answers: &'static [_] = Vec::leak(vec![("", 200, name)]);
        let (url, asked) = metadata(answers).await;
        let error = at(&url).credential().await.unwrap_err();
        assert!(!error.is_not_configured(), "{name}: {error}");
        assert_eq!(asked.lock().unwrap().len(), 1, "{name}");
    }
    let error = at("no url").credential().await.unwrap_err();
    assert!(!error.is_not_configured() && error.to_string().contains("`no url` is not a URL"), "{error}");
}

#[tokio::test]
async fn a_credential_does_not_come_in_clear_from_far_away() {
    for far in
        ["http://10.0.0.1:1", "http://metadata.example.com", "http://metadata.tencentyun.com.evil.example"]
    {
        let error = at(far).credential().await.unwrap_err();
        assert!(
            !error.is_not_configured() && error.to_string().contains("VOD_ALLOW_PLAIN_HTTP=1"),
            "{far}: {error}"
        );
    }
    let is_near = |url: &str| Service::at(url, TIMEOUT).unwrap().is_near();
    for near in [
        SERVICE,
        "http://169.254.0.23",
        "http://[fe80::1]",
        "http://127.0.0.1:1",
        "http://[::1]:1",
        "http://localhost:1",
        "https://metadata.example.com",
    ] {
        assert!(is_near(near), "{near}");
    }
    let allowed = Variables::of(&[(VARIABLE, "http://10.0.0.1:1"), (ALLOW_PLAIN_HTTP, "1")]);
    let provider = InstanceRoleProvider::reading(allowed).timeout(Duration::from_millis(20));
    let error = provider.credential().await.unwrap_err();
    assert!(error.is_not_configured(), "it was asked: {error}");
    let error = at("http://127.0.0.1:1").timeout(Duration::ZERO).credential().await.unwrap_err();
    assert_eq!(error.to_string(), "timeout: must be greater than zero");
}
