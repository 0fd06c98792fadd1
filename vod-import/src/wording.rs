//! Facts that the vendor's model only has inside its sentences, taken where the wording is unmistakable.

use vod_spec::model::Number;

const ITEMS: &str = "数组长度限制";
const LENGTH: &str = "长度限制";
const RANGE: &str = "取值范围";
const DEFAULT: &str = "默认值";
const CHARACTERS: &[&str] = &["个字符", "字符"];
const LINK: &[char] = &['：', ':', '为', '是', ' ', '\u{a0}'];
const QUOTES: &[char] = &['"', '\'', '`', '“', '”', '‘', '’', ' '];

/// How many values a list may hold.
pub(crate) fn items(text: &str) -> Option<u64> {
    let mut found = text.match_indices(ITEMS).map(|(at, word)| {
        let (digits, rest) = digits(text[at + word.len()..].trim_start_matches(LINK));
        let exact = !rest.trim_start().starts_with(['~', '-', '到', '至']);
        digits.parse().ok().filter(|_| exact)
    });
    agreed(&mut found)
}

/// How many characters a text may have.
pub(crate) fn length(text: &str) -> Option<u64> {
    let mut found =
        text.match_indices(LENGTH).filter(|(at, _)| !text[..*at].ends_with("数组")).map(|(at, word)| {
            let (digits, rest) = digits(text[at + word.len()..].trim_start_matches(LINK));
            let counts_characters = CHARACTERS.iter().any(|unit| rest.trim_start().starts_with(unit));
            digits.parse().ok().filter(|_| counts_characters)
        });
    agreed(&mut found)
}

/// The smallest and the largest number, of a text that names one interval and no value beside it.
pub(crate) fn range(text: &str) -> Option<(Number, Number)> {
    let mut places = text.match_indices(RANGE);
    let (at, word) = places.next()?;
    if places.next().is_some() {
        return None;
    }
    let inside = text[at + word.len()..].trim_start_matches(LINK).strip_prefix(['[', '［'])?;
    let (interval, rest) = inside.split_once([']', '］'])?;
    let (min, max) = interval.split_once([',', '，', '~'])?;
    let (min, max) = (number(min)?, number(max)?);
    let next = rest.trim_start_matches([' ', ',', '，', '、', '和', '或', '及', '与', '以', '者', ';', '；']);
    let more =
        next.len() < rest.len() && next.starts_with(|c: char| c.is_ascii_digit() || "[［-".contains(c));
    let special = [Number::Int(0), Number::Int(-1)];
    let excepted = special.into_iter().any(|value| value < min && mentions(rest, &value.to_string()));
    (!more && !excepted && min <= max).then_some((min, max))
}

/// Whether a number stands in the text by itself.
fn mentions(text: &str, number: &str) -> bool {
    let in_number = |c: char| c.is_ascii_alphanumeric() || c == '.';
    text.match_indices(number).any(|(at, _)| {
        let after = &text[at + number.len()..];
        !text[..at].ends_with(in_number) && !after.starts_with(in_number)
    })
}

/// The values of an enumeration that the text lists, two at least.
pub(crate) fn values(text: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for entry in text.split("<li>").skip(1) {
        if let Some(value) = listed_value(entry)
            && !values.contains(&value)
        {
            values.push(value);
        }
    }
    if values.len() < 2 { Vec::new() } else { values }
}

/// `X` of `X：what it means`.
fn listed_value(entry: &str) -> Option<String> {
    let entry = entry.trim_start();
    let colon = entry.char_indices().find(|(at, c)| match c {
        '：' => true,
        // The colon of `16:9` is part of the value.
        ':' => !entry[at + 1..].starts_with(|c: char| c.is_ascii_digit()),
        _ => false,
    });
    let mut value = entry[..colon?.0].trim_matches(QUOTES);
    for (open, close) in [("<b>", "</b>"), ("<code>", "</code>"), ("<strong>", "</strong>")] {
        value = value.strip_prefix(open).and_then(|rest| rest.strip_suffix(close)).unwrap_or(value);
    }
    let value = value.trim_matches(QUOTES);
    let plain = !value.is_empty()
        && value.len() <= 64
        && value.split(' ').count() <= 5
        && value.chars().all(|c| c.is_ascii_alphanumeric() || "_-./+: ".contains(c))
        && value.contains(|c: char| c.is_ascii_alphanumeric());
    plain.then(|| value.to_owned())
}

