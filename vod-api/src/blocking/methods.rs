//! Blocking variants of the async client's other methods: uploads, tasks, long lists.

#[cfg(feature = "upload")]
use std::fmt;

use serde::de::DeserializeOwned;

use super::Client;
#[cfg(feature = "media")]
use super::Iter;
use crate::action::{Action, Request};
#[cfg(feature = "media")]
use crate::client::AllItems;
use crate::error::Error;
#[cfg(feature = "media")]
use crate::vod::SearchMedia;

impl Client {
    /// [`Call::describe_all`](crate::Call::describe_all), blocking: makes as many calls as it takes for a list of ids that is
    /// longer than the action takes, and joins their answers.
    ///
    /// ```
    /// # #[cfg(feature = "media")]
    /// # fn main() -> Result<(), vod_api::Error> {
    /// use vod_api::vod::DescribeMediaInfosRequest;
    /// # use vod_api::vod::{DescribeMediaInfos, DescribeMediaInfosResponse};
    /// # let mock = vod_api::testing::MockTransport::new();
    /// # mock.on::<DescribeMediaInfos>().respond(DescribeMediaInfosResponse::default()).repeat();
    /// # let client = mock.builder().build_blocking()?;
    ///
    /// let ids: Vec<String> = (0..50).map(|n| n.to_string()).collect();
    /// let found = client.describe_all(DescribeMediaInfosRequest::new(ids))?;
    /// println!("{} found", found.media_info_set.len());
    /// # assert_eq!(mock.recorded().len(), 3);
    /// # Ok(())
    /// # }
    /// # #[cfg(not(feature = "media"))]
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// The same as those of the async call, and [`ErrorKind::Blocked`](crate::ErrorKind::Blocked).
    pub fn describe_all<R>(&self, request: R) -> Result<<R::Action as Action>::Response, Error>
    where
        R: Request<Action: Action<Request: Clone, Response: DeserializeOwned>>,
    {
        self.block_on(|client| client.call(request).describe_all())
    }

    /// [`Call::run_to_end`](crate::Call::run_to_end), blocking: makes a call that starts a task, and waits until the task
    /// has ended. To stop waiting after some time, `client.block_on(|client| client.call(request).run_to_end().timeout(...))`.
    ///
    /// ```
    /// # #[cfg(all(feature = "processing", feature = "tasks"))]
    /// # fn main() -> Result<(), vod_api::Error> {
    /// use vod_api::task::TaskResult as _;
    /// use vod_api::vod::ProcessMediaRequest;
    /// # use serde_json::json;
    /// # use vod_api::vod::{DescribeTaskDetail, ProcessMedia};
    /// # let mock = vod_api::testing::MockTransport::new();
    /// # mock.on::<ProcessMedia>().respond_json(json!({ "TaskId": "task-1" }));
    /// # mock.on::<DescribeTaskDetail>().respond_json(json!({ "Status": "FINISH" }));
    /// # let client = mock.builder().build_blocking()?;
    ///
    /// let task = client.run_to_end(ProcessMediaRequest::new().file_id("file-1"))?;
    /// println!("{:?}", task.outcome());
    /// # assert!(task.outcome().is_some_and(|outcome| outcome.is_success()));
    /// # Ok(())
    /// # }
    /// # #[cfg(not(all(feature = "processing", feature = "tasks")))]
    /// # fn main() {}
    /// ```
    ///
    /// # Errors
    ///
    /// The same as those of the async call, and [`ErrorKind::Blocked`](crate::ErrorKind::Blocked).
    #[cfg(feature = "tasks")]
    pub fn run_to_end<R: Request>(
        &self,
        request: R,
    ) -> Result<crate::vod::DescribeTaskDetailResponse, Error> {
        self.block_on(|client| client.call(request).run_to_end())
    }

