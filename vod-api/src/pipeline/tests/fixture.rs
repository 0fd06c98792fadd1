//! An action written by hand, as the macro would have written it.

use crate::action::{Action, ActionMeta, ErrorClass, Request, ServiceMeta};
use crate::client::{Client, ClientBuilder};
use crate::credential::Credential;
use crate::record::{FieldMut, FieldRef, Limit, Record, RecordMeta};
use crate::retry::RetryPolicy;

pub(super) const ID: &str = "AKIDEXAMPLE0000000000000000000000000";
pub(super) const KEY: &str = "SecretKeyEXAMPLE0000000000000000";
pub(super) const TOKEN: &str = "T0kenEXAMPLE+/==";
pub(super) const SUCCESS: &str = r#"{"Response":{"Count":2,"RequestId":"12ae8d8e"}}"#;

pub(super) static SERVICE: ServiceMeta = ServiceMeta::new(
    "vod",
    "2018-07-17",
    &[("mainland", "vod.tencentcloudapi.com")],
    &[
        ("InvalidParameterValue", ErrorClass::Caller),
        ("InternalError", ErrorClass::Service),
        ("ServiceUnavailable", ErrorClass::Retryable),
        ("RequestLimitExceeded", ErrorClass::Throttling),
        ("AuthFailure", ErrorClass::Authentication),
        ("AuthFailure.SecretIdNotFound", ErrorClass::CredentialRefused),
        ("AuthFailure.InvalidSecretId", ErrorClass::CredentialRefused),
        ("AuthFailure.SignatureFailure", ErrorClass::CredentialRefused),
        ("AuthFailure.TokenFailure", ErrorClass::TokenExpired),
        ("AuthFailure.SignatureExpire", ErrorClass::ClockSkew),
    ],
    &["SubAppId"],
);

#[derive(Debug)]
pub(super) struct Confirm;

impl Action for Confirm {
    type Request = ConfirmRequest;
    type Response = ConfirmResponse;
    const META: &'static ActionMeta =
        &ActionMeta::new("ConfirmEvents", &SERVICE, 34184, 100, true, false, &[]);
}

#[derive(Debug, Clone, Default)]
pub(super) struct ConfirmRequest {
    pub(super) event_handles: Vec<String>,
    pub(super) ext_info: Option<String>,
    pub(super) sub_app_id: Option<u64>,
}

impl ConfirmRequest {
    pub(super) fn new<const N: usize>(handles: [&str; N]) -> Self {
        Self { event_handles: handles.map(str::to_owned).to_vec(), ..Self::default() }
    }
}

impl Request for ConfirmRequest {
    type Action = Confirm;
}

impl Record for ConfirmRequest {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "ConfirmEventsRequest",
            fields: &["EventHandles", "ExtInfo", "SubAppId"],
            rust_names: &[],
            required: &[0],
            sensitive: &[],
            limits: &[(0, Limit::Items(1, 16))],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        match index {
            0 => FieldRef::Strings(&self.event_handles),
            1 => FieldRef::OptString(&self.ext_info),
            2 => FieldRef::OptUint64(&self.sub_app_id),
            _ => FieldRef::None,
        }
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        match index {
            0 => FieldMut::Strings(&mut self.event_handles),
            1 => FieldMut::OptString(&mut self.ext_info),
            2 => FieldMut::OptUint64(&mut self.sub_app_id),
            _ => FieldMut::None,
        }
    }
}

#[derive(Debug, Clone, Default)]
pub(super) struct ConfirmResponse {
    pub(super) count: Option<u64>,
    pub(super) request_id: String,
}

impl Record for ConfirmResponse {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "ConfirmEventsResponse",
            fields: &["Count", "RequestId"],
            rust_names: &[],
            required: &[1],
            sensitive: &[],
            limits: &[],
        }
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        match index {
            0 => FieldRef::OptUint64(&self.count),
            1 => FieldRef::String(&self.request_id),
            _ => FieldRef::None,
        }
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        match index {
            0 => FieldMut::OptUint64(&mut self.count),
            1 => FieldMut::String(&mut self.request_id),
            _ => FieldMut::None,
        }
    }
}

/// An action that is sent without a signature, with a field that the older signatures have a parameter for.
#[derive(Debug)]
pub(super) struct Unsigned;

impl Action for Unsigned {
    type Request = UnsignedRequest;
    type Response = ConfirmResponse;
    const META: &'static ActionMeta = &ActionMeta::new("AssumeRole", &SERVICE, 0, 0, true, true, &[]);
}

#[derive(Debug, Clone, Default)]
pub(super) struct UnsignedRequest;

impl Request for UnsignedRequest {
    type Action = Unsigned;
}

impl Record for UnsignedRequest {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "AssumeRoleRequest",
            fields: &[],
            rust_names: &[],
            required: &[],
            sensitive: &[],
            limits: &[],
        }
    }
    fn get(&self, _: usize) -> FieldRef<'_> {
        FieldRef::None
    }
    fn get_mut(&mut self, _: usize) -> FieldMut<'_> {
        FieldMut::None
    }
}

/// An action that must not be carried out twice, and has no rate limit.
#[derive(Debug)]
pub(super) struct Create;

impl Action for Create {
    type Request = CreateRequest;
    type Response = ConfirmResponse;
    const META: &'static ActionMeta = &ActionMeta::new("Create", &SERVICE, 0, 0, false, false, &[]);
}

#[derive(Debug, Clone, Default)]
pub(super) struct CreateRequest;

impl Request for CreateRequest {
    type Action = Create;
}

impl Record for CreateRequest {
    fn meta(&self) -> &'static RecordMeta {
        &RecordMeta {
            name: "CreateRequest",
            fields: &[],
            rust_names: &[],
            required: &[],
            sensitive: &[],
            limits: &[],
        }
    }
    fn get(&self, _: usize) -> FieldRef<'_> {
        FieldRef::None
    }
    fn get_mut(&mut self, _: usize) -> FieldMut<'_> {
        FieldMut::None
    }
}

/// A client of the server, with the known credential. It sends each call once.
pub(super) fn builder(url: &str) -> ClientBuilder {
    super::log::prepare();
    Client::builder().credential(Credential::new(ID, KEY)).endpoint(url).retry(RetryPolicy::none())
}

pub(super) fn client(url: &str) -> Client {
    builder(url).build().unwrap()
}
