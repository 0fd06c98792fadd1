//! A machine that stands still, sleeps, has its time of day set, and whose keys are rotated.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::{Instant, advance};
use vod_api::Credential;
use vod_api::credential::{CredentialError, CredentialProvider, ProvideCredential};
use vod_emulator::EmulatedService;

use crate::handlers::Dice;
use crate::record::Record;

/// One in so many looks at the run brings a disturbance: one in three seconds.
const RARITY: u64 = 60;

/// The shortest sleep and freeze. The consumer does not notice a sleep of one second: its margin covers it.
const SHORTEST: u64 = 2;

/// What happened how often.
#[derive(Debug, Default, Clone, Copy)]
pub(crate) struct Disturbances {
    pub(crate) freezes: u64,
    pub(crate) sleeps: u64,
    pub(crate) clock_jumps: u64,
    pub(crate) rotations: u64,
}

/// The machine that the consumers run on.
pub(crate) struct Machine {
    /// By how many seconds its time of day is ahead of the timers.
    ahead: Arc<AtomicI64>,
    start: Instant,
    started_at: u64,
    vault: Arc<Vault>,
    counts: Mutex<Disturbances>,
}

/// Where its keys are kept; none between two of them.
pub(crate) struct Vault(Mutex<Option<(String, String)>>);

impl CredentialProvider for Vault {
    fn name(&self) -> &'static str {
        "vault"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        let keys = self.0.lock().unwrap().clone();
        let credential = keys
            .map(|(secret_id, secret_key)| Credential::new(secret_id, secret_key))
            .ok_or_else(|| CredentialError::not_configured("the keys are being rotated"));
        Box::pin(std::future::ready(credential))
    }
}

impl Machine {
    pub(crate) fn of(service: &EmulatedService) -> Self {
        let keys = (service.secret_id().to_owned(), service.secret_key().to_owned());
        Self {
            ahead: Arc::default(),
            start: Instant::now(),
            started_at: u64::try_from(service.unix_seconds()).unwrap(),
            vault: Arc::new(Vault(Mutex::new(Some(keys)))),
            counts: Mutex::default(),
        }
    }

    pub(crate) fn vault(&self) -> Arc<Vault> {
        Arc::clone(&self.vault)
    }

    /// Its time of day.
    pub(crate) fn clock(&self) -> impl Fn() -> SystemTime + Send + Sync + 'static {
        let (start, ahead) = (self.start, Arc::clone(&self.ahead));
        let started_at = UNIX_EPOCH + Duration::from_secs(self.started_at);
        move || {
            let ahead = ahead.load(Ordering::SeqCst);
            let distance = Duration::from_secs(ahead.unsigned_abs());
            let now = started_at + start.elapsed();
            if ahead < 0 { now - distance } else { now + distance }
        }
    }

    pub(crate) fn counts(&self) -> Disturbances {
        *self.counts.lock().unwrap()
    }

    /// Disturbs the machine, if the dice want it.
    pub(crate) async fn disturb(
        &self,
        service: &EmulatedService,
        dice: &Mutex<Dice>,
        record: &Mutex<Record>,
    ) {
        let (kind, seconds) = {
            let mut dice = dice.lock().unwrap();
            (dice.roll(RARITY * 5), dice.roll(60) + SHORTEST)
        };
        if kind > 4 {
            return;
        }
        record.lock().unwrap().disturb(Instant::now());
        let duration = Duration::from_secs(seconds);
        match kind {
            // Nothing runs; the timers find themselves later.
            0 => {
                advance(duration).await;
                self.counts.lock().unwrap().freezes += 1;
            }
            // The timers stand still, and the world goes on.
            1 => {
                self.ahead.fetch_add(i64::try_from(seconds).unwrap(), Ordering::SeqCst);
                service.advance(duration);
                record.lock().unwrap().pass(duration, Instant::now());
                self.counts.lock().unwrap().sleeps += 1;
            }
            // By up to two hours in either direction, for a while.
            2 => {
                let jump = i64::try_from(seconds).unwrap() * 240 - 7200;
                self.ahead.store(jump, Ordering::SeqCst);
                self.counts.lock().unwrap().clock_jumps += 1;
            }
            3 => self.rotate(service),
            // The old keys end before the new ones are there.
            _ => {
                *self.vault.0.lock().unwrap() = None;
                service.rotate_key("AKID-between", "key-between");
                tokio::time::sleep(Duration::from_secs(seconds % 8)).await;
                self.rotate(service);
            }
        }
        record.lock().unwrap().disturb(Instant::now());
    }

    fn rotate(&self, service: &EmulatedService) {
        let mut counts = self.counts.lock().unwrap();
        counts.rotations += 1;
        let (id, key) = (format!("AKID-{}", counts.rotations), format!("key-{}", counts.rotations));
        *self.vault.0.lock().unwrap() = Some((id.clone(), key.clone()));
        service.rotate_key(id, key);
    }
}
