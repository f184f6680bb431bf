//! Fingerprints and checks of the sentences of `data/train.jsonl`, or of the lines of the file that `MARSAD_BENCH_TEXT` names, on one
//! core.

#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use marsad::archive::{DuplicateOptions, Duplicates, Fingerprint};
use marsad::text::{Normalizer, Symbols};
use marsad::training::Corpus;

/// Different fingerprints for the checks, again and again: nearly twice as many as are remembered in [`MEMORY`], so that hardly any is
/// found.
const FINGERPRINTS: usize = 3_000_000;
/// More than a cache holds.
const MEMORY: usize = 64 << 20;

fn sentences() -> Vec<Symbols> {
    let texts: Vec<String> = match std::env::var_os("MARSAD_BENCH_TEXT") {
        Some(path) => {
            let text = std::fs::read_to_string(path).unwrap();
            text.lines().map(str::to_owned).take(20_000).collect()
        }
        None => {
            let corpus = Corpus::read(&["data/train.jsonl".into()]).unwrap();
            corpus.sentences.into_iter().map(|s| s.text).collect()
        }
    };
    texts.iter().map(|text| normalized(text)).collect()
}

fn normalized(text: &str) -> Symbols {
    let mut symbols = Symbols::new();
    Normalizer::default().normalize_into(text, &mut symbols);
    symbols
}

fn duplicates(criterion: &mut Criterion) {
    let sentences = sentences();
    let mut group = criterion.benchmark_group("duplicates");
    group.throughput(Throughput::Elements(sentences.len() as u64));
    group.bench_function("fingerprint", |bencher| {
        bencher.iter(|| {
            for sentence in &sentences {
                black_box(Fingerprint::of(sentence));
            }
        });
    });

    // Twelve words of their own each.
    let word = |number: usize| {
        let letters = (0..6).map(|at| char::from(b'a' + (number >> (4 * at) & 15) as u8));
        letters.collect::<String>()
    };
    let invented = (0..FINGERPRINTS).map(|number| {
        let words: Vec<String> = (0..12)
            .map(|at| word(number * 7 + at * 1_048_583))
            .collect();
        Fingerprint::of(&normalized(&words.join(" ")))
    });
    let fingerprints: Vec<Fingerprint> = invented.collect();
    let options = DuplicateOptions {
        memory_bytes: MEMORY,
        ..DuplicateOptions::default()
    };
    group.throughput(Throughput::Elements(FINGERPRINTS as u64));
    group.sample_size(10);
    let mut kinds = Vec::with_capacity(FINGERPRINTS);
    let mut tables = Duplicates::new(&options).unwrap();
    group.bench_function("check, one by one", |bencher| {
        bencher.iter(|| {
            fingerprints
                .iter()
                .filter(|fingerprint| tables.check(fingerprint).is_some())
                .count()
        });
    });
    let mut tables = Duplicates::new(&options).unwrap();
    group.bench_function("check, in blocks", |bencher| {
        bencher.iter(|| {
            kinds.clear();
            for block in fingerprints.chunks(4096) {
                tables.check_block(block, &mut kinds);
            }
            kinds.len()
        });
    });
    group.finish();
}

criterion_group!(benches, duplicates);
criterion_main!(benches);
