//! The table of the normaliser, looked up for 64 bytes at a time.
//!
//! Only with AVX-512 and its byte permutations (VBMI, VBMI2: Intel since Ice Lake, AMD since Zen 4). The one module with `unsafe`: behind it
//! are the processor's instructions, and loads and stores of 64 bytes.

#[cfg(target_arch = "x86_64")]
pub(super) use avx512::Vectorised;
#[cfg(not(target_arch = "x86_64"))]
pub(super) use nowhere::Vectorised;

/// Bytes looked at together, and the room that one step needs behind the symbols.
pub(super) const LANES: usize = 64;

#[cfg(not(target_arch = "x86_64"))]
mod nowhere {
    use crate::text::Symbols;
    use crate::text::normalizer::Table;

    /// Never there.
    #[derive(Debug, Clone, Copy)]
    pub(in crate::text) enum Vectorised {}

    impl Vectorised {
        pub(in crate::text) fn detect() -> Option<Self> {
            None
        }

        pub(in crate::text) fn run(self, _: &Table, _: &[u8], _: usize, _: &mut Symbols) -> usize {
            match self {}
        }
    }
}

#[cfg(target_arch = "x86_64")]
#[expect(unsafe_code, reason = "each place says why it is sound")]
mod avx512 {
    #[allow(clippy::wildcard_imports, reason = "they all begin with _mm512")]
    use std::arch::x86_64::*;

    use super::LANES;
    use crate::text::Symbols;
    use crate::text::normalizer::{ARABIC, LATIN_1, LOOK, Table};
    use crate::text::symbol::SEPARATOR;

    /// Says that this processor has the instructions.
    #[derive(Debug, Clone, Copy)]
    pub(in crate::text) struct Vectorised(());

    impl Vectorised {
        /// Looks at the processor this runs on.
        pub(in crate::text) fn detect() -> Option<Self> {
            let detected = is_x86_feature_detected!("avx512f")
                && is_x86_feature_detected!("avx512bw")
                && is_x86_feature_detected!("avx512vbmi")
                && is_x86_feature_detected!("avx512vbmi2")
                && is_x86_feature_detected!("popcnt")
                && is_x86_feature_detected!("bmi1");
            detected.then_some(Self(()))
        }

        /// Writes to `symbols`, which has room, what `table` says of `bytes` from `start` on, as far as it knows, and says how far that is:
        /// the end, or the first byte of a character. `start` is the first byte of a character too.
        #[expect(clippy::unused_self, reason = "that there is one is the proof")]
        pub(in crate::text) fn run(
            self,
            table: &Table,
            bytes: &[u8],
            start: usize,
            symbols: &mut Symbols,
        ) -> usize {
            // SAFETY: only `detect` makes a `Vectorised`, where the processor has all of these instructions.
            unsafe { run(table, bytes, start, symbols) }
        }
    }

    #[inline]
    #[target_feature(enable = "avx512f,avx512bw,avx512vbmi,avx512vbmi2,popcnt,bmi1")]
    fn run(table: &Table, bytes: &[u8], start: usize, symbols: &mut Symbols) -> usize {
        let lookup = Lookup::new(table);
        let mut at = start;
        let mut after_separator = symbols.last() == SEPARATOR;
        while at < bytes.len() {
            let rest = &bytes[at..];
            let (text, n) = load_at_most(rest);
            // A character whose second byte lies behind these lanes is left to the next ones.
            let n = n - usize::from(n == LANES && rest[n - 1] >= 0xC0);
            let looked_up = lookup.actions(text);
            let unknown = looked_up.unknown & first(n);
            let known = if unknown == 0 {
                n
            } else {
                // What a character becomes is decided at its last byte: go back to its first.
                let lane = unknown.trailing_zeros();
                lane as usize - (looked_up.second >> lane & 1) as usize
            };
            let kept = _mm512_test_epi8_mask(looked_up.actions, looked_up.actions) & first(known);
            let mut output = _mm512_maskz_compress_epi8(kept, looked_up.actions);
            let mut n_written = kept.count_ones() as usize;
            if n_written > 0 {
                let separators = _mm512_cmpeq_epi8_mask(output, _mm512_set1_epi8(SEPARATOR as i8));
                let repeated = separators & (separators << 1 | u64::from(after_separator));
                after_separator = separators >> (n_written - 1) & 1 == 1;
                if repeated != 0 {
                    let kept = first(n_written) & !repeated;
                    output = _mm512_maskz_compress_epi8(kept, output);
                    n_written = kept.count_ones() as usize;
                }
                store(output, symbols.room());
                symbols.written(n_written);
            }
            at += known;
            if unknown != 0 {
                break;
            }
        }
        at
    }

    /// What each lane becomes.
    struct LookedUp {
        /// A symbol, 0 for nothing, or [`LOOK`].
        actions: __m512i,
        /// Where it is [`LOOK`].
        unknown: __mmask64,
        /// The lanes that hold the second byte of a character.
        second: __mmask64,
    }

