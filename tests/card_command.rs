//! `marsad card` as the user meets it.

mod folder;

use serde_json::{Value, json};

use folder::Folder;

/// 48 sentences in groups of two, the first of which is `first`, of two labels that no model can confuse.
fn corpus(first: usize) -> String {
    let record = |i: usize| {
        let (label, verb) = [("blue", "ازرق"), ("red", "احمر")][i % 2];
        let record = json!({
            "text": format!("{verb} {verb} كلمة{} {verb}", "ا".repeat(i % 5 + 1)),
            "label": label,
            "group": first + i / 2,
            "source": if i < 24 { "near" } else { "far" },
        });
        format!("{record}\n")
    };
    (0..48).map(record).collect()
}

/// With `train.jsonl`, and `held-out.jsonl`, of whose labels 12 of 48 are wrong.
fn with_data() -> Folder {
    let folder = Folder::new();
    folder.write("train.jsonl", corpus(0));
    let lines = corpus(100);
    let wrong = |(i, line): (usize, &str)| match i % 8 {
        0 | 2 => line.replace("\"blue\"", "\"red\"") + "\n",
        _ => line.to_owned() + "\n",
    };
    folder.write(
        "held-out.jsonl",
        lines.lines().enumerate().map(wrong).collect::<String>(),
    );
    folder.write(
        "small.json",
        r#"{"features": {"bucket_bits": 10, "subwords": false}, "folds": 3}"#,
    );
    folder
}

fn train(folder: &Folder, model: &str, more: &[&str]) {
    let train = ["train", "train.jsonl", "--config", "small.json", "-q"];
    let output = ["--no-vectors", "-o", model];
    folder.run(&[&train[..], &output, more].concat()).stdout();
}

/// Stores the evaluation of `model` on `data` in `evaluation.json`.
fn evaluate(folder: &Folder, model: &str, data: &str) {
    let evaluate = ["evaluate", "--model", model, data, "-q"];
    folder
        .run(&[&evaluate[..], &["--json", "evaluation.json"]].concat())
        .stdout();
}

fn card(folder: &Folder) -> (String, String) {
    (
        folder.read("model/README.md"),
        folder.read("model/card.json"),
    )
}

type Change = fn(&mut Value);

const REFRESH: [&str; 4] = ["card", "model", "--evaluation", "evaluation.json"];

#[test]
fn a_card_is_written_anew_from_what_is_stored() {
    let folder = with_data();
    train(&folder, "model", &["--test", "held-out.jsonl"]);
    let written = card(&folder);
    let [overall, accuracy] = ["| accuracy (= micro-F1)", "0.750"];
    let line = written.0.lines().find(|line| line.starts_with(overall));
    // None so far: cross-validation comes first, where everything is right.
    assert!(line.unwrap().contains("1.000"), "{}", written.0);
    let (_, held_out) = written.0.split_once("on `held-out.jsonl`").unwrap();
    let line = held_out.lines().find(|line| line.starts_with(overall));
    // 12 of 48 are labelled wrong.
    assert!(line.unwrap().contains(accuracy), "{held_out}");
    assert!(held_out.contains("| red                  |   12 |  24 |"));
    assert!(held_out.contains("no group of theirs was trained on"));

    std::fs::remove_file(folder.path("model/README.md")).unwrap();
    let outcome = folder.run(&["card", "model"]);
    assert!(
        outcome
            .stderr
            .contains("no pass rates on behavioural cases"),
        "{}",
        outcome.stderr
    );
    assert!(
        outcome.stdout().contains("The card is in model/README.md"),
        "it says where"
    );
    assert_eq!(card(&folder), written);
    // Neither sentences nor how the model was trained are stored a second time.
    assert!(!written.1.contains("كلمة"), "{}", written.1);
    assert!(!written.1.contains("bucket_bits"), "{}", written.1);
}

