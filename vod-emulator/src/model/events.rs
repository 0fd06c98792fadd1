//! The actions of event notification, played on the application's queue. Only here does the emulator know
//! actions by name; all others live in the spec files alone.

use http::Uri;
use serde_json::{Value, json};
use vod_spec::model::{Action, Element, Field, Service};
use vod_spec::{Side, first_mismatch};

use crate::faults::fault::PULL;
use crate::model::application::Application;
use crate::model::content::{Content, raw_with_handle};
use crate::model::publish::PublishError;
use crate::model::queue::{Delivery, Verdict};
use crate::model::rules::PRODUCT;
use crate::options::{BadHandleInBatch, ConfirmTwice, EmptyPull, Options, OtherPayloads};
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members, members};
use crate::service::World;
use crate::shown::shown_message;

/// The type of an event.
const EVENT: &str = "EventContent";
const HANDLE: &str = "EventHandle";
const NOTIFICATION_URL: &str = "NotificationUrl";
/// Events of one pull, where the spec gives no limit.
const PULL_LIMIT: usize = 16;

/// Answers an action of event notification; none if the action is another. With `twice`, events that are
/// handed out are handed out once more.
pub(crate) async fn answer(
    world: &World,
    service: &Service,
    action: &Action,
    application: &Application,
    parameters: &Members,
    twice: bool,
) -> Option<Result<Answer, ApiError>> {
    Some(match action.name.as_str() {
        PULL => pull(world, service, action, application, twice).await,
        "ConfirmEvents" => confirm(world, application, parameters).map(Answer::from),
        "DescribeEventsState" => Ok(backlog(world, application).into()),
        "ModifyEventConfig" => modify_config(service, action, application, parameters).map(Answer::from),
        "DescribeEventConfig" => Ok(describe_config(action, application).into()),
        _ => return None,
    })
}

async fn pull(
    world: &World,
    service: &Service,
    action: &Action,
    application: &Application,
    twice: bool,
) -> Result<Answer, ApiError> {
    let set = action.response.iter().find(|field| field.name == "EventSet");
    let limit = set.and_then(|field| field.limits.items?.max).and_then(|max| usize::try_from(max).ok());
    let limit = limit.unwrap_or(PULL_LIMIT);
    let deliveries = application.pull(limit, twice, world.surroundings(service), world.closing()).await;

    if deliveries.is_empty() {
        return match world.options.empty_pull {
            EmptyPull::NullSet => Ok(members(json!({ "EventSet": null })).into()),
            EmptyPull::AbsentSet => Ok(Answer::default()),
            EmptyPull::ResourceNotFound => Err(ApiError::new(codes::RESOURCE_NOT_FOUND, "No event waits.")),
        };
    }
    let others = other_payloads(world, service);
    let duplicated = deliveries.iter().any(|delivery| delivery.copied);
    let mut raw = Vec::new();
    let mut events = Vec::new();
    for Delivery { handle, event, .. } in deliveries {
        events.push(match event {
            Content::Json(mut event) => {
                if let Value::Object(members) = &mut event {
                    for payload in &others {
                        members.entry(*payload).or_insert(Value::Null);
                    }
                    members.insert(HANDLE.into(), handle.into());
                }
                event
            }
            Content::Raw(bytes) => {
                // No text of an event can equal it: the handle is new, and proves who made it.
                let name = format!("raw {handle}");
                raw.push((name.clone(), raw_with_handle(&bytes, &handle)));
                name.into()
            }
        });
    }
    // `json!` would copy all of them.
    let members = Members::from_iter([("EventSet".to_owned(), Value::Array(events))]);
    Ok(Answer { members, raw, duplicated, ..Answer::default() })
}

/// The members of an event that stand there as `null` unless they are its own.
fn other_payloads<'a>(world: &World, service: &'a Service) -> Vec<&'a str> {
    let fields = match world.options.other_payloads {
        OtherPayloads::Null => service.record(EVENT).map(|record| record.fields.as_slice()),
        OtherPayloads::Absent => None,
    };
    let is_payload = |field: &&Field| matches!(field.ty.element, Element::Record(_));
    fields.unwrap_or_default().iter().filter(is_payload).map(|field| field.name.as_str()).collect()
}

fn confirm(world: &World, application: &Application, parameters: &Members) -> Result<Members, ApiError> {
    let handles: Vec<&str> = parameters
        .get("EventHandles")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    application.confirm(&handles, &world.clock, |verdicts| decide(&world.options, verdicts))?;
    Ok(Members::new())
}

