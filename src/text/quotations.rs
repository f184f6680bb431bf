//! Which quotations are open.

use super::code_points::{
    LEFT_GUILLEMET, RIGHT_GUILLEMET, RIGHT_SINGLE_QUOTE, is_alphanumeric, is_invisible, is_joiner,
    is_line_break, is_opener, is_stop, is_straight_quote,
};

/// A quotation longer than this on either side of a stop, in bytes, is not believed.
///
/// An opening mark that nobody closed must not hold the rest of a document together.
const MAX_REACH: usize = 400;

/// The quotations that are open at one place of a line.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Quotations {
    /// Where the last open « stands.
    guillemet: Option<usize>,
    /// Where the last open " (or “ or ”) stands.
    straight: Option<usize>,
}

impl Quotations {
    /// Takes note of the quotation mark `mark` at byte `at`.
    pub(crate) fn note(&mut self, text: &str, at: usize, mark: char) {
        match mark {
            LEFT_GUILLEMET => self.guillemet = Some(at),
            RIGHT_GUILLEMET => self.guillemet = None,
            _ => {
                let opens = opens_by_its_neighbours(text, at, mark);
                self.straight = opens.unwrap_or(self.straight.is_none()).then_some(at);
            }
        }
    }

    /// Takes note of the closing mark `mark`, which stands after a stop.
    pub(crate) fn note_closed(&mut self, mark: char) {
        if mark == RIGHT_GUILLEMET {
            self.guillemet = None;
        } else if is_straight_quote(mark) {
            self.straight = None;
        }
    }

    /// Whether `mark`, which stands at byte `at` right after a stop, closes something.
    pub(crate) fn closes(self, text: &str, at: usize, mark: char) -> bool {
        let next = text[at + mark.len_utf8()..].chars().next();
        let before_text = next.is_some_and(is_alphanumeric);
        match mark {
            RIGHT_GUILLEMET | ')' | ']' | '}' => true,
            // Some papers print »reversed« quotations.
            LEFT_GUILLEMET | '\'' | RIGHT_SINGLE_QUOTE => !before_text,
            _ if is_straight_quote(mark) => !before_text || self.straight.is_some(),
            _ => false,
        }
    }

    /// Whether `mark`, set off by a space from the stop before it, closes something.
    pub(crate) fn closes_after_space(self, text: &str, at: usize, mark: char) -> bool {
        let next = text[at + mark.len_utf8()..].chars().next();
        match mark {
            RIGHT_GUILLEMET | ')' | ']' | '}' => !next.is_some_and(is_alphanumeric),
            _ if is_straight_quote(mark) => {
                self.straight.is_some() && next.is_none_or(|c| c.is_whitespace() || is_stop(c))
            }
            _ => false,
        }
    }

    /// Whether the quotation that `closer` closes was opened at byte `start` or later.
    pub(crate) fn opened_since(self, start: usize, closer: char) -> bool {
        let open = match closer {
            RIGHT_GUILLEMET => self.guillemet,
            _ if is_straight_quote(closer) => self.straight,
            _ => None,
        };
        open.is_some_and(|at| at >= start)
    }

    /// Whether a quotation opens shortly before byte `start` and closes shortly after `end`.
    pub(crate) fn surround(self, text: &str, start: usize, end: usize) -> bool {
        let near = |open: Option<usize>| open.is_some_and(|at| start - at <= MAX_REACH);
        let closer_ahead = |closes: fn(char) -> bool| {
            let mut reach = 0;
            text[end..]
                .chars()
                .take_while(|&c| {
                    reach += c.len_utf8();
                    reach <= MAX_REACH && !is_line_break(c)
                })
                .any(closes)
        };
        (near(self.guillemet) && closer_ahead(|c| c == RIGHT_GUILLEMET))
            || (near(self.straight) && closer_ahead(is_straight_quote))
    }
}

/// Whether the undirected `mark` at byte `at` opens, if the characters beside it tell.
fn opens_by_its_neighbours(text: &str, at: usize, mark: char) -> Option<bool> {
    let visible = |c: &char| !is_invisible(*c);
    let before = text[..at].chars().next_back().filter(visible);
    let after = text[at + mark.len_utf8()..].chars().next().filter(visible);
    let free_before = before.is_none_or(|c| c.is_whitespace() || is_opener(c));
    let free_after = after.is_none_or(|c| {
        c.is_whitespace() || is_stop(c) || is_joiner(c) || matches!(c, ')' | ']' | RIGHT_GUILLEMET)
    });
    (free_before != free_after).then_some(free_before)
}
