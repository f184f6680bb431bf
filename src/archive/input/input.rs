//! Where texts come from.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use super::RecordFormat;

/// One thing to read; opened by [`Blocks::open`](super::Blocks::open).
pub struct Input {
    /// How it is called in output and errors.
    pub name: String,
    /// How it holds documents, where that is known.
    pub format: Option<RecordFormat>,
    /// What it holds if neither its name nor its content says so.
    pub otherwise: Option<RecordFormat>,
    /// Where the bytes are.
    pub origin: Origin,
}

/// Where the bytes of an input are.
pub enum Origin {
    /// In a file.
    File(PathBuf),
    /// In a stream that can be read once.
    Stream(Box<dyn BufRead + Send>),
    /// In standard input.
    StandardInput,
    /// Here: one document.
    Text(String),
    /// In a file that cannot be read, for this reason. Opening it is an error; a [`Run`](crate::archive::Run) notes it and goes on.
    Unreadable(String),
}

impl Input {
    /// A file.
    #[must_use]
    pub fn file(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        Self {
            name: path.display().to_string(),
            format: None,
            otherwise: None,
            origin: Origin::File(path),
        }
    }

    /// A stream that can be read once; text, if nothing else is known of it.
    #[must_use]
    pub fn stream(name: impl Into<String>, stream: impl BufRead + Send + 'static) -> Self {
        Self {
            name: name.into(),
            format: None,
            otherwise: Some(RecordFormat::Text),
            origin: Origin::Stream(Box::new(stream)),
        }
    }

    /// Standard input; text, if its content says nothing else.
    #[must_use]
    pub fn standard_input() -> Self {
        Self {
            name: "stdin".to_owned(),
            format: None,
            otherwise: Some(RecordFormat::Text),
            origin: Origin::StandardInput,
        }
    }

    /// A text that is one document.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            name: "text".to_owned(),
            format: Some(RecordFormat::TextFile),
            otherwise: None,
            origin: Origin::Text(text.into()),
        }
    }

    /// A file, found in a folder, that cannot be read, and why.
    #[must_use]
    pub fn unreadable(path: &Path, reason: impl Into<String>) -> Self {
        Self {
            origin: Origin::Unreadable(reason.into()),
            ..Self::file(path)
        }
    }

    /// Its length in bytes, packed as it is, where that is known.
    #[must_use]
    pub fn length(&self) -> Option<u64> {
        match &self.origin {
            Origin::File(path) => std::fs::metadata(path)
                .ok()
                .filter(std::fs::Metadata::is_file)
                .map(|metadata| metadata.len()),
            Origin::Text(text) => Some(text.len() as u64),
            Origin::Stream(_) | Origin::StandardInput | Origin::Unreadable(_) => None,
        }
    }
}
