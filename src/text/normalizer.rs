//! From text as printed to symbols.

use unicode_normalization::UnicodeNormalization;

use super::offsets::{NoOffsets, Offsets, Recorder};
use super::rules;
use super::symbol::{self, SEPARATOR};
use super::symbols::CHUNK;
use super::vectorised::Vectorised;
use super::{Profile, Symbols, address};

/// Marks a character that needs more than a look at a table. No letter has this symbol: a
/// foreign letter's first byte is below it.
pub(super) const LOOK: u8 = 0xFF;

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
    table: Table,
    /// Where in the table the entries for the byte after each byte start.
    blocks: [u16; 256],
    /// If the processor can look up many bytes at once.
    vectorised: Option<Vectorised>,
}

/// Where the entries for second bytes start in the table.
pub(super) const ARABIC: usize = 256;
pub(super) const LATIN_1: usize = 512;
const PUNCTUATION: usize = 576;
/// Filled up to a power of two, so that a mask can stand for the check of the bounds.
const TABLE: usize = 1024;

/// What each byte of a text becomes: a symbol, 0 for nothing, or [`LOOK`]. The first 256 entries are for
/// bytes that begin a character, the next 256 for the second byte of U+0600 to U+06FF, the next 64 for
/// the second byte of U+0080 to U+00BF, the last 64 for the third byte of U+2000 to U+203F.
pub(super) type Table = [u8; TABLE];

impl Normalizer {
    /// A normaliser for `profile`. Makes its tables by running the rules over every character of the ASCII,
    /// Arabic, Latin-1 and general punctuation blocks.
    #[must_use]
    pub fn new(profile: Profile) -> Self {
        let mut table = [LOOK; TABLE];
        let blocks = [
            (0, '\0'..='\u{7F}'),
            (ARABIC, '\u{0600}'..='\u{06FF}'),
            (LATIN_1, '\u{0080}'..='\u{00BF}'),
            (PUNCTUATION, '\u{2000}'..='\u{203F}'),
        ];
        for (start, block) in blocks {
            for (entry, c) in table[start..].iter_mut().zip(block) {
                *entry = Self::table_entry(profile, c);
            }
        }
        // The marks of an address: what stands around them decides.
        for mark in b".:@" {
            table[usize::from(*mark)] = LOOK;
        }
        // The first byte of a character of two bytes becomes nothing, the second says all.
        table[0xC2] = 0;
        table[0xD8..=0xDB].fill(0);
        let mut blocks = [ARABIC as u16; 256];
        blocks[0xC2] = LATIN_1 as u16;
        for (number, block) in blocks[0xD8..=0xDB].iter_mut().enumerate() {
            *block = (ARABIC + 64 * number) as u16;
        }
        Self {
            profile,
            table,
            blocks,
            vectorised: Vectorised::detect(),
        }
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

    /// The same normaliser without the vector instructions of the processor. It gives the same symbols, and is slower.
    #[must_use]
    pub fn scalar(self) -> Self {
        Self {
            vectorised: None,
            ..self
        }
    }

    /// Whether this processor has the vector instructions that normalising can use, and they are used.
    #[must_use]
    pub fn is_vectorised(&self) -> bool {
        self.vectorised.is_some()
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
        loop {
            at = match self.vectorised {
                Some(vectorised) if !R::RECORDS => vectorised.run(&self.table, bytes, at, symbols),
                _ => self.run_table(bytes, at, symbols, recorder),
            };
            if at == bytes.len() {
                break;
            }
            if let Some((kind, range)) = address::find(text, address_end, at, symbols.as_bytes()) {
                rewrite_address(text, at, kind, range.clone(), symbols, recorder);
                (at, address_end) = (range.end, range.end);
            } else {
                at = self.look(text, at, composed, symbols, recorder)?;
            }
        }
        if symbols.last() != SEPARATOR {
            symbols.push(SEPARATOR);
            recorder.push(at, at);
        }
        Ok(())
    }

    /// Writes what the table says of the bytes from `start` on, as far as it knows, and says how far that is.
    ///
    /// Goes byte by byte without a branch that depends on the text: Arabic changes between one and two bytes a
    /// character every few letters, too irregularly to be predicted.
    #[inline]
    fn run_table<R: Recorder>(
        &self,
        bytes: &[u8],
        start: usize,
        symbols: &mut Symbols,
        recorder: &mut R,
    ) -> usize {
        let mut writer = symbols.writer();
        let mut block = ARABIC;
        for (number, part) in bytes[start..].chunks(CHUNK).enumerate() {
            let at = start + number * CHUNK;
            let mut chunk = writer.chunk();
            for (offset, &byte) in part.iter().enumerate() {
                let is_second = byte & 0xC0 == 0x80;
                let index = if is_second {
                    block | usize::from(byte & 0x3F)
                } else {
                    usize::from(byte)
                };
                let action = self.table[index & (TABLE - 1)];
                if action == LOOK {
                    writer.append(&chunk);
                    // What a character becomes is decided at its last byte: go back to its first.
                    return at + offset - usize::from(is_second);
                }
                if chunk.push(action) {
                    recorder.push(at + offset - usize::from(is_second), at + offset + 1);
                }
                block = usize::from(self.blocks[usize::from(byte)]);
            }
            writer.append(&chunk);
        }
        bytes.len()
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
        let bytes = text.as_bytes();
        let action = match bytes[at..] {
            // A mark of an address that belongs to none.
            [0..0x80, ..] => SEPARATOR,
            [0xE2, 0x80, third, ..] => self.table[PUNCTUATION + usize::from(third & 0x3F)],
            _ => LOOK,
        };
        if action != LOOK {
            let end = at + if bytes[at] < 0x80 { 1 } else { 3 };
            if symbols.push_action(action) {
                recorder.push(at, end);
            }
            return Ok(end);
        }
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
    for symbol in std::iter::once(SEPARATOR)
        .chain(kind.bytes())
        .chain([SEPARATOR])
    {
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
