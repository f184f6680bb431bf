//! Vectors on disk: `config.json`, `words.tsv`, `vectors.safetensors`, `README.md`.

use std::fmt::Write;
use std::path::Path;

use ndarray::Array2;
use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};
use serde::{Deserialize, Serialize};

use super::{PretrainingConfig, WordVectors};
use crate::Error;
use crate::checked_tensor::checked_tensor;
use crate::files::{read_at_most, write_atomically};
use crate::text::Profile;

/// The version of the layout that this crate writes and reads.
const FORMAT_VERSION: u32 = 1;

const CONFIG_FILE: &str = "config.json";
const WORDS_FILE: &str = "words.tsv";
const VECTORS_FILE: &str = "vectors.safetensors";
const CARD_FILE: &str = "README.md";

/// More words than a language uses; as many as a model may know.
pub(super) const MAX_WORDS: usize = crate::features::MAX_KNOWN_WORDS;
/// Far more than help.
pub(super) const MAX_DIMENSIONS: usize = 1000;
/// The largest file that [`MAX_WORDS`] and [`MAX_DIMENSIONS`] allow, with its header.
const MAX_FILE: u64 = (MAX_WORDS * (MAX_DIMENSIONS + 64)) as u64;

/// The contents of the `config.json` of vectors.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VectorsConfig {
    /// The version of the layout, 1.
    pub format_version: u32,
    /// The profile under which the words were normalised.
    pub normalizer: Profile,
    /// The number of words.
    pub words: usize,
    /// The length of each vector.
    pub dimensions: usize,
    /// The number of running words of the texts.
    pub tokens: u64,
    /// The number of sentences of the texts.
    pub sentences: u64,
    /// How they were learned.
    pub pretraining: PretrainingConfig,
}

/// The bytes of the files of a directory of vectors.
///
/// Coordinates are stored as 8-bit integers with one scale a word: of the largest coordinate of a word, a coordinate is off by at
/// most 1/254.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VectorFiles {
    config: Vec<u8>,
    words: Vec<u8>,
    vectors: Vec<u8>,
}

impl VectorFiles {
    /// The files of `vectors`, learned from `sentences` sentences as `pretraining` says.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when the parts cannot be serialised.
    pub fn new(
        vectors: &WordVectors,
        sentences: u64,
        pretraining: &PretrainingConfig,
    ) -> Result<Self, Error> {
        let fail =
            |message: String| Error::Data(format!("the vectors cannot be written: {message}"));
        let (n_words, n_dimensions) = vectors.vectors().dim();
        let config = VectorsConfig {
            format_version: FORMAT_VERSION,
            normalizer: vectors.profile(),
            words: n_words,
            dimensions: n_dimensions,
            tokens: vectors.n_tokens(),
            sentences,
            pretraining: pretraining.clone(),
        };
        let mut json = serde_json::to_vec_pretty(&config).map_err(|e| fail(e.to_string()))?;
        json.push(b'\n');
        let mut words = String::new();
        for (word, count) in vectors.words().iter().zip(vectors.counts()) {
            // Writing to a string cannot fail.
            let _ = writeln!(words, "{word}\t{count}");
        }
        let (mut scales, mut rounded) = (Vec::new(), Vec::new());
        for vector in vectors.vectors().outer_iter() {
            let largest = vector.iter().fold(0f32, |largest, x| largest.max(x.abs()));
            let scale = if largest > 0.0 {
                largest / f32::from(i8::MAX)
            } else {
                1.0
            };
            scales.extend(scale.to_le_bytes());
            rounded.extend(
                vector
                    .iter()
                    .map(|x| ((x / scale).round() as i8).cast_unsigned()),
            );
        }
        let view = |dtype, shape, bytes| {
            TensorView::new(dtype, shape, bytes).map_err(|e| fail(e.to_string()))
        };
        let tensors = [
            (
                "vectors",
                view(Dtype::I8, vec![n_words, n_dimensions], &rounded)?,
            ),
            ("scales", view(Dtype::F32, vec![n_words], &scales)?),
        ];
        let bytes = serialize(tensors, None).map_err(|e| fail(e.to_string()))?;
        Ok(Self::from_bytes(json, words.into_bytes(), bytes))
    }

    /// The files as bytes, from wherever they came; [`vectors`](Self::vectors) checks them.
    #[must_use]
    pub fn from_bytes(config: Vec<u8>, words: Vec<u8>, vectors: Vec<u8>) -> Self {
        Self {
            config,
            words,
            vectors,
        }
    }

    /// Reads the directory `path`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when a file is missing or unreadable, [`Error::Model`] when one is too large.
    pub fn read(path: &Path) -> Result<Self, Error> {
        let read = |name: &str| read_at_most(&path.join(name), MAX_FILE);
        Ok(Self::from_bytes(
            read(CONFIG_FILE)?,
            read(WORDS_FILE)?,
            read(VECTORS_FILE)?,
        ))
    }

