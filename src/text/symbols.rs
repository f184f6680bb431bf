//! A normalised text in a buffer that is used again and again.

use super::symbol::{self, SEPARATOR};
use super::vectorised::LANES;

/// Zero bytes that follow the symbols, so that sixteen bytes can be read at any word.
pub(crate) const SLACK: usize = 16;

/// A normalised text: words of one-byte [symbols](super::symbol), one separator before each word
/// and one at the end. A text without words is a single separator.
#[derive(Debug, Clone)]
pub struct Symbols {
    buffer: Vec<u8>,
    len: usize,
}

impl Symbols {
    /// The buffer of a text without words.
    #[must_use]
    pub fn new() -> Self {
        let mut symbols = Self {
            buffer: Vec::new(),
            len: 0,
        };
        symbols.clear();
        symbols
    }

    /// The symbols, beginning and ending with a separator.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.buffer[..self.len]
    }

    /// The symbols and [`SLACK`] bytes behind them, whose values mean nothing.
    pub(crate) fn with_slack(&self) -> &[u8] {
        &self.buffer[..self.len + SLACK]
    }

    /// The words as byte ranges of [`as_bytes`](Self::as_bytes), without their separators.
    pub fn words(&self) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
        let mut start = 1;
        memchr::memchr_iter(SEPARATOR, &self.as_bytes()[1..]).map(move |end| {
            let word = start..end + 1;
            start = end + 2;
            word
        })
    }

    /// The normalised text: the words with one space between them.
    #[must_use]
    pub fn to_text(&self) -> String {
        symbol::decode(self.as_bytes().trim_ascii())
    }

    pub(super) fn clear(&mut self) {
        self.len = 0;
        self.reserve(1);
        self.push(SEPARATOR);
    }

    /// Makes room for `additional` more symbols.
    pub(super) fn reserve(&mut self, additional: usize) {
        let needed = self.len + additional + SLACK.max(LANES) + 1;
        if self.buffer.len() < needed {
            self.buffer.resize(needed.next_power_of_two(), 0);
        }
    }

    /// Appends a symbol for which room has been made.
    #[inline]
    pub(super) fn push(&mut self, symbol: u8) {
        self.buffer[self.len] = symbol;
        self.len += 1;
    }

    /// Appends a symbol for which room has been made; `0` appends nothing, nor does a separator behind a
    /// separator. Says whether something was appended.
    pub(super) fn push_action(&mut self, action: u8) -> bool {
        let kept = is_kept(action, self.last() == SEPARATOR);
        if kept {
            self.push(action);
        }
        kept
    }

    /// The room behind the symbols, where room has been made. What is put there is told to [`written`](Self::written).
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(super) fn room(&mut self) -> &mut [u8; LANES] {
        self.buffer[self.len..]
            .first_chunk_mut()
            .expect("`reserve` leaves this much room")
    }

    /// The first `n` bytes of the [`room`](Self::room) have become symbols.
    #[cfg(target_arch = "x86_64")]
    #[inline]
    pub(super) fn written(&mut self, n: usize) {
        self.len += n;
    }

    /// A writer for many symbols, for which room has been made.
    #[inline]
    pub(super) fn writer(&mut self) -> Writer<'_> {
        let after_separator = self.last() == SEPARATOR;
        Writer {
            symbols: self,
            after_separator,
        }
    }

    /// Takes back the last symbol, but never the first separator.
    pub(super) fn pop(&mut self) {
        self.len = (self.len - 1).max(1);
    }

    pub(super) fn last(&self) -> u8 {
        self.buffer[self.len - 1]
    }

    pub(super) fn len(&self) -> usize {
        self.len
    }
}

/// Appends symbols to a buffer chunk by chunk.
pub(super) struct Writer<'a> {
    symbols: &'a mut Symbols,
    after_separator: bool,
}

/// At most this many symbols go into a chunk.
pub(super) const CHUNK: usize = 128;

/// Symbols on their way to the buffer, in room of a fixed size, so that a byte as index needs no check.
pub(super) struct Chunk {
    symbols: [u8; 256],
    written: u8,
    after_separator: bool,
}

impl Writer<'_> {
    /// An empty chunk that follows what has been written.
    #[inline]
    pub(super) fn chunk(&self) -> Chunk {
        Chunk {
            symbols: [0; 256],
            written: 0,
            after_separator: self.after_separator,
        }
    }

    /// Appends a chunk for which room has been made.
    #[inline]
    pub(super) fn append(&mut self, chunk: &Chunk) {
        let n = usize::from(chunk.written);
        self.symbols.buffer[self.symbols.len..][..n].copy_from_slice(&chunk.symbols[..n]);
        self.symbols.len += n;
        self.after_separator = chunk.after_separator;
    }
}

impl Chunk {
    /// See [`Symbols::push_action`]. Has no branch; takes at most [`CHUNK`] symbols.
    #[inline]
    pub(super) fn push(&mut self, action: u8) -> bool {
        let kept = is_kept(action, self.after_separator);
        self.symbols[usize::from(self.written)] = action;
        self.written = self.written.wrapping_add(u8::from(kept));
        self.after_separator = (action == SEPARATOR) | ((action == 0) & self.after_separator);
        kept
    }
}

/// Nothing is not written, nor is a separator behind a separator.
#[inline]
fn is_kept(action: u8, after_separator: bool) -> bool {
    (action != 0) & !((action == SEPARATOR) & after_separator)
}

impl Default for Symbols {
    fn default() -> Self {
        Self::new()
    }
}
