//! How the data was cut, and what each part gave.

use serde::{Deserialize, Serialize};

/// A cross-validation: how the data was cut, and what each part gave.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CrossValidationResult {
    /// "stratified groups", "by date" or "leave one out".
    pub design: String,
    /// The field that cuts the data; `None` for stratified groups.
    pub field: Option<String>,
    /// How often all sentences were dealt out anew; 1 unless the design is stratified groups.
    pub repeats: u32,
    /// The macro-F1 of each repeat, over all its parts.
    pub macro_f1_of_repeats: Vec<Option<f64>>,
    /// Sentences never scored: those without the field, and by date those of the first period.
    pub never_scored: usize,
    /// In the order in which they were trained.
    pub parts: Vec<PartResult>,
}

impl CrossValidationResult {
    /// The design in words.
    #[must_use]
    pub fn description(&self) -> String {
        let n = self.parts.len();
        match &self.field {
            Some(field) if self.design == "by date" => {
                format!("trained on the past and scored on the future by «{field}», {n} periods")
            }
            Some(field) => format!("each of {n} values of «{field}» left out once"),
            None => {
                let repeats = match self.repeats {
                    0 | 1 => String::new(),
                    repeats => format!(", {repeats} times"),
                };
                let folds = n / (self.repeats.max(1) as usize);
                format!("{folds} stratified folds of whole groups{repeats}")
            }
        }
    }

    /// Mean and standard deviation of macro-F1 over the repeats; `None` for fewer than two.
    #[must_use]
    pub fn spread_over_repeats(&self) -> Option<String> {
        let values: Vec<f64> = self.macro_f1_of_repeats.iter().copied().flatten().collect();
        let n = values.len() as f64;
        let mean = values.iter().sum::<f64>() / n;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        let deviation = (squares / (n - 1.0)).sqrt();
        (values.len() > 1).then(|| {
            format!("macro-F1 over {n} repeats: {mean:.3}, standard deviation {deviation:.3}.")
        })
    }
}

/// A part held out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PartResult {
    /// Such as "repeat 1, fold 2", "2015-08 to 2016-01" or "source = sabq".
    pub name: String,
    /// How many sentences the model was trained on.
    pub trained_on: usize,
    /// How many were scored.
    pub sentences: usize,
    /// Share of right predictions.
    pub accuracy: Option<f64>,
    /// Mean F1 over the classes that are true or predicted in the part.
    pub macro_f1: Option<f64>,
    /// Log-loss in nats.
    pub log_loss: Option<f64>,
    /// Labels of the part that the sentences trained on did not have: the model cannot give them.
    pub labels_not_trained: Vec<String>,
}
