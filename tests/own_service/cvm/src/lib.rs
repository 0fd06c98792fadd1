//! The whole of a large service, CVM, as a crate of its own.

#![deny(warnings)]

vod_api::service!("specs");
