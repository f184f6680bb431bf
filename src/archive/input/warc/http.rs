//! The body of an HTTP response as it was meant.

use std::borrow::Cow;
use std::io::{self, Read};

use super::super::Reason;
use super::super::rejection::Fault;
use super::header;

/// The header of a response, and its body as it was meant.
type Message<'a> = (&'a [u8], Cow<'a, [u8]>);

/// The header and the body of a response that says it went well, chunks joined and compression undone; `None` for other responses.
pub(super) fn page(message: &[u8], max: usize) -> Result<Option<Message<'_>>, Fault> {
    let broken = |message: &str| Fault::new(Reason::BrokenWarc, message);
    let (header, body) = header::split(message).ok_or_else(|| {
        broken("is a response without an empty line after its HTTP header; fetch the page again")
    })?;
    let status = header
        .strip_prefix(b"HTTP/")
        .and_then(|line| line.split(|&byte| byte == b' ').nth(1))
        .ok_or_else(|| broken("is a response without HTTP status; fetch the page again"))?;
    if !status.starts_with(b"2") {
        return Ok(None);
    }
    let is_chunked = header::field(header, "Transfer-Encoding")
        .is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
    // Many archivers join the chunks and leave the header as it was.
    let mut body = Some(body)
        .filter(|_| is_chunked)
        .and_then(join_chunks)
        .map_or(Cow::Borrowed(body), Cow::Owned);
    for coding in header::field(header, "Content-Encoding")
        .unwrap_or_default()
        .rsplit(',')
    {
        if let Some(plain) = undo(&coding.trim().to_ascii_lowercase(), &body, max)? {
            body = Cow::Owned(plain);
        }
    }
    Ok(Some((header, body)))
}

/// The content of chunks (RFC 9112, section 7.1); `None` when the body is not made of chunks.
fn join_chunks(body: &[u8]) -> Option<Vec<u8>> {
    let mut joined = Vec::with_capacity(body.len());
    let mut rest = body;
    loop {
        let at = memchr::memchr(b'\n', rest)?;
        let size = std::str::from_utf8(&rest[..at]).ok()?;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        rest = &rest[at + 1..];
        if size == 0 {
            return Some(joined);
        }
        joined.extend_from_slice(rest.get(..size)?);
        rest = &rest[size..];
        rest = rest.strip_prefix(b"\r").unwrap_or(rest);
        rest = rest.strip_prefix(b"\n")?;
    }
}

/// Undoes a content coding; `None` when there is nothing to undo, because many archivers have done so and left the header.
fn undo(coding: &str, body: &[u8], max: usize) -> Result<Option<Vec<u8>>, Fault> {
    let reader: Box<dyn Read + '_> = match coding {
        "gzip" | "x-gzip" if body.starts_with(b"\x1F\x8B") => {
            Box::new(flate2::read::MultiGzDecoder::new(body))
        }
        // With the header of zlib, as the standard says.
        "deflate" if body.first().is_some_and(|byte| byte & 0x0F == 8) => {
            Box::new(flate2::read::ZlibDecoder::new(body))
        }
        "zstd" if body.starts_with(b"\x28\xB5\x2F\xFD") => {
            Box::new(zstd::Decoder::new(body).map_err(|error| damaged(coding, &error))?)
        }
        "br" | "compress" if std::str::from_utf8(body).is_err() => {
            return Err(Fault::new(
                Reason::Unsupported,
                format!(
                    "is packed with «{coding}», which is not supported; unpack the archive with its own tools"
                ),
            ));
        }
        _ => return Ok(None),
    };
    let mut plain = Vec::new();
    reader
        .take(max as u64 + 1)
        .read_to_end(&mut plain)
        .map_err(|error| damaged(coding, &error))?;
    if plain.len() > max {
        return Err(Fault::too_long(plain.len() as u64, max));
    }
    Ok(Some(plain))
}

fn damaged(coding: &str, error: &io::Error) -> Fault {
    Fault::new(
        Reason::BrokenWarc,
        format!("has a body whose {coding} data are damaged ({error}); fetch the page again"),
    )
}
