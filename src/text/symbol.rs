//! The one-byte alphabet of normalised text.
//!
//! | symbol | stands for |
//! |---|---|
//! | `0x20` | the separator between words |
//! | `b'0'` | a digit of any script |
//! | `b'a'..=b'z'` | a Latin letter |
//! | `0x81..=0x8A`, `0xA1..=0xBF` | an Arabic letter: the last byte of its UTF-8 form |
//! | four bytes `0xC0..=0xFF` | any other letter: its code point, six bits a byte |

/// The separator between words, and the boundary mark of character n-grams.
pub const SEPARATOR: u8 = b' ';
/// The one digit class.
pub const DIGIT: u8 = b'0';

const FOREIGN: u8 = 0xC0;

/// The first symbol of a letter that has no one-byte symbol.
#[must_use]
pub fn is_foreign(symbol: u8) -> bool {
    symbol >= FOREIGN
}

/// The symbol of a letter that has one, for a letter that is its own normalised form.
#[must_use]
pub fn of_char(c: char) -> Option<u8> {
    match c {
        ' ' | '0' | 'a'..='z' => Some(c as u8),
        // ء to غ and ف to ي: D8 A1..BF and D9 81..8A in UTF-8, whose last bytes are all different.
        '\u{0621}'..='\u{063A}' | '\u{0641}'..='\u{064A}' => Some(0x80 | (c as u32 & 0x3F) as u8),
        _ => None,
    }
}

/// The four symbols of a letter that has no one-byte symbol.
#[must_use]
pub fn foreign(c: char) -> [u8; 4] {
    let code = c as u32;
    [18, 12, 6, 0].map(|shift| FOREIGN | (code >> shift & 0x3F) as u8)
}

/// Appends the symbols of `text`, which must be in normalised form; a character that no
/// normalised text holds becomes a foreign letter.
pub fn encode(text: &str, symbols: &mut Vec<u8>) {
    for c in text.chars() {
        match of_char(c) {
            Some(symbol) => symbols.push(symbol),
            None => symbols.extend(foreign(c)),
        }
    }
}

/// The normalised text that `symbols` stand for. A letter cut in two (an n-gram may begin or end
/// inside a foreign letter) becomes U+FFFD.
#[must_use]
pub fn decode(symbols: &[u8]) -> String {
    chars(symbols).map(|(_, c)| c).collect()
}

/// The characters that `symbols` stand for, each with the number of symbols it takes.
pub fn chars(symbols: &[u8]) -> impl Iterator<Item = (usize, char)> + '_ {
    let mut rest = symbols;
    std::iter::from_fn(move || {
        let (&first, tail) = rest.split_first()?;
        let (taken, c) = match first {
            FOREIGN.. => decode_foreign(rest),
            0x81..=0x8A => (1, char::from_u32(0x0640 | u32::from(first & 0x3F))),
            0xA1..=0xBF => (1, char::from_u32(0x0600 | u32::from(first & 0x3F))),
            _ => (1, Some(char::from(first))),
        };
        rest = &tail[taken - 1..];
        Some((taken, c.unwrap_or(char::REPLACEMENT_CHARACTER)))
    })
}

fn decode_foreign(symbols: &[u8]) -> (usize, Option<char>) {
    let n = symbols
        .iter()
        .take(4)
        .take_while(|&&symbol| is_foreign(symbol))
        .count();
    let code = symbols[..n]
        .iter()
        .fold(0, |code, &symbol| code << 6 | u32::from(symbol & 0x3F));
    // Fewer than four, or four that began in the middle of a letter, name no letter.
    (
        n,
        (n == 4)
            .then_some(code)
            .and_then(char::from_u32)
            .filter(|&c| of_char(c).is_none()),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_scalar_value_survives_encoding_and_decoding() {
        let mut symbols = Vec::new();
        for c in '\0'..=char::MAX {
            symbols.clear();
            encode(c.encode_utf8(&mut [0; 4]), &mut symbols);
            assert_eq!(decode(&symbols), c.to_string(), "U+{:04X}", c as u32);
        }
    }

    #[test]
    fn an_arabic_letter_is_the_last_byte_of_its_utf8_form() {
        let mut utf8 = [0; 4];
        for c in ['ء', 'ا', 'ب', 'غ', 'ف', 'ي'] {
            let last = *c.encode_utf8(&mut utf8).as_bytes().last().unwrap();
            assert_eq!(of_char(c), Some(last));
        }
    }
}
