//! The command `vod`, as a library: what the program runs, and the parts that its tests look into.

pub mod call;
pub mod call_options;
pub mod completion;
pub mod config;
pub mod doctor;
pub mod dynamic;
pub mod emulator;
pub mod events;
pub mod explain;
pub mod explorer;
pub mod failure;
pub mod media;
pub mod output;
pub mod prose;
pub mod search;
mod session;
pub mod sign;
pub mod specs;
mod sync;
pub mod task;
pub mod upload;
