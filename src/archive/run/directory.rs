//! Where a run writes: `manifest.json`, `shards.jsonl`, the shards and the rejects.

use std::fs::{self, File};
use std::io::{Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Manifest, Reached, ShardFile, ShardRecord};
use crate::Error;
use crate::archive::Summary;
use crate::files::{TEMPORARY, read_at_most, write_atomically};

const MANIFEST_FILE: &str = "manifest.json";
const LOG_FILE: &str = "shards.jsonl";
/// A million inputs take about 300 MB.
const MAX_MANIFEST: u64 = 1 << 30;
const SHARD_PREFIX: &str = "part-";
const REJECTS_PREFIX: &str = "rejects-";

/// The directory of a run. What stands in it under its final name is whole; `shards.jsonl` says how far the run has come.
#[derive(Debug)]
pub struct RunDirectory {
    path: PathBuf,
    /// The ending of the shards, such as `jsonl`.
    ending: String,
    shards: Vec<ShardRecord>,
    finished: bool,
    log: File,
}

/// A line of the log.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Entry {
    Shard(Box<ShardRecord>),
    /// With the number of shards.
    Finished(usize),
}

impl RunDirectory {
    /// Begins a run in the directory `path`, which is made if need be; its shards have names with `ending`, such as `jsonl`.
    /// With `overwrite`, a run that is there is removed first.
    ///
    /// # Errors
    ///
    /// [`Error::Io`], or [`Error::Model`] when `path` is a file, or holds a run or other files that look like one's and `overwrite` is
    /// false.
    pub fn create(
        path: &Path,
        ending: &str,
        manifest: &Manifest,
        overwrite: bool,
    ) -> Result<Self, Error> {
        fs::create_dir_all(path).map_err(|e| Error::io(path, e))?;
        let old = files_of_runs(path)?;
        if let (Some(first), false) = (old.first(), overwrite) {
            let cure = match path.join(MANIFEST_FILE).exists() {
                true => {
                    "holds a run already: go on with it by --resume, name another directory, or pass --overwrite"
                }
                false => "is not empty: name another directory, or pass --overwrite",
            };
            return Err(Error::model(path, format!("{cure} ({})", first.display())));
        }
        for file in old {
            fs::remove_file(&file).map_err(|e| Error::io(file, e))?;
        }
        let json = serde_json::to_vec_pretty(manifest)
            .map_err(|e| Error::Data(format!("the manifest cannot be written: {e}")))?;
        write_atomically(path, MANIFEST_FILE, &json)?;
        let log = File::options()
            .create(true)
            .truncate(true)
            .write(true)
            .open(path.join(LOG_FILE))
            .map_err(|e| Error::io(path.join(LOG_FILE), e))?;
        Ok(Self {
            path: path.to_owned(),
            ending: ending.to_owned(),
            shards: Vec::new(),
            finished: false,
            log,
        })
    }

    /// Takes up the run in the directory `path`, which must have been begun with an equal manifest. What a crash left half
    /// written is removed.
    ///
    /// # Errors
    ///
    /// [`Error::Io`], or [`Error::Model`] when there is no run, it was begun with another manifest (the first difference is named), or a
    /// shard is missing or of another length than was noted.
    pub fn resume(path: &Path, ending: &str, manifest: &Manifest) -> Result<Self, Error> {
        let manifest_path = path.join(MANIFEST_FILE);
        if !manifest_path.exists() {
            return Err(Error::model(
                path,
                "holds no run that could be resumed: leave out --resume to begin one",
            ));
        }
        let bytes = read_at_most(&manifest_path, MAX_MANIFEST)?;
        let begun: Manifest = serde_json::from_slice(&bytes).map_err(|e| {
            Error::model(
                &manifest_path,
                format!("is no manifest of a run: {e}; begin anew with --overwrite"),
            )
        })?;
        if let Some(difference) = begun.difference(manifest) {
            return Err(Error::model(
                path,
                format!(
                    "cannot be resumed: {difference}; undo that, or begin anew with --overwrite"
                ),
            ));
        }
        let (shards, finished, log) = read_log(&path.join(LOG_FILE))?;
        for shard in &shards {
            let file = path.join(&shard.name);
            let length = fs::metadata(&file).map_err(|e| Error::io(&file, e))?.len();
            if length != shard.bytes {
                return Err(Error::model(
                    file,
                    format!(
                        "has {length} bytes, it had {} when it was written: begin anew with --overwrite",
                        shard.bytes
                    ),
                ));
            }
        }
        let directory = Self {
            path: path.to_owned(),
            ending: ending.to_owned(),
            shards,
            finished,
            log,
        };
        directory.remove_leftovers()?;
        Ok(directory)
    }

    /// The shards that are whole, in their order.
    #[must_use]
    pub fn shards(&self) -> &[ShardRecord] {
        &self.shards
    }

