//! Whether a stream keeps what it acknowledges. What the broker acknowledges is confirmed to VOD, and gone there.

use std::time::Duration;

use async_nats::jetstream::consumer;
use async_nats::jetstream::stream::{Config, DiscardPolicy, PersistenceMode, RetentionPolicy, StorageType};

/// Seconds that the broker must know ids at least: an event is redelivered after 30 s, and perhaps more than once.
pub(super) const SHORTEST_WINDOW: u64 = 90;

/// What is wrong with a stream.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Findings {
    /// The relay can't work with it.
    pub(super) unusable: Vec<String>,
    /// It may lose events that it has acknowledged, and is used only if the caller allows it.
    pub(super) lossy: Vec<String>,
    /// It is somebody's choice that events do not stay for ever.
    pub(super) notes: Vec<String>,
}

impl Findings {
    /// Judges a stream that is to store events under these subjects, by its configuration and its consumers.
    pub(super) fn of(config: &Config, consumers: &[consumer::Config], subjects: &str) -> Self {
        let mut findings = Self::default();
        findings.judge_acknowledgement(config);
        findings.judge_storage(config);
        findings.judge_limits(config);
        findings.judge_retention(config, consumers, subjects);
        findings
    }

    /// Whether consumers decide how long this stream keeps messages.
    pub(super) fn need_consumers(config: &Config) -> bool {
        config.retention != RetentionPolicy::Limits
    }

    fn judge_acknowledgement(&mut self, config: &Config) {
        if config.no_ack {
            self.unusable.push("it acknowledges nothing (no_ack), so no event could be confirmed".to_owned());
        }
        if config.sealed {
            self.unusable.push("it is sealed, and takes no messages".to_owned());
        }
        if config.mirror.is_some() {
            self.unusable.push("it is a mirror, and takes no messages".to_owned());
        }
        let window = config.duplicate_window;
        if window < Duration::from_secs(SHORTEST_WINDOW) {
            self.unusable.push(format!(
                "it recognises duplicates for {window:?} only, and {SHORTEST_WINDOW} s are needed: set its duplicate window"
            ));
        }
    }

    fn judge_storage(&mut self, config: &Config) {
        if config.storage == StorageType::Memory {
            self.lossy.push("it is in memory, and lost when the broker ends: use file storage".to_owned());
        }
        if config.persist_mode == Some(PersistenceMode::Async) {
            self.lossy
                .push("it acknowledges messages before it has stored them (persist mode async)".to_owned());
        }
    }

    fn judge_limits(&mut self, config: &Config) {
        let limits = [
            ("messages", config.max_messages, config.discard == DiscardPolicy::Old),
            ("bytes", config.max_bytes, config.discard == DiscardPolicy::Old),
            (
                "messages of a subject",
                config.max_messages_per_subject,
                // Without this, the policy `new` does not hold for this limit.
                config.discard == DiscardPolicy::Old || !config.discard_new_per_subject,
            ),
        ];
        for (what, limit, discards_old) in limits {
            if limit > 0 && discards_old {
                self.lossy.push(format!(
                    "it keeps {limit} {what} at most and deletes the oldest for new ones: use the discard policy `new`"
                ));
            }
        }
        if !config.max_age.is_zero() {
            self.notes.push(format!("it deletes messages after {:?}, read or not", config.max_age));
        }
    }

    fn judge_retention(&mut self, config: &Config, consumers: &[consumer::Config], subjects: &str) {
        let retention = match config.retention {
            RetentionPolicy::Limits => return,
            RetentionPolicy::Interest => "interest",
            RetentionPolicy::WorkQueue => "work queue",
        };
        let lasting = consumers.iter().filter(|consumer| consumer.durable_name.is_some());
        if lasting.clone().any(|consumer| takes_all(consumer, subjects)) {
            self.notes
                .push(format!("it deletes messages once its consumers have them (retention {retention})"));
        } else {
            self.lossy.push(format!(
                "it keeps messages for its consumers only (retention {retention}), and has no durable one for all of \
                 {subjects:?}: create the consumer first, or use the retention `limits`"
            ));
        }
    }
}

/// Whether a consumer gets every message under these subjects.
fn takes_all(consumer: &consumer::Config, subjects: &str) -> bool {
    let one = Some(&consumer.filter_subject).filter(|filter| !filter.is_empty());
    let mut filters = one.into_iter().chain(&consumer.filter_subjects).peekable();
    filters.peek().is_none() || filters.any(|filter| covers(filter, subjects))
}

