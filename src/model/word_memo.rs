//! What the features of a word summed up to when it was last seen.

/// Words of at most this many symbols are remembered: they pack into sixteen bytes with a zero behind them.
pub(super) const MAX_SYMBOLS: usize = 15;

/// 2^14 words take about 650 KiB with four classes, which leaves room in a 2 MiB level 2 cache for
/// the weights of the rarer ones.
const SLOT_BITS: u32 = 14;

/// A direct-mapped cache from a word to the sum of the weights of its own features and their number.
///
/// News repeats its words: nine in ten are found here, so that their hundreds of character n-grams need
/// not be looked up again. Sums are integers, hence what is found is exactly what would be computed.
#[derive(Debug, Clone)]
pub(super) struct WordMemo {
    slots: Vec<Slot>,
    /// The sums of slot `i` start at `i · stride`.
    sums: Vec<i32>,
    stride: usize,
}

#[derive(Debug, Clone, Copy, Default)]
struct Slot {
    /// The symbols of the word, packed; zero for an empty slot.
    word: [u64; 2],
    n_features: u32,
}

impl WordMemo {
    pub(super) fn new(stride: usize) -> Self {
        Self {
            slots: vec![Slot::default(); 1 << SLOT_BITS],
            sums: vec![0; stride << SLOT_BITS],
            stride,
        }
    }

    /// Sum and number of the features of `word`, if it is the last word seen of those with its slot.
    #[inline]
    pub(super) fn find<const LANES: usize>(
        &self,
        hash: u64,
        word: [u64; 2],
    ) -> Option<(&[i32; LANES], u32)> {
        let index = slot_of(hash);
        let slot = &self.slots[index];
        if slot.word != word {
            return None;
        }
        let sums = self.sums[index * LANES..].first_chunk()?;
        Some((sums, slot.n_features))
    }

    pub(super) fn remember<const LANES: usize>(
        &mut self,
        hash: u64,
        word: [u64; 2],
        sums: &[i32; LANES],
        n_features: u32,
    ) {
        let index = slot_of(hash);
        self.slots[index] = Slot { word, n_features };
        self.sums[index * self.stride..][..LANES].copy_from_slice(sums);
    }
}

#[inline]
fn slot_of(hash: u64) -> usize {
    (hash >> (64 - SLOT_BITS)) as usize
}
