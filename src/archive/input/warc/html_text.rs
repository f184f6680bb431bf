//! The text of a web page.

use std::cell::RefCell;

use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};

/// What can be read on a page.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Page {
    /// The title, on one line.
    pub(super) title: String,
    /// The text of the body: white space as browsers show it, a line for each block.
    pub(super) text: String,
}

/// The text of `html`. The tokens are those of the HTML standard (html5ever); no tree is built, so a page of any depth takes time and
/// memory linear in its length.
pub(super) fn html_text(html: &str) -> Page {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    // The tokenizer stops after each script, where a browser would run it.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    let mut page = tokenizer.sink.0.into_inner().page;
    page.title.truncate(page.title.trim_end().len());
    page.text.truncate(page.text.trim_end().len());
    page
}

#[derive(Default)]
struct Sink(RefCell<State>);

#[derive(Default)]
struct State {
    page: Page,
    in_title: bool,
    /// The element that is not shown, and how many of its name are open.
    hidden: Option<(String, usize)>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.text(&text),
            Token::TagToken(tag) => return state.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn text(&mut self, text: &str) {
        if self.hidden.is_some() {
            return;
        }
        let out = if self.in_title {
            &mut self.page.title
        } else {
            &mut self.page.text
        };
        let is_space = |c: char| c.is_ascii_whitespace();
        if text.starts_with(is_space) {
            space(out);
        }
        for word in text.split(is_space).filter(|word| !word.is_empty()) {
            out.push_str(word);
            out.push(' ');
        }
        if !text.ends_with(is_space) && !text.is_empty() {
            out.pop();
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let opens = tag.kind == TagKind::StartTag;
        if let Some((hidden, depth)) = &mut self.hidden {
            // Whatever was left open, the body begins to be shown.
            if name == "body" {
                self.hidden = None;
            } else if name == hidden && !tag.self_closing {
                *depth = if opens { *depth + 1 } else { *depth - 1 };
                if *depth == 0 {
                    self.hidden = None;
                }
            }
            return raw_text(name, opens);
        }
        match name {
            "title" => self.in_title = opens,
            "script" | "style" | "noscript" | "noframes" | "noembed" | "iframe" | "template"
            | "svg" | "math" | "select" | "textarea" | "object" | "xmp"
                if opens && !tag.self_closing =>
            {
                self.hidden = Some((name.to_owned(), 1));
            }
            "td" | "th" => space(&mut self.page.text),
            _ if is_block(name) => line_break(&mut self.page.text),
            _ => {}
        }
        raw_text(name, opens)
    }
}

/// The elements whose content holds no tags.
fn raw_text(name: &str, opens: bool) -> TokenSinkResult<()> {
    match name {
        _ if !opens => TokenSinkResult::Continue,
        "script" => TokenSinkResult::RawData(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
            TokenSinkResult::RawData(RawKind::Rawtext)
        }
        "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
        "plaintext" => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

/// Puts a space between words, one at most and none at the start of a line.
fn space(out: &mut String) {
    if !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

/// Ends the line, unless nothing stands on it.
fn line_break(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
}

/// The elements that stand on lines of their own (HTML, section 15.3.3), and the line break.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "br"
            | "button"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "hr"
            | "html"
            | "legend"
            | "li"
            | "listing"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "optgroup"
            | "option"
            | "p"
            | "pre"
            | "search"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "tfoot"
            | "thead"
            | "tr"
            | "ul"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_becomes_lines() {
        let html = "<!DOCTYPE html><html><head><title>خبر &amp; صورة</title><style>p > a { color: red }</style>\
            <script>if (a < b) { document.write('<p>لا</p>') }</script></head>\n<body><h1>عنوان</h1>\n\
            <p>قال <b>الوزير</b>:\n   «نعم»&nbsp;&#1575;.<br>ثم <a href=x>غادر</a></p><noscript><img></noscript>\
            <svg><title>رسم</title></svg><ul><li>أ<li>ب</ul><table><tr><td>1<td>2</table><script>x</script>آخر";
        let page = html_text(html);
        assert_eq!(page.title, "خبر & صورة");
        assert_eq!(
            page.text,
            "عنوان\nقال الوزير: «نعم»\u{a0}ا.\nثم غادر\nأ\nب\n1 2\nآخر"
        );
    }

    #[test]
    fn depth_and_broken_markup_do_no_harm() {
        let html = format!("{}نص{}", "<div><b>".repeat(50_000), "<p".repeat(1000));
        assert_eq!(html_text(&html).text, "نص");
        assert_eq!(html_text("<noscript>لا<body>نعم").text, "نعم");
        assert_eq!(html_text(""), Page::default());
    }
}
