//! The real program, killed, interrupted and out of space in the middle of a run.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

mod folder;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use folder::Folder;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::json;

/// About 12 MB of records in three files, one of them packed.
fn archive(folder: &Folder) {
    let lines = fs::read_to_string("data/train.jsonl").unwrap();
    let broken = lines.replacen("\"text\"", "\"txt\"", 40);
    folder.write("archive/a.jsonl", &lines);
    folder.write("archive/b.jsonl", format!("{broken}{{\"text\": 3}}\n"));
    folder.write(
        "archive/c.jsonl.zst",
        zstd::encode_all(lines.as_bytes(), 1).unwrap(),
    );
}

fn classify(folder: &Folder, output: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_marsad"));
    command
        .current_dir(folder.path(""))
        .args(["classify", "archive", "--quiet", "--shard-size", "400K"])
        .args(["--format", "jsonl", "--compress", "gzip", "-o"])
        .arg(output)
        .args(more)
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    command
}

fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs::read_dir(path).unwrap().map(Result::unwrap);
    entries
        .map(|entry| {
            let name = entry.file_name().into_string().unwrap();
            (name, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// The files of a run that nothing disturbed, and how long it took.
fn undisturbed(folder: &Folder, more: &[&str]) -> (BTreeMap<String, Vec<u8>>, Duration) {
    let started = std::time::Instant::now();
    let status = classify(folder, Path::new("whole/"), more)
        .status()
        .unwrap();
    assert!(status.success());
    let files = files(&folder.path("whole"));
    assert!(files.len() > 10, "several shards: {:?}", files.keys());
    (files, started.elapsed())
}

#[test]
fn a_run_killed_at_twenty_moments_ends_with_the_bytes_of_one_that_was_not() {
    kill_and_resume(20, &[]);
}

#[test]
fn so_does_one_that_looks_for_duplicates() {
    kill_and_resume(8, &["--dedup", "mark"]);
}

/// Kills runs with `options` until `kills` are dead, each taken up by the next, and compares what the last leaves.
fn kill_and_resume(n_kills: usize, options: &[&str]) {
    let folder = Folder::new();
    archive(&folder);
    let (expected, took) = undisturbed(&folder, options);
    let classify = |output: &Path, more: &str| {
        let mut command = classify(&folder, output, options);
        command.arg(more);
        command
    };
    let mut rng = ChaCha8Rng::seed_from_u64(1);
    let output = folder.path("killed/");
    let (mut kills, mut rounds) = (0, 0);
    while kills < n_kills {
        rounds += 1;
        assert!(rounds < 400, "only {kills} runs could be killed");
        // A killed run that had not begun to write has no manifest yet.
        let more = match output.join("manifest.json").exists() {
            true => "--resume",
            false => "--overwrite",
        };
        let mut run = classify(&output, more).spawn().unwrap();
        sleep(took.mul_f64(rng.gen_range(0.05..0.9)));
        run.kill().unwrap();
        let status = run.wait().unwrap();
        if status.success() {
            // It was too late: what there is must be right, and the next run begins anew.
            assert_eq!(files(&output), expected);
            fs::remove_dir_all(&output).unwrap();
        } else {
            kills += 1;
        }
    }
    let more = match output.join("manifest.json").exists() {
        true => "--resume",
        false => "--overwrite",
    };
    let outcome = classify(&output, more).output().unwrap();
    let stderr = String::from_utf8_lossy(&outcome.stderr);
    assert!(outcome.status.success(), "{stderr}");
    assert_eq!(files(&output), expected);
}

#[test]
fn ctrl_c_ends_the_shard_and_says_how_to_go_on() {
    let folder = Folder::new();
    archive(&folder);
    let (expected, took) = undisturbed(&folder, &[]);
    let output = folder.path("stopped/");
    for divisor in 2..12 {
        let run = classify(&folder, &output, &["--overwrite"])
            .spawn()
            .unwrap();
        sleep(took / divisor);
        let process = run.id().to_string();
        let interrupt = Command::new("kill").args(["-INT", &process]).status();
        assert!(interrupt.unwrap().success());
        let outcome = run.wait_with_output().unwrap();
        let stderr = String::from_utf8(outcome.stderr).unwrap();
        if outcome.status.code() == Some(130) && stderr.contains("--resume") {
            let unfinished = files(&output);
            assert!(unfinished.len() < expected.len());
            assert!(
                unfinished.keys().all(|name| !name.starts_with(".marsad")),
                "nothing half written: {:?}",
                unfinished.keys()
            );
            let resumed = classify(&folder, &output, &["--resume"]).status().unwrap();
            assert!(resumed.success());
            assert_eq!(files(&output), expected);
            return;
        }
    }
    panic!("no run was caught between its beginning and its end");
}

#[test]
fn a_full_disk_loses_nothing_that_was_written() {
    let folder = Folder::new();
    archive(&folder);
    let (expected, _) = undisturbed(&folder, &[]);
    let small = folder.path("small");
    fs::create_dir(&small).unwrap();
    let mount = |arguments: &[&str]| {
        let status = Command::new(arguments[0])
            .args(&arguments[1..])
            .arg(&small)
            .stderr(Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    };
    if !mount(&["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs"]) {
        eprintln!("not tested: a small file system can be mounted by root only");
        return;
    }
    let output = small.join("run/");
    let full = classify(&folder, &output, &[]).output().unwrap();
    let grown = mount(&["mount", "-o", "remount,size=200m"]);
    let resumed = classify(&folder, &output, &["--resume"]).output().unwrap();
    let written = files(&output);
    assert!(mount(&["umount"]) && grown);
    let stderr = String::from_utf8(full.stderr).unwrap();
    assert_eq!(full.status.code(), Some(1), "{stderr}");
    assert!(
        stderr.contains("No space left") && stderr.contains("--resume"),
        "{stderr}"
    );
    let stderr = String::from_utf8(resumed.stderr).unwrap();
    assert!(resumed.status.success(), "{stderr}");
    assert_eq!(written, expected);
}

#[test]
fn what_cannot_be_read_is_among_the_rejects_and_the_rest_is_classified() {
    let folder = Folder::new();
    archive(&folder);
    let packed = folder.bytes("archive/c.jsonl.zst");
    folder.write("archive/c.jsonl.zst", &packed[..packed.len() / 2]);
    let outcome = classify(&folder, Path::new("run/"), &[]).output().unwrap();
    assert!(outcome.status.success());
    let rejects: Vec<serde_json::Value> = files(&folder.path("run"))
        .iter()
        .filter(|(name, _)| name.starts_with("rejects-"))
        .flat_map(|(_, bytes)| folder::rows(std::str::from_utf8(bytes).unwrap()))
        .collect();
    let of = |reason: &str| rejects.iter().filter(|row| row["reason"] == reason).count();
    assert_eq!(
        (of("missing_text"), of("unreadable")),
        (41, 1),
        "{rejects:?}"
    );
    let unreadable = rejects.iter().find(|row| row["reason"] == "unreadable");
    assert_eq!(unreadable.unwrap()["source"], json!("archive/c.jsonl.zst"));

    let refused = classify(
        &folder,
        Path::new("run/"),
        &["--resume", "--per", "document"],
    )
    .output()
    .unwrap();
    let stderr = String::from_utf8(refused.stderr).unwrap();
    assert!(
        stderr.contains("per was \"Sentence\" and is \"Document\""),
        "{stderr}"
    );
    let strict = classify(&folder, Path::new("strict/"), &["--strict"])
        .output()
        .unwrap();
    assert_eq!(strict.status.code(), Some(1));
    let stderr = String::from_utf8(strict.stderr).unwrap();
    assert!(stderr.contains("archive/b.jsonl:1"), "{stderr}");
}

#[test]
fn a_summary_counts_what_was_written() {
    let folder = Folder::new();
    archive(&folder);
    let run = classify(&folder, Path::new("run/"), &["--summary", "summary.json"]).status();
    assert!(run.unwrap().success());
    let summary: serde_json::Value = serde_json::from_str(&folder.read("summary.json")).unwrap();
    let rows: usize = files(&folder.path("run"))
        .iter()
        .filter(|(name, _)| name.starts_with("part-"))
        .map(|(_, bytes)| {
            let mut text = String::new();
            let mut unpacked = flate2::read::MultiGzDecoder::new(bytes.as_slice());
            std::io::Read::read_to_string(&mut unpacked, &mut text).unwrap();
            text.lines().count()
        })
        .sum();
    let lines = fs::read_to_string("data/train.jsonl")
        .unwrap()
        .lines()
        .count();
    assert_eq!(rows, 3 * lines - 40);
    assert_eq!(summary["rows"], rows);
    assert_eq!(summary["rejected"]["missing_text"], 41);
    assert_eq!(summary["sources"][0]["source"], "archive/a.jsonl");
}
