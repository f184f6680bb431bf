//! Finds the end of a word eight symbols at a time.

use crate::features::hash::load;
use crate::text::symbol::SEPARATOR;

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// The number of symbols before the first separator in `window`, which must hold one and sixteen bytes.
#[inline]
pub(super) fn length(window: &[u8]) -> usize {
    for at in [0, 8] {
        let separators = zero_bytes(load(&window[at..]) ^ (ONES * u64::from(SEPARATOR)));
        if separators != 0 {
            return at + separators.trailing_zeros() as usize / 8;
        }
    }
    memchr::memchr(SEPARATOR, window).unwrap_or(window.len())
}

/// The `len` symbols, at most 15, at the start of `window`, which must hold sixteen bytes, with zeros behind them.
#[inline]
pub(super) fn pack(window: &[u8], len: usize) -> [u64; 2] {
    let keep = |bytes: usize| {
        if bytes >= 8 {
            u64::MAX
        } else {
            (1 << (8 * bytes)) - 1
        }
    };
    [
        load(window) & keep(len),
        load(&window[8..]) & keep(len.saturating_sub(8)),
    ]
}

/// A high bit set in each zero byte of `bytes`; above the first zero byte there may be false ones
/// (Warren, Hacker's Delight, 6-1).
#[inline]
fn zero_bytes(bytes: u64) -> u64 {
    bytes.wrapping_sub(ONES) & !bytes & HIGHS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_of_any_length_is_found_and_packed() {
        for len in 0..40 {
            let mut window = vec![0xA1; len];
            window.push(SEPARATOR);
            window.extend([0x21; 20]);
            assert_eq!(length(&window), len);
            if len <= 15 {
                let mut expected = [0; 16];
                expected[..len].copy_from_slice(&window[..len]);
                let packed = pack(&window, len);
                assert_eq!(
                    [packed[0].to_le_bytes(), packed[1].to_le_bytes()].concat(),
                    expected
                );
            }
        }
    }
}
