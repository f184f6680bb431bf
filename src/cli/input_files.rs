//! The files that names, folders and patterns stand for.

use std::fs;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use marsad::archive::{Blocks, Input, ReadOptions};

/// What a folder or a pattern stands for.
#[derive(Default)]
pub(super) struct Found {
    /// In the order of their paths.
    pub(super) inputs: Vec<Input>,
    /// Why others are not read.
    pub(super) left_out: Vec<String>,
}

/// The file at `path`, which can be opened and is known to hold text.
pub(super) fn named(path: &Path, options: &ReadOptions) -> anyhow::Result<Input> {
    let name = path.display().to_string();
    let metadata = fs::metadata(path).with_context(|| name.clone())?;
    if !metadata.is_file() {
        // A pipe can be opened only once.
        let file = fs::File::open(path).with_context(|| name.clone())?;
        return Ok(Input::stream(name, BufReader::with_capacity(1 << 16, file)));
    }
    let blocks = Blocks::open(Input::file(path), options, None)?;
    Ok(Input {
        format: Some(blocks.format()),
        ..Input::file(path)
    })
}

/// All files in `folder` and the folders in it, but for hidden ones.
pub(super) fn in_folder(folder: &Path, options: &ReadOptions) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let mut paths = Vec::new();
    walk(folder, &mut paths, &mut found.left_out).with_context(|| folder.display().to_string())?;
    paths.sort_unstable();
    found.check(paths, options);
    Ok(found)
}

/// All files whose paths match `pattern`, in which `**` stands for any number of folders.
pub(super) fn matching(pattern: &str, options: &ReadOptions) -> anyhow::Result<Found> {
    let mut found = Found::default();
    let mut paths = Vec::new();
    let options_of_shells = glob::MatchOptions {
        require_literal_separator: true,
        require_literal_leading_dot: true,
        ..glob::MatchOptions::default()
    };
    let matches = glob::glob_with(pattern, options_of_shells)
        .map_err(|error| anyhow!("{pattern}: {error}"))?;
    for path in matches {
        match path {
            Ok(path) if path.is_file() => paths.push(path),
            Ok(_) => {}
            Err(error) => found.left_out.push(error.to_string()),
        }
    }
    paths.sort_unstable();
    found.check(paths, options);
    Ok(found)
}

impl Found {
    /// Sorts out what can be read.
    fn check(&mut self, paths: Vec<PathBuf>, options: &ReadOptions) {
        for path in paths {
            match named(&path, options) {
                Ok(input) => self.inputs.push(input),
                Err(error) => self.left_out.push(format!("{error:#}")),
            }
        }
    }
}

/// Collects the files below `folder`. Links to folders are not followed, because they may lead round in circles.
fn walk(folder: &Path, paths: &mut Vec<PathBuf>, left_out: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let (path, kind) = (entry.path(), entry.file_type()?);
        if kind.is_dir() {
            if let Err(error) = walk(&path, paths, left_out) {
                left_out.push(format!("{}: {error}", path.display()));
            }
        } else if path.is_file() {
            paths.push(path);
        } else if path.is_dir() {
            left_out.push(format!(
                "{}: is a link to a folder; name that folder",
                path.display()
            ));
        } else {
            left_out.push(format!("{}: is no file", path.display()));
        }
    }
    Ok(())
}
