//! The parts that the jackknife leaves out.

use std::ops::Range;

/// More units than this are left out several at a time.
const MOST: usize = 2000;

/// The units, in blocks that the jackknife leaves out one after the other: of one unit each, or, where there are more than 2,000,
/// 2,000 blocks as equal as can be.
///
/// The sums of squares and of cubes of which the acceleration is made are expected to be the same for blocks as for units: both
/// grow like the size of a block while their number falls by it. So only the noise of the estimate grows, and 100,000 sentences do not
/// take 100,000 passes.
pub(super) fn blocks(n_units: usize) -> Vec<Range<usize>> {
    let n_blocks = n_units.min(MOST);
    (0..n_blocks)
        .map(|block| block * n_units / n_blocks..(block + 1) * n_units / n_blocks)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_unit_is_left_out_once() {
        for n_units in [0, 1, 7, 2000, 2001, 12_345] {
            let blocks = blocks(n_units);
            assert_eq!(blocks.len(), n_units.min(2000));
            assert!(blocks.iter().flat_map(Clone::clone).eq(0..n_units));
            assert!(
                blocks
                    .iter()
                    .all(|block| (block.len() - n_units / blocks.len()) < 2)
            );
        }
    }
}
