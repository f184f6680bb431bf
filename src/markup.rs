//! Names in a page or on a terminal, whatever they hold.

/// Text for an element or an attribute of a page. What XML cannot hold at all becomes U+FFFD.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '\u{FFFE}' | '\u{FFFF}' => out.push(char::REPLACEMENT_CHARACTER),
            _ => out.push(visible(c)),
        }
    }
    out
}

/// Text for a terminal: control characters would move its cursor or change its colours.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// U+FFFD in place of control characters and of those that turn the direction of what follows (Unicode Standard Annex 9:
/// embeddings, overrides and isolates), with which a file name can pass for another.
fn visible(c: char) -> char {
    match c {
        '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => char::REPLACEMENT_CHARACTER,
        _ if c.is_control() => char::REPLACEMENT_CHARACTER,
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_cannot_leave_their_place() {
        assert_eq!(
            escape("<script>alert('1')</script>&\"\u{1B}"),
            "&lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt;&amp;&quot;\u{FFFD}"
        );
        assert_eq!(
            plain("a\u{1B}[31mb\n\u{202E}gpj"),
            "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}gpj"
        );
        assert_eq!(escape("هجوم_1"), "هجوم_1");
    }
}

/// Pages as tests read them.
#[cfg(test)]
pub(crate) mod reading {
    use roxmltree::{Document, Node, ParsingOptions};

    /// A page that is XML too.
    pub(crate) fn parsed(page: &str) -> Document<'_> {
        let options = ParsingOptions {
            allow_dtd: true,
            ..ParsingOptions::default()
        };
        Document::parse_with_options(page, options).unwrap()
    }

    /// All text in `node`.
    pub(crate) fn text_of(node: Node) -> String {
        node.descendants()
            .filter(Node::is_text)
            .filter_map(|node| node.text())
            .collect()
    }
}
