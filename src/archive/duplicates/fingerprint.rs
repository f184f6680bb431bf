//! What is remembered of a sentence.

use crate::features::hash;
use crate::text::Symbols;

/// Words in a run.
const RUN: usize = 5;
/// Runs by which a sentence is looked up.
pub(super) const N_RUNS: usize = 4;
/// Bits of a sketch.
pub(super) const SKETCH_BITS: u32 = 56;
/// Odd, with bits spread evenly: 2^64 divided by the golden ratio.
const MULTIPLIER: u64 = 0x9E37_79B9_7F4A_7C15;
/// `MULTIPLIER` to the power of [`RUN`]: what a word weighs when it leaves a run.
const LEAVING: u64 = MULTIPLIER.wrapping_pow(RUN as u32);

/// What is needed of a sentence to know it again: 56 bytes whatever its length.
///
/// - Its normalised words and its digits in their order, hashed to 64 bits.
/// - Four runs of five words, hashed: the first, the last, and those that begin at the word with the least and with the
///   greatest hash. The latter two are where they are because of the words alone, so words before or behind do not move them (the
///   minimisers of Roberts et al. 2004, "Reducing storage requirements for biological sequence comparison").
/// - An odd sketch of 56 bits: each pair of neighbouring words flips one bit, so two sketches differ in at most as many bits as
///   there are pairs in one sentence and not in the other (Mitzenmacher, Pagh and Pham 2014, "Efficient estimation for high
///   similarities using odd sketches").
///
/// To runs and sketch all digits are one, as to the normaliser. The hashes are fixed, and someone who composes texts to that end can
/// make different ones meet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint {
    /// Never 0.
    pub(super) exact: u64,
    pub(super) runs: [u64; N_RUNS],
    pub(super) sketch: u64,
    pub(super) n_words: u32,
}

impl Fingerprint {
    /// The fingerprint of `text`, whose normalised form is `symbols`; the same on every machine. Allocates nothing.
    #[must_use]
    pub fn of(text: &str, symbols: &Symbols) -> Self {
        let bytes = symbols.with_slack();
        let (mut exact, mut run, mut sketch) = (0u64, 0u64, 0u64);
        // The hashes of the last five words, the oldest first; of words before the sentence they are zero.
        let mut recent = [0u64; RUN];
        let mut n_words = 0;
        let mut runs = [0u64; N_RUNS];
        let (mut least, mut greatest) = (u64::MAX, 0);
        for range in symbols.words() {
            let word = hash::word(&bytes[range.start..], range.len());
            exact = mix(exact ^ word);
            let (oldest, previous) = (recent[0], recent[RUN - 1]);
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
        if memchr::memchr(b'0', symbols.as_bytes()).is_some() {
            exact = text.chars().filter_map(digit).fold(exact, |exact, digit| {
                mix(exact ^ u64::from(digit).wrapping_mul(MULTIPLIER))
            });
        }
        Self {
            exact: exact.max(1),
            runs: runs.map(mix),
            sketch,
            n_words: n_words as u32,
        }
    }
}

/// The value of a European, Arabic-Indic or Persian digit; any other number is itself.
fn digit(c: char) -> Option<u32> {
    match c {
        '0'..='9' => Some(c as u32 - '0' as u32),
        '\u{0660}'..='\u{0669}' => Some(c as u32 - 0x0660),
        '\u{06F0}'..='\u{06F9}' => Some(c as u32 - 0x06F0),
        // Letters and marks, most of all the Arabic ones, without a search in the tables of Unicode.
        ..'\u{00B2}' | '\u{00BF}'..'\u{0700}' => None,
        _ => c.is_numeric().then_some(c as u32),
    }
}

/// The bit of the sketch that a pair of words flips.
#[inline]
fn bit(first: u64, second: u64) -> u32 {
    let pair = first.rotate_left(23).wrapping_add(second);
    let spread = pair.wrapping_mul(MULTIPLIER) >> 32;
    ((spread * u64::from(SKETCH_BITS)) >> 32) as u32
}

/// The finaliser of `SplitMix64` (Steele, Lea and Flood 2014, "Fast splittable pseudorandom number generators"): one to one, and
/// every bit of the outcome depends on every bit of `hash`.
#[inline]
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Normalizer;

    fn of(text: &str) -> Fingerprint {
        let mut symbols = Symbols::new();
        Normalizer::default().normalize_into(text, &mut symbols);
        Fingerprint::of(text, &symbols)
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
        assert!(empty.exact != one.exact && one.exact != two.exact);
        assert_eq!((empty.sketch, one.sketch), (0, 0));
    }

    #[test]
    fn every_number_has_a_digit_and_nothing_else_has() {
        for c in '\0'..=char::MAX {
            assert_eq!(digit(c).is_some(), c.is_numeric(), "{c:?}");
        }
    }

    #[test]
    fn numbers_are_told_apart_and_their_scripts_are_not() {
        let exact = |text| of(text).exact;
        assert_eq!(exact("قتل 12 في 2014"), exact("قتل ١٢ في ۲۰۱۴"));
        assert_ne!(exact("قتل 12 في 2014"), exact("قتل 21 في 2014"));
        assert_ne!(exact("1 23"), exact("12 3"), "words of other lengths");
        assert_ne!(exact("½"), exact("⅓"));
        assert_eq!(of("قتل 12").sketch, of("قتل 21").sketch);
    }
}
