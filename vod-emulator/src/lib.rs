//! Emulator of the Tencent Cloud VOD service, for development and tests without an account.
//!
//! [`Emulator`] listens on a port of this machine and implements the service from its spec files. It verifies
//! signatures (TC3-HMAC-SHA256, HmacSHA256, HmacSHA1), timestamps, tokens, parameters, limits and rates, with the
//! vendor's error codes, and implements the event queue: pulls wait up to five seconds for up to 16 events, a handle
//! can be confirmed for 30 seconds, and an event that is not confirmed is redelivered under a new handle. Uploads
//! with their object storage, media files, tasks, classes, templates and other collections are modelled too: later
//! calls see the effects of earlier ones. For every other action the emulator returns the example in its spec: the
//! header `X-Vod-Emulator` of each response says which it is, [`EmulatedService::coverage`] lists them, and
//! [`Options::strict`] refuses actions that are not modelled.
//!
//! ```
//! use std::time::Duration;
//! use vod_emulator::{Emulator, samples};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let emulator = Emulator::start().await?;
//! emulator.publish(samples::new_file_upload(1))?;
//! assert_eq!(emulator.state().queued, 1);
//!
//! // Clients call `emulator.endpoint()`, signing with `emulator.secret_id()` and `emulator.secret_key()`.
//!
//! // Virtual time: four days later the event, which was not pulled, has expired.
//! emulator.advance(Duration::from_hours(4 * 24));
//! assert_eq!(emulator.state().expired_unpulled, 1);
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(example()).unwrap();
//! ```
//!
//! Undocumented vendor behaviour is configurable in [`Options`]; the defaults are the worst case for a client.
//!
//! # Faults
//! [`Faults`] are injected randomly, reproducibly from a seed, or by a script: latency, broken connections,
//! truncated, slow, huge and foreign responses, throttling, clock skew, expired tokens, duplicate events. They are
//! set before the start or [at run time](Emulator::set_faults), and apply to the socket and to
//! [`EmulatedService::exchange`], which tests in virtual time can use as their network.
//! [`injected_faults`](Emulator::injected_faults) counts them, and [`handled`](Emulator::handled) counts the calls
//! that were executed.
//!
//! ```
//! use vod_emulator::{CallKey, Emulator, Fault, Faults, Target};
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let mixed = [Fault::BadGateway { handled: false }, Fault::ResetAfterHandling, Fault::internal_error(true)];
//! let emulator = Emulator::builder()
//!     .faults(Faults::seeded(7).mix(Target::All, 0.2, mixed))
//!     .count_handled_by(CallKey::Parameter("ExtInfo".into()))
//!     .start()
//!     .await?;
//! // ... calls ...
//! assert!(emulator.handled().most_repeated("ModifyEventConfig") <= 1);
//! emulator.set_faults(Faults::none())?;
//! # Ok(())
//! # }
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(example()).unwrap();
//! ```
//!
//! # Time
//! The emulator's clock is tokio's, so it stops in a test with a paused clock, and [`Emulator::advance`] moves it
//! forward. Timestamps are compared with a wall clock that starts at this machine's time and follows that clock.
//! After a long advance, calls signed with this machine's time are therefore refused as
//! `AuthFailure.SignatureExpire`, unless [`WallClock::System`] is set.
//!
//! A paused clock jumps ahead whenever all tasks wait, also when they wait for a socket. Tests on a paused clock
//! therefore call an [`EmulatedService`] in the process, not its server.
//!
//! # From other languages
//! The program `vod-emulator` is this crate behind a command line; it needs the feature `cli`, which is off by
//! default, so that a development dependency builds no command line. Besides the API it has these control calls, on
//! loopback connections only (others need [a token](EmulatorBuilder::control_token)) and without a signature:
//!
//! - `POST /_emulator/events[?sub-app-id=N]`: publishes the event in the body, or a list of them. With
//!   `raw=true` the body is one event that is delivered unchanged, see [`EmulatedService::publish_raw`].
//! - `GET /_emulator/coverage`: the actions by the kind of their answers, and the rules with their sources.
//! - `POST /_emulator/reset[?seed=N]`: what [`EmulatedService::reset`] does.
//! - `GET /_emulator/snapshot` and `PUT /_emulator/snapshot`: the state as JSON, and back.
//! - `GET /_emulator/calls[?after=N]`: the latest calls with their codes and checks, without the first N of all.
//! - `GET /_emulator/overview[?sub-app-id=N]`: clock, queue, tasks, media and faults, as the page shows them.
//! - `GET /_emulator/`: the page, for a browser: live calls, and the state to inspect and change.
//! - `GET /_emulator/tasks[?sub-app-id=N]`: the tasks.
//! - `POST /_emulator/tasks?task-id=ID[&sub-app-id=N]`: ends a task now; with `code=30000&name=TEXT&message=TEXT` it
//!   fails.
//! - `GET /_emulator/health`: `{"status": "ok"}`.
//! - `GET /_emulator/state[?sub-app-id=N]`: the members of [`QueueState`].
//! - `POST /_emulator/advance?seconds=N`: moves the clock forward.
//! - `POST /_emulator/faults`: injects the faults in the body, as [`Faults::from_json`] reads them, in place of
//!   the ones before.
//! - `GET /_emulator/faults`: how many faults of each kind were injected, as `{"injected": {"latency": 0, ...}}`.
//! - `GET /_emulator/handled`: how often calls were handled, as `{"actions": {...}, "keys": {"PullEvents": {...}}}`.
//! - `POST /_emulator/handled?key=NAME`: counts handled calls by the value of this parameter too, or by
//!   `request-hash`.
//!
//! # Uploads
//! `ApplyUpload` returns a bucket, a region, a path and a certificate; the emulator also implements the object
//! storage, at the same address. A client reaches it by any of these:
//!
//! - `http://127.0.0.1:PORT/_storage/BUCKET/KEY`, where the signature is over the path behind `/_storage/BUCKET` and
//!   over the `Host` that is sent, as behind a reverse proxy that strips the prefix and keeps the host;
//! - the host `BUCKET.cos.REGION.myqcloud.com` (or `.tencentcos.cn`), as through a proxy or a changed address;
//! - the emulator's own host and the key as path, for clients that can only change the domain: the bucket is then
//!   told by the signature's secret id.
//!
//! The storage supports `PUT`, multipart uploads, and, with [`Options::storage_reads`], `GET` and `HEAD`. It verifies
//! signature, token, expiry, path, sizes and `Content-MD5`, and returns CRC-64 and `ETag`. [`Faults`] can be injected
//! into its operations by their names: `PutObject`, `InitiateMultipartUpload`, `UploadPart`, `ListParts`,
//! `ListMultipartUploads`, `CompleteMultipartUpload`, `AbortMultipartUpload`, `HeadObject`, `GetObject`. Some exist
//! for storage only: an error after the status 200 of a completion ([`Fault::CompletionError`]), a wrong `ETag` or
//! checksum, corrupted content, a list with a missing part or with short pages, a forgotten upload. Use
//! [`Fault::ResetAfterHandling`] for a lost response, [`Fault::ResetInBody`] for a truncated body, and a script with
//! [`Fault::TokenExpired`] for a certificate that expires at the third part. `CommitUpload` creates the media file,
//! which can be played at its `MediaUrl` without a signature, and publishes `NewFileUpload`.
//!
//! # Temporary credentials
//! `AssumeRole` and `AssumeRoleWithWebIdentity` (of the service `sts`, at the same address) return credentials that
//! the emulator accepts, with their token, until they expire on its clock. The metadata service of a machine with a
//! role is at `GET /latest/meta-data/cam/security-credentials/`; [`Options::machine_role`] sets the role.
//!
//! # Callbacks
//! In the mode `PUSH`, with a `NotificationUrl` of this machine, events are posted: with `T` and `Sign` if
//! `ModifyEventConfig` has set a `SignKey`, at most three times, until any response is received within five seconds.
//! [`QueueState`] counts the callbacks that got a response and those that were dropped.
//!
//! # Which requests are accepted
//! The server accepts only requests with its own `Host`: `127.0.0.1`, `localhost` or `[::1]` with the port that it
//! listens on, that address itself, and the hosts of [`EmulatorBuilder::allow_host`]. A web page that reaches it
//! under another name (DNS rebinding) is refused with the status 403 and an explanation, on every path. So are
//! cross-site requests of a browser: those with an `Origin` that is not one of these hosts, or with `Sec-Fetch-Site:
//! cross-site` or `same-site`. The API's own path also accepts the hosts of the real service, such as
//! `vod.tencentcloudapi.com`, for clients that sign them and reach the emulator through a proxy or a changed address,
//! and names such as `vod.localhost` with the port, for clients that take the service's name from the host; no
//! foreign web page can have those names.

