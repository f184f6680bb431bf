//! The instructions of each stage, counted by callgrind: the same on an idle machine and on a busy one.
//!
//! `cargo bench --bench instructions [-- PART OF A STAGE'S NAME]` runs itself under valgrind once a stage. Counted is the second run
//! of a stage, behind one that fills buffers and memories. Caches are simulated: 48 KiB of first level and 2 MiB of last.

#![expect(clippy::unwrap_used, reason = "a bench has nobody to report to")]

mod workload;

use std::process::{Command, ExitCode, Stdio};

use workload::{Stage, Workload};

/// Names the stage to run, in a process that valgrind watches.
const STAGE: &str = "MARSAD_BENCH_STAGE";

fn main() -> ExitCode {
    let workload = Workload::read();
    let stages = workload.stages();
    if let Ok(number) = std::env::var(STAGE) {
        let mut stages = stages;
        let stage = &mut stages[number.parse::<usize>().unwrap()];
        (stage.prepare)();
        (stage.run)();
        (stage.prepare)();
        counted_by_callgrind(stage);
        return ExitCode::SUCCESS;
    }
    let wanted = std::env::args()
        .skip(1)
        .find(|argument| !argument.starts_with('-'));
    if Command::new("valgrind")
        .arg("--version")
        .stdout(Stdio::null())
        .status()
        .is_err()
    {
        eprintln!("valgrind is missing: on Debian, apt-get install valgrind");
        return ExitCode::FAILURE;
    }
    let bytes = stages[0].bytes as f64 / stages[0].sentences as f64;
    println!("{} sentences of {bytes:.1} bytes", stages[0].sentences);
    println!(
        "{:42}{:>14}{:>14}{:>10}{:>12}{:>12}",
        "", "instructions", "a sentence", "a byte", "L1 misses", "L2 misses"
    );
    for (number, stage) in stages.iter().enumerate() {
        if wanted.as_ref().is_none_or(|part| stage.name.contains(part)) {
            let counts = count(number);
            let n = stage.sentences as f64;
            println!(
                "{:42}{:>14}{:>14.1}{:>10.3}{:>12.2}{:>12.2}",
                stage.name,
                counts.instructions,
                counts.instructions as f64 / n,
                counts.instructions as f64 / stage.bytes as f64,
                counts.first_level_misses as f64 / n,
                counts.last_level_misses as f64 / n,
            );
        }
    }
    ExitCode::SUCCESS
}

/// Callgrind counts while this function runs, and knows it by its name.
#[inline(never)]
fn counted_by_callgrind(stage: &mut Stage) {
    (stage.run)();
}

/// What callgrind counted, a miss of data being read or written.
struct Counts {
    instructions: u64,
    first_level_misses: u64,
    last_level_misses: u64,
}

/// Runs stage `number` under callgrind.
fn count(number: usize) -> Counts {
    let output = Command::new("valgrind")
        .args([
            "--tool=callgrind",
            "--toggle-collect=*counted_by_callgrind*",
            "--callgrind-out-file=/dev/null",
            "--cache-sim=yes",
            "--I1=32768,8,64",
            "--D1=49152,12,64",
            "--LL=2097152,16,64",
        ])
        .arg(std::env::current_exe().unwrap())
        .env(STAGE, number.to_string())
        .output()
        .unwrap();
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{report}");
    let total = |name: &str| {
        let line = report.lines().find(|line| line.contains(name)).unwrap();
        let total = line.split(':').nth(1).unwrap().split('(').next().unwrap();
        total.replace(',', "").trim().parse().unwrap()
    };
    Counts {
        instructions: total("I   refs:"),
        first_level_misses: total("D1  misses:"),
        last_level_misses: total("LLd misses:"),
    }
}