    /// [`Client::all_media`](crate::Client::all_media), blocking: all media files, past the ceiling of a search. Calls are
    /// made when a file is asked for. For conditions, `client.iterate(|client| client.search_media(request).all())`.
    ///
    /// ```
    /// # fn main() -> Result<(), vod_api::Error> {
    /// # use serde_json::json;
    /// # let mock = vod_api::testing::MockTransport::new();
    /// # let found = json!({ "TotalCount": 1, "MediaInfoSet": [{ "FileId": "file-1" }] });
    /// # mock.on::<vod_api::vod::SearchMedia>().respond_json(found);
    /// # let client = mock.builder().build_blocking()?;
    /// for media in client.all_media() {
    ///     println!("{}", media?.file_id);
    /// }
    /// # mock.assert_all_used();
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "media")]
    pub fn all_media(&self) -> Iter<AllItems<SearchMedia>> {
        self.iterate(crate::Client::all_media)
    }

    /// [`Client::upload`](crate::Client::upload), blocking: prepares an upload of a path, of bytes, or of what a reader or
    /// stream gives. [`run`](Upload::run) carries it out.
    ///
    /// ```no_run
    /// # fn example(client: vod_api::blocking::Client) -> Result<(), vod_api::Error> {
    /// let uploaded = client.upload("holiday.mp4").cover("holiday.jpg").resume_file("holiday.upload").run()?;
    /// println!("{} {}", uploaded.file_id, uploaded.media_url);
    /// # Ok(())
    /// # }
    /// ```
    #[cfg(feature = "upload")]
    pub fn upload(&self, source: impl Into<crate::upload::UploadSource>) -> Upload {
        Upload { client: self.clone(), upload: self.inner.upload(source) }
    }
}

/// An upload that has been prepared and not yet begun; from [`Client::upload`]. Its settings are those of the
/// [async one](crate::upload::Upload).
#[cfg(feature = "upload")]
#[must_use = "nothing is sent until it is run"]
pub struct Upload {
    client: Client,
    upload: crate::upload::Upload,
}

#[cfg(feature = "upload")]
impl Upload {
    /// Carries the upload out, and waits for its end. The function of [`on_progress`](Self::on_progress) runs on the
    /// client's thread and [must not block](super#where-it-cant-be-used).
    ///
    /// # Errors
    ///
    /// The same as those of the [async upload](crate::upload), and [`ErrorKind::Blocked`](crate::ErrorKind::Blocked).
    pub fn run(self) -> Result<crate::upload::Uploaded, Error> {
        let Self { client, upload } = self;
        client.block_on(|_| upload)
    }
}

/// The settings of the async upload, by their names.
#[cfg(feature = "upload")]
macro_rules! settings {
    ($($name:ident($argument:ident: $type:ty);)*) => {
        impl Upload {
            $(
                #[doc = concat!("See [`upload::Upload::", stringify!($name), "`](crate::upload::Upload::", stringify!($name), ").")]
                pub fn $name(mut self, $argument: $type) -> Self {
                    self.upload = self.upload.$name($argument);
                    self
                }
            )*
        }
    };
}

#[cfg(feature = "upload")]
settings! {
    cover(source: impl Into<crate::upload::UploadSource>);
    cover_type(cover_type: impl Into<String>);
    media_type(media_type: impl Into<String>);
    media_name(name: impl Into<String>);
    procedure(name: impl Into<String>);
    class_id(id: i64);
    expire_time(time: impl Into<crate::Timestamp>);
    source_context(context: impl Into<String>);
    session_context(context: impl Into<String>);
    storage_region(region: impl Into<String>);
    media_storage_path(path: impl Into<String>);
    sub_app_id(id: u64);
    part_size(bytes: u64);
    concurrency(parts: usize);
    bandwidth_limit(bytes_per_second: u64);
    idle_timeout(limit: std::time::Duration);
    retry(policy: crate::RetryPolicy);
    content_md5(with_md5: bool);
    resume_file(path: impl Into<std::path::PathBuf>);
    resume_store(store: impl crate::upload::ResumeStore);
    unusable_state(decision: crate::upload::UnusableState);
    on_progress(hook: impl Fn(&crate::upload::Progress) + Send + Sync + 'static);
}

#[cfg(feature = "upload")]
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.upload, f)
    }
}
