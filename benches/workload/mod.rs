//! The stages of classification, each by itself, as both benches run them: by time and by instructions.
//!
//! The text is `data/train.jsonl`, or the lines of the file that `MARSAD_BENCH_TEXT` names; the model is the embedded one, or
//! that in the directory that `MARSAD_BENCH_MODEL` names.

use std::hint::black_box;
use std::io::{Cursor, Write};
use std::path::PathBuf;
use std::sync::Arc;

use marsad::Classifier;
use marsad::archive::{
    Batch, BatchOptions, Blocks, Fields, Input, JsonlRows, Place, ReadOptions, Row, RowFormat,
    RowShape, Summary, month,
};
use marsad::features::SubwordScratch;
use marsad::model::{ModelFiles, Prediction};
use marsad::text::{SentenceSplitter, Symbols};
use marsad::training::Corpus;
use rayon::prelude::*;

/// At most this many sentences go through each stage.
const SENTENCES: usize = 20_000;

/// Sentences to an article.
const ARTICLE: usize = 10;

/// One stage, ready to run as often as wanted.
pub(crate) struct Stage {
    pub(crate) name: &'static str,
    /// Sentences that one run takes.
    pub(crate) sentences: u64,
    /// Their bytes of text, without the JSON around them: the same for all stages, so that stages compare.
    pub(crate) bytes: u64,
    /// What comes before each run and is not measured.
    pub(crate) prepare: Box<dyn FnMut()>,
    pub(crate) run: Box<dyn FnMut()>,
}

/// What the stages work on; it lives as long as the bench.
pub(crate) struct Workload {
    pub(crate) sentences: Vec<String>,
    pub(crate) classifier: Classifier,
    symbols: Vec<Symbols>,
    rows: JsonlRows,
    rows_of_articles: JsonlRows,
    /// All sentences with a space between them.
    text: String,
    /// A line a sentence.
    lines: Arc<[u8]>,
    /// A record a sentence.
    records: Arc<[u8]>,
    /// A record for each [`ARTICLE`] sentences.
    articles: Arc<[u8]>,
}

