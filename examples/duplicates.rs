//! How many duplicates there are, how many are missed or reported wrongly, and how long finding them takes.
//!
//! ```text
//! cargo run --release --example duplicates -- SENTENCES.txt [PAIRS]
//! ```
//!
//! First on edits by rule of the sentences of `data`, then on the sentences of the file, one a line, in their order. Every hundredth of
//! the latter is compared with all earlier ones that share five words in a row with it, to know the truth. At
//! the end some near-duplicates, `PAIRS` of them, stand below the earlier sentences that they resemble most.

#[path = "../tests/duplicates/edits.rs"]
mod edits;

use std::collections::HashMap;
use std::time::Instant;

use anyhow::Context;
use edits::{EDITS, edited};
use marsad::archive::{DuplicateKind, DuplicateOptions, Duplicates, Fingerprint};
use marsad::text::{Normalizer, Symbols};
use marsad::training::Corpus;

/// Sentences whose fingerprints are taken before they are checked.
const BLOCK: usize = 4096;
/// One sentence in so many is compared with all earlier ones.
const SAMPLE: usize = 100;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let path = arguments
        .next()
        .context("name a file with a sentence a line")?;
    let n_pairs: usize = arguments.next().unwrap_or_default().parse().unwrap_or(0);
    edits_of_our_sentences()?;
    let text = std::fs::read_to_string(&path).context(path)?;
    let sentences: Vec<Symbols> = text.lines().map(normalized).collect();
    let kinds = in_order(&sentences)?;
    let earlier = compare(&sentences, &kinds);
    let lines: Vec<&str> = text.lines().collect();
    for (later, best) in earlier
        .iter()
        .filter(|(later, _)| is_near(&kinds, *later))
        .take(n_pairs)
    {
        println!("\n{} pairs of words differ", best.differing);
        println!("  {}\n  {}", lines[best.sentence], lines[*later]);
    }
    Ok(())
}

fn is_near(kinds: &[Option<DuplicateKind>], sentence: usize) -> bool {
    kinds[sentence] == Some(DuplicateKind::Near)
}

fn normalized(text: &str) -> Symbols {
    let mut symbols = Symbols::new();
    Normalizer::default().normalize_into(text, &mut symbols);
    symbols
}

fn edits_of_our_sentences() -> anyhow::Result<()> {
    let corpus = Corpus::read(&["data/train.jsonl".into(), "data/test.jsonl".into()])?;
    let texts: Vec<&str> = corpus.sentences.iter().map(|s| s.text.as_str()).collect();
    let originals: Vec<Fingerprint> = texts
        .iter()
        .map(|text| Fingerprint::of(&normalized(text)))
        .collect();
    let mut kinds = Vec::new();
    Duplicates::new(&DuplicateOptions::default())?.check_block(&originals, &mut kinds);
    let alarms = kinds.iter().flatten().count();
    println!(
        "{} different sentences, of which {alarms} taken for duplicates",
        texts.len()
    );
    for (text, _) in texts.iter().zip(&kinds).filter(|(_, kind)| kind.is_some()) {
        println!("  {text}");
    }
    println!("\n| edit | sentences | missed | of those of 10 words or more |");
    println!("|---|---:|---:|---:|");
    for edit in &EDITS {
        let mut duplicates = Duplicates::new(&DuplicateOptions::default())?;
        duplicates.check_block(&originals, &mut Vec::new());
        let (mut missed, mut tried) = ([0u32; 2], [0u32; 2]);
        for (number, text) in texts.iter().enumerate() {
            let Some(other) = edited(text, number, edit) else {
                continue;
            };
            let other = normalized(&other);
            let long = normalized(text).words().count().min(other.words().count()) >= 10;
            let is_missed = duplicates.check(&Fingerprint::of(&other)).is_none();
            for (class, counts) in [true, long].into_iter().enumerate() {
                tried[class] += u32::from(counts);
                missed[class] += u32::from(counts && is_missed);
            }
        }
        let percent = |class: usize| 100.0 * f64::from(missed[class]) / f64::from(tried[class]);
        println!(
            "| {} | {} | {:.2} % | {:.2} % |",
            edit.0,
            tried[0],
            percent(0),
            percent(1)
        );
    }
    Ok(())
}

