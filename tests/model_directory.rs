//! A model directory is read back to the last bit, and a broken one is refused with the reason.

use std::fs;
use std::path::{Path, PathBuf};

use marsad::Classifier;
use marsad::features::FeatureConfig;
use marsad::model::{FORMAT_VERSION, ModelFiles};
use marsad::training::{Corpus, LabelledSentence, TrainingConfig, train};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::{Value, json};
use tempfile::TempDir;

const CONFIG: &str = "config.json";
const WEIGHTS: &str = "model.safetensors";
const TOKENIZER: &str = "tokenizer.json";
const FILES: [&str; 3] = [CONFIG, WEIGHTS, TOKENIZER];

const SENTENCES: [&str; 6] = [
    "انفجرت سيارة مفخخة قرب السوق المركزي فقتلت أربعة أشخاص",
    "فاز الفريق الأول على ضيفه بهدفين في مباراة كرة القدم",
    "أَدانـت «الحكومة» ٣٫٥% من ﷺ www.example.com",
    "漢字 and English, 2024",
    "ااااااااااااااااااااااااااااااااااااااااااااااااااااااااااااااا漢漢漢",
    "",
];

/// A copy of the shipped model, to be broken.
struct Model {
    folder: TempDir,
}

impl Model {
    fn new() -> Self {
        let folder = TempDir::new().expect("a temporary folder");
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
        for file in FILES {
            fs::copy(shipped.join(file), folder.path().join(file)).expect("the file is copied");
        }
        Self { folder }
    }

    fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn bytes(&self, file: &str) -> Vec<u8> {
        fs::read(self.path(file)).expect("the file is there")
    }

    fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(file), bytes).expect("the file is written");
    }

    fn json(&self, file: &str) -> Value {
        serde_json::from_slice(&self.bytes(file)).expect("the file is JSON")
    }

    /// Changes a JSON file.
    fn edit(&self, file: &str, change: impl FnOnce(&mut Value)) {
        let mut json = self.json(file);
        change(&mut json);
        self.write(file, json.to_string());
    }

    /// Overwrites the first number of a tensor of 32-bit floats.
    fn set_float(&self, tensor: &str, value: f32) {
        let mut bytes = self.bytes(WEIGHTS);
        let start = tensor_start(&bytes, tensor);
        bytes[start..start + 4].copy_from_slice(&value.to_le_bytes());
        self.write(WEIGHTS, bytes);
    }

    fn read(&self) -> Result<Classifier, marsad::Error> {
        let path = self.folder.path();
        ModelFiles::read(path)?.classifier(path)
    }

    /// What is said when the model is refused, which it must be. All of `parts` must be in it.
    #[track_caller]
    fn assert_refused(&self, parts: &[&str]) {
        let error = self
            .read()
            .map(|_| ())
            .expect_err("a broken model is refused")
            .to_string();
        for part in parts {
            assert!(error.contains(part), "«{part}» is not in: {error}");
        }
    }
}

/// The length of the JSON header of a safetensors file, which its first eight bytes say.
fn header_len(weights: &[u8]) -> usize {
    let (length, _) = weights.split_first_chunk().expect("eight bytes");
    usize::try_from(u64::from_le_bytes(*length)).expect("a short header")
}

fn tensor_start(weights: &[u8], tensor: &str) -> usize {
    let data = 8 + header_len(weights);
    let header: Value = serde_json::from_slice(&weights[8..data]).expect("the header is JSON");
    let offset = header[tensor]["data_offsets"][0].as_u64();
    data + offset.expect("an offset") as usize
}

/// Classifies and explains: all numbers must be numbers, and add up.
#[track_caller]
fn assert_works(classifier: &Classifier) {
    let mut scratch = classifier.scratch();
    for sentence in SENTENCES {
        let prediction = classifier.classify(sentence, &mut scratch);
        assert_eq!(prediction.probabilities.len(), classifier.labels().len());
        let total: f32 = prediction.probabilities.iter().sum();
        assert!((total - 1.0).abs() < 1e-4, "{prediction:?}");
        let confidence = prediction.confidence();
        assert!(
            prediction
                .probabilities
                .iter()
                .all(|p| (0.0..=confidence).contains(p)),
            "{prediction:?}"
        );
        assert!(classifier.explain(sentence).difference.is_finite());
    }
}