#[test]
fn an_evaluation_takes_the_place_of_that_of_the_same_data() {
    let folder = with_data();
    train(&folder, "model", &["--test", "held-out.jsonl"]);
    let by_training = card(&folder);
    evaluate(&folder, "model", "held-out.jsonl");
    folder.run(&REFRESH).stdout();
    assert_eq!(card(&folder), by_training, "they measure the same");

    // The same data with slices, and other data: one section each.
    let sliced = ["evaluate", "--model", "model", "held-out.jsonl", "-q"];
    folder
        .run(
            &[
                &sliced[..],
                &[
                    "--slice",
                    "source",
                    "--overwrite",
                    "--json",
                    "evaluation.json",
                ],
            ]
            .concat(),
        )
        .stdout();
    folder.write("other.jsonl", corpus(200));
    let other = ["evaluate", "--model", "model", "other.jsonl", "-q"];
    folder
        .run(&[&other[..], &["--json", "other.json"]].concat())
        .stdout();
    folder
        .run(&[&REFRESH[..], &["--evaluation", "other.json"]].concat())
        .stdout();
    let (page, _) = card(&folder);
    let headings: Vec<&str> = page
        .lines()
        .filter(|line| line.starts_with("## "))
        .collect();
    assert_eq!(
        headings,
        [
            "## The model",
            "## How well it does on its own data",
            "## How well it does on `held-out.jsonl`",
            "## How well it does on `other.jsonl`"
        ]
    );
    assert!(page.contains("| near   |        24 |"), "{page}");
    assert_eq!(page.matches("no group of theirs").count(), 1, "{page}");
}

#[test]
fn a_model_without_stored_facts_works_and_the_card_says_what_is_missing() {
    let folder = with_data();
    train(&folder, "model", &[]);
    let page = folder.read("model/README.md");
    std::fs::remove_file(folder.path("model/card.json")).unwrap();
    folder
        .run(&["classify", "--model", "model", "احمر احمر"])
        .stdout();
    let error = folder.run(&["card", "model"]).error();
    assert!(
        error.contains("has no card.json") && error.contains("--evaluation FILE"),
        "{error}"
    );
    evaluate(&folder, "model", "train.jsonl");
    // The old page holds figures that are stored nowhere else.
    let error = folder.run(&REFRESH).error();
    assert!(
        error.contains("by hand") && error.contains("--overwrite"),
        "{error}"
    );
    assert_eq!(folder.read("model/README.md"), page);
    let outcome = folder.run(&[&REFRESH[..], &["--overwrite"]].concat());
    assert!(
        outcome
            .stderr
            .contains("no cross-validation on its own data"),
        "{}",
        outcome.stderr
    );
    assert!(
        folder
            .read("model/README.md")
            .contains("the model was trained on them"),
        "figures on training data are named as such"
    );
}

#[test]
fn an_evaluation_of_another_model_is_refused_with_both_checksums() {
    let folder = with_data();
    train(&folder, "model", &[]);
    train(&folder, "other", &["--seed", "7"]);
    folder.write(
        "train.jsonl",
        corpus(0).repeat(2).replace("ازرق ازرق", "ازرق"),
    );
    train(&folder, "other", &["--overwrite"]);
    let before = card(&folder);
    evaluate(&folder, "other", "held-out.jsonl");
    let error = folder.run(&REFRESH).error();
    let sha256 = |name: &str| -> String {
        let json: Value = serde_json::from_str(&folder.read(name)).unwrap();
        json["model_sha256"].as_str().unwrap().to_owned()
    };
    let (this, other) = (sha256("model/card.json"), sha256("other/card.json"));
    assert!(
        this != other && error.contains(&this) && error.contains(&other),
        "{error}"
    );
    assert!(error.contains("evaluation.json"), "{error}");
    assert_eq!(card(&folder), before);

    // The facts of one model beside the weights of another.
    std::fs::copy(
        folder.path("other/card.json"),
        folder.path("model/card.json"),
    )
    .unwrap();
    let error = folder.run(&["card", "model"]).error();
    assert!(
        error.contains(&this) && error.contains(&other) && error.contains("card.json"),
        "{error}"
    );
}

