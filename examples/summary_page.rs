//! A summary of `data/train.jsonl` under the embedded model, to look at.
//!
//! ```text
//! cargo run --example summary_page -- FOLDER
//! ```
//!
//! Writes `summary.html`, `summary.json` and `summary.txt` into the folder. The months, inputs and what was skipped are made up.

use std::path::PathBuf;

use anyhow::Context;
use marsad::Classifier;
use marsad::archive::{LeftOut, Month, Summary, SummaryReport};
use marsad::training::Corpus;

/// Names as archives have them: plain, long, Arabic, hostile.
const SOURCES: [&str; 18] = [
    "archive/2014/agency-iraq.jsonl.zst",
    "archive/2015/agency-iraq.jsonl.zst",
    "أرشيف/وكالات الأنباء/نينوى 2014.jsonl",
    "crawl/CC-NEWS-20160817132435-00012.warc.gz",
    "a/very/long/path/that/somebody/made/with/many/folders/and/no/spaces/in/it/whatsoever/newspaper_2016.csv",
    "<script>alert(1)</script>.txt",
    "archive/2016/agency-levant.jsonl.zst",
    "archive/2017/agency-levant.jsonl.zst",
    "archive/2016/newspaper.parquet",
    "archive/2017/newspaper.parquet",
    "archive/2018/newspaper.parquet",
    "أخبار اليوم.txt",
    "archive/2014/radio.csv",
    "archive/2015/radio.csv",
    "archive/2016/radio.csv",
    "archive/2017/radio.csv",
    "archive/2018/radio.csv",
    "standard input",
];

fn main() -> anyhow::Result<()> {
    let folder = std::env::args()
        .nth(1)
        .map(PathBuf::from)
        .context("name a folder to write into")?;
    let classifier = Classifier::embedded()?;
    let mut scratch = classifier.scratch();
    let mut summary = Summary::new(classifier.labels().len());
    let first = Month::new(2014, 1).context("a month")?;
    let corpus = Corpus::read(&[PathBuf::from("data/train.jsonl")])?;
    for (i, sentence) in corpus.sentences.iter().enumerate() {
        let source = (i % 18 * (i % 7) / 6) as u32;
        // Months that drift with the place in the file, a few of them thin, some missing.
        let month = (i % 13 > 0).then(|| 58 * i / corpus.sentences.len() + i % 3);
        let month = month.filter(|at| ![20, 21].contains(at));
        let month =
            month.and_then(|at| Month::new(first.year() + at as u32 / 12, at as u32 % 12 + 1));
        if i % 4 == 0 {
            summary.add_document(source);
        }
        let prediction = classifier.classify(&sentence.text, &mut scratch);
        summary.add_row(prediction.class(), prediction.confidence(), source, month);
    }
    summary.add_left_out(LeftOut::PageFurniture, 1204);
    summary.add_left_out(LeftOut::ExactDuplicate, 311);
    summary.add_marked(0, 57);
    summary.add_unread_date();
    for i in 0..40 {
        summary.add_rejected(["broken JSON", "no text field", "invalid UTF-8"][i * i % 3]);
    }
    let sources = SOURCES.map(str::to_owned);
    let report = SummaryReport::new(
        &summary,
        classifier.labels(),
        &sources,
        "the embedded model",
    )?
    .checksum("sha256:3f1c9d20a4")
    .elapsed(std::time::Duration::from_millis(1270));
    for (name, text) in [
        ("summary.html", report.to_html()),
        ("summary.json", report.to_json()),
        ("summary.txt", report.to_text()),
    ] {
        std::fs::write(folder.join(name), text)?;
    }
    print!("{}", report.to_text());
    Ok(())
}
