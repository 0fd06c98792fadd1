//! Lists with a ceiling: read by windows of time, each of which stays below it.

pub(crate) mod walk;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

use self::walk::WindowWalk;
use super::Client;
use super::call::Call;
use super::config::CallSettings;
use super::pages::{PageCall, Paginated};
use crate::error::Error;
use crate::record::Record;
#[cfg(feature = "media")]
use crate::vod::{SearchMedia, SearchMediaRequest};

/// An action whose list has a ceiling and can be divided by time. The macros implement it if a spec file has
/// `[pagination.window]`.
pub trait Windowed: Paginated<Item: Record> {
    /// How the list is divided.
    #[doc(hidden)]
    const WINDOW: &'static Window;
}

/// How a list is divided.
#[doc(hidden)]
#[derive(Debug)]
pub struct Window {
    /// The largest sum of offset and limit.
    pub ceiling: u64,
    /// The index of the request's field with the period.
    pub range: usize,
    /// The name of the period's field with its start.
    pub start: &'static str,
    /// The name of the period's field with its end.
    pub end: &'static str,
    /// The name of the text by which items are told apart.
    pub id: &'static str,
    /// What else the request says, as JSON.
    pub set: &'static str,
}

impl<A: Windowed> Call<A> {
    /// Returns all items of a list that the service returns only up to a ceiling, such as the 5000 files of
    /// `SearchMedia`.
    ///
    /// The time range of the list is split into windows until each is below the ceiling, and the windows are read
    /// page by page, the oldest first. The request's own period limits the range; its order, offset and limit are not
    /// used. The settings of the call apply to each page.
    ///
    /// # How many calls
    /// One for each page, and one more for each window that has to be split; each split halves a window. So `n` items
    /// take about `n / 100` calls for pages of 100, and if the ceiling is reached `2 n / 5000` and some dozens more.
    /// Items of the second at which two windows meet may be read with both.
    ///
    /// # Consistency
    /// No item is returned twice. Items that are added after the first call are not returned, except those of the
    /// next 30 seconds, because the service's clock may be ahead of the local one by that much; they displace no
    /// others. If items are removed while a window is read, the service moves others to pages that were read before:
    /// this is detected by the total that the service reports, and the window is read again. These changes can't be
    /// detected:
    /// - an item that becomes visible later than its time of creation, such as by a delayed index,
    /// - as many items added as removed in the same window between two pages, which is possible only in the most
    ///   recent window,
    /// - a change of the time by which the list is divided, or of what the request asks for, such as a tag.
    ///
    /// A second with more items than the ceiling can't be split: the error has the kind
    /// [`Decode`](crate::ErrorKind::Decode) and names the second. The error is the same if a window loses items
    /// repeatedly.
    ///
    /// The ids of the items are kept as hashes of eight bytes until the end.
    pub fn all(self) -> AllItems<A> {
        let (client, request, settings) = self.into_parts();
        let walk = WindowWalk::new(A::META, A::PAGING, A::WINDOW);
        AllItems { client, request, settings, walk, call: None, page: Vec::new().into_iter() }
    }
}

#[cfg(feature = "media")]
impl Client {
    /// Returns all media files in the order of their creation, past the ceiling of 5000 that a search has:
    /// [`Call::all`] of a search without conditions. For conditions, use `client.search_media(request).all()`.
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
    pub fn all_media(&self) -> AllItems<SearchMedia> {
        self.call(SearchMediaRequest::new()).all()
    }
}

/// All items of a list that has a ceiling; from [`Call::all`].
///
/// It is a [`Stream`], and has [`next`](Self::next) for a loop without one. Calls are made when an item is requested.
/// It ends after the first error. Dropping the future of `next` loses nothing: the call in flight continues with the
/// next one.
#[must_use = "nothing is fetched until an item is asked for"]
pub struct AllItems<A: Windowed> {
    client: Client,
    request: A::Request,
    settings: CallSettings,
    walk: WindowWalk,
    call: Option<PageCall<A>>,
    page: vec::IntoIter<A::Item>,
}

// Nothing in it is pinned in its place: the call has its own.
impl<A: Windowed> Unpin for AllItems<A> {}

impl<A: Windowed> AllItems<A> {
    /// The next item; none at the end.
    ///
    /// # Errors
    ///
    /// A call failed, more items have the same second than the service gives out, or a window lost items again and
    /// again. It is the last item.
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, Error>> {
        let Self { client, request, settings, walk, call, page } = self;
        let now = || service_time(client);
        let running = match call {
            Some(running) => running,
            None if !walk.name_page(request, now())? => return Poll::Ready(Ok(false)),
            None => {
                let prepared = Call::<A>::with(client.clone(), request.clone(), settings.clone());
                call.insert(prepared.detailed().into_future())
            }
        };
        let outcome = ready!(running.as_mut().poll(context));
        *call = None;
        let answer = outcome?;
        if walk.arrived(&answer.response, &answer.mismatches, now())? {
            *page = A::into_items(answer.response).into_iter();
        }
        Poll::Ready(Ok(true))
    }
}

/// The service's time, in seconds since 1970: what the present is to a walk.
pub(crate) fn service_time(client: &Client) -> u64 {
    let config = client.config();
    config.skew.apply(config.clock.unix_seconds())
}

impl<A: Windowed> Stream for AllItems<A> {
    type Item = Result<A::Item, Error>;

    // Instantiated for each action in the crate that reads its list: all decisions are the walk's.
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            for item in this.page.by_ref() {
                if this.walk.is_new(&item) {
                    return Poll::Ready(Some(Ok(item)));
                }
            }
            match ready!(this.poll_page(context)) {
                Ok(true) => {}
                Ok(false) => return Poll::Ready(None),
                Err(error) => {
                    this.walk.end();
                    return Poll::Ready(Some(Err(error)));
                }
            }
        }
    }
}

impl<A: Windowed> fmt::Debug for AllItems<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AllItems")
            .field("action", &A::META.name)
            .field("request", &self.request)
            .field("walk", &self.walk)
            .finish_non_exhaustive()
    }
}
