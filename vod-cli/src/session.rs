//! What the commands that call the service have in common: a client of the environment, and a runtime.

use std::future::Future;

use tokio::runtime::Builder;
use vod_api::Client;

/// A client as the environment describes it: `TENCENTCLOUD_SECRET_ID`, `VOD_ENDPOINT` and so on, or the default chain.
pub(crate) fn client() -> Result<Client, String> {
    Client::from_env().map_err(|error| error.to_string())
}

/// Runs to the end.
pub(crate) fn block_on<T>(work: impl Future<Output = Result<T, String>>) -> Result<T, String> {
    let runtime = Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|error| format!("can't start: {error}"))?.block_on(work)
}
