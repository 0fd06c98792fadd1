//! What one file says, before names are looked up in the others.

use std::collections::{BTreeSet, HashSet};

use crate::model::{
    Action, Category, Endpoint, Enum, EnumValue, ErrorCode, Example, Field, Guide, Position, Record, Window,
};
use crate::read::At;

/// Everything that the files declare, in the order of the files and of the lines there.
#[derive(Default)]
pub(crate) struct Unresolved {
    /// `service.toml`, if it could be read.
    pub(crate) service: Option<ServiceDraft>,
    pub(crate) enums: Vec<Enum>,
    pub(crate) types: Vec<TypeDraft>,
    pub(crate) actions: Vec<ActionDraft>,
    /// Names of types and enumerations that are declared but could not be taken over. A reference to one is
    /// dropped without a second report.
    pub(crate) lost: Vec<String>,
    /// Names of fields that are declared but could not be taken over. An example that gives one is dropped
    /// without a second report.
    pub(crate) lost_fields: HashSet<String>,
    /// The folders that hold spec files, below the service's directory.
    pub(crate) folders: BTreeSet<String>,
    /// Where error codes stand whose class could not be read.
    pub(crate) unclassed: Vec<Position>,
}

#[derive(Default)]
pub(crate) struct ServiceDraft {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) summary: String,
    pub(crate) doc: String,
    pub(crate) endpoints: Vec<Endpoint>,
    pub(crate) categories: Vec<Category>,
    pub(crate) guides: Vec<Guide>,
    pub(crate) parameters: Vec<FieldDraft>,
    /// Parameters that are declared but could not be taken over.
    pub(crate) lost_parameters: Vec<String>,
    /// The file could be read to its end: what it does not list, it does not have.
    pub(crate) whole: bool,
    pub(crate) errors: Vec<ErrorCode>,
    pub(crate) action_errors: Vec<ErrorCode>,
}

/// A type whose fields are not resolved yet; `record.fields` is empty.
pub(crate) struct TypeDraft {
    pub(crate) record: Record,
    pub(crate) fields: Vec<FieldDraft>,
}

/// An action whose fields are not resolved yet; those of `action` are empty.
pub(crate) struct ActionDraft {
    pub(crate) action: Action,
    pub(crate) request: Vec<FieldDraft>,
    pub(crate) response: Vec<FieldDraft>,
    pub(crate) examples: Vec<ExampleDraft>,
    /// Codes that the action lists without a text, and where.
    pub(crate) listed_errors: Vec<(String, Position)>,
    pub(crate) pagination: Option<PaginationDraft>,
    pub(crate) wait: Option<WaitDraft>,
}

/// `[pagination]` whose fields are not looked up yet.
pub(crate) struct PaginationDraft {
    pub(crate) position: PagePositionDraft,
    pub(crate) limit: Option<At<String>>,
    pub(crate) page_size: Option<At<u64>>,
    pub(crate) items: At<String>,
    pub(crate) total: Option<At<String>>,
    pub(crate) more: Option<At<String>>,
    pub(crate) window: Option<Window>,
}

/// What a request says to get a certain page.
pub(crate) enum PagePositionDraft {
    Offset(At<String>),
    Page(At<String>),
    /// The request's field, and the answer's if it has another name.
    Token(At<String>, Option<At<String>>),
}

/// `[wait]` whose fields are not looked up yet.
pub(crate) struct WaitDraft {
    pub(crate) method: At<String>,
    pub(crate) id: At<String>,
    pub(crate) status: At<String>,
    pub(crate) until: Vec<At<String>>,
}

/// An example that has not been checked against the fields yet.
pub(crate) struct ExampleDraft {
    pub(crate) example: Example,
    /// Where the request and the response stand.
    pub(crate) request_at: Position,
    pub(crate) response_at: Position,
}

/// A field whose type is not looked up yet: names of types and enumerations are `Element::External`.
pub(crate) struct FieldDraft {
    pub(crate) field: Field,
    pub(crate) origin: Origin,
    pub(crate) spots: Spots,
    /// The type could not be read, which has been reported; that of `field` stands in for it.
    pub(crate) doubtful: bool,
}

/// Where a field's type comes from.
pub(crate) enum Origin {
    /// `type`.
    Typed,
    /// `type` and an enumeration made on the spot.
    Values(Vec<EnumValue>),
    /// `use`: the shared parameter's name, where it stands, and what the field says beside it.
    Shared {
        /// Where the parameter's name stands.
        at: Position,
        /// `required`, if it is given.
        required: Option<bool>,
        /// Whether `doc` is given.
        doc: bool,
    },
}

/// Where the parts of a field stand that can contradict each other.
#[derive(Default, Clone)]
pub(crate) struct Spots {
    pub(crate) ty: Position,
    pub(crate) items: Position,
    pub(crate) length: Position,
    pub(crate) range: Position,
    pub(crate) pattern: Position,
    pub(crate) default: Position,
}
