//! How often the 16-bit weights give another label than the exact ones.
//!
//! ```text
//! cargo run --release --example quantisation -- SENTENCES.txt
//! ```
//!
//! Trains on `data/train.jsonl` as the shipped model was trained and labels each line of the file twice.

use std::path::PathBuf;

use anyhow::Context;
use marsad::features::SubwordScratch;
use marsad::model::LinearWeights;
use marsad::text::Symbols;
use marsad::training::{Corpus, TrainingConfig, train};
use marsad::vectors::WordVectors;

fn main() -> anyhow::Result<()> {
    let path = std::env::args()
        .nth(1)
        .context("name a file with a sentence a line")?;
    let corpus = Corpus::read(&[PathBuf::from("data/train.jsonl")])?;
    let config: TrainingConfig =
        serde_json::from_str(&std::fs::read_to_string("models/training.json")?)?;
    let trained = train(&corpus, &config, Some(&WordVectors::embedded()?))?;
    let classifier = trained
        .files
        .classifier(&PathBuf::from("the model just trained"))?;
    let eight_bits = rounded_to(&trained.linear, 127.0);

    let (mut symbols, mut subwords, mut scratch) = (
        Symbols::new(),
        SubwordScratch::default(),
        classifier.scratch(),
    );
    let (mut n, mut agree, mut agree_with_eight_bits) = (0u32, 0u32, 0u32);
    for line in std::fs::read_to_string(&path)
        .with_context(|| path.clone())?
        .lines()
    {
        classifier.normalizer().normalize_into(line, &mut symbols);
        let mut rows = Vec::new();
        classifier
            .extractor()
            .extract(&symbols, &mut subwords, |feature| {
                rows.push(classifier.extractor().row(&feature));
            });
        let exact = winner(&trained.linear, &rows);
        n += 1;
        agree += u32::from(classifier.classify(line, &mut scratch).class() == exact);
        agree_with_eight_bits += u32::from(winner(&eight_bits, &rows) == exact);
    }
    let percent = |agree: u32| 100.0 * f64::from(agree) / f64::from(n.max(1));
    println!("{n} sentences: the label is that of the exact weights for");
    println!(
        "  {:.3} % with weights of 16 bits, as shipped",
        percent(agree)
    );
    println!(
        "  {:.3} % with weights of 8 bits",
        percent(agree_with_eight_bits)
    );
    Ok(())
}

/// The class of the largest margin, computed in `f64` from the exact weights.
fn winner(linear: &LinearWeights, rows: &[u32]) -> usize {
    let scale = 1.0 / (rows.len().max(1) as f64).sqrt();
    let mut margins: Vec<f64> = vec![0.0; linear.bias.len()];
    for &row in rows {
        for (margin, &weight) in margins.iter_mut().zip(linear.weights.row(row as usize)) {
            *margin += f64::from(weight);
        }
    }
    let total = |class: usize| margins[class] * scale + f64::from(linear.bias[class]);
    (1..margins.len()).fold(0, |best, class| {
        if total(class) > total(best) {
            class
        } else {
            best
        }
    })
}

/// The weights as whole multiples of a step, the largest being `steps` of them.
fn rounded_to(linear: &LinearWeights, steps: f32) -> LinearWeights {
    let largest = linear
        .weights
        .iter()
        .fold(0f32, |largest, weight| largest.max(weight.abs()));
    let step = largest / steps;
    LinearWeights {
        weights: linear.weights.mapv(|weight| (weight / step).round() * step),
        bias: linear.bias.clone(),
    }
}
