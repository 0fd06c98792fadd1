//! Responses that are streams of events.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;

use crate::action::{Action, StreamAction};
use crate::client::Client;
use crate::client::call::Call;
use crate::client::config::CallSettings;
use crate::client::time_limit::TimeLimit;
use crate::error::Error;
use crate::pipeline::stream::{EventReader, StreamSlot};
use crate::pipeline::{self, Invocation};
use crate::record::request_id;

impl<A: StreamAction> Call<A> {
    /// Returns the events of the response, one by one.
    ///
    /// The call's timeouts apply until the response begins; after that, [`ResponseStream::idle_timeout`] applies.
    pub fn stream(self) -> ResponseStream<A> {
        let (client, request, settings) = self.into_parts();
        let (state, idle) = (State::Prepared(Box::new(request)), None);
        ResponseStream {
            client,
            settings,
            idle,
            state,
            request_id: None,
            event_name: String::new(),
            event_id: String::new(),
        }
    }
}

/// The events of an answer, each one a response of the action with the members that it brings; from [`Call::stream`],
/// or from the action's method.
///
/// It is a [`Stream`], and has [`next`](Self::next) for a loop without one. The call is made when the first event is
/// asked for: until the answer begins it is retried as any other call is, and then never again. Dropping the stream
/// ends the connection; the service may go on all the same.
///
/// The first error ends the stream, with one exception: an event that cannot be read is an error of kind
/// [`Malformed`](crate::ErrorKind::Malformed) and the like, and the events behind it still come. What the service
/// refuses in the middle of a stream is an error with its code, as at the beginning. The connection may also break
/// ([`Truncated`](crate::ErrorKind::Truncated)), an event be larger than
/// [`ClientBuilder::response_limit`](crate::ClientBuilder::response_limit), or nothing come for the idle timeout. A
/// service that answers with one JSON object in place of a stream gives one response.
///
/// ```
/// use vod_api::{Action, Call, Error, StreamAction};
///
/// // `call` is a prepared call of an action whose spec file says `answer = "event-stream"`.
/// async fn collect<A: StreamAction>(call: Call<A>) -> Result<Vec<A::Response>, Error> {
///     let mut stream = call.stream();
///     let mut parts = Vec::new();
///     while let Some(part) = stream.next().await {
///         parts.push(part?);
///     }
///     Ok(parts)
/// }
/// ```
#[must_use = "nothing is sent until an event is asked for"]
pub struct ResponseStream<A: StreamAction> {
    client: Client,
    settings: CallSettings,
    idle: Option<Duration>,
    state: State<A>,
    request_id: Option<String>,
    event_name: String,
    event_id: String,
}

enum State<A: StreamAction> {
    Prepared(Box<A::Request>),
    Opening(Pin<Box<dyn Future<Output = Result<Beginning<A>, Error>> + Send>>),
    Open(Box<EventReader>),
    Over,
}

/// How an answer begins.
struct Beginning<A: Action> {
    response: A::Response,
    /// The rest; none if the response is all.
    events: Option<EventReader>,
}

impl<A: StreamAction> ResponseStream<A> {
    /// Sets how long the stream waits for data before it fails with an error of kind
    /// [`Timeout`](crate::ErrorKind::Timeout). Comments that keep the connection alive count as data. Default: the
    /// call's attempt timeout.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle = Some(limit);
        self
    }

    /// Returns the next event, or `None` at the end.
    ///
    /// # Errors
    /// See [the type](Self).
    pub async fn next(&mut self) -> Option<Result<A::Response, Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    /// The request id of the call; `None` before the first event.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// The name of the last event (its `event` line); empty if it has none.
    pub fn event_name(&self) -> &str {
        &self.event_name
    }

    /// The id of the last event (its `id` line, or that of an event before); empty if there was none.
    pub fn event_id(&self) -> &str {
        &self.event_id
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<A::Response, Error>>> {
        loop {
            self.state = match &mut self.state {
                State::Over => return Poll::Ready(None),
                State::Prepared(_) => match std::mem::replace(&mut self.state, State::Over) {
                    State::Prepared(request) => self.opening(*request),
                    other => other,
                },
                State::Opening(future) => {
                    let outcome = ready!(future.as_mut().poll(context));
                    self.state = State::Over;
                    match outcome {
                        Err(error) => return Poll::Ready(Some(Err(error))),
                        Ok(Beginning { response, events }) => {
                            self.request_id = request_id(&response).map(str::to_owned);
                            match events {
                                None => return Poll::Ready(Some(Ok(response))),
                                Some(events) => State::Open(Box::new(events)),
                            }
                        }
                    }
                }
                State::Open(events) => {
                    let Some(event) = ready!(events.poll_next(context)) else {
                        self.state = State::Over;
                        continue;
                    };
                    let event = match event {
                        Ok(event) => event,
                        Err(error) => {
                            self.state = State::Over;
                            return Poll::Ready(Some(Err(error)));
                        }
                    };
                    let mut response = A::Response::default();
                    let call = Invocation {
                        config: self.client.config(),
                        action: A::META,
                        settings: &self.settings,
                        slot: None,
                    };
                    let decoded = events.decode(call, &event, &mut response);
                    self.event_name = event.name;
                    self.event_id = event.id;
                    let is_last = decoded.as_ref().is_err_and(|error| error.code_str().is_some());
                    if is_last {
                        self.state = State::Over;
                    }
                    return Poll::Ready(Some(decoded.map(|()| response)));
                }
            };
        }
    }

    fn opening(&self, mut request: A::Request) -> State<A> {
        let (client, settings, idle) = (self.client.clone(), self.settings.clone(), self.idle);
        State::Opening(Box::pin(async move {
            let slot = StreamSlot::default();
            let mut response = A::Response::default();
            let config = client.config();
            let call = Invocation { config, action: A::META, settings: &settings, slot: Some(&slot) };
            pipeline::run(call, &mut request, &mut response).await?;
            let idle = match idle {
                Some(time) => TimeLimit::new(time, "idle timeout", "ResponseStream::idle_timeout"),
                None => settings.attempt_timeout(config),
            };
            let reader = |opened| EventReader::new(opened, A::META, config.response_limit, idle);
            Ok(Beginning { response, events: slot.into_opened().map(reader) })
        }))
    }
}

impl<A: StreamAction> Stream for ResponseStream<A>
where
    Self: Unpin,
{
    type Item = Result<A::Response, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

impl<A: StreamAction> fmt::Debug for ResponseStream<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = match &self.state {
            State::Prepared(_) => "prepared",
            State::Opening(_) => "opening",
            State::Open(_) => "open",
            State::Over => "over",
        };
        f.debug_struct("ResponseStream")
            .field("action", &A::META.name)
            .field("state", &state)
            .field("request_id", &self.request_id)
            .finish_non_exhaustive()
    }
}
