//! Texts as formats want them.

/// Bytes that are looked at together.
const CHUNK: usize = 32;

/// Appends `bytes`, with `escape` called for those that are `special`.
///
/// Specials are rare: whole chunks are searched at once by vector instructions, and what lies between specials is copied in
/// one piece.
#[inline]
fn escaped(
    bytes: &[u8],
    special: impl Fn(u8) -> bool,
    mut escape: impl FnMut(u8, &mut Vec<u8>),
    out: &mut Vec<u8>,
) {
    let mut copied = 0;
    let mut search = |chunk: &[u8], start: usize, out: &mut Vec<u8>| {
        for (at, &byte) in (start..).zip(chunk) {
            if special(byte) {
                out.extend_from_slice(&bytes[copied..at]);
                escape(byte, out);
                copied = at + 1;
            }
        }
    };
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    for (start, chunk) in (0..).step_by(CHUNK).zip(chunks) {
        if chunk.iter().fold(false, |any, &byte| any | special(byte)) {
            search(chunk, start, out);
        }
    }
    search(rest, bytes.len() - rest.len(), out);
    out.extend_from_slice(&bytes[copied..]);
}

/// Whether one of `bytes` is `special`.
#[inline]
fn any(bytes: &[u8], special: impl Fn(u8) -> bool) -> bool {
    let (chunks, rest) = bytes.as_chunks::<CHUNK>();
    let in_chunk = |chunk: &[u8; CHUNK]| chunk.iter().fold(false, |any, &byte| any | special(byte));
    chunks.iter().any(in_chunk) || rest.iter().any(|&byte| special(byte))
}

/// Appends `text` as a JSON string, in the form that `serde_json` gives it.
pub(super) fn json_string(text: &str, out: &mut Vec<u8>) {
    out.reserve(text.len() + 2);
    out.push(b'"');
    escaped(
        text.as_bytes(),
        |byte| (byte < 0x20) | (byte == b'"') | (byte == b'\\'),
        |byte, out| match byte {
            b'"' => out.extend_from_slice(b"\\\""),
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\r' => out.extend_from_slice(b"\\r"),
            b'\t' => out.extend_from_slice(b"\\t"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0C => out.extend_from_slice(b"\\f"),
            control => {
                const HEX: &[u8; 16] = b"0123456789abcdef";
                let digits = [control >> 4, control & 15].map(|digit| HEX[usize::from(digit)]);
                out.extend_from_slice(b"\\u00");
                out.extend_from_slice(&digits);
            }
        },
        out,
    );
    out.push(b'"');
}

/// Appends `text` as a field of comma-separated values (RFC 4180): in quotes where it needs them, quotes in it doubled.
pub(super) fn csv_field(text: &str, out: &mut Vec<u8>) {
    let special = |byte: u8| (byte == b',') | (byte == b'"') | (byte == b'\n') | (byte == b'\r');
    if !any(text.as_bytes(), special) {
        out.extend_from_slice(text.as_bytes());
        return;
    }
    out.reserve(text.len() + 2);
    out.push(b'"');
    let quote = |byte| byte == b'"';
    escaped(
        text.as_bytes(),
        quote,
        |_, out| out.extend_from_slice(b"\"\""),
        out,
    );
    out.push(b'"');
}

/// Appends `text` as a field of tab-separated values: tab, line feed, carriage return and backslash become `\t`, `\n`, `\r`
/// and `\\`.
pub(super) fn tsv_field(text: &str, out: &mut Vec<u8>) {
    escaped(
        text.as_bytes(),
        |byte| (byte == b'\t') | (byte == b'\n') | (byte == b'\r') | (byte == b'\\'),
        |byte, out| {
            out.extend_from_slice(match byte {
                b'\t' => b"\\t",
                b'\n' => b"\\n",
                b'\r' => b"\\r",
                _ => b"\\\\",
            });
        },
        out,
    );
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(write: impl Fn(&str, &mut Vec<u8>), text: &str) -> String {
        let mut out = Vec::new();
        write(text, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn specials_are_escaped_wherever_they_stand() {
        let text = "قال: \"نعم\"\tو\\لا\r\nثم, مضى \u{1} بعيدا عن المدينة";
        assert_eq!(
            written(json_string, text),
            r#""قال: \"نعم\"\tو\\لا\r\nثم, مضى \u0001 بعيدا عن المدينة""#
        );
        assert_eq!(
            written(tsv_field, text),
            "قال: \"نعم\"\\tو\\\\لا\\r\\nثم, مضى \u{1} بعيدا عن المدينة"
        );
        assert_eq!(
            written(csv_field, text),
            "\"قال: \"\"نعم\"\"\tو\\لا\r\nثم, مضى \u{1} بعيدا عن المدينة\""
        );
        assert_eq!(written(csv_field, "قال، نعم"), "قال، نعم");
    }

    proptest! {
        #[test]
        fn strings_are_those_of_serde_json(text in "[\u{0}-\u{7f}قال]{0,100}") {
            prop_assert_eq!(written(json_string, &text), serde_json::to_string(&text).unwrap());
        }

        #[test]
        fn fields_are_read_back_by_the_csv_library(text in "[ -~\r\nقال]{1,100}") {
            let line = format!("{},x\n", written(csv_field, &text));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(line.as_bytes());
            let record = reader.records().next().unwrap().unwrap();
            prop_assert_eq!(&record[0], &text);
        }
    }
}
