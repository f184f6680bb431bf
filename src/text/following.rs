//! What comes after a stop.

use super::code_points::{HEH, WAW, is_decoration, is_invisible, is_line_break};

/// The text after a stop, up to the end of its line.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Following<'t> {
    /// What follows, without the white space and the invisible marks before it.
    pub(crate) text: &'t str,
    /// Whether white space stands between the stop and `text`.
    pub(crate) spaced: bool,
}

impl<'t> Following<'t> {
    /// What follows byte `end` of `text`.
    pub(crate) fn after(text: &'t str, end: usize) -> Self {
        let rest = &text[end..];
        let visible = rest.trim_start_matches(|c: char| {
            is_invisible(c) || (c.is_whitespace() && !is_line_break(c))
        });
        let gap = &rest[..rest.len() - visible.len()];
        Self {
            text: visible,
            spaced: gap.contains(char::is_whitespace),
        }
    }

    /// The first character, or `None` at the end of the line.
    pub(crate) fn first(self) -> Option<char> {
        self.text.chars().next().filter(|&c| !is_line_break(c))
    }

    /// The first character when no white space stands before it.
    pub(crate) fn direct(self) -> Option<char> {
        self.first().filter(|_| !self.spaced)
    }

    /// The letters that come first, at most `MAX_LETTERS` of them.
    pub(crate) fn word(self) -> &'t str {
        const MAX_LETTERS: usize = 12;
        let length = self
            .text
            .chars()
            .take(MAX_LETTERS)
            .take_while(|c| c.is_alphabetic())
            .map(char::len_utf8)
            .sum();
        &self.text[..length]
    }

    /// Whether a new clause begins: «و» written on to a word of two letters or more.
    ///
    /// Arabic has no capitals. In news the conjunction on to a verb or a particle (وقال،
    /// ومن جانبه) is the one sure sign that a doubtful stop did end a sentence. «وهو» and
    /// its like go on describing what came before.
    pub(crate) fn starts_new_clause(self) -> bool {
        let mut letters = self.text.chars().filter(|&c| !is_decoration(c)).take(3);
        letters.next() == Some(WAW)
            && letters
                .next()
                .is_some_and(|c| c.is_alphabetic() && c != HEH)
            && letters.next().is_some_and(char::is_alphabetic)
    }
}
