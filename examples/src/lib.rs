//! What the programs of this folder are made of, so that their tests run the same code.

pub mod callbacks;
pub mod play_links;
pub mod relay;
pub mod stop;
