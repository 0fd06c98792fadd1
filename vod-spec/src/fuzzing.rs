//! A door for the fuzz targets, open under `--cfg fuzzing` alone.

use std::path::Path;

use crate::check::Scope;
use crate::load::{Loaded, load};
use crate::source::Source;

/// What [`load_action`](crate::load_action) makes of a file that has been read already.
pub fn load_action_source(source: Source) -> Loaded {
    load(Path::new(""), vec![source], Scope::Extension, |_| ())
}
