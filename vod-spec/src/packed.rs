//! A service in bytes: a head, then for each kind of item a table of names and places, then the items. A build script
//! writes it, a program reads it in a fraction of the time that parsing TOML takes.
//!
//! Looking an item up reads its table and nothing else, so that one command does not read 331 files' worth of model.

mod codec;

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use crate::load::load_service;
use crate::model::{Action, Element, Enum, Field, Record, Service};
use codec::Coded;

/// Packs every service below `specs` (the folders with a `service.toml`) into files of `out`, for a build script.
///
/// The result is the path of a Rust file with the expression `&[("name", include_bytes!("...")), ...]`, sorted by name.
/// `adjust` changes each service before it is packed, such as [`Service::clear_prose`].
///
/// # Errors
/// A folder cannot be read, a service has a problem (the error shows the first), or a file cannot be written.
pub fn pack_services(
    specs: &Path,
    out: &Path,
    adjust: impl Fn(&mut Service),
) -> Result<PathBuf, Box<dyn Error>> {
    let mut folders: Vec<PathBuf> = fs::read_dir(specs)?
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|path| path.join("service.toml").is_file())
        .collect();
    folders.sort();
    let mut list = String::from("&[\n");
    for folder in folders {
        let mut loaded = load_service(Path::new(""), &folder);
        if let Some(problem) = loaded.problems.first() {
            let count = loaded.problems.len();
            return Err(format!("{count} problems in {}: {problem}", folder.display()).into());
        }
        adjust(&mut loaded.service);
        let name = &loaded.service.name;
        let file = out.join(format!("{name}.packed"));
        fs::write(&file, pack(&loaded.service))?;
        writeln!(list, "    ({name:?}, include_bytes!({:?})),", file.to_string_lossy())?;
    }
    list.push_str("]\n");
    let listed = out.join("packed_services.rs");
    fs::write(&listed, list)?;
    Ok(listed)
}

/// Writes a service.
pub fn pack(service: &Service) -> Vec<u8> {
    let mut out = Vec::new();
    let head = Service { actions: Vec::new(), types: Vec::new(), enums: Vec::new(), ..service.clone() };
    section(&mut out, &encoded(&head));
    section(&mut out, &table(service.actions.iter().map(|item| (&item.name, encoded(item)))));
    section(&mut out, &table(service.types.iter().map(|item| (&item.name, encoded(item)))));
    section(&mut out, &table(service.enums.iter().map(|item| (&item.name, encoded(item)))));
    out
}

fn encoded(item: &impl Coded) -> Vec<u8> {
    let mut out = Vec::new();
    item.write(&mut out);
    out
}

fn section(out: &mut Vec<u8>, bytes: &[u8]) {
    bytes.len().write(out);
    out.extend(bytes);
}

/// Names with the lengths of their items, then the items.
fn table<'a>(items: impl Iterator<Item = (&'a String, Vec<u8>)>) -> Vec<u8> {
    let mut names = Vec::new();
    let mut bodies = Vec::new();
    for (name, body) in items {
        name.write(&mut names);
        body.len().write(&mut names);
        bodies.extend(body);
    }
    let mut out = Vec::new();
    section(&mut out, &names);
    out.extend(bodies);
    out
}

/// A service that [`pack`] wrote, read piece by piece.
#[derive(Debug, Clone, Copy)]
pub struct Packed {
    head: &'static [u8],
    actions: Table,
    types: Table,
    enums: Table,
}

impl Packed {
    /// Finds the sections; `None` if the bytes are no packed service.
    pub fn open(mut bytes: &'static [u8]) -> Option<Self> {
        let input = &mut bytes;
        Some(Self {
            head: take(input)?,
            actions: Table::open(take(input)?)?,
            types: Table::open(take(input)?)?,
            enums: Table::open(take(input)?)?,
        })
    }

    /// The service without actions, types and enumerations.
    pub fn head(self) -> Option<Service> {
        Service::read(&mut { self.head })
    }

    /// The names of the actions, in order.
    pub fn action_names(self) -> impl Iterator<Item = &'static str> {
        self.actions.entries().map(|(name, _)| name)
    }

    /// The names of the types, in the order of the files.
    pub fn type_names(self) -> impl Iterator<Item = &'static str> {
        self.types.entries().chain(self.enums.entries()).map(|(name, _)| name)
    }

    /// An action.
    pub fn action(self, name: &str) -> Option<Action> {
        self.actions.item(name)
    }

    /// All actions.
    pub fn actions(self) -> impl Iterator<Item = Action> {
        self.actions.items()
    }

    /// A type.
    pub fn record(self, name: &str) -> Option<Record> {
        self.types.item(name)
    }

    /// All types.
    pub fn records(self) -> impl Iterator<Item = Record> {
        self.types.items()
    }

    /// All enumerations.
    pub fn enumerations(self) -> impl Iterator<Item = Enum> {
        self.enums.items()
    }

    /// An enumeration.
    pub fn enumeration(self, name: &str) -> Option<Enum> {
        self.enums.item(name)
    }

    /// The whole service.
    pub fn whole(self) -> Option<Service> {
        let mut service = self.head()?;
        service.actions = self.actions().collect();
        service.types = self.records().collect();
        service.enums = self.enumerations().collect();
        Some(service)
    }

    /// Adds the types and enumerations that fields reach, as far as the service lacks them.
    pub fn add_reached(self, service: &mut Service, fields: &[Field]) {
        let mut pending: Vec<Element> = fields.iter().map(|field| field.ty.element.clone()).collect();
        while let Some(element) = pending.pop() {
            match element {
                Element::Record(name) if service.record(&name).is_none() => {
                    let Some(record) = self.record(&name) else { continue };
                    pending.extend(record.fields.iter().map(|field| field.ty.element.clone()));
                    service.types.push(record);
                }
                Element::Enum(name) if service.enumeration(&name).is_none() => {
                    service.enums.extend(self.enumeration(&name));
                }
                _ => {}
            }
        }
    }
}

fn take(input: &mut &'static [u8]) -> Option<&'static [u8]> {
    let length = usize::read(input)?;
    let (section, rest) = input.split_at_checked(length)?;
    *input = rest;
    Some(section)
}

/// Items by their names.
#[derive(Debug, Clone, Copy)]
struct Table {
    names: &'static [u8],
    bodies: &'static [u8],
}

impl Table {
    fn open(mut bytes: &'static [u8]) -> Option<Self> {
        let names = take(&mut bytes)?;
        Some(Self { names, bodies: bytes })
    }

    fn entries(self) -> impl Iterator<Item = (&'static str, &'static [u8])> {
        let Self { mut names, mut bodies } = self;
        std::iter::from_fn(move || {
            let name = str::from_utf8(take(&mut names)?).ok()?;
            let length = usize::read(&mut names)?;
            let (body, rest) = bodies.split_at_checked(length)?;
            bodies = rest;
            Some((name, body))
        })
    }

    fn items<T: Coded>(self) -> impl Iterator<Item = T> {
        self.entries().filter_map(|(_, mut body)| T::read(&mut body))
    }

    fn item<T: Coded>(self, name: &str) -> Option<T> {
        let (_, mut body) = self.entries().find(|(known, _)| *known == name)?;
        T::read(&mut body)
    }
}
