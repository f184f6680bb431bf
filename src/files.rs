//! Files read with a limit and written whole or not at all.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::NamedTempFile;

use crate::Error;

/// The bytes of the file at `path`, which is refused if it has more than `limit`.
pub(crate) fn read_at_most(path: &Path, limit: u64) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| Error::io(path, e))?;
    file.take(limit + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| Error::io(path, e))?;
    if bytes.len() as u64 > limit {
        return Err(Error::model(
            path,
            format!(
                "is larger than the {limit} bytes a file of its kind and configuration can need; it is not read"
            ),
        ));
    }
    Ok(bytes)
}

/// What the names of files begin with that are not whole yet.
pub(crate) const TEMPORARY: &str = ".marsad-";

/// A new file in `directory` that is gone unless it is [persisted](persist).
pub(crate) fn temporary_file(directory: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(TEMPORARY)
        .tempfile_in(directory)
}

/// Renames a file that is wholly written to `path`, once its bytes are on the disk.
pub(crate) fn persist(file: NamedTempFile, path: &Path) -> Result<(), Error> {
    let fail = |e| Error::io(path, e);
    file.as_file().sync_all().map_err(fail)?;
    // A temporary file is private; what it becomes is for everyone whom the directory admits.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        file.as_file()
            .set_permissions(std::fs::Permissions::from_mode(0o644))
            .map_err(fail)?;
    }
    file.persist(path).map_err(|e| Error::io(path, e.error))?;
    Ok(())
}

/// Writes a file beside its place in `directory` and then renames it, so a crash leaves no half file.
pub(crate) fn write_atomically(directory: &Path, name: &str, bytes: &[u8]) -> Result<(), Error> {
    let path = directory.join(name);
    let fail = |e| Error::io(&path, e);
    let mut file = temporary_file(directory).map_err(fail)?;
    file.write_all(bytes).map_err(fail)?;
    persist(file, &path)
}
