//! Open enumerations: every listed value has a variant, every other text survives in `Unknown`.

use std::collections::BTreeMap;

use proc_macro2::{Span, TokenStream};
use quote::quote;
use vod_spec::model::{Enum, EnumValue, Position, Service};
use vod_spec::naming;

use super::{Options, docs, ident};

/// The type with its conversions from and to text.
pub(super) fn open_enum(item: &Enum, options: &Options) -> TokenStream {
    let private = options.private();
    let runtime = &options.runtime;
    let name = ident(&item.name, Span::mixed_site());
    let doc = &item.doc;
    let variants: Vec<_> =
        item.values.iter().map(|value| ident(&value.variant, Span::mixed_site())).collect();
    let texts: Vec<&str> = item.values.iter().map(|value| value.value.as_str()).collect();
    let docs = item.values.iter().map(docs::enum_value);
    quote! {
        #[doc = #doc]
        #[derive(::core::clone::Clone, ::core::cmp::PartialEq, ::core::cmp::Eq, ::core::hash::Hash)]
        #[non_exhaustive]
        pub enum #name {
            #(#[doc = #docs] #variants,)*
            /// A value that this version does not list.
            Unknown(#runtime::UnknownValue),
        }
        impl #name {
            /// The value as it goes on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #texts,)*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }
        impl ::core::convert::From<&str> for #name {
            fn from(text: &str) -> Self {
                match text {
                    #(#texts => Self::#variants,)*
                    _ => Self::Unknown(#runtime::UnknownValue::new(text)),
                }
            }
        }
        impl ::core::convert::From<::std::string::String> for #name {
            fn from(text: ::std::string::String) -> Self {
                <Self as ::core::convert::From<&str>>::from(&text)
            }
        }
        impl ::core::default::Default for #name {
            fn default() -> Self {
                <Self as ::core::convert::From<&str>>::from("")
            }
        }
        impl ::core::fmt::Display for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.pad(self.as_str())
            }
        }
        impl ::core::fmt::Debug for #name {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Debug::fmt(self.as_str(), f)
            }
        }
        impl #private::Text for #name {
            #[inline]
            fn as_text(&self) -> &str {
                self.as_str()
            }
            #[inline]
            fn set_text(&mut self, text: &str) {
                *self = <Self as ::core::convert::From<&str>>::from(text);
            }
        }
        impl #private::Member for #name {
            type Kind = #private::TextKind;
        }
        impl #private::Serialize for #name {
            #[inline]
            fn serialize<S: #private::Serializer>(&self, serializer: S) -> ::core::result::Result<S::Ok, S::Error> {
                #private::serialize_text(self, serializer)
            }
        }
        impl<'de> #private::Deserialize<'de> for #name {
            #[inline]
            fn deserialize<D: #private::Deserializer<'de>>(deserializer: D) -> ::core::result::Result<Self, D::Error> {
                #private::deserialize_text(deserializer)
            }
        }
    }
}

/// `ErrorCode`: every code that the service or one of its actions lists.
pub(super) fn error_codes(service: &Service, options: &Options) -> TokenStream {
    let mut codes: BTreeMap<&str, &str> = BTreeMap::new();
    let of_actions = service.actions.iter().flat_map(|action| &action.errors);
    // The service's own words for a code come last and win: they hold for every action.
    for code in of_actions.chain(&service.errors) {
        codes.insert(&code.code, &code.doc);
    }
    let variants = naming::variant_idents(codes.keys().copied());
    let values = codes.into_iter().zip(variants);
    let values = values
        .map(|((code, doc), variant)| EnumValue {
            value: code.to_owned(),
            variant,
            doc: doc.to_owned(),
            at: Position::default(),
        })
        .collect();
    let doc = docs::error_codes(service, options.home);
    open_enum(&Enum { name: "ErrorCode".to_owned(), doc, values, at: Position::default() }, options)
}
