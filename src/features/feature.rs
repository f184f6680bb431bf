//! One piece of evidence.

use std::fmt;
use std::ops::Range;

use crate::text::symbol;

/// One occurrence of a feature in a sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Feature {
    /// What it is.
    pub kind: FeatureKind,
    /// Equal for equal features of a kind, different for different ones but for hash collisions of long words. For a vector,
    /// the place of the word in the [`Vocabulary`](super::Vocabulary).
    pub key: u64,
    /// Where its symbols begin in the normalised sentence.
    pub start: u32,
    /// Where they end.
    pub end: u32,
}

/// The kinds of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FeatureKind {
    /// Neighbouring symbols inside one word and its boundary marks.
    CharNgram,
    /// A word.
    Word,
    /// A piece of the subword vocabulary.
    Subword,
    /// Two neighbouring words.
    WordBigram,
    /// A word and its position at the opening of the sentence, counted from 0.
    Opening(u8),
    /// Neighbouring symbols inside a word of the opening that is so many words long.
    OpeningNgram(u8),
    /// What the vector of a known word says, wherever the word stands.
    Vector,
    /// What the vector of a known word says in addition where it opens the sentence.
    OpeningVector,
}

impl Feature {
    /// The symbols it covers, as a range of the normalised sentence.
    #[must_use]
    pub fn symbols(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The feature in writing, given the symbols of the sentence it came from: `"لن"` for an n-gram with `_`
    /// for a boundary, `^3"لن"` for one of an opening of three words, `قال` for a word, `قال+ان` for a bigram, `[وزار]` for a subword piece, `0:قال` for an opening word, `≈قال` and `^≈قال` for its vector.
    #[must_use]
    pub fn show(&self, sentence: &[u8]) -> String {
        let text = symbol::decode(&sentence[self.symbols()]);
        match self.kind {
            FeatureKind::CharNgram => format!("\"{}\"", text.replace(' ', "_")),
            FeatureKind::Word => text,
            FeatureKind::Subword => format!("[{text}]"),
            FeatureKind::WordBigram => text.replace(' ', "+"),
            FeatureKind::Opening(position) => format!("{position}:{text}"),
            FeatureKind::OpeningNgram(words) => format!("^{words}\"{}\"", text.replace(' ', "_")),
            FeatureKind::Vector => format!("≈{text}"),
            FeatureKind::OpeningVector => format!("^≈{text}"),
        }
    }
}

impl fmt::Display for FeatureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::CharNgram => "char n-gram",
            Self::Word => "word",
            Self::Subword => "subword",
            Self::WordBigram => "word bigram",
            Self::Opening(_) => "opening word",
            Self::OpeningNgram(_) => "opening n-gram",
            Self::Vector => "word vector",
            Self::OpeningVector => "opening word vector",
        })
    }
}
