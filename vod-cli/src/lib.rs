//! The command `vod`, as a library: what the program runs, and the parts that its tests look into.

pub mod dynamic;
pub mod explorer;
pub mod sign;
pub mod specs;
