//! Faults as JSON, for programs that are not Rust and for the command line.

use std::collections::HashMap;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use serde_json::{Map, Value};

use crate::faults::fault::{Fault, FaultKind};
use crate::faults::plan::{Faults, FaultsError, Target};
use crate::options::ClockSkew;
use crate::protocol::codes;

/// Largest `size` of a huge body in JSON, in bytes.
const MAX_SIZE: u64 = 1 << 30;
/// Largest `number` of a hidden part in JSON.
const MAX_PART: u64 = 10_000;
/// Largest `depth` of a deep warning in JSON.
const MAX_DEPTH: u64 = 10_000_000;

type Read<T> = Result<T, FaultsError>;

impl Faults {
    /// Reads faults from JSON. An object with these members, all of which may be absent:
    ///
    /// - `seed`: a whole number.
    /// - `random`: a list of objects with `probability`, `fault` and, unless every action is meant, `action`.
    ///   The probabilities of the faults that a call can meet must not add up to more than 1.
    /// - `script`: a list of objects with `faults` (a list, `null` for a call left in peace) and, unless every
    ///   action is meant, `action`.
    ///
    /// A fault is its [name](FaultKind::name), or an object with the name as `kind` and the fields of the [`Fault`],
    /// with `-` in place of `_`. Periods are in whole milliseconds and end in `-ms`: `before-ms`, `after-ms`,
    /// `lasting-ms`, `pause-ms` (default 10). `after` is 0, `number` and `entries` are 1, `blanks` 20. The skew of a
    /// clock is `skew-seconds`, negative for behind. `keep` is 20, `status` 500, `code` `InternalError`; other fields
    /// are zero or false by default. `size` is at most 1 GiB, `depth` (default 200) at most 10,000,000; `body` is a
    /// text, `body-base64` any bytes. `latency`, `clock-skew`, `huge-body` and `replaced-body` say nothing by their
    /// names alone.
    ///
    /// ```
    /// let faults = vod_emulator::Faults::from_json(br#"{
    ///     "seed": 7,
    ///     "random": [{ "probability": 0.05, "fault": { "kind": "latency", "before-ms": 200 } }],
    ///     "script": [{ "action": "ConfirmEvents", "faults": [null, "reset-after-handling"] }]
    /// }"#)?;
    /// # Ok::<(), vod_emulator::FaultsError>(())
    /// ```
    ///
    /// # Errors
    /// [`FaultsError`] if the text is not JSON of this form; it says where and what is wrong.
    pub fn from_json(json: &[u8]) -> Result<Self, FaultsError> {
        let value: Value =
            serde_json::from_slice(json).map_err(|error| FaultsError(format!("not valid JSON: {error}")))?;
        let mut all = Members::new(value, "the faults")?;
        let mut faults = Self::seeded(all.number("seed", u64::MAX)?.unwrap_or(0));
        let mut chances = Chances::default();
        for (index, entry) in all.list("random")?.into_iter().enumerate() {
            faults = add_random(faults, &mut chances, entry, &format!("`random[{index}]`"))?;
        }
        for (index, entry) in all.list("script")?.into_iter().enumerate() {
            faults = add_script(faults, entry, &format!("`script[{index}]`"))?;
        }
        all.finish()?;
        Ok(faults)
    }
}

/// How likely it is that a call meets any of the faults that come by chance.
#[derive(Default)]
struct Chances {
    of_all: f64,
    of_action: HashMap<String, f64>,
    /// The largest of the actions' own.
    largest: f64,
}

impl Chances {
    /// Adds a fault; false if more than all calls of an action would meet one.
    fn add(&mut self, target: &Target, probability: f64) -> bool {
        let sum = match target {
            Target::All => {
                self.of_all += probability;
                self.of_all + self.largest
            }
            Target::Action(action) => {
                let own = self.of_action.entry(action.clone()).or_default();
                *own += probability;
                self.largest = self.largest.max(*own);
                self.of_all + *own
            }
        };
        // A little more than 1, for sums such as ten times 0.1.
        sum <= 1.000_001
    }
}

