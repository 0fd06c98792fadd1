//! The calls of the page, and what answers them.

use http::StatusCode;
use serde_json::{Map, Value, json};
use vod_emulator::Emulator;
use vod_spec::model::Service;

use super::catalogue;
use super::server::{Answer, Calls};
use super::targets::Target;
use super::{code, draft, queue, send, signature};
use crate::dynamic::DynamicAction;
use crate::specs::Specs;

/// Everything that the page works with.
pub(crate) struct Explorer {
    pub(crate) specs: Specs,
    pub(crate) service: Service,
    pub(crate) targets: Vec<Target>,
    pub(crate) emulator: Emulator,
}

/// Why a call of the page is not carried out.
pub(crate) type Refusal = (StatusCode, Value);

pub(crate) fn refuse(status: StatusCode, reason: impl Into<String>) -> Refusal {
    (status, json!({ "error": reason.into() }))
}

impl Calls for Explorer {
    async fn call(&self, path: &str, body: Value) -> Answer {
        let outcome = match path {
            "start" => self.start(&body),
            "action" => self.action(&body),
            "answers" => self.answers(&body),
            "check" => draft::check(self, &body).await,
            "send" => send::send(self, &body).await,
            "sign" => signature::explain(self, &body).await,
            "code" => code::code(self, &body).await,
            "emulator" => queue::answer(&self.emulator, &body),
            _ => Err(refuse(StatusCode::NOT_FOUND, "there is no such call")),
        };
        match outcome {
            Ok(json) => (StatusCode::OK, json),
            Err(refusal) => refusal,
        }
    }
}

impl Explorer {
    fn start(&self, body: &Value) -> Result<Value, Refusal> {
        Members::read(body, &[])?;
        let mut overview = catalogue::overview(&self.service);
        overview["targets"] = self.targets.iter().map(Target::to_json).collect();
        Ok(overview)
    }

    fn action(&self, body: &Value) -> Result<Value, Refusal> {
        let members = Members::read(body, &["action"])?;
        let action = self.find(&members)?;
        Ok(catalogue::action(action.service(), action.model()))
    }

    fn answers(&self, body: &Value) -> Result<Value, Refusal> {
        let members = Members::read(body, &["code"])?;
        Ok(catalogue::answering(&self.service, members.text("code")?))
    }

    /// The action that a body names.
    pub(crate) fn find(&self, members: &Members<'_>) -> Result<&'static DynamicAction, Refusal> {
        let name = members.text("action")?;
        // Exactly as it is called: what the page shows is what is sent.
        self.specs
            .action(name)
            .ok()
            .filter(|action| action.name() == name)
            .ok_or_else(|| refuse(StatusCode::NOT_FOUND, "there is no such action"))
    }

    /// The target that a body names. An endpoint cannot be named.
    pub(crate) fn target(&self, members: &Members<'_>) -> Result<&Target, Refusal> {
        let id = members.text("target")?;
        let target = self.targets.iter().find(|target| target.id == id);
        target.ok_or_else(|| {
            refuse(
                StatusCode::FORBIDDEN,
                "there is no such target; name its profile when the explorer is started",
            )
        })
    }
}

/// The members of a body, all of which are known.
pub(crate) struct Members<'b>(&'b Map<String, Value>);

impl<'b> Members<'b> {
    pub(crate) fn read(body: &'b Value, known: &[&str]) -> Result<Self, Refusal> {
        let members = body
            .as_object()
            .ok_or_else(|| refuse(StatusCode::BAD_REQUEST, "the body must be a JSON object"))?;
        if let Some(unknown) = members.keys().find(|name| !known.contains(&name.as_str())) {
            return Err(refuse(
                StatusCode::BAD_REQUEST,
                format!("the body has a member `{unknown}` that is unknown"),
            ));
        }
        Ok(Self(members))
    }

    pub(crate) fn text(&self, name: &str) -> Result<&'b str, Refusal> {
        self.optional_text(name)
            .ok_or_else(|| refuse(StatusCode::BAD_REQUEST, format!("the body must have the text `{name}`")))
    }

    pub(crate) fn optional_text(&self, name: &str) -> Option<&'b str> {
        self.0.get(name).and_then(Value::as_str)
    }

    pub(crate) fn number(&self, name: &str) -> Option<u64> {
        self.0.get(name).and_then(Value::as_u64)
    }

    pub(crate) fn value(&self, name: &str) -> Option<&'b Value> {
        self.0.get(name)
    }

    pub(crate) fn parameters(&self) -> Result<&'b Value, Refusal> {
        self.value("parameters")
            .filter(|value| value.is_object())
            .ok_or_else(|| refuse(StatusCode::BAD_REQUEST, "`parameters` must be a JSON object"))
    }
}
