//! Default values of shared parameters, such as `SubAppId`, for requests that do not set them.

use crate::action::ServiceMeta;
use crate::record::{FieldMut, Record};

/// Values of shared parameters by their name on the wire.
#[derive(Debug, Clone, Default)]
pub(crate) struct Defaults(Vec<(&'static str, u64)>);

impl Defaults {
    /// Sets a parameter's value.
    pub(crate) fn set(&mut self, name: &'static str, value: u64) {
        self.0.retain(|(known, _)| *known != name);
        self.0.push((name, value));
    }

    /// Fills a request's fields of that name which are not set. A field that merely has the same name is left
    /// alone in a service whose spec does not share the parameter.
    pub(crate) fn fill(&self, service: &ServiceMeta, request: &mut dyn Record) {
        for (name, value) in self.0.iter().filter(|(name, _)| service.parameters.contains(name)) {
            if let Some(index) = request.meta().fields.iter().position(|field| field == name) {
                fill(request.get_mut(index), *value);
            }
        }
    }
}

fn fill(field: FieldMut<'_>, value: u64) {
    match field {
        FieldMut::OptUint64(field) => *field = field.or(Some(value)),
        FieldMut::OptInt64(field) => *field = field.or_else(|| i64::try_from(value).ok()),
        FieldMut::OptString(field) if field.is_none() => *field = Some(value.to_string()),
        _ => {}
    }
}
