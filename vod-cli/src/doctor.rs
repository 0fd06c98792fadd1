//! `vod doctor`: where each setting comes from, and whether the service can be called with them.

use std::env;
use std::fmt::Write as _;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use serde_json::{Value, json};
use vod_api::credential::{
    CredentialProvider, EnvironmentProvider, InstanceRoleProvider, ProfileProvider, TccliProvider,
    WebIdentityProvider,
};
use vod_api::vod::{DescribeEventConfigRequest, DescribeEventsStateRequest};
use vod_api::{Error, ErrorKind, ReqwestTransport, RetryPolicy, Transport, TransportFuture};

use crate::call::show;
use crate::call_options::ClientOptions;
use crate::config::masked;
use crate::failure::Failure;
use crate::output::{self, Document, Format};
use crate::sync::lock;

/// How long a source of credentials and a call may take.
const PATIENCE: Duration = Duration::from_secs(5);
/// The service refuses signatures that are five minutes off.
const MUCH_SKEW: u64 = 60;

/// One thing that was looked at.
struct Finding {
    what: &'static str,
    is_good: bool,
    text: String,
}

/// Looks at everything and tells it. The code to exit with is that of the first thing that fails.
///
/// # Errors
/// A setting can't be used at all.
pub fn run(options: &ClientOptions, format: Option<Format>) -> Result<ExitCode, Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let (findings, failure) = runtime.block_on(look(options));
    let rows: Vec<Value> = findings
        .iter()
        .map(|finding| json!({ "what": finding.what, "ok": finding.is_good, "found": finding.text }))
        .collect();
    match format {
        None | Some(Format::Table) => {
            let mut out = String::new();
            for Finding { what, is_good, text } in &findings {
                let _ = writeln!(out, "{} {what:<12} {text}", if *is_good { "ok  " } else { "FAIL" });
            }
            show(&out)?;
        }
        Some(format) => output::print(&Document::from(&Value::Array(rows)), format, None)?,
    }
    match failure {
        None => Ok(ExitCode::SUCCESS),
        Some(failure) => Err(failure),
    }
}

async fn look(options: &ClientOptions) -> (Vec<Finding>, Option<Failure>) {
    let mut findings = settings(options);
    credentials(&mut findings, options).await;
    let failure = service(&mut findings, options).await.err();
    (findings, failure)
}

/// The settings, and what sets them.
fn settings(options: &ClientOptions) -> Vec<Finding> {
    let setting = |what, option: Option<String>, variable: &str, usual: &str| {
        let from_variable = || Some(env::var(variable).ok()?).filter(|value| !value.is_empty());
        let text = match (option, from_variable()) {
            (Some(value), _) => format!("{value} (option)"),
            (None, Some(value)) => format!("{value} ({variable})"),
            (None, None) => format!("{usual} (not set)"),
        };
        Finding { what, is_good: true, text }
    };
    vec![
        setting("endpoint", options.endpoint.clone(), "VOD_ENDPOINT", "the mainland site's host"),
        setting("region", options.region.clone(), "TENCENTCLOUD_REGION", "none"),
        setting(
            "application",
            options.sub_app_id.map(|id| id.to_string()),
            "VOD_SUB_APP_ID",
            "the default one",
        ),
        setting("profile", options.profile.clone(), "TENCENTCLOUD_PROFILE", "default"),
    ]
}

/// The sources of credentials, in the order in which they are asked.
async fn credentials(findings: &mut Vec<Finding>, options: &ClientOptions) {
    let mut providers: Vec<Box<dyn CredentialProvider>> = Vec::new();
    if let Some(profile) = &options.profile {
        providers.push(Box::new(ProfileProvider::new().profile(profile)));
        providers.push(Box::new(TccliProvider::new().profile(profile)));
    } else {
        providers.push(Box::new(EnvironmentProvider::new()));
        providers.push(Box::new(ProfileProvider::new()));
        providers.push(Box::new(TccliProvider::new()));
        providers.push(Box::new(WebIdentityProvider::from_env()));
        providers.push(Box::new(InstanceRoleProvider::new()));
    }
    for provider in providers {
        let name = provider.name().to_owned();
        let (is_good, is_last, text) = match tokio::time::timeout(PATIENCE, provider.credential()).await {
            Ok(Ok(credential)) => (true, true, format!("{name}: {} is used", masked(credential.secret_id()))),
            Ok(Err(error)) if error.is_not_configured() => (true, false, format!("{name}: {error}")),
            Ok(Err(error)) => (false, true, format!("{name}: {error}")),
            Err(_) => (true, false, format!("{name}: timed out after {PATIENCE:?} waiting for the response")),
        };
        findings.push(Finding { what: "credential", is_good, text });
        if is_last {
            return;
        }
    }
    findings.push(Finding { what: "credential", is_good: false, text: "there is none".to_owned() });
}

