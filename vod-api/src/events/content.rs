//! An event's content behind a trait object, while the consumer passes it from hand to hand.
//!
//! Whatever holds a value by its type has the type's destructor compiled into its own part of the crate, and an
//! event's 37 payloads reach some 240 types. Behind the trait object they are compiled once.

use std::fmt;
use std::panic::{RefUnwindSafe, UnwindSafe};

use crate::vod::EventContent;

/// What was pulled, until the application has it.
pub(super) type Content = Box<dyn AnyContent>;

/// [`EventContent`] alone.
pub(super) trait AnyContent: fmt::Debug + Send + Sync + UnwindSafe + RefUnwindSafe {
    fn get(&self) -> &EventContent;
    fn take(self: Box<Self>) -> EventContent;
}

impl AnyContent for EventContent {
    fn get(&self) -> &EventContent {
        self
    }

    fn take(self: Box<Self>) -> EventContent {
        *self
    }
}

/// Puts the content into its box.
pub(super) fn boxed(event: EventContent) -> Content {
    Box::new(event)
}