impl Workload {
    /// Reads text and model, and makes the calling thread the only one that works.
    pub(crate) fn read() -> &'static Self {
        rayon::ThreadPoolBuilder::new()
            .num_threads(1)
            .use_current_thread()
            .build_global()
            .unwrap();
        let sentences = sentences();
        let classifier = match std::env::var_os("MARSAD_BENCH_MODEL").map(PathBuf::from) {
            Some(path) => ModelFiles::read(&path).unwrap().classifier(&path).unwrap(),
            None => Classifier::embedded().unwrap(),
        };
        let symbols = sentences
            .iter()
            .map(|sentence| {
                let mut symbols = Symbols::new();
                classifier
                    .normalizer()
                    .normalize_into(sentence, &mut symbols);
                symbols
            })
            .collect();
        let rows = |split| {
            let shape = RowShape {
                split,
                ..RowShape::default()
            };
            JsonlRows::new(classifier.labels(), &Fields::standard(&shape))
        };
        let articles: Vec<String> = sentences
            .chunks(ARTICLE)
            .map(|article| article.join(" "))
            .collect();
        Box::leak(Box::new(Self {
            symbols,
            rows: rows(false),
            rows_of_articles: rows(true),
            text: sentences.join(" "),
            lines: sentences.join("\n").into_bytes().into(),
            records: jsonl(&sentences),
            articles: jsonl(&articles),
            sentences,
            classifier,
        }))
    }

    /// All stages in the order of the data, behind them the whole, and before them what any program would pay.
    pub(crate) fn stages(&'static self) -> Vec<Stage> {
        let mut copy = vec![0; self.text.len()];
        let mut symbols = Symbols::new();
        let mut subwords = SubwordScratch::default();
        let (mut scoring, mut predicting) = (self.classifier.scratch(), self.classifier.scratch());
        let mut out = Vec::new();
        let constant = self.constant();
        let (of_lines, batch) = (self.batch(&self.rows, false), self.batch(&self.rows, false));
        let articles = self.batch(&self.rows_of_articles, true);
        vec![
            self.stage("copy the text (memcpy)", move || {
                copy.copy_from_slice(black_box(self.text.as_bytes()));
                black_box(&copy);
            }),
            self.stage("validate UTF-8, simdutf8", move || {
                black_box(simdutf8::basic::from_utf8(black_box(self.text.as_bytes())).unwrap());
            }),
            self.stage("validate UTF-8, standard library", move || {
                black_box(std::str::from_utf8(black_box(self.text.as_bytes())).unwrap());
            }),
            self.stage("read JSONL", move || {
                for block in blocks(&self.records) {
                    block.read(|_, document| {
                        black_box(&document.unwrap());
                    });
                }
            }),
            self.stage("split", move || {
                let sentences = SentenceSplitter::new().split(black_box(&self.text));
                black_box(sentences.count());
            }),
            self.stage("normalise", move || {
                for sentence in &self.sentences {
                    let normalizer = self.classifier.normalizer();
                    normalizer.normalize_into(black_box(sentence), &mut symbols);
                    black_box(symbols.as_bytes());
                }
            }),
            self.stage("extract, feature by feature", move || {
                for symbols in &self.symbols {
                    let mut mixed = 0u64;
                    self.classifier.extractor().extract(
                        black_box(symbols),
                        &mut subwords,
                        |feature| {
                            mixed ^= feature.key;
                        },
                    );
                    black_box(mixed);
                }
            }),
            self.stage("score", move || {
                for symbols in &self.symbols {
                    black_box(self.classifier.score(black_box(symbols), &mut scoring));
                }
            }),
            self.stage("predict: normalise and score", move || {
                for sentence in &self.sentences {
                    black_box(
                        self.classifier
                            .classify(black_box(sentence), &mut predicting),
                    );
                }
            }),
            self.fresh(),
            self.stage("write JSONL", move || {
                out.clear();
                for (record, text) in (1..).zip(&self.sentences) {
                    let row = row("archive.jsonl", record, text, constant);
                    self.rows.row(black_box(&row), &mut out);
                }
                black_box(&out);
            }),
            self.stage("pipeline, lines of text to JSONL", move || {
                run(&of_lines, &self.lines);
            }),
            self.stage("pipeline, JSONL to JSONL", move || {
                run(&batch, &self.records);
            }),
            self.stage("the same, classifying nothing", move || {
                self.run_without_classifier(&self.records, false, constant);
            }),
            self.stage("pipeline, JSONL of articles, split", move || {
                run(&articles, &self.articles);
            }),
            self.stage("the same of articles, classifying nothing", move || {
                self.run_without_classifier(&self.articles, true, constant);
            }),
        ]
    }

    /// The length of all sentences.
    pub(crate) fn bytes(&self) -> u64 {
        let lengths = self.sentences.iter().map(|sentence| sentence.len() as u64);
        lengths.sum()
    }

    fn stage(&self, name: &'static str, run: impl FnMut() + 'static) -> Stage {
        Stage {
            name,
            sentences: self.sentences.len() as u64,
            bytes: self.bytes(),
            prepare: Box::new(|| ()),
            run: Box::new(run),
        }
    }

    /// Predicts the second half of the sentences with a memory of words that has seen the first half only. The other stages see
    /// each sentence many times, so that all its words are remembered, which no archive does for them.
    fn fresh(&'static self) -> Stage {
        let (seen, fresh) = self.sentences.split_at(self.sentences.len() / 2);
        let scratch = Arc::new(std::sync::Mutex::new(self.classifier.scratch()));
        let forgetting = Arc::clone(&scratch);
        Stage {
            name: "predict text that was not seen before",
            sentences: fresh.len() as u64,
            bytes: fresh.iter().map(|sentence| sentence.len() as u64).sum(),
            prepare: Box::new(move || {
                let mut scratch = forgetting.lock().unwrap();
                *scratch = self.classifier.scratch();
                for sentence in seen {
                    black_box(self.classifier.classify(sentence, &mut scratch));
                }
            }),
            run: Box::new(move || {
                let mut scratch = scratch.lock().unwrap();
                for sentence in fresh {
                    black_box(self.classifier.classify(black_box(sentence), &mut scratch));
                }
            }),
        }
    }

    fn batch(&'static self, rows: &'static JsonlRows, split: bool) -> Batch<'static> {
        let options = BatchOptions {
            split,
            ..BatchOptions::default()
        };
        Batch::new(&self.classifier, options, rows)
    }

    /// The prediction of the first sentence, for all.
    pub(crate) fn constant(&'static self) -> Prediction<'static> {
        let scratch = Box::leak(Box::new(self.classifier.scratch()));
        self.classifier.classify(&self.sentences[0], scratch)
    }

    /// What [`Batch::run`] does with the default options or with `split`, written down once more without the call of
    /// [`Classifier::classify`]: it reads, splits, counts and writes, and gives every sentence one prediction.
    fn run_without_classifier(&self, input: &Arc<[u8]>, split: bool, prediction: Prediction) {
        let rows = if split {
            &self.rows_of_articles
        } else {
            &self.rows
        };
        let n_classes = self.classifier.labels().len();
        let mut summary = Summary::new(n_classes);
        for block in blocks(input) {
            let parts: Vec<(Vec<u8>, Summary)> = (0..block.n_parts())
                .into_par_iter()
                .map(|part| {
                    let (mut out, mut summary) = (Vec::new(), Summary::new(n_classes));
                    block.read_part(part, |record, document| {
                        let Some(document) = document.unwrap() else {
                            return;
                        };
                        summary.add_document(0);
                        let month = document.date.as_deref().and_then(month);
                        let mut sentence = |place: Place| {
                            let prediction = black_box(prediction);
                            let class = prediction.class();
                            summary.add_row(class, prediction.confidence(), 0, month);
                            let row = Row {
                                id: document.id.as_deref(),
                                date: document.date.as_deref(),
                                carried: &document.carried,
                                place: split.then_some(place),
                                ..row("bench", record, place.of(&document.text), prediction)
                            };
                            rows.row(&row, &mut out);
                        };
                        if split {
                            let sentences = SentenceSplitter::new().split(&document.text);
                            for (number, found) in sentences.enumerate() {
                                sentence(Place {
                                    sentence: number,
                                    start: found.start,
                                    end: found.end,
                                });
                            }
                        } else {
                            let text = &*document.text;
                            let start = text.len() - text.trim_start().len();
                            let end = start + text.trim().len();
                            sentence(Place {
                                sentence: 0,
                                start,
                                end,
                            });
                        }
                    });
                    (out, summary)
                })
                .collect();
            for (out, counts) in parts {
                std::io::sink().write_all(black_box(&out)).unwrap();
                summary.add(&counts).unwrap();
            }
        }
        black_box(summary);
    }
}

