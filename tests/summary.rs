//! A summary says what was counted by hand.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use std::time::Duration;

use marsad::archive::{LeftOut, Summary, SummaryReport, month};
use serde_json::{Value, json};

fn labels() -> Vec<String> {
    ["attack", "غير ذلك"].map(str::to_owned).to_vec()
}

/// Two inputs, three documents, seven rows.
fn summary() -> Summary {
    let mut summary = Summary::new(2);
    for (source, date, rows) in [
        (0, "2014-06-10", &[(0, 0.5), (1, 0.75), (1, 1.0)][..]),
        (
            0,
            "\u{0662}\u{0660}\u{0661}\u{0664}/\u{0660}\u{0667}/\u{0660}\u{0661}",
            &[(0, 0.75), (0, 0.75)],
        ),
        (1, "", &[(1, 0.25), (0, 1.0)]),
    ] {
        summary.add_document(source);
        for &(class, confidence) in rows {
            summary.add_row(class, confidence, source, month(date));
        }
    }
    summary.add_unread_date();
    summary.add_left_out(LeftOut::PageFurniture, 2);
    summary.add_left_out(LeftOut::NearDuplicate, 1);
    summary.add_marked(1, 0);
    for reason in ["broken JSON", "no text", "broken JSON"] {
        summary.add_rejected(reason);
    }
    summary
}

fn json_of(report: &SummaryReport) -> Value {
    serde_json::from_str(&report.to_json()).unwrap()
}

/// The numbers of an object, added up.
fn total(object: &Value) -> u64 {
    object
        .as_object()
        .unwrap()
        .values()
        .filter_map(Value::as_u64)
        .sum()
}

#[test]
fn the_json_is_what_was_counted() {
    let (summary, labels) = (summary(), labels());
    let sources = ["a.jsonl".to_owned(), "b.jsonl".to_owned()];
    let report = SummaryReport::new(&summary, &labels, &sources, "a model").unwrap();
    let histogram = |bins: &[(usize, u64)]| {
        let mut histogram = [0; Summary::BINS];
        for &(bin, n) in bins {
            histogram[bin] = n;
        }
        histogram
    };
    assert_eq!(
        json_of(&report),
        json!({
            "schema": "marsad-summary",
            "version": 1,
            "model": {"name": "a model", "checksum": null},
            "unit": "sentence",
            "documents": 3,
            "rows": 7,
            "labels": [
                {
                    "label": "attack",
                    "rows": 4,
                    "share": 0.571_429, // 4 / 7
                    "mean_confidence": 0.75, // (0.5 + 0.75 + 0.75 + 1) / 4
                    "confidence_histogram": histogram(&[(10, 1), (15, 2), (19, 1)]),
                },
                {
                    "label": "غير ذلك",
                    "rows": 3,
                    "share": 0.428_571, // 3 / 7
                    "mean_confidence": 0.666_667, // (0.75 + 1 + 0.25) / 3
                    "confidence_histogram": histogram(&[(5, 1), (15, 1), (19, 1)]),
                },
            ],
            "months": [
                {"month": "2014-06", "rows": {"attack": 1, "غير ذلك": 2}},
                {"month": "2014-07", "rows": {"attack": 2, "غير ذلك": 0}},
            ],
            "rows_without_month": 2,
            "sources": [
                {"source": "a.jsonl", "documents": 2, "rows": {"attack": 3, "غير ذلك": 2}},
                {"source": "b.jsonl", "documents": 1, "rows": {"attack": 1, "غير ذلك": 1}},
            ],
            "rejected": {"broken JSON": 2, "no text": 1},
            "left_out": {
                "page_furniture": 2,
                "low_confidence": 0,
                "exact_duplicate": 0,
                "near_duplicate": 1,
            },
            "marked_duplicates": {"exact": 1, "near": 0},
            "unread_dates": 1,
            "seconds": null,
            "rows_per_second": null,
        })
    );
    let timed = json_of(&report.elapsed(Duration::from_millis(3500)));
    assert_eq!(
        (&timed["seconds"], &timed["rows_per_second"]),
        (&json!(3.5), &json!(2.0))
    );
}

#[test]
fn the_parts_of_the_json_add_up() {
    let mut summary = Summary::new(2);
    for i in 0..10_000u32 {
        summary.add_document(i % 37);
        let date = (1_300_000_000 + u64::from(i) * 10_007).to_string();
        let class = usize::from(i * i % 7 < 3);
        summary.add_row(
            class,
            (i % 101) as f32 / 100.0,
            i % 37,
            month(&date).filter(|_| i % 5 > 0),
        );
    }
    let (labels, sources) = (labels(), vec!["x".to_owned(); 37]);
    let json = json_of(&SummaryReport::new(&summary, &labels, &sources, "m").unwrap());
    let sum = |list: &str| -> u64 {
        json[list]
            .as_array()
            .unwrap()
            .iter()
            .map(|entry| total(&entry["rows"]))
            .sum()
    };
    assert_eq!(json["rows"], 10_000);
    assert_eq!(sum("sources"), 10_000);
    assert_eq!(
        (sum("months"), &json["rows_without_month"]),
        (8_000, &json!(2_000))
    );
    let bins = json["labels"].as_array().unwrap().iter();
    let bins = bins.flat_map(|label| label["confidence_histogram"].as_array().unwrap());
    assert_eq!(bins.filter_map(Value::as_u64).sum::<u64>(), 10_000);
}

const TEXT: &str = "\
7 sentences from 3 documents classified with a model in 3.5 s (2 a second)

label    sentences   share  mean confidence
attack           4  57.1 %             0.75
غير ذلك          3  42.9 %             0.67

Shares are of predicted labels and not corrected for the model's errors.

share by month, 2014-06 to 2014-07   least     most
attack                              33.3 %  100.0 %  ▃█
غير ذلك                              0.0 %   66.7 %  █▁

input         documents  sentences   share
a�[31m.jsonl          2          5  71.4 %
b.jsonl               1          2  28.6 %

skipped or marked                                                       number   share
records: could not be read: broken JSON                                      2  33.3 %
records: could not be read: no text                                          1  16.7 %
sentences: page furniture (menus, share buttons, bare dates); left out       2  20.0 %
sentences: nearly as one before; left out                                    1  10.0 %
sentences: word for word as one before; marked and counted                   1  14.3 %
documents: a date that could not be read; counted, but in no month           1  33.3 %
";

#[test]
fn the_text_is_for_a_terminal() {
    let (summary, labels) = (summary(), labels());
    let sources = ["a\u{1B}[31m.jsonl".to_owned(), "b.jsonl".to_owned()];
    let report = SummaryReport::new(&summary, &labels, &sources, "a model").unwrap();
    let text = report.elapsed(Duration::from_millis(3500)).to_text();
    // Shares by hand: 4/7, 3/7; 1/3, 2/2, 0/2, 2/3; 5/7, 2/7; 2/6, 1/6, 2/10, 1/10, 1/7, 1/3.
    assert_eq!(text, TEXT);
}

#[test]
fn labels_and_inputs_must_have_names() {
    let (summary, labels) = (summary(), labels());
    let one = ["a.jsonl".to_owned()];
    let error = SummaryReport::new(&summary, &labels, &one, "m").unwrap_err();
    assert!(
        error.to_string().contains("expected 2 names of inputs"),
        "{error}"
    );
    assert!(SummaryReport::new(&summary, &labels[..1], &one, "m").is_err());
}
