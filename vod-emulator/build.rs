//! Embeds the spec files, so that the emulator is one self-contained program.
fn main() {
    println!("cargo::rerun-if-changed=api-specs");
}
