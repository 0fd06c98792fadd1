//! Clock skew: the difference between this machine's clock and the service's, and its correction.
//!
//! Any answer may tell the service's time, in its `Date`; but what wrote the `Date` may have been a proxy or a
//! cache with a clock of its own. So a `Date` counts as far as the service's own conduct bears it out:
//!
//! - An answer that refuses a call *for its time* proves that the time was more than five minutes off. Its `Date` is
//!   taken as it stands.
//! - An answer to a call that was *accepted* proves that the time was not. Its `Date` is taken only if it lies
//!   outside of what the call's own duration explains and inside of those five minutes. So a clock that goes wrong
//!   slowly is put right before any call is refused.
//! - If a call with a corrected time is refused although the `Date` is well within five minutes of it, the `Date` is
//!   not the service's. Then this machine's own clock counts again, and accepted calls teach nothing until a refusal
//!   agrees with its `Date` again. A wrong `Date` costs one attempt that way, and never the calls of a client whose
//!   own clock is right.
//!
//! Calls run in parallel: a refusal only speaks about the correction that its own call was signed with. One that was
//! signed before another call corrected the clock says nothing about the new correction.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::DATE;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc2822;

use crate::clock::WallClock;

/// With less, in seconds, the clock is right: it is not worth a correction, nor the reason of a refusal.
pub(crate) const LEAST_CORRECTION: u64 = 30;
/// How far, in seconds, the service lets the time of a signature be off.
const TOLERANCE: u64 = 300;
/// From how far off, in seconds, a `Date` explains a refusal. A `Date` has whole seconds and is written a little
/// later than the time was checked.
const EXPLAINS: u64 = TOLERANCE - LEAST_CORRECTION;
/// How often, in seconds, the answer to an accepted call is looked at.
const INTERVAL: u64 = 60;

/// What is added to this machine's time before it is signed. All clones of a client share it.
#[derive(Debug, Default)]
pub(crate) struct Skew {
    seconds: AtomicI64,
    /// When an accepted call was looked at last, by this machine's clock.
    looked_at: AtomicU64,
    /// Set once `Date` headers proved not to be the service's, for example a proxy's.
    distrusts: AtomicBool,
    told: AtomicBool,
}

/// When a request was signed, in seconds since 1970.
#[derive(Debug, Clone, Copy)]
pub(crate) struct SignedAt {
    /// By this machine's clock.
    pub(crate) local: u64,
    /// By the service's, as far as it was known: what the request says.
    pub(crate) timestamp: u64,
}

impl Skew {
    /// The service's time, from this machine's, both in seconds since 1970.
    pub(crate) fn apply(&self, local: u64) -> u64 {
        local.saturating_add_signed(self.seconds.load(Ordering::Relaxed))
    }

    /// The service's time, from this machine's.
    fn apply_to(&self, local: SystemTime) -> SystemTime {
        let seconds = self.seconds.load(Ordering::Relaxed);
        let by = Duration::from_secs(seconds.unsigned_abs());
        let corrected = if seconds.is_negative() { local.checked_sub(by) } else { local.checked_add(by) };
        corrected.unwrap_or(local)
    }

    /// Learns from an answer that refused the time of a request. Says whether another attempt is signed with a
    /// better time. `local` is this machine's time now.
    pub(crate) fn refused(&self, at: SignedAt, local: u64, headers: &HeaderMap) -> bool {
        // Another call has corrected the clock since this one was signed.
        let is_outdated = self.apply(at.local).abs_diff(at.timestamp) >= LEAST_CORRECTION;
        let Some(service) = date(headers) else { return is_outdated };
        let off = service.abs_diff(at.timestamp);
        if off > EXPLAINS {
            self.distrusts.store(false, Ordering::Relaxed);
            return self.correct(service, local);
        }
        if is_outdated {
            return true;
        }
        if at.timestamp != at.local {
            self.seconds.store(0, Ordering::Relaxed);
            if !self.distrusts.swap(true, Ordering::Relaxed) {
                tracing::warn!(
                    "the `Date` header is not the service's time (is there a proxy?); clock offset reset to zero"
                );
            }
            return true;
        }
        off >= LEAST_CORRECTION && self.correct(service, local)
    }

    /// Learns from the answer to a call that was accepted with the time `signed`.
    pub(crate) fn accepted(&self, signed: u64, local: u64, headers: &HeaderMap) {
        if !self.is_due(local) {
            return;
        }
        self.looked_at.store(local, Ordering::Relaxed);
        let Some(service) = date(headers) else { return };
        // The service answered between these.
        let (earliest, latest) = (signed, self.apply(local));
        let off = earliest.saturating_sub(service).max(service.saturating_sub(latest));
        if (LEAST_CORRECTION..=TOLERANCE).contains(&off) {
            self.correct(service, local);
        }
    }

