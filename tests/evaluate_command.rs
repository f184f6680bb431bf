//! `marsad evaluate` and `marsad cross-validate` as the user meets them.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

mod folder;

use std::collections::BTreeSet;
use std::path::Path;

use marsad::evaluation::Evaluation;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use folder::Folder;

/// What sentence `i` is: two labels that no model can confuse.
const LABELS: [(&str, &str); 2] = [("blue", "ازرق"), ("red", "احمر")];

/// 96 sentences in 32 groups of three, of two sources and four years. `label` gives the label of each.
fn corpus(label: impl Fn(usize) -> &'static str) -> String {
    let record = |i: usize| {
        let verb = LABELS[i % 2].1;
        let record = json!({
            "id": format!("s{i}"),
            "text": format!("{verb} {verb} كلمة{} {verb}", "ا".repeat(i % 5 + 1)),
            "label": label(i),
            "group": i / 3,
            "source": if i < 48 { "near" } else { "far" },
            "date": format!("{}-0{}-11", 2014 + i / 24, 1 + i % 24 / 6),
        });
        format!("{record}\n")
    };
    (0..96).map(record).collect()
}

fn truth(i: usize) -> &'static str {
    LABELS[i % 2].0
}

/// With `model`, trained on sentences that are labelled right, and `small.json`, by which it was trained.
fn with_model() -> Folder {
    let folder = Folder::new();
    folder.write("train.jsonl", corpus(truth));
    folder.write(
        "small.json",
        r#"{"features": {"bucket_bits": 10, "subwords": false}, "folds": 3}"#,
    );
    let train = [
        "train",
        "train.jsonl",
        "-o",
        "model",
        "--config",
        "small.json",
        "--no-vectors",
        "-q",
    ];
    folder.run(&train).stdout();
    folder
}

/// The words of `text`, wherever its lines are broken.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The cells of the first line that begins with `name`.
#[track_caller]
fn row<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let line = text.lines().find(|line| line.starts_with(name));
    let line = line.unwrap_or_else(|| panic!("no line «{name}» in\n{text}"));
    line[name.len()..]
        .split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

#[test]
fn known_errors_give_known_figures_and_a_worse_slice_is_marked() {
    let folder = with_model();
    // Of the 48 sentences of "far" every third is labelled wrong: the model, which is right, is said to err 16 times.
    let wrong = |i: usize| {
        if i >= 48 && i.is_multiple_of(3) {
            truth(i + 1)
        } else {
            truth(i)
        }
    };
    folder.write("held-out.jsonl", corpus(wrong));
    let arguments = ["evaluate", "--model", "model", "held-out.jsonl", "-q"];
    let slices = [
        "--slice",
        "source",
        "--slice",
        "year",
        "--slice",
        "length",
        "--errors=2",
    ];
    let shown = folder.run(&[&arguments[..], &slices].concat()).stdout();
    assert!(
        shown.starts_with("96 sentences in 32 groups of held-out.jsonl; the model model."),
        "{shown}"
    );
    assert_eq!(row(&shown, "accuracy (= micro-F1)")[0], "0.833");
    // Both labels: 40 of 48 right, eight taken for the other.
    assert_eq!(row(&shown, "macro-F1")[0], "0.833");
    assert_eq!(row(&shown, "Matthews correlation")[0], "0.667");
    assert_eq!(row(&shown, "blue ")[..3], ["0.833", "0.833", "0.833"]);
    let counts = |line: &str| line.split_whitespace().eq(["blue", "40", "8"]);
    assert!(shown.lines().any(counts), "{shown}");
    let far = row(&shown, "far");
    assert_eq!(
        (far[0], far[1], far.last()),
        ("48", "0.667", Some(&"worse")),
        "{shown}"
    );
    let near = row(&shown, "near");
    assert_eq!(
        (near[0], near[1], near.last()),
        ("48", "1.000", Some(&"1.0000")),
        "{shown}"
    );
    assert_eq!(row(&shown, "2016")[..2], ["24", "0.667"]);
    assert!(
        shown.contains("year of date") && shown.contains("length (quartile)"),
        "{shown}"
    );
    // The sentences behind a confusion, with the words that decided.
    assert!(
        shown.contains("blue taken for red, the most confident first"),
        "{shown}"
    );
    let example = shown
        .lines()
        .find(|line| line.contains("red, truly blue"))
        .unwrap();
    assert!(
        example.contains("held-out.jsonl:") && example.contains("(s"),
        "{example}"
    );
    let evidence = shown
        .lines()
        .find(|line| line.starts_with("  for red:"))
        .unwrap();
    assert!(evidence.contains("احمر"), "{evidence}");
}

