//! How often two words stand near one another.

use std::ops::Range;

use rayon::prelude::*;

/// Stands for a word outside the vocabulary: it keeps its place in the window.
pub(super) const UNKNOWN: u32 = u32::MAX;
/// Ends a sentence: no window reaches across it.
pub(super) const BOUNDARY: u32 = u32::MAX - 1;

/// Rows are counted in this many pieces, by any number of threads.
const PIECES: usize = 256;

/// A symmetric sparse matrix of counts, the columns of a row rising.
///
/// A pair of words at distance `d ≤ window` counts `window + 1 − d`: linear weights as whole numbers, so that sums do not
/// depend on their order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cooccurrence {
    pub(super) row_starts: Vec<usize>,
    pub(super) columns: Vec<u32>,
    pub(super) counts: Vec<u32>,
}

impl Cooccurrence {
    /// No pair of `n_words` words.
    pub(super) fn new(n_words: usize) -> Self {
        Self {
            row_starts: vec![0; n_words + 1],
            columns: Vec::new(),
            counts: Vec::new(),
        }
    }

    pub(super) fn n_words(&self) -> usize {
        self.row_starts.len() - 1
    }

    /// The number of pairs, each counted in both directions.
    pub(super) fn n_pairs(&self) -> usize {
        self.columns.len()
    }

    fn row(&self, row: usize) -> (&[u32], &[u32]) {
        let range = self.row_starts[row]..self.row_starts[row + 1];
        (&self.columns[range.clone()], &self.counts[range])
    }

    /// The pairs of a text of `n_words` words given by their numbers, [`UNKNOWN`] and [`BOUNDARY`].
    pub(super) fn of(tokens: &[u32], n_words: usize, window: usize) -> Self {
        let positions = Positions::new(tokens, n_words);
        Self::by_rows(n_words, &positions.pieces(), |rows| {
            let mut piece = Piece::default();
            let mut sums = vec![0u32; n_words];
            let mut seen = Vec::new();
            for row in rows {
                for &at in positions.of(row) {
                    let at = at as usize;
                    let before = tokens[at.saturating_sub(window)..at].iter().rev();
                    let after = tokens[at + 1..].iter().take(window);
                    add_side(before, window, &mut sums, &mut seen);
                    add_side(after, window, &mut sums, &mut seen);
                }
                seen.sort_unstable();
                for column in seen.drain(..) {
                    piece.push(column, std::mem::take(&mut sums[column as usize]));
                }
                piece.end_row();
            }
            piece
        })
    }

    /// The sum of two matrices over the same words.
    pub(super) fn plus(&self, other: &Self) -> Self {
        let rows = even_pieces(self.n_words());
        Self::by_rows(self.n_words(), &rows, |rows| {
            let mut piece = Piece::default();
            for row in rows {
                let ((columns, counts), (other_columns, other_counts)) =
                    (self.row(row), other.row(row));
                let (mut a, mut b) = (0, 0);
                while a < columns.len() || b < other_columns.len() {
                    let left = columns.get(a).copied().unwrap_or(u32::MAX);
                    let right = other_columns.get(b).copied().unwrap_or(u32::MAX);
                    let column = left.min(right);
                    let mut count = 0u32;
                    if left == column {
                        count = counts[a];
                        a += 1;
                    }
                    if right == column {
                        count = count.saturating_add(other_counts[b]);
                        b += 1;
                    }
                    piece.push(column, count);
                }
                piece.end_row();
            }
            piece
        })
    }

    /// The matrix without the pairs that count at most `least`.
    pub(super) fn above(&self, least: u32) -> Self {
        let rows = even_pieces(self.n_words());
        Self::by_rows(self.n_words(), &rows, |rows| {
            let mut piece = Piece::default();
            for row in rows {
                let (columns, counts) = self.row(row);
                for (&column, &count) in columns.iter().zip(counts) {
                    if count > least {
                        piece.push(column, count);
                    }
                }
                piece.end_row();
            }
            piece
        })
    }

    /// Joins the rows that `count` makes of each of `pieces`, which follow one another.
    fn by_rows(
        n_words: usize,
        pieces: &[Range<usize>],
        count: impl Fn(Range<usize>) -> Piece + Sync + Send,
    ) -> Self {
        let pieces: Vec<Piece> = pieces.par_iter().cloned().map(count).collect();
        let mut joined = Self::new(n_words);
        let n_pairs = pieces.iter().map(|piece| piece.columns.len()).sum();
        joined.columns.reserve_exact(n_pairs);
        joined.counts.reserve_exact(n_pairs);
        joined.row_starts.truncate(1);
        for piece in pieces {
            let start = joined.columns.len();
            joined
                .row_starts
                .extend(piece.row_ends.iter().map(|end| start + end));
            joined.columns.extend(piece.columns);
            joined.counts.extend(piece.counts);
        }
        joined
    }
}

