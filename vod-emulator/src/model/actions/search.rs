//! Searching media files.

use serde_json::Value;

use super::media::info;
use crate::model::arguments::Arguments;
use crate::model::context::Context;
use crate::model::media::Media;
use crate::model::state::State;
use crate::protocol::envelope::{Answer, ApiError, Members};

/// The largest sum of `Offset` and `Limit`.
const CEILING: usize = 5000;
/// Files in an answer if the call does not say.
const LIMIT: usize = 10;

pub(super) fn search(
    state: &State,
    arguments: Arguments<'_>,
    context: &Context<'_>,
) -> Result<Answer, ApiError> {
    let offset = arguments.size("Offset").unwrap_or_default();
    let limit = arguments.size("Limit").unwrap_or(LIMIT);
    if offset.saturating_add(limit) > CEILING {
        let message = format!("The sum of `Offset` and `Limit` is larger than {CEILING}.");
        return Err(ApiError::new("InvalidParameterValue.Offset", message));
    }
    let sort = arguments.object("Sort");
    let field = sort.map(|sort| sort.text_or_empty("Field")).unwrap_or_default();
    if !matches!(field, "" | "CreateTime") {
        return Err(ApiError::new("InvalidParameterValue.Sort", "`Sort.Field` can be `CreateTime`."));
    }
    let mut found: Vec<&Media> = state.media.all().filter(|media| matches(media, arguments)).collect();
    found.sort_by(|left, right| (left.created, &left.file_id).cmp(&(right.created, &right.file_id)));
    if sort.is_none_or(|sort| sort.text_or_empty("Order") != "Asc") {
        found.reverse();
    }
    let filters = arguments.texts("Filters");
    let page = found.iter().skip(offset).take(limit);
    let infos: Vec<Value> = page.map(|media| info(state, media, &filters, context)).collect();
    let total = Value::from(found.len());
    let members = [("TotalCount".to_owned(), total), ("MediaInfoSet".to_owned(), Value::Array(infos))];
    Ok(Members::from_iter(members).into())
}

/// Conditions about what no file here has: none comes from a stream or a room, and none is in a knowledge base.
const OF_OTHER_SOURCES: &[&str] = &[
    "StreamIds",
    "StreamId",
    "TrtcSdkAppIds",
    "TrtcRoomIds",
    "StreamDomains",
    "StreamPaths",
    "KnowledgeBases",
];

fn is_empty(value: &Value) -> bool {
    value.as_array().is_some_and(Vec::is_empty) || value.as_str() == Some("")
}

/// Whether a file meets every condition of the call. Within one condition, any value will do.
fn matches(media: &Media, arguments: Arguments<'_>) -> bool {
    let any = |name: &str, test: &dyn Fn(&str) -> bool| {
        let values = arguments.texts(name);
        values.is_empty() || values.into_iter().any(test)
    };
    let within = |name: &str, moment: i64| {
        let Some(range) = arguments.object(name) else { return true };
        range.moment("After").is_none_or(|after| moment >= after)
            && range.moment("Before").is_none_or(|before| moment <= before)
    };
    let is =
        |name: &str, own: &str| arguments.text(name).is_none_or(|value| value.is_empty() || value == own);
    let contains = |text: &str, part: &str| text.to_lowercase().contains(&part.to_lowercase());
    let class_ids = arguments.numbers("ClassIds");
    let review = "notModerated";
    if OF_OTHER_SOURCES.iter().any(|name| arguments.given(name).is_some_and(|value| !is_empty(value))) {
        return false;
    }
    any("FileIds", &|value| media.file_id == value)
        && any("Names", &|value| contains(&media.name, value))
        && any("NamePrefixes", &|value| media.name.starts_with(value))
        && any("Descriptions", &|value| contains(&media.description, value))
        && any("Tags", &|value| media.tags.iter().any(|tag| tag == value))
        && any("Categories", &|value| media.category() == value)
        && any("SourceTypes", &|value| media.source_type == value)
        && any("StorageRegions", &|value| media.region == value)
        && any("StorageClasses", &|value| media.storage_class == value)
        && any("MediaTypes", &|value| media.kind.eq_ignore_ascii_case(value))
        && any("Status", &|value| media.status() == value)
        && any("ReviewResults", &|value| review == value)
        && (class_ids.is_empty() || class_ids.contains(&media.class_id))
        && within("CreateTime", media.created)
        && within("ExpireTime", media.expires.unwrap_or(i64::MAX))
        && arguments
            .text("Text")
            .is_none_or(|text| contains(&media.name, text) || contains(&media.description, text))
        && is("SourceType", &media.source_type)
        && arguments.moment("StartTime").is_none_or(|start| media.created >= start)
        && arguments.moment("EndTime").is_none_or(|end| media.created <= end)
}
