//! The spec files of a directory, in memory, to be edited without losing how they were written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item, Table, TableLike};

use super::ImportError;
use super::outcome::FileChange;
use vod_spec::{ACTION_SCHEMA, SERVICE_SCHEMA, read_all};

pub(crate) const SERVICE_FILE: &str = "service.toml";
/// The key of what only one of the vendor's sites has.
pub(crate) const ONE_SITE: &str = "only-on";

/// One spec file.
pub(crate) struct SpecFile {
    /// Relative to the service's directory.
    pub(crate) path: PathBuf,
    pub(crate) doc: DocumentMut,
    /// What the disk has; none for a new file.
    before: Option<String>,
    /// An edit was made. Without one, the file keeps every byte.
    pub(crate) edited: bool,
}

/// All spec files, and which one holds what.
pub(crate) struct Tree {
    pub(crate) files: Vec<SpecFile>,
    actions: BTreeMap<String, usize>,
    types: BTreeMap<String, usize>,
    enums: BTreeMap<String, usize>,
    /// The folder above has schemas, which new files name.
    has_schemas: bool,
}

impl Tree {
    /// Reads a directory; one that does not exist is empty.
    pub(crate) fn read(directory: &Path) -> Result<Self, ImportError> {
        let mut tree = Self {
            files: Vec::new(),
            actions: BTreeMap::new(),
            types: BTreeMap::new(),
            enums: BTreeMap::new(),
            has_schemas: directory.join("..").join(ACTION_SCHEMA).is_file(),
        };
        if !directory.exists() {
            return Ok(tree);
        }
        let (sources, refused) = read_all(directory);
        if let Some((path, what, _)) = refused.into_iter().next() {
            return Err(ImportError::Read(path, what));
        }
        for source in sources {
            let text = String::from_utf8(source.bytes)
                .map_err(|error| ImportError::Read(source.path.clone(), error.to_string()))?;
            let doc: DocumentMut = text.parse().map_err(|error: toml_edit::TomlError| {
                ImportError::Read(source.path.clone(), error.to_string())
            })?;
            tree.index(&doc);
            tree.files.push(SpecFile { path: source.path, doc, before: Some(text), edited: false });
        }
        Ok(tree)
    }

    fn index(&mut self, doc: &DocumentMut) {
        let at = self.files.len();
        if let Some(name) = doc.get("action").and_then(Item::as_str) {
            self.actions.insert(name.to_owned(), at);
        }
        let names = |key| {
            let table = doc.get(key).and_then(Item::as_table_like);
            table.into_iter().flat_map(|table| table.iter().map(|(name, _)| name.to_owned()))
        };
        self.types.extend(names("types").map(|name| (name, at)));
        self.enums.extend(names("enums").map(|name| (name, at)));
    }

    pub(crate) fn has_service(&self) -> bool {
        self.files.iter().any(|file| file.path == Path::new(SERVICE_FILE))
    }

    /// The file of this path, made if there is none.
    pub(crate) fn file(&mut self, path: &Path) -> usize {
        if let Some(at) = self.files.iter().position(|file| file.path == path) {
            return at;
        }
        self.files.push(SpecFile {
            path: path.to_owned(),
            doc: DocumentMut::new(),
            before: None,
            edited: true,
        });
        self.files.len() - 1
    }

    pub(crate) fn action_file(&self, name: &str) -> Option<usize> {
        self.actions.get(name).copied()
    }

    pub(crate) fn type_file(&self, name: &str) -> Option<usize> {
        self.types.get(name).copied()
    }

    /// Whether the file says that only one of the vendor's sites has the action: the model may be the other one's.
    pub(crate) fn action_is_of_one_site(&self, name: &str) -> bool {
        let file = self.action_file(name).and_then(|at| self.files.get(at));
        file.is_some_and(|file| file.doc.contains_key(ONE_SITE))
    }

    /// The same for a type.
    pub(crate) fn type_is_of_one_site(&self, name: &str) -> bool {
        let file = self.type_file(name).and_then(|at| self.files.get(at));
        let types = file.and_then(|file| file.doc.get("types")).and_then(Item::as_table_like);
        let record = types.and_then(|types| types.get(name)).and_then(Item::as_table_like);
        record.is_some_and(|record| record.contains_key(ONE_SITE))
    }

    pub(crate) fn enum_file(&self, name: &str) -> Option<usize> {
        self.enums.get(name).copied()
    }

    pub(crate) fn action_names(&self) -> Vec<String> {
        self.actions.keys().cloned().collect()
    }

    pub(crate) fn type_names(&self) -> Vec<String> {
        self.types.keys().cloned().collect()
    }

    pub(crate) fn add_action(&mut self, name: &str, file: usize) {
        self.actions.insert(name.to_owned(), file);
    }

    pub(crate) fn add_type(&mut self, name: &str, file: usize) {
        self.types.insert(name.to_owned(), file);
    }

    pub(crate) fn add_enum(&mut self, name: &str, file: usize) {
        self.enums.insert(name.to_owned(), file);
    }

    /// Removes a type from the file that declares it.
    pub(crate) fn remove_type(&mut self, name: &str) {
        let Some(file) = self.types.remove(name).and_then(|at| self.files.get_mut(at)) else {
            return;
        };
        file.edited = true;
        if let Some(types) = file.doc.get_mut("types").and_then(Item::as_table_like_mut) {
            types.remove(name);
            if types.is_empty() {
                file.doc.remove("types");
            }
        }
    }

    /// Removes an action from its file; types that the file declares stay in it.
    pub(crate) fn remove_action(&mut self, name: &str) {
        if let Some(file) = self.actions.remove(name).and_then(|at| self.files.get_mut(at)) {
            file.edited = true;
            file.doc.as_table_mut().retain(|key, _| matches!(key, "types" | "enums"));
        }
    }

    /// What has to be written, sorted by path. A file that holds nothing any more is deleted.
    pub(crate) fn changes(&self) -> Vec<FileChange> {
        let mut changes: Vec<FileChange> = self
            .files
            .iter()
            .filter(|file| file.edited)
            .filter_map(|file| {
                let mut text = file.text();
                if self.has_schemas && file.before.is_none() {
                    text.insert_str(0, &schema_line(&file.path));
                }
                let content = (!file.doc.is_empty()).then_some(text);
                (content != file.before).then(|| FileChange { path: file.path.clone(), content })
            })
            .collect();
        changes.sort_by(|a, b| a.path.cmp(&b.path));
        changes
    }
}

/// The first line of a spec file, by which editors find its schema in the folder above the service's. The path is
/// relative to the service's directory.
fn schema_line(path: &Path) -> String {
    let schema = if path == Path::new(SERVICE_FILE) { SERVICE_SCHEMA } else { ACTION_SCHEMA };
    format!("#:schema {}{schema}\n", "../".repeat(path.components().count()))
}

impl SpecFile {
    /// What the file says now.
    pub(crate) fn text(&self) -> String {
        match &self.before {
            Some(before) if !self.edited => before.clone(),
            _ => self.doc.to_string().trim_start_matches('\n').to_owned(),
        }
    }

    /// A section such as `request` or `types`, made if there is none.
    pub(crate) fn section(&mut self, key: &str) -> Option<&mut dyn TableLike> {
        let item = self.doc.entry(key).or_insert_with(|| {
            let mut table = Table::new();
            table.set_implicit(true);
            Item::Table(table)
        });
        item.as_table_like_mut()
    }
}
