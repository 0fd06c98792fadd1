//! `[pagination]` and `[wait]`.

use crate::{refused_action, refused_files};

/// Fields to page and to wait with, on lines 4 to 30; what a test adds begins at line 31.
const FIELDS: &str = r#"[request.Offset]
type = "uint64"
doc = "D."
[request.Limit]
type = "int64"
range = { min = 1, max = 50 }
doc = "D."
[request.Token]
type = "string"
doc = "D."
[response.Items]
type = "[string]"
doc = "D."
[response.Total]
type = "uint64"
doc = "D."
[response.NextToken]
type = "string"
doc = "D."
[response.State]
type = "string"
doc = "D."
[response.Phase]
type = "string"
values = ["BUSY", "DONE"]
doc = "D."

"#;

#[track_caller]
fn refused(rest: &str, expected: &[&str]) {
    refused_action(&format!("{FIELDS}{rest}"), expected);
}

#[test]
fn what_is_sound() {
    for sound in [
        "[pagination]\noffset = \"Offset\"\nitems = \"Items\"\n",
        "[pagination]\npage = \"Offset\"\nlimit = \"Limit\"\npage-size = 50\nitems = \"Items\"\ntotal = \"Total\"\n",
        "[pagination]\ntoken = \"Token\"\nnext = \"NextToken\"\nitems = \"Items\"\n",
        "[pagination]\ntoken = \"Token\"\nnext = \"NextToken\"\nitems = \"Items\"\nmore = \"Cut\"\n[response.Cut]\ntype = \"bool\"\ndoc = \"D.\"\n",
        "[wait]\nmethod = \"wait_for_it\"\nid = \"Token\"\nstatus = \"State\"\nuntil = [\"ANY\"]\n",
        "[wait]\nmethod = \"wait_for_it\"\nid = \"Token\"\nstatus = \"Phase\"\nuntil = [\"DONE\"]\n",
    ] {
        refused(sound, &[]);
    }
}

#[test]
fn tables_that_are_none() {
    refused_action(
        "pagination = \"Offset\"\nwait = 3\n",
        &[
            "specs/a/Act.toml:4:14 [Act] `pagination` is a text, not a table; write `[pagination]` and name the fields below it",
            "specs/a/Act.toml:5:8 [Act] `wait` is a whole number, not a table; write `[wait]` and say below it what to wait for",
        ],
    );
}

#[test]
fn keys_of_pagination() {
    refused(
        "[pagination]\nofset = \"Offset\"\nitem = \"Items\"\n",
        &[
            "specs/a/Act.toml:32:1 [Act.pagination] unknown key `ofset`; did you mean `offset`?",
            "specs/a/Act.toml:33:1 [Act.pagination] unknown key `item`; did you mean `items`?",
        ],
    );
    refused(
        "[pagination]\n",
        &[
            r#"specs/a/Act.toml:31:1 [Act.pagination] `items` is missing; add `items = "..."` with the answer's field that holds the list"#,
            "specs/a/Act.toml:31:1 [Act.pagination] `offset`, `page` or `token` is missing; add the one by which a request names its page",
        ],
    );
    refused(
        "[pagination]\noffset = 1\nitems = true\n",
        &[
            "specs/a/Act.toml:32:10 [Act.pagination] `offset` is a whole number, not a text; put it in quotes",
            "specs/a/Act.toml:33:9 [Act.pagination] `items` is a boolean, not a text; put it in quotes",
        ],
    );
}

#[test]
fn keys_of_pagination_that_contradict_each_other() {
    refused(
        "[pagination]\noffset = \"Offset\"\npage = \"Offset\"\nitems = \"Items\"\n",
        &["specs/a/Act.toml:33:8 [Act.pagination] `page` stands beside `offset`; keep one of the two"],
    );
    refused(
        "[pagination]\noffset = \"Offset\"\nnext = \"NextToken\"\nitems = \"Items\"\n",
        &["specs/a/Act.toml:33:8 [Act.pagination] `next` stands without `token`; remove it, or add `token`"],
    );
    refused(
        "[pagination]\noffset = \"Offset\"\npage-size = 10\nitems = \"Items\"\n",
        &[
            r#"specs/a/Act.toml:33:13 [Act.pagination] `page-size` stands without `limit`; add `limit = "..."` with the request's field for it"#,
        ],
    );
    refused(
        "[pagination]\noffset = \"Offset\"\nlimit = \"Limit\"\npage-size = 51\nitems = \"Items\"\n",
        &[
            "specs/a/Act.toml:34:13 [Act.pagination] `page-size` is 51, which is outside of the range of `Limit`; write a number that the field takes",
        ],
    );
}

