//! Signatures of anything, beside the same written a second time straight from the protocol.

#![allow(clippy::expect_used, reason = "helpers of tests fail by panicking")]

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use time::OffsetDateTime;
use vod_api::Credential;
use vod_api::signature::{Signer, tc3, v1};

/// What a signature by TC3 is made of.
#[derive(Debug, Clone)]
struct Case {
    method: &'static str,
    host: String,
    content_type: String,
    action: Option<String>,
    query: String,
    payload: Option<Vec<u8>>,
    service: String,
    timestamp: u64,
}

impl Case {
    fn parts(&self) -> tc3::Parts<'_> {
        tc3::Parts {
            method: self.method,
            host: &self.host,
            content_type: &self.content_type,
            action: self.action.as_deref(),
            query: &self.query,
            payload: self.payload.as_deref().map_or(tc3::Payload::Unsigned, tc3::Payload::Signed),
            service: &self.service,
            timestamp: self.timestamp,
        }
    }

    /// The headers that are signed, sorted by name.
    fn headers(&self) -> Vec<(&'static str, String)> {
        let mut headers = vec![("host", self.host.clone()), ("content-type", self.content_type.clone())];
        headers.extend(self.action.iter().map(|action| ("x-tc-action", action.to_ascii_lowercase())));
        headers.sort();
        headers
    }

    fn signed_headers(&self) -> String {
        self.headers().iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";")
    }

    fn canonical(&self) -> String {
        let payload = self.payload.as_deref().unwrap_or(b"UNSIGNED-PAYLOAD");
        let lines: Vec<String> =
            self.headers().iter().map(|(name, value)| format!("{name}:{value}\n")).collect();
        let parts = [
            self.method,
            "/",
            &self.query,
            &lines.concat(),
            &self.signed_headers(),
            &hex(&Sha256::digest(payload)),
        ];
        parts.join("\n")
    }

    fn date(&self) -> String {
        let seconds = i64::try_from(self.timestamp).expect("a time of the calendar");
        let date = OffsetDateTime::from_unix_timestamp(seconds).expect("a time of the calendar").date();
        date.to_string()
    }

    fn to_sign(&self) -> String {
        let (date, service) = (self.date(), &self.service);
        let hash = hex(&Sha256::digest(self.canonical()));
        format!("TC3-HMAC-SHA256\n{}\n{date}/{service}/tc3_request\n{hash}", self.timestamp)
    }

    fn authorization(&self, id: &str, key: &str) -> String {
        let mut mac = format!("TC3{key}").into_bytes();
        for step in [&self.date(), &self.service, "tc3_request", &self.to_sign()] {
            mac = hmac::<Hmac<Sha256>>(&mac, step);
        }
        let (date, service, headers) = (self.date(), &self.service, self.signed_headers());
        let signature = hex(&mac);
        format!(
            "TC3-HMAC-SHA256 Credential={id}/{date}/{service}/tc3_request, SignedHeaders={headers}, \
             Signature={signature}"
        )
    }
}

fn hmac<M: Mac + KeyInit>(key: &[u8], text: &str) -> Vec<u8> {
    let mac = <M as KeyInit>::new_from_slice(key).expect("any length will do").chain_update(text);
    mac.finalize().into_bytes().to_vec()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat()
}

/// Up to the end of the year 9999.
const LAST: u64 = 253_402_300_799;

fn case() -> impl Strategy<Value = Case> {
    let method = prop::sample::select(vec!["POST", "GET"]);
    let headers = ("[!-~]{1,30}", "[ -~]{1,40}", option::of("[A-Za-z]{1,20}"));
    let content = ("[!-~]{0,60}", option::of(vec(any::<u8>(), 0..200)));
    (method, headers, content, "[a-z]{1,9}", 0..=LAST).prop_map(
        |(method, (host, content_type, action), (query, payload), service, timestamp)| Case {
            method,
            host,
            content_type,
            action,
            query,
            payload,
            service,
            timestamp,
        },
    )
}

fn parameters() -> impl Strategy<Value = Vec<(String, String)>> {
    vec((any::<String>(), any::<String>()), 0..12)
}

/// The text that the older signatures sign.
fn text_of(method: &str, host: &str, parameters: &[(String, String)]) -> String {
    let mut sorted = parameters.to_vec();
    sorted.sort();
    let pairs: Vec<String> = sorted.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let mark = if pairs.is_empty() { "" } else { "?" };
    format!("{method}{host}/{mark}{}", pairs.join("&"))
}

proptest! {
    #[test]
    fn tc3_is_what_the_protocol_says(case in case(), id in "[!-~]{1,40}", key in "[!-~]{1,80}") {
        let parts = case.parts();
        prop_assert_eq!(tc3::canonical_request(&parts), case.canonical());
        prop_assert_eq!(tc3::string_to_sign(&parts), case.to_sign());
        let signer = Signer::new(Credential::new(id.as_str(), key.as_str()));
        let expected = case.authorization(&id, &key);
        prop_assert_eq!(signer.tc3(&parts), expected.as_str(), "with a key derived for it");
        prop_assert_eq!(signer.tc3(&parts), expected.as_str(), "with the key of before");
    }

    #[test]
    fn one_signer_serves_any_days_and_services(cases in vec(case(), 1..40)) {
        let signer = Signer::new(Credential::new("AKID", "a key"));
        for case in &cases {
            prop_assert_eq!(signer.tc3(&case.parts()), case.authorization("AKID", "a key"));
        }
    }

    #[test]
    fn the_older_signatures_are_what_the_protocol_says(
        parameters in parameters(),
        host in "[!-~]{1,30}",
        method in prop::sample::select(vec!["POST", "GET"]),
        key in "[!-~]{1,80}",
    ) {
        let signer = Signer::new(Credential::new("AKID", key.as_str()));
        let text = text_of(method, &host, &parameters);
        for (algorithm, mac) in [
            (v1::Algorithm::Sha256, hmac::<Hmac<Sha256>>(key.as_bytes(), &text)),
            (v1::Algorithm::Sha1, hmac::<Hmac<Sha1>>(key.as_bytes(), &text)),
        ] {
            let parts = v1::Parts { algorithm, method, host: &host, path: "/", parameters: &parameters };
            prop_assert_eq!(v1::string_to_sign(&parts), text.as_str());
            prop_assert_eq!(signer.v1(&parts), STANDARD.encode(mac));
        }
    }

    #[test]
    fn the_order_of_parameters_does_not_matter(
        (parameters, shuffled) in parameters().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
    ) {
        let signer = Signer::new(Credential::new("AKID", "a key"));
        let of = |parameters: &[(String, String)]| {
            let algorithm = v1::Algorithm::Sha256;
            signer.v1(&v1::Parts { algorithm, method: "GET", host: "vod.example.com", path: "/", parameters })
        };
        prop_assert_eq!(of(&parameters), of(&shuffled));
    }
}
