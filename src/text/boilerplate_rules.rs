//! The rules that know page furniture.

use super::bare_date::is_date;
use super::boilerplate_words::{
    AUTHOR_LEADS, CLICK_PHRASES, DISCLAIMER_LEADS, FOLLOW_LEADS, FORM_LEADS, LINK_LEADS,
    MARKED_LINK_LEADS, RIGHTS_PHRASES, WHOLE_UNITS,
};
use super::folded_unit::{FoldedUnit, Token, TokenKind};
use super::word_class::WordClass;

/// A rule: its name and the test it makes.
pub(crate) type Rule = (&'static str, fn(&FoldedUnit) -> bool);

/// The rules in the order they are tried.
pub(crate) const RULES: [Rule; 15] = [
    ("ornament", is_ornament),
    ("whole unit", is_whole_unit),
    ("link", is_link),
    ("address", is_address),
    ("tags", is_tags),
    ("controls", is_controls),
    ("counter", is_counter),
    ("date", is_date),
    ("credit", is_credit),
    ("author", is_author),
    ("byline", is_byline),
    ("source", is_source),
    ("form", is_form),
    ("contact", is_contact),
    ("rights", is_rights),
];

/// «-----», «***», «3601129825», «(2-1)»: no letter at all.
fn is_ornament(unit: &FoldedUnit) -> bool {
    unit.tokens()
        .all(|token| matches!(token.kind, TokenKind::Mark | TokenKind::Number))
}

/// «طباعة», «أضف تعليقاً», «Next Previous».
fn is_whole_unit(unit: &FoldedUnit) -> bool {
    unit.begins_with(WordClass::WHOLE) && phrases(WHOLE_UNITS).any(|phrase| unit.is_phrase(phrase))
}

/// «اقرأ أيضا: …», «للمزيد | …», «لمتابعة البث اضغط هنا».
fn is_link(unit: &FoldedUnit) -> bool {
    const MAX_CLICK_TOKENS: usize = 20;
    const MAX_SLIDER_WORDS: usize = 8;
    // A slider's buttons run together with the byline or the headline under them.
    let is_slider = unit.tokens_of_lead("next previous").is_some()
        && unit.words().count() <= MAX_SLIDER_WORDS
        && !ends_with_mark(unit, ".");
    leads_link(unit)
        || is_slider
        || unit.len() <= MAX_CLICK_TOKENS && contains_any(unit, CLICK_PHRASES)
}

/// Whether the unit begins as a link to another page does.
pub(crate) fn leads_link(unit: &FoldedUnit) -> bool {
    const MARKS: &str = ":|/-.»>…*";
    // «أقرأ أيضا الشعر.» is what a poet says: a lead without a mark must not end in a stop.
    let is_open = !ends_with_mark(unit, ".");
    unit.begins_with(WordClass::LEAD)
        && (phrases(LINK_LEADS).any(|lead| {
            has_marked_lead(unit, lead, MARKS) || is_open && unit.tokens_of_lead(lead).is_some()
        }) || phrases(MARKED_LINK_LEADS).any(|lead| has_marked_lead(unit, lead, MARKS)))
}

/// «name@example.com», `https://example.com/a`: addresses and Latin words only.
fn is_address(unit: &FoldedUnit) -> bool {
    const MAX_WORDS: usize = 6;
    unit.has(TokenKind::Address)
        && unit.words().count() <= MAX_WORDS
        && unit.words().all(|word| word.bytes.is_ascii())
}

/// «#الرياض #جدة»: nothing but tags.
fn is_tags(unit: &FoldedUnit) -> bool {
    unit.words().all(|word| word.kind == TokenKind::Tag)
}

/// «شارك على فيسبوك», «حجم الخط A+ A-».
fn is_controls(unit: &FoldedUnit) -> bool {
    const MAX_TOKENS: usize = 24;
    unit.len() <= MAX_TOKENS && is_made_of(unit, WordClass::CONTROL_KEY, WordClass::CONTROL_FILLER)
}

/// «عدد المشاهدات 1250», «التعليقات (5)», «منذ 3 ساعات».
fn is_counter(unit: &FoldedUnit) -> bool {
    const MAX_TOKENS: usize = 10;
    if unit.len() > MAX_TOKENS {
        return false;
    }
    let mut words = unit.words();
    let is_age = words
        .next()
        .is_some_and(|word| word.is("منذ") || word.is("قبل"))
        && unit.has(TokenKind::Number)
        && words.all(|word| word.kind == TokenKind::Number || word.class.meets(WordClass::AGE));
    let has_value = unit.has(TokenKind::Number) || unit.has_mark("(:");
    is_age || has_value && is_made_of(unit, WordClass::COUNTER_KEY, WordClass::COUNTER_FILLER)
}

/// «(أ ف ب)», «رويترز / متابعات», «صورة أرشيفية».
fn is_credit(unit: &FoldedUnit) -> bool {
    const MAX_TOKENS: usize = 14;
    const MAX_LETTERS: usize = 4;
    if unit.len() > MAX_TOKENS || !unit.words().all(|word| word.class.meets(WordClass::CREDIT)) {
        return false;
    }
    // One Arabic letter is two bytes.
    let is_letters =
        unit.words().count() <= MAX_LETTERS && unit.words().all(|word| word.bytes.len() == 2);
    is_letters || unit.has_word_of(WordClass::CREDIT_KEY)
}

/// «كتب - سامر», «بقلم: هدى», «تصوير: نادر».
fn is_author(unit: &FoldedUnit) -> bool {
    const MAX_WORDS: usize = 5;
    unit.begins_with(WordClass::AUTHOR_LEAD)
        && unit.words().count() <= MAX_WORDS
        && !is_speech(unit)
        && !unit.has(TokenKind::Number)
        && AUTHOR_LEADS
            .split_whitespace()
            .any(|lead| has_marked_lead(unit, lead, ":-/|"))
}

/// «سامر النجار – بيروت»: a name of at most four words, a dash and a place, or the reverse.
fn is_byline(unit: &FoldedUnit) -> bool {
    const MAX_WORDS: usize = 4;
    const MAX_TOKENS: usize = 12;
    if unit.len() > MAX_TOKENS
        || !unit.has_word_of(WordClass::PLACE)
        || unit.has_word_of(WordClass::NOT_NAME)
        || is_speech(unit)
    {
        return false;
    }
    let mut n_words = [0_usize; 2];
    let mut n_places = [0_usize; 2];
    let mut side = 0;
    for token in unit.tokens() {
        if token.kind == TokenKind::Word {
            n_words[side] += 1;
            n_places[side] += usize::from(token.class.meets(WordClass::PLACE));
        } else if token.is_mark("-/|") && side == 0 {
            side = 1;
        } else if !token.is_mark(",\u{060C}()*") {
            return false; // Only ، , and brackets stand between names.
        }
    }
    // «مكة المكرمة» and «رام الله» are a place and one word more.
    let is_place = |side: usize| n_places[side] > 0 && n_words[side] <= 1 + n_places[side];
    n_words.iter().all(|n| (1..=MAX_WORDS).contains(n)) && (is_place(0) || is_place(1))
}

/// «*نقلا عن صحيفة كذا», «بالاتفاق مع «كذا»»: a short unit that names where it is from.
fn is_source(unit: &FoldedUnit) -> bool {
    const MAX_WORDS: usize = 5;
    unit.words().count() <= MAX_WORDS
        && !unit.has_mark(".!?\u{060C}\u{061F}") // ، ؟
        && (unit.tokens_of_lead("نقلا عن").is_some()
            || has_marked_lead(unit, "المصدر", ":/-")
            || unit.tokens_of_lead("خدمه").is_some() && unit.has_mark("*")
            || unit.tokens_of_lead("بالاتفاق مع").is_some() && unit.has_mark("*«\""))
}

/// «لن يتم نشر عنوان بريدك …», «تابعنا على تويتر».
fn is_form(unit: &FoldedUnit) -> bool {
    const MAX_TOKENS: usize = 22;
    let begins = |leads| phrases(leads).any(|lead| unit.tokens_of_lead(lead).is_some());
    let names_a_network = unit.has(TokenKind::Address) || unit.has_word_of(WordClass::CONTROL_KEY);
    unit.len() <= MAX_TOKENS
        && unit.begins_with(WordClass::LEAD)
        && (begins(FORM_LEADS) || names_a_network && begins(FOLLOW_LEADS))
}

/// «للتواصل أرسل SMS إلى …», «737221 - Zain», «تويتر @name».
fn is_contact(unit: &FoldedUnit) -> bool {
    const MAX_ADDRESS_WORDS: usize = 6;
    const MAX_TOKENS: usize = 32;
    if unit.len() > MAX_TOKENS {
        return false;
    }
    let asks = unit.begins_with(WordClass::CONTACT_LEAD);
    let names = |wanted| unit.words().any(|word| word.is(wanted));
    let is_message = asks && names("sms") || names("بالرمز") && names("مسافه");
    let is_address =
        asks && unit.has(TokenKind::Address) && unit.words().count() <= MAX_ADDRESS_WORDS;
    let is_telephone = unit.has(TokenKind::Number)
        && unit
            .words()
            .all(|word| word.kind == TokenKind::Number || word.class.meets(WordClass::TELEPHONE));
    is_message || is_address || is_telephone
}

/// «حقوق النشر محفوظة», «جميع المقالات المنشورة تمثل رأي كتابها».
fn is_rights(unit: &FoldedUnit) -> bool {
    const MAX_TOKENS: usize = 20;
    let is_disclaimer = || {
        unit.begins_with(WordClass::LEAD)
            && unit.has_word_of(WordClass::OPINION)
            && phrases(DISCLAIMER_LEADS).any(|lead| unit.tokens_of_lead(lead).is_some())
    };
    unit.len() <= MAX_TOKENS && (contains_any(unit, RIGHTS_PHRASES) || is_disclaimer())
}

/// The phrases of a list.
fn phrases(list: &'static str) -> impl Iterator<Item = &'static str> {
    list.split('|').map(str::trim)
}

/// Whether one of the phrases of `list` occurs in the unit.
fn contains_any(unit: &FoldedUnit, list: &'static str) -> bool {
    unit.has_word_of(WordClass::INNER) && phrases(list).any(|phrase| unit.contains_phrase(phrase))
}

/// Whether the unit begins with `lead` and one of `marks` after it.
fn has_marked_lead(unit: &FoldedUnit, lead: &str, marks: &str) -> bool {
    unit.tokens_of_lead(lead)
        .and_then(|n_tokens| unit.tokens().nth(n_tokens))
        .is_some_and(|token| token.is_mark(marks))
}

/// Whether the last token is one of `marks`.
fn ends_with_mark(unit: &FoldedUnit, marks: &str) -> bool {
    unit.tokens()
        .next_back()
        .is_some_and(|token| token.is_mark(marks))
}

/// Whether every word is a key, a filler or a number, and one is a key.
fn is_made_of(unit: &FoldedUnit, key: WordClass, filler: WordClass) -> bool {
    const WAW: &[u8] = "\u{0648}".as_bytes(); // و
    // «فيسبوك وتويتر»: the conjunction is written on to the word.
    let is_key = |word: Token| {
        let joined = || word.bytes.strip_prefix(WAW).map(WordClass::of);
        word.class.meets(key) || joined().is_some_and(|class| class.meets(key))
    };
    unit.words()
        .all(|word| word.kind == TokenKind::Number || word.class.meets(filler) || is_key(word))
        && unit.words().any(is_key)
}

/// Whether the unit quotes, asks or ends with a stop or a colon, as sentences do.
fn is_speech(unit: &FoldedUnit) -> bool {
    unit.has_mark("\"«»“”!?\u{061F}") || ends_with_mark(unit, ".:\u{2026}") // ؟ …
}
