//! `vod spec expand`: the Rust code that the macros generate for an action.

use std::collections::HashMap;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use quote::quote;
use vod_cli::failure::Failure;
use vod_codegen::{Home, Options};
use vod_spec::load_service;

/// Print the Rust code that `service!` generates for one action and the types that it reaches.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The action, for example `ConfirmEvents`.
    action: String,
    /// The directory of the service's spec files.
    #[arg(long, default_value = "api-specs/vod")]
    specs: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let loaded = load_service(Path::new(""), &arguments.specs);
    if loaded.service.actions.is_empty()
        && let Some(problem) = loaded.problems.first()
    {
        return Err(problem.to_string().into());
    }
    let name = arguments.action.as_str();
    let selected = loaded
        .service
        .select(&[name])
        .map_err(|_| super::unknown_action(&loaded.service, &arguments.specs.to_string_lossy(), name))?;
    let options = Options {
        runtime: quote!(::vod_api),
        home: Home::User,
        spans: HashMap::new(),
        base: None,
        features: None,
    };
    let file = syn::parse2(vod_codegen::service(&selected, &options))
        .map_err(|error| format!("the generated code is not valid Rust: {error}"))?;
    let mut out = io::stdout().lock();
    out.write_all(prettyplease::unparse(&file).as_bytes())?;
    Ok(ExitCode::SUCCESS)
}
