//! The generator's snapshots are compiled and used here, exactly as they stand in the generator's tests.

#![allow(missing_docs, unreachable_pub, dead_code)]

#[rustfmt::skip]
#[allow(clippy::pedantic, clippy::all, dead_code)] // no test uses all of it
mod sample {
    include!("../../vod-codegen/tests/snapshots/sample.rs");
}
#[rustfmt::skip]
#[allow(clippy::pedantic, clippy::all, dead_code)] // no test uses all of it
mod paint_thing {
    include!("../../vod-codegen/tests/snapshots/paint_thing.rs");
}

use paint_thing::{Finish, PaintThing, PaintThingBlockingCalls, PaintThingCalls, PaintThingRequest};
use sample::{
    Box as SampleBox, Colour, DescribeErrand, DescribeErrandResponse, DescribeErrandStatus, ErrandFind,
    ListBoxes, ListBoxesResponse, ListThings, ListThingsRequest, PutThing, SampleBlockingCalls, SampleCalls,
    SampleClient, ShipThing, ShipThingRequest, StoreThing, StoreThingRequest, TakeThing, WatchThing,
    WatchThingRequest,
};
use serde_json::json;
use vod_api::testing::MockTransport;
use vod_api::{Action, Paginated};

#[test]
fn metadata_says_what_the_spec_says() {
    let put = PutThing::META;
    assert_eq!((put.name, put.service.name, put.service.version), ("PutThing", "sample", "2020-01-01"));
    assert_eq!((put.doc_page, put.rate_limit, put.idempotent, put.unsigned), (12345, 20, true, false));
    assert_eq!(put.errors, ["InvalidParameter.Name"]);
    let take = TakeThing::META;
    assert_eq!((take.doc_page, take.rate_limit, take.idempotent, take.unsigned), (0, 0, false, true));
    assert_eq!(PaintThing::META.service.name, "sample");
}

#[test]
fn one_action_reuses_objects_and_enumerations_of_its_service() {
    let request = PaintThingRequest::new(Colour::Red)
        .r#box(SampleBox::new(2))
        .spares([Colour::Blue, Colour::from("green")])
        .finish(Finish::new().gloss(0.5));
    let json = serde_json::to_value(&request).unwrap();
    assert_eq!(
        json,
        json!({ "Colour": "RED", "Box": { "Side": 2 }, "Spares": ["blue", "green"], "Finish": { "Gloss": 0.5 } })
    );
    assert_eq!(serde_json::from_value::<PaintThingRequest>(json).unwrap(), request);
}

#[test]
fn methods_come_by_a_trait() {
    let credential = vod_api::Credential::new("id", "key");
    let client =
        vod_api::Client::builder().credential(credential).endpoint("http://127.0.0.1:1").build().unwrap();
    let put = client.put_thing(sample::PutThingRequest::new("box", "RED"));
    let paint = client.paint_thing(PaintThingRequest::new("RED"));
    assert!(format!("{put:?} {paint:?}").contains("PaintThingRequest { colour: \"RED\" }"));
}

#[test]
fn blocking_methods_come_by_a_trait_of_their_own() {
    let mock = MockTransport::new();
    mock.on::<PutThing>().respond_error("InvalidParameter.Name", "no such name");
    mock.on::<DescribeErrand>()
        .respond(serde_json::from_value(json!({ "Status": "DONE", "RequestId": "1" })).unwrap());
    mock.on::<PaintThing>().respond_error("InternalError", "no paint");
    let client = mock.builder().build_blocking().unwrap();
    let put = client.put_thing(sample::PutThingRequest::new("box", "RED")).unwrap_err();
    assert_eq!(put.code_str(), Some("InvalidParameter.Name"));
    let paint = client.paint_thing(PaintThingRequest::new("RED")).unwrap_err();
    assert_eq!(paint.code_str(), Some("InternalError"));
    assert_eq!(client.wait_for_errand("errand").unwrap().status, DescribeErrandStatus::Done);
}

