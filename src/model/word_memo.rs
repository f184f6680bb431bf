//! What the features of a word summed up to when it was last seen.

/// Words of at most this many symbols are remembered: they pack into sixteen bytes with a zero behind them.
pub(super) const MAX_SYMBOLS: usize = 15;

/// Words of 64 bits before the sums of a slot: the symbols of the word, packed, and the number of its features.
const HEAD: usize = 3;

/// A direct-mapped cache from a word to the sum of the weights of its own features and their number.
///
/// News repeats its words: most are found here, so that their hundreds of character n-grams need
/// not be looked up again. Sums are integers, hence what is found is exactly what would be computed.
#[derive(Debug, Clone)]
pub(super) struct WordMemo {
    /// Slot after slot: the head, then the sums, two to an entry. All zero for an empty slot. One allocation, so that a
    /// slot lies in one cache line or two.
    slots: Vec<u64>,
    /// There are 2 to this power slots.
    bits: u32,
}

impl WordMemo {
    /// A memo of 2^`bits` words for sums over `stride` classes.
    pub(super) fn new(stride: usize, bits: u32) -> Self {
        Self {
            slots: vec![0; (HEAD + stride / 2) << bits],
            bits,
        }
    }

    /// Adds the sum of the features of `word` to `sums` and gives their number, if it is the last word seen of
    /// those with its slot.
    #[inline]
    pub(super) fn add<const LANES: usize>(
        &self,
        hash: u64,
        word: [u64; 2],
        sums: &mut [i32; LANES],
    ) -> Option<u32> {
        let slot = &self.slots[slot_of::<LANES>(hash, self.bits)..][..HEAD + LANES / 2];
        if slot[..2] != word {
            return None;
        }
        for (pair, &packed) in sums.chunks_exact_mut(2).zip(&slot[HEAD..]) {
            pair[0] += packed as u32 as i32;
            pair[1] += (packed >> 32) as u32 as i32;
        }
        Some(slot[2] as u32)
    }

    pub(super) fn remember<const LANES: usize>(
        &mut self,
        hash: u64,
        word: [u64; 2],
        sums: &[i32; LANES],
        n_features: u32,
    ) {
        let slot = &mut self.slots[slot_of::<LANES>(hash, self.bits)..][..HEAD + LANES / 2];
        slot[..2].copy_from_slice(&word);
        slot[2] = u64::from(n_features);
        for (packed, pair) in slot[HEAD..].iter_mut().zip(sums.chunks_exact(2)) {
            *packed = u64::from(pair[0] as u32) | u64::from(pair[1] as u32) << 32;
        }
    }
}

#[inline]
fn slot_of<const LANES: usize>(hash: u64, bits: u32) -> usize {
    (hash >> (64 - bits)) as usize * (HEAD + LANES / 2)
}