    /// Whether the answer to an accepted call is worth a look.
    pub(crate) fn is_due(&self, local: u64) -> bool {
        let looked_at = self.looked_at.load(Ordering::Relaxed);
        local.abs_diff(looked_at) >= INTERVAL && !self.distrusts.load(Ordering::Relaxed)
    }

    fn correct(&self, service: u64, local: u64) -> bool {
        let Ok(seconds) = i64::try_from(i128::from(service) - i128::from(local)) else { return false };
        self.seconds.store(seconds, Ordering::Relaxed);
        if !self.told.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                seconds,
                "local clock is skewed; signing with the service's time (offset {seconds:+} s)"
            );
        }
        true
    }
}

/// Tells the service's time of day, as far as it is known.
#[derive(Debug, Clone)]
pub(crate) struct ServiceClock {
    machine: WallClock,
    skew: Arc<Skew>,
}

impl ServiceClock {
    pub(crate) fn new(machine: WallClock, skew: Arc<Skew>) -> Self {
        Self { machine, skew }
    }

    /// The service's time now.
    pub(crate) fn now(&self) -> SystemTime {
        self.skew.apply_to(self.machine.now())
    }
}

fn date(headers: &HeaderMap) -> Option<u64> {
    http_date(headers.get(DATE)?.to_str().ok()?)
}

