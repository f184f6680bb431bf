//! A run that is interrupted and taken up again writes the bytes of one that was not.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::atomic::AtomicBool;

use marsad::Classifier;
use marsad::archive::{
    Batch, BatchOptions, Duplicates, Fields, Input, InputIdentity, JsonlRows, LeftOut, Manifest,
    OnDuplicate, Outcome, Packing, ReadOptions, RowShape, RowWriter, Run, RunDirectory,
};
use serde_json::{Map, Value, json};

/// The texts of three inputs; every seventh record of the second is broken.
fn texts() -> Vec<String> {
    let sentence = |i: usize| {
        let text = match i % 3 {
            0 => "انفجرت عبوة ناسفة قرب دورية للجيش فقتلت جنديين",
            1 => "أكد وزير الصحة أن اللقاح متوفر في كل المراكز",
            _ => "فاز الفريق بهدفين في الشوط الثاني",
        };
        json!({"id": i, "text": format!("{text} رقم {i}")}).to_string()
    };
    let broken = |i: usize| match i % 7 {
        3 => "{\"text\": ".to_owned(),
        _ => sentence(i),
    };
    let lines = |n: usize, line: &dyn Fn(usize) -> String| -> String {
        (0..n).map(|i| line(i) + "\n").collect()
    };
    vec![
        lines(9000, &sentence),
        lines(12_000, &broken),
        lines(5, &sentence),
    ]
}

/// Gives some bytes and then an error.
struct Broken(Cursor<Vec<u8>>);

impl Read for Broken {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.0.read(buffer)? {
            0 => Err(io::Error::other("the disk is on fire")),
            n => Ok(n),
        }
    }
}

fn inputs() -> Vec<Input> {
    let mut inputs: Vec<Input> = (0..)
        .zip(texts())
        .map(|(i, text)| {
            let bytes = Cursor::new(text.into_bytes());
            let name = format!("input-{i}.jsonl");
            match i {
                0 => Input::stream(name, BufReader::new(Broken(bytes))),
                _ => Input::stream(name, bytes),
            }
        })
        .collect();
    inputs.insert(1, Input::file("closed.jsonl"));
    inputs
}

fn manifest() -> Manifest {
    let settings: Map<String, Value> = [("format".to_owned(), json!("jsonl"))]
        .into_iter()
        .collect();
    Manifest::new("checksum".to_owned(), settings, Vec::new())
}

/// Runs until the inputs or, with `stop`, a shard ends.
fn run(directory: &mut RunDirectory, stop: bool, strict: bool) -> Result<Outcome, marsad::Error> {
    run_with(directory, stop, strict, None)
}

/// The same with what becomes of duplicates.
fn run_with(
    directory: &mut RunDirectory,
    stop: bool,
    strict: bool,
    dedup: Option<OnDuplicate>,
) -> Result<Outcome, marsad::Error> {
    let classifier = Classifier::embedded().unwrap();
    let shape = RowShape {
        duplicates: dedup.is_some(),
        ..RowShape::default()
    };
    let rows = JsonlRows::new(classifier.labels(), &Fields::standard(&shape));
    let mut batch = Batch::new(&classifier, BatchOptions::default(), &rows);
    if let Some(action) = dedup {
        batch = batch.with_duplicates(action, Duplicates::DEFAULT_BYTES)?;
    }
    Run {
        batch: &batch,
        open: &|file| RowWriter::lines(Packing::None, b"", file),
        shard_bytes: if dedup.is_some() { 1 << 14 } else { 1 << 20 },
        strict,
        reading: &ReadOptions::default(),
        stop: &AtomicBool::new(stop),
    }
    .run(inputs(), directory, &mut |_| ())
}

fn files(path: &Path) -> BTreeMap<String, Vec<u8>> {
    fs::read_dir(path)
        .unwrap()
        .map(|entry| {
            let entry = entry.unwrap();
            (
                entry.file_name().into_string().unwrap(),
                fs::read(entry.path()).unwrap(),
            )
        })
        .collect()
}

fn whole_run(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut directory = RunDirectory::create(path, "jsonl", &manifest(), false).unwrap();
    assert_eq!(
        run(&mut directory, false, false).unwrap(),
        Outcome::Finished
    );
    files(path)
}

#[test]
fn every_record_is_in_a_shard_or_among_the_rejects() {
    let folder = tempfile::tempdir().unwrap();
    let files = whole_run(folder.path());
    let lines = |prefix: &str| -> Vec<Value> {
        files
            .iter()
            .filter(|(name, _)| name.starts_with(prefix))
            .flat_map(|(_, bytes)| serde_json::Deserializer::from_slice(bytes).into_iter())
            .map(Result::unwrap)
            .collect()
    };
    assert!(files.len() > 6, "several shards: {:?}", files.keys());
    let broken = (0..12_000).filter(|i| i % 7 == 3).count();
    assert_eq!(lines("part-").len(), 9000 + 12_000 - broken + 5);
    let rejects = lines("rejects-");
    assert_eq!(rejects.len(), broken + 2);
    let of = |source: &str| -> Vec<&Value> {
        rejects
            .iter()
            .filter(|row| row["source"] == source)
            .collect()
    };
    assert_eq!(of("input-0.jsonl")[0]["record"], 9001);
    assert!(
        of("input-0.jsonl")[0]["message"]
            .to_string()
            .contains("fire")
    );
    assert!(
        of("closed.jsonl")[0]["message"]
            .to_string()
            .contains("No such file")
    );
    assert_eq!(of("input-1.jsonl")[0]["record"], 4);
    // In the order of the inputs.
    let sources: Vec<_> = lines("part-")
        .iter()
        .map(|row| row["source"].to_string())
        .collect();
    assert!(sources.is_sorted());
}

