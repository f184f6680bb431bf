//! Is this unit page furniture?

use super::boilerplate_rules::RULES;
use super::code_points::is_alphanumeric;
use super::folded_unit::{FoldedUnit, MAX_BYTES, TokenKind};

/// Units longer than this, in bytes, are furniture only when their first word is known.
///
/// Most sentences are longer and are rejected after one word.
const MAX_SHORT_BYTES: usize = 90;

/// How many pieces of a long unit may be marks before its first word.
const MAX_HEAD_CHUNKS: usize = 4;

/// Whether `unit`, a sentence or a line, is page furniture and no sentence of news.
///
/// Furniture is share and font-size controls, links to other pages, comment forms,
/// bylines, photo credits, counters, bare dates, rights notices, contact lines and tags.
/// The rules prefer precision: what they do not know is news. Hamzas, vowel marks and
/// tatweels make no difference, and units of more than 300 bytes are never furniture.
///
/// # Examples
///
/// ```
/// use marsad::text::is_boilerplate;
///
/// assert!(is_boilerplate("إقرأ أيضاً: موعد الجلسة المقبلة"));
/// assert!(is_boilerplate("12 تشرين الثاني 2019"));
/// assert!(!is_boilerplate("قرأ الوزير البيان أمام الصحافيين."));
/// ```
#[must_use]
pub fn is_boilerplate(unit: &str) -> bool {
    boilerplate_rule(unit).is_some()
}

/// The name of the rule that makes `unit` page furniture, if one does.
///
/// # Examples
///
/// ```
/// assert_eq!(marsad::text::boilerplate_rule("عدد المشاهدات 1250"), Some("counter"));
/// assert_eq!(marsad::text::boilerplate_rule("شاهد الآلاف المباراة."), None);
/// ```
#[must_use]
pub fn boilerplate_rule(unit: &str) -> Option<&'static str> {
    if unit.len() > MAX_BYTES || unit.len() > MAX_SHORT_BYTES && !begins_like_furniture(unit) {
        return None;
    }
    let folded = FoldedUnit::new(unit)?;
    RULES
        .iter()
        .find(|(_, applies)| applies(&folded))
        .map(|&(name, _)| name)
}

/// Whether the first word stands in a list of furniture, or there is none.
fn begins_like_furniture(unit: &str) -> bool {
    let first_word = unit
        .split_whitespace()
        .take(MAX_HEAD_CHUNKS)
        .find(|chunk| chunk.contains(is_alphanumeric));
    first_word.and_then(FoldedUnit::new).is_none_or(|head| {
        head.words()
            .next()
            .is_none_or(|word| word.kind != TokenKind::Word || word.class.is_furniture())
    })
}
