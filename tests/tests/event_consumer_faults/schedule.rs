//! One call in five is disturbed, by faults of every kind.

use std::collections::BTreeSet;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use vod_emulator::{ClockSkew, Fault, FaultKind, Faults};

const PULL: &str = "PullEvents";
const CONFIRM: &str = "ConfirmEvents";
/// The part of the calls that are disturbed.
const SHARE: f64 = 0.2;
/// Longer than a pull waits for its answer, and than an attempt to confirm does.
const TOO_LATE: Duration = Duration::from_secs(12);

/// The faults that a seed decides upon.
pub(crate) fn one_in_five(seed: u64) -> Faults {
    let pull = [on_time(), late(), vec![Fault::DuplicateDelivery]].concat();
    Faults::seeded(seed).mix(PULL, SHARE, pull).mix(CONFIRM, SHARE, [on_time(), late()].concat())
}

/// The same for a short test by wall clock: in turn, so that each comes, and without those that keep the caller
/// waiting.
pub(crate) fn quick_one_in_five(seed: u64) -> Faults {
    let drip = Fault::SlowBody { pause: Duration::from_micros(10) };
    let pull = [vec![Fault::DuplicateDelivery], on_time()].concat();
    let confirm = [vec![drip], on_time()].concat();
    let in_turn = |faults: &[Fault]| {
        let each = |fault: &Fault| [None, None, None, None, Some(fault.clone())];
        faults.iter().flat_map(each).collect::<Vec<_>>()
    };
    Faults::seeded(seed)
        .script(PULL, in_turn(&pull))
        .script(CONFIRM, in_turn(&confirm))
        .mix(PULL, SHARE, pull)
        .mix(CONFIRM, SHARE, confirm)
}

/// The kinds of fault that both schedules are made of.
pub(crate) fn kinds() -> BTreeSet<FaultKind> {
    let faults = [on_time(), late(), vec![Fault::DuplicateDelivery]].concat();
    faults.iter().map(Fault::kind).collect()
}

/// What is over soon.
fn on_time() -> Vec<Fault> {
    let internal = |handled| Fault::ServerError {
        status: StatusCode::INTERNAL_SERVER_ERROR,
        code: "InternalError".to_owned(),
        handled,
    };
    vec![
        Fault::Latency { before: Duration::from_millis(30), after: Duration::from_millis(20) },
        Fault::ConnectionRefused { lasting: Duration::ZERO },
        Fault::ResetBeforeRequest,
        Fault::ResetAfterRequest,
        Fault::ResetAfterHandling,
        Fault::TruncatedBody { keep: 20 },
        Fault::BadGateway { handled: false },
        Fault::BadGateway { handled: true },
        internal(false),
        internal(true),
        Fault::Throttling { lasting: Duration::ZERO, retry_after: false },
        Fault::Throttling { lasting: Duration::ZERO, retry_after: true },
        Fault::HugeBody { size: 64 * 1024 },
        Fault::MissingRequestId,
        Fault::TokenExpired,
        Fault::ClockSkew { skew: ClockSkew::Ahead(Duration::from_hours(1)), lasting: Duration::ZERO },
        Fault::ByteOrderMark,
        Fault::BesideResponse,
        Fault::DeepWarning { depth: 1000 },
        Fault::ReplacedBody { body: Bytes::from_static(b"<html>All is well.</html>") },
    ]
}

/// What the caller does not wait for: before and after the call was carried out; and what takes its time.
fn late() -> Vec<Fault> {
    vec![
        Fault::Latency { before: TOO_LATE, after: Duration::ZERO },
        Fault::Latency { before: Duration::ZERO, after: TOO_LATE },
        Fault::SlowBody { pause: Duration::from_millis(1) },
    ]
}
