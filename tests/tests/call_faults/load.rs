//! Many calls of several actions through one client, each judged by what the service has seen of it.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::future::join_all;
use tokio::time::Instant;
use vod_api::vod::{
    ConfirmEventsRequest, CreateCLSTopicRequest, CreateTranscodeTemplateRequest, DescribeEventConfigRequest,
    DescribeTranscodeTemplatesRequest, PullEventsRequest, TranscodeTemplate,
};
use vod_api::{Client, ClientBuilder, Error, ErrorKind};
use vod_emulator::{CallKey, EmulatedService, Faults};

/// The action that must not be carried out twice. Each call has a name of its own.
pub(crate) const CREATE: &str = "CreateCLSTopic";
/// Its parameter that tells its calls apart.
pub(crate) const NAME: &str = "TopicName";

/// The longest that a call may take: the client's own limit, and a little for the timers' grain.
const LONGEST: Duration = Duration::from_millis(60_010);

/// What the client's hook was shown.
#[derive(Debug, Default)]
pub(crate) struct Shown {
    pub(crate) attempts: AtomicU64,
    successes: AtomicU64,
    last_failures: AtomicU64,
}

/// What became of the calls.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    pub(crate) succeeded: u64,
    /// Failures by what they were, each with how many calls.
    pub(crate) failed: BTreeMap<String, u64>,
    /// Calls of idempotent actions, and those of them that succeeded.
    pub(crate) idempotent: (u64, u64),
    /// Calls of idempotent actions that failed by what sending them again does not help against.
    pub(crate) beyond_help: u64,
    /// Calls of the other one, and those of them that succeeded.
    pub(crate) once: (u64, u64),
    /// Handles of calls that confirmed them, and of those that may have.
    pub(crate) confirmed: (u64, u64),
}

impl Tally {
    pub(crate) fn failures(&self) -> u64 {
        self.failed.values().sum()
    }
}

/// What the undisturbed service answers, so what every answer has to be.
struct Expected {
    templates: Vec<TranscodeTemplate>,
    created: String,
}

/// An action that must not be carried out twice, and of which the emulator keeps nothing.
pub(crate) fn topic(name: &str) -> CreateCLSTopicRequest {
    CreateCLSTopicRequest::new("ap-guangzhou", name, "54079098-61ea-48f9-8270-3b041a5d0150")
}

/// Calls to a service.
pub(crate) struct Load {
    client: Client,
    service: EmulatedService,
    expected: Expected,
    pub(crate) shown: Arc<Shown>,
    /// Handles that were pulled and not yet given to a call.
    handles: Mutex<Vec<String>>,
    tally: Mutex<Tally>,
}

impl Load {
    /// Finds out what the service answers in peace, and then disturbs it.
    pub(crate) async fn new(service: &EmulatedService, builder: ClientBuilder, faults: Faults) -> Self {
        let shown = Arc::new(Shown::default());
        let hook = Arc::clone(&shown);
        let client = builder
            .on_attempt(move |attempt| {
                hook.attempts.fetch_add(1, Ordering::SeqCst);
                let succeeded = attempt.error.is_none();
                hook.successes.fetch_add(succeeded.into(), Ordering::SeqCst);
                let given_up = !succeeded && attempt.retry_in.is_none();
                hook.last_failures.fetch_add(given_up.into(), Ordering::SeqCst);
            })
            .build()
            .unwrap();
        client.create_transcode_template(CreateTranscodeTemplateRequest::new("mp4")).await.unwrap();
        let templates =
            client.describe_transcode_templates(templates()).await.unwrap().transcode_template_set;
        let created = client.create_cls_topic(topic("in peace")).await.unwrap();
        assert!(!templates.is_empty() && !created.topic_id.is_empty(), "the service says too little");
        for count in [&shown.attempts, &shown.successes, &shown.last_failures] {
            count.store(0, Ordering::SeqCst);
        }
        service.count_handled_by(CallKey::Parameter(NAME.to_owned()));
        service.set_faults(faults).unwrap();
        Self {
            client,
            service: service.clone(),
            expected: Expected { templates, created: created.topic_id },
            shown,
            handles: Mutex::default(),
            tally: Mutex::default(),
        }
    }

