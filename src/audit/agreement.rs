//! How far readers agree.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde::Serialize;

use super::coefficient::Measured;
use super::ratings::Ratings;
use super::votes::Vote;

/// How far the readers of a set of sentences agree.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Agreement {
    /// The number of sentences with a vote.
    pub items: usize,
    /// The number of sentences with two votes or more, on which the coefficients rest.
    pub paired_items: usize,
    /// The number of votes.
    pub votes: usize,
    /// The number of readers.
    pub readers: usize,
    /// On the label as a whole.
    pub overall: [Measured; 5],
    /// On each label against the rest.
    pub labels: Vec<AgreementOn>,
    /// On whether each tag is there, among votes that have tags.
    pub tags: Vec<AgreementOn>,
}

/// How far readers agree on one label or tag.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AgreementOn {
    /// The label or tag.
    pub name: String,
    /// The number of votes for it.
    pub votes: usize,
    /// The coefficients.
    pub measured: [Measured; 5],
}

/// Measures the agreement of `votes`, with 95 % bootstrap intervals over the groups that `group_of` gives for identifiers; a
/// sentence without one is a group of its own.
#[must_use]
pub fn agreement(votes: &[&Vote], group_of: &BTreeMap<&str, &str>, seed: u64) -> Agreement {
    let labels: BTreeSet<&str> = votes.iter().map(|vote| vote.label.as_str()).collect();
    let labels: Vec<&str> = labels.into_iter().collect();
    let by_label = ratings(votes, group_of, labels.len(), |vote| {
        labels.binary_search(&vote.label.as_str()).ok()
    });
    let tags: BTreeSet<&str> = votes
        .iter()
        .flat_map(|vote| vote.tags.iter().flatten())
        .map(String::as_str)
        .collect();
    let tags: Vec<&str> = tags.into_iter().collect();
    let on = |name: &str, ratings: &Ratings| AgreementOn {
        name: name.to_owned(),
        votes: ratings.n_votes(0),
        measured: ratings.measure(seed),
    };
    let readers: BTreeSet<&str> = votes.iter().map(|vote| vote.reader.as_str()).collect();
    let items: BTreeSet<&str> = votes.iter().map(|vote| vote.id.as_str()).collect();
    Agreement {
        items: items.len(),
        paired_items: by_label.n_paired(),
        votes: votes.len(),
        readers: readers.len(),
        overall: by_label.measure(seed),
        labels: labels
            .par_iter()
            .enumerate()
            .map(|(category, name)| on(name, &by_label.against_rest(category)))
            .collect(),
        tags: tags
            .par_iter()
            .map(|name| {
                let given = ratings(votes, group_of, 2, |vote| {
                    let tags = vote.tags.as_ref()?;
                    Some(usize::from(!tags.iter().any(|tag| tag == name)))
                });
                on(name, &given)
            })
            .collect(),
    }
}

/// The sentences whose readers differ in label or tags, each with its votes, in the order of their first votes.
#[must_use]
pub fn disagreements<'a>(votes: &[&'a Vote]) -> Vec<Vec<&'a Vote>> {
    let differ = |a: &Vote, b: &Vote| {
        let tags = |vote: &Vote| -> Option<BTreeSet<String>> {
            Some(vote.tags.as_ref()?.iter().cloned().collect())
        };
        // A reader who was not asked for tags disagrees with nobody on them.
        let tags_differ = matches!((tags(a), tags(b)), (Some(a), Some(b)) if a != b);
        a.label != b.label || tags_differ
    };
    votes_by_item(votes)
        .into_iter()
        .filter(|(_, votes)| {
            let mut rest = votes.iter().enumerate();
            rest.any(|(i, vote)| votes[..i].iter().any(|earlier| differ(vote, earlier)))
        })
        .map(|(_, votes)| votes)
        .collect()
}

/// The votes on each item, items in the order of their first votes.
fn votes_by_item<'a>(votes: &[&'a Vote]) -> Vec<(&'a str, Vec<&'a Vote>)> {
    let mut place = BTreeMap::new();
    let mut items: Vec<(&str, Vec<&Vote>)> = Vec::new();
    for &vote in votes {
        let at = *place.entry(vote.id.as_str()).or_insert_with(|| {
            items.push((vote.id.as_str(), Vec::new()));
            items.len() - 1
        });
        items[at].1.push(vote);
    }
    items
}

fn ratings(
    votes: &[&Vote],
    group_of: &BTreeMap<&str, &str>,
    n_categories: usize,
    category: impl Fn(&Vote) -> Option<usize>,
) -> Ratings {
    let mut raters = BTreeMap::new();
    let mut groups = BTreeMap::new();
    let mut items = Vec::new();
    let mut item_groups = Vec::new();
    for (id, votes) in votes_by_item(votes) {
        // A group cannot be mistaken for a sentence of the same name.
        let key = group_of.get(id).map_or((id, ""), |group| ("", *group));
        let next = groups.len();
        item_groups.push(*groups.entry(key).or_insert(next));
        let mut item = Vec::new();
        for vote in votes {
            if let Some(category) = category(vote) {
                let next = raters.len();
                let rater = *raters.entry(vote.reader.as_str()).or_insert(next);
                item.push((rater, category));
            }
        }
        items.push(item);
    }
    Ratings::new(n_categories, items, item_groups)
}
