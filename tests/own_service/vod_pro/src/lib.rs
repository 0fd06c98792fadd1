//! A small service: the other version of VOD's API, beside the one that the SDK brings.

#![deny(warnings)]

pub mod vod_pro {
    //! VOD 2024-07-18.
    vod_api::service!("specs");
}
