//! What spec files mean once they are loaded.

mod confirm_events;
mod directories;
mod meaning;

use std::path::Path;

use vod_spec::{Loaded, Source, load_sources};

const SERVICE: &str = r#"
service = "vod"
version = "2018-07-17"
summary = "Video on Demand"
doc     = "Stores and processes media."

[endpoints]
mainland = "vod.example.com"
regional = "vod.{region}.example.com"

[parameters.SubAppId]
type = "uint64"
doc  = "Id of the application."

[errors]
FailedOperation       = { class = "caller", doc = "It could not be done." }
InternalError         = { class = "service", doc = "The service failed." }
InvalidParameterValue = { class = "caller", doc = "A value is wrong." }
UnauthorizedOperation = { class = "authentication", doc = "Not allowed." }
RequestLimitExceeded  = { class = "throttling", doc = "Too many calls." }
"RequestLimitExceeded.Clock" = { class = "clock-skew", doc = "The clock is wrong." }
"#;

fn source(path: &str, text: &str) -> Source {
    Source { path: path.into(), bytes: text.into() }
}

fn load(files: &[(&str, &str)]) -> Loaded {
    let mut sources = vec![source("service.toml", SERVICE)];
    sources.extend(files.iter().map(|(path, text)| source(path, text)));
    load_sources(Path::new("specs/vod"), sources)
}

#[track_caller]
fn sound(files: &[(&str, &str)]) -> Loaded {
    let loaded = load(files);
    assert_eq!(loaded.problems, []);
    loaded
}

/// The lines of an action, and what follows them.
fn action(name: &str, rest: &str) -> String {
    format!("action = \"{name}\"\nsummary = \"Acts.\"\ndoc = \"Acts.\"\n{rest}")
}
