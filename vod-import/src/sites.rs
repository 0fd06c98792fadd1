//! What only one of the vendor's two sites has, as a page of Markdown.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use vod_spec::model::{Element, Field, Service, Site};

/// The page: for each site the actions, types and fields that the other one lacks, as far as the spec files say so
/// with `only-on`. A type that only such actions and fields lead to is one of them.
pub fn differences(service: &Service) -> String {
    let mut out = format!(
        "# Mainland and international\n\n\
         The vendor has two sites, each with accounts, hosts and an API of its own: the mainland one \
         (`cloud.tencent.com`) and the international one (`www.tencentcloud.com`). What both have of `{}` is not listed \
         here. Generated from the spec files by `vod spec sites`; do not edit.\n",
        service.name
    );
    for (site, other) in [(Site::Mainland, Site::International), (Site::International, Site::Mainland)] {
        let _ = write!(out, "\n## Only {}\n", site.name());
        let actions = service.actions.iter().filter(|action| action.only_on == Some(site));
        section(&mut out, "Actions", actions.map(|action| format!("`{}`: {}", action.name, action.summary)));
        let elsewhere = types_on(service, other);
        let types = types_on(service, site).into_iter().filter(|name| !elsewhere.contains(name));
        section(&mut out, "Types", types.map(|name| format!("`{name}`")));
        section(&mut out, "Fields", fields_on(service, site).into_iter());
    }
    out
}

fn section(out: &mut String, title: &str, entries: impl Iterator<Item = String>) {
    let mut entries = entries.peekable();
    if entries.peek().is_none() {
        return;
    }
    let _ = write!(out, "\n### {title}\n\n");
    for entry in entries {
        let _ = writeln!(out, "- {entry}");
    }
}

/// Whether something with this mark exists on the site.
fn is_on(mark: Option<Site>, site: Site) -> bool {
    mark.is_none_or(|mark| mark == site)
}

/// The types that actions of the site lead to.
fn types_on(service: &Service, site: Site) -> BTreeSet<&str> {
    let actions = service.actions.iter().filter(|action| is_on(action.only_on, site));
    let mut pending: Vec<&Field> =
        actions.flat_map(|action| action.request.iter().chain(&action.response)).collect();
    let mut types = BTreeSet::new();
    while let Some(field) = pending.pop() {
        let Element::Record(name) = &field.ty.element else { continue };
        let Some(record) = service.record(name).filter(|record| is_on(record.only_on, site)) else {
            continue;
        };
        if is_on(field.only_on, site) && types.insert(name.as_str()) {
            pending.extend(&record.fields);
        }
    }
    types
}

/// Fields of items of both sites that only this one has.
fn fields_on(service: &Service, site: Site) -> BTreeSet<String> {
    let actions = service.actions.iter().flat_map(|action| {
        let fields = action.request.iter().chain(&action.response);
        fields.map(|field| (action.name.as_str(), field))
    });
    let types =
        service.types.iter().flat_map(|item| item.fields.iter().map(|field| (item.name.as_str(), field)));
    let marked = actions.chain(types).filter(|(_, field)| field.only_on == Some(site));
    marked.map(|(owner, field)| format!("`{owner}.{}`", field.name)).collect()
}
