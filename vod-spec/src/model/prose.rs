//! A model without the texts that are for people.

use super::{ErrorCode, Field, Service};

impl Service {
    /// Empties every text that only people read: documentation, summaries, guides, references and aliases. What is left
    /// says all that a program needs to check and to play calls, in a third of the memory.
    pub fn clear_prose(&mut self) {
        self.summary.clear();
        self.doc.clear();
        self.guides.clear();
        self.files.clear();
        for category in &mut self.categories {
            category.doc.clear();
            category.see_also.clear();
        }
        clear_codes(&mut self.errors);
        clear_codes(&mut self.action_errors);
        clear_fields(&mut self.parameters);
        for list in &mut self.enums {
            list.doc.clear();
            for value in &mut list.values {
                value.doc.clear();
            }
        }
        for record in &mut self.types {
            record.doc.clear();
            clear_fields(&mut record.fields);
        }
        for action in &mut self.actions {
            action.summary.clear();
            action.doc.clear();
            action.why_idempotent = None;
            action.see_also.clear();
            action.aliases.clear();
            clear_codes(&mut action.errors);
            clear_fields(&mut action.request);
            clear_fields(&mut action.response);
        }
    }
}

fn clear_codes(codes: &mut [ErrorCode]) {
    for code in codes {
        code.doc.clear();
    }
}

fn clear_fields(fields: &mut [Field]) {
    for field in fields {
        field.doc.clear();
    }
}
