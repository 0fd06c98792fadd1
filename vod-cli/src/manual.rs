//! `vod man`: manual pages of the commands.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;
use std::process::ExitCode;

use clap::Command;
use clap_mangen::Man;
use vod_cli::failure::Failure;

/// Writes `vod.1` and a page for each command into a folder.
pub(crate) fn write(root: &Command, folder: &Path) -> Result<ExitCode, Failure> {
    let failed =
        |error: io::Error| Failure::usage(format!("{} cannot be written: {error}", folder.display()));
    fs::create_dir_all(folder).map_err(failed)?;
    let mut pages = vec![("vod".to_owned(), root.clone())];
    for command in root.get_subcommands().filter(|command| !command.is_hide_set()) {
        let name = format!("vod-{}", command.get_name());
        pages.push((name.clone(), command.clone().display_name(name)));
    }
    for (name, command) in pages {
        let mut page = Vec::new();
        Man::new(command).render(&mut page).map_err(failed)?;
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, page).map_err(failed)?;
        writeln!(io::stdout(), "{}", path.display())?;
    }
    Ok(ExitCode::SUCCESS)
}
