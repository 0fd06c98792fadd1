//! The applications of the account, samples, and the files of manifests.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::path::Path;

use serde_json::{Value, json};
use signer::{call, code};
use vod_emulator::{EmulatedService, Emulator, EmulatorBuilder, Options};
use vod_spec::model::Service;
use vod_spec::{Side, first_mismatch, load_service};

fn build(builder: EmulatorBuilder) -> EmulatedService {
    let options = Options { enforce_rate_limits: false, ..Options::default() };
    builder.options(options).build().unwrap()
}

fn spec() -> Service {
    load_service(Path::new(""), &Path::new(env!("CARGO_MANIFEST_DIR")).join("api-specs/vod")).service
}

/// A call that succeeds with an answer of the spec's shape.
async fn good(service: &EmulatedService, spec: &Service, action: &str, parameters: Value) -> Value {
    let mut answer = call(service, action, parameters).await;
    assert_eq!(code(&answer), "ok", "{action}: {answer}");
    answer.as_object_mut().unwrap().remove("RequestId");
    let mismatch =
        first_mismatch(spec, &spec.action(action).unwrap().response, false, &answer, Side::Response);
    assert!(mismatch.is_none(), "{action}: {}", mismatch.unwrap().message);
    answer
}

#[tokio::test]
async fn an_application_that_was_created_can_be_called_until_it_is_destroyed() {
    let (service, spec) =
        (build(Emulator::builder().default_sub_app_id(1_400_000_001).sub_app_id(7)), spec());
    let listed = good(&service, &spec, "DescribeSubAppIds", json!({})).await;
    let numbers = |listed: &Value| -> Vec<u64> {
        let set = listed["SubAppIdInfoSet"].as_array().unwrap().iter();
        set.map(|application| application["SubAppId"].as_u64().unwrap()).collect()
    };
    assert_eq!(numbers(&listed), [7, 1_400_000_001]);
    let tags = json!([{ "TagKey": "team", "TagValue": "films" }]);
    let create = json!({ "Name": "films", "Description": "of the team", "Tags": tags });
    let number = good(&service, &spec, "CreateSubAppId", create).await["SubAppId"].clone();
    assert_eq!(
        code(&call(&service, "CreateSubAppId", json!({ "Name": "" })).await),
        "InvalidParameterValue.Name"
    );
    let found = good(&service, &spec, "DescribeSubAppIds", json!({ "Name": "films" })).await;
    assert_eq!(
        (&found["TotalCount"], &found["SubAppIdInfoSet"][0]["Description"]),
        (&json!(1), &json!("of the team"))
    );
    let tagged = good(&service, &spec, "DescribeSubAppIds", json!({ "Tags": tags })).await;
    assert_eq!(numbers(&tagged), [number.as_u64().unwrap()]);
    let page = good(&service, &spec, "DescribeSubAppIds", json!({ "Offset": 1, "Limit": 1 })).await;
    assert_eq!((&page["TotalCount"], numbers(&page)), (&json!(3), vec![1_400_000_001]));

    let create = json!({ "SubAppId": number, "ParentId": -1, "ClassName": "mine" });
    good(&service, &spec, "CreateClass", create).await;
    let other = json!({ "SubAppId": 8, "ParentId": -1, "ClassName": "mine" });
    assert_ne!(code(&call(&service, "CreateClass", other).await), "ok", "no application of this account");
    let rename = json!({ "SubAppId": number, "Name": "movies" });
    good(&service, &spec, "ModifySubAppIdInfo", rename).await;
    let found = good(&service, &spec, "DescribeSubAppIds", json!({ "Name": "movies" })).await;
    assert_eq!(found["SubAppIdInfoSet"][0]["SubAppIdName"], "movies");
    let status = async |status: &str| {
        code(&call(&service, "ModifySubAppIdStatus", json!({ "SubAppId": number, "Status": status })).await)
    };
    assert_eq!(status("Gone").await, "InvalidParameterValue");
    assert_eq!(status("Destroyed").await, "FailedOperation", "it is on");
    assert_eq!((status("Off").await, status("Destroyed").await), ("ok".to_owned(), "ok".to_owned()));
    let list = json!({ "SubAppId": number });
    assert_ne!(code(&call(&service, "DescribeAllClass", list.clone()).await), "ok", "it is destroyed");
    let unknown = call(&service, "ModifySubAppIdInfo", json!({ "SubAppId": 9, "Name": "a" })).await;
    assert_eq!(code(&unknown), "InvalidParameterValue.SubAppId");

    let saved = service.snapshot().unwrap();
    service.reset();
    assert_eq!(numbers(&good(&service, &spec, "DescribeSubAppIds", json!({})).await).len(), 2);
    service.restore(&saved).unwrap();
    assert_ne!(code(&call(&service, "DescribeAllClass", list).await), "ok", "as when it was saved");
}

