//! Agreement, as tables for people.

use super::agreement::{Agreement, AgreementOn};
use super::coefficient::{Coefficient, Measured};
use crate::evaluation::{Table, share};

/// A table of agreement on labels and, where votes have them, one on tags. Coefficients stand with their 95 % intervals.
#[must_use]
pub fn agreement_tables(agreement: &Agreement) -> Vec<Table> {
    let table = |name: &str| {
        let coefficients = Coefficient::ALL.map(|coefficient| coefficient.name().to_owned());
        let heading = [name.to_owned(), "votes".to_owned()];
        Table::new(heading.into_iter().chain(coefficients))
    };
    let push = |table: &mut Table, name: &str, votes: usize, measured: &[Measured; 5]| {
        let cells = measured.iter().map(cell);
        table.push(
            [name.to_owned(), votes.to_string()]
                .into_iter()
                .chain(cells),
        );
    };
    let rows = |table: &mut Table, rows: &[AgreementOn]| {
        for row in rows {
            push(table, &row.name, row.votes, &row.measured);
        }
    };
    let mut labels = table("label");
    push(
        &mut labels,
        "all labels",
        agreement.votes,
        &agreement.overall,
    );
    rows(&mut labels, &agreement.labels);
    let mut tables = vec![labels];
    if !agreement.tags.is_empty() {
        let mut tags = table("tag");
        rows(&mut tags, &agreement.tags);
        tables.push(tags);
    }
    tables
}

/// The value with its interval.
fn cell(measured: &Measured) -> String {
    let value = share(measured.value);
    match measured.interval {
        Some(interval) => format!("{value} {:.3}–{:.3}", interval.low, interval.high),
        None => value,
    }
}
