//! Uploads of media: apply, store and commit in one call, resumable by another process (feature `upload`).
//!
//! ```no_run
//! # async fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
//! let uploaded = client
//!     .upload("holiday.mp4")
//!     .cover("holiday.jpg")
//!     .procedure("LongVideoPreset")
//!     .resume_file("holiday.mp4.upload")
//!     .on_progress(|progress| println!("{} of {:?} bytes", progress.stored, progress.total))
//!     .await?;
//! println!("{} {}", uploaded.file_id, uploaded.media_url);
//! # Ok(())
//! # }
//! ```
//!
//! # What is sent
//! `ApplyUpload` returns a path in the service's object storage and a temporary certificate for it. The bytes are sent
//! there: in one request, or in [parts](Upload::part_size), of which several are sent
//! [concurrently](Upload::concurrency). Then `CommitUpload` returns the file id.
//!
//! A path that ends with `m3u8` or `mpd` is a manifest. The files that it refers to, directly or through other
//! manifests, are uploaded with it, each once. They must all exist before anything is sent, in the manifest's
//! directory or below.
//!
//! # What is verified
//! The CRC-64 of each part and object is compared with the one that storage computed from the bytes that it received.
//! A part that differs is sent again; an object that differs is not committed. [`Uploaded::is_verified`] says whether
//! storage returned the checksums of all objects. A completion counts as successful only if the response's body says
//! so.
//!
//! # When something fails
//! Requests to storage have their own [retry policy](Upload::retry). `ApplyUpload` and `CommitUpload` are retried if
//! their response was lost: an upload that is applied for and not used has no effect, and
//! [`Uploaded::commit_repeated`] says whether the result is that of a later commit.
//!
//! If the upload fails, its parts in storage are deleted, unless a [resume file](Upload::resume_file) or
//! [store](Upload::resume_store) keeps the state for another call to resume. Dropping the future cancels the upload and
//! leaves no task; the parts are then not deleted, and storage keeps them until its own rules remove them.
//!
//! A resumed upload continues the same session, so that there is one file id. Parts that storage lists are compared by
//! size, `ETag` and saved checksum; parts that were stored after the state was last saved are compared with the file's
//! bytes. The file must have the same length, modification time and inode, and the settings must be those of the first
//! call.
//!
//! # Where it goes
//! The vendor's storage host for the bucket and region of the service's response, or
//! [`ClientBuilder::storage_endpoint`](crate::ClientBuilder::storage_endpoint). If the client's endpoint is on this
//! machine, as an emulator's is, the storage endpoint is too, at `/_storage/{bucket}`.

mod buffers;
mod certificate;
mod file;
mod manifest;
mod outcome;
mod plan;
mod progress;
mod resume;
mod session;
mod source;
mod storage;
mod transfer;

#[cfg(test)]
mod tests;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::time::timeout;

pub use outcome::Uploaded;
pub use progress::Progress;
pub use resume::{ResumeState, ResumeStore, StoreFuture, UnusableState};
pub use source::UploadSource;

use self::buffers::Buffers;
use self::plan::Plan;
use self::progress::{ProgressHook, Tracker, check_rate};
use self::resume::{Checkpoints, FileStore};
use self::storage::StorageSettings;
use self::transfer::Transfer;
use crate::client::Client;
pub use crate::endpoint::StorageEndpoint;
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::timestamp::Timestamp;
use crate::vod::ApplyUploadRequest;

/// Storage takes no more parts of an object.
const MOST_PARTS: u32 = 10_000;
/// The smallest and the largest part that storage takes.
const SMALLEST_PART: u64 = 1024 * 1024;
const LARGEST_PART: u64 = 5 * 1024 * 1024 * 1024;

const CONCURRENCY: usize = 4;
const IDLE_TIMEOUT: Duration = Duration::from_mins(1);
/// How long a failed upload waits for its parts to be thrown away.
const ABORT_LIMIT: Duration = Duration::from_secs(30);

/// An upload that has been prepared and not yet begun: set what is to be other than usual, then `.await` it for the
/// [`Uploaded`]. It comes from [`Client::upload`].
///
/// Nothing happens before the `.await`. See the [module](self) for what happens then.
#[must_use = "an upload is begun by awaiting it"]
pub struct Upload {
    client: Client,
    source: UploadSource,
    cover: Option<UploadSource>,
    request: ApplyUploadRequest,
    settings: Settings,
    store: Option<Box<dyn ResumeStore>>,
    on_progress: Option<ProgressHook>,
}

/// How an upload is done.
#[derive(Debug, Clone)]
struct Settings {
    part_size: Option<u64>,
    concurrency: usize,
    storage: StorageSettings,
    unusable_state: UnusableState,
}

