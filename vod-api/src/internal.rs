//! Entry points for the benchmarks and the fuzz targets of this repository. Not a public interface: they change without
//! notice.

pub mod bench;
#[cfg(fuzzing)]
pub mod fuzz;
