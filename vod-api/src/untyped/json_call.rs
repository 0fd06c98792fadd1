//! Calls of actions that have no spec: the parameters and the answer are JSON.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use serde_json::{Map, Value};

use super::call_settings;
use super::interned::action_meta;
use super::json_service::JsonService;
use crate::client::Client;
use crate::client::config::CallSettings;
use crate::error::{Error, ErrorKind};
use crate::pipeline::{self, Invocation};
use crate::record::{FieldMut, FieldRef, Record, RecordMeta};

impl Client {
    /// Prepares a call of any action of any service: the parameters are a JSON object, and so is the answer.
    ///
    /// The call takes the same way as a typed one: the same signature, retries, rate limiter, time limits, errors and
    /// logs. What only a spec can tell is missing: limits are not checked, the action counts as one that must not be
    /// sent again once it may have taken effect (see [`JsonCall::idempotent`]), and a value is taken for a secret if
    /// the name of its member looks like that of one, such as `SecretKey` or `SessionToken`.
    ///
    /// The result is what stands in the answer's `Response`, with its `RequestId`. An action that is called often
    /// deserves a spec file: see [`action!`](crate::action!) and [`service!`](crate::service!).
    ///
    /// ```
    /// use serde_json::json;
    /// use vod_api::JsonService;
    /// # use vod_api::testing::MockTransport;
    ///
    /// # async fn example() -> Result<(), vod_api::Error> {
    /// # let mock = MockTransport::new();
    /// # mock.answer_json("DescribeZones", json!({ "ZoneSet": [{ "Zone": "ap-guangzhou-3" }] }));
    /// # let client = mock.builder().build()?;
    /// let cvm = JsonService::new("cvm", "2017-03-12");
    /// let answer = client.call_json(&cvm, "DescribeZones", json!({})).region("ap-guangzhou").await?;
    /// assert_eq!(answer["ZoneSet"][0]["Zone"], "ap-guangzhou-3");
    /// # Ok(())
    /// # }
    /// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(example()).unwrap();
    /// ```
    ///
    /// # Errors
    ///
    /// The call's own errors are those of a typed call. It fails with [`ErrorKind::InvalidRequest`], and nothing is
    /// sent, if the parameters are neither an object nor `null`, if a name holds a character that no name has, or if
    /// a process calls more than 4096 different actions by name: the metadata of each one is kept as long as the
    /// process lives.
    pub fn call_json(&self, service: &JsonService, action: impl Into<String>, parameters: Value) -> JsonCall {
        JsonCall {
            client: self.clone(),
            service: service.clone(),
            action: action.into(),
            parameters,
            is_idempotent: false,
            settings: CallSettings::default(),
        }
    }
}

#[cfg(feature = "blocking")]
impl crate::blocking::Client {
    /// [`Client::call_json`](crate::Client::call_json), blocking.
    ///
    /// A call with settings of its own is sent by [`block_on`](Self::block_on):
    /// `client.block_on(|client| client.call_json(&service, "DescribeZones", parameters).region("ap-guangzhou"))`.
    ///
    /// # Errors
    ///
    /// Those of the async call, and [`ErrorKind::Blocked`].
    pub fn call_json(
        &self,
        service: &JsonService,
        action: impl Into<String>,
        parameters: Value,
    ) -> Result<Value, Error> {
        self.block_on(|client| client.call_json(service, action, parameters))
    }
}

/// A prepared call of an action without a spec, from [`Client::call_json`]: set per-call options, then `.await` it
/// for the content of the response's `Response`.
#[must_use = "a call is made by awaiting it"]
pub struct JsonCall {
    client: Client,
    service: JsonService,
    action: String,
    parameters: Value,
    is_idempotent: bool,
    settings: CallSettings,
}

impl JsonCall {
    call_settings!();

    /// Marks the call as idempotent: a second execution has no further effect, for example because it only reads.
    /// Then it is also retried if an attempt may have taken effect. Default: false.
    pub fn idempotent(mut self, is_idempotent: bool) -> Self {
        self.is_idempotent = is_idempotent;
        self
    }

