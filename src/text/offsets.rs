//! The way back from normalised symbols to the original text.

use std::ops::Range;

/// For every symbol of a normalised text, the bytes of the original that it stands for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offsets {
    spans: Vec<(u32, u32)>,
}

impl Offsets {
    /// The bytes of the original text behind `symbols`, a range of the normalised symbols. Separators at
    /// either end of the range add nothing; marks removed between two letters lie inside.
    ///
    /// # Panics
    ///
    /// If the range does not lie within the normalised text.
    #[must_use]
    pub fn original(&self, symbols: Range<usize>) -> Range<usize> {
        let spans = &self.spans[symbols];
        let shown = |&&(start, end): &&(u32, u32)| start < end;
        match (spans.iter().find(shown), spans.iter().rev().find(shown)) {
            (Some(first), Some(last)) => first.0 as usize..last.1 as usize,
            _ => 0..0,
        }
    }

    /// Replaces offsets into an intermediate text by offsets into the original: `origin[byte]` is the
    /// span of the original behind each byte of the intermediate text.
    pub(super) fn translate(&mut self, origin: &[(u32, u32)]) {
        for (start, end) in &mut self.spans {
            if start < end {
                (*start, *end) = (origin[*start as usize].0, origin[*end as usize - 1].1);
            }
        }
    }
}

/// Hears which original bytes each symbol stands for.
pub(super) trait Recorder {
    /// Whether anything is done with what it hears.
    const RECORDS: bool;
    fn clear(&mut self);
    fn push(&mut self, start: usize, end: usize);
    fn pop(&mut self);
}

impl Recorder for Offsets {
    const RECORDS: bool = true;

    fn clear(&mut self) {
        self.spans.clear();
    }

    fn push(&mut self, start: usize, end: usize) {
        self.spans.push((start as u32, end as u32));
    }

    fn pop(&mut self) {
        self.spans.pop();
    }
}

/// Records nothing: the hot path.
pub(super) struct NoOffsets;

impl Recorder for NoOffsets {
    const RECORDS: bool = false;

    #[inline]
    fn clear(&mut self) {}
    #[inline]
    fn push(&mut self, _: usize, _: usize) {}
    #[inline]
    fn pop(&mut self) {}
}