#[test]
fn the_json_has_the_documented_keys_and_is_the_same_on_any_number_of_threads() {
    let folder = with_model();
    folder.write(
        "held-out.jsonl",
        corpus(|i| truth(i + usize::from(i % 7 == 0))),
    );
    let evaluate = |seed: &str, threads: &str| {
        let arguments = [
            "evaluate",
            "--model",
            "model",
            "held-out.jsonl",
            "-q",
            "--overwrite",
            "--json",
            "out.json",
        ];
        let more = ["--slice", "source", "--seed", seed, "--threads", threads];
        folder.run(&[&arguments[..], &more].concat()).stdout();
        folder.read("out.json")
    };
    let json = evaluate("1", "1");
    assert_eq!(json, evaluate("1", "4"));
    assert_ne!(json, evaluate("2", "1"));
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(
        (&value["schema"], &value["version"]),
        (&json!("marsad-evaluation"), &json!(1))
    );
    assert_eq!(
        value["confusion_matrix"]["counts"],
        json!([[41, 7], [7, 41]])
    );
    assert_eq!(value["errors"].as_array().unwrap().len(), 14);
    assert_eq!(value["overall"]["accuracy"]["value"], json!(82.0 / 96.0));
    for error in value["errors"].as_array().unwrap() {
        let words = error["evidence"].as_array().unwrap();
        let sum: f64 = words
            .iter()
            .map(|word| word["contribution"].as_f64().unwrap())
            .sum();
        let whole = error["bias"].as_f64().unwrap() + sum;
        assert!((whole - error["difference"].as_f64().unwrap()).abs() < 1e-9);
    }
    assert_documented(&value);
    // What is stored can be read again.
    let evaluation: Evaluation = serde_json::from_str(&json).unwrap();
    assert_eq!(evaluation.classes[1].label, "red");
    assert_eq!(evaluation.overall.accuracy.value, Some(82.0 / 96.0));
}

/// Every key is described, and every described field is there.
fn assert_documented(value: &Value) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/evaluation-schema.md");
    let docs = std::fs::read_to_string(path).unwrap();
    let names: BTreeSet<&str> = docs
        .split('`')
        .skip(1)
        .step_by(2)
        .flat_map(|name| name.split(['.', '[']))
        .collect();
    let mut keys = BTreeSet::new();
    collect_keys(value, &mut keys);
    for key in &keys {
        let described = names.contains(key.as_str()) || docs.contains(&format!("\"{key}\""));
        assert!(
            described,
            "docs/evaluation-schema.md does not describe `{key}`"
        );
    }
    for line in docs.lines().filter(|line| line.starts_with("| `")) {
        let field = line.split('|').nth(1).unwrap();
        for name in field.split('`').skip(1).step_by(2) {
            let mut at = vec![value];
            for step in name.split('.') {
                let (key, is_list) = step
                    .strip_suffix("[]")
                    .map_or((step, false), |key| (key, true));
                // What was not asked for is null or an empty list.
                at.retain(|value| !value.is_null());
                let is_there = |value: &&Value| value.get(key).is_some();
                assert!(at.iter().all(is_there), "there is no `{name}`");
                at = at.iter().filter_map(|value| value.get(key)).collect();
                if is_list {
                    let lists = at.iter().filter_map(|value| value.as_array());
                    at = lists.flatten().collect();
                }
            }
        }
    }
}

fn collect_keys(value: &Value, keys: &mut BTreeSet<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                keys.insert(key.clone());
                // These hold what others name.
                if !matches!(key.as_str(), "training" | "unknown_labels") {
                    collect_keys(value, keys);
                }
            }
        }
        Value::Array(values) => values.iter().for_each(|value| collect_keys(value, keys)),
        _ => {}
    }
}

