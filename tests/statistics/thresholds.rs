//! `marsad threshold`, and what `marsad classify` makes of it.

use serde_json::{Value, json};

use super::folder::Folder;
use super::{json_of, trained};

#[test]
fn thresholds_are_stored_and_honoured_in_every_format() {
    let folder = Folder::new();
    trained(&folder);
    let config = folder.bytes("model/config.json");
    let threshold = ["threshold", "--model", "model", "tune.jsonl"];
    let shown = folder.run(&threshold).stdout();
    assert!(shown.contains("surest sentences"), "{shown}");
    assert_eq!(
        folder.bytes("model/config.json"),
        config,
        "nothing was to be stored"
    );
    let found = json_of(folder.run(&[&threshold[..], &["--precision", "0.5", "--json"]].concat()));
    assert_eq!(found["schema"], "marsad-thresholds");
    let error = folder.run(&[
        "classify",
        "--model",
        "model",
        "--below",
        "red",
        "ازرق كلمة",
    ]);
    assert!(error.error().contains("has no thresholds"));

    // A recall of less than all takes the least sure sentences of each label away.
    let store = ["--recall", "0.6", "--store", "-q"];
    let shown = folder.run(&[&threshold[..], &store].concat()).stdout();
    assert!(shown.contains("recall 0.6"), "{shown}");
    let stored: Value = serde_json::from_str(&folder.read("model/config.json")).unwrap();
    let least = |label: &str| stored["thresholds"][label].as_f64().unwrap();
    assert!(least("red") > 0.5 && least("blue") > 0.5, "{stored}");
    assert!(
        folder
            .run(&["inspect", "model"])
            .stdout()
            .contains("threshold   red from")
    );

    let classify = ["classify", "--model", "model", "tune.jsonl", "-q"];
    let rows = folder.run(&classify).rows();
    let mut without = 0;
    for row in &rows {
        let confidence = row["confidence"].as_f64().unwrap();
        let likeliest =
            match row["probabilities"]["red"].as_f64() > row["probabilities"]["blue"].as_f64() {
                true => "red",
                false => "blue",
            };
        // Rows round to four decimals.
        match &row["label"] {
            Value::Null => {
                assert!(confidence < least(likeliest) + 1e-4, "{row}");
                without += 1;
            }
            label => {
                assert_eq!(label, likeliest);
                assert!(confidence > least(likeliest) - 1e-4, "{row}");
            }
        }
    }
    assert_eq!(rows.len(), 120);
    assert!(without > 10 && without < 80, "{without}");
    let with = |more: &[&str]| folder.run(&[&classify[..], more].concat()).stdout();
    let lines = |format: &str| with(&["--format", format, "--fields", "id,label", "--no-header"]);
    assert_eq!(
        lines("csv")
            .lines()
            .filter(|line| line.ends_with(','))
            .count(),
        without
    );
    assert_eq!(
        lines("tsv")
            .lines()
            .filter(|line| line.ends_with('\t'))
            .count(),
        without
    );
    assert!(with(&["--format", "table"]).contains('–'));
}

#[test]
fn what_lies_below_a_threshold_is_counted_and_stands_in_the_manifest() {
    let folder = Folder::new();
    trained(&folder);
    let config = folder.bytes("model/config.json");
    let store = [
        "threshold",
        "--model",
        "model",
        "tune.jsonl",
        "--recall",
        "0.6",
        "--store",
        "-q",
    ];
    folder.run(&store).stdout();
    let stored: Value = serde_json::from_str(&folder.read("model/config.json")).unwrap();
    let classify = ["classify", "--model", "model", "tune.jsonl", "-q"];
    let with = |more: &[&str]| folder.run(&[&classify[..], more].concat()).stdout();
    let labels = with(&["--fields", "id,label"]);
    let without = labels.matches("null").count();
    let reds = |text: &str| text.matches("\"red\"").count();
    let below = with(&["--below", "red", "--fields", "id,label,confidence"]);
    assert_eq!(reds(&below), reds(&labels) + without);
    assert!(!below.contains("null"));
    let error = folder
        .run(&[&classify[..], &["--below", "green"]].concat())
        .error();
    assert!(
        error.contains("no label «green»") && error.contains("blue, red"),
        "{error}"
    );
    let documents = folder.run(&[
        "classify",
        "--model",
        "model",
        "tune.jsonl",
        "-q",
        "--per",
        "document",
    ]);
    let unlabelled = documents
        .rows()
        .iter()
        .filter(|row| {
            row["sentences"] == 1 && row["counts"]["red"] == 0 && row["counts"]["blue"] == 0
        })
        .count();
    assert_eq!(unlabelled, without);

    // What is counted adds up.
    with(&["--summary", "summary.json", "-o", "rows.jsonl"]);
    let summary = folder.read("summary.json");
    assert!(summary.contains("(no label)"), "{summary}");

    // A run says what its bytes depend on.
    with(&["-o", "run/"]);
    let manifest: Value = serde_json::from_str(&folder.read("run/manifest.json")).unwrap();
    assert_eq!(manifest["settings"]["below"], "abstain");
    for label in ["red", "blue"] {
        let noted = manifest["settings"]["thresholds"][label].as_f64().unwrap();
        assert!(
            (noted - stored["thresholds"][label].as_f64().unwrap()).abs() < 1e-6,
            "{manifest}"
        );
    }
    let resume = ["-o", "run/", "--resume", "--below", "red"];
    let error = folder.run(&[&classify[..], &resume].concat()).error();
    assert!(error.contains("below"), "{error}");

    folder
        .run(&["threshold", "--model", "model", "--remove"])
        .stdout();
    assert_eq!(
        folder.bytes("model/config.json"),
        config,
        "the model is what it was"
    );
    let error = folder
        .run(&[&classify[..], &["-o", "run/", "--resume"]].concat())
        .error();
    assert!(
        error.contains("was") && error.contains("not set"),
        "{error}"
    );
}

#[test]
fn thresholds_that_cannot_be_are_refused() {
    let folder = Folder::new();
    trained(&folder);
    let config = folder.read("model/config.json");
    for (thresholds, complaint) in [
        (json!({"green": 0.5}), "which is no label of the model"),
        (json!({"red": 1.5}), "must be a probability"),
        (json!({"red": -0.1}), "must be a probability"),
    ] {
        let mut broken: Value = serde_json::from_str(&config).unwrap();
        broken["thresholds"] = thresholds;
        folder.write("model/config.json", broken.to_string());
        let error = folder
            .run(&["classify", "--model", "model", "ازرق كلمة"])
            .error();
        assert!(
            error.contains("config.json") && error.contains(complaint),
            "{error}"
        );
    }
    folder.write("model/config.json", &config);
    let threshold = ["threshold", "--model", "model", "tune.jsonl", "-q"];
    let run = |more: &[&str]| folder.run(&[&threshold[..], more].concat());
    let error = run(&["--recall", "1", "--store"]).error();
    assert!(
        error.contains("nothing was stored") && error.contains("the best is"),
        "{error}"
    );
    assert!(run(&["--store"]).error().contains("nothing to store"));
    assert!(
        run(&["--precision", "0.9", "--recall", "red=0.5"])
            .error()
            .contains("both")
    );
    assert!(
        run(&["--precision", "green=0.9"])
            .error()
            .contains("blue, red")
    );
    assert_eq!(run(&["--precision", "2"]).code, Some(2));
    let store = ["threshold", "tune.jsonl", "--precision", "0.9", "--store"];
    assert_eq!(
        folder.run(&store).code,
        Some(2),
        "the embedded model cannot be changed"
    );
    assert_eq!(folder.read("model/config.json"), config);
}
