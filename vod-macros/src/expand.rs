//! From arguments to the expansion: find the files, load them, report what is wrong, generate what is sound.

use std::collections::{BTreeSet, HashMap};
use std::io::Write as _;
use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenStream};
use quote::quote;
use vod_codegen::{Home, Options, tracking};
use vod_spec::Loaded;
use vod_spec::model::Service;

use crate::arguments::{ActionArguments, ServiceArguments};

pub(crate) fn service(input: TokenStream) -> syn::Result<TokenStream> {
    let arguments: ServiceArguments = syn::parse2(input)?;
    let span = arguments.path.span();
    let path = arguments.path.value();
    let Loaded { service, problems } =
        vod_spec::load_service(&base_directory(&path, span)?, Path::new(&path));
    let mut out = problems_as_errors(&problems, span);
    out.extend(tracking::files(&service.files));

    let (service, spans) = match &arguments.only {
        None => {
            if !arguments.inherent {
                tell_unwatched(&path);
            }
            (service, HashMap::new())
        }
        Some(only) => {
            let (selected, refusals) = select(service, only);
            out.extend(refusals);
            (selected, only.iter().map(|name| (name.to_string(), name.span())).collect())
        }
    };
    let home = if arguments.inherent { Home::Runtime } else { Home::User };
    let features = if arguments.inherent { features() } else { None };
    let options = Options { runtime: arguments.runtime, home, spans, base: None, features };
    out.extend(vod_codegen::service(&service, &options));
    Ok(out)
}

/// Tells on the terminal that new files go unnoticed. All warnings that a macro can give are lints, which are errors
/// under `deny(warnings)`; this is none. Who builds the crate as a dependency is not told.
fn tell_unwatched(path: &str) {
    if std::env::var_os("CARGO_PRIMARY_PACKAGE").is_none() {
        return;
    }
    let printed = std::env::var_os("OUT_DIR").map(|directory| {
        let beside = Path::new(&directory).with_file_name("output");
        std::fs::read_to_string(beside).unwrap_or_default()
    });
    if let Some(what) = tracking::unwatched(path, printed.as_deref()) {
        // Nothing can be done about a closed terminal.
        let _ = writeln!(std::io::stderr(), "warning: {what}");
    }
}

/// The runtime crate's features, as its build script tells them.
fn features() -> Option<BTreeSet<String>> {
    let listed = std::env::var("VOD_API_FEATURES").ok()?;
    Some(listed.split(',').map(str::to_owned).collect())
}

pub(crate) fn action(input: TokenStream) -> syn::Result<TokenStream> {
    let arguments: ActionArguments = syn::parse2(input)?;
    let span = arguments.path.span();
    let path = arguments.path.value();
    let Loaded { service, problems } = vod_spec::load_action(&base_directory(&path, span)?, Path::new(&path));
    let mut out = problems_as_errors(&problems, span);
    out.extend(tracking::files(&service.files));
    let options = Options {
        runtime: arguments.runtime,
        home: Home::User,
        spans: HashMap::new(),
        base: Some(arguments.service),
        features: None,
    };
    out.extend(vod_codegen::action(&service, &options));
    Ok(out)
}

/// Paths are relative to the `Cargo.toml` of the crate that calls the macro.
fn base_directory(path: &str, span: Span) -> syn::Result<PathBuf> {
    if Path::new(path).is_absolute() {
        return Ok(PathBuf::new());
    }
    std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from).ok_or_else(|| {
        syn::Error::new(span, "CARGO_MANIFEST_DIR is not set; build with cargo, or give an absolute path")
    })
}

/// One compile error for each problem, so that an editor lists them all.
fn problems_as_errors(problems: &[vod_spec::Problem], span: Span) -> TokenStream {
    problems.iter().map(|problem| syn::Error::new(span, problem).into_compile_error()).collect()
}

/// Keeps the actions that exist, and refuses the others where their names stand.
fn select(service: Service, only: &[syn::Ident]) -> (Service, TokenStream) {
    let mut known = Vec::new();
    let mut refusals = TokenStream::new();
    for name in only {
        let text = name.to_string();
        if service.action(&text).is_some() {
            known.push(text);
            continue;
        }
        let hint = vod_spec::suggest(&text, service.actions.iter().map(|action| action.name.as_str()))
            .map_or_else(String::new, |close| format!("; did you mean `{close}`?"));
        let message = format!("the specs of `{}` have no action `{text}`{hint}", service.name);
        refusals.extend(syn::Error::new(name.span(), message).into_compile_error());
    }
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    match service.select(&known) {
        Ok(selected) => (selected, refusals),
        Err(unknown) => {
            let message = unknown.join("; ");
            (service, quote!(#refusals ::core::compile_error! { #message }))
        }
    }
}