#[test]
fn sentences_stay_out_of_what_is_written_if_asked_and_a_file_that_exists_is_kept() {
    let folder = with_model();
    let wrong = corpus(|i| truth(i + usize::from(i % 7 == 0)));
    folder.write("held-out.jsonl", &wrong);
    let evaluate = ["evaluate", "--model", "model", "held-out.jsonl", "-q"];
    let with = |more: &[&str]| folder.run(&[&evaluate[..], more].concat());
    with(&["--json", "with.json"]).stdout();
    with(&["--json", "without.json", "--no-text"]).stdout();
    let read = |name: &str| -> Value { serde_json::from_str(&folder.read(name)).unwrap() };
    let (mut shown, mut hidden) = (read("with.json"), read("without.json"));
    assert_ne!(shown["errors"], json!([]));
    assert_eq!(hidden["errors"], json!([]));
    // All else is the same.
    for evaluation in [&mut shown, &mut hidden] {
        evaluation["errors"] = Value::Null;
        for confusion in evaluation["confusions"].as_array_mut().unwrap() {
            confusion["examples"] = Value::Null;
        }
    }
    assert_eq!(shown, hidden);
    let before = folder.read("with.json");
    let refused = with(&["--json", "with.json", "--resamples", "0"]);
    assert!(refused.stderr.contains("--overwrite"), "{}", refused.stderr);
    assert_eq!(folder.read("with.json"), before);
}

#[test]
fn the_tables_fit_into_a_hundred_columns() {
    let data = concat!(env!("CARGO_MANIFEST_DIR"), "/data/test.jsonl");
    let slices = [
        "--slice",
        "genre",
        "--slice",
        "region",
        "--slice",
        "length",
        "--errors=2",
    ];
    let shown = Folder::new()
        .run(&[&["evaluate", data, "-q"][..], &slices].concat())
        .stdout();
    for line in shown.lines() {
        assert!(line.width() <= 100, "{} columns: {line}", line.width());
    }
    assert!(shown.contains("the embedded model"), "{shown}");
    let plain = Folder::new().run(&["evaluate", data, "-q"]).stdout();
    assert!(
        plain.lines().count() < 35,
        "short unless asked for more:\n{plain}"
    );
    let markdown = Folder::new()
        .run(&["evaluate", data, "-q", "--markdown", "--details"])
        .stdout();
    assert!(
        markdown.contains("| all classes ") && markdown.contains(" BCa interval |"),
        "{markdown}"
    );
    assert!(markdown.contains("| Cohen's kappa"), "{markdown}");
}

#[test]
fn a_ratio_of_nothing_is_a_dash_and_no_resamples_give_no_intervals() {
    let folder = with_model();
    let all = corpus(truth);
    let blue: Vec<&str> = all.lines().step_by(2).collect();
    folder.write("blue.jsonl", blue.join("\n"));
    let arguments = [
        "evaluate",
        "--model",
        "model",
        "blue.jsonl",
        "-q",
        "--json",
        "out.json",
    ];
    let shown = folder
        .run(&[&arguments[..], &["--resamples", "0"]].concat())
        .stdout();
    assert_eq!(row(&shown, "red "), ["–", "–", "–", "–", "–", "0"]);
    assert_eq!(row(&shown, "Matthews correlation"), ["–", "–"]);
    assert_eq!(row(&shown, "macro-F1"), ["1.000", "–"]);
    assert!(!shown.contains("Intervals:"), "{shown}");
    let value: Value = serde_json::from_str(&folder.read("out.json")).unwrap();
    assert_eq!(value["classes"][1]["precision"]["value"], Value::Null);
}

#[test]
fn what_cannot_be_sliced_or_written_is_said() {
    let folder = with_model();
    let run = |more: &[&str]| {
        folder
            .run(
                &[
                    &["evaluate", "--model", "model", "train.jsonl", "-q"][..],
                    more,
                ]
                .concat(),
            )
            .error()
    };
    let error = run(&["--slice", "genre"]);
    assert!(
        error.contains("no sentence has the field «genre»") && error.contains("source"),
        "{error}"
    );
    let error = run(&["--slice", "source:year"]);
    assert!(error.contains("year of source"), "{error}");
    let error = run(&["--json", "nowhere/out.json"]);
    assert!(error.contains("nowhere/out.json: No such file"), "{error}");
}

