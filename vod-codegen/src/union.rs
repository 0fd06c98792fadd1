//! Types and responses that carry one of several members: a borrowed enumeration of them, told by the tag.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;
use vod_spec::model::{Element, Field, Union};
use vod_spec::naming;

use super::{Options, docs, field, ident};

/// `EventPayload<'_>` and `EventContent::payload`.
pub(super) fn payload(owner: &Ident, fields: &[Field], union: &Union, options: &Options) -> TokenStream {
    let private = options.private();
    let name = ident(&union.name, Span::mixed_site());
    let members: Vec<(usize, &Field, &str)> = tagged(fields).collect();
    let variants: Vec<_> =
        members.iter().map(|(_, _, tag)| ident(&naming::variant_ident(tag), Span::mixed_site())).collect();
    let docs = members.iter().map(|(_, field, tag)| docs::payload(field, tag));
    let types = members.iter().map(|(_, field, _)| {
        let Element::Record(name) = &field.ty.element else { return quote!(&'a #private::Value) };
        let name = ident(name, Span::mixed_site());
        quote!(&'a #name)
    });
    let indexes = members.iter().map(|(index, _, _)| index);
    let places = members.iter().map(|(_, member, _)| {
        let name = field::name(member);
        if matches!(member.ty.element, Element::Record(_)) {
            quote!(self.#name.as_deref())
        } else {
            quote!(self.#name.as_ref())
        }
    });
    let tag = fields.iter().find(|field| field.name == union.tag).map(|tag| {
        let name = field::name(tag);
        if matches!(tag.ty.element, Element::Enum(_)) {
            quote!(self.#name.as_str())
        } else {
            quote!(&*self.#name)
        }
    });
    let doc = format!("The payload of [`{owner}`], selected by its `{}`.", union.tag);
    let method_doc = format!(
        "What it carries, by `{}`. If that names none of the members that are there, the first one that is there \
         counts, and without any it is [`{}::Unknown`].",
        union.tag, union.name
    );
    quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::marker::Copy, ::core::fmt::Debug, ::core::cmp::PartialEq)]
        #[non_exhaustive]
        pub enum #name<'a> {
            #(#[doc = #docs] #variants(#types),)*
            /// None of the above: the tag and the members that this version does not know, as they came.
            Unknown {
                /// The tag.
                tag: &'a str,
                /// The unknown members.
                members: &'a #private::Map<::std::string::String, #private::Value>,
            },
        }
        impl #owner {
            #[doc = #method_doc]
            #[must_use]
            pub fn payload(&self) -> #name<'_> {
                let payload = match #private::carried_member(self) {
                    #(::core::option::Option::Some(#indexes) => {
                        ::core::option::Option::map(#places, #name::#variants)
                    })*
                    _ => ::core::option::Option::None,
                };
                payload.unwrap_or_else(|| #name::Unknown { tag: #tag, members: &self.unknown_members })
            }
        }
    }
}

/// The method of `Record` that tells the walks of the members and their tags.
pub(super) fn meta(fields: &[Field], union: &Union, options: &Options) -> TokenStream {
    let private = options.private();
    let tag = fields.iter().position(|field| field.name == union.tag);
    let members = tagged(fields).map(|(index, _, tag)| quote!((#index, #tag)));
    quote! {
        #[inline]
        fn union(&self) -> ::core::option::Option<&'static #private::UnionMeta> {
            ::core::option::Option::Some(&#private::UnionMeta { tag: #tag, members: &[#(#members),*] })
        }
    }
}

/// The members with a tag, and their places.
fn tagged(fields: &[Field]) -> impl Iterator<Item = (usize, &Field, &str)> {
    fields.iter().enumerate().filter_map(|(index, field)| Some((index, field, field.tag.as_deref()?)))
}