/// The bits of all margins and probabilities.
fn bits(classifier: &Classifier) -> Vec<u32> {
    let mut scratch = classifier.scratch();
    let mut bits = Vec::new();
    for sentence in SENTENCES {
        let prediction = classifier.classify(sentence, &mut scratch);
        let numbers = prediction.margins.iter().chain(prediction.probabilities);
        bits.extend(numbers.map(|number| number.to_bits()));
    }
    bits
}

#[test]
fn the_embedded_model_loads_again_and_again() {
    let mut first = None;
    for _ in 0..20 {
        let classifier = Classifier::embedded().unwrap();
        assert_works(&classifier);
        let bits = bits(&classifier);
        assert_eq!(*first.get_or_insert_with(|| bits.clone()), bits);
    }
}

#[test]
fn the_embedded_model_is_the_one_in_models_default() {
    let model = Model::new();
    assert_eq!(
        bits(&Classifier::embedded().unwrap()),
        bits(&model.read().unwrap())
    );
}

#[test]
fn a_model_written_and_read_back_predicts_the_same_bits() {
    let sentence = |index: usize| LabelledSentence {
        text: format!("{} رقم {index}", SENTENCES[index % 2]),
        label: ["attack", "match"][index % 2].to_owned(),
        ..LabelledSentence::default()
    };
    let corpus = Corpus {
        sentences: (0..20).map(sentence).collect(),
        ..Corpus::default()
    };
    for subwords in [true, false] {
        let config = TrainingConfig {
            features: FeatureConfig {
                bucket_bits: 10,
                subwords,
                ..FeatureConfig::default()
            },
            ..TrainingConfig::default()
        };
        let trained = train(&corpus, &config, None).unwrap();
        let folder = TempDir::new().unwrap();
        let path = folder.path().join("new/model");
        trained.files.write(&path, "# Card\n", false).unwrap();
        let read = ModelFiles::read(&path).unwrap();
        assert!(read == trained.files);
        assert_eq!(read.checksum(), trained.files.checksum());
        assert_eq!(
            bits(&read.classifier(&path).unwrap()),
            bits(&trained.files.classifier(Path::new("memory")).unwrap())
        );
        assert_eq!(
            fs::read_to_string(path.join("README.md")).unwrap(),
            "# Card\n"
        );
        // No temporary file stays behind.
        assert_eq!(
            fs::read_dir(&path).unwrap().count(),
            if subwords { 4 } else { 3 }
        );
        let error = trained.files.write(&path, "", false).unwrap_err();
        assert!(error.to_string().contains("--overwrite"), "{error}");
        trained.files.write(&path, "", true).unwrap();
    }
}

#[test]
fn a_missing_file_is_named() {
    for file in FILES {
        let model = Model::new();
        fs::remove_file(model.path(file)).unwrap();
        model.assert_refused(&[file]);
    }
    let error = ModelFiles::read(Path::new("/nowhere/model")).unwrap_err();
    assert!(error.to_string().contains("marsad train"), "{error}");
}

#[test]
fn a_file_cut_short_anywhere_is_refused() {
    let model = Model::new();
    for file in FILES {
        let whole = model.bytes(file);
        let end = match file {
            WEIGHTS => whole.len(),
            // White space at the end of JSON is no loss.
            _ => whole.trim_ascii_end().len(),
        };
        let spread = (0..40).map(|part| part * end / 40);
        for length in (0..12).chain(spread).chain(end - 3..end) {
            model.write(file, &whole[..length]);
            model.assert_refused(&[file]);
        }
        model.write(file, &whole);
    }
    assert_works(&model.read().unwrap());
}

#[test]
fn a_change_to_any_byte_of_the_header_is_noticed() {
    let model = Model::new();
    let [config, weights, tokenizer] = FILES.map(|file| model.bytes(file));
    let mut files = weights.clone();
    for place in 0..8 + header_len(&weights) {
        for flip in [0x01, 0x80, 0xFF] {
            files[place] ^= flip;
            let broken =
                ModelFiles::from_bytes(config.clone(), files.clone(), Some(tokenizer.clone()));
            let error = broken
                .classifier(Path::new("broken"))
                .map(|_| ())
                .unwrap_err();
            assert!(error.to_string().contains(WEIGHTS), "byte {place}: {error}");
            files[place] ^= flip;
        }
    }
}

