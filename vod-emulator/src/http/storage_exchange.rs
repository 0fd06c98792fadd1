//! Requests to the object storage: faults on the way, the record of each, and the form of the answer.

use bytes::Bytes;
use http::header::HeaderValue;
use http::{Method, Request, Response, StatusCode};

use crate::faults::fault::Fault;
use crate::faults::injector::{Disturbance, PIECE};
use crate::faults::outcome::{Outcome, outcome, tells_request_id};
use crate::log::call_log::CallDetails;
use crate::protocol::answer_kind::AnswerKind;
use crate::service::EmulatedService;
use crate::storage::door;
use crate::storage::operation::Target;
use crate::storage::refusal::{StorageError, late_error};
use crate::storage::response::falsified;

/// The header with the id of a request to the storage.
const REQUEST_ID: &str = "x-cos-request-id";

impl EmulatedService {
    /// Answers one request to the storage under a disturbance.
    pub(crate) async fn execute_storage(
        &self,
        request: &Request<Bytes>,
        disturbance: &Disturbance,
    ) -> Outcome {
        let clock = &self.world.clock;
        let fault = disturbance.fault.as_ref();
        let started = clock.now();
        let request_id = self.world.request_ids.next().simple().to_string();
        if let Some(Fault::Latency { before, .. }) = fault {
            clock.sleep_until(disturbance.arrived.saturating_add(*before)).await;
        }
        if let Some(Fault::SlowReader { pause }) = fault.filter(|_| !disturbance.was_read) {
            let pieces = u32::try_from(request.body().len().div_ceil(PIECE)).unwrap_or(u32::MAX);
            clock.sleep(pause.saturating_mul(pieces)).await;
        }
        let target = Target::of(request);
        let mut answer = None;
        if fault.is_none_or(Fault::lets_handle) {
            if let Some(target) = &target {
                self.count_storage(target);
            }
            let clocks = clock.judging().map(|unix| unix.saturating_add(disturbance.clock_ahead));
            answer = Some(door::answer(&self.world, request, clocks, fault));
        }
        if let Some(refusal) = fault.and_then(refusal) {
            answer = Some(Err(refusal));
        }
        let name = target.and_then(|target| target.operation).map_or("storage", |operation| operation.name());
        let told = answer.as_ref().map(|answer| {
            let error = answer.as_ref().err();
            (AnswerKind::Modelled, error.map(|error| (error.code.as_ref(), error.message.as_str())))
        });
        let details = CallDetails::of_storage(request);
        self.record(name, told, disturbance.kind(), &request_id, started, details);
        if let Some(Fault::Latency { after, .. }) = fault {
            clock.sleep(*after).await;
        }
        let response = answer.map(|answer| response(answer, request, fault, &request_id));
        outcome(fault, response)
    }
}

fn response(
    answer: Result<Response<Bytes>, StorageError>,
    request: &Request<Bytes>,
    fault: Option<&Fault>,
    request_id: &str,
) -> Response<Bytes> {
    let path = request.uri().path();
    let mut response = answer.unwrap_or_else(|error| match fault {
        Some(Fault::CompletionError { code, blanks }) => late_error(code, *blanks, path, request_id),
        _ => error.response(path, request_id),
    });
    response = falsified(response, fault);
    if request.method() == Method::HEAD {
        *response.body_mut() = Bytes::new();
    }
    if let (true, Ok(id)) = (tells_request_id(fault), HeaderValue::from_str(request_id)) {
        response.headers_mut().insert(REQUEST_ID, id);
    }
    response
}

/// The refusal that a fault puts in the place of the storage's own answer.
fn refusal(fault: &Fault) -> Option<StorageError> {
    Some(match fault {
        Fault::Throttling { .. } => {
            StorageError::new(StatusCode::SERVICE_UNAVAILABLE, "SlowDown", "Reduce your request rate.")
        }
        Fault::TokenExpired => {
            StorageError::new(StatusCode::BAD_REQUEST, "ExpiredToken", "The certificate has expired.")
        }
        Fault::CompletionError { code, .. } => {
            StorageError::new(StatusCode::OK, code.clone(), "The upload could not be completed.")
        }
        Fault::ServerError { status, code, .. } => {
            StorageError::new(*status, code.clone(), "We encountered an internal error. Please try again.")
        }
        _ => return None,
    })
}
