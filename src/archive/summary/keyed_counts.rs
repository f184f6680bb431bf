//! Counts in rows that have a number.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::Month;

/// A stored file cannot make us take more memory than this many rows.
const MAX_SPAN: u32 = 1 << 24;

/// What numbers a row of counts.
pub(super) trait Key: Copy + Ord {
    fn index(self) -> u32;
    fn from_index(index: u32) -> Option<Self>;
}

impl Key for u32 {
    fn index(self) -> u32 {
        self
    }

    fn from_index(index: u32) -> Option<Self> {
        Some(index)
    }
}

impl Key for Month {
    fn index(self) -> u32 {
        self.index()
    }

    fn from_index(index: u32) -> Option<Self> {
        Self::from_index(index)
    }
}

/// Rows of `width` counts each, for all keys from the smallest counted to the largest.
///
/// The months of an archive and the inputs of a part of it lie close together, so a window onto all keys makes counting one
/// addition at a known place, and yet a part that saw one input holds one row, not one for each input of the run.
/// The first and the last row are never zero; so equal counts are equal values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct KeyedCounts<K> {
    width: usize,
    first: u32,
    cells: Vec<u64>,
    key: PhantomData<K>,
}

impl<K: Key> KeyedCounts<K> {
    /// No counts. A row has `width` columns, at least 1.
    pub(super) fn new(width: usize) -> Self {
        Self {
            width: width.max(1),
            first: 0,
            cells: Vec::new(),
            key: PhantomData,
        }
    }

    /// The row of `key`, which must be made other than zero.
    #[inline]
    fn row_mut(&mut self, key: K) -> &mut [u64] {
        let index = key.index();
        let mut at = (index.wrapping_sub(self.first) as usize).saturating_mul(self.width);
        if at >= self.cells.len() {
            self.grow(index);
            at = (index - self.first) as usize * self.width;
        }
        &mut self.cells[at..at + self.width]
    }

    #[cold]
    fn grow(&mut self, index: u32) {
        if self.cells.is_empty() {
            self.first = index;
        } else if index < self.first {
            let missing = (self.first - index) as usize * self.width;
            self.cells.splice(..0, std::iter::repeat_n(0, missing));
            self.first = index;
        }
        let needed = ((index - self.first) as usize + 1) * self.width;
        self.cells.resize(needed.max(self.cells.len()), 0);
    }

    /// Counts one in a column.
    #[inline]
    pub(super) fn count(&mut self, key: K, column: usize) {
        self.row_mut(key)[column] += 1;
    }

    /// Adds the counts of another with rows as wide.
    pub(super) fn add(&mut self, other: &Self) {
        for (key, row) in other.rows() {
            for (sum, n) in self.row_mut(key).iter_mut().zip(row) {
                *sum += n;
            }
        }
    }

    /// The rows with a count other than zero, by key.
    pub(super) fn rows(&self) -> impl Iterator<Item = (K, &[u64])> {
        (self.first..)
            .zip(self.cells.chunks_exact(self.width))
            .filter(|(_, row)| row.iter().any(|&n| n > 0))
            .filter_map(|(index, row)| Some((K::from_index(index)?, row)))
    }

    /// The row of `key`, if it has a count.
    pub(super) fn row(&self, key: K) -> Option<&[u64]> {
        let at = (key.index().checked_sub(self.first)? as usize).checked_mul(self.width)?;
        self.cells.get(at..at + self.width)
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }
}

impl<K: Key + Serialize> Serialize for KeyedCounts<K> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.rows())
    }
}

impl<'de, K: Key + Deserialize<'de>> Deserialize<'de> for KeyedCounts<K> {
    /// The width is that of the first row, and 1 where there is none; whoever holds the counts checks it.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde::de::Error;
        let rows = BTreeMap::<K, Vec<u64>>::deserialize(deserializer)?;
        let mut counts = Self::new(rows.values().next().map_or(1, Vec::len));
        let first = rows.keys().next().map_or(0, |key| key.index());
        for (key, row) in rows {
            if key.index() - first > MAX_SPAN {
                return Err(D::Error::custom("keys of counts lie too far apart"));
            }
            if row.len() != counts.width || row.iter().all(|&n| n == 0) {
                return Err(D::Error::custom(
                    "rows of counts must be equally long and not zero",
                ));
            }
            counts.row_mut(key).copy_from_slice(&row);
        }
        Ok(counts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_in_any_order() {
        let mut counts = KeyedCounts::<u32>::new(2);
        for (key, column) in [(7, 1), (3, 0), (9, 1), (7, 1), (7, 0)] {
            counts.count(key, column);
        }
        let rows: Vec<_> = counts
            .rows()
            .map(|(key, row)| (key, row.to_vec()))
            .collect();
        assert_eq!(rows, [(3, vec![1, 0]), (7, vec![1, 2]), (9, vec![0, 1])]);
        assert_eq!((counts.row(2), counts.row(10)), (None, None));
        let json = serde_json::to_string(&counts).unwrap();
        assert_eq!(json, r#"{"3":[1,0],"7":[1,2],"9":[0,1]}"#);
        assert_eq!(
            serde_json::from_str::<KeyedCounts<u32>>(&json).unwrap(),
            counts
        );
        for broken in [
            r#"{"3":[1],"7":[1,2]}"#,
            r#"{"3":[0,0]}"#,
            r#"{"3":[]}"#,
            r#"{"3":[1],"4000000000":[1]}"#,
        ] {
            assert!(serde_json::from_str::<KeyedCounts<u32>>(broken).is_err());
        }
    }
}
