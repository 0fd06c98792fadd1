//! The signatures that back ends hand out: the vendor's published values, values checked with a second
//! implementation, and uses that people get wrong.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;
use vod_api::sign::{
    CallbackSignature, Content, HotlinkUrl, PlayerSignature, Resolution, Scheme, TaskNotifyMode,
    UploadSignature, VerifyError,
};
use vod_api::{Credential, Error};

const KEY: &str = "24FEQmTzro4V5u3D5epW";
const FILE: &str = "https://h.example/dir/a.m3u8";

fn vectors(kind: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../../tests/vectors/vod_signatures.json")).unwrap();
    all[kind].as_array().unwrap().clone()
}

fn at(seconds: u64) -> SystemTime {
    UNIX_EPOCH + Duration::from_secs(seconds)
}

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn credential() -> Credential {
    Credential::new("AKIDEXAMPLE0123456789abcdefghijklmnop", "SKEXAMPLE0123456789abcdefghijklm")
}

/// An upload signature with the parameters of a vector.
fn upload(parameters: &Value) -> UploadSignature {
    let text = |name: &str| parameters[name].as_str();
    let number = |name: &str| text(name).map(|text| text.parse::<u64>().unwrap());
    let issued = number("currentTimeStamp").unwrap();
    let mut signature = UploadSignature::new(&credential(), secs(number("expireTime").unwrap() - issued))
        .issued_at(at(issued))
        .random(text("random").unwrap().parse().unwrap());
    for (name, value) in parameters.as_object().unwrap() {
        let value = value.as_str().unwrap();
        signature = match name.as_str() {
            "classId" => signature.class_id(value.parse().unwrap()),
            "procedure" => signature.procedure(value),
            "taskPriority" => signature.task_priority(value.parse().unwrap()),
            "taskNotifyMode" => signature.task_notify_mode(TaskNotifyMode::Change),
            "sourceContext" => signature.source_context(value),
            "oneTimeValid" => signature.one_time(),
            "vodSubAppId" => signature.sub_app_id(value.parse().unwrap()),
            "sessionContext" => signature.session_context(value),
            "storageRegion" => signature.storage_region(value),
            _ => signature,
        };
    }
    signature
}

#[test]
fn all_upload_vectors_are_verified_and_all_of_our_encoding_are_made() {
    let vectors = vectors("upload");
    assert_eq!(vectors.len(), 7);
    for vector in &vectors {
        let expected = vector["signature"].as_str().unwrap();
        let claims = UploadSignature::verify(expected, &credential(), at(1_767_225_601)).unwrap();
        for (name, value) in vector["parameters"].as_object().unwrap() {
            assert_eq!(claims.parameter(name), value.as_str(), "{}", vector["name"]);
        }
        // The service decodes both encodings of a space; ours is the one of HTML forms.
        let made = upload(&vector["parameters"]).sign().unwrap();
        assert_eq!(made == expected, vector["name"] != "context_percent", "{}", vector["name"]);
        assert_eq!(UploadSignature::verify(&made, &credential(), at(1_767_225_601)).unwrap(), claims);
    }
}

#[test]
fn an_upload_signature_expires_and_belongs_to_its_key() {
    let signature = upload(&vectors("upload")[0]["parameters"]).sign().unwrap();
    let verify = |credential: &Credential, now| UploadSignature::verify(&signature, credential, at(now));
    assert!(verify(&credential(), 1_767_312_000).is_ok(), "valid to its last second");
    assert_eq!(verify(&credential(), 1_767_312_001), Err(VerifyError::Expired));
    let other = Credential::new("AKIDEXAMPLE0123456789abcdefghijklmnop", "another");
    assert_eq!(verify(&other, 1_767_225_600), Err(VerifyError::WrongSignature));
    let other = Credential::new("AKIDother", "SKEXAMPLE0123456789abcdefghijklm");
    assert_eq!(verify(&other, 1_767_225_600), Err(VerifyError::WrongSignature));
}

