//! Reading, classifying and writing at the same time.

use std::io::Read;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use serde::Serialize;

use super::{Position, RunDirectory};
use crate::Error;
use crate::archive::batch::Part;
use crate::archive::{Batch, Block, Blocks, DocumentFormat, Tally};

/// Blocks that may wait between two stages: enough to even out their speeds, few enough to bound the memory.
const WAITING: usize = 4;

/// What opens an input when the run comes to it.
pub type Opener = Box<dyn FnOnce() -> Result<(Box<dyn Read + Send>, DocumentFormat), Error> + Send>;

/// An input of a run.
pub struct RunInput {
    /// How it is called in rows and rejects.
    pub name: String,
    /// Opens it.
    pub open: Opener,
}

/// A run of a batch over inputs into the shards of a directory.
pub struct Run<'a> {
    /// What is done with each block.
    pub batch: &'a Batch<'a>,
    /// A shard is closed with the block that brings it to this many bytes.
    pub shard_bytes: u64,
    /// Stop at the first record or input that cannot be read.
    pub strict: bool,
    /// Set from outside, it ends the run when the current shard is whole.
    pub stop: &'a AtomicBool,
}

/// How a run ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// All inputs are read.
    Finished,
    /// It was stopped at the end of a shard.
    Stopped,
}

/// What the reader hands on.
enum Reading {
    Block(usize, DocumentFormat, Block),
    /// The input cannot be read from this record on.
    Broken(usize, u64, Error),
}

/// What the classifier hands on.
struct Classified {
    parts: Vec<Part>,
    broken: Option<Error>,
    end: Position,
}

/// A line of the rejects.
#[derive(Serialize)]
struct Reject<'a> {
    source: &'a str,
    record: u64,
    reason: &'a str,
}

impl Run<'_> {
    /// Classifies what `directory` does not hold yet. `progress` hears how many unpacked bytes were classified.
    ///
    /// Memory holds a few blocks a stage, whatever the size of the inputs.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the directory cannot be written to; with `strict`, the first record or input that cannot be read. The
    /// shards written so far stay and the run can be resumed.
    pub fn run(
        &self,
        inputs: Vec<RunInput>,
        directory: &mut RunDirectory,
        progress: &mut dyn FnMut(u64),
    ) -> Result<Outcome, Error> {
        if directory.is_finished() {
            return Ok(Outcome::Finished);
        }
        let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
        let start = directory.position();
        let (to_classifier, from_reader) = sync_channel(WAITING);
        let (to_writer, from_classifier) = sync_channel(WAITING);
        thread::scope(|scope| {
            scope.spawn(move || read(inputs, start, &to_classifier));
            let writer = scope.spawn(move || self.write(directory, &from_classifier));
            for reading in from_reader {
                let classified = self.classify(&names, reading, progress);
                // The writer has gone if writing failed or the run was stopped; it says which.
                if to_writer.send(classified).is_err() {
                    break;
                }
            }
            drop(to_writer);
            match writer.join() {
                Ok(outcome) => outcome,
                Err(panic) => std::panic::resume_unwind(panic),
            }
        })
    }

    fn classify(
        &self,
        names: &[String],
        reading: Reading,
        progress: &mut dyn FnMut(u64),
    ) -> Classified {
        match reading {
            Reading::Block(input, format, block) => {
                let parts = self.batch.classify_block(&names[input], &block, &format);
                progress(block.bytes.len() as u64);
                let lines = memchr::memchr_iter(b'\n', &block.bytes).count() as u64;
                Classified {
                    parts,
                    broken: None,
                    end: Position {
                        input,
                        bytes: block.end,
                        record: block.first_line + lines,
                    },
                }
            }
            Reading::Broken(input, record, error) => Classified {
                parts: Vec::new(),
                broken: Some(Error::Record {
                    path: names[input].clone().into(),
                    line: record,
                    message: format!("the input cannot be read any further: {}", root(&error)),
                }),
                end: Position {
                    input: input + 1,
                    bytes: 0,
                    record: 1,
                },
            },
        }
    }

    /// Writes what comes into shards until nothing comes any more.
    fn write(
        &self,
        directory: &mut RunDirectory,
        classified: &Receiver<Classified>,
    ) -> Result<Outcome, Error> {
        let mut open = None;
        let mut end = directory.position();
        for Classified {
            parts,
            broken,
            end: reached,
        } in classified
        {
            end = reached;
            let shard = match &mut open {
                Some(shard) => shard,
                None => open.insert(OpenShard::new(directory, self.batch)?),
            };
            for part in parts {
                shard.file.write(&part.out)?;
                shard.tally.add(&part.tally);
                for error in part.errors {
                    shard.reject(error, self.strict)?;
                }
            }
            if let Some(error) = broken {
                shard.tally.rejected += 1;
                shard.reject(error, self.strict)?;
            }
            if shard.file.len() >= self.shard_bytes
                && let Some(shard) = open.take()
            {
                shard.publish(directory, end)?;
                if self.stop.load(Ordering::Relaxed) {
                    return Ok(Outcome::Stopped);
                }
            }
        }
        // Even a run over nothing leaves a shard: a header is an answer too.
        if open.is_none() && directory.shards().is_empty() {
            open = Some(OpenShard::new(directory, self.batch)?);
        }
        if let Some(shard) = open {
            shard.publish(directory, end)?;
        }
        directory.finish()?;
        Ok(Outcome::Finished)
    }
}

