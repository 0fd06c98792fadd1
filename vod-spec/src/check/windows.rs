//! `[pagination.window]`: the list can be divided by time, and has all that a walk over the parts goes by.

use std::collections::HashSet;

use crate::model::{Action, Element, Field, PagePosition, Record, Service, Window};
use crate::report::Problems;
use crate::suggest::did_you_mean;
use crate::value::{Side, check_value};

/// Checks every window against the fields of the request and the answer. An unsound one is left out.
pub(crate) fn check(service: &mut Service, lost_fields: &HashSet<String>, problems: &mut Problems) {
    let mut unsound = Vec::new();
    for (index, action) in service.actions.iter().enumerate() {
        if let Some(window) = action.pagination.as_ref().and_then(|pages| pages.window.as_ref()) {
            let item = format!("{}.pagination.window", action.name);
            let mut check = Check { service, action, window, item, lost_fields, problems, sound: true };
            check.pages();
            check.range();
            check.id();
            check.set();
            if !check.sound {
                unsound.push(index);
            }
        }
    }
    for index in unsound {
        if let Some(pages) = &mut service.actions[index].pagination {
            pages.window = None;
        }
    }
}

struct Check<'a> {
    service: &'a Service,
    action: &'a Action,
    window: &'a Window,
    item: String,
    lost_fields: &'a HashSet<String>,
    problems: &'a mut Problems,
    sound: bool,
}

impl<'a> Check<'a> {
    fn refuse(&mut self, what: &str, instead: &str) {
        self.problems.report(&self.window.at, &self.item, what, instead);
        self.sound = false;
    }

    /// The parts are read by offset, up to a length that the answer tells.
    fn pages(&mut self) {
        let Some(pages) = &self.action.pagination else { return };
        if !matches!(pages.position, PagePosition::Offset(_)) {
            self.refuse(
                "a window needs pages that are named by `offset`",
                "remove the window, or name `offset`",
            );
        }
        if pages.limit.is_none() || pages.page_size.is_none() || pages.total.is_none() {
            let what = "a window needs `limit`, `page-size` and `total` of the pages";
            self.refuse(what, "name them in `[pagination]`");
        }
        if pages.page_size.is_some_and(|size| size > self.window.ceiling) {
            self.refuse("`ceiling` is smaller than a page", "write how many items the service gives out");
        }
    }

    fn range(&mut self) {
        let (action, window) = (self.action, self.window);
        let Some(range) = self.field(&action.request, "range", &window.range, "the request") else { return };
        let Some(record) = self.record(range).filter(|_| !range.ty.list) else {
            let what = format!("`range` names `{}`, which is no object with two times", range.name);
            self.refuse(&what, "name a field whose type has a start and an end");
            return;
        };
        for (key, name) in [("start", &window.start), ("end", &window.end)] {
            let field = self.field(&record.fields, key, name, "the range");
            if field.is_some_and(|field| field.ty.list || field.ty.element != Element::Timestamp) {
                let what = format!("`{key}` names `{name}`, which is no point in time");
                self.refuse(&what, "name a field of type `timestamp`");
            }
        }
    }

    fn id(&mut self) {
        let (action, window) = (self.action, self.window);
        let Some(pages) = &action.pagination else { return };
        let list = action.response.iter().find(|field| field.name == pages.items);
        let Some(record) = list.and_then(|list| self.record(list)) else {
            self.refuse("a window needs a list of objects", "remove it");
            return;
        };
        let field = self.field(&record.fields, "id", &window.id, "an item");
        if field.is_some_and(|field| field.ty.list || field.ty.element != Element::String) {
            let what = format!("`id` names `{}`, which is no text", window.id);
            self.refuse(&what, "name the text that tells an item from others");
        }
    }

    /// What else the request says must fit, and leave what the walk sets itself alone.
    fn set(&mut self) {
        let (action, window) = (self.action, self.window);
        let Some(members) = window.set.as_object() else { return };
        let fields: Vec<Field> =
            action.request.iter().filter(|field| members.contains_key(&field.name)).cloned().collect();
        let mismatches = check_value(self.service, &fields, &window.set, Side::Request);
        for mismatch in mismatches.iter().filter(|mismatch| !self.lost_fields.contains(&mismatch.path)) {
            let what = format!("`set` does not fit the request: {}", mismatch.message);
            self.problems.report(&window.at, &self.item, what, "correct it or the field");
            self.sound = false;
        }
        if members.contains_key(&window.range) {
            let what = format!("`set` sets `{}`, which the window does", window.range);
            self.refuse(&what, "remove it");
        }
    }

    fn record(&self, field: &Field) -> Option<&'a Record> {
        let Element::Record(name) = &field.ty.element else { return None };
        self.service.record(name)
    }

    fn field<'f>(&mut self, fields: &'f [Field], key: &str, name: &str, of: &str) -> Option<&'f Field> {
        let found = fields.iter().find(|field| field.name == name);
        if found.is_none() {
            self.sound = false;
            if !self.lost_fields.contains(name) {
                let names = fields.iter().map(|field| field.name.as_str());
                let instead = did_you_mean(name, names, || format!("name a field of {of}"));
                let what = format!("`{key}` names `{name}`, which is no field of {of}");
                self.problems.report(&self.window.at, &self.item, what, instead);
            }
        }
        found
    }
}
