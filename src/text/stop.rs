//! Is this stop the end of a sentence?

use super::abbreviation::ends_abbreviation;
use super::boilerplate_rules::leads_link;
use super::code_points::{is_alphanumeric, is_digit, is_joiner, is_opener, is_space};
use super::folded_unit::FoldedUnit;
use super::following::Following;
use super::quotations::Quotations;
use super::stop_run::{StopKind, StopRun};

/// A prefix up to this long, in bytes, may be a list marker or a bare opening.
const MAX_MARKER: usize = 16;

/// Whether the sentence that begins at byte `sentence_start` ends with `run`.
///
/// `quotations` is the state before the run. The rules stand in order; the first that
/// applies decides.
pub(crate) fn is_boundary(
    text: &str,
    sentence_start: usize,
    run: &StopRun,
    quotations: Quotations,
) -> bool {
    let following = Following::after(text, run.end);
    let Some(next) = following.first() else {
        return true;
    };
    let prefix = &text[sentence_start.min(run.start)..run.start];
    if is_joiner(next) || is_enclosed(prefix, run) || is_bare(prefix) {
        return false;
    }
    match run.kind {
        StopKind::Mark => {
            let embedded = run
                .closer
                .is_some_and(|closer| quotations.opened_since(sentence_start, closer));
            !(is_inside_address(prefix, following, run)
                || embedded && !following.starts_new_clause())
        }
        StopKind::Ellipsis => {
            let within = match run.closer {
                // «سنرى...» ثم غادر: the quotation is a part of the sentence.
                Some(_) => !following.starts_new_clause(),
                None => quotations.surround(text, run.start, run.end),
            };
            !(within
                || is_link_title(&text[sentence_start..run.end])
                || is_list_marker(prefix)
                || is_inside_number(prefix, following))
        }
        StopKind::FullStop => {
            !(is_inside_number(prefix, following)
                || is_inside_address(prefix, following, run)
                || is_list_marker(prefix)
                || ends_abbreviation(prefix, following, run.closer.is_some()))
        }
    }
}

/// Whether the run fills a bracket or a quotation alone: «(!)» or «[...]».
fn is_enclosed(prefix: &str, run: &StopRun) -> bool {
    let mut before = prefix.chars().rev().take(2).skip_while(|&c| is_space(c));
    run.closer.is_some() && before.next().is_some_and(is_opener)
}

/// Whether the run stands in the headline of a link: «للمزيد.. كذا», «اقرأ أيضا: كذا.. كذا».
///
/// Headlines have dots where prose has a comma, and a link must not fall apart into one
/// half that is page furniture and one that looks like news.
fn is_link_title(unit: &str) -> bool {
    FoldedUnit::new(unit).is_some_and(|unit| leads_link(&unit))
}

/// Whether the sentence has no word yet: «...المزيد».
fn is_bare(prefix: &str) -> bool {
    prefix.len() <= MAX_MARKER && !prefix.contains(is_alphanumeric)
}

/// Whether the sentence so far is only the number of a list item: «2.» or «١-٢.».
///
/// Numbers of four digits are years.
fn is_list_marker(prefix: &str) -> bool {
    prefix.len() <= MAX_MARKER
        && prefix
            .chars()
            .all(|c| is_digit(c) || !is_alphanumeric(c) || matches!(c, 'I' | 'V' | 'X'))
        && prefix
            .split(|c| !is_digit(c))
            .all(|digits| digits.chars().count() <= 3)
}

/// Whether the stop is the point of a number: «٣.٥», «1.000» or « .5».
fn is_inside_number(prefix: &str, following: Following) -> bool {
    let before = prefix.chars().next_back();
    following.direct().is_some_and(is_digit) && before.is_none_or(|c| is_digit(c) || is_space(c))
}

/// Whether the stop belongs to an address, a file name or the like: «example.com/a?b=1».
fn is_inside_address(prefix: &str, following: Following, run: &StopRun) -> bool {
    let Some(next) = following.direct().filter(|_| run.closer.is_none()) else {
        return false;
    };
    let Some(before) = prefix.chars().next_back() else {
        return false;
    };
    let goes_on = next.is_ascii_alphanumeric() || "/_%&=#@~".contains(next);
    if goes_on && run.kind == StopKind::FullStop && is_space(before) {
        return next.is_ascii_alphabetic(); // «ملفات .txt»
    }
    if before.is_ascii() {
        return goes_on && (before.is_ascii_alphanumeric() || "/_%&=#@~-)".contains(before));
    }
    (goes_on && is_in_link(prefix)) || is_domain_ending(following)
}

/// Whether the last word of `prefix` is a link.
fn is_in_link(prefix: &str) -> bool {
    const MAX_LINK_CHARS: usize = 200;
    let length: usize = prefix
        .chars()
        .rev()
        .take(MAX_LINK_CHARS)
        .take_while(|c| !c.is_whitespace())
        .map(char::len_utf8)
        .sum();
    let word = &prefix[prefix.len() - length..];
    word.contains("://") || word.contains("www.")
}

/// Whether the next word ends an address written in Arabic: «العربية.نت».
fn is_domain_ending(following: Following) -> bool {
    const ENDINGS: [&str; 8] = ["نت", "كوم", "com", "net", "org", "info", "tv", "pdf"];
    ENDINGS.contains(&following.word())
}
