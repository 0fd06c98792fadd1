//! Options of `vod ACTION`, besides the action's own parameters.

use crate::call_options::{ClientOptions, SpecOptions};
use crate::failure::Failure;
use crate::output::Format;

/// An option: its names, what it takes, and what it does.
pub(crate) struct Spec {
    /// The name behind `--`.
    pub(crate) name: &'static str,
    /// The letter behind `-`.
    pub(crate) short: Option<&'static str>,
    /// What it takes.
    pub(crate) takes: Takes,
    /// What it does, in one line.
    pub(crate) about: &'static str,
}

/// What follows an option.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    /// Nothing.
    Nothing,
    /// A value, or nothing.
    Maybe(&'static str),
    /// A value.
    Value(&'static str),
}

macro_rules! options {
    ($($name:literal $(, $short:literal)? : $takes:expr => $about:literal;)*) => {
        /// All options, in the order in which help shows them.
        pub(crate) static OPTIONS: &[Spec] = &[$(
            Spec { name: $name, short: options!(@ $($short)?), takes: $takes, about: $about },
        )*];
    };
    (@ $short:literal) => { Some($short) };
    (@) => { None };
}

options! {
    "input", "i": Takes::Value("FILE") => "Read the parameters from a file, as JSON or TOML; `-` reads standard input";
    "set": Takes::Value("NAME=VALUE") => "Set one parameter, by API names with dots, such as A.B=3; overrides --input";
    "example": Takes::Maybe("N") => "Print the parameters of example N; with --dry-run, use them";
    "skeleton": Takes::Nothing => "Print a template for --input; optional parameters are comments";
    "dry-run": Takes::Nothing => "Check and print the request, but do not send it";
    "as": Takes::Value("FORM") => "With --dry-run: print as http, body, curl, rust, python, node, go, tccli or vod";
    "sign": Takes::Nothing => "With --dry-run: sign the request; needs a credential";
    "all": Takes::Nothing => "Fetch the whole list, page by page";
    "max-items": Takes::Value("N") => "With --all: stop after N items";
    "wait": Takes::Nothing => "Wait until the task that the call starts or describes has ended";
    "until": Takes::Value("PATH=VALUE") => "Repeat the call until a value in the answer is VALUE; PATH is JMESPath";
    "wait-timeout": Takes::Value("SECONDS") => "With --wait or --until: give up after this time";
    "query", "q": Takes::Value("JMESPATH") => "Print only this part of the answer";
    "output", "o": Takes::Value("FORM") => "json, jsonl, yaml, table or raw; default: table on a terminal, json elsewhere";
    "profile": Takes::Value("NAME") => "Profile that holds the credential: of ~/.tencentcloud/credentials, or of tccli";
    "endpoint": Takes::Value("URL") => "Address to call, such as http://127.0.0.1:9410 (variable: VOD_ENDPOINT)";
    "region": Takes::Value("REGION") => "Region of the call (variable: TENCENTCLOUD_REGION)";
    "sub-app-id": Takes::Value("N") => "Application to call (variable: VOD_SUB_APP_ID)";
    "language": Takes::Value("LANGUAGE") => "Language of the service's messages: en-US or zh-CN";
    "timeout": Takes::Value("SECONDS") => "Time limit for the call with all its attempts";
    "no-retry": Takes::Nothing => "Send each request only once, also after a failure";
    "strict": Takes::Nothing => "Fail if a value in the answer does not have the type of its field";
    "service": Takes::Value("NAME") => "Name of a service whose specs are built in";
    "specs": Takes::Value("FOLDER") => "Folder with spec files to use instead of the built-in ones";
    "error-format": Takes::Value("FORM") => "Write errors to standard error as text or json";
    "verbose", "v": Takes::Nothing => "Report each attempt on standard error";
    "help", "h": Takes::Nothing => "Print the documentation of the action";
}

/// The option of a name.
pub(crate) fn named(name: &str) -> Option<&'static Spec> {
    OPTIONS.iter().find(|option| option.name == name)
}