#[test]
fn fields_to_page_with_that_do_not_exist() {
    refused(
        "[pagination]\noffset = \"Ofset\"\nlimit = \"Size\"\nitems = \"Itms\"\ntotal = \"Limit\"\n",
        &[
            "specs/a/Act.toml:32:10 [Act.pagination] `offset` names `Ofset`, which is no field of the request; did you mean `Offset`?",
            "specs/a/Act.toml:33:9 [Act.pagination] `limit` names `Size`, which is no field of the request; name a field of the request",
            "specs/a/Act.toml:34:9 [Act.pagination] `items` names `Itms`, which is no field of the response; did you mean `Items`?",
            "specs/a/Act.toml:35:9 [Act.pagination] `total` names `Limit`, which is no field of the response; name a field of the response",
        ],
    );
    refused(
        "[pagination]\ntoken = \"Token\"\nitems = \"Items\"\n",
        &[
            "specs/a/Act.toml:32:9 [Act.pagination] `token` names `Token`, which is no field of the response; name a field of the response",
        ],
    );
}

#[test]
fn fields_to_page_with_that_have_the_wrong_type() {
    refused(
        "[pagination]\noffset = \"Token\"\nlimit = \"Token\"\nitems = \"Total\"\ntotal = \"Items\"\n",
        &[
            "specs/a/Act.toml:32:10 [Act.pagination] `offset` names `Token` of the request, which is not a whole number; name a field of type `int64` or `uint64`",
            "specs/a/Act.toml:33:9 [Act.pagination] `limit` names `Token` of the request, which is not a whole number; name a field of type `int64` or `uint64`",
            "specs/a/Act.toml:34:9 [Act.pagination] `items` names `Total` of the response, which is not a list; name a list",
            "specs/a/Act.toml:35:9 [Act.pagination] `total` names `Items` of the response, which is not a whole number; name a field of type `int64` or `uint64`",
        ],
    );
    refused(
        "[pagination]\ntoken = \"Limit\"\nnext = \"Items\"\nitems = \"Items\"\n",
        &[
            "specs/a/Act.toml:32:9 [Act.pagination] `token` names `Limit` of the request, which is not a text; name a field of type `string`",
            "specs/a/Act.toml:33:8 [Act.pagination] `next` names `Items` of the response, which is not a text; name a field of type `string`",
        ],
    );
}

#[test]
fn a_field_that_was_dropped_is_reported_once() {
    refused(
        "[response.Lost]\ntype = \"[Nowhere]\"\ndoc = \"D.\"\n[pagination]\noffset = \"Offset\"\nitems = \"Lost\"\n",
        &[
            "specs/a/Act.toml:32:8 [Act.Lost] unknown type `Nowhere`; declare it under `[types]` or `[enums]`, or use a built-in type: `string`, `int64`, `uint64`, `float`, `bool`, `timestamp`, `date`, `json`, `binary`",
        ],
    );
}

#[test]
fn keys_of_wait() {
    refused(
        "[wait]\n",
        &[
            r#"specs/a/Act.toml:31:1 [Act.wait] `method` is missing; add `method = "wait_for_..."`, the name of the client's method"#,
            r#"specs/a/Act.toml:31:1 [Act.wait] `id` is missing; add `id = "..."` with the request's field that names what is waited for"#,
            r#"specs/a/Act.toml:31:1 [Act.wait] `status` is missing; add `status = "..."` with the answer's field that tells how far it is"#,
            "specs/a/Act.toml:31:1 [Act.wait] `until` is missing; add `until = [...]` with the values that end the waiting",
        ],
    );
    let keys = |method: &str, until: &str| {
        format!("[wait]\nmethod = {method}\nid = \"Token\"\nstatus = \"State\"\nuntil = {until}\n")
    };
    refused(
        &keys("\"type\"", "\"DONE\""),
        &[
            "specs/a/Act.toml:32:10 [Act.wait] `method` is `type`, which no method can be called; write lower-case letters, digits and `_`, and no word that Rust reserves",
            "specs/a/Act.toml:35:9 [Act.wait] `until` is a text, not a list of texts; write `[\"...\"]`",
        ],
    );
    refused(
        &keys("\"wait_for_it\"", "[]"),
        &["specs/a/Act.toml:35:9 [Act.wait] `until` is empty; list at least one value"],
    );
    refused(
        &keys("\"wait_for_it\"", "[1]"),
        &[
            "specs/a/Act.toml:35:10 [Act.wait] `until` is a whole number, not a list of texts; put each value in quotes",
        ],
    );
}

#[test]
fn fields_to_wait_with() {
    let keys = |id: &str, status: &str, until: &str| {
        format!(
            "[wait]\nmethod = \"wait_for_it\"\nid = \"{id}\"\nstatus = \"{status}\"\nuntil = [\"{until}\"]\n"
        )
    };
    refused(
        &keys("Tokn", "Stat", "DONE"),
        &[
            "specs/a/Act.toml:33:6 [Act.wait] `id` names `Tokn`, which is no field of the request; did you mean `Token`?",
            "specs/a/Act.toml:34:10 [Act.wait] `status` names `Stat`, which is no field of the response; did you mean `State`?",
        ],
    );
    refused(
        &keys("Token", "Total", "DONE"),
        &[
            "specs/a/Act.toml:34:10 [Act.wait] `status` names `Total` of the response, which is not a text or an enumeration; name a field of type `string` or of an enumeration",
        ],
    );
    refused(
        &keys("Token", "Phase", "DOEN"),
        &["specs/a/Act.toml:35:10 [Act.wait] `ActPhase` has no value `DOEN`; did you mean `DONE`?"],
    );
    let required = "[request.Also]\ntype = \"string\"\nrequired = true\ndoc = \"D.\"\n";
    refused(
        &format!("{required}{}", keys("Token", "State", "DONE")),
        &[
            "specs/a/Act.toml:37:6 [Act.wait] `id` names `Token`, and the request also requires `Also`; remove `[wait]`: its method takes the id alone",
        ],
    );
}

