//! The plan of faults: random or scripted.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fmt;

use vod_spec::suggest;

use crate::faults::fault::Fault;
use crate::shown::shown_name;

/// The plan of faults to inject into calls.
///
/// Random faults follow from the seed, separately for each action: whether and how the fifth call of an action is
/// affected depends on the seed, the action and the number five only, not on the calls of other actions in between.
/// Scripts have priority over random faults, and the script of an action over that of all actions.
///
/// ```
/// use std::time::Duration;
/// use vod_emulator::{Fault, Faults, Target};
///
/// let faults = Faults::seeded(7)
///     .random(Target::All, 0.05, Fault::BadGateway { handled: false })
///     .random("PullEvents", 0.10, Fault::DuplicateDelivery)
///     .script("ConfirmEvents", [None, Some(Fault::ResetAfterHandling)]);
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use = "faults do nothing until an emulator has them"]
pub struct Faults {
    pub(crate) seed: u64,
    pub(crate) random: Vec<RandomFault>,
    pub(crate) scripts: BTreeMap<Target, VecDeque<Option<Fault>>>,
}

/// A fault that comes by chance.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RandomFault {
    pub(crate) target: Target,
    pub(crate) probability: f64,
    pub(crate) fault: Fault,
}

impl Faults {
    /// No faults.
    pub fn none() -> Self {
        Self::default()
    }

    /// No faults yet; random ones will follow from this seed.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, ..Self::default() }
    }

    /// Injects a fault with this probability, from 0 to 1; other values are clamped. A call gets at most one fault,
    /// so the probabilities of all faults that apply to it add up; if the sum exceeds 1, those added last occur less
    /// often or never.
    pub fn random(mut self, target: impl Into<Target>, probability: f64, fault: Fault) -> Self {
        let probability = if probability.is_nan() { 0.0 } else { probability.clamp(0.0, 1.0) };
        self.random.push(RandomFault { target: target.into(), probability, fault });
        self
    }

    /// Injects one of several faults, each equally likely, with this total probability.
    pub fn mix(
        self,
        target: impl Into<Target>,
        probability: f64,
        faults: impl IntoIterator<Item = Fault>,
    ) -> Self {
        let target = target.into();
        let faults: Vec<Fault> = faults.into_iter().collect();
        let count = u32::try_from(faults.len()).unwrap_or(u32::MAX);
        let each = probability / f64::from(count);
        faults.into_iter().fold(self, |all, fault| all.random(target.clone(), each, fault))
    }

    /// Injects these faults into the next calls, one per call in this order; `None` leaves a call unaffected. A
    /// second script for the same calls starts after the first.
    pub fn script(
        mut self,
        target: impl Into<Target>,
        faults: impl IntoIterator<Item = impl Into<Option<Fault>>>,
    ) -> Self {
        self.scripts.entry(target.into()).or_default().extend(faults.into_iter().map(Into::into));
        self
    }
}

impl Faults {
    /// Checks that all faults can meet a call of one of these actions.
    pub(crate) fn check<'a>(
        &self,
        actions: impl Iterator<Item = &'a str> + Clone,
    ) -> Result<(), FaultsError> {
        let random = self.random.iter().map(|random| (&random.target, Some(&random.fault)));
        let scripted = self.scripts.iter().flat_map(|(target, steps)| {
            std::iter::once((target, None))
                .chain(steps.iter().flatten().map(move |fault| (target, Some(fault))))
        });
        let known: HashSet<&str> = actions.clone().collect();
        for (target, fault) in random.chain(scripted) {
            let Target::Action(action) = target else { continue };
            if !known.contains(action.as_str()) {
                let advice = suggest(action, actions).map(|near| format!("; did you mean `{near}`?"));
                let advice = advice.unwrap_or_default();
                return Err(FaultsError(format!("there is no action `{}`{advice}", shown_name(action))));
            }
            let only_of = fault.filter(|fault| !fault.meets(action)).and_then(Fault::only_of);
            if let (Some(fault), Some(actions)) = (fault, only_of) {
                let (kind, actions) = (fault.kind(), actions.join("`, `"));
                return Err(FaultsError(format!("`{kind}` is no fault of `{action}`, only of `{actions}`")));
            }
        }
        Ok(())
    }
}

/// Why faults cannot be injected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultsError(pub(crate) String);

impl fmt::Display for FaultsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for FaultsError {}

/// The calls that faults apply to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Target {
    /// The calls of every action.
    All,
    /// The calls of the action of this name.
    Action(String),
}

impl Target {
    /// Whether calls of this action are meant.
    pub(crate) fn includes(&self, action: &str) -> bool {
        match self {
            Self::All => true,
            Self::Action(name) => name == action,
        }
    }
}

impl From<&str> for Target {
    fn from(action: &str) -> Self {
        Self::Action(action.to_owned())
    }
}

impl From<String> for Target {
    fn from(action: String) -> Self {
        Self::Action(action)
    }
}
