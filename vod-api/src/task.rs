//! Tasks: started and waited for in one line, and their outcomes.
//!
//! ```no_run
//! # #[cfg(all(feature = "processing", feature = "tasks"))]
//! # async fn example(client: vod_api::Client) -> Result<(), vod_api::Error> {
//! use vod_api::task::TaskResult as _;
//! use vod_api::vod::ProcessMediaRequest;
//!
//! let request = ProcessMediaRequest::new().file_id("file-1");
//! let detail = client.process_media(request).run_to_end().await?;
//! if let Some(outcome) = detail.outcome() {
//!     for failure in outcome.failures() {
//!         println!("{failure}");
//!     }
//!     for output in outcome.outputs() {
//!         println!("{} {:?} bytes", output.url, output.size);
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`TaskResult::outcome`] reads the answer of `DescribeTaskDetail`, a task such as `ProcedureTask`, and an event alike. Of
//! an answer or an event it reads what `payload()` gives. It knows no type of task: any object that tells a status and an
//! error code is a part of the outcome, unless it consists of such parts.

mod outcome;
#[cfg(feature = "tasks")]
mod run;

pub use outcome::{TaskOutcome, TaskOutput, TaskPart, TaskResult};
#[cfg(feature = "tasks")]
pub use run::RunToEnd;
