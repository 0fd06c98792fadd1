//! Types that hold each other so deeply that the compiler gives up, without a word of where.

use std::collections::HashMap;

use crate::model::{Element, Service, Storage};
use crate::report::Problems;

/// How many steps of the compiler's 128 the types of a service may take. The rest is for what stands around them.
const MOST: usize = 100;
/// The steps from a type to one that it holds directly, and to one that it holds in a box or a list.
const PLAIN: usize = 1;
const WRAPPED: usize = 4;

/// Reports each field below which types are nested too deeply, and makes it one of any JSON.
pub(crate) fn check(service: &mut Service, problems: &mut Problems) {
    let index: HashMap<&str, usize> =
        service.types.iter().enumerate().map(|(i, record)| (record.name.as_str(), i)).collect();
    let edges: Vec<Vec<Edge>> = service
        .types
        .iter()
        .map(|record| {
            let fields = record.fields.iter().enumerate();
            let edges = fields.filter_map(|(field, item)| match &item.ty.element {
                Element::Record(name) => {
                    let steps = if item.storage() == Storage::Plain { PLAIN } else { WRAPPED };
                    Some(Edge { field, target: *index.get(name.as_str())?, steps })
                }
                _ => None,
            });
            edges.collect()
        })
        .collect();
    for (node, field) in too_deep(&edges) {
        let record = &mut service.types[node];
        let Some(field) = record.fields.get_mut(field) else { continue };
        let item = format!("{}.{}", record.name, field.name);
        let what = "the types below this field are nested too deeply for the compiler";
        let instead = "make a field on the way down `json`, or use fewer levels (about 25 of optional objects or lists)";
        problems.report(&field.at, &item, what, instead);
        field.ty.element = Element::Json;
    }
}

/// A field that holds another type.
struct Edge {
    field: usize,
    target: usize,
    steps: usize,
}

/// The fields, with their types, below which it goes too deep. Depth first, on a stack of its own, as the compiler
/// goes: a type that it is in the midst of adds nothing.
fn too_deep(edges: &[Vec<Edge>]) -> Vec<(usize, usize)> {
    let mut depths: Vec<Option<usize>> = vec![None; edges.len()];
    let mut on_path = vec![false; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        if depths[start].is_some() {
            continue;
        }
        on_path[start] = true;
        let mut path = vec![(start, 0, 0)];
        while let Some((node, at, depth)) = path.last_mut() {
            let Some(edge) = edges[*node].get(*at) else {
                depths[*node] = Some(*depth);
                on_path[*node] = false;
                path.pop();
                continue;
            };
            match depths[edge.target] {
                None if !on_path[edge.target] => {
                    on_path[edge.target] = true;
                    path.push((edge.target, 0, 0));
                    continue;
                }
                Some(below) if below + edge.steps > MOST => found.push((*node, edge.field)),
                Some(below) => *depth = (*depth).max(below + edge.steps),
                None => {}
            }
            *at += 1;
        }
    }
    found
}
