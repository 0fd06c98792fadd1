//! The model as Rust: plain functions from `vod-spec`'s types to tokens.
//!
//! The output depends on nothing but the model and the options: same specs, same bytes. It names everything
//! from outside by an absolute path, so that it means the same in a module where `Result` or `String` is
//! somebody else's.

mod action;
mod category;
mod docs;
mod enumeration;
mod example;
mod external;
mod field;
mod paging;
mod record;
mod spec_tests;
pub mod tracking;
mod union;

#[cfg(test)]
mod tests;

pub use example::program as example_program;

use std::collections::{BTreeSet, HashMap};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use vod_spec::model::Service;

/// How to generate.
pub struct Options {
    /// The path of the runtime crate, `$crate` in an expansion.
    pub runtime: TokenStream,
    /// Where the expansion lives.
    pub home: Home,
    /// Where the user wrote the actions' names.
    pub spans: HashMap<String, Span>,
    /// The module of the service that a single action extends.
    pub base: Option<syn::Path>,
    /// The cargo features that the runtime crate is built with, `_` for each `-`. What needs another one is left
    /// out, which saves compile time; `None` leaves that to the compiler.
    pub features: Option<BTreeSet<String>>,
}

/// Where the expansion lives.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Home {
    /// In the runtime crate: methods are the client's own, examples are doctests against the emulator.
    Runtime,
    /// In a user's crate: methods come by a client of the service's own, examples are shown only.
    User,
}

impl Options {
    /// Whether something is built that these categories reach. What none reaches, or a file at the top, always is.
    fn builds(&self, categories: &BTreeSet<&str>) -> bool {
        let Some(features) = &self.features else { return true };
        let on = |name: &&str| name.is_empty() || features.contains(&name.replace('-', "_"));
        categories.is_empty() || categories.iter().any(on)
    }

    /// The runtime's items for generated code.
    fn private(&self) -> TokenStream {
        let runtime = &self.runtime;
        quote!(#runtime::__private)
    }

    /// An identifier with the span of the place where the user wrote the action's name.
    fn ident(&self, name: &str) -> Ident {
        ident(name, self.spans.get(name).copied().unwrap_or_else(Span::mixed_site))
    }
}

/// Makes an identifier of a name from the model, raw where the model says so.
fn ident(name: &str, span: Span) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, span),
        None => Ident::new(name, span),
    }
}

/// A whole service: metadata, error codes, enumerations, types and actions.
pub fn service(service: &Service, options: &Options) -> TokenStream {
    let service = &docs::linked(service, options.home);
    let meta = action::service_meta(service, options);
    let codes = enumeration::error_codes(service, options);
    let items = items(service, options);
    quote!(#meta #codes #items)
}

/// The items of a single file that extends a service elsewhere.
pub fn action(service: &Service, options: &Options) -> TokenStream {
    let items = items(&docs::linked(service, options.home), options);
    let checks = external::checks(service, options);
    quote!(#items #checks)
}

fn items(service: &Service, options: &Options) -> TokenStream {
    if options.home == Home::Runtime {
        return category::items(service, options);
    }
    let shared = shared_items(service, |_| true, options).into_iter().map(|(_, tokens)| tokens);
    let actions = service.actions.iter().map(|item| action::items(item, service, options));
    let methods = action::user_methods(service, options);
    quote!(#(#shared)* #(#actions)* #methods)
}

/// Enumerations and object types with their names.
fn shared_items<'a>(
    service: &'a Service,
    wanted: impl Fn(&str) -> bool,
    options: &Options,
) -> Vec<(&'a str, TokenStream)> {
    let sent = service.reached_by_requests();
    let enums = service.enums.iter().filter(|item| wanted(&item.name));
    let enums = enums.map(|item| (item.name.as_str(), enumeration::open_enum(item, options)));
    let types = service.types.iter().filter(|item| wanted(&item.name)).map(|item| {
        (item.name.as_str(), record::shared_type(item, sent.contains(item.name.as_str()), options))
    });
    enums.chain(types).collect()
}
