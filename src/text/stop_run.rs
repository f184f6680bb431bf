//! One or more stops read as a single one.

use super::code_points::{
    ELLIPSIS, is_alphanumeric, is_full_stop, is_invisible, is_line_break, is_stop,
};
use super::quotations::Quotations;

/// What a run of stops is, as far as deciding about it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum StopKind {
    /// A single full stop, which may also belong to a number or an abbreviation.
    FullStop,
    /// Two full stops or more, or the ellipsis character.
    Ellipsis,
    /// A run with a question or an exclamation mark.
    Mark,
}

/// Stops in a row, and the closing quotes and brackets that belong to them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct StopRun {
    /// What the run is.
    pub(crate) kind: StopKind,
    /// The first byte of the last uninterrupted row of stops.
    pub(crate) start: usize,
    /// The byte after the last closing quote or bracket.
    pub(crate) end: usize,
    /// The first closing quote or bracket after the last row of stops.
    pub(crate) closer: Option<char>,
}

impl StopRun {
    /// Reads the run that begins with the stop at byte `at`.
    ///
    /// `quotations` follows along: it ends up in the state it has at `end`.
    pub(crate) fn read(text: &str, at: usize, quotations: &mut Quotations) -> Self {
        let (kind, end) = row_of_stops(text, at);
        let mut run = Self {
            kind,
            start: at,
            end,
            closer: None,
        };
        while run.extend(text, quotations) {}
        run
    }

    /// Takes one more piece into the run; false when nothing more belongs to it.
    fn extend(&mut self, text: &str, quotations: &mut Quotations) -> bool {
        let rest = &text[self.end..];
        let Some(next) = rest.chars().next() else {
            return false;
        };
        if is_stop(next) {
            self.append_row(text, self.end);
        } else if is_invisible(next) {
            self.end += next.len_utf8();
        } else if quotations.closes(text, self.end, next) {
            self.append_closer(self.end, next, quotations);
        } else if next.is_whitespace() {
            return self.extend_over_space(text, quotations);
        } else {
            return false;
        }
        true
    }

    /// Takes in «. . .», «! !» and «. »»: pieces that a space sets off from the stop.
    fn extend_over_space(&mut self, text: &str, quotations: &mut Quotations) -> bool {
        let rest = &text[self.end..];
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() && !is_line_break(c));
        let at = self.end + rest.len() - trimmed.len();
        let Some(next) = trimmed.chars().next() else {
            return false;
        };
        if is_stop(next) {
            let (_, row_end) = row_of_stops(text, at);
            // «. ...المزيد» and «. .com» begin something new.
            let begins_text = text[row_end..].chars().next().is_some_and(is_alphanumeric);
            if !begins_text {
                self.append_row(text, at);
            }
            !begins_text
        } else if quotations.closes_after_space(text, at, next) {
            self.append_closer(at, next, quotations);
            true
        } else {
            false
        }
    }

    /// Takes in the row of stops at byte `at`.
    fn append_row(&mut self, text: &str, at: usize) {
        let (kind, end) = row_of_stops(text, at);
        // After a closing quote the last row decides: «سنرى...». ends with a full stop.
        self.kind = match (self.closer, self.kind, kind) {
            (Some(_), _, last) => last,
            (None, StopKind::Mark, _) | (None, _, StopKind::Mark) => StopKind::Mark,
            (None, _, _) => StopKind::Ellipsis,
        };
        (self.start, self.end, self.closer) = (at, end, None);
    }

    /// Takes in the closing quote or bracket at byte `at`.
    fn append_closer(&mut self, at: usize, closer: char, quotations: &mut Quotations) {
        quotations.note_closed(closer);
        self.closer.get_or_insert(closer);
        self.end = at + closer.len_utf8();
    }
}

/// The kind and the end of the uninterrupted row of stops at byte `at`.
fn row_of_stops(text: &str, at: usize) -> (StopKind, usize) {
    let mut n_full_stops = 0_u64;
    let mut kind = StopKind::FullStop;
    let mut end = at;
    for stop in text[at..].chars().take_while(|&c| is_stop(c)) {
        end += stop.len_utf8();
        if is_full_stop(stop) {
            n_full_stops += 1;
        } else if stop == ELLIPSIS {
            n_full_stops += 3;
        } else {
            kind = StopKind::Mark;
        }
    }
    if kind == StopKind::FullStop && n_full_stops > 1 {
        kind = StopKind::Ellipsis;
    }
    (kind, end)
}
