//! Objects that carry one of several members: which one it is.

use super::{Record, ValueRef};

/// What the spec says of an object that carries one of several members.
#[derive(Debug)]
pub struct UnionMeta {
    /// The index of the field that tells which member is there.
    pub tag: usize,
    /// The indexes of the members, each with the tag that tells it.
    pub members: &'static [(usize, &'static str)],
}

/// The index of the member that an object carries: the one that its tag tells, else the first one that is there.
pub fn carried_member(record: &dyn Record) -> Option<usize> {
    let union = record.union()?;
    let tag = match record.get(union.tag).value() {
        Some(ValueRef::String(tag)) => tag,
        _ => "",
    };
    let is_there = |index: usize| record.get(index).value().is_some();
    let told = union.members.iter().find(|(index, of)| *of == tag && is_there(*index));
    told.or_else(|| union.members.iter().find(|(index, _)| is_there(*index))).map(|(index, _)| *index)
}
