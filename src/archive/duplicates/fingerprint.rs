//! What is remembered of a sentence.

use super::mix::mix;
use crate::features::hash;
use crate::text::Symbols;

/// Words in a run.
pub(super) const RUN: usize = 5;
/// Runs by which a sentence is looked up.
pub(super) const N_RUNS: usize = 4;
/// Bits of a sketch.
pub(super) const SKETCH_BITS: u32 = 56;
/// Odd, with bits spread evenly: 2^64 divided by the golden ratio.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
/// `MULTIPLIER` to the power of [`RUN`]: what a word weighs when it leaves a run.
const LEAVING: u64 = MULTIPLIER.wrapping_pow(RUN as u32);

/// What is remembered of a normalised sentence: 56 bytes whatever its length.
///
/// - Its words in their order, hashed to 64 bits.
/// - Four runs of five words, hashed: the first, the last, and the ones that begin at the word with the least and
///   with the greatest hash. The latter two are where they are because of the words alone, so words before or behind do not move
///   them (the minimisers of Roberts et al. 2004, "Reducing storage requirements for biological sequence comparison").
/// - An odd sketch of 56 bits: each pair of neighbouring words flips one bit, so two sketches differ in at most as many bits as
///   there are pairs in one sentence and not in the other (Mitzenmacher, Pagh and Pham 2014, "Efficient estimation for high
///   similarities using odd sketches").
///
/// Normalisation makes one digit of all digits: numbers of as many digits are the same to a fingerprint. The hashes are fixed, and
/// someone who composes texts to that end can make different ones meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    pub(super) words: u64,
    pub(super) runs: [u64; N_RUNS],
    pub(super) sketch: u64,
    pub(super) n_words: u32,
}

impl Fingerprint {
    /// The fingerprint of a normalised sentence, the same on every machine. Allocates nothing.
    ///
    /// # Examples
    ///
    /// ```
    /// use marsad::archive::Fingerprint;
    /// use marsad::text::{Normalizer, Symbols};
    ///
    /// let (normalizer, mut symbols) = (Normalizer::default(), Symbols::new());
    /// let mut fingerprint = |text| {
    ///     normalizer.normalize_into(text, &mut symbols);
    ///     Fingerprint::of(&symbols)
    /// };
    /// assert_eq!(fingerprint("أعلنت الوزارة:"), fingerprint("اعلنت «الوزارة»"));
    /// ```
    #[must_use]
    pub fn of(symbols: &Symbols) -> Self {
        let bytes = symbols.with_slack();
        let (mut words, mut run, mut sketch) = (0u64, 0u64, 0u64);
        // The hashes of the last five words, the oldest first; of words before the sentence they are zero.
        let mut recent = [0u64; RUN];
        let mut n_words = 0;
        let mut runs = [0u64; N_RUNS];
        let (mut least, mut greatest) = (u64::MAX, 0);
        for range in symbols.words() {
            let word = hash::word(&bytes[range.start..], range.len());
            words = mix(words ^ word);
            let oldest = recent[0];
            let previous = recent[RUN - 1];
            recent.copy_within(1.., 0);
            recent[RUN - 1] = word;
            run = run
                .wrapping_mul(MULTIPLIER)
                .wrapping_add(word)
                .wrapping_sub(oldest.wrapping_mul(LEAVING));
            if n_words > 0 {
                sketch ^= 1 << bit(previous, word);
            }
            n_words += 1;
            if n_words == RUN {
                runs[0] = run;
            }
            if n_words >= RUN {
                let start = recent[0];
                if start < least {
                    (least, runs[2]) = (start, run);
                }
                if start >= greatest {
                    (greatest, runs[3]) = (start, run);
                }
            }
        }
        runs[1] = run;
        Self {
            words,
            runs: runs.map(mix),
            sketch,
            n_words: n_words as u32,
        }
    }
}

/// The bit of the sketch that a pair of words flips.
#[inline]
fn bit(first: u64, second: u64) -> u32 {
    let pair = first.rotate_left(23).wrapping_add(second);
    let spread = pair.wrapping_mul(MULTIPLIER) >> 32;
    (spread * u64::from(SKETCH_BITS) >> 32) as u32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Normalizer;

    fn of(text: &str) -> Fingerprint {
        let mut symbols = Symbols::new();
        Normalizer::default().normalize_into(text, &mut symbols);
        Fingerprint::of(&symbols)
    }

    #[test]
    fn runs_are_the_same_wherever_they_stand() {
        let runs = |text| of(text).runs;
        let five = runs("b c d e f");
        assert_eq!(five, [five[0]; N_RUNS], "five words are one run");
        assert_eq!(runs("b c d e f g")[0], five[0]);
        assert_eq!(runs("x y z b c d e f")[1], five[0]);
        assert_ne!(runs("c b d e f")[0], five[0]);
    }

    #[test]
    fn words_before_and_behind_seldom_move_the_inner_runs() {
        let text = "a b c d e f g h i j k l m n o p q r s t";
        let whole = of(text).runs;
        let inner = |text: &str| {
            let runs = of(text).runs;
            usize::from(runs[2] == whole[2]) + usize::from(runs[3] == whole[3])
        };
        assert_eq!(inner(text), 2);
        // A run moves when the new word has the least or the greatest hash: 2 of 21 times, here about 5 of 52.
        let same: usize = ('a'..='z')
            .map(|c| inner(&format!("{c}{c}{c} {text}")))
            .sum();
        assert!(same > 40, "{same} of 52");
    }

    #[test]
    fn the_sketch_counts_pairs_of_words_that_differ() {
        let distance = |a, b| (of(a).sketch ^ of(b).sketch).count_ones();
        let text = "a b c d e f g h";
        // One word changed: two pairs go and two come. A word before: one pair comes. Two pairs may share a bit.
        for (other, pairs) in [
            ("a b c d e f g h", 0),
            ("a b c x e f g h", 4),
            ("a b c e f g h", 3),
            ("x a b c d e f g h", 1),
            ("a b c d e f g x", 2),
        ] {
            let distance = distance(text, other);
            assert!(
                distance <= pairs && distance % 2 == pairs % 2,
                "{other}: {distance}"
            );
        }
        assert!(distance(text, "q r s t u v w x") > 4);
    }

    #[test]
    fn short_and_empty_sentences_have_fingerprints() {
        let (empty, one, two) = (of("  ... "), of("نعم"), of("نعم نعم"));
        assert_eq!((empty.n_words, one.n_words, two.n_words), (0, 1, 2));
        assert!(empty.words != one.words && one.words != two.words);
        assert_eq!((empty.sketch, one.sketch), (0, 0));
    }
}