    /// The parts of the table, in registers.
    struct Lookup {
        ascii: [__m512i; 2],
        arabic: [__m512i; 4],
        latin_1: __m512i,
    }

    impl Lookup {
        #[inline]
        #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
        fn new(table: &Table) -> Self {
            let part = |start: usize| load(&table[start..]);
            Self {
                ascii: [part(0), part(64)],
                arabic: [
                    part(ARABIC),
                    part(ARABIC + 64),
                    part(ARABIC + 128),
                    part(ARABIC + 192),
                ],
                latin_1: part(LATIN_1),
            }
        }

        #[inline]
        #[target_feature(enable = "avx512f,avx512bw,avx512vbmi")]
        fn actions(&self, text: __m512i) -> LookedUp {
            let byte = |value: u8| _mm512_set1_epi8(value as i8);
            let is = |value: u8| _mm512_cmpeq_epi8_mask(text, byte(value));
            let not_ascii = _mm512_movepi8_mask(text);
            let second = _mm512_cmplt_epi8_mask(text, byte(0xC0));
            let before = _mm512_permutexvar_epi8(lane_before(), text);

            // An Arabic letter's place is made of the last two bits of its first byte and six of its second.
            let place =
                _mm512_ternarylogic_epi32::<0xCA>(byte(0x3F), text, _mm512_slli_epi16::<6>(before));
            let [a, b, c, d] = self.arabic;
            let arabic = _mm512_mask_blend_epi8(
                _mm512_movepi8_mask(place),
                _mm512_permutex2var_epi8(a, place, b),
                _mm512_permutex2var_epi8(c, place, d),
            );
            let after_latin_1 = _mm512_cmpeq_epi8_mask(before, byte(0xC2));
            let of_second = _mm512_mask_permutexvar_epi8(arabic, after_latin_1, text, self.latin_1);

            let [low, high] = self.ascii;
            let of_ascii = _mm512_permutex2var_epi8(low, text, high);
            // A stop belongs to no address, unless behind a w; nor does a colon, unless before a slash. What stands before the first lane
            // and behind the last is not known here.
            let small_before = _mm512_or_si512(before, byte(b' '));
            let behind_w = _mm512_cmpeq_epi8_mask(small_before, byte(b'w')) | 1;
            let before_slash = is(b'/') >> 1 | 1 << (LANES - 1);
            let separators = is(b'.') & !behind_w | is(b':') & !before_slash;
            let of_ascii = _mm512_mask_mov_epi8(of_ascii, separators, byte(SEPARATOR));

            let actions = _mm512_mask_mov_epi8(of_ascii, not_ascii, of_second);
            let first_of_two =
                _mm512_cmpeq_epi8_mask(_mm512_and_si512(text, byte(0xFC)), byte(0xD8)) | is(0xC2);
            let of_more = not_ascii & !second & !first_of_two;
            let actions = _mm512_maskz_mov_epi8(!first_of_two, actions);
            let actions = _mm512_mask_mov_epi8(actions, of_more, byte(LOOK));
            LookedUp {
                actions,
                unknown: _mm512_cmpeq_epi8_mask(actions, byte(LOOK)),
                second,
            }
        }
    }

    /// For each lane the number of the one before it; for the first, the last.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn lane_before() -> __m512i {
        const LANE_BEFORE: [u8; LANES] = {
            let mut lanes = [0; LANES];
            let mut lane = 0;
            while lane < LANES {
                lanes[lane] = (lane as u8).wrapping_sub(1) % LANES as u8;
                lane += 1;
            }
            lanes
        };
        load(&LANE_BEFORE)
    }

    /// A mask of the first `n` lanes, at most all.
    #[inline]
    fn first(n: usize) -> __mmask64 {
        u64::MAX.checked_shr((LANES - n) as u32).unwrap_or(0)
    }

    /// The first [`LANES`] of `bytes`, which holds as many.
    #[inline]
    #[target_feature(enable = "avx512f")]
    fn load(bytes: &[u8]) -> __m512i {
        let bytes = &bytes[..LANES];
        // SAFETY: the slice has 64 bytes, and the address need not be aligned.
        unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
    }

    /// The first bytes of `bytes` with zeros behind them, and how many they are.
    #[inline]
    #[target_feature(enable = "avx512f,avx512bw")]
    fn load_at_most(bytes: &[u8]) -> (__m512i, usize) {
        let n = bytes.len().min(LANES);
        // SAFETY: of memory that is masked out nothing is read, and `bytes` holds the first `n`.
        let text = unsafe { _mm512_maskz_loadu_epi8(first(n), bytes.as_ptr().cast()) };
        (text, n)
    }

    #[inline]
    #[target_feature(enable = "avx512f")]
    fn store(value: __m512i, room: &mut [u8; LANES]) {
        // SAFETY: there is room for 64 bytes, and the address need not be aligned.
        unsafe { _mm512_storeu_si512(room.as_mut_ptr().cast(), value) }
    }
}
