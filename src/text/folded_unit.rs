//! A short unit in a spelling that ignores what newsrooms spell differently.

use super::code_points::{digit_value, is_alphanumeric, is_decoration, is_invisible};
use super::word_class::WordClass;

/// The longest unit that can be folded, in bytes.
pub(crate) const MAX_BYTES: usize = 300;

/// The most tokens that a folded unit can have.
const MAX_TOKENS: usize = 48;

/// What a token is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TokenKind {
    /// Letters, maybe with digits among them.
    Word,
    /// Digits, with the points and commas between them.
    Number,
    /// A hashtag.
    Tag,
    /// A link, an e-mail address or a user name.
    Address,
    /// Any other visible character.
    Mark,
}

/// A token of a folded unit.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token<'u> {
    pub(crate) kind: TokenKind,
    /// The lists that the word stands in.
    pub(crate) class: WordClass,
    /// The folded spelling.
    pub(crate) bytes: &'u [u8],
}

impl Token<'_> {
    /// Whether this is one of `marks`.
    pub(crate) fn is_mark(self, marks: &str) -> bool {
        self.kind == TokenKind::Mark
            && marks
                .chars()
                .any(|mark| mark.encode_utf8(&mut [0; 4]).as_bytes() == self.bytes)
    }

    /// Whether this is the folded `word`.
    pub(crate) fn is(self, word: &str) -> bool {
        self.bytes == word.as_bytes()
    }
}

/// Where a token stands among the folded bytes.
#[derive(Debug, Clone, Copy)]
struct Span {
    kind: TokenKind,
    class: WordClass,
    start: u16,
    end: u16,
}

/// The tokens of a short unit, folded, on the stack.
///
/// Folding writes the alefs as ا, ى as ي, ة as ه, ؤ as و, ئ as ي, digits as `0`–`9` and
/// Latin capitals small; vowel marks, tatweels and invisible marks go. It is idempotent.
pub(crate) struct FoldedUnit {
    bytes: [u8; MAX_BYTES],
    n_bytes: usize,
    spans: [Span; MAX_TOKENS],
    n_tokens: usize,
}

impl FoldedUnit {
    /// Folds `unit`; `None` when it has too many bytes or tokens.
    pub(crate) fn new(unit: &str) -> Option<Self> {
        if unit.len() > MAX_BYTES {
            return None;
        }
        let unused = Span {
            kind: TokenKind::Mark,
            class: WordClass::NONE,
            start: 0,
            end: 0,
        };
        let mut folded = Self {
            bytes: [0; MAX_BYTES],
            n_bytes: 0,
            spans: [unused; MAX_TOKENS],
            n_tokens: 0,
        };
        for chunk in unit.split_whitespace() {
            folded.push_chunk(chunk)?;
        }
        Some(folded)
    }

    /// The number of tokens.
    pub(crate) fn len(&self) -> usize {
        self.n_tokens
    }

    /// The tokens in order.
    pub(crate) fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + Clone {
        self.spans[..self.n_tokens].iter().map(|span| Token {
            kind: span.kind,
            class: span.class,
            bytes: &self.bytes[span.start.into()..span.end.into()],
        })
    }

