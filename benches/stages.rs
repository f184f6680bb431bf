//! The time of each stage of classification by itself, on one core, with what any program would pay beside it.
//!
//! On Linux it is the time on the processor, so that waiting for it behind other programs does not count.

#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]

mod workload;

use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use marsad::Classifier;
use marsad::archive::{DelimitedRows, Fields, RowFormat, RowShape};

use workload::Workload;

fn stages(criterion: &mut Criterion) {
    let workload = Workload::read();
    let mut group = criterion.benchmark_group("stages");
    group.bench_function("load the embedded model", |bencher| {
        bencher.iter(|| Classifier::embedded().unwrap());
    });
    for mut stage in workload.stages() {
        group.throughput(Throughput::ElementsAndBytes {
            elements: stage.sentences,
            bytes: stage.bytes,
        });
        group.bench_function(stage.name, |bencher| {
            bencher.iter_custom(|runs| {
                let mut time = Duration::ZERO;
                for _ in 0..runs {
                    (stage.prepare)();
                    time += time_of(&mut stage.run);
                }
                time
            });
        });
    }
    group.finish();
    rows(criterion, workload);
}

/// The time this thread spends in `run`. Linux brings its own count up to date a few hundred times a second; what that adds to one
/// run it takes from another.
fn time_of(run: &mut dyn FnMut()) -> Duration {
    let (start, at) = (Instant::now(), processor_time());
    run();
    match (at, processor_time()) {
        (Some(at), Some(end)) => end.saturating_sub(at),
        _ => start.elapsed(),
    }
}

/// How long this thread has been on a processor, where the system says so.
fn processor_time() -> Option<Duration> {
    let times = std::fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    let nanoseconds = times.split(' ').next()?.parse().ok()?;
    Some(Duration::from_nanos(nanoseconds))
}

/// Writing in the other forms.
fn rows(criterion: &mut Criterion, workload: &'static Workload) {
    let mut group = criterion.benchmark_group("rows");
    group.throughput(Throughput::ElementsAndBytes {
        elements: workload.sentences.len() as u64,
        bytes: workload.bytes(),
    });
    let shape = RowShape::default();
    let (all, two) = (
        Fields::standard(&shape),
        Fields::parse("label,confidence", &shape).unwrap(),
    );
    let labels = workload.classifier.labels();
    let formats = [
        ("write CSV", DelimitedRows::csv(labels, &all)),
        ("write TSV", DelimitedRows::tsv(labels, &all)),
        (
            "write TSV of label and confidence",
            DelimitedRows::tsv(labels, &two),
        ),
    ];
    let prediction = workload.constant();
    let mut out = Vec::new();
    for (name, format) in &formats {
        group.bench_function(*name, |bencher| {
            bencher.iter(|| {
                out.clear();
                for (record, text) in (1..).zip(&workload.sentences) {
                    let row = workload::row("archive.jsonl", record, text, prediction);
                    format.row(black_box(&row), &mut out);
                }
                out.len()
            });
        });
    }
    group.finish();
}

criterion_group!(benches, stages);
criterion_main!(benches);
