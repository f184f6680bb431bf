//! How sure the model is, by label.

use super::super::chart::{Bar, BarChart};
use super::super::numbers::{counted, percent, probability, share, short_percent};
use super::super::{Summary, SummaryReport};
use super::figure;
use super::over_time::PANELS;
use super::palette::Palette;

pub(super) fn section(report: &SummaryReport, palette: &Palette) -> String {
    let summary = report.summary;
    let unit = report.unit();
    let mut classes = report.leading_classes(PANELS);
    classes.retain(|&class| summary.rows_of(class) > 0);
    let shares = |class: usize| {
        let rows = summary.rows_of(class);
        summary
            .histogram(class)
            .map(|n| share(n, rows).unwrap_or_default())
    };
    let largest = classes.iter().copied().flat_map(shares).fold(0.0, f64::max);
    let mut section = format!(
        "<h2>Confidence</h2>\n<p>How the {unit}s of each label spread over confidence, in steps of 0.05; all panels have the same \
         scale. The dashed line is the mean. Many {unit}s on the left mean that the model often hesitates; look at some of them \
         before trusting a small share.</p>\n<div class=\"panels\">\n"
    );
    for class in classes {
        let rows = summary.rows_of(class);
        let bars = summary
            .histogram(class)
            .iter()
            .enumerate()
            .map(|(bin, &n)| Bar {
                height: share(n, rows).unwrap_or_default(),
                title: format!(
                    "{:.2} to {:.2}: {}, {}",
                    bin as f64 / Summary::BINS as f64,
                    (bin + 1) as f64 / Summary::BINS as f64,
                    counted(n, unit),
                    percent(share(n, rows))
                ),
                pale: false,
            });
        let mean = summary.mean_confidence(class);
        let chart = BarChart {
            description: format!(
                "Bars: {unit}s labelled {} by confidence",
                report.labels[class]
            ),
            colour: palette.class(class),
            bars: bars.collect(),
            marks: (0..=5)
                .map(|i| (4.0 * f64::from(i), format!("{:.1}", f64::from(i) / 5.0)))
                .collect(),
            largest,
            least_step: 0.0,
            value: short_percent,
            rule: mean.map(|mean| mean * Summary::BINS as f64),
        };
        section += &figure(
            &super::name(&report.labels[class]),
            &format!(
                "{}, mean confidence {}",
                counted(rows, unit),
                probability(mean)
            ),
            &chart.to_svg(),
        );
    }
    section + "</div>\n"
}
