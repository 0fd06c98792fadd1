//! The command `vod`.

mod manual;
mod spec;

use std::env;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};
use serde_json::Value;
use vod_cli::call_options::{ClientOptions, SpecOptions};
use vod_cli::failure::{Exit, Failure};
use vod_cli::output::{Document, Format};
use vod_cli::{
    call, completion, config, doctor, emulator, events, explain, explorer, media, output, search, sign, task,
    upload,
};

/// Calls, documentation, events and tools of Tencent Cloud VOD (Video on Demand).
///
/// Each action of the API is a command: `vod describe-media-infos --file-ids 387702299`. `vod search WORDS` finds
/// actions, and `vod ACTION --help` describes one.
#[derive(Parser)]
#[command(name = "vod", version, max_term_width = 100, arg_required_else_help = true)]
#[command(subcommand_value_name = "COMMAND|ACTION")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
#[allow(clippy::large_enum_variant, reason = "there is one, for as long as the program runs")]
enum Command {
    /// Describe an action, a parameter, a type or an error code.
    Explain {
        /// ACTION, ACTION.Field.Part, TYPE, TYPE.Field or an error code
        subject: String,
        #[command(flatten)]
        specs: SpecOptions,
    },
    /// Find actions, types and error codes by words.
    Search {
        /// Words to look for; a result contains all of them
        #[arg(required = true)]
        words: Vec<String>,
        /// Maximum number of results
        #[arg(long, value_name = "N", default_value_t = 20)]
        limit: usize,
        /// Output format: json, jsonl, yaml or table
        #[arg(long, short, value_name = "FORM")]
        output: Option<Format>,
        #[command(flatten)]
        specs: SpecOptions,
    },
    /// Consume the events of an application's queue.
    Events {
        #[command(subcommand)]
        command: events::Command,
        /// Output format: json, jsonl, yaml or table
        #[arg(long, short, value_name = "FORM", global = true)]
        output: Option<Format>,
        #[command(flatten)]
        client: ClientOptions,
    },
    Emulator(emulator::Arguments),
    Explorer(explorer::Arguments),
    Upload(upload::Arguments),
    /// List, show and delete media files.
    Media {
        #[command(subcommand)]
        command: media::Command,
        #[command(flatten)]
        client: ClientOptions,
    },
    /// Wait for tasks.
    Task {
        #[command(subcommand)]
        command: task::Command,
        #[command(flatten)]
        client: ClientOptions,
    },
    /// Explain the signatures of calls, and create signatures for browsers, apps and players.
    #[command(subcommand)]
    Sign(sign::Command),
    /// Check, import, compare and convert spec files.
    #[command(subcommand)]
    Spec(spec::Command),
    /// Store credentials in profiles.
    #[command(subcommand)]
    Config(config::Command),
    /// Show where each setting comes from, and check whether the service can be called.
    Doctor {
        /// Output format: json, jsonl, yaml or table
        #[arg(long, short, value_name = "FORM")]
        output: Option<Format>,
        #[command(flatten)]
        client: ClientOptions,
    },
    /// Print a shell script that completes commands, actions and parameters: bash, zsh or fish.
    Completions {
        /// bash, zsh or fish
        shell: String,
    },
    /// Write the manual pages of all commands.
    Man {
        /// Folder to write to
        #[arg(long, value_name = "FOLDER", default_value = ".")]
        out: PathBuf,
    },
    #[command(name = "__complete", hide = true)]
    Complete {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        words: Vec<String>,
    },
    /// Call an action of the API.
    #[command(external_subcommand)]
    Action(Vec<OsString>),
}

fn main() -> ExitCode {
    let as_json = wants_json_errors();
    let words = env::args_os().filter(|word| word != "--error-format=json");
    let arguments = match Arguments::try_parse_from(words) {
        Ok(arguments) => arguments,
        // Help and version are no failures.
        Err(error) if !error.use_stderr() => error.exit(),
        Err(error) if is_option_first(&error) => {
            let text = error.to_string();
            let problem = text.lines().next().unwrap_or_default();
            return Failure::usage(problem.strip_prefix("error: ").unwrap_or(problem))
                .hint("options follow the command: `vod COMMAND --option`")
                .report(as_json);
        }
        Err(error) if !as_json => error.exit(),
        Err(error) => return Failure::usage(error.to_string().trim()).report(true),
    };
    run(arguments.command).unwrap_or_else(|failure| failure.report(as_json))
}

/// Whether an option stands before the command that it belongs to.
fn is_option_first(error: &clap::Error) -> bool {
    error.kind() == clap::error::ErrorKind::UnknownArgument
        && env::args_os().nth(1).is_some_and(|word| word.to_string_lossy().starts_with('-'))
}

fn run(command: Command) -> Result<ExitCode, Failure> {
    match command {
        Command::Explain { subject, specs } => {
            let text = explain::text(&specs.load()?, &subject)?;
            print(&text)
        }
        Command::Search { words, limit, output, specs } => find(&words, limit, output, &specs),
        Command::Events { command, output, client } => events::run(command, &client, output),
        Command::Emulator(arguments) => emulator::run(arguments),
        Command::Explorer(arguments) => explorer::run(&arguments),
        Command::Upload(arguments) => upload::run(&arguments),
        Command::Media { command, client } => command.run(&client),
        Command::Task { command, client } => command.run(&client),
        Command::Sign(command) => command.run(),
        Command::Spec(command) => command.run(),
        Command::Config(command) => config::run(command),
        Command::Doctor { output, client } => doctor::run(&client, output),
        Command::Completions { shell } => print(completion::script(&shell)?),
        Command::Man { out } => manual::write(&Arguments::command(), &out),
        Command::Complete { words } => {
            print(&completion::candidates(&Arguments::command(), &words).join("\n"))
        }
        Command::Action(words) => call::run(words, &commands()),
    }
}

fn find(
    words: &[String],
    limit: usize,
    format: Option<Format>,
    specs: &SpecOptions,
) -> Result<ExitCode, Failure> {
    let mut hits = search::search(&specs.load()?, words);
    if hits.is_empty() {
        let message = format!("nothing has all of these words: {}", words.join(" "));
        return Err(Failure::new(Exit::Service, message).hint("try fewer words"));
    }
    hits.truncate(limit);
    if let Some(format) = format.or_else(|| Some(Format::usual()).filter(|format| *format == Format::Table)) {
        let rows: Value = hits.iter().map(search::Hit::to_json).collect();
        output::print(&Document::from(&rows), format, None)?;
        return Ok(ExitCode::SUCCESS);
    }
    let lines = hits.iter().map(|hit| format!("{}\t{}\t{}\n", hit.kind, hit.name, hit.summary));
    print(&lines.collect::<String>())
}

fn print(text: &str) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    if !text.ends_with('\n') {
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The names of the commands that are no actions.
fn commands() -> Vec<String> {
    Arguments::command().get_subcommands().map(|command| command.get_name().to_owned()).collect()
}

/// Whether failures are to be told as JSON: looked for by itself, since the command line may be what is wrong.
fn wants_json_errors() -> bool {
    let words: Vec<OsString> = env::args_os().collect();
    words.windows(2).any(|pair| pair[0] == "--error-format" && pair[1] == "json")
        || words.iter().any(|word| word == "--error-format=json")
}
