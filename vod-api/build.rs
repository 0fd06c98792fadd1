//! Makes cargo rebuild this crate when a spec file is added or deleted.
//!
//! Edits need no help: the macro's expansion names every file that it read. A file that it has not
//! read yet can only be noticed by watching the folder.

fn main() {
    println!("cargo::rerun-if-changed=api-specs");
    println!("cargo::rerun-if-changed=build.rs");
}
