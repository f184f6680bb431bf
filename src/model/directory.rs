//! A model on disk: `config.json`, `model.safetensors`, `tokenizer.json`, `README.md`.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use safetensors::tensor::{Dtype, SafeTensors, TensorView, serialize};

use super::{Classifier, FORMAT_VERSION, ModelConfig, WeightTable};
use crate::Error;
use crate::checked_tensor::checked_tensor;
use crate::checksum::sha256;
use crate::features::{FeatureExtractor, MAX_KNOWN_WORDS, Subwords, Vocabulary};
use crate::files::{read_at_most, write_atomically};

const CONFIG_FILE: &str = "config.json";
/// The name of the file that holds the weights.
pub const WEIGHTS_FILE: &str = "model.safetensors";
const TOKENIZER_FILE: &str = "tokenizer.json";
/// The name of the page that says what the model is.
pub const CARD_FILE: &str = "README.md";

/// No configuration comes near this many bytes.
const MAX_CONFIG: u64 = 4 << 20;
/// A vocabulary of 100,000 pieces takes about 5 MiB.
const MAX_TOKENIZER: u64 = 32 << 20;
/// Room for the header of the weights file.
const MAX_HEADER: u64 = 64 << 10;

/// The bytes of the files of a model directory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelFiles {
    config: Vec<u8>,
    weights: Vec<u8>,
    /// Only a model with subword features has one.
    tokenizer: Option<Vec<u8>>,
}

