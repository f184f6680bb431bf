//! The largest inputs.

use super::super::SummaryReport;
use super::super::numbers::{count, counted, percent, share};
use super::labels::capital;
use super::palette::Palette;
use super::{row, table};
use crate::markup::escape;

/// Inputs that are named.
const LARGEST: usize = 15;

pub(super) fn section(report: &SummaryReport, palette: &Palette) -> String {
    let summary = report.summary;
    let sources = report.largest_sources();
    let (shown, rest) = sources.split_at(sources.len().min(LARGEST));
    let mut head = vec![
        "Input".to_owned(),
        "Documents".to_owned(),
        format!("{}s", capital(report.unit())),
    ];
    head.extend(
        palette
            .own
            .iter()
            .map(|&class| palette.label(report, class)),
    );
    let others = palette.own.len() < report.labels.len();
    if others {
        head.push("other labels<span class=\"swatch c7\"></span>".to_owned());
    }
    let cells = |documents: u64, counts: &[u64]| {
        let all: u64 = counts.iter().sum();
        let own = palette
            .own
            .iter()
            .map(|&class| counts.get(class).copied().unwrap_or(0));
        let rest = all - own.clone().sum::<u64>();
        let mut cells = vec![count(documents), count(all)];
        cells.extend(
            own.chain(others.then_some(rest))
                .map(|n| percent(share(n, all))),
        );
        cells
    };
    let mut body = String::new();
    for &(source, _) in shown {
        let counts = summary.rows_from(source);
        let strip = palette.strip(report, counts, |n, all| {
            format!("{} ({})", count(n), percent(share(n, all)))
        });
        // A path may break after its slashes.
        let name = escape(report.source(source)).replace('/', "/<wbr/>");
        body += &row(
            "",
            &format!("<bdi>{name}</bdi>{strip}"),
            cells(summary.documents_of(source), counts),
        );
    }
    if !rest.is_empty() {
        let mut counts = vec![0; report.labels.len()];
        let mut documents = 0;
        for &(source, _) in rest {
            documents += summary.documents_of(source);
            for (sum, n) in counts.iter_mut().zip(summary.rows_from(source)) {
                *sum += n;
            }
        }
        let name = counted(rest.len() as u64, "other input");
        body += &row("", &name, cells(documents, &counts));
    }
    let counts: Vec<u64> = (0..report.labels.len())
        .map(|class| summary.rows_of(class))
        .collect();
    body += &row("total", "All", cells(summary.documents(), &counts));
    let title = match rest.len() {
        0 => "Inputs",
        _ => "The largest inputs",
    };
    format!(
        "<h2>{title}</h2>\n<p>For each input, how its {}s divide into labels.</p>\n{}",
        report.unit(),
        table("inputs", title, &head, &body)
    )
}
