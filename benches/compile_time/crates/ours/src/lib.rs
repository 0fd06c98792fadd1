//! The model as `service!` generates it in a user's crate.

vod_api::service!("../api-specs/vod");
