//! The actions that are modelled, apart from those about events.

mod media;
mod upload;

use crate::model::arguments::Arguments;
use crate::model::context::Context;
use crate::model::state::State;
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
        _ => state.classes.answer(action, parameters, context.options).unwrap_or_else(|| {
            let message = format!("The emulator has no model of `{action}`.");
            Err(ApiError::new(codes::NOT_MODELLED, message))
        }),
    }
}

/// What happens because time has passed.
pub(crate) fn settle(state: &mut State, context: &Context<'_>) {
    for file_id in state.media.expired(context.unix) {
        media::remove(state, &file_id);
    }
}