/// Whether all subjects of one pattern are subjects of another.
fn covers(pattern: &str, subjects: &str) -> bool {
    let (mut pattern, mut subjects) = (pattern.split('.'), subjects.split('.'));
    loop {
        match (pattern.next(), subjects.next()) {
            (Some(">"), Some(_)) | (None, None) => return true,
            (Some("*"), Some(token)) if token != ">" => {}
            (Some(own), Some(token)) if own == token => {}
            _ => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use async_nats::jetstream::stream::Source;

    use super::*;

    const SUBJECTS: &str = "vod.events.*";

    fn fit() -> Config {
        Config {
            duplicate_window: Duration::from_secs(SHORTEST_WINDOW),
            storage: StorageType::File,
            max_messages: -1,
            max_bytes: -1,
            max_messages_per_subject: -1,
            ..Config::default()
        }
    }

    /// How many findings of each kind there are.
    fn count(config: &Config, consumers: &[consumer::Config]) -> (usize, usize, usize) {
        let findings = Findings::of(config, consumers, SUBJECTS);
        (findings.unusable.len(), findings.lossy.len(), findings.notes.len())
    }

    fn consumer(filters: &[&str], durable: bool) -> consumer::Config {
        let mut config =
            consumer::Config { durable_name: durable.then(|| "reader".to_owned()), ..Default::default() };
        match filters {
            [one] => config.filter_subject = (*one).to_owned(),
            several => config.filter_subjects = several.iter().map(|filter| (*filter).to_owned()).collect(),
        }
        config
    }

    #[test]
    fn a_stream_that_keeps_everything_is_fit() {
        assert_eq!(Findings::of(&fit(), &[], SUBJECTS), Findings::default());
        assert_eq!(
            count(&Config { max_messages: 0, max_bytes: 0, ..fit() }, &[]),
            (0, 0, 0),
            "0 is no limit"
        );
    }

    #[test]
    fn a_stream_that_can_not_acknowledge_or_recognise_is_unusable() {
        let just_too_short = Duration::new(SHORTEST_WINDOW - 1, 999_999_999);
        for config in [
            Config { no_ack: true, ..fit() },
            Config { sealed: true, ..fit() },
            Config { mirror: Some(Source::default()), ..fit() },
            Config { duplicate_window: just_too_short, ..fit() },
            Config { duplicate_window: Duration::ZERO, ..fit() },
        ] {
            assert_eq!(count(&config, &[]), (1, 0, 0), "{config:?}");
        }
    }

    #[test]
    fn a_stream_that_deletes_what_it_acknowledged_is_lossy() {
        let new = DiscardPolicy::New;
        for config in [
            Config { storage: StorageType::Memory, ..fit() },
            Config { persist_mode: Some(PersistenceMode::Async), ..fit() },
            Config { max_messages: 1, ..fit() },
            Config { max_bytes: 1, ..fit() },
            Config { max_messages_per_subject: 1, ..fit() },
            Config { max_messages_per_subject: 1, discard: new, ..fit() },
        ] {
            assert_eq!(count(&config, &[]), (0, 1, 0), "{config:?}");
        }
        for config in [
            Config { max_messages: 1, max_bytes: 1, discard: new, ..fit() },
            Config { max_messages_per_subject: 1, discard: new, discard_new_per_subject: true, ..fit() },
        ] {
            assert_eq!(count(&config, &[]), (0, 0, 0), "{config:?}");
        }
        assert_eq!(count(&Config { max_age: Duration::from_hours(24), ..fit() }, &[]), (0, 0, 1));
    }

    #[test]
    fn a_stream_for_consumers_needs_a_lasting_one_for_all_events() {
        for retention in [RetentionPolicy::Interest, RetentionPolicy::WorkQueue] {
            let config = Config { retention, ..fit() };
            assert!(Findings::need_consumers(&config));
            assert_eq!(count(&config, &[]), (0, 1, 0), "none");
            assert_eq!(count(&config, &[consumer(&[], false)]), (0, 1, 0), "an ephemeral one");
            assert_eq!(count(&config, &[consumer(&["vod.events.FileDeleted"], true)]), (0, 1, 0), "for some");
            assert_eq!(count(&config, &[consumer(&["x", "y"], true)]), (0, 1, 0), "for others");
            for filters in [&[][..], &["vod.>"], &["vod.events.*"], &["x", "vod.events.>"]] {
                assert_eq!(count(&config, &[consumer(filters, true)]), (0, 0, 1), "{filters:?}");
            }
        }
        assert!(!Findings::need_consumers(&fit()));
    }

    #[test]
    fn patterns() {
        for pattern in [">", "vod.>", "*.events.>", "vod.events.>", "vod.*.>", "vod.events.*", "*.*.*"] {
            assert!(covers(pattern, SUBJECTS), "{pattern}");
        }
        for pattern in ["vod.events", "vod.events.a", "vod.events.a.>", "vod.events.*.*", "v.>", "*", ""] {
            assert!(!covers(pattern, SUBJECTS), "{pattern}");
        }
        assert!(covers("vod.events.>", "vod.events.>") && !covers("vod.events.*", "vod.events.>"));
    }
}