    async fn run(self) -> Result<Value, Error> {
        let Self { client, service, action, parameters, is_idempotent, settings } = self;
        let action = action_meta(&service, &action, is_idempotent)?;
        let parameters = match parameters {
            Value::Object(members) => members,
            Value::Null => Map::new(),
            _ => {
                let message = "the parameters must be a JSON object";
                return Err(Error::new(ErrorKind::InvalidRequest, message).with_action(action));
            }
        };
        let mut request = Parameters(parameters);
        let mut answer = Answer::default();
        let call = Invocation { config: client.config(), action, settings: &settings, slot: None };
        let brought = pipeline::run(call, &mut request, &mut answer).await?;
        response_in(&brought.json, answer.request_id).map_err(|error| error.with_action(action))
    }
}

/// What stands in an answer's `Response`. The answer has been read once and is a good one.
fn response_in(json: &[u8], request_id: String) -> Result<Value, Error> {
    let parsed = serde_json::from_slice::<Map<String, Value>>(json).map_err(|error| {
        let message = format!("the response can't be represented as JSON: {error}");
        Error::new(ErrorKind::Decode, message).with_request_id(Some(request_id.clone()))
    })?;
    match parsed.into_iter().find(|(name, _)| name == "Response") {
        Some((_, Value::Object(mut members))) => {
            // It may have come in a header alone.
            members.entry("RequestId").or_insert(Value::String(request_id));
            Ok(Value::Object(members))
        }
        _ => Err(Error::new(ErrorKind::Malformed, "response has no object `Response`")),
    }
}

impl IntoFuture for JsonCall {
    type Output = Result<Value, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl fmt::Debug for JsonCall {
    /// Shows the names of the parameters, not their values: nothing says which ones are secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("JsonCall")
            .field("service", &self.service)
            .field("action", &self.action)
            .field("parameters", &names(&self.parameters))
            .field("settings", &self.settings)
            .finish_non_exhaustive()
    }
}

fn names(parameters: &Value) -> Vec<&String> {
    parameters.as_object().into_iter().flat_map(Map::keys).collect()
}

/// Parameters without a spec: a record without fields, all of whose members are unknown.
struct Parameters(Map<String, Value>);

static PARAMETERS: RecordMeta = RecordMeta {
    name: "Parameters",
    fields: &[],
    rust_names: &[],
    required: &[],
    sensitive: &[],
    limits: &[],
};

impl Record for Parameters {
    fn meta(&self) -> &'static RecordMeta {
        &PARAMETERS
    }
    fn get(&self, _: usize) -> FieldRef<'_> {
        FieldRef::None
    }
    fn get_mut(&mut self, _: usize) -> FieldMut<'_> {
        FieldMut::None
    }
    fn unknown(&self) -> Option<&Map<String, Value>> {
        Some(&self.0)
    }
    fn unknown_mut(&mut self) -> Option<&mut Map<String, Value>> {
        Some(&mut self.0)
    }
}

impl fmt::Debug for Parameters {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// What the pipeline itself needs of an answer. The rest is taken from its JSON.
#[derive(Debug, Default)]
struct Answer {
    request_id: String,
}

static ANSWER: RecordMeta = RecordMeta {
    name: "Answer",
    fields: &["RequestId"],
    rust_names: &["request_id"],
    required: &[0],
    sensitive: &[],
    limits: &[],
};

impl Record for Answer {
    fn meta(&self) -> &'static RecordMeta {
        &ANSWER
    }
    fn get(&self, index: usize) -> FieldRef<'_> {
        match index {
            0 => FieldRef::String(&self.request_id),
            _ => FieldRef::None,
        }
    }
    fn get_mut(&mut self, index: usize) -> FieldMut<'_> {
        match index {
            0 => FieldMut::String(&mut self.request_id),
            _ => FieldMut::None,
        }
    }
}