/// The shard being written, with what belongs to it.
struct OpenShard {
    file: super::shard::Shard,
    rejects: Vec<u8>,
    tally: Tally,
}

impl OpenShard {
    fn new(directory: &RunDirectory, batch: &Batch) -> Result<Self, Error> {
        let mut file = directory.begin_shard()?;
        let mut header = Vec::new();
        batch.format().header(&mut header);
        file.write(&header)?;
        Ok(Self {
            file,
            rejects: Vec::new(),
            tally: Tally::default(),
        })
    }

    /// Notes a record that could not be read.
    fn reject(&mut self, error: Error, strict: bool) -> Result<(), Error> {
        if strict {
            return Err(error);
        }
        if let Error::Record {
            path,
            line,
            message,
        } = &error
        {
            let reject = Reject {
                source: &path.to_string_lossy(),
                record: *line,
                reason: message,
            };
            serde_json::to_writer(&mut self.rejects, &reject)
                .map_err(|e| Error::Data(format!("a reject cannot be written: {e}")))?;
            self.rejects.push(b'\n');
        }
        Ok(())
    }

    fn publish(self, directory: &mut RunDirectory, end: Position) -> Result<(), Error> {
        directory.publish(self.file, &self.rejects, end, self.tally)
    }
}

/// Reads the inputs from `start` on and hands on their blocks until nobody takes them any more.
fn read(inputs: Vec<RunInput>, start: Position, blocks: &SyncSender<Reading>) {
    for (index, input) in inputs.into_iter().enumerate().skip(start.input) {
        let from = if index == start.input {
            start
        } else {
            Position {
                input: index,
                bytes: 0,
                record: 1,
            }
        };
        if read_input(input, from, blocks).is_none() {
            return;
        }
    }
}

/// Reads one input; `None` when nobody takes its blocks any more.
fn read_input(input: RunInput, from: Position, blocks: &SyncSender<Reading>) -> Option<()> {
    let index = from.input;
    let name = input.name;
    let opened = (input.open)().and_then(|(reader, format)| {
        let blocks = Blocks::resume(reader, from.bytes, from.record);
        Ok((blocks.map_err(|e| Error::io(&name, e))?, format))
    });
    let (input_blocks, format) = match opened {
        Ok(opened) => opened,
        Err(error) => return blocks.send(Reading::Broken(index, from.record, error)).ok(),
    };
    let mut record = from.record;
    for block in input_blocks {
        match block {
            Ok(block) => {
                record = block.first_line + memchr::memchr_iter(b'\n', &block.bytes).count() as u64;
                blocks
                    .send(Reading::Block(index, format.clone(), block))
                    .ok()?;
            }
            Err(error) => {
                let error = Error::io(&name, error);
                return blocks.send(Reading::Broken(index, record, error)).ok();
            }
        }
    }
    Some(())
}

/// What lies at the bottom of an error.
fn root(error: &Error) -> String {
    match error {
        Error::Io { source, .. } => source.to_string(),
        other => other.to_string(),
    }
}
