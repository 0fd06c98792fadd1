//! `vod spec new`: a spec file to fill in.

use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args;
use vod_cli::failure::Failure;
use vod_spec::ACTION_SCHEMA;

/// Write a spec file with the keys that an action needs. `vod spec check --docs` reports what is still to be
/// filled in.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The action, for example `BrandNewAction`.
    action: String,
    /// The directory of the action's category, for example `api-specs/vod/media`.
    #[arg(long = "in")]
    directory: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let name = arguments.action.as_str();
    let first = name.chars().next();
    if !first.is_some_and(|c| c.is_ascii_uppercase()) || !name.chars().all(|c| c.is_ascii_alphanumeric()) {
        return Err(format!(
            "`{name}` is not an action's name: it must start with a capital letter and contain only ASCII \
             letters and digits"
        )
        .into());
    }
    let path = arguments.directory.join(format!("{name}.toml"));
    let text = schema(&arguments.directory) + &template(name);
    let written = File::create_new(&path).and_then(|mut file| file.write_all(text.as_bytes()));
    written.map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
    writeln!(io::stdout(), "{}", path.display())?;
    Ok(ExitCode::SUCCESS)
}

/// The line by which editors find the schema, if it stands in one of the two folders above the file's.
fn schema(directory: &Path) -> String {
    let up = |steps: usize| "../".repeat(steps);
    let found = (1..=2).map(up).find(|up| directory.join(up).join(ACTION_SCHEMA).is_file());
    found.map(|up| format!("#:schema {up}{ACTION_SCHEMA}\n")).unwrap_or_default()
}

fn template(name: &str) -> String {
    let text = vod_import::text_lints::UNDESCRIBED;
    format!(
        r#"action  = "{name}"
summary = "{text}"
doc     = "{text}"
# doc-page   = 0          the number of the vendor's documentation page
# rate-limit = 0          calls per second, only if the vendor publishes it
# idempotent = true       only if repeating the call has no further effect

[request.Name]
type     = "string"
required = true
doc      = "{text}"

[response.Id]
type = "string"
doc  = "{text}"

[[example]]
title    = "{text}"
request  = {{ Name = "a name" }}
response = {{ Id = "1", RequestId = "00000000-0000-0000-0000-000000000000" }}
"#
    )
}
