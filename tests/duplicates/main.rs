//! Duplicates are found as often as the docs say, in the memory that was given, the same way every time.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

mod edits;

use edits::{EDITS, edited};
use marsad::archive::{DuplicateKind, DuplicateOptions, Duplicates, Fingerprint};
use marsad::text::{Normalizer, Symbols};
use marsad::training::Corpus;
use proptest::prelude::*;
use rayon::prelude::*;

fn fingerprint(text: &str) -> Fingerprint {
    let mut symbols = Symbols::new();
    Normalizer::default().normalize_into(text, &mut symbols);
    Fingerprint::of(&symbols)
}

fn our_sentences() -> Vec<String> {
    let corpus = Corpus::read(&["data/train.jsonl".into(), "data/test.jsonl".into()]).unwrap();
    corpus.sentences.into_iter().map(|s| s.text).collect()
}

fn n_words(text: &str) -> usize {
    let mut symbols = Symbols::new();
    Normalizer::default().normalize_into(text, &mut symbols);
    symbols.words().count()
}

fn with_memory(memory_bytes: usize) -> Duplicates {
    Duplicates::new(&DuplicateOptions {
        memory_bytes,
        ..DuplicateOptions::default()
    })
    .unwrap()
}

fn seen(sentences: &[String]) -> Duplicates {
    let mut duplicates = with_memory(16 << 20);
    for sentence in sentences {
        duplicates.check(&fingerprint(sentence));
    }
    duplicates
}

