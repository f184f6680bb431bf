//! Web archives: pages as they were sent, texts that others made of pages, and what is neither.

use std::io::Cursor;

use marsad::archive::{Carry, FieldNames, Input, ReadOptions, Reason};

use super::{Outcome, everything, read, read_bytes, read_from, through};

const HTML: &str = "<html><head><title>عنوان</title></head><body><p>قال <b>الوزير</b> نعم.</p><p>وغادر</p></body></html>";

/// A record of a web archive.
fn record(kind: &str, content_type: &str, content: &[u8]) -> Vec<u8> {
    let header = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{}>\r\nWARC-Date: 2024-05-01T10:00:00Z\r\n\
         WARC-Target-URI: http://example.com/{}\r\nContent-Type: {content_type}\r\nContent-Length: {}\r\n\r\n",
        content.len(),
        kind,
        content.len()
    );
    [header.as_bytes(), content, b"\r\n\r\n"].concat()
}

fn response(header: &str, body: &[u8]) -> Vec<u8> {
    let http = [b"HTTP/1.1 200 OK\r\n", header.as_bytes(), b"\r\n", body].concat();
    record("response", "application/http; msgtype=response", &http)
}

/// Text in chunks of `size` bytes.
fn chunked(body: &[u8], size: usize) -> Vec<u8> {
    let mut chunks = Vec::new();
    for chunk in body.chunks(size) {
        chunks.extend(format!("{:x};x=y\r\n", chunk.len()).bytes());
        chunks.extend(chunk);
        chunks.extend(b"\r\n");
    }
    chunks.extend(b"0\r\n\r\n");
    chunks
}

fn archive() -> Vec<u8> {
    let cp1256 = through(&["iconv", "-f", "utf-8", "-t", "cp1256"], HTML.as_bytes());
    let gzipped = through(&["gzip", "-c"], HTML.as_bytes());
    [
        record(
            "warcinfo",
            "application/warc-fields",
            b"software: a test\r\n",
        ),
        record(
            "request",
            "application/http; msgtype=request",
            b"GET / HTTP/1.1\r\n\r\n",
        ),
        response(
            "Content-Type: text/html; charset=utf-8\r\n",
            HTML.as_bytes(),
        ),
        response("content-type: text/html; charset=windows-1256\r\n", &cp1256),
        response(
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\n",
            &chunked(HTML.as_bytes(), 7),
        ),
        response(
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &gzipped,
        ),
        response(
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            &chunked(&gzipped, 33),
        ),
        // Undone by the archiver, who left the header as it was.
        response(
            "Content-Type: text/html\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n",
            HTML.as_bytes(),
        ),
        response("Content-Type: image/png\r\n", b"\x89PNG\0"),
        record(
            "response",
            "application/http",
            b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>no",
        ),
        record("conversion", "text/plain", "سطر\nآخر".as_bytes()),
        record("conversion", "text/plain", b"\xC7\xE1"),
        response(
            "Content-Type: text/html\r\nContent-Encoding: gzip\r\n",
            &gzipped[..gzipped.len() / 2],
        ),
        response(
            "Content-Type: text/html\r\nContent-Encoding: br\r\n",
            b"\x8B\x01\x80\xFF",
        ),
        record("response", "application/http", b"no HTTP at all"),
        record("metadata", "application/warc-fields", b"fetchTimeMs: 9\r\n"),
    ]
    .concat()
}

fn expected() -> Vec<Outcome> {
    let page = || Ok("قال الوزير نعم.\nوغادر".to_owned());
    vec![
        (3, page()),
        (4, page()),
        (5, page()),
        (6, page()),
        (7, page()),
        (8, page()),
        (11, Ok("سطر\nآخر".to_owned())),
        (12, Err(Reason::InvalidUtf8)),
        (13, Err(Reason::BrokenWarc)),
        (14, Err(Reason::Unsupported)),
        (15, Err(Reason::BrokenWarc)),
    ]
}

