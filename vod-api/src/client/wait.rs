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

/// An action that reports the status of something that takes time. The macros implement it if a spec file has
/// `[wait]`.
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
    /// Polls the action until its response reports a final status.
    ///
    /// The settings of the call, such as its timeout and its region, apply to each poll. [`Wait::timeout`] limits the
    /// whole wait.
    pub fn wait(self) -> Wait<A> {
        let (client, request, settings) = self.into_parts();
        Wait { client, request, settings, pauses: Pauses::default(), on_progress: None }
    }
}

/// A waiter: polls an action until it reports a final status. `.await` it for the last response.
///
/// It comes from [`Call::wait`] or from a method of the client, such as `wait_for_task`. The first poll is made at
/// once. The delays between polls double from 1 s to 30 s, with jitter. There is no time limit unless
/// [`timeout`](Self::timeout) sets one. Each poll is retried by its [`RetryPolicy`](crate::RetryPolicy). If it still
/// fails, a [retryable](Error::is_retryable) error is ignored; the fifth in a row, and any other error, ends the
/// wait. A status that does not fit its field is an error of kind [`Decode`](crate::ErrorKind::Decode). Dropping the
/// future ends the polling only.
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

/// The delays and the timeout of a wait.
#[doc(hidden)]
#[derive(Debug, Clone)]
pub struct Pauses {
    /// The first delay; each later one is twice the one before.
    pub first: Duration,
    /// The longest delay.
    pub longest: Duration,
    /// The time limit of the whole wait.
    pub timeout: Option<Duration>,
}

impl Default for Pauses {
    fn default() -> Self {
        Self { first: Duration::from_secs(1), longest: Duration::from_secs(30), timeout: None }
    }
}

impl<A: Waitable> Wait<A> {
    /// Sets the time limit of the wait. Default: none. After it, the wait fails with an error of kind
    /// [`Timeout`](crate::ErrorKind::Timeout) that names the last status. A poll in flight is cancelled.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.pauses.timeout = Some(limit);
        self
    }

    /// Sets the delay between the first poll and the second. Default: 1 s; at least 1 ms. Each delay is twice the one
    /// before, up to [`max_delay`](Self::max_delay), and shortened at random by up to a quarter, so that many waiters
    /// do not call at the same moment.
    pub fn first_delay(mut self, delay: Duration) -> Self {
        self.pauses.first = delay;
        self
    }

    /// Sets the longest delay between two polls. Default: 30 s; at most a day.
    pub fn max_delay(mut self, delay: Duration) -> Self {
        self.pauses.longest = delay;
        self
    }

    /// Registers a function that is called with each response, the last one included.
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
