//! Answers of STS that are not quite what the specs say: a credential comes as a whole or not at all.

use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Value, json};

use super::*;
use crate::sts::AssumeRole;
use crate::testing::MockTransport;

const SECRETS: [&str; 2] = ["k3y-text", "t0ken-text"];

fn whole() -> Value {
    json!({
        "Credentials": { "Token": "t0ken-text", "TmpSecretId": "AKID-given", "TmpSecretKey": "k3y-text" },
        "ExpiredTime": 1_900_000_000,
        "Expiration": "2030-03-17T17:46:40Z",
    })
}

/// The answer with another value at a path; absent without one.
fn changed(path: &[&str], value: Option<Value>) -> Value {
    let mut answer = whole();
    let (name, parents) = path.split_last().unwrap();
    let mut parent = &mut answer;
    for member in parents {
        parent = &mut parent[member];
    }
    match value {
        Some(value) => parent[name] = value,
        None => drop(parent.as_object_mut().unwrap().remove(*name)),
    }
    answer
}

async fn assume(answer: Value) -> Result<Credential, CredentialError> {
    let mock = MockTransport::new();
    mock.on::<AssumeRole>().respond_json(answer).repeat();
    let own = mock.builder().credential(Credential::new("AKID-own", "own-key")).build().unwrap();
    AssumeRoleProvider::new(own, "qcs::cam::uin/10001:roleName/uploads").credential().await
}

#[tokio::test(start_paused = true)]
async fn a_whole_credential_is_taken_with_its_end() {
    for answer in [
        whole(),
        // A number may be written as a text, and more may stand beside.
        changed(&["ExpiredTime"], Some(json!("1900000000"))),
        changed(&["Credentials", "New"], Some(json!([1]))),
    ] {
        let credential = assume(answer).await.unwrap();
        assert_eq!((credential.secret_id(), credential.secret_key()), ("AKID-given", "k3y-text"));
        assert_eq!(credential.token(), Some("t0ken-text"));
        assert_eq!(credential.expires_at(), Some(UNIX_EPOCH + Duration::from_secs(1_900_000_000)));
    }
}

#[tokio::test(start_paused = true)]
async fn part_of_a_credential_is_an_error_with_its_path() {
    let odd = [None, Some(json!("")), Some(json!(null)), Some(json!({})), Some(json!(["t0ken-text"]))];
    for part in ["Token", "TmpSecretId", "TmpSecretKey"] {
        for value in &odd {
            let error = assume(changed(&["Credentials", part], value.clone())).await.unwrap_err().to_string();
            assert!(error.contains(&format!("Credentials.{part}")), "{value:?}: {error}");
            assert!(!SECRETS.iter().any(|secret| error.contains(secret)), "{error}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn no_credential_is_an_error() {
    for value in [None, Some(json!(null)), Some(json!([])), Some(json!("")), Some(json!({})), Some(json!(7))]
    {
        let error = assume(changed(&["Credentials"], value.clone())).await.unwrap_err().to_string();
        assert!(error.contains("Credentials"), "{value:?}: {error}");
    }
}

/// One that never ended would be used until the service refused it.
#[tokio::test(start_paused = true)]
async fn a_credential_without_an_end_is_an_error_with_its_path() {
    let odd = [json!("soon"), json!(null), json!(0), json!(-1), json!([]), json!(1.5), json!(i64::MIN)];
    for value in odd.map(Some).into_iter().chain([None]) {
        let error = assume(changed(&["ExpiredTime"], value.clone())).await.unwrap_err().to_string();
        assert!(error.contains("ExpiredTime"), "{value:?}: {error}");
        assert!(!SECRETS.iter().any(|secret| error.contains(secret)), "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_part_that_no_request_can_carry_is_an_error_that_does_not_show_it() {
    for value in [" t0ken-text", "t0ken-text\n", "t0ken-t\u{e9}xt"] {
        let answer = changed(&["Credentials", "Token"], Some(json!(value)));
        let error = assume(answer).await.unwrap_err().to_string();
        assert!(error.contains("token") && !error.contains("t0ken"), "{error}");
    }
}
