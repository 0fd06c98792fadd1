//! The tree of classes through the API.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::collections::BTreeMap;

use fastrand::Rng;
use serde_json::{Value, json};
use signer::{call, code};
use vod_emulator::{ClassNames, EmulatedService, Emulator, Options, SystemClass};

fn service(mut options: Options) -> EmulatedService {
    options.enforce_rate_limits = false;
    Emulator::builder().options(options).build().unwrap()
}

async fn create(service: &EmulatedService, parent: i64, name: &str) -> Value {
    call(service, "CreateClass", json!({ "ParentId": parent, "ClassName": name })).await
}

async fn classes(service: &EmulatedService, sub_app_id: u64) -> Vec<Value> {
    let answer = call(service, "DescribeAllClass", json!({ "SubAppId": sub_app_id })).await;
    answer["ClassInfoSet"].as_array().unwrap().clone()
}

#[tokio::test]
async fn what_was_created_is_found_renamed_and_deleted() {
    let service = service(Options::default());
    let parent = create(&service, -1, "films").await["ClassId"].as_i64().unwrap();
    let child = create(&service, parent, "old films").await["ClassId"].as_i64().unwrap();
    let found = classes(&service, 0).await;
    assert_eq!(found.len(), 3, "with the class that is always there: {found:?}");
    assert_eq!(
        found[1],
        json!({
            "ClassId": parent, "ParentId": -1, "ClassName": "films", "Name": "films", "Level": 0,
            "SubClassIdSet": [child],
        })
    );
    assert_eq!((&found[2]["Level"], &found[2]["ParentId"]), (&json!(1), &json!(parent)));

    let renamed =
        call(&service, "ModifyClass", json!({ "ClassId": child, "ClassName": "silent films" })).await;
    assert_eq!(code(&renamed), "ok");
    assert_eq!(classes(&service, 0).await[2]["Name"], "silent films");
    let delete = |id: i64| call(&service, "DeleteClass", json!({ "ClassId": id }));
    assert_eq!(code(&delete(parent).await), "UnsupportedOperation.ClassNotEmpty");
    assert_eq!(code(&delete(child).await), "ok");
    assert_eq!(code(&delete(child).await), "InvalidParameterValue.ClassId");
    assert_eq!(code(&delete(parent).await), "ok");
    assert_eq!(classes(&service, 0).await.len(), 1);
    let next = create(&service, -1, "films").await["ClassId"].as_i64().unwrap();
    assert!(next > child, "a number is not given twice");
}

#[tokio::test]
async fn wrong_calls_get_the_codes_of_their_actions() {
    let service = service(Options::default());
    let mut parent = -1;
    for level in 0..4 {
        parent = create(&service, parent, &format!("level {level}")).await["ClassId"].as_i64().unwrap();
    }
    let modify = |id: u64, name: &'static str| {
        call(&service, "ModifyClass", json!({ "ClassId": id, "ClassName": name }))
    };
    for (answer, expected) in [
        (create(&service, parent, "too deep").await, "FailedOperation.ClassLevelLimitExceeded"),
        (create(&service, 99, "orphan").await, "FailedOperation.ParentIdNoFound"),
        (create(&service, -2, "orphan").await, "InvalidParameterValue.ParentId"),
        (create(&service, -1, "").await, "InvalidParameterValue.ClassName"),
        (create(&service, -1, &"x".repeat(65)).await, "InvalidParameterValue.ClassName"),
        (create(&service, -1, "level 3").await, "FailedOperation.ClassNameDuplicate"),
        (modify(99, "new").await, "FailedOperation.ClassNoFound"),
        (modify(2, "level 0").await, "FailedOperation.ClassNameDuplicate"),
        (modify(2, "level 1").await, "ok"),
        (modify(0, "mine").await, "InvalidParameterValue.ClassId"),
        (call(&service, "DeleteClass", json!({ "ClassId": 0 })).await, "InvalidParameterValue.ClassId"),
    ] {
        assert_eq!(code(&answer), expected, "{answer}");
    }
    assert_eq!(classes(&service, 0).await.len(), 5, "what was refused left nothing behind");
}

