//! Each stage of classification by itself, on one core.
//!
//! The text is `data/train.jsonl`, or the lines of the file that `MARSAD_BENCH_TEXT` names; the model is the embedded one, or
//! that in the directory that `MARSAD_BENCH_MODEL` names.

#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use marsad::Classifier;
use marsad::archive::{
    Batch, BatchOptions, Blocks, DelimitedRows, Fields, Input, JsonlRows, ReadOptions, Row,
    RowFormat, RowShape, Summary,
};
use marsad::features::SubwordScratch;
use marsad::model::ModelFiles;
use marsad::text::{SentenceSplitter, Symbols};
use marsad::training::Corpus;
use std::hint::black_box;
use std::path::PathBuf;

/// At most this many sentences go through each stage.
const SENTENCES: usize = 20_000;

fn sentences() -> Vec<String> {
    let mut sentences: Vec<String> = if let Some(path) = std::env::var_os("MARSAD_BENCH_TEXT") {
        std::fs::read_to_string(path)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect()
    } else {
        let corpus = Corpus::read(&["data/train.jsonl".into()]).unwrap();
        corpus
            .sentences
            .into_iter()
            .map(|sentence| sentence.text)
            .collect()
    };
    sentences.truncate(SENTENCES);
    let bytes: usize = sentences.iter().map(String::len).sum();
    eprintln!(
        "{} sentences of {} bytes on average",
        sentences.len(),
        bytes / sentences.len()
    );
    sentences
}

fn stages(criterion: &mut Criterion) {
    let sentences = sentences();
    let n = sentences.len() as u64;
    let classifier = match std::env::var_os("MARSAD_BENCH_MODEL").map(PathBuf::from) {
        Some(path) => ModelFiles::read(&path).unwrap().classifier(&path).unwrap(),
        None => Classifier::embedded().unwrap(),
    };
    let normalizer = classifier.normalizer();
    let mut group = criterion.benchmark_group("stages");
    group.bench_function("load the embedded model", |bencher| {
        bencher.iter(|| Classifier::embedded().unwrap());
    });
    group.throughput(Throughput::Elements(n));

    let document = sentences.join(" ");
    group.bench_function("split", |bencher| {
        bencher.iter(|| SentenceSplitter::new().split(black_box(&document)).count());
    });

    let mut symbols = Symbols::new();
    group.bench_function("normalize", |bencher| {
        bencher.iter(|| {
            for sentence in &sentences {
                normalizer.normalize_into(black_box(sentence), &mut symbols);
                black_box(symbols.as_bytes());
            }
        });
    });

    let prepared: Vec<Symbols> = sentences
        .iter()
        .map(|sentence| {
            let mut symbols = Symbols::new();
            normalizer.normalize_into(sentence, &mut symbols);
            symbols
        })
        .collect();
    let mut subwords = SubwordScratch::default();
    group.bench_function("extract", |bencher| {
        bencher.iter(|| {
            let mut mixed = 0u64;
            for symbols in &prepared {
                classifier
                    .extractor()
                    .extract(symbols, &mut subwords, |feature| mixed ^= feature.key);
            }
            mixed
        });
    });

    let mut scratch = classifier.scratch();
    group.bench_function("predict", |bencher| {
        bencher.iter(|| {
            let mut classes = 0;
            for sentence in &sentences {
                classes += classifier
                    .classify(black_box(sentence), &mut scratch)
                    .class();
            }
            classes
        });
    });

    let lines = sentences.join("\n");
    let rows = JsonlRows::new(classifier.labels(), &Fields::standard(&RowShape::default()));
    let batch = Batch::new(&classifier, BatchOptions::default(), &rows);
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    group.bench_function("batch, one thread, text to JSONL", |bencher| {
        bencher.iter(|| {
            one.install(|| {
                let input = Input::stream("bench", std::io::Cursor::new(lines.clone()));
                let blocks = Blocks::open(input, &ReadOptions::default(), None).unwrap();
                let mut summary = Summary::new(classifier.labels().len());
                batch
                    .run(
                        0,
                        blocks,
                        &mut summary,
                        &mut std::io::sink(),
                        &mut |e| Err(e.into()),
                        &mut |_| {},
                    )
                    .unwrap();
                summary
            })
        });
    });
    group.finish();
}

fn rows(criterion: &mut Criterion) {
    let sentences = sentences();
    let classifier = Classifier::embedded().unwrap();
    let mut group = criterion.benchmark_group("rows");
    group.throughput(Throughput::Elements(sentences.len() as u64));
    let shape = RowShape::default();
    let (all, two) = (
        Fields::standard(&shape),
        Fields::parse("label,confidence", &shape).unwrap(),
    );
    let labels = classifier.labels();
    let formats: [(&str, Box<dyn RowFormat>); 4] = [
        ("write JSONL", Box::new(JsonlRows::new(labels, &all))),
        ("write CSV", Box::new(DelimitedRows::csv(labels, &all))),
        ("write TSV", Box::new(DelimitedRows::tsv(labels, &all))),
        (
            "write TSV of label and confidence",
            Box::new(DelimitedRows::tsv(labels, &two)),
        ),
    ];
    let mut scratch = classifier.scratch();
    let prediction = classifier.classify(&sentences[0], &mut scratch);
    let mut out = Vec::new();
    for (name, format) in &formats {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                out.clear();
                for (record, text) in (1..).zip(&sentences) {
                    let row = Row {
                        source: "archive.jsonl",
                        record,
                        id: Some("article-17"),
                        date: None,
                        carried: &[],
                        place: None,
                        text,
                        class: Some(prediction.class()),
                        prediction,
                        duplicate: None,
                    };
                    format.row(black_box(&row), &mut out);
                }
                out.len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages, rows);
criterion_main!(benches);
