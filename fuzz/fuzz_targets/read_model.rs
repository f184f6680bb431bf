//! Reads arbitrary bytes as a model. Whatever they are, the answer is an error or a classifier that classifies.
//!
//! ```text
//! cargo install cargo-fuzz
//! mkdir -p fuzz/corpus/read_model
//! cargo +nightly fuzz run read_model fuzz/corpus/read_model fuzz/seeds/read_model
//! RUSTC_BOOTSTRAP=1 cargo fuzz run read_model fuzz/corpus/read_model fuzz/seeds/read_model    # on a stable toolchain
//! ```
//!
//! The input begins with the lengths of the configuration and of the tokenizer, two little-endian bytes each; then
//! come configuration, tokenizer and weights. Random bytes seldom make JSON, let alone a safetensors file of the
//! length that the configuration demands, so the seeds are two models of 256 buckets, with and without subwords.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use marsad::model::ModelFiles;

fuzz_target!(|input: &[u8]| {
    let Some((lengths, rest)) = input.split_first_chunk::<4>() else {
        return;
    };
    let [config_len, tokenizer_len] = [
        u16::from_le_bytes([lengths[0], lengths[1]]),
        u16::from_le_bytes([lengths[2], lengths[3]]),
    ];
    let (config, rest) = rest.split_at(rest.len().min(config_len.into()));
    let (tokenizer, weights) = rest.split_at(rest.len().min(tokenizer_len.into()));
    let tokenizer = (!tokenizer.is_empty()).then(|| tokenizer.to_vec());
    let files = ModelFiles::from_bytes(config.to_vec(), weights.to_vec(), tokenizer);
    if let Ok(classifier) = files.classifier(Path::new("fuzz")) {
        let sentence = "انفجرت سيارة مفخخة قرب السوق، 漢字 and 12";
        let mut scratch = classifier.scratch();
        let prediction = classifier.classify(sentence, &mut scratch);
        let total: f32 = prediction.probabilities.iter().sum();
        assert!((total - 1.0).abs() < 1e-3, "{prediction:?}");
        assert!(classifier.explain(sentence).difference.is_finite());
    }
});
