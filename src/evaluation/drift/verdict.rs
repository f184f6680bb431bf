//! What drift means for the labels.

use serde::Serialize;

use super::{Drift, Shift};

/// The level at which a difference is taken as real.
const LEVEL: f64 = 0.05;
/// From here on a population stability index is worth a look (Siddiqi 2006).
const NOTABLE: f64 = 0.1;
/// From here on the vocabulary has moved: bits of divergence beyond those that chance makes. Two halves of one archive have none.
const VOCABULARY_MOVED: f64 = 0.03;
/// A fall of the mean confidence, or a rise of the rate of unknown words, of one in fifty.
const FIFTIETH: f64 = 0.02;
/// With fewer documents on a side even a large change may stay unseen.
const FEW: u64 = 50;

/// What to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Advice {
    /// Nothing has changed that these tests can see.
    #[default]
    KeepTheModel,
    /// Something has changed, but not what the model lives on: a small labelled sample tells whether figures still hold.
    CheckASample,
    /// The model meets text that it was not made for: new labels are worth collecting.
    CollectLabels,
}

/// What to do, and why.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Verdict {
    /// What to do.
    pub advice: Advice,
    /// In words.
    pub words: String,
}

impl Verdict {
    /// The verdict on `drift`.
    ///
    /// New labels are worth collecting where the model is less sure than before, or meets more words that it does not know: where
    /// the mean confidence fell by 0.02 or more while confidences or vocabulary moved notably, or the rate of unknown words rose by
    /// 0.02 or more. Where only labels moved, or the vocabulary moved and the model stayed sure, a sample is worth checking. Only
    /// differences with a corrected p below 0.05 count.
    #[must_use]
    pub(super) fn of(drift: &Drift) -> Self {
        let real = |shift: &Shift| shift.corrected_p < LEVEL;
        let notable = |shift: &Shift| real(shift) && shift.population_stability >= NOTABLE;
        let labels = notable(&drift.labels);
        let vocabulary = real(&drift.vocabulary)
            && drift.vocabulary.jensen_shannon - drift.vocabulary.by_chance >= VOCABULARY_MOVED;
        let unknown = drift
            .unknown_words
            .is_some_and(|change| change.corrected_p < LEVEL && change.difference >= FIFTIETH);
        let fall = drift.reference.mean_confidence.unwrap_or(0.0)
            - drift.new.mean_confidence.unwrap_or(0.0);
        let less_sure = real(&drift.confidences) && fall >= FIFTIETH;
        let confidences = notable(&drift.confidences);

        let mut reasons = Vec::new();
        if less_sure {
            reasons.push(format!(
                "the model is less sure than it was (mean confidence lower by {fall:.3})"
            ));
        } else if confidences {
            reasons.push(
                "confidences have moved, though the model is no less sure on the whole".to_owned(),
            );
        }
        if let (true, Some(change)) = (unknown, drift.unknown_words) {
            reasons.push(format!(
                "it meets more words that it does not know ({:+.1} in 100)",
                100.0 * change.difference
            ));
        }
        if vocabulary {
            reasons.push("the words have changed beyond chance".to_owned());
        }
        if labels {
            reasons.push("the labels have other shares".to_owned());
        }
        let advice = if unknown || less_sure && (confidences || vocabulary) {
            Advice::CollectLabels
        } else if less_sure || confidences || vocabulary || labels {
            Advice::CheckASample
        } else {
            Advice::KeepTheModel
        };
        let mut words = match advice {
            Advice::CollectLabels => format!(
                "New labels are worth collecting: {}. Label some hundred sentences of the new texts, those of which the model is least sure among them, and train again.",
                reasons.join("; ")
            ),
            Advice::CheckASample => format!(
                "New labels are not called for yet: {}. Label a random sample of some hundred new sentences and see with `marsad evaluate` whether the figures still hold.",
                reasons.join("; ")
            ),
            Advice::KeepTheModel => {
                "New labels are not called for: neither labels nor confidences nor words have moved notably beyond chance."
                    .to_owned()
            }
        };
        let fewest = drift
            .reference
            .sampled_documents
            .min(drift.new.sampled_documents);
        if fewest < FEW {
            words = format!(
                "{words} With {fewest} documents on a side, a change may well have stayed unseen."
            );
        }
        Self { advice, words }
    }
}
