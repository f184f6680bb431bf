//! What the features of a word summed up to when it was last seen.

use super::pages::Pages;

/// Words of at most this many symbols are remembered: they pack into sixteen bytes with two to spare.
pub(super) const MAX_SYMBOLS: usize = 14;

/// 2^18 places take 16 MiB with up to eight classes. With half as many, text seen before is a twentieth slower, fresh text a little faster.
const PLACE_BITS: u32 = 18;

/// Words of 64 bits before the sums of an entry: the key and the number of features.
const HEAD: usize = 2;

/// Words of 64 bits in a cache line.
const LINE: usize = 8;

/// Where the zone stands in the second half of a key, and behind it the number of features.
const ZONE_SHIFT: u32 = 48;
const COUNT_SHIFT: u32 = 54;

/// Odd, with bits spread evenly, so that the zones of a word lie apart.
const ZONE_MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;

/// The length of an entry in words of 64 bits: the head, then the sums, two to a word.
const fn entry_length(stride: usize) -> usize {
    HEAD + stride / 2
}

/// How many entries share a place: two where they fit in one cache line.
const fn entries_a_place(stride: usize) -> usize {
    if 2 * entry_length(stride) <= LINE {
        2
    } else {
        1
    }
}

/// The length of a place: whole cache lines, so that what is looked up for a word is a line, or as few as can be.
const fn place_length(stride: usize) -> usize {
    (entries_a_place(stride) * entry_length(stride)).next_multiple_of(LINE)
}

/// A cache from a word and its zone to the sums of the weights of its features, with their number. Up to four classes two entries
/// share a place, beyond that each has its own; if one more wants it, the one that came first is forgotten.
///
/// News repeats its words: most are found here, so that their hundreds of character n-grams need
/// not be looked up again. Sums are integers, hence what is found is exactly what would be computed.
#[derive(Debug)]
pub(super) struct WordMemo {
    /// Place after place, of numbers of 64 bits. All zero for an empty entry.
    places: Pages,
}

/// A word in a zone of the sentence.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Key {
    packed: [u64; HEAD],
    hash: u64,
}

impl Key {
    /// The key, in zone 0, of a word of 1 to [`MAX_SYMBOLS`] symbols, `packed` into sixteen bytes, with its hash.
    #[inline]
    pub(super) fn new(packed: [u64; HEAD], hash: u64) -> Self {
        Self { packed, hash }
    }

    /// The key of the same word in `zone`, below 64.
    #[inline]
    pub(super) fn in_zone(&self, zone: u8) -> Self {
        let zone = u64::from(zone);
        Self {
            packed: [self.packed[0], self.packed[1] | zone << ZONE_SHIFT],
            hash: self.hash ^ zone.wrapping_mul(ZONE_MULTIPLIER),
        }
    }

    #[inline]
    fn is_of(&self, entry: &[u64]) -> bool {
        let [first, second] = self.packed;
        entry[0] == first && (entry[1] ^ second) << (64 - COUNT_SHIFT) == 0
    }
}

impl Clone for WordMemo {
    /// An empty memo of the same size.
    fn clone(&self) -> Self {
        Self {
            places: Pages::zeroed(self.places.as_words().len()),
        }
    }
}

impl WordMemo {
    /// A memo for sums over `stride` classes.
    pub(super) fn new(stride: usize) -> Self {
        Self {
            places: Pages::zeroed(place_length(stride) << PLACE_BITS),
        }
    }

    /// Adds the sums that belong to `key` to `sums` and gives the number of features, if they are remembered.
    #[inline]
    pub(super) fn recall<const LANES: usize>(
        &self,
        key: &Key,
        sums: &mut [i32; LANES],
    ) -> Option<u32> {
        let (first, second) =
            self.places.as_words()[Self::place::<LANES>(key)].split_at(entry_length(LANES));
        let entry = if key.is_of(first) {
            first
        } else if entries_a_place(LANES) == 2 && key.is_of(second) {
            second
        } else {
            return None;
        };
        for (pair, &packed) in sums.chunks_exact_mut(2).zip(&entry[HEAD..]) {
            pair[0] += packed as u32 as i32;
            pair[1] += (packed >> 32) as u32 as i32;
        }
        Some((entry[1] >> COUNT_SHIFT) as u32)
    }

    /// Remembers the sums that belong to `key`, which was not known, and the number of features, below 1,024.
    pub(super) fn remember<const LANES: usize>(
        &mut self,
        key: &Key,
        sums: &[i32; LANES],
        n_features: u32,
    ) {
        let place = &mut self.places.as_words_mut()[Self::place::<LANES>(key)];
        let (first, second) = place.split_at_mut(entry_length(LANES));
        if entries_a_place(LANES) == 2 {
            second[..first.len()].copy_from_slice(first);
        }
        first[0] = key.packed[0];
        first[1] = key.packed[1] | u64::from(n_features) << COUNT_SHIFT;
        for (packed, pair) in first[HEAD..].iter_mut().zip(sums.chunks_exact(2)) {
            *packed = u64::from(pair[0] as u32) | u64::from(pair[1] as u32) << 32;
        }
    }

    #[inline]
    fn place<const LANES: usize>(key: &Key) -> std::ops::Range<usize> {
        let length = place_length(LANES);
        let start = (key.hash >> (64 - PLACE_BITS)) as usize * length;
        start..start + length
    }
}
