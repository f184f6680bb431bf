//! What the `marsad` command promises to the people who type it.

mod folder;

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use folder::{Folder, Outcome, rows};

const CAR_BOMB: &str = "انفجرت سيارة مفخخة قرب السوق المركزي فقتلت أربعة أشخاص وأصابت عشرين";
const FOOTBALL: &str = "فاز الفريق الأول على ضيفه بهدفين في مباراة كرة القدم ضمن الدوري المحلي";
const COMMANDS: [&str; 15] = [
    "classify",
    "train",
    "tune",
    "evaluate",
    "cross-validate",
    "data",
    "agreement",
    "learning-curve",
    "pretrain",
    "vectors",
    "explain",
    "inspect",
    "split",
    "normalize",
    "completions",
];

fn run(arguments: &[&str]) -> Outcome {
    Folder::new().run(arguments)
}

fn pipe(input: impl AsRef<[u8]>, arguments: &[&str]) -> Outcome {
    Folder::new().pipe(input, arguments)
}

#[track_caller]
fn assert_all_in(parts: &[&str], text: &str) {
    for part in parts {
        assert!(text.contains(part), "«{part}» is not in: {text}");
    }
}

/// The values of one field of every row.
fn column<'a>(rows: &'a [Value], field: &str) -> Vec<&'a Value> {
    rows.iter().map(|row| &row[field]).collect()
}

// Classify: what is read.

#[test]
fn sentences_given_as_arguments_are_tagged() {
    let rows = run(&["classify", CAR_BOMB, "--text", FOOTBALL]).rows();
    assert_eq!(column(&rows, "label"), ["attack", "unrelated"]);
    assert_eq!(column(&rows, "text"), [CAR_BOMB, FOOTBALL]);
    for row in &rows {
        let probabilities = row["probabilities"].as_object().unwrap();
        let of = |label: &str| probabilities[label].as_f64().unwrap();
        let total: f64 = probabilities.keys().map(|label| of(label)).sum();
        // Four labels, each rounded to four digits.
        assert!((total - 1.0).abs() < 2.5e-4, "{row}");
        assert_eq!(
            row["confidence"],
            probabilities[row["label"].as_str().unwrap()]
        );
        assert!(
            probabilities
                .keys()
                .all(|label| of(label) <= row["confidence"].as_f64().unwrap())
        );
    }
}

#[test]
fn a_text_with_line_breaks_is_one_document() {
    let text = format!("{CAR_BOMB}\n{FOOTBALL}");
    assert_eq!(run(&["classify", &text]).rows().len(), 1);
}

