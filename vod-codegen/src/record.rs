//! Requests, responses and shared types: a struct, its constructor and setters, and its view as a record.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use vod_spec::model::{Bounds, Element, Field, Limits, Number, Record, Union};

use super::{Options, docs, field, union};

/// What a struct is made of.
pub(super) struct Shape<'a> {
    pub(super) name: Ident,
    pub(super) doc: String,
    pub(super) fields: &'a [Field],
    pub(super) role: Role,
    /// Keeps members that the spec does not know.
    pub(super) keeps_unknown: bool,
    /// Has a method `payload`.
    pub(super) union: Option<&'a Union>,
}

/// Who makes values of a struct.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Callers, so that it needs a constructor and setters.
    Sent,
    /// The service, as a part of a response.
    Received,
    /// The service: a response, which has a `request_id` that no spec file declares.
    Response,
}

/// A type that requests and responses share.
pub(super) fn shared_type(record: &Record, sent: bool, options: &Options) -> TokenStream {
    structure(
        &Shape {
            name: super::ident(&record.name, proc_macro2::Span::mixed_site()),
            doc: docs::record(record),
            fields: &record.fields,
            role: if sent { Role::Sent } else { Role::Received },
            keeps_unknown: record.keeps_unknown,
            union: record.union.as_ref(),
        },
        options,
    )
}

/// The struct with everything that belongs to it.
pub(super) fn structure(shape: &Shape<'_>, options: &Options) -> TokenStream {
    let private = options.private();
    let Shape { name, doc, .. } = shape;
    let members = shape.fields.iter().map(|field| {
        let (name, doc, ty) = (field::name(field), docs::field(field), field::stored_type(field, options));
        quote!(#[doc = #doc] pub #name: #ty)
    });
    let request_id = (shape.role == Role::Response).then(|| {
        quote! {
            /// The id of the call, which the service asks for when something has to be looked into.
            pub request_id: ::std::string::String,
        }
    });
    let unknown = shape.keeps_unknown.then(|| {
        quote! {
            /// Members that this version of the specs does not know, as the service sent them.
            pub unknown_members: #private::Map<::std::string::String, #private::Value>,
        }
    });
    let constructors =
        if shape.role == Role::Sent { constructors(shape, options) } else { test_setters(shape, options) };
    let view = view(shape, options);
    let payload = shape.union.map(|union| union::payload(name, shape.fields, union, options));
    quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::default::Default)]
        #[non_exhaustive]
        pub struct #name { #(#members,)* #request_id #unknown }
        #constructors
        #view
        impl #private::Member for #name {
            type Kind = #private::ObjectKind;
        }
        impl ::core::cmp::PartialEq for #name {
            #[inline]
            fn eq(&self, other: &Self) -> bool {
                #private::same_record(self, other)
            }
        }
        impl ::core::fmt::Debug for #name {
            #[inline]
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                #private::debug_record(self, f)
            }
        }
        impl #private::Serialize for #name {
            #[inline]
            fn serialize<S: #private::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                #private::serialize_record(self, serializer)
            }
        }
        impl<'de> #private::Deserialize<'de> for #name {
            #[inline]
            fn deserialize<D: #private::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                #private::deserialize_new(deserializer)
            }
        }
        #payload
    }
}

