//! Learns a subword vocabulary.

use tokenizers::models::bpe::{BPE, BpeTrainer};
use tokenizers::pre_tokenizers::whitespace::WhitespaceSplit;
use tokenizers::{DecoderWrapper, NormalizerWrapper, PostProcessorWrapper, TokenizerBuilder};

use crate::Error;

/// More pieces than any use of them here could want; the trainer makes room for all at once.
const MAX_VOCABULARY: usize = 100_000;

/// Learns at most `vocabulary_size` byte-pair pieces, each made of parts seen together at least
/// twice, from normalised texts, with the `tokenizers` crate. Returns the text of its `tokenizer.json`.
///
/// # Errors
///
/// [`Error::InvalidParameter`] for more than 100,000 pieces, [`Error::Data`] when the crate refuses the texts.
pub fn train_subwords(normalized: &[String], vocabulary_size: usize) -> Result<String, Error> {
    if vocabulary_size > MAX_VOCABULARY {
        return Err(Error::InvalidParameter {
            parameter: "subword_vocabulary",
            rule: "at most 100,000",
            got: vocabulary_size.to_string(),
        });
    }
    let refuse =
        |source: tokenizers::Error| Error::Data(format!("the subword vocabulary: {source}"));
    let mut trainer = BpeTrainer::builder()
        .vocab_size(vocabulary_size)
        .min_frequency(2)
        .show_progress(false)
        .build();
    let mut tokenizer = TokenizerBuilder::<
        BPE,
        NormalizerWrapper,
        WhitespaceSplit,
        PostProcessorWrapper,
        DecoderWrapper,
    >::new()
    .with_model(BPE::default())
    .with_normalizer(None)
    .with_pre_tokenizer(Some(WhitespaceSplit))
    .with_post_processor(None)
    .with_decoder(None)
    .build()
    .map_err(refuse)?;
    tokenizer
        .train(&mut trainer, normalized.iter())
        .map_err(refuse)?;
    tokenizer.to_string(false).map_err(refuse)
}
