//! Metadata of actions that are named at run time.
//!
//! The pipeline knows an action by a reference that lives as long as the process: limiters, hosts and errors keep it.
//! So what is named at run time is kept, once for each action, and only so many.

use std::collections::HashMap;
use std::sync::Mutex;

use super::json_service::JsonService;
use crate::action::{ActionMeta, ServiceMeta};
use crate::error::{Error, ErrorKind};
use crate::sync::lock;

/// So many different actions and services are kept.
const MOST: usize = 4096;
const LONGEST_NAME: usize = 128;

#[derive(Default)]
struct Interned {
    services: HashMap<JsonService, &'static ServiceMeta>,
    actions: HashMap<(JsonService, String, bool), &'static ActionMeta>,
}

/// The metadata of an action of a service.
///
/// # Errors
/// A name that can't be one, or more than 4096 different actions in one process.
pub(super) fn action_meta(
    service: &JsonService,
    action: &str,
    idempotent: bool,
) -> Result<&'static ActionMeta, Error> {
    static INTERNED: Mutex<Option<Interned>> = Mutex::new(None);
    let mut interned = lock(&INTERNED);
    let interned = interned.get_or_insert_default();
    let key = (service.clone(), action.to_owned(), idempotent);
    if let Some(known) = interned.actions.get(&key) {
        return Ok(known);
    }
    check("service", &service.name, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))?;
    check("version", &service.version, |c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.'))?;
    check("action", action, |c| c.is_ascii_alphanumeric() || c == '_')?;
    if interned.actions.len() >= MOST {
        let message =
            format!("action: more than {MOST} different actions are called by name in this process");
        return Err(Error::new(ErrorKind::InvalidRequest, message));
    }
    let of_service = interned.services.entry(service.clone()).or_insert_with(|| leak_service(service));
    let meta = ActionMeta::new(leak(action), of_service, 0, 0, idempotent, false, &[]);
    let meta: &'static ActionMeta = Box::leak(Box::new(meta));
    interned.actions.insert(key, meta);
    Ok(meta)
}

fn check(what: &str, name: &str, is_allowed: impl Fn(char) -> bool) -> Result<(), Error> {
    if !name.is_empty() && name.len() <= LONGEST_NAME && name.chars().all(is_allowed) {
        return Ok(());
    }
    let shown: String = name.chars().take(LONGEST_NAME).collect();
    let message = format!(
        "{what}: {shown:?} is no name of {}",
        if what == "version" { "an API version" } else { "one" }
    );
    Err(Error::new(ErrorKind::InvalidRequest, message))
}

fn leak_service(service: &JsonService) -> &'static ServiceMeta {
    let hosts = service.hosts.iter().map(|(family, host)| (leak(family), leak(host)));
    let hosts: &'static [(&'static str, &'static str)] =
        Box::leak(hosts.collect::<Vec<_>>().into_boxed_slice());
    // The codes that every service of the API answers, with their classes, are those that STS lists.
    let errors = crate::sts::SERVICE.errors;
    let meta = ServiceMeta::new(leak(&service.name), leak(&service.version), hosts, errors, &[]);
    Box::leak(Box::new(meta))
}

fn leak(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}
