//! The API of the Security Token Service, version 2018-08-13: temporary credentials for roles.
//!
//! A program seldom calls it: [`credential`](crate::credential) has sources that do, and renew what they got.

vod_macros::service! { crate = crate; inherent; "api-specs/sts" }
