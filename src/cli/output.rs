//! Where results go.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// Standard output or a device, or a file that appears under its name when everything has been written.
pub(super) enum Output {
    Stream(Box<dyn Write + Send>),
    File {
        temporary: BufWriter<tempfile::NamedTempFile<File>>,
        path: PathBuf,
    },
}

impl Output {
    pub(super) fn stdout() -> Self {
        // Colours are taken out where standard output is no terminal or NO_COLOR is set.
        Self::Stream(Box::new(BufWriter::with_capacity(
            1 << 16,
            anstream::AutoStream::auto(io::stdout()),
        )))
    }

    /// Standard output for bytes that hold no colours.
    pub(super) fn plain_stdout() -> Self {
        Self::Stream(Box::new(BufWriter::with_capacity(1 << 16, io::stdout())))
    }

    pub(super) fn file(path: &Path, overwrite: bool) -> anyhow::Result<Self> {
        let name = || path.display().to_string();
        // A link stays a link: what it points to is written.
        let target = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let path = target.as_path();
        if let Ok(metadata) = std::fs::metadata(path) {
            if !metadata.is_file() && !metadata.is_dir() {
                // A pipe or a device is written to, and never replaced by a file.
                let device = File::options().write(true).open(path).with_context(name)?;
                return Ok(Self::Stream(Box::new(BufWriter::new(device))));
            }
            if !overwrite {
                bail!(
                    "{}: exists already; name another file or pass --overwrite",
                    name()
                );
            }
        }
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty())
            .unwrap_or(Path::new("."));
        let temporary = tempfile::Builder::new()
            .prefix(".marsad-")
            .tempfile_in(folder)
            .with_context(|| path.display().to_string())?;
        Ok(Self::File {
            temporary: BufWriter::new(temporary),
            path: path.to_owned(),
        })
    }

    /// Writes out what is buffered and puts a file in its place.
    pub(super) fn finish(self) -> anyhow::Result<()> {
        match self {
            Self::Stream(mut stream) => stream.flush()?,
            Self::File { temporary, path } => {
                let file = temporary
                    .into_inner()
                    .map_err(io::IntoInnerError::into_error)?;
                #[cfg(unix)]
                {
                    use std::os::unix::fs::PermissionsExt;
                    // A temporary file is private; results are as readable as other files.
                    file.as_file()
                        .set_permissions(std::fs::Permissions::from_mode(0o644))?;
                }
                file.persist(&path)
                    .with_context(|| path.display().to_string())?;
            }
        }
        Ok(())
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::Stream(stream) => stream.write(bytes),
            Self::File { temporary, .. } => temporary.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::Stream(stream) => stream.flush(),
            Self::File { temporary, .. } => temporary.flush(),
        }
    }
}
