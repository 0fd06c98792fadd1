//! `service!` and `action!`: the macros for specs of your own.

/// Generates a service from a directory of spec files: types, error codes and methods of the client.
///
/// The path is relative to your `Cargo.toml`. The directory holds a `service.toml` and one file for each
/// action; the format is described in `api-specs/README.md` of the repository. A file with a mistake gives a
/// compile error for each one, with file, line, column and what to write instead, and leaves the sound items.
///
/// ```ignore
/// mod cvm {
///     vod_api::service!("specs/cvm");                                // everything
/// }
/// mod regions {
///     vod_api::service!("specs/cvm", only = [DescribeRegions]);      // one action and the types it reaches
/// }
/// use cvm::CvmCalls;                                                 // the methods
/// let answer = client.describe_zones(cvm::DescribeZonesRequest::new()).await?;
/// ```
///
/// Edited and deleted files make cargo build the crate again. For files that are added, your crate needs a
/// `build.rs` with `println!("cargo::rerun-if-changed=specs/cvm")`; a warning says so while there is none.
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

/// What generated code names. Not for anybody else: it changes with the generator.
#[doc(hidden)]
pub mod __private {
    pub use crate::pages::{PageBy, Paging};
    #[cfg(test)]
    pub(crate) use crate::record::tests::assert_example;
    pub use crate::record::{
        FieldMut, FieldRef, Kind, Limit, Member, ObjectKind, Record, RecordMeta, Text, TextKind,
        debug_record, deserialize_record, deserialize_text, serialize_record, serialize_text,
    };
    pub use crate::wait::Waiting;
    pub use serde::{Deserialize, Deserializer, Serialize, Serializer};
    pub use serde_json::{Map, Value};
    pub use vod_macros::{action, service};

    /// For the benchmarks.
    pub mod measured {
        pub use crate::measured::{decode, encode, encode_query};
    }
}
