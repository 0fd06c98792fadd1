//! Makes cargo rebuild this crate when a spec file is added or deleted, and tells the macro the features.
//!
//! Edits need no help: the macro's expansion names every file that it read. A file that it has not
//! read yet can only be noticed by watching the folder.

use std::env;
use std::path::Path;

fn main() {
    let specs = vod_spec::follow_link_files(Path::new(""), Path::new("api-specs"));
    println!("cargo::rerun-if-changed={}", specs.display());
    println!("cargo::rerun-if-changed=build.rs");
    // A macro cannot ask for features by itself; it leaves out what they do not need.
    let features =
        env::vars().filter_map(|(name, _)| Some(name.strip_prefix("CARGO_FEATURE_")?.to_lowercase()));
    let mut features: Vec<_> = features.collect();
    features.sort_unstable();
    println!("cargo::rustc-env=VOD_API_FEATURES={}", features.join(","));
}
