//! The model behind the VOD SDK's declarative API specs.

pub mod model;
pub mod naming;
