//! The actions that are modelled, apart from those about events.

mod collections;
mod making;
mod manifest;
mod media;
pub(crate) mod samples;
mod search;
pub(crate) mod tasks;
mod upload;

use crate::model::arguments::Arguments;
use crate::model::collection_kinds::collection_of;
use crate::model::context::Context;
use crate::model::state::State;
use crate::model::task_kinds::TaskKind;
use crate::protocol::codes;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// Carries a call out.
pub(crate) fn act(
    state: &mut State,
    action: &str,
    parameters: &Members,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let arguments = Arguments(parameters);
    match action {
        "ApplyUpload" => upload::apply(state, arguments, context),
        "CommitUpload" => upload::commit(state, arguments, context),
        "DescribeMediaInfos" => Ok(media::describe(state, arguments, context)),
        "DeleteMedia" => media::delete(state, arguments, context),
        "ModifyMediaInfo" => media::modify(state, arguments, context),
        "ModifyMediaStorageClass" => media::change_storage_class(state, arguments, context),
        "ForbidMediaDistribution" => Ok(media::forbid(state, arguments, context)),
        "SearchMedia" => search::search(state, arguments, context),
        "DescribeTaskDetail" => tasks::describe(state, arguments, context),
        "DescribeTasks" => tasks::list(state, arguments, context),
        "ManageTask" => tasks::manage(state, arguments, context),
        "PullUpload" => {
            upload::check_pull(arguments, context)?;
            start(state, action, arguments, context)
        }
        "ParseStreamingManifest" => manifest::parse(arguments),
        _ if samples::ACTIONS.contains(&action) => samples::act(state, action, arguments, context),
        _ if TaskKind::of(action).is_some() => start(state, action, arguments, context),
        _ if collection_of(action).is_some() => collect(state, action, arguments, context),
        _ => state
            .classes
            .answer(action, parameters, context.options)
            .unwrap_or_else(|| Err(not_modelled(action))),
    }
}

/// The answer of an action that nothing here models.
fn not_modelled(action: &str) -> ApiError {
    ApiError::new(codes::NOT_MODELLED, format!("The emulator has no model of `{action}`."))
}

fn start(
    state: &mut State,
    action: &str,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let kind = TaskKind::of(action).ok_or_else(|| not_modelled(action))?;
    tasks::start(state, kind, arguments, context)
}

fn collect(
    state: &mut State,
    action: &str,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let (kind, verb) = collection_of(action).ok_or_else(|| not_modelled(action))?;
    collections::act(state, kind, verb, arguments, context)
}

/// Applies what has become due by now: task transitions, expired files.
pub(crate) fn apply_due(state: &mut State, context: &Context<'_>) {
    tasks::apply_due(state, context);
    while let Some(file_id) = state.media.expired(context.unix) {
        media::remove(state, &file_id);
    }
}
