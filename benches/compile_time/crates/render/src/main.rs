//! Prints the model of a spec directory, or what some actions reach, as structs for serde's derives.

#[path = "../../benches/run_time/derive/render.rs"]
mod render;

use std::path::Path;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let [_, directory, only @ ..] = arguments.as_slice() else { panic!("say the spec directory") };
    let loaded = vod_spec::load_service(Path::new(""), Path::new(directory));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    let mut service = loaded.service;
    if let ["--only", actions @ ..] = only.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        service = service.select(actions).expect("the actions exist");
    }
    print!("{}", render::render(&service, render::Extent::Everything));
}