#[test]
fn what_is_no_evaluation_of_this_version_is_refused() {
    let folder = with_data();
    train(&folder, "model", &[]);
    evaluate(&folder, "model", "held-out.jsonl");
    let before = card(&folder);
    let whole: Value = serde_json::from_str(&folder.read("evaluation.json")).unwrap();
    let cases: [(&str, Change); 7] = [
        ("version 2", |json| json["version"] = json!(2)),
        ("marsad-drift", |json| {
            json["schema"] = json!("marsad-drift")
        }),
        ("overall", |json| {
            json.as_object_mut().unwrap().remove("overall");
        }),
        ("other classes", |json| {
            json["classes"].as_array_mut().unwrap().truncate(1)
        }),
        ("not 2 × 2", |json| {
            json["confusion_matrix"]["counts"] = json!([[1, 2]]);
        }),
        ("49 sentences", |json| json["sentences"] = json!(49)),
        ("cross-validation", |json| {
            json["model"]["sha256"] = Value::Null
        }),
    ];
    for (complaint, change) in cases {
        let mut changed = whole.clone();
        change(&mut changed);
        folder.write("evaluation.json", changed.to_string());
        let error = folder.run(&REFRESH).error();
        assert!(
            error.contains(complaint) && error.contains("evaluation.json"),
            "{complaint}: {error}"
        );
    }
    folder.write("evaluation.json", "accuracy: good");
    let error = folder.run(&REFRESH).error();
    assert!(error.contains("marsad evaluate --json"), "{error}");
    assert_eq!(card(&folder), before);
}

#[test]
fn words_written_by_hand_are_not_lost() {
    let folder = with_data();
    train(&folder, "model", &[]);
    let by_hand = folder.read("model/README.md") + "\nAsk Huda before you use it.\n";
    folder.write("model/README.md", &by_hand);
    let error = folder.run(&["card", "model"]).error();
    assert!(
        error.contains("README.md") && error.contains("--notes") && error.contains("--overwrite"),
        "{error}"
    );
    assert_eq!(folder.read("model/README.md"), by_hand);
    folder.write("notes.md", "Ask Huda before you use it.\n");
    let with_notes = ["card", "model", "--notes", "notes.md"];
    folder
        .run(&[&with_notes[..], &["--overwrite"]].concat())
        .stdout();
    let (page, _) = card(&folder);
    assert!(
        page.starts_with("# Model card\n\nAsk Huda before you use it.\n\n## The model\n"),
        "{page}"
    );
    // The notes are stored, and a page that Marsad wrote is no obstacle.
    evaluate(&folder, "model", "held-out.jsonl");
    folder.run(&REFRESH).stdout();
    let (page, _) = card(&folder);
    assert!(
        page.contains("Ask Huda") && page.contains("on `held-out.jsonl`"),
        "{page}"
    );
    // Nor is the new page beside the old facts, which a killed run leaves.
    let facts = folder.read("model/card.json");
    let stale = facts.replace("\"readme_sha256\": \"", "\"readme_sha256\": \"0");
    folder.write("model/card.json", &stale);
    folder.run(&["card", "model"]).stdout();
    assert_eq!(folder.read("model/card.json"), facts);
}

#[test]
fn held_out_data_without_a_known_label_is_refused_before_training() {
    let folder = with_data();
    let unknown = corpus(100).replace("blue", "green").replace("red", "gold");
    folder.write("held-out.jsonl", unknown);
    let train = ["train", "train.jsonl", "-o", "model", "--no-vectors"];
    let error = folder
        .run(&[&train[..], &["--test", "held-out.jsonl"]].concat())
        .error();
    assert!(error.contains("blue, red"), "{error}");
    assert!(!folder.path("model").exists());
}
