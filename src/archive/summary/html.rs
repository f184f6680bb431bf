//! A summary as a page for people.

mod confidence;
mod labels;
mod over_time;
mod palette;
mod skipped;
mod sources;

use palette::Palette;

use super::SummaryReport;
use super::numbers::{count, counted, duration};
use crate::markup::escape;

/// What the figures mean; the words in brackets are replaced.
const MEANING: &str = "<ul>
<li>A label is what the model takes a [unit] for: a guess from its words that no person has checked.</li>
<li>Shares are shares of these guesses. They are <strong>not corrected for the model’s errors</strong>: a label that is rare in \
truth is easily overstated, because a few errors among many other [unit]s land on it. Before a figure is published, have people \
label a sample drawn at random, from every period that is compared.</li>
<li>Confidence is the probability, 0 to 1, that the model gives the label it chose. If these texts are like those it was \
calibrated on, about eight in ten [unit]s of confidence 0.8 are labelled correctly; on other texts it may be surer than it should be.</li>
</ul>
";

impl SummaryReport<'_> {
    /// The summary as one HTML page in English, which needs no other file, no script and no network. It follows the reader's light or
    /// dark scheme. Well-formed as XML, so that any tool can read it.
    #[must_use]
    pub fn to_html(&self) -> String {
        let title = format!("{} classified", counted(self.summary.rows(), self.unit()));
        let mut page = format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n",
            include_str!("page.css")
        );
        page += &self.lead();
        if self.summary.rows() > 0 {
            let palette = Palette::of(self);
            page += &labels::section(self, &palette);
            page += "<h2>What the figures mean</h2>\n";
            page += &MEANING.replace("[unit]", self.unit());
            page += &over_time::section(self, &palette);
            page += &confidence::section(self, &palette);
            page += &sources::section(self, &palette);
        }
        page += &skipped::section(self);
        page += &self.footer();
        page += "</main>\n</body>\n</html>\n";
        page
    }

    /// What was classified, and with what.
    fn lead(&self) -> String {
        let summary = self.summary;
        let n_sources = summary.sources().count() as u64;
        let what = match self.whole_documents {
            true => "each".to_owned(),
            false => format!("each of their {}", counted(summary.rows(), "sentence")),
        };
        format!(
            "<p>{} from {} {} read, and {what} was given one of {}. Model: <bdi class=\"name\">{}</bdi>.</p>\n",
            counted(summary.documents(), "document"),
            counted(n_sources, "input"),
            if summary.documents() == 1 {
                "was"
            } else {
                "were"
            },
            counted(self.labels.len() as u64, "label"),
            escape(self.model),
        )
    }

    fn footer(&self) -> String {
        let mut lines = Vec::new();
        if let Some(checksum) = self.checksum {
            lines.push(format!(
                "Model checksum <span class=\"name\">{}</span>.",
                escape(checksum)
            ));
        }
        if let Some(elapsed) = self.elapsed {
            lines.push(format!(
                "Took {}: {} {}s a second.",
                duration(elapsed.as_secs_f64()),
                count(self.rate().unwrap_or_default().round() as u64),
                self.unit()
            ));
        }
        lines.push(format!("Made by Marsad {}.", env!("CARGO_PKG_VERSION")));
        format!("<footer class=\"quiet\">{}</footer>\n", lines.join(" "))
    }
}

/// A table that scrolls by itself where the page is narrower. `class` tells the style sheet what it holds.
fn table(class: &str, name: &str, head: &[String], body: &str) -> String {
    let head = wrapped("<th scope=\"col\">", head, "</th>");
    format!(
        "<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{}\">\n<table class=\"{class}\">\n\
         <thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n</div>\n",
        escape(name)
    )
}

/// A row whose first cell names it.
fn row(class: &str, name: &str, cells: impl IntoIterator<Item = String>) -> String {
    let cells: Vec<String> = cells.into_iter().collect();
    let cells = wrapped("<td>", &cells, "</td>");
    let class = match class {
        "" => String::new(),
        _ => format!(" class=\"{class}\""),
    };
    format!("<tr{class}><th scope=\"row\">{name}</th>{cells}</tr>\n")
}

/// Each text between `open` and `close`.
fn wrapped(open: &str, texts: &[String], close: &str) -> String {
    texts.iter().flat_map(|text| [open, text, close]).collect()
}

/// A name in whatever script, which does not disturb the direction of what stands beside it.
fn name(text: &str) -> String {
    format!("<bdi>{}</bdi>", escape(text))
}

/// A figure with a caption.
fn figure(caption: &str, note: &str, svg: &str) -> String {
    format!(
        "<figure>\n<figcaption><span class=\"name\">{caption}</span> <span class=\"quiet\">{note}</span></figcaption>\n{svg}\n</figure>\n"
    )
}

#[cfg(test)]
mod tests;
