//! Behavioural cases, learning curves and word vectors on the command line.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use serde_json::json;

/// Runs `marsad` and gives its exit code, standard output and standard error.
#[track_caller]
fn marsad(arguments: &[&str]) -> (i32, String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_marsad"))
        .args(arguments)
        .output()
        .unwrap();
    (
        output.status.code().unwrap(),
        String::from_utf8(output.stdout).unwrap(),
        String::from_utf8(output.stderr).unwrap(),
    )
}

#[track_caller]
fn succeeds(arguments: &[&str]) -> String {
    let (code, stdout, stderr) = marsad(arguments);
    assert_eq!(code, 0, "{arguments:?}: {stderr}");
    stdout
}

/// Sentences of two labels that no model can confuse: 24 groups of two.
fn write_corpus(path: &Path) {
    let mut file = fs::File::create(path).unwrap();
    for i in 0..48 {
        let (label, verb) = [("blue", "ازرق"), ("red", "احمر")][i % 2];
        let record = json!({
            "text": format!("{verb} {verb} كلمة{} {verb}", "ا".repeat(i % 5 + 1)),
            "label": label,
            "group": i / 2,
        });
        writeln!(file, "{record}").unwrap();
    }
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
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    write_corpus(&folder.path().join("train.jsonl"));
    let text = fs::read_to_string(at("train.jsonl")).unwrap();
    fs::write(
        at("held-out.jsonl"),
        text.replace("\"group\":", "\"group\":1000"),
    )
    .unwrap();
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
    fs::write(at("behaviour.jsonl"), cases).unwrap();
    let table = |text: &str| -> Vec<Vec<String>> {
        text.lines()
            .map(|line| line.split_whitespace().map(str::to_owned).collect())
            .collect()
    };
    let (train, model, behaviour) = (at("train.jsonl"), at("model"), at("behaviour.jsonl"));
    let held_out = at("held-out.jsonl");
    let (code, _, stderr) = marsad(&[
        "train",
        &train,
        "-o",
        &model,
        "--no-vectors",
        "--test",
        &train,
    ]);
    assert!(
        code == 1 && stderr.contains("is trained on and held out"),
        "{stderr}"
    );
    succeeds(&[
        "train",
        &train,
        "-o",
        &model,
        "--no-vectors",
        "--behaviour",
        &behaviour,
        "--test",
        &held_out,
        "-q",
    ]);
    let shown = succeeds(&[
        "evaluate",
        "--model",
        &model,
        "--behaviour",
        &behaviour,
        "--failures",
    ]);
    let rows = table(&shown);
    assert_eq!(rows[1], ["swap", "0.750", "4", "0.500", "2"]);
    assert_eq!(rows[2], ["noise", "1.000", "3", "1.000", "1"]);
    assert_eq!(rows[3], ["all", "0.857", "7", "0.667", "3"]);
    assert!(
        shown.contains("swap-2  expected blue, got red\n  احمر احمر كلمة"),
        "{shown}"
    );

    let card = fs::read_to_string(Path::new(&model).join("README.md")).unwrap();
    assert!(card.contains("## What it has understood"), "{card}");
    assert!(card.contains("| all        |     0.857 |"), "{card}");
    assert!(card.contains("48 sentences of `held-out.jsonl`"), "{card}");
}

#[test]
fn a_broken_behavioural_case_is_named_with_its_line() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("cases.jsonl");
    let good = behaviour_case("a", "x", &[("قال", "b"), ("صرح", "b")]);
    for (bad, complaint) in [
        ("{\"id\": 3}\n".to_owned(), "a case is like"),
        (
            behaviour_case("b", "x", &[("قال", "b")]),
            "two sentences or more",
        ),
        (good.clone(), "stands above already"),
    ] {
        fs::write(&path, good.clone() + &bad).unwrap();
        let (code, _, stderr) = marsad(&["evaluate", "--behaviour", path.to_str().unwrap()]);
        assert_eq!(code, 1);
        assert!(
            stderr.contains("cases.jsonl:2:") && stderr.contains(complaint),
            "{stderr}"
        );
    }
    fs::write(&path, "").unwrap();
    let (code, _, stderr) = marsad(&["evaluate", "--behaviour", path.to_str().unwrap()]);
    assert!(code == 1 && stderr.contains("no case"), "{stderr}");
    let (code, ..) = marsad(&["evaluate"]);
    assert_eq!(code, 2, "neither data nor cases");
}

