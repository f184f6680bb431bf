//! The character encodings of files.

use encoding_rs::{UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1256};

/// A character encoding of the WHATWG Encoding Standard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(pub(super) &'static encoding_rs::Encoding);

impl Encoding {
    /// UTF-8.
    pub const UTF_8: Self = Self(UTF_8);

    /// The encoding that goes by `label`, such as `utf-8`, `utf-16le`, `windows-1256` or `iso-8859-6`; capitals do not matter.
    #[must_use]
    pub fn named(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label_no_replacement(label.as_bytes()).map(Self)
    }

    /// Its name in the standard.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The encoding of a text that begins with `start`: by its byte order mark, else UTF-16 if that makes sense of it, else
    /// windows-1256 if it is Arabic in that and not UTF-8, else UTF-8.
    #[must_use]
    pub fn guess(start: &[u8]) -> Self {
        if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(start) {
            return Self(encoding);
        }
        Self(
            utf_16(start)
                .or_else(|| windows_1256(start))
                .unwrap_or(UTF_8),
        )
    }
}

/// UTF-16 is told by its high bytes: nine of ten units are printable ASCII or Arabic in one byte order, and less than half in
/// the other. UTF-8 never looks so, because the high bytes are control characters there.
fn utf_16(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let units = start.as_chunks::<2>().0;
    let plausible = |unit: u16| matches!(unit, 0x09 | 0x0A | 0x0D | 0x20..=0x7E | 0x0600..=0x06FF | 0x2010..=0x2026);
    let count = |decode: fn([u8; 2]) -> u16| {
        units
            .iter()
            .filter(|&&unit| plausible(decode(unit)))
            .count()
    };
    let (little, big) = (count(u16::from_le_bytes), count(u16::from_be_bytes));
    let is = |this: usize, other: usize| {
        units.len() >= 4 && 10 * this >= 9 * units.len() && 2 * other < units.len()
    };
    if is(little, big) {
        Some(UTF_16LE)
    } else if is(big, little) {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// windows-1256 is told by what is wrong in UTF-8 being more than what is right, with Arabic letters side by side. A file in
/// UTF-8 with some broken records is not taken for it, nor are binary data.
fn windows_1256(start: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    if simdutf8::basic::from_utf8(start).is_ok() || start.contains(&0) {
        return None;
    }
    let (mut right, mut wrong) = (0, 0);
    for chunk in start.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += chunk.invalid().len();
    }
    // All of the alphabet but پ چ ژ گ; 0xD7 is the sign of multiplication.
    let is_letter =
        |byte: u8| matches!(byte, 0xC1..=0xD6 | 0xD8..=0xDF | 0xE1 | 0xE3..=0xE6 | 0xEC | 0xED);
    let high = start.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = start.iter().filter(|&&byte| is_letter(byte)).count();
    let pairs = start
        .windows(2)
        .filter(|pair| is_letter(pair[0]) && is_letter(pair[1]))
        .count();
    (wrong > right && pairs >= 2 && 10 * letters >= 7 * high).then_some(WINDOWS_1256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_by_their_bytes() {
        let text = "قال الوزير إن 20 شخصا أصيبوا, وفق «المصدر».\r\n";
        let (in_1256, _, _) = WINDOWS_1256.encode(text);
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        for (bytes, name) in [
            (text.as_bytes(), "UTF-8"),
            (b"plain ASCII, 1\n", "UTF-8"),
            (b"", "UTF-8"),
            (&in_1256, "windows-1256"),
            (&little, "UTF-16LE"),
            (&big, "UTF-16BE"),
            (b"\xFF\xFEa\0", "UTF-16LE"),
            (b"\xEF\xBB\xBFa", "UTF-8"),
            // One record is broken, the others are not.
            (
                "قال قائل إن\n\u{0}".replace('\u{0}', "x").as_bytes(),
                "UTF-8",
            ),
            (&[text.as_bytes(), &in_1256[..8]].concat(), "UTF-8"),
            (b"{\"text\": \"caf\xE9\"}", "UTF-8"),
        ] {
            assert_eq!(Encoding::guess(bytes).name(), name, "{bytes:?}");
        }
        assert_eq!(
            Encoding::named("Windows-1256"),
            Some(Encoding(WINDOWS_1256))
        );
        assert_eq!(Encoding::named("arabic-7"), None);
    }
}
