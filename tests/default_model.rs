//! The shipped model is what the documented command makes of the shipped data.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use std::path::Path;
use std::process::Command;

use marsad::evaluation::{BehaviourSuite, Estimate, Evaluation, ModelCard, all_capabilities};
use marsad::model::ModelFiles;

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
    let status = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .current_dir(root)
        .args(["card", "-q", "--evaluation", "models/real-news.json"])
        .arg(&rebuilt)
        .status()
        .unwrap();
    assert!(
        status.success(),
        "models/real-news.json is of another model: measure the new one"
    );
    let mut size = 0;
    for file in [
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "README.md",
        "card.json",
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

/// What is stored of the shipped model's figures.
fn shipped_card() -> ModelCard {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/default");
    let embedded = marsad::Classifier::embedded().unwrap();
    ModelCard::read(&directory, &ModelFiles::embedded(), embedded.config())
        .unwrap()
        .expect("models/default has a card.json")
}

#[test]
fn the_shipped_card_shows_what_the_shipped_model_does() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let shipped = root.join("models/default");
    for entry in std::fs::read_dir(&shipped).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    let evaluation = folder.path().join("evaluation.json");
    let run = |arguments: &[&str], files: &[&Path]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
        command.current_dir(root).args(arguments).args(files);
        assert!(command.output().unwrap().status.success());
    };
    let is_as_shipped = || {
        for file in ["README.md", "card.json"] {
            assert!(
                std::fs::read(folder.path().join(file)).unwrap()
                    == std::fs::read(shipped.join(file)).unwrap(),
                "models/default/{file} is stale or was edited: rebuild models/default with the command in the README"
            );
        }
    };
    // The page says what is stored …
    run(&["card", "-q"], &[folder.path()]);
    is_as_shipped();
    // … and what is stored is what the embedded model does now.
    let data = Path::new("data/test.jsonl");
    run(&["evaluate", "-q", "--json"], &[&evaluation, data]);
    run(
        &["card", "-q", "--evaluation"],
        &[&evaluation, folder.path()],
    );
    is_as_shipped();
    let suite = BehaviourSuite::read(&root.join("data/behaviour.jsonl")).unwrap();
    let (results, _) = suite.run(&marsad::Classifier::embedded().unwrap()).unwrap();
    assert_eq!(shipped_card().behaviour, results);
}

/// A figure with three decimals and its interval, as the README writes it.
fn with_interval(estimate: Estimate) -> String {
    let interval = estimate.percentile.unwrap();
    let value = estimate.value.unwrap();
    format!("{value:.3} ({:.3} to {:.3})", interval.low, interval.high)
}

/// The row of the table of real news: macro-F1, and F1 of each class.
fn real_news_row(evaluation: &Evaluation) -> String {
    let classes = evaluation
        .classes
        .iter()
        .map(|class| format!(" {:.3} |", class.f1.value.unwrap()));
    format!(
        "| Marsad | **{:.3}** |{}",
        evaluation.overall.macro_f1.value.unwrap(),
        classes.collect::<String>()
    )
}

#[test]
fn the_readme_quotes_the_stored_figures() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = std::fs::read_to_string(root.join("README.md")).unwrap();
    let readme = readme.split_whitespace().collect::<Vec<_>>().join(" ");
    let card = shipped_card();
    let held_out = &card.evaluations[0].evaluation.overall;
    let own_data = &card.own_data.as_ref().unwrap().evaluation;
    let cross_validated = &own_data.overall;
    let macro_f1 = cross_validated.macro_f1;
    let interval = macro_f1.percentile.unwrap();
    let behaviour = all_capabilities(&card.behaviour);
    let real_news = &card.evaluations[1].evaluation;
    assert_eq!(real_news.data[0].file, "real-news.jsonl");
    let real_interval = real_news.overall.macro_f1.percentile.unwrap();
    let thousands = |n: usize| match n {
        0..1000 => n.to_string(),
        n => format!("{},{:03}", n / 1000, n % 1000),
    };
    for quoted in [
        format!(
            "held out by whole groups (`data/test.jsonl`): macro-F1 {}, calibration error {:.3}.",
            with_interval(held_out.macro_f1),
            held_out.expected_calibration_error.value.unwrap()
        ),
        format!(
            "{:.0} % of the {} sentences of behavioural minimal pairs",
            100.0 * behaviour.pass_rate().unwrap(),
            thousands(behaviour.sentences)
        ),
        format!(
            "| all features | {:.4} | {:.3} – {:.3} | {:.4} | {:.4} | {:.4} |",
            macro_f1.value.unwrap(),
            interval.low,
            interval.high,
            cross_validated.accuracy.value.unwrap(),
            cross_validated.log_loss.value.unwrap(),
            cross_validated.expected_calibration_error.value.unwrap()
        ),
        format!("{} sentences", thousands(own_data.sentences as usize)),
        real_news_row(real_news),
        format!(
            "The 95 % interval of Marsad's macro-F1 is {:.3} to {:.3}.",
            real_interval.low, real_interval.high
        ),
        format!(
            "log-loss is {:.3} nats and the expected calibration error {:.3}",
            real_news.overall.log_loss.value.unwrap(),
            real_news.overall.expected_calibration_error.value.unwrap()
        ),
    ] {
        assert!(
            readme.contains(&quoted),
            "README.md is stale, it should say: {quoted}"
        );
    }
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
