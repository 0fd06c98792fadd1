//! Video on Demand, API version 2018-07-17: types and actions generated from `api-specs/vod`.
//!
//! Each action is a method of [`Client`](crate::Client), with a request type to build and a response type to
//! read. Types that both share, open enumerations and the error codes stand beside them.

vod_macros::service! { crate = crate; inherent; "api-specs/vod" }
