//! Where credentials come from, as a program sees it: roles by STS, files, the default chain.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a child process reports, and a credential expires"
)]

use std::collections::BTreeSet;
use std::future::IntoFuture as _;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::task::{Context, Waker};
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use vod_api::credential::{
    AssumeRoleProvider, CredentialError, CredentialProvider, InstanceRoleProvider, ProvideCredential,
    TccliProvider, WebIdentityProvider,
};
use vod_api::vod::DescribeEventConfigRequest;
use vod_api::{Client, ClientBuilder, Credential, ErrorKind};
use vod_emulator::Emulator;

const ROLE: &str = "qcs::cam::uin/10001:roleName/uploads";
/// A temporary credential that an emulator was started with.
const GIVEN: (&str, &str, &str) = ("AKID-example", "key-example", "token-example");

/// STS and VOD: what the one gives out, the other accepts.
async fn both() -> Emulator {
    Emulator::start().await.unwrap()
}

/// VOD, which takes one temporary credential alone.
async fn vod() -> Emulator {
    let (id, key, token) = GIVEN;
    Emulator::builder().secret_id(id).secret_key(key).token(token).start().await.unwrap()
}

/// A client of the emulator, with its credential.
fn own(emulator: &Emulator) -> ClientBuilder {
    Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
}

fn with(provider: impl CredentialProvider, emulator: &Emulator) -> Client {
    Client::builder().credential_provider(provider).endpoint(emulator.endpoint()).build().unwrap()
}

/// A folder that is deleted after the test.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("vod-credentials-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.0.join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A server that gives every request the same answer, and keeps the requests.
struct Server {
    url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Server {
    async fn answering(answer: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&requests);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let mut bytes = Vec::new();
                // All of these requests end with their JSON.
                while !bytes.ends_with(b"}") {
                    assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0);
                }
                log.lock().unwrap().push(String::from_utf8(bytes).unwrap());
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        Self { url, requests }
    }

    async fn json(body: &str) -> Self {
        let head = "HTTP/1.1 200 OK\r\nconnection: close\r\n";
        Self::answering(format!("{head}content-length: {}\r\n\r\n{body}", body.len())).await
    }

    fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

/// The start of 2100: when the credential in [`GIVEN_ANSWER`] ends.
const END: u64 = 4_102_444_800;

fn end() -> SystemTime {
    SystemTime::UNIX_EPOCH + Duration::from_secs(END)
}

/// An answer of STS.
const GIVEN_ANSWER: &str = r#"{"Response":{
    "Credentials":{"Token":"t0ken-text","TmpSecretId":"AKID9","TmpSecretKey":"k3y-text"},
    "ExpiredTime":4102444800,"Expiration":"2100-01-01T00:00:00Z","RequestId":"9f"}}"#;

#[tokio::test]
async fn a_role_is_assumed_and_its_credential_signs_the_calls() {
    let sts = both().await;
    let role = AssumeRoleProvider::new(own(&sts).build().unwrap(), ROLE)
        .session_name("nightly")
        .duration(Duration::from_mins(30))
        .external_id("id-of-the-owner");
    let client = with(role, &sts);
    client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap();
}

#[tokio::test]
async fn a_role_that_sts_refuses_is_told_with_the_services_words() {
    let sts = both().await;
    let stranger = own(&sts).credential(Credential::new("AKID-stranger", "key-of-nobody")).build().unwrap();
    let client = with(AssumeRoleProvider::new(stranger, ROLE), &sts);
    let error = client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap_err();
    assert_eq!((error.kind(), error.action()), (ErrorKind::Credential, Some("DescribeEventConfig")));
    let text = error.to_string();
    assert!(text.contains("assumed role: AssumeRole failed: AuthFailure.SecretIdNotFound"), "{text}");
    assert!(!format!("{error:?}").contains("key-of-nobody"), "{error:?}");
}

#[tokio::test]
async fn a_pods_role_needs_no_key() {
    let sts = both().await;
    let folder = Folder::new("pod");
    let token = folder.write("token", "token-of-the-pod\n");
    let client = with(WebIdentityProvider::new("OIDC", ROLE, token).endpoint(sts.endpoint()), &sts);
    client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap();
}

