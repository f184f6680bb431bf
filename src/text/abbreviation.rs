//! Does this full stop end an abbreviation?

use super::code_points::{
    ALEF, ALEF_WITH_HAMZA, DAL, HEH, MEEM, WAW, is_alphanumeric, is_decoration, is_digit,
    is_invisible, is_space,
};
use super::following::Following;

/// Latin abbreviations that news prints with a stop, in lower case.
const LATIN_ABBREVIATIONS: [&str; 28] = [
    "al", "ave", "capt", "co", "col", "corp", "dr", "etc", "fig", "gen", "gov", "hon", "inc", "jr",
    "lt", "ltd", "mr", "mrs", "ms", "mt", "no", "prof", "rev", "sen", "sgt", "sr", "st", "vs",
];

/// The names of Latin letters as Arabic news spells them, hamza on or off: «بي.بي.سي».
const LETTER_NAMES: [&str; 50] = [
    "إيه",
    "ايه",
    "أيه",
    "آيه",
    "إي",
    "اي",
    "آي",
    "أي",
    "بي",
    "سي",
    "دي",
    "إف",
    "اف",
    "أف",
    "جي",
    "جيه",
    "إتش",
    "اتش",
    "أتش",
    "جاي",
    "كي",
    "كيه",
    "كاي",
    "إل",
    "ال",
    "أل",
    "إم",
    "ام",
    "أم",
    "إن",
    "ان",
    "أن",
    "أو",
    "او",
    "أوت",
    "كيو",
    "آر",
    "ار",
    "أر",
    "إس",
    "اس",
    "أس",
    "تي",
    "يو",
    "في",
    "دبليو",
    "إكس",
    "اكس",
    "واي",
    "زد",
];

/// Words after which a single letter is a name, not an abbreviation: «المجموعة أ.».
const LETTER_NAMERS: [&str; 16] = [
    "المجموعة",
    "مجموعة",
    "الفئة",
    "فئة",
    "فيتامين",
    "الحرف",
    "حرف",
    "الدرجة",
    "القسم",
    "الفرقة",
    "البند",
    "الفقرة",
    "الكبد",
    "إلى",
    "النمط",
    "الصف",
];

/// A word longer than this, in characters, is no abbreviation.
const MAX_LETTERS: usize = 8;

/// Whether the full stop after `prefix` is the stop of an abbreviation or an initial.
///
/// `closed` says that a closing quote or bracket follows the stop directly.
pub(crate) fn ends_abbreviation(prefix: &str, following: Following, closed: bool) -> bool {
    let Some(word) = word_before(prefix) else {
        return false;
    };
    let before = &prefix[..prefix.len() - word.len()];
    let goes_on = closed || !following.starts_new_clause();
    if word.is_ascii() && word.len() > 1 {
        return goes_on
            && LATIN_ABBREVIATIONS
                .iter()
                .any(|known| known.eq_ignore_ascii_case(word));
    }
    let mut letters = word.chars().filter(|&c| !is_decoration(c));
    match (letters.next(), letters.next(), letters.next()) {
        (Some(letter), None, _) if letter.is_alphabetic() => {
            ends_initial(before, letter, following, goes_on)
        }
        (Some(first), Some(second), None) if is_title(first, second) => true,
        _ => {
            is_spelled_letter(word)
                && (continues_spelling(following) || ends_spaced_spelling(before) && goes_on)
        }
    }
}

/// Whether «letter.» is an initial or the last letter of an abbreviation.
fn ends_initial(before: &str, letter: char, following: Following, goes_on: bool) -> bool {
    if following.direct().is_some() && is_first_letter_alone(following) {
        return true; // the «ق» of «ق.م»
    }
    let trimmed = before.trim_end_matches(is_space);
    if let Some(earlier) = trimmed.strip_suffix('.')
        && is_single_letter(earlier)
    {
        // «أ.د. وليد» is a title before a name, «(أ.ف.ب). وأضاف» is not.
        return letter == DAL || goes_on;
    }
    let Some(word) = word_before(trimmed) else {
        let is_unit = before.ends_with('/'); // «كلم/س.»
        return !is_unit && (letter != HEH || following.direct().is_some());
    };
    if word.chars().all(is_digit) || LETTER_NAMERS.contains(&word) {
        return false; // «عام 2015 م.», «5 م.» and «المجموعة أ.»
    }
    if letter == DAL {
        return true;
    }
    // «أ ف ب.» is an agency without dots, but «و م. خالد» is a title after «و».
    let spelled_out = is_single_letter(trimmed) && !word.starts_with(WAW);
    let hijri_year = letter == HEH && following.spaced;
    let latin_name = letter.is_ascii() && !goes_on;
    !(spelled_out || hijri_year || latin_name)
}

/// Whether the next word is a single letter.
fn is_first_letter_alone(following: Following) -> bool {
    following.word().chars().count() == 1
}

/// Whether two letters are a title: «ود.», «وم.», «وأ.» or «أد.».
fn is_title(first: char, second: char) -> bool {
    match first {
        WAW => matches!(second, DAL | MEEM | ALEF | ALEF_WITH_HAMZA),
        ALEF | ALEF_WITH_HAMZA => second == DAL,
        _ => false,
    }
}

/// Whether `word` is the name of a Latin letter, with or without a particle written on.
fn is_spelled_letter(word: &str) -> bool {
    let bare = word.strip_prefix(['\u{0648}', '\u{0644}', '\u{0628}', '\u{0641}']); // و ل ب ف
    LETTER_NAMES.contains(&word) || bare.is_some_and(|bare| LETTER_NAMES.contains(&bare))
}

/// Whether the next letter of an acronym follows: «بي.بي» or, with spaces, «بي. بي.».
fn continues_spelling(following: Following) -> bool {
    let next = following.word();
    LETTER_NAMES.contains(&next)
        && (!following.spaced || following.text[next.len()..].starts_with('.'))
}

/// Whether letters of an acronym with dots and spaces come before: «بي. بي. » of «سي.».
///
/// Without spaces the last letter has no dot of its own: «سي.إن.إن».
fn ends_spaced_spelling(before: &str) -> bool {
    before
        .trim_end_matches(is_space)
        .strip_suffix('.')
        .filter(|_| before.ends_with(is_space))
        .and_then(word_before)
        .is_some_and(is_spelled_letter)
}

/// Whether `text` ends with a word of one letter.
fn is_single_letter(text: &str) -> bool {
    word_before(text).is_some_and(|word| {
        let mut letters = word.chars().filter(|&c| !is_decoration(c));
        letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none()
    })
}

/// The word that `text` ends with, unless there is none or it is long.
fn word_before(text: &str) -> Option<&str> {
    let mut n_chars = 0;
    let mut length = 0;
    for c in text.chars().rev() {
        if !(is_alphanumeric(c) || is_decoration(c) || is_invisible(c)) {
            break;
        }
        n_chars += 1;
        length += c.len_utf8();
        if n_chars > MAX_LETTERS {
            return None;
        }
    }
    (length > 0).then(|| &text[text.len() - length..])
}
