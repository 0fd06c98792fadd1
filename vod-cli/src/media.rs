//! `vod media`: the files of an application, listed, shown and deleted.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use vod_api::Client;
use vod_api::vod::{DeleteMediaRequest, DescribeMediaInfosRequest, MediaInfo};

use crate::call_options::ClientOptions;
use crate::failure::{Exit, Failure};
use crate::session::block_on;

/// A subcommand of `vod media`.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// List files, the oldest first: id, creation time, status, type and name, separated by tabs
    List(List),
    /// Print the details of files, as JSON
    Info(Ids),
    /// Delete files permanently, with their transcoded and other outputs
    Rm(Remove),
}

/// Arguments of `vod media list`.
#[derive(Args, Debug)]
pub struct List {
    /// Maximum number of files
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    limit: usize,

    /// List all files
    #[arg(long, conflicts_with = "limit")]
    all: bool,
}

/// Arguments of `vod media info`.
#[derive(Args, Debug)]
pub struct Ids {
    /// Ids of files
    #[arg(required = true, value_name = "FILE-ID")]
    ids: Vec<String>,
}

/// Arguments of `vod media rm`.
#[derive(Args, Debug)]
pub struct Remove {
    #[command(flatten)]
    files: Ids,

    /// Delete without asking
    #[arg(long, short)]
    yes: bool,
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// There can be no client, or a call fails.
    pub fn run(&self, options: &ClientOptions) -> Result<ExitCode, Failure> {
        let client = options.client()?;
        block_on(async {
            match self {
                Self::List(list) => list.run(&client).await,
                Self::Info(ids) => ids.run(&client).await,
                Self::Rm(remove) => remove.run(&client).await,
            }
        })
    }
}

impl List {
    async fn run(&self, client: &Client) -> Result<ExitCode, Failure> {
        let most = if self.all { usize::MAX } else { self.limit };
        let mut media = client.all_media();
        for _ in 0..most {
            let Some(next) = media.next().await else { break };
            line(&described(&next?))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// A file in one line.
fn described(media: &MediaInfo) -> String {
    let Some(basic) = &media.basic_info else { return media.file_id.clone() };
    // A name may hold anything; a line must stay one.
    let name: String = basic.name.chars().flat_map(char::escape_debug).collect();
    let (created, status) = (basic.create_time.as_str(), basic.status.as_str());
    format!("{}\t{created}\t{status}\t{}\t{name}", media.file_id, basic.r#type)
}

impl Ids {
    async fn run(&self, client: &Client) -> Result<ExitCode, Failure> {
        let request = DescribeMediaInfosRequest::new(self.ids.clone());
        let found = client.describe_media_infos(request).describe_all().await?;
        line(&serde_json::to_string_pretty(&found.media_info_set).map_err(Failure::usage)?)?;
        let missing = &found.not_exist_file_id_set;
        if missing.is_empty() {
            return Ok(ExitCode::SUCCESS);
        }
        Err(Failure::new(Exit::Service, format!("there is no file {}", missing.join(", "))))
    }
}

impl Remove {
    async fn run(&self, client: &Client) -> Result<ExitCode, Failure> {
        if !self.yes && !confirmed(&self.files.ids)? {
            return Err(Failure::usage("nothing is deleted"));
        }
        for id in &self.files.ids {
            let deleted = client.delete_media(DeleteMediaRequest::new(id)).await;
            deleted.map_err(|error| Failure::from(error).concerning(id))?;
            line(&format!("deleted {id}"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Asks whether files are to be deleted. Without a terminal there is no answer.
fn confirmed(ids: &[String]) -> Result<bool, Failure> {
    if !io::stdin().is_terminal() {
        return Err(Failure::usage("deleting is permanent: say --yes where there is no terminal to ask"));
    }
    let _ = write!(io::stderr(), "Delete {} permanently? [y/N] ", ids.join(", "));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer)?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn line(text: &str) -> io::Result<()> {
    writeln!(io::stdout(), "{text}")
}
