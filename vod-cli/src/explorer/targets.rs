//! Where the page may send calls: the emulator, and the profiles that were named when the explorer was started.

use std::sync::Mutex;
use std::time::Duration;

use serde_json::{Value, json};
use vod_api::credential::{CredentialProvider as _, ProfileProvider, TccliProvider};
use vod_api::{Attempt, Client, ClientBuilder, Credential, Endpoint, RetryPolicy};
use vod_emulator::Emulator;

use crate::call::dry_run::Caught;
use crate::sign::masked;
use crate::sync::lock;

tokio::task_local! {
    /// The attempts of the call that this task makes.
    static ATTEMPTS: Mutex<Vec<Value>>;
}

/// One place.
pub(crate) struct Target {
    /// What the page calls it: `emulator` or `profile:NAME`.
    pub(crate) id: String,
    /// Whether calls reach a real account.
    pub(crate) is_real: bool,
    pub(crate) credential: Credential,
    endpoint: String,
    region: String,
    builder: ClientBuilder,
    client: Client,
}

impl Target {
    /// The emulator in this process.
    pub(crate) fn emulator(emulator: &Emulator) -> Result<Self, String> {
        let credential = Credential::new(emulator.secret_id(), emulator.secret_key());
        let endpoint = emulator.endpoint();
        let builder = Client::builder().credential(credential.clone()).endpoint(endpoint.clone());
        let (client, builder) = watched(builder)?;
        let (id, region) = ("emulator".to_owned(), String::new());
        Ok(Self { id, is_real: false, credential, endpoint, region, builder, client })
    }

    /// A profile of the credentials file, or of tccli if that file has none of this name.
    pub(crate) async fn profile(
        name: &str,
        endpoint: Option<&str>,
        region: Option<&str>,
    ) -> Result<Self, String> {
        let found = match ProfileProvider::new().profile(name).credential().await {
            Err(error) if error.is_not_configured() => TccliProvider::new().profile(name).credential().await,
            found => found,
        };
        let credential = found.map_err(|error| format!("profile `{name}`: {error}"))?;
        let mut builder = Client::builder().credential(credential.clone());
        if let Some(endpoint) = endpoint {
            check_endpoint(endpoint)?;
            builder = builder.endpoint(Endpoint::custom(endpoint));
        }
        if let Some(region) = region {
            builder = builder.region(region);
        }
        let endpoint = endpoint.unwrap_or("the service's own host").to_owned();
        let (client, builder) = watched(builder)?;
        let (id, region) = (format!("profile:{name}"), region.unwrap_or_default().to_owned());
        Ok(Self { id, is_real: true, credential, endpoint, region, builder, client })
    }

    /// The region that its calls name, or nothing.
    pub(crate) fn region(&self) -> &str {
        &self.region
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    /// What the page may know.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "id": self.id,
            "real": self.is_real,
            "endpoint": self.endpoint,
            "key": masked(self.credential.secret_id()),
        })
    }

    /// A client with the same settings that sends nothing, and keeps the request that it would have sent.
    pub(crate) fn dry(&self) -> Result<(Client, Caught), String> {
        let caught = Caught::default();
        let builder = self.builder.clone().transport(caught.clone()).retry(RetryPolicy::none());
        Ok((builder.build().map_err(|error| error.to_string())?, caught))
    }
}

/// A client whose attempts are kept, and what it was made of.
fn watched(builder: ClientBuilder) -> Result<(Client, ClientBuilder), String> {
    let builder = builder.on_attempt(keep_attempt);
    let client = builder.clone().build().map_err(|error| error.to_string())?;
    Ok((client, builder))
}

/// Runs a call and gives the attempts that it took.
pub(crate) async fn with_attempts<T>(call: impl Future<Output = T>) -> (T, Vec<Value>) {
    ATTEMPTS
        .scope(Mutex::default(), async {
            let outcome = call.await;
            let attempts = ATTEMPTS.with(|kept| std::mem::take(&mut *lock(kept)));
            (outcome, attempts)
        })
        .await
}

fn keep_attempt(attempt: &Attempt<'_>) {
    let shown = json!({
        "number": attempt.number,
        "host": attempt.host,
        "elapsed_ms": milliseconds(attempt.elapsed),
        "status": attempt.status,
        "request_id": attempt.request_id,
        "sent": attempt.request_bytes,
        "received": attempt.response_bytes,
        "error": attempt.error.map(|error| error.code_str().map_or_else(|| error.message().to_owned(), str::to_owned)),
        "retry_in_ms": attempt.retry_in.map(milliseconds),
    });
    // A call that was not begun here is not shown.
    let _ = ATTEMPTS.try_with(|kept| lock(kept).push(shown));
}

/// Milliseconds with two digits behind the point.
pub(crate) fn milliseconds(time: Duration) -> f64 {
    (time.as_secs_f64() * 100_000.0).round() / 100.0
}

/// Refuses hosts that are neither the vendor's nor this machine: a signature is only shown to who it is for.
pub(crate) fn check_endpoint(endpoint: &str) -> Result<(), String> {
    const DOMAINS: [&str; 3] =
        [".tencentcloudapi.com", ".tencentcloudapi.com.cn", ".tencentcloudapi.woa.com"];
    let absolute = if endpoint.contains("://") { endpoint.to_owned() } else { format!("https://{endpoint}") };
    let uri: http::Uri = absolute.parse().map_err(|_| format!("`{endpoint}` is not a host or URL"))?;
    let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
    let host = uri.host().unwrap_or_default().to_ascii_lowercase();
    let is_loopback = ["127.0.0.1", "localhost", "[::1]"].contains(&host.as_str());
    let is_vendors = uri.scheme_str() == Some("https")
        && DOMAINS.iter().any(|domain| host.strip_suffix(domain).is_some_and(|name| !name.is_empty()));
    if (is_loopback || is_vendors) && !authority.contains('@') {
        return Ok(());
    }
    Err(format!(
        "`{endpoint}` is neither a host of the service over https (such as vod.intl.tencentcloudapi.com) nor this machine"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_vendors_hosts_and_this_machine_are_endpoints() {
        for endpoint in [
            "vod.tencentcloudapi.com",
            "https://vod.intl.tencentcloudapi.com",
            "vod.ap-guangzhou.tencentcloudapi.com",
            "http://127.0.0.1:9410",
            "http://localhost:9410",
            "http://[::1]:9410",
        ] {
            assert_eq!(check_endpoint(endpoint), Ok(()), "{endpoint}");
        }
        for endpoint in [
            "evil.example",
            "https://tencentcloudapi.com.evil.example",
            "https://eviltencentcloudapi.com",
            "https://.tencentcloudapi.com",
            "http://vod.tencentcloudapi.com",
            "https://vod.tencentcloudapi.com@evil.example",
            "https://evil.example/vod.tencentcloudapi.com",
            "https://evil.example#.tencentcloudapi.com",
            "https://user@vod.tencentcloudapi.com",
            "http://127.0.0.1.evil.example",
            "10.0.0.1",
            "",
        ] {
            assert!(check_endpoint(endpoint).is_err(), "{endpoint}");
        }
    }
}
