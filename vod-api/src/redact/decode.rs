//! A text as what it stands for: percent-encoding and the escapes of JSON and HTML undone, each byte with its place.

/// How often something may have been encoded.
const ROUNDS: usize = 4;

/// A byte of the decoded text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Unit {
    pub(super) byte: u8,
    /// Where it stands in the text.
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Decodes until nothing is encoded any more.
pub(super) fn decode(text: &[u8]) -> Vec<Unit> {
    let mut units: Vec<Unit> =
        text.iter().enumerate().map(|(i, byte)| Unit { byte: *byte, start: i, end: i + 1 }).collect();
    for _ in 0..ROUNDS {
        if !units.iter().any(|unit| matches!(unit.byte, b'%' | b'\\' | b'&')) {
            break;
        }
        let before = units.len();
        units = round(&units);
        if units.len() == before {
            break;
        }
    }
    units
}

fn round(units: &[Unit]) -> Vec<Unit> {
    let mut decoded = Vec::with_capacity(units.len());
    let mut at = 0;
    while at < units.len() {
        let rest = &units[at..];
        let (byte, length) = escape(rest).unwrap_or((rest[0].byte, 1));
        decoded.push(Unit { byte, start: rest[0].start, end: rest[length - 1].end });
        at += length;
    }
    decoded
}

/// The byte that an escape stands for, and how long it is. What stands for no ASCII is left as it is.
fn escape(units: &[Unit]) -> Option<(u8, usize)> {
    let byte = |at: usize| units.get(at).map(|unit| unit.byte);
    let hex = |from: usize, count: usize| number(units.get(from..from + count)?, 16);
    match byte(0)? {
        b'%' => Some((hex(1, 2)?, 3)),
        b'\\' => match byte(1)? {
            b'u' => Some((hex(2, 4)?, 6)),
            b'x' => Some((hex(2, 2)?, 4)),
            b'n' => Some((b'\n', 2)),
            b'r' => Some((b'\r', 2)),
            b't' => Some((b'\t', 2)),
            other if other.is_ascii_punctuation() => Some((other, 2)),
            _ => None,
        },
        b'&' => {
            let length = units.iter().take(10).position(|unit| unit.byte == b';')?;
            let name: Vec<u8> = units[1..length].iter().map(|unit| unit.byte).collect();
            let byte = match name.as_slice() {
                b"amp" => b'&',
                b"lt" => b'<',
                b"gt" => b'>',
                b"quot" => b'"',
                b"apos" => b'\'',
                b"plus" => b'+',
                b"sol" => b'/',
                b"equals" => b'=',
                [b'#', b'x' | b'X', ..] => number(&units[3..length], 16)?,
                [b'#', ..] => number(&units[2..length], 10)?,
                _ => return None,
            };
            Some((byte, length + 1))
        }
        _ => None,
    }
}

/// An ASCII character by its number.
fn number(digits: &[Unit], radix: u32) -> Option<u8> {
    let mut number: u32 = 0;
    for unit in digits {
        let digit = char::from(unit.byte).to_digit(radix)?;
        number = number.checked_mul(radix)?.checked_add(digit)?;
    }
    u8::try_from(number).ok().filter(|byte| !digits.is_empty() && byte.is_ascii())
}
