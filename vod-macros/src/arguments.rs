//! What stands between the parentheses.

use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{LitStr, Token, bracketed};

/// `crate = $crate; [inherent;] "api-specs/vod" [, only = [PullEvents, ConfirmEvents]]`
///
/// The part before the path is added by `vod_api`'s own macros.
pub(crate) struct ServiceArguments {
    /// The path of the runtime crate.
    pub(crate) runtime: TokenStream,
    /// Methods go into the client itself instead of into a trait: only inside the runtime crate.
    pub(crate) inherent: bool,
    /// The directory, relative to the crate's `Cargo.toml`.
    pub(crate) path: LitStr,
    /// The actions to generate; `None` is all.
    pub(crate) only: Option<Vec<Ident>>,
}

/// `crate = $crate; "specs/MyAction.toml", in = vod_api::vod`
pub(crate) struct ActionArguments {
    /// The path of the runtime crate.
    pub(crate) runtime: TokenStream,
    /// The file, relative to the crate's `Cargo.toml`.
    pub(crate) path: LitStr,
    /// The module of the service that the action belongs to.
    pub(crate) service: syn::Path,
}

impl Parse for ServiceArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = runtime(input)?;
        let inherent = input.peek(syn::Ident);
        if inherent {
            keyword(input, "inherent")?;
            input.parse::<Token![;]>()?;
        }
        let path = input.parse()?;
        let mut only = None;
        if input.parse::<Option<Token![,]>>()?.is_some() && !input.is_empty() {
            keyword(input, "only")?;
            input.parse::<Token![=]>()?;
            let names;
            bracketed!(names in input);
            only = Some(Punctuated::<Ident, Token![,]>::parse_terminated(&names)?.into_iter().collect());
            input.parse::<Option<Token![,]>>()?;
        }
        end(input)?;
        Ok(Self { runtime, inherent, path, only })
    }
}

impl Parse for ActionArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = runtime(input)?;
        let path = input.parse()?;
        input.parse::<Token![,]>()?;
        input.parse::<Token![in]>()?;
        input.parse::<Token![=]>()?;
        let service = input.call(syn::Path::parse_mod_style)?;
        input.parse::<Option<Token![,]>>()?;
        end(input)?;
        Ok(Self { runtime, path, service })
    }
}

/// `crate = …;` whatever the tokens are: `$crate` is no path that syn would parse.
fn runtime(input: ParseStream<'_>) -> syn::Result<TokenStream> {
    input.parse::<Token![crate]>()?;
    input.parse::<Token![=]>()?;
    let mut path = TokenStream::new();
    while !input.peek(Token![;]) {
        path.extend([input.parse::<TokenTree>()?]);
    }
    input.parse::<Token![;]>()?;
    Ok(path)
}

fn keyword(input: ParseStream<'_>, expected: &str) -> syn::Result<()> {
    let found: Ident = input.parse()?;
    if found == expected {
        Ok(())
    } else {
        Err(syn::Error::new(found.span(), format!("unknown argument `{found}`; write `{expected}`")))
    }
}

fn end(input: ParseStream<'_>) -> syn::Result<()> {
    if input.is_empty() {
        return Ok(());
    }
    Err(input.error("nothing more is expected here"))
}
