//! How wire names become Rust names. The generator, the checks and the documentation all ask here.

/// Words that Rust reserves, in edition 2024, and that `r#` makes usable.
const RAW_KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Words that cannot even be raw identifiers.
const NEVER_IDENTIFIERS: &[&str] = &["self", "super", "crate", "_"];

/// `SubAppId` becomes `sub_app_id`, `HDRType` becomes `hdr_type`, `Hunyuan3DTask` becomes `hunyuan3d_task`.
///
/// A new word starts at an upper-case letter that follows a lower-case one, or that a lower-case letter
/// follows; digits belong to the word before them.
pub fn snake_case(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len() + 8);
    for (i, &c) in chars.iter().enumerate() {
        if !c.is_ascii_alphanumeric() {
            if !out.ends_with('_') && !out.is_empty() {
                out.push('_');
            }
            continue;
        }
        if c.is_ascii_uppercase() && i > 0 && !out.ends_with('_') && !out.is_empty() {
            let after_lower = chars[i - 1].is_ascii_lowercase();
            let before_lower = chars.get(i + 1).is_some_and(char::is_ascii_lowercase);
            if after_lower || before_lower {
                out.push('_');
            }
        }
        out.push(c.to_ascii_lowercase());
    }
    while out.ends_with('_') {
        out.pop();
    }
    out
}

/// The Rust identifier of a field or method: snake case, made legal where Rust reserves the word.
pub fn field_ident(name: &str) -> String {
    let snake = snake_case(name);
    if RAW_KEYWORDS.contains(&snake.as_str()) {
        format!("r#{snake}")
    } else if snake.is_empty() || NEVER_IDENTIFIERS.contains(&snake.as_str()) {
        format!("{snake}_")
    } else if snake.starts_with(|c: char| c.is_ascii_digit()) {
        format!("_{snake}")
    } else {
        snake
    }
}

/// The Rust method of an action: its field's name, unless the client has it for its constructor.
pub fn method_ident(action: &str) -> String {
    match field_ident(action) {
        name if name == "new" => "new_".to_owned(),
        name => name,
    }
}

/// The client of a service: `TinyClient` for `tiny`.
pub fn client_name(service: &str) -> String {
    format!("{}Client", variant_ident(service))
}

/// The blocking client of a service: `TinyBlockingClient` for `tiny`.
pub fn blocking_client_name(service: &str) -> String {
    format!("{}BlockingClient", variant_ident(service))
}

/// A Rust variant for each value, see [`variant_ident`]. Where values differ in case or punctuation alone, the later
/// ones get a number: `Created`, `Created2`.
pub fn variant_idents<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut taken = std::collections::HashSet::new();
    let mut free = |value: &str| {
        let base = variant_ident(value);
        let numbered = (2..).map(|n| format!("{base}{n}"));
        let free = std::iter::once(base.clone()).chain(numbered).find(|name| taken.insert(name.clone()));
        free.unwrap_or_default()
    };
    values.into_iter().map(&mut free).collect()
}

/// The Rust variant of an enumeration's value: `finish-now` becomes `FinishNow`, `720p` becomes `V720p`,
/// `ON` becomes `On`.
///
/// Words are split like [`snake_case`] splits them, and each one starts with a capital. A value without any
/// letter or digit becomes `Empty` or `Other`.
pub fn variant_ident(value: &str) -> String {
    let mut out = String::new();
    for word in snake_case(value).split('_') {
        let mut chars = word.chars();
        if let Some(first) = chars.next() {
            out.push(first.to_ascii_uppercase());
            out.push_str(chars.as_str());
        }
    }
    match out.as_str() {
        "" if value.is_empty() => "Empty".to_owned(),
        "" => "Other".to_owned(),
        // `Self` is a keyword; `Unknown` is the variant that keeps values outside the list.
        "Self" | "Unknown" => format!("{out}Value"),
        _ if out.starts_with(|c: char| c.is_ascii_digit()) => format!("V{out}"),
        _ => out,
    }
}

/// The enumeration that the `values` of a field make: `ModifyEventConfig` and `Mode` become
/// `ModifyEventConfigMode`. `owner` is empty for a shared parameter.
pub fn inline_enum_name(owner: &str, field: &str) -> String {
    let mut name = owner.to_owned();
    let mut chars = field.chars().filter(char::is_ascii_alphanumeric);
    name.extend(chars.next().map(|first| first.to_ascii_uppercase()));
    name.extend(chars);
    name
}

/// Whether the text can be the Rust name of a field as it stands: snake case, and no reserved word.
pub fn is_field_ident(text: &str) -> bool {
    !text.is_empty() && field_ident(text) == text
}

/// Whether the text can be the name of a Rust type: a capital letter, then letters, digits and `_`.
pub fn is_type_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_uppercase())
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
        && name != "Self"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_split_where_a_reader_would_split_them() {
        for (wire, rust) in [
            ("EventHandles", "event_handles"),
            ("SubAppId", "sub_app_id"),
            ("HDRType", "hdr_type"),
            ("Md5", "md5"),
            ("AigcHunyuan3DCompleteEvent", "aigc_hunyuan3d_complete_event"),
            ("ClipTask2017", "clip_task2017"),
            ("hadAutoFixVul", "had_auto_fix_vul"),
            ("GetWsTokenReq_Label", "get_ws_token_req_label"),
            ("URL", "url"),
        ] {
            assert_eq!(snake_case(wire), rust);
        }
    }

    #[test]
    fn every_keyword_becomes_a_legal_identifier() {
        assert_eq!(field_ident("Type"), "r#type");
        assert_eq!(field_ident("Super"), "super_");
        assert_eq!(field_ident("Self"), "self_");
        assert_eq!(field_ident("Crate"), "crate_");
        assert_eq!(field_ident("Gen"), "r#gen");
        assert_eq!(field_ident("3D"), "_3d");
    }

    #[test]
    fn variants_that_would_be_equal_are_numbered() {
        assert_eq!(variant_idents(["created", "Created", "CREATED"]), ["Created", "Created2", "Created3"]);
        let codes = ["InternalError.Foo", "InternalErrorFoo", "InternalErrorFoo2"];
        assert_eq!(variant_idents(codes), ["InternalErrorFoo", "InternalErrorFoo2", "InternalErrorFoo22"]);
    }

    #[test]
    fn variants_are_legal_and_readable() {
        assert_eq!(variant_ident("ON"), "On");
        assert_eq!(variant_ident("NewFileUpload"), "NewFileUpload");
        assert_eq!(variant_ident("finish-now"), "FinishNow");
        assert_eq!(variant_ident("720p"), "V720p");
        assert_eq!(variant_ident("Self"), "SelfValue");
        assert_eq!(variant_ident(""), "Empty");
        assert_eq!(variant_ident("unknown"), "UnknownValue");
    }
}
