//! Actions: request, response, the marker with the metadata, and the method of the client.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use vod_spec::model::{Action, AnswerFormat, BodyFormat, ErrorClass, Service};
use vod_spec::naming;

use super::record::{Role, Shape, structure};
use super::{Options, docs, ident, paging};

/// `SERVICE`: what the runtime knows of the service.
pub(super) fn service_meta(service: &Service, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let Service { name, version, .. } = service;
    let endpoints = service.endpoints.iter().map(|endpoint| {
        let (name, host) = (&endpoint.name, &endpoint.host);
        quote!((#name, #host))
    });
    let errors = service.errors.iter().filter_map(|error| {
        let code = &error.code;
        let class = class(error.class.or_else(|| service.error_class(code))?);
        Some(quote!((#code, #runtime::ErrorClass::#class)))
    });
    let parameters = service.parameters.iter().map(|parameter| &parameter.name);
    let doc =
        format!("{}: name, version, endpoints and error classes, from the spec files.", service.summary);
    quote! {
        #[doc = #doc]
        pub static SERVICE: #runtime::ServiceMeta = #runtime::ServiceMeta::new(
            #name,
            #version,
            &[#(#endpoints),*],
            &[#(#errors),*],
            &[#(#parameters),*],
        );
    }
}

fn class(class: ErrorClass) -> Ident {
    format_ident!(
        "{}",
        match class {
            ErrorClass::Caller => "Caller",
            ErrorClass::Authentication => "Authentication",
            ErrorClass::TokenExpired => "TokenExpired",
            ErrorClass::CredentialRefused => "CredentialRefused",
            ErrorClass::ClockSkew => "ClockSkew",
            ErrorClass::Throttling => "Throttling",
            ErrorClass::Service => "Service",
            ErrorClass::Retryable => "Retryable",
            ErrorClass::None => "None",
        }
    )
}

/// Everything of an action but its method.
pub(super) fn items(action: &Action, service: &Service, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let (marker, request, response) = names(action, options);
    let request_type = structure(
        &Shape {
            name: request.clone(),
            doc: docs::request(action, options.home) + &docs::origin(&action.at, service),
            fields: &action.request,
            role: Role::Sent,
            keeps_unknown: false,
            union: None,
        },
        options,
    );
    let response_type = structure(
        &Shape {
            name: response.clone(),
            doc: docs::response(action, options.home) + &docs::origin(&action.at, service),
            fields: &action.response,
            role: Role::Response,
            keeps_unknown: action.union.is_some(),
            union: action.union.as_ref(),
        },
        options,
    );
    let meta = meta(action, service, options);
    let formats = formats(action, &marker, options);
    let paging = paging::items(action, &marker, options);
    let doc = docs::marker(action, options.home) + &docs::origin(&action.at, service);
    quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug)]
        pub struct #marker;
        impl #runtime::Action for #marker {
            type Request = #request;
            type Response = #response;
            const META: &'static #runtime::ActionMeta = &#meta;
        }
        impl #runtime::Request for #request {
            type Action = #marker;
        }
        #formats
        #paging
        #request_type
        #response_type
    }
}

/// The traits of an action whose parameters or answer travel in another way than as JSON.
fn formats(action: &Action, marker: &Ident, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let binary = takes_bytes(action).then(|| quote!(impl #runtime::BinaryAction for #marker {}));
    let streamed = is_streamed(action).then(|| quote!(impl #runtime::StreamAction for #marker {}));
    quote!(#binary #streamed)
}

/// Whether calls carry bytes beside the parameters.
fn takes_bytes(action: &Action) -> bool {
    action.body == BodyFormat::OctetStream
}

/// Whether the answer comes as a stream of events.
fn is_streamed(action: &Action) -> bool {
    action.answer == AnswerFormat::EventStream
}

fn names(action: &Action, options: &Options) -> (Ident, Ident, Ident) {
    (
        options.ident(&action.name),
        options.ident(&format!("{}Request", action.name)),
        options.ident(&format!("{}Response", action.name)),
    )
}

fn meta(action: &Action, service: &Service, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let name = &action.name;
    let of_service = if let Some(base) = &options.base { quote!(&#base::SERVICE) } else { quote!(&SERVICE) };
    let doc_page = action.doc_page.and_then(|page| u32::try_from(page).ok()).unwrap_or(0);
    let rate_limit = action.rate_limit.unwrap_or(0);
    let (idempotent, unsigned) = (action.idempotent, action.unsigned);
    let own = action.errors.iter().filter(|own| service.errors.iter().all(|shared| shared.code != own.code));
    let codes = own.map(|error| &error.code);
    let binary = takes_bytes(action).then(|| quote!(.with_binary_body()));
    let streamed = is_streamed(action).then(|| quote!(.with_event_stream()));
    let parts = (action.body == BodyFormat::Multipart).then(|| quote!(.with_multipart_body()));
    quote! {
        #runtime::ActionMeta::new(
            #name, #of_service, #doc_page, #rate_limit, #idempotent, #unsigned, &[#(#codes),*],
        )#binary #parts #streamed
    }
}

/// The methods of some actions as the client's own: inside the runtime crate.
pub(super) fn inherent_methods(actions: &[&Action], service: &Service, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let methods = actions.iter().map(|action| {
        let (attributes, signature, body) = method(action, service, options);
        let words = docs::search_words(action);
        let wait = paging::wait_method(action, options)
            .map(|(attributes, signature, body)| quote!(#attributes pub #signature { #body }));
        quote!(#attributes #[doc(alias(#(#words),*))] pub #signature { #body } #wait)
    });
    let doc = docs::methods(actions, service);
    let blocking = blocking_methods(actions, options);
    quote! {
        #[doc = #doc]
        impl #runtime::Client { #(#methods)* }
        #runtime::__blocking! { impl; #blocking }
    }
}

/// What the runtime needs to write methods that wait: names, because only the runtime knows whether they
/// are wanted.
fn blocking_methods(actions: &[&Action], options: &Options) -> TokenStream {
    // Of the others, `send` and `iterate` make the calls of the async client.
    let plain = actions.iter().filter(|action| !takes_bytes(action) && !is_streamed(action));
    let methods = plain.map(|action| {
        let (marker, request, _) = names(action, options);
        let name = ident(&naming::method_ident(&action.name), marker.span());
        let note = action.deprecated.as_ref().map(|note| quote!(#[deprecated = #note]));
        let wait = paging::waiting(action, options).map(|paging::Waiting { name, id, ty, request }| {
            quote!(#note #name(#id: #ty) #marker = #request, wait;)
        });
        quote!(#note #name(request: #request) #marker = request; #wait)
    });
    methods.collect()
}

/// The methods of all actions anywhere else. Those of a service stand in a client of its own, where no name can clash
/// with one of VOD's; and in a trait, for callers whose names do not.
pub(super) fn user_methods(service: &Service, options: &Options) -> TokenStream {
    if service.actions.is_empty() {
        return TokenStream::new();
    }
    let calls = trait_methods(service, options);
    let client = options.base.is_none().then(|| service_client(service, options));
    quote!(#client #calls)
}

fn service_client(service: &Service, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let name = Ident::new(&naming::client_name(&service.name), Span::mixed_site());
    let blocking_name = Ident::new(&naming::blocking_client_name(&service.name), Span::mixed_site());
    let methods = service.actions.iter().map(|action| {
        let (attributes, signature, _) = method(action, service, options);
        let wait = paging::wait_method(action, options).map(|(attributes, signature, _)| {
            let request = paging::waiting(action, options).map(|waiting| waiting.request);
            quote!(#attributes #[inline] pub #signature { self.client.call(#request).wait() })
        });
        let call = call(action, &quote!(self.client));
        quote!(#attributes #[inline] pub #signature { #call } #wait)
    });
    let doc = format!(
        "The actions of `{}` {} as methods, by a client that it shares settings and connections with.",
        service.name, service.version
    );
    let actions: Vec<&Action> = service.actions.iter().collect();
    let blocking = blocking_methods(&actions, options);
    quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        pub struct #name { client: #runtime::Client }
        #[allow(deprecated)]
        impl #name {
            /// Calls the service by this client; clones of it are cheap.
            #[must_use]
            pub fn new(client: &#runtime::Client) -> Self {
                Self { client: ::core::clone::Clone::clone(client) }
            }
            #(#methods)*
        }
        #runtime::__blocking! { client #blocking_name #name; #blocking }
    }
}

/// The methods of all actions by a trait.
fn trait_methods(service: &Service, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let parts: Vec<_> = service
        .actions
        .iter()
        .flat_map(|action| {
            std::iter::once(method(action, service, options)).chain(paging::wait_method(action, options))
        })
        .collect();
    let declared = parts.iter().map(|(attributes, signature, _)| quote!(#attributes #signature;));
    let defined = parts.iter().map(|(_, signature, body)| quote!(#[inline] #signature { #body }));
    let stem = methods_stem(service, options);
    let [name, blocking_name] =
        ["", "Blocking"].map(|kind| Ident::new(&format!("{stem}{kind}Calls"), Span::mixed_site()));
    let better = match options.base {
        None => format!("A method of the client that has the same name comes first; [`{}`] has no others.", naming::client_name(&service.name)),
        Some(_) => "A method of the client that has the same name comes first; `client.call(request)` knows no names.".to_owned(),
    };
    let doc =
        format!("The actions of `{stem}` as methods of the client, where the trait is in scope. {better}");
    let actions: Vec<&Action> = service.actions.iter().collect();
    let blocking = blocking_methods(&actions, options);
    quote! {
        #[doc = #doc]
        pub trait #name { #(#declared)* }
        impl #name for #runtime::Client { #(#defined)* }
        #runtime::__blocking! { trait #blocking_name #name; #blocking }
    }
}

/// `CvmCalls` for a service, `MyActionCalls` for a single action; with a blocking client `CvmBlockingCalls` and
/// `MyActionBlockingCalls`, too.
fn methods_stem(service: &Service, options: &Options) -> String {
    match (&options.base, service.actions.first()) {
        (Some(_), Some(action)) => action.name.clone(),
        _ => naming::variant_ident(&service.name),
    }
}

fn method(action: &Action, service: &Service, options: &Options) -> (TokenStream, TokenStream, TokenStream) {
    let runtime = &options.runtime;
    let (marker, request, _) = names(action, options);
    let name = ident(&naming::method_ident(&action.name), marker.span());
    let doc = docs::method(action, service, options.home);
    let deprecated = action.deprecated.as_ref().map(|note| quote!(#[deprecated = #note]));
    let private = options.private();
    let body = takes_bytes(action).then(|| quote!(, body: impl ::core::convert::Into<#private::Bytes>));
    let result = ident(if is_streamed(action) { "ResponseStream" } else { "Call" }, Span::mixed_site());
    (
        quote!(#[doc = #doc] #deprecated),
        quote!(fn #name(&self, request: #request #body) -> #runtime::#result<#marker>),
        call(action, &quote!(self)),
    )
}

/// The call that a method prepares.
fn call(action: &Action, client: &TokenStream) -> TokenStream {
    let body = takes_bytes(action).then(|| quote!(.body(body)));
    let stream = is_streamed(action).then(|| quote!(.stream()));
    quote!(#client.call(request)#body #stream)
}