fn add_random(faults: Faults, chances: &mut Chances, entry: Value, place: &str) -> Read<Faults> {
    let mut members = Members::new(entry, place)?;
    let target = members.target()?;
    let probability = match members.take("probability").as_ref().and_then(Value::as_f64) {
        Some(probability) if (0.0..=1.0).contains(&probability) => probability,
        _ => return members.wrong("probability", "a number from 0 to 1"),
    };
    let Some(fault) = members.take("fault") else {
        return members.wrong("fault", "given");
    };
    let fault = read_fault(fault, place)?;
    members.finish()?;
    if !chances.add(&target, probability) {
        return Err(FaultsError(format!("{place}: the probabilities add up to more than 1")));
    }
    Ok(faults.random(target, probability, fault))
}

fn add_script(faults: Faults, entry: Value, place: &str) -> Read<Faults> {
    let mut members = Members::new(entry, place)?;
    let target = members.target()?;
    let steps = members.list("faults")?;
    members.finish()?;
    let steps = steps
        .into_iter()
        .map(|step| if step.is_null() { Ok(None) } else { read_fault(step, place).map(Some) });
    Ok(faults.script(target, steps.collect::<Read<Vec<Option<Fault>>>>()?))
}

fn read_fault(value: Value, place: &str) -> Read<Fault> {
    let value = match value {
        Value::String(kind) => Value::Object(Map::from_iter([("kind".to_owned(), Value::String(kind))])),
        value => value,
    };
    let mut members = Members::new(value, place)?;
    let Some(kind) = members.text("kind")? else {
        return members.wrong("kind", "the name of a fault");
    };
    let kind: FaultKind = kind.parse().map_err(|problem| FaultsError(format!("{place}: {problem}")))?;
    let fault = read_fields(kind, &mut members)?;
    members.finish()?;
    Ok(fault)
}

fn read_fields(kind: FaultKind, members: &mut Members<'_>) -> Read<Fault> {
    Ok(match kind {
        FaultKind::Latency => {
            let (before, after) = (members.period("before-ms")?, members.period("after-ms")?);
            if before.is_none() && after.is_none() {
                return members.wrong("before-ms", "given, or `after-ms`");
            }
            Fault::Latency { before: before.unwrap_or_default(), after: after.unwrap_or_default() }
        }
        FaultKind::ConnectionRefused => Fault::ConnectionRefused { lasting: members.lasting()? },
        FaultKind::ResetBeforeRequest => Fault::ResetBeforeRequest,
        FaultKind::ResetAfterRequest => Fault::ResetAfterRequest,
        FaultKind::ResetAfterHandling => Fault::ResetAfterHandling,
        FaultKind::TruncatedBody => Fault::TruncatedBody { keep: members.size("keep")?.unwrap_or(20) },
        FaultKind::BadGateway => Fault::BadGateway { handled: members.flag("handled")? },
        FaultKind::ServerError => Fault::ServerError {
            status: members.server_error_status()?,
            code: members.text("code")?.unwrap_or_else(|| codes::INTERNAL_ERROR.to_owned()),
            handled: members.flag("handled")?,
        },
        FaultKind::Throttling => {
            Fault::Throttling { lasting: members.lasting()?, retry_after: members.flag("retry-after")? }
        }
        FaultKind::ClockSkew => {
            let Some(ahead) = members.take("skew-seconds").as_ref().and_then(Value::as_i64) else {
                return members.wrong("skew-seconds", "a whole number");
            };
            Fault::ClockSkew { skew: ClockSkew::of_seconds(ahead), lasting: members.lasting()? }
        }
        FaultKind::TokenExpired => Fault::TokenExpired,
        FaultKind::SlowBody => {
            let pause = members.period("pause-ms")?.unwrap_or(Duration::from_millis(10));
            Fault::SlowBody { pause }
        }
        FaultKind::DuplicateDelivery => Fault::DuplicateDelivery,
        FaultKind::HugeBody => match members.size("size")? {
            Some(size) => Fault::HugeBody { size },
            None => return members.wrong("size", "given"),
        },
        FaultKind::MissingRequestId => Fault::MissingRequestId,
        FaultKind::ByteOrderMark => Fault::ByteOrderMark,
        FaultKind::BesideResponse => Fault::BesideResponse,
        FaultKind::DeepWarning => {
            let depth = members.number("depth", MAX_DEPTH)?.and_then(|depth| usize::try_from(depth).ok());
            Fault::DeepWarning { depth: depth.unwrap_or(200) }
        }
        FaultKind::ReplacedBody => match (members.text("body")?, members.text("body-base64")?) {
            (Some(body), None) => Fault::ReplacedBody { body: body.into() },
            (None, Some(encoded)) => match STANDARD.decode(encoded) {
                Ok(body) => Fault::ReplacedBody { body: body.into() },
                Err(_) => return members.wrong("body-base64", "base64"),
            },
            _ => return members.wrong("body", "given, or `body-base64` in its place"),
        },
        FaultKind::ResetInBody => Fault::ResetInBody { after: members.size("after")?.unwrap_or_default() },
        FaultKind::SlowReader => {
            Fault::SlowReader { pause: members.period("pause-ms")?.unwrap_or(Duration::from_millis(10)) }
        }
        FaultKind::CompletionError => Fault::CompletionError {
            code: members.text("code")?.unwrap_or_else(|| codes::INTERNAL_ERROR.to_owned()),
            blanks: members.size("blanks")?.unwrap_or(20),
        },
        FaultKind::WrongEtag => Fault::WrongEtag,
        FaultKind::WrongCrc => Fault::WrongCrc,
        FaultKind::CorruptedContent => Fault::CorruptedContent,
        FaultKind::HiddenPart => {
            let number = members.number("number", MAX_PART)?.and_then(|number| u32::try_from(number).ok());
            Fault::HiddenPart { number: number.unwrap_or(1) }
        }
        FaultKind::ShortPage => Fault::ShortPage { entries: members.size("entries")?.unwrap_or(1) },
        FaultKind::ForgottenUpload => Fault::ForgottenUpload,
    })
}