#[test]
fn what_people_get_wrong_in_upload_signatures_is_named() {
    use base64::Engine as _;
    let encode = |bytes: &[u8]| base64::engine::general_purpose::STANDARD.encode(bytes);
    let why =
        |text: &str| UploadSignature::verify(text, &credential(), at(1_767_225_600)).unwrap_err().to_string();
    let required = "secretId=a&currentTimeStamp=1767225600&expireTime=1767312000&random=1";
    let cases = [
        ("not base64!".to_owned(), "not base64"),
        (encode(&[7; 20]), "too short"),
        (
            encode(&[&[7; 20][..], required.replace("1767312000", "1767312000000").as_bytes()].concat()),
            "milliseconds",
        ),
        (
            encode(&[&[7; 20][..], required.replace("1767312000", "86400").as_bytes()].concat()),
            "not how long it is valid",
        ),
        (
            encode(&[&[7; 20][..], required.replace("1767312000", "1767225600").as_bytes()].concat()),
            "`expireTime` is not after",
        ),
        // Both times in milliseconds are only some days apart when they are taken for seconds.
        (
            encode(
                &[
                    &[7; 20][..],
                    required
                        .replace("1767225600", "1767225600000")
                        .replace("1767312000", "1767229200000")
                        .as_bytes(),
                ]
                .concat(),
            ),
            "`currentTimeStamp` is 1767225600000 s since 1970, which is after the year 2106; was it given in milliseconds?",
        ),
        (
            encode(&[&[7; 20][..], format!("{required}&sourceContext=a&random=2").as_bytes()].concat()),
            "`random` is there twice; a value that contains `&` must be URL-encoded",
        ),
        (
            encode(&[&[7; 20][..], required.replace("random=1", "random=4294967296").as_bytes()].concat()),
            "4294967295",
        ),
        (
            encode(&[&[7; 20][..], format!("{required}&sourceContext=a&b=c").as_bytes()].concat()),
            "must be URL-encoded",
        ),
        (encode(format!("{}{required}", "0f".repeat(20)).as_bytes()), "unknown parameter"),
    ];
    for (text, expected) in cases {
        assert!(why(&text).contains(expected), "{text}: {}", why(&text));
    }
}

#[track_caller]
fn refused<T>(result: Result<T, Error>, expected: &str) {
    let error = result.err().expect("must be refused").to_string();
    assert!(error.contains(expected), "{error}");
}

#[test]
fn upload_settings_that_the_service_would_refuse_are_refused_with_the_reason() {
    let signature = |valid_for| UploadSignature::new(&credential(), valid_for).issued_at(at(1_767_225_600));
    refused(signature(secs(0)).sign(), "valid_for: must be 1 second to 90 days");
    refused(signature(secs(90 * 86400 + 1)).sign(), "not a point in time or milliseconds");
    refused(signature(Duration::MAX).sign(), "valid_for");
    refused(signature(secs(1_767_312_000)).sign(), "valid_for");
    assert!(signature(secs(90 * 86400)).sign().is_ok());
    let hour = || signature(secs(3600));
    refused(hour().issued_at(at(1_767_225_600_000)).sign(), "milliseconds");
    refused(hour().source_context("x".repeat(251)).sign(), "source_context: has 251 characters, at most 250");
    refused(hour().session_context("课".repeat(1001)).sign(), "session_context: has 1001 characters");
    assert!(hour().source_context("课".repeat(250)).sign().is_ok());
    refused(hour().procedure("p").task_priority(11).sign(), "task_priority: must be -10 to 10, not 11");
    refused(hour().task_priority(1).sign(), "without a procedure");
    let temporary = credential().with_token("temporary-token");
    refused(UploadSignature::new(&temporary, secs(3600)).sign(), "must be a permanent key");
    let debug = format!("{:?}", hour());
    assert!(!debug.contains("SKEXAMPLE"), "{debug}");
}

#[test]
fn signatures_of_the_same_moment_differ() {
    let sign = || UploadSignature::new(&credential(), secs(60)).issued_at(at(1_767_225_600)).sign().unwrap();
    assert_ne!(sign(), sign());
}

