//! Documents of an archive, worked on by all cores and handed over in order.

use marsad::Classifier;
use marsad::archive::{Blocks, Document, Input, ReadOptions, Rejection};
use marsad::model::Scratch;
use marsad::text::SentenceSplitter;
use rayon::prelude::*;

use super::evaluate::warn;
use super::progress;

/// The sentences of a document but for page furniture, as `marsad classify --split --drop-boilerplate` takes them.
pub(super) fn sentences(text: &str) -> impl Iterator<Item = &str> {
    SentenceSplitter::new()
        .split(text)
        .filter(|sentence| !sentence.boilerplate)
        .map(move |sentence| sentence.of(text))
}

/// Hands what `work` makes of each document to `sink`, in the order of the inputs. No more than a block of documents is in memory at
/// a time. A record that cannot be read is named on standard error and skipped.
pub(super) fn for_each_document<T: Send>(
    inputs: Vec<Input>,
    options: &ReadOptions,
    classifier: &Classifier,
    quiet: bool,
    work: impl Fn(&Document, &mut Scratch) -> T + Sync,
    mut sink: impl FnMut(T),
) -> anyhow::Result<()> {
    for input in inputs {
        let bar = progress::bytes(input.length(), quiet);
        let blocks = Blocks::open(input, options, None)?;
        let read = blocks.bytes_read();
        for block in blocks {
            let block = block?;
            let parts: Vec<Vec<Result<T, Rejection>>> = (0..block.n_parts())
                .into_par_iter()
                .map_init(
                    || classifier.scratch(),
                    |scratch, part| {
                        let mut results = Vec::new();
                        block.read_part(part, |_, record| match record {
                            Ok(Some(document)) => results.push(Ok(work(&document, scratch))),
                            Ok(None) => {}
                            Err(rejection) => results.push(Err(rejection)),
                        });
                        results
                    },
                )
                .collect();
            let passed_over = block.rejection().cloned().map(Err);
            for result in parts.into_iter().flatten().chain(passed_over) {
                match result {
                    Ok(result) => sink(result),
                    Err(rejection) => bar.suspend(|| warn(&format!("skipped {rejection}"))),
                }
            }
            bar.set_position(read.bytes());
        }
        bar.finish_and_clear();
    }
    Ok(())
}
