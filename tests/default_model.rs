//! The shipped model is what the documented command makes of the shipped data.

use std::path::Path;
use std::process::Command;

#[test]
fn rebuilding_the_default_model_gives_the_same_bytes() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let rebuilt = folder.path().join("default");
    let status = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .current_dir(root)
        .args([
            "train",
            "data/train.jsonl",
            "--config",
            "models/training.json",
            "--notes",
            "models/notes.md",
            "--test",
            "data/test.jsonl",
            "--behaviour",
            "data/behaviour.jsonl",
        ])
        .args(["--strict", "--quiet", "-o"])
        .arg(&rebuilt)
        .status()
        .unwrap();
    assert!(status.success());
    let mut size = 0;
    for file in [
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "README.md",
    ] {
        let shipped = std::fs::read(root.join("models/default").join(file)).unwrap();
        let bytes = std::fs::read(rebuilt.join(file)).unwrap();
        assert!(
            bytes == shipped,
            "{file} differs: rebuild models/default with the command in the README"
        );
        size += bytes.len();
    }
    assert!(
        size <= 8 << 20,
        "the model has {size} bytes, 8 MiB is the limit"
    );
}

#[test]
fn the_corpus_has_enough_of_every_label_and_two_readings_of_every_sentence() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = ["data/train.jsonl", "data/test.jsonl"].map(|file| root.join(file));
    let corpus = marsad::training::Corpus::read(&files).unwrap();
    assert!(corpus.rejected.is_empty());
    assert!(corpus.sentences.len() >= 10_000);
    for label in [
        "attack",
        "diplomatic_meeting",
        "official_statement",
        "unrelated",
    ] {
        let n = corpus
            .sentences
            .iter()
            .filter(|sentence| sentence.label == label)
            .count();
        assert!(n >= 2200, "{label}: {n}");
    }
    let votes = std::fs::read_to_string(root.join("data/annotations/votes.jsonl")).unwrap();
    let mut readings = std::collections::BTreeMap::<String, Vec<(String, String)>>::new();
    for line in votes.lines() {
        let vote: serde_json::Value = serde_json::from_str(line).unwrap();
        let field = |name: &str| vote[name].as_str().unwrap().to_owned();
        readings
            .entry(field("id"))
            .or_default()
            .push((field("reader"), field("label")));
    }
    for sentence in &corpus.sentences {
        let id = sentence.id.clone().unwrap();
        let votes = &readings[&id];
        assert!(
            votes.len() >= 2 && votes[0].0 != votes[1].0,
            "{id} was read once"
        );
        // The label is what both say, or what the adjudicator decided.
        assert_eq!(votes.last().unwrap().1, sentence.label, "{id}");
        assert!(
            votes[0].1 == votes[1].1 || votes.last().unwrap().0 == "adjudicator",
            "{id}"
        );
        assert!(
            sentence.label == "unrelated" || sentence.tags.contains(&sentence.label),
            "{id}"
        );
    }
    assert_eq!(readings.len(), corpus.sentences.len());
}

#[test]
fn the_shipped_data_is_clean() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .current_dir(root)
        .args(["data", "check", "data", "--config", "models/training.json"])
        .output()
        .unwrap();
    let report = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{report}");
    assert!(report.trim_end().ends_with("clean"), "{report}");
}

#[test]
fn the_shipped_model_behaves() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let suite =
        marsad::evaluation::BehaviourSuite::read(&root.join("data/behaviour.jsonl")).unwrap();
    assert!(suite.cases.len() >= 400);
    let (results, _) = suite.run(&marsad::Classifier::embedded().unwrap()).unwrap();
    assert_eq!(results.len(), 18, "the capabilities");
    for result in &results {
        assert!(result.pass_rate().unwrap() >= 0.65, "{result:?}");
    }
    let all = marsad::evaluation::all_capabilities(&results);
    assert!(all.pass_rate().unwrap() >= 0.85, "{all:?}");
}
