//! The position in a list that is read by windows of time; shared by all actions.

use std::collections::HashSet;
use std::fmt;
use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, UNIX_EPOCH};

use serde_json::{Map, Value};
use tokio::time::Instant;

use super::Window;
use crate::action::ActionMeta;
use crate::client::pages::walk::{check_page, number, set_number};
use crate::client::pages::{PageBy, Paging};
use crate::clock::{self, skew::LEAST_CORRECTION};
use crate::error::{Error, ErrorKind};
use crate::record::mismatch::Mismatch;
use crate::record::{Record, ValueRef, deserialize_record};
use crate::timestamp::Timestamp;

/// A window that loses items is read again so often. If each item is removed as soon as it is given, each reading
/// finds half of those that are left.
const MOST_READINGS: u32 = 20;

/// From one second to another, since 1970; services disagree on whether the end is part of it.
#[derive(Debug, Clone, Copy)]
struct Span {
    start: u64,
    end: u64,
    /// Whether it is one of the two seconds of a window that has too many items.
    part: Part,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Window,
    FirstSecond,
    LastSecond,
}

/// Where in a divided list the reader is.
pub(crate) struct WindowWalk {
    action: &'static ActionMeta,
    paging: &'static Paging,
    window: &'static Window,
    has_begun: bool,
    /// When the walk began, if it ends at that time and no answer has told yet whether this machine's clock is right.
    ends_at: Option<Instant>,
    /// The first one of the two seconds has no items.
    first_was_empty: bool,
    /// The next one is the last.
    spans: Vec<Span>,
    reading: Option<Reading>,
    /// A window had too many items.
    is_divided: bool,
    /// Hashes of the ids that were given.
    given: HashSet<u64>,
    hasher: RandomState,
}

/// A window that is being read.
#[derive(Debug)]
struct Reading {
    span: Span,
    /// Items before the next page.
    offset: u64,
    /// The length that the answer before told.
    total: Option<u64>,
    /// Items were removed, and may have moved others to pages that were read.
    has_shrunk: bool,
    readings: u32,
}

impl WindowWalk {
    pub(crate) fn new(action: &'static ActionMeta, paging: &'static Paging, window: &'static Window) -> Self {
        Self {
            action,
            paging,
            window,
            has_begun: false,
            ends_at: None,
            first_was_empty: false,
            spans: Vec::new(),
            reading: None,
            is_divided: false,
            given: HashSet::new(),
            hasher: RandomState::new(),
        }
    }

    /// Makes the request name the next page; false at the end of the list.
    pub(crate) fn name_page(&mut self, request: &mut dyn Record, now: u64) -> Result<bool, Error> {
        if !self.has_begun {
            let whole = self.whole(request, now)?;
            self.spans.push(whole);
            self.has_begun = true;
        }
        if self.reading.is_none() {
            let Some(span) = self.spans.pop() else { return Ok(false) };
            self.reading = Some(Reading { span, offset: 0, total: None, has_shrunk: false, readings: 1 });
        }
        let Some(Reading { span, offset, .. }) = self.reading else { return Ok(false) };
        self.set_span(request, span)?;
        if let PageBy::Offset(index) = self.paging.by {
            set_number(request.get_mut(index), offset);
        }
        if let Some(index) = self.paging.limit {
            let left = self.window.ceiling.saturating_sub(offset);
            set_number(request.get_mut(index), self.page_size().min(left));
        }
        Ok(true)
    }

    /// Takes an answer into account. Says whether its items are to be given out.
    pub(crate) fn arrived(
        &mut self,
        response: &dyn Record,
        mismatches: &[Mismatch],
        now: u64,
    ) -> Result<bool, Error> {
        check_page(self.action, self.paging, response, mismatches)?;
        let Some(mut reading) = self.reading.take() else { return Ok(false) };
        let count = match response.get(self.paging.items).value() {
            Some(ValueRef::List(list)) => u64::try_from(list.len()).unwrap_or(u64::MAX),
            _ => 0,
        };
        let told = self.paging.total.and_then(|index| number(response.get(index))).unwrap_or(0);
        let was_early = self.correct_end(&mut reading.span, now);
        reading.offset = reading.offset.saturating_add(count);
        // A total of nothing beside something is one that the service left out.
        let is_full = count >= self.page_size();
        let total = if told == 0 { reading.offset.saturating_add(is_full.into()) } else { told };
        // At the ceiling there may be more: the service counts no further, or gives out no more.
        if total >= self.window.ceiling {
            self.divide(reading.span)?;
            return Ok(false);
        }
        self.check_seconds(reading.span, total)?;
        reading.has_shrunk |= reading.total.is_some_and(|before| total < before);
        reading.total = Some(total);
        if was_early {
            reading.restart();
        } else if count == 0 || reading.offset >= total {
            // A page that is empty before the end may be one whose items went to others; or the length is not exact.
            let is_short = reading.offset < total && reading.readings == 1;
            if !reading.has_shrunk && !is_short {
                return Ok(true);
            }
            if reading.readings >= MOST_READINGS {
                let what = "loses items while it is read, again and again";
                return Err(self.error(&reading.span, what));
            }
            reading.readings += 1;
            reading.restart();
        }
        self.reading = Some(reading);
        Ok(true)
    }

    /// Only with the first answer is the service's clock known: a walk to the present may have to go on for longer.
    fn correct_end(&mut self, span: &mut Span, now: u64) -> bool {
        let Some(begun) = self.ends_at.take() else { return false };
        let passed = clock::now().saturating_duration_since(begun).as_secs();
        let end = present(now.saturating_sub(passed));
        // Times are rounded to seconds.
        let was_early = span.end + 1 < end;
        if was_early {
            span.end = end;
        }
        was_early
    }

