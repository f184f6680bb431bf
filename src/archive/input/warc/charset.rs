//! The encoding of a web page.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Where the HTML standard looks for the encoding in a page.
const PRESCAN: usize = 1024;

/// The text of a page: by its byte order mark, else by `declared`, the charset of the HTTP header, else by its `meta` element, else by
/// what its bytes seem to be. A page that is called UTF-8 and is not goes by its bytes too. What cannot be decoded becomes
/// U+FFFD, as in browsers.
pub(super) fn decode<'a>(page: &'a [u8], declared: Option<&str>, uri: &str) -> Cow<'a, str> {
    let is_utf_8 = simdutf8::basic::from_utf8(page).is_ok();
    let encoding = declared
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .or_else(|| meta(page))
        .filter(|&encoding| encoding != UTF_8 || is_utf_8)
        .unwrap_or_else(|| if is_utf_8 { UTF_8 } else { detect(page, uri) });
    // A byte order mark wins over `encoding`.
    encoding.decode(page).0
}

fn detect(page: &[u8], uri: &str) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(page, true);
    detector.guess(top_level_domain(uri), Utf8Detection::Allow)
}

fn top_level_domain(uri: &str) -> Option<&[u8]> {
    let (_, rest) = uri.split_once("://")?;
    let host = rest.split(['/', ':', '?', '#']).next()?;
    let (_, domain) = host.rsplit_once('.')?;
    let is_plain = !domain.is_empty() && domain.bytes().all(|byte| byte.is_ascii_lowercase());
    is_plain.then_some(domain.as_bytes())
}

/// The encoding that the start of the page names after «charset=».
fn meta(page: &[u8]) -> Option<&'static Encoding> {
    let start = page[..page.len().min(PRESCAN)].to_ascii_lowercase();
    let meta = memchr::memmem::find(&start, b"<meta")?;
    let at = meta + memchr::memmem::find(&start[meta..], b"charset")? + b"charset".len();
    let value = start[at..]
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let value = value
        .strip_prefix(b"\"")
        .or_else(|| value.strip_prefix(b"'"))
        .unwrap_or(value);
    let end = value
        .iter()
        .position(|byte| !(byte.is_ascii_alphanumeric() || b"-_:".contains(byte)))
        .unwrap_or(value.len());
    // A page whose `meta` element can be read is not in UTF-16, whatever it says (HTML, section 13.2.3.2).
    Encoding::for_label(&value[..end]).map(|encoding| {
        if [UTF_16LE, UTF_16BE].contains(&encoding) {
            UTF_8
        } else {
            encoding
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_encoding_is_declared_or_found() {
        let text = "<p>قال الوزير إن عشرين شخصا أصيبوا في الحادث ونقلوا إلى المستشفى</p>";
        let (bytes, ..) = encoding_rs::WINDOWS_1256.encode(text);
        let with_meta = [
            &b"<meta http-equiv=x content='text/html; charset=windows-1256'>"[..],
            &bytes,
        ]
        .concat();
        let iso: Vec<u8> = encoding_rs::ISO_8859_6.encode(text).0.into_owned();
        assert_eq!(decode(text.as_bytes(), None, ""), text);
        assert_eq!(decode(&bytes, Some("windows-1256"), ""), text);
        assert_eq!(decode(&bytes, None, "http://example.eg/a"), text);
        assert_eq!(decode(&bytes, Some("utf-8"), ""), text);
        assert!(decode(&with_meta, None, "").ends_with(text));
        assert_eq!(decode(&iso, Some("ISO-8859-6"), ""), text);
    }
}
