//! The importer: from the vendor's model to spec files, and onto spec files that exist.

#![allow(clippy::unwrap_used)] // a helper that fails has failed the test

mod all_models;
mod docs;
mod examples;
mod fresh;
mod index;
mod merging;
mod sample;
mod vendor;
