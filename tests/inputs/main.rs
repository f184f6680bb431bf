//! What comes in: every compression, encoding and form of record gives the documents that went into it, broken records are named, and
//! memory stays bounded.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

mod commands;
mod compression;
mod encodings;
#[cfg(feature = "parquet")]
mod parquet;
mod properties;
mod records;
mod warc;

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::process::{Command, Stdio};

use marsad::archive::{Blocks, Input, Position, ReadOptions, Reason, RecordFormat};

/// What came of a record: its number, and the text or why there is none.
type Outcome = (u64, Result<String, Reason>);

/// A document with everything in it, as one line.
fn everything(document: &marsad::archive::Document) -> String {
    let mut line = format!("{:?} {:?} {:?}", document.id, document.date, document.text);
    for (name, value) in &document.carried {
        line.extend([" ", name, "=", value]);
    }
    line
}

/// All records of an input, and the error it ended in.
fn read(input: Input, options: &ReadOptions) -> (Vec<Outcome>, Option<String>) {
    read_from(input, options, None, |document| {
        document.text.clone().into_owned()
    })
}

fn read_from(
    input: Input,
    options: &ReadOptions,
    from: Option<Position>,
    show: fn(&marsad::archive::Document) -> String,
) -> (Vec<Outcome>, Option<String>) {
    let mut outcomes = Vec::new();
    let said = |error: marsad::Error| {
        let source = std::error::Error::source(&error).map(ToString::to_string);
        format!("{error}: {}", source.unwrap_or_default())
    };
    let blocks = match Blocks::open(input, options, from) {
        Ok(blocks) => blocks,
        Err(error) => return (outcomes, Some(said(error))),
    };
    for block in blocks {
        let block = match block {
            Ok(block) => block,
            Err(error) => return (outcomes, Some(said(error))),
        };
        block.read(|record, result| match result {
            Ok(None) => {}
            Ok(Some(document)) => outcomes.push((record, Ok(show(&document)))),
            Err(rejection) => outcomes.push((record, Err(rejection.reason))),
        });
    }
    (outcomes, None)
}

/// The records of bytes that are good as a whole.
#[track_caller]
fn read_bytes(bytes: impl Into<Vec<u8>>, options: &ReadOptions) -> Vec<Outcome> {
    let (outcomes, error) = read(Input::stream("test", Cursor::new(bytes.into())), options);
    assert_eq!(error, None);
    outcomes
}

fn texts(outcomes: &[Outcome]) -> Vec<&str> {
    outcomes
        .iter()
        .map(|(_, text)| text.as_ref().unwrap().as_str())
        .collect()
}

fn options(format: RecordFormat) -> ReadOptions {
    ReadOptions {
        format: Some(format),
        ..ReadOptions::default()
    }
}

/// What a command of the system writes when it reads `input`.
#[track_caller]
fn through(command: &[&str], input: &[u8]) -> Vec<u8> {
    let mut child = Command::new(command[0])
        .args(&command[1..])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{}: {error}", command[0]));
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    let writer = std::thread::spawn(move || std::io::Write::write_all(&mut stdin, &input));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    output.stdout
}

fn write(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
