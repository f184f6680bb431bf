//! Behavioural cases, learning curves and word vectors on the command line.

mod folder;

use std::io::Write;

use serde_json::json;

use folder::{Folder, Outcome};

/// Runs `marsad` where there is nothing.
fn marsad(arguments: &[&str]) -> Outcome {
    Folder::new().run(arguments)
}

/// Sentences of two labels that no model can confuse: 24 groups of two.
fn corpus() -> String {
    let record = |i: usize| {
        let (label, verb) = [("blue", "ازرق"), ("red", "احمر")][i % 2];
        let record = json!({
            "text": format!("{verb} {verb} كلمة{} {verb}", "ا".repeat(i % 5 + 1)),
            "label": label,
            "group": i / 2,
        });
        format!("{record}\n")
    };
    (0..48).map(record).collect()
}

fn behaviour_case(id: &str, capability: &str, sentences: &[(&str, &str)]) -> String {
    let sentences: Vec<_> = sentences
        .iter()
        .map(|(text, label)| json!({"text": text, "label": label}))
        .collect();
    json!({"id": id, "capability": capability, "sentences": sentences}).to_string() + "\n"
}

#[test]
fn behaviour_is_counted_by_capability_and_stands_in_the_model_card() {
    let folder = Folder::new();
    folder.write("train.jsonl", corpus());
    folder.write(
        "held-out.jsonl",
        corpus().replace("\"group\":", "\"group\":1000"),
    );
    // Of the first capability one sentence of four is expected to be what it is not; the second holds.
    let cases = behaviour_case(
        "swap-1",
        "swap",
        &[("احمر احمر", "red"), ("ازرق ازرق", "blue")],
    ) + &behaviour_case(
        "swap-2",
        "swap",
        &[("احمر احمر كلمة", "blue"), ("ازرق", "blue")],
    ) + &behaviour_case(
        "noise-1",
        "noise",
        &[("أحمر", "red"), ("احــمر", "red"), ("اَحمر", "red")],
    );
    folder.write("behaviour.jsonl", cases);
    let table = |text: &str| -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split_whitespace().map(str::to_owned).collect())
            .collect()
    };
    let train = ["train", "train.jsonl", "-o", "model", "--no-vectors"];
    let leak = folder.run(&[&train[..], &["--test", "train.jsonl"]].concat());
    let error = leak.error();
    assert!(error.contains("is trained on and held out"), "{error}");
    let behaviour = ["--behaviour", "behaviour.jsonl"];
    folder
        .run(&[&train[..], &behaviour, &["--test", "held-out.jsonl", "-q"]].concat())
        .stdout();
    let evaluate = ["evaluate", "--model", "model", "--failures"];
    let shown = folder.run(&[&evaluate[..], &behaviour].concat()).stdout();
    let rows = table(&shown);
    assert_eq!(rows[1], ["swap", "0.750", "4", "0.500", "2"]);
    assert_eq!(rows[2], ["noise", "1.000", "3", "1.000", "1"]);
    assert_eq!(rows[3], ["all", "0.857", "7", "0.667", "3"]);
    assert!(
        shown.contains("swap-2  expected blue, got red\n  احمر احمر كلمة"),
        "{shown}"
    );

    let card = folder.read("model/README.md");
    assert!(card.contains("## What it has understood"), "{card}");
    assert!(card.contains("| all        |     0.857 |"), "{card}");
    assert!(
        card.contains(
            "48 sentences in 24 groups of `held-out.jsonl`; no group of theirs was trained on."
        ),
        "{card}"
    );
}

#[test]
fn a_broken_behavioural_case_is_named_with_its_line() {
    let folder = Folder::new();
    let evaluate = ["evaluate", "--behaviour", "cases.jsonl"];
    let good = behaviour_case("a", "x", &[("قال", "b"), ("صرح", "b")]);
    for (bad, complaint) in [
        ("{\"id\": 3}\n".to_owned(), "a case is like"),
        (
            behaviour_case("b", "x", &[("قال", "b")]),
            "two sentences or more",
        ),
        (good.clone(), "stands above already"),
    ] {
        folder.write("cases.jsonl", good.clone() + &bad);
        let error = folder.run(&evaluate).error();
        assert!(
            error.contains("cases.jsonl:2:") && error.contains(complaint),
            "{error}"
        );
    }
    folder.write("cases.jsonl", "");
    let error = folder.run(&evaluate).error();
    assert!(error.contains("no case"), "{error}");
    let code = marsad(&["evaluate"]).code;
    assert_eq!(code, Some(2), "neither data nor cases");
}

#[test]
fn a_learning_curve_has_a_row_for_each_size_and_an_outlook() {
    let folder = Folder::new();
    // A few wrong labels, so that there is an error to extrapolate.
    let mixed: Vec<String> = (0..)
        .zip(corpus().lines())
        .map(|(i, line)| match i % 9 {
            0 => line.replace("blue", "red"),
            _ => line.to_owned(),
        })
        .collect();
    folder.write("train.jsonl", mixed.join("\n"));
    let curve = ["learning-curve", "train.jsonl", "--test", "train.jsonl"];
    let options = [
        "--sizes",
        "20,30,9999",
        "--seeds",
        "2",
        "--no-vectors",
        "-q",
    ];
    let shown = folder.run(&[&curve[..], &options].concat()).stdout();
    let rows: Vec<&str> = shown.lines().collect();
    assert_eq!(rows.len(), 5, "{shown}");
    for (row, size) in rows[1..].iter().zip(["20 ", "30 ", "48 ", "96 (expected)"]) {
        assert!(row.starts_with(size), "{shown}");
    }
    let means = rows[1..4]
        .iter()
        .map(|row| row.split_whitespace().nth(1).unwrap());
    assert!(
        means
            .clone()
            .all(|mean| (0.5..1.0).contains(&mean.parse().unwrap())),
        "{shown}"
    );
}

