//! Keys of features, and the buckets they fall into.
//!
//! A character n-gram of up to seven symbols *is* its key: the symbols packed into a `u64` with their
//! number above them. Everything else is hashed to 64 bits first. The bucket is the top of
//! the product with an odd constant (multiply-shift; Dietzfelbinger et al. 1997, "A reliable
//! randomized algorithm for the closest-pair problem").

/// Odd, with bits spread evenly: 2^64 divided by the golden ratio.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
/// Odd, from the finaliser of `MurmurHash3`.
const MIXER: u64 = 0xFF51_AFD7_ED55_8CCD;

/// Sets keys of the kinds apart from one another.
#[derive(Debug, Clone, Copy)]
pub(super) enum Seed {
    Word = 0x1F,
    Subword = 0x2F,
    WordBigram = 0x3F,
    Opening = 0x4F,
}

/// The bucket of `key` among 2^`bits`.
#[inline]
pub(super) fn bucket(key: u64, bits: u8) -> u32 {
    (key.wrapping_mul(MULTIPLIER) >> (64 - bits)) as u32
}

/// The first eight bytes of `bytes`, which must hold them, little end first.
#[inline]
pub(crate) fn load(bytes: &[u8]) -> u64 {
    bytes
        .first_chunk()
        .map_or(0, |chunk| u64::from_le_bytes(*chunk))
}

/// The `n` symbols, 1 to 7, at the start of `window`, which must hold eight bytes, as a key.
#[inline]
pub(super) fn ngram(window: &[u8], n: u32) -> u64 {
    load(window) & ((1 << (8 * n)) - 1) | u64::from(n) << 56
}

/// The key of the same n-gram in the opening that is `words` words long, 1 to 16.
#[inline]
pub(super) fn opening_ngram(ngram: u64, words: u8) -> u64 {
    ngram | u64::from(words) << 59
}

#[inline]
fn mix(hash: u64) -> u64 {
    let hash = hash.wrapping_mul(MIXER);
    hash ^ hash >> 32
}

/// Hashes the `len` symbols at the start of `window`, which must hold sixteen bytes more.
#[inline]
pub(crate) fn word(window: &[u8], len: usize) -> u64 {
    let mut hash = len as u64;
    let mut at = 0;
    while at + 8 <= len {
        hash = mix(hash ^ load(&window[at..]));
        at += 8;
    }
    if at < len {
        hash = mix(hash ^ load(&window[at..]) & ((1 << (8 * (len - at))) - 1));
    }
    mix(hash)
}

/// The key of a feature of one hashed part.
#[inline]
pub(super) fn seeded(seed: Seed, part: u64, variant: u8) -> u64 {
    mix(part ^ (seed as u64 | u64::from(variant) << 8).wrapping_mul(MULTIPLIER))
}

/// The key of a feature of two hashed parts whose order counts.
#[inline]
pub(super) fn pair(seed: Seed, first: u64, second: u64) -> u64 {
    seeded(seed, first.rotate_left(23).wrapping_add(second), 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_hash_sees_the_word_alone() {
        let mut padded = b"bayrut and more, and more still".to_vec();
        let hash = word(&padded, 6);
        padded[6..].fill(7);
        assert_eq!(word(&padded, 6), hash);
        assert_ne!(word(&padded, 7), hash);
    }

    #[test]
    fn buckets_fill_evenly() {
        // 2^14 n-grams of two letters and a number into 2^10 buckets: 16 each on average. With a fair hash
        // the chance of a bucket over 48 is below 10^-9.
        let mut filled = vec![0u32; 1 << 10];
        for code in 0..1u64 << 14 {
            let window = [
                0xA1 + (code & 31) as u8,
                0xA1 + (code >> 5 & 31) as u8,
                (code >> 10) as u8,
                0,
                0,
                0,
                0,
                0,
            ];
            filled[bucket(ngram(&window, 3), 10) as usize] += 1;
        }
        assert!(filled.iter().all(|&n| n <= 48), "{:?}", filled.iter().max());
    }
}
