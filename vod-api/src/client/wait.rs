//! Waiters: poll an action until it reports a final status.

mod poll_state;

#[cfg(test)]
mod tests;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

pub(crate) use self::poll_state::{Next, PollState};
use crate::action::Action;
use crate::client::Client;
use crate::client::call::Call;
use crate::client::config::CallSettings;
use crate::error::Error;

/// An action that tells how far something is. The macros implement it where a spec file has `[wait]`.
pub trait Waitable: Action<Request: Clone> {
    /// Which fields take part, and what ends the waiting.
    #[doc(hidden)]
    const WAITING: &'static Waiting;
}

/// Which fields take part, by their index in the request or in the response, and what ends the waiting.
#[doc(hidden)]
#[derive(Debug)]
pub struct Waiting {
    /// The request's field that names what is waited for.
    pub id: usize,
    /// The response's field that tells how far it is.
    pub status: usize,
    /// The values of it that end the waiting.
    pub until: &'static [&'static str],
}

impl<A: Waitable> Call<A> {
    /// Makes the call again and again until the answer tells that what it describes has ended.
    ///
    /// The settings of the call, such as its timeout and its region, hold for each of the calls; how long to
    /// wait altogether is [`Wait::timeout`].
    pub fn wait(self) -> Wait<A> {
        let (client, request, settings) = self.into_parts();
        Wait { client, request, settings, pauses: Pauses::default(), on_progress: None }
    }
}

/// Waits for something to end: `.await` it for the answer that tells so.
///
/// It comes from [`Call::wait`] or from a method of the client, such as `wait_for_task`. The first call is made at
/// once, the others after pauses that double from one second to half a minute. There is no limit to the waiting
/// unless [`timeout`](Self::timeout) sets one. A call that fails, after the repetitions that its
/// [`RetryPolicy`](crate::RetryPolicy) makes, in a way that [may pass](Error::is_retryable) is left behind; the
/// fifth one in a row ends the waiting, as any other error does at once: an answer whose status does not fit its field,
/// too, which is an error of kind [`Decode`](crate::ErrorKind::Decode). Dropping the future ends the
/// waiting, and nothing else.
///
/// ```no_run
/// use std::time::Duration;
/// use vod_api::{Call, Error, Waitable};
///
/// // `call` is a prepared call, such as `client.describe_task_detail(request)`.
/// async fn patiently<A: Waitable>(call: Call<A>) -> Result<A::Response, Error> {
///     call.wait()
///         .timeout(Duration::from_secs(600))
///         .max_delay(Duration::from_secs(10))
///         .on_progress(|answer| println!("{answer:?}"))
///         .await
/// }
/// ```
#[must_use = "nothing is done until it is awaited"]
#[doc(alias("waiter", "poll", "poller"))]
pub struct Wait<A: Waitable> {
    client: Client,
    request: A::Request,
    settings: CallSettings,
    pauses: Pauses,
    on_progress: Option<Look<A>>,
}

/// What looks at each answer.
type Look<A> = Box<dyn FnMut(&<A as Action>::Response) + Send>;

/// How a caller wants to wait.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Pauses {
    /// The first pause, of which each later one is twice the one before.
    pub first: Duration,
    /// The longest pause.
    pub longest: Duration,
    /// How long to wait altogether.
    pub timeout: Option<Duration>,
}

impl Default for Pauses {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), longest: Duration::from_secs(30), timeout: None }
    }
}

impl<A: Waitable> Wait<A> {
    /// Gives up after this time, with an error of kind [`Timeout`](crate::ErrorKind::Timeout) that names the last
    /// status. A call under way is cut off.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.pauses.timeout = Some(limit);
        self
    }

    /// The first pause, between the first call and the second: 1 second unless set, and 1 millisecond at least.
    /// Each pause is twice as long as the one before, up to [`max_delay`](Self::max_delay), and shortened at
    /// random by up to a quarter, so that many who wait do not call at the same moment.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.pauses.first = delay;
        self
    }

    /// The longest pause between two calls: 30 seconds unless set, and a day at most.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.pauses.longest = delay;
        self
    }

    /// Shows each answer to a function, the last one too.
    pub fn on_progress(mut self, look: impl FnMut(&A::Response) + Send + 'static) -> Self {
        self.on_progress = Some(Box::new(look));
        self
    }
}

impl<A: Waitable> IntoFuture for Wait<A> {
    type Output = Result<A::Response, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    // Instantiated for each action in the crate that waits for it: all decisions are the course's.
    fn into_future(mut self) -> Self::IntoFuture {
        Box::pin(async move {
            let mut course = PollState::new(A::META, Some(A::WAITING), &self.pauses, &self.request);
            loop {
                let request = self.request.clone();
                let call = Call::<A>::with(self.client.clone(), request, self.settings.clone());
                let outcome = course.within_time(call.detailed().into_future()).await?;
                if let (Ok(answer), Some(look)) = (&outcome, &mut self.on_progress) {
                    look(&answer.response);
                }
                if let Ok(answer) = &outcome {
                    course.check(&answer.response, &answer.mismatches)?;
                }
                let seen = outcome.as_ref().map(|answer| course.seen(&answer.response));
                match course.consider(seen) {
                    Next::Stop => return outcome.map(|answer| answer.response),
                    Next::Pause(pause) => course.pause(pause).await?,
                }
            }
        })
    }
}

impl<A: Waitable> fmt::Debug for Wait<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Wait")
            .field("action", &A::META.name)
            .field("request", &self.request)
            .field("pauses", &self.pauses)
            .finish_non_exhaustive()
    }
}