#[test]
fn bytes_changed_anywhere_give_an_error_or_a_working_model() {
    let model = Model::new();
    let whole = FILES.map(|file| model.bytes(file));
    let mut random = ChaCha8Rng::seed_from_u64(1);
    let mut refused = 0;
    for round in 0..300 {
        let mut files = whole.clone();
        let file = &mut files[round % FILES.len()];
        // Half of the changes fall where the numbers and names that steer the reading stand.
        let reach = if round % 2 == 0 { file.len() } else { 400 };
        for _ in 0..random.gen_range(1..4) {
            let place = random.gen_range(0..reach);
            file[place] = random.r#gen();
        }
        let [config, weights, tokenizer] = files;
        let read = ModelFiles::from_bytes(config, weights, Some(tokenizer));
        match read.classifier(Path::new("changed")) {
            Ok(classifier) => assert_works(&classifier),
            Err(error) => {
                assert!(!error.to_string().is_empty());
                refused += 1;
            }
        }
    }
    // Both happen: most changes of JSON are noticed, most changes of weights are not.
    assert!((50..250).contains(&refused), "{refused}");
}

#[test]
fn another_format_version_is_refused_with_what_to_do() {
    let model = Model::new();
    let other = FORMAT_VERSION + 1;
    // What another version looks like beyond its version is not known.
    model.write(
        CONFIG,
        json!({"format_version": other, "new": true}).to_string(),
    );
    let version = format!("version {other}");
    model.assert_refused(&[
        CONFIG,
        &version,
        "train the model anew",
        "marsad that wrote it",
    ]);
    for version in [json!(0), json!(-1), json!(1e30), json!("1"), json!(null)] {
        model.edit(CONFIG, |config| config["format_version"] = version);
        model.assert_refused(&[CONFIG]);
    }
}

#[test]
fn a_configuration_out_of_range_is_refused() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 11] = [
        ("colour", |config| config["colour"] = json!("blue")),
        ("depth", |config| config["features"]["depth"] = json!(3)),
        ("labels", |config| {
            drop(config.as_object_mut().expect("an object").remove("labels"))
        }),
        ("labels", |config| config["labels"] = json!(["one"])),
        ("labels", |config| config["labels"] = json!(vec!["x"; 300])),
        ("news-0", |config| config["normalizer"] = json!("news-0")),
        ("bucket_bits", |config| {
            config["features"]["bucket_bits"] = json!(25)
        }),
        ("bucket_bits", |config| {
            config["features"]["bucket_bits"] = json!(0)
        }),
        ("char_ngrams", |config| {
            config["features"]["char_ngrams"] = json!({"min": 3, "max": 8})
        }),
        ("char_ngrams", |config| {
            config["features"]["char_ngrams"] = json!({"min": 5, "max": 2})
        }),
        ("opening_words", |config| {
            config["features"]["opening_words"] = json!(17)
        }),
    ];
    for (said, change) in cases {
        let model = Model::new();
        model.edit(CONFIG, change);
        model.assert_refused(&[CONFIG, said]);
    }
}

#[test]
fn weights_of_another_shape_are_refused() {
    let model = Model::new();
    let config = model.json(CONFIG);
    let bits = config["features"]["bucket_bits"].as_u64().unwrap();
    for bits in [bits - 1, bits + 1] {
        model.edit(CONFIG, |config| {
            config["features"]["bucket_bits"] = json!(bits)
        });
        model.assert_refused(&[WEIGHTS, "bytes"]);
    }
    model.write(CONFIG, config.to_string());

    let labels = config["labels"].as_array().unwrap().clone();
    let more = [&labels[..], &[json!("another")]].concat();
    for labels in [&labels[1..], &more] {
        model.edit(CONFIG, |config| config["labels"] = json!(labels));
        model.assert_refused(&[WEIGHTS]);
    }
    model.write(CONFIG, config.to_string());

    for known_words in [0, 59_999, 60_001, 1u64 << 40] {
        model.edit(CONFIG, |config| config["known_words"] = json!(known_words));
        model.assert_refused(&[]);
    }
    model.write(CONFIG, config.to_string());

    // The same bytes, the other way round or under another name or type.
    let weights = model.bytes(WEIGHTS);
    let known_words = config["known_words"].as_u64().unwrap();
    let (n_rows, n_classes) = ((1u64 << bits) + 2 * known_words, labels.len());
    let shape = format!("[{n_rows},{n_classes}]");
    for (from, to, said) in [
        (
            shape.as_str(),
            format!("[{n_classes},{n_rows}]").as_str(),
            "weights",
        ),
        ("\"I16\"", "\"U16\"", "weights"),
        ("\"bias\"", "\"bigs\"", "bias"),
        ("\"U64\"", "\"I64\"", "known_words"),
    ] {
        let data = 8 + header_len(&weights);
        let header = std::str::from_utf8(&weights[8..data]).unwrap();
        assert!(header.contains(from), "{header}");
        let changed = header.replace(from, to);
        model.write(
            WEIGHTS,
            [&weights[..8], changed.as_bytes(), &weights[data..]].concat(),
        );
        model.assert_refused(&[WEIGHTS, said, "Copy the file again"]);
    }
}