#[test]
fn a_learning_curve_of_no_sentences_is_refused_before_anything_is_read() {
    for wrong in [["--sizes", "20,0"], ["--seeds", "0"]] {
        let arguments = ["learning-curve", "nowhere", "--test", "nowhere"];
        let Outcome { code, stderr, .. } = marsad(&[&arguments[..], &wrong].concat());
        assert_eq!(code, Some(2), "{stderr}");
        assert!(
            stderr.contains(wrong[0]) && stderr.contains("invalid value '0'"),
            "{stderr}"
        );
    }
}

#[test]
fn tune_names_the_flag_for_vectors_that_its_configuration_cannot_hold() {
    let folder = Folder::new();
    folder.write("train.jsonl", corpus());
    folder.write(
        "small.json",
        r#"{"features": {"bucket_bits": 10, "subwords": false}, "folds": 2}"#,
    );
    let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/models/vectors");
    let tune = |more: &[&str]| {
        let arguments = [
            "tune",
            "train.jsonl",
            "--config",
            "small.json",
            "--ablation",
        ];
        let outcome = folder.run(&[&arguments, more, &["-q"]].concat());
        assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
        let has_row = outcome.stdout.contains("without word vectors");
        (has_row, outcome.stderr)
    };
    // Without a file nothing is lost, and the default of `train` is that of `tune`.
    assert_eq!(tune(&["--no-vectors"]), (false, String::new()));
    assert_eq!(tune(&["-o", "best.json"]), (true, String::new()));
    for (flags, has_row) in [
        (&["--no-vectors"][..], false),
        (&["--vectors", vectors], true),
    ] {
        let (row, stderr) = tune(&[flags, &["-o", "best.json"]].concat());
        assert_eq!(row, has_row, "{flags:?}");
        assert!(
            stderr.contains("best.json does not say")
                && stderr.contains(&format!("`marsad train` {} too", flags.join(" "))),
            "{stderr}"
        );
    }
}

#[test]
fn packed_texts_give_the_vectors_of_plain_ones_and_training_takes_them() {
    let folder = Folder::new();
    let line = |i: usize| {
        format!(
            "قال الوزير {} ان الفريق {} فاز في مباراه {}\n",
            i % 7,
            i % 3,
            i % 5
        )
    };
    let text = (0..300).map(line).collect::<Vec<_>>().concat();
    folder.write("plain.txt", &text);
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    folder.write("packed.txt.gz", gzip.finish().unwrap());
    let zstd = zstd::encode_all(text.as_bytes(), 1).unwrap();
    folder.write("packed.txt.zst", zstd);
    let pretrain = |input: &str| {
        let output = format!("vectors-of-{input}");
        let arguments = ["pretrain", input, "-o", &output, "--dimensions", "3"];
        folder.run(&[&arguments[..], &["-q"]].concat()).stdout();
        folder.bytes(&format!("{output}/vectors.safetensors"))
    };
    let plain = pretrain("plain.txt");
    assert_eq!(plain, pretrain("packed.txt.gz"));
    assert_eq!(plain, pretrain("packed.txt.zst"));

    let vectors = "vectors-of-plain.txt";
    let again = ["pretrain", "plain.txt", "-o", vectors, "--dimensions", "3"];
    let error = folder.run(&again).error();
    assert!(error.contains("--overwrite"), "{error}");
    let near = |word| folder.run(&["vectors", "near", word, "--vectors", vectors, "-n", "2"]);
    assert_eq!(near("الوَزير").stdout().lines().count(), 3);
    let error = near("قطار").error();
    assert!(error.contains("do not know the word «قطار»"), "{error}");

    folder.write("train.jsonl", corpus());
    let (with, without) = ("with", "without");
    for (model, vectors) in [
        (with, &["--vectors", vectors][..]),
        (without, &["--no-vectors"]),
    ] {
        let train = ["train", "train.jsonl", "-o", model, "-q"];
        folder.run(&[&train[..], vectors].concat()).stdout();
    }
    let config = |model: &str| -> serde_json::Value {
        serde_json::from_str(&folder.read(&format!("{model}/config.json"))).unwrap()
    };
    assert_eq!(config(with)["training"]["vectors"]["dimensions"], 3);
    assert_eq!(
        config(with)["known_words"],
        config(with)["training"]["vectors"]["words"]
    );
    assert!(config(without)["training"]["vectors"].is_null());
    assert!(config(without)["known_words"].is_null());
    let classify = ["classify", "--model", with, "--format", "csv"];
    let shown = folder.run(&[&classify[..], &["--text", "احمر احمر كلمة"]].concat());
    let shown = shown.stdout();
    assert!(shown.contains("red"), "{shown}");
}
