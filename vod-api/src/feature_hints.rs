//! Compiler errors that name the feature: a call of a method whose cargo feature is off says which feature it needs.
//!
//! Such a method is declared under a bound that no type meets, such as `needs_the_feature::media`. The compiler passes
//! over it, so that a method of the same name from a trait in the user's crate is still found. Where there is none, its
//! error says that the method exists, and quotes the bound. For types and modules the compiler knows features itself.

/// Declares methods under a bound that no type meets. `clients` are the async and the blocking one.
#[allow(unused_macros)] // by a build with every feature
macro_rules! methods {
    (clients, $feature:path: $($method:ident)*) => {
        $crate::feature_hints::methods! { $crate::Client, $feature: $($method)* }
        #[cfg(feature = "blocking")]
        $crate::feature_hints::methods! { $crate::blocking::Client, $feature: $($method)* }
    };
    (<$($parameter:ident: $bound:path)?> $type:ty, $feature:path: $($method:ident)*) => {
        // Without the lifetime the compiler would see at once that the bound isn't met, and refuse the `impl`.
        #[doc(hidden)]
        #[allow(clippy::unused_self)]
        impl<$($parameter: $bound)?> $type
        where
            for<'a> &'a $type: $feature,
        {
            $(
                #[inline]
                pub fn $method(&self) {}
            )*
        }
    };
    ($type:ty, $feature:path: $($method:ident)*) => {
        $crate::feature_hints::methods! { <> $type, $feature: $($method)* }
    };
}
#[allow(unused_imports)]
pub(crate) use methods;

/// The features, under their names, of the methods below. Those of categories stand beside their generated methods.
#[allow(non_camel_case_types, unreachable_pub, dead_code)] // named as features are; each is used while it is off
mod needs_the_feature {
    pub trait blocking {}
    pub trait chrono {}
    pub trait events {}
    pub trait jiff {}
    pub trait media {}
    pub trait tasks {}
    pub trait upload {}
}

#[cfg(not(feature = "blocking"))]
methods! { crate::ClientBuilder, needs_the_feature::blocking: build_blocking }
#[cfg(not(feature = "chrono"))]
methods! { crate::Timestamp, needs_the_feature::chrono: to_chrono }
#[cfg(not(feature = "events"))]
methods! { clients, needs_the_feature::events: events }
#[cfg(not(feature = "jiff"))]
methods! { crate::Timestamp, needs_the_feature::jiff: to_jiff }
#[cfg(not(feature = "media"))]
methods! { clients, needs_the_feature::media: all_media }
#[cfg(not(feature = "tasks"))]
methods! { <A: crate::Action> crate::Call<A>, needs_the_feature::tasks: run_to_end }
#[cfg(all(not(feature = "tasks"), feature = "blocking"))]
methods! { crate::blocking::Client, needs_the_feature::tasks: run_to_end }
#[cfg(not(feature = "upload"))]
methods! { clients, needs_the_feature::upload: upload }
#[cfg(not(feature = "upload"))]
methods! { crate::ClientBuilder, needs_the_feature::upload: storage_endpoint }