#[tokio::test]
async fn persons_and_words_are_listed_as_they_were_changed() {
    let (service, spec) = (build(Emulator::builder()), spec());
    let create = json!({
        "Name": "Ada",
        "Usages": ["Recognition.Face"],
        "Tags": ["a", "b"],
        "FaceContents": ["cGljdHVyZQ==", "cGljdHVyZQ=="],
    });
    let person = good(&service, &spec, "CreatePersonSample", create).await["Person"].clone();
    assert_eq!(person["FaceInfoSet"].as_array().unwrap().len(), 2);
    let id = person["PersonId"].as_str().unwrap();
    let removed = person["FaceInfoSet"][0]["FaceId"].clone();
    let change = json!({
        "PersonId": id,
        "Description": "a mathematician",
        "FaceOperationInfo": { "Type": "delete", "FaceIds": [removed] },
        "TagOperationInfo": { "Type": "add", "Tags": ["b", "c"] },
    });
    good(&service, &spec, "ModifyPersonSample", change).await;
    let listed =
        good(&service, &spec, "DescribePersonSamples", json!({ "Tags": ["c"], "Names": ["Ada", "Bob"] }))
            .await;
    let found = &listed["PersonSet"][0];
    assert_eq!((&listed["TotalCount"], &found["TagSet"]), (&json!(1), &json!(["a", "b", "c"])));
    assert_eq!(
        (&found["Description"], found["FaceInfoSet"].as_array().unwrap().len()),
        (&json!("a mathematician"), 1)
    );
    let vendors = good(&service, &spec, "DescribePersonSamples", json!({ "Type": "Default" })).await;
    assert_eq!(vendors["TotalCount"], 0);
    good(&service, &spec, "DeletePersonSample", json!({ "PersonId": id })).await;
    for action in ["DeletePersonSample", "ModifyPersonSample"] {
        let again = call(&service, action, json!({ "PersonId": id, "Name": "a" })).await;
        assert!(
            ["ResourceNotFound.Person", "UnknownParameter"].contains(&code(&again).as_str()),
            "{action}: {again}"
        );
    }

    let words = json!({
        "Usages": ["Recognition.Ocr"],
        "Words": [{ "Keyword": "sea", "Tags": ["water"] }, { "Keyword": "sand" }, { "Keyword": "sun" }],
    });
    good(&service, &spec, "CreateWordSamples", words).await;
    let change = json!({ "Keyword": "sand", "TagOperationInfo": { "Type": "reset", "Tags": ["beach"] } });
    good(&service, &spec, "ModifyWordSample", change).await;
    let listed =
        good(&service, &spec, "DescribeWordSamples", json!({ "Tags": ["beach", "water"], "Limit": 1 })).await;
    assert_eq!((&listed["TotalCount"], listed["WordSet"].as_array().unwrap().len()), (&json!(2), 1));
    let absent = call(&service, "ModifyWordSample", json!({ "Keyword": "snow" })).await;
    assert_eq!(code(&absent), "ResourceNotFound.Word");
    good(&service, &spec, "DeleteWordSamples", json!({ "Keywords": ["sea", "sand", "snow"] })).await;
    let listed = good(&service, &spec, "DescribeWordSamples", json!({})).await;
    assert_eq!((&listed["TotalCount"], &listed["WordSet"][0]["Keyword"]), (&json!(1), &json!("sun")));
}

#[tokio::test]
async fn manifests_are_parsed() {
    let (service, spec) = (build(Emulator::builder()), spec());
    let manifest =
        "#EXTM3U\n#EXT-X-MAP:URI=\"init.mp4\"\n#EXTINF:9,\na/first.ts\n#EXTINF:9,\nsecond.ts\n#EXT-X-ENDLIST";
    let parse = json!({ "MediaManifestContent": manifest });
    let parsed = good(&service, &spec, "ParseStreamingManifest", parse).await;
    assert_eq!(parsed["MediaSegmentSet"], json!(["init.mp4", "a/first.ts", "second.ts"]));
    let outside = json!({ "MediaManifestContent": "#EXTM3U\n#EXTINF:9,\n../a.ts" });
    let refused = call(&service, "ParseStreamingManifest", outside).await;
    assert_eq!(code(&refused), "InvalidParameterValue.MediaManifestContent");
}