    /// The two seconds of a window with too many items can't both be empty, unless the end is no part of a window: then
    /// all of them have the first one.
    fn check_seconds(&mut self, span: Span, total: u64) -> Result<(), Error> {
        if span.part == Part::FirstSecond {
            self.first_was_empty = total == 0;
        } else if span.part == Part::LastSecond && total == 0 && self.first_was_empty {
            let start = span.start.saturating_sub(1);
            return Err(self.too_many(&Span { start, end: start, ..span }));
        }
        Ok(())
    }

    /// Whether an item is given for the first time. The ends of windows belong to both, and windows are read again.
    pub(crate) fn is_new(&mut self, item: &dyn Record) -> bool {
        let index = item.meta().fields.iter().position(|name| *name == self.window.id);
        match index.and_then(|index| item.get(index).value()) {
            Some(ValueRef::String(id)) if !id.is_empty() => self.given.insert(self.hasher.hash_one(id)),
            // What has no id can't be told from others.
            _ => true,
        }
    }

    /// Whether the list had to be divided, so that no single answer tells its length.
    pub(crate) fn is_divided(&self) -> bool {
        self.is_divided
    }

    /// There is no other page.
    pub(crate) fn end(&mut self) {
        self.has_begun = true;
        self.spans.clear();
        self.reading = None;
    }

    /// Reads a window in two parts. The second in the middle is part of both.
    fn divide(&mut self, span: Span) -> Result<(), Error> {
        let Span { start, end, .. } = span;
        let part = |start, end, part| Span { start, end, part };
        let parts = match end.saturating_sub(start) {
            0 => return Err(self.too_many(&span)),
            // If the end is part of a window, each second can be read by itself.
            1 => [part(start, start, Part::FirstSecond), part(end, end, Part::LastSecond)],
            length => {
                let middle = start + length / 2;
                [part(start, middle, Part::Window), part(middle, end, Part::Window)]
            }
        };
        self.spans.extend(parts.into_iter().rev());
        self.is_divided = true;
        Ok(())
    }

    fn too_many(&self, span: &Span) -> Error {
        let ceiling = self.window.ceiling;
        self.error(
            span,
            &format!("has {ceiling} items or more, and the service returns no more: narrow the request"),
        )
    }

    fn error(&self, span: &Span, what: &str) -> Error {
        let [start, end] = [span.start, span.end].map(timestamp);
        let when = if start == end {
            format!("the second {start}")
        } else {
            format!("the time from {start} to {end}")
        };
        Error::new(ErrorKind::Decode, format!("{when} {what}")).with_action(self.action)
    }

    fn page_size(&self) -> u64 {
        self.paging.page_size.clamp(1, self.window.ceiling.max(1))
    }

    /// All the time of the walk.
    fn whole(&mut self, request: &dyn Record, now: u64) -> Result<Span, Error> {
        let range = match request.get(self.window.range).value() {
            Some(ValueRef::Record(range)) => Some(range),
            _ => None,
        };
        let bound = |name: &str| -> Result<Option<u64>, Error> {
            let Some(range) = range else { return Ok(None) };
            let index = range.meta().fields.iter().position(|field| *field == name);
            let Some(ValueRef::String(text)) = index.and_then(|index| range.get(index).value()) else {
                return Ok(None);
            };
            let seconds = Timestamp::from(text).unix_seconds().ok_or_else(|| {
                let message = format!("{name}: `{}` is no point in time", text.escape_debug());
                Error::new(ErrorKind::InvalidRequest, message).with_action(self.action)
            })?;
            Ok(Some(u64::try_from(seconds).unwrap_or(0)))
        };
        let (start, end) = (bound(self.window.start)?, bound(self.window.end)?);
        self.ends_at = end.is_none().then(clock::now);
        Ok(Span { start: start.unwrap_or(0), end: end.unwrap_or_else(|| present(now)), part: Part::Window })
    }

    fn set_span(&self, request: &mut dyn Record, Span { start, end, .. }: Span) -> Result<(), Error> {
        let mut range = Map::new();
        range.insert(self.window.start.to_owned(), timestamp(start).into());
        range.insert(self.window.end.to_owned(), timestamp(end).into());
        let unfit = |error: serde_json::Error| {
            Error::new(ErrorKind::InvalidRequest, format!("the window does not fit the request: {error}"))
                .with_action(self.action)
        };
        let mut members: Map<String, Value> = serde_json::from_str(self.window.set).map_err(unfit)?;
        let name = request.meta().fields.get(self.window.range).copied().unwrap_or_default();
        members.insert(name.to_owned(), Value::Object(range));
        deserialize_record(request, Value::Object(members)).map_err(unfit)
    }
}

impl Reading {
    fn restart(&mut self) {
        (self.offset, self.total, self.has_shrunk) = (0, None, false);
    }
}

/// The end of a walk that ends at the present. The service's clock may be ahead by nearly this much without a
/// correction, and what it has by then belongs to the walk.
fn present(now: u64) -> u64 {
    now.saturating_add(LEAST_CORRECTION)
}

fn timestamp(seconds: u64) -> String {
    let time = UNIX_EPOCH.checked_add(Duration::from_secs(seconds)).unwrap_or(UNIX_EPOCH);
    Timestamp::from(time).to_string()
}

impl fmt::Debug for WindowWalk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WindowWalk")
            .field("spans", &self.spans)
            .field("reading", &self.reading)
            .field("given", &self.given.len())
            .finish_non_exhaustive()
    }
}
