//! A summary for a terminal.

use super::SummaryReport;
use super::numbers::{count, counted, duration, percent, probability, share};
use super::periods::{FEW, Periods};
use crate::evaluation::Table;
use crate::markup::plain;

/// Inputs that are named.
const SOURCES: usize = 10;

/// Eighths of a line's height.
const HEIGHTS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// Characters of a name that are shown; the end of a path says more than its beginning.
const NAME: usize = 40;

impl SummaryReport<'_> {
    /// The summary in lines of text, in the width of a terminal as long as names are short. Control characters in
    /// names are replaced.
    #[must_use]
    pub fn to_text(&self) -> String {
        let summary = self.summary;
        let rows = summary.rows();
        let mut parts = vec![self.heading()];
        let mut table = Table::new([
            "label",
            &format!("{}s", self.unit()),
            "share",
            "mean confidence",
        ]);
        for (class, label) in self.labels.iter().enumerate() {
            let n = summary.rows_of(class);
            table.push([
                beginning(&plain(label)),
                count(n),
                percent(share(n, rows)),
                probability(summary.mean_confidence(class)),
            ]);
        }
        parts.push(table.to_text());
        parts.push(
            "Shares are of predicted labels and not corrected for the model's errors.\n".to_owned(),
        );
        if let Some(periods) = Periods::of(summary) {
            parts.push(self.over_time(&periods));
        }
        let sources = self.largest_sources();
        if sources.len() > 1 {
            let mut table =
                Table::new(["input", "documents", &format!("{}s", self.unit()), "share"]);
            for &(source, n) in sources.iter().take(SOURCES) {
                table.push([
                    ending(&plain(self.source(source))),
                    count(summary.documents_of(source)),
                    count(n),
                    percent(share(n, rows)),
                ]);
            }
            let mut text = table.to_text();
            if sources.len() > SOURCES {
                let others = counted((sources.len() - SOURCES) as u64, "other input");
                text.extend(["and ", &others, "\n"]);
            }
            parts.push(text);
        }
        let skipped = self.skipped();
        if !skipped.is_empty() {
            let mut table = Table::new(["skipped or marked", "number", "share"]);
            for line in skipped {
                table.push([
                    plain(&format!("{}: {}", line.what, line.why)),
                    count(line.n),
                    percent(line.share),
                ]);
            }
            parts.push(table.to_text());
        }
        parts.join("\n")
    }

    fn heading(&self) -> String {
        let rows = counted(self.summary.rows(), self.unit());
        let from = match self.whole_documents {
            true => String::new(),
            false => format!(" from {}", counted(self.summary.documents(), "document")),
        };
        let time = self.elapsed.map(|elapsed| {
            let rate = count(self.rate().unwrap_or_default().round() as u64);
            format!(" in {} ({rate} a second)", duration(elapsed.as_secs_f64()))
        });
        format!(
            "{rows}{from} classified with {}{}\n",
            plain(self.model),
            time.unwrap_or_default()
        )
    }

    /// A line of blocks for each label, one block a period, as high as the label's share; its largest share is a
    /// full block. Periods of few rows stay empty, if not all are such.
    fn over_time(&self, periods: &Periods) -> String {
        // A month of three sentences would be the least or the most of all.
        let some_firm = periods
            .rows
            .iter()
            .any(|row| row.iter().sum::<u64>() >= FEW);
        let end = periods.name(periods.rows.len() - 1);
        let mut table = Table::new([
            format!("share by {}, {} to {end}", periods.unit(), periods.name(0)),
            "least".to_owned(),
            "most".to_owned(),
            String::new(),
        ]);
        for (class, label) in self.labels.iter().enumerate() {
            let shares: Vec<Option<f64>> = periods
                .rows
                .iter()
                .map(|row| (row[class], row.iter().sum()))
                .map(|(n, all)| share(n, all).filter(|_| all >= FEW || !some_firm))
                .collect();
            let known = || shares.iter().flatten().copied();
            let (least, most) = (known().fold(1.0, f64::min), known().fold(0.0, f64::max));
            let block = |share: &Option<f64>| match share {
                Some(share) if most > 0.0 => HEIGHTS[(share / most * 7.0).round() as usize],
                Some(_) => HEIGHTS[0],
                None => ' ',
            };
            // Centuries of years would not fit on a line; the page and the JSON have them all.
            let shown = shares.len().saturating_sub(60);
            table.push([
                beginning(&plain(label)),
                percent(Some(least)),
                percent(Some(most)),
                shares[shown..].iter().map(block).collect(),
            ]);
        }
        table.to_text()
    }
}

/// The end of a long name, with an ellipsis in place of what was cut.
fn ending(name: &str) -> String {
    let n = name.chars().count();
    match n > NAME {
        true => std::iter::once('…')
            .chain(name.chars().skip(n + 1 - NAME))
            .collect(),
        false => name.to_owned(),
    }
}

/// The beginning of a long name, with an ellipsis in place of what was cut.
fn beginning(name: &str) -> String {
    match name.chars().count() > NAME {
        true => name.chars().take(NAME - 1).chain(['…']).collect(),
        false => name.to_owned(),
    }
}
