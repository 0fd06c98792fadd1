//! Calls without generated types: JSON in, JSON out, and records whose fields are known at run time only.

mod interned;
mod json_call;
mod json_service;
mod record_call;
mod secret_names;

#[cfg(test)]
mod tests;

pub use json_call::JsonCall;
pub use json_service::JsonService;
pub use record_call::{Look, Pauses, RecordAnswer, RecordCall, RecordPage, RecordPages, RecordWait};
pub use secret_names::looks_secret;

/// What a call changes of its client's settings; each kind of call has the same methods.
macro_rules! call_settings {
    () => {
        /// Limits the whole call: waiting for a credential and for its turn, all attempts and the pauses between
        /// them.
        pub fn timeout(mut self, limit: std::time::Duration) -> Self {
            self.settings.timeout = Some(limit);
            self
        }

        /// Limits each attempt of the call, from connecting to the end of the answer.
        pub fn attempt_timeout(mut self, limit: std::time::Duration) -> Self {
            self.settings.attempt_timeout = Some(limit);
            self
        }

        /// Sends the call again by other rules than the client's, or not at all:
        /// [`RetryPolicy::none`](crate::RetryPolicy::none).
        pub fn retry(mut self, policy: crate::retry::RetryPolicy) -> Self {
            self.settings.retry = Some(policy);
            self
        }

        /// Names another region than the client's, or none by an empty text.
        pub fn region(mut self, region: impl Into<String>) -> Self {
            self.settings.region = Some(region.into());
            self
        }

        /// Asks for messages in another language than the client's.
        pub fn language(mut self, language: crate::client::settings::Language) -> Self {
            self.settings.language = Some(language);
            self
        }
    };
}
use call_settings;
