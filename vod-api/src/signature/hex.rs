//! Lower-case hexadecimal of hashes.

/// The two digits of each byte.
pub(crate) fn lower_hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The 64 digits of 32 bytes, without an allocation.
pub(super) struct Digits([u8; 64]);

impl Digits {
    pub(super) fn of(bytes: &[u8; 32]) -> Self {
        // Arithmetic instead of a table, so that the compiler can do all digits at once.
        let digit = |nibble: u8| nibble + b'0' + if nibble > 9 { b'a' - b'9' - 1 } else { 0 };
        let mut digits = [0; 64];
        for (pair, byte) in digits.chunks_exact_mut(2).zip(bytes) {
            pair[0] = digit(byte >> 4);
            pair[1] = digit(byte & 15);
        }
        Self(digits)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    pub(super) fn as_str(&self) -> &str {
        // They are always ASCII.
        str::from_utf8(&self.0).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_digits_of_each_byte_are_written() {
        let mut bytes = [0; 32];
        bytes[0] = 0x0f;
        bytes[1] = 0xa5;
        bytes[31] = 0xff;
        let digits = Digits::of(&bytes);
        assert_eq!(digits.as_str(), format!("0fa5{}ff", "00".repeat(29)));
        assert_eq!(digits.as_bytes(), digits.as_str().as_bytes());
        assert_eq!(lower_hex(&bytes), digits.as_str());
    }
}
