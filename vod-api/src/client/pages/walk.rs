//! The position of a paginator: which page comes next, and when the list ends; shared by all actions.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::{PageBy, Paging};
use crate::action::ActionMeta;
use crate::error::{Error, ErrorKind};
use crate::record::mismatch::{Mismatch, check_fit};
use crate::record::{FieldMut, FieldRef, ListRef, Record, ValueRef, value_to_json};

/// So many pages with a token and nothing else are no list.
const MOST_EMPTY_PAGES: u32 = 100;

/// Where in a list the reader is.
pub(crate) struct Walk {
    action: &'static ActionMeta,
    paging: &'static Paging,
    stage: Stage,
    /// How many items a page has at most.
    limit: Option<u64>,
    /// How many items lie before the next page, if the beginning of the walk is known.
    before: Option<u64>,
    /// The number of the next page.
    page: u64,
    token: String,
    circle: Circle,
    /// Empty pages in a row.
    empty: u32,
}

#[derive(PartialEq, Eq)]
enum Stage {
    /// No page has been named yet.
    Start,
    /// There may be another page.
    Middle,
    /// There is none.
    End,
}

impl Walk {
    pub(crate) fn new(action: &'static ActionMeta, paging: &'static Paging) -> Self {
        Self {
            action,
            paging,
            stage: Stage::Start,
            limit: None,
            before: Some(0),
            page: 1,
            token: String::new(),
            circle: Circle::default(),
            empty: 0,
        }
    }

    /// Makes the request name the next page; false at the end of the list.
    pub(crate) fn name_page(&mut self, request: &mut dyn Record) -> bool {
        match self.stage {
            Stage::End => return false,
            Stage::Start => {
                self.start(request);
                self.stage = Stage::Middle;
            }
            Stage::Middle => match &self.paging.by {
                PageBy::Offset(index) => set_number(request.get_mut(*index), self.before.unwrap_or_default()),
                PageBy::Page(index) => set_number(request.get_mut(*index), self.page),
                PageBy::Token { request: index, .. } => set_text(request.get_mut(*index), &self.token),
            },
        }
        true
    }

    /// Begins where the caller's request says, with pages of its size.
    fn start(&mut self, request: &mut dyn Record) {
        self.limit = self.paging.limit.and_then(|index| number(request.get(index)));
        if let (None, Some(index), 1..) = (self.limit, self.paging.limit, self.paging.page_size) {
            set_number(request.get_mut(index), self.paging.page_size);
            self.limit = Some(self.paging.page_size);
        }
        match &self.paging.by {
            PageBy::Offset(index) => self.before = Some(number(request.get(*index)).unwrap_or(0)),
            PageBy::Page(index) => {
                self.page = number(request.get(*index)).unwrap_or(1);
                let pages_before = self.page.saturating_sub(1);
                self.before = if pages_before == 0 { Some(0) } else { None };
                if let Some(limit) = self.limit {
                    self.before = Some(pages_before.saturating_mul(limit));
                }
            }
            PageBy::Token { request: index, .. } => {
                self.before = text(request.get(*index)).is_empty().then_some(0);
            }
        }
    }

    /// Takes an answer into account. What decides about the next page must fit.
    pub(crate) fn arrived(&mut self, response: &dyn Record, mismatches: &[Mismatch]) -> Result<(), Error> {
        check_page(self.action, self.paging, response, mismatches)?;
        let list = match response.get(self.paging.items).value() {
            Some(ValueRef::List(list)) => list,
            _ => ListRef::Strings(&[]),
        };
        let count = u64::try_from(list.len()).unwrap_or(u64::MAX);
        self.before = self.before.map(|before| before.saturating_add(count));
        self.page = self.page.saturating_add(1);
        let total = self.paging.total.and_then(|index| number(response.get(index)));
        // A total of nothing beside something is one that the service left out.
        let total = total.filter(|total| *total > 0);
        let reached = total.zip(self.before).map(|(total, before)| before >= total);
        let more = self.paging.more.and_then(|index| flag(response.get(index)));
        // What the service says outright counts for more than what its numbers say.
        let reached = more.map_or(reached, |more| Some(!more));
        match &self.paging.by {
            PageBy::Offset(_) | PageBy::Page(_) => self.counted(list, count, reached),
            PageBy::Token { response: index, .. } => {
                text(response.get(*index)).clone_into(&mut self.token);
                if more == Some(true) && self.token.is_empty() {
                    let message = "the service says that the list goes on, and not where";
                    return Err(Error::new(ErrorKind::Decode, message).with_action(self.action));
                }
                self.told(count, reached)
            }
        }
    }