/// A sentence of 20 words that no other number has.
fn invented(number: u64) -> String {
    let letters: Vec<char> = ('ا'..='غ').collect();
    let word = |n: u64| {
        let mut code = (number * 20 + n).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        code ^= code >> 29;
        let letter = |shift: u32| letters[(code >> (5 * shift)) as usize % letters.len()];
        (0..8).map(letter).collect::<String>()
    };
    (0..20).map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn one_edit_is_never_missed_and_heavier_ones_seldom() {
    let sentences = our_sentences();
    // (edit, sentences it is tried on at least, share found at least). Edits that leave ten words cannot be missed (docs of
    // `Duplicates`); two edits far apart can.
    let expected = [
        ("punctuation and spelling", 10_000, 1.0),
        ("a word changed", 10_000, 1.0),
        ("a word dropped", 10_000, 1.0),
        ("a word added", 10_000, 1.0),
        ("a number made longer", 200, 1.0),
        ("a byline of two to five words before", 10_000, 1.0),
        ("a byline before and a word changed", 10_000, 0.9),
        ("two words changed", 10_000, 0.8),
        ("the last fifth cut off", 10_000, 0.95),
    ];
    for (edit, (name, tried_at_least, found_at_least)) in EDITS.iter().zip(expected) {
        assert_eq!(edit.0, name);
        let mut duplicates = seen(&sentences);
        let (mut tried, mut found) = (0, 0);
        for (number, sentence) in sentences.iter().enumerate() {
            let Some(text) = edited(sentence, number, edit) else {
                continue;
            };
            if n_words(&text).min(n_words(sentence)) < 10 {
                continue;
            }
            tried += 1;
            found += usize::from(duplicates.check(&fingerprint(&text)).is_some());
        }
        assert!(tried >= tried_at_least, "{name}: tried on {tried}");
        let share = found as f64 / f64::from(tried);
        assert!(share >= found_at_least, "{name}: {found} of {tried} found");
    }
}

#[test]
fn punctuation_and_spelling_leave_an_exact_duplicate() {
    let sentences = our_sentences();
    let mut duplicates = seen(&sentences);
    for (number, sentence) in sentences.iter().enumerate() {
        let text = edited(sentence, number, &EDITS[0]).unwrap();
        assert_eq!(
            duplicates.check(&fingerprint(&text)),
            Some(DuplicateKind::Exact),
            "{text}"
        );
    }
}

#[test]
fn different_sentences_are_not_duplicates() {
    // Ours were written without variations of one another; five in 10,000 would be six of them.
    let sentences = our_sentences();
    let mut duplicates = with_memory(16 << 20);
    let alarms: Vec<&String> = sentences
        .iter()
        .filter(|sentence| duplicates.check(&fingerprint(sentence)).is_some())
        .collect();
    assert!(alarms.len() * 10_000 <= 5 * sentences.len(), "{alarms:#?}");
    // Nor are sentences without a common word: accidents alone, at most 2 in 100,000 by the docs.
    let mut duplicates = with_memory(16 << 20);
    let alarms = (0..100_000).filter(|&n| duplicates.check(&fingerprint(&invented(n))).is_some());
    let alarms = alarms.count();
    assert!(alarms <= 5, "{alarms}");
}

#[test]
fn what_was_seen_long_ago_fades_as_the_docs_say() {
    let size = with_memory(1 << 20).near_capacity() as u64;
    // (age in quarters of the capacity, chance P(Poisson(2 · age) < 8) of one entry). A word changed in the first run leaves the last
    // run and, mostly, one or two inner ones: the last alone is the least that is found.
    for (quarters, one_entry) in [(1, 0.998), (2, 0.948), (3, 0.743), (4, 0.452)] {
        let mut found = 0;
        let mut duplicates = with_memory(1 << 20);
        let tried = size;
        // A window moves over the sentences: number `n` is new, and `n - age` comes again with another first word.
        let age = size * quarters / 4;
        for n in 0..tried + age {
            duplicates.check(&fingerprint(&invented(n)));
            if n >= age {
                let earlier = invented(n - age);
                let (_, rest) = earlier.split_once(' ').unwrap();
                found += u64::from(duplicates.check(&fingerprint(rest)).is_some());
            }
        }
        let share = found as f64 / tried as f64;
        assert!(share > one_entry - 0.02, "{quarters} quarters: {share}");
        if quarters == 4 {
            assert!(share < 0.99, "nothing is forgotten: {share}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn an_exact_repetition_within_memory_is_always_found(
        picks in prop::collection::vec(0u64..400, 0..1500),
        near: bool,
    ) {
        let options = DuplicateOptions { memory_bytes: 20_000, near, ..DuplicateOptions::default() };
        let mut duplicates = Duplicates::new(&options).unwrap();
        let mut last = std::collections::HashMap::new();
        for (now, &pick) in picks.iter().enumerate() {
            // Also sentences of no and of one word.
            let text: String = invented(pick).split_inclusive(' ').take(pick as usize % 20).collect();
            let words: String = text.split_whitespace().collect();
            let kind = duplicates.check(&fingerprint(&text));
            if let Some(then) = last.insert(words, now) {
                let between: std::collections::HashSet<_> = picks[then + 1..now].iter().collect();
                if between.len() < duplicates.guaranteed() {
                    prop_assert_eq!(kind, Some(DuplicateKind::Exact));
                }
            } else {
                prop_assert!(kind != Some(DuplicateKind::Exact));
            }
        }
    }
}

#[test]
fn memory_is_what_was_given_and_never_grows() {
    for memory_bytes in [4096, 4097, 100_000, 1 << 20, (128 << 20) - 1] {
        for near in [false, true] {
            let options = DuplicateOptions {
                memory_bytes,
                near,
                ..DuplicateOptions::default()
            };
            let mut made = None;
            let making = allocation_counter::measure(|| made = Duplicates::new(&options).ok());
            let mut duplicates = made.unwrap();
            assert_eq!(making.bytes_current, duplicates.memory_bytes() as i64);
            assert!(duplicates.memory_bytes() <= memory_bytes);
            // What rounding wastes is less than a cache line and a slot a table.
            assert!(duplicates.memory_bytes() + 100 > memory_bytes);
            let fingerprints: Vec<Fingerprint> =
                (0..5000).map(|n| fingerprint(&invented(n))).collect();
            let checking = allocation_counter::measure(|| {
                for fingerprint in &fingerprints {
                    duplicates.check(fingerprint);
                }
            });
            assert_eq!(checking.count_total, 0);
        }
    }
}

#[test]
fn a_fingerprint_allocates_nothing() {
    let mut symbols = Symbols::new();
    Normalizer::default().normalize_into(&invented(1), &mut symbols);
    let allocations = allocation_counter::measure(|| {
        std::hint::black_box(Fingerprint::of(&symbols));
    });
    assert_eq!(allocations.count_total, 0);
}

#[test]
fn the_outcome_is_the_same_on_any_number_of_threads_and_in_blocks_of_any_size() {
    let mut sentences = our_sentences();
    sentences.truncate(4000);
    let again: Vec<String> = sentences
        .iter()
        .enumerate()
        .filter_map(|(number, text)| edited(text, number, &EDITS[number % EDITS.len()]))
        .collect();
    sentences.extend(again);
    // So small that much is forgotten.
    let mut duplicates = with_memory(200_000);
    let one_by_one: Vec<Option<DuplicateKind>> = sentences
        .iter()
        .map(|sentence| duplicates.check(&fingerprint(sentence)))
        .collect();
    for (n_threads, block) in [(1, 1), (2, 1000), (7, 33), (3, 100_000)] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads);
        let pool = pool.build().unwrap();
        let mut duplicates = with_memory(200_000);
        let mut kinds = Vec::new();
        for block in sentences.chunks(block) {
            let fingerprints: Vec<Fingerprint> =
                pool.install(|| block.par_iter().map(|text| fingerprint(text)).collect());
            duplicates.check_block(&fingerprints, &mut kinds);
        }
        assert!(kinds == one_by_one, "{n_threads} threads");
    }
    let count = |kind| one_by_one.iter().filter(|&&found| found == kind).count();
    assert!(count(None) > 4000 && count(Some(DuplicateKind::Near)) > 100);
}

#[test]
fn short_sentences_have_exact_duplicates_only() {
    let mut duplicates = with_memory(1 << 20);
    let mut check = |text: &str| duplicates.check(&fingerprint(text));
    assert_eq!(check(""), None);
    assert_eq!(check(" … "), Some(DuplicateKind::Exact), "no words twice");
    assert_eq!(check("نعم"), None);
    assert_eq!(check("نعم."), Some(DuplicateKind::Exact));
    assert_eq!(check("نعم نعم"), None);
    let nine = "قال الوزير إن المحادثات مع الوفد كانت مفيدة جدا";
    assert_eq!(check(nine), None);
    assert_eq!(check(&nine.replace("جدا", "للغاية")), None, "nine words");
    let ten = format!("{nine} للطرفين");
    assert_eq!(check(&ten), None);
    let other = ten.replace("جدا", "للغاية");
    assert_eq!(check(&other), Some(DuplicateKind::Near));
    assert_eq!(check(&other), Some(DuplicateKind::Exact));
}

#[test]
fn resemblance_does_not_drift() {
    // Each sentence changes one more word of the first. Were the second and the third remembered, all would be duplicates.
    let mut words: Vec<String> = invented(1).split(' ').map(str::to_owned).collect();
    let mut duplicates = with_memory(1 << 20);
    let mut kinds = vec![duplicates.check(&fingerprint(&words.join(" ")))];
    for at in 0..9 {
        words[2 * at + 1] = format!("جديد{}", "ا".repeat(at));
        kinds.push(duplicates.check(&fingerprint(&words.join(" "))));
    }
    assert_eq!(kinds[..2], [None, Some(DuplicateKind::Near)]);
    assert!(kinds[2..].contains(&None), "{kinds:?}");
}

#[test]
fn options_out_of_range_are_refused() {
    let default = DuplicateOptions::default();
    for (options, message) in [
        (
            DuplicateOptions {
                memory_bytes: 4095,
                ..default.clone()
            },
            "memory_bytes must be at least 4096, got 4095",
        ),
        (
            DuplicateOptions {
                min_words: 4,
                ..default
            },
            "min_words must be at least 5, got 4",
        ),
    ] {
        assert_eq!(Duplicates::new(&options).unwrap_err().to_string(), message);
    }
}
