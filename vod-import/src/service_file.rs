//! `service.toml`.

use std::collections::HashMap;
use std::path::Path;

use toml_edit::{DocumentMut, Item, Table, value};

use super::ImportError;
use super::error_codes::COMMON;
use super::facts::Facts;
use super::fields::Parameter;
use super::report::{ChangeKind, Report};
use super::tree::{SERVICE_FILE, Tree};
use crate::text_lints::UNDESCRIBED;

/// A directory that holds the directories of services is none of a service.
pub(crate) fn not_above_services(tree: &Tree) -> Result<(), ImportError> {
    let below = tree.files.iter().find(|file| {
        file.path.file_name().is_some_and(|name| name == SERVICE_FILE) && file.path != Path::new(SERVICE_FILE)
    });
    let Some(folder) = below.and_then(|file| file.path.parent()) else { return Ok(()) };
    let what = format!("the directory has a service in its folder `{}`", folder.display());
    Err(ImportError::OtherService(what))
}

/// Another version is another API, too: its spec files would lose what people wrote.
pub(crate) fn same_service(tree: &Tree, facts: &Facts) -> Result<(), ImportError> {
    let own = tree.files.iter().find(|file| file.path == Path::new(SERVICE_FILE));
    let Some(own) = own.filter(|file| !file.doc.is_empty()) else { return Ok(()) };
    let told = |key| own.doc.get(key).and_then(Item::as_str).unwrap_or_default();
    let (name, version) = (told("service"), told("version"));
    if (name, version) == (&*facts.service, &*facts.version) {
        return Ok(());
    }
    Err(ImportError::OtherService(format!(
        "the directory holds `{name}` {version}, and the model is of `{}` {}",
        facts.service, facts.version
    )))
}

/// Makes the service's own file agree with the model; a directory without one gets one. The result is the place
/// of the file.
pub(crate) fn merge(tree: &mut Tree, facts: &Facts, report: &mut Report) -> Result<usize, ImportError> {
    if !tree.has_service() {
        let at = tree.file(Path::new(SERVICE_FILE));
        if let Some(file) = tree.files.get_mut(at) {
            file.doc = fresh(facts)?;
        }
        report.add(ChangeKind::Added, "service", &facts.service, &facts.version);
        return Ok(at);
    }
    Ok(tree.file(Path::new(SERVICE_FILE)))
}

fn fresh(facts: &Facts) -> Result<DocumentMut, ImportError> {
    let name = &facts.service;
    let mut doc = DocumentMut::new();
    doc.insert("service", value(name));
    doc.insert("version", value(&facts.version));
    doc.insert("summary", value(UNDESCRIBED));
    doc.insert("doc", value(UNDESCRIBED));
    let mut endpoints = Table::new();
    endpoints.insert("mainland", value(format!("{name}.tencentcloudapi.com")));
    endpoints.insert("international", value(format!("{name}.intl.tencentcloudapi.com")));
    endpoints.insert("regional", value(format!("{name}.{{region}}.tencentcloudapi.com")));
    doc.insert("endpoints", Item::Table(endpoints));
    let common: DocumentMut = format!("[errors]\n{COMMON}")
        .parse()
        .map_err(|error: toml_edit::TomlError| ImportError::List(error.to_string()))?;
    if let Some(errors) = common.get("errors").and_then(Item::as_table) {
        let mut errors = errors.clone();
        errors.set_position(None);
        errors.decor_mut().set_prefix("\n");
        doc.insert("errors", Item::Table(errors));
    }
    Ok(doc)
}

/// The parameters that the service shares.
pub(crate) fn parameters(service: &DocumentMut) -> HashMap<String, Parameter> {
    let table = service.get("parameters").and_then(Item::as_table_like);
    let fields = table.into_iter().flat_map(|table| table.iter());
    fields
        .filter_map(|(name, item)| {
            let field = item.as_table_like()?;
            let parameter = Parameter {
                ty: field.get("type")?.as_str()?.to_owned(),
                required: field.get("required").and_then(Item::as_bool).unwrap_or_default(),
            };
            Some((name.to_owned(), parameter))
        })
        .collect()
}
