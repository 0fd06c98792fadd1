//! Makes one call in a chosen way of signing, for `tests/conformance`.
//!
//! ```sh
//! conformance_client tc3|hmac-sha256|hmac-sha1 post|get signed|unsigned ACTION REQUEST
//! ```
//!
//! The last word of the way says whether the payload is signed; the request is JSON. Credential and endpoint
//! come from the environment, as `Client::from_env` reads it. Prints the response as JSON; on an error it
//! prints the error to stderr and exits with 1.

use std::error::Error;
use std::process::ExitCode;

use serde::Serialize;
use serde::de::DeserializeOwned;
use vod_api::vod::{ConfirmEventsRequest, PullEventsRequest};
use vod_api::{Action, Client, ClientBuilder, HttpMethod, Request, SignatureMethod};

#[tokio::main(flavor = "current_thread")]
#[allow(clippy::print_stdout, clippy::print_stderr, reason = "this is a program")]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match answer(&arguments).await {
        Ok(response) => {
            println!("{response}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn answer(arguments: &[String]) -> Result<String, Box<dyn Error>> {
    let [signature, method, payload, action, request] = arguments else {
        return Err("five arguments are needed: signature, method, payload, action, request".into());
    };
    let client = client(signature, method, payload)?;
    match action.as_str() {
        "PullEvents" => call::<PullEventsRequest>(&client, request).await,
        "ConfirmEvents" => call::<ConfirmEventsRequest>(&client, request).await,
        _ => Err(format!("the action {action} is not offered here").into()),
    }
}

fn client(signature: &str, method: &str, payload: &str) -> Result<Client, Box<dyn Error>> {
    let signature = match signature {
        "tc3" => SignatureMethod::Tc3,
        "hmac-sha256" => SignatureMethod::HmacSha256,
        "hmac-sha1" => SignatureMethod::HmacSha1,
        _ => return Err(format!("there is no signature method {signature}").into()),
    };
    let method = match method {
        "post" => HttpMethod::Post,
        "get" => HttpMethod::Get,
        _ => return Err(format!("there is no HTTP method {method}").into()),
    };
    let unsigned_payload = match payload {
        "signed" => false,
        "unsigned" => true,
        _ => return Err(format!("a payload is signed or unsigned, not {payload}").into()),
    };
    let builder = ClientBuilder::from_env()?.signature(signature).method(method);
    Ok(builder.unsigned_payload(unsigned_payload).build()?)
}

async fn call<R>(client: &Client, request: &str) -> Result<String, Box<dyn Error>>
where
    R: Request + DeserializeOwned,
    <R::Action as Action>::Response: Serialize,
{
    let response = client.call(serde_json::from_str::<R>(request)?).await?;
    Ok(serde_json::to_string(&response)?)
}
