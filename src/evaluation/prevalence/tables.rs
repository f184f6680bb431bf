//! Prevalence, for people.

use super::{Estimated, Prevalence, Share};
use crate::evaluation::table::share;
use crate::evaluation::{Interval, Table};

impl Prevalence {
    /// Everything, for a terminal or in Markdown.
    #[must_use]
    pub fn render(&self, markdown: bool) -> String {
        let mut out = self.introduction() + "\n\n";
        if self.archive.is_some() {
            out += &self.shares_table().render(markdown);
            out.push('\n');
        }
        out += &self.figures_table().render(markdown);
        out.push('\n');
        out += &self.notes();
        out.push('\n');
        out
    }

    fn introduction(&self) -> String {
        match &self.archive {
            None => "What to expect where the labels have the shares given".to_owned(),
            Some(archive) => {
                let sampled = match archive.sampled_sentences < archive.sentences {
                    true => format!(
                        ", from a random sample of {} of them",
                        archive.sampled_sentences
                    ),
                    false => String::new(),
                };
                format!(
                    "What to expect in {}: {} sentences of {} documents{sampled}",
                    archive.files.join(", "),
                    archive.sentences,
                    archive.documents
                )
            }
        }
    }

    /// The share of each label by each estimate.
    #[must_use]
    pub fn shares_table(&self) -> Table {
        let mut table = Table::new([
            "share of sentences",
            "test data",
            "labels counted",
            "adjusted count",
            "95 % interval",
            "expectation maximisation",
            "95 % interval",
        ]);
        for label in &self.labels {
            let (adjusted, adjusted_interval) = both(label.adjusted_count);
            let (value, interval) = both(Some(label.share));
            table.push([
                label.label.clone(),
                share(Some(label.test_share)),
                share(label.counted),
                adjusted,
                adjusted_interval,
                value,
                interval,
            ]);
        }
        table
    }

    /// The figures of each label and over all in the test data and with these shares.
    #[must_use]
    pub fn figures_table(&self) -> Table {
        let mut table = Table::new([
            "expected",
            "share",
            "precision (test)",
            "precision",
            "95 % interval",
            "recall",
            "95 % interval",
            "F1",
            "95 % interval",
        ]);
        for label in &self.labels {
            let mut row = vec![
                label.label.clone(),
                share(Some(label.share.value)),
                share(label.test_precision),
            ];
            for Estimated { value, interval } in [label.precision, label.recall, label.f1] {
                row.extend([share(value), range(interval)]);
            }
            table.push(row);
        }
        table
    }

    fn notes(&self) -> String {
        let figure = |name: &str, test: Option<f64>, Estimated { value, interval }: Estimated| {
            format!(
                "{name} {} (95 % interval {}; in the test data {})",
                share(value),
                range(interval),
                share(test)
            )
        };
        let mut notes = format!(
            "{}, {}.\n",
            figure("Accuracy", self.test_accuracy, self.accuracy),
            figure("macro-F1", self.test_macro_f1, self.macro_f1)
        );
        notes += "Sentences of one label are taken to be alike in the test data and elsewhere; only the shares differ.";
        match self.estimates_agree {
            Some(true) => {
                notes += " The two estimates agree, as they must where that is so; but they cannot see that the sentences of the archive are harder than those of the test data. Only labelled sentences of the archive can.";
            }
            Some(false) => {
                notes += " The two estimates disagree, which speaks against it: label a sample of the archive before you trust either.";
            }
            None => {}
        }
        notes
    }
}

fn both(estimate: Option<Share>) -> (String, String) {
    (
        share(estimate.map(|share| share.value)),
        range(estimate.and_then(|share| share.interval)),
    )
}

fn range(interval: Option<Interval>) -> String {
    interval.map_or_else(
        || "–".to_owned(),
        |interval| format!("{:.3} – {:.3}", interval.low, interval.high),
    )
}
