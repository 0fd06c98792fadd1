//! `vod spec schema`: JSON schemas of spec files, for editors.

use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use vod_cli::failure::Failure;
use vod_spec::{ACTION_SCHEMA, SERVICE_SCHEMA, action_schema, service_schema};

/// Write the JSON schemas of spec files, `action.schema.json` and `service.schema.json`.
///
/// Editors with a TOML plug-in complete and check a file whose first line names its schema, such as
/// `#:schema ../../action.schema.json`. Files that `vod spec import` and `vod spec new` make do so if the schemas stand
/// in the folder above the service's.
#[derive(Args)]
pub(crate) struct Arguments {
    /// The folder to write to, above those of the services.
    #[arg(default_value = "api-specs")]
    directory: PathBuf,
    /// Write nothing; exit with 1 if a file is not there or is different.
    #[arg(long)]
    check: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Result<ExitCode, Failure> {
    let mut code = ExitCode::SUCCESS;
    for (name, schema) in [(ACTION_SCHEMA, action_schema()), (SERVICE_SCHEMA, service_schema())] {
        let path = arguments.directory.join(name);
        let text = format!("{schema:#}\n");
        let tell = |what: &str| writeln!(io::stdout(), "{}{what}", path.display());
        if !arguments.check {
            fs::write(&path, text)
                .map_err(|error| format!("{} cannot be written: {error}", path.display()))?;
            tell("")?;
        } else if fs::read_to_string(&path).is_ok_and(|there| there == text) {
            tell(": as it should be")?;
        } else {
            tell(": differs from the reader; run `vod spec schema`")?;
            code = ExitCode::FAILURE;
        }
    }
    Ok(code)
}