#[test]
fn all_player_vectors_are_verified_and_those_that_expire_are_made() {
    let vectors = vectors("psign");
    assert_eq!(vectors.len(), 5);
    for vector in &vectors {
        let (token, key) = (vector["token"].as_str().unwrap(), vector["play_key"].as_str().unwrap());
        let claims = PlayerSignature::verify(token, key, at(1_663_294_000)).unwrap();
        assert_eq!(*claims.payload(), vector["payload"], "{}", vector["name"]);
        assert_eq!(
            PlayerSignature::verify(token, "another0", at(0)),
            Err(VerifyError::WrongSignature),
            "{}",
            vector["name"]
        );
    }
    let token = |name: &str| vectors.iter().find(|vector| vector["name"] == name).unwrap()["token"].clone();
    let key = "TxtyhLlgo7J3iOADIron";

    let made = PlayerSignature::new(
        key,
        1_255_566_655,
        "4564972818519602447",
        Content::RawAdaptive { definition: 10 },
        at(1_663_294_210),
    )
    .image_sprite(10)
    .issued_at(at(1_663_064_276))
    .url_expires_at(at(0x6323_e6b0))
    .ip_limit(3)
    .link_id("72d4cd1101")
    .sign()
    .unwrap();
    assert_eq!(made, token("vendor_page_corrected"));
    assert_eq!(PlayerSignature::verify(&made, key, at(1_663_294_211)), Err(VerifyError::Expired));

    let file = "387702300000000001";
    let new = |content| {
        PlayerSignature::new(key, 1_500_000_001, file, content, at(1_767_229_200))
            .issued_at(at(1_767_225_600))
    };
    let made = new(Content::Transcode { definition: 100_010 })
        .url_expires_at(at(0x6955_d520))
        .preview(secs(300))
        .domain("Default")
        .scheme(Scheme::Https)
        .sign();
    assert_eq!(made.unwrap(), token("transcode_exper_https"));

    let content =
        Content::ProtectedAdaptive { private_encryption: Some(12), widevine: None, fair_play: None };
    let names = [Resolution { min_edge_length: 720, name: "高清".to_owned() }];
    let made = new(content).resolutions(names).persistent_license(false).sign();
    assert_eq!(made.unwrap(), token("protected_drm"));
}

#[test]
fn player_settings_that_the_player_would_refuse_are_refused_with_the_reason() {
    let new = |key: &str, app, file: &str, content, end| {
        PlayerSignature::new(key, app, file, content, at(end)).issued_at(at(1_767_225_600))
    };
    let good = || new("TxtyhLlgo7J3iOADIron", 1, "7", Content::Original, 1_767_229_200);
    assert!(good().sign().is_ok());
    refused(new("short", 1, "7", Content::Original, 1_767_229_200).sign(), "play_key: must be 8 to 20");
    refused(new(KEY, 0, "7", Content::Original, 1_767_229_200).sign(), "app_id");
    refused(new(KEY, 1, "", Content::Original, 1_767_229_200).sign(), "file_id");
    refused(new(KEY, 1, "7", Content::Original, 3600).sign(), "not how long it is valid");
    refused(new(KEY, 1, "7", Content::Original, 1_767_229_200_000).sign(), "milliseconds");
    let within_the_second = at(1_767_225_600) + Duration::from_millis(900);
    let ended = PlayerSignature::new(KEY, 1, "7", Content::Original, within_the_second);
    refused(ended.issued_at(at(1_767_225_600)).sign(), "not in the future");
    let nothing = Content::ProtectedAdaptive { private_encryption: None, widevine: None, fair_play: None };
    refused(new(KEY, 1, "7", nothing, 1_767_229_200).sign(), "at least one template");
    refused(good().preview(secs(29)).sign(), "at least 30 seconds");
    assert!(good().preview(secs(30)).sign().is_ok());
    refused(good().ip_limit(10).sign(), "ip_limit: must be 1 to 9");
    refused(good().ip_limit(0).sign(), "ip_limit");
    refused(good().level_one_tracks(["HD", "4K"]).sign(), "\"4K\" must be one of");
    refused(good().url_expires_at(at(1_767_225_600)).sign(), "url_expires_at");
    let error = new("secret-key!", 1, "7", Content::Original, 1_767_229_200).sign().unwrap_err();
    assert!(!format!("{error:?}").contains("secret-key!"), "{error:?}");
}