#[test]
fn lists_are_taken_out_of_their_answers() {
    let answer: ListBoxesResponse = serde_json::from_value(json!({ "BoxSet": [{ "Side": 2 }] })).unwrap();
    assert_eq!(ListBoxes::into_items(answer), [SampleBox::new(2)]);
}

#[tokio::test(start_paused = true)]
async fn lists_are_read_to_their_end() {
    let mock = MockTransport::new();
    mock.on::<ListThings>().respond_with(|request| {
        let offset = request.offset.unwrap_or(0);
        let end = 60.min(offset + 50);
        let things: Vec<_> = (offset..end).map(|n| json!({ "Self": format!("thing {n}") })).collect();
        Ok(serde_json::from_value(json!({ "ThingSet": things, "TotalCount": 60 })).unwrap())
    });
    let mut items = mock.builder().build().unwrap().list_things(ListThingsRequest::new()).items();
    let mut names = Vec::new();
    while let Some(thing) = items.next().await {
        names.push(thing.unwrap().self_);
    }
    let expected: Vec<String> = (0..60).map(|n| format!("thing {n}")).collect();
    assert_eq!(names, expected);
}

#[tokio::test(start_paused = true)]
async fn waiting_comes_by_the_same_trait() {
    let mock = MockTransport::new();
    let answer = |status: &str| serde_json::from_value(json!({ "Status": status })).unwrap();
    mock.on::<DescribeErrand>().respond(answer("WAITING")).respond(answer("DONE"));
    let client = mock.builder().build().unwrap();
    assert_eq!(client.wait_for_errand("errand-1").await.unwrap().status, DescribeErrandStatus::Done);
    mock.assert_all_used();
}

#[tokio::test]
async fn a_body_of_bytes_is_an_argument_of_the_method() {
    let mock = MockTransport::new();
    mock.on::<ShipThing>().respond(serde_json::from_value(json!({})).unwrap()).repeat();
    let client = mock.builder().build().unwrap();
    client.ship_thing(ShipThingRequest::new("box").pages(2).urgent(true), "picture").await.unwrap();
    SampleClient::new(&client).ship_thing(ShipThingRequest::new("box"), vec![1, 2]).await.unwrap();
    let sent = mock.recorded();
    assert_eq!((sent[0].body().as_ref(), sent[1].body().as_ref()), (&b"picture"[..], &[1, 2][..]));
    let headers = ["x-sample-name", "x-sample-pages", "x-sample-urgent"].map(|name| sent[0].header(name));
    assert_eq!(headers, [Some("box"), Some("2"), Some("true")]);

    let error = client.ship_thing(ShipThingRequest::new("a long name"), "").await.unwrap_err();
    assert!(error.message().starts_with("Name "), "{error}");
    let blocking = mock.builder().build_blocking().unwrap();
    let ship = move || blocking.block_on(|client| client.ship_thing(ShipThingRequest::new("box"), "picture"));
    tokio::task::spawn_blocking(ship).await.unwrap().unwrap();
}