#[test]
fn a_learning_curve_has_a_row_for_each_size_and_an_outlook() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("train.jsonl");
    write_corpus(&path);
    // A few wrong labels, so that there is an error to extrapolate.
    let text = fs::read_to_string(&path).unwrap();
    let mixed: Vec<String> = (0..)
        .zip(text.lines())
        .map(|(i, line)| match i % 9 {
            0 => line.replace("blue", "red"),
            _ => line.to_owned(),
        })
        .collect();
    fs::write(&path, mixed.join("\n")).unwrap();
    let path = path.to_str().unwrap();
    let shown = succeeds(&[
        "learning-curve",
        path,
        "--test",
        path,
        "--sizes",
        "20,30,9999",
        "--seeds",
        "2",
        "--no-vectors",
        "-q",
    ]);
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
        let (code, _, stderr) = marsad(&[&arguments[..], &wrong].concat());
        assert_eq!(code, 2, "{stderr}");
        assert!(
            stderr.contains(wrong[0]) && stderr.contains("invalid value '0'"),
            "{stderr}"
        );
    }
}

#[test]
fn tune_names_the_flag_for_vectors_that_its_configuration_cannot_hold() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    write_corpus(&folder.path().join("train.jsonl"));
    fs::write(
        at("small.json"),
        r#"{"features": {"bucket_bits": 10, "subwords": false}, "folds": 2}"#,
    )
    .unwrap();
    let (train, small, best) = (at("train.jsonl"), at("small.json"), at("best.json"));
    let vectors = concat!(env!("CARGO_MANIFEST_DIR"), "/models/vectors");
    let tune = |more: &[&str]| {
        let arguments = ["tune", &train, "--config", &small, "--ablation", "-q"];
        let (code, table, stderr) = marsad(&[&arguments, more].concat());
        assert_eq!(code, 0, "{stderr}");
        (table.contains("without word vectors"), stderr)
    };
    // Without a file nothing is lost, and the default of `train` is that of `tune`.
    assert_eq!(tune(&["--no-vectors"]), (false, String::new()));
    assert_eq!(tune(&["-o", &best]), (true, String::new()));
    for (flags, has_row) in [
        (&["--no-vectors"][..], false),
        (&["--vectors", vectors], true),
    ] {
        let (row, stderr) = tune(&[flags, &["-o", &best]].concat());
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
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name).display().to_string();
    let line = |i: usize| {
        format!(
            "قال الوزير {} ان الفريق {} فاز في مباراه {}\n",
            i % 7,
            i % 3,
            i % 5
        )
    };
    let text = (0..300).map(line).collect::<Vec<_>>().concat();
    fs::write(at("plain.txt"), &text).unwrap();
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(text.as_bytes()).unwrap();
    fs::write(at("packed.txt.gz"), gzip.finish().unwrap()).unwrap();
    fs::write(
        at("packed.txt.zst"),
        zstd::encode_all(text.as_bytes(), 1).unwrap(),
    )
    .unwrap();
    let pretrain = |input: &str| {
        let output = at(&format!("vectors-of-{input}"));
        succeeds(&[
            "pretrain",
            &at(input),
            "-o",
            &output,
            "--dimensions",
            "3",
            "-q",
        ]);
        fs::read(Path::new(&output).join("vectors.safetensors")).unwrap()
    };
    let plain = pretrain("plain.txt");
    assert_eq!(plain, pretrain("packed.txt.gz"));
    assert_eq!(plain, pretrain("packed.txt.zst"));

    let vectors = at("vectors-of-plain.txt");
    let (code, _, stderr) = marsad(&[
        "pretrain",
        &at("plain.txt"),
        "-o",
        &vectors,
        "--dimensions",
        "3",
    ]);
    assert!(code == 1 && stderr.contains("--overwrite"), "{stderr}");
    let near = succeeds(&[
        "vectors",
        "near",
        "الوَزير",
        "--vectors",
        &vectors,
        "-n",
        "2",
    ]);
    assert_eq!(near.lines().count(), 3);
    let (code, _, stderr) = marsad(&["vectors", "near", "قطار", "--vectors", &vectors]);
    assert!(
        code == 1 && stderr.contains("do not know the word «قطار»"),
        "{stderr}"
    );

    write_corpus(&folder.path().join("train.jsonl"));
    let (train, with, without) = (at("train.jsonl"), at("with"), at("without"));
    succeeds(&["train", &train, "-o", &with, "--vectors", &vectors, "-q"]);
    succeeds(&["train", &train, "-o", &without, "--no-vectors", "-q"]);
    let config = |model: &str| -> serde_json::Value {
        serde_json::from_slice(&fs::read(Path::new(model).join("config.json")).unwrap()).unwrap()
    };
    assert_eq!(config(&with)["training"]["vectors"]["dimensions"], 3);
    assert_eq!(
        config(&with)["known_words"],
        config(&with)["training"]["vectors"]["words"]
    );
    assert!(config(&without)["training"]["vectors"].is_null());
    assert!(config(&without)["known_words"].is_null());
    let shown = succeeds(&[
        "classify",
        "--model",
        &with,
        "--format",
        "csv",
        "--text",
        "احمر احمر كلمة",
    ]);
    assert!(shown.contains("red"), "{shown}");
}
