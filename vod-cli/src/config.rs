//! `vod config`: profiles with credentials, in the file that the vendor's SDKs share.

mod credentials_file;

use std::env;
use std::io::{self, BufRead as _, IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

use crate::call::show;
use crate::failure::Failure;
use credentials_file::CredentialsFile;

/// A subcommand of `vod config`.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the profiles, with the last characters of their secret ids.
    List,
    /// Store a credential in a profile. The secret key is read from a prompt or from standard input, never from an argument.
    Set {
        /// Name of the profile
        #[arg(default_value = "default")]
        profile: String,
        /// Read the secret id, the secret key and an optional token from standard input, one per line
        #[arg(long)]
        stdin: bool,
    },
    /// Remove the credential of a profile.
    Remove {
        /// Name of the profile
        profile: String,
    },
    /// Print the path of the credentials file.
    Path,
}

/// Runs a subcommand.
///
/// # Errors
/// The file can't be read or written, or what was typed is no credential.
pub fn run(command: Command) -> Result<ExitCode, Failure> {
    let file = CredentialsFile::new(path()?);
    match command {
        Command::Path => show(&format!("{}\n", file.path().display())),
        Command::List => {
            let mut out = String::new();
            for (name, id) in file.profiles()? {
                out += &[&name, "\t", &masked(&id), "\n"].concat();
            }
            show(&out)
        }
        Command::Set { profile, stdin } => {
            let [id, key, token] = if stdin { from_lines()? } else { ask()? };
            file.set(&profile, &id, &key, &token)?;
            show(&format!(
                "stored the credential {} as profile {profile} in {}\n",
                masked(&id),
                file.path().display()
            ))
        }
        Command::Remove { profile } => {
            if !file.remove(&profile)? {
                let message = format!("{} has no credential of a profile {profile}", file.path().display());
                return Err(Failure::usage(message));
            }
            show(&format!("removed the credential of profile {profile}\n"))
        }
    }
}

/// The file: that of the variable, or the one in the home directory.
fn path() -> Result<PathBuf, Failure> {
    if let Some(path) = env::var_os("TENCENTCLOUD_CREDENTIALS_FILE").filter(|path| !path.is_empty()) {
        return Ok(path.into());
    }
    let home = env::home_dir().filter(|home| home.is_absolute());
    let home = home.ok_or_else(|| Failure::usage("there is no home directory").hint("set HOME"))?;
    Ok(home.join(".tencentcloud").join("credentials"))
}

/// The end of an id, which tells credentials apart.
pub(crate) fn masked(id: &str) -> String {
    let end: String = id.chars().skip(id.chars().count().saturating_sub(4)).collect();
    if id.chars().count() < 8 { "****".to_owned() } else { format!("****{end}") }
}

fn from_lines() -> Result<[String; 3], Failure> {
    let mut lines = io::stdin().lock().lines();
    let mut next = || lines.next().transpose().map(Option::unwrap_or_default);
    Ok([next()?, next()?, next()?])
}

fn ask() -> Result<[String; 3], Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage("there is no terminal to ask at").hint("give the credential by --stdin"));
    }
    let mut out = io::stderr();
    write!(out, "Secret id: ")?;
    out.flush()?;
    let mut id = String::new();
    io::stdin().lock().read_line(&mut id)?;
    let key = rpassword::prompt_password("Secret key (not shown): ")?;
    let token = rpassword::prompt_password("Token, of a temporary credential only (not shown): ")?;
    Ok([id.trim().to_owned(), key, token])
}