/// What the signature covers is what is sent: the body with its boundary, whichever method and signature calls have.
#[tokio::test]
async fn files_are_parts_of_a_multipart_body() {
    let emulator =
        vod_emulator::Emulator::builder().specs("../vod-codegen/tests/specs/sample").start().await.unwrap();
    let builder = || {
        let credential = vod_api::Credential::new(emulator.secret_id(), emulator.secret_key());
        vod_api::Client::builder()
            .credential(credential)
            .endpoint(vod_api::Endpoint::custom(emulator.endpoint()))
    };
    let photo = vec![0xff, 0xd8, b'\r', b'\n', b'-', b'-', 0];
    let request =
        StoreThingRequest::new(photo).thumbnail("small").name("a \"box\"").pages(2).colours(["red", "blue"]);
    for (method, signature) in [
        (vod_api::HttpMethod::Post, vod_api::signature::SignatureMethod::Tc3),
        (vod_api::HttpMethod::Get, vod_api::signature::SignatureMethod::HmacSha1),
    ] {
        let client = builder().method(method).signature(signature).build().unwrap();
        client.store_thing(request.clone()).await.unwrap();
    }
    let error = builder().build().unwrap().store_thing(request.name("a long name")).await.unwrap_err();
    assert!(error.message().starts_with("Name "), "{error}");

    let mock = MockTransport::new();
    mock.on::<StoreThing>().respond(serde_json::from_value(json!({})).unwrap()).repeat();
    let client = mock.builder().build().unwrap();
    client.store_thing(StoreThingRequest::new(vec![0; 10 * 1024 * 1024 - 300])).await.unwrap();
    let error = client.store_thing(StoreThingRequest::new(vec![0; 10 * 1024 * 1024])).await.unwrap_err();
    assert!(error.message().starts_with("a multipart body has at most 10485760 bytes"), "{error}");
    let shown = format!("{:?}", StoreThingRequest::new("s3cret"));
    assert_eq!(shown, "StoreThingRequest { photo: Blob(6 bytes) }");
}

#[tokio::test]
async fn events_are_read_one_by_one_also_without_async_code() {
    let mock = MockTransport::new();
    let stream = "data: {\"What\":\"put\"}\n\ndata: {\"What\":\"taken\",\"Thing\":{\"Self\":\"box\"}}\n\n";
    let answer = http::Response::builder().header("content-type", "text/event-stream").body(stream).unwrap();
    mock.on::<WatchThing>().respond_http(answer).repeat();
    let client = SampleClient::new(&mock.builder().build().unwrap());
    let mut events = client.watch_thing(WatchThingRequest::new("box"));
    assert_eq!(events.next().await.unwrap().unwrap().what.as_deref(), Some("put"));
    let last = events.next().await.unwrap().unwrap();
    assert_eq!(last.thing.unwrap().self_, "box");
    assert!(events.next().await.is_none());

    let blocking = mock.builder().build_blocking().unwrap();
    let read = tokio::task::spawn_blocking(move || {
        blocking.iterate(|client| client.watch_thing(WatchThingRequest::new("box"))).count()
    });
    assert_eq!(read.await.unwrap(), 2);
}

#[test]
fn a_response_tells_which_of_its_members_it_carries() {
    let find = |json: serde_json::Value| -> DescribeErrandResponse { serde_json::from_value(json).unwrap() };
    let boxed = find(json!({ "Kind": "box", "FoundBox": { "Side": 2 }, "Payload": "both" }));
    assert_eq!(boxed.payload(), ErrandFind::Box(&SampleBox::new(2)));
    let letter = find(json!({ "Kind": "letter", "FoundBox": { "Side": 2 }, "Payload": "a letter" }));
    assert_eq!(letter.payload(), ErrandFind::Letter(&json!("a letter")));
    // A tag that names none of those that are there: the first one that is there counts.
    for kind in ["letter", "parcel", ""] {
        let odd = find(json!({ "Kind": kind, "FoundBox": { "Side": 3 }, "Payload": null }));
        assert_eq!(odd.payload(), ErrandFind::Box(&SampleBox::new(3)));
    }
    // What no version of the specs knew survives, also on the way through an answer.
    let mock = MockTransport::new();
    mock.on::<DescribeErrand>()
        .respond_json(json!({ "Status": "DONE", "Kind": "bird", "Bird": { "Song": "x" } }));
    let client = mock.builder().build_blocking().unwrap();
    let bird = client.describe_errand(sample::DescribeErrandRequest::new("e")).unwrap();
    let ErrandFind::Unknown { tag, members } = bird.payload() else { panic!("{bird:?}") };
    assert_eq!((tag, &members["Bird"]), ("bird", &json!({ "Song": "x" })));
    assert_eq!(serde_json::to_value(&bird).unwrap()["Bird"], json!({ "Song": "x" }));
}
