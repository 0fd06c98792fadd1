//! An action's method, its marker, its request and its response.

use std::fmt::Write as _;

use vod_spec::model::{Action, AnswerFormat, BodyFormat, Field, Guide, SeeAlso, Service, Wait};
use vod_spec::naming;

use super::{cell, first_sentence, limits, only_on, origin, plain, prose, rust_name, rust_type};
use crate::{Home, example};

/// Where the vendor documents an action.
const VENDOR_PAGES: &str = "https://www.tencentcloud.com/document/product/266/";
/// Where the vendor lets an action be tried out, beside its documentation.
const VENDOR_EXPLORER: &str = "https://console.cloud.tencent.com/api/explorer";

/// The client's method: everything that a caller wants to know without opening another page.
pub(crate) fn method(action: &Action, service: &Service, home: Home) -> String {
    let mut out = format!("{}\n\n{}\n", cell(&action.summary.trim()), action.doc.trim());
    part(&mut out, &facts(action, service, home));
    part(&mut out, &see_also(&action.see_also, service, home));
    if let Some(first) = action.examples.first() {
        let example = example::call(action, first, service, home);
        let _ = write!(out, "\n# Example\n{}:\n\n{example}", super::cell(&first.title.trim_end_matches('.')));
    }
    part(&mut out, &parameters(action));
    part(&mut out, &answer(action));
    part(&mut out, &errors(action, service, home));
    out
}

fn part(out: &mut String, part: &str) {
    if !part.is_empty() {
        let _ = write!(out, "\n{part}\n");
    }
}

fn facts(action: &Action, service: &Service, home: Home) -> String {
    let mut facts = Vec::new();
    if home == Home::Runtime && !action.category.is_empty() {
        facts.push(format!("**Feature**: `{}`.", action.category));
    }
    facts.push(match action.rate_limit {
        Some(rate) => format!("**Rate limit**: {rate} calls a second."),
        None => "**Rate limit**: not published: learned from what the service takes.".to_owned(),
    });
    facts.extend(action.only_on.map(|site| format!("**Site**: {}.", only_on(site))));
    facts.push(if action.idempotent {
        let why = action.why_idempotent.as_ref().map(|why| format!(" {why}")).unwrap_or_default();
        format!("**Idempotent**: retried even if the outcome of an attempt is unknown.{why}")
    } else {
        "**Not idempotent**: not retried once an attempt may have taken effect.".to_owned()
    });
    facts.extend(formats(action, home));
    if let Some(pages) = &action.pagination {
        facts.push(format!(
            "**Pages**: `.pages()` and `.items()` on the call read the whole list `{}`.",
            pages.items
        ));
        facts.extend(pages.window.as_ref().map(|window| {
            format!(
                "**Ceiling**: the list ends at {} items; `.all()` goes past that, by windows of `{}`.",
                window.ceiling, window.range
            )
        }));
    }
    if let Some(wait) = &action.wait {
        facts.push(format!(
            "**Waiter**: `.wait()` on the call, or `{}`, polls until `{}` is {}.",
            wait.method,
            wait.status,
            ends(wait)
        ));
    }
    facts.extend(vendor(action, service));
    facts.extend(
        origin(&action.at, service).trim().strip_prefix("Spec:").map(|spec| format!("**Spec**:{spec}")),
    );
    facts.join("  \n")
}

/// How parameters and answer travel, where it is not as JSON.
fn formats(action: &Action, home: Home) -> Vec<String> {
    let linked = |name: &str, path: &str| match home {
        Home::Runtime => format!("[`{name}`](crate::{path})"),
        Home::User => format!("`{name}`"),
    };
    let mut formats = Vec::new();
    if action.body == BodyFormat::OctetStream {
        formats.push(
            "**Body**: any bytes (`application/octet-stream`), sent as they are; the parameters travel as headers."
                .to_owned(),
        );
    }
    if action.body == BodyFormat::Multipart {
        formats.push(
            "**Body**: `multipart/form-data`, a part for each parameter; the whole has at most 10 MiB."
                .to_owned(),
        );
    }
    if action.answer == AnswerFormat::EventStream {
        let call = linked("Client::call", "Client::call");
        formats.push(format!(
            "**Answer**: a stream of events, each one a [`{}Response`] with the members that it brings. Where a \
             request asks for one JSON object instead, {call} gives that.",
            action.name
        ));
    }
    formats
}

/// What to read next: actions with what they do, guides with what they tell.
pub(super) fn see_also(names: &[SeeAlso], service: &Service, home: Home) -> String {
    let mut out = String::new();
    for SeeAlso { target, .. } in names {
        let action = service.action(target).map(|action| (link(action, home), cell(&action.summary.trim())));
        let guide = service.guides.iter().find(|guide| guide.name == *target);
        let guide = guide.map(|guide| (guide_link(guide, home), cell(&guide.doc.trim())));
        if let Some((link, what)) = action.or(guide) {
            let _ = write!(out, "\n- {link}: {what}");
        }
    }
    if out.is_empty() { out } else { format!("# See also{out}") }
}

