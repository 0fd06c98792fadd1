//! The model behind the VOD SDK's declarative API specs.
//!
//! Spec files (TOML, one per action) say what a service's API is. This crate loads them into a [`model`] that
//! keeps the place of everything in its file, checks them, and reports *all* problems at once, each with what
//! to write instead. The macros, the emulator and the command line read the same model. It knows no HTTP, no
//! tokens and no async.
//!
//! ```
//! use std::path::Path;
//! use vod_spec::{Source, load_sources};
//!
//! let source = |path: &str, text: &str| Source { path: path.into(), bytes: text.into() };
//! let loaded = load_sources(Path::new("specs/clock"), vec![
//!     source("service.toml", r#"
//!         service = "clock"
//!         version = "2024-01-01"
//!         summary = "Tells the time"
//!         doc     = "A service for the example's sake."
//!         [endpoints]
//!         mainland = "clock.example.com"
//!     "#),
//!     source("time/DescribeTime.toml", r#"
//!         action  = "DescribeTime"
//!         summary = "Tells the time of a place."
//!         doc     = "The time comes from a clock."
//!         [request.Place]
//!         type    = "strng"
//!         doc     = "Where the time is wanted."
//!         [response.Time]
//!         type    = "timestamp"
//!         doc     = "The time there."
//!     "#),
//! ]);
//!
//! // The misspelt type is reported, and everything else can be used.
//! assert_eq!(
//!     loaded.problems[0].to_string(),
//!     "specs/clock/time/DescribeTime.toml:6:19 [DescribeTime.Place] \
//!      unknown type `strng`; did you mean `string`?"
//! );
//! let action = loaded.service.action("DescribeTime").expect("the action is sound");
//! assert_eq!(action.category, "time");
//! assert_eq!(action.response[0].rust_name, "time");
//! assert_eq!(action.request[0].rust_name, "place", "constructors keep their arguments");
//! ```

pub mod model;
pub mod naming;

mod base64;
mod check;
mod draft;
mod files;
#[cfg(fuzzing)]
#[doc(hidden)]
pub mod fuzzing;
mod load;
mod packed;
mod problem;
mod read;
mod report;
mod schema;
mod select;
mod source;
mod suggest;
mod syntax;
mod time;
mod type_index;
mod value;

pub use base64::decode_base64;
pub use files::{Refused, follow_link_files, read_all};
pub use load::{Loaded, load_action, load_service, load_sources};
pub use packed::{Packed, pack, pack_services};
pub use problem::Problem;
pub use read::FIELD_KEYS;
pub use schema::{ACTION_SCHEMA, SERVICE_SCHEMA, action_schema, service_schema};
pub use source::Source;
pub use suggest::suggest;
pub use value::{Mismatch, MismatchKind, Side, check_value, first_mismatch};