/// Adds what the words on one side of a word count, the nearest first.
fn add_side<'a>(
    side: impl Iterator<Item = &'a u32>,
    window: usize,
    sums: &mut [u32],
    seen: &mut Vec<u32>,
) {
    for (&token, weight) in side.zip((1..=window as u32).rev()) {
        match token {
            BOUNDARY => return,
            UNKNOWN => {}
            token => {
                let sum = &mut sums[token as usize];
                if *sum == 0 {
                    seen.push(token);
                }
                *sum = sum.saturating_add(weight);
            }
        }
    }
}

/// Rows under construction.
#[derive(Debug, Default)]
struct Piece {
    row_ends: Vec<usize>,
    columns: Vec<u32>,
    counts: Vec<u32>,
}

impl Piece {
    fn push(&mut self, column: u32, count: u32) {
        self.columns.push(column);
        self.counts.push(count);
    }

    fn end_row(&mut self) {
        self.row_ends.push(self.columns.len());
    }
}

/// Where each word stands.
struct Positions {
    starts: Vec<usize>,
    positions: Vec<u32>,
}

impl Positions {
    fn new(tokens: &[u32], n_words: usize) -> Self {
        let known = || (0u32..).zip(tokens).filter(|&(_, &token)| token < BOUNDARY);
        let mut starts = vec![0; n_words + 1];
        for (_, &token) in known() {
            starts[token as usize + 1] += 1;
        }
        for word in 0..n_words {
            starts[word + 1] += starts[word];
        }
        let mut next = starts.clone();
        let mut positions = vec![0; starts[n_words]];
        for (at, &token) in known() {
            let slot = &mut next[token as usize];
            positions[*slot] = at;
            *slot += 1;
        }
        Self { starts, positions }
    }

    fn of(&self, word: usize) -> &[u32] {
        &self.positions[self.starts[word]..self.starts[word + 1]]
    }

    /// Ranges of words that occur about equally often in all.
    fn pieces(&self) -> Vec<Range<usize>> {
        let n_words = self.starts.len() - 1;
        let share = self.positions.len().div_ceil(PIECES).max(1);
        let mut pieces = Vec::new();
        let mut start = 0;
        while start < n_words {
            let end = self
                .starts
                .partition_point(|&at| at < self.starts[start] + share)
                .clamp(start + 1, n_words);
            pieces.push(start..end);
            start = end;
        }
        pieces
    }
}

fn even_pieces(n_words: usize) -> Vec<Range<usize>> {
    let step = n_words.div_ceil(PIECES).max(1);
    (0..n_words)
        .step_by(step)
        .map(|start| start..n_words.min(start + step))
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// By the definition: every pair of places in one sentence, at most `window` apart.
    fn by_definition(tokens: &[u32], n_words: usize, window: usize) -> Vec<Vec<u32>> {
        let mut counts = vec![vec![0; n_words]; n_words];
        for (a, &left) in tokens.iter().enumerate() {
            for (b, &right) in tokens.iter().enumerate().skip(a + 1) {
                if right == BOUNDARY || left == BOUNDARY {
                    break;
                }
                if b - a <= window && left != UNKNOWN && right != UNKNOWN {
                    let weight = (window + 1 - (b - a)) as u32;
                    counts[left as usize][right as usize] += weight;
                    counts[right as usize][left as usize] += weight;
                }
            }
        }
        counts
    }

    fn dense(matrix: &Cooccurrence) -> Vec<Vec<u32>> {
        let n_words = matrix.n_words();
        let mut counts = vec![vec![0; n_words]; n_words];
        for (row, dense) in counts.iter_mut().enumerate() {
            let (columns, values) = matrix.row(row);
            assert!(columns.is_sorted());
            for (&column, &value) in columns.iter().zip(values) {
                dense[column as usize] = value;
            }
        }
        counts
    }

    proptest! {
        #[test]
        fn pairs_are_counted_as_defined_in_one_piece_or_two(
            words in prop::collection::vec(0u32..8, 0..60),
            cut in 0usize..60,
            window in 1usize..6,
        ) {
            // 6 stands for an unknown word, 7 for the end of a sentence.
            let mut tokens: Vec<u32> = words
                .iter()
                .map(|&word| match word { 6 => UNKNOWN, 7 => BOUNDARY, word => word })
                .collect();
            let whole = Cooccurrence::of(&tokens, 6, window);
            prop_assert_eq!(dense(&whole), by_definition(&tokens, 6, window));

            let cut = cut.min(tokens.len());
            tokens.insert(cut, BOUNDARY);
            let parts = Cooccurrence::of(&tokens[..cut], 6, window)
                .plus(&Cooccurrence::of(&tokens[cut..], 6, window));
            prop_assert_eq!(&parts, &Cooccurrence::of(&tokens, 6, window));
            prop_assert_eq!(
                dense(&parts.above(3)),
                dense(&parts).into_iter()
                    .map(|row| row.into_iter().map(|count| if count > 3 { count } else { 0 }).collect())
                    .collect::<Vec<Vec<u32>>>()
            );
        }
    }
}
