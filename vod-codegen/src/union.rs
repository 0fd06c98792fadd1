//! Types that carry one of several members: a borrowed enumeration of them, told by the tag.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use vod_spec::model::{Element, Field, Record, Union};
use vod_spec::naming;

use super::{Options, docs, field, ident};

/// `EventPayload<'_>` and `EventContent::payload`.
pub(super) fn payload(record: &Record, union: &Union, options: &Options) -> TokenStream {
    let private = options.private();
    let owner = ident(&record.name, Span::mixed_site());
    let name = ident(&union.name, Span::mixed_site());
    let members: Vec<(&Field, &str)> =
        record.fields.iter().filter_map(|field| Some((field, field.tag.as_deref()?))).collect();
    let variants: Vec<_> =
        members.iter().map(|(_, tag)| ident(&naming::variant_ident(tag), Span::mixed_site())).collect();
    let docs = members.iter().map(|(field, tag)| docs::payload(field, tag));
    let types = members.iter().map(|(field, _)| {
        let Element::Record(name) = &field.ty.element else { return quote!(&'a #private::Value) };
        let name = ident(name, Span::mixed_site());
        quote!(&'a #name)
    });
    let tags = members.iter().map(|(_, tag)| tag);
    let places: Vec<TokenStream> = members
        .iter()
        .map(|(member, _)| {
            let name = field::name(member);
            if matches!(member.ty.element, Element::Record(_)) {
                quote!(self.#name.as_deref())
            } else {
                quote!(self.#name.as_ref())
            }
        })
        .collect();
    let tag = record.fields.iter().find(|field| field.name == union.tag).map(|tag| {
        let name = field::name(tag);
        if matches!(tag.ty.element, Element::Enum(_)) {
            quote!(self.#name.as_str())
        } else {
            quote!(&*self.#name)
        }
    });
    let doc = format!("The payload of [`{}`], selected by its `{}`.", record.name, union.tag);
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
                let tag: &str = #tag;
                let told = match tag {
                    #(#tags => ::core::option::Option::map(#places, #name::#variants),)*
                    _ => ::core::option::Option::None,
                };
                if let ::core::option::Option::Some(payload) = told {
                    return payload;
                }
                #(if let ::core::option::Option::Some(payload) = #places {
                    return #name::#variants(payload);
                })*
                #name::Unknown { tag, members: &self.unknown_members }
            }
        }
    }
}