    /// Pages are named by numbers. A page that is not full says less than the total: the service may give
    /// out fewer items at a time than it was asked for.
    fn counted(&mut self, list: ListRef<'_>, count: u64, reached: Option<bool>) -> Result<(), Error> {
        if count == 0 {
            self.end();
            return Ok(());
        }
        if self.circle.closes(&value_to_json(ValueRef::List(list))) {
            return Err(self.stuck("the same page"));
        }
        let not_full = self.limit.is_some_and(|limit| count < limit);
        if reached.unwrap_or(not_full) {
            self.end();
        }
        Ok(())
    }

    /// Pages are named by the answer before. Only the last one names none: others may be empty.
    fn told(&mut self, count: u64, reached: Option<bool>) -> Result<(), Error> {
        if self.token.is_empty() || reached == Some(true) {
            self.end();
            return Ok(());
        }
        self.empty = if count == 0 { self.empty + 1 } else { 0 };
        if self.empty >= MOST_EMPTY_PAGES {
            return Err(self.stuck("an empty page with a token"));
        }
        if self.circle.closes(self.token.as_bytes()) {
            return Err(self.stuck("the same token"));
        }
        Ok(())
    }

    /// There is no other page.
    pub(crate) fn end(&mut self) {
        self.stage = Stage::End;
    }

    fn stuck(&self, what: &str) -> Error {
        let message = format!("the list makes no progress: the service returns {what} repeatedly");
        Error::new(ErrorKind::Decode, message).with_action(self.action)
    }
}

/// What decides about the next page must fit.
pub(crate) fn check_page(
    action: &'static ActionMeta,
    paging: &Paging,
    response: &dyn Record,
    mismatches: &[Mismatch],
) -> Result<(), Error> {
    let Paging { by, items, total, more, .. } = paging;
    let token = match by {
        PageBy::Token { response, .. } => Some(*response),
        PageBy::Offset(_) | PageBy::Page(_) => None,
    };
    check_fit(response, mismatches, [Some(*items), *total, *more, token].into_iter().flatten())
        .map_err(|error| error.with_action(action))?;
    let negative = total.and_then(|index| match response.get(index).value()? {
        ValueRef::Int64(number) if number < 0 => Some((index, number)),
        _ => None,
    });
    match negative {
        None => Ok(()),
        Some((index, number)) => {
            let name = response.meta().fields.get(index).copied().unwrap_or_default();
            let mismatch = Mismatch::new(name.to_owned(), "the length of a list", number.to_string());
            Err(mismatch.to_error().with_action(action))
        }
    }
}

/// Notices that a sequence repeats itself, however long the circle is, by remembering one of its values: that of
/// the last power of two.
#[derive(Default)]
struct Circle {
    remembered: u64,
    steps: u64,
}

impl Circle {
    fn closes(&mut self, value: &[u8]) -> bool {
        let mut hasher = DefaultHasher::new();
        value.hash(&mut hasher);
        let hash = hasher.finish();
        if self.steps > 0 && hash == self.remembered {
            return true;
        }
        self.steps += 1;
        if self.steps.is_power_of_two() {
            self.remembered = hash;
        }
        false
    }
}

/// A whole number that is there; a negative one is none.
pub(crate) fn number(field: FieldRef<'_>) -> Option<u64> {
    match field.value()? {
        ValueRef::Int64(number) => u64::try_from(number).ok(),
        ValueRef::Uint64(number) => Some(number),
        _ => None,
    }
}

/// A yes or no that is there.
fn flag(field: FieldRef<'_>) -> Option<bool> {
    match field.value()? {
        ValueRef::Bool(flag) => Some(flag),
        _ => None,
    }
}

fn text(field: FieldRef<'_>) -> &str {
    match field.value() {
        Some(ValueRef::String(text)) => text,
        _ => "",
    }
}

pub(crate) fn set_number(field: FieldMut<'_>, number: u64) {
    let signed = || i64::try_from(number).unwrap_or(i64::MAX);
    match field {
        FieldMut::Int64(value) => *value = signed(),
        FieldMut::OptInt64(value) => *value = Some(signed()),
        FieldMut::Uint64(value) => *value = number,
        FieldMut::OptUint64(value) => *value = Some(number),
        // Generated paging names whole numbers only.
        _ => {}
    }
}

fn set_text(field: FieldMut<'_>, text: &str) {
    match field {
        FieldMut::String(value) => text.clone_into(value),
        FieldMut::OptString(value) => *value = Some(text.to_owned()),
        // Generated paging names texts only.
        _ => {}
    }
}