#[test]
fn standard_input_is_text_or_jsonl_by_its_first_character() {
    let text = pipe(format!("{CAR_BOMB}\n{FOOTBALL}\n"), &["classify"]).rows();
    assert_eq!(column(&text, "label"), ["attack", "unrelated"]);
    assert_eq!(column(&text, "record"), [1, 2]);
    assert_eq!(column(&text, "source"), ["stdin", "stdin"]);

    let records = format!(
        "{}\n{}\n",
        json!({"id": "a", "text": CAR_BOMB}),
        json!({"id": 7, "text": FOOTBALL})
    );
    let jsonl = pipe(&records, &["classify", "-"]).rows();
    assert_eq!(column(&jsonl, "label"), ["attack", "unrelated"]);
    assert_eq!(column(&jsonl, "id"), ["a", "7"]);

    let forced = pipe(&records, &["classify", "--input-format", "text"]).rows();
    assert_eq!(forced[0]["text"], records.lines().next().unwrap());
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_record() {
    let mark = "\u{FEFF}";
    let record = json!({"text": CAR_BOMB});
    let folder = Folder::new();
    folder.write("marked.jsonl", format!("{mark}{record}\n"));
    folder.write("marked.txt", format!("{mark}{CAR_BOMB}\n"));
    for outcome in [
        folder.run(&["classify", "--strict", "marked.jsonl"]),
        folder.run(&["classify", "--strict", "marked.txt"]),
        folder.pipe(format!("{mark}{record}\n"), &["classify", "--strict"]),
    ] {
        let rows = outcome.rows();
        assert_eq!(column(&rows, "text"), [CAR_BOMB]);
        assert_eq!(column(&rows, "label"), ["attack"]);
    }
}

#[test]
fn a_text_file_holds_a_document_a_line() {
    let folder = Folder::new();
    folder.write("news.txt", format!("{CAR_BOMB}\r\n\n  \n{FOOTBALL}"));
    let rows = folder.run(&["classify", "news.txt"]).rows();
    assert_eq!(column(&rows, "text"), [CAR_BOMB, FOOTBALL]);
    assert_eq!(column(&rows, "record"), [1, 4]);
    assert_eq!(column(&rows, "source"), ["news.txt", "news.txt"]);
}

#[test]
fn the_fields_of_a_record_are_named_by_the_user() {
    let folder = Folder::new();
    let record = json!({"text": "x", "body": CAR_BOMB, "key": "k-1", "id": 5, "tags": [{"a": 1}]});
    folder.write("news.jsonl", format!("{record}\n"));
    let arguments = ["classify", "news.jsonl", "--text-field", "body"];
    let rows = folder
        .run(&[&arguments[..], &["--id-field", "key"]].concat())
        .rows();
    assert_eq!(rows[0]["text"], CAR_BOMB);
    assert_eq!(rows[0]["id"], "k-1");
    assert_eq!(rows[0]["label"], "attack");
}

#[test]
fn inputs_are_read_in_the_order_they_are_given() {
    let folder = Folder::new();
    folder.write("b.txt", format!("{CAR_BOMB}\n"));
    folder.write("a.txt", format!("{FOOTBALL}\n"));
    let arguments = ["classify", "b.txt", "-", "a.txt", "--text", "كلمة"];
    let rows = folder.pipe(FOOTBALL, &arguments).rows();
    assert_eq!(column(&rows, "source"), ["b.txt", "stdin", "a.txt", "text"]);
}

#[test]
fn what_cannot_be_opened_is_an_error_that_says_the_cure() {
    let folder = Folder::new();
    folder.write("news.dat", CAR_BOMB);
    folder.write("news.txt", CAR_BOMB);
    fs::create_dir(folder.path("archive")).unwrap();
    for (input, said) in [
        ("missing.txt", ["missing.txt", "--text"]),
        ("news.dat", ["news.dat", "--input-format"]),
        ("archive", ["archive", "no files"]),
    ] {
        let outcome = folder.run(&["classify", "news.txt", input]);
        // Everything is opened before anything is written.
        assert_eq!(outcome.stdout, "");
        assert_all_in(&said, &outcome.error());
    }
    let error = folder
        .run(&["classify", "--model", "none", CAR_BOMB])
        .error();
    assert_all_in(&["none", "config.json", "marsad train"], &error);
}

#[test]
fn an_input_without_text_gives_no_rows_and_no_error() {
    let folder = Folder::new();
    folder.write("empty.jsonl", "");
    folder.write("blank.txt", "\n \r\n\t\n");
    assert_eq!(folder.run(&["classify", "empty.jsonl"]).stdout(), "");
    assert_eq!(folder.run(&["classify", "blank.txt"]).stdout(), "");
    assert_eq!(pipe("", &["classify", "--split"]).stdout(), "");
    let csv = pipe("", &["classify", "--format", "csv"]).stdout();
    assert_eq!(csv.lines().count(), 1, "{csv}");
    assert!(csv.starts_with("source,record,id,"));
}

// Classify: sentences of documents.

/// Two articles with page furniture, the second with characters that JSON and CSV escape.
fn articles() -> String {
    let first = format!("كتب: أحمد علي\n{CAR_BOMB}.\nشارك هذا الخبر\n{FOOTBALL}.");
    let second = format!("{FOOTBALL}, \"وصفق\" الجمهور\tطويلا.\r\n{CAR_BOMB}.\n");
    format!(
        "{}\n{}\n",
        json!({"id": "1", "text": first}),
        json!({"id": "2", "text": second})
    )
}

#[test]
fn spans_of_split_sentences_index_the_text_of_the_document() {
    let all = pipe(articles(), &["classify", "--split"]).rows();
    let outcome = pipe(articles(), &["classify", "--split", "--drop-boilerplate"]);
    assert_all_in(&["left out as page furniture"], &outcome.stderr);
    let kept = outcome.rows();
    let documents = rows(&articles());
    for row in all.iter().chain(&kept) {
        let line = row["record"].as_u64().unwrap() as usize;
        let document = documents[line - 1]["text"].as_str().unwrap();
        let [start, end] = ["start", "end"].map(|field| row[field].as_u64().unwrap() as usize);
        assert_eq!(row["text"], document[start..end]);
        assert_eq!(row["id"], documents[line - 1]["id"]);
    }
    // The kept rows are those of the whole, with their numbers, without the furniture.
    assert!(kept.iter().all(|row| all.contains(row)));
    let texts = column(&kept, "text");
    assert!(kept.len() < all.len() && !texts.contains(&&json!("شارك هذا الخبر")));
    let attacks = kept.iter().filter(|row| row["label"] == "attack").count();
    assert_eq!(attacks, 2);
}

#[test]
fn jsonl_and_csv_say_the_same_and_are_read_back_by_their_libraries() {
    let folder = Folder::new();
    folder.write("news.jsonl", articles());
    let jsonl = folder
        .run(&["classify", "--split", "news.jsonl", "--format", "jsonl"])
        .rows();
    let csv = folder
        .run(&["classify", "--split", "news.jsonl", "--format", "csv"])
        .stdout();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = reader.headers().unwrap().clone();
    let records: Vec<_> = reader.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), jsonl.len());
    for (record, row) in records.iter().zip(&jsonl) {
        for (name, field) in header.iter().zip(record) {
            let value = row.get(name).unwrap_or(&row["probabilities"][name]);
            match value {
                Value::String(text) => assert_eq!(field, text, "{name}"),
                value => assert_eq!(field.parse().ok(), value.as_f64(), "{name}"),
            }
        }
    }
}

// Classify: what rows hold.

#[test]
fn the_fields_of_rows_are_chosen_and_ordered() {
    let lines = format!("{CAR_BOMB}\n{FOOTBALL}\n");
    let arguments = [
        "classify",
        "--format",
        "tsv",
        "--fields",
        "label,record,text",
    ];
    let expected =
        format!("label\trecord\ttext\nattack\t1\t{CAR_BOMB}\nunrelated\t2\t{FOOTBALL}\n");
    assert_eq!(pipe(&lines, &arguments).stdout(), expected);
    let bare = pipe(&lines, &[&arguments[..], &["--no-header"]].concat()).stdout();
    assert_eq!(bare, expected["label\trecord\ttext\n".len()..]);
    let rows = pipe(&lines, &["classify", "--no-text"]).rows();
    assert!(
        rows.iter()
            .all(|row| row.get("text").is_none() && row.get("label").is_some())
    );
    let error = pipe(&lines, &["classify", "--fields", "label,colour"]).error();
    assert_all_in(&["«colour»", "source, record, id", "confidence"], &error);
}

