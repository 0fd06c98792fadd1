//! An action's method, its marker, its request and its response.

use std::fmt::Write as _;

use vod_spec::model::{Action, Field, Service, Wait};
use vod_spec::naming;

use super::{cell, first_sentence, limits, only_on, origin, plain, prose, type_text};
use crate::{Home, example};

/// Where the vendor documents an action.
const VENDOR_PAGES: &str = "https://www.tencentcloud.com/document/product/266/";
/// Where the vendor lets an action be tried out, beside its documentation.
const VENDOR_EXPLORER: &str = "https://console.cloud.tencent.com/api/explorer";

/// The client's method: everything that a caller wants to know without opening another page.
pub(crate) fn method(action: &Action, service: &Service, home: Home) -> String {
    let mut out = format!("{}\n\n{}\n", cell(&action.summary.trim()), action.doc.trim());
    part(&mut out, &facts(action, service, home));
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
        format!("**Idempotent**: sent again also when the outcome of an attempt is unknown.{why}")
    } else {
        "**Not idempotent**: never sent again when an attempt may have taken effect.".to_owned()
    });
    if let Some(pages) = &action.pagination {
        facts.push(format!(
            "**Pages**: a call has `.pages()` and `.items()`, which go through all of `{}`.",
            pages.items
        ));
    }
    if let Some(wait) = &action.wait {
        facts.push(format!(
            "**Waiting**: `.wait()` on a call, or `{}`, calls until `{}` is {}.",
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
        "Calls `{}` until `{}` is {}, and gives the last answer.\n\n\
         `{}` says what to wait for. The value decides nothing else: look at the answer for success or failure. \
         To set more of the request or of the calls, prepare a call with `{}` and `.wait()` on it.\n\n\
         # Errors\nA call failed for good, or the time ran out that was set for the waiting.",
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
            "\n| `{}`<br>{} | {} |",
            field.name,
            cell(&type_text(field)),
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
        let _ = write!(out, "\n- `{}` ({}): {}", field.name, type_text(field), first_sentence(&field.doc));
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
        "# Errors\n{error}: a request that breaks a limit is refused before anything is sent, a call can fail on \
         its way, and the service answers the {codes} that every action can meet"
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
    format!("Answer of {}.\n\n{}", link(action, home), action.summary.trim())
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