    /// The tokens that are not marks.
    pub(crate) fn words(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + Clone {
        self.tokens().filter(|token| token.kind != TokenKind::Mark)
    }

    /// Whether any token is of this kind.
    pub(crate) fn has(&self, kind: TokenKind) -> bool {
        self.tokens().any(|token| token.kind == kind)
    }

    /// Whether any token is one of `marks`.
    pub(crate) fn has_mark(&self, marks: &str) -> bool {
        self.tokens().any(|token| token.is_mark(marks))
    }

    /// Whether the first word stands in one of the lists of `class`.
    pub(crate) fn begins_with(&self, class: WordClass) -> bool {
        self.words()
            .next()
            .is_some_and(|word| word.class.meets(class))
    }

    /// Whether any word stands in one of the lists of `class`.
    pub(crate) fn has_word_of(&self, class: WordClass) -> bool {
        self.words().any(|word| word.class.meets(class))
    }

    /// The number of tokens up to the end of `phrase`, if the unit's words begin with it.
    ///
    /// Marks before and between the words of the unit do not count.
    pub(crate) fn tokens_of_lead(&self, phrase: &str) -> Option<usize> {
        let mut wanted = phrase.split_whitespace().peekable();
        for (i, token) in self.tokens().enumerate() {
            if token.kind == TokenKind::Mark {
                continue;
            }
            if !wanted.next().is_some_and(|word| token.is(word)) {
                return None;
            }
            if wanted.peek().is_none() {
                return Some(i + 1);
            }
        }
        None
    }

    /// Whether the words of the unit are exactly `phrase`, with any marks around them.
    pub(crate) fn is_phrase(&self, phrase: &str) -> bool {
        self.words()
            .map(|word| word.bytes)
            .eq(phrase.split_whitespace().map(str::as_bytes))
    }

    /// Whether the words of `phrase` occur in a row.
    pub(crate) fn contains_phrase(&self, phrase: &str) -> bool {
        let mut words = self.words();
        loop {
            let mut ahead = words.clone();
            let mut wanted = phrase.split_whitespace();
            if wanted.all(|w| ahead.next().is_some_and(|word| word.is(w))) {
                return true;
            }
            if words.next().is_none() {
                return false;
            }
        }
    }

    /// Folds one piece of text without white space and appends its tokens.
    fn push_chunk(&mut self, chunk: &str) -> Option<()> {
        if let Some((kind, visible)) = undivided(chunk) {
            let start = self.n_bytes;
            visible.chars().for_each(|c| self.push_char(c));
            return self.push_token(kind, start);
        }
        let mut open: Option<(TokenKind, usize)> = None;
        for (i, c) in chunk.char_indices() {
            if is_decoration(c) || is_invisible(c) {
                continue;
            }
            let rest = &chunk[i + c.len_utf8()..];
            open = match open {
                Some((_, start)) if is_alphanumeric(c) && digit_value(c).is_none() => {
                    Some((TokenKind::Word, start))
                }
                Some(token) if is_alphanumeric(c) || joins_digits(token.0, c, rest) => Some(token),
                _ => {
                    self.close(open)?;
                    Some((kind_of(c), self.n_bytes))
                }
            };
            self.push_char(c);
            if open.is_some_and(|(kind, _)| kind == TokenKind::Mark) {
                self.close(open.take())?;
            }
        }
        self.close(open)
    }

    /// Appends the folded form of `c`, which is never longer than `c`.
    fn push_char(&mut self, c: char) {
        if is_decoration(c) || is_invisible(c) {
            return;
        }
        let folded = fold(c);
        let end = self.n_bytes + folded.len_utf8();
        folded.encode_utf8(&mut self.bytes[self.n_bytes..end]);
        self.n_bytes = end;
    }

    /// Appends the token that is open, if one is.
    fn close(&mut self, open: Option<(TokenKind, usize)>) -> Option<()> {
        open.map_or(Some(()), |(kind, start)| self.push_token(kind, start))
    }

    /// Appends the token that began at folded byte `start`; `None` when there are too many.
    fn push_token(&mut self, kind: TokenKind, start: usize) -> Option<()> {
        let class = match kind {
            TokenKind::Word | TokenKind::Number => WordClass::of(&self.bytes[start..self.n_bytes]),
            TokenKind::Tag | TokenKind::Address | TokenKind::Mark => WordClass::NONE,
        };
        *self.spans.get_mut(self.n_tokens)? = Span {
            kind,
            class,
            start: u16::try_from(start).ok()?,
            end: u16::try_from(self.n_bytes).ok()?,
        };
        self.n_tokens += 1;
        Some(())
    }
}

/// The hashtag or the address that `chunk` is, without the marks around it.
fn undivided(chunk: &str) -> Option<(TokenKind, &str)> {
    if !chunk.bytes().any(|byte| b"@#:w".contains(&byte)) {
        return None;
    }
    let visible = chunk.trim_matches(|c: char| !is_alphanumeric(c) && !"@#_/".contains(c));
    if visible.len() > 1 && visible.starts_with('#') {
        return Some((TokenKind::Tag, visible));
    }
    let is_address =
        visible.contains('@') || visible.contains("://") || visible.starts_with("www.");
    is_address.then_some((TokenKind::Address, visible))
}

/// The kind of token that begins with `c`.
fn kind_of(c: char) -> TokenKind {
    if digit_value(c).is_some() {
        TokenKind::Number
    } else if is_alphanumeric(c) {
        TokenKind::Word
    } else {
        TokenKind::Mark
    }
}

/// Whether `c` is the point or the comma of a number that goes on in `rest`.
fn joins_digits(kind: TokenKind, c: char, rest: &str) -> bool {
    kind == TokenKind::Number
        && matches!(c, '.' | ',' | '\u{066B}' | '\u{066C}') // ٫ ٬
        && rest.starts_with(|next| digit_value(next).is_some())
}

/// The one spelling of a letter or a digit.
pub(crate) fn fold(c: char) -> char {
    match c {
        '\u{0622}' | '\u{0623}' | '\u{0625}' | '\u{0671}' => '\u{0627}', // آ أ إ ٱ as ا
        '\u{0649}' | '\u{0626}' | '\u{06CC}' => '\u{064A}',              // ى ئ ی as ي
        '\u{0629}' => '\u{0647}',                                        // ة as ه
        '\u{0624}' => '\u{0648}',                                        // ؤ as و
        '\u{06A9}' => '\u{0643}',                                        // ک as ك
        '\u{2012}'..='\u{2015}' | '\u{2212}' => '-',                     // ‒ – — ― − as -
        _ => digit_value(c).map_or(c.to_ascii_lowercase(), |value| char::from(b'0' + value)),
    }
}
