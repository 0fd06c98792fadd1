//! `vod ACTION --all`: a whole list, past the ceiling that it has where the spec says how.

use serde_json::Value;
use vod_api::__private::untyped::RecordPages;
use vod_api::Client;
use vod_spec::model::{PagePosition, Pagination};

use super::answer::document;
use super::option_name::kebab;
use super::options::Options;
use crate::dynamic::{DynamicAction, DynamicRecord, to_json};
use crate::failure::Failure;
use crate::output::{self, Document, Format};

/// Prints the whole list: item by item where each has a line of its own, and as one answer elsewhere.
pub(super) async fn all_pages(
    action: &'static DynamicAction,
    client: &Client,
    options: &Options,
    mut request: DynamicRecord,
    prints_items: bool,
    print: &impl Fn(&Document) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let Some(spec) = &action.model().pagination else { return Ok(()) };
    let most = options.max_items.unwrap_or(usize::MAX);
    let order = OwnOrder::of(spec, &request);
    let Some(mut pages) = walk(action, client, &order) else { return Ok(()) };
    let mut response = action.response();
    let mut items = Vec::new();
    let mut count = 0;
    let mut is_whole = false;
    let mut last = Document::Object(Vec::new());
    while count < most {
        let Some(page) = pages.next(&mut request, &mut response).await else {
            is_whole = true;
            break;
        };
        let page = page?;
        let mut answer = document(&page.answer)?;
        order.check_ceiling(action, &answer, most)?;
        let new = match answer.member_mut(&spec.items) {
            Some(Document::List(values)) => std::mem::take(values),
            _ => Vec::new(),
        };
        let is_new = |index: &usize| page.repeated.binary_search(index).is_err();
        let new = new.into_iter().enumerate().filter(|(index, _)| is_new(index)).map(|(_, item)| item);
        let mut new: Vec<Document> = new.take(most - count).collect();
        count += new.len();
        if prints_items {
            output::print(&Document::List(new), Format::Jsonl, None)?;
        } else {
            items.append(&mut new);
        }
        last = answer;
    }
    if prints_items {
        return Ok(());
    }
    if pages.is_divided()
        && let Some(total) = &spec.total
    {
        // What the last answer tells is the length of a part.
        set(&mut last, total, is_whole.then(|| Document::Number(count.into())));
    }
    set(&mut last, &spec.items, Some(Document::List(items)));
    print(&last)
}

/// The walk that finds all items: by windows of time where the list has a ceiling, unless the request asks for an
/// order or a beginning that windows don't have.
fn walk(action: &'static DynamicAction, client: &Client, order: &OwnOrder<'_>) -> Option<RecordPages> {
    let (call, paging) = (action.call(client), action.paging()?);
    Some(match action.window() {
        Some(window) if order.fields.is_empty() => call.windows(paging, window),
        _ => call.pages(paging),
    })
}

/// What a request says that keeps a list with a ceiling from being read by windows of time.
struct OwnOrder<'a> {
    spec: &'a Pagination,
    fields: Vec<&'a str>,
    offset: u64,
}

impl<'a> OwnOrder<'a> {
    fn of(spec: &'a Pagination, request: &DynamicRecord) -> Self {
        let mut order = Self { spec, fields: Vec::new(), offset: 0 };
        let Some(window) = &spec.window else { return order };
        let given = serde_json::from_slice::<Value>(&to_json(request)).unwrap_or_default();
        let set = window.set.as_object().into_iter().flat_map(|members| members.keys());
        order.fields = set.map(String::as_str).filter(|name| given.get(name).is_some()).collect();
        if let PagePosition::Offset(name) = &spec.position {
            order.offset = given.get(name).and_then(Value::as_u64).unwrap_or(0);
            order.fields.extend((order.offset > 0).then_some(name.as_str()));
        }
        order
    }

    /// Refuses a list that goes on behind its ceiling, where it is read in an order of the request's own.
    fn check_ceiling(&self, action: &DynamicAction, answer: &Document, most: usize) -> Result<(), Failure> {
        let (Some(window), Some(total)) = (&self.spec.window, &self.spec.total) else { return Ok(()) };
        let Some(Document::Number(total)) = answer.member(total) else { return Ok(()) };
        let reachable = window.ceiling.saturating_sub(self.offset);
        let is_beyond = total.as_u64().is_some_and(|total| total >= window.ceiling);
        if self.fields.is_empty() || !is_beyond || u64::try_from(most).is_ok_and(|most| most <= reachable) {
            return Ok(());
        }
        let fields: Vec<String> = self.fields.iter().map(|name| format!("--{}", kebab(name))).collect();
        let message = format!(
            "--all: {} returns the first {} items of a list only, and this list has {total} or more",
            action.name(),
            window.ceiling
        );
        let fields = fields.join(" and ");
        Err(Failure::usage(message).hint(format!(
            "without {fields}, --all reads the list by periods of {}, and returns every item; --max-items {reachable} \
             returns the first ones",
            window.range
        )))
    }
}

/// Gives a member of an object another value, or takes it out.
fn set(object: &mut Document, name: &str, value: Option<Document>) {
    let Document::Object(members) = object else { return };
    let place = members.iter().position(|(known, _)| known == name);
    match (place, value) {
        (Some(place), Some(value)) => members[place].1 = value,
        (Some(place), None) => drop(members.remove(place)),
        (None, Some(value)) => members.push((name.to_owned(), value)),
        (None, None) => {}
    }
}
