//! The rules of normalisation, in the order in which they are applied to each character.
//!
//! A rule either knows nothing of a character and passes it on, or replaces it and passes the
//! replacement on, or ends the matter by removing it or by separating words. Whatever passes every
//! rule is a letter or a digit and stands for itself. Before the first rule the text is brought to NFC.

use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};
use unicode_normalization::{IsNormalized, is_nfc_quick};

/// What a rule does with a character.
pub(super) enum Verdict {
    /// The rule does not concern it.
    Pass,
    /// It becomes this character, which the following rules see.
    Replace(char),
    /// It becomes these characters, which the following rules see one by one.
    Expand(Expansion),
    /// It vanishes, and its neighbours touch.
    Remove,
    /// It becomes a separator between words.
    Separate,
}

/// The characters of one expansion; the longest, U+FDFA, has eighteen.
pub(super) type Expansion = arrayvec::ArrayVec<char, 18>;

/// One small rule of normalisation.
#[derive(Debug, Clone, Copy)]
pub struct Rule {
    /// Its name, for people.
    pub name: &'static str,
    /// What it merges, for people.
    pub merges: &'static str,
    pub(super) apply: fn(char) -> Verdict,
}

/// The rules of profile `news-1`.
pub(super) const NEWS_1: &[Rule] = &[
    Rule {
        name: "presentation_forms",
        merges: "presentation forms and ligatures (ﻼ, ﷲ, ﺁ) with the letters they show",
        apply: presentation_forms,
    },
    Rule {
        name: "invisible",
        merges: "a letter with and without tatweel, vowel marks, Quranic marks, zero-width and bidi controls",
        apply: invisible,
    },
    Rule {
        name: "alef_forms",
        merges: "أ إ آ ٱ with ا",
        apply: alef_forms,
    },
    Rule {
        name: "hamza_carriers",
        merges: "ؤ with و, ئ with ي",
        apply: hamza_carriers,
    },
    Rule {
        name: "alef_maqsura",
        merges: "ى with ي",
        apply: alef_maqsura,
    },
    Rule {
        name: "ta_marbuta",
        merges: "ة with ه",
        apply: ta_marbuta,
    },
    Rule {
        name: "letter_variants",
        merges: "Persian, Urdu and Kurdish letters with the Arabic letters Arab papers print for them",
        apply: letter_variants,
    },
    Rule {
        name: "digits",
        merges: "every digit with 0: Arabic-Indic, Persian, ASCII and others",
        apply: digits,
    },
    Rule {
        name: "case",
        merges: "capital letters with small ones",
        apply: case,
    },
    Rule {
        name: "combining_marks",
        merges: "a letter with and without a mark that NFC cannot compose with it",
        apply: combining_marks,
    },
    Rule {
        name: "separators",
        merges: "punctuation, symbols, controls and white space with one separator",
        apply: separators,
    },
];

/// Runs `rules` over `c` and hands each surviving character (`Some`) or separator (`None`) to `emit`.
pub(super) fn run(rules: &[Rule], mut c: char, emit: &mut dyn FnMut(Option<char>)) {
    for (index, rule) in rules.iter().enumerate() {
        match (rule.apply)(c) {
            Verdict::Pass => {}
            Verdict::Replace(replacement) => c = replacement,
            Verdict::Expand(expansion) => {
                for replacement in expansion {
                    run(&rules[index + 1..], replacement, emit);
                }
                return;
            }
            Verdict::Remove => return,
            Verdict::Separate => return emit(None),
        }
    }
    emit(Some(c));
}

/// Whether NFC can never join `c` to what stands before it, nor change it.
pub(super) fn is_nfc_boundary(c: char) -> bool {
    canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes
}

fn presentation_forms(c: char) -> Verdict {
    if !matches!(c, '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}') {
        return Verdict::Pass;
    }
    // Isolated forms of a mark decompose to a space and the mark: that space separates nothing.
    let is_phrase = matches!(c, '\u{FDFA}' /* ﷺ */ | '\u{FDFB}' /* ﷻ */);
    let mut expansion = Expansion::new();
    decompose_compatible(c, |part| {
        if part != ' ' || is_phrase {
            expansion.push(part);
        }
    });
    Verdict::Expand(expansion)
}

fn invisible(c: char) -> Verdict {
    match c {
        '\u{0640}' // ـ tatweel
        | '\u{0610}'..='\u{061A}' // honorific and Quranic signs
        | '\u{061C}' // Arabic letter mark (bidi)
        | '\u{064B}'..='\u{065F}' // vowel marks, shadda, sukun, hamza and madda above
        | '\u{0670}' // dagger alef
        | '\u{06D6}'..='\u{06DC}' | '\u{06DF}'..='\u{06E8}' | '\u{06EA}'..='\u{06ED}' // Quranic marks
        | '\u{08CA}'..='\u{08E1}' | '\u{08E3}'..='\u{08FF}' // extended Arabic marks
        | '\u{00AD}' // soft hyphen
        | '\u{180E}' // Mongolian vowel separator
        | '\u{200B}'..='\u{200F}' // zero-width space, joiners, directional marks
        | '\u{202A}'..='\u{202E}' // bidi embeddings
        | '\u{2060}'..='\u{206F}' // word joiner, invisible operators, bidi isolates
        | '\u{FE00}'..='\u{FE0F}' // variation selectors
        | '\u{FEFF}' // byte order mark
        => Verdict::Remove,
        _ => Verdict::Pass,
    }
}

