//! The vectors of the repository, read when a test runs: a published package has none, and its tests must compile.

use std::path::Path;

/// What a file of `tests/vectors` holds.
pub(crate) fn vectors_file(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors").join(name);
    std::fs::read_to_string(file).unwrap()
}
