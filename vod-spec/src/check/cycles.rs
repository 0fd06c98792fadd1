//! A type that cannot be built without itself cannot be built at all.

use std::collections::{HashMap, HashSet};

use crate::model::{Element, Position, Service, Storage};
use crate::report::Problems;

/// Finds chains of plain required fields that lead back to their start, reports the field that closes each
/// one, and drops it; the result is their names. Of `lost_fields`, the type is not known.
pub(crate) fn break_cycles(
    service: &mut Service,
    lost_fields: &HashSet<String>,
    problems: &mut Problems,
) -> Vec<String> {
    let index: HashMap<&str, usize> =
        service.types.iter().enumerate().map(|(i, record)| (record.name.as_str(), i)).collect();
    // For each type, the types that a value of it holds directly, with the field.
    let edges: Vec<Vec<(usize, usize)>> = service
        .types
        .iter()
        .map(|record| {
            let plain =
                record.fields.iter().enumerate().filter(|(_, field)| {
                    field.storage() == Storage::Plain && !lost_fields.contains(&field.name)
                });
            plain
                .filter_map(|(i, field)| match &field.ty.element {
                    Element::Record(name) => index.get(name.as_str()).map(|target| (i, *target)),
                    _ => None,
                })
                .collect()
        })
        .collect();
    let mut search =
        Search { edges: &edges, state: vec![State::New; edges.len()], path: Vec::new(), closing: Vec::new() };
    for start in 0..edges.len() {
        search.visit(start);
    }
    let mut dropped: Vec<Position> = Vec::new();
    let mut names = Vec::new();
    for (from, field, cycle) in search.closing {
        let record = &service.types[from];
        let field = &record.fields[field];
        let mut way: Vec<&str> = cycle.iter().map(|i| service.types[*i].name.as_str()).collect();
        way.extend(way.first().copied());
        let what = format!("the type requires itself: {}", way.join(" -> "));
        let item = format!("{}.{}", record.name, field.name);
        problems.report(&field.at, &item, what, "make one field on the way optional or a list");
        dropped.push(field.at.clone());
        names.push(field.name.clone());
    }
    for record in &mut service.types {
        record.fields.retain(|field| !dropped.contains(&field.at));
    }
    names
}

#[derive(Clone, Copy, PartialEq)]
enum State {
    New,
    OnPath,
    Done,
}

struct Search<'a> {
    edges: &'a [Vec<(usize, usize)>],
    state: Vec<State>,
    path: Vec<usize>,
    /// Type, field, and the types of the cycle that the field closes.
    closing: Vec<(usize, usize, Vec<usize>)>,
}

impl Search<'_> {
    /// Depth first, on a stack of its own: a chain of types may be as long as the service is large.
    fn visit(&mut self, start: usize) {
        if self.state[start] != State::New {
            return;
        }
        self.state[start] = State::OnPath;
        self.path.push(start);
        let mut next = vec![0];
        while let (Some(&node), Some(at)) = (self.path.last(), next.last_mut()) {
            let Some(&(field, target)) = self.edges[node].get(*at) else {
                self.state[node] = State::Done;
                self.path.pop();
                next.pop();
                continue;
            };
            *at += 1;
            match self.state[target] {
                State::New => {
                    self.state[target] = State::OnPath;
                    self.path.push(target);
                    next.push(0);
                }
                State::OnPath => {
                    let from = self.path.iter().position(|i| *i == target).unwrap_or_default();
                    self.closing.push((node, field, self.path[from..].to_vec()));
                }
                State::Done => {}
            }
        }
    }
}
