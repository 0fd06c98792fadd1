//! Whatever a request says and however it is signed: the service's own check accepts it, finds the same in each of
//! its forms, and accepts nothing that differs from it by a byte.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, also in its helpers")]

#[path = "signing/change.rs"]
mod change;
#[path = "signing/requests.rs"]
mod requests;

use std::sync::Mutex;

use bytes::Bytes;
use http::Request;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde_json::Value;
use tokio::runtime::Runtime;
use vod_api::{Client, Credential, HttpMethod, RetryPolicy, SignatureMethod, Transport, TransportFuture};
use vod_emulator::{CallKey, EmulatedService, Emulator, Options};

use change::changes;
use requests::{Settings, anything, search, settings};

/// Every way to sign and to send.
const WAYS: [(SignatureMethod, HttpMethod); 6] = [
    (SignatureMethod::Tc3, HttpMethod::Post),
    (SignatureMethod::Tc3, HttpMethod::Get),
    (SignatureMethod::HmacSha256, HttpMethod::Post),
    (SignatureMethod::HmacSha256, HttpMethod::Get),
    (SignatureMethod::HmacSha1, HttpMethod::Post),
    (SignatureMethod::HmacSha1, HttpMethod::Get),
];
const SEARCH: &str = "SearchMedia";
/// What an encoder could trip over is in the credential, too.
const KEY: &str = "Key+of/the=account&%41";
const TOKEN: &str = "token+/=&%41~";

/// Keeps the last request that it carried to the service.
struct Keeping<'a> {
    service: EmulatedService,
    kept: &'a Mutex<Request<Bytes>>,
}

impl Transport for Keeping<'static> {
    fn send(&self, request: Request<Bytes>, _limit: usize) -> TransportFuture<'_> {
        *self.kept.lock().unwrap() = request.clone();
        Box::pin(async { Ok(self.service.respond(request).await) })
    }
}

fn service() -> EmulatedService {
    let options = Options { enforce_rate_limits: false, ..Options::default() };
    Emulator::builder().options(options).secret_key(KEY).token(TOKEN).build().unwrap()
}

struct World {
    runtime: Runtime,
    service: EmulatedService,
    kept: &'static Mutex<Request<Bytes>>,
}

impl World {
    fn new() -> Self {
        Self {
            runtime: tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap(),
            service: service(),
            kept: Box::leak(Box::default()),
        }
    }

    fn client(&self, (signature, method): (SignatureMethod, HttpMethod), settings: &Settings) -> Client {
        let builder = Client::builder()
            .credential(Credential::new(self.service.secret_id(), KEY).with_token(TOKEN))
            .transport(Keeping { service: self.service.clone(), kept: self.kept })
            .without_rate_limit()
            .retry(RetryPolicy::none())
            .signature(signature)
            .method(method)
            .endpoint(settings.endpoint.clone());
        match &settings.region {
            Some(region) => builder.region(region),
            None => builder,
        }
        .build()
        .unwrap()
    }

    /// The code of the refusal; `None` if the call was carried out.
    fn refusal(&self, request: Request<Bytes>) -> Option<String> {
        let handled = || self.service.handled().of(SEARCH);
        let before = handled();
        let answer = self.runtime.block_on(self.service.respond(request));
        let answer: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let code = answer["Response"]["Error"]["Code"].as_str();
        if handled() > before {
            return None;
        }
        assert!(
            code.is_some() || !answer["Response"].is_object(),
            "a call that was not carried out: {answer}"
        );
        Some(code.unwrap_or_default().to_owned())
    }
}

/// Whether a call reached its action, which may refuse the drawn values for what they mean.
fn is_carried_out<T>(answer: &Result<T, vod_api::Error>) -> bool {
    const OF_THE_ACTION: [&str; 3] =
        ["InvalidParameterValue.Offset", "InvalidParameterValue.Sort", "ResourceNotFound.FileNotExist"];
    match answer {
        Ok(_) => true,
        Err(error) => error.code_str().is_some_and(|code| OF_THE_ACTION.contains(&code)),
    }
}

/// A failing case is told by the panic; nothing is written beside the sources.
fn runner() -> TestRunner {
    TestRunner::new(Config { cases: 96, failure_persistence: None, ..Config::default() })
}

#[test]
fn what_is_signed_is_accepted_and_no_change_of_a_byte_is() {
    let world = World::new();
    let refused = Mutex::new(0);
    let case = (search(), settings(), prop::sample::select(&WAYS), changes());
    let run = runner().run(&case, |(request, settings, way, changes)| {
        let client = world.client(way, &settings);
        let answer = world.runtime.block_on(client.search_media(request).into_future());
        prop_assert!(is_carried_out(&answer), "{:?}", answer.unwrap_err());
        let signed = world.kept.lock().unwrap().clone();
        // It would be accepted a second time: nothing but the change is to blame below.
        prop_assert_eq!(world.refusal(signed.clone()), None);
        for change in changes {
            if let Some(changed) = change.of(&signed) {
                let code = world.refusal(changed.clone());
                prop_assert!(code.is_some(), "{change:?} of {signed:?} to {changed:?} was accepted");
                *refused.lock().unwrap() += 1;
            }
        }
        Ok(())
    });
    run.unwrap();
    let refused = *refused.lock().unwrap();
    // What is drawn differs in each run: of 2,304 changes about 1,100 can be sent and mean something else.
    assert!(refused > 400, "only {refused} changes were tried");
}

#[test]
fn a_request_says_the_same_in_each_of_its_forms() {
    let world = World::new();
    let run = runner().run(&(anything(), settings()), |(request, settings)| {
        // Forgets the calls of the case before.
        world.service.count_handled_by(CallKey::RequestHash);
        for way in WAYS {
            let client = world.client(way, &settings);
            let answer = world.runtime.block_on(request.clone().send(&client));
            prop_assert!(is_carried_out(&answer), "{:?}", answer.unwrap_err());
        }
        let handled = world.service.handled();
        let understood: Vec<_> = handled.keys(request.action()).collect();
        prop_assert!(matches!(understood.as_slice(), [(_, 6)]), "{understood:?}");
        Ok(())
    });
    run.unwrap();
}

#[test]
fn a_query_decodes_to_the_parameters_of_the_body() {
    let world = World::new();
    let run = runner().run(&(search(), settings()), |(request, settings)| {
        let mut kept = Vec::new();
        for method in [HttpMethod::Post, HttpMethod::Get] {
            let client = world.client((SignatureMethod::Tc3, method), &settings);
            let answer = world.runtime.block_on(client.search_media(request.clone()).into_future());
            assert!(is_carried_out(&answer), "{:?}", answer.unwrap_err());
            kept.push(world.kept.lock().unwrap().clone());
        }
        let body: Value = serde_json::from_slice(kept[0].body()).unwrap();
        let mut expected = Vec::new();
        requests::flatten(&mut expected, String::new(), &body);
        expected.sort();
        let query = kept[1].uri().query().unwrap_or_default();
        let mut pairs = change::decoded(query.as_bytes()).unwrap();
        pairs.sort();
        prop_assert_eq!(pairs, expected);
        let is_escaped = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.~%&=".contains(&byte);
        prop_assert!(query.bytes().all(is_escaped), "{query}");
        Ok(())
    });
    run.unwrap();
}
