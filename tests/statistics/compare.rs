//! `marsad compare`

use std::fmt::Write;

use serde_json::{Value, json};

use super::folder::Folder;
use super::json_of;

/// 240 sentences of two labels with identifiers, in groups of two.
fn data() -> String {
    let record = |i: usize| {
        let (label, verb) = [("blue", "ازرق"), ("red", "احمر")][i % 2];
        let text = format!("{verb} {verb} كلمة{} {verb}", "ا".repeat(i % 7 + 1));
        let record = json!({"id": format!("s{i}"), "text": text, "label": label, "group": i / 2});
        format!("{record}\n")
    };
    (0..240).map(record).collect()
}

/// Predictions for `data` that are wrong on the sentences that `wrong` names.
fn predictions(wrong: impl Fn(usize) -> bool) -> String {
    let mut csv = "id,prediction,blue,red\n".to_owned();
    for i in 0..240 {
        let truth = i % 2;
        let given = truth ^ usize::from(wrong(i));
        let label = ["blue", "red"][given];
        let (blue, red) = [("0.8", "0.2"), ("0.2", "0.8")][given];
        writeln!(csv, "s{i},{label},{blue},{red}").expect("writing to a string");
    }
    csv
}

#[test]
fn compare_finds_a_planted_improvement_and_leaves_a_planted_tie() {
    let folder = Folder::new();
    folder.write("data.jsonl", data());
    // Wrong on 48, on 24 of these, and on 48 others.
    folder.write("old.csv", predictions(|i| i % 5 == 0));
    folder.write("better.csv", predictions(|i| i % 10 == 0));
    folder.write("as-good.csv", predictions(|i| i % 5 == 1));
    let models = [
        "compare",
        "old.csv",
        "better.csv",
        "as-good.csv",
        "data.jsonl",
    ];
    let found = json_of(folder.run(&[&models[..], &["--json", "-q"]].concat()));
    assert_eq!(found["schema"], "marsad-comparison");
    assert_eq!(found["version"], 1);
    assert_eq!(
        (&found["data"]["sentences"], &found["data"]["groups"]),
        (&json!(240), &json!(120))
    );
    // −ln 0.8 on 192 sentences and −ln 0.2 on 48.
    let log_loss = found["models"][0]["log_loss"].as_f64().unwrap();
    assert!((log_loss - (192.0 * -(0.8f64.ln()) + 48.0 * -(0.2f64.ln())) / 240.0).abs() < 1e-12);
    let better = &found["comparisons"][0];
    assert!((better["accuracy"]["difference"].as_f64().unwrap() - 0.1).abs() < 1e-12);
    assert_eq!((&better["won"], &better["lost"]), (&json!(24), &json!(0)));
    // >>> scipy.stats.binomtest(24, 24).pvalue  ->  1.1920928955078125e-07
    let mc_nemar = better["mc_nemar_p"].as_f64().unwrap();
    assert!(
        (mc_nemar / 1.192_092_895_507_812_5e-7 - 1.0).abs() < 1e-9,
        "{mc_nemar}"
    );
    let p = |value: &Value| value.as_f64().unwrap();
    assert!(
        p(&better["corrected"]["macro_f1_randomisation_p"]) < 0.001,
        "{better}"
    );
    assert!(p(&better["macro_f1"]["interval"]["low"]) > 0.0, "{better}");
    let tie = &found["comparisons"][1];
    assert_eq!((&tie["won"], &tie["lost"]), (&json!(48), &json!(48)));
    assert!(p(&tie["macro_f1"]["randomisation_p"]) > 0.5, "{tie}");
    assert!(p(&tie["macro_f1"]["bootstrap_p"]) > 0.5, "{tie}");

    let shown = folder.run(&[&models[..], &["--sentences", "2", "--resamples", "199"]].concat());
    let shown = shown.stdout();
    for part in [
        "better.csv is better than old.csv",
        "as-good.csv and old.csv cannot be told apart",
        "corrected for the number of comparisons",
        "Only better.csv is right",
        "s5  truth red, first blue, second red",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let threads = |n: &str| {
        folder
            .run(&[&models[..], &["--json", "--threads", n]].concat())
            .stdout()
    };
    assert_eq!(threads("1"), threads("2"));
    let markdown = folder.run(&[&models[..], &["--markdown", "--resamples", "99"]].concat());
    assert!(markdown.stdout().contains("| model "));
}

#[test]
fn predictions_are_matched_by_identifier_or_text_and_what_is_amiss_is_named() {
    let folder = Folder::new();
    let record = |id: &str, text: &str| json!({"id": id, "text": text, "label": "x"}).to_string();
    folder.write(
        "data.jsonl",
        [record("a", "قال"), record("b", "صرح")].join("\n"),
    );
    folder.write("good.tsv", "id\tlabel\na\tx\nb\ty\n");
    let compare = |file: &str| folder.run(&["compare", "good.tsv", file, "data.jsonl", "--json"]);
    for (name, contents) in [
        (
            "by-text.jsonl",
            "{\"text\":\"صرح\",\"label\":\"y\"}\n{\"text\":\" قال \",\"label\":\"x\"}\n".to_owned(),
        ),
        (
            "number.csv",
            "text,truth,prediction\nقال,y,x\nصرح,y,y\n".to_owned(),
        ),
        ("twice.csv", "id,label\na,x\na,x\nb,y\n".to_owned()),
    ] {
        folder.write(name, contents);
        let found = json_of(compare(name));
        assert_eq!(
            found["comparisons"][0]["accuracy"]["difference"], 0.0,
            "{name}"
        );
    }
    // No answer is never right.
    folder.write(
        "silent.jsonl",
        "{\"id\":\"a\",\"label\":null}\n{\"id\":\"b\",\"label\":\"y\"}\n",
    );
    let found = json_of(compare("silent.jsonl"));
    assert_eq!(found["models"][1]["without_label"], 1);
    assert_eq!(found["comparisons"][0]["lost"], 1);
    for (contents, complaint) in [
        (
            "id,label\na,x\n",
            "1 sentences have no prediction: «b» (line 2)",
        ),
        (
            "id,label\na,x\nb,y\nc,x\n",
            "1 predictions belong to no sentence of the data: «c» (line 4)",
        ),
        (
            "id,label\na,x\nb,y\na,y\n",
            "contradict an earlier one of the same sentence: line 4, against line 2",
        ),
        ("id,class\na,x\n", "«prediction» or «label»"),
        ("label\nx\n", "has neither «id» nor «text»"),
        ("id,label,x\na,x,1.5\nb,y,0\n", "must be 0 to 1, got 1.5"),
        (
            "id,label,x\na,x,no\nb,y,0\n",
            "the probability of «x» is no number",
        ),
    ] {
        folder.write("bad.csv", contents);
        let error = compare("bad.csv").error();
        assert!(
            error.contains("bad.csv") && error.contains(complaint),
            "{error}"
        );
    }
    folder.write("bad.jsonl", "{\"id\":\"a\",\"label\":\"x\"}\n{\"id\"\n");
    assert!(compare("bad.jsonl").error().contains("line 2"));
    assert!(compare("nothing.csv").error().contains("nothing.csv"));
    assert!(compare("model.bin").code == Some(1));
    assert_eq!(
        folder.run(&["compare", "good.tsv", "data.jsonl"]).code,
        Some(2)
    );
}

#[test]
fn what_classify_writes_can_be_compared_with_the_model_itself() {
    let folder = Folder::new();
    let sentences = [
        ("انفجرت سيارة مفخخة قرب السوق فقتلت أربعة", "attack"),
        (
            "أدان وزير الخارجية تصريحات الحكومة المجاورة",
            "official_statement",
        ),
        ("فاز الفريق بالمباراة أمس", "unrelated"),
    ];
    let records = sentences.map(|(text, label)| json!({"text": text, "label": label}).to_string());
    folder.write("data.jsonl", records.join("\n"));
    folder
        .run(&["classify", "data.jsonl", "-o", "out.csv", "-q"])
        .stdout();
    folder
        .run(&["classify", "data.jsonl", "-o", "out.jsonl", "-q"])
        .stdout();
    let compare = [
        "compare",
        "default",
        "out.csv",
        "out.jsonl",
        "data.jsonl",
        "--json",
        "-q",
    ];
    let found = json_of(folder.run(&compare));
    let loss = |model: usize| found["models"][model]["log_loss"].as_f64();
    for model in [1, 2] {
        assert_eq!(found["comparisons"][model - 1]["won"], 0);
        assert_eq!(found["comparisons"][model - 1]["lost"], 0);
        // Rows round to four decimals. A CSV file of the four labels of the model says more than the three of the data.
        assert!(
            (loss(model).unwrap() - loss(0).unwrap()).abs() < 1e-3,
            "{found}"
        );
    }
}
