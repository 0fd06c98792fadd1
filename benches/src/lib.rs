//! Holds no code: the benches are in `run_time/`, the measurements of compile time in `compile_time/`.
