//! What a word of page furniture can be part of.

use std::collections::HashMap;
use std::ops::BitOr;
use std::sync::LazyLock;

use super::boilerplate_words::{
    AGE_WORDS, AUTHOR_LEADS, BYLINE_PLACES, CLICK_PHRASES, CONTACT_LEADS, CONTROL_FILLERS,
    CONTROL_KEYS, COUNTER_FILLERS, COUNTER_KEYS, CREDIT_KEYS, CREDITS, DATE_FILLERS,
    DISCLAIMER_LEADS, FOLLOW_LEADS, FORM_LEADS, LINK_LEADS, MARKED_LINK_LEADS, MONTHS, NOT_NAMES,
    OPINION_WORDS, RIGHTS_PHRASES, TELEPHONE_WORDS, WHOLE_UNITS,
};

/// A set of the word lists that a word stands in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct WordClass(u32);

impl WordClass {
    /// The word is in no list.
    pub(crate) const NONE: Self = Self(0);
    /// Names a way of sharing or a reading aid.
    pub(crate) const CONTROL_KEY: Self = Self(1);
    /// Stands beside a control key.
    pub(crate) const CONTROL_FILLER: Self = Self(1 << 1);
    /// Names what is counted.
    pub(crate) const COUNTER_KEY: Self = Self(1 << 2);
    /// Stands beside a counter key.
    pub(crate) const COUNTER_FILLER: Self = Self(1 << 3);
    /// A unit of time.
    pub(crate) const AGE: Self = Self(1 << 4);
    /// The name of a month.
    pub(crate) const MONTH: Self = Self(1 << 5);
    /// Stands beside a date or a time of day.
    pub(crate) const DATE_FILLER: Self = Self(1 << 6);
    /// May stand in a line of sources.
    pub(crate) const CREDIT: Self = Self(1 << 7);
    /// Makes a line of credits a source.
    pub(crate) const CREDIT_KEY: Self = Self(1 << 8);
    /// Comes before an author's name.
    pub(crate) const AUTHOR_LEAD: Self = Self(1 << 9);
    /// A place or a desk.
    pub(crate) const PLACE: Self = Self(1 << 10);
    /// Never part of a name.
    pub(crate) const NOT_NAME: Self = Self(1 << 11);
    /// Begins a contact line.
    pub(crate) const CONTACT_LEAD: Self = Self(1 << 12);
    /// Stands beside a telephone number.
    pub(crate) const TELEPHONE: Self = Self(1 << 13);
    /// Names the holder of an opinion.
    pub(crate) const OPINION: Self = Self(1 << 14);
    /// Begins one of the phrases that lead a link, a form or a disclaimer.
    pub(crate) const LEAD: Self = Self(1 << 15);
    /// Begins a phrase that makes a whole unit.
    pub(crate) const WHOLE: Self = Self(1 << 16);
    /// Begins a phrase about clicking or about rights, anywhere in a unit.
    pub(crate) const INNER: Self = Self(1 << 17);

    /// The lists that the folded `word` stands in.
    pub(crate) fn of(word: &[u8]) -> Self {
        CLASSES.get(word).copied().unwrap_or_default()
    }

    /// Whether the word is in a list of furniture and not only in the list of non-names.
    pub(crate) fn is_furniture(self) -> bool {
        self.0 & !Self::NOT_NAME.0 != 0
    }

    /// Whether the two sets share a list.
    pub(crate) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

impl BitOr for WordClass {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// Every word of every list of single words.
const WORDS: [(WordClass, &str); 15] = [
    (WordClass::CONTROL_KEY, CONTROL_KEYS),
    (WordClass::CONTROL_FILLER, CONTROL_FILLERS),
    (WordClass::COUNTER_KEY, COUNTER_KEYS),
    (WordClass::COUNTER_FILLER, COUNTER_FILLERS),
    (WordClass::AGE, AGE_WORDS),
    (WordClass::MONTH, MONTHS),
    (WordClass::DATE_FILLER, DATE_FILLERS),
    (WordClass::CREDIT, CREDITS),
    (WordClass::CREDIT_KEY, CREDIT_KEYS),
    (WordClass::AUTHOR_LEAD, AUTHOR_LEADS),
    (WordClass::PLACE, BYLINE_PLACES),
    (WordClass::NOT_NAME, NOT_NAMES),
    (WordClass::CONTACT_LEAD, CONTACT_LEADS),
    (WordClass::TELEPHONE, TELEPHONE_WORDS),
    (WordClass::OPINION, OPINION_WORDS),
];

/// Every list of phrases; its class goes to the first words.
const PHRASES: [(WordClass, &str); 8] = [
    (WordClass::WHOLE, WHOLE_UNITS),
    (WordClass::LEAD, LINK_LEADS),
    (WordClass::LEAD, MARKED_LINK_LEADS),
    (WordClass::LEAD, FORM_LEADS),
    (WordClass::LEAD, FOLLOW_LEADS),
    (WordClass::LEAD, DISCLAIMER_LEADS),
    (WordClass::INNER, CLICK_PHRASES),
    (WordClass::INNER, RIGHTS_PHRASES),
];

/// The classes of all words, so that one look-up per token serves every rule.
static CLASSES: LazyLock<HashMap<&'static [u8], WordClass>> = LazyLock::new(|| {
    let words = WORDS
        .iter()
        .flat_map(|&(class, words)| words.split_whitespace().map(move |word| (class, word)));
    let first_words = PHRASES.iter().flat_map(|&(class, phrases)| {
        phrases
            .split('|')
            .filter_map(|phrase| phrase.split_whitespace().next())
            .map(move |word| (class, word))
    });
    let mut classes = HashMap::new();
    for (class, word) in words.chain(first_words) {
        let known: &mut WordClass = classes.entry(word.as_bytes()).or_default();
        *known = *known | class;
    }
    classes
});

#[cfg(test)]
mod tests {
    use super::super::code_points::is_decoration;
    use super::super::folded_unit::fold;
    use super::{PHRASES, WORDS};

    #[test]
    fn every_word_is_in_folded_spelling() {
        for (_, words) in WORDS.iter().chain(&PHRASES) {
            let folded: String = words
                .chars()
                .filter(|&c| !is_decoration(c))
                .map(fold)
                .collect();
            assert_eq!(*words, folded);
        }
    }
}
