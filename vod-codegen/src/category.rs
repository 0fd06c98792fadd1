//! The runtime crate's services by category: a module and a cargo feature for each folder of spec files, so that
//! users compile what they use.
//!
//! A type exists under the features of all categories that reach it. Types with the same features share a private
//! module, so that one attribute decides for all of them.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use vod_spec::model::{Action, Service};
use vod_spec::naming;

use super::{Options, action, docs, ident, paging, shared_items, spec_tests};

/// Everything of a service but its metadata.
pub(super) fn items(service: &Service, options: &Options) -> TokenStream {
    let mut categories: BTreeMap<&str, Vec<&Action>> = BTreeMap::new();
    for action in &service.actions {
        categories.entry(&action.category).or_default().push(action);
    }
    let (built, absent): (Vec<_>, Vec<_>) =
        categories.iter().partition(|(name, _)| options.builds(&BTreeSet::from([**name])));
    let modules = built.iter().map(|(name, actions)| module(name, actions, service, options));
    let absent_modules = absent.iter().map(|(name, actions)| absent_module(name, actions));
    let absent_methods = absent_methods(&absent, options);
    let shared = shared(service, options);
    let records = every_record(service, options);
    quote!(#shared #(#modules)* #(#absent_modules)* #absent_methods #records)
}

/// The names of a category whose feature is off, and nothing else: the compiler tells who uses one of them which
/// feature is missing.
fn absent_module(category: &str, actions: &[&Action]) -> TokenStream {
    let module = ident(&naming::field_ident(category), Span::mixed_site());
    let names = actions.iter().flat_map(|action| {
        let parts = ["", "Request", "Response"].map(|part| format!("{}{part}", action.name));
        let union = action.union.as_ref().map(|union| union.name.clone());
        parts.into_iter().chain(union).map(|name| ident(&name, Span::mixed_site()))
    });
    quote! {
        #[cfg(feature = #category)]
        pub mod #module {}
        #[cfg(feature = #category)]
        pub use #module::{#(#names),*};
    }
}

/// The same for the methods of such categories: each stands under a bound with the name of its feature.
fn absent_methods(absent: &[(&&str, &Vec<&Action>)], options: &Options) -> TokenStream {
    if absent.is_empty() {
        return TokenStream::new();
    }
    let runtime = &options.runtime;
    let features: Vec<_> =
        absent.iter().map(|(name, _)| ident(&naming::field_ident(name), Span::mixed_site())).collect();
    let hints = absent.iter().zip(&features).map(|((_, actions), feature)| {
        let methods = actions.iter().flat_map(|action| {
            let method = ident(&naming::method_ident(&action.name), Span::mixed_site());
            std::iter::once(method).chain(paging::waiting(action, options).map(|waiting| waiting.name))
        });
        quote!(#runtime::feature_hints::methods! { clients, needs_the_feature::#feature: #(#methods)* })
    });
    quote! {
        #[allow(non_camel_case_types, unreachable_pub)]
        mod needs_the_feature { #(pub trait #features {})* }
        #(#hints)*
    }
}

/// The same for types and enumerations that only absent categories reach: of several features, each is enough, and
/// the compiler can name no more than one.
fn absent_types(service: &Service, users: &BTreeMap<&str, BTreeSet<&str>>, options: &Options) -> TokenStream {
    let mut groups: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    let enums = service.enums.iter().map(|item| item.name.as_str());
    for name in service.types.iter().map(|item| item.name.as_str()).chain(enums) {
        let categories = users.get(name).filter(|categories| !options.builds(categories));
        if let Some(category) = categories.and_then(BTreeSet::first) {
            groups.entry(category).or_default().push(ident(name, Span::mixed_site()));
        }
    }
    let listings = groups
        .iter()
        .map(|(category, names)| quote!(#[cfg(feature = #category)] pub use absent::{#(#names),*};));
    quote!(#(#listings)*)
}

/// For tests: a value of every type that there is.
fn every_record(service: &Service, options: &Options) -> TokenStream {
    let private = options.private();
    let users = users(service);
    let types = service
        .types
        .iter()
        .map(|record| (record.name.clone(), users.get(record.name.as_str()).cloned().unwrap_or_default()));
    let actions = service.actions.iter().flat_map(|action| {
        let categories = BTreeSet::from([action.category.as_str()]);
        ["Request", "Response"].map(|part| (format!("{}{part}", action.name), categories.clone()))
    });
    let built = types.chain(actions).filter(|(_, categories)| options.builds(categories));
    let pushes = built.map(|(name, categories)| {
        let condition = condition(&categories);
        let name = ident(&name, Span::mixed_site());
        quote!(#condition records.push(::std::boxed::Box::new(<#name as ::core::default::Default>::default()));)
    });
    quote! {
        #[cfg(test)]
        pub(crate) fn every_record() -> ::std::vec::Vec<::std::boxed::Box<dyn #private::Record>> {
            #[allow(unused_mut)]
            let mut records: ::std::vec::Vec<::std::boxed::Box<dyn #private::Record>> = ::std::vec::Vec::new();
            #(#pushes)*
            records
        }
    }
}

/// The attribute under which something exists that these categories reach. What a file at the top reaches, or
/// nobody, has none.
fn condition(categories: &BTreeSet<&str>) -> TokenStream {
    if categories.is_empty() || categories.contains("") {
        return TokenStream::new();
    }
    quote!(#[cfg(any(#(feature = #categories),*))])
}

/// The actions of a category. Those of files at the top of the service's folder are always there.
fn module(category: &str, actions: &[&Action], service: &Service, options: &Options) -> TokenStream {
    let items = actions.iter().map(|item| action::items(item, service, options));
    let methods = action::inherent_methods(actions, service, options);
    let tests = spec_tests::module(actions, service, options);
    let items = quote!(#(#items)* #methods #tests);
    if category.is_empty() {
        return items;
    }
    let name = ident(&naming::field_ident(category), Span::mixed_site());
    let doc = docs::category(category, actions, service);
    quote! {
        #[cfg(feature = #category)]
        #[doc = #doc]
        pub mod #name {
            #[allow(unused_imports)]
            use super::*;
            #items
        }
        #[cfg(feature = #category)]
        #[doc(hidden)] // the overview lists the modules, and once is enough
        pub use #name::*;
    }
}

/// Types and enumerations, by the features that need them.
fn shared(service: &Service, options: &Options) -> TokenStream {
    let users = users(service);
    let absent = absent_types(service, &users, options);
    let service = &docs::with_features(service, &users);
    let mut groups: BTreeMap<BTreeSet<&str>, Vec<TokenStream>> = BTreeMap::new();
    let of = |name: &str| users.get(name).cloned().unwrap_or_default();
    for (name, tokens) in shared_items(service, |name| options.builds(&of(name)), options) {
        groups.entry(of(name)).or_default().push(tokens);
    }
    let present = groups.into_iter().enumerate().map(|(i, (features, items))| {
        let condition = condition(&features);
        if condition.is_empty() {
            return quote!(#(#items)*);
        }
        let module = format_ident!("shared_{i}");
        quote! {
            #condition
            mod #module {
                #[allow(unused_imports)]
                use super::*;
                #(#items)*
            }
            #condition
            pub use #module::*;
        }
    });
    quote!(#(#present)* #absent)
}

/// For each type and enumeration, the categories whose actions reach it.
fn users(service: &Service) -> BTreeMap<&str, BTreeSet<&str>> {
    let mut users: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for action in &service.actions {
        for name in service.reached(action.request.iter().chain(&action.response)) {
            users.entry(name).or_default().insert(&action.category);
        }
    }
    users
}
