//! What a sentence looks like, by rule.

use serde::Serialize;

use super::surface_words::{ATTRIBUTION, BARE_HAMZA, MAQSURA_FOR_YA};
use crate::text::Normalizer;

/// How a sentence presents what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Frame {
    /// It holds quotation marks: « », “ ”, „, ‹ › or ".
    Quoted,
    /// It holds none, but a word of saying or a source: said, announced, according to, a source, a spokesman.
    Attributed,
    /// Neither.
    Plain,
}

impl Frame {
    /// Every frame.
    pub const ALL: [Self; 3] = [Self::Quoted, Self::Attributed, Self::Plain];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Quoted => "quoted",
            Self::Attributed => "attributed",
            Self::Plain => "plain",
        }
    }
}

/// A way of writing in which sources differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Spelling {
    /// No letter has a hamza, and a word that ought to have one, such as الى or ان, stands without.
    NoHamza,
    /// A word that ought to end in ya, such as في, ends in alef maqsura.
    MaqsuraForYa,
    /// A letter bears a vowel mark, tanwin and shadda among them (U+064B to U+0652, U+0670).
    VowelMarks,
    /// A word is drawn out with tatweel (U+0640).
    Tatweel,
    /// A number is written in the digits ٠ to ٩ or ۰ to ۹.
    ArabicIndicDigits,
}

impl Spelling {
    /// Every habit.
    pub const ALL: [Self; 5] = [
        Self::NoHamza,
        Self::MaqsuraForYa,
        Self::VowelMarks,
        Self::Tatweel,
        Self::ArabicIndicDigits,
    ];

    /// What it is called.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::NoHamza => "no hamza",
            Self::MaqsuraForYa => "ى for ي",
            Self::VowelMarks => "vowel marks",
            Self::Tatweel => "tatweel",
            Self::ArabicIndicDigits => "Arabic-Indic digits",
        }
    }

    /// Whether `text` shows it.
    #[must_use]
    pub fn is_in(self, text: &str) -> bool {
        match self {
            Self::NoHamza => !text.contains(is_hamza) && has_word(text, &BARE_HAMZA),
            Self::MaqsuraForYa => has_word(text, &MAQSURA_FOR_YA),
            Self::VowelMarks => text.contains(is_vowel_mark),
            Self::Tatweel => text.contains(TATWEEL),
            Self::ArabicIndicDigits => {
                text.contains(|c| matches!(c, '\u{0660}'..='\u{0669}' | '\u{06F0}'..='\u{06F9}'))
            }
        }
    }
}

/// The frame of `text`.
#[must_use]
pub fn frame(text: &str) -> Frame {
    let is_quotation_mark = |c| {
        matches!(
            c,
            '\u{00AB}' | '\u{00BB}'              // « »
            | '\u{201C}'
                ..='\u{201F}'            // “ ” „ ‟
            | '\u{2039}' | '\u{203A}'            // ‹ ›
            | '"'
        )
    };
    if text.contains(is_quotation_mark) {
        Frame::Quoted
    } else if has_word(&Normalizer::default().normalize(text), &ATTRIBUTION) {
        Frame::Attributed
    } else {
        Frame::Plain
    }
}

const TATWEEL: char = '\u{0640}';

fn is_vowel_mark(c: char) -> bool {
    matches!(c, '\u{064B}'..='\u{0652}' | '\u{0670}')
}

fn is_hamza(c: char) -> bool {
    matches!(
        c,
        '\u{0621}'                  // ء
        | '\u{0623}'
            ..='\u{0626}'   // أ ؤ إ ئ
        | '\u{0654}' | '\u{0655}' // hamza above, hamza below
    )
}

/// Whether a word of `text` is one of `words`, by itself or behind و or ف («and», «so»). Vowel marks and tatweel are
/// overlooked.
fn has_word(text: &str, words: &[&str]) -> bool {
    let inside = |c: char| c.is_alphabetic() || is_vowel_mark(c) || c == TATWEEL;
    text.split(|c| !inside(c)).any(|word| {
        let bare: String = word
            .chars()
            .filter(|&c| !is_vowel_mark(c) && c != TATWEEL)
            .collect();
        let behind = bare.strip_prefix(['\u{0648}', '\u{0641}']); // و ف
        words.contains(&bare.as_str()) || behind.is_some_and(|rest| words.contains(&rest))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_saying_stand_in_normalised_spelling() {
        for word in ATTRIBUTION {
            assert_eq!(Normalizer::default().normalize(word), word);
        }
    }

    #[test]
    fn words_that_lack_their_hamza_have_none() {
        for word in BARE_HAMZA {
            assert!(!word.contains(is_hamza), "{word}");
        }
    }

    #[test]
    fn a_word_counts_behind_and_or_so_but_not_inside_another() {
        for (text, found) in [
            ("وقال الوزير", true),
            ("فقال", true),
            ("قـال", true),
            ("قَالَ،", true),
            ("قالب", false),
            ("للقال", false),
            ("", false),
        ] {
            assert_eq!(has_word(text, &["قال"]), found, "{text}");
        }
    }
}
