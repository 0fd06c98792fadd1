//! The applications of the account: creating, listing, renaming and switching them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use vod_spec::model::{Action, Service};

use crate::model::account::{Account, DESTROYED};
use crate::model::arguments::Arguments;
use crate::model::instant::rfc3339;
use crate::model::shape::shaped;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members, members};

/// The actions.
pub(crate) const ACTIONS: &[&str] =
    &["CreateSubAppId", "DescribeSubAppIds", "ModifySubAppIdInfo", "ModifySubAppIdStatus"];

/// Applications in an answer if neither the call nor the spec says.
const LIMIT: usize = 200;
/// Applications that can be created at most.
const MOST: usize = 1000;
/// What the numbers of created ones begin after.
const FIRST: u64 = 1_500_000_000;

/// Carries a call out. `named` are the applications that the emulator was started with.
pub(crate) fn answer(
    account: &mut Account,
    named: &[u64],
    service: &Service,
    action: &Action,
    parameters: &Members,
    unix: i64,
) -> Result<Answer, ApiError> {
    let arguments = Arguments(parameters);
    for number in named {
        account.sub_applications.entry(*number).or_insert_with(|| {
            let name = if *number == 0 { "default".to_owned() } else { format!("application {number}") };
            described(*number, &name, "", unix)
        });
    }
    if action.name == "CreateSubAppId" {
        return create(account, arguments, unix);
    }
    if action.name == "DescribeSubAppIds" {
        return Ok(list(&account.sub_applications, service, arguments));
    }
    let number = arguments.given("SubAppId").and_then(Value::as_u64).unwrap_or_default();
    let Some(application) = account.sub_applications.get_mut(&number) else {
        return Err(ApiError::new(codes::INVALID_SUB_APP_ID, "There is no application of this `SubAppId`."));
    };
    if action.name == "ModifySubAppIdStatus" {
        let status = arguments.text_or_empty("Status");
        if !["On", "Off", DESTROYED].contains(&status) {
            let message = "`Status` is On, Off or Destroyed.";
            return Err(ApiError::new(codes::INVALID_PARAMETER_VALUE, message));
        }
        if status == DESTROYED && application.get("Status").and_then(Value::as_str) != Some("Off") {
            let message = "An application is switched off before it is destroyed.";
            return Err(ApiError::new(codes::FAILED_OPERATION, message));
        }
        application.insert("Status".to_owned(), status.into());
        return Ok(Answer::default());
    }
    if let Some(name) = arguments.text("Name") {
        application.insert("Name".to_owned(), name.into());
        application.insert("SubAppIdName".to_owned(), name.into());
    }
    if let Some(description) = arguments.text("Description") {
        application.insert("Description".to_owned(), description.into());
    }
    Ok(Answer::default())
}

fn described(number: u64, name: &str, description: &str, unix: i64) -> Members {
    members(json!({
        "SubAppId": number,
        "SubAppIdName": name,
        "Name": name,
        "Description": description,
        "CreateTime": rfc3339(unix),
        "Status": "On",
        "Mode": "fileid",
    }))
}

fn create(account: &mut Account, arguments: Arguments<'_>, unix: i64) -> Result<Answer, ApiError> {
    let name = arguments.text_or_empty("Name");
    if name.is_empty() {
        return Err(ApiError::new("InvalidParameterValue.Name", "`Name` is empty."));
    }
    if account.sub_applications.len() >= MOST {
        let message = format!("The emulator keeps at most {MOST} applications.");
        return Err(ApiError::new(codes::FAILED_OPERATION, message));
    }
    let last = account.sub_applications.keys().next_back().copied().unwrap_or_default();
    let number = last.max(FIRST) + 1;
    let mut application = described(number, name, arguments.text_or_empty("Description"), unix);
    for (given, member) in [("Mode", "Mode"), ("Tags", "Tags")] {
        if let Some(value) = arguments.given(given) {
            application.insert(member.to_owned(), value.clone());
        }
    }
    if let Some(region) = arguments.text("StorageRegion") {
        application.insert("StorageRegions".to_owned(), json!([region]));
    }
    account.sub_applications.insert(number, application);
    Ok(Answer::of(json!({ "SubAppId": number })))
}

fn list(all: &BTreeMap<u64, Members>, service: &Service, arguments: Arguments<'_>) -> Answer {
    let tags = arguments.list("Tags");
    let wanted = |application: &&Members| {
        let own = application.get("Tags").and_then(Value::as_array);
        arguments
            .text("Name")
            .is_none_or(|name| application.get("Name").and_then(Value::as_str) == Some(name))
            && tags.iter().all(|tag| own.is_some_and(|own| own.contains(tag)))
    };
    let found: Vec<&Members> = all.values().filter(wanted).collect();
    let (offset, limit) =
        (arguments.size("Offset").unwrap_or_default(), arguments.size("Limit").unwrap_or(LIMIT));
    let page = found.iter().skip(offset).take(limit);
    let page = page.map(|application| shaped(service, "SubAppIdInfo", (*application).clone().into()));
    Answer::of(json!({ "TotalCount": found.len(), "SubAppIdInfoSet": page.collect::<Vec<_>>() }))
}
