//! Whether two records of one type hold the same: `PartialEq` of generated types.

use super::{ListRef, Record, ValueRef};

/// Compares two records of the same type, field by field. Floating-point numbers compare as they do elsewhere: a
/// value that is not a number differs from itself.
pub fn same_record(a: &dyn Record, b: &dyn Record) -> bool {
    let fields = 0..a.meta().fields.len();
    fields.into_iter().all(|i| match (a.get(i).value(), b.get(i).value()) {
        (Some(a), Some(b)) => same_value(a, b),
        (None, None) => true,
        _ => false,
    }) && a.unknown() == b.unknown()
}

fn same_value(a: ValueRef<'_>, b: ValueRef<'_>) -> bool {
    match (a, b) {
        (ValueRef::String(a), ValueRef::String(b)) => a == b,
        (ValueRef::Int64(a), ValueRef::Int64(b)) => a == b,
        (ValueRef::Uint64(a), ValueRef::Uint64(b)) => a == b,
        #[allow(clippy::float_cmp)] // what a derived comparison does
        (ValueRef::Float(a), ValueRef::Float(b)) => a == b,
        (ValueRef::Bool(a), ValueRef::Bool(b)) => a == b,
        (ValueRef::Json(a), ValueRef::Json(b)) => a == b,
        (ValueRef::Blob(a), ValueRef::Blob(b)) => a == b,
        (ValueRef::Record(a), ValueRef::Record(b)) => same_record(a, b),
        (ValueRef::List(a), ValueRef::List(b)) => same_list(a, b),
        _ => false,
    }
}

fn same_list(a: ListRef<'_>, b: ListRef<'_>) -> bool {
    a.len() == b.len() && a.iter().zip(b.iter()).all(|(a, b)| same_value(a, b))
}
