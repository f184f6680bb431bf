//! `marsad classify --dedup`

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::edits::{EDITS, edited};
use super::folder::{Folder, rows};
use super::{n_words, our_sentences};

const ATTACK: &str = "قتل 12 جنديا وأصيب آخرون في انفجار سيارة مفخخة قرب نقطة تفتيش شمالي المدينة";
const STATEMENT: &str = "أكد وزير الصحة أن اللقاح متوفر في كل المراكز";

/// Three documents in two files. Of each sentence: the text, and how it repeats another by the definitions.
fn archive(folder: &Folder) -> Vec<(String, Option<&'static str>)> {
    let later = ATTACK.replace("12", "14");
    let again = ATTACK.replace("جنديا", "جندياً");
    let sentences = [
        (ATTACK.to_owned(), None),
        (STATEMENT.to_owned(), None),
        // Another number: 13 of 14 words are the same.
        (later.clone(), Some("near")),
        // Under ten words a changed word makes another sentence.
        (STATEMENT.replace("الصحة", "التعليم"), None),
        // Vowel marks are no difference.
        (again, Some("exact")),
        (later, Some("exact")),
        (STATEMENT.to_owned(), Some("exact")),
    ];
    let document = |id: &str, from: usize, to: usize| {
        let texts: Vec<&str> = sentences[from..to]
            .iter()
            .map(|(text, _)| text.as_str())
            .collect();
        json!({"id": id, "text": texts.join("\n"), "date": "2014-06-10"}).to_string() + "\n"
    };
    folder.write("a.jsonl", document("one", 0, 2) + &document("two", 2, 4));
    folder.write("b.jsonl", document("three", 4, 7));
    sentences.to_vec()
}

fn classify(more: &[&str]) -> (Folder, Vec<Value>) {
    let folder = Folder::new();
    archive(&folder);
    let mut arguments = vec!["classify", "a.jsonl", "b.jsonl", "--quiet"];
    arguments.extend(more);
    let rows = folder.run(&arguments).rows();
    (folder, rows)
}

#[test]
fn mark_keeps_every_row_and_says_how_it_repeats_another() {
    let folder = Folder::new();
    let expected = archive(&folder);
    let (_, marked) = classify(&["--split", "--dedup", "mark"]);
    let found: Vec<(String, Option<&str>)> = marked
        .iter()
        .map(|row| {
            let text = row["text"].as_str().unwrap_or_default().to_owned();
            (text, row["duplicate"].as_str())
        })
        .collect();
    assert_eq!(found, expected);
    // But for the field, the rows are those of a run that does not look.
    let (_, plain) = classify(&["--split"]);
    let without: Vec<Value> = marked
        .into_iter()
        .map(|mut row| {
            row.as_object_mut().map(|row| row.remove("duplicate"));
            row
        })
        .collect();
    assert_eq!(without, plain);
}

#[test]
fn skip_leaves_out_the_rows_that_mark_marks() {
    let (_, mut marked) = classify(&["--split", "--dedup", "mark"]);
    let (_, skipped) = classify(&["--split", "--dedup", "skip"]);
    marked.retain(|row| row.get("duplicate").is_none());
    assert_eq!(marked.len(), 3);
    assert_eq!(skipped, marked);
}

#[test]
fn tables_have_a_column_for_it_and_it_can_be_chosen() {
    let folder = Folder::new();
    archive(&folder);
    let column = |more: &[&str]| {
        let mut arguments = vec!["classify", "a.jsonl", "--split", "--dedup", "mark", "-q"];
        arguments.extend(more);
        folder.run(&arguments)
    };
    let tsv = column(&["--format", "tsv", "--fields", "sentence,duplicate"]).stdout();
    assert_eq!(tsv, "sentence\tduplicate\n0\t\n1\t\n0\tnear\n1\t\n");
    let csv = column(&["--format", "csv", "--fields", "duplicate,sentence"]).stdout();
    assert_eq!(csv, "duplicate,sentence\n,0\n,1\nnear,0\n,1\n");
    let table = column(&["--format", "table"]).stdout();
    assert!(
        table
            .lines()
            .next()
            .is_some_and(|head| head.contains("dup.")),
        "{table}"
    );
    assert_eq!(table.matches("near").count(), 1, "{table}");
    let refused = folder
        .run(&["classify", "a.jsonl", "--fields", "duplicate"])
        .error();
    assert!(refused.contains("no field «duplicate»"), "{refused}");
}

#[test]
fn documents_count_what_is_not_skipped() {
    let sentences = |more: &[&str]| -> Vec<Value> {
        let mut arguments = vec!["--per", "document"];
        arguments.extend(more);
        let (_, rows) = classify(&arguments);
        rows.iter().map(|row| row["sentences"].clone()).collect()
    };
    assert_eq!(sentences(&["--dedup", "skip"]), [2, 1, 0]);
    assert_eq!(sentences(&["--dedup", "mark"]), [2, 2, 3]);
    // Documents that are not split are compared whole: the second has one word and one number of its own.
    let (_, whole) = classify(&["--dedup", "mark"]);
    assert_eq!(
        (&whole[0]["duplicate"], &whole[1]["duplicate"]),
        (&Value::Null, &json!("near"))
    );
}