const CROSS_VALIDATE: [&str; 6] = [
    "cross-validate",
    "train.jsonl",
    "--config",
    "small.json",
    "--no-vectors",
    "-q",
];

fn cross_validated(folder: &Folder, more: &[&str]) -> (String, Value) {
    let json = ["--overwrite", "--json", "out.json"];
    let shown = folder
        .run(&[&CROSS_VALIDATE[..], more, &json].concat())
        .stdout();
    (
        shown,
        serde_json::from_str(&folder.read("out.json")).unwrap(),
    )
}

#[test]
fn folds_are_repeated_and_every_sentence_is_scored_in_each() {
    let folder = with_model();
    let (shown, value) = cross_validated(
        &folder,
        &["--folds", "4", "--repeats", "2", "--slice", "source"],
    );
    assert!(
        words(&shown).contains("cross-validation, 4 stratified folds of whole groups, 2 times."),
        "{shown}"
    );
    assert!(
        shown.contains("macro-F1 over 2 repeats: 1.000, standard deviation 0.000."),
        "{shown}"
    );
    let result = &value["cross_validation"];
    assert_eq!(
        (&value["sentences"], &value["groups"]),
        (&json!(192), &json!(32))
    );
    assert_eq!(
        (&result["design"], &result["field"]),
        (&json!("stratified groups"), &Value::Null)
    );
    let parts = result["parts"].as_array().unwrap();
    assert_eq!(parts.len(), 8);
    assert_eq!(parts[5]["name"], "repeat 2, fold 2");
    for part in parts {
        let number = |key: &str| part[key].as_u64().unwrap();
        assert_eq!(number("trained_on") + number("sentences"), 96);
    }
    assert_documented(&value);
    // The same bytes again, on another number of threads.
    let first = folder.read("out.json");
    cross_validated(
        &folder,
        &[
            "--folds",
            "4",
            "--repeats",
            "2",
            "--slice",
            "source",
            "--threads",
            "3",
        ],
    );
    assert_eq!(first, folder.read("out.json"));
}

#[test]
fn the_past_is_trained_on_and_the_future_scored() {
    let folder = with_model();
    let (shown, value) = cross_validated(&folder, &["--by-date", "date", "--folds", "3"]);
    let result = &value["cross_validation"];
    let parts = result["parts"].as_array().unwrap();
    let names: Vec<&str> = parts
        .iter()
        .map(|part| part["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        [
            "2015-01 to 2015-04",
            "2016-01 to 2016-04",
            "2017-01 to 2017-04"
        ]
    );
    let trained_on: Vec<u64> = parts
        .iter()
        .map(|part| part["trained_on"].as_u64().unwrap())
        .collect();
    assert_eq!(trained_on, [24, 48, 72]);
    assert_eq!(
        (&result["never_scored"], &result["field"]),
        (&json!(24), &json!("date"))
    );
    assert!(shown.contains("24 sentences were never scored"), "{shown}");
    let error = folder
        .run(&[&CROSS_VALIDATE[..], &["--by-date", "source"]].concat())
        .error();
    assert!(
        error.contains("no date in «source»") && error.contains("two or more"),
        "{error}"
    );
}

#[test]
fn a_source_is_scored_by_a_model_of_the_others() {
    let folder = with_model();
    // "far" has a label of its own, which a model of "near" cannot know.
    folder.write(
        "train.jsonl",
        corpus(|i| {
            if i % 8 == 0 && i >= 48 {
                "green"
            } else {
                truth(i)
            }
        }),
    );
    let arguments = [
        &CROSS_VALIDATE[..],
        &["--leave-one-out", "source", "--json", "out.json"],
    ]
    .concat();
    let outcome = folder.run(&arguments);
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    assert!(
        outcome
            .stderr
            .contains("source = far: no sentence trained on has the label green"),
        "{}",
        outcome.stderr
    );
    let value: Value = serde_json::from_str(&folder.read("out.json")).unwrap();
    assert_eq!(value["labels"], json!(["blue", "green", "red"]));
    assert_eq!(
        value["cross_validation"]["parts"][0]["labels_not_trained"],
        json!(["green"])
    );
    assert_eq!(value["cross_validation"]["never_scored"], 0);
    // None of the six green ones is found.
    assert_eq!(value["classes"][1]["recall"]["value"], json!(0.0));
    let error = folder
        .run(&[&CROSS_VALIDATE[..], &["--leave-one-out", "genre"]].concat())
        .error();
    assert!(error.contains("«genre» has 0 values"), "{error}");
    let both = folder.run(&[
        "cross-validate",
        "train.jsonl",
        "--by-date",
        "date",
        "--leave-one-out",
        "source",
    ]);
    assert_eq!(both.code, Some(2), "{}", both.stderr);
}

