//! Spreads the bits of a hash.

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): one to one, and
/// every bit of the outcome depends on every bit of `hash`.
#[inline]
pub(super) fn mix(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}

/// The place of `hash` among `n`, by its highest bits (Lemire 2019, "Fast random integer generation in an interval").
#[inline]
pub(super) fn place(hash: u64, n: usize) -> usize {
    ((u128::from(hash) * n as u128) >> 64) as usize
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn places_are_below_their_number() {
        assert_eq!(place(0, 7), 0);
        assert_eq!(place(u64::MAX, 7), 6);
        assert_eq!(place(1 << 63, 6), 3);
    }
}
