//! Sentences that were seen before.

mod fingerprint;
mod generations;
mod mix;
mod options;
mod recent_runs;

pub use fingerprint::Fingerprint;
pub use options::DuplicateOptions;

use fingerprint::N_RUNS;
use generations::Generations;
use recent_runs::RecentRuns;

use crate::Error;

/// Fingerprints whose memory is read ahead together: their cache misses overlap.
const AHEAD: usize = 16;

/// How a sentence repeats an earlier one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DuplicateKind {
    /// Its normalised words are those of an earlier one.
    Exact,
    /// Most of its words are those of an earlier one, in the same order.
    Near,
}

/// Finds sentences seen before in one pass, in the order of the input and in fixed memory.
///
/// A sentence is an **exact** duplicate when its normalised words are those of an earlier one. It is a **near**-duplicate when it
/// shares one of four runs of five words with an earlier one and their sketches differ in at most `(n + 2) / 3`
/// bits, and at most 12, where `n` is its number of words ([`Fingerprint`] says what runs and sketches are). A sentence that is a
/// near-duplicate is not one to which later ones are compared: what is marked resembles something that was not, and
/// resemblance does not drift from one sentence to the next.
///
/// # What is missed
///
/// One word changed, dropped or added in a sentence of at least ten words leaves the first or the last run as it was, and up to five
/// words before a sentence leave the last. A changed word makes four pairs of neighbours differ, a dropped
/// or an added one three, *k* words before the sentence *k*; so of
/// such edits none is missed that is within memory, unless an edit leaves fewer than `min_words`. Two edits far apart make eight pairs
/// differ and are within the limit from 22 words on. They may touch both outer runs; each inner run outlives an edit in `n` words with
/// a chance of about `1 − 6 / n`.
///
/// # What is reported wrongly
///
/// As exact: different words with one hash, with a chance of the number of remembered sentences in 2⁶⁴. As near: by accident an
/// entry with another run, when eight bits of the run agree (1 in 255) and the sketches are close. Sketches of different sentences of
/// `n` words, which differ in `m = 28 (1 − (1 − 2/56)^(2n − 2))` bits on average, are that close once in 10⁴ times or less,
/// and 32 entries are looked at: less than 2 in 10⁵ sentences. More are sentences that do share a run (a set phrase, a
/// title with a name): sketches differ by fewer bits than pairs differ, since two pairs may fall on one bit. And sentences that differ
/// in the one word that matters are near-duplicates by definition.
///
/// # What is forgotten
///
/// A quarter of the memory holds exact hashes: the last `M/4 · 3/64` different sentences are remembered for certain and up to
/// twice as many at times (1.5 to 3.1 million of 128 MiB). Three quarters hold runs, four entries of eight bytes a
/// sentence, in lines of eight of which the latest stay. With room for `S` sentences (3.1 million of 128 MiB), an entry is still
/// there after `a` other sentences with a chance of `P(Poisson(8a/S) < 8)`: 0.999 at a quarter of `S`, 0.95 at half, 0.45 at `S`; and any of
/// the runs that two sentences share is enough. A run that very many different sentences share is remembered for
/// the eight latest. Without `near` the exact hashes have all the memory.
///
/// The outcome depends on the sentences and their order alone.
#[derive(Debug)]
pub struct Duplicates {
    exact: Generations,
    near: Option<RecentRuns>,
    min_words: u32,
}

impl Duplicates {
    /// Tables in which nothing has been seen.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidParameter`] when an option is out of range.
    pub fn new(options: &DuplicateOptions) -> Result<Self, Error> {
        options.check()?;
        let for_exact = match options.near {
            true => options.memory_bytes / 4,
            false => options.memory_bytes,
        };
        Ok(Self {
            exact: Generations::new(for_exact),
            near: options
                .near
                .then(|| RecentRuns::new(options.memory_bytes - for_exact)),
            min_words: options.min_words.try_into().unwrap_or(u32::MAX),
        })
    }

    /// Whether a sentence was seen before; if not, it is remembered.
    pub fn check(&mut self, fingerprint: &Fingerprint) -> Option<DuplicateKind> {
        let exact = self.exact.insert(fingerprint.words);
        let near = match &mut self.near {
            Some(table) if fingerprint.n_words >= self.min_words => seen_near(table, fingerprint),
            _ => false,
        };
        match (exact, near) {
            (true, _) => Some(DuplicateKind::Exact),
            (false, true) => Some(DuplicateKind::Near),
            (false, false) => None,
        }
    }

    /// Checks the sentences of a block, whose fingerprints were taken on any number of threads, and appends what
    /// [`check`](Self::check) says of each to `kinds`, in the order given. Faster than one by one: memory is read ahead.
    pub fn check_block(
        &mut self,
        fingerprints: &[Fingerprint],
        kinds: &mut Vec<Option<DuplicateKind>>,
    ) {
        kinds.reserve(fingerprints.len());
        for some in fingerprints.chunks(AHEAD) {
            let touched = some
                .iter()
                .fold(0, |touched, fingerprint| touched ^ self.touch(fingerprint));
            std::hint::black_box(touched);
            for fingerprint in some {
                let kind = self.check(fingerprint);
                kinds.push(kind);
            }
        }
    }

    /// The memory of the tables in bytes, which never changes.
    #[must_use]
    pub fn memory_bytes(&self) -> usize {
        self.exact.bytes() + self.near.as_ref().map_or(0, RecentRuns::bytes)
    }

    /// As long as fewer different sentences than this come between, an exact repetition is found for certain.
    #[must_use]
    pub fn guaranteed(&self) -> usize {
        self.exact.guaranteed()
    }

    /// The number of sentences whose runs there is room for; 0 when near-duplicates are not looked for.
    #[must_use]
    pub fn near_capacity(&self) -> usize {
        self.near.as_ref().map_or(0, RecentRuns::n_entries) / N_RUNS
    }

    #[inline]
    fn touch(&self, fingerprint: &Fingerprint) -> u64 {
        let exact = self.exact.touch(fingerprint.words);
        let Some(near) = &self.near else { return exact };
        let runs = fingerprint.runs.iter();
        runs.fold(exact, |touched, &run| touched ^ near.touch(run))
    }
}

/// Bits in which the sketches of near-duplicates differ at most, for a sentence of `n_words`.
fn limit(n_words: u32) -> u32 {
    ((n_words + 2) / 3).min(12)
}

/// Whether a sentence like this one is in `table`; if not, it is put there.
fn seen_near(table: &mut RecentRuns, fingerprint: &Fingerprint) -> bool {
    let &Fingerprint {
        runs,
        sketch,
        n_words,
        ..
    } = fingerprint;
    let limit = limit(n_words);
    // Not `any`: every entry that is met again becomes the first of its line.
    let found = runs
        .iter()
        .fold(false, |found, &run| found | table.find(run, sketch, limit));
    if !found {
        for (number, &run) in runs.iter().enumerate() {
            if !runs[..number].contains(&run) {
                table.insert(run, sketch);
            }
        }
    }
    found
}
