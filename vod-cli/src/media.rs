//! `vod media`: the files of an application, listed, shown and deleted.

use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use vod_api::Client;
use vod_api::vod::{DeleteMediaRequest, DescribeMediaInfosRequest, MediaInfo};

use crate::session::{block_on, client};

/// A subcommand of `vod media`.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// List files, the oldest first: id, time of creation, status, type and name, separated by tabs
    List(List),
    /// Print what the service knows of files, as JSON
    Info(Ids),
    /// Delete files for good, with all that was made of them
    Rm(Remove),
}

/// Arguments of `vod media list`.
#[derive(Args, Debug)]
pub struct List {
    /// How many files at most
    #[arg(long, value_name = "COUNT", default_value_t = 100)]
    limit: usize,

    /// All files, however many there are
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

    /// Delete without a question
    #[arg(long, short)]
    yes: bool,
}

impl Command {
    /// Carries it out.
    ///
    /// # Errors
    /// There can be no client, or a call fails.
    pub fn run(&self) -> Result<ExitCode, String> {
        let client = client()?;
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
    async fn run(&self, client: &Client) -> Result<ExitCode, String> {
        let most = if self.all { usize::MAX } else { self.limit };
        let mut media = client.all_media();
        for _ in 0..most {
            let Some(next) = media.next().await else { break };
            line(&described(&next.map_err(|error| error.to_string())?))?;
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
    async fn run(&self, client: &Client) -> Result<ExitCode, String> {
        let request = DescribeMediaInfosRequest::new(self.ids.clone());
        let found = client.describe_media_infos(request).describe_all().await;
        let found = found.map_err(|error| error.to_string())?;
        let json = serde_json::to_string_pretty(&found.media_info_set).map_err(|error| error.to_string())?;
        line(&json)?;
        for id in &found.not_exist_file_id_set {
            let _ = writeln!(io::stderr(), "there is no file {id}");
        }
        Ok(ExitCode::from(u8::from(!found.not_exist_file_id_set.is_empty())))
    }
}

impl Remove {
    async fn run(&self, client: &Client) -> Result<ExitCode, String> {
        if !self.yes && !confirmed(&self.files.ids)? {
            return Ok(ExitCode::FAILURE);
        }
        for id in &self.files.ids {
            let deleted = client.delete_media(DeleteMediaRequest::new(id)).await;
            deleted.map_err(|error| format!("{id}: {error}"))?;
            line(&format!("deleted {id}"))?;
        }
        Ok(ExitCode::SUCCESS)
    }
}

/// Asks whether files are to be deleted. Without a terminal nobody can answer.
fn confirmed(ids: &[String]) -> Result<bool, String> {
    if !io::stdin().is_terminal() {
        return Err("deleting is for good: say --yes where there is no terminal to ask".to_owned());
    }
    let _ = write!(io::stderr(), "Delete {} for good? [y/N] ", ids.join(", "));
    let mut answer = String::new();
    io::stdin().read_line(&mut answer).map_err(|error| error.to_string())?;
    Ok(matches!(answer.trim(), "y" | "Y" | "yes"))
}

fn line(text: &str) -> Result<(), String> {
    writeln!(io::stdout(), "{text}").map_err(|error| error.to_string())
}
