//! How a program goes through a long list, and how it waits for something to end.

use serde_json::Value;

use super::Position;

/// `[pagination]`: how the action gives out a long list page by page. All fields exist and have fitting types.
#[derive(Debug, Clone, PartialEq)]
pub struct Pagination {
    /// How a request says which page it wants.
    pub position: PagePosition,
    /// `limit`: the request's field with the size of a page.
    pub limit: Option<String>,
    /// `page-size`: the size to ask for where the caller asks for none. There is none without `limit`.
    pub page_size: Option<u64>,
    /// `items`: the answer's field with the list.
    pub items: String,
    /// `total`: the answer's field that tells how long the whole list is.
    pub total: Option<String>,
    /// `more`: the answer's field that tells whether there is another page.
    pub more: Option<String>,
    /// `window`: how the list can be divided, so that each part is below the ceiling that it has.
    pub window: Option<Window>,
    /// Where it stands.
    pub at: Position,
}

/// `[pagination.window]`: the service gives out a list to a ceiling only, and the list can be divided by time. All fields
/// exist and have fitting types.
#[derive(Debug, Clone, PartialEq)]
pub struct Window {
    /// `ceiling`: the largest sum of offset and limit, and the largest length that the answer tells.
    pub ceiling: u64,
    /// `range`: the request's field with a period of time.
    pub range: String,
    /// `start`: the field of the range with its start.
    pub start: String,
    /// `end`: the field of the range with its end.
    pub end: String,
    /// `id`: the text by which items are told apart.
    pub id: String,
    /// `set`: what else the request says, a JSON object: the order by that time.
    pub set: Value,
    /// Where it stands.
    pub at: Position,
}

/// How a request says which page it wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PagePosition {
    /// `offset`: the request's field with the number of items to skip.
    Offset(String),
    /// `page`: the request's field with the number of the page, from 1.
    Page(String),
    /// `token`: a text from the answer before; an answer without one is the last.
    Token {
        /// The request's field.
        request: String,
        /// The answer's field.
        response: String,
    },
}

/// `[wait]`: the action is called again and again until what it describes has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wait {
    /// `method`: the name of the client's method.
    pub method: String,
    /// `id`: the request's field that names what is waited for. No other one is required.
    pub id: String,
    /// `status`: the answer's field, a text or an enumeration.
    pub status: String,
    /// `until`: the values of it that end the waiting.
    pub until: Vec<String>,
    /// Where it stands.
    pub at: Position,
}
