//! The document of one WARC record.

use std::borrow::Cow;

use super::super::document::{join, to_json};
use super::super::rejection::Fault;
use super::super::{Carry, Document, FieldNames, Reason};
use super::header::{charset, field, media_type};
use super::html_text::{Page, html_text};
use super::{charset as charsets, http};

/// The document of a `response` or `conversion` record; `None` for a response that is no page: another media type, an error, a
/// redirection, or nothing to read.
pub(super) fn document<'a>(
    header: &'a [u8],
    content: &'a [u8],
    fields: &FieldNames,
    max_record: usize,
) -> Result<Option<Document<'a>>, Fault> {
    let kind = field(header, "Content-Type").unwrap_or_default();
    let uri = field(header, "WARC-Target-URI").unwrap_or_default();
    let (title, text) = if field(header, "WARC-Type") == Some("conversion") {
        let text = simdutf8::compat::from_utf8(content)
            .map_err(|error| Fault::invalid_utf8(error.valid_up_to(), "content"))?;
        if is_html(&media_type(kind)) {
            let Page { title, text } = html_text(text);
            (title, Cow::Owned(text))
        } else {
            (String::new(), Cow::Borrowed(text))
        }
    } else {
        if !kind.is_empty() && media_type(kind) != "application/http" {
            return Ok(None);
        }
        let Some((http_header, body)) = http::page(content, max_record)? else {
            return Ok(None);
        };
        let kind = field(http_header, "Content-Type").unwrap_or_default();
        let is_page = if kind.is_empty() {
            looks_like_html(&body)
        } else {
            is_html(&media_type(kind))
        };
        if !is_page {
            return Ok(None);
        }
        let Page { title, text } = html_text(&charsets::decode(&body, charset(kind), uri));
        (title, Cow::Owned(text))
    };
    if text.contains('\0') {
        return Err(Fault::new(
            Reason::NulBytes,
            "holds a byte of value 0, so it is binary and no page",
        ));
    }
    let carried = carry(header, uri, &title, fields);
    let text = if fields.guesses_text() {
        text
    } else {
        // A page has one text, however the fields of other files are called, and a title on request.
        let mut body = Some(text);
        join(fields.text.iter().filter_map(|name| match name.as_str() {
            "title" => Some(Cow::Owned(title.clone())),
            _ => body.take(),
        }))
    };
    if text.trim().is_empty() {
        return Ok(None);
    }
    let named = |name: Option<&String>, own: &str| {
        name.and_then(|name| field(header, name))
            .or_else(|| field(header, own))
            .map(Cow::Borrowed)
    };
    Ok(Some(Document {
        id: field_id(named(fields.id.as_ref(), "WARC-Record-ID")),
        date: named(fields.date.as_ref(), "WARC-Date"),
        text,
        carried,
    }))
}

/// The standard puts the identifier in angle brackets.
fn field_id(id: Option<Cow<'_, str>>) -> Option<Cow<'_, str>> {
    match id {
        Some(Cow::Borrowed(id)) => Some(Cow::Borrowed(
            id.strip_prefix('<')
                .and_then(|id| id.strip_suffix('>'))
                .unwrap_or(id),
        )),
        other => other,
    }
}

/// `url`, `title`, and the fields of the header by their names.
fn carry<'a>(
    header: &[u8],
    uri: &str,
    title: &str,
    fields: &FieldNames,
) -> Vec<(Cow<'a, str>, Cow<'a, str>)> {
    let names: Vec<&str> = match &fields.carry {
        Carry::None => Vec::new(),
        Carry::All => vec!["url", "title"],
        Carry::Named(names) => names.iter().map(String::as_str).collect(),
    };
    let value = |name: &str| match name {
        "url" => Some(uri.to_owned()),
        "title" => Some(title.to_owned()),
        _ => field(header, name).map(str::to_owned),
    };
    names
        .into_iter()
        .filter_map(|name| {
            let value = value(name).filter(|value| !value.is_empty())?;
            Some((Cow::Owned(name.to_owned()), Cow::Owned(to_json(&value))))
        })
        .collect()
}

fn is_html(media_type: &str) -> bool {
    matches!(media_type, "text/html" | "application/xhtml+xml")
}

fn looks_like_html(body: &[u8]) -> bool {
    let start = body.trim_ascii_start();
    ["<!doctype html", "<html"].iter().any(|tag| {
        start
            .get(..tag.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
    })
}
