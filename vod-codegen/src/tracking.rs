//! What makes cargo build again when a spec file changes.

use std::path::{Component, Path, PathBuf};

use proc_macro2::TokenStream;
use quote::quote;

/// Names every file that was read: the compiler tells cargo, which watches them. No byte of them is kept.
pub fn files(files: &[PathBuf]) -> TokenStream {
    let files = files.iter().map(|file| {
        let path = file.to_string_lossy().replace('\\', "/");
        if file.is_absolute() {
            quote!(::core::include_bytes!(#path))
        } else {
            quote!(::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), "/", #path)))
        }
    });
    quote! {
        const _: &[&[u8]] = &[#(#files),*];
    }
}

/// What to say where cargo would not notice a new spec file, which an expansion cannot name because it does not know
/// it: a build script notices it, if it watches the folder.
///
/// `watched` is what the crate's build script has printed; `None` is a crate without one.
pub fn unwatched(path: &str, watched: Option<&str>) -> Option<String> {
    let line = format!("println!(\"cargo::rerun-if-changed={path}\");");
    let advice = match watched {
        None => format!("add a build.rs with: fn main() {{ {line} }}"),
        Some(output) if is_watched(path, output) => return None,
        Some(_) => format!("add to build.rs: {line}"),
    };
    Some(format!(
        "a spec file that is added to `{path}` will not be noticed until something else changes; {advice}"
    ))
}

/// Without any instruction, cargo watches the whole package.
fn is_watched(path: &str, output: &str) -> bool {
    let path = Path::new(path);
    let mut instructed = false;
    for line in output.lines() {
        let Some(instruction) = line.trim().strip_prefix("cargo:") else { continue };
        let instruction = instruction.strip_prefix(':').unwrap_or(instruction);
        instructed |= instruction.starts_with("rerun-if-");
        let Some(watched) = instruction.strip_prefix("rerun-if-changed=") else { continue };
        let (watched, path) = (normal(Path::new(watched.trim())), normal(path));
        // A build script may also name the folder by its absolute path.
        if path.starts_with(&watched) || (watched.is_absolute() && watched.ends_with(&path)) {
            return true;
        }
    }
    !instructed
}

/// Without `.`: `./specs` is `specs`, and `.` is nothing, which every path starts with.
fn normal(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}

#[cfg(test)]
mod tests {
    use super::unwatched;

    #[test]
    fn a_build_script_notices_new_files_if_it_watches_their_folder() {
        for (output, sound) in [
            (Some(""), true),
            (Some("cargo::rustc-cfg=x\n"), true),
            (Some("cargo::rerun-if-changed=specs\n"), true),
            (Some("cargo:rerun-if-changed=./specs/\n"), true),
            (Some("cargo::rerun-if-changed=specs/tiny\n"), true),
            (Some("cargo::rerun-if-changed=.\n"), true),
            (Some("cargo::rerun-if-changed=/home/user/crate/specs/tiny\n"), true),
            (Some("cargo::rerun-if-changed=build.rs\n"), false),
            (Some("cargo::rerun-if-changed=specs/other\n"), false),
            (Some("cargo::rerun-if-env-changed=X\n"), false),
            (None, false),
        ] {
            let told = unwatched("specs/tiny", output);
            assert_eq!(told.is_none(), sound, "{output:?}: {told:?}");
            assert!(told.is_none_or(|told| told.contains("cargo::rerun-if-changed=specs/tiny")));
        }
    }
}
