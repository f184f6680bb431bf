//! How many duplicates there are, and how many are missed or found wrongly.
//!
//! ```text
//! cargo run --release --example duplicates -- [ARCHIVE [PAIRS]]
//! ```
//!
//! First on edits by rule of the sentences of `data`, then on the sentences of the archive, without page furniture, in their order. Every
//! hundredth of the latter is compared with all earlier ones that share five words in a row with it, to know the truth. At the
//! end some near-duplicates, `PAIRS` of them, stand below the earlier sentences that they resemble most.

#[path = "../tests/duplicates/edits.rs"]
mod edits;

use std::collections::HashMap;
use std::sync::LazyLock;
use std::time::Instant;

use edits::{EDITS, edited};
use marsad::archive::{Blocks, Duplicate, Duplicates, Fingerprint, Input, ReadOptions};
use marsad::text::{Normalizer, SentenceSplitter, Symbols};
use marsad::training::Corpus;

/// One sentence in so many is compared with all earlier ones.
const SAMPLE: usize = 100;

fn main() -> anyhow::Result<()> {
    edits_of_our_sentences()?;
    let mut arguments = std::env::args().skip(1);
    let Some(path) = arguments.next() else {
        return Ok(());
    };
    let n_pairs: usize = arguments.next().unwrap_or_default().parse().unwrap_or(0);
    let texts = sentences(&path)?;
    let symbols: Vec<Symbols> = texts.iter().map(|text| normalized(text)).collect();
    let kinds = in_order(&texts, &symbols)?;
    let mut pairs = compare(&symbols, &kinds);
    pairs.retain(|(later, _)| is_near(&kinds, *later));
    let step = (pairs.len() / n_pairs.max(1)).max(1);
    for (later, best) in pairs.iter().step_by(step).take(n_pairs) {
        println!("\n{} pairs of words differ", best.differing);
        println!("  {}\n  {}", texts[best.sentence], texts[*later]);
    }
    Ok(())
}

fn is_near(kinds: &[Option<Duplicate>], sentence: usize) -> bool {
    kinds[sentence] == Some(Duplicate::Near)
}

static NORMALIZER: LazyLock<Normalizer> = LazyLock::new(Normalizer::default);

fn normalized(text: &str) -> Symbols {
    let mut symbols = Symbols::new();
    NORMALIZER.normalize_into(text, &mut symbols);
    symbols
}

/// The sentences of an archive that are no page furniture.
fn sentences(path: &str) -> anyhow::Result<Vec<String>> {
    let mut sentences = Vec::new();
    for block in Blocks::open(Input::file(path), &ReadOptions::default(), None)? {
        block?.read(|_, document| {
            if let Ok(Some(document)) = document {
                let text = &document.text;
                let split = SentenceSplitter::new().split(text);
                let kept = split.filter(|sentence| !sentence.boilerplate);
                sentences.extend(kept.map(|sentence| sentence.of(text).to_owned()));
            }
        });
    }
    Ok(sentences)
}

fn edits_of_our_sentences() -> anyhow::Result<()> {
    let corpus = Corpus::read(&["data/train.jsonl".into(), "data/test.jsonl".into()])?;
    let texts: Vec<&str> = corpus.sentences.iter().map(|s| s.text.as_str()).collect();
    let originals: Vec<Fingerprint> = texts
        .iter()
        .map(|text| Fingerprint::of(text, &normalized(text)))
        .collect();
    let alarms = Duplicates::new(Duplicates::DEFAULT_BYTES)?.check_all(&originals);
    println!(
        "{} sentences written to be different, of which {} taken for duplicates",
        texts.len(),
        alarms.iter().flatten().count()
    );
    println!("\n| edit | sentences | missed | of those of 10 words or more |");
    println!("|---|---:|---:|---:|");
    for edit in &EDITS {
        let mut duplicates = Duplicates::new(Duplicates::DEFAULT_BYTES)?;
        let _ = duplicates.check_all(&originals);
        let (mut missed, mut tried) = ([0u32; 2], [0u32; 2]);
        for (number, text) in texts.iter().enumerate() {
            let Some(other) = edited(text, number, edit) else {
                continue;
            };
            let symbols = normalized(&other);
            let n_words = |symbols: &Symbols| symbols.words().count();
            let long = n_words(&normalized(text)).min(n_words(&symbols)) >= 10;
            let fingerprint = Fingerprint::of(&other, &symbols);
            let is_missed = duplicates.check(&fingerprint).is_none();
            for (class, counts) in [true, long].into_iter().enumerate() {
                tried[class] += u32::from(counts);
                missed[class] += u32::from(counts && is_missed);
            }
        }
        let percent = |class: usize| 100.0 * f64::from(missed[class]) / f64::from(tried[class]);
        println!(
            "| {} | {} | {:.1} % | {:.1} % |",
            edit.0,
            tried[0],
            percent(0),
            percent(1)
        );
    }
    Ok(())
}