#[tokio::test]
async fn a_pods_token_is_read_for_each_call_and_travels_unsigned() {
    let server = Server::json(GIVEN_ANSWER).await;
    let folder = Folder::new("token");
    let path = folder.write("token", "first-token\n");
    let provider = WebIdentityProvider::new("OIDC", ROLE, path).endpoint(&*server.url).region("ap-tokyo");
    let credential = provider.credential().await.unwrap();
    assert_eq!(credential.secret_id(), "AKID9");
    assert_eq!(credential.expires_at(), Some(end()));
    folder.write("token", "second-token\n");
    provider.credential().await.unwrap();

    let requests = server.requests();
    for (request, token) in requests.iter().zip(["first-token", "second-token"]) {
        assert!(request.contains(&format!(r#""WebIdentityToken":"{token}""#)), "{request}");
        let head = request.to_ascii_lowercase();
        for header in [
            "authorization: skip\r\n",
            "x-tc-action: assumerolewithwebidentity\r\n",
            "x-tc-version: 2018-08-13\r\n",
            "x-tc-region: ap-tokyo\r\n",
        ] {
            assert!(head.contains(header), "{header} is missing: {request}");
        }
        assert!(!head.contains("x-tc-token"), "{request}");
    }
    assert_eq!(requests.len(), 2);
}

#[tokio::test]
async fn a_pods_token_is_not_repeated() {
    let refusal = r#"{"Response":{"Error":{"Code":"InvalidParameter.ParamError","Message":"bad first-token"},"RequestId":"9f"}}"#;
    let server = Server::json(refusal).await;
    let folder = Folder::new("refused");
    let path = folder.write("token", "first-token");
    let error =
        WebIdentityProvider::new("OIDC", ROLE, path).endpoint(&*server.url).credential().await.unwrap_err();
    assert!(error.to_string().contains("InvalidParameter.ParamError: bad ** redacted **"), "{error}");
    assert!(!format!("{error:?}").contains("first-token"), "{error:?}");
}

#[tokio::test]
async fn what_sts_gives_out_is_not_shown_when_its_answer_breaks_off_or_does_not_fit() {
    let whole = GIVEN_ANSWER;
    let cut = &whole[..whole.len() - 5];
    let head = "HTTP/1.1 200 OK\r\nconnection: close\r\ncontent-length";
    for answer in [
        format!("{head}: {}\r\n\r\n{cut}", cut.len()),
        format!("{head}: {}\r\n\r\n{cut}", cut.len() + 5),
        format!(
            "{head}: {}\r\n\r\n{}",
            whole.len(),
            whole.replace("Expiration\":\"", "Expiration\":8,\"E\":\"")
        ),
    ] {
        let server = Server::answering(answer).await;
        let client =
            Client::builder().credential(Credential::new("AKID1", "own-key")).endpoint(&*server.url).build();
        let client = client.unwrap();
        let request = vod_api::sts::AssumeRoleRequest::new(ROLE, "nightly");
        let error = client.assume_role(request).await.unwrap_err();
        let shown = format!("{error} {error:?} {:?}", error.snippet());
        assert!(!shown.contains("k3y-text") && !shown.contains("t0ken-text"), "{shown}");
        let error = AssumeRoleProvider::new(client, ROLE).credential().await.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(!shown.contains("k3y-text") && !shown.contains("t0ken-text"), "{shown}");
    }
}

#[tokio::test]
async fn the_vendors_command_line_may_have_named_a_role() {
    let sts = both().await;
    let folder = Folder::new("tccli");
    let profile = format!(
        r#"{{"secretId":"{}","secretKey":"{}","role-arn":"{ROLE}","role-session-name":"nightly"}}"#,
        sts.secret_id(),
        sts.secret_key()
    );
    folder.write("work.credential", &profile);
    let provider = TccliProvider::new().profile("work").folder(&folder.0).sts_endpoint(sts.endpoint());
    with(provider, &sts).describe_event_config(DescribeEventConfigRequest::new()).await.unwrap();
}

#[tokio::test]
async fn one_of_the_callers_own_is_asked_once_by_clones_and_many_calls() {
    struct Vault(Credential, Arc<Mutex<u32>>);

    impl CredentialProvider for Vault {
        fn name(&self) -> &'static str {
            "vault"
        }
        fn credential(&self) -> ProvideCredential<'_> {
            Box::pin(async {
                *self.1.lock().unwrap() += 1;
                tokio::task::yield_now().await;
                Ok(self.0.clone().with_expiry(end()))
            })
        }
    }

    let vod = vod().await;
    let asked = Arc::new(Mutex::new(0));
    let (id, key, token) = GIVEN;
    let client = with(Vault(Credential::new(id, key).with_token(token), Arc::clone(&asked)), &vod);
    assert_eq!(*asked.lock().unwrap(), 0, "not before the first call");
    let mut calls = tokio::task::JoinSet::new();
    for _ in 0..5 {
        let client = client.clone();
        calls.spawn(async move { client.describe_event_config(DescribeEventConfigRequest::new()).await });
    }
    assert!(calls.join_all().await.iter().all(Result::is_ok));
    assert_eq!(*asked.lock().unwrap(), 1);
}

#[tokio::test]
async fn a_failure_is_told_with_its_cause_and_the_next_call_tries_again() {
    struct Closed;

    impl CredentialProvider for Closed {
        fn name(&self) -> &'static str {
            "vault"
        }
        fn credential(&self) -> ProvideCredential<'_> {
            Box::pin(async { Err(CredentialError::failed(std::io::Error::other("sealed"))) })
        }
    }

    let client = with(Closed, &vod().await);
    for _ in 0..2 {
        let error = client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap_err();
        assert_eq!(error.to_string(), "DescribeEventConfig failed: no credential from the vault: sealed");
        // Its text is in the message already, so a report of the chain must not have it again.
        assert!(error.is_authentication() && std::error::Error::source(&error).is_none());
        assert!(error.underlying().is_some());
    }
}

