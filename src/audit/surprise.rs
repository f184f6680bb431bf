//! Sentences whose labels a model does not expect.

use serde::Serialize;

use super::reviews::Review;
use super::split::Place;
use crate::Error;
use crate::evaluation::Scores;
use crate::training::{DesignMatrix, LabelledSentence, TrainingConfig, hold_out};

/// A sentence and what a model that had not seen its group says of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Surprise {
    /// Its place among the sentences.
    #[serde(skip)]
    pub place: usize,
    /// −ln of the probability of its label, in nats; at least 0.
    pub loss: f64,
    /// The label the model takes for the likeliest.
    pub predicted: String,
    /// The probability of that label.
    pub probability: f64,
}

/// A sentence whose label surprises the model.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Surprising {
    /// Its identifier.
    pub id: Option<String>,
    /// Where it stands.
    pub place: Place,
    /// −ln of the probability of its label, in nats.
    pub loss: f64,
    /// Its label.
    pub label: String,
    /// What the model says.
    pub predicted: String,
    /// How surely, 0 to 1.
    pub probability: f64,
    /// The text.
    pub text: String,
    /// Its review, if it has one.
    pub review: Option<Review>,
}

/// The `n` sentences whose labels surprise the model of `config` most, by grouped cross-validation, the most
/// surprising first; of equal ones the earlier.
///
/// A wrong label is always surprising; a right one is when the sentence is hard. Hence a list to read, not to
/// correct by.
///
/// # Errors
///
/// As [`train`](crate::training::train).
pub fn surprises(
    sentences: &[LabelledSentence],
    labels: &[String],
    config: &TrainingConfig,
    n: usize,
) -> Result<Vec<Surprise>, Error> {
    if labels.len() < 2 {
        return Err(Error::Data(
            "a model needs two labels or more to choose from".to_owned(),
        ));
    }
    let design = DesignMatrix::new(sentences, labels, config, None)?;
    let held_out = hold_out(&design, labels, config, config.folds)?;
    let scores = Scores::from_margins(
        held_out.targets.to_vec(),
        &held_out.calibrated,
        held_out.groups,
    );
    let mut surprises: Vec<Surprise> = (0..sentences.len())
        .map(|place| {
            let probability = |class| scores.probabilities[[place, class]];
            let predicted = scores.prediction(place);
            Surprise {
                place,
                // As in the log-loss of `Scores`; the sum keeps −0 from being shown.
                loss: 0.0 - libm::log(probability(scores.truth[place]).max(f64::EPSILON)),
                predicted: labels[predicted].clone(),
                probability: probability(predicted),
            }
        })
        .collect();
    surprises.sort_by(|a, b| b.loss.total_cmp(&a.loss));
    surprises.truncate(n);
    Ok(surprises)
}