/// Checks all sentences in their order and says how long that takes on one thread.
fn in_order(texts: &[String], symbols: &[Symbols]) -> anyhow::Result<Vec<Option<Duplicate>>> {
    let mut duplicates = Duplicates::new(Duplicates::DEFAULT_BYTES)?;
    let nanoseconds = |start: Instant| 1e9 * start.elapsed().as_secs_f64() / texts.len() as f64;
    let start = Instant::now();
    let sentences = texts.iter().zip(symbols);
    let fingerprints: Vec<Fingerprint> = sentences
        .map(|(text, symbols)| Fingerprint::of(text, symbols))
        .collect();
    let hashing = nanoseconds(start);
    let start = Instant::now();
    let kinds = duplicates.check_all(&fingerprints);
    let checking = nanoseconds(start);
    println!("\n{} sentences", texts.len());
    for (kind, name) in [(Duplicate::Exact, "exact"), (Duplicate::Near, "near")] {
        let n = kinds.iter().filter(|&&found| found == Some(kind)).count();
        let share = 100.0 * n as f64 / texts.len() as f64;
        println!("  {n} {name} duplicates, {share:.2} %");
    }
    println!("  {hashing:.0} ns a sentence for the fingerprint, {checking:.0} ns for the check");
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

/// For a sample of the sentences of ten words or more that are no exact duplicates, the earlier new sentence that each resembles
/// most; says how the kinds agree with that.
fn compare(sentences: &[Symbols], kinds: &[Option<Duplicate>]) -> Vec<(usize, Earlier)> {
    let n_words = |sentence: usize| sentences[sentence].words().count();
    let is_comparable =
        |&sentence: &usize| n_words(sentence) >= 10 && kinds[sentence] != Some(Duplicate::Exact);
    let sample: Vec<usize> = (0..sentences.len())
        .step_by(SAMPLE)
        .filter(is_comparable)
        .collect();
    let mut by_run: HashMap<&[u8], Vec<usize>> = HashMap::new();
    for (place, &sentence) in sample.iter().enumerate() {
        for run in runs(&sentences[sentence]) {
            by_run.entry(run).or_default().push(place);
        }
    }
    let pairs_of: Vec<_> = sample.iter().map(|&s| pairs(&sentences[s])).collect();
    let mut best: Vec<Option<Earlier>> = sample.iter().map(|_| None).collect();
    let is_remembered = |sentence: &usize| kinds[*sentence].is_none() && n_words(*sentence) >= 10;
    for sentence in (0..sentences.len()).filter(is_remembered) {
        let mut places: Vec<usize> = runs(&sentences[sentence])
            .flat_map(|run| by_run.get(run).into_iter().flatten().copied())
            .filter(|&place| sample[place] > sentence)
            .collect();
        places.sort_unstable();
        places.dedup();
        let own = pairs(&sentences[sentence]);
        for place in places {
            let differing = differing(&own, &pairs_of[place]);
            let closer = |best: &Earlier| differing < best.differing;
            if best[place].as_ref().is_none_or(closer) {
                best[place] = Some(Earlier {
                    sentence,
                    differing,
                });
            }
        }
    }
    let (mut agree, mut missed, mut wrong, mut far) = (0, 0, 0, 0);
    for (place, &sentence) in sample.iter().enumerate() {
        let limit = n_words(sentence).div_ceil(3).min(12);
        let best = best[place].as_ref();
        let differing = best.map_or(usize::MAX, |best| best.differing);
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
        "  of {} compared with all earlier ones: {agree} near by both, {missed} missed, {wrong} found though more pairs of words \
         differ than the limit ({far} by more than twice the limit)",
        sample.len()
    );
    let found = sample.into_iter().zip(best);
    found
        .filter_map(|(sentence, best)| Some((sentence, best?)))
        .collect()
}
