//! Labels that are given only when the model is sure enough.

use super::{ModelConfig, Prediction};
use crate::Error;

/// The least probability with which each label is given, and what becomes of the other sentences.
///
/// # Examples
///
/// ```
/// use marsad::{Classifier, model::Thresholds};
///
/// let classifier = Classifier::embedded()?;
/// // The shipped model has no thresholds.
/// assert_eq!(Thresholds::of(classifier.config(), None)?, None);
/// # Ok::<(), marsad::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Thresholds {
    /// By class; 0 for a label without threshold.
    least: Vec<f32>,
    /// The class of sentences below; `None` for no label.
    below: Option<usize>,
}

impl Thresholds {
    /// Those stored in a model; `None` if it has none. Sentences below get the label `below`, or none.
    ///
    /// # Errors
    ///
    /// [`Error::Data`] when `below` is no label of the model.
    pub fn of(config: &ModelConfig, below: Option<&str>) -> Result<Option<Self>, Error> {
        let class = |label: &str| config.labels.iter().position(|known| known == label);
        let below = match below {
            None => None,
            Some(label) => Some(class(label).ok_or_else(|| {
                Error::Data(format!(
                    "the model has no label «{label}»; its labels are {}",
                    config.labels.join(", ")
                ))
            })?),
        };
        let least = |label: &String| config.thresholds.get(label).copied().unwrap_or(0.0);
        Ok((!config.thresholds.is_empty()).then(|| Self {
            least: config.labels.iter().map(least).collect(),
            below,
        }))
    }

    /// The class that a sentence gets: the likeliest one if it is likely enough.
    #[inline]
    #[must_use]
    pub fn class(&self, prediction: &Prediction) -> Option<usize> {
        let class = prediction.class();
        match prediction.probabilities[class] >= self.least[class] {
            true => Some(class),
            false => self.below,
        }
    }

    /// Whether sentences may be left without label.
    #[must_use]
    pub fn abstains(&self) -> bool {
        self.below.is_none()
    }
}
