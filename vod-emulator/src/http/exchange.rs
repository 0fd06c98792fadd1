//! Executes requests with their faults: what transports call.

use bytes::Bytes;
use http::header::{DATE, HeaderValue};
use http::{Method, Request, Response, StatusCode};

use crate::faults::fault::{ConnectionFault, Fault, FaultKind};
use crate::faults::injector::{Disturbance, PIECE};
use crate::faults::outcome::{Outcome, call_response, outcome, refusal};
use crate::http::{admin, metadata, page};
use crate::log::call_log::CallDetails;
use crate::protocol::answer_kind::{AnswerKind, HEADER};
use crate::protocol::call::{Call, MAX_QUERY, action_name};
use crate::protocol::envelope::{http_date, page_response};
use crate::protocol::language;
use crate::service::{EmulatedService, kind_of};
use crate::storage::door;
use crate::storage::operation::{Target, is_for_storage};
use crate::storage::paths::FILES_PREFIX;

impl EmulatedService {
    /// Responds to one request: a call of the API, or one below `/_emulator/`. A pull may take up to
    /// [`Options::long_poll`](crate::Options::long_poll); dropping the future cancels the call and delivers nothing,
    /// unless a fault holds back the response after the call was handled.
    ///
    /// There is no connection here that a fault could break. Instead the response is a page with the status 502, as
    /// of a gateway.
    pub async fn respond(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.exchange(request).await.unwrap_or_else(|_| self.dated(page_response(StatusCode::BAD_GATEWAY), 0))
    }

    /// Responds to one request as [`respond`](Self::respond) does, for transports in the process that can fail as a
    /// network does. A slow body arrives at once, when its last byte would have.
    ///
    /// # Errors
    /// [`ConnectionFault`] if a fault breaks the connection. It does not say whether the call was handled;
    /// [`handled`](Self::handled) does.
    pub async fn exchange(&self, request: Request<Bytes>) -> Result<Response<Bytes>, ConnectionFault> {
        let disturbance = self.draw_fault(&request, Some(request.body())).unwrap_or_default();
        match self.execute(&request, disturbance).await {
            Outcome::Answer(response) => Ok(response),
            Outcome::Drip(response, pause) => {
                let bytes = u32::try_from(response.body().len()).unwrap_or(u32::MAX);
                self.world.clock.sleep(pause.saturating_mul(bytes)).await;
                Ok(response)
            }
            Outcome::Cut(response, keep) => Err(ConnectionFault::TruncatedBody {
                status: response.status(),
                received: response.body().slice(..keep),
                expected: response.body().len(),
            }),
            Outcome::Break(fault) => Err(fault),
        }
    }

    /// Draws what will disturb a request. None if it cannot be told without the body, which names the action.
    pub(crate) fn draw_fault<B>(&self, request: &Request<B>, body: Option<&[u8]>) -> Option<Disturbance> {
        if is_for_storage(request) {
            let operation = Target::of(request).and_then(|target| target.operation);
            let (injector, now) = (&self.world.injector, self.world.clock.now());
            return Some(
                operation.map_or_else(|| injector.meet_lasting(now), |it| injector.draw(it.name(), now)),
            );
        }
        if request.uri().path() != "/" {
            return Some(Disturbance::default());
        }
        let action = action_name(request, body)?;
        let (injector, now) = (&self.world.injector, self.world.clock.now());
        // A probe of the port is no call: it uses up no fault.
        let is_call =
            matches!(*request.method(), Method::GET | Method::POST) && self.world.specs.has_action(&action);
        Some(if is_call { injector.draw(&action, now) } else { injector.meet_lasting(now) })
    }

