//! Packs the spec files, so that the program reads only the actions that it is asked for and parses no TOML.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};

use vod_spec::{follow_link_files, pack_services};

fn main() -> Result<(), Box<dyn Error>> {
    let specs = follow_link_files(Path::new(""), Path::new("api-specs"));
    println!("cargo::rerun-if-changed={}", specs.display());
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    pack_services(&specs, &out, |_| ())?;
    Ok(())
}
