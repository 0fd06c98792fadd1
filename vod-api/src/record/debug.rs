//! What `{:?}` shows of a record: the fields that are there, by their Rust names, sensitive ones hidden.

use std::fmt;

use super::{ListRef, Record, ValueRef, present};

const REDACTED: &str = "** redacted **";

/// Writes a record's fields; absent ones are left out, since a type may have forty of them.
///
/// # Errors
/// Those of the formatter.
pub fn debug_record(record: &dyn Record, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let meta = record.meta();
    let mut out = f.debug_struct(meta.name);
    for (i, name, value) in present(record) {
        // A record that names its fields in no other way shows the names of the wire.
        let name = meta.rust_names.get(i).copied().unwrap_or(name);
        if meta.sensitive.contains(&i) {
            out.field(name, &format_args!("{REDACTED}"));
        } else {
            out.field(name, &Shown(value));
        }
    }
    if let Some(unknown) = record.unknown().filter(|unknown| !unknown.is_empty()) {
        out.field("unknown_members", unknown);
    }
    out.finish()
}

struct Shown<'a>(ValueRef<'a>);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            ValueRef::String(v) => fmt::Debug::fmt(v, f),
            ValueRef::Int64(v) => fmt::Debug::fmt(&v, f),
            ValueRef::Uint64(v) => fmt::Debug::fmt(&v, f),
            ValueRef::Float(v) => fmt::Debug::fmt(&v, f),
            ValueRef::Bool(v) => fmt::Debug::fmt(&v, f),
            ValueRef::Json(v) => fmt::Debug::fmt(v, f),
            ValueRef::Blob(v) => fmt::Debug::fmt(v, f),
            ValueRef::Record(v) => debug_record(v, f),
            ValueRef::List(v) => show_list(v, f),
        }
    }
}

fn show_list(list: ListRef<'_>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    f.debug_list().entries(list.iter().map(Shown)).finish()
}
