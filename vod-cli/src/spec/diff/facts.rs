//! What specs say, in short words that can be compared.

use std::fmt::Display;

use vod_cli::prose::type_text;
use vod_spec::model::{Bounds, Field, PagePosition, Pagination, Site, Union, Wait, Window};

/// `text`, `list of MediaInfo`.
pub(super) fn type_of(field: &Field) -> String {
    type_text(field)
}

pub(super) fn yes_or_no(value: bool) -> String {
    if value { "yes" } else { "no" }.to_owned()
}

pub(super) fn or_none(value: Option<impl Display>) -> String {
    value.map_or_else(|| "none".to_owned(), |value| value.to_string())
}

pub(super) fn site(site: Option<Site>) -> String {
    site.map_or("both", Site::name).to_owned()
}

/// `1 to 16`.
pub(super) fn bounds<T: Display>(bounds: Option<&Bounds<T>>) -> String {
    match bounds.map(|bounds| (&bounds.min, &bounds.max)) {
        None | Some((None, None)) => "none".to_owned(),
        Some((Some(min), Some(max))) => format!("{min} to {max}"),
        Some((Some(min), None)) => format!("at least {min}"),
        Some((None, Some(max))) => format!("at most {max}"),
    }
}

/// Whether the new bounds refuse a value that the old ones let pass.
pub(super) fn is_narrower<T: PartialOrd + Copy>(old: Option<Bounds<T>>, new: Option<Bounds<T>>) -> bool {
    let ends = |bounds: Option<Bounds<T>>| bounds.map_or((None, None), |bounds| (bounds.min, bounds.max));
    let ((old_min, old_max), (new_min, new_max)) = (ends(old), ends(new));
    let raises = new_min.is_some_and(|new| old_min.is_none_or(|old| new > old));
    let lowers = new_max.is_some_and(|new| old_max.is_none_or(|old| new < old));
    raises || lowers
}

pub(super) fn pagination(pagination: Option<&Pagination>) -> String {
    let Some(Pagination { position, limit, page_size, items, total, more, window, at: _ }) = pagination
    else {
        return "none".to_owned();
    };
    let position = match position {
        PagePosition::Offset(field) => format!("offset {field}"),
        PagePosition::Page(field) => format!("page {field}"),
        PagePosition::Token { request, response } => format!("token {response} as {request}"),
    };
    let size = page_size.map(|size| size.to_string());
    let rest = [("limit", limit), ("page size", &size), ("total", total), ("more", more)];
    let rest = rest.into_iter().filter_map(|(name, value)| Some(format!(", {name} {}", value.as_ref()?)));
    let window = window.as_ref().map(|Window { ceiling, range, start, end, id, set, at: _ }| {
        format!(", to a ceiling of {ceiling}, divided by {range} from {start} to {end} and {id}, with {set}")
    });
    format!("items {items} by {position}{}{}", rest.collect::<String>(), window.unwrap_or_default())
}

pub(super) fn waiting(wait: Option<&Wait>) -> String {
    let Some(Wait { method, id, status, until, at: _ }) = wait else { return "none".to_owned() };
    format!("{method}, {id} until {status} is {}", until.join(" or "))
}

pub(super) fn union(union: Option<&Union>) -> String {
    union.map_or_else(|| "none".to_owned(), |Union { name, tag, at: _ }| format!("{name} told by {tag}"))
}

/// The first line of a text, cut where it is long.
pub(super) fn short(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.trim().lines().next().unwrap_or_default();
    if line.chars().count() <= MOST {
        return format!("\"{line}\"");
    }
    format!("\"{}...\"", line.chars().take(MOST).collect::<String>())
}
