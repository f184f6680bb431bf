//! The code points that split and hold Arabic sentences together, named once.

pub(crate) const ARABIC_COMMA: char = '\u{060C}'; // ،
pub(crate) const ARABIC_SEMICOLON: char = '\u{061B}'; // ؛
pub(crate) const ARABIC_QUESTION_MARK: char = '\u{061F}'; // ؟
pub(crate) const ARABIC_FULL_STOP: char = '\u{06D4}'; // ۔
pub(crate) const ELLIPSIS: char = '\u{2026}'; // …
pub(crate) const ALEF: char = '\u{0627}'; // ا
pub(crate) const ALEF_WITH_HAMZA: char = '\u{0623}'; // أ
pub(crate) const DAL: char = '\u{062F}'; // د
pub(crate) const HEH: char = '\u{0647}'; // ه
pub(crate) const MEEM: char = '\u{0645}'; // م
pub(crate) const WAW: char = '\u{0648}'; // و
pub(crate) const TATWEEL: char = '\u{0640}'; // ـ
pub(crate) const LEFT_GUILLEMET: char = '\u{00AB}'; // «
pub(crate) const RIGHT_GUILLEMET: char = '\u{00BB}'; // »
pub(crate) const STRAIGHT_QUOTE: char = '"';
pub(crate) const LEFT_CURLY_QUOTE: char = '\u{201C}'; // “
pub(crate) const RIGHT_CURLY_QUOTE: char = '\u{201D}'; // ”
pub(crate) const RIGHT_SINGLE_QUOTE: char = '\u{2019}'; // ’

/// Whether `c` ends a line: every line ending that Unicode names.
pub(crate) fn is_line_break(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{0B}' | '\u{0C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether `c` is white space within a line (a tab or a space of any width).
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() && !is_line_break(c)
}

/// Whether `c` is a full stop: Latin or Arabic.
pub(crate) fn is_full_stop(c: char) -> bool {
    matches!(c, '.' | ARABIC_FULL_STOP)
}

/// Whether `c` can end a sentence.
pub(crate) fn is_stop(c: char) -> bool {
    is_full_stop(c)
        || matches!(
            c,
            '!' | '?' | ARABIC_QUESTION_MARK | ELLIPSIS
            // ‼ ⁇ ⁈ ⁉ are the one-character forms of the common runs.
            | '\u{203C}' | '\u{2047}'..='\u{2049}'
        )
}

/// Whether `c` joins clauses, so that a stop before it ended nothing.
pub(crate) fn is_joiner(c: char) -> bool {
    matches!(c, ARABIC_COMMA | ARABIC_SEMICOLON | ',' | ';' | ':')
}

/// Whether `c` is a double quotation mark without a sure direction.
///
/// The curly pair is here too: Arabic papers print both “ ” and ” “.
pub(crate) fn is_straight_quote(c: char) -> bool {
    matches!(
        c,
        STRAIGHT_QUOTE | LEFT_CURLY_QUOTE | RIGHT_CURLY_QUOTE | '\u{201E}' // „
    )
}

/// Whether `c` opens a bracket or a quotation.
pub(crate) fn is_opener(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | LEFT_GUILLEMET | '\'' | '\u{2018}') || is_straight_quote(c)
}

/// Whether `c` is drawn as nothing: a direction mark, a joiner or a byte order mark.
pub(crate) fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}'
    )
}

/// Whether `c` decorates a letter and is no letter: a vowel mark or a tatweel.
pub(crate) fn is_decoration(c: char) -> bool {
    matches!(c, TATWEEL | '\u{0610}'..='\u{061A}' | '\u{064B}'..='\u{065F}' | '\u{0670}')
}

/// Whether `c` is a letter or a digit.
///
/// The same as [`char::is_alphanumeric`], with the letters of news looked at first:
/// the table of the standard library was half the time of splitting.
pub(crate) fn is_alphanumeric(c: char) -> bool {
    match c {
        '\u{0620}'..='\u{063F}' | '\u{0641}'..='\u{064A}' => true, // ؠ to ي
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        _ => c.is_alphanumeric(),
    }
}

/// The value of a decimal digit written in any of the three habits: `2`, `٢` or `۲`.
pub(crate) fn digit_value(c: char) -> Option<u8> {
    let zero = match c {
        '0'..='9' => '0',
        '\u{0660}'..='\u{0669}' => '\u{0660}', // ٠ to ٩
        '\u{06F0}'..='\u{06F9}' => '\u{06F0}', // ۰ to ۹
        _ => return None,
    };
    u8::try_from(u32::from(c) - u32::from(zero)).ok()
}

/// Whether `c` is a decimal digit in any of the three habits.
pub(crate) fn is_digit(c: char) -> bool {
    digit_value(c).is_some()
}
