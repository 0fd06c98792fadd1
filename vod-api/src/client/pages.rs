//! Paginators: long lists, page by page or item by item.

pub(crate) mod walk;

#[cfg(test)]
mod tests;

use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

use futures_core::Stream;

pub(crate) use self::walk::Walk;
use crate::action::Action;
use crate::client::Client;
use crate::client::call::{Call, Detailed};
use crate::client::config::CallSettings;
use crate::error::Error;

/// An action that gives out a long list page by page. The macros implement it where a spec file has
/// `[pagination]`.
pub trait Paginated: Action<Request: Clone> {
    /// What the list holds.
    type Item: Send + 'static;
    /// Which fields take part.
    #[doc(hidden)]
    const PAGING: &'static Paging;
    /// Takes the list out of an answer.
    fn into_items(response: Self::Response) -> Vec<Self::Item>;
}

/// Which fields take part, by their index in the request or in the response.
#[doc(hidden)]
#[derive(Debug)]
pub struct Paging {
    /// How a request says which page it wants.
    pub by: PageBy,
    /// The request's field with the size of a page.
    pub limit: Option<usize>,
    /// The size to ask for where the caller asks for none; 0 for none.
    pub page_size: u64,
    /// The response's field with the list.
    pub items: usize,
    /// The response's field with the length of the whole list.
    pub total: Option<usize>,
    /// The response's field that tells whether there is another page.
    pub more: Option<usize>,
}

/// How a request says which page it wants.
#[doc(hidden)]
#[derive(Debug)]
pub enum PageBy {
    /// The request's field with the number of items to skip.
    Offset(usize),
    /// The request's field with the number of the page, from 1.
    Page(usize),
    /// The fields that take and give a text.
    Token {
        /// In the request.
        request: usize,
        /// In the response.
        response: usize,
    },
}

impl<A: Paginated> Call<A> {
    /// Returns a paginator: the responses to this call, page by page to the end of the list, with one call for each
    /// page.
    ///
    /// Only the page position of the request changes: the request may start at a later position and set the page
    /// size. If it sets none, the size comes from the spec file. The settings of the call, such as its timeout, apply
    /// to each page.
    pub fn pages(self) -> Pages<A> {
        let (client, request, settings) = self.into_parts();
        Pages { client, request, settings, walk: Walk::new(A::META, A::PAGING), call: None }
    }

    /// Returns the items of the list one by one: like [`pages`](Self::pages), with the pages flattened.
    pub fn items(self) -> Items<A> {
        Items { pages: self.pages(), page: Vec::new().into_iter() }
    }
}

/// A paginator: the pages of a list, each one a response of the action; from [`Call::pages`].
///
/// It is a [`Stream`], and has [`next`](Self::next) for a loop without one. A page is fetched when it is requested.
/// The paginator stops at the total that the service reports; if it reports none, at a page that is not full; and in
/// any case at an empty page, when the service says that there are no more pages, or, with tokens, at a response
/// without a next token. It also stops after the first error. If the service returns the same page or token
/// repeatedly, or the list, its total or its token does not fit its field, the error has the kind
/// [`Decode`](crate::ErrorKind::Decode). A value elsewhere that does not fit, such as in an item, is only
/// [reported](crate::Mismatch).
///
/// If the list changes while it is read by offset or page number, pages may overlap or miss items.
///
/// ```no_run
/// # use vod_api::{Call, Error, Paginated};
/// // `call` is a prepared call, such as `client.search_media(request)`.
/// async fn sizes<A: Paginated>(call: Call<A>) -> Result<Vec<usize>, Error> {
///     let mut pages = call.pages();
///     let mut sizes = Vec::new();
///     while let Some(page) = pages.next().await {
///         sizes.push(A::into_items(page?).len());
///     }
///     Ok(sizes)
/// }
/// ```
#[must_use = "nothing is fetched until a page is asked for"]
#[doc(alias("paginator", "pagination"))]
pub struct Pages<A: Paginated> {
    client: Client,
    request: A::Request,
    settings: CallSettings,
    walk: Walk,
    call: Option<PageCall<A>>,
}

/// The call of the page that is being fetched.
pub(super) type PageCall<A> =
    Pin<Box<dyn Future<Output = Result<Detailed<<A as Action>::Response>, Error>> + Send>>;

// Nothing in it is pinned in its place: the call has its own.
impl<A: Paginated> Unpin for Pages<A> {}

impl<A: Paginated> Pages<A> {
    /// Returns the next page, or `None` at the end. Dropping the future loses nothing: the next call of `next`
    /// continues with the same page.
    ///
    /// # Errors
    ///
    /// The call of the page failed, or the service makes no progress. No page follows.
    pub async fn next(&mut self) -> Option<Result<A::Response, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<A: Paginated> Stream for Pages<A> {
    type Item = Result<A::Response, Error>;

    // Instantiated for each action in the crate that reads its pages: all decisions are the walk's.
    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Pages { client, request, settings, walk, call } = this;
        let call = match call {
            Some(call) => call,
            None if !walk.name_page(request) => return Poll::Ready(None),
            None => {
                let page = Call::<A>::with(client.clone(), request.clone(), settings.clone());
                call.insert(page.detailed().into_future())
            }
        };
        let outcome = ready!(call.as_mut().poll(context));
        this.call = None;
        let outcome = outcome.and_then(|page| {
            this.walk.arrived(&page.response, &page.mismatches)?;
            Ok(page.response)
        });
        if outcome.is_err() {
            this.walk.end();
        }
        Poll::Ready(Some(outcome))
    }
}

impl<A: Paginated> fmt::Debug for Pages<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("action", &A::META.name)
            .field("request", &self.request)
            .field("fetching", &self.call.is_some())
            .finish_non_exhaustive()
    }
}

/// What is in a list, one by one; from [`Call::items`].
///
/// It is a [`Stream`], and has [`next`](Self::next) for a loop without one. [`Pages`] says when it ends.
///
/// ```no_run
/// # use vod_api::{Call, Error, Paginated};
/// // `call` is a prepared call, such as `client.search_media(request)`.
/// async fn count<A: Paginated>(call: Call<A>) -> Result<u64, Error> {
///     let mut items = call.items();
///     let mut count = 0;
///     while let Some(item) = items.next().await {
///         item?;
///         count += 1;
///     }
///     Ok(count)
/// }
/// ```
#[must_use = "nothing is fetched until an item is asked for"]
#[doc(alias("paginator", "pagination"))]
pub struct Items<A: Paginated> {
    pages: Pages<A>,
    page: vec::IntoIter<A::Item>,
}

impl<A: Paginated> Unpin for Items<A> {}

impl<A: Paginated> Items<A> {
    /// The next item; none at the end. Dropping the future loses nothing.
    ///
    /// # Errors
    ///
    /// The call of a page failed, or the service does not move on. It is the last item.
    pub async fn next(&mut self) -> Option<Result<A::Item, Error>> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl<A: Paginated> Stream for Items<A> {
    type Item = Result<A::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(page)) => this.page = A::into_items(page).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<A: Paginated> fmt::Debug for Items<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("pages", &self.pages).field("at_hand", &self.page.len()).finish()
    }
}