#[test]
fn a_run_taken_up_again_after_each_shard_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let expected = whole_run(&folder.path().join("whole"));
    let path = folder.path().join("parts");
    let mut directory = RunDirectory::create(&path, "jsonl", &manifest(), false).unwrap();
    let mut n_runs = 1;
    while run(&mut directory, true, false).unwrap() == Outcome::Stopped {
        drop(directory);
        // What a crash may leave: a half file, a whole shard that was not noted, half a line of the log.
        fs::write(path.join(".marsad-Xy12ab"), "half").unwrap();
        fs::write(path.join("part-00099.jsonl"), "not noted").unwrap();
        fs::write(path.join("rejects-00099.jsonl"), "not noted").unwrap();
        let mut log = fs::read(path.join("shards.jsonl")).unwrap();
        log.extend(b"{\"shard\":{\"name\":\"part-000");
        fs::write(path.join("shards.jsonl"), log).unwrap();
        directory = RunDirectory::resume(&path, "jsonl", &manifest()).unwrap();
        n_runs += 1;
    }
    assert!(n_runs > 2);
    assert_eq!(files(&path), expected);
    // A finished run has nothing left to do.
    let mut again = RunDirectory::resume(&path, "jsonl", &manifest()).unwrap();
    assert!(again.is_finished());
    assert_eq!(run(&mut again, false, false).unwrap(), Outcome::Finished);
    assert_eq!(files(&path), expected);
}

#[test]
fn a_run_that_looks_for_duplicates_is_taken_up_with_what_it_had_seen() {
    let folder = tempfile::tempdir().unwrap();
    for (action, name) in [(OnDuplicate::Mark, "mark"), (OnDuplicate::Skip, "skip")] {
        let whole = folder.path().join(format!("{name}-whole"));
        let mut directory = RunDirectory::create(&whole, "jsonl", &manifest(), false).unwrap();
        run_with(&mut directory, false, false, Some(action)).unwrap();
        let expected = files(&whole);
        let path = folder.path().join(format!("{name}-parts"));
        let mut directory = RunDirectory::create(&path, "jsonl", &manifest(), false).unwrap();
        let mut n_runs = 1;
        while run_with(&mut directory, true, false, Some(action)).unwrap() == Outcome::Stopped {
            drop(directory);
            directory = RunDirectory::resume(&path, "jsonl", &manifest()).unwrap();
            n_runs += 1;
        }
        assert!(n_runs > 2, "{name}: {n_runs}");
        assert_eq!(files(&path), expected);
        // The second input has the records of the first, but for those that are broken, and then new ones.
        let summary = directory.summary(4).unwrap();
        let repeated = (0..9000).filter(|i| i % 7 != 3).count() as u64;
        let exact = match action {
            OnDuplicate::Mark => summary.marked().0,
            OnDuplicate::Skip => summary.left_out(LeftOut::ExactDuplicate),
        };
        assert_eq!(exact, repeated + 5);
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let expected = whole_run(&folder.path().join("all"));
    let one = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap()
        .install(|| whole_run(&folder.path().join("one")));
    assert_eq!(one, expected);
}

#[test]
fn what_has_changed_since_a_run_began_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let text = folder.path().join("news.txt");
    fs::write(&text, "قال الوزير").unwrap();
    let path = folder.path().join("run");
    let with = |model: &str, format: &str| {
        let settings = [("format".to_owned(), json!(format))].into_iter().collect();
        let input = InputIdentity::of(&text).unwrap();
        Manifest::new(model.to_owned(), settings, vec![input])
    };
    let begun = with("one", "jsonl");
    drop(RunDirectory::create(&path, "jsonl", &begun, false).unwrap());
    let refusal = |manifest: &Manifest| {
        RunDirectory::resume(&path, "jsonl", manifest)
            .unwrap_err()
            .to_string()
    };
    assert!(refusal(&with("two", "jsonl")).contains("the model is another"));
    assert!(refusal(&with("one", "csv")).contains("format was \"jsonl\" and is \"csv\""));
    assert!(RunDirectory::resume(&path, "jsonl", &with("one", "jsonl")).is_ok());
    fs::write(&text, "قال الوزيـ").unwrap();
    assert!(refusal(&with("one", "jsonl")).contains("its beginning has changed"));
    fs::write(&text, "قال الوزير امس").unwrap();
    assert!(refusal(&with("one", "jsonl")).contains("it had 19 bytes and has 26"));

    let again = RunDirectory::create(&path, "jsonl", &begun, false).unwrap_err();
    assert!(again.to_string().contains("--resume"), "{again}");
    assert!(RunDirectory::create(&path, "jsonl", &begun, true).is_ok());
    let nothing = RunDirectory::resume(folder.path(), "jsonl", &begun).unwrap_err();
    assert!(nothing.to_string().contains("leave out --resume"));
}

#[test]
fn a_shard_that_was_changed_is_noticed_and_strictness_stops_at_the_first_broken_record() {
    let folder = tempfile::tempdir().unwrap();
    whole_run(folder.path());
    fs::write(folder.path().join("part-00000.jsonl"), "{}").unwrap();
    let error = RunDirectory::resume(folder.path(), "jsonl", &manifest()).unwrap_err();
    assert!(error.to_string().contains("part-00000.jsonl"), "{error}");

    let mut directory = RunDirectory::create(folder.path(), "jsonl", &manifest(), true).unwrap();
    let error = run(&mut directory, false, true).unwrap_err();
    assert!(error.to_string().contains("input-0.jsonl:9001"), "{error}");
    assert!(!directory.is_finished());
}
