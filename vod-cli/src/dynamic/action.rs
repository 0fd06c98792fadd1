//! An action that can be called by its spec.

use serde_json::Value;
use vod_api::__private::untyped::{RecordCall, check_record, deserialize_record, encode, encode_query};
use vod_api::__private::{Paging, Waiting, Window};
use vod_api::{ActionMeta, Client, Record, ServiceMeta};
use vod_spec::model::{Action, Service};
use vod_spec::{Mismatch, MismatchKind, Side, check_value};

use super::leak::{leak, leak_action, leak_paging, leak_waiting, leak_window};
use super::record::DynamicRecord;
use super::shape::{Shape, Shapes};

/// An action with the model that it was made of.
#[derive(Debug)]
pub struct DynamicAction {
    service: Service,
    meta: &'static ActionMeta,
    request: &'static Shape,
    response: &'static Shape,
    paging: Option<&'static Paging>,
    window: Option<&'static Window>,
    waiting: Option<&'static Waiting>,
}

impl DynamicAction {
    /// The first action of a service that holds what it reaches.
    pub(crate) fn leaked(service: Service, of_service: &'static ServiceMeta) -> Option<&'static Self> {
        let action = service.actions.first()?;
        let mut shapes = Shapes::new(&service);
        let (request, response) = (shapes.of_request(action), shapes.of_response(action));
        let meta = leak_action(action, &service, of_service);
        let (paging, window, waiting) = (leak_paging(action), leak_window(action), leak_waiting(action));
        Some(leak(Self { service, meta, request, response, paging, window, waiting }))
    }

    /// The name on the wire.
    pub fn name(&self) -> &'static str {
        self.meta.name
    }

    /// The action's model.
    pub fn model(&self) -> &Action {
        // There is one, or this would not have been made.
        &self.service.actions[0]
    }

    /// The service with this action and the types that it reaches.
    pub fn service(&self) -> &Service {
        &self.service
    }

    /// What the runtime knows of the action.
    pub fn meta(&self) -> &'static ActionMeta {
        self.meta
    }

    /// How its list is read page by page, if the spec says so.
    pub fn paging(&self) -> Option<&'static Paging> {
        self.paging
    }

    /// How its list is divided by time, if the spec says that it has a ceiling.
    pub fn window(&self) -> Option<&'static Window> {
        self.window
    }

    /// What ends the waiting for what it describes, if the spec says so.
    pub fn waiting(&self) -> Option<&'static Waiting> {
        self.waiting
    }

    /// Everything that is wrong with parameters: members that the spec does not know, required ones that are missing,
    /// values of another type, limits.
    pub fn check(&self, parameters: &Value) -> Vec<Mismatch> {
        check_value(&self.service, &self.model().request, parameters, Side::Request)
    }

    /// A request of these parameters.
    ///
    /// # Errors
    /// Everything that is wrong with them.
    pub fn request(&self, parameters: &Value) -> Result<DynamicRecord, Vec<Mismatch>> {
        let problems = self.check(parameters);
        if !problems.is_empty() {
            return Err(problems);
        }
        self.parse(parameters).map_err(|error| {
            vec![Mismatch { path: String::new(), kind: MismatchKind::WrongType, message: error.to_string() }]
        })
    }

    /// A request of these parameters, as leniently as generated types are read from JSON: members that the spec does
    /// not know are left out, missing ones are at their defaults, and no limits are checked.
    ///
    /// # Errors
    /// A value does not fit its field; the message begins with its path.
    pub fn parse(&self, parameters: &Value) -> Result<DynamicRecord, serde_json::Error> {
        let mut request = DynamicRecord::new(self.request);
        deserialize_record(&mut request, parameters)?;
        Ok(request)
    }

    /// An answer that holds its defaults.
    pub fn response(&self) -> DynamicRecord {
        DynamicRecord::new(self.response)
    }

    /// A call of it.
    pub fn call(&self, client: &Client) -> RecordCall {
        RecordCall::new(client, self.meta)
    }
}

/// A request as the body of a POST.
pub fn to_json(request: &DynamicRecord) -> Vec<u8> {
    encode(request)
}

/// A request as the query of a GET.
pub fn to_query(request: &DynamicRecord) -> String {
    encode_query(request)
}

/// The first limit that a record breaks, as the SDK reports it: the field, and what is wrong with it.
///
/// # Errors
/// A limit is broken.
pub fn check_limits(record: &dyn Record) -> Result<(), (String, String)> {
    check_record(record)
}
