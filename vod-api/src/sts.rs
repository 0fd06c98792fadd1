//! Security Token Service, API version 2018-08-13: types and actions generated from `api-specs/sts`.
//!
//! Temporary credentials for roles.

vod_macros::service! { crate = crate; inherent; "api-specs/sts" }
