//! Thresholds, for people.

use super::{LabelThreshold, ThresholdReport, Wanted};
use crate::evaluation::binomial::clopper_pearson;
use crate::evaluation::table::share;
use crate::evaluation::{Interval, Table};

/// The thresholds at which curves are shown.
const SHOWN: [f64; 9] = [0.0, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
/// The coverages at which the selective curve is shown.
const COVERAGES: [f64; 8] = [1.0, 0.95, 0.9, 0.8, 0.7, 0.6, 0.5, 0.25];

impl ThresholdReport {
    /// Everything, for a terminal or in Markdown.
    #[must_use]
    pub fn render(&self, markdown: bool) -> String {
        let mut out = format!("{} sentences\n\n", self.sentences);
        let mut add = |table: &Table| {
            out.push_str(&table.render(markdown));
            out.push('\n');
        };
        if self.labels.iter().any(|label| label.wanted.is_some()) {
            add(&self.chosen_table());
        }
        for label in &self.labels {
            add(&curve_table(label));
        }
        add(&self.selective_table());
        out += &self.notes();
        out.push('\n');
        out
    }

    /// The chosen threshold of each label of which something is wanted.
    #[must_use]
    pub fn chosen_table(&self) -> Table {
        let mut table = Table::new([
            "label",
            "wanted",
            "threshold",
            "95 % interval",
            "precision",
            "95 % interval",
            "recall",
            "95 % interval",
            "sentences",
        ]);
        for label in &self.labels {
            let Some(wanted) = label.wanted else {
                continue;
            };
            let wanted = match wanted {
                Wanted::Precision(least) => format!("precision {least}"),
                Wanted::Recall(least) => format!("recall {least}"),
            };
            let mut row = vec![label.label.clone(), wanted];
            match &label.chosen {
                None => row.extend(["out of reach"].map(str::to_owned)),
                Some(chosen) => row.extend([
                    format!("{:.4}", chosen.point.threshold),
                    range(chosen.threshold_interval),
                    share(chosen.precision),
                    range(chosen.precision_interval),
                    share(chosen.recall),
                    range(chosen.recall_interval),
                    chosen.point.given.to_string(),
                ]),
            }
            row.resize(9, "–".to_owned());
            table.push(row);
        }
        table
    }

    /// Accuracy by coverage.
    #[must_use]
    pub fn selective_table(&self) -> Table {
        let mut table = Table::new([
            "surest sentences",
            "confidence",
            "accuracy",
            "95 % interval",
            "sentences",
        ]);
        for coverage in COVERAGES {
            if let Some(point) = self.selective.at_coverage(coverage) {
                table.push([
                    format!("{:.0} %", 100.0 * coverage),
                    format!("{:.4}", point.confidence),
                    share(Some(point.accuracy)),
                    range(point.interval()),
                    point.sentences.to_string(),
                ]);
            }
        }
        table
    }

    fn notes(&self) -> String {
        let together = self.together.as_ref().map_or_else(String::new, |together| {
            format!(
                "With all thresholds together {:.1} % of the sentences keep their label, and {} of these are right (95 % interval {}).\n",
                100.0 * together.coverage,
                share(together.accuracy),
                range(together.interval)
            )
        });
        let area = self
            .selective
            .area_under_risk
            .map_or_else(|| "–".to_owned(), |area| format!("{area:.4}"));
        let mut notes = format!("{together}The mean risk over all coverages is {area}.\n");
        notes += "A label is given if it is the likeliest and its probability reaches the threshold. Intervals of shares are exact (Clopper-Pearson) and take sentences as independent; those of thresholds are bootstrap intervals by group, and tell how much the choice owes to these sentences. Judge the chosen thresholds on other sentences than these.";
        notes
    }
}

fn curve_table(label: &LabelThreshold) -> Table {
    let mut table = Table::new([
        label.label.as_str(),
        "precision",
        "95 % interval",
        "recall",
        "95 % interval",
        "sentences",
    ]);
    for threshold in SHOWN {
        // The first point at or above stands for all thresholds between it and the one before.
        let Some(point) = label
            .curve
            .iter()
            .find(|point| point.threshold >= threshold)
        else {
            table.push([&format!("from {threshold}"), "–", "–", "–", "–", "0"]);
            continue;
        };
        table.push([
            format!("from {threshold}"),
            share(point.precision()),
            range(clopper_pearson(point.right, point.given)),
            share(point.recall()),
            range(clopper_pearson(point.right, point.support)),
            point.given.to_string(),
        ]);
    }
    table
}

fn range(interval: Option<Interval>) -> String {
    interval.map_or_else(
        || "–".to_owned(),
        |interval| format!("{:.3} – {:.3}", interval.low, interval.high),
    )
}
