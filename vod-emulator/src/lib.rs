//! The Tencent Cloud VOD service played from its spec files, to run and test against without an account.
//!
//! [`Emulator`] listens on a port of this machine and answers as the service would. It checks signatures (TC3-
//! HMAC-SHA256, HmacSHA256, HmacSHA1), timestamps, tokens, parameters, limits and rates by the spec files, with
//! the vendor's error codes, and plays the queue of events for real: pulls wait up to five seconds for up to 16
//! events, a handle can be confirmed for 30 seconds, and what is not confirmed comes again under a new handle.
//! Uploads with their object storage, media files, tasks, classes, templates and other collections are modelled too:
//! what a call did is what later calls find. Every other action is answered by the example in its spec: the header `X-Vod-Emulator`
//! of each answer says which it is, [`EmulatedService::coverage`] lists them, and [`Options::strict`] refuses what is
//! not modelled.
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
//! // Virtual time: nobody pulled the event for four days.
//! emulator.advance(Duration::from_hours(4 * 24));
//! assert_eq!(emulator.state().expired_unpulled, 1);
//! emulator.shutdown().await;
//! # Ok(())
//! # }
//! # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
//! # runtime.block_on(example()).unwrap();
//! ```
//!
//! What the vendor leaves undocumented is a choice in [`Options`], with the answer as default that a careful
//! client finds hardest.
//!
//! # Faults
//! [`Faults`] disturb calls by chance, reproducibly from a seed, or by a script: latency, broken connections,
//! cut, slow, huge and foreign answers, throttling, a wrong clock, expired tokens, events handed out twice. They
//! are set before the start or [at run time](Emulator::set_faults), and act over the socket as well as in
//! [`EmulatedService::exchange`], which virtual-time tests can use as their network.
//! [`injected_faults`](Emulator::injected_faults) counts them, and [`handled`](Emulator::handled) is the evidence
//! of which calls were carried out, and how often.
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
//! The emulator's clock is tokio's, so it stands still in a test with a paused clock, and [`Emulator::advance`]
//! moves it forward. Timestamps are judged by a wall clock that started right and follows it. After a long
//! advance, calls signed with this machine's time are therefore refused as `AuthFailure.SignatureExpire`,
//! unless [`WallClock::System`] is chosen.
//!
//! A paused clock jumps ahead whenever all tasks wait, also when they wait for a socket. Tests on a paused clock
//! therefore speak to an [`EmulatedService`] in the process, not to its server.
//!
//! # From other languages
//! The program `vod-emulator` is this crate behind a command line; it needs the feature `cli`, which is off by
//! default, so that a development dependency builds no command line. Besides the API it answers, on loopback
//! connections only (others need [a token](EmulatorBuilder::control_token)) and without a signature:
//!
//! - `POST /_emulator/events[?sub-app-id=N]`: publishes the event in the body, or a list of them. With
//!   `raw=true` the body is one event that is handed out as it is, see [`EmulatedService::publish_raw`].
//! - `GET /_emulator/coverage`: the actions by the kind of their answers, and the rules with their sources.
//! - `POST /_emulator/reset[?seed=N]`: what [`EmulatedService::reset`] does.
//! - `GET /_emulator/snapshot` and `PUT /_emulator/snapshot`: the state as JSON, and back.
//! - `GET /_emulator/calls[?after=N]`: the latest calls with their codes and checks, without the first N of all.
//! - `GET /_emulator/overview[?sub-app-id=N]`: clock, queue, tasks, media and faults, as the page shows them.
//! - `GET /_emulator/`: the page, for a browser: calls as they come, and the world to look at and to work with.
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
//! `ApplyUpload` answers a bucket, a region, a path and a certificate; the object storage that they are for is played
//! too, at the same address. A client reaches it by any of these:
//!
//! - `http://127.0.0.1:PORT/_storage/BUCKET/KEY`, where the signature is over the path behind `/_storage/BUCKET` and
//!   over the `Host` that is sent, as behind a reverse proxy that strips the prefix and keeps the host;
//! - the host `BUCKET.cos.REGION.myqcloud.com` (or `.tencentcos.cn`), as through a proxy or a changed address;
//! - the emulator's own host and the key as path, for clients that can only change the domain: the bucket is then
//!   told by the signature's secret id.
//!
//! The storage takes `PUT`, multipart uploads, and, with [`Options::storage_reads`], `GET` and `HEAD`. It checks
//! signature, token, expiry, path, sizes and `Content-MD5`, and answers CRC-64 and `ETag`. [`Faults`] meet its
//! operations too, by their names: `PutObject`, `InitiateMultipartUpload`, `UploadPart`, `ListParts`,
//! `ListMultipartUploads`, `CompleteMultipartUpload`, `AbortMultipartUpload`, `HeadObject`, `GetObject`. Some are
//! the storage's alone: an error behind the status 200 of a completion ([`Fault::CompletionError`]), a wrong `ETag`
//! or checksum, a corrupted content, a list that lacks a part or comes in short pages, an upload that is forgotten.
//! An answer that gets lost is [`Fault::ResetAfterHandling`], a body that breaks off [`Fault::ResetInBody`], and a
//! certificate that expires at the third part a script with [`Fault::TokenExpired`]. `CommitUpload` makes the media
//! file, which can be played at its `MediaUrl` without a signature, and publishes `NewFileUpload`.
//!
//! # Temporary credentials
//! `AssumeRole` and `AssumeRoleWithWebIdentity` (of the service `sts`, at the same address) give out credentials that the
//! emulator accepts, with their token, until they expire on its clock. The metadata service of a machine with a role is at
//! `GET /latest/meta-data/cam/security-credentials/`; [`Options::machine_role`] names the role.
//!
//! # Callbacks
//! In the mode `PUSH`, with a `NotificationUrl` of this machine, events are posted: with `T` and `Sign` if
//! `ModifyEventConfig` has set a `SignKey`, three times at most, until any answer comes within five seconds.
//! [`QueueState`] counts those that were answered and those that were lost.
//!
//! # Which requests are let in
//! The server answers only requests whose `Host` is its own: `127.0.0.1`, `localhost` or `[::1]` with the port that
//! it listens at, that address itself, and what [`EmulatorBuilder::allow_host`] names. A web page that reaches it
//! under a name of its own (DNS rebinding) is refused with the status 403 and an explanation, on every path. So are
//! requests of a browser for another site: those with an `Origin` that is not one of these hosts, or with
//! `Sec-Fetch-Site: cross-site` or `same-site`. The API's own path takes the hosts of the real service too, such
//! as `vod.tencentcloudapi.com`, which clients sign that reach the emulator through a proxy or a changed address,
//! and names such as `vod.localhost` with the port, for clients that take the service's name from the host;
//! no web page of others can have those names.

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
