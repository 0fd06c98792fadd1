//! Packs the spec files into the program, so that it needs none of them and a start parses no TOML.

use std::env;
use std::error::Error;
use std::path::{Path, PathBuf};

use vod_spec::{follow_link_files, pack_services};

fn main() -> Result<(), Box<dyn Error>> {
    let specs = follow_link_files(Path::new(""), Path::new("api-specs"));
    println!("cargo::rerun-if-changed={}", specs.display());
    println!("cargo::rerun-if-changed=build.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    // What the emulator plays does not depend on texts for people.
    pack_services(&specs, &out, vod_spec::model::Service::clear_prose)?;
    Ok(())
}