#[test]
fn scales_and_biases_that_are_no_weights_are_refused() {
    for scale in [f32::NAN, f32::INFINITY, 0.0, -1.0] {
        let model = Model::new();
        model.set_float("scale", scale);
        model.assert_refused(&[WEIGHTS, "finite"]);
    }
    for bias in [f32::NAN, f32::NEG_INFINITY] {
        let model = Model::new();
        model.set_float("bias", bias);
        model.assert_refused(&[WEIGHTS, "finite"]);
    }
}

#[test]
fn the_largest_and_smallest_numbers_give_an_error_or_a_working_model() {
    for (tensor, value) in [
        ("scale", f32::MAX),
        ("scale", 1e35),
        ("scale", f32::MIN_POSITIVE),
        ("scale", f32::from_bits(1)),
        ("bias", f32::MAX),
        ("bias", f32::MIN),
    ] {
        let model = Model::new();
        model.set_float(tensor, value);
        if let Ok(classifier) = model.read() {
            assert_works(&classifier);
        }
    }
}

#[test]
fn a_tokenizer_that_cannot_be_compiled_is_refused() {
    type Change = fn(&mut Value);
    let cases: [(&str, Change); 6] = [
        ("zzz", |model| model["merges"][5] = json!(["zzz", "a"])),
        ("merge", |model| model["vocab"] = json!({})),
        ("BPE", |model| model["type"] = json!("WordPiece")),
        ("BPE", |model| model["unk_token"] = json!("[UNK]")),
        ("BPE", |model| model["byte_fallback"] = json!(true)),
        ("merges", |model| {
            drop(model.as_object_mut().expect("an object").remove("merges"))
        }),
    ];
    for (said, change) in cases {
        let model = Model::new();
        model.edit(TOKENIZER, |tokenizer| change(&mut tokenizer["model"]));
        model.assert_refused(&[TOKENIZER, said]);
    }
}

#[test]
fn pieces_with_any_numbers_give_an_error_or_a_working_model() {
    for number in [0, 1, u32::MAX - 1, u32::MAX] {
        let model = Model::new();
        model.edit(TOKENIZER, |tokenizer| {
            let vocabulary = tokenizer["model"]["vocab"].as_object_mut();
            for id in vocabulary.expect("an object").values_mut() {
                *id = json!(number);
            }
        });
        if let Ok(classifier) = model.read() {
            assert_works(&classifier);
        }
    }
}

/// What `marsad inspect` says of a broken model when it has 400 MB of memory: an error, unless it wants more.
#[cfg(target_os = "linux")]
#[track_caller]
fn refusal_in_little_memory(model: &Model) -> String {
    let output = std::process::Command::new("sh")
        .args(["-c", "ulimit -v 400000 && exec \"$@\"", "sh"])
        .args([env!("CARGO_BIN_EXE_marsad"), "inspect"])
        .arg(model.folder.path())
        .output()
        .expect("sh runs");
    let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(1), "{stderr}");
    stderr
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_of_three_gibibytes_is_refused_by_its_size() {
    for file in FILES {
        let model = Model::new();
        let grown = fs::File::options().write(true).open(model.path(file));
        // Sparse: it takes no room on the disk.
        grown.unwrap().set_len(3 << 30).unwrap();
        let refusal = refusal_in_little_memory(&model);
        assert!(
            refusal.contains(file) && refusal.contains("larger than"),
            "{refusal}"
        );
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_small_file_that_promises_two_gibibytes_of_weights_is_refused_without_room_for_them() {
    let model = Model::new();
    model.edit(CONFIG, |config| {
        config["features"]["bucket_bits"] = json!(24);
        let labels: Vec<_> = (0..64).map(|label| label.to_string()).collect();
        config["labels"] = json!(labels);
    });
    let refusal = refusal_in_little_memory(&model);
    assert!(
        refusal.contains(WEIGHTS) && refusal.contains("expected"),
        "{refusal}"
    );
}
