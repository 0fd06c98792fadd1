//! Values of a file as JSON: defaults and examples.

use serde_json::{Map, Number, Value};
use toml::Spanned;
use toml::de::DeValue;

use super::table::Reader;
use crate::source::entries;

impl Reader<'_> {
    /// The value as JSON; what JSON cannot say is reported.
    pub(crate) fn json(&mut self, value: &Spanned<DeValue<'_>>, item: &str) -> Option<Value> {
        match value.get_ref() {
            DeValue::String(text) => Some(Value::String(text.to_string())),
            DeValue::Boolean(flag) => Some(Value::Bool(*flag)),
            DeValue::Datetime(datetime) => Some(Value::String(datetime.to_string())),
            DeValue::Integer(number) => {
                let (digits, radix) = (number.as_str(), number.radix());
                let number = i64::from_str_radix(digits, radix)
                    .map(Number::from)
                    .or_else(|_| u64::from_str_radix(digits, radix).map(Number::from));
                self.number(value, item, number.ok())
            }
            DeValue::Float(number) => {
                let number = number.as_str().parse().ok().and_then(Number::from_f64);
                self.number(value, item, number)
            }
            DeValue::Array(values) => {
                let values: Vec<_> = values.iter().map(|value| self.json(value, item)).collect();
                values.into_iter().collect::<Option<_>>().map(Value::Array)
            }
            DeValue::Table(table) => {
                let members: Vec<_> = entries(table)
                    .into_iter()
                    .map(|(key, value)| Some((key.get_ref().to_string(), self.json(value, item)?)))
                    .collect();
                members.into_iter().collect::<Option<Map<_, _>>>().map(Value::Object)
            }
        }
    }

    fn number(&mut self, value: &Spanned<DeValue<'_>>, item: &str, number: Option<Number>) -> Option<Value> {
        if number.is_none() {
            let at = self.at(value);
            let what = "the number does not fit into JSON";
            self.report(&at, item, what, "write a finite number of at most 64 bits");
        }
        number.map(Value::Number)
    }
}
