//! Comparisons, prevalence, thresholds and drift on the command line.

mod folder;

use std::fmt::Write;

use serde_json::{Value, json};

use folder::{Folder, Outcome};

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

fn json_of(outcome: Outcome) -> Value {
    serde_json::from_str(&outcome.stdout()).expect("one JSON object")
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

/// A model that is surer of some sentences than of others, because one label in seven is wrong, and data for it.
fn trained(folder: &Folder) {
    let record = |i: usize, offset: usize| {
        let labels = [("blue", "ازرق"), ("red", "احمر")];
        // Multiples of a prime to the modulus come in an order that has nothing to do with that of the labels.
        let wrong = (i * 37 + offset) % 101 < 15;
        let (_, verb) = labels[i % 2];
        let (label, _) = labels[(i + usize::from(wrong)) % 2];
        let words = ["بيت", "نهر", "جبل", "طريق", "قلم", "شجر", "سوق", "بحر"];
        let (first, second) = (words[i * 5 % 7], words[i * 3 % 8]);
        let text = format!("{verb} {first} {second} {}", "ا".repeat(i % 5 + 1));
        let record =
            json!({"id": format!("s{i}"), "text": text, "label": label, "group": offset + i / 2});
        format!("{record}\n")
    };
    let records = |n, offset| (0..n).map(|i| record(i, offset)).collect::<String>();
    folder.write("train.jsonl", records(240, 0));
    folder.write("tune.jsonl", records(120, 1000));
    let train = ["train", "train.jsonl", "-o", "model", "--no-vectors", "-q"];
    folder.run(&train).stdout();
}

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
    let below = with(&["--below", "red", "--fields", "id,label,confidence"]);
    let reds = |text: &str| text.matches("\"red\"").count();
    assert_eq!(reds(&below), reds(&lines("jsonl")) + without);
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
        assert!((noted - least(label)).abs() < 1e-6, "{manifest}");
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

#[test]
fn evaluate_reweights_to_given_and_to_estimated_shares() {
    let folder = Folder::new();
    trained(&folder);
    let evaluate = |more: &[&str]| {
        folder.run(&[&["evaluate", "--model", "model", "tune.jsonl", "-q"], more].concat())
    };
    let plain = evaluate(&[]).stdout();
    let given = evaluate(&["--prior", "red=0.1"]).stdout();
    let added = given
        .strip_prefix(&plain)
        .expect("the tables as they were, and more");
    assert!(
        added.contains("0.900") && added.contains("0.100"),
        "{added}"
    );
    assert!(
        evaluate(&["--prior", "red=0.1,blue=0.1"])
            .error()
            .contains("sum to 0.200")
    );
    assert!(
        evaluate(&["--prior", "green=0.1"])
            .error()
            .contains("blue, red")
    );
    // An archive in which one sentence in ten is red.
    let archive: String = (0..200)
        .map(|i| {
            format!(
                "{} كلمة كلمة{}\n",
                if i % 10 == 0 { "احمر" } else { "ازرق" },
                "ا".repeat(i % 5 + 1)
            )
        })
        .collect();
    folder.write("archive.txt", archive);
    let estimated = evaluate(&["--archive", "archive.txt"]).stdout();
    assert!(
        estimated.contains("200 sentences of 200 documents"),
        "{estimated}"
    );
    assert!(estimated.contains("adjusted count"), "{estimated}");
    assert_eq!(
        estimated,
        evaluate(&["--archive", "archive.txt", "--threads", "1"]).stdout()
    );
    assert!(
        evaluate(&["--archive", "nothing.txt"])
            .error()
            .contains("nothing.txt")
    );
}

#[test]
fn drift_is_seen_between_unlike_archives_and_not_between_halves_of_one() {
    let folder = Folder::new();
    let news = |i: usize| {
        let subject = ["الوزير", "الرئيس", "المتحدث", "السفير"][i % 4];
        let verb = ["قال", "أكد", "أعلن", "أوضح", "ذكر"][i / 4 % 5];
        let date = format!("{}-05-01", 2013 + i / 20 % 2);
        let text = format!("{verb} {subject} إن المحادثات مع الوفد الزائر كانت مثمرة");
        format!("{}\n", json!({"text": text, "date": date}))
    };
    let football = |i: usize| {
        let team = ["الهلال", "النصر", "الاتحاد"][i % 3];
        format!(
            "{}\n",
            json!({"text": format!("سجل {team} هدفا في الشوط الثاني من المباراة"), "date": "2020"})
        )
    };
    folder.write("news.jsonl", (0..400).map(news).collect::<String>());
    folder.write("football.jsonl", (0..300).map(football).collect::<String>());
    let drift =
        |more: &[&str]| folder.run(&[&["drift", "--permutations", "99", "-q"], more].concat());
    let halves = [
        "news.jsonl",
        "news.jsonl",
        "--reference-dates",
        "2013",
        "--new-dates",
        "2014..",
        "--json",
    ];
    let same = json_of(drift(&halves));
    assert_eq!(same["schema"], "marsad-drift");
    assert_eq!(same["reference"]["documents"], 200);
    assert_eq!(same["verdict"]["advice"], "keep_the_model", "{same}");
    let moved = json_of(drift(&["news.jsonl", "football.jsonl", "--json"]));
    assert_ne!(moved["verdict"]["advice"], "keep_the_model", "{moved}");
    let far = |found: &Value| found["vocabulary"]["jensen_shannon"].as_f64().unwrap();
    assert!(
        far(&moved) > 0.9 && far(&same) < 0.01,
        "{} {}",
        far(&moved),
        far(&same)
    );
    let shown = drift(&["news.jsonl", "football.jsonl", "--sample", "50"]).stdout();
    assert!(
        shown.contains("documents drawn at random") && shown.contains("المباراه"),
        "{shown}"
    );
    let again = drift(&[
        "news.jsonl",
        "football.jsonl",
        "--sample",
        "50",
        "--threads",
        "1",
    ]);
    assert_eq!(shown, again.stdout());
    let nothing = drift(&["news.jsonl", "news.jsonl", "--new-dates", "1999"]).error();
    assert!(nothing.contains("no sentence to compare"), "{nothing}");
    assert_eq!(drift(&["news.jsonl"]).code, Some(2));
}