    /// Writes the files and `card` (the text of `README.md`) to the directory `path`, making it if need be, each whole
    /// or not at all.
    ///
    /// # Errors
    ///
    /// [`Error::Io`], or [`Error::Model`] when vectors are there already and `overwrite` is false.
    pub fn write(&self, path: &Path, card: &str, overwrite: bool) -> Result<(), Error> {
        if !overwrite && path.join(CONFIG_FILE).exists() {
            return Err(Error::model(
                path,
                "holds vectors or a model already; name another directory or pass --overwrite",
            ));
        }
        std::fs::create_dir_all(path).map_err(|e| Error::io(path, e))?;
        write_atomically(path, VECTORS_FILE, &self.vectors)?;
        write_atomically(path, WORDS_FILE, &self.words)?;
        write_atomically(path, CARD_FILE, card.as_bytes())?;
        write_atomically(path, CONFIG_FILE, &self.config)
    }

    /// The number of bytes of all files.
    #[must_use]
    pub fn size(&self) -> usize {
        self.config.len() + self.words.len() + self.vectors.len()
    }

    /// How the vectors were learned.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] when the configuration is broken; `origin` names it.
    pub fn config(&self, origin: &Path) -> Result<VectorsConfig, Error> {
        let fail = |message| Error::model(origin.join(CONFIG_FILE), message);
        let config: VectorsConfig = serde_json::from_slice(&self.config).map_err(|e| {
            fail(format!(
                "is no configuration of vectors: {e}. `marsad pretrain` makes one"
            ))
        })?;
        let sizes = [
            (config.words, MAX_WORDS),
            (config.dimensions, MAX_DIMENSIONS),
        ];
        if sizes
            .iter()
            .any(|&(size, most)| !(1..=most).contains(&size))
        {
            return Err(fail(format!(
                "names {} words of {} dimensions; 1 to {MAX_WORDS} and 1 to {MAX_DIMENSIONS} can be",
                config.words, config.dimensions
            )));
        }
        if config.format_version != FORMAT_VERSION {
            return Err(fail(format!(
                "has format version {}, this marsad reads version {FORMAT_VERSION}: pretrain anew",
                config.format_version
            )));
        }
        Ok(config)
    }

    /// The vectors, every length and number checked. `origin` names the files in errors.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] says which file is wrong and in what.
    pub fn vectors(&self, origin: &Path) -> Result<WordVectors, Error> {
        let config = self.config(origin)?;
        let (words, counts) = parse_words(&self.words, config.words)
            .map_err(|message| Error::model(origin.join(WORDS_FILE), message))?;
        let vectors = parse_vectors(&self.vectors, &config)
            .map_err(|message| Error::model(origin.join(VECTORS_FILE), message))?;
        WordVectors::new(config.normalizer, words, counts, config.tokens, vectors)
            .map_err(|e| Error::model(origin, e.to_string()))
    }
}

fn parse_words(bytes: &[u8], expected: usize) -> Result<(Vec<String>, Vec<u64>), String> {
    let text = std::str::from_utf8(bytes).map_err(|e| format!("is not UTF-8: {e}"))?;
    let (mut words, mut counts) = (Vec::new(), Vec::new());
    for (index, line) in text.lines().enumerate() {
        let parsed = line
            .split_once('\t')
            .and_then(|(word, count)| Some((word, count.parse().ok()?)));
        let (word, count) = parsed.ok_or_else(|| {
            format!(
                "line {}: a word, a tab and a count were expected",
                index + 1
            )
        })?;
        words.push(word.to_owned());
        counts.push(count);
    }
    if words.len() != expected {
        return Err(format!(
            "has {} words, the configuration names {expected}: copy the files again from one source",
            words.len()
        ));
    }
    Ok((words, counts))
}

fn parse_vectors(bytes: &[u8], config: &VectorsConfig) -> Result<Array2<f32>, String> {
    let tensors =
        SafeTensors::deserialize(bytes).map_err(|e| format!("is not a safetensors file: {e}"))?;
    let shape = [config.words, config.dimensions];
    let rounded = checked_tensor(&tensors, "vectors", Dtype::I8, &shape)?;
    let scales = checked_tensor(&tensors, "scales", Dtype::F32, &shape[..1])?;
    let (scales, _) = scales.as_chunks();
    let scales: Vec<f32> = scales
        .iter()
        .map(|bytes| f32::from_le_bytes(*bytes))
        .collect();
    Ok(Array2::from_shape_fn(shape, |(word, dimension)| {
        let coordinate = rounded[word * config.dimensions + dimension].cast_signed();
        f32::from(coordinate) * scales[word]
    }))
}