#[test]
fn a_row_per_document_counts_its_sentences_and_holds_the_strongest() {
    let rows = pipe(articles(), &["classify", "--split"]).rows();
    let documents = pipe(articles(), &["classify", "--per", "document"]).rows();
    assert_eq!(column(&documents, "record"), [1, 2]);
    for document in &documents {
        let sentences: Vec<&Value> = rows
            .iter()
            .filter(|row| row["record"] == document["record"])
            .collect();
        assert_eq!(document["sentences"], sentences.len());
        for (label, count) in document["counts"].as_object().expect("an object") {
            let mine: Vec<&&Value> = sentences
                .iter()
                .filter(|row| row["label"] == **label)
                .collect();
            assert_eq!(*count, mine.len(), "{label}");
            let strongest = &document["strongest"][label];
            let confidence = |row: &Value| row["confidence"].as_f64().unwrap_or(-1.0);
            let highest = mine.iter().map(|row| confidence(row)).fold(-1.0, f64::max);
            assert!((confidence(strongest) - highest).abs() < 1e-9);
            if let Some(row) = mine
                .iter()
                .find(|row| row["sentence"] == strongest["sentence"])
            {
                for field in ["start", "end", "confidence", "text"] {
                    assert_eq!(strongest[field], row[field]);
                }
            }
        }
    }
    // Counted by eye: each article holds one attack.
    for document in &documents {
        assert_eq!(document["counts"]["attack"], 1);
        assert_all_in(
            &[CAR_BOMB],
            document["strongest"]["attack"]["text"]
                .as_str()
                .expect("a text"),
        );
    }
    let bare = pipe(
        articles(),
        &[
            "classify",
            "--per",
            "document",
            "--drop-boilerplate",
            "--no-text",
        ],
    )
    .rows();
    assert!(bare[0]["sentences"].as_u64() < documents[0]["sentences"].as_u64());
    assert!(bare[0]["strongest"]["attack"].get("text").is_none());
    let table = pipe(
        articles(),
        &["classify", "--per", "document", "--format", "table"],
    )
    .stdout();
    assert_all_in(&["stdin:1", "stdin:2", "count", "attack"], &table);
}

#[test]
fn output_is_packed_by_its_name_or_on_request() {
    let folder = Folder::new();
    let plain = run(&["classify", "--format", "csv", CAR_BOMB]).stdout();
    folder
        .run(&["classify", CAR_BOMB, "-o", "tagged.csv.gz"])
        .stdout();
    let mut unpacked = String::new();
    flate2::read::GzDecoder::new(folder.bytes("tagged.csv.gz").as_slice())
        .read_to_string(&mut unpacked)
        .expect("gzip");
    assert_eq!(unpacked, plain);
    folder
        .run(&["classify", CAR_BOMB, "-o", "tagged.csv.zst"])
        .stdout();
    let zstd = zstd::decode_all(folder.bytes("tagged.csv.zst").as_slice()).expect("zstd");
    assert_eq!(zstd, plain.as_bytes());
    let arguments = [
        "classify",
        CAR_BOMB,
        "-o",
        "packed",
        "--format",
        "csv",
        "--compress",
        "zstd",
    ];
    folder.run(&arguments).stdout();
    assert_eq!(folder.bytes("packed"), folder.bytes("tagged.csv.zst"));
    let arguments = [
        "classify",
        CAR_BOMB,
        "-o",
        "plain.zst",
        "--format",
        "csv",
        "--compress",
        "none",
    ];
    folder.run(&arguments).stdout();
    assert_eq!(folder.read("plain.zst"), plain);
    let error = folder
        .run(&["classify", CAR_BOMB, "-o", "rows.parquet.gz"])
        .error();
    assert_all_in(&["arquet"], &error);
}

#[cfg(feature = "parquet")]
#[test]
fn a_parquet_file_has_the_same_bytes_on_any_number_of_threads() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    let folder = Folder::new();
    folder.write("news.txt", generated_lines(3000));
    for threads in ["1", "2"] {
        let output = format!("{threads}.parquet");
        folder
            .run(&["classify", "news.txt", "-o", &output, "--threads", threads])
            .stdout();
    }
    assert_eq!(folder.bytes("1.parquet"), folder.bytes("2.parquet"));
    let file = fs::File::open(folder.path("1.parquet")).expect("the file is there");
    let reader = SerializedFileReader::new(file).expect("a Parquet file");
    let rows = folder.run(&["classify", "news.txt"]).rows();
    let read: Vec<_> = reader.get_row_iter(None).expect("rows").collect();
    assert_eq!(read.len(), rows.len());
    for (read, row) in read.into_iter().zip(&rows) {
        let read = read.expect("a row");
        assert_eq!(read.get_long(1).ok(), row["record"].as_i64());
        for (column, field) in [(0, "source"), (4, "text"), (5, "label")] {
            assert_eq!(*read.get_string(column).expect("a text"), row[field]);
        }
    }
}

#[cfg(not(feature = "parquet"))]
#[test]
fn parquet_without_the_feature_says_how_to_get_it() {
    let error = run(&["classify", CAR_BOMB, "--format", "parquet"]).error();
    assert_all_in(&["--features parquet", "csv or jsonl"], &error);
}

#[test]
fn a_table_for_people_holds_label_and_sentence() {
    let table = run(&["classify", "--format", "table", CAR_BOMB]).stdout();
    assert_all_in(&["label", "attack", "%", "سيارة"], &table);
    assert!(!table.contains('\x1b'), "no colours outside a terminal");
}

#[test]
fn sentences_below_the_wanted_confidence_are_left_out_and_counted() {
    let text = generated_lines(300);
    let all = pipe(&text, &["classify"]).rows();
    let confidence = |row: &Value| row["confidence"].as_f64().unwrap();
    let mut confidences: Vec<_> = all.iter().map(confidence).collect();
    confidences.sort_by(f64::total_cmp);
    let median = confidences[150];
    let outcome = pipe(
        &text,
        &["classify", "--min-confidence", &median.to_string()],
    );
    assert_all_in(&["left out for low confidence"], &outcome.stderr);
    let sure = outcome.rows();
    // Rows show four digits, so those at the threshold itself may be on either side of it.
    assert!(sure.iter().all(|row| confidence(row) >= median));
    let above = all.iter().filter(|row| confidence(row) > median).count();
    assert!(sure.len() >= above && sure.len() < all.len());
    assert!(sure.iter().all(|row| all.contains(row)));
}

