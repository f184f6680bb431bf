//! Reading, classifying and writing at the same time.

use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use super::{Reached, RunDirectory, ShardFile};
use crate::Error;
use crate::archive::batch::Source;
use crate::archive::part::Part;
use crate::archive::{
    Batch, Block, Blocks, Input, Position, ReadOptions, Rejection, RowWriter, Summary,
};

/// Blocks that may wait between two stages: enough to even out their speeds, few enough to bound the memory.
const WAITING: usize = 4;

/// A run of a batch over inputs into the shards of a directory.
pub struct Run<'a> {
    /// What is done with each block.
    pub batch: &'a Batch<'a>,
    /// Writes the rows of a shard into its file.
    pub open: &'a (dyn Fn(ShardFile) -> io::Result<RowWriter<ShardFile>> + Sync),
    /// A shard is closed with the block that brings its rows to this many bytes, before they are packed.
    pub shard_bytes: u64,
    /// Stop at the first record or input that cannot be read.
    pub strict: bool,
    /// How inputs are read.
    pub reading: &'a ReadOptions,
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
    Block(usize, Block),
    /// The input cannot be read any further than this.
    Broken(usize, Option<Position>, Error),
}

impl Reading {
    /// How far the run is with it.
    fn end(&self) -> Reached {
        match self {
            Self::Block(input, block) => Reached {
                input: *input,
                position: Some(block.end()),
            },
            Self::Broken(input, ..) => Reached {
                input: input + 1,
                position: None,
            },
        }
    }
}

/// What the classifier hands on.
struct Classified {
    parts: Vec<Part>,
    end: Reached,
}

impl Run<'_> {
    /// Classifies what `directory` does not hold yet. `progress` hears how far the run is.
    ///
    /// Where duplicates are looked for, a run that is taken up reads the inputs from their beginning: what was seen in them is
    /// what it is made of, whatever became of the program in between. Only the rows of what the directory holds are not made again.
    ///
    /// Memory holds a few blocks a stage, whatever the size of the inputs.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the directory cannot be written to; with `strict`, the first record or input that cannot be read. The
    /// shards written so far stay and the run can be resumed.
    pub fn run(
        &self,
        inputs: Vec<Input>,
        directory: &mut RunDirectory,
        progress: &mut dyn FnMut(Reached),
    ) -> Result<Outcome, Error> {
        if directory.is_finished() {
            return Ok(Outcome::Finished);
        }
        let names: Vec<String> = inputs.iter().map(|input| input.name.clone()).collect();
        let written = directory.reached();
        let start = match self.batch.remembers() {
            true => Reached::default(),
            false => written,
        };
        let (to_classifier, from_reader) = sync_channel(WAITING);
        let (to_writer, from_classifier) = sync_channel(WAITING);
        thread::scope(|scope| {
            let reading = self.reading;
            scope.spawn(move || read(inputs, reading, start, &to_classifier));
            let writer = scope.spawn(move || self.write(directory, &from_classifier));
            for reading in from_reader {
                let end = reading.end();
                progress(end);
                if end <= written {
                    if let Reading::Block(_, block) = reading {
                        self.batch.remember_block(&block);
                    }
                    continue;
                }
                let parts = self.classify(&names, reading);
                // The writer has gone if writing failed or the run was stopped; it says which.
                if to_writer.send(Classified { parts, end }).is_err() {
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

    fn classify(&self, names: &[String], reading: Reading) -> Vec<Part> {
        match reading {
            Reading::Block(input, block) => {
                let source = Source {
                    number: input as u32,
                    name: &names[input],
                };
                self.batch.classify_block(source, &block)
            }
            Reading::Broken(input, position, error) => {
                let mut part = self.batch.empty_part();
                let message = format!("the input cannot be read any further: {}", root(&error));
                part.reject(Rejection {
                    record: position.map_or(1, |position| position.record),
                    ..Rejection::unreadable(&names[input], message)
                });
                vec![part]
            }
        }
    }

    /// Writes what comes into shards until nothing comes any more.
    fn write(
        &self,
        directory: &mut RunDirectory,
        classified: &Receiver<Classified>,
    ) -> Result<Outcome, Error> {
        let mut open = None;
        let mut end = directory.reached();
        for Classified {
            parts,
            end: reached,
        } in classified
        {
            end = reached;
            let shard = match &mut open {
                Some(shard) => shard,
                None => open.insert(OpenShard::new(directory, self)?),
            };
            for part in parts {
                shard.write(&part.out)?;
                shard.summary.add(&part.summary)?;
                for rejection in part.rejections {
                    shard.reject(rejection, self.strict)?;
                }
            }
            if shard.bytes >= self.shard_bytes
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
            open = Some(OpenShard::new(directory, self)?);
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
    writer: RowWriter<ShardFile>,
    path: PathBuf,
    /// Bytes of rows so far.
    bytes: u64,
    rejects: Vec<u8>,
    summary: Summary,
}

impl OpenShard {
    fn new(directory: &RunDirectory, run: &Run) -> Result<Self, Error> {
        let file = directory.begin_shard()?;
        let path = file.path().to_owned();
        Ok(Self {
            writer: (run.open)(file).map_err(|e| Error::io(&path, e))?,
            path,
            bytes: 0,
            rejects: Vec::new(),
            summary: run.batch.empty_part().summary,
        })
    }

    fn write(&mut self, rows: &[u8]) -> Result<(), Error> {
        self.bytes += rows.len() as u64;
        self.writer
            .write_all(rows)
            .map_err(|e| Error::io(&self.path, e))
    }

    /// Notes a record that could not be read.
    fn reject(&mut self, rejection: Rejection, strict: bool) -> Result<(), Error> {
        if strict {
            return Err(rejection.into());
        }
        rejection.append_json_line(&mut self.rejects);
        Ok(())
    }

    fn publish(self, directory: &mut RunDirectory, end: Reached) -> Result<(), Error> {
        let file = self.writer.finish().map_err(|e| Error::io(&self.path, e))?;
        directory.publish(file, &self.rejects, end, self.summary)
    }
}

/// Reads the inputs from `start` on and hands on their blocks until nobody takes them any more.
fn read(inputs: Vec<Input>, options: &ReadOptions, start: Reached, blocks: &SyncSender<Reading>) {
    for (index, input) in inputs.into_iter().enumerate().skip(start.input) {
        let from = start.position.filter(|_| index == start.input);
        if read_input(index, input, options, from, blocks).is_none() {
            return;
        }
    }
}

/// Reads one input; `None` when nobody takes its blocks any more.
fn read_input(
    index: usize,
    input: Input,
    options: &ReadOptions,
    from: Option<Position>,
    blocks: &SyncSender<Reading>,
) -> Option<()> {
    let mut reached = from;
    let broken = |reached, error| blocks.send(Reading::Broken(index, reached, error)).ok();
    let input_blocks = match Blocks::open(input, options, from) {
        Ok(input_blocks) => input_blocks,
        Err(error) => return broken(reached, error),
    };
    for block in input_blocks {
        match block {
            Ok(block) => {
                reached = Some(block.end());
                blocks.send(Reading::Block(index, block)).ok()?;
            }
            Err(error) => return broken(reached, error),
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
