//! `items`, `length` and `range`.

use toml::Spanned;
use toml::de::DeValue;

use super::keys;
use super::table::{At, Reader, Table};
use crate::model::{Bounds, Number};

impl Reader<'_> {
    /// `{ min, max }` of a count.
    pub(crate) fn count_bounds(&mut self, table: &Table<'_>, key: &str) -> Option<At<Bounds<u64>>> {
        let read = |reader: &mut Self, value: &Spanned<DeValue<'_>>| {
            let DeValue::Integer(number) = value.get_ref() else {
                reader.wrong_type(value, &table.item, key, "a whole number", "write 0 or more");
                return None;
            };
            let count = u64::from_str_radix(number.as_str(), number.radix()).ok();
            if count.is_none() {
                let at = reader.at(value);
                reader.report(&at, &table.item, format!("a bound of `{key}` is {number}"), "write 0 or more");
            }
            count
        };
        self.bounds(table, key, read, u64::to_string)
    }

    /// `{ min, max }` of a number.
    pub(crate) fn number_bounds(&mut self, table: &Table<'_>, key: &str) -> Option<At<Bounds<Number>>> {
        let read = |reader: &mut Self, value: &Spanned<DeValue<'_>>| {
            let number = match value.get_ref() {
                DeValue::Integer(number) => {
                    i64::from_str_radix(number.as_str(), number.radix()).ok().map(Number::Int)
                }
                DeValue::Float(number) => {
                    number.as_str().parse().ok().filter(|n: &f64| n.is_finite()).map(Number::Float)
                }
                _ => {
                    reader.wrong_type(value, &table.item, key, "a number", "write it without quotes");
                    return None;
                }
            };
            if number.is_none() {
                let at = reader.at(value);
                let what = format!("a bound of `{key}` is too large");
                reader.report(
                    &at,
                    &table.item,
                    what,
                    "write a finite number of at most 63 bits, or leave it out",
                );
            }
            number
        };
        self.bounds(table, key, read, Number::to_string)
    }

    fn bounds<T: PartialOrd>(
        &mut self,
        table: &Table<'_>,
        key: &str,
        mut read: impl FnMut(&mut Self, &Spanned<DeValue<'_>>) -> Option<T>,
        write: impl Fn(&T) -> String,
    ) -> Option<At<Bounds<T>>> {
        let inner = self.table(table, key, "write `{ min = 1, max = 10 }`")?;
        let value = table.get(key)?;
        let at = self.at(value);
        let inner = self.open(inner, at.clone(), table.item.clone(), keys::BOUNDS);
        let mut sound = true;
        let mut bound = |key| {
            let value = inner.get(key)?;
            let bound = read(self, value);
            sound &= bound.is_some();
            bound
        };
        let (min, max) = (bound("min"), bound("max"));
        if !sound {
            return None;
        }
        match (&min, &max) {
            (None, None) => {
                self.report(&at, &table.item, format!("`{key}` has no bound"), "give `min`, `max` or both");
                return None;
            }
            (Some(least), Some(most)) if least > most => {
                let what = format!("`{key}` has min {} above max {}", write(least), write(most));
                self.report(&at, &table.item, what, "swap them or correct one");
                return None;
            }
            _ => {}
        }
        Some(At { value: Bounds { min, max }, at })
    }
}
