//! The session of an upload: `ApplyUpload` or an earlier session, and `CommitUpload`.

use std::future::{Future, IntoFuture as _};
use std::pin::Pin;
use std::time::{Duration, UNIX_EPOCH};

use tokio::time::{sleep, timeout};

use super::Settings;
use super::plan::{Plan, keys_of};
use super::resume::{Certificate, Committed, ResumeStore, Session, State, UnusableState, unusable_store};
use super::storage::Storage;
use crate::client::Client;
use crate::credential::Credential;
use crate::error::{Error, ErrorKind};
use crate::vod::{ApplyUploadResponse, CommitUploadRequest};

/// How long throwing away an earlier upload may hold up the new one.
const ABORT_LIMIT: Duration = Duration::from_secs(30);

/// Where an upload begins.
pub(super) struct Begun {
    pub(super) state: State,
    pub(super) storage: Storage,
    /// Whether an earlier call has begun it.
    pub(super) is_resumed: bool,
}

/// Goes on with what the store has, or applies for a new upload.
pub(super) async fn begin(
    client: &Client,
    plan: &Plan,
    settings: &Settings,
    store: Option<&dyn ResumeStore>,
) -> Result<Begun, Error> {
    if let Some(store) = store {
        plan.check_resumable()?;
        let saved = store.load().await.map_err(|error| unusable_store("load", &error))?;
        if let Some(saved) = saved {
            let state = State::from_bytes(saved.as_bytes());
            match usable(client, plan, settings, state).await {
                Ok(begun) => return Ok(begun),
                Err(problem) if settings.unusable_state == UnusableState::Refuse => return Err(problem),
                Err(problem) => tracing::warn!(reason = problem.message(), "starting the upload again"),
            }
        }
    }
    let request = plan.request.clone();
    let (answer, _) = repeated(settings, || client.apply_upload(request.clone()).into_future())
        .await
        .map_err(|(error, _)| error)?;
    let session = session(answer)?;
    let storage = storage(client, settings, &session).await?;
    Ok(Begun { state: plan.state(session), storage, is_resumed: false })
}

/// A saved state, if the upload can go on with it. One that can't and is given up is thrown away in storage, too.
async fn usable(
    client: &Client,
    plan: &Plan,
    settings: &Settings,
    state: Option<State>,
) -> Result<Begun, Error> {
    let refuse = |problem: &str| {
        let message = format!(
            "the saved state can't be used: {problem}; remove it, or set UnusableState::StartOver to upload from the \
             beginning"
        );
        Error::new(ErrorKind::ResumeState, message)
    };
    let Some(state) = state else { return Err(refuse("it is no state of an upload, or of another version")) };
    let storage = storage(client, settings, &state.session).await?;
    let is_stored = state.objects.iter().all(|object| object.completed.is_some());
    let fits = plan.check_state(&state).map_err(|problem| refuse(&problem)).and_then(|()| {
        // The commit needs no certificate.
        if is_stored { Ok(()) } else { storage.check_certificate().map_err(|error| refuse(error.message())) }
    });
    match fits {
        Ok(()) => Ok(Begun { state, storage, is_resumed: true }),
        Err(problem) => {
            if settings.unusable_state == UnusableState::StartOver && storage.check_certificate().is_ok() {
                // It may not be allowed any more; then storage removes the parts in its own time.
                if timeout(ABORT_LIMIT, abort(&storage, &state)).await.is_err() {
                    tracing::warn!("parts of an earlier upload are left in storage");
                }
            }
            Err(problem)
        }
    }
}

async fn abort(storage: &Storage, state: &State) {
    let names = state.objects.iter().map(|object| object.name.as_str());
    let Ok(keys) = keys_of(&state.session, names) else { return };
    for (object, key) in state.objects.iter().zip(keys) {
        if let Some(id) = &object.upload_id
            && let Err(error) = storage.abort(&key, id).await
        {
            tracing::warn!(error = %error, "parts of an earlier upload are left in storage");
        }
    }
}

/// What the service has given for an upload.
fn session(answer: ApplyUploadResponse) -> Result<Session, Error> {
    if answer.vod_session_key.is_empty() {
        return Err(Error::new(ErrorKind::Decode, "VodSessionKey: missing in the response"));
    }
    let certificate = answer.temp_certificate.map(|certificate| Certificate {
        id: certificate.secret_id,
        key: certificate.secret_key.into(),
        token: certificate.token.into(),
        expires: certificate.expired_time,
    });
    Ok(Session {
        key: answer.vod_session_key.into(),
        bucket: answer.storage_bucket,
        region: answer.storage_region,
        media_path: answer.media_storage_path,
        cover_path: answer.cover_storage_path,
        certificate,
    })
}

async fn storage(client: &Client, settings: &Settings, session: &Session) -> Result<Storage, Error> {
    let credential = match &session.certificate {
        Some(certificate) => {
            let credential = Credential::new(certificate.id.as_str(), certificate.key.as_str());
            let credential = match certificate.token.as_str() {
                "" => credential,
                token => credential.with_token(token),
            };
            match UNIX_EPOCH.checked_add(Duration::from_secs(certificate.expires)) {
                Some(end) if certificate.expires > 0 => credential.with_expiry(end),
                _ => credential,
            }
        }
        None => client.config().credentials.signer().await?.credential().clone(),
    };
    let place = (session.bucket.as_str(), session.region.as_str());
    Storage::new(client.clone(), place, credential, &session.key, &settings.storage)
}

/// Commits an upload, in which an earlier commit may have been carried out before.
pub(super) async fn commit(
    client: &Client,
    settings: &Settings,
    session_key: &str,
    sub_app_id: Option<u64>,
    may_be_committed: bool,
) -> Result<Committed, Error> {
    let mut request = CommitUploadRequest::new(session_key);
    request.sub_app_id = sub_app_id;
    let outcome = repeated(settings, || client.commit_upload(request.clone()).into_future()).await;
    match outcome {
        Ok((answer, is_repeated)) => Ok(Committed {
            file_id: answer.file_id,
            media_url: answer.media_url,
            cover_url: answer.cover_url,
            request_id: answer.request_id,
            is_repeated: is_repeated || may_be_committed,
        }),
        Err((error, is_repeated)) if (is_repeated || may_be_committed) && error.is_caller_fault() => {
            let message = format!(
                "{}; an earlier commit of the upload had an unknown outcome, so the file may exist: look for it by its \
                 name or source context before it is uploaded again",
                error.message()
            );
            Err(error.with_message(message))
        }
        Err((error, _)) => Err(error),
    }
}

/// Makes a call again while its outcome is unknown: here it may be carried out twice. Says also whether it was made
/// more than once for that reason.
async fn repeated<T>(
    settings: &Settings,
    mut call: impl FnMut() -> Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>,
) -> Result<(T, bool), (Error, bool)> {
    let policy = settings.storage.policy;
    let mut backoff = policy.exponential().delays();
    let mut is_repeated = false;
    for left in (0..policy.attempts()).rev() {
        match call().await {
            Ok(answer) => return Ok((answer, is_repeated)),
            Err(error) if left > 0 && error.may_have_taken_effect() && error.is_retryable() => {
                is_repeated = true;
                sleep(backoff.next_delay()).await;
            }
            Err(error) => return Err((error, is_repeated)),
        }
    }
    // There is at least one attempt, and the last one returns.
    Err((Error::new(ErrorKind::InvalidRequest, "retry: allows no attempt"), is_repeated))
}