/// `new(required…)` and one setter for each field that may be left out.
fn constructors(shape: &Shape<'_>, options: &Options) -> TokenStream {
    let name = &shape.name;
    let (required, optional): (Vec<&Field>, Vec<&Field>) =
        shape.fields.iter().partition(|field| field.required);
    let parameters = required.iter().map(|field| {
        let (name, ty) = (field::name(field), field::argument_type(field, options));
        quote!(#name: #ty)
    });
    let values = required.iter().map(|field| {
        let name = field::name(field);
        let value = field::stored_value(field, &name, options);
        quote!(#name: #value)
    });
    let rest = (required.len() < shape.fields.len() || shape.keeps_unknown)
        .then(|| quote!(..<Self as ::core::default::Default>::default()));
    let doc = docs::constructor(shape.fields);
    let setters = optional.iter().map(|field| setter(field, &setter_name(field, shape), options));
    quote! {
        impl #name {
            #[doc = #doc]
            #[inline]
            #[must_use]
            pub fn new(#(#parameters),*) -> Self {
                Self { #(#values,)* #rest }
            }
            #(#setters)*
        }
    }
}

/// One setter for each field of a type that only the service makes, for tests.
fn test_setters(shape: &Shape<'_>, options: &Options) -> TokenStream {
    let name = &shape.name;
    let request_id = (shape.role == Role::Response).then(|| {
        quote! {
            /// Sets the request id.
            #[inline]
            #[must_use]
            pub fn request_id(mut self, request_id: impl ::core::convert::Into<::std::string::String>) -> Self {
                self.request_id = ::core::convert::Into::into(request_id);
                self
            }
        }
    });
    let setters = shape.fields.iter().map(|field| setter(field, &setter_name(field, shape), options));
    quote! {
        impl #name {
            #request_id
            #(#setters)*
        }
    }
}

/// The setter's name in this type: `payload` is the method of a union.
fn setter_name(field: &Field, shape: &Shape<'_>) -> Ident {
    let name = field::setter_name(field);
    if shape.union.is_some() && name == "payload" { Ident::new("payload_", name.span()) } else { name }
}

fn setter(field: &Field, method: &Ident, options: &Options) -> TokenStream {
    let (name, ty) = (field::name(field), field::argument_type(field, options));
    let value = field::stored_value(field, &name, options);
    let doc = docs::setter(field);
    let deprecated = field.deprecated.as_ref().map(|note| quote!(#[deprecated = #note]));
    quote! {
        #[doc = #doc]
        #deprecated
        #[inline]
        #[must_use]
        pub fn #method(mut self, #name: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// `impl Record`: the two matches and the metadata that every walk works on.
fn view(shape: &Shape<'_>, options: &Options) -> TokenStream {
    let private = options.private();
    let name = &shape.name;
    let meta = meta(shape, options);
    let mut get: Vec<TokenStream> =
        shape.fields.iter().map(|field| field::reference(field, options)).collect();
    let mut get_mut: Vec<TokenStream> =
        shape.fields.iter().map(|field| field::reference_mut(field, options)).collect();
    if shape.role == Role::Response {
        get.push(quote!(#private::FieldRef::String(&self.request_id)));
        get_mut.push(quote!(#private::FieldMut::String(&mut self.request_id)));
    }
    let (get, get_mut) = (
        matched(&get, &quote!(#private::FieldRef::None)),
        matched(&get_mut, &quote!(#private::FieldMut::None)),
    );
    let unknown = shape.keeps_unknown.then(|| {
        quote! {
            #[inline]
            fn unknown(&self) -> ::core::option::Option<&#private::Map<::std::string::String, #private::Value>> {
                ::core::option::Option::Some(&self.unknown_members)
            }
            #[inline]
            fn unknown_mut(
                &mut self,
            ) -> ::core::option::Option<&mut #private::Map<::std::string::String, #private::Value>> {
                ::core::option::Option::Some(&mut self.unknown_members)
            }
        }
    });
    let union = shape.union.map(|union| union::meta(shape.fields, union, options));
    quote! {
        impl #private::Record for #name {
            #[inline]
            fn meta(&self) -> &'static #private::RecordMeta {
                &#meta
            }
            #[inline]
            fn get(&self, index: usize) -> #private::FieldRef<'_> {
                #get
            }
            #[inline]
            fn get_mut(&mut self, index: usize) -> #private::FieldMut<'_> {
                #get_mut
            }
            #unknown
            #union
        }
    }
}

/// A match from index to expression; without fields there is nothing to match.
fn matched(arms: &[TokenStream], otherwise: &TokenStream) -> TokenStream {
    if arms.is_empty() {
        return quote!({ let _ = index; #otherwise });
    }
    let indexes = 0..arms.len();
    quote! {
        match index {
            #(#indexes => #arms,)*
            _ => #otherwise,
        }
    }
}

fn meta(shape: &Shape<'_>, options: &Options) -> TokenStream {
    let private = options.private();
    let name = shape.name.to_string();
    let mut names: Vec<&str> = shape.fields.iter().map(|field| field.name.as_str()).collect();
    let mut required = indexes(shape.fields, |field| field.required);
    if shape.role == Role::Response {
        required.push(names.len());
        names.push("RequestId");
    }
    let mut rust_names: Vec<&str> =
        shape.fields.iter().map(|field| field.rust_name.trim_start_matches("r#")).collect();
    if shape.role == Role::Response {
        rust_names.push("request_id");
    }
    let sensitive = indexes(shape.fields, |field| field.sensitive);
    let limits = shape.fields.iter().enumerate().flat_map(|(i, field)| {
        limits(&field.limits, &field.ty.element, &private)
            .into_iter()
            .chain(time(shape, &field.ty.element, &private))
            .map(move |limit| quote!((#i, #limit)))
    });
    quote! {
        #private::RecordMeta {
            name: #name,
            fields: &[#(#names),*],
            rust_names: &[#(#rust_names),*],
            required: &[#(#required),*],
            sensitive: &[#(#sensitive),*],
            limits: &[#(#limits),*],
        }
    }
}

/// What callers set must be a time; what comes from the service is kept as it is.
fn time(shape: &Shape<'_>, element: &Element, private: &TokenStream) -> Option<TokenStream> {
    match element {
        Element::Timestamp if (shape.role == Role::Sent) => Some(quote!(#private::Limit::Timestamp)),
        Element::Date if (shape.role == Role::Sent) => Some(quote!(#private::Limit::Date)),
        _ => None,
    }
}

fn indexes(fields: &[Field], wanted: impl Fn(&Field) -> bool) -> Vec<usize> {
    fields.iter().enumerate().filter(|(_, field)| wanted(field)).map(|(i, _)| i).collect()
}

fn limits(limits: &Limits, element: &Element, private: &TokenStream) -> Vec<TokenStream> {
    let mut out = Vec::new();
    if let Some(Bounds { min, max }) = limits.items {
        let (min, max) = (min.unwrap_or(0), max.unwrap_or(u64::MAX));
        out.push(quote!(#private::Limit::Items(#min, #max)));
    }
    if let Some(Bounds { min, max }) = limits.length {
        let (min, max) = (min.unwrap_or(0), max.unwrap_or(u64::MAX));
        out.push(quote!(#private::Limit::Length(#min, #max)));
    }
    if let Some(Bounds { min, max }) = limits.range {
        out.push(if matches!(element, Element::Float) {
            let (min, max) = (min.map_or(f64::MIN, float), max.map_or(f64::MAX, float));
            quote!(#private::Limit::Float(#min, #max))
        } else {
            let (min, max) = (min.map_or(i128::MIN, int), max.map_or(i128::MAX, int));
            quote!(#private::Limit::Int(#min, #max))
        });
    }
    if let Some(pattern) = &limits.pattern {
        out.push(quote!(#private::Limit::Pattern(#pattern)));
    }
    out
}

fn int(number: Number) -> i128 {
    match number {
        Number::Int(v) => v.into(),
        #[allow(clippy::cast_possible_truncation)] // the checker lets no fraction stand at a whole number
        Number::Float(v) => v as i128,
    }
}

fn float(number: Number) -> f64 {
    match number {
        #[allow(clippy::cast_precision_loss)] // a bound beyond 2^53 is none that matters to a float
        Number::Int(v) => v as f64,
        Number::Float(v) => v,
    }
}
