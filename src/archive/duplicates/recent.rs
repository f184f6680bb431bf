//! A table that forgets the oldest.

/// Entries in a line: a cache line of 64-bit words.
const LINE: usize = 8;

/// A table of 64-bit entries in lines of eight. The key of an entry says to which line it belongs; a line has its latest
/// entries, the last met first, and a ninth pushes out the last.
#[derive(Debug)]
pub(super) struct Recent {
    /// 0 where there is no entry. Zeros come from the system, which gives memory when it is first written to.
    lines: Vec<[u64; LINE]>,
}

impl Recent {
    /// A table that takes at most `bytes`, which must be at least 64.
    pub(super) fn new(bytes: usize) -> Self {
        let n_lines = bytes / size_of::<[u64; LINE]>();
        Self {
            lines: vec![[0; LINE]; n_lines],
        }
    }

    pub(super) fn bytes(&self) -> usize {
        self.lines.capacity() * size_of::<[u64; LINE]>()
    }

    /// How many entries there is room for.
    pub(super) fn n_entries(&self) -> usize {
        self.lines.len() * LINE
    }

    /// Whether the line of `key` has an entry that is `wanted`. The last met of them becomes the first of the line.
    #[inline]
    pub(super) fn find(&mut self, key: u64, wanted: impl Fn(u64) -> bool) -> bool {
        let line = self.line(key);
        let found = line.iter().position(|&entry| entry != 0 && wanted(entry));
        if let Some(at) = found {
            line[..=at].rotate_right(1);
        }
        found.is_some()
    }

    /// Puts `entry`, which is not 0, into the line of `key`.
    #[inline]
    pub(super) fn insert(&mut self, key: u64, entry: u64) {
        let line = self.line(key);
        line.copy_within(..LINE - 1, 1);
        line[0] = entry;
    }

    /// Reads the line of `key`, so that it is near when it is needed.
    #[inline]
    pub(super) fn touch(&self, key: u64) -> u64 {
        self.lines[place(key, self.lines.len())][0]
    }

    #[inline]
    fn line(&mut self, key: u64) -> &mut [u64; LINE] {
        let place = place(key, self.lines.len());
        &mut self.lines[place]
    }
}

/// The place of `key` among `n`, by its highest bits (Lemire 2019, "Fast random integer generation in an interval").
#[inline]
fn place(key: u64, n: usize) -> usize {
    ((u128::from(key) * n as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_keeps_the_eight_last_met() {
        let mut table = Recent::new(127);
        assert_eq!((table.n_entries(), table.bytes()), (8, 64));
        assert!(!table.find(1, |_| true), "an empty place is no entry");
        for entry in 1..=8 {
            table.insert(entry, entry);
        }
        assert!((1..=8).all(|entry| table.find(0, |found| found == entry)));
        // 1 is now the last met but seven: the next goes in its place.
        table.insert(0, 9);
        assert!(!table.find(0, |found| found == 1));
        assert!((2..=9).all(|entry| table.find(0, |found| found == entry)));
    }

    #[test]
    fn the_highest_bits_of_a_key_are_its_place() {
        assert_eq!(place(0, 7), 0);
        assert_eq!(place(u64::MAX, 7), 6);
        assert_eq!(place(1 << 63, 6), 3);
        let mut table = Recent::new(128);
        table.insert(0, 1);
        assert!(!table.find(u64::MAX, |_| true));
    }
}
