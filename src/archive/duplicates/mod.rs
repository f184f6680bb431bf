//! Sentences that were seen before.

mod fingerprint;
mod recent;

pub use fingerprint::Fingerprint;

use fingerprint::{N_RUNS, SKETCH_BITS};
use recent::Recent;

use super::Duplicate;
use crate::Error;

/// Sentences of fewer words have exact duplicates only: below ten, one word may be in the first and in the last run of five.
const MIN_WORDS: u32 = 10;
/// Fingerprints whose memory is read ahead together: their cache misses overlap.
const AHEAD: usize = 16;

/// Finds sentences seen before in one pass, in the order of the input and in fixed memory.
///
/// A sentence is an **exact** duplicate when its normalised words and its digits are those of an earlier one. One of at least ten
/// words is a **near**-duplicate when it shares one of four runs of five words with an earlier one and their sketches differ in at
/// most a third as many bits as it has words, rounded up, and at most 12 ([`Fingerprint`] says what runs and sketches are). Later
/// sentences are not compared with a near-duplicate: what is near resembles a sentence that was new, and resemblance does not
/// drift from one sentence to the next.
///
/// The outcome depends on the sentences and their order alone. `docs/duplicates.md` derives and measures the errors:
///
/// - One word changed, dropped or added, or up to five words put before the sentence, is never missed if both sentences have ten words
///   and the earlier is remembered; heavier edits may be.
/// - A sentence takes at most five entries of eight bytes. With room for `S` sentences (3.4 million in 128 MiB) an entry is there after
///   `a` other sentences with a chance of `P(Poisson(8a/S) < 8)`: 0.999 at a quarter of `S`, 0.95 at half, 0.45 at `S`.
/// - Different sentences are taken for exact duplicates with a chance of 2⁻⁶⁴ a pair. Taken for near ones are those that share a
///   run and whose sketches happen to be closer than their words.
///
/// # Examples
///
/// ```
/// use marsad::archive::{Duplicate, Duplicates, Fingerprint};
/// use marsad::text::{Normalizer, Symbols};
///
/// let (normalizer, mut symbols) = (Normalizer::default(), Symbols::new());
/// let mut duplicates = Duplicates::new(1 << 20)?;
/// let mut seen = |text| {
///     normalizer.normalize_into(text, &mut symbols);
///     duplicates.check(&Fingerprint::of(text, &symbols))
/// };
/// assert_eq!(seen("قتل 12 شخصا وأصيب آخرون في انفجار سيارة وسط العاصمة صباح اليوم"), None);
/// assert_eq!(seen("قتل 12 شخصاً وأُصيب آخرون في انفجار سيارة وسط العاصمة، صباح اليوم."), Some(Duplicate::Exact));
/// assert_eq!(seen("قتل 15 شخصا وأصيب آخرون في انفجار سيارة وسط العاصمة صباح اليوم"), Some(Duplicate::Near));
/// # Ok::<(), marsad::Error>(())
/// ```
#[derive(Debug)]
pub struct Duplicates {
    /// Exact hashes, which are their own keys, and sketches under the keys of runs, with eight bits of the run above the sketch. An
    /// entry of one kind is taken for one of the other as seldom as for another of its own.
    entries: Recent,
}

impl Duplicates {
    /// The memory that suits most archives: 128 MiB.
    pub const DEFAULT_BYTES: usize = 128 << 20;

    /// A table of at most `bytes`, at least 4,096, in which nothing has been seen.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] for fewer bytes.
    pub fn new(bytes: usize) -> Result<Self, Error> {
        if bytes < 4096 {
            return Err(Error::InvalidParameter {
                parameter: "memory for duplicates",
                rule: "at least 4096 bytes",
                got: bytes.to_string(),
            });
        }
        Ok(Self {
            entries: Recent::new(bytes),
        })
    }

    /// How a sentence repeats one seen before; `None` for a new one, which is remembered.
    pub fn check(&mut self, fingerprint: &Fingerprint) -> Option<Duplicate> {
        let Fingerprint { exact, n_words, .. } = *fingerprint;
        let is_exact = self.entries.find(exact, |entry| entry == exact);
        if !is_exact {
            self.entries.insert(exact, exact);
        }
        let is_near = n_words >= MIN_WORDS && self.check_near(fingerprint);
        match (is_exact, is_near) {
            (true, _) => Some(Duplicate::Exact),
            (false, true) => Some(Duplicate::Near),
            (false, false) => None,
        }
    }

    /// What [`check`](Self::check) says of each, in their order. Faster than one by one: memory is read ahead.
    #[must_use]
    pub fn check_all(&mut self, fingerprints: &[Fingerprint]) -> Vec<Option<Duplicate>> {
        let mut outcome = Vec::with_capacity(fingerprints.len());
        for some in fingerprints.chunks(AHEAD) {
            let keys = some.iter().flat_map(|f| f.runs.iter().chain([&f.exact]));
            std::hint::black_box(keys.fold(0, |read, &key| read ^ self.entries.touch(key)));
            outcome.extend(some.iter().map(|fingerprint| self.check(fingerprint)));
        }
        outcome
    }

    /// The memory of the table in bytes, which never changes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.entries.bytes()
    }

    /// The number of sentences there is room for: `S` above.
    #[must_use]
    pub fn capacity(&self) -> usize {
        self.entries.n_entries() / (N_RUNS + 1)
    }

    /// Whether a sentence like this one was seen; if not, it is remembered.
    fn check_near(&mut self, fingerprint: &Fingerprint) -> bool {
        let limit = limit(fingerprint.n_words);
        let runs = fingerprint.runs;
        // Not `any`: every entry that is met again becomes the first of its line.
        let found = runs.iter().fold(false, |found, &run| {
            let sought = entry(run, fingerprint.sketch);
            found
                | self.entries.find(run, |entry| {
                    let differing = entry ^ sought;
                    differing >> SKETCH_BITS == 0 && differing.count_ones() <= limit
                })
        });
        if !found {
            for (number, &run) in runs.iter().enumerate() {
                if !runs[..number].contains(&run) {
                    self.entries.insert(run, entry(run, fingerprint.sketch));
                }
            }
        }
        found
    }
}

/// Bits in which the sketches of near-duplicates differ at most, for a sentence of `n_words`.
fn limit(n_words: u32) -> u32 {
    n_words.div_ceil(3).min(12)
}

/// The entry of a run in a sentence. The line is chosen by the highest bits of the run, so its lowest tell it from others there.
#[inline]
fn entry(run: u64, sketch: u64) -> u64 {
    (run & 0xFF).max(1) << SKETCH_BITS | sketch
}
