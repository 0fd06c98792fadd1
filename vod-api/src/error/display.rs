//! Formats errors: `Display` as one line, `Debug`, and the causes that the line does not contain.

use std::error::Error as StdError;
use std::fmt;

use super::{Attempts, Error, ErrorKind};

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_line(&mut OneLine(f))
    }
}

impl Error {
    fn write_line(&self, f: &mut impl fmt::Write) -> fmt::Result {
        let inner = &*self.inner;
        if let Some(action) = self.action() {
            write!(f, "{action} failed: ")?;
        }
        if let Some(code) = &inner.code {
            write!(f, "{code}: ")?;
        }
        if let Some(number) = inner.legacy_code {
            write!(f, "(retired code {number}) ")?;
        }
        f.write_str(match inner.message.as_str() {
            "" if inner.kind == ErrorKind::Api && inner.code.is_none() => {
                "the service reports an error without a code and a message"
            }
            "" => "no message",
            message => message,
        })?;
        let details = self.details();
        if details.is_empty() { Ok(()) } else { write!(f, " ({})", details.join(", ")) }
    }

    /// What the line ends with, in parentheses.
    fn details(&self) -> Vec<String> {
        let inner = &*self.inner;
        // 200 is the status of every response of the service, so it is news only where something else responded.
        let is_news = |status: &u16| *status != 200 || inner.kind == ErrorKind::Gateway;
        let status = inner.status.filter(is_news).map(|status| format!("HTTP {status}"));
        let id = inner.request_id.as_ref().map(|id| format!("request {id}"));
        let endpoint = inner.endpoint.as_ref().filter(|_| self.is_about_the_host());
        let endpoint = endpoint.map(|address| format!("endpoint {address}"));
        let wait = inner.retry_after.map(|wait| format!("retry after {wait:?}"));
        let Attempts { made, allowed, .. } = inner.attempts;
        // After a request to wait it matters whether there was another attempt.
        let counts = made > 1 || made == 1 && inner.retry_after.is_some();
        let attempt = counts.then(|| format!("attempt {made} of {allowed}"));
        let reason = inner.not_retried.as_ref().map(|reason| format!("not retried: {reason}"));
        [status, id, endpoint, wait, attempt, reason].into_iter().flatten().collect()
    }

    /// Whether a wrong or broken endpoint may be the cause, so that the line should name it.
    fn is_about_the_host(&self) -> bool {
        use ErrorKind::{Gateway, LegacyResponse, Malformed, MissingRequestId, NotUtf8, ResponseTooLarge};
        self.is_transport()
            || matches!(
                self.kind(),
                Gateway | Malformed | MissingRequestId | NotUtf8 | LegacyResponse | ResponseTooLarge
            )
    }
}

/// Escapes control characters: code, message and request id are sent by others, and must neither end a line
/// of a log nor steer a terminal.
struct OneLine<'a, 'f>(&'a mut fmt::Formatter<'f>);

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for piece in text.split_inclusive(char::is_control) {
            let plain = piece.trim_end_matches(char::is_control);
            self.0.write_str(plain)?;
            write!(self.0, "{}", piece[plain.len()..].escape_default())?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let inner = &*self.inner;
        f.debug_struct("Error")
            .field("kind", &inner.kind)
            .field("action", &self.action())
            .field("code", &inner.code)
            .field("legacy_code", &inner.legacy_code)
            .field("message", &inner.message)
            .field("status", &inner.status)
            .field("request_id", &inner.request_id)
            .field("snippet", &inner.snippet)
            .field("retry_after", &inner.retry_after)
            .field("attempts", &inner.attempts)
            .field("endpoint", &self.endpoint())
            .field("not_retried", &inner.not_retried)
            .field("source", &inner.source)
            .finish()
    }
}

impl StdError for Error {
    /// The first cause that `Display` does not tell, if it tells not even the last one.
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let cause = self.inner.source.as_deref()?;
        untold(&self.inner.message, cause)
    }
}

/// The first error of a chain of causes whose text is not part of a message. There is none if the message contains
/// the text of the last one: what lies between is then no more than how the HTTP client is built.
pub(crate) fn untold<'a>(
    message: &str,
    cause: &'a (dyn StdError + 'static),
) -> Option<&'a (dyn StdError + 'static)> {
    let is_told = |error: &dyn StdError| message.contains(&error.to_string());
    let chain = || std::iter::successors(Some(cause), |&error| error.source());
    if chain().last().is_none_or(is_told) {
        return None;
    }
    chain().find(|error| !is_told(*error))
}

/// An error with all its causes in one line, each text once.
#[cfg(any(test, feature = "events"))]
pub(crate) fn chain_text(error: &(dyn StdError + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        let cause_text = cause.to_string();
        if !text.contains(&cause_text) {
            text.push_str(": ");
            text.push_str(&cause_text);
        }
        next = cause.source();
    }
    text
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[derive(Debug)]
    struct Layer(&'static str, Option<Box<Layer>>);

    impl fmt::Display for Layer {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(self.0)
        }
    }

    impl StdError for Layer {
        fn source(&self) -> Option<&(dyn StdError + 'static)> {
            self.1.as_deref().map(|layer| layer as _)
        }
    }

    fn chain() -> Layer {
        Layer("sending failed", Some(Box::new(Layer("refused", None))))
    }

    /// What `{:#}` of the usual report types writes: the error and its sources, joined by colons.
    fn report(error: &Error) -> String {
        let chain = std::iter::successors(Some(error as &dyn StdError), |&error| error.source());
        chain.map(ToString::to_string).collect::<Vec<_>>().join(": ")
    }

    #[test]
    fn a_report_of_the_chain_has_each_cause_once() {
        let with = |message: &str| Error::new(ErrorKind::Connect, message).with_source(chain());
        assert_eq!(report(&with("cannot connect: refused")), "cannot connect: refused");
        assert_eq!(report(&with("sending failed: refused")), "sending failed: refused");
        assert_eq!(report(&with("sending failed")), "sending failed: refused");
        assert_eq!(report(&with("the tunnel is down")), "the tunnel is down: sending failed: refused");
        assert!(with("cannot connect: refused").underlying().is_some());
    }

    #[test]
    fn the_text_of_a_chain_has_each_cause_once() {
        assert_eq!(chain_text(&chain()), "sending failed: refused");
        assert_eq!(
            chain_text(&Layer("cannot connect: refused", Some(Box::new(chain())))),
            "cannot connect: refused: sending failed"
        );
    }

    #[test]
    fn a_wait_and_the_reason_to_give_up_are_told() {
        let error = Error::api("RequestLimitExceeded".to_owned(), "slow down".to_owned());
        let error =
            error.with_retry_after(Some(Duration::from_mins(2))).not_retried("no time is left".to_owned());
        assert_eq!(
            error.to_string(),
            "RequestLimitExceeded: slow down (retry after 120s, not retried: no time is left)"
        );
    }
}
