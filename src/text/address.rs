//! URLs, e-mail addresses and @names inside running text.

use std::ops::Range;

/// Whether the `.`, `:` or `@` at byte `at` belongs to an address. Gives the word that stands for
/// the address and its range in `text`, which begins at `floor` (the end of the address before) or later.
/// `symbols` is what has been written for the text before `at`.
pub(super) fn find(
    text: &str,
    floor: usize,
    at: usize,
    symbols: &[u8],
) -> Option<(&'static str, Range<usize>)> {
    let bytes = text.as_bytes();
    // An address may stand close behind an Arabic word.
    let word_before = || {
        symbols
            .rsplit(|symbol| !symbol.is_ascii_lowercase())
            .next()
            .unwrap_or_default()
    };
    match bytes[at] {
        b':' if bytes[at..].starts_with(b"://") && is_scheme(word_before()) => {
            let start = at - run_before(&bytes[floor..at], |b| b.is_ascii_alphabetic());
            Some(("url", start..url_end(bytes, at + 3)))
        }
        b'.' if word_before() == b"www" && ends_with_www(&bytes[floor..at]) => {
            Some(("url", at - 3..url_end(bytes, at + 1)))
        }
        b'@' => {
            let user = run_before(&bytes[floor..at], |b| {
                b.is_ascii_alphanumeric() || b"._%+-".contains(&b)
            });
            let named = bytes[at - user..at].iter().any(u8::is_ascii_alphanumeric);
            let host = run_after(&bytes[at + 1..], |b| {
                b.is_ascii_alphanumeric() || b == b'_' || named && b".-".contains(&b)
            });
            // A stop that ends the sentence does not belong to the address.
            let host = host - run_before(&bytes[at + 1..at + 1 + host], |b| b".-".contains(&b));
            match (named, host) {
                (_, 0) => None,
                (true, _) => Some(("email", at - user..at + 1 + host)),
                (false, _) => Some(("mention", at..at + 1 + host)),
            }
        }
        _ => None,
    }
}

fn ends_with_www(bytes: &[u8]) -> bool {
    bytes.len() >= 3 && bytes[bytes.len() - 3..].eq_ignore_ascii_case(b"www")
}

fn is_scheme(word: &[u8]) -> bool {
    matches!(word, b"http" | b"https" | b"ftp")
}

/// A URL ends before white space, brackets, quotes and anything outside ASCII.
fn url_end(bytes: &[u8], from: usize) -> usize {
    let legal = |b: u8| b.is_ascii_graphic() && !b"\"'<>()[]{}|\\^`,;".contains(&b);
    let end = from + run_after(&bytes[from..], legal);
    end - run_before(&bytes[from..end], |b| b".:!?".contains(&b))
}

fn run_before(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().rev().take_while(|&&b| belongs(b)).count()
}

fn run_after(bytes: &[u8], belongs: impl Fn(u8) -> bool) -> usize {
    bytes.iter().take_while(|&&b| belongs(b)).count()
}
