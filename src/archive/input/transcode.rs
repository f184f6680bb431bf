//! Text of any encoding in, UTF-8 out.

use std::io::{self, Cursor, Read};

use encoding_rs::{DecoderResult, UTF_8};

use super::Encoding;

/// The bytes by which an encoding is guessed.
const START: usize = 64 << 10;

/// What some editors put before a text in UTF-8; it is no part of the text.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// No text in UTF-8 holds it: it stands for what could not be decoded, so that the record is rejected.
const UNDECODABLE: u8 = 0xFF;

/// Reads text in UTF-8 from `reader`, whose text is in `encoding`, or in what the first 64 KiB seem to be. A byte order mark is
/// heeded and left out. UTF-8 passes as it is, broken or not; in other encodings each sequence that stands for nothing
/// becomes one byte that is no UTF-8.
///
/// # Errors
///
/// What `reader` returns.
pub fn transcode(
    mut reader: impl Read + Send + 'static,
    encoding: Option<Encoding>,
) -> io::Result<(Box<dyn Read + Send>, Encoding)> {
    let mut start = Vec::new();
    let read = reader.by_ref().take(START as u64).read_to_end(&mut start);
    // An error after some bytes comes again when they have been read.
    let failed = read.err();
    if let Some(error) = failed {
        if start.is_empty() {
            return Err(error);
        }
        let (reader, encoding) = decode(start, Failing(Some(error)), encoding);
        return Ok((reader, encoding));
    }
    Ok(decode(start, reader, encoding))
}

fn decode(
    mut start: Vec<u8>,
    rest: impl Read + Send + 'static,
    encoding: Option<Encoding>,
) -> (Box<dyn Read + Send>, Encoding) {
    let marked = encoding_rs::Encoding::for_bom(&start).map(|(encoding, _)| Encoding(encoding));
    let encoding = marked
        .or(encoding)
        .unwrap_or_else(|| Encoding::guess(&start));
    if encoding.0 == UTF_8 && start.starts_with(BYTE_ORDER_MARK) {
        start.drain(..BYTE_ORDER_MARK.len());
    }
    let input = Cursor::new(start).chain(rest);
    let reader: Box<dyn Read + Send> = if encoding.0 == UTF_8 {
        Box::new(input)
    } else {
        Box::new(Transcoder {
            input,
            decoder: encoding.0.new_decoder_with_bom_removal(),
            raw: vec![0; START],
            unread: 0..0,
            out: Vec::with_capacity(4 * START),
            written: 0,
            ended: false,
        })
    };
    (reader, encoding)
}

/// Returns its error once.
struct Failing(Option<io::Error>);

impl Read for Failing {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        self.0.take().map_or(Ok(0), Err)
    }
}

struct Transcoder<R> {
    input: R,
    decoder: encoding_rs::Decoder,
    raw: Vec<u8>,
    /// The part of `raw` that is still to be decoded.
    unread: std::ops::Range<usize>,
    out: Vec<u8>,
    /// How much of `out` has been handed over.
    written: usize,
    ended: bool,
}

impl<R: Read> Transcoder<R> {
    /// Decodes some more into `out`, which has been handed over.
    fn fill(&mut self) -> io::Result<()> {
        self.out.clear();
        self.written = 0;
        while self.out.is_empty() && !(self.ended && self.unread.is_empty()) {
            if self.unread.is_empty() {
                let n = self.input.read(&mut self.raw)?;
                self.unread = 0..n;
                self.ended = n == 0;
            }
            self.out.resize(4 * START, 0);
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(
                &self.raw[self.unread.clone()],
                &mut self.out,
                self.ended,
            );
            self.unread.start += read;
            self.out.truncate(written);
            if let DecoderResult::Malformed(..) = result {
                self.out.push(UNDECODABLE);
                // A decoder that has seen its last byte may still have something to say.
                if self.ended && self.unread.is_empty() {
                    break;
                }
            }
        }
        Ok(())
    }
}

impl<R: Read> Read for Transcoder<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.written == self.out.len() {
            self.fill()?;
        }
        let n = buffer.len().min(self.out.len() - self.written);
        buffer[..n].copy_from_slice(&self.out[self.written..self.written + n]);
        self.written += n;
        Ok(n)
    }
}
