//! How one field looks in a struct, a constructor, a setter and the record's two matches.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote};
use vod_spec::model::{Element, Field, Storage};

use super::{Options, ident};

/// The field's Rust name.
pub(super) fn name(field: &Field) -> Ident {
    ident(&field.rust_name, Span::mixed_site())
}

/// The setter's name: the field's, unless it would hide the constructor or what the traits of every type bring.
pub(super) fn setter_name(field: &Field) -> Ident {
    match field.rust_name.as_str() {
        taken @ ("new" | "default" | "clone") => format_ident!("{taken}_", span = Span::mixed_site()),
        _ => name(field),
    }
}

/// The type in the struct.
pub(super) fn stored_type(field: &Field, options: &Options) -> TokenStream {
    let element = element_type(&field.ty.element, options);
    match (field.storage(), &field.ty.element) {
        (Storage::Plain, _) => element,
        (Storage::List, _) => quote!(::std::vec::Vec<#element>),
        (Storage::Optional, Element::Record(_)) => {
            quote!(::core::option::Option<::std::boxed::Box<#element>>)
        }
        (Storage::Optional, Element::External(_)) => {
            let kind = kind(&element, options);
            quote!(<#kind>::Optional)
        }
        (Storage::Optional, _) => quote!(::core::option::Option<#element>),
    }
}

/// The type of a single value.
pub(super) fn element_type(element: &Element, options: &Options) -> TokenStream {
    let runtime = &options.runtime;
    let private = options.private();
    match element {
        Element::String => quote!(::std::string::String),
        Element::Int64 => quote!(i64),
        Element::Uint64 => quote!(u64),
        Element::Float => quote!(f64),
        Element::Bool => quote!(bool),
        Element::Timestamp => quote!(#runtime::Timestamp),
        Element::Date => quote!(#runtime::Date),
        Element::Json => quote!(#private::Value),
        Element::Binary => quote!(#runtime::Blob),
        Element::Record(name) | Element::Enum(name) => {
            let name = ident(name, Span::mixed_site());
            quote!(#name)
        }
        Element::External(name) => {
            let name = ident(name, Span::mixed_site());
            let base = &options.base;
            quote!(#base::#name)
        }
    }
}

/// `<T as Member>::Kind as Kind<T>`, for a name whose kind only the compiler knows.
fn kind(element: &TokenStream, options: &Options) -> TokenStream {
    let private = options.private();
    quote!(<#element as #private::Member>::Kind as #private::Kind<#element>)
}

/// The parameter's type in a constructor or a setter: whatever converts into the value.
pub(super) fn argument_type(field: &Field, options: &Options) -> TokenStream {
    let element = element_type(&field.ty.element, options);
    let converts = converts(&field.ty.element);
    match (field.ty.list, converts) {
        (true, true) => quote!(impl ::core::iter::IntoIterator<Item = impl ::core::convert::Into<#element>>),
        (true, false) => quote!(impl ::core::iter::IntoIterator<Item = #element>),
        (false, true) => quote!(impl ::core::convert::Into<#element>),
        (false, false) => element,
    }
}

/// Whether a text literal, say, should do for the value.
fn converts(element: &Element) -> bool {
    matches!(
        element,
        Element::String
            | Element::Timestamp
            | Element::Date
            | Element::Json
            | Element::Binary
            | Element::Enum(_)
            | Element::External(_)
    )
}

/// The argument as it is stored.
pub(super) fn stored_value(field: &Field, argument: &Ident, options: &Options) -> TokenStream {
    let converts = converts(&field.ty.element);
    if field.ty.list {
        let items = quote!(::core::iter::IntoIterator::into_iter(#argument));
        return if converts {
            quote!(::core::iter::Iterator::collect(::core::iter::Iterator::map(#items, ::core::convert::Into::into)))
        } else {
            quote!(::core::iter::Iterator::collect(#items))
        };
    }
    let value = if converts { quote!(::core::convert::Into::into(#argument)) } else { quote!(#argument) };
    match (field.storage(), &field.ty.element) {
        (Storage::Optional, Element::Record(_)) => {
            quote!(::core::option::Option::Some(::std::boxed::Box::new(#value)))
        }
        (Storage::Optional, external @ Element::External(_)) => {
            let kind = kind(&element_type(external, options), options);
            quote!(<#kind>::some(#value))
        }
        (Storage::Optional, _) => quote!(::core::option::Option::Some(#value)),
        _ => value,
    }
}

/// The arm of `Record::get`, without its index.
pub(super) fn reference(field: &Field, options: &Options) -> TokenStream {
    let name = name(field);
    access(field, &quote!(&self.#name), "FieldRef", "", options)
}

/// The arm of `Record::get_mut`, without its index.
pub(super) fn reference_mut(field: &Field, options: &Options) -> TokenStream {
    let name = name(field);
    access(field, &quote!(&mut self.#name), "FieldMut", "_mut", options)
}

fn access(field: &Field, place: &TokenStream, view: &str, suffix: &str, options: &Options) -> TokenStream {
    let private = options.private();
    if let external @ Element::External(_) = &field.ty.element {
        let kind = kind(&element_type(external, options), options);
        let method = match field.storage() {
            Storage::Plain => format_ident!("plain{suffix}"),
            Storage::Optional => format_ident!("optional{suffix}"),
            Storage::List => format_ident!("list{suffix}"),
        };
        return quote!(<#kind>::#method(#place));
    }
    if (view, field.storage()) == ("FieldRef", Storage::Optional)
        && matches!(field.ty.element, Element::Record(_))
    {
        // An absent object, as most are, is told from one that is there without a call through a table, and without
        // any other: a function that calls none is compiled only where it is used.
        let record = Ident::new("record", Span::mixed_site());
        return quote! {
            match #place {
                ::core::option::Option::Some(#record) => #private::FieldRef::Record(&**#record),
                ::core::option::Option::None => #private::FieldRef::None,
            }
        };
    }
    let view = format_ident!("{view}");
    let element = match &field.ty.element {
        Element::String => "String",
        Element::Int64 => "Int64",
        Element::Uint64 => "Uint64",
        Element::Float => "Float",
        Element::Bool => "Bool",
        Element::Timestamp | Element::Date | Element::Enum(_) => "Text",
        Element::Json => "Json",
        Element::Binary => "Blob",
        Element::Record(_) | Element::External(_) => "Record",
    };
    let variant = match field.storage() {
        Storage::Plain => format_ident!("{element}"),
        Storage::Optional => format_ident!("Opt{element}"),
        Storage::List => format_ident!("{element}s"),
    };
    quote!(#private::#view::#variant(#place))
}
