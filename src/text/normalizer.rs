//! From text as printed to symbols.

use unicode_normalization::UnicodeNormalization;

use super::offsets::{NoOffsets, Offsets, Recorder};
use super::rules;
use super::symbol::{self, SEPARATOR};
use super::{Profile, Symbols, address};

/// Marks a character that needs more than a look at a table. No letter has this symbol: a
/// foreign letter's first byte is below it.
const LOOK: u8 = 0xFF;

/// Brings text to the normal form of a [`Profile`].
///
/// The form has words of letters and zeros with one separator between them. Normalising is idempotent, takes
/// any UTF-8 and never panics. URLs, e-mail addresses and @names become the words `url`, `email` and
/// `mention`; a #hashtag keeps its words.
///
/// # Examples
///
/// ```
/// let normalizer = marsad::text::Normalizer::default();
/// assert_eq!(normalizer.normalize("أَعلنـت «الحكومة» ٣٫٥%"), "اعلنت الحكومه 0 0");
/// ```
#[derive(Debug, Clone)]
pub struct Normalizer {
    profile: Profile,
    /// What each ASCII character becomes: a symbol, 0 for nothing, or [`LOOK`].
    ascii: [u8; 128],
    /// The same for U+0600 to U+06FF.
    arabic: [u8; 256],
}

impl Normalizer {
    /// A normaliser for `profile`. Makes its tables by running the rules over every character of the ASCII and
    /// Arabic blocks.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        let mut normalizer = Self {
            profile,
            ascii: [0; 128],
            arabic: [0; 256],
        };
        for code in 0..128u8 {
            normalizer.ascii[usize::from(code)] = match code {
                // The marks of an address: what stands around them decides.
                b'.' | b':' | b'@' => LOOK,
                _ => Self::table_entry(profile, char::from(code)),
            };
        }
        for (code, entry) in ('\u{0600}'..='\u{06FF}').zip(&mut normalizer.arabic) {
            *entry = Self::table_entry(profile, code);
        }
        normalizer
    }

    fn table_entry(profile: Profile, c: char) -> u8 {
        let mut entry = 0;
        rules::run(profile.rules(), c, &mut |outcome| {
            entry = match outcome {
                _ if entry != 0 => LOOK,
                Some(letter) => symbol::of_char(letter).unwrap_or(LOOK),
                None => SEPARATOR,
            };
        });
        entry
    }

    /// The profile this normaliser follows.
    #[must_use]
    pub fn profile(&self) -> Profile {
        self.profile
    }

    /// The normalised form of `text` as text.
    #[must_use]
    pub fn normalize(&self, text: &str) -> String {
        let mut symbols = Symbols::new();
        self.normalize_into(text, &mut symbols);
        symbols.to_text()
    }

    /// Writes the normalised form of `text` to `symbols`, replacing what was there. Allocates only while the
    /// buffer grows, or when the text is not in NFC in a way that the rules would not mend by themselves.
    pub fn normalize_into(&self, text: &str, symbols: &mut Symbols) {
        if self.run(text, false, symbols, &mut NoOffsets).is_err() {
            // Composed text holds no character that would make the second run give up.
            let _ = self.run(
                &text.nfc().collect::<String>(),
                true,
                symbols,
                &mut NoOffsets,
            );
        }
    }

    /// As [`normalize_into`](Self::normalize_into), and writes to `offsets` where each symbol came from.
    pub fn normalize_with_offsets(&self, text: &str, symbols: &mut Symbols, offsets: &mut Offsets) {
        if self.run(text, false, symbols, offsets).is_err() {
            let (composed, origin) = compose(text);
            let _ = self.run(&composed, true, symbols, offsets);
            offsets.translate(&origin);
        }
    }

    /// Normalises `text`; gives up when it meets a character that NFC may join to its neighbour, unless
    /// `composed` says that NFC has been applied.
    fn run<R: Recorder>(
        &self,
        text: &str,
        composed: bool,
        symbols: &mut Symbols,
        recorder: &mut R,
    ) -> Result<(), NeedsComposition> {
        let bytes = text.as_bytes();
        symbols.clear();
        symbols.reserve(bytes.len() + 1);
        recorder.clear();
        recorder.push(0, 0);
        let mut at = 0;
        let mut address_end = 0;
        while at < bytes.len() {
            let byte = bytes[at];
            let (action, width) = if byte < 0x80 {
                (self.ascii[usize::from(byte)], 1)
            } else if byte & 0xFC == 0xD8 {
                // U+0600 to U+06FF: lead bytes D8 to DB.
                let code = u16::from(byte & 3) << 6 | u16::from(bytes[at + 1] & 0x3F);
                (self.arabic[usize::from(code)], 2)
            } else {
                (LOOK, 0)
            };
            if action == LOOK {
                if let Some((kind, range)) =
                    address::find(text, address_end, at, symbols.as_bytes())
                {
                    rewrite_address(text, at, kind, range.clone(), symbols, recorder);
                    (at, address_end) = (range.end, range.end);
                } else {
                    at = self.look(text, at, composed, symbols, recorder)?;
                }
            } else {
                if symbols.push_action(action) {
                    recorder.push(at, at + width);
                }
                at += width;
            }
        }
        if symbols.last() != SEPARATOR {
            symbols.push(SEPARATOR);
            recorder.push(at, at);
        }
        Ok(())
    }

    /// Handles the character at `at` for which the tables do not suffice, and says where to go on.
    #[cold]
    fn look<R: Recorder>(
        &self,
        text: &str,
        at: usize,
        composed: bool,
        symbols: &mut Symbols,
        recorder: &mut R,
    ) -> Result<usize, NeedsComposition> {
        let Some(c) = text[at..].chars().next() else {
            return Ok(text.len());
        };
        let end = at + c.len_utf8();
        if !composed && !rules::is_nfc_boundary(c) {
            return Err(NeedsComposition);
        }
        symbols.reserve(text.len() - at + 80);
        let mut push = |symbol| {
            if symbols.push_action(symbol) {
                recorder.push(at, end);
            }
        };
        rules::run(self.profile.rules(), c, &mut |outcome| match outcome {
            None => push(SEPARATOR),
            Some(letter) => match symbol::of_char(letter) {
                Some(symbol) => push(symbol),
                None => symbol::foreign(letter).into_iter().for_each(&mut push),
            },
        });
        Ok(end)
    }
}