    /// Whether the run has come to its end.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.finished
    }

    /// Where the next shard begins.
    #[must_use]
    pub fn reached(&self) -> Reached {
        self.shards
            .last()
            .map_or_else(Reached::default, |shard| shard.end)
    }

    /// What was counted in all shards, for a model with `n_classes` labels.
    ///
    /// # Errors
    ///
    /// [`Error::WrongLength`] when the shards are those of a model with another number of labels.
    pub fn summary(&self, n_classes: usize) -> Result<Summary, Error> {
        let mut summary = Summary::new(n_classes);
        for shard in &self.shards {
            summary.add(&shard.summary)?;
        }
        Ok(summary)
    }

    /// Begins the next shard.
    pub(super) fn begin_shard(&self) -> Result<ShardFile, Error> {
        let name = format!("{SHARD_PREFIX}{:05}.{}", self.shards.len(), self.ending);
        ShardFile::new(&self.path, &name)
    }

    /// Puts a shard, and the rejects that belong to it, in their places and notes it.
    pub(super) fn publish(
        &mut self,
        shard: ShardFile,
        rejects: &[u8],
        end: Reached,
        summary: Summary,
    ) -> Result<(), Error> {
        let number = self.shards.len();
        let rejects = match rejects {
            [] => None,
            bytes => {
                let name = format!("{REJECTS_PREFIX}{number:05}.jsonl");
                write_atomically(&self.path, &name, bytes)?;
                Some(name)
            }
        };
        let (bytes, sha256) = shard.publish()?;
        self.sync()?;
        let record = ShardRecord {
            name: format!("{SHARD_PREFIX}{number:05}.{}", self.ending),
            bytes,
            sha256,
            rejects,
            end,
            summary,
        };
        self.note(&Entry::Shard(Box::new(record.clone())))?;
        self.shards.push(record);
        Ok(())
    }

    /// Notes that the run has come to its end.
    pub(super) fn finish(&mut self) -> Result<(), Error> {
        self.note(&Entry::Finished(self.shards.len()))?;
        self.finished = true;
        Ok(())
    }

    fn note(&mut self, entry: &Entry) -> Result<(), Error> {
        let fail = |e| Error::io(self.path.join(LOG_FILE), e);
        let mut line = serde_json::to_vec(entry)
            .map_err(|e| Error::Data(format!("the log cannot be written: {e}")))?;
        line.push(b'\n');
        self.log.write_all(&line).map_err(fail)?;
        self.log.sync_all().map_err(fail)
    }

    /// Has the names in the directory written to the disk.
    fn sync(&self) -> Result<(), Error> {
        #[cfg(unix)]
        File::open(&self.path)
            .and_then(|directory| directory.sync_all())
            .map_err(|e| Error::io(&self.path, e))?;
        Ok(())
    }

    /// Removes what a crash left behind: half files, and whole ones that were not noted yet.
    fn remove_leftovers(&self) -> Result<(), Error> {
        let noted = |name: &str| {
            let mut shards = self.shards.iter();
            shards.any(|shard| shard.name == name || shard.rejects.as_deref() == Some(name))
        };
        for file in files_of_runs(&self.path)? {
            let name = file
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            if name != MANIFEST_FILE && name != LOG_FILE && !noted(&name) {
                fs::remove_file(&file).map_err(|e| Error::io(file, e))?;
            }
        }
        Ok(())
    }
}

/// The files in `path` with names that runs give, in the order of their names.
fn files_of_runs(path: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for entry in fs::read_dir(path).map_err(|e| Error::io(path, e))? {
        let name = entry.map_err(|e| Error::io(path, e))?.file_name();
        let text = name.to_string_lossy();
        let prefixes = [SHARD_PREFIX, REJECTS_PREFIX, TEMPORARY];
        if [MANIFEST_FILE, LOG_FILE].contains(&text.as_ref())
            || prefixes.iter().any(|prefix| text.starts_with(prefix))
        {
            files.push(path.join(name));
        }
    }
    files.sort();
    Ok(files)
}

/// The shards that were noted, whether the run was finished, and the log, ready for more. A last line that a crash cut short is
/// taken back.
fn read_log(path: &Path) -> Result<(Vec<ShardRecord>, bool, File), Error> {
    let bytes = read_at_most(path, MAX_MANIFEST)?;
    let (mut shards, mut finished, mut whole) = (Vec::new(), false, 0);
    for line in bytes.split_inclusive(|&byte| byte == b'\n') {
        if !line.ends_with(b"\n") {
            break;
        }
        match serde_json::from_slice(line) {
            Ok(Entry::Shard(shard)) => shards.push(*shard),
            Ok(Entry::Finished(_)) => finished = true,
            Err(error) => {
                return Err(Error::model(
                    path,
                    format!(
                        "line {}: {error}: begin anew with --overwrite",
                        shards.len() + 1
                    ),
                ));
            }
        }
        whole += line.len() as u64;
    }
    let fail = |e| Error::io(path, e);
    let mut log = File::options().write(true).open(path).map_err(fail)?;
    log.set_len(whole).map_err(fail)?;
    log.seek(SeekFrom::End(0)).map_err(fail)?;
    Ok((shards, finished, log))
}