/// The members of an object, taken one by one, and where it stands.
struct Members<'a> {
    left: Map<String, Value>,
    place: &'a str,
}

impl<'a> Members<'a> {
    fn new(value: Value, place: &'a str) -> Read<Self> {
        match value {
            Value::Object(left) => Ok(Self { left, place }),
            _ => Err(FaultsError(format!("{place}: this must be an object"))),
        }
    }

    fn take(&mut self, name: &str) -> Option<Value> {
        self.left.remove(name)
    }

    /// The member must be what `rule` says.
    fn wrong<T>(&self, name: &str, rule: &str) -> Read<T> {
        Err(FaultsError(format!("{}: `{name}` must be {rule}", self.place)))
    }

    fn number(&mut self, name: &str, max: u64) -> Read<Option<u64>> {
        let Some(value) = self.take(name) else { return Ok(None) };
        match value.as_u64().filter(|number| *number <= max) {
            Some(number) => Ok(Some(number)),
            None => self.wrong(name, &format!("a whole number from 0 to {max}")),
        }
    }

    fn size(&mut self, name: &str) -> Read<Option<usize>> {
        Ok(self.number(name, MAX_SIZE)?.and_then(|size| usize::try_from(size).ok()))
    }

    fn period(&mut self, name: &str) -> Read<Option<Duration>> {
        Ok(self.number(name, u64::MAX)?.map(Duration::from_millis))
    }

    fn lasting(&mut self) -> Read<Duration> {
        Ok(self.period("lasting-ms")?.unwrap_or_default())
    }

    fn flag(&mut self, name: &str) -> Read<bool> {
        match self.take(name) {
            None => Ok(false),
            Some(Value::Bool(flag)) => Ok(flag),
            Some(_) => self.wrong(name, "true or false"),
        }
    }

    fn text(&mut self, name: &str) -> Read<Option<String>> {
        match self.take(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => self.wrong(name, "a text"),
        }
    }

    fn list(&mut self, name: &str) -> Read<Vec<Value>> {
        match self.take(name) {
            None => Ok(Vec::new()),
            Some(Value::Array(list)) => Ok(list),
            Some(_) => self.wrong(name, "a list"),
        }
    }

    fn target(&mut self) -> Read<Target> {
        Ok(self.text("action")?.map_or(Target::All, Target::Action))
    }

    fn server_error_status(&mut self) -> Read<StatusCode> {
        let number = self.number("status", 599)?.unwrap_or(500);
        let status = u16::try_from(number).ok().and_then(|number| StatusCode::from_u16(number).ok());
        match status.filter(StatusCode::is_server_error) {
            Some(status) => Ok(status),
            None => self.wrong("status", "from 500 to 599"),
        }
    }

    /// Refuses unknown members.
    fn finish(self) -> Read<()> {
        match self.left.keys().next() {
            None => Ok(()),
            Some(name) => Err(FaultsError(format!("{}: there is no `{name}` here", self.place))),
        }
    }
}

#[cfg(test)]
mod tests;
