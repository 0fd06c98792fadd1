//! `--query`: a part of an answer, by `JMESPath`.

use jmespath::{Expression, Variable};
use serde_json::Value;

use super::document::Document;
use crate::failure::Failure;

/// A `JMESPath` expression that has been checked.
#[derive(Debug, Clone)]
pub struct Query(Expression<'static>);

impl Query {
    /// Reads an expression.
    ///
    /// # Errors
    /// It is none; the message shows where.
    pub fn parse(option: &str, text: &str) -> Result<Self, Failure> {
        jmespath::compile(text).map(Self).map_err(|error| {
            Failure::usage(format!("--{option}: this is not JMESPath: {}", one_line(&error.to_string())))
                .hint("an example is `MediaInfoSet[].FileId`")
        })
    }

    /// What the expression finds.
    ///
    /// # Errors
    /// A function of it gets what it can't take.
    pub fn apply(&self, document: &Document) -> Result<Document, Failure> {
        self.value(&document.to_value()).map(|value| Document::from(&value))
    }

    /// The same for a plain value.
    ///
    /// # Errors
    /// A function of it gets what it can't take.
    pub fn value(&self, value: &Value) -> Result<Value, Failure> {
        let failed = |error: &dyn std::fmt::Display| {
            Failure::usage(format!("--query: {}", one_line(&error.to_string())))
        };
        let data = Variable::from_serializable(value).map_err(|error| failed(&error))?;
        let found = self.0.search(data).map_err(|error| failed(&error))?;
        serde_json::to_value(&*found).map_err(|error| failed(&error))
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
