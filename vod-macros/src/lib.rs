//! The macros behind `vod_api::service!` and `vod_api::action!`.
//!
//! Use them through `vod-api`, which passes its own path in, so that it may have any name in your
//! `Cargo.toml`. This crate is thin: `arguments` reads what stands between the parentheses, `vod-spec` loads
//! and checks the files, and `vod-codegen` turns the model into tokens.

mod arguments;
mod expand;

use proc_macro::TokenStream;

/// Generates a service from its spec directory.
#[proc_macro]
pub fn service(input: TokenStream) -> TokenStream {
    expand::service(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}

/// Generates one action from its spec file, on top of a service that exists.
#[proc_macro]
pub fn action(input: TokenStream) -> TokenStream {
    expand::action(input.into()).unwrap_or_else(syn::Error::into_compile_error).into()
}
