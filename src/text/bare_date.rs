//! Is this unit only a date or a time of day?

use super::folded_unit::{FoldedUnit, Token, TokenKind};
use super::word_class::WordClass;

/// «الأحد 12 كانون الثاني 2020», «12:30 م», «الرياض 25 شوال 1436 هـ».
pub(crate) fn is_date(unit: &FoldedUnit) -> bool {
    const MAX_TOKENS: usize = 24;
    if unit.len() > MAX_TOKENS || !unit.has(TokenKind::Number) && !unit.words().any(is_year) {
        return false;
    }
    let n_words = unit.words().count();
    // A dateline may begin with its city and end with its agency.
    let is_framed = unit.words().enumerate().all(|(i, word)| {
        word.kind == TokenKind::Number
            || word.class.meets(WordClass::MONTH | WordClass::DATE_FILLER)
            || is_year(word)
            || i <= 1 && word.class.meets(WordClass::PLACE)
            || i + 1 == n_words && word.class.meets(WordClass::CREDIT_KEY)
    });
    is_framed && (unit.has_word_of(WordClass::MONTH) || has_clock(unit) || has_day_path(unit))
}

/// Whether the unit holds a time of day: «12:30».
fn has_clock(unit: &FoldedUnit) -> bool {
    has_number_path(unit, ":", 2)
}

/// Whether the unit holds a date in numbers: «9/10/1436», «2019-05-01», «1.5.2019».
fn has_day_path(unit: &FoldedUnit) -> bool {
    // Points join numbers, so that a date with points is a single token.
    has_number_path(unit, "/-", 3)
        || unit.words().any(|word| {
            word.kind == TokenKind::Number && word.bytes.split(|&byte| byte == b'.').count() == 3
        })
}

/// Whether `n_parts` numbers of at most four digits stand in a row, joined by `marks`.
fn has_number_path(unit: &FoldedUnit, marks: &str, n_parts: usize) -> bool {
    let mut n_seen = 0;
    let mut after_mark = false;
    for token in unit.tokens() {
        if token.kind == TokenKind::Number && token.bytes.len() <= 4 || is_year(token) {
            n_seen = if after_mark { n_seen + 1 } else { 1 };
            if n_seen == n_parts {
                return true;
            }
            after_mark = false;
        } else {
            after_mark = token.is_mark(marks);
        }
    }
    false
}

/// Whether `word` is a year with its letter: «1436هـ», «2015م».
fn is_year(word: Token) -> bool {
    word.bytes
        .strip_suffix("\u{0647}".as_bytes()) // ه
        .or_else(|| word.bytes.strip_suffix("\u{0645}".as_bytes())) // م
        .is_some_and(|digits| digits.len() == 4 && digits.iter().all(u8::is_ascii_digit))
}