/// Lines of words in an order that looks random, without two equal neighbours.
fn generated_lines(n: usize) -> String {
    let words: Vec<&str> = CAR_BOMB.split(' ').chain(FOOTBALL.split(' ')).collect();
    let mut state = 1u64;
    let mut lines = String::new();
    for line in 0..n {
        lines += &line.to_string();
        for _ in 0..3 + line % 17 {
            // The multiplier and increment of Knuth's MMIX.
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            lines += " ";
            lines += words[(state >> 33) as usize % words.len()];
        }
        lines += "\n";
    }
    lines
}

#[test]
fn any_number_of_threads_writes_the_same_bytes_in_the_order_of_the_input() {
    let text = generated_lines(6000);
    let by = |threads| pipe(&text, &["classify", "--threads", threads]).stdout();
    let one = by("1");
    assert!(one == by("2"), "2 threads write what 1 thread writes");
    let rows = rows(&one);
    let texts: Vec<_> = rows
        .iter()
        .map(|row| row["text"].as_str().unwrap())
        .collect();
    assert_eq!(texts, text.lines().collect::<Vec<_>>());
}

// Classify: bad records, output files, pipes.

/// Six lines of which the second, third and fifth cannot be read.
fn partly_broken() -> Vec<u8> {
    let record = |text| json!({"text": text}).to_string().into_bytes();
    let lines = [
        record(CAR_BOMB),
        b"{\"text\": \"never closed".to_vec(),
        b"{\"story\": \"under another name\"}".to_vec(),
        Vec::new(),
        b"{\"text\": \"\xC7\xE1\xCE\xC8\xD1\"}".to_vec(),
        record(FOOTBALL),
    ];
    lines.join(&b'\n')
}

#[test]
fn bad_records_are_named_by_file_and_line_skipped_and_counted() {
    let folder = Folder::new();
    folder.write("news.jsonl", partly_broken());
    let outcome = folder.run(&["classify", "news.jsonl"]);
    let said = |line: u32, what: &str| {
        let place = format!("news.jsonl:{line}: ");
        let message = outcome.stderr.lines().find(|l| l.contains(&place));
        assert!(
            message.is_some_and(|l| l.contains(what)),
            "{}",
            outcome.stderr
        );
    };
    said(2, "JSON");
    said(3, "--text-field");
    said(5, "UTF-8");
    assert_all_in(&["3 records could not be read"], &outcome.stderr);
    let rows = outcome.rows();
    assert_eq!(column(&rows, "record"), [1, 6]);
    assert_eq!(column(&rows, "label"), ["attack", "unrelated"]);
}