/// Which handles are confirmed, and whether the call succeeds.
fn decide(options: &Options, verdicts: &[Verdict]) -> (Result<(), ApiError>, Vec<bool>) {
    let refusals: Vec<Option<ApiError>> = verdicts
        .iter()
        .enumerate()
        .map(|(position, verdict)| refuse_handle(options, position, *verdict))
        .collect();
    let good: Vec<bool> = refusals.iter().map(Option::is_none).collect();
    let any_good = good.contains(&true);
    let Some(refusal) = refusals.into_iter().flatten().next() else {
        return (Ok(()), good);
    };
    match options.bad_handle_in_batch {
        BadHandleInBatch::FailWholeBatch => (Err(refusal), vec![false; good.len()]),
        BadHandleInBatch::StopAtFirstBad => {
            let before_bad = good.iter().take_while(|good| **good).count();
            (Err(refusal), (0..good.len()).map(|position| position < before_bad).collect())
        }
        BadHandleInBatch::IgnoreBadOnes if any_good => (Ok(()), good),
        BadHandleInBatch::ConfirmGoodOnes | BadHandleInBatch::IgnoreBadOnes => (Err(refusal), good),
    }
}

fn refuse_handle(options: &Options, position: usize, verdict: Verdict) -> Option<ApiError> {
    let (code, what) = match verdict {
        Verdict::Good => return None,
        Verdict::Again if options.confirm_twice == ConfirmTwice::Accept => return None,
        Verdict::Again => (codes::INVALID_PARAMETER_VALUE, "has been confirmed already"),
        Verdict::Late => (options.late_confirm_code.code(), "has expired"),
        Verdict::Unknown => (codes::INVALID_PARAMETER_VALUE, "is unknown"),
    };
    Some(ApiError::new(code, format!("The handle `EventHandles.{position}` {what}.")))
}

fn backlog(world: &World, application: &Application) -> Members {
    members(json!({ "CountOfEventsToPull": application.told_backlog(&world.clock) }))
}

/// Keeps every parameter that the configuration shows.
fn modify_config(
    service: &Service,
    action: &Action,
    application: &Application,
    parameters: &Members,
) -> Result<Members, ApiError> {
    for field in &action.request {
        let Element::Enum(name) = &field.ty.element else {
            continue;
        };
        let Some(Value::String(text)) = parameters.get(&field.name) else {
            continue;
        };
        let known = service.enumeration(name).is_none_or(|list| list.values.iter().any(|v| v.value == *text));
        if !known {
            let message = format!("`{}` has a value that is not allowed.", field.name);
            return Err(ApiError::new(codes::INVALID_PARAMETER, message));
        }
    }
    if let Some(Value::String(url)) = parameters.get(NOTIFICATION_URL)
        && !url.is_empty()
        && !is_web_url(url)
    {
        let message = format!("`{NOTIFICATION_URL}` is not the URL of a web server.");
        return Err(ApiError::new(codes::INVALID_PARAMETER, message));
    }
    let given = parameters.iter().filter(|(_, value)| !value.is_null());
    application.configure(given.map(|(name, value)| (name.clone(), value.clone())));
    Ok(Members::new())
}

/// Whether a text is an absolute URL of HTTP with a host.
fn is_web_url(text: &str) -> bool {
    let parsed = text.parse::<Uri>().ok();
    parsed.is_some_and(|uri| {
        matches!(uri.scheme_str(), Some("http" | "https")) && uri.host().is_some_and(|host| !host.is_empty())
    })
}

fn describe_config(action: &Action, application: &Application) -> Members {
    let mut shown = members(json!({
        "NotificationUrl": "",
        "UploadMediaCompleteEventSwitch": "OFF",
        "DeleteMediaCompleteEventSwitch": "OFF",
        "PersistenceCompleteEventSwitch": "OFF",
    }));
    shown.extend(application.config());
    // The key that signs callbacks and the application's id are not told.
    shown.retain(|name, _| action.response.iter().any(|field| field.name == *name));
    shown
}

/// Checks an event that is to be published against the type of the spec.
pub(crate) fn check_event(world: &World, event: &Value) -> Result<(), PublishError> {
    let Some(members) = event.as_object() else {
        return Err(PublishError::NotAnObject);
    };
    if members.contains_key(HANDLE) {
        return Err(PublishError::HasHandle);
    }
    let kind = members.get("EventType").and_then(Value::as_str).unwrap_or_default();
    if kind.is_empty() {
        return Err(PublishError::NoType);
    }
    let typed = world.specs.of_product(PRODUCT).find_map(|service| Some((service, service.record(EVENT)?)));
    let Some((service, record)) = typed else {
        return Err(PublishError::NoEvents);
    };
    // A member of the event itself that is unknown may be the payload of a new type.
    match first_mismatch(service, &record.fields, record.keeps_unknown, event, Side::Response) {
        Some(mismatch) => Err(PublishError::Mismatch(shown_message(&mismatch.message))),
        None => Ok(()),
    }
}
