//! Why an emulator could not start.

use std::fmt;
use std::io;
use std::net::SocketAddr;

use crate::faults::plan::FaultsError;
use crate::model::specs::SpecProblems;

/// Why an emulator could not start.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The server could not listen on the address.
    Listen {
        /// The address.
        address: SocketAddr,
        /// Why not.
        error: io::Error,
    },
    /// The spec files are unusable.
    Specs(SpecProblems),
    /// The faults apply to no call.
    Faults(FaultsError),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Listen { address, error } => write!(f, "cannot listen at {address}: {error}"),
            Self::Specs(problems) => problems.fmt(f),
            Self::Faults(error) => write!(f, "the faults cannot be injected: {error}"),
        }
    }
}

impl std::error::Error for StartError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Listen { error, .. } => Some(error),
            Self::Specs(problems) => Some(problems),
            Self::Faults(error) => Some(error),
        }
    }
}