/// What `from_env` gives in a process of its own: variables can't be changed in this one.
#[tokio::test]
#[ignore = "started by other tests, with the environment that they are about"]
async fn child() {
    let outcome = async {
        let client = Client::from_env()?;
        client.describe_event_config(DescribeEventConfigRequest::new()).await
    };
    match outcome.await {
        Ok(answer) => println!("answered {}", answer.request_id),
        Err(error) => println!("refused: {error}"),
    }
}

async fn in_a_process_with(variables: &[(&str, &str)]) -> String {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--ignored", "--nocapture"]);
    command.env_clear().env("VOD_METADATA_ENDPOINT", "off").envs(variables.iter().copied());
    let output: Output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[tokio::test]
async fn a_program_finds_the_profile_of_its_user() {
    let vod = Emulator::start().await.unwrap();
    let endpoint = vod.endpoint();
    let folder = Folder::new("home");
    let section = format!("secret_id = {}\nsecret_key = {}\n", vod.secret_id(), vod.secret_key());
    folder.write(
        ".tencentcloud/credentials",
        &format!("[default]\nsecret_id = AKID-old\nsecret_key = key-old\n\n[prod]\n{section}"),
    );
    let home = folder.0.to_str().unwrap();
    let usual = [("HOME", home), ("USERPROFILE", home), ("VOD_ENDPOINT", &*endpoint)];
    let output = in_a_process_with(&[&usual[..], &[("TENCENTCLOUD_PROFILE", "prod")]].concat()).await;
    assert!(output.contains("answered "), "{output}");
    let output = in_a_process_with(&usual).await;
    assert!(output.contains("refused: DescribeEventConfig failed: AuthFailure.SecretIdNotFound"), "{output}");
    // The environment comes first.
    let variables =
        [("TENCENTCLOUD_SECRET_ID", vod.secret_id()), ("TENCENTCLOUD_SECRET_KEY", vod.secret_key())];
    let output = in_a_process_with(&[&usual[..], &variables].concat()).await;
    assert!(output.contains("answered "), "{output}");
}

#[tokio::test]
async fn a_program_without_any_credential_is_told_where_it_was_looked_for() {
    let folder = Folder::new("empty");
    let home = folder.0.to_str().unwrap();
    let output =
        in_a_process_with(&[("HOME", home), ("USERPROFILE", home), ("VOD_ENDPOINT", "http://127.0.0.1:9")])
            .await;
    for part in [
        "refused: DescribeEventConfig failed: no credential from the credential chain: ",
        "environment: TENCENTCLOUD_SECRET_ID is not set; ",
        "profile file: ",
        ".tencentcloud/credentials does not exist, /etc/tencentcloud/credentials does not exist; ",
        "tccli profile: ",
        "default.credential does not exist; ",
        "web identity: TKE_ROLE_ARN is not set; ",
        "instance role: turned off by VOD_METADATA_ENDPOINT",
    ] {
        assert!(output.contains(part), "{part} is missing: {output}");
    }
}

#[tokio::test]
async fn a_program_on_a_machine_with_a_role_needs_no_key() {
    let emulator = both().await;
    let (folder, endpoint) = (Folder::new("machine"), emulator.endpoint());
    let home = folder.0.to_str().unwrap();
    let output = in_a_process_with(&[
        ("HOME", home),
        ("USERPROFILE", home),
        ("VOD_ENDPOINT", &*endpoint),
        ("VOD_METADATA_ENDPOINT", &*endpoint),
    ])
    .await;
    assert!(output.contains("answered "), "{output}");
}

/// The secret ids of the calls that were carried out.
fn callers(emulator: &Emulator) -> BTreeSet<String> {
    let calls = emulator.calls().recent.into_iter().filter(|call| call.action == "DescribeEventConfig");
    let passed = calls.filter(|call| call.code.is_none());
    passed.filter_map(|call| call.checks.into_iter().next()).map(|check| check.detail).collect()
}

/// Hours pass on the emulator's clock alone, which the client learns of by its first call after them.
#[tokio::test]
async fn the_credential_of_a_machine_is_fetched_again_when_its_time_is_over() {
    let emulator = both().await;
    let client = with(InstanceRoleProvider::new().endpoint(emulator.endpoint()), &emulator);
    for _ in 0..3 {
        client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap();
        emulator.advance(Duration::from_hours(3));
    }
    assert_eq!(emulator.handled().of("DescribeEventConfig"), 3);
    assert_eq!(callers(&emulator).len(), 3);
}

#[tokio::test]
async fn an_assumed_role_is_assumed_again_when_its_time_is_over() {
    let emulator = both().await;
    let role =
        AssumeRoleProvider::new(own(&emulator).build().unwrap(), ROLE).duration(Duration::from_mins(30));
    let client = with(role, &emulator);
    for _ in 0..3 {
        client.describe_event_config(DescribeEventConfigRequest::new()).await.unwrap();
        emulator.advance(Duration::from_hours(1));
    }
    assert_eq!(emulator.handled().of("DescribeEventConfig"), 3);
    assert_eq!((emulator.handled().of("AssumeRole"), callers(&emulator).len()), (3, 3));
}

/// Calls while its runtime ends: dropped with the task that holds it.
struct CallsAtTheEnd(Client);

impl Drop for CallsAtTheEnd {
    fn drop(&mut self) {
        let call = self.0.describe_event_config(DescribeEventConfigRequest::new());
        let mut call = call.into_future();
        let outcome = call.as_mut().poll(&mut Context::from_waker(Waker::noop()));
        println!("ended with {outcome:?}");
    }
}

/// What a call does in a process whose runtime is shut down: spawning drops a task at once there.
#[test]
#[ignore = "started by another test, which limits its time"]
fn child_that_calls_while_its_runtime_ends() {
    for is_due in [false, true] {
        let (id, key, token) = GIVEN;
        let credential = Credential::new(id, key).with_token(token);
        let vault = Held { credential, is_due, given: Mutex::default() };
        let builder = Client::builder().credential_provider(vault).endpoint("http://127.0.0.1:9");
        let client = builder.operation_timeout(Duration::from_secs(5)).build().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async {
            if is_due {
                let _ = client.describe_event_config(DescribeEventConfigRequest::new()).await;
            }
            let held = CallsAtTheEnd(client);
            tokio::spawn(async move {
                let _held = held;
                std::future::pending::<()>().await;
            });
            tokio::task::yield_now().await;
        });
        drop(runtime);
    }
    println!("the process ends");
}

/// Gives a credential that is good and to be refreshed at once, or none for the time of the test.
struct Held {
    credential: Credential,
    is_due: bool,
    given: Mutex<u32>,
}

impl CredentialProvider for Held {
    fn name(&self) -> &'static str {
        "held"
    }
    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(async {
            *self.given.lock().unwrap() += 1;
            if !self.is_due {
                std::future::pending::<()>().await;
            }
            // The last quarter of such a life has begun before anybody looks.
            tokio::time::sleep(Duration::from_millis(5)).await;
            Ok(self.credential.clone().with_expiry(SystemTime::now() + Duration::from_millis(3)))
        })
    }
}

#[tokio::test]
async fn a_call_while_its_runtime_ends_does_not_keep_the_process_from_ending() {
    let mut command = tokio::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child_that_calls_while_its_runtime_ends", "--ignored", "--nocapture"]);
    command.kill_on_drop(true);
    let output = tokio::time::timeout(Duration::from_mins(1), command.output()).await;
    let output = output.expect("the process stands still").unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("the process ends"), "{text}");
    assert_eq!(text.matches("ended with ").count(), 2, "{text}");
}
