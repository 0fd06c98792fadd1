//! Says what one source of credentials makes of the files below `HOME`, for `tests/conformance`.
//!
//! ```sh
//! credential_probe profile|tccli
//! ```
//!
//! Prints one line: `credential` with the secret id, `absent`, `machine role`, `assumed role`, or `failed` with the
//! reason. No role is asked for anywhere: both kinds are told by the error of an address where nobody listens.

use std::process::ExitCode;

use vod_api::credential::{CredentialProvider, ProfileProvider, TccliProvider};

/// The discard port of this machine.
const NOBODY: &str = "http://127.0.0.1:9";

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]
async fn main() -> ExitCode {
    let outcome = match std::env::args().nth(1).as_deref() {
        Some("profile") => ProfileProvider::new().credential().await,
        Some("tccli") => TccliProvider::new().sts_endpoint(NOBODY).credential().await,
        _ => {
            eprintln!("name a source: profile or tccli");
            return ExitCode::FAILURE;
        }
    };
    match outcome {
        Ok(credential) => println!("credential {}", credential.secret_id()),
        Err(error) if error.is_not_configured() => println!("absent"),
        Err(error) => {
            let text = error.to_string();
            if text.contains("names the machine's role") {
                println!("machine role");
            } else if text.contains("AssumeRole failed") {
                println!("assumed role");
            } else {
                println!("failed {text}");
            }
        }
    }
    ExitCode::SUCCESS
}
