//! Ways to find near-duplicate sentences, on the same edits of the same sentences.
//!
//! ```text
//! cargo run --release --example duplicate_methods
//! ```
//!
//! For each way: of the edited sentences of ten words or more, the share that is not found to be near its original, and of the pairs of
//! different sentences, how many in a million are taken for near. For ways with tables, also how many different sentences in a
//! million share an entry with one: what has to be compared, or is a false alarm where nothing is compared.

#[path = "../tests/duplicates/edits.rs"]
mod edits;

use edits::{EDITS, edited};
use marsad::archive::{DuplicateKind, DuplicateOptions, Duplicates, Fingerprint};
use marsad::text::{Normalizer, Symbols};
use marsad::training::Corpus;
use rayon::prelude::*;

/// What a way keeps of a sentence: 64-bit keys, and whether two sentences are near by them.
struct Method {
    name: &'static str,
    bytes: usize,
    keys: fn(&Symbols) -> Vec<u64>,
    near: fn(&[u64], &[u64]) -> bool,
}

const METHODS: [Method; 6] = [
    Method {
        name: "SimHash of words, 3 of 64 bits",
        bytes: 32,
        keys: |symbols| vec![simhash(&shingles(symbols, 1))],
        near: |a, b| (a[0] ^ b[0]).count_ones() <= 3,
    },
    Method {
        name: "SimHash of pairs of words, 3 of 64 bits",
        bytes: 32,
        keys: |symbols| vec![simhash(&shingles(symbols, 2))],
        near: |a, b| (a[0] ^ b[0]).count_ones() <= 3,
    },
    Method {
        name: "SimHash of words, 12 of 64 bits",
        bytes: 8,
        keys: |symbols| vec![simhash(&shingles(symbols, 1))],
        near: |a, b| (a[0] ^ b[0]).count_ones() <= 12,
    },
    Method {
        name: "MinHash of words, 4 bands of 6",
        bytes: 32,
        keys: |symbols| bands(&shingles(symbols, 1), 4, 6),
        near: any_equal,
    },
    Method {
        name: "MinHash of pairs of words, 4 bands of 3",
        bytes: 32,
        keys: |symbols| bands(&shingles(symbols, 2), 4, 3),
        near: any_equal,
    },
    Method {
        name: "MinHash of words, 8 bands of 5",
        bytes: 64,
        keys: |symbols| bands(&shingles(symbols, 1), 8, 5),
        near: any_equal,
    },
];

fn main() -> anyhow::Result<()> {
    let corpus = Corpus::read(&["data/train.jsonl".into(), "data/test.jsonl".into()])?;
    let texts: Vec<&str> = corpus.sentences.iter().map(|s| s.text.as_str()).collect();
    let originals: Vec<Symbols> = texts.iter().map(|text| normalized(text)).collect();
    let edited_by: Vec<Vec<Option<Symbols>>> = EDITS
        .iter()
        .map(|edit| {
            let long = |symbols: &Symbols| symbols.words().count() >= 10;
            texts
                .iter()
                .enumerate()
                .map(|(number, text)| Some(normalized(&edited(text, number, edit)?)))
                .zip(&originals)
                .map(|(other, original)| other.filter(|other| long(other) && long(original)))
                .collect()
        })
        .collect();
    print!("| way | bytes a sentence |");
    for (name, _) in &EDITS[1..] {
        print!(" {name} |");
    }
    println!(" pairs of different sentences in a million |");
    println!("|---|---:|{}---:|", "---:|".repeat(EDITS.len() - 1));
    for method in &METHODS {
        let keys: Vec<Vec<u64>> = originals.par_iter().map(method.keys).collect();
        print!("| {} | {} |", method.name, method.bytes);
        for others in &edited_by[1..] {
            let pairs = others.iter().zip(&keys);
            let found = pairs.filter_map(|(other, own)| {
                other
                    .as_ref()
                    .map(|other| (method.near)(own, &(method.keys)(other)))
            });
            print_missed(found.collect());
        }
        let alarms: usize = keys
            .par_iter()
            .enumerate()
            .map(|(at, own)| {
                keys[at + 1..]
                    .iter()
                    .filter(|other| (method.near)(own, other))
                    .count()
            })
            .sum();
        let pairs = keys.len() * (keys.len() - 1) / 2;
        println!(" {:.3} |", 1e6 * alarms as f64 / pairs as f64);
    }
    print!("| four runs and an odd sketch, as in Marsad | 32 |");
    let mut kinds = Vec::new();
    for others in &edited_by[1..] {
        let mut duplicates = Duplicates::new(&DuplicateOptions::default())?;
        let fingerprints: Vec<Fingerprint> = originals.iter().map(Fingerprint::of).collect();
        kinds.clear();
        duplicates.check_block(&fingerprints, &mut kinds);
        let found = others.iter().flatten();
        let found = found.map(|other| duplicates.check(&Fingerprint::of(other)).is_some());
        print_missed(found.collect());
    }
    let alarms = kinds
        .iter()
        .filter(|&&kind| kind == Some(DuplicateKind::Near));
    let pairs = kinds.len() * (kinds.len() - 1) / 2;
    println!(" {:.3} |", 1e6 * alarms.count() as f64 / pairs as f64);
    Ok(())
}

fn print_missed(found: Vec<bool>) {
    let missed = found.iter().filter(|&&found| !found).count();
    print!(" {:.1} % |", 100.0 * missed as f64 / found.len() as f64);
}

fn normalized(text: &str) -> Symbols {
    let mut symbols = Symbols::new();
    Normalizer::default().normalize_into(text, &mut symbols);
    symbols
}

fn any_equal(a: &[u64], b: &[u64]) -> bool {
    a.iter().zip(b).any(|(a, b)| a == b)
}

/// The finaliser of `SplitMix64`.
fn mix(hash: u64) -> u64 {
    let hash = (hash ^ hash >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let hash = (hash ^ hash >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    hash ^ hash >> 31
}

/// Hashes of the runs of `n` words.
fn shingles(symbols: &Symbols, n: usize) -> Vec<u64> {
    let bytes = symbols.as_bytes();
    let hash = |bytes: &[u8]| {
        bytes
            .iter()
            .fold(1, |hash, &byte| mix(hash ^ u64::from(byte)))
    };
    let words: Vec<u64> = symbols.words().map(|word| hash(&bytes[word])).collect();
    let run = |run: &[u64]| run.iter().fold(0, |hash, &word| mix(hash ^ word));
    words.windows(n).map(run).collect()
}

/// Charikar 2002, "Similarity estimation techniques from rounding algorithms".
fn simhash(shingles: &[u64]) -> u64 {
    (0..64)
        .filter(|bit| {
            shingles.iter().filter(|&hash| hash >> bit & 1 == 1).count() * 2 > shingles.len()
        })
        .fold(0, |hash, bit| hash | 1 << bit)
}

/// Min-wise hashes of `rows` functions a band, hashed together.
fn bands(shingles: &[u64], n_bands: u64, rows: u64) -> Vec<u64> {
    let least = |function: u64| {
        let hashes = shingles.iter().map(|&hash| mix(hash ^ mix(function + 1)));
        hashes.min().unwrap_or(0)
    };
    let band = |band: u64| (0..rows).fold(0, |hash, row| mix(hash ^ least(band * rows + row)));
    (0..n_bands).map(band).collect()
}
