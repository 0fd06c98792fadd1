//! Whole-product tests: conformance with the vendor's SDKs, end to end, rebuilds, packaging.
