//! The event consumer.

mod ledger;
mod rules;
