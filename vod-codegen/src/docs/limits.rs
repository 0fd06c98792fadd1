//! Limits in words.

use std::time::Duration;

use vod_spec::model::{Bounds, Field, Number};

/// What a field's value must keep to, one text for each limit.
pub(super) fn texts(field: &Field) -> Vec<String> {
    let limits = &field.limits;
    let each = if field.ty.list { "each " } else { "" };
    let mut out = Vec::new();
    out.extend(limits.items.map(|bounds| counted(bounds, "item")));
    out.extend(limits.length.map(|bounds| format!("{each}{}", counted(bounds, "character"))));
    out.extend(limits.range.map(|bounds| format!("{each}{}", range(bounds))));
    out.extend(limits.pattern.as_ref().map(|pattern| format!("{each}matching `{pattern}`")));
    out
}

fn counted(bounds: Bounds<u64>, unit: &str) -> String {
    let many = |n: u64| {
        if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
    };
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) if min == max => format!("exactly {}", many(min)),
        (Some(min), Some(max)) => format!("{min} to {}", many(max)),
        (Some(min), None) => format!("at least {}", many(min)),
        (None, Some(max)) => format!("at most {}", many(max)),
        (None, None) => String::new(),
    }
}

fn range(bounds: Bounds<Number>) -> String {
    let number = |number: Number| match number {
        Number::Int(v) => v.to_string(),
        Number::Float(v) => v.to_string(),
    };
    match (bounds.min.map(number), bounds.max.map(number)) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    }
}

/// A time in its largest whole unit.
pub(super) fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (count, unit) = match seconds {
        s if s % 86_400 == 0 => (s / 86_400, "day"),
        s if s % 3_600 == 0 => (s / 3_600, "hour"),
        s if s % 60 == 0 && s > 60 => (s / 60, "minute"),
        s => (s, "second"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}