impl ModelFiles {
    /// The files of a model.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when the parts cannot be serialised.
    pub fn new(
        config: &ModelConfig,
        table: &WeightTable,
        tokenizer: Option<String>,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Error> {
        let unserialisable =
            |message: String| Error::Data(format!("the model cannot be serialised: {message}"));
        let json = config_bytes(config)?;
        let rows = 0..table.n_rows() as u32;
        let weights: Vec<u8> = rows
            .flat_map(|row| table.row(row))
            .flat_map(|w| w.to_le_bytes())
            .collect();
        let bias: Vec<u8> = table.bias().iter().flat_map(|b| b.to_le_bytes()).collect();
        let scale = table.scale().to_le_bytes();
        let view = |dtype, shape: Vec<usize>, bytes| {
            TensorView::new(dtype, shape, bytes).map_err(|e| unserialisable(e.to_string()))
        };
        let hashes: Vec<u8> = vocabulary
            .hashes()
            .iter()
            .flat_map(|h| h.to_le_bytes())
            .collect();
        let mut tensors = vec![
            (
                "weights",
                view(
                    Dtype::I16,
                    vec![table.n_rows(), table.n_classes()],
                    weights.as_slice(),
                )?,
            ),
            (
                "bias",
                view(Dtype::F32, vec![table.n_classes()], bias.as_slice())?,
            ),
            ("scale", view(Dtype::F32, vec![1], scale.as_slice())?),
        ];
        if !vocabulary.is_empty() {
            tensors.push((
                "known_words",
                view(Dtype::U64, vec![vocabulary.len()], hashes.as_slice())?,
            ));
        }
        let weights = serialize(tensors, None).map_err(|e| unserialisable(e.to_string()))?;
        Ok(Self {
            config: json,
            weights,
            tokenizer: tokenizer.map(String::into_bytes),
        })
    }

    /// The files of a model as bytes, from wherever they came; [`classifier`](Self::classifier) checks them.
    #[must_use]
    pub fn from_bytes(config: Vec<u8>, weights: Vec<u8>, tokenizer: Option<Vec<u8>>) -> Self {
        Self {
            config,
            weights,
            tokenizer,
        }
    }

    /// Reads the directory `path`. No file is read that is larger than the configuration allows.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when a file is missing or unreadable, [`Error::Model`] when one is too large or the
    /// configuration is broken.
    pub fn read(path: &Path) -> Result<Self, Error> {
        if !path.join(CONFIG_FILE).exists() {
            return Err(Error::model(
                path,
                format!(
                    "is not a model directory: it has no {CONFIG_FILE}. `marsad train` makes one"
                ),
            ));
        }
        let config_path = path.join(CONFIG_FILE);
        let config = read_at_most(&config_path, MAX_CONFIG)?;
        let parsed = parse_config(&config).map_err(|message| Error::model(config_path, message))?;
        let weights = read_at_most(&path.join(WEIGHTS_FILE), tensor_bytes(&parsed) + MAX_HEADER)?;
        let tokenizer = match parsed.features.subwords {
            true => Some(read_at_most(&path.join(TOKENIZER_FILE), MAX_TOKENIZER)?),
            false => None,
        };
        Ok(Self {
            config,
            weights,
            tokenizer,
        })
    }

    /// Writes the files and `card` (the text of `README.md`) to the directory `path`, making it if need be. Each file is written
    /// beside its place and then renamed, so a crash leaves no half file.
    ///
    /// # Errors
    ///
    /// [`Error::Io`], or [`Error::Model`] when a model is there already and `overwrite` is false.
    pub fn write(&self, path: &Path, card: &str, overwrite: bool) -> Result<(), Error> {
        if !overwrite && path.join(CONFIG_FILE).exists() {
            return Err(Error::model(
                path,
                "holds a model already; name another directory or pass --overwrite",
            ));
        }
        std::fs::create_dir_all(path).map_err(|e| Error::io(path, e))?;
        if let Some(tokenizer) = &self.tokenizer {
            write_atomically(path, TOKENIZER_FILE, tokenizer)?;
        }
        write_atomically(path, WEIGHTS_FILE, &self.weights)?;
        write_atomically(path, CARD_FILE, card.as_bytes())?;
        write_atomically(path, CONFIG_FILE, &self.config)
    }

    /// Stores `thresholds` in the model in the directory `path`, in place of those that it has, and changes nothing else.
    ///
    /// # Errors
    ///
    /// [`Error::Io`]; [`Error::Model`] when there is no model, or a threshold lies outside 0 to 1 or belongs to no label of it.
    pub fn store_thresholds(path: &Path, thresholds: BTreeMap<String, f32>) -> Result<(), Error> {
        let config_path = path.join(CONFIG_FILE);
        let refused = |message| Error::model(&config_path, message);
        let mut config = parse_config(&Self::read(path)?.config).map_err(refused)?;
        config.thresholds = thresholds;
        check_thresholds(&config).map_err(refused)?;
        write_atomically(path, CONFIG_FILE, &config_bytes(&config)?)
    }

    /// The SHA-256 of the weights file, in hexadecimal.
    #[must_use]
    pub fn checksum(&self) -> String {
        sha256(&self.weights)
    }

    /// The number of bytes of all files.
    #[must_use]
    pub fn size(&self) -> usize {
        self.config.len() + self.weights.len() + self.tokenizer.as_ref().map_or(0, Vec::len)
    }

    /// Makes the classifier, checking every length and number. `origin` names the files in errors.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] says which file is wrong, in what, and what to do.
    pub fn classifier(&self, origin: &Path) -> Result<Classifier, Error> {
        let at = |file: &str| -> PathBuf { origin.join(file) };
        let config =
            parse_config(&self.config).map_err(|message| Error::model(at(CONFIG_FILE), message))?;
        let (table, vocabulary) = parse_weights(&self.weights, &config)
            .map_err(|message| Error::model(at(WEIGHTS_FILE), message))?;
        let subwords = match (&self.tokenizer, config.features.subwords) {
            (Some(tokenizer), true) => Some(
                Subwords::compile(tokenizer)
                    .map_err(|message| Error::model(at(TOKENIZER_FILE), message))?,
            ),
            (None, true) => {
                return Err(Error::model(
                    at(TOKENIZER_FILE),
                    "is missing, but the model uses subwords",
                ));
            }
            (_, false) => None,
        };
        let extractor =
            FeatureExtractor::new(config.features.clone(), subwords)?.with_vocabulary(vocabulary);
        Classifier::new(config, extractor, table)
    }
}

/// The contents of `config.json`.
fn config_bytes(config: &ModelConfig) -> Result<Vec<u8>, Error> {
    let mut json = serde_json::to_vec_pretty(config)
        .map_err(|e| Error::Data(format!("the model cannot be serialised: {e}")))?;
    json.push(b'\n');
    Ok(json)
}

fn check_thresholds(config: &ModelConfig) -> Result<(), String> {
    for (label, threshold) in &config.thresholds {
        if !config.labels.contains(label) {
            return Err(format!(
                "has a threshold for «{label}», which is no label of the model; its labels are {}",
                config.labels.join(", ")
            ));
        }
        if !(0.0..=1.0).contains(threshold) {
            return Err(format!(
                "has the threshold {threshold} for «{label}»; it must be a probability, 0 to 1"
            ));
        }
    }
    Ok(())
}

fn parse_config(bytes: &[u8]) -> Result<ModelConfig, String> {
    // The version first: another version may have other fields.
    #[derive(serde::Deserialize)]
    struct Version {
        format_version: u32,
    }
    let broken =
        |e: serde_json::Error| format!("is not a model configuration: {e}. Train the model anew");
    let Version { format_version } = serde_json::from_slice(bytes).map_err(broken)?;
    if format_version != FORMAT_VERSION {
        return Err(format!(
            "has format version {format_version}, this marsad reads version {FORMAT_VERSION}: \
             train the model anew or use the marsad that wrote it"
        ));
    }
    let config: ModelConfig = serde_json::from_slice(bytes).map_err(broken)?;
    config.features.check().map_err(|e| e.to_string())?;
    if config.known_words > MAX_KNOWN_WORDS {
        return Err(format!(
            "has {} known words; a model has at most {MAX_KNOWN_WORDS}",
            config.known_words
        ));
    }
    if !(2..=super::MAX_CLASSES).contains(&config.labels.len()) {
        return Err(format!(
            "names {} labels; a model has 2 to {}",
            config.labels.len(),
            super::MAX_CLASSES
        ));
    }
    check_thresholds(&config)?;
    Ok(config)
}

/// How many bytes the tensors of a model take.
fn tensor_bytes(config: &ModelConfig) -> u64 {
    let n_classes = config.labels.len() as u64;
    let known_words = config.known_words as u64;
    n_rows(config) * n_classes * 2 + n_classes * 4 + 4 + known_words * 8
}

/// Buckets, and two rows for each known word.
fn n_rows(config: &ModelConfig) -> u64 {
    config.features.n_buckets() as u64 + 2 * config.known_words as u64
}

fn parse_weights(bytes: &[u8], config: &ModelConfig) -> Result<(WeightTable, Vocabulary), String> {
    let broken = |what: String| {
        format!("{what}. Copy the file again from its source, or train the model anew")
    };
    let expected = tensor_bytes(config);
    if (bytes.len() as u64) < expected || bytes.len() as u64 > expected + MAX_HEADER {
        return Err(broken(format!(
            "has {} bytes, {expected} and a short header were expected",
            bytes.len()
        )));
    }
    let tensors = SafeTensors::deserialize(bytes)
        .map_err(|e| broken(format!("is not a safetensors file: {e}")))?;
    let tensor = |name: &str, dtype: Dtype, shape: &[usize]| {
        checked_tensor(&tensors, name, dtype, shape).map_err(&broken)
    };
    let n_classes = config.labels.len();
    let weights = tensor("weights", Dtype::I16, &[n_rows(config) as usize, n_classes])?;
    let bias = floats(tensor("bias", Dtype::F32, &[n_classes])?);
    let scale = floats(tensor("scale", Dtype::F32, &[1])?)[0];
    let (pairs, _) = weights.as_chunks();
    let table = WeightTable::from_parts(
        pairs.iter().map(|pair| i16::from_le_bytes(*pair)),
        bias,
        scale,
    )
    .map_err(&broken)?;
    let hashes = match config.known_words {
        0 => &[],
        n => tensor("known_words", Dtype::U64, &[n])?,
    };
    let (words, _) = hashes.as_chunks();
    let hashes = words.iter().map(|word| u64::from_le_bytes(*word)).collect();
    let vocabulary = Vocabulary::new(hashes).map_err(|place| {
        broken(format!(
            "tensor «known_words» repeats an entry at {place}, or its entries collide"
        ))
    })?;
    Ok((table, vocabulary))
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let (words, _) = bytes.as_chunks();
    words.iter().map(|word| f32::from_le_bytes(*word)).collect()
}
