//! The files that names, folders and patterns stand for.

use std::fs;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow};
use marsad::archive::{Blocks, Input, ReadOptions};

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

/// All files in `folder` and the folders in it, but for hidden ones, in the order of their paths. Those that cannot be read are
/// there too, with the reason.
pub(super) fn in_folder(folder: &Path, options: &ReadOptions) -> anyhow::Result<Vec<Input>> {
    let mut found = Vec::new();
    walk(folder, options, &mut found).with_context(|| folder.display().to_string())?;
    Ok(in_order(found))
}

/// All files whose paths match `pattern`, in which `**` stands for any number of folders, in the order of their paths. Those that
/// cannot be read are there too, with the reason.
pub(super) fn matching(pattern: &str, options: &ReadOptions) -> anyhow::Result<Vec<Input>> {
    let options_of_shells = glob::MatchOptions {
        require_literal_separator: true,
        require_literal_leading_dot: true,
        ..glob::MatchOptions::default()
    };
    let matches = glob::glob_with(pattern, options_of_shells)
        .map_err(|error| anyhow!("{pattern}: {error}"))?;
    let found = matches.filter_map(|path| match path {
        Ok(path) => path
            .is_file()
            .then(|| (path.clone(), found(&path, options))),
        Err(error) => {
            let input = Input::unreadable(error.path(), error.error().to_string());
            Some((error.path().to_owned(), input))
        }
    });
    Ok(in_order(found.collect()))
}

fn in_order(mut found: Vec<(PathBuf, Input)>) -> Vec<Input> {
    found.sort_unstable_by(|(first, _), (second, _)| first.cmp(second));
    found.into_iter().map(|(_, input)| input).collect()
}

/// The file that was found at `path`.
fn found(path: &Path, options: &ReadOptions) -> Input {
    named(path, options).unwrap_or_else(|error| {
        let reason = match error.downcast_ref() {
            Some(marsad::Error::Io { source, .. }) => source.to_string(),
            _ => format!("{error:#}"),
        };
        let name = format!("{}: ", path.display());
        Input::unreadable(path, reason.strip_prefix(&name).unwrap_or(&reason))
    })
}

/// Collects the files below `folder`. Links to folders are not followed, because they may lead round in circles.
fn walk(folder: &Path, options: &ReadOptions, files: &mut Vec<(PathBuf, Input)>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_name().as_encoded_bytes().starts_with(b".") {
            continue;
        }
        let (path, kind) = (entry.path(), entry.file_type()?);
        let input = if kind.is_dir() {
            match walk(&path, options, files) {
                Ok(()) => continue,
                Err(error) => Input::unreadable(&path, error.to_string()),
            }
        } else if path.is_file() {
            found(&path, options)
        } else if path.is_dir() {
            Input::unreadable(&path, "is a link to a folder; name that folder")
        } else {
            Input::unreadable(&path, "is no file")
        };
        files.push((path, input));
    }
    Ok(())
}