/// Checks all sentences in their order and says how long each stage takes on one thread.
fn in_order(sentences: &[Symbols]) -> anyhow::Result<Vec<Option<DuplicateKind>>> {
    let mut duplicates = Duplicates::new(&DuplicateOptions::default())?;
    let mut kinds = Vec::with_capacity(sentences.len());
    let (mut hashing, mut checking) = (0.0, 0.0);
    for block in sentences.chunks(BLOCK) {
        let start = Instant::now();
        let fingerprints: Vec<Fingerprint> = block.iter().map(Fingerprint::of).collect();
        hashing += start.elapsed().as_secs_f64();
        let start = Instant::now();
        duplicates.check_block(&fingerprints, &mut kinds);
        checking += start.elapsed().as_secs_f64();
    }
    let n = kinds.len().max(1) as f64;
    let count = |sought| kinds.iter().filter(|&&kind| kind == sought).count();
    let exact = count(Some(DuplicateKind::Exact));
    let near = count(Some(DuplicateKind::Near));
    println!("\n{} sentences", sentences.len());
    println!(
        "  {exact} exact duplicates, {:.2} %",
        100.0 * exact as f64 / n
    );
    println!("  {near} near-duplicates, {:.2} %", 100.0 * near as f64 / n);
    println!(
        "  {:.0} ns a sentence for the fingerprint",
        1e9 * hashing / n
    );
    println!("  {:.0} ns a sentence for the check", 1e9 * checking / n);
    Ok(kinds)
}

/// An earlier sentence.
struct Earlier {
    sentence: usize,
    /// Pairs of neighbouring words in one of the two and not in the other.
    differing: usize,
}

/// The pairs of neighbouring words, sorted.
fn pairs(sentence: &Symbols) -> Vec<(&[u8], &[u8])> {
    let words: Vec<&[u8]> = sentence.words().map(|w| &sentence.as_bytes()[w]).collect();
    let mut pairs: Vec<_> = words.windows(2).map(|pair| (pair[0], pair[1])).collect();
    pairs.sort_unstable();
    pairs
}

fn differing<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut at_a, mut at_b, mut both) = (0, 0, 0);
    while let (Some(in_a), Some(in_b)) = (a.get(at_a), b.get(at_b)) {
        both += usize::from(in_a == in_b);
        at_a += usize::from(in_a <= in_b);
        at_b += usize::from(in_b <= in_a);
    }
    a.len() + b.len() - 2 * both
}

/// Runs of five words.
fn runs(sentence: &Symbols) -> impl Iterator<Item = &[u8]> {
    let words: Vec<_> = sentence.words().collect();
    let ends: Vec<_> = words
        .windows(5)
        .map(|run| run[0].start..run[4].end)
        .collect();
    ends.into_iter().map(|range| &sentence.as_bytes()[range])
}

/// For a sample of the sentences of ten words or more, the earlier sentence that each resembles most, of those that are no
/// duplicates themselves; says how the kinds agree with that.
fn compare(sentences: &[Symbols], kinds: &[Option<DuplicateKind>]) -> Vec<(usize, Earlier)> {
    let sample = (0..sentences.len()).step_by(SAMPLE).filter(|&sentence| {
        sentences[sentence].words().count() >= 10 && kinds[sentence] != Some(DuplicateKind::Exact)
    });
    let sample: Vec<usize> = sample.collect();
    let mut by_run: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (place, &sentence) in sample.iter().enumerate() {
        for run in runs(&sentences[sentence]) {
            by_run.entry(run).or_default().push(place);
        }
    }
    let pairs_of: Vec<_> = sample.iter().map(|&s| pairs(&sentences[s])).collect();
    let mut best: Vec<Option<Earlier>> = sample.iter().map(|_| None).collect();
    for (sentence, symbols) in sentences
        .iter()
        .enumerate()
        .filter(|(s, _)| kinds[*s].is_none())
    {
        let mut places: Vec<usize> = runs(symbols)
            .flat_map(|run| by_run.get(run).into_iter().flatten().copied())
            .filter(|&place| sample[place] > sentence)
            .collect();
        places.sort_unstable();
        places.dedup();
        let own = pairs(symbols);
        for place in places {
            let differing = differing(&own, &pairs_of[place]);
            if best[place]
                .as_ref()
                .is_none_or(|best| differing < best.differing)
            {
                best[place] = Some(Earlier {
                    sentence,
                    differing,
                });
            }
        }
    }
    let (mut agree, mut missed, mut wrong, mut far) = (0, 0, 0, 0);
    for (place, &sentence) in sample.iter().enumerate() {
        let n_words = sentences[sentence].words().count();
        let limit = n_words.div_ceil(3).min(12);
        let differing = best[place]
            .as_ref()
            .map_or(usize::MAX, |best| best.differing);
        match (differing <= limit, is_near(kinds, sentence)) {
            (true, true) => agree += 1,
            (true, false) => missed += 1,
            (false, true) => {
                wrong += 1;
                far += usize::from(differing > 2 * limit);
            }
            (false, false) => {}
        }
    }
    println!(
        "  of {} compared with all earlier ones: {agree} near by both, {missed} missed, {wrong} reported though more pairs of words \
         differ than the limit ({far} by more than twice the limit)",
        sample.len()
    );
    let found = sample.into_iter().zip(best);
    found
        .filter_map(|(sentence, best)| Some((sentence, best?)))
        .collect()
}