impl Default for Normalizer {
    fn default() -> Self {
        Self::new(Profile::default())
    }
}

/// Writes the word `kind` for the address at `range`, whose bytes before `at` have been written as words.
fn rewrite_address<R: Recorder>(
    text: &str,
    at: usize,
    kind: &str,
    range: std::ops::Range<usize>,
    symbols: &mut Symbols,
    recorder: &mut R,
) {
    let written = &text.as_bytes()[range.start..at];
    let mut letters = written
        .iter()
        .filter(|byte| byte.is_ascii_alphanumeric())
        .count();
    while symbols.len() > 1 && (letters > 0 || symbols.last() == SEPARATOR) {
        letters -= usize::from(symbols.last() != SEPARATOR);
        symbols.pop();
        recorder.pop();
    }
    symbols.reserve(text.len() - range.end + kind.len() + 3);
    for symbol in [b" ", kind.as_bytes(), b" "].concat() {
        if symbols.push_action(symbol) {
            recorder.push(range.start, range.end);
        }
    }
}

/// The text holds a character that NFC may change or join to its neighbour.
struct NeedsComposition;

/// NFC of `text`, and for each byte of it the span of the original it came from.
fn compose(text: &str) -> (String, Vec<(u32, u32)>) {
    let mut composed = String::with_capacity(text.len());
    let mut origin = Vec::with_capacity(text.len());
    let mut start = 0;
    while start < text.len() {
        // NFC acts within stretches that begin at a boundary and reach to the next one.
        let end = text[start..]
            .char_indices()
            .skip(1)
            .find(|&(_, c)| rules::is_nfc_boundary(c))
            .map_or(text.len(), |(offset, _)| start + offset);
        composed.extend(text[start..end].nfc());
        origin.resize(composed.len(), (start as u32, end as u32));
        start = end;
    }
    (composed, origin)
}
