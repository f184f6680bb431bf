//! `marsad pretrain`

use std::io::Write;
use std::path::PathBuf;

use clap::Args;
use marsad::vectors::{Pretraining, PretrainingConfig, Stage, VectorFiles};

use super::evaluate::warn;
use super::input::InputOptions;
use super::new_directory::{read_notes, refuse_existing};
use super::{Common, progress};

/// Learn word vectors from texts without labels
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad pretrain archive.jsonl.zst -o my-vectors
  zcat archive-*.txt.gz | marsad pretrain - --dimensions 50 -o my-vectors
  marsad train labelled.jsonl --vectors my-vectors -o my-model

Texts are split into sentences, page furniture is left out. The same texts and settings give the same bytes on any
number of threads. Beside its limits on words and pairs it needs 8 bytes of temporary disk for each running word.")]
pub(super) struct Options {
    #[command(flatten)]
    input: InputOptions,
    /// The directory of the new vectors
    #[arg(short, long, value_name = "DIR")]
    output: PathBuf,
    /// Replace vectors that are there
    #[arg(long)]
    overwrite: bool,
    /// How many words get a vector: the most frequent ones
    #[arg(long, value_name = "N", default_value_t = PretrainingConfig::default().vocabulary)]
    vocabulary: usize,
    /// The length of the vectors
    #[arg(long, value_name = "N", default_value_t = PretrainingConfig::default().dimensions)]
    dimensions: usize,
    /// How far apart two words may stand to count as neighbours
    #[arg(long, value_name = "N", default_value_t = PretrainingConfig::default().window)]
    window: usize,
    /// A word must occur at least so often to get a vector
    #[arg(long, value_name = "N", default_value_t = PretrainingConfig::default().min_count)]
    min_count: u64,
    /// Passes that sharpen the decomposition
    #[arg(long, value_name = "N", default_value_t = PretrainingConfig::default().power_iterations)]
    power_iterations: usize,
    /// Keep at most so many pairs of neighbours, 20 bytes each
    #[arg(long, value_name = "N", default_value_t = PretrainingConfig::default().max_pairs)]
    max_pairs: usize,
    /// Drives the random start of the decomposition
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Markdown for the card of the vectors: the texts, their source and licence
    #[arg(long, value_name = "FILE")]
    notes: Option<PathBuf>,
}

/// What people should say of vectors and have not.
const NO_NOTES: &str = "These vectors were learned with Marsad. Say here from which texts, where they come from and under which \
licence the vectors stand (`marsad pretrain --notes FILE`).";

pub(super) fn run(options: &Options, common: &Common) -> anyhow::Result<()> {
    let config = PretrainingConfig {
        vocabulary: options.vocabulary,
        dimensions: options.dimensions,
        window: options.window,
        min_count: options.min_count,
        power_iterations: options.power_iterations,
        max_pairs: options.max_pairs,
        seed: options.seed,
        ..PretrainingConfig::default()
    };
    refuse_existing(&options.output, "vectors or a model", options.overwrite)?;
    let notes = read_notes(options.notes.as_ref(), NO_NOTES)?;
    let mut pretraining = Pretraining::new(config.clone())?;
    for input in options.input.open()? {
        let bar = progress::bytes(input.length(), common.quiet);
        let blocks = options.input.blocks(input)?;
        let count = blocks.bytes_read();
        for block in blocks {
            let mut documents = Vec::new();
            block?.read(|_, result| match result {
                Ok(document) => {
                    documents.extend(document.map(|document| document.text.into_owned()))
                }
                Err(rejection) => warn(&format!("skipped {rejection}")),
            });
            pretraining.read(&documents)?;
            bar.set_position(count.bytes());
        }
        bar.finish_and_clear();
    }
    let (n_sentences, n_tokens) = (pretraining.n_sentences(), pretraining.n_tokens());
    let bar = progress::steps(n_tokens + n_sentences, "counting neighbours", common.quiet);
    let vectors = pretraining.finish(|stage| match stage {
        Stage::Neighbours(done) => bar.set_position(done),
        Stage::Decomposition(done, all) => {
            bar.set_message("decomposing");
            bar.set_length(all as u64);
            bar.set_position(done as u64);
        }
    })?;
    bar.finish_and_clear();
    let files = VectorFiles::new(&vectors, n_sentences, &config)?;
    let card = format!(
        "# Word vectors\n\n{}\n\n- {} words, {} dimensions, 8-bit coordinates with one scale a word; {:.1} MiB in all.\n\
         - Learned from {n_sentences} sentences, {n_tokens} running words.\n\
         - SHA-256 of words, counts and vectors, as models trained with them name it: `{}`.\n\
         - The settings stand in `config.json`.\n",
        notes.trim(),
        vectors.words().len(),
        vectors.vectors().ncols(),
        files.size() as f64 / f64::from(1 << 20),
        files.vectors(&options.output)?.checksum(),
    );
    files.write(&options.output, &card, options.overwrite)?;
    if !common.quiet {
        writeln!(
            anstream::stdout(),
            "{} vectors from {n_sentences} sentences, {n_tokens} running words, are in {}.",
            vectors.words().len(),
            options.output.display()
        )?;
    }
    Ok(())
}