/// A time in a header, such as `Sun, 06 Nov 1994 08:49:37 GMT`, in seconds since 1970.
pub(crate) fn http_date(text: &str) -> Option<u64> {
    u64::try_from(OffsetDateTime::parse(text.trim(), &Rfc2822).ok()?.unix_timestamp()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dated(date: &str) -> HeaderMap {
        HeaderMap::from_iter([(DATE, date.parse().unwrap())])
    }

    fn at(seconds: u64) -> HeaderMap {
        let time = OffsetDateTime::from_unix_timestamp(i64::try_from(seconds).unwrap()).unwrap();
        dated(&time.format(&Rfc2822).unwrap())
    }

    const TEXT: &str = "Sun, 06 Nov 1994 08:49:37 GMT";
    const SECONDS: u64 = 784_111_777;

    #[test]
    fn the_time_of_a_header_is_read() {
        assert_eq!(http_date(TEXT), Some(SECONDS));
        assert_eq!(http_date("yesterday"), None);
        assert_eq!(http_date("Sun, 06 Nov 1904 08:49:37 GMT"), None);
    }

    /// Signed at this machine's time with that many seconds added.
    fn signed(local: u64, correction: i64) -> SignedAt {
        SignedAt { local, timestamp: local.saturating_add_signed(correction) }
    }

    #[test]
    fn a_refused_clock_is_corrected_in_both_directions() {
        for local in [SECONDS - 4000, SECONDS + 4000, SECONDS - 301, SECONDS + 301] {
            let skew = Skew::default();
            assert_eq!(skew.apply(local), local);
            assert!(skew.refused(signed(local, 0), local, &dated(TEXT)));
            assert_eq!(skew.apply(local + 10), SECONDS + 10);
        }
    }

    #[test]
    fn a_time_that_was_right_or_cannot_be_known_is_left_alone() {
        let skew = Skew::default();
        for local in [SECONDS - 29, SECONDS, SECONDS + 29] {
            assert!(!skew.refused(signed(local, 0), local, &dated(TEXT)), "{local}");
        }
        assert!(!skew.refused(signed(1, 0), 1, &HeaderMap::new()));
        assert!(!skew.refused(signed(1, 0), 1, &dated("soon")));
        assert_eq!(skew.apply(SECONDS), SECONDS);
        assert!(skew.refused(signed(SECONDS - 30, 0), SECONDS - 30, &dated(TEXT)), "the least correction");
        assert_eq!(skew.apply(SECONDS - 30), SECONDS);
    }

    #[test]
    fn a_call_that_was_signed_before_the_correction_gets_its_second_attempt() {
        let skew = Skew::default();
        let local = SECONDS + 4000;
        assert!(skew.refused(signed(local, 0), local, &dated(TEXT)));
        assert!(skew.refused(signed(local, 0), local + 1, &dated("Sun, 06 Nov 1994 08:49:38 GMT")));
        assert!(skew.refused(signed(local, 0), local + 2, &HeaderMap::new()), "without a `Date` too");
        assert_eq!(skew.apply(local), SECONDS);
        assert!(!skew.refused(signed(local, -4000), local, &HeaderMap::new()), "there is no better time");
    }

    /// Calls that were signed together at the edge of the five minutes: the service accepts one and refuses the
    /// others, in any order of the answers, and writes the `Date` in whole seconds.
    #[test]
    fn parallel_calls_that_straddle_the_five_minutes_leave_the_clock_right() {
        for ahead in [1, -1] {
            for off in [271, 299, 300] {
                for accepted_first in [true, false] {
                    let skew = Skew::default();
                    let local = SECONDS.saturating_add_signed(ahead * off);
                    for is_accepted in [accepted_first, !accepted_first, !accepted_first] {
                        if is_accepted {
                            skew.accepted(local, local, &at(SECONDS));
                        } else {
                            assert!(skew.refused(signed(local, 0), local, &at(SECONDS)), "{off}");
                        }
                        assert_eq!(skew.apply(local), SECONDS, "{ahead} {off} {accepted_first}");
                    }
                    // It goes on learning.
                    skew.accepted(SECONDS + 70, local + 70, &at(SECONDS + 170));
                    assert_eq!(skew.apply(local + 70), SECONDS + 170, "{ahead} {off} {accepted_first}");
                }
            }
        }
    }

    #[test]
    fn a_refusal_that_agrees_with_its_date_restores_the_trust() {
        let skew = Skew::default();
        let local = SECONDS + 4000;
        assert!(skew.refused(signed(local, 0), local, &at(SECONDS)));
        // The `Date` was not the service's: what it led to is refused, though the `Date` stays near.
        assert!(skew.refused(signed(local, -4000), local, &at(SECONDS + 270)));
        assert_eq!(skew.apply(local), local);
        assert!(!skew.is_due(local + 1000), "accepted calls teach nothing");
        skew.accepted(local + 1000, local + 1000, &at(local + 1100));
        assert_eq!(skew.apply(local), local);

        assert!(skew.refused(signed(local, 0), local, &at(local + 271)));
        assert_eq!(skew.apply(local), local + 271);
        assert!(skew.is_due(local + 1000));
    }

    #[test]
    fn the_services_clock_is_the_machines_with_the_correction() {
        let skew = Arc::new(Skew::default());
        let machine = SystemTime::UNIX_EPOCH + Duration::from_millis(SECONDS * 1000 + 500);
        let clock = ServiceClock::new(WallClock::Own(Arc::new(move || machine)), Arc::clone(&skew));
        assert_eq!(clock.now(), machine);
        for (service, expected) in [
            (SECONDS + 4000, machine + Duration::from_secs(4000)),
            (SECONDS - 4000, machine - Duration::from_secs(4000)),
        ] {
            skew.correct(service, SECONDS);
            assert_eq!(clock.now(), expected);
        }
    }

    #[test]
    fn accepted_calls_correct_what_is_more_than_latency_and_less_than_a_refusal() {
        for (local, taken, corrected) in [
            (SECONDS - 250, 0, true),
            (SECONDS + 250, 0, true),
            (SECONDS - 29, 0, false),
            (SECONDS + 29, 0, false),
            (SECONDS - 30, 0, true),
            (SECONDS + 30, 0, true),
            (SECONDS - 300, 0, true),
            (SECONDS + 300, 0, true),
            // Sent 200 s before: the service answered at once, and the answer came late.
            (SECONDS + 195, 200, false),
            (SECONDS + 5, 200, false),
            // The call would have been refused: this is not the service's time.
            (SECONDS - 301, 0, false),
            (SECONDS + 301, 0, false),
        ] {
            let skew = Skew::default();
            skew.accepted(local - taken, local, &dated(TEXT));
            assert_eq!(skew.apply(local) == SECONDS, corrected, "{local} after {taken}");
            assert_eq!(skew.apply(local) == local, !corrected, "{local} after {taken}");
        }
    }

    #[test]
    fn accepted_calls_are_looked_at_once_a_minute() {
        let skew = Skew::default();
        skew.accepted(SECONDS, SECONDS, &at(SECONDS));
        skew.accepted(SECONDS + 59, SECONDS + 59, &at(SECONDS + 159));
        assert_eq!(skew.apply(SECONDS), SECONDS);
        skew.accepted(SECONDS + 60, SECONDS + 60, &at(SECONDS + 160));
        assert_eq!(skew.apply(SECONDS), SECONDS + 100);
    }

    /// A service that refuses what is more than five minutes off, behind a proxy whose `Date` never changes. The
    /// client's own clock is right.
    #[test]
    fn a_date_of_somebody_else_costs_one_attempt_and_no_more() {
        let skew = Skew::default();
        let stale = at(SECONDS);
        let mut refused = 0;
        for local in (SECONDS..SECONDS + 10_000).step_by(50) {
            let signed = skew.apply(local);
            if signed.abs_diff(local) <= TOLERANCE {
                skew.accepted(signed, local, &stale);
            } else {
                refused += 1;
                let at = SignedAt { local, timestamp: signed };
                assert!(skew.refused(at, local, &stale), "another attempt helps");
                assert_eq!(skew.apply(local), local);
            }
        }
        assert_eq!(refused, 1);
    }
}
