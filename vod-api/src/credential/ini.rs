//! Reads the INI files that credentials are kept in.
//!
//! It borrows from the file's text, so that a secret has no second copy that would have to be wiped; the INI
//! crates copy every value.

/// What stands in the first line that is neither blank, a comment, a section nor a value.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Malformed {
    pub(super) line: usize,
}

/// The values of one section by their lower-case name; `None` if there is no such section.
///
/// Names of values match whatever their case, those of sections do not. A section may be continued further down,
/// and of several values with one name the last holds. Comments take a line of their own or follow the name of a
/// section; in a value `#` and `;` may be part of it.
pub(super) fn section<'a>(text: &'a str, name: &str) -> Result<Option<Vec<(String, &'a str)>>, Malformed> {
    let mut found: Option<Vec<(String, &str)>> = None;
    let mut inside = false;
    for (line, content) in lines(text) {
        match Line::read(content).ok_or(Malformed { line })? {
            Line::Nothing => {}
            Line::Section(title) => {
                inside = title == name;
                if inside {
                    found.get_or_insert_default();
                }
            }
            Line::Value(key, value) => {
                if let Some(values) = found.as_mut().filter(|_| inside) {
                    values.push((key.to_ascii_lowercase(), value));
                }
            }
        }
    }
    Ok(found)
}

/// The last value of that name which is not empty.
pub(super) fn value<'a>(values: &[(String, &'a str)], name: &str) -> Option<&'a str> {
    let (_, value) = values.iter().rev().find(|(known, _)| known == name)?;
    Some(*value).filter(|value| !value.is_empty())
}

fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(i, line)| (i + 1, line.trim()))
}

enum Line<'a> {
    Nothing,
    Section(&'a str),
    Value(&'a str, &'a str),
}

impl<'a> Line<'a> {
    fn read(line: &'a str) -> Option<Self> {
        if line.is_empty() || line.starts_with(['#', ';']) {
            return Some(Self::Nothing);
        }
        if let Some(rest) = line.strip_prefix('[') {
            let (title, after) = rest.split_once(']')?;
            let after = after.trim_start();
            let ends = after.is_empty() || after.starts_with(['#', ';']);
            return ends.then(|| Self::Section(title.trim()));
        }
        let (key, value) = line.split_once(['=', ':'])?;
        let key = key.trim_end();
        (!key.is_empty()).then(|| Self::Value(key, value.trim_start()))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    const FILE: &str = "# comment\r\n\
        ; another\r\n\
        outside = ignored\r\n\
        [default]\r\n\
        secret_id = AKID1\r\n\
        Secret_Key=a=b;c#d\r\n\
        token :\r\n\
        \r\n\
        [ other ]\n\
        \tsecret_id: AKID2\n\
        [default]\n\
        secret_id = AKID3";

    fn get<'a>(text: &'a str, name: &str, key: &str) -> Option<&'a str> {
        value(&section(text, name).unwrap()?, key)
    }

    #[test]
    fn values_comments_blanks_and_line_ends_are_read() {
        assert_eq!(get(FILE, "default", "secret_key"), Some("a=b;c#d"));
        assert_eq!(get(FILE, "other", "secret_id"), Some("AKID2"));
        assert_eq!(get(FILE, "default", "token"), None);
        assert_eq!(get(FILE, "default", "outside"), None);
    }

    #[test]
    fn the_last_of_several_values_holds_across_a_section_that_goes_on_later() {
        assert_eq!(get(FILE, "default", "secret_id"), Some("AKID3"));
    }

    #[test]
    fn a_comment_may_follow_the_name_of_a_section() {
        for title in ["[default] # comment", "[default]#x", "[default]\t; [other]", "[ default ] ;"] {
            let text = format!("{title}\nsecret_id = AKID1 # 2");
            assert_eq!(get(&text, "default", "secret_id"), Some("AKID1 # 2"), "{title}");
        }
    }

    #[test]
    fn a_section_that_is_empty_differs_from_one_that_is_missing() {
        assert_eq!(section("[a]\n[b]\nx=1", "a"), Ok(Some(vec![])));
        assert_eq!(section("[a]\n", "A"), Ok(None));
        assert_eq!(section("", "default"), Ok(None));
    }

    #[test]
    fn a_line_that_is_nothing_is_told_by_number_wherever_it_stands() {
        for (text, line) in
            [("[a]\nx = 1\nnonsense", 3), ("[a\n", 1), ("\n = value", 2), ("[a] x=1", 1), ("[a]]", 1)]
        {
            assert_eq!(section(text, "a"), Err(Malformed { line }), "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_it_panic(text in any::<String>(), name in any::<String>()) {
            let _ = section(&text, &name);
        }

        #[test]
        fn text_that_looks_like_a_file_does_not_either(text in r"([\[\]=:;# a\r\n\t\u{feff}é]){0,60}") {
            let _ = section(&text, "a");
        }

        #[test]
        fn what_was_written_is_read(
            name in "[A-Za-z0-9_-]{1,12}",
            values in prop::collection::vec(("[a-z_]{1,10}", "[!-~]{1,40}"), 0..6),
        ) {
            let mut text = format!("[before]\nsecret_id=x\n[{name}x]\n[{name}]\n");
            for (key, value) in &values {
                writeln!(text, "{key} = {value}").unwrap();
            }
            let expected: Vec<(String, &str)> =
                values.iter().map(|(key, value)| (key.clone(), value.as_str())).collect();
            prop_assert_eq!(section(&text, &name).unwrap().unwrap(), expected);
        }
    }
}
