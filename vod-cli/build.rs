//! Packs the spec files, so that the program reads only the actions that it is asked for and parses no TOML.

#[path = "src/specs/codec.rs"]
mod codec;
#[path = "src/specs/pack.rs"]
mod pack;

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

use vod_spec::{follow_link_files, load_service};

fn main() -> Result<(), Box<dyn Error>> {
    let specs = follow_link_files(Path::new(""), Path::new("api-specs"));
    println!("cargo::rerun-if-changed={}", specs.display());
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=src/specs/codec.rs");
    println!("cargo::rerun-if-changed=src/specs/pack.rs");
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let mut folders: Vec<PathBuf> = fs::read_dir(&specs)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("service.toml").is_file())
        .collect();
    folders.sort();
    let mut list = String::from("&[\n");
    for folder in folders {
        let loaded = load_service(Path::new(""), &folder);
        if let Some(problem) = loaded.problems.first() {
            return Err(
                format!("{} problems in {}: {problem}", loaded.problems.len(), folder.display()).into()
            );
        }
        let name = &loaded.service.name;
        let file = out.join(format!("{name}.packed"));
        fs::write(&file, pack::pack(&loaded.service))?;
        writeln!(list, "    ({name:?}, include_bytes!({:?})),", file.to_string_lossy())?;
    }
    list.push_str("]\n");
    fs::write(out.join("builtin.rs"), list)?;
    Ok(())
}
