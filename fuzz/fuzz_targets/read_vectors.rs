//! Reads arbitrary bytes as word vectors. Whatever they are, the answer is an error or vectors that can be searched.
//!
//! ```text
//! cargo install cargo-fuzz
//! mkdir -p fuzz/corpus/read_vectors
//! cargo +nightly fuzz run read_vectors fuzz/corpus/read_vectors fuzz/seeds/read_vectors
//! RUSTC_BOOTSTRAP=1 cargo fuzz run read_vectors fuzz/corpus/read_vectors fuzz/seeds/read_vectors    # on a stable toolchain
//! ```
//!
//! The input begins with the lengths of the configuration and of the words, two little-endian bytes each; then come
//! configuration, words and vectors. Random bytes seldom make JSON, let alone a safetensors file of the shape that the
//! configuration demands, so the seed is vectors of 12 words in 3 dimensions.

#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use marsad::vectors::VectorFiles;

fuzz_target!(|input: &[u8]| {
    let Some((lengths, rest)) = input.split_first_chunk::<4>() else {
        return;
    };
    let [config_len, words_len] = [
        u16::from_le_bytes([lengths[0], lengths[1]]),
        u16::from_le_bytes([lengths[2], lengths[3]]),
    ];
    let (config, rest) = rest.split_at(rest.len().min(config_len.into()));
    let (words, vectors) = rest.split_at(rest.len().min(words_len.into()));
    let files = VectorFiles::from_bytes(config.to_vec(), words.to_vec(), vectors.to_vec());
    if let Ok(vectors) = files.vectors(Path::new("fuzz")) {
        let word = &vectors.words()[0];
        let near = vectors.near(word, 3).expect("a word in its normal form");
        assert_eq!(near.len(), 3.min(vectors.words().len() - 1));
        let frequency = vectors.smooth_inverse_frequency(0, 1e-3);
        assert!((0.0..=1.0).contains(&frequency), "{frequency}");
        assert_eq!(vectors.checksum().len(), 64);
    }
});
