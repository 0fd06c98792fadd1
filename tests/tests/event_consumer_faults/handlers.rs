//! Handlers of mixed speed, of which some fail and some panic.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::time::{Instant, sleep};
use vod_api::events::ReceivedEvent;

use crate::record::{Fate, Record};

/// What handlers panic with.
pub(crate) const BUG: &str = "a handler's bug";

const SECOND: Duration = Duration::from_secs(1);

/// Numbers that follow from a seed (`SplitMix64`).
#[derive(Debug)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `bound`.
    pub(crate) fn roll(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

/// An event in a handler's hands. A handler that does not end it has panicked or was cancelled.
struct Handling {
    record: Arc<Mutex<Record>>,
    place: usize,
    is_ended: bool,
}

impl Handling {
    fn begin(event: &ReceivedEvent, record: Arc<Mutex<Record>>) -> Self {
        let place = record.lock().unwrap().begin(event, Instant::now());
        Self { record, place, is_ended: false }
    }

    /// It never will.
    fn hang(&self) {
        self.record.lock().unwrap().hang(self.place);
    }

    fn end(mut self, fate: Fate) {
        self.is_ended = true;
        self.record.lock().unwrap().end(self.place, fate, Instant::now());
    }
}

impl Drop for Handling {
    fn drop(&mut self) {
        if !self.is_ended {
            let fate = if std::thread::panicking() { Fate::Panicked } else { Fate::Killed };
            self.record.lock().unwrap().end(self.place, fate, Instant::now());
        }
    }
}

/// Deals with an event as the dice want it, each time that it comes: one in a hundred is never finished.
pub(crate) async fn handle(
    event: ReceivedEvent,
    dice: Arc<Mutex<Dice>>,
    record: Arc<Mutex<Record>>,
) -> Result<(), &'static str> {
    if event.event_handle.is_empty() {
        // It can't be confirmed, and is nobody's.
        record.lock().unwrap().without_handle += 1;
        return Ok(());
    }
    let handling = Handling::begin(&event, record);
    let roll = dice.lock().unwrap().roll(1000);
    match roll {
        0..3 => sleep(35 * SECOND).await,
        3..10 => sleep(Duration::from_millis(27_000 + roll * 300)).await,
        10..40 => sleep(SECOND).await,
        40..60 => panic!("{BUG}"),
        60..100 => {
            handling.end(Fate::Failed);
            return Err("not now");
        }
        100..110 => {
            handling.hang();
            std::future::pending::<()>().await;
        }
        _ => sleep(Duration::from_millis(roll % 20)).await,
    }
    handling.end(Fate::Accepted);
    Ok(())
}

/// Handlers panic by the thousand here; each message would be a line of the output.
pub(crate) fn silence_panics() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if panic.payload_as_str() != Some(BUG) {
                usual(panic);
            }
        }));
    });
}