#[test]
fn texts_that_are_no_player_tokens_are_refused() {
    let token = |header: &str, payload: &str| {
        use base64::Engine as _;
        let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
        format!("{}.{}.{}", engine.encode(header), engine.encode(payload), engine.encode([0; 32]))
    };
    for text in [
        "",
        "a.b",
        "a.b.c.d",
        "..",
        &token("{}", "{}"),
        &token(r#"{"alg":"none"}"#, "{}"),
        "é.é.é",
        &token("[]", "{}"),
    ] {
        let result = PlayerSignature::verify(text, KEY, at(0));
        assert!(matches!(result, Err(VerifyError::Malformed(_))), "{text}: {result:?}");
    }
    let forged = token(r#"{"alg":"HS256","typ":"JWT"}"#, "{}");
    assert_eq!(PlayerSignature::verify(&forged, KEY, at(0)), Err(VerifyError::WrongSignature));
}

#[test]
fn all_hotlink_vectors_are_made_and_verified() {
    let vectors = vectors("hotlink");
    assert_eq!(vectors.len(), 7);
    for vector in &vectors {
        let text = |name: &str| vector["parameters"][name].as_str();
        let end = u64::from_str_radix(text("t").unwrap(), 16).unwrap();
        let key = vector["key"].as_str().unwrap();
        let mut signed = HotlinkUrl::new(key, at(end)).signed_at(at(end - 60));
        if let Some(seconds) = text("exper") {
            signed = signed.preview(secs(seconds.parse().unwrap()));
        }
        if let Some(addresses) = text("rlimit") {
            signed = signed.ip_limit(addresses.parse().unwrap());
        }
        if let Some(id) = text("us") {
            signed = signed.link_id(id);
        }
        if let Some(domains) = text("whref") {
            signed = signed.allow_referers(domains.split(','));
        }
        if let Some(regions) = text("whreg") {
            signed = signed.allow_regions(regions.split(','));
        }
        let url = signed.sign(vector["url"].as_str().unwrap()).unwrap();
        assert_eq!(url, vector["result"].as_str().unwrap(), "{}", vector["name"]);
        let claims = HotlinkUrl::verify(&url, key, at(end)).unwrap();
        assert_eq!(claims.expires_at(), at(end));
        assert_eq!(claims.parameter("us"), text("us"));
        assert_eq!(HotlinkUrl::verify(&url, key, at(end + 1)), Err(VerifyError::Expired));
        assert_eq!(HotlinkUrl::verify(&url, "another0", at(end)), Err(VerifyError::WrongSignature));
    }
}

#[test]
fn query_and_fragment_of_a_url_stay_where_they_are() {
    let signed = HotlinkUrl::new(KEY, at(0x6955_c710)).signed_at(at(1_767_225_600));
    let url = signed.sign("https://h.example/dir/a.m3u8?x=1&y#part").unwrap();
    assert!(url.starts_with("https://h.example/dir/a.m3u8?x=1&y&t=6955c710&sign="), "{url}");
    assert!(url.ends_with("#part"), "{url}");
    HotlinkUrl::verify(&url, KEY, at(1_767_225_600)).unwrap();
    let other_file = url.replace("a.m3u8", "segment-2.ts");
    assert!(HotlinkUrl::verify(&other_file, KEY, at(0)).is_ok(), "one signature opens a directory");
    let other_folder = url.replace("/dir/", "/dir2/");
    assert_eq!(HotlinkUrl::verify(&other_folder, KEY, at(0)), Err(VerifyError::WrongSignature));
    let longer = url.replace("t=6955c710", "t=7955c710");
    assert_eq!(HotlinkUrl::verify(&longer, KEY, at(0)), Err(VerifyError::WrongSignature));
}

#[test]
fn hotlink_settings_that_the_cdn_would_refuse_are_refused_with_the_reason() {
    let new = |end| HotlinkUrl::new(KEY, at(end)).signed_at(at(1_767_225_600));
    let good = || new(1_767_229_200);
    assert!(good().sign(FILE).is_ok());
    refused(new(3600).sign(FILE), "not how long it is valid");
    refused(new(1_767_225_600).sign(FILE), "not in the future");
    refused(new(1_767_229_200_000).sign(FILE), "milliseconds");
    refused(good().preview(secs(0)).sign(FILE), "preview: must be at least 1 second");
    refused(good().ip_limit(10).sign(FILE), "ip_limit: must be 1 to 9");
    refused(good().link_id("a&b").sign(FILE), "link_id");
    refused(good().link_id("").sign(FILE), "link_id");
    refused(good().allow_referers(["https://example.com"]).sign(FILE), "allow_referers");
    refused(good().deny_referers(["a,b"]).sign(FILE), "deny_referers");
    refused(good().allow_regions(["CN"]).sign(FILE), "allow_regions: \"CN\" must be an ISO 3166 code");
    refused(good().deny_regions(vec!["CHN"; 11]).sign(FILE), "deny_regions: has 11 items");
    refused(good().sign("h.example/dir/a.m3u8"), "url: must begin with `https://`");
    refused(good().sign("https://h.example"), "url: has no path");
    refused(good().sign("https://h.example/a.m3u8?sign=x"), "url: has a parameter of a signature already");
    refused(HotlinkUrl::new("", at(1_767_229_200)).sign(FILE), "key: must be 8 to 20");
    let error = HotlinkUrl::new("my secret", at(1_767_229_200)).sign(FILE).unwrap_err();
    assert!(!format!("{error:?}").contains("my secret"), "{error:?}");
    for url in
        ["", "https://h.example/", "https://h.example/a?t=zz&sign=1", "https://h.example/a?t=+1&sign=1"]
    {
        assert!(matches!(HotlinkUrl::verify(url, KEY, at(0)), Err(VerifyError::Malformed(_))), "{url}");
    }
}

#[test]
fn the_callback_vector_is_made_and_verified() {
    for vector in vectors("callback") {
        let (key, t) = (vector["sign_key"].as_str().unwrap(), vector["T"].as_u64().unwrap());
        let signature = CallbackSignature::until(key, at(t)).unwrap();
        assert_eq!(signature.sign(), vector["Sign"].as_str().unwrap());
        let verify = |key, sign: &str, now| CallbackSignature::verify(key, sign, t, at(now));
        assert_eq!(verify(key, &signature.sign().to_uppercase(), t), Ok(()));
        assert_eq!(verify(key, signature.sign(), t + 1), Err(VerifyError::Expired));
        assert_eq!(verify("another", signature.sign(), t), Err(VerifyError::WrongSignature));
        assert_eq!(verify("", signature.sign(), t), Err(VerifyError::WrongSignature));
    }
    refused(CallbackSignature::until("", at(0)), "sign_key");
}

fn md5_hex(text: &str) -> String {
    use md5::Digest as _;
    format!("{:032x}", u128::from_be_bytes(md5::Md5::digest(text).into()))
}

#[test]
fn callback_times_that_are_wrong_are_refused_with_the_reason() {
    refused(CallbackSignature::until("key", at(1_767_229_200_000)), "was it given in milliseconds?");
    refused(CallbackSignature::until("key", at(3600)), "not how long it is valid");
    let verify = |t: u64| {
        let sign = md5_hex(&format!("key{t}"));
        CallbackSignature::verify("key", &sign, t, at(1_767_225_600)).map_err(|error| error.to_string())
    };
    assert_eq!(verify(1_767_229_200), Ok(()));
    assert!(verify(1_767_229_200_000).unwrap_err().contains("`T` is 1767229200000 s since 1970"));
    assert!(verify(1_767_229_200_000).unwrap_err().contains("was it given in milliseconds?"));
    assert!(verify(3600).unwrap_err().contains("not how long it is valid"));
}

#[test]
fn times_in_tokens_and_urls_of_others_that_are_wrong_are_named() {
    use base64::Engine as _;
    use hmac::{KeyInit as _, Mac as _};
    let now = at(1_767_225_600);
    let token = |payload: Value| {
        let engine = base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let text = format!("{}.{}", engine.encode(r#"{"alg":"HS256"}"#), engine.encode(payload.to_string()));
        let mac = hmac::Hmac::<sha2::Sha256>::new_from_slice(KEY.as_bytes()).unwrap();
        let token = format!("{text}.{}", engine.encode(mac.chain_update(&text).finalize().into_bytes()));
        PlayerSignature::verify(&token, KEY, now).map(drop).map_err(|error| error.to_string())
    };
    let until = |end: u64| token(serde_json::json!({ "expireTimeStamp": end }));
    assert_eq!(until(1_767_229_200), Ok(()));
    assert!(until(1_767_229_200_000).unwrap_err().contains("was it given in milliseconds?"));
    assert!(until(3600).unwrap_err().contains("not how long it is valid"));
    let url_until = |t: Value| token(serde_json::json!({ "urlAccessInfo": { "t": t } }));
    assert_eq!(url_until("6955d520".into()), Ok(()));
    assert!(url_until("19b7715c580".into()).unwrap_err().contains("was it given in milliseconds?"));
    assert!(url_until("1767229200".into()).unwrap_err().contains("was it written in decimal digits?"));
    assert!(url_until(1_767_229_200.into()).unwrap_err().contains("is not a text with hexadecimal seconds"));

    let url = |t: &str| {
        let sign = md5_hex(&format!("{KEY}/dir/{t}"));
        HotlinkUrl::verify(&format!("{FILE}?t={t}&sign={sign}"), KEY, now)
            .map(drop)
            .map_err(|error| error.to_string())
    };
    assert_eq!(url("6955d520"), Ok(()));
    assert!(url("19b7715c580").unwrap_err().contains("was it given in milliseconds?"));
    assert!(url("1767229200").unwrap_err().contains("was it written in decimal digits?"));
    assert!(url("e10").unwrap_err().contains("not how long it is valid"));
}

#[test]
fn an_upload_signature_of_a_temporary_credential_is_refused_by_both_twins() {
    let signature = upload(&vectors("upload")[0]["parameters"]).sign().unwrap();
    let temporary = credential().with_token("temporary-token");
    let error = UploadSignature::verify(&signature, &temporary, at(1_767_225_600)).unwrap_err().to_string();
    assert!(error.contains("temporary credential") && !error.contains("temporary-token"), "{error}");
    refused(UploadSignature::new(&temporary, secs(3600)).sign(), "must be a permanent key");
}