#[test]
fn what_could_not_be_read_goes_to_a_file_if_wanted() {
    let folder = Folder::new();
    folder.write("news.jsonl", partly_broken());
    let arguments = ["classify", "news.jsonl", "--rejects", "bad.jsonl"];
    folder.run(&arguments).stdout();
    let rejects: Vec<Value> = folder
        .read("bad.jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(column(&rejects, "record"), [2, 3, 5]);
    let reasons = ["broken_json", "missing_text", "invalid_utf8"];
    assert_eq!(column(&rejects, "reason"), reasons);
    assert!(
        rejects
            .iter()
            .all(|reject| reject["source"] == "news.jsonl")
    );
    assert_all_in(
        &["bad.jsonl", "--overwrite"],
        &folder.run(&arguments).error(),
    );
}

#[test]
fn strict_stops_at_the_first_bad_record_and_leaves_no_file() {
    let folder = Folder::new();
    folder.write("news.jsonl", partly_broken());
    let arguments = ["classify", "--strict", "news.jsonl", "-o", "tagged.jsonl"];
    let error = folder.run(&arguments).error();
    assert_all_in(&["news.jsonl:2:"], &error);
    assert!(!error.contains("news.jsonl:3:"), "{error}");
    assert_eq!(folder.names(), BTreeSet::from(["news.jsonl".to_owned()]));
}

#[test]
fn an_output_file_is_replaced_only_when_asked() {
    let folder = Folder::new();
    folder.write("tagged.csv", "precious");
    let arguments = ["classify", CAR_BOMB, "-o", "tagged.csv"];
    let error = folder.run(&arguments).error();
    assert_all_in(&["tagged.csv", "--overwrite"], &error);
    assert_eq!(folder.read("tagged.csv"), "precious");
    folder
        .run(&[&arguments[..], &["--overwrite"]].concat())
        .stdout();
    // The ending of the name chooses the format.
    let mut reader = csv::Reader::from_path(folder.path("tagged.csv")).unwrap();
    let record = reader.records().next().unwrap().unwrap();
    assert_eq!((&record[4], &record[5]), (CAR_BOMB, "attack"));
    assert_eq!(folder.names(), BTreeSet::from(["tagged.csv".to_owned()]));
}

#[test]
fn an_output_file_holds_what_standard_output_would() {
    let folder = Folder::new();
    let arguments = ["classify", CAR_BOMB, "-o", "tagged.jsonl"];
    assert_eq!(folder.run(&arguments).stdout(), "");
    assert_eq!(
        folder.read("tagged.jsonl"),
        run(&["classify", CAR_BOMB]).stdout()
    );
    let error = folder.run(&["classify", CAR_BOMB, "-o", "none/tagged.jsonl"]);
    assert_all_in(&["none/tagged.jsonl"], &error.error());
}

/// Never with `/dev/null` itself: a command that got this wrong would take it from the whole machine.
#[cfg(unix)]
#[test]
fn an_output_that_is_no_ordinary_file_is_not_replaced_by_one() {
    use std::os::unix::fs::FileTypeExt;
    let folder = Folder::new();
    let path = folder.path("tagged.jsonl");
    assert!(
        Command::new("mkfifo")
            .arg(&path)
            .status()
            .unwrap()
            .success()
    );
    // Open for reading and writing, so that nobody waits for the other end.
    let _ends = fs::File::options()
        .read(true)
        .write(true)
        .open(&path)
        .unwrap();
    folder.run(&["classify", CAR_BOMB, "-o", "tagged.jsonl", "--overwrite"]);
    assert!(fs::metadata(&path).unwrap().file_type().is_fifo());
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let folder = Folder::new();
    // Far more than a pipe holds.
    folder.write("news.txt", generated_lines(6000));
    for arguments in [
        &["classify", "news.txt"][..],
        &["split", "news.txt"],
        &["normalize", "news.txt"],
    ] {
        let mut child = folder
            .command(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut first)
            .unwrap();
        let mut stderr = String::new();
        let mut pipe = child.stderr.take().unwrap();
        pipe.read_to_string(&mut stderr).unwrap();
        assert!(!first.is_empty());
        assert_eq!(child.wait().unwrap().code(), Some(0), "{stderr}");
        assert!(!stderr.contains("error"), "{stderr}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error_and_no_panic() {
    let folder = Folder::new();
    for arguments in [
        &["classify", CAR_BOMB][..],
        &["explain", CAR_BOMB],
        &["inspect"],
        &["normalize", "--rules"],
        &["completions", "bash"],
    ] {
        let full = fs::OpenOptions::new()
            .write(true)
            .open("/dev/full")
            .unwrap();
        let output = folder.command(arguments).stdout(full).output().unwrap();
        let stderr = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {stderr}");
        assert_all_in(&["error:", "No space left"], &stderr);
    }
}

#[test]
fn wrong_usage_ends_with_code_2_and_says_what_is_wanted() {
    for (arguments, said) in [
        (
            &["classify", "--min-confidence", "2", CAR_BOMB][..],
            "0 to 1",
        ),
        (&["classify", "--min-confidence", "NaN", CAR_BOMB], "0 to 1"),
        (&["classify", "--drop-boilerplate", CAR_BOMB], "--split"),
        (&["classify", "--threads", "0", CAR_BOMB], "--threads"),
        (&["clasify", CAR_BOMB], "classify"),
        (&["train", "data.jsonl"], "--output"),
        (&[], "Usage"),
    ] {
        let outcome = run(arguments);
        assert_eq!(outcome.code, Some(2), "{arguments:?}");
        assert_all_in(&[said], &outcome.stderr);
    }
}

// Train and what follows it.

const LABELS: [&str; 3] = ["kitchen", "market", "weather"];

/// Sixty sentences with three labels. The group of a sentence is its ending, so each of the five groups
/// has every opening and what is learned from four of them holds for the fifth.
fn labelled() -> Vec<[String; 3]> {
    const OPENINGS: [[&str; 4]; 3] = [
        [
            "يقطع الطباخ البصل",
            "يغلي الحساء",
            "يخبز العجين",
            "تضاف \"التوابل\"",
        ],
        [
            "يرتفع سعر الذهب",
            "ينخفض سعر القمح",
            "تباع الأسهم",
            "تفتح البورصة",
        ],
        ["تهطل أمطار", "تشتد الرياح", "ترتفع الحرارة", "يتشكل الضباب"],
    ];
    const ENDINGS: [&str; 5] = [
        "صباحا",
        "مساء، غدا",
        "بعد الظهر",
        "هذا الأسبوع",
        "في المدينة",
    ];
    let mut records = Vec::new();
    for (label, openings) in LABELS.into_iter().zip(OPENINGS) {
        for opening in openings {
            for (issue, ending) in ENDINGS.into_iter().enumerate() {
                let text = format!("{opening}, {ending}");
                records.push([text, label.to_owned(), format!("issue-{issue}")]);
            }
        }
    }
    records
}

fn to_jsonl(records: &[[String; 3]]) -> String {
    let line = |[text, label, group]: &[String; 3]| {
        format!(
            "{}\n",
            json!({"text": text, "label": label, "group": group})
        )
    };
    records.iter().map(line).collect()
}

fn to_csv(records: &[[String; 3]]) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer
        .write_record(["group", "Label", "text"])
        .expect("written to memory");
    for [text, label, group] in records {
        writer
            .write_record([group, label, text])
            .expect("written to memory");
    }
    writer.into_inner().expect("written to memory")
}

/// Quotation marks stand bare in a TSV.
fn to_tsv(records: &[[String; 3]]) -> String {
    let line = |record: &[String; 3]| format!("{}\n", record.join("\t"));
    format!(
        "text\tlabel\tgroup\n{}",
        records.iter().map(line).collect::<String>()
    )
}

impl Folder {
    /// With `labelled.jsonl`, and a configuration `small.json` that trains in no time.
    fn with_data() -> Self {
        let folder = Self::new();
        folder.write("labelled.jsonl", to_jsonl(&labelled()));
        folder.write("small.json", r#"{"features": {"bucket_bits": 12}}"#);
        folder
    }

    fn train(&self, data: &str, model: &str, more: &[&str]) -> Outcome {
        let arguments = ["train", data, "--config", "small.json", "-o", model];
        self.run(&[&arguments[..], more].concat())
    }

    fn with_model() -> Self {
        let folder = Self::with_data();
        folder.train("labelled.jsonl", "model", &[]).stdout();
        folder
    }
}

#[test]
fn the_same_data_gives_the_same_bytes_on_any_number_of_threads() {
    let folder = Folder::with_data();
    folder.write("labelled.csv", to_csv(&labelled()));
    folder.write("labelled.tsv", to_tsv(&labelled()));
    for ending in ["jsonl", "csv", "tsv"] {
        for threads in ["1", "2", "16"] {
            let data = format!("labelled.{ending}");
            let model = format!("{ending}-{threads}");
            folder
                .train(&data, &model, &["--threads", threads])
                .stdout();
            let same = |file: &str, as_in: &str| {
                let [one, other] =
                    [&model, as_in].map(|model| folder.bytes(&format!("{model}/{file}")));
                assert!(one == other, "{file} of {model} is that of {as_in}");
            };
            for file in ["model.safetensors", "tokenizer.json"] {
                same(file, "jsonl-1");
            }
            // These name the file of the data.
            for file in ["config.json", "README.md"] {
                same(file, &format!("{ending}-1"));
            }
        }
    }
}

#[test]
fn the_seed_is_stored_with_the_model() {
    let folder = Folder::with_data();
    folder
        .train("labelled.jsonl", "model", &["--seed", "7"])
        .stdout();
    let config: Value = serde_json::from_str(&folder.read("model/config.json")).unwrap();
    assert_eq!(config["training"]["config"]["seed"], 7);
    // A model is also a configuration: trained with it, the data gives the model again.
    folder
        .run(&[
            "train",
            "labelled.jsonl",
            "--config",
            "model",
            "-o",
            "again",
        ])
        .stdout();
    for file in [
        "config.json",
        "model.safetensors",
        "tokenizer.json",
        "README.md",
    ] {
        let [one, other] = ["model", "again"].map(|model| folder.bytes(&format!("{model}/{file}")));
        assert!(one == other, "{file}");
    }
}

#[test]
fn a_trained_model_serves_every_command_that_takes_one() {
    let folder = Folder::with_model();
    let rows = folder
        .run(&[
            "classify",
            "--model",
            "model",
            "تهطل أمطار غدا",
            "يغلي الحساء غدا",
        ])
        .rows();
    assert_eq!(column(&rows, "label"), ["weather", "kitchen"]);

    let report = folder
        .run(&["evaluate", "--model", "model", "labelled.jsonl"])
        .stdout();
    let line = |name: &str| report.lines().find(|line| line.starts_with(name)).unwrap();
    assert!(line("accuracy").contains("1.000"), "{report}");
    assert_all_in(&LABELS, &report);
    let markdown = folder
        .run(&[
            "evaluate",
            "--model",
            "model",
            "--markdown",
            "labelled.jsonl",
        ])
        .stdout();
    assert!(
        markdown.lines().any(|line| line.starts_with("| kitchen |")),
        "{markdown}"
    );

    let explanation = folder
        .run(&["explain", "--model", "model", "تهطل أمطار غدا"])
        .stdout();
    assert!(explanation.starts_with("weather"), "{explanation}");

    let inspection = folder.run(&["inspect", "model"]).stdout();
    assert_all_in(&LABELS, &inspection);
    assert_all_in(
        &["4096", "60 sentences", "logistic_regression"],
        &inspection,
    );
    let json = folder.run(&["inspect", "model", "--json"]).stdout();
    let config: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(config["labels"], json!(LABELS));
}

#[test]
fn training_with_the_defaults_reports_held_out_figures_and_writes_a_card() {
    let folder = Folder::with_data();
    folder.write("notes.md", "For the kitchen only.");
    let arguments = [
        "train",
        "labelled.jsonl",
        "--notes",
        "notes.md",
        "-o",
        "model",
    ];
    let report = folder.run(&arguments).stdout();
    assert_all_in(
        &[
            "5 folds",
            "macro-F1",
            "Calibration",
            "The model is in model.",
        ],
        &report,
    );
    assert_all_in(&LABELS, &report);
    let card = folder.read("model/README.md");
    assert_all_in(&["For the kitchen only.", "SHA-256", "| kitchen |"], &card);
}

#[test]
fn a_folder_of_data_is_read_file_by_file() {
    let folder = Folder::with_data();
    fs::create_dir(folder.path("parts")).unwrap();
    let records = labelled();
    folder.write("parts/a.jsonl", to_jsonl(&records[..35]));
    folder.write("parts/b.csv", to_csv(&records[35..]));
    folder.write("parts/notes.txt", "not data");
    folder.train("parts", "model", &[]).stdout();
    folder.train("labelled.jsonl", "whole", &[]).stdout();
    let [parts, whole] =
        ["model", "whole"].map(|model| folder.bytes(&format!("{model}/model.safetensors")));
    assert!(parts == whole);
    let config: Value = serde_json::from_str(&folder.read("model/config.json")).unwrap();
    let sentences = config["training"]["data"].as_array().unwrap();
    assert_eq!(column(sentences, "file"), ["a.jsonl", "b.csv"]);
    assert_eq!(column(sentences, "sentences"), [35, 25]);
}

#[test]
fn a_model_is_replaced_only_when_asked() {
    let folder = Folder::with_model();
    let before = folder.bytes("model/model.safetensors");
    let other = to_jsonl(&labelled()[..40]);
    folder.write("other.jsonl", other);
    let error = folder.train("other.jsonl", "model", &[]).error();
    assert_all_in(&["model", "--overwrite"], &error);
    assert!(folder.bytes("model/model.safetensors") == before);
    folder
        .train("other.jsonl", "model", &["--overwrite"])
        .stdout();
    assert!(folder.bytes("model/model.safetensors") != before);
    let entries = fs::read_dir(folder.path("model")).unwrap();
    let mut left: Vec<_> = entries.map(|entry| entry.unwrap().file_name()).collect();
    left.sort();
    let files = [
        "README.md",
        "card.json",
        "config.json",
        "model.safetensors",
        "tokenizer.json",
    ];
    assert_eq!(left, files);
}

#[test]
fn bad_training_records_are_named_by_file_and_line_and_skipped_or_fatal() {
    let bad = |good: String, lines: &str| good + lines;
    let folder = Folder::with_data();
    folder.write(
        "bad.jsonl",
        bad(
            to_jsonl(&labelled()),
            "{\"text\": \"no label\"}\n\n{\"text\": \" \", \"label\": \"market\"}\n",
        ),
    );
    folder.write(
        "bad.tsv",
        bad(to_tsv(&labelled()), "\tmarket\tg\nno label\t\tg\n"),
    );
    for (file, lines) in [("bad.jsonl", [61, 63]), ("bad.tsv", [62, 63])] {
        let outcome = folder.train(file, &format!("from-{file}"), &[]);
        for line in lines {
            assert_all_in(&[&format!("{file}:{line}: ")], &outcome.stderr);
        }
        assert_all_in(&["2 of 62 records were skipped"], &outcome.stderr);
        outcome.stdout();
        let error = folder.train(file, "strict", &["--strict"]).error();
        assert_all_in(&[&format!("{file}:{}: ", lines[0])], &error);
        assert!(!folder.path("strict").exists());
    }
}

#[test]
fn the_lines_of_a_csv_are_those_an_editor_shows() {
    let folder = Folder::new();
    // The first record spans two lines; the second and the fourth are bad.
    for (file, csv, lines) in [
        ("unix.csv", "text,label\n\"a\nb\",x\n,x\nc,x\nd,\n", [4, 6]),
        (
            "dos.csv",
            "text,label\r\n\"a\r\nb\",x\r\n,x\r\nc,x\r\nd,\r\n",
            [4, 6],
        ),
        (
            "blank.csv",
            "text,label\n\n\"a\nb\",x\n\n\n,x\nc,x\n\nd,\n",
            [7, 10],
        ),
    ] {
        folder.write(file, csv);
        let stderr = folder.run(&["train", file, "-o", "model"]).error();
        for line in lines {
            assert_all_in(&[&format!("{file}:{line}: ")], &stderr);
        }
    }
}

#[test]
fn data_that_cannot_train_a_model_is_refused_with_the_reason() {
    let folder = Folder::with_data();
    folder.write("one.jsonl", to_jsonl(&labelled()[..20]));
    folder.write("empty.jsonl", "\n");
    folder.write("columns.csv", "sentence,label\na b,market\n");
    folder.write("data.xlsx", "");
    folder.write(
        "six.json",
        r#"{"folds": 6, "features": {"bucket_bits": 12}}"#,
    );
    folder.write("typo.json", r#"{"fold": 6}"#);
    folder.write("bits.json", r#"{"features": {"bucket_bits": 40}}"#);
    for (data, config, said) in [
        ("one.jsonl", "small.json", &["two labels", "kitchen"][..]),
        (
            "empty.jsonl",
            "small.json",
            &["empty.jsonl", "no labelled sentence"],
        ),
        (
            "columns.csv",
            "small.json",
            &["columns.csv:1:", "text", "sentence"],
        ),
        ("data.xlsx", "small.json", &["data.xlsx", ".jsonl"]),
        ("none.jsonl", "small.json", &["none.jsonl"]),
        (
            "labelled.jsonl",
            "six.json",
            &["5 groups", "6 folds", "at most"],
        ),
        (
            "labelled.jsonl",
            "typo.json",
            &["typo.json", "fold", "folds"],
        ),
        (
            "labelled.jsonl",
            "bits.json",
            &["bucket_bits", "8 to 24", "40"],
        ),
        ("labelled.jsonl", "none.json", &["none.json"]),
    ] {
        let arguments = ["train", data, "--config", config, "-o", "model"];
        assert_all_in(said, &folder.run(&arguments).error());
        assert!(!folder.path("model").exists(), "{data} {config}");
    }
}

#[test]
fn what_the_system_says_is_said_once() {
    let error = run(&["train", "none.jsonl", "-o", "model"]).error();
    assert_eq!(error.matches("os error").count(), 1, "{error}");
}

#[test]
fn a_vocabulary_beyond_all_bounds_is_refused_or_trains() {
    let folder = Folder::with_data();
    let config = json!({"subword_vocabulary": 1u64 << 40, "features": {"bucket_bits": 12}});
    folder.write("small.json", config.to_string());
    let outcome = folder.train("labelled.jsonl", "model", &[]);
    assert!(matches!(outcome.code, Some(0 | 1)), "{}", outcome.stderr);
}

#[test]
fn labels_that_the_model_does_not_know_are_left_out_with_a_warning() {
    let folder = Folder::with_model();
    let mut records = labelled();
    for record in &mut records[..5] {
        "garden".clone_into(&mut record[1]);
    }
    folder.write("other.jsonl", to_jsonl(&records));
    let outcome = folder.run(&["evaluate", "--model", "model", "other.jsonl"]);
    assert_all_in(&["5 sentences", "garden"], &outcome.stderr);
    assert!(!outcome.stdout().contains("garden"));
    let error = folder.run(&["evaluate", "labelled.jsonl"]).error();
    assert_all_in(&["attack", "unrelated"], &error);
}

#[test]
fn tune_ranks_configurations_and_its_best_one_trains() {
    let folder = Folder::with_data();
    // A stacked ensemble divides the four groups outside a fold once more.
    folder.write(
        "small.json",
        r#"{"features": {"bucket_bits": 12}, "folds": 2}"#,
    );
    let arguments = ["tune", "labelled.jsonl", "--config", "small.json"];
    let table = folder
        .run(&[&arguments[..], &["-o", "best.json"]].concat())
        .stdout();
    let estimators = [
        "logistic_regression",
        "linear_svm",
        "complement_naive_bayes",
        "stacked_ensemble",
    ];
    assert_all_in(&["macro-F1", "accuracy"], &table);
    assert_all_in(&estimators, &table);
    let best: Value = serde_json::from_str(&folder.read("best.json")).unwrap();
    let winner = table.lines().nth(1).unwrap();
    assert!(
        winner.starts_with(best["estimator"]["name"].as_str().unwrap()),
        "{table}"
    );
    assert_eq!(best["features"]["bucket_bits"], 12);
    folder
        .run(&[
            "train",
            "labelled.jsonl",
            "--config",
            "best.json",
            "-o",
            "model",
        ])
        .stdout();

    let ablation = folder
        .run(&[&arguments[..], &["--ablation", "--markdown"]].concat())
        .stdout();
    assert_all_in(&["| all features ", "| without subwords "], &ablation);
}

// Explain, inspect, normalize, split, completions, help.

#[test]
fn an_explanation_adds_up_and_its_spans_slice_the_text() {
    let texts = [
        CAR_BOMB,
        FOOTBALL,
        "أَدانـت «الحكومة» ٣٫٥% من ﷺ www.example.com قالَ قالَ",
        "漢字 and English, 2024",
        "كلمة",
        "",
    ];
    for text in texts {
        let json = run(&["explain", "--json", text]).stdout();
        let explanation: Value = serde_json::from_str(&json).unwrap();
        let number = |value: &Value| value.as_f64().unwrap();
        let [difference, bias] = ["difference", "bias"].map(|field| number(&explanation[field]));
        for list in ["features", "words"] {
            let parts = explanation[list].as_array().unwrap();
            let total: f64 = parts.iter().map(|part| number(&part["contribution"])).sum();
            assert!((bias + total - difference).abs() < 1e-3, "{list} of {text}");
        }
        assert!(difference >= 0.0);
        let place = |value: &Value| value.as_u64().unwrap() as usize;
        for word in explanation["words"].as_array().unwrap() {
            assert_eq!(
                word["text"],
                text[place(&word["start"])..place(&word["end"])]
            );
        }
        for feature in explanation["features"].as_array().unwrap() {
            for span in feature["spans"].as_array().unwrap() {
                assert!(
                    text.get(place(&span[0])..place(&span[1])).is_some(),
                    "{feature}"
                );
            }
        }
        let classified = run(&["classify", "--text", text]).rows();
        if let Some(row) = classified.first() {
            assert_eq!(explanation["label"], row["label"]);
        }
        assert!(run(&["explain", text]).stdout().contains("in all"));
    }
}

#[test]
fn the_embedded_model_is_inspected_without_arguments() {
    let inspection = run(&["inspect", "--top", "3"]).stdout();
    assert_all_in(
        &[
            "attack",
            "diplomatic_meeting",
            "official_statement",
            "unrelated",
            "news-1",
        ],
        &inspection,
    );
    let full = run(&["inspect", "--top", "30"]).stdout();
    assert!(full.lines().count() > inspection.lines().count());
}

#[test]
fn normalize_keeps_the_lines_and_lists_its_rules() {
    let normal = pipe("أَعلنـت «الحكومة»\n\nإلى الأمام\n", &["normalize"]).stdout();
    assert_eq!(normal, "اعلنت الحكومه\n\nالي الامام\n");
    let outcome = pipe(partly_broken(), &["normalize"]);
    assert_all_in(&["stdin:2:", "stdin:3:", "stdin:5:"], &outcome.stderr);
    assert_eq!(outcome.stdout().lines().count(), 3);
    let rules = run(&["normalize", "--rules"]).stdout();
    assert!(rules.lines().count() > 5, "{rules}");
}

#[test]
fn split_gives_the_sentences_that_classify_tags() {
    let folder = Folder::new();
    folder.write("news.jsonl", articles());
    let plain = folder.run(&["split", "news.jsonl"]).stdout();
    assert!(plain.lines().count() >= 5, "{plain}");
    for flags in [&[][..], &["--drop-boilerplate"]] {
        let arguments = |command| [&[command][..], flags].concat();
        let split = folder
            .run(&[&arguments("split")[..], &["news.jsonl", "--json"]].concat())
            .rows();
        let tagged = folder
            .run(&[&arguments("classify")[..], &["--split", "news.jsonl"]].concat())
            .rows();
        for field in ["id", "record", "sentence", "start", "end", "text"] {
            assert_eq!(column(&split, field), column(&tagged, field));
        }
    }
    let lines = run(&["split", "وصل الوفد مساء أمس. وقال الوزير إن اللقاء مثمر."]).stdout();
    assert_eq!(lines, "وصل الوفد مساء أمس.\nوقال الوزير إن اللقاء مثمر.\n");
}

#[test]
fn completions_for_bash_know_every_command() {
    let script = run(&["completions", "bash"]).stdout();
    assert_all_in(&COMMANDS, &script);
    assert_all_in(&["complete -F _marsad", "--min-confidence"], &script);
}

#[test]
fn every_command_has_help_with_an_example() {
    let help = run(&["--help"]).stdout();
    assert_all_in(&COMMANDS, &help);
    for command in COMMANDS {
        for flag in ["-h", "--help"] {
            let help = run(&[command, flag]).stdout();
            let example = help.split("Example").nth(1).unwrap_or_default();
            assert_all_in(&[&format!("marsad {command} ")], example);
        }
    }
    let version = run(&["--version"]).stdout();
    assert_eq!(version, format!("marsad {}\n", env!("CARGO_PKG_VERSION")));
}

#[test]
fn quiet_commands_say_nothing_on_standard_error() {
    let folder = Folder::with_data();
    folder.write("news.jsonl", articles());
    for arguments in [
        &[
            "train",
            "labelled.jsonl",
            "--config",
            "small.json",
            "-o",
            "model",
        ][..],
        &["classify", "--split", "--drop-boilerplate", "news.jsonl"],
        &["classify", "--min-confidence", "0.3", "news.jsonl"],
        &["evaluate", "--model", "model", "labelled.jsonl"],
        &[
            "tune",
            "labelled.jsonl",
            "--config",
            "small.json",
            "--ablation",
        ],
        &["explain", CAR_BOMB],
        &["inspect"],
        &["split", "news.jsonl"],
        &["normalize", "news.jsonl"],
    ] {
        let outcome = folder.run(&[arguments, &["--quiet"]].concat());
        assert_eq!(outcome.stderr, "", "{arguments:?}");
        assert_eq!(outcome.code, Some(0));
        // Training has no result but the model.
        assert_eq!(outcome.stdout.is_empty(), arguments[0] == "train");
    }
    assert!(Path::new(&folder.path("model/config.json")).exists());
}
