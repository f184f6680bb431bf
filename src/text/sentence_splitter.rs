//! Cuts text into sentences.

use std::iter::FusedIterator;

use super::boilerplate::is_boilerplate;
use super::code_points::{
    LEFT_GUILLEMET, RIGHT_GUILLEMET, is_line_break, is_stop, is_straight_quote,
};
use super::quotations::Quotations;
use super::stop::is_boundary;
use super::stop_run::StopRun;

/// Splits Arabic news text into sentences.
///
/// Line breaks and stops (`.` `!` `?` `؟` `…` `۔`) are boundaries; commas, semicolons and
/// colons never are. Stops inside numbers, abbreviations, initials, addresses and list
/// markers are not, and closing quotes and brackets stay with the stop before them.
/// The state is reset at each line break, so lines are split independently.
///
/// # Examples
///
/// ```
/// use marsad::text::SentenceSplitter;
///
/// let text = "بلغت النسبة 2.5 في المئة. هل ترتفع؟ «ربما» قال د. نادر.";
/// let sentences: Vec<&str> = SentenceSplitter::new()
///     .split(text)
///     .map(|sentence| sentence.of(text))
///     .collect();
/// assert_eq!(
///     sentences,
///     ["بلغت النسبة 2.5 في المئة.", "هل ترتفع؟", "«ربما» قال د. نادر."],
/// );
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SentenceSplitter;

/// A sentence: a byte span of the text it was cut from, without white space at its ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sentence {
    /// The first byte.
    pub start: usize,
    /// The byte after the last one.
    pub end: usize,
    /// Whether this is page furniture and not a sentence of the article.
    pub boilerplate: bool,
}

impl Sentence {
    /// The words of this sentence, where `text` is the text it was cut from.
    ///
    /// # Panics
    ///
    /// May panic when `text` is another text.
    #[must_use]
    pub fn of(self, text: &str) -> &str {
        &text[self.start..self.end]
    }
}

impl SentenceSplitter {
    /// A splitter; there is nothing to configure.
    #[must_use]
    pub fn new() -> Self {
        Self
    }

    /// The sentences of `text`, in order.
    ///
    /// Every character that is not white space lies in exactly one of them. Takes time
    /// linear in the length of `text`, whatever it holds, and allocates nothing.
    #[must_use]
    pub fn split<'a>(&self, text: &'a str) -> Sentences<'a> {
        Sentences {
            text,
            cursor: 0,
            start: skip_white_space(text, 0),
            quotations: Quotations::default(),
        }
    }
}

/// The sentences of a text; made by [`SentenceSplitter::split`].
#[derive(Debug, Clone)]
pub struct Sentences<'a> {
    text: &'a str,
    /// Where the search for the next landmark begins.
    cursor: usize,
    /// The first visible byte of the sentence being read; may be ahead of the cursor.
    start: usize,
    quotations: Quotations,
}

impl Sentences<'_> {
    /// Ends the sentence being read at byte `end`; `None` when there is nothing in it.
    fn cut(&mut self, end: usize) -> Option<Sentence> {
        if end <= self.start {
            return None;
        }
        let unit = self.text[self.start..end].trim_end();
        let sentence = Sentence {
            start: self.start,
            end: self.start + unit.len(),
            boilerplate: is_boilerplate(unit),
        };
        self.start = skip_white_space(self.text, end);
        Some(sentence)
    }
}

impl Iterator for Sentences<'_> {
    type Item = Sentence;

    fn next(&mut self) -> Option<Sentence> {
        while let Some((at, landmark)) = next_landmark(self.text, self.cursor) {
            self.cursor = at + landmark.len_utf8();
            let end = if is_line_break(landmark) {
                self.quotations = Quotations::default();
                Some(at)
            } else if is_stop(landmark) {
                let before = self.quotations;
                let run = StopRun::read(self.text, at, &mut self.quotations);
                self.cursor = run.end;
                is_boundary(self.text, self.start, &run, before).then_some(run.end)
            } else {
                self.quotations.note(self.text, at, landmark);
                None
            };
            if let Some(sentence) = end.and_then(|end| self.cut(end)) {
                return Some(sentence);
            }
        }
        self.cursor = self.text.len();
        self.cut(self.text.len())
    }
}

impl FusedIterator for Sentences<'_> {}

/// The first byte at or after `from` that is not in white space.
fn skip_white_space(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

/// Marks the bytes by which landmarks are found without decoding every character.
///
/// A two-byte landmark of the Arabic block is found by its second byte, because its
/// first one begins half of all Arabic letters.
const TRIGGERS: [bool; 256] = {
    let bytes = *b".!?\n\r\x0B\x0C\"\x9F\x94\xC2\xE2";
    let mut triggers = [false; 256];
    let mut i = 0;
    while i < bytes.len() {
        triggers[bytes[i] as usize] = true;
        i += 1;
    }
    triggers
};

/// The next line break, stop or quotation mark at or after byte `from`.
fn next_landmark(text: &str, from: usize) -> Option<(usize, char)> {
    let mut from = from;
    loop {
        let found = next_trigger(text.as_bytes(), from)?;
        let is_second_byte = text.as_bytes()[found] & 0xC0 == 0x80;
        let at = found - usize::from(is_second_byte);
        let landmark = text.get(at..).and_then(|rest| rest.chars().next());
        if let Some(landmark) = landmark.filter(|&c| is_landmark(c)) {
            return Some((at, landmark));
        }
        from = found + 1;
    }
}

/// The next byte of [`TRIGGERS`] at or after byte `from`.
fn next_trigger(bytes: &[u8], from: usize) -> Option<usize> {
    /// Blocks are tested whole, because a branch per byte costs twice the time.
    const BLOCK: usize = 16;
    let is_trigger = |&byte: &u8| TRIGGERS[usize::from(byte)];
    let rest = &bytes[from..];
    let n_blocks = rest
        .chunks_exact(BLOCK)
        .take_while(|block| !block.iter().fold(false, |any, byte| any | is_trigger(byte)))
        .count();
    let found = from + n_blocks * BLOCK;
    bytes[found..]
        .iter()
        .position(is_trigger)
        .map(|i| found + i)
}

/// Whether `c` ends lines or sentences, or opens or closes quotations.
fn is_landmark(c: char) -> bool {
    is_stop(c)
        || is_line_break(c)
        || is_straight_quote(c)
        || matches!(c, LEFT_GUILLEMET | RIGHT_GUILLEMET)
}
