//! `marsad data check`.

use serde_json::Value;

use super::folder::{Folder, Outcome};

/// Sentences that are quite unlike each other.
const TEXTS: [&str; 10] = [
    "انفجرت سيارة مفخخة قرب السوق المركزي فقتلت أربعة أشخاص",
    "أطلق مسلحون النار على دورية للشرطة غرب الموصل",
    "قصفت طائرات حربية مواقع للمسلحين شمالي حلب ليلا",
    "هاجم انتحاري نقطة تفتيش في عدن وأصاب ثلاثة جنود",
    "سقطت قذائف هاون على حي سكني في دمشق القديمة",
    "فاز الفريق الأول على ضيفه بهدفين في كرة القدم",
    "تراجعت أسعار النفط في التعاملات الآسيوية صباح اليوم",
    "افتتح المعرض الدولي للكتاب أبوابه أمام الزوار",
    "درجات الحرارة تنخفض مساء وأمطار متفرقة على الساحل",
    "تخرجت دفعة جديدة من طلاب كلية الطب بجامعة تونس",
];

/// The record of text `n` with changes to it.
fn record(n: usize, changes: &[(&str, Value)]) -> String {
    let label = if n < 5 { "attack" } else { "other" };
    let tags = if n < 5 { vec!["attack"] } else { vec![] };
    let mut record = serde_json::json!({
        "id": format!("s{n}"), "text": TEXTS[n], "label": label, "tags": tags, "genre": "news", "group": format!("g{}", n % 5),
    });
    for (name, value) in changes {
        record[*name] = value.clone();
    }
    record.to_string() + "\n"
}

/// A clean folder: a train split with the groups 0 to 3, a test split with group 4, a vote for each sentence.
fn clean() -> Folder {
    let folder = Folder::new();
    let split = |is_test: bool| -> String {
        (0..10)
            .filter(|n| (n % 5 == 4) == is_test)
            .map(|n| record(n, &[]))
            .collect()
    };
    folder.write("data/train.jsonl", split(false));
    folder.write("data/test.jsonl", split(true));
    let vote = |n| format!("{{\"id\": \"s{n}\", \"reader\": \"r1\", \"label\": \"attack\"}}\n");
    folder.write(
        "data/annotations/votes.jsonl",
        (0..10).map(vote).collect::<String>(),
    );
    folder.write("data/behaviour.jsonl", "{\"name\": \"negation\"}\n");
    folder
}

fn check(folder: &Folder, more: &[&str]) -> Outcome {
    folder.run(
        &[
            &["data", "check", "data", "--surprising", "0", "--quiet"],
            more,
        ]
        .concat(),
    )
}

