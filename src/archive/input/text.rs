//! Plain text.

use std::ops::Range;

use super::block::Sink;
use super::rejection::Fault;
use super::{Document, Reason};

/// Bytes whose text is checked at once where it can be, and record by record where it is broken.
pub(super) struct Strings<'a> {
    bytes: &'a [u8],
    whole: Option<&'a str>,
    has_nul: bool,
}

impl<'a> Strings<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self {
            bytes,
            whole: simdutf8::basic::from_utf8(bytes).ok(),
            has_nul: memchr::memchr(0, bytes).is_some(),
        }
    }

    /// The text of the record in `range`; `unit` is what errors call it.
    pub(super) fn get(&self, range: Range<usize>, unit: &str) -> Result<&'a str, Fault> {
        let text = match self.whole.and_then(|text| text.get(range.clone())) {
            Some(text) => text,
            None => simdutf8::compat::from_utf8(&self.bytes[range])
                .map_err(|error| Fault::invalid_utf8(error.valid_up_to(), unit))?,
        };
        if self.has_nul
            && let Some(at) = memchr::memchr(0, text.as_bytes())
        {
            return Err(Fault::new(
                Reason::NulBytes,
                format!(
                    "holds a byte of value 0, the first at byte {} of the {unit}; it is binary, or its encoding is to be named with --encoding",
                    at + 1
                ),
            ));
        }
        Ok(text)
    }
}

/// Reads the lines of `bytes`, the first of which has the number `line`, with `document`; lines of white space hold none.
pub(super) fn read_lines<'a>(
    bytes: &'a [u8],
    line: u64,
    max_record: usize,
    sink: &mut Sink<'a, '_>,
    document: impl Fn(&'a str) -> Result<Document<'a>, Fault>,
) {
    let strings = Strings::new(bytes);
    let mut start = 0;
    let ends = memchr::memchr_iter(b'\n', bytes)
        .map(|at| at + 1)
        .chain((bytes.last() != Some(&b'\n')).then_some(bytes.len()));
    for (line, end) in (line..).zip(ends) {
        let length = end - start;
        let result = if length > max_record {
            Err(Fault::too_long(length as u64, max_record))
        } else {
            strings.get(start..end, "line").and_then(|text| {
                if text.trim_ascii().is_empty() || text.trim().is_empty() {
                    Ok(None)
                } else {
                    document(text).map(Some)
                }
            })
        };
        sink(line, result);
        start = end;
    }
}

/// Reads `bytes` as one document.
pub(super) fn read_file<'a>(bytes: &'a [u8], max_record: usize, sink: &mut Sink<'a, '_>) {
    let result = if bytes.len() > max_record {
        Err(Fault::too_long(bytes.len() as u64, max_record))
    } else {
        let text = Strings::new(bytes).get(0..bytes.len(), "file");
        text.map(|text| (!text.trim().is_empty()).then(|| Document::new(text)))
    };
    sink(1, result);
}
