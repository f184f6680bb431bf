//! Time cut into months or years.

use super::{Month, Summary};

/// A run over more months is drawn by year: more bars than these are too thin to be told apart.
const MAX_MONTHS: u32 = 60;

/// A share of fewer rows means little: at 30 the standard error of a share of a half is 9 points.
pub(super) const FEW: u64 = 30;

/// Consecutive months or years, from the first with rows to the last, with the rows of each label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Periods {
    /// Whether these are years.
    pub(super) yearly: bool,
    /// The index of the first month, or the first year.
    first: u32,
    /// By period, then by class; zeros where nothing was dated.
    pub(super) rows: Vec<Vec<u64>>,
}

impl Periods {
    /// `None` when no row has a month.
    pub(super) fn of(summary: &Summary) -> Option<Self> {
        let (first, _) = summary.months().next()?;
        let (last, _) = summary.months().last()?;
        let yearly = last.index() - first.index() >= MAX_MONTHS;
        let place = |month: Month| if yearly { month.year() } else { month.index() };
        let n = (place(last) - place(first)) as usize + 1;
        let mut rows = vec![vec![0; summary.n_classes()]; n];
        for (month, counts) in summary.months() {
            for (sum, n) in rows[(place(month) - place(first)) as usize]
                .iter_mut()
                .zip(counts)
            {
                *sum += n;
            }
        }
        Some(Self {
            yearly,
            first: place(first),
            rows,
        })
    }

    /// `month` or `year`.
    pub(super) fn unit(&self) -> &'static str {
        if self.yearly { "year" } else { "month" }
    }

    /// `2014-06` or `2014`.
    pub(super) fn name(&self, period: usize) -> String {
        let at = self.first + period as u32;
        match self.yearly {
            true => at.to_string(),
            false => Month::from_index(at).map_or_else(String::new, |month| month.to_string()),
        }
    }

    /// The marks of a time axis, at most seven: a place counted in periods and how it is called there. Years that mark months
    /// stand where they begin, all else in the middle of its period.
    pub(super) fn marks(&self) -> Vec<(f64, String)> {
        let n = self.rows.len() as u32;
        let steps: &[u32] = match self.yearly {
            true => &[1, 2, 5, 10, 20, 50, 100],
            false => &[1, 2, 3, 6, 12],
        };
        // Names of months are wider than years.
        let room = |step: u32| if self.yearly || step == 12 { 7 } else { 5 };
        let fits = |&&step: &&u32| n.div_ceil(step) <= room(step);
        let step = steps
            .iter()
            .find(fits)
            .or(steps.last())
            .map_or(1, |&step| step);
        let years_of_months = step == 12 && !self.yearly;
        let mark = |period: usize| match years_of_months {
            true => (period as f64, self.name(period).chars().take(4).collect()),
            false => (period as f64 + 0.5, self.name(period)),
        };
        (0..self.rows.len())
            .filter(|&period| (self.first + period as u32).is_multiple_of(step))
            .map(mark)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::archive::month;

    fn periods(dates: &[&str]) -> Periods {
        let mut summary = Summary::new(1);
        for date in dates {
            summary.add_row(0, 0.5, 0, month(date));
        }
        Periods::of(&summary).unwrap()
    }

    #[test]
    fn sixty_months_are_months_and_more_are_years() {
        let five_years = periods(&["2014-03", "2019-02", "2014-05", "2014-05"]);
        assert_eq!((five_years.yearly, five_years.rows.len()), (false, 60));
        assert_eq!(five_years.rows[..4], [[1], [0], [2], [0]]);
        assert_eq!(five_years.name(59), "2019-02");
        let longer = periods(&["2014-03", "2019-03", "2014-05"]);
        assert_eq!(longer.rows, [[2], [0], [0], [0], [0], [1]]);
        assert_eq!((longer.yearly, longer.name(5)), (true, "2019".to_owned()));
        assert_eq!(Periods::of(&Summary::new(1)), None);
    }

    #[test]
    fn marks_are_few_and_stand_at_round_places() {
        let names = |dates: &[&str]| -> Vec<String> {
            periods(dates)
                .marks()
                .into_iter()
                .map(|(_, name)| name)
                .collect()
        };
        assert_eq!(names(&["2014-06"]), ["2014-06"]);
        assert_eq!(
            names(&["2014-01", "2014-12"]),
            ["2014-01", "2014-04", "2014-07", "2014-10"]
        );
        assert_eq!(
            names(&["2014-03", "2019-02"]),
            ["2015", "2016", "2017", "2018", "2019"]
        );
        assert_eq!(
            names(&["1998-03", "2024-02"]),
            ["2000", "2005", "2010", "2015", "2020"]
        );
        for last in 1601..2200 {
            let dates = ["1600-01".to_owned(), format!("{last}-01")];
            let marks = names(&[&dates[0], &dates[1]]);
            assert!((1..=7).contains(&marks.len()), "{dates:?}: {marks:?}");
        }
    }
}