#[track_caller]
fn assert_found(folder: &Folder, expected: &[&str]) {
    let outcome = check(folder, &[]);
    assert_eq!(
        outcome.code,
        Some(1),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
    for line in expected {
        assert!(
            outcome.stdout.lines().any(|found| found.contains(line)),
            "«{line}» is not in: {}",
            outcome.stdout
        );
    }
    let verdict = match expected.len() {
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    };
    assert_eq!(
        outcome.stdout.lines().last(),
        Some(verdict.as_str()),
        "{}",
        outcome.stdout
    );
}

#[test]
fn clean_data_is_called_clean() {
    let outcome = check(&clean(), &[]);
    assert_eq!(
        outcome.code,
        Some(0),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
    assert_eq!(outcome.stdout.lines().last(), Some("clean"));
    assert!(
        outcome
            .stdout
            .contains("skipped data/behaviour.jsonl: is a checklist")
    );
    assert_eq!(outcome.stderr, "");
}

#[test]
fn each_planted_fault_is_found_with_its_file_and_line() {
    let near = "انفجرت سيارة مفخخة قرب السوق المركزي فقتلت خمسة أشخاص";
    for (name, changes, expected) in [
        (
            "a near duplicate",
            &[("text", near.into())][..],
            &["data/train.jsonl:9: new is 7"][..],
        ),
        (
            "a duplicate",
            &[(
                "text",
                "اِنفجرت سيارة مفخّخة قرب السوق المركزي، فقتلت أربعة أشخاص".into(),
            )],
            &["data/train.jsonl:9: new is the same as s0, at data/train.jsonl:1"],
        ),
        (
            "a leak",
            &[("group", "g4".into())],
            &["data/train.jsonl:9: the group g4 also stands at data/test.jsonl:1"],
        ),
        (
            "no group",
            &[("group", Value::Null)],
            &["data/train.jsonl:9: the group is missing"],
        ),
        (
            "no tag",
            &[("label", "attack".into())],
            &["data/train.jsonl:9: the label attack is not among the tags"],
        ),
        (
            "a stray tag",
            &[("tags", vec!["atack"].into())],
            &["data/train.jsonl:9: the tag atack is no label"],
        ),
        (
            "a space",
            &[("text", "لا ".into())],
            &["data/train.jsonl:9: the text ends with a space"],
        ),
        (
            "a taken id",
            &[("id", "s4".into())],
            &["data/train.jsonl:9: the id s4 is taken, at data/test.jsonl:1"],
        ),
        (
            "no vote",
            &[("id", "s10".into())],
            &["data/train.jsonl:9: nobody has voted on s10"],
        ),
        (
            "no text",
            &[("text", "".into())],
            &["data/train.jsonl:9: the text is empty"],
        ),
    ] {
        let folder = clean();
        let path = folder.path("data/train.jsonl");
        let mut data = std::fs::read_to_string(&path).unwrap();
        let base = [
            ("id", Value::from("new")),
            ("text", "لا تعليق".into()),
            ("group", "g0".into()),
        ];
        data += &record(9, &[&base[..], changes].concat());
        folder.write("data/train.jsonl", data);
        let votes = std::fs::read_to_string(folder.path("data/annotations/votes.jsonl")).unwrap();
        folder.write(
            "data/annotations/votes.jsonl",
            votes + "{\"id\": \"new\", \"reader\": \"r1\", \"label\": \"other\"}\n",
        );
        println!("{name}");
        // Eight words in common are also a template, of which there are few in so small a file.
        let outcome = match name {
            "a near duplicate" | "a duplicate" => {
                check(&folder, &["--max-runs", "1", "--max-openings", "1"])
            }
            _ => {
                assert_found(&folder, expected);
                continue;
            }
        };
        assert_eq!(outcome.code, Some(1));
        assert!(outcome.stdout.contains(expected[0]), "{}", outcome.stdout);
        assert!(
            outcome.stdout.ends_with("\n1 finding\n"),
            "{}",
            outcome.stdout
        );
    }
}

#[test]
fn templates_are_a_finding_where_they_are_many() {
    let folder = clean();
    let start = "أعلن الناطق باسم الوزارة في بيان صحفي أن";
    let data: String = (0..10)
        .map(|n| record(n, &[("text", format!("{start} {}", TEXTS[n]).into())]))
        .collect();
    folder.write("data/train.jsonl", data);
    std::fs::remove_file(folder.path("data/test.jsonl")).unwrap();
    let outcome = check(&folder, &["--similarity", "1"]);
    assert_eq!(outcome.code, Some(1));
    for line in [
        "data/train.jsonl:1: 100.0 % of all sentences open with the three words of another, more than 30.0 %; here one of the 10 with «اعلن الناطق باسم»",
        "data/train.jsonl:1: 100.0 % of all sentences share eight words in a row with another, more than 1.0 %",
        "2 findings",
    ] {
        assert!(outcome.stdout.contains(line), "{}", outcome.stdout);
    }
}

#[test]
fn the_most_surprising_sentences_want_a_review_once_there_are_reviews() {
    let folder = clean();
    folder.write(
        "small.json",
        r#"{"features": {"bucket_bits": 12, "subwords": false}}"#,
    );
    let arguments = [
        "data",
        "check",
        "data",
        "--surprising",
        "2",
        "--config",
        "small.json",
        "--json",
    ];
    let json = |outcome: &Outcome| -> Value { serde_json::from_str(&outcome.stdout).unwrap() };
    let before = folder.run(&arguments);
    assert_eq!(before.code, Some(0), "{}{}", before.stdout, before.stderr);
    let ids: Vec<String> = json(&before)["surprising"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(ids.len(), 2);

    let review = format!(
        "{{\"id\": \"{}\", \"outcome\": \"kept\", \"note\": \"plain\"}}\n",
        ids[0]
    );
    folder.write("data/annotations/reviews.jsonl", &review);
    let after = folder.run(&arguments);
    assert_eq!(after.code, Some(1));
    let findings = json(&after)["findings"].clone();
    assert_eq!(findings.as_array().unwrap().len(), 1, "{findings}");
    assert_eq!(findings[0]["rule"], "reviews");
    assert!(
        findings[0]["message"]
            .as_str()
            .unwrap()
            .starts_with(&ids[1])
    );

    folder.write(
        "data/annotations/reviews.jsonl",
        "{\"id\": \"s1\", \"outcome\": \"dropped\"}\n",
    );
    let broken = folder.run(&arguments);
    assert_eq!(broken.code, Some(1));
    assert!(
        broken.stderr.contains("reviews.jsonl:1: "),
        "{}",
        broken.stderr
    );
}

#[test]
fn too_little_data_for_a_model_is_said_and_is_no_finding() {
    let folder = Folder::new();
    folder.write("few.jsonl", [record(0, &[]), record(5, &[])].concat());
    let outcome = folder.run(&["data", "check", "few.jsonl"]);
    assert_eq!(
        outcome.code,
        Some(0),
        "{}{}",
        outcome.stdout,
        outcome.stderr
    );
    assert!(outcome.stdout.contains("Left out: "), "{}", outcome.stdout);
}

#[test]
fn markdown_and_json_hold_the_findings_too() {
    let folder = clean();
    folder.write(
        "data/train.jsonl",
        record(0, &[("tags", Vec::<String>::new().into())]),
    );
    let markdown = check(&folder, &["--markdown"]).stdout;
    assert!(
        markdown.contains("## Findings\n") && markdown.contains("| --- |"),
        "{markdown}"
    );
    assert!(
        markdown.contains("\n- data/train.jsonl:1: the label attack"),
        "{markdown}"
    );
    let json: Value = serde_json::from_str(&check(&folder, &["--json"]).stdout).unwrap();
    assert_eq!(json["findings"][0]["place"]["line"], 1);
    assert_eq!(json["splits"][0]["labels"]["attack"], 1);
}

#[test]
fn wrong_use_is_said() {
    let folder = clean();
    for (arguments, part) in [
        (&["data", "check", "nowhere.jsonl"][..], "nowhere.jsonl"),
        (
            &["data", "check", "data", "--similarity", "0"],
            "above 0 and at most 1",
        ),
        (
            &["data", "check", "data", "--max-runs", "2"],
            "between 0 and 1",
        ),
        (&["data", "check", "data/behaviour.jsonl"], "is a checklist"),
    ] {
        let outcome = folder.run(arguments);
        assert_eq!(outcome.code, Some(1), "{arguments:?}");
        assert!(
            outcome.stderr.contains("error:") && outcome.stderr.contains(part),
            "{}",
            outcome.stderr
        );
    }
}

#[test]
fn a_reader_that_has_seen_enough_of_the_json_is_no_error() {
    let folder = clean();
    // More than a pipe holds.
    let many: String = (0..3000)
        .map(|n| record(9, &[("id", format!("many{n}").into())]))
        .collect();
    folder.write("data/train.jsonl", many);
    let script = format!(
        "{} data check data --surprising 0 --json --quiet | head -c 10",
        env!("CARGO_BIN_EXE_marsad")
    );
    let output = std::process::Command::new("sh")
        .args(["-c", &script])
        .current_dir(folder.path(""))
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert_eq!(output.stdout.len(), 10);
}