/// What the service assumes for a value that is absent, as written.
pub(crate) fn default(text: &str) -> Option<String> {
    let mut found = text.match_indices(DEFAULT).map(|(at, word)| {
        let after = &text[at + word.len()..];
        let written = after.trim_start_matches(LINK);
        let linked = written.len() < after.len();
        let written = written.trim_start_matches(QUOTES);
        let end = written
            .find(|c: char| !(c.is_ascii_alphanumeric() || "_-.:%/".contains(c)))
            .unwrap_or(written.len());
        let (token, rest) = written.split_at(end);
        let token = token.trim_end_matches('.');
        let rest = rest.trim_start_matches(QUOTES);
        let ends =
            rest.is_empty() || rest.starts_with(['。', '，', '；', ',', ';', '\n', '\r', '<', '）', ')']);
        (linked && ends && !token.is_empty()).then(|| token.to_owned())
    });
    agreed(&mut found)
}

/// What every place says, if they all say the same.
fn agreed<T: PartialEq>(found: &mut impl Iterator<Item = Option<T>>) -> Option<T> {
    let first = found.next()??;
    found.all(|other| other.as_ref() == Some(&first)).then_some(first)
}

fn digits(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    text.split_at(end)
}

/// A number as it is written in a model.
pub(crate) fn number(text: &str) -> Option<Number> {
    let text = text.trim();
    if let Ok(whole) = text.parse() {
        return Some(Number::Int(whole));
    }
    let plain = text.chars().all(|c| c.is_ascii_digit() || c == '.' || c == '-');
    text.parse().ok().filter(|_| plain).map(Number::Float)
}

/// Whether an action's text says that binary data are the body of its request.
pub(crate) fn says_binary_body(text: &str) -> bool {
    let mut words = text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    words.make_ascii_lowercase();
    ["二进制流，位于body中", "二进制流,位于body中", "application/octet-stream"]
        .iter()
        .any(|mark| words.contains(mark))
}

/// Whether the text of an answer's request id says that the action answers with a stream.
pub(crate) fn says_event_stream(text: &str) -> bool {
    text.contains("流式响应接口")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_taken_where_their_unit_is_named() {
        assert_eq!(items("事件句柄。\n数组长度限制：16。"), Some(16));
        assert_eq!(items("数组长度限制：2~8。"), None);
        assert_eq!(items("最多 10 个"), None);
        assert_eq!(length("长度限制：64 个字符。"), Some(64));
        assert_eq!(length("长度限制：64。"), None);
        assert_eq!(length("数组长度限制：16 个字符"), None);
        assert_eq!(length("长度限制：64 个字符。长度限制：32 个字符。"), None);
    }

    #[test]
    fn a_range_stands_alone_or_is_not_taken() {
        let int = |a, b| Some((Number::Int(a), Number::Int(b)));
        assert_eq!(range("取值范围：[1, 100]，单位：秒"), int(1, 100));
        assert_eq!(range("取值范围：[-1,100]。"), int(-1, 100));
        assert_eq!(range("取值范围：0 和 [128, 4096]"), None);
        assert_eq!(range("取值范围：[1, 5] 和 [8, 9]"), None);
        assert_eq!(range("取值范围：[1, 5]，0 表示无"), None);
        assert_eq!(range("取值范围：[1, 51]，填 0 关闭"), None);
        assert_eq!(range("取值范围：[1, 50]，默认 10"), int(1, 50));
        assert_eq!(range("取值范围：[5, 1]"), None);
        assert_eq!(range("取值范围：[1, 5]。A 取值范围：[1, 5]"), None);
        assert_eq!(range("取值范围：[0.5, 1.5]"), Some((Number::Float(0.5), Number::Float(1.5))));
    }

    #[test]
    fn lists_of_plain_values_are_enumerations() {
        assert_eq!(values("<li>ON：开</li><li>OFF: 关</li>"), ["ON", "OFF"]);
        assert_eq!(values("<li> `16:9`：宽</li><li>9:16：高</li>"), ["16:9", "9:16"]);
        assert_eq!(values("<li>ON：开</li><li>其他：关</li>"), Vec::<String>::new());
        assert_eq!(values("<li>A：x</li><li>A：y</li><li>Hong Kong：z</li>"), ["A", "Hong Kong"]);
    }

    #[test]
    fn a_default_is_one_word() {
        assert_eq!(default("默认值：0。").as_deref(), Some("0"));
        assert_eq!(default("默认值：black 。").as_deref(), Some("black"));
        assert_eq!(default("默认值为 \"OFF\"</p>").as_deref(), Some("OFF"));
        assert_eq!(default("默认值：30 秒"), None);
        assert_eq!(default("默认值由服务端决定"), None);
        assert_eq!(default("A 默认值：1。B 默认值：2。"), None);
    }
}
