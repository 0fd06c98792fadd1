//! Makes cargo notice spec files that are added.

fn main() {
    println!("cargo::rerun-if-changed=../api-specs/vod");
}
