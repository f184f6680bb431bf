//! JSON that names its schema and version, read back.

use std::path::Path;

use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::Error;
use crate::files::read_at_most;

/// An evaluation with ten sentences of every confusion of 255 labels takes less.
const MAX_BYTES: u64 = 256 << 20;

/// Reads the JSON in the file `path` if it is of `schema` and `version`; `command` is what writes such files.
///
/// # Errors
///
/// [`Error::Io`]; [`Error::Model`] when the file is too large, no JSON, or of another schema or version.
pub(super) fn read_stored<T: DeserializeOwned>(
    path: &Path,
    schema: &str,
    version: u32,
    command: &str,
) -> Result<T, Error> {
    // The version first: another version may have other fields.
    #[derive(Deserialize)]
    struct Heading {
        schema: String,
        version: u32,
    }
    let bytes = read_at_most(path, MAX_BYTES)?;
    let broken = |e: serde_json::Error| {
        Error::model(
            path,
            format!("is not of the schema «{schema}», as `{command}` writes it: {e}"),
        )
    };
    let heading: Heading = serde_json::from_slice(&bytes).map_err(broken)?;
    if heading.schema != schema || heading.version != version {
        return Err(Error::model(
            path,
            format!(
                "is of schema «{}» version {}, but «{schema}» version {version} is needed: write it anew with `{command}`",
                heading.schema, heading.version
            ),
        ));
    }
    serde_json::from_slice(&bytes).map_err(broken)
}