impl Client {
    /// Prepares an upload: of a path, of bytes, or of what a reader or stream gives.
    ///
    /// ```no_run
    /// # async fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
    /// let uploaded = client.upload("holiday.mp4").await?;
    /// println!("{}", uploaded.file_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn upload(&self, source: impl Into<UploadSource>) -> Upload {
        Upload {
            client: self.clone(),
            source: source.into(),
            cover: None,
            request: ApplyUploadRequest::default(),
            settings: Settings {
                part_size: None,
                concurrency: CONCURRENCY,
                storage: StorageSettings {
                    policy: RetryPolicy::default()
                        .max_attempts(5)
                        .backoff(Duration::from_millis(500), Duration::from_secs(10)),
                    idle_timeout: IDLE_TIMEOUT,
                    bandwidth_limit: None,
                    with_md5: false,
                },
                unusable_state: UnusableState::Refuse,
            },
            store: None,
            on_progress: None,
        }
    }
}

impl Upload {
    /// An image for the media's cover.
    pub fn cover(mut self, source: impl Into<UploadSource>) -> Self {
        self.cover = Some(source.into());
        self
    }

    /// The type of the cover, such as `jpg`; that of its name if not set.
    pub fn cover_type(mut self, cover_type: impl Into<String>) -> Self {
        self.request.cover_type = Some(cover_type.into());
        self
    }

    /// The type of the media, such as `mp4`; that of its name, in lower case, if not set.
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.request.media_type = media_type.into();
        self
    }

    /// The name of the media; that of the file without its type if not set.
    pub fn media_name(mut self, name: impl Into<String>) -> Self {
        self.request.media_name = Some(name.into());
        self
    }

    /// The task flow template that the service runs on the media afterwards.
    pub fn procedure(mut self, name: impl Into<String>) -> Self {
        self.request.procedure = Some(name.into());
        self
    }

    /// The class of the media, as `CreateClass` gives it; 0, the class for other media, if not set.
    pub fn class_id(mut self, id: i64) -> Self {
        self.request.class_id = Some(id);
        self
    }

    /// When the media expires; never if not set.
    pub fn expire_time(mut self, time: impl Into<Timestamp>) -> Self {
        self.request.expire_time = Some(time.into());
        self
    }

    /// A text of at most 250 characters that the event of the upload returns.
    pub fn source_context(mut self, context: impl Into<String>) -> Self {
        self.request.source_context = Some(context.into());
        self
    }

    /// A text of at most 1000 characters that the events of the [procedure](Self::procedure) return.
    pub fn session_context(mut self, context: impl Into<String>) -> Self {
        self.request.session_context = Some(context.into());
        self
    }

    /// The region to store the media in; the service chooses one if not set.
    pub fn storage_region(mut self, region: impl Into<String>) -> Self {
        self.request.storage_region = Some(region.into());
        self
    }

    /// Where the media is to be stored, beginning with `/`. Only applications in the mode FileID + Path take it.
    #[expect(clippy::doc_markdown, reason = "the vendor's name of the mode")]
    pub fn media_storage_path(mut self, path: impl Into<String>) -> Self {
        self.request.media_storage_path = Some(path.into());
        self
    }

    /// The application that the media belongs to; the client's
    /// [`sub_app_id`](crate::ClientBuilder::sub_app_id) if not set.
    pub fn sub_app_id(mut self, id: u64) -> Self {
        self.request.sub_app_id = Some(id);
        self
    }

    /// How many bytes a part has, from 1 MiB to 5 GiB. If not set, 8 MiB, or as many as it takes for 10,000 parts. What
    /// is not larger is stored by one request. A resumed upload keeps the size that it began with.
    ///
    /// The memory for parts is this size times the [concurrency](Self::concurrency).
    pub fn part_size(mut self, bytes: u64) -> Self {
        self.settings.part_size = Some(bytes);
        self
    }

    /// How many parts are in memory and under way at a time; 4 if not set.
    pub fn concurrency(mut self, parts: usize) -> Self {
        self.settings.concurrency = parts;
        self
    }

    /// How many bytes may be sent a second, all parts together; no limit if not set. The client's own
    /// transport keeps to it within each part, others between parts.
    pub fn bandwidth_limit(mut self, bytes_per_second: u64) -> Self {
        self.settings.storage.bandwidth_limit = Some(bytes_per_second);
        self
    }

    /// How long a request to storage may stand still, without a byte sent or received; a minute if not set. There is no
    /// limit to its whole time.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.storage.idle_timeout = limit;
        self
    }

    /// How often a request to storage is sent; five times with pauses of up to 0.5 s, 1 s, 2 s and 4 s if not set. All
    /// of them can be repeated without harm. The client's [retry budget](crate::ClientBuilder::retry_budget) applies,
    /// too. `ApplyUpload` and `CommitUpload` are also repeated so often while their outcome is unknown.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.settings.storage.policy = policy;
        self
    }

    /// Sends an MD5 with each part, by which storage refuses bytes that were damaged on the way. It is not needed for
    /// the verification, and takes more of the processor than all the rest.
    pub fn content_md5(mut self, with_md5: bool) -> Self {
        self.settings.storage.with_md5 = with_md5;
        self
    }

    /// Keeps in a file what another call with the same source and settings needs to go on with the upload, also after
    /// this process was killed. The file is made for its owner alone (mode 0600), refused if others can read it, locked
    /// while it is in use, replaced as a whole, and removed when the upload has succeeded.
    ///
    /// It holds the upload's temporary certificate with its key and token, and its session key: anyone who has them can
    /// write to this upload until the certificate ends. The client's own credential is not in it.
    pub fn resume_file(mut self, path: impl Into<PathBuf>) -> Self {
        self.store = Some(Box::new(FileStore::new(path.into())));
        self
    }

    /// Like [`resume_file`](Self::resume_file), in a store of the caller's.
    pub fn resume_store(mut self, store: impl ResumeStore) -> Self {
        self.store = Some(Box::new(store));
        self
    }

    /// What to do about a saved state that can't be used for this upload; [`UnusableState::Refuse`] if not set.
    pub fn unusable_state(mut self, decision: UnusableState) -> Self {
        self.settings.unusable_state = decision;
        self
    }

    /// Calls a function with the progress, at most ten times a second and after each part. It must not block.
    pub fn on_progress(mut self, hook: impl Fn(&Progress) + Send + Sync + 'static) -> Self {
        self.on_progress = Some(Arc::new(hook));
        self
    }

    async fn run(self) -> Result<Uploaded, Error> {
        let Self { client, source, cover, request, settings, store, on_progress } = self;
        let plan = Plan::new(&client, source, cover, request, &settings).await?;
        let begun = session::begin(&client, &plan, &settings, store.as_deref()).await?;
        let (total, files) = (plan.total(), plan.objects.len());
        let sub_app_id = plan.request.sub_app_id;
        let session = begun.state.session.clone();
        let part_size = begun.state.part_size;
        let may_be_committed = begun.state.committing;
        let objects = plan.into_objects(&session)?;
        let transfer = Arc::new(Transfer {
            storage: begun.storage,
            checkpoints: Checkpoints::new(store, begun.state),
            tracker: Arc::new(Tracker::new(on_progress, total)),
            permits: Arc::new(Semaphore::new(settings.concurrency)),
            buffers: Buffers::default(),
            part_size,
            is_resumed: begun.is_resumed,
        });
        transfer.checkpoints.save().await?;
        let keys: Vec<Arc<str>> = objects.iter().map(|object| Arc::clone(&object.key)).collect();
        let stored = match check_bandwidth(&settings, total, &transfer) {
            Ok(()) => transfer.objects(objects).await,
            Err(error) => Err(error),
        };
        if let Err(error) = stored {
            transfer.end_in_failure(&keys).await;
            return Err(error);
        }
        transfer.abort_duplicates(&keys).await;
        let is_verified = {
            let mut state = transfer.checkpoints.state();
            state.committing = true;
            state.objects.iter().all(|object| object.completed.is_some_and(|completed| completed.is_verified))
        };
        let known = transfer.checkpoints.state().committed.clone();
        let committed = if let Some(committed) = known {
            committed
        } else {
            transfer.checkpoints.save().await?;
            let outcome =
                session::commit(&client, &settings, &session.key, sub_app_id, may_be_committed).await;
            let committed = outcome?;
            transfer.checkpoints.state().committed = Some(committed.clone());
            // The answer would be lost if the process ended while the state is removed.
            transfer.checkpoints.save().await?;
            committed
        };
        transfer.checkpoints.remove().await?;
        Ok(Uploaded {
            file_id: committed.file_id,
            media_url: committed.media_url,
            cover_url: Some(committed.cover_url).filter(|url| !url.is_empty()),
            bytes: transfer.tracker.stored_bytes(),
            resumed_bytes: transfer.tracker.resumed_bytes(),
            files,
            is_verified,
            storage_requests: transfer.storage.attempts(),
            commit_repeated: committed.is_repeated,
            request_id: committed.request_id,
        })
    }
}

