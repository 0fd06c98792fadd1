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

const SERVICE_FORM: &str =
    "write `service!(\"specs/my-service\")`, or `service!(\"specs/my-service\", only = [MyAction])`";
const ACTION_FORM: &str = "write `action!(\"specs/MyAction.toml\", in = vod_api::vod)`";

impl Parse for ServiceArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = runtime(input)?;
        // Between the runtime and the path, and by the runtime's own calls alone.
        let inherent = input.peek(syn::Ident) && input.peek2(Token![;]);
        if inherent {
            keyword(input, "inherent", SERVICE_FORM)?;
            input.parse::<Token![;]>()?;
        }
        let path = path(input, "the directory of the service's spec files", SERVICE_FORM)?;
        let mut only = None;
        if comma(input, SERVICE_FORM)? {
            keyword(input, "only", SERVICE_FORM)?;
            only = Some(names(input)?);
            input.parse::<Option<Token![,]>>()?;
        }
        end(input, SERVICE_FORM)?;
        Ok(Self { runtime, inherent, path, only })
    }
}

impl Parse for ActionArguments {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let runtime = runtime(input)?;
        let path = path(input, "the spec file of the action", ACTION_FORM)?;
        let missing = "`in` is missing, the module of the service that the action belongs to";
        if !comma(input, ACTION_FORM)? {
            return Err(syn::Error::new(path.span(), format!("{missing}; {ACTION_FORM}")));
        }
        if !input.peek(Token![in]) {
            return Err(input.error(format!("{missing}; {ACTION_FORM}")));
        }
        input.parse::<Token![in]>()?;
        let service = input
            .parse::<Token![=]>()
            .and_then(|_| input.call(syn::Path::parse_mod_style))
            .map_err(|error| syn::Error::new(error.span(), format!("`in` names no module; {ACTION_FORM}")))?;
        input.parse::<Option<Token![,]>>()?;
        end(input, ACTION_FORM)?;
        Ok(Self { runtime, path, service })
    }
}

/// The path, which must be known when the macro is expanded: other macros, such as `concat!`, are not by then.
fn path(input: ParseStream<'_>, what: &str, form: &str) -> syn::Result<LitStr> {
    let instead =
        format!("the path to {what} must be a text in quotes, relative to Cargo.toml or absolute; {form}");
    if input.is_empty() {
        return Err(input.error(instead));
    }
    input.parse().map_err(|error: syn::Error| syn::Error::new(error.span(), instead))
}

/// Whether something follows, after a comma.
fn comma(input: ParseStream<'_>, form: &str) -> syn::Result<bool> {
    if input.is_empty() {
        return Ok(false);
    }
    input
        .parse::<Token![,]>()
        .map_err(|error| syn::Error::new(error.span(), format!("a comma is missing; {form}")))?;
    Ok(!input.is_empty())
}

/// `= [PullEvents, ConfirmEvents]`
fn names(input: ParseStream<'_>) -> syn::Result<Vec<Ident>> {
    let form =
        |span, what: &str| syn::Error::new(span, format!("{what}; write `only = [MyAction, OtherAction]`"));
    input.parse::<Token![=]>().map_err(|error| form(error.span(), "`only` has no list"))?;
    if !input.peek(syn::token::Bracket) {
        return Err(form(input.span(), "the names of actions stand in brackets"));
    }
    let names;
    let bracket = bracketed!(names in input);
    let names = Punctuated::<TokenTree, Token![,]>::parse_terminated(&names)?;
    if names.is_empty() {
        return Err(form(bracket.span.join(), "the list of `only` is empty"));
    }
    names
        .into_iter()
        .map(|name| match name {
            TokenTree::Ident(name) => Ok(name),
            other => Err(form(other.span(), "the names of actions stand without quotes")),
        })
        .collect()
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

fn keyword(input: ParseStream<'_>, expected: &str, form: &str) -> syn::Result<()> {
    let found: TokenTree = input.parse()?;
    if found.to_string() == expected {
        return Ok(());
    }
    Err(syn::Error::new(found.span(), format!("`{found}` is no argument; {form}")))
}

fn end(input: ParseStream<'_>, form: &str) -> syn::Result<()> {
    if input.is_empty() { Ok(()) } else { Err(input.error(format!("nothing more is expected here; {form}"))) }
}

#[cfg(test)]
mod tests {
    use super::{ActionArguments, ServiceArguments};

    fn service(arguments: &str) -> String {
        let text = format!("crate = ::vod_api; {arguments}");
        syn::parse_str::<ServiceArguments>(&text).map_or_else(|error| error.to_string(), |_| String::new())
    }

    fn action(arguments: &str) -> String {
        let text = format!("crate = ::vod_api; {arguments}");
        syn::parse_str::<ActionArguments>(&text).map_or_else(|error| error.to_string(), |_| String::new())
    }

    #[test]
    fn what_is_wrong_with_arguments_says_what_to_write() {
        for (arguments, fault) in [
            ("\"specs\"", ""),
            ("\"specs\",", ""),
            ("\"specs\", only = [A, B,],", ""),
            ("", "must be a text in quotes"),
            ("specs", "must be a text in quotes"),
            ("inherent", "must be a text in quotes"),
            ("concat!(\"a\", \"b\")", "must be a text in quotes"),
            ("env!(\"X\")", "must be a text in quotes"),
            ("\"specs\", only = [\"X\"]", "stand without quotes; write `only = [MyAction, OtherAction]`"),
            ("\"specs\", only = X", "stand in brackets"),
            ("\"specs\", only = []", "is empty"),
            ("\"specs\", only", "`only` has no list"),
            ("\"specs\", onyl = [X]", "`onyl` is no argument"),
            ("\"specs\" only = [X]", "a comma is missing"),
            ("\"specs\", only = [X], in = y", "nothing more is expected here"),
        ] {
            let told = service(arguments);
            assert!(told.contains(fault) && told.is_empty() == fault.is_empty(), "{arguments}: {told}");
            assert!(told.is_empty() || told.contains("write `"), "{told}");
            assert!(!told.contains("inherent"), "{told}");
        }
        for (arguments, fault) in [
            ("\"X.toml\", in = vod_api::vod", ""),
            ("\"X.toml\"", "`in` is missing"),
            ("\"X.toml\",", "`in` is missing"),
            ("\"X.toml\", only = [X]", "`in` is missing"),
            ("\"X.toml\", in vod", "`in` names no module"),
            ("\"X.toml\", in = \"vod\"", "`in` names no module"),
            ("X, in = vod", "must be a text in quotes"),
            ("\"X.toml\", in = vod, more", "nothing more is expected here"),
        ] {
            let told = action(arguments);
            assert!(told.contains(fault) && told.is_empty() == fault.is_empty(), "{arguments}: {told}");
            assert!(
                told.is_empty()
                    || told.contains("write `action!(\"specs/MyAction.toml\", in = vod_api::vod)`"),
                "{told}"
            );
        }
    }
}
