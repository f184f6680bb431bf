//! The past to train on, the future to score.

use std::collections::BTreeMap;

use super::Part;
use crate::Error;
use crate::training::{Corpus, group_numbers};

/// Cuts the sentences by time into `n_parts` + 1 stretches of about the same number of sentences, and scores each but the first by a model
/// trained on all before it.
///
/// `periods` gives the month or year of each sentence so that texts sort like times (`2015-08`); a period is never cut, since the same
/// event is told several times within it. Sentences without a period are neither trained on nor scored, and those of a group that is scored are not
/// trained on.
///
/// # Errors
///
/// [`Error::Data`] when there are fewer than two periods.
pub fn parts_by_date(
    corpus: &Corpus,
    periods: &[Option<String>],
    n_parts: u32,
) -> Result<Vec<Part>, Error> {
    let mut rows_of: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (row, period) in periods.iter().enumerate() {
        if let Some(period) = period {
            rows_of.entry(period).or_default().push(row);
        }
    }
    if rows_of.len() < 2 {
        return Err(Error::Data(format!(
            "the dates lie in {} months; training on the past and scoring the future takes two or more",
            rows_of.len()
        )));
    }
    let n: usize = rows_of.values().map(Vec::len).sum();
    let n_stretches = n_parts as usize + 1;
    let mut stretches: Vec<(usize, &str, &str, Vec<usize>)> = Vec::new();
    let mut before = 0;
    for (period, rows) in rows_of {
        // The stretch in which the middle of the period lies.
        let stretch = (2 * before + rows.len()) * n_stretches / (2 * n);
        before += rows.len();
        match stretches.last_mut() {
            Some((number, _, last, all)) if *number == stretch => {
                *last = period;
                all.extend(rows);
            }
            _ => stretches.push((stretch, period, period, rows)),
        }
    }
    if stretches.len() < 2 {
        return Err(Error::Data(
            "nearly all sentences are of one month; take more --folds, or data of a longer time"
                .to_owned(),
        ));
    }
    let groups = group_numbers(&corpus.sentences);
    let mut past: Vec<usize> = Vec::new();
    let mut parts = Vec::new();
    for (_, first, last, mut rows) in stretches {
        rows.sort_unstable();
        if !past.is_empty() {
            let name = match first == last {
                true => first.to_owned(),
                false => format!("{first} to {last}"),
            };
            parts.push(Part::apart(
                name,
                &groups,
                past.iter().copied(),
                rows.clone(),
            ));
        }
        past.extend(rows);
        past.sort_unstable();
    }
    Ok(parts)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::LabelledSentence;

    fn corpus(groups: &[Option<&str>]) -> Corpus {
        let sentence = |&group: &_| LabelledSentence {
            text: "قال".to_owned(),
            label: "a".to_owned(),
            group: Option::map(group, str::to_owned),
            ..LabelledSentence::default()
        };
        Corpus {
            sentences: groups.iter().map(sentence).collect(),
            ..Corpus::default()
        }
    }

    #[test]
    fn what_is_trained_on_lies_before_what_is_scored() {
        let months = [
            "2015-03", "2014-01", "2014-02", "2015-03", "2014-12", "2014-01",
        ];
        let mut periods: Vec<_> = months.map(|month| Some(month.to_owned())).to_vec();
        periods.push(None);
        let parts = parts_by_date(&corpus(&[None; 7]), &periods, 2).unwrap();
        let shown: Vec<_> = parts
            .iter()
            .map(|part| {
                (
                    part.name.as_str(),
                    part.trained_on.clone(),
                    part.scored.clone(),
                )
            })
            .collect();
        assert_eq!(
            shown,
            [
                ("2014-02 to 2014-12", vec![1, 5], vec![2, 4]),
                ("2015-03", vec![1, 2, 4, 5], vec![0, 3]),
            ]
        );
    }

    #[test]
    fn a_group_that_is_scored_is_not_trained_on() {
        let periods = ["2014", "2014", "2015", "2015"].map(|year| Some(year.to_owned()));
        let corpus = corpus(&[Some("a"), Some("b"), Some("b"), Some("c")]);
        let parts = parts_by_date(&corpus, &periods, 1).unwrap();
        assert_eq!(
            (&parts[0].trained_on[..], &parts[0].scored[..]),
            (&[0][..], &[2, 3][..])
        );
        let same = vec![Some("2014-01".to_owned()); 4];
        let error = parts_by_date(&corpus, &same, 1).unwrap_err().to_string();
        assert!(error.contains("1 months"), "{error}");
    }
}