/// Whether the limit that was set lets the upload end before its certificate does.
fn check_bandwidth(settings: &Settings, total: Option<u64>, transfer: &Transfer) -> Result<(), Error> {
    match (settings.storage.bandwidth_limit, total, transfer.storage.remaining()) {
        #[expect(clippy::cast_precision_loss, reason = "a rate need not be exact")]
        (Some(limit), Some(total), Some(remaining)) if !transfer.is_resumed => {
            check_rate(total, limit as f64, remaining)
        }
        _ => Ok(()),
    }
}

impl Transfer {
    /// Keeps what another call needs, or throws the parts away.
    async fn end_in_failure(&self, keys: &[Arc<str>]) {
        if self.checkpoints.are_kept() {
            if let Err(error) = self.checkpoints.save().await {
                tracing::warn!(error = %error, "the state of a failed upload could not be saved");
            }
        } else if timeout(ABORT_LIMIT, self.abort(keys)).await.is_err() {
            tracing::warn!("parts of a failed upload are left in storage");
        }
    }
}

impl IntoFuture for Upload {
    type Output = Result<Uploaded, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Upload")
            .field("source", &self.source)
            .field("cover", &self.cover)
            .field("request", &self.request)
            .field("settings", &self.settings)
            .field("is_resumable", &self.store.is_some())
            .finish_non_exhaustive()
    }
}
