//! Records that must all be right.

use std::path::Path;

use serde::de::DeserializeOwned;

use crate::Error;

/// The records of a JSONL file with their lines, counted from 1. Blank lines are passed over.
///
/// # Errors
///
/// [`Error::Io`] when the file cannot be read, [`Error::Record`] for the first line that is not like `example`.
pub(super) fn read_jsonl<T: DeserializeOwned>(
    path: &Path,
    example: &str,
) -> Result<Vec<(u64, T)>, Error> {
    let bytes = std::fs::read(path).map_err(|e| Error::io(path, e))?;
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes);
    let lines = (1..).zip(bytes.split(|&byte| byte == b'\n'));
    lines
        .filter(|(_, line)| !line.trim_ascii().is_empty())
        .map(|(number, line)| {
            let record = serde_json::from_slice(line).map_err(|e| Error::Record {
                path: path.to_owned(),
                line: number,
                message: format!("{e}; a line is like {example}"),
            })?;
            Ok((number, record))
        })
        .collect()
}
