//! The connection to a broker that says nothing, or that would take a password in clear.

use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::timeout;
use vod_emulator::samples;

use crate::nats_server::{NatsServer, USER};
use crate::program::Relay;
use crate::start_emulator;

/// What a broker without TLS says first.
const INFO: &str = concat!(
    r#"INFO {"server_id":"x","server_name":"x","version":"2.9.10","go":"go","host":"127.0.0.1","port":4222,"#,
    r#""headers":true,"max_payload":1048576,"proto":1}"#,
    "\r\n"
);
const PASSWORD: &str = "broker-password";
/// Far less than the time that a connection may take, and enough for a process to end on a busy machine.
const AT_ONCE: Duration = Duration::from_secs(3);
const TIME_LIMIT: Duration = Duration::from_secs(30);

async fn listen() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("nats://{}", listener.local_addr().unwrap());
    (listener, url)
}

async fn accept(listener: &TcpListener) -> TcpStream {
    timeout(TIME_LIMIT, listener.accept()).await.expect("the relay connects").unwrap().0
}

#[tokio::test]
async fn a_stop_signal_ends_a_relay_whose_broker_is_mute() {
    let emulator = start_emulator().await;
    let (listener, url) = listen().await;
    let mut relay = Relay::start(&emulator, &url);
    let _mute = accept(&listener).await;
    relay.terminate().await;
    let (status, log) = timeout(AT_ONCE, relay.ended()).await.expect("it ends at once");
    assert!(status.success(), "{log}");
    assert!(log.contains("asked to stop before the broker answered"), "{log}");
}

#[tokio::test]
async fn a_stop_signal_ends_a_relay_whose_broker_becomes_mute_after_its_greeting() {
    let emulator = start_emulator().await;
    let (listener, url) = listen().await;
    let mut relay = Relay::start(&emulator, &url);
    let mut mute = accept(&listener).await;
    mute.write_all(INFO.as_bytes()).await.unwrap();
    // It has understood the greeting when it introduces itself.
    timeout(TIME_LIMIT, mute.read_u8()).await.unwrap().unwrap();
    relay.terminate().await;
    let (status, log) = timeout(AT_ONCE, relay.ended()).await.expect("it ends at once");
    assert!(status.success(), "{log}");
}

#[tokio::test]
async fn a_certificate_authority_requires_tls_and_no_password_is_sent_in_clear() {
    let emulator = start_emulator().await;
    let (listener, url) = listen().await;
    let authority = std::env::temp_dir().join(format!("vod-relay-ca-{}.pem", std::process::id()));
    std::fs::write(&authority, "").unwrap();
    let arguments = ["--nats-ca", authority.to_str().unwrap()];
    let mut relay = Relay::start_with(&emulator, &url, Some(("relay", PASSWORD)), &arguments);
    let mut stream = accept(&listener).await;
    stream.write_all(INFO.as_bytes()).await.unwrap();
    let mut sent = Vec::new();
    let reading = async {
        while !sent.ends_with(b"\r\n") && stream.read_buf(&mut sent).await.unwrap() > 0 {
            // A TLS record says its length in its head.
            if sent.len() > 5 && sent.len() >= 5 + usize::from(u16::from_be_bytes([sent[3], sent[4]])) {
                break;
            }
        }
    };
    timeout(TIME_LIMIT, reading).await.expect("the relay says something");
    drop(stream);
    let clear = String::from_utf8_lossy(&sent);
    assert_eq!(sent.first(), Some(&0x16), "a TLS handshake: {clear}");
    assert!(!clear.contains(PASSWORD));
    let (status, log) = timeout(TIME_LIMIT, relay.ended()).await.unwrap();
    std::fs::remove_file(&authority).unwrap();
    assert_eq!(status.code(), Some(1), "{log}");
    assert!(log.contains("TLS is required") && !log.contains(PASSWORD), "{log}");
}

#[tokio::test]
#[ignore = "needs a nats-server; run by examples/tests/run_relay.sh"]
async fn events_reach_a_broker_by_tls_that_is_trusted_by_its_authority_alone() {
    let emulator = start_emulator().await;
    let broker = NatsServer::start_with_tls(PASSWORD).await;
    for event in samples::events(3) {
        emulator.publish_raw(0, event.to_string()).unwrap();
    }
    let user = Some((USER, PASSWORD));

    let mut relay = Relay::start_as(&emulator, &broker.url(), user);
    let (status, log) = timeout(TIME_LIMIT, relay.ended()).await.unwrap();
    assert_eq!(status.code(), Some(1), "a certificate of an unknown authority: {log}");
    assert!(!log.contains(PASSWORD), "{log}");
    assert_eq!(broker.messages().await, 0);

    let certificate = broker.certificate();
    let arguments = ["--nats-ca", certificate.to_str().unwrap()];
    let mut relay = Relay::start_with(&emulator, &broker.url(), user, &arguments);
    timeout(TIME_LIMIT, broker.wait_for_messages(3)).await.expect("the events arrive");
    relay.terminate().await;
    let (status, log) = timeout(TIME_LIMIT, relay.ended()).await.unwrap();
    assert!(status.success(), "{log}");
    assert!(!log.contains(PASSWORD), "{log}");
    assert_eq!(emulator.state().confirmed, 3, "{log}");
}
