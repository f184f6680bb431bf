//! Pieces of a page.

use super::Plot;
use crate::evaluation::{Block, Estimate, Table};
use crate::markup::escape;

/// A name in whatever script, which does not disturb the direction of what stands beside it.
pub(super) fn name(text: &str) -> String {
    format!("<bdi class=\"name\">{}</bdi>", escape(text))
}

/// A part of the page with its heading.
pub(super) fn section(heading: &str, body: &str) -> String {
    format!(
        "<section>\n<h2>{}</h2>\n{body}</section>\n",
        escape(heading)
    )
}

/// A paragraph of plain text.
pub(super) fn words(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text))
}

/// A table that scrolls by itself where the page is narrower.
pub(super) fn table(name: &str, table: &Table) -> String {
    let Some((head, body)) = table.rows().split_first() else {
        return String::new();
    };
    // A long name may be broken at its joints.
    let text = |cell: &String| escape(cell).replace('_', "_<wbr/>");
    let mut html = String::new();
    for cell in head {
        html.extend(["<th scope=\"col\"><bdi>", &text(cell), "</bdi></th>"]);
    }
    html += "</tr></thead>\n<tbody>\n";
    for row in body {
        html += "<tr>";
        for (column, cell) in row.iter().enumerate() {
            let (open, close) = match column {
                0 => ("<th scope=\"row\">", "</th>"),
                _ => ("<td>", "</td>"),
            };
            html.extend([open, "<bdi>", &text(cell), "</bdi>", close]);
        }
        html += "</tr>\n";
    }
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table>\n<thead><tr>{html}</tbody>\n</table>\n</div>\n",
        escape(name)
    )
}

/// What is shown in a terminal too; `name` says what a table holds.
pub(super) fn block(name: &str, block: &Block) -> String {
    match block {
        Block::Heading(heading) => format!("<h3>{}</h3>\n", escape(heading)),
        Block::Words(text) => words(text),
        Block::Table(rows) => table(name, rows),
        Block::Lines(lines) => lines.iter().map(|line| words(line)).collect(),
    }
}

/// A plot with what must be known to read it.
pub(super) fn figure(plot: &Plot, caption: &str, note: &str) -> String {
    let class = if plot.width > 520 {
        " class=\"wide\""
    } else {
        ""
    };
    let caption = match caption {
        "" => String::new(),
        _ => format!("<span class=\"name\">{}</span> ", escape(caption)),
    };
    format!(
        "<figure{class}>\n<figcaption>{caption}<span class=\"quiet\">{}</span></figcaption>\n<div class=\"plot\">{}</div>\n</figure>\n",
        escape(note),
        plot.inline()
    )
}

/// What only some readers want.
pub(super) fn more(summary: &str, body: &str) -> String {
    format!(
        "<details>\n<summary>{}</summary>\n{body}</details>\n",
        escape(summary)
    )
}

/// Such as "90.0 %".
pub(super) fn percent(share: f64) -> String {
    format!("{:.1} %", 100.0 * share)
}

/// Such as "0.906 (0.882–0.930)".
pub(super) fn with_interval(estimate: Estimate) -> String {
    match (estimate.value, estimate.percentile) {
        (None, _) => "–".to_owned(),
        (Some(value), None) => format!("{value:.3}"),
        (Some(value), Some(i)) => format!("{value:.3} ({:.3}–{:.3})", i.low, i.high),
    }
}
