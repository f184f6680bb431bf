//! What the features of a word summed up to when it was last seen.

/// Words of at most this many symbols are remembered: they pack into sixteen bytes with a zero behind them.
pub(super) const MAX_SYMBOLS: usize = 15;

/// 2^18 words take 16 MiB with four classes. Measured on an archive of 564,000 sentences: 2^14 make prediction
/// half as slow again, 2^16 a tenth.
const SLOT_BITS: u32 = 18;

/// Words of 64 bits before the sums of a slot: the symbols of the word, packed, the number of its features, and one more than the
/// number of its features in the opening, 0 if those have not been summed yet.
const HEAD: usize = 4;

/// Words of 64 bits in a cache line.
const LINE: usize = 8;

/// A direct-mapped cache from a word to the sums of the weights of its own features, and of those it has in the opening of a
/// sentence, with their numbers.
///
/// News repeats its words: most are found here, so that their hundreds of character n-grams need
/// not be looked up again. Sums are integers, hence what is found is exactly what would be computed.
#[derive(Debug)]
pub(super) struct WordMemo {
    /// Slot after slot: the head, the sums, the sums of the opening, two to an entry. All zero for an empty slot. With four classes
    /// a slot is a cache line.
    slots: Vec<u64>,
    /// Where the first cache line begins.
    start: usize,
}

impl Clone for WordMemo {
    /// An empty memo of the same size: the copy lies elsewhere, and its lines begin elsewhere.
    fn clone(&self) -> Self {
        Self::with_length(self.slots.len() - LINE)
    }
}

impl WordMemo {
    /// A memo for sums over `stride` classes.
    pub(super) fn new(stride: usize) -> Self {
        Self::with_length((HEAD + stride) << SLOT_BITS)
    }

    fn with_length(length: usize) -> Self {
        let slots = vec![0; length + LINE];
        let start = slots.as_ptr().align_offset(LINE * size_of::<u64>());
        Self {
            slots,
            // `align_offset` may give up, with a number beyond all bounds.
            start: start.min(LINE),
        }
    }

    /// The slot of the words with this hash.
    #[inline]
    pub(super) fn slot<const LANES: usize>(&mut self, hash: u64) -> Slot<'_, LANES> {
        let start = self.start + (hash >> (64 - SLOT_BITS)) as usize * (HEAD + LANES);
        Slot(&mut self.slots[start..][..HEAD + LANES])
    }
}

/// The place of a word in the memo.
pub(super) struct Slot<'a, const LANES: usize>(&'a mut [u64]);

impl<const LANES: usize> Slot<'_, LANES> {
    /// Whether `word` is the last word seen of those with this slot.
    #[inline]
    pub(super) fn holds(&self, word: [u64; 2]) -> bool {
        self.0[..2] == word
    }

    /// Forgets the word before and remembers `word`.
    pub(super) fn remember(&mut self, word: [u64; 2], sums: &[i32; LANES], n_features: u32) {
        self.0[..2].copy_from_slice(&word);
        self.0[2] = u64::from(n_features);
        self.0[3] = 0;
        pack(&mut self.0[HEAD..HEAD + LANES / 2], sums);
    }

    /// Adds the sum of the word's features and gives their number.
    #[inline]
    pub(super) fn add(&self, sums: &mut [i32; LANES]) -> u32 {
        add(&self.0[HEAD..HEAD + LANES / 2], sums);
        self.0[2] as u32
    }

    /// Whether the features that the word has in the opening are summed.
    #[inline]
    pub(super) fn knows_opening(&self) -> bool {
        self.0[3] != 0
    }

    pub(super) fn remember_opening(&mut self, sums: &[i32; LANES], n_features: u32) {
        self.0[3] = u64::from(n_features) + 1;
        pack(&mut self.0[HEAD + LANES / 2..], sums);
    }

    /// Adds the sum of the features that the word has in the opening and gives their number.
    #[inline]
    pub(super) fn add_opening(&self, sums: &mut [i32; LANES]) -> u32 {
        add(&self.0[HEAD + LANES / 2..], sums);
        self.0[3] as u32 - 1
    }
}

fn pack(packed: &mut [u64], sums: &[i32]) {
    for (packed, pair) in packed.iter_mut().zip(sums.chunks_exact(2)) {
        *packed = u64::from(pair[0] as u32) | u64::from(pair[1] as u32) << 32;
    }
}

#[inline]
fn add(packed: &[u64], sums: &mut [i32]) {
    for (pair, &packed) in sums.chunks_exact_mut(2).zip(packed) {
        pair[0] += packed as u32 as i32;
        pair[1] += (packed >> 32) as u32 as i32;
    }
}