/// What the options say.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools, reason = "each is an option of its own")]
pub(crate) struct Options {
    /// Where and as whom to call.
    pub(crate) client: ClientOptions,
    /// By which specs.
    pub(crate) specs: SpecOptions,
    /// A file with parameters.
    pub(crate) input: Option<String>,
    /// Parameters as JSON on the command line.
    pub(crate) inline: Option<String>,
    /// The number of an example, from 1.
    pub(crate) example: Option<usize>,
    /// Print a file to fill in.
    pub(crate) skeleton: bool,
    /// Send nothing.
    pub(crate) dry_run: bool,
    /// What a dry run prints.
    pub(crate) form: Option<String>,
    /// Sign what a dry run prints.
    pub(crate) sign: bool,
    /// Fetch all pages.
    pub(crate) all: bool,
    /// Stop after so many items.
    pub(crate) max_items: Option<usize>,
    /// Wait for the end of a task.
    pub(crate) wait: bool,
    /// Wait for a value.
    pub(crate) until: Option<String>,
    /// How many seconds to wait.
    pub(crate) wait_timeout: Option<u64>,
    /// A part of the answer.
    pub(crate) query: Option<String>,
    /// How to print.
    pub(crate) output: Option<Format>,
    /// Tell each attempt.
    pub(crate) verbose: bool,
    /// Print the documentation.
    pub(crate) help: bool,
}

impl Options {
    /// Takes an option over.
    ///
    /// # Errors
    /// The value is missing or can't be used.
    pub(crate) fn apply(&mut self, name: &str, value: Option<String>) -> Result<(), Failure> {
        let needed = || {
            value.clone().ok_or_else(|| {
                let what = named(name).map(|option| option.takes);
                let what = if let Some(Takes::Value(what)) = what { what } else { "a value" };
                Failure::usage(format!("--{name} needs {what}"))
            })
        };
        match name {
            "input" => self.input = Some(needed()?),
            "example" => self.example = Some(value.map_or(Ok(1), |text| number(name, &text))?),
            "skeleton" => self.skeleton = true,
            "dry-run" => self.dry_run = true,
            "as" => self.form = Some(needed()?),
            "sign" => self.sign = true,
            "all" => self.all = true,
            "max-items" => self.max_items = Some(number(name, &needed()?)?),
            "wait" => self.wait = true,
            "until" => self.until = Some(needed()?),
            "wait-timeout" => self.wait_timeout = Some(number(name, &needed()?)?),
            "query" => self.query = Some(needed()?),
            "output" => self.output = Some(needed()?.parse()?),
            "profile" => self.client.profile = Some(needed()?),
            "endpoint" => self.client.endpoint = Some(needed()?),
            "region" => self.client.region = Some(needed()?),
            "sub-app-id" => self.client.sub_app_id = Some(number(name, &needed()?)?),
            "language" => self.client.language = Some(needed()?),
            "timeout" => self.client.timeout = Some(number(name, &needed()?)?),
            "no-retry" => self.client.no_retry = true,
            "strict" => self.client.strict = true,
            "service" => self.specs.service = needed()?,
            "specs" => self.specs.specs = Some(needed()?.into()),
            // It has been looked for before anything else.
            "error-format" => drop(needed()?),
            "verbose" => self.verbose = true,
            "help" => self.help = true,
            other => return Err(Failure::usage(format!("unknown option --{other}"))),
        }
        Ok(())
    }
}

fn number<T: std::str::FromStr>(name: &str, text: &str) -> Result<T, Failure> {
    text.parse().map_err(|_| Failure::usage(format!("--{name}: `{text}` is no number that it takes")))
}

/// The names of all options.
pub fn names() -> impl Iterator<Item = &'static str> {
    OPTIONS.iter().map(|option| option.name)
}