    /// Makes this many calls, so many at a time, and judges them.
    pub(crate) async fn run(self, calls: u64, at_a_time: u64) -> (Tally, Arc<Shown>) {
        let next = AtomicU64::new(0);
        let worker = || async {
            loop {
                let number = next.fetch_add(1, Ordering::SeqCst);
                if number >= calls {
                    return;
                }
                self.call(number).await;
            }
        };
        join_all((0..at_a_time).map(|_| worker())).await;
        let Self { client, service, shown, tally, .. } = self;
        drop(client);
        let tally = tally.into_inner().unwrap();

        // Every call ended once, and the hook saw each end.
        assert_eq!(tally.succeeded + tally.failures(), calls);
        assert_eq!(shown.successes.load(Ordering::SeqCst), tally.succeeded);
        assert_eq!(shown.last_failures.load(Ordering::SeqCst), tally.failures());
        assert!(service.handled().most_repeated(CREATE) <= 1, "carried out twice");
        let keys = service.handled().keys(CREATE).count() as u64;
        assert!(tally.once.1 <= keys && keys <= tally.once.0, "{keys} of {:?}", tally.once);
        (tally, shown)
    }

    #[allow(clippy::disallowed_methods, reason = "a test of a time limit needs the time")]
    async fn call(&self, number: u64) {
        let start = Instant::now();
        match number % 5 {
            0 => self.pull().await,
            1 => self.confirm().await,
            2 => self.describe_config().await,
            3 => self.describe_templates().await,
            _ => self.create(number).await,
        }
        let elapsed = start.elapsed();
        assert!(elapsed <= LONGEST, "call {number} took {elapsed:?}");
    }

    async fn pull(&self) {
        let outcome = self.client.pull_events(PullEventsRequest::new()).await;
        if let Ok(pulled) = &outcome {
            assert!(pulled.event_set.len() <= 16);
            for event in &pulled.event_set {
                assert_eq!(event.event_type.as_str(), "FileDeleted");
                assert_eq!(event.file_delete_event.as_ref().unwrap().file_id_set, ["1"]);
                assert!(!event.event_handle.is_empty());
            }
            let handles = pulled.event_set.iter().map(|event| event.event_handle.clone());
            self.handles.lock().unwrap().extend(handles);
        }
        self.judge("PullEvents", outcome.map(drop));
    }

    /// Confirms some handles that no call was given before; without any it pulls.
    async fn confirm(&self) {
        let handles: Vec<String> = {
            let mut pool = self.handles.lock().unwrap();
            let rest = pool.len().saturating_sub(5);
            pool.drain(rest..).collect()
        };
        if handles.is_empty() {
            return self.pull().await;
        }
        let count = handles.len() as u64;
        let outcome = self.client.confirm_events(ConfirmEventsRequest::new(handles)).await;
        {
            let mut tally = self.tally.lock().unwrap();
            match &outcome {
                Ok(_) => tally.confirmed.0 += count,
                Err(error) if error.may_have_taken_effect() => tally.confirmed.1 += count,
                Err(_) => {}
            }
        }
        self.judge("ConfirmEvents", outcome.map(drop));
    }

    async fn describe_config(&self) {
        let outcome = self.client.describe_event_config(DescribeEventConfigRequest::new()).await;
        if let Ok(config) = &outcome {
            assert_eq!(config.mode.as_str(), "PULL");
        }
        self.judge("DescribeEventConfig", outcome.map(drop));
    }

    async fn describe_templates(&self) {
        let outcome = self.client.describe_transcode_templates(templates()).await;
        if let Ok(described) = &outcome {
            assert_eq!(described.transcode_template_set, self.expected.templates);
        }
        self.judge("DescribeTranscodeTemplates", outcome.map(drop));
    }