#[test]
fn pages_and_texts_are_read_whatever_the_size_of_blocks() {
    for block in [1, 100, 1000, 5000, 1 << 20] {
        let options = ReadOptions {
            block,
            part: block.div_ceil(2),
            ..ReadOptions::default()
        };
        assert_eq!(
            read_bytes(archive(), &options),
            expected(),
            "blocks of {block} bytes"
        );
    }
}

#[test]
fn records_packed_one_by_one_are_read() {
    let records = archive();
    // The usual form: a gzip member a record.
    let mut starts: Vec<_> = memchr::memmem::find_iter(&records, b"WARC/1.0\r\n").collect();
    starts.push(records.len());
    let members: Vec<u8> = starts
        .windows(2)
        .flat_map(|pair| through(&["gzip", "-c"], &records[pair[0]..pair[1]]))
        .collect();
    assert_eq!(read_bytes(members, &ReadOptions::default()), expected());
}

#[test]
fn a_run_goes_on_after_any_block() {
    let options = ReadOptions {
        block: 300,
        ..ReadOptions::default()
    };
    let input = || {
        Input::stream(
            "a",
            Cursor::new([archive(), b"junk\r\n".to_vec(), archive()].concat()),
        )
    };
    let ends: Vec<_> = marsad::archive::Blocks::open(input(), &options, None)
        .unwrap()
        .map(|block| block.unwrap().end())
        .collect();
    assert!(ends.len() > 5);
    let (all, _) = read(input(), &options);
    for end in ends {
        let (after, error) = read_from(input(), &options, Some(end), |document| {
            document.text.to_string()
        });
        assert_eq!(error, None);
        let rest = all.iter().filter(|&&(number, _)| number >= end.record);
        assert!(after.iter().eq(rest), "{end:?}");
    }
}

#[test]
fn what_the_archive_says_of_a_page_goes_with_it() {
    let bytes = response("Content-Type: text/html\r\n", HTML.as_bytes());
    let length = HTML.len() + "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".len();
    let options = ReadOptions {
        fields: FieldNames {
            text: vec!["title".to_owned(), "text".to_owned()],
            carry: Carry::All,
            ..FieldNames::default()
        },
        ..ReadOptions::default()
    };
    let (outcomes, _) = read_from(
        Input::stream("a", Cursor::new(bytes)),
        &options,
        None,
        everything,
    );
    let line = format!(
        "Some(\"urn:uuid:{length}\") Some(\"2024-05-01T10:00:00Z\") \"عنوان\\nقال الوزير نعم.\\nوغادر\" \
         url=\"http://example.com/response\" title=\"عنوان\""
    );
    assert_eq!(outcomes, [(1, Ok(line))]);
}

#[test]
fn broken_records_are_passed_over_and_large_ones_too() {
    let page = response("Content-Type: text/html\r\n", HTML.as_bytes());
    let large = response("Content-Type: text/html\r\n", &vec![b'x'; 5000]);
    let bytes = [
        &page[..],
        b"garbage\r\nmore\r\n",
        &page,
        b"WARC/1.0\r\nno length\r\n\r\n",
        &page,
        &large,
        &page,
    ]
    .concat();
    let options = ReadOptions {
        max_record: 3000,
        ..ReadOptions::default()
    };
    let outcomes = read_bytes(bytes, &options);
    let reasons: Vec<_> = outcomes
        .iter()
        .map(|(number, text)| (*number, text.as_ref().err().copied()))
        .collect();
    assert_eq!(
        reasons,
        [
            (1, None),
            (2, Some(Reason::BrokenWarc)),
            (3, None),
            (4, Some(Reason::BrokenWarc)),
            (5, None),
            (6, Some(Reason::TooLong)),
            (7, None)
        ]
    );
}

#[test]
fn an_archive_that_breaks_off_says_so() {
    let page = response("Content-Type: text/html\r\n", HTML.as_bytes());
    let bytes = [&page[..], &page[..page.len() - 50]].concat();
    let (outcomes, error) = read(
        Input::stream("a.warc", Cursor::new(bytes)),
        &ReadOptions::default(),
    );
    assert_eq!(outcomes.len(), 1);
    assert!(error.unwrap().contains("truncated"));
}