#[test]
fn the_curve_of_a_cross_validation_has_a_size_for_each_share_and_an_outlook() {
    let folder = with_model();
    // A few wrong labels, so that there is an error to extrapolate.
    folder.write(
        "train.jsonl",
        corpus(|i| truth(i + usize::from(i % 9 == 0))),
    );
    let (shown, value) = cross_validated(
        &folder,
        &["--folds", "2", "--learning-curve", "--shares", "0.5,1"],
    );
    let curve = &value["learning_curve"];
    let points = curve["points"].as_array().unwrap();
    assert_eq!(points.len(), 2);
    assert_eq!(
        (&points[0]["models"], &points[1]["sentences"]),
        (&json!(2), &json!(48.0))
    );
    assert!(
        shown.contains("What more labels would bring") && shown.contains("96 (expected)"),
        "{shown}"
    );
    assert_documented(&value);
    let code = folder
        .run(&[
            "cross-validate",
            "train.jsonl",
            "--learning-curve",
            "--shares",
            "2",
        ])
        .code;
    assert_eq!(code, Some(2));
}

#[test]
fn a_report_and_plots_are_written_once_unless_told_to_overwrite() {
    let folder = with_model();
    // Some are labelled wrong, so that there are errors to show.
    let wrong = |i: usize| match i % 8 {
        0 => "red",
        _ => truth(i),
    };
    folder.write("data.jsonl", corpus(wrong));
    let run = |more: &[&str]| {
        let evaluate = [
            "evaluate",
            "data.jsonl",
            "--model",
            "model",
            "--slice",
            "source",
        ];
        folder.run(&[&evaluate[..], &["--resamples", "50", "-q"], more].concat())
    };
    let outputs = ["--report", "out.html", "--plots", "figures/of paper"];
    run(&outputs).stdout();
    let page = folder.read("out.html");
    assert!(
        page.contains("class=\"sentence\" lang=\"ar\" dir=\"rtl\""),
        "errors are shown without --errors"
    );
    assert!(page.contains("<mark class=\"for"), "with their evidence");
    for plot in [
        "confusion-matrix",
        "labels",
        "precision-recall",
        "reliability",
        "confidence",
        "slices-1",
    ] {
        let svg = folder.read(&format!("figures/of paper/{plot}.svg"));
        assert!(svg.starts_with("<svg xmlns="), "{plot}");
    }
    for (option, place) in [("--report", "out.html"), ("--plots", "figures/of paper")] {
        let error = run(&[option, place]).error();
        assert!(
            error.contains(place) && error.contains("--overwrite"),
            "{error}"
        );
    }
    folder.write("out.html", "old");
    run(&[&outputs[..], &["--overwrite"]].concat()).stdout();
    assert_eq!(folder.read("out.html"), page, "the same page again");
    let error = run(&["--report", "same", "--json", "same"]).error();
    assert!(error.contains("two outputs"), "{error}");
}

#[test]
fn the_report_of_a_cross_validation_holds_parts_and_learning_curve() {
    let folder = with_model();
    let arguments = [
        "cross-validate",
        "train.jsonl",
        "--config",
        "small.json",
        "--no-vectors",
        "--folds",
        "2",
        "--learning-curve",
        "--shares",
        "0.3,0.6,1",
        "--resamples",
        "50",
        "--report",
        "out.html",
        "--plots",
        "plots",
        "-q",
    ];
    folder.run(&arguments).stdout();
    let page = folder.read("out.html");
    assert!(
        page.contains("<h2>The parts held out</h2>") && page.contains("fold 2"),
        "{page}"
    );
    assert!(page.contains("<h2>What more labels would bring</h2>"));
    assert!(
        folder
            .read("plots/learning-curve.svg")
            .contains("power law")
    );
}
