//! What lets a program go through a list page by page, and wait for something to end: field numbers, no logic.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use vod_spec::model::{Action, Field, PagePosition, Pagination, Wait, Window};

use super::{Options, docs, field, ident};

/// The traits that `[pagination]` and `[wait]` give the action's marker.
pub(super) fn items(action: &Action, marker: &Ident, options: &Options) -> TokenStream {
    let paginated = action.pagination.as_ref().and_then(|spec| paginated(action, spec, marker, options));
    let waitable = action.wait.as_ref().and_then(|spec| waitable(action, spec, marker, options));
    let windowed = action.pagination.as_ref().and_then(|spec| windowed(action, spec, marker, options));
    quote!(#paginated #windowed #waitable)
}

fn windowed(action: &Action, spec: &Pagination, marker: &Ident, options: &Options) -> Option<TokenStream> {
    let (runtime, private) = (&options.runtime, options.private());
    let Window { ceiling, range, start, end, id, set, .. } = spec.window.as_ref()?;
    let range = index(&action.request, range)?;
    let set = set.to_string();
    Some(quote! {
        impl #runtime::Windowed for #marker {
            const WINDOW: &'static #private::Window = &#private::Window {
                ceiling: #ceiling,
                range: #range,
                start: #start,
                end: #end,
                id: #id,
                set: #set,
            };
        }
    })
}

fn paginated(action: &Action, spec: &Pagination, marker: &Ident, options: &Options) -> Option<TokenStream> {
    let (runtime, private) = (&options.runtime, options.private());
    let number = |name: &String| index(&action.request, name);
    let by = match &spec.position {
        PagePosition::Offset(name) => {
            let index = number(name)?;
            quote!(Offset(#index))
        }
        PagePosition::Page(name) => {
            let index = number(name)?;
            quote!(Page(#index))
        }
        PagePosition::Token { request, response } => {
            let (request, response) = (number(request)?, index(&action.response, response)?);
            quote!(Token { request: #request, response: #response })
        }
    };
    let limit = optional(spec.limit.as_ref().and_then(number));
    let total = optional(spec.total.as_ref().and_then(|name| index(&action.response, name)));
    let more = optional(spec.more.as_ref().and_then(|name| index(&action.response, name)));
    let page_size = spec.page_size.unwrap_or(0);
    let items = index(&action.response, &spec.items)?;
    let list = &action.response[items];
    let (name, item) = (field::name(list), field::element_type(&list.ty.element, options));
    Some(quote! {
        impl #runtime::Paginated for #marker {
            type Item = #item;
            const PAGING: &'static #private::Paging = &#private::Paging {
                by: #private::PageBy::#by,
                limit: #limit,
                page_size: #page_size,
                items: #items,
                total: #total,
                more: #more,
            };
            #[inline]
            fn into_items(response: Self::Response) -> ::std::vec::Vec<Self::Item> {
                response.#name
            }
        }
    })
}

fn waitable(action: &Action, spec: &Wait, marker: &Ident, options: &Options) -> Option<TokenStream> {
    let (runtime, private) = (&options.runtime, options.private());
    let (id, status) = (index(&action.request, &spec.id)?, index(&action.response, &spec.status)?);
    let until = &spec.until;
    Some(quote! {
        impl #runtime::Waitable for #marker {
            const WAITING: &'static #private::Waiting =
                &#private::Waiting { id: #id, status: #status, until: &[#(#until),*] };
        }
    })
}

/// The method that waits: its attributes, its signature and its body.
pub(super) fn wait_method(
    action: &Action,
    options: &Options,
) -> Option<(TokenStream, TokenStream, TokenStream)> {
    let Waiting { name, id, ty, request } = waiting(action, options)?;
    let runtime = &options.runtime;
    let marker = options.ident(&action.name);
    let doc = docs::wait_method(action, action.wait.as_ref()?);
    let deprecated = action.deprecated.as_ref().map(|note| quote!(#[deprecated = #note]));
    Some((
        quote!(#[doc = #doc] #deprecated),
        quote!(fn #name(&self, #id: #ty) -> #runtime::Wait<#marker>),
        quote!(self.call(#request).wait()),
    ))
}

/// What the method that waits is called, what it takes, and the request that it makes of that.
pub(super) struct Waiting {
    pub(super) name: Ident,
    pub(super) id: Ident,
    pub(super) ty: TokenStream,
    pub(super) request: TokenStream,
}

pub(super) fn waiting(action: &Action, options: &Options) -> Option<Waiting> {
    let spec = action.wait.as_ref()?;
    let field = &action.request[index(&action.request, &spec.id)?];
    let request = options.ident(&format!("{}Request", action.name));
    let name = ident(&spec.method, options.ident(&action.name).span());
    let (id, ty) = (field::name(field), field::argument_type(field, options));
    let request = if field.required {
        quote!(<#request>::new(#id))
    } else {
        let setter = field::setter_name(field);
        quote!(<#request>::new().#setter(#id))
    };
    Some(Waiting { name, id, ty, request })
}

fn index(fields: &[Field], name: &str) -> Option<usize> {
    fields.iter().position(|field| field.name == name)
}

fn optional(index: Option<usize>) -> TokenStream {
    index.map_or_else(
        || quote!(::core::option::Option::None),
        |index| quote!(::core::option::Option::Some(#index)),
    )
}
