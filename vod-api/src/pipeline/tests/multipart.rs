//! Multipart bodies.

use super::fixture::ConfirmRequest;
use crate::credential::Credential;
use crate::pipeline::multipart::{content_type, encode, quoted, random_boundary};
use crate::signature::{Signer, tc3};

/// The vendor's own Python SDK (3.1.195) sent the body, and signed it, at a fixed time.
#[test]
fn the_vendors_sdk_writes_and_signs_the_same() {
    let boundary = "0123456789abcdef0123456789abcdef";
    let request = ConfirmRequest { ext_info: Some("text".to_owned()), ..ConfirmRequest::new(["h1"]) };
    let body = encode(&request, boundary);
    let expected = "--0123456789abcdef0123456789abcdef\r\nContent-Disposition: form-data; name=\"EventHandles\"\r\n\
        Content-Type: application/json\r\n\r\n[\"h1\"]\r\n--0123456789abcdef0123456789abcdef\r\nContent-Disposition: \
        form-data; name=\"ExtInfo\"\r\n\r\ntext\r\n--0123456789abcdef0123456789abcdef--\r\n";
    assert_eq!(body, expected);
    let credential =
        Credential::new("AKIDEXAMPLE0000000000000000000000000", "SecretKeyEXAMPLE0000000000000000");
    let authorization = Signer::new(credential).tc3(&tc3::Parts {
        method: "POST",
        host: "vod.tencentcloudapi.com",
        content_type: &content_type(boundary),
        action: None,
        query: "",
        payload: tc3::Payload::Signed(&body),
        service: "vod",
        timestamp: 1_700_000_000,
    });
    let signature = "5d62f182803ac32bee79458161756424a712fba759dec8412ad37bf2e1775da4";
    assert!(authorization.ends_with(signature), "{authorization}");
}

#[test]
fn names_cannot_leave_their_quotation_marks() {
    assert_eq!(quoted("a\"\r\nb"), "\"a%22%0D%0Ab\"");
}

#[test]
fn boundaries_differ() {
    let (one, other) = (random_boundary(), random_boundary());
    assert_eq!((one.len(), other.len()), (32, 32));
    assert_ne!(one, other);
}
