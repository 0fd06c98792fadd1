//! Lists that a service gives out to a ceiling only: read by windows of time, each of which stays below it.

mod walk;

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

/// An action whose list has a ceiling and can be divided by time. The macros implement it where a spec file has
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
    /// All items of a list that the service gives out to a ceiling only, such as the 5000 files of `SearchMedia`.
    ///
    /// The time by which the list can be divided is cut into windows until each is below the ceiling, and the windows are
    /// read page by page, the oldest first. The request's own period bounds the walk; its order, offset and limit are not
    /// used. The settings of the call hold for each page.
    ///
    /// # How many calls
    /// One for each page; for each window that has to be cut, one more, and each cut halves a window. So `n` items take
    /// about `n / 100` calls for pages of 100, and where the ceiling is reached `2 n / 5000` and some dozens more. Items of
    /// the second at which two windows meet may be read with both.
    ///
    /// # What is exact, and what the service does not allow
    /// No item is given twice. Items that are added after the walk began are not part of it, but for those of the same
    /// second; they push none out. If items are removed while a window is read, the service moves others to pages that were
    /// read before: the walk notices it by the length that the service tells, and reads the window again. It can't
    /// notice
    /// - an item that the service shows later than the time of its creation says, such as by a delayed index,
    /// - as many items added as removed in the same window between two pages, which only the window of the present can have,
    /// - a change of the time by which the list is divided, or of what the request asks for, such as a tag.
    ///
    /// A second with more items than the ceiling can't be divided: it ends the walk with an error of kind
    /// [`Decode`](crate::ErrorKind::Decode) that names the second, and so does a window that loses items again and again.
    ///
    /// The ids of the items are kept as hashes of eight bytes until the walk ends.
    pub fn all(self) -> AllItems<A> {
        let (client, request, settings) = self.into_parts();
        let walk = WindowWalk::new(A::META, A::PAGING, A::WINDOW);
        AllItems { client, request, settings, walk, call: None, page: Vec::new().into_iter() }
    }
}

#[cfg(feature = "media")]
impl Client {
    /// All media files, past the ceiling of 5000 that a search has, in the order of their creation: [`Call::all`] of a
    /// search without conditions, which says what is exact. For conditions, `client.search_media(request).all()`.
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
/// It is a [`Stream`], and has [`next`](Self::next) for a loop without one. Calls are made when an item is asked for, and
/// not before. It ends after the first error. Dropping the future of `next` loses nothing: the call under way goes on with
/// the next one.
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
    /// A call failed, more items have the same second than the service gives out, or a window lost items again and again.
    /// It is the last item.
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }

    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Result<bool, Error>> {
        let Self { client, request, settings, walk, call, page } = self;
        let now = || {
            let config = client.config();
            config.skew.apply(config.clock.unix_seconds())
        };
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
