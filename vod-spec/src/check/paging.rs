//! `[pagination]`: the fields that it names exist and have types that fit.

use std::collections::HashSet;

use crate::draft::{PagePositionDraft, PaginationDraft};
use crate::model::{Action, Bounds, Element, Field, Number, PagePosition, Pagination};
use crate::read::At;
use crate::report::Problems;
use crate::suggest::did_you_mean;

/// The pagination with its fields looked up; nothing if a field is not what it should be, which is reported.
pub(crate) fn pagination(
    draft: PaginationDraft,
    action: &Action,
    lost_fields: &HashSet<String>,
    problems: &mut Problems,
) -> Option<Pagination> {
    let mut lookup = Lookup { item: format!("{}.pagination", action.name), lost_fields, problems };
    let PaginationDraft { position, limit, page_size, items, total, more, window } = draft;
    let position_at = match &position {
        PagePositionDraft::Offset(field)
        | PagePositionDraft::Page(field)
        | PagePositionDraft::Token(field, _) => field.at.clone(),
    };
    let position = lookup.position(position, action);
    let limit = limit.map(|limit| lookup.request(action, "limit", &limit, WHOLE_NUMBER));
    let items = lookup.response(action, "items", &items, LIST);
    let total = total.map(|total| lookup.response(action, "total", &total, WHOLE_NUMBER));
    let more = more.map(|more| lookup.response(action, "more", &more, FLAG));
    // A limit, a total or a mark that is named and not sound spoils the whole: without it, paging would go on differently.
    let (position, items) = (position?, items?);
    let (limit, total, more) = (valid_or_absent(limit)?, valid_or_absent(total)?, valid_or_absent(more)?);
    let page_size = page_size.and_then(|size| lookup.page_size(&size, limit));
    let name = |field: &Field| field.name.clone();
    Some(Pagination {
        position,
        limit: limit.map(name),
        page_size,
        items: name(items),
        total: total.map(name),
        more: more.map(name),
        window,
        at: position_at,
    })
}

/// A field that need not be named, but must be sound if it is.
#[allow(clippy::option_option)] // not named, named and unsound, named and sound
fn valid_or_absent(field: Option<Option<&Field>>) -> Option<Option<&Field>> {
    match field {
        Some(None) => None,
        Some(found) => Some(found),
        None => Some(None),
    }
}

/// Which fields can serve a purpose.
pub(super) struct Fitting {
    pub(super) fits: fn(&Field) -> bool,
    /// What a field that fits is not: "whose type is not ...".
    pub(super) what: &'static str,
    pub(super) instead: &'static str,
}

const WHOLE_NUMBER: &Fitting = &Fitting {
    fits: |field| !field.ty.list && matches!(field.ty.element, Element::Int64 | Element::Uint64),
    what: "a whole number",
    instead: "name a field of type `int64` or `uint64`",
};

const TEXT: &Fitting = &Fitting {
    fits: |field| !field.ty.list && field.ty.element == Element::String,
    what: "a text",
    instead: "name a field of type `string`",
};

const FLAG: &Fitting = &Fitting {
    fits: |field| !field.ty.list && field.ty.element == Element::Bool,
    what: "true or false",
    instead: "name a field of type `bool`",
};

const LIST: &Fitting = &Fitting { fits: |field| field.ty.list, what: "a list", instead: "name a list" };

/// Looks fields up for a table of an action.
pub(super) struct Lookup<'a> {
    /// The table, as complaints name it.
    pub(super) item: String,
    /// Fields that were dropped with a report of their own.
    pub(super) lost_fields: &'a HashSet<String>,
    pub(super) problems: &'a mut Problems,
}

impl Lookup<'_> {
    fn position(&mut self, position: PagePositionDraft, action: &Action) -> Option<PagePosition> {
        Some(match position {
            PagePositionDraft::Offset(field) => {
                PagePosition::Offset(self.request(action, "offset", &field, WHOLE_NUMBER)?.name.clone())
            }
            PagePositionDraft::Page(field) => {
                PagePosition::Page(self.request(action, "page", &field, WHOLE_NUMBER)?.name.clone())
            }
            PagePositionDraft::Token(field, next) => {
                let request = self.request(action, "token", &field, TEXT);
                let response = match &next {
                    Some(next) => self.response(action, "next", next, TEXT),
                    None => self.response(action, "token", &field, TEXT),
                };
                PagePosition::Token { request: request?.name.clone(), response: response?.name.clone() }
            }
        })
    }

    /// A field of the request.
    pub(super) fn request<'f>(
        &mut self,
        action: &'f Action,
        key: &str,
        name: &At<String>,
        fitting: &Fitting,
    ) -> Option<&'f Field> {
        self.field(&action.request, "request", key, name, fitting)
    }

    /// A field of the answer.
    pub(super) fn response<'f>(
        &mut self,
        action: &'f Action,
        key: &str,
        name: &At<String>,
        fitting: &Fitting,
    ) -> Option<&'f Field> {
        self.field(&action.response, "response", key, name, fitting)
    }

    fn field<'f>(
        &mut self,
        fields: &'f [Field],
        side: &str,
        key: &str,
        name: &At<String>,
        fitting: &Fitting,
    ) -> Option<&'f Field> {
        let At { value: name, at } = name;
        let Some(field) = fields.iter().find(|field| field.name == *name) else {
            if !self.lost_fields.contains(name) {
                let names = fields.iter().map(|field| field.name.as_str());
                let instead = did_you_mean(name, names, || format!("name a field of the {side}"));
                let what = format!("`{key}` names `{name}`, which is no field of the {side}");
                self.problems.report(at, &self.item, what, instead);
            }
            return None;
        };
        if (fitting.fits)(field) {
            return Some(field);
        }
        if self.lost_fields.contains(name) {
            return None;
        }
        let what = format!("`{key}` names `{name}` of the {side}, which is not {}", fitting.what);
        self.problems.report(at, &self.item, what, fitting.instead);
        None
    }

    /// The size of a page, if the field takes it.
    fn page_size(&mut self, size: &At<u64>, limit: Option<&Field>) -> Option<u64> {
        let limit = limit?;
        let Some(Bounds { min, max }) = limit.limits.range else {
            return Some(size.value);
        };
        let number = i64::try_from(size.value).map_or(Number::Int(i64::MAX), Number::Int);
        if min.is_none_or(|min| min <= number) && max.is_none_or(|max| number <= max) {
            return Some(size.value);
        }
        let what =
            format!("`page-size` is {}, which is outside of the range of `{}`", size.value, limit.name);
        self.problems.report(&size.at, &self.item, what, "write a number that the field takes");
        None
    }
}
