//! Labels over time.

use super::super::SummaryReport;
use super::super::chart::{Bar, BarChart};
use super::super::numbers::{count, counted, percent, share, short, short_percent};
use super::super::periods::{FEW, Periods};
use super::labels::capital;
use super::palette::Palette;
use super::{figure, row, table};

/// More labels than these are left to the tables.
pub(super) const PANELS: usize = 24;

pub(super) fn section(report: &SummaryReport, palette: &Palette) -> String {
    let Some(periods) = Periods::of(report.summary) else {
        return "<h2>Labels over time</h2>\n<p>No document has a date that could be read.</p>\n"
            .to_owned();
    };
    let (unit, period) = (report.unit(), periods.unit());
    let undated = match report.undated() {
        0 => String::new(),
        n => format!(" {} without a date are not shown.", counted(n, unit)),
    };
    let mut section = format!(
        "<h2>Labels over time</h2>\n<p>First the {unit}s of each {period}, then the share of each label among \
         them. Every panel has a scale of its own. Pale bars stand on fewer than {FEW} {unit}s, mean little, and end at the top of the panel even if they are higher.{undated} \
         Point at a bar for its figures.</p>\n<div class=\"panels\">\n"
    );
    section += &volume(report, &periods);
    for class in report.leading_classes(PANELS) {
        section += &shares(report, &periods, palette, class);
    }
    section += "</div>\n";
    section + &figures(report, &periods, palette)
}

fn volume(report: &SummaryReport, periods: &Periods) -> String {
    let (unit, period) = (report.unit(), periods.unit());
    let totals: Vec<u64> = periods.rows.iter().map(|row| row.iter().sum()).collect();
    let bars = totals.iter().enumerate().map(|(i, &n)| Bar {
        height: n as f64,
        title: format!("{}: {}", periods.name(i), counted(n, unit)),
        pale: false,
    });
    let chart = BarChart {
        description: format!("Bars: {unit}s by {period}"),
        colour: "all".to_owned(),
        bars: bars.collect(),
        marks: periods.marks(),
        largest: totals.iter().copied().max().unwrap_or(0) as f64,
        least_step: 1.0,
        value: short,
        rule: None,
    };
    figure(
        &format!("All {unit}s"),
        &format!(
            "{} with a date, by {period}",
            counted(totals.iter().sum(), unit)
        ),
        &chart.to_svg(),
    )
}

fn shares(report: &SummaryReport, periods: &Periods, palette: &Palette, class: usize) -> String {
    let (unit, period) = (report.unit(), periods.unit());
    let bars: Vec<Bar> = periods
        .rows
        .iter()
        .enumerate()
        .map(|(i, row)| {
            let all = row.iter().sum();
            let share = share(row[class], all);
            Bar {
                height: share.unwrap_or_default(),
                title: format!(
                    "{}: {} of {}, {}",
                    periods.name(i),
                    count(row[class]),
                    counted(all, unit),
                    percent(share)
                ),
                pale: all < FEW,
            }
        })
        .collect();
    // One odd month of three sentences must not flatten the others.
    let some_firm = bars.iter().any(|bar| !bar.pale);
    let firm = bars.iter().filter(|bar| !(some_firm && bar.pale));
    let largest = firm.map(|bar| bar.height).fold(0.0, f64::max);
    let chart = BarChart {
        description: format!("Bars: share of {} by {period}", report.labels[class]),
        colour: palette.class(class),
        marks: periods.marks(),
        largest,
        least_step: 0.0,
        value: short_percent,
        rule: None,
        bars,
    };
    let all = report.summary.rows();
    let overall = percent(share(report.summary.rows_of(class), all));
    figure(
        &super::name(&report.labels[class]),
        &format!("share by {period}; {overall} of all {unit}s"),
        &chart.to_svg(),
    )
}

/// What the panels show, in figures.
fn figures(report: &SummaryReport, periods: &Periods, palette: &Palette) -> String {
    let mut head = vec![
        capital(periods.unit()),
        format!("{}s", capital(report.unit())),
    ];
    head.extend(
        palette
            .own
            .iter()
            .map(|&class| super::name(&report.labels[class])),
    );
    let mut body = String::new();
    for (i, counts) in periods.rows.iter().enumerate() {
        let labels = palette.own.iter().map(|&class| count(counts[class]));
        let all = count(counts.iter().sum());
        body += &row("", &periods.name(i), std::iter::once(all).chain(labels));
    }
    let title = format!("The figures by {}", periods.unit());
    format!(
        "<details>\n<summary>{title}</summary>\n{}</details>\n",
        table("", &title, &head, &body)
    )
}
