//! A sentence with its words coloured by what they contribute.

use std::fmt::Write;

use crate::evaluation::{ErrorCase, EvidenceWord};
use crate::markup::escape;

/// Words that contribute less, in nats, are not coloured.
const LEAST: f64 = 0.05;
/// So many words are named on each side.
const NAMED: usize = 5;

/// The sentence, right to left where most of its letters are Arabic; each word that contributed stands in a `<mark>` of a class
/// from `for1` to `for4` or `against1` to `against4`, by its share of the largest contribution.
pub(super) fn marked_sentence(error: &ErrorCase) -> String {
    let sizes = error.evidence.iter().map(|word| word.contribution.abs());
    let largest = sizes.fold(LEAST, f64::max);
    let mut sentence = String::new();
    let mut done = 0;
    for word in &error.evidence {
        // A stored evaluation may have been edited.
        let between = error.text.get(done..word.start);
        let Some((between, text)) = between.zip(error.text.get(word.start..word.end)) else {
            continue;
        };
        sentence += &escape(between);
        done = word.end;
        if word.contribution.abs() < LEAST {
            sentence += &escape(text);
            continue;
        }
        let (side, label) = match word.contribution > 0.0 {
            true => ("for", &error.prediction),
            false => ("against", &error.runner_up),
        };
        let contribution = word.contribution.abs();
        let is_above = |share: &&f64| contribution > **share * largest;
        let level = [0.25, 0.5, 0.75].iter().filter(is_above).count() + 1;
        // Writing to a string cannot fail.
        let _ = write!(
            sentence,
            "<mark class=\"{side}{level}\" title=\"{contribution:.2} for {}\">{}</mark>",
            escape(label),
            escape(text)
        );
    }
    sentence += &escape(error.text.get(done..).unwrap_or_default());
    let direction = match is_arabic(&error.text) {
        true => "lang=\"ar\" dir=\"rtl\"",
        false => "dir=\"auto\"",
    };
    format!("<p class=\"sentence\" {direction}>{sentence}</p>\n")
}

/// The words that contribute most on one side, each with its contribution.
pub(super) fn strongest(evidence: &[EvidenceWord], sign: f64) -> Vec<String> {
    let mut words: Vec<&EvidenceWord> = evidence
        .iter()
        .filter(|word| word.contribution * sign >= LEAST)
        .collect();
    words.sort_by(|a, b| (b.contribution * sign).total_cmp(&(a.contribution * sign)));
    let named = words.iter().take(NAMED);
    named
        .map(|word| {
            let contribution = word.contribution.abs();
            format!(
                "<span class=\"word\"><bdi>{}</bdi> {contribution:.2}</span>",
                escape(&word.word)
            )
        })
        .collect()
}

/// Whether more letters are of the Arabic blocks than of all others.
fn is_arabic(text: &str) -> bool {
    let letters = || text.chars().filter(|c| c.is_alphabetic());
    let arabic =
        letters().filter(|c| matches!(c, '\u{0600}'..='\u{08FF}' | '\u{FB50}'..='\u{FEFF}'));
    2 * arabic.count() > letters().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn case(text: &str, evidence: &[(usize, usize, f64)]) -> ErrorCase {
        ErrorCase {
            file: None,
            line: None,
            id: None,
            text: text.to_owned(),
            truth: "a".to_owned(),
            prediction: "b".to_owned(),
            confidence: 0.9,
            probability_of_truth: 0.1,
            runner_up: "<c>".to_owned(),
            bias: 0.0,
            difference: 0.0,
            evidence: evidence
                .iter()
                .map(|&(start, end, contribution)| EvidenceWord {
                    start,
                    end,
                    word: String::new(),
                    contribution,
                })
                .collect(),
        }
    }

    #[test]
    fn words_are_coloured_by_side_and_size_and_the_rest_stays() {
        let marked = marked_sentence(&case(
            "x & y z.",
            &[(0, 1, 2.0), (4, 5, -0.6), (6, 7, 0.01)],
        ));
        assert_eq!(
            marked,
            "<p class=\"sentence\" dir=\"auto\"><mark class=\"for4\" title=\"2.00 for b\">x</mark> &amp; \
             <mark class=\"against2\" title=\"0.60 for &lt;c&gt;\">y</mark> z.</p>\n"
        );
    }

    #[test]
    fn evidence_that_does_not_fit_the_text_is_passed_over() {
        let marked = marked_sentence(&case("قال", &[(1, 2, 1.0), (4, 90, 1.0), (3, 2, 1.0)]));
        assert_eq!(
            marked,
            "<p class=\"sentence\" lang=\"ar\" dir=\"rtl\">قال</p>\n"
        );
    }
}
