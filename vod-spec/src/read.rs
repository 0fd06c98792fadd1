//! Reads one file's tree into drafts, table by table.

mod action;
mod bounds;
mod declarations;
mod error_codes;
mod field;
mod json;
pub(crate) mod keys;
mod paging;
mod prose;
mod references;
mod service;
mod table;
mod values;

pub(crate) use action::{category, read_file, read_single_file};
pub(crate) use error_codes::{class_list, class_names};
pub(crate) use field::{BUILT_IN, built_in};
pub use keys::FIELD_KEYS;
pub(crate) use service::read_service;
pub(crate) use table::{At, Reader, listed};
