//! Runs of words, and the sketches of the sentences they were met in.

use super::fingerprint::SKETCH_BITS;
use super::mix::place;

/// Entries in a line: a cache line of 64-bit words.
pub(super) const LINE: usize = 8;

/// A table from a run of words to the sketches of the sentences that hold it. A run belongs to one line of eight
/// entries, the latest first; a ninth entry pushes out the last.
#[derive(Debug)]
pub(super) struct RecentRuns {
    /// An entry is 0 when empty, or eight bits of the run, which are never all zero, above the sketch.
    entries: Vec<u64>,
    /// Where the first cache line begins.
    start: usize,
    n_lines: usize,
}

impl RecentRuns {
    /// A table that takes at most `bytes`, which must be at least 128.
    pub(super) fn new(bytes: usize) -> Self {
        let n_lines = bytes / size_of::<u64>() / LINE - 1;
        let entries = vec![0u64; (n_lines + 1) * LINE];
        // `align_offset` may give up, with a number beyond all bounds.
        let start = entries
            .as_ptr()
            .align_offset(LINE * size_of::<u64>())
            .min(LINE);
        Self {
            entries,
            start,
            n_lines,
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.entries.capacity() * size_of::<u64>()
    }

    /// How many entries there is room for.
    pub(super) fn n_entries(&self) -> usize {
        self.n_lines * LINE
    }

    /// Whether `run` was met in a sentence whose sketch differs from `sketch` in at most `limit` bits. The latest such entry
    /// becomes the first of its line.
    #[inline]
    pub(super) fn find(&mut self, run: u64, sketch: u64, limit: u32) -> bool {
        let line = self.line(run);
        let sought = tagged(run, sketch);
        for at in 0..LINE {
            let differing = line[at] ^ sought;
            if differing >> SKETCH_BITS == 0 && differing.count_ones() <= limit {
                line[..=at].rotate_right(1);
                return true;
            }
        }
        false
    }

    /// Remembers that `run` was met in a sentence with this `sketch`.
    #[inline]
    pub(super) fn insert(&mut self, run: u64, sketch: u64) {
        let line = self.line(run);
        line.copy_within(..LINE - 1, 1);
        line[0] = tagged(run, sketch);
    }

    /// Reads the line of `run`, so that it is near when it is needed.
    #[inline]
    pub(super) fn touch(&self, run: u64) -> u64 {
        self.entries[self.start + place(run, self.n_lines) * LINE]
    }

    #[inline]
    fn line(&mut self, run: u64) -> &mut [u64] {
        &mut self.entries[self.start + place(run, self.n_lines) * LINE..][..LINE]
    }
}

/// The entry of a run in a sentence. The line is chosen by the highest bits of the run, the tag by the lowest; no tag is 0, so no
/// entry is taken for an empty one.
#[inline]
fn tagged(run: u64, sketch: u64) -> u64 {
    let tag = ((run & 0xFFFF_FFFF) * 255 >> 32) + 1;
    tag << SKETCH_BITS | sketch
}

#[cfg(test)]
mod tests {
    use super::super::mix::mix;
    use super::*;

    #[test]
    fn a_line_keeps_the_eight_latest() {
        let mut table = RecentRuns::new(128);
        assert_eq!((table.n_lines, table.n_entries()), (1, 8));
        assert!(
            !table.find(mix(1), 0, SKETCH_BITS),
            "an empty entry is none"
        );
        let sketch = |n: u64| 0b111 << (3 * n);
        for n in 0..8 {
            table.insert(mix(1), sketch(n));
        }
        assert!((0..8).all(|n| table.find(mix(1), sketch(n), 0)));
        // 0 is now the last met but seven: the next goes in its place.
        table.insert(mix(1), sketch(8));
        assert!(!table.find(mix(1), sketch(0), 5));
        assert!(
            table.find(mix(1), sketch(0), 6),
            "any other differs in six bits"
        );
        assert!((1..9).all(|n| table.find(mix(1), sketch(n), 0)));
    }

    #[test]
    fn another_run_is_not_found() {
        let mut table = RecentRuns::new(128);
        table.insert(mix(1), 0b111);
        assert!(!table.find(mix(2), 0b111, 0));
    }
}