#[test]
fn only_sentences_with_rows_are_remembered() {
    let folder = Folder::new();
    let mut lines = our_sentences();
    lines.truncate(3000);
    let lines: Vec<String> = lines
        .into_iter()
        .enumerate()
        .filter_map(|(number, text)| {
            let changed = edited(&text, number, &EDITS[1])?;
            (n_words(&text) >= 10 && n_words(&changed) >= 10).then_some([text, changed])
        })
        .flatten()
        .collect();
    folder.write("news.txt", lines.join("\n"));
    let arguments = [
        "classify",
        "news.txt",
        "--dedup",
        "mark",
        "--min-confidence",
        "0.9",
        "-q",
    ];
    let rows = folder.run(&arguments).rows();
    let kinds: BTreeMap<u64, &Value> = rows
        .iter()
        .map(|row| {
            (
                row["record"].as_u64().unwrap_or_default(),
                &row["duplicate"],
            )
        })
        .collect();
    // Originals have odd numbers, and the even number after each has one word of it changed.
    let changed = kinds.iter().filter(|(record, _)| *record % 2 == 0);
    let (mut near, mut new) = (0, 0);
    for (record, kind) in changed {
        if kinds.contains_key(&(record - 1)) {
            // A word may be replaced by itself.
            assert!(**kind == "near" || **kind == "exact", "{record}");
            near += 1;
        } else {
            assert!(kind.is_null(), "{record}: its original has no row");
            new += 1;
        }
    }
    assert!(near > 500 && new > 10, "{near}, {new}");
}

#[test]
fn summaries_count_what_was_marked_and_skipped() {
    for (action, rows, marked, left_out) in
        [("mark", 7, (3, 1), (0, 0)), ("skip", 3, (0, 0), (3, 1))]
    {
        let summary = |name: &str| {
            let arguments = ["--split", "--dedup", action, "--summary", name];
            classify(&arguments).0.read(name)
        };
        let json: Value = serde_json::from_str(&summary("s.json")).unwrap_or_default();
        assert_eq!(json["rows"], rows);
        let counts = |key: &str, suffix: &str| {
            let count = |kind: &str| json[key][format!("{kind}{suffix}")].as_u64();
            (count("exact").unwrap_or(99), count("near").unwrap_or(99))
        };
        assert_eq!(counts("marked_duplicates", ""), marked);
        assert_eq!(counts("left_out", "_duplicate"), left_out);
        for name in ["s.txt", "s.html"] {
            let text = summary(name);
            let what = match action {
                "mark" => "as one before; marked and counted",
                _ => "as one before; left out",
            };
            assert_eq!(text.matches(what).count(), 2, "{text}");
        }
    }
    let folder = Folder::new();
    archive(&folder);
    let said = folder.run(&[
        "classify", "a.jsonl", "b.jsonl", "--split", "--dedup", "skip",
    ]);
    assert!(
        said.stderr.contains("3 units left out as exact duplicates")
            && said.stderr.contains("1 unit left out as near-duplicates"),
        "{}",
        said.stderr
    );
}

#[test]
fn one_thread_and_many_write_the_same_bytes_into_files_and_folders() {
    let folder = Folder::new();
    let sentences = our_sentences();
    let again = sentences
        .iter()
        .enumerate()
        .filter_map(|(number, text)| edited(text, number, &EDITS[number % EDITS.len()]));
    let lines: Vec<String> = sentences.iter().cloned().chain(again).collect();
    folder.write("news.txt", lines.join("\n"));
    for action in ["mark", "skip"] {
        let run = |threads: &str, output: &str| {
            // So little memory that some is forgotten.
            let dedup = ["--dedup", action, "--dedup-memory", "1M"];
            let arguments = [
                "classify",
                "news.txt",
                "-q",
                "--threads",
                threads,
                "-o",
                output,
            ];
            folder.run(&[&arguments[..], &dedup].concat()).stdout();
        };
        let (one, two) = (format!("{action}1.jsonl"), format!("{action}2.jsonl"));
        run("1", &one);
        run("3", &two);
        assert!(folder.bytes(&one) == folder.bytes(&two));
        let (one_folder, two_folder) = (format!("{action}1/"), format!("{action}2/"));
        run("1", &one_folder);
        run("2", &two_folder);
        let shard = |run: &str| folder.bytes(&format!("{run}part-00000.jsonl"));
        assert!(shard(&one_folder) == folder.bytes(&one));
        assert!(shard(&two_folder) == folder.bytes(&one));
        let kinds = rows(&folder.read(&one));
        let count = |kind: &str| kinds.iter().filter(|row| row["duplicate"] == kind).count();
        match action {
            "mark" => {
                assert!(kinds.len() == lines.len() && count("near") > 1000 && count("exact") > 100)
            }
            _ => assert!(kinds.len() < lines.len() && count("near") == 0),
        }
    }
}

#[test]
fn settings_are_in_the_manifest_and_memory_has_a_least() {
    let folder = Folder::new();
    archive(&folder);
    let run = |more: &[&str]| {
        let arguments = ["classify", "a.jsonl", "--split", "-q", "-o", "run/"];
        folder.run(&[&arguments[..], more].concat())
    };
    run(&["--dedup", "skip", "--dedup-memory", "1M"]).stdout();
    let manifest: Value =
        serde_json::from_str(&folder.read("run/manifest.json")).unwrap_or_default();
    assert_eq!(manifest["settings"]["dedup"], "Skip");
    assert_eq!(manifest["settings"]["dedup_memory"], 1 << 20);
    let other = run(&["--dedup", "mark", "--dedup-memory", "1M", "--resume"]).error();
    assert!(
        other.contains("dedup was \"Skip\" and is \"Mark\""),
        "{other}"
    );
    let little = run(&["--dedup", "skip", "--dedup-memory", "1K", "--overwrite"]).error();
    assert!(
        little.contains("memory for duplicates must be at least 4096 bytes, got 1024"),
        "{little}"
    );
    let alone = run(&["--dedup-memory", "1M"]);
    assert_eq!(alone.code, Some(2), "{}", alone.stderr);
}