    /// Executes one request under the faults that were drawn for it.
    pub(crate) async fn execute(&self, request: &Request<Bytes>, disturbance: Disturbance) -> Outcome {
        let path = request.uri().path();
        let outcome = if path.starts_with(admin::PREFIX) || page::is_wanted(request) {
            Outcome::Answer(admin::respond(self, request))
        } else if path.starts_with(FILES_PREFIX) {
            Outcome::Answer(door::file(&self.world, request))
        } else if path.starts_with(metadata::PREFIX) {
            Outcome::Answer(metadata::respond(self, request))
        } else if is_for_storage(request) {
            self.execute_storage(request, &disturbance).await
        } else if path != "/" {
            Outcome::Answer(page_response(StatusCode::NOT_FOUND))
        } else if request.uri().query().is_some_and(|query| query.len() > MAX_QUERY) {
            Outcome::Answer(page_response(StatusCode::URI_TOO_LONG))
        } else {
            self.execute_call(request, &disturbance).await
        };
        outcome.map(|response| self.dated(response, disturbance.clock_ahead))
    }

    async fn execute_call(&self, request: &Request<Bytes>, disturbance: &Disturbance) -> Outcome {
        let clock = &self.world.clock;
        let fault = disturbance.fault.as_ref();
        let started = clock.now();
        let request_id = self.world.request_ids.next().to_string();
        let mut details = CallDetails::default();
        if let Some(Fault::Latency { before, .. }) = fault {
            clock.sleep_until(disturbance.arrived.saturating_add(*before)).await;
        }
        if let Some(Fault::SlowReader { pause }) = fault.filter(|_| !disturbance.was_read) {
            let pieces = u32::try_from(request.body().len().div_ceil(PIECE)).unwrap_or(u32::MAX);
            clock.sleep(pause.saturating_mul(pieces)).await;
        }
        let call = Call::read(request);
        let mut answer = None;
        if fault.is_none_or(Fault::lets_handle) {
            answer = Some(match &call {
                Ok(call) => self.answer(request, call, disturbance, &mut details).await,
                Err(error) => Err(error.clone()),
            });
        }
        if let Some(refusal) = fault.and_then(refusal) {
            answer = Some(Err(refusal));
        }
        let action = match call {
            Ok(call) => call.action,
            // A fault may have kept the body, and with it the action, from being read.
            Err(_) => action_name(request, Some(request.body())).unwrap_or_default(),
        };
        let mut kind = disturbance.kind();
        if kind == Some(FaultKind::DuplicateDelivery) {
            let duplicated = matches!(&answer, Some(Ok(answer)) if answer.duplicated);
            kind = kind.filter(|_| duplicated);
            if let Some(kind) = kind {
                self.world.injector.count(kind);
            }
        }
        let worth = answer.as_ref().map_or_else(AnswerKind::default, kind_of);
        let told = answer.as_ref().map(|answer| {
            (worth, answer.as_ref().err().map(|error| (error.code.as_ref(), error.message.as_str())))
        });
        self.record(&action, told, kind, &request_id, started, details);
        let language = language::asked_for(request).unwrap_or(self.world.options.language);
        let answer = answer.map(|answer| answer.map_err(|error| language::translated(error, language)));
        if let Some(Fault::Latency { after, .. }) = fault {
            clock.sleep(*after).await;
        }
        let response = answer.map(|answer| call_response(fault, answer, &request_id));
        outcome(fault, response).map(|response| marked(response, worth))
    }

    /// Gives an answer the date of the service's wall clock, from which clients learn how far off they are, and the
    /// header that says what it is worth, if it has none.
    pub(crate) fn dated(&self, mut response: Response<Bytes>, ahead_by_fault: i64) -> Response<Bytes> {
        let skew = self.world.options.date_skew.seconds().saturating_add(ahead_by_fault);
        if let Some(date) = http_date(self.unix_seconds().saturating_add(skew)) {
            response.headers_mut().insert(DATE, date);
        }
        if response.headers().contains_key(HEADER) {
            response
        } else {
            marked(response, AnswerKind::default())
        }
    }
}

/// The answer with the header that says what it is worth.
pub(crate) fn marked(mut response: Response<Bytes>, kind: AnswerKind) -> Response<Bytes> {
    response.headers_mut().insert(HEADER, HeaderValue::from_static(kind.name()));
    response
}