    async fn create(&self, number: u64) {
        let name = format!("call {number}");
        let outcome = self.client.create_cls_topic(topic(&name)).await;
        let handled = self.service.handled().of_key(CREATE, &name);
        match &outcome {
            Ok(created) => {
                assert_eq!(created.topic_id, self.expected.created);
                assert_eq!(handled, 1, "{name} succeeded");
            }
            // What the error says about the effect is what the service knows.
            Err(error) if error.may_have_taken_effect() => assert!(handled <= 1, "{name}: {error}"),
            Err(error) => assert_eq!(handled, 0, "{name}: {error}"),
        }
        self.judge(CREATE, outcome.map(drop));
    }

    fn judge(&self, action: &'static str, outcome: Result<(), Error>) {
        let mut tally = self.tally.lock().unwrap();
        let succeeded = u64::from(outcome.is_ok());
        tally.succeeded += succeeded;
        let calls = if action == CREATE { &mut tally.once } else { &mut tally.idempotent };
        calls.0 += 1;
        calls.1 += succeeded;
        if let Err(error) = outcome {
            check_truth(action, &error);
            tally.beyond_help += u64::from(action != CREATE && is_final(&error));
            *tally.failed.entry(what(&error)).or_default() += 1;
        }
    }
}

fn templates() -> DescribeTranscodeTemplatesRequest {
    DescribeTranscodeTemplatesRequest::new()
}

/// What kind of failure it was.
fn what(error: &Error) -> String {
    error.code_str().map_or_else(|| format!("{:?}", error.kind()), str::to_owned)
}

/// Whether sending the call again is no help.
fn is_final(error: &Error) -> bool {
    use ErrorKind::{Malformed, MissingRequestId, ResponseTooLarge};
    error.is_authentication() || matches!(error.kind(), Malformed | MissingRequestId | ResponseTooLarge)
}

/// Whether an error tells of a fault that there was, and all that can be known of it.
fn check_truth(action: &str, error: &Error) {
    assert_eq!(error.action(), Some(action), "{error}");
    assert!((1..=3).contains(&error.attempts()), "{error:?}");
    match error.kind() {
        // Nobody saw the call, at least this time.
        ErrorKind::Connect => {
            assert_eq!((error.http_status(), error.request_id()), (None, None), "{error:?}");
        }
        ErrorKind::Timeout => assert!(error.is_timeout() && error.may_have_taken_effect(), "{error:?}"),
        ErrorKind::Transport
        | ErrorKind::MissingRequestId
        | ErrorKind::ResponseTooLarge
        | ErrorKind::Malformed => {
            assert!(error.may_have_taken_effect(), "{error:?}");
        }
        ErrorKind::Truncated => {
            assert!(error.may_have_taken_effect() && error.http_status() == Some(200), "{error:?}");
        }
        ErrorKind::Gateway => {
            assert!(error.may_have_taken_effect() && error.http_status() == Some(502), "{error:?}");
        }
        ErrorKind::Api => {
            // A refusal may meet the fault that takes the id away; no id that came gets lost.
            match error.request_id() {
                Some(id) => assert_eq!(id.len(), 36, "{error:?}"),
                None => {
                    assert!(error.snippet().is_some_and(|shown| !shown.contains("RequestId")), "{error:?}");
                }
            }
            match error.code_str().unwrap() {
                "InternalError" => {
                    assert!(error.may_have_taken_effect() && error.http_status() == Some(500), "{error:?}");
                }
                // A handle that was confirmed by an attempt whose answer got lost is unknown to the next one.
                "InvalidParameterValue" => {
                    assert!(action == "ConfirmEvents" && error.attempts() > 1, "{error:?}");
                    assert!(error.may_have_taken_effect(), "{error:?}");
                }
                "RequestLimitExceeded" => assert!(error.is_throttling(), "{error:?}"),
                "AuthFailure.TokenFailure" | "AuthFailure.SignatureExpire" => {
                    assert!(error.is_authentication(), "{error:?}");
                }
                other => panic!("no fault has the code {other}: {error:?}"),
            }
        }
        other => panic!("no fault is {other:?}: {error:?}"),
    }
}