#[test]
fn a_method_that_another_action_has() {
    let other = "action = \"WaitForIt\"\nsummary = \"Waits.\"\ndoc = \"D.\"\n";
    let act = "action = \"Act\"\nsummary = \"Acts.\"\ndoc = \"D.\"\n[request.Id]\ntype = \"string\"\ndoc = \"D.\"\n\
               [response.State]\ntype = \"string\"\ndoc = \"D.\"\n\
               [wait]\nmethod = \"wait_for_it\"\nid = \"Id\"\nstatus = \"State\"\nuntil = [\"DONE\"]\n";
    refused_files(
        &[("a/Act.toml", act), ("a/WaitForIt.toml", other)],
        &[
            "specs/a/Act.toml:11:10 [Act.wait] `method` is `wait_for_it`, as `WaitForIt` at specs/a/WaitForIt.toml:1 has it; give it another name",
        ],
    );
}

/// `head` is what `[pagination]` says, `window` what the window says from line 8.
#[track_caller]
fn refused_window(head: &str, window: &str, expected: &[&str]) {
    let fields = "[request.Offset]\ntype = \"uint64\"\ndoc = \"D.\"\n[request.Limit]\ntype = \"uint64\"\ndoc = \"D.\"\n\
                  [request.Time]\ntype = \"Period\"\ndoc = \"D.\"\n[request.Order]\ntype = \"string\"\ndoc = \"D.\"\n\
                  [response.Set]\ntype = \"[Thing]\"\ndoc = \"D.\"\n[response.Total]\ntype = \"int64\"\ndoc = \"D.\"\n\
                  [types.Thing]\ndoc = \"D.\"\n[types.Thing.fields.Id]\ntype = \"string\"\ndoc = \"D.\"\n\
                  [types.Thing.fields.Size]\ntype = \"int64\"\ndoc = \"D.\"\n\
                  [types.Period]\ndoc = \"D.\"\n[types.Period.fields.From]\ntype = \"timestamp\"\ndoc = \"D.\"\n\
                  [types.Period.fields.To]\ntype = \"timestamp\"\ndoc = \"D.\"\n";
    let pages = format!(
        "[pagination]\noffset = \"Offset\"\nitems = \"Set\"\n{head}\n[pagination.window]\n{window}\n{fields}"
    );
    refused_action(&pages, expected);
}

#[test]
fn a_window_has_a_range_of_two_times_an_id_and_pages_below_its_ceiling() {
    let head = "limit = \"Limit\"\npage-size = 100\ntotal = \"Total\"";
    let window = "ceiling = 5000\nrange = \"Time\"\nstart = \"From\"\nend = \"To\"\nid = \"Id\"\nset = { Order = \"Asc\" }";
    let at = |line: usize, what: &str| format!("specs/a/Act.toml:{line}:1 [Act.pagination.window] {what}");
    refused_window(head, window, &[]);
    refused_window(
        "",
        window,
        &[&at(
            8,
            "a window needs `limit`, `page-size` and `total` of the pages; name them in `[pagination]`",
        )],
    );
    for (from, to, told) in [
        ("5000", "50", "`ceiling` is smaller than a page; write how many items the service gives out"),
        (
            "\"Time\"",
            "\"Tmie\"",
            "`range` names `Tmie`, which is no field of the request; did you mean `Time`?",
        ),
        (
            "\"Time\"",
            "\"Limit\"",
            "`range` names `Limit`, which is no object with two times; name a field whose type has a start and an end",
        ),
        (
            "\"To\"",
            "\"Till\"",
            "`end` names `Till`, which is no field of the range; name a field of the range",
        ),
        (
            "\"Id\"",
            "\"Size\"",
            "`id` names `Size`, which is no text; name the text that tells an item from others",
        ),
        (
            "\"Asc\"",
            "1",
            "`set` does not fit the request: `Order` is a whole number, not a text; correct it or the field",
        ),
        ("Order =", "Time =", "`set` sets `Time`, which the window does; remove it"),
    ] {
        let window = window.replace(from, to).replace("Time = \"Asc\"", "Time = {}");
        refused_window(head, &window, &[&at(10, told)]);
    }
    refused_window(
        head,
        "ceiling = 5000\nrange = \"Time\"",
        &[
            &at(10, "`start` is missing; add `start = \"...\"` with the field of the range for its start"),
            &at(10, "`end` is missing; add `end = \"...\"` with the field of the range for its end"),
            &at(10, "`id` is missing; add `id = \"...\"` with the text by which items are told apart"),
        ],
    );
}
