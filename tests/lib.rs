//! Whole-product tests: conformance with the vendor's SDKs, end to end, rebuilds, packaging.

/// The code of the README, so that it compiles.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
pub struct Readme;

/// The code of the guide to tests without an account.
#[cfg(doctest)]
#[doc = include_str!("../docs/TESTING.md")]
pub struct Testing;
