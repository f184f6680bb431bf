//! The lines of names and values before the content of WARC records and HTTP messages.

/// The value of the first field called `name`, whatever the case, in the lines of `header`.
pub(super) fn field<'a>(header: &'a [u8], name: &str) -> Option<&'a str> {
    header.split(|&byte| byte == b'\n').find_map(|line| {
        let at = memchr::memchr(b':', line)?;
        let (key, value) = (&line[..at], &line[at + 1..]);
        if !key.trim_ascii().eq_ignore_ascii_case(name.as_bytes()) {
            return None;
        }
        std::str::from_utf8(value.trim_ascii()).ok()
    })
}

/// Cuts a message into its header and what follows the empty line.
pub(super) fn split(message: &[u8]) -> Option<(&[u8], &[u8])> {
    let mut line = 0;
    for at in memchr::memchr_iter(b'\n', message) {
        if message[line..at].trim_ascii().is_empty() {
            return Some((&message[..line], &message[at + 1..]));
        }
        line = at + 1;
    }
    None
}

/// A media type in small letters without its parameters.
pub(super) fn media_type(value: &str) -> String {
    value
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase()
}

/// The `charset` parameter of a media type.
pub(super) fn charset(value: &str) -> Option<&str> {
    value.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches(['"', '\'']))
    })
}
