//! Limits and defaults.

use crate::{refused_field, refused_files};

#[test]
fn limits_that_contradict_the_type() {
    refused_field(
        r#"type = "string"
doc = "D."
items = { max = 3 }
"#,
        &[
            "specs/a/Act.toml:7:9 [Act.F] `items` stands beside `string`, which is no list; write the type as `[T]`, or remove `items`",
        ],
    );
    refused_field(
        r#"type = "[int64]"
doc = "D."
length = { max = 3 }
"#,
        &[
            "specs/a/Act.toml:7:10 [Act.F] `length` stands beside `int64`; only `string` has a length; remove it",
        ],
    );
    refused_field(
        r#"type = "timestamp"
doc = "D."
length = { max = 3 }
"#,
        &[
            "specs/a/Act.toml:7:10 [Act.F] `length` stands beside `timestamp`; only `string` has a length; remove it",
        ],
    );
    refused_field(
        r#"type = "bool"
doc = "D."
pattern = "a"
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `pattern` stands beside `bool`; only `string` has a pattern; remove it",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
range = { min = 1 }
"#,
        &[
            "specs/a/Act.toml:7:9 [Act.F] `range` stands beside `string`; only numbers have a range; remove it",
        ],
    );
    refused_field(
        r#"type = "json"
doc = "D."
range = { min = 1 }
"#,
        &["specs/a/Act.toml:7:9 [Act.F] `range` stands beside `json`; only numbers have a range; remove it"],
    );
    refused_field(
        r#"type = "int64"
doc = "D."
range = { min = 1.5 }
"#,
        &["specs/a/Act.toml:7:9 [Act.F] `range` of whole numbers has a fraction; write whole numbers"],
    );
    refused_field(
        r#"type = "uint64"
doc = "D."
range = { min = -1 }
"#,
        &[
            "specs/a/Act.toml:7:9 [Act.F] `range` of `uint64` has a negative bound; write 0 or more, or the type `int64`",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
values = ["A"]
length = { max = 3 }
"#,
        &[
            "specs/a/Act.toml:8:10 [Act.F] `length` stands beside the enumeration `ActF`; only `string` has a length; remove it",
        ],
    );
}

#[test]
fn limits_of_a_type() {
    refused_files(
        &[(
            "t.toml",
            r#"[types.T]
doc = "D."
[types.T.fields.F]
type = "T"
doc = "D."
length = { min = 1 }
[types.T.fields.E]
type = "[E]"
range = { min = 1 }
doc = "D."
[enums.E]
doc = "D."
values = { A = "a." }
"#,
        )],
        &[
            "specs/t.toml:6:10 [T.F] `length` stands beside the type `T`; only `string` has a length; remove it",
            "specs/t.toml:9:9 [T.E] `range` stands beside the enumeration `E`; only numbers have a range; remove it",
        ],
    );
}

#[test]
fn bounds_that_contradict_each_other() {
    refused_field(
        r#"type = "[string]"
doc = "D."
items = { min = 17, max = 16 }
"#,
        &["specs/a/Act.toml:7:9 [Act.F] `items` has min 17 above max 16; swap them or correct one"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
length = { min = 2, max = 1 }
"#,
        &["specs/a/Act.toml:7:10 [Act.F] `length` has min 2 above max 1; swap them or correct one"],
    );
    refused_field(
        r#"type = "int64"
doc = "D."
range = { min = 1, max = -1 }
"#,
        &["specs/a/Act.toml:7:9 [Act.F] `range` has min 1 above max -1; swap them or correct one"],
    );
    refused_field(
        r#"type = "float"
doc = "D."
range = { min = 1.5, max = 1 }
"#,
        &["specs/a/Act.toml:7:9 [Act.F] `range` has min 1.5 above max 1; swap them or correct one"],
    );
}

#[test]
fn bounds_out_of_range() {
    refused_field(
        r#"type = "[string]"
doc = "D."
items = { min = -1 }
"#,
        &["specs/a/Act.toml:7:17 [Act.F] a bound of `items` is -1; write 0 or more"],
    );
    refused_field(
        r#"type = "string"
doc = "D."
length = { max = -5 }
"#,
        &["specs/a/Act.toml:7:18 [Act.F] a bound of `length` is -5; write 0 or more"],
    );
    refused_field(
        r#"type = "int64"
doc = "D."
range = { max = 9223372036854775808 }
"#,
        &[
            "specs/a/Act.toml:7:17 [Act.F] a bound of `range` is too large; write a finite number of at most 63 bits, or leave it out",
        ],
    );
    refused_field(
        r#"type = "float"
doc = "D."
range = { max = inf }
"#,
        &[
            "specs/a/Act.toml:7:17 [Act.F] a bound of `range` is too large; write a finite number of at most 63 bits, or leave it out",
        ],
    );
}

#[test]
fn bounds_without_a_bound() {
    refused_field(
        r#"type = "string"
doc = "D."
length = {}
"#,
        &["specs/a/Act.toml:7:10 [Act.F] `length` has no bound; give `min`, `max` or both"],
    );
    refused_field(
        r#"type = "int64"
doc = "D."
range = { minimum = 1 }
"#,
        &[
            "specs/a/Act.toml:7:9 [Act.F] `range` has no bound; give `min`, `max` or both",
            "specs/a/Act.toml:7:11 [Act.F] unknown key `minimum`; the keys here are `min`, `max`",
        ],
    );
}

#[test]
fn defaults_outside_their_limits() {
    refused_field(
        r#"type = "int64"
doc = "D."
range = { min = 0, max = 5000 }
default = -1
"#,
        &[
            "specs/a/Act.toml:8:11 [Act.F] `default` breaks the field's own spec: `F` is -1, the range is 0 to 5000; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "float"
doc = "D."
range = { max = 0.5 }
default = 1
"#,
        &[
            "specs/a/Act.toml:8:11 [Act.F] `default` breaks the field's own spec: `F` is 1, the largest value allowed is 0.5; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
length = { max = 3 }
default = "four"
"#,
        &[
            "specs/a/Act.toml:8:11 [Act.F] `default` breaks the field's own spec: `F` has 4 characters, at most 3 are allowed; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
pattern = "^a"
default = "b"
"#,
        &[
            "specs/a/Act.toml:8:11 [Act.F] `default` breaks the field's own spec: `F` is `b`, which does not match `^a`; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "[string]"
doc = "D."
items = { max = 1 }
default = ["a", "b"]
"#,
        &[
            "specs/a/Act.toml:8:11 [Act.F] `default` breaks the field's own spec: `F` has 2 items, at most 1 are allowed; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
values = ["ON", "OFF"]
default = "on"
"#,
        &[
            "specs/a/Act.toml:8:11 [Act.F] `default` is `on`, which is none of the values of `ActF`; did you mean `ON`?",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
values = ["ON", "OFF"]
default = "maybe"
"#,
        &[
            "specs/a/Act.toml:8:11 [Act.F] `default` is `maybe`, which is none of the values of `ActF`; write one of the values, or add this one",
        ],
    );
}

#[test]
fn defaults_of_the_wrong_type() {
    refused_field(
        r#"type = "int64"
doc = "D."
default = "1"
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is a text, not an int64; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "uint64"
doc = "D."
default = -1
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is a negative number, not a uint64; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "int64"
doc = "D."
default = 1.5
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is a number with a fraction, not an int64; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "string"
doc = "D."
default = 1
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is a whole number, not a text; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "bool"
doc = "D."
default = "true"
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is a text, not a boolean; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "[string]"
doc = "D."
default = "a"
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is a text, not a list; correct the default or the limit",
        ],
    );
    refused_field(
        r#"type = "float"
doc = "D."
default = nan
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] the number does not fit into JSON; write a finite number of at most 64 bits",
        ],
    );
    refused_field(
        r#"type = "timestamp"
doc = "D."
default = 3
"#,
        &[
            "specs/a/Act.toml:7:11 [Act.F] `default` breaks the field's own spec: `F` is a whole number, not a text; correct the default or the limit",
        ],
    );
}
