//! The event consumer against the emulated service in another process, printed as Markdown.
//!
//! `cargo bench -p vod-benches --bench consumer` runs both parts; name one to run it alone, and give `--plot FILE.svg`
//! to draw the paced run:
//!
//! - `paced`: the service enforces its 100 calls a second of each action. How near does the consumer come to the
//!   1600 events a second that these allow, is any call refused, and how long does a confirmation take?
//! - `free`: nobody limits anything. How many events a second, at how much CPU time each, beside a plain loop?
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, reason = "a bench is no library")]

mod bare;
mod consumer_free;
mod consumer_paced;
mod derive;
mod event_service;
mod handmade;
mod plot;
mod pull_loop;

use std::path::PathBuf;

fn main() {
    if event_service::served() {
        return;
    }
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let plot = arguments.iter().skip_while(|argument| *argument != "--plot").nth(1).map(PathBuf::from);
    let is_named = |part: &str| arguments.iter().any(|argument| argument == part);
    let all = !is_named("paced") && !is_named("free");
    if all || is_named("paced") {
        let samples = consumer_paced::run();
        if let Some(file) = plot {
            plot::draw(&file, &samples, consumer_paced::CEILING);
            println!("\nDrawn: {}", file.display());
        }
    }
    if all || is_named("free") {
        consumer_free::run();
    }
}