mod builder;
#[cfg(feature = "cli")]
pub mod cli;
mod clock;
mod control;
mod emulator;
mod faults;
mod free_later;
mod http;
mod lock;
mod log;
mod model;
mod options;
mod protocol;
mod service;
mod shown;
mod start_error;
mod storage;
mod task_outcome;
#[cfg(test)]
mod test_vectors;

pub use builder::{DEFAULT_SECRET_ID, DEFAULT_SECRET_KEY, EmulatorBuilder};
pub use emulator::Emulator;
pub use faults::fault::{ConnectionFault, Fault, FaultCounts, FaultKind};
pub use faults::plan::{Faults, FaultsError, Target};
pub use log::call_counts::{CallKey, Handled};
pub use log::call_log::{CallRecord, Calls, Check};
pub use model::callbacks::Callback;
pub use model::coverage::coverage_document;
pub use model::publish::PublishError;
pub use model::queue::{QueueState, QueuedEvent};
pub use model::samples;
pub use model::snapshot::SnapshotError;
pub use model::specs::SpecProblems;
pub use options::{
    BadHandleInBatch, BatchSize, ClassNames, ClockSkew, ConfirmTwice, DeliveryOrder, EmptyPull, EventMode,
    Language, LateConfirmCode, MissingSubAppId, Options, OtherPayloads, Outage, SecondCommit, SystemClass,
    TaskProgress, UnknownChoice, WallClock,
};
pub use protocol::answer_kind::AnswerKind;
pub use service::EmulatedService;
pub use start_error::StartError;
pub use task_outcome::TaskOutcome;
