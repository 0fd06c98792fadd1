//! The API of Video on Demand, version 2018-07-17: requests, responses, types and error codes.
//!
//! Find an action by its category below, or by the search of this page. The search knows the words of what an action
//! does, such as `watermark`, and words that stand side by side, such as `storage region`.
//!
//! Every action comes as four things; for `PullEvents` they are
//! - the method [`Client::pull_events`](crate::Client::pull_events), whose documentation has all about the action,
//! - [`PullEventsRequest`], made by `new` with what must be given, and a setter for each other field,
//! - [`PullEventsResponse`],
//! - [`PullEvents`], the action as a type, for generic code and for [`testing`](crate::testing).
//!
//! All of them can be named without their category: `vod_api::vod::PullEventsRequest`.
//!
//! Each category is a cargo feature. Types that several categories need, and [the error codes](ErrorCode), stand
//! here.

vod_macros::service! { crate = crate; inherent; "api-specs/vod" }