/// A row of a sentence that is a document.
pub(crate) fn row<'a>(
    source: &'a str,
    record: u64,
    text: &'a str,
    prediction: Prediction<'a>,
) -> Row<'a> {
    Row {
        source,
        record,
        id: Some("article-17"),
        date: None,
        carried: &[],
        place: None,
        text,
        class: Some(prediction.class()),
        prediction,
        duplicate: None,
    }
}

fn run(batch: &Batch, input: &Arc<[u8]>) {
    let mut summary = Summary::new(batch.n_counts());
    batch
        .run(
            0,
            Blocks::open(stream(input), &ReadOptions::default(), None).unwrap(),
            &mut summary,
            &mut std::io::sink(),
            &mut |rejection| Err(rejection.into()),
            &mut |_| {},
        )
        .unwrap();
    black_box(summary);
}

fn blocks(input: &Arc<[u8]>) -> impl Iterator<Item = marsad::archive::Block> {
    Blocks::open(stream(input), &ReadOptions::default(), None)
        .unwrap()
        .map(Result::unwrap)
}

fn stream(input: &Arc<[u8]>) -> Input {
    Input::stream("bench", Cursor::new(Arc::clone(input)))
}

/// Records with an identifier and a text.
fn jsonl(texts: &[String]) -> Arc<[u8]> {
    let mut lines = Vec::new();
    for (number, text) in texts.iter().enumerate() {
        let record = serde_json::json!({"id": format!("article-{number}"), "text": text});
        writeln!(lines, "{record}").unwrap();
    }
    lines.into()
}

fn sentences() -> Vec<String> {
    let mut sentences: Vec<String> = match std::env::var_os("MARSAD_BENCH_TEXT") {
        Some(path) => std::fs::read_to_string(path)
            .unwrap()
            .lines()
            .map(str::to_owned)
            .collect(),
        None => Corpus::read(&["data/train.jsonl".into()])
            .unwrap()
            .sentences
            .into_iter()
            .map(|sentence| sentence.text)
            .collect(),
    };
    sentences.truncate(SENTENCES);
    sentences
}
