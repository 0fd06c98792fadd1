//! Lists that a service gives out to a ceiling only: read by windows of time, each of which stays below it.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Client;
use super::pages::Items;
use crate::error::{Error, ErrorKind};
use crate::vod::{MediaInfo, SearchMedia, SearchMediaRequest, SortBy, TimeRange};

/// The service gives out no item behind this one, and counts no further.
const CEILING: u64 = 5000;
/// Times have whole seconds.
const STEP: u64 = 1;

impl Client {
    /// Goes through all media files, past the ceiling of 5000 that a search has, in the order of their creation.
    ///
    /// The time of creation is divided into windows until each has fewer than 5000 files. Halving a window costs one call
    /// that only counts; the files of a window are read page by page, 100 files a call. So `n` files take about
    /// `n / 100` calls for the files and, where they are spread over time, some dozens for the windows.
    ///
    /// Files that are added while the walk goes on are not part of it: it ends at the time at which it began, by the
    /// service's clock as far as that is known. No file is given twice. A file may be missed if others are
    /// deleted from its window while that is read, for the service then moves it to a page that was read before; and 5000
    /// files that were created within one second end the walk with an error of kind
    /// [`Decode`](ErrorKind::Decode).
    ///
    /// ```no_run
    /// # async fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
    /// let mut all = client.all_media();
    /// while let Some(media) = all.next().await {
    ///     println!("{}", media?.file_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn all_media(&self) -> AllMedia {
        self.all_media_of(SearchMediaRequest::new())
    }

    /// Like [`all_media`](Self::all_media), of the files that a request looks for. Its own `CreateTime` bounds the walk;
    /// its `Sort`, `Offset` and `Limit` are not used.
    pub fn all_media_of(&self, request: SearchMediaRequest) -> AllMedia {
        AllMedia {
            client: self.clone(),
            request,
            windows: None,
            items: None,
            given: HashSet::new(),
            hasher: RandomState::new(),
            is_over: false,
        }
    }
}

/// All media files; from [`Client::all_media`].
///
/// Calls are made when a file is asked for, and not before. It ends after the first error. Dropping the future of
/// [`next`](Self::next) loses nothing but the call under way.
#[must_use = "nothing is fetched until a file is asked for"]
pub struct AllMedia {
    client: Client,
    request: SearchMediaRequest,
    /// Windows that are still to be read, the next one last; from one second to another, both included.
    windows: Option<Vec<(u64, u64)>>,
    /// The files of the window that is being read.
    items: Option<Items<SearchMedia>>,
    /// Hashes of the ids of files that were given: the ends of windows belong to both of them.
    given: HashSet<u64>,
    hasher: RandomState,
    is_over: bool,
}

impl AllMedia {
    /// The next file; none at the end.
    ///
    /// # Errors
    ///
    /// A call failed, or more files were created within one second than the service gives out. It is the last item.
    pub async fn next(&mut self) -> Option<Result<MediaInfo, Error>> {
        if self.is_over {
            return None;
        }
        let next = self.find().await.transpose();
        self.is_over = !matches!(next, Some(Ok(_)));
        next
    }

    async fn find(&mut self) -> Result<Option<MediaInfo>, Error> {
        loop {
            if let Some(items) = &mut self.items {
                match items.next().await {
                    Some(media) => {
                        let media = media?;
                        if self.given.insert(self.hasher.hash_one(&media.file_id)) {
                            return Ok(Some(media));
                        }
                        continue;
                    }
                    None => self.items = None,
                }
            }
            let windows = match &self.windows {
                Some(windows) => windows.clone(),
                None => vec![self.whole()?],
            };
            let (rest, window) = self.divided(windows).await?;
            self.windows = Some(rest);
            let Some(window) = window else { return Ok(None) };
            self.items = Some(self.client.search_media(self.within(window)).items());
        }
    }

    /// Divides the next window until the service gives out all of it. Windows without files are left out.
    async fn divided(
        &self,
        mut windows: Vec<(u64, u64)>,
    ) -> Result<(Vec<(u64, u64)>, Option<(u64, u64)>), Error> {
        while let Some((start, end)) = windows.pop() {
            let mut request = self.within((start, end));
            request.limit = Some(1);
            let count = self.client.search_media(request).await?.total_count;
            if count == 0 {
                continue;
            }
            // At the ceiling there may be more: the service counts no further.
            if count < CEILING {
                return Ok((windows, Some((start, end))));
            }
            if end <= start + STEP {
                let message = format!(
                    "{CEILING} files or more were created within a second of {}, and the service gives out no more: \
                     narrow the search",
                    timestamp(start)
                );
                return Err(Error::new(ErrorKind::Decode, message));
            }
            // The middle belongs to both: the vendor contradicts itself about whether an end is included.
            let middle = start + (end - start) / 2;
            windows.push((middle, end));
            windows.push((start, middle.max(start + STEP)));
        }
        Ok((windows, None))
    }

    /// All the time of the walk, in seconds since 1970.
    fn whole(&self) -> Result<(u64, u64), Error> {
        let config = self.client.config();
        let now = config.skew.apply(config.clock.unix_seconds());
        let range = self.request.create_time.as_deref();
        let bound = |time: Option<&crate::Timestamp>, usual: u64| match time {
            None => Ok::<u64, Error>(usual),
            Some(time) => {
                let no_time = || {
                    Error::new(ErrorKind::InvalidRequest, format!("CreateTime: `{time}` is no point in time"))
                };
                Ok(u64::try_from(time.unix_seconds().ok_or_else(no_time)?).unwrap_or(0))
            }
        };
        let start = bound(range.and_then(|range| range.after.as_ref()), 0)?;
        let end = bound(range.and_then(|range| range.before.as_ref()), now + STEP)?;
        Ok((start, end))
    }

    fn within(&self, (start, end): (u64, u64)) -> SearchMediaRequest {
        let mut request = self.request.clone();
        let range = TimeRange { after: Some(timestamp(start)), before: Some(timestamp(end)) };
        request.create_time = Some(Box::new(range));
        let sort = SortBy { field: "CreateTime".to_owned(), order: "Asc".into() };
        request.sort = Some(Box::new(sort));
        (request.offset, request.limit) = (None, None);
        request
    }
}

fn timestamp(seconds: u64) -> crate::Timestamp {
    let time: SystemTime = UNIX_EPOCH + Duration::from_secs(seconds);
    time.into()
}

impl fmt::Debug for AllMedia {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AllMedia")
            .field("request", &self.request)
            .field("windows", &self.windows)
            .field("given", &self.given.len())
            .finish_non_exhaustive()
    }
}