/// Remembers how far the service's clock is from this one.
#[derive(Clone)]
struct Clocked {
    inner: ReqwestTransport,
    skew: Arc<Mutex<Option<i128>>>,
}

impl Transport for Clocked {
    fn send(&self, request: http::Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        let answer = self.inner.send(request, limit);
        Box::pin(async move {
            let answer = answer.await?;
            let date = answer.headers().get(http::header::DATE).and_then(|value| value.to_str().ok());
            #[expect(clippy::disallowed_methods, reason = "the clock itself is what is looked at")]
            if let Some(theirs) = date.and_then(unix_seconds) {
                let ours = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
                let skew = i128::from(ours) - i128::from(theirs);
                *lock(&self.skew) = Some(skew);
            }
            Ok(answer)
        })
    }
}

/// The time of a `Date` header.
fn unix_seconds(text: &str) -> Option<u64> {
    let mut words = text.split_once(", ")?.1.split(' ');
    let (day, month, year) = (words.next()?, words.next()?, words.next()?);
    let clock = words.next()?;
    let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = months.iter().position(|name| *name == month)? + 1;
    vod_api::Timestamp::from(format!("{year}-{month:02}-{day}T{clock}Z")).unix_seconds()?.try_into().ok()
}

/// Whether the service answers, how the clocks stand, and what it says of the application.
async fn service(findings: &mut Vec<Finding>, options: &ClientOptions) -> Result<(), Failure> {
    let clocked = Clocked { inner: ReqwestTransport::standard()?, skew: Arc::default() };
    let builder = options.client_builder()?.retry(RetryPolicy::none()).transport(clocked.clone());
    let builder = builder.operation_timeout(PATIENCE * 2);
    let client = builder.build()?;
    #[expect(clippy::disallowed_methods, reason = "a person is told how long it takes")]
    let started = tokio::time::Instant::now();
    let config = client.describe_event_config(DescribeEventConfigRequest::new()).await;
    let elapsed = started.elapsed();
    let endpoint = |error: &Error| error.endpoint().unwrap_or("the endpoint").to_owned();
    let answered = match &config {
        Ok(_) => Finding { what: "reachable", is_good: true, text: format!("answered in {elapsed:.0?}") },
        Err(error) if error.kind() == ErrorKind::Api => {
            let text = format!("{} answered in {elapsed:.0?}", endpoint(error));
            Finding { what: "reachable", is_good: true, text }
        }
        Err(error) => Finding { what: "reachable", is_good: false, text: error.to_string() },
    };
    findings.push(answered);
    if let Some(skew) = *lock(&clocked.skew) {
        let is_good = skew.unsigned_abs() <= u128::from(MUCH_SKEW);
        let text = match skew {
            0 => "is the service's, to the second".to_owned(),
            1.. => format!("is {skew} s ahead of the service's"),
            _ => format!("is {} s behind the service's", skew.unsigned_abs()),
        };
        findings.push(Finding { what: "clock", is_good, text });
    }
    let config = config.inspect_err(|error| {
        if error.kind() == ErrorKind::Api {
            findings.push(Finding { what: "account", is_good: false, text: error.to_string() });
        }
    })?;
    findings.push(Finding { what: "account", is_good: true, text: "the credential is accepted".to_owned() });
    let mode = config.mode.as_str();
    let url = Some(config.notification_url.as_str()).filter(|url| !url.is_empty());
    let text =
        format!("receives events by {mode}{}", url.map_or_else(String::new, |url| format!(" at {url}")));
    findings.push(Finding { what: "application", is_good: true, text });
    let state = client.describe_events_state(DescribeEventsStateRequest::new()).await?;
    let text = format!("{} events wait in the queue", state.count_of_events_to_pull);
    findings.push(Finding { what: "events", is_good: true, text });
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_headers_are_read() {
        assert_eq!(unix_seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        for text in ["", "Sun", "Sun, 06 Foo 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT"] {
            assert_eq!(unix_seconds(text), None, "{text}");
        }
    }
}
