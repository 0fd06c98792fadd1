//! Requests to the object storage: faults on the way, the record of each, and the form of the answer.

use bytes::Bytes;
use http::header::HeaderValue;
use http::{Method, Request, Response, StatusCode};
use uuid::Uuid;

use crate::faults::fault::Fault;
use crate::faults::injector::Disturbance;
use crate::faults::outcome::{Outcome, outcome, tells_request_id};
use crate::protocol::answer_kind::AnswerKind;
use crate::service::EmulatedService;
use crate::storage::door::{self, StorageError};
use crate::storage::operation::Target;

/// The header with the id of a request to the storage.
const REQUEST_ID: &str = "x-cos-request-id";

impl EmulatedService {
    /// Answers one request to the storage under a disturbance.
    pub(crate) async fn carry_out_storage(
        &self,
        request: &Request<Bytes>,
        disturbance: &Disturbance,
    ) -> Outcome {
        let clock = &self.world.clock;
        let fault = disturbance.fault.as_ref();
        let started = clock.now();
        let request_id = Uuid::new_v4().simple().to_string();
        if let Some(Fault::Latency { before, .. }) = fault {
            clock.sleep_until(disturbance.arrived.saturating_add(*before)).await;
        }
        let target = Target::of(request);
        let mut answer = None;
        if fault.is_none_or(Fault::lets_handle) {
            if let Some(target) = &target {
                self.count_storage(target);
            }
            let unix = clock.unix_seconds().saturating_add(disturbance.clock_ahead);
            answer = Some(door::answer(&self.world, request, unix));
        }
        if let Some(refusal) = fault.and_then(refusal) {
            answer = Some(Err(refusal));
        }
        let name = target.and_then(|target| target.operation).map_or("storage", |operation| operation.name());
        let told = answer.as_ref().map(|answer| {
            let error = answer.as_ref().err();
            (AnswerKind::Modelled, error.map(|error| (error.code.as_ref(), error.message.as_str())))
        });
        self.record(name, told, disturbance.kind(), &request_id, started);
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
    let mut response = answer.unwrap_or_else(|error| error.response(request.uri().path(), request_id));
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
        Fault::ServerError { status, code, .. } => {
            StorageError::new(*status, code.clone(), "We encountered an internal error. Please try again.")
        }
        _ => return None,
    })
}