/// A user's crate can't link into the runtime's documentation without knowing what the runtime is called there.
fn guide_link(guide: &Guide, home: Home) -> String {
    let Guide { path, .. } = guide;
    match home {
        Home::Runtime => format!("[`{path}`](crate::{path})"),
        Home::User => format!("`vod_api::{path}`"),
    }
}

/// Where the vendor says more. A single action that extends a service elsewhere does not know the service's name.
fn vendor(action: &Action, service: &Service) -> Option<String> {
    let page = action.doc_page.map(|page| format!("[page {page}]({VENDOR_PAGES}{page})"));
    let explorer = (!service.name.is_empty()).then(|| {
        format!(
            "[API Explorer]({VENDOR_EXPLORER}?Product={}&Version={}&Action={})",
            service.name, service.version, action.name
        )
    });
    let places: Vec<String> = page.into_iter().chain(explorer).collect();
    (!places.is_empty()).then(|| format!("**Vendor**: {}.", places.join(", ")))
}

/// The values that end a waiting, as a list in words.
fn ends(wait: &Wait) -> String {
    wait.until.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ")
}

/// The method that waits.
pub(crate) fn wait_method(action: &Action, wait: &Wait) -> String {
    format!(
        "Polls `{}` until `{}` is {}, and returns the last response.\n\n\
         `{}` names what to wait for. A final status is not necessarily success: check it. To set other fields of \
         the request or of the calls, call `.wait()` on a call of `{}`.\n\n\
         # Errors\nA call failed permanently, or the wait timed out.",
        action.name,
        wait.status,
        ends(wait),
        wait.id,
        method_name(action),
    )
}

fn parameters(action: &Action) -> String {
    if action.request.is_empty() {
        return "# Parameters\nNone.".to_owned();
    }
    let mut out =
        format!("# Parameters\nThe fields of [`{}Request`]:\n\n| field | meaning |\n|---|---|", action.name);
    for field in &action.request {
        let _ = write!(
            out,
            "\n| `{}`<br>{}<br>wire: `{}` | {} |",
            rust_name(field),
            rust_type(field),
            field.name,
            cell(&parameter(field))
        );
    }
    out
}

/// Whether it must be given, what it means and what it must keep to.
fn parameter(field: &Field) -> String {
    let required = if field.required { "**Required.** " } else { "" };
    let mut out = format!("{required}{}", first_sentence(&field.doc));
    let limits = limits::texts(field);
    if !limits.is_empty() {
        let _ = write!(out, " Limits: {}.", limits.join(", "));
    }
    if let Some(default) = &field.default {
        let _ = write!(out, " Default: `{}`.", plain(default));
    }
    out
}

fn answer(action: &Action) -> String {
    if action.response.is_empty() {
        return format!("# Returns\nThe request id alone, as [`{}Response`].", action.name);
    }
    let mut out = format!("# Returns\nThe request id and the other fields of [`{}Response`]:\n", action.name);
    for field in &action.response {
        let _ = write!(
            out,
            "\n- `{}` ({}, wire: `{}`): {}",
            rust_name(field),
            rust_type(field),
            field.name,
            first_sentence(&field.doc)
        );
    }
    out
}

fn errors(action: &Action, service: &Service, home: Home) -> String {
    let error = match home {
        Home::Runtime => "An [`Error`](crate::Error)",
        Home::User => "An `Error`",
    };
    let codes = if service.errors.is_empty() { "codes" } else { "[codes](ErrorCode)" };
    let mut out = format!(
        "# Errors\n{error}: the request violates a limit (then nothing is sent), no response arrives, or the service \
         returns one of the {codes} that every action can return"
    );
    if action.errors.is_empty() {
        out.push('.');
        return out;
    }
    out.push_str(", or one of these:\n");
    for error in &action.errors {
        let item = prose::after(&format!("- `{}`:", error.code), &error.doc);
        let _ = write!(out, "\n{}", item.replace('\n', "\n  "));
    }
    out
}

/// The marker type of an action.
pub(crate) fn marker(action: &Action, home: Home) -> String {
    let Action { name, summary, .. } = action;
    let called = match home {
        Home::Runtime => {
            let method = method_name(action);
            format!("which [`Client::{method}`](crate::Client::{method}) calls")
        }
        Home::User => format!("which `Client::{}` calls", method_name(action)),
    };
    format!(
        "{}\n\nThe action as a type, {called}, with [`{name}Request`] and [`{name}Response`].",
        summary.trim()
    )
}

/// The request struct.
pub(crate) fn request(action: &Action, home: Home) -> String {
    format!("Parameters of {}.\n\n{}", link(action, home), action.summary.trim())
}

/// The response struct.
pub(crate) fn response(action: &Action, home: Home) -> String {
    let payload = action.union.as_ref().map(super::carries).unwrap_or_default();
    format!("Response of {}.\n\n{}{payload}", link(action, home), action.summary.trim())
}

/// The action's name, leading to what a caller wants of it: in the runtime crate the method, elsewhere the marker.
pub(super) fn link(action: &Action, home: Home) -> String {
    match home {
        Home::Runtime => format!("[`{}`](crate::Client::{})", action.name, method_name(action)),
        Home::User => format!("[`{}`]", action.name),
    }
}

/// The name of an action's method, for links and examples.
pub(crate) fn method_name(action: &Action) -> String {
    naming::method_ident(&action.name)
}