fn alef_forms(c: char) -> Verdict {
    match c {
        '\u{0622}' | '\u{0623}' | '\u{0625}' // آ أ إ
        | '\u{0671}' | '\u{0672}' | '\u{0673}' | '\u{0675}' // ٱ ٲ ٳ ٵ
        => Verdict::Replace('\u{0627}'), // ا
        _ => Verdict::Pass,
    }
}

fn hamza_carriers(c: char) -> Verdict {
    match c {
        '\u{0624}' | '\u{0676}' | '\u{0677}' => Verdict::Replace('\u{0648}'), // ؤ ٶ ٷ to و
        '\u{0626}' | '\u{0678}' => Verdict::Replace('\u{064A}'),              // ئ ٸ to ي
        '\u{0674}' => Verdict::Replace('\u{0621}'),                           // ٴ to ء
        _ => Verdict::Pass,
    }
}

fn alef_maqsura(c: char) -> Verdict {
    match c {
        '\u{0649}' => Verdict::Replace('\u{064A}'), // ى to ي
        _ => Verdict::Pass,
    }
}

fn ta_marbuta(c: char) -> Verdict {
    match c {
        '\u{0629}' => Verdict::Replace('\u{0647}'), // ة to ه
        _ => Verdict::Pass,
    }
}

fn letter_variants(c: char) -> Verdict {
    Verdict::Replace(match c {
        '\u{067E}' => '\u{0628}',                           // پ to ب
        '\u{0679}' | '\u{067C}' => '\u{062A}',              // ٹ ټ to ت
        '\u{0686}' | '\u{0685}' | '\u{0681}' => '\u{062C}', // چ څ ځ to ج
        '\u{0688}' | '\u{0689}' => '\u{062F}',              // ڈ ډ to د
        '\u{0691}' | '\u{0693}' | '\u{0695}' => '\u{0631}', // ڑ ړ ڕ to ر
        '\u{0698}' | '\u{0696}' => '\u{0632}',              // ژ ږ to ز
        '\u{069A}' => '\u{0633}',                           // ښ to س
        '\u{06A4}' | '\u{06A5}' => '\u{0641}',              // ڤ ڥ to ف
        '\u{06A8}' | '\u{06A7}' => '\u{0642}',              // ڨ ڧ to ق
        // ک ڪ ګ گ ڭ ػ ؼ to ك
        '\u{06A9}' | '\u{06AA}' | '\u{06AB}' | '\u{06AF}' | '\u{06AD}' | '\u{063B}'
        | '\u{063C}' => '\u{0643}',
        '\u{06B5}' => '\u{0644}',                           // ڵ to ل
        '\u{06BA}' | '\u{06BB}' | '\u{06BC}' => '\u{0646}', // ں ڻ ڼ to ن
        // ھ ۀ ہ ۂ ۃ ە to ه
        '\u{06BE}' | '\u{06C0}' | '\u{06C1}' | '\u{06C2}' | '\u{06C3}' | '\u{06D5}' => '\u{0647}',
        '\u{06C6}' | '\u{06C7}' | '\u{06C8}' | '\u{06CB}' => '\u{0648}', // ۆ ۇ ۈ ۋ to و
        // ی ۍ ێ ې ے ۓ ؽ ؾ ؿ to ي
        '\u{06CC}'
        | '\u{06CD}'
        | '\u{06CE}'
        | '\u{06D0}'
        | '\u{06D2}'
        | '\u{06D3}'
        | '\u{063D}'..='\u{063F}' => '\u{064A}',
        _ => return Verdict::Pass,
    })
}

fn digits(c: char) -> Verdict {
    if c != '0' && c.is_numeric() {
        Verdict::Replace('0')
    } else {
        Verdict::Pass
    }
}

fn case(c: char) -> Verdict {
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.len()) {
        (Some(first), 0) if first == c => Verdict::Pass,
        (Some(first), 0) => Verdict::Replace(first),
        _ => Verdict::Expand(c.to_lowercase().collect()),
    }
}

fn combining_marks(c: char) -> Verdict {
    if is_combining_mark(c) || !is_nfc_boundary(c) {
        Verdict::Remove
    } else {
        Verdict::Pass
    }
}

fn separators(c: char) -> Verdict {
    if c.is_alphanumeric() {
        Verdict::Pass
    } else {
        Verdict::Separate
    }
}
