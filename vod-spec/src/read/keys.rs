//! The keys of each kind of table. The reader refuses all others, and the schema for editors lists these.

/// A file other than `service.toml`.
pub(crate) const ACTION: &[&str] = &[
    "action",
    "summary",
    "doc",
    "doc-page",
    "rate-limit",
    "idempotent",
    "why-idempotent",
    "only-on",
    "unsigned",
    "body",
    "answer",
    "union",
    "deprecated",
    "see-also",
    "aliases",
    "request",
    "response",
    "pagination",
    "wait",
    "errors",
    "example",
    "types",
    "enums",
];

/// `[[example]]`.
pub(crate) const EXAMPLE: &[&str] = &["title", "request", "response"];

/// `service.toml`.
pub(crate) const SERVICE: &[&str] = &[
    "service",
    "version",
    "summary",
    "doc",
    "endpoints",
    "categories",
    "guides",
    "parameters",
    "errors",
    "action-errors",
    "types",
    "enums",
];

/// `[endpoints]`.
pub(crate) const ENDPOINTS: &[&str] = &["mainland", "international", "regional", "internal"];

/// A category that is more than a text.
pub(crate) const CATEGORY: &[&str] = &["doc", "see-also"];

/// A guide.
pub(crate) const GUIDE: &[&str] = &["path", "doc"];

/// An error code that is more than a text.
pub(crate) const ERROR: &[&str] = &["class", "doc"];

/// `[types.X]`.
pub(crate) const TYPE: &[&str] = &["doc", "unknown-members", "union", "only-on", "fields"];

/// `union` of a type or an action.
pub(crate) const UNION: &[&str] = &["name", "tag"];

/// `[enums.X]`.
pub(crate) const ENUMERATION: &[&str] = &["doc", "values"];

/// The keys of a field, in the order in which programs that write spec files put them.
pub const FIELD_KEYS: &[&str] = &[
    "type",
    "use",
    "tag",
    "rust-name",
    "required",
    "nullable",
    "sensitive",
    "deprecated",
    "items",
    "length",
    "range",
    "pattern",
    "not-limits",
    "values",
    "default",
    "valid-for",
    "only-on",
    "doc",
];

/// What a field may have beside `use`.
pub(crate) const BESIDE_USE: &[&str] = &["use", "rust-name", "doc", "required"];

/// `items`, `length` and `range`.
pub(crate) const BOUNDS: &[&str] = &["min", "max"];

/// `[pagination]`.
pub(crate) const PAGINATION: &[&str] =
    &["offset", "page", "token", "next", "limit", "page-size", "items", "total", "more", "window"];

/// `[pagination.window]`.
pub(crate) const WINDOW: &[&str] = &["ceiling", "range", "start", "end", "id", "set"];

/// `[wait]`.
pub(crate) const WAIT: &[&str] = &["method", "id", "status", "until"];
