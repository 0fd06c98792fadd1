//! Each example of a spec file as a test: what it says goes through the generated types and comes out unchanged.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use vod_spec::model::{Action, Example, Service};
use vod_spec::naming;

use super::{Options, example, ident};

/// A test module for the runtime crate; users' crates need none, since the checks are the runtime's own.
pub(super) fn module(actions: &[&Action], service: &Service, options: &Options) -> TokenStream {
    let private = &options.private();
    let tests = actions.iter().flat_map(|action| {
        action.examples.iter().enumerate().map(move |(i, example)| test(action, example, i, service, private))
    });
    quote! {
        #[cfg(test)]
        #[allow(deprecated)]
        mod spec_examples {
            use super::*;
            #(#tests)*
        }
    }
}

fn test(
    action: &Action,
    example: &Example,
    index: usize,
    service: &Service,
    private: &TokenStream,
) -> TokenStream {
    let name = format_ident!("{}_{}", naming::snake_case(&action.name), index + 1);
    let request = ident(&format!("{}Request", action.name), Span::mixed_site());
    let request_json = example.request.to_string();
    let built = example::request(action, example, service);
    let responses = example.responses().map(|response| {
        let ty = ident(&format!("{}Response", action.name), Span::mixed_site());
        let json = response.to_string();
        quote!(#private::assert_example::<#ty>(#json);)
    });
    quote! {
        #[test]
        fn #name() {
            let request = #private::assert_example::<#request>(#request_json);
            assert_eq!(#built, request, "the example builds through constructor and setters");
            #(#responses)*
        }
    }
}
