//! `service!` and `action!`: the macros for specs of your own.

/// Generates a service from a directory of spec files: types, error codes and methods of the client.
///
/// The path is relative to your `Cargo.toml`. The directory contains a `service.toml` and one file for each
/// action; the format is described in `api-specs/README.md` of the repository. Each mistake in a file is a compile
/// error with file, line, column and what to write instead; the valid items are still generated.
///
/// ```ignore
/// mod cvm {
///     vod_api::service!("specs/cvm");                                // everything
/// }
/// mod regions {
///     vod_api::service!("specs/cvm", only = [DescribeRegions]);      // one action and the types it reaches
/// }
/// let cvm = cvm::CvmClient::new(&client);                            // with `blocking` also CvmBlockingClient
/// let answer = cvm.describe_zones(cvm::DescribeZonesRequest::new()).await?;
/// ```
///
/// Edited and deleted files make cargo build the crate again. For files that are added, your crate needs a
/// `build.rs` with `println!("cargo::rerun-if-changed=specs/cvm")`; a warning says so while nothing watches them.
///
/// The client of the service is named after it, `CvmClient` for `cvm`, and has the actions as methods. `CvmCalls` and
/// `CvmBlockingCalls` are traits with the same methods for [`Client`](crate::Client) itself, whose own methods of the
/// same name come first.
#[macro_export]
macro_rules! service {
    ($($arguments:tt)*) => {
        $crate::__private::service! { crate = $crate; $($arguments)* }
    };
}

/// Generates one action from its spec file, reusing the types of a service that exists.
///
/// Names of types and enumerations that the file does not declare are looked up in the module behind `in`.
///
/// ```ignore
/// mod mine {
///     vod_api::action!("specs/BrandNewAction.toml", in = vod_api::vod);
/// }
/// let answer = client.call(mine::BrandNewActionRequest::new()).await?;
/// ```
#[macro_export]
macro_rules! action {
    ($($arguments:tt)*) => {
        $crate::__private::action! { crate = $crate; $($arguments)* }
    };
}

/// The methods of the blocking client, from little more than names; nothing without the feature `blocking`. Which
/// features this crate has cannot be seen where generated code stands, in the crates of users: so it calls this.
#[cfg(feature = "blocking")]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    (impl; $(
        $(#[$note:meta])* $method:ident($argument:ident: $type:ty) $action:ty = $request:expr $(, $wait:ident)?;
    )*) => {
        /// Actions, for programs without async code.
        impl $crate::blocking::Client {
            $(
                #[doc = concat!("[`", stringify!($method), "`](crate::Client::", stringify!($method), "), blocking.")]
                ///
                /// # Errors
                /// Those of the async method.
                $(#[$note])*
                #[inline]
                pub fn $method(
                    &self,
                    $argument: $type,
                ) -> ::core::result::Result<<$action as $crate::Action>::Response, $crate::Error> {
                    $crate::__blocking!(@self, $request $(, $wait)?)
                }
            )*
        }
    };
    (client $name:ident $calls:ident; $(
        $(#[$note:meta])* $method:ident($argument:ident: $type:ty) $action:ty = $request:expr $(, $wait:ident)?;
    )*) => {
        #[doc = concat!("[`", stringify!($calls), "`], for programs without async code.")]
        #[derive(::core::clone::Clone, ::core::fmt::Debug)]
        #[allow(unreachable_pub)]
        pub struct $name {
            client: $crate::blocking::Client,
        }
        #[allow(dead_code, unreachable_pub)]
        impl $name {
            /// Calls the service by this client; clones of it are cheap.
            #[must_use]
            pub fn new(client: &$crate::blocking::Client) -> Self {
                Self { client: ::core::clone::Clone::clone(client) }
            }
            $(
                #[doc = concat!("[`", stringify!($calls), "::", stringify!($method), "`], blocking.")]
                ///
                /// # Errors
                /// Those of the async method.
                $(#[$note])*
                #[inline]
                pub fn $method(
                    &self,
                    $argument: $type,
                ) -> ::core::result::Result<<$action as $crate::Action>::Response, $crate::Error> {
                    let client = &self.client;
                    $crate::__blocking!(@client, $request $(, $wait)?)
                }
            )*
        }
    };
    (trait $name:ident $calls:ident; $(
        $(#[$note:meta])* $method:ident($argument:ident: $type:ty) $action:ty = $request:expr $(, $wait:ident)?;
    )*) => {
        #[doc = concat!("[`", stringify!($calls), "`], for programs without async code.")]
        #[allow(dead_code, unreachable_pub)]
        pub trait $name {
            $(
                #[doc = concat!("[`", stringify!($calls), "::", stringify!($method), "`], blocking.")]
                ///
                /// # Errors
                /// Those of the async method.
                $(#[$note])*
                fn $method(
                    &self,
                    $argument: $type,
                ) -> ::core::result::Result<<$action as $crate::Action>::Response, $crate::Error>;
            )*
        }
        impl $name for $crate::blocking::Client {
            $(
                #[inline]
                fn $method(
                    &self,
                    $argument: $type,
                ) -> ::core::result::Result<<$action as $crate::Action>::Response, $crate::Error> {
                    $crate::__blocking!(@self, $request $(, $wait)?)
                }
            )*
        }
    };
    (@$client:ident, $request:expr) => {
        $client.call($request)
    };
    (@$client:ident, $request:expr, $wait:ident) => {
        $client.block_on(|client| client.call($request).$wait())
    };
}

/// Without the feature `blocking` there is no blocking client.
#[cfg(not(feature = "blocking"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __blocking {
    ($($nothing:tt)*) => {};
}

/// What generated code uses. Not a public API: it changes with the generator.
#[doc(hidden)]
pub mod __private {
    pub use crate::client::pages::{PageBy, Paging};
    pub use crate::client::wait::Waiting;
    pub use crate::client::windows::Window;
    #[cfg(test)]
    pub(crate) use crate::record::example_check::assert_example;
    pub use crate::record::{
        FieldMut, FieldRef, Kind, Limit, Member, ObjectKind, Record, RecordMeta, Text, TextKind, UnionMeta,
        carried_member, debug_record, deserialize_new, deserialize_text, same_record, serialize_record,
        serialize_text,
    };
    pub use bytes::Bytes;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub use serde_json::{Map, Value};
    pub use vod_macros::{action, service};

    /// For tools that read specs at run time.
    pub mod untyped {
        pub use crate::internal::bench::{decode, encode, encode_query};
        pub use crate::record::{OptionalRecord, RecordList, check_record, deserialize_record};
        pub use crate::untyped::{
            Look, Pauses, RecordAnswer, RecordCall, RecordPage, RecordPages, RecordWait, looks_secret,
        };
    }
}
