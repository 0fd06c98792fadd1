//! Any parameters are flattened, encoded and signed, and what was encoded reads as it was.
#![no_main]

use libfuzzer_sys::fuzz_target;
use percent_encoding::percent_decode_str;
use vod_api::internal::fuzz;
use vod_api::signature::{Signer, tc3, v1};
use vod_api::vod::{ConfirmEventsRequest, ModifyEventConfigRequest, PullEventsResponse};
use vod_api::{Credential, Record};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let parameters: Vec<(String, String)> = text
        .lines()
        .map(|line| line.split_once('\u{0}').unwrap_or((line, "")))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    travel(&parameters);
    sign(&parameters, data);

    flatten(serde_json::from_slice::<ConfirmEventsRequest>(data).ok().as_ref());
    flatten(serde_json::from_slice::<ModifyEventConfigRequest>(data).ok().as_ref());
    // No request: it has the deepest objects that there are here.
    flatten(serde_json::from_slice::<PullEventsResponse>(data).ok().as_ref());
});

fn flatten<T: Record>(request: Option<&T>) {
    let Some(request) = request else { return };
    let flat = fuzz::flat(request);
    let mut names: Vec<&String> = flat.iter().map(|(name, _)| name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a name is given twice: {names:?}");
    travel(&flat);
}

/// Parameters survive their way through a query.
fn travel(parameters: &[(String, String)]) {
    let encoded = fuzz::form_encoded(parameters);
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%&=".contains(&byte);
    assert!(encoded.bytes().all(is_plain), "{encoded}");
    let decode = |half: &str| percent_decode_str(half).decode_utf8().expect("it was UTF-8").into_owned();
    let halves =
        encoded.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').expect("a pair"));
    let again: Vec<_> = halves.map(|(name, value)| (decode(name), decode(value))).collect();
    assert_eq!(again, parameters);
}

/// Neither the order of parameters nor any content stops a signature.
fn sign(parameters: &[(String, String)], payload: &[u8]) {
    let signer = Signer::new(Credential::new("AKIDEXAMPLE", "SecretKeyEXAMPLE"));
    let reversed: Vec<_> = parameters.iter().rev().cloned().collect();
    for algorithm in [v1::Algorithm::Sha256, v1::Algorithm::Sha1] {
        let of = |parameters| {
            signer.v1(&v1::Parts { algorithm, method: "GET", host: "vod.example.com", path: "/", parameters })
        };
        assert_eq!(of(parameters), of(&reversed));
    }
    let query = fuzz::form_encoded(parameters);
    let timestamp = payload.iter().take(8).fold(0, |all, byte| all << 8 | u64::from(*byte));
    let authorization = signer.tc3(&tc3::Parts {
        method: "POST",
        host: "vod.example.com",
        content_type: "application/json",
        action: None,
        query: &query,
        payload: tc3::Payload::Signed(payload),
        service: "vod",
        timestamp,
    });
    let (_, signature) = authorization.rsplit_once("Signature=").expect("it has a signature");
    assert!(signature.len() == 64 && signature.bytes().all(|byte| byte.is_ascii_hexdigit()));
}
