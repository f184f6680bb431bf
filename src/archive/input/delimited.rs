//! Comma-separated and tab-separated values.

use std::borrow::Cow;

use super::block::Sink;
use super::columns::Columns;
use super::rejection::Fault;
use super::text::Strings;
use super::{Document, Reason};

/// What tells fields and records apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    pub(super) delimiter: u8,
    /// Whether a field may be put in quotation marks (RFC 4180).
    pub(super) quoting: bool,
}

/// Finds the ends of records in bytes that come piece by piece.
#[derive(Debug, Clone)]
pub(super) struct Scanner {
    dialect: Dialect,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Unquoted,
    Quoted,
    /// After a quotation mark within quotation marks: the end of them, or the first of two.
    QuoteInQuoted,
}

impl Scanner {
    /// A scanner at the start of a record.
    pub(super) fn new(dialect: Dialect) -> Self {
        Self {
            dialect,
            state: State::FieldStart,
        }
    }

    /// The place after the line break that ends the record, looking from `at` on; a carriage return is one. `None` when it lies in
    /// bytes to come: then scanning goes on with those.
    pub(super) fn end(&mut self, bytes: &[u8], mut at: usize) -> Option<usize> {
        while at < bytes.len() {
            match self.state {
                State::FieldStart => {
                    let quoted = self.dialect.quoting && bytes[at] == b'"';
                    self.state = if quoted {
                        State::Quoted
                    } else {
                        State::Unquoted
                    };
                    at += usize::from(quoted);
                }
                State::Unquoted => {
                    let rest = &bytes[at..];
                    let found = if self.dialect.quoting {
                        memchr::memchr3(self.dialect.delimiter, b'\n', b'\r', rest)
                    } else {
                        memchr::memchr2(b'\n', b'\r', rest)
                    };
                    at += found? + 1;
                    self.state = State::FieldStart;
                    if bytes[at - 1] != self.dialect.delimiter {
                        return Some(at);
                    }
                }
                State::Quoted => {
                    at += memchr::memchr(b'"', &bytes[at..])? + 1;
                    self.state = State::QuoteInQuoted;
                }
                State::QuoteInQuoted => {
                    let doubled = bytes[at] == b'"';
                    self.state = if doubled {
                        State::Quoted
                    } else {
                        State::Unquoted
                    };
                    at += usize::from(doubled);
                }
            }
        }
        None
    }

    /// Whether the bytes so far end within quotation marks.
    fn is_open(&self) -> bool {
        self.state == State::Quoted
    }
}

/// The fields of a record without its line break; `fields` is emptied first.
pub(super) fn split<'a>(record: &'a str, dialect: Dialect, fields: &mut Vec<Cow<'a, str>>) {
    fields.clear();
    let mut rest = record;
    loop {
        let quoted = rest.strip_prefix('"').filter(|_| dialect.quoting);
        let (field, tail) = if let Some(quoted) = quoted {
            unquote(quoted, dialect.delimiter)
        } else {
            let (field, tail) = until(rest, dialect.delimiter);
            (Cow::Borrowed(field), tail)
        };
        fields.push(field);
        match tail {
            Some(tail) => rest = tail,
            None => return,
        }
    }
}

/// The text before the next delimiter, and what follows that.
fn until(text: &str, delimiter: u8) -> (&str, Option<&str>) {
    match memchr::memchr(delimiter, text.as_bytes()) {
        Some(at) => (&text[..at], Some(&text[at + 1..])),
        None => (text, None),
    }
}

/// The field after an opening quotation mark, and what follows its delimiter. Text after the closing mark belongs to it.
fn unquote(text: &str, delimiter: u8) -> (Cow<'_, str>, Option<&str>) {
    let mut field = Cow::Borrowed("");
    let mut rest = text;
    loop {
        let (inside, tail) = match memchr::memchr(b'"', rest.as_bytes()) {
            Some(at) => (&rest[..at], &rest[at + 1..]),
            None => (rest, ""),
        };
        append(&mut field, inside);
        if let Some(tail) = tail.strip_prefix('"') {
            append(&mut field, "\"");
            rest = tail;
        } else {
            let (outside, tail) = until(tail, delimiter);
            append(&mut field, outside);
            return (field, tail);
        }
    }
}

/// Appends, and borrows while there is only one piece.
fn append<'a>(field: &mut Cow<'a, str>, piece: &'a str) {
    if field.is_empty() {
        *field = Cow::Borrowed(piece);
    } else if !piece.is_empty() {
        field.to_mut().push_str(piece);
    }
}

/// Reads the records in `bytes`, the first of which begins in line `line`.
pub(super) fn read<'a>(
    bytes: &'a [u8],
    mut line: u64,
    (dialect, columns): (Dialect, &Columns),
    max_record: usize,
    sink: &mut Sink<'a, '_>,
) {
    let strings = Strings::new(bytes);
    let mut fields = Vec::new();
    let mut scanner = Scanner::new(dialect);
    let mut start = 0;
    while start < bytes.len() {
        let end = scanner.end(bytes, start).unwrap_or(bytes.len());
        let first_line = line;
        line += memchr::memchr_iter(b'\n', &bytes[start..end]).count() as u64;
        let result = if end - start > max_record {
            Err(Fault::too_long((end - start) as u64, max_record))
        } else if scanner.is_open() {
            Err(Fault::new(
                Reason::BrokenCsv,
                "opens a quotation mark that is never closed, so everything after it is in one record; double the mark or close it",
            ))
        } else {
            strings.get(start..end, "record").and_then(|record| {
                let record = record.trim_end_matches(['\n', '\r']);
                if record.is_empty() {
                    return Ok(None);
                }
                split(record, dialect, &mut fields);
                columns.document(&mut fields).map(Some)
            })
        };
        // Of a line break of two characters the second is an empty record.
        if !matches!(result, Ok(None)) {
            sink(first_line, result);
        }
        start = end;
    }
}

/// A document from the cells of a row.
impl Columns {
    fn document<'a>(&self, cells: &mut [Cow<'a, str>]) -> Result<Document<'a>, Fault> {
        let n = cells.len();
        if self.text.iter().all(|&column| column >= n) {
            return Err(Fault::new(
                Reason::MissingText,
                format!(
                    "has {n} fields, and the text stands in field {}; mend the record",
                    self.text[0] + 1
                ),
            ));
        }
        Ok(self.pick(
            &mut |column| cells.get_mut(column).map(std::mem::take),
            &|_| false,
        ))
    }
}