#[tokio::test]
async fn a_class_has_at_most_500_subclasses() {
    let service = service(Options::default());
    let parent = create(&service, -1, "parent").await["ClassId"].as_i64().unwrap();
    for number in 0..500 {
        assert_eq!(code(&create(&service, parent, &number.to_string()).await), "ok");
    }
    let more = create(&service, parent, "more").await;
    assert_eq!(code(&more), "FailedOperation.SubclassLimitExceeded");
}

#[tokio::test]
async fn what_nobody_documented_is_an_option() {
    let options = Options {
        class_names: ClassNames::UniqueAmongSiblings,
        system_class: SystemClass::Ordinary,
        ..Options::default()
    };
    let service = service(options);
    let parent = create(&service, -1, "a").await["ClassId"].as_i64().unwrap();
    assert_eq!(code(&create(&service, parent, "a").await), "ok");
    assert_eq!(code(&create(&service, -1, "a").await), "FailedOperation.ClassNameDuplicate");
    assert_eq!(code(&call(&service, "DeleteClass", json!({ "ClassId": 0 })).await), "ok");
}

#[tokio::test]
async fn applications_have_classes_of_their_own() {
    let service = service(Options::default());
    let created =
        call(&service, "CreateClass", json!({ "ParentId": -1, "ClassName": "a", "SubAppId": 5 })).await;
    assert_eq!(code(&created), "ok");
    assert_eq!((classes(&service, 5).await.len(), classes(&service, 6).await.len()), (2, 1));
}

/// A thousand random calls leave the same tree as a plain model of it.
#[tokio::test]
async fn a_random_history_equals_its_model() {
    for seed in 0..4 {
        let (service, mut rng) = (service(Options::default()), Rng::with_seed(seed));
        let mut model: BTreeMap<i64, (i64, String)> = [(0, (-1, "Other".to_owned()))].into();
        for step in 0..250 {
            let ids: Vec<i64> = model.keys().copied().chain([-1]).collect();
            let id = ids[rng.usize(..ids.len())];
            let name = format!("name {}", rng.u32(..60));
            let has_name = model.values().any(|(_, other)| *other == name);
            let mut level = 0;
            let mut above = id;
            while let Some((parent, _)) = model.get(&above) {
                level += 1;
                above = *parent;
            }
            match rng.u32(..4) {
                0 | 1 => {
                    let answer = create(&service, id, &name).await;
                    assert_eq!(code(&answer) == "ok", level < 4 && !has_name, "step {step}: {answer}");
                    if let Some(created) = answer["ClassId"].as_i64() {
                        assert_eq!(model.insert(created, (id, name)), None);
                    }
                }
                2 if id >= 0 => {
                    let parameters = json!({ "ClassId": id, "ClassName": name });
                    let answer = call(&service, "ModifyClass", parameters).await;
                    let is_own = model.get(&id).is_some_and(|(_, own)| *own == name);
                    assert_eq!(
                        code(&answer) == "ok",
                        id > 0 && (!has_name || is_own),
                        "step {step}: {answer}"
                    );
                    if code(&answer) == "ok" {
                        model.get_mut(&id).unwrap().1 = name;
                    }
                }
                _ => {
                    let answer = call(&service, "DeleteClass", json!({ "ClassId": id })).await;
                    let is_empty = model.values().all(|(parent, _)| *parent != id);
                    assert_eq!(code(&answer) == "ok", id > 0 && is_empty, "step {step}: {answer}");
                    if code(&answer) == "ok" {
                        model.remove(&id);
                    }
                }
            }
            let found: BTreeMap<i64, (i64, String)> = classes(&service, 0)
                .await
                .iter()
                .map(|class| {
                    let number = |name: &str| class[name].as_i64().unwrap();
                    (number("ClassId"), (number("ParentId"), class["Name"].as_str().unwrap().to_owned()))
                })
                .collect();
            assert_eq!(found, model, "seed {seed}, step {step}");
        }
    }
}
