//! What more labels would bring, as it is stored.

use serde::{Deserialize, Serialize};

use crate::evaluation::table::share;
use crate::evaluation::{CurvePoint, PowerLaw, Table};

/// The macro-F1 against the number of sentences, and the power law through it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LearningCurveResult {
    /// From the smallest size to the largest.
    pub points: Vec<LearningCurvePoint>,
    /// `1 − macro-F1 = scale · sentences^−exponent`; `None` where no law can be fitted.
    pub scale: Option<f64>,
    /// See `scale`; above 0 where more labels help.
    pub exponent: Option<f64>,
    /// Twice the largest size.
    pub twice_sentences: Option<f64>,
    /// The macro-F1 the law expects of it.
    pub twice_macro_f1: Option<f64>,
}

impl LearningCurveResult {
    /// What `points` show. A point without models shows nothing and is left out.
    #[must_use]
    pub fn of(points: &[CurvePoint]) -> Self {
        let mut shown: Vec<LearningCurvePoint> = points
            .iter()
            .filter_map(|point| {
                let mean = point.mean()?;
                let n = point.sentences.len();
                Some(LearningCurvePoint {
                    sentences: point.sentences.iter().sum::<usize>() as f64 / n as f64,
                    models: n,
                    macro_f1: Some(mean),
                    deviation: point.deviation(),
                    power_law: None,
                })
            })
            .collect();
        let means: Vec<(f64, f64)> = shown
            .iter()
            .filter_map(|point| Some((point.sentences, point.macro_f1?)))
            .collect();
        let law = PowerLaw::fit(&means);
        for point in &mut shown {
            point.power_law = law.map(|law| law.macro_f1(point.sentences));
        }
        let twice = shown.last().map(|point| 2.0 * point.sentences);
        Self {
            points: shown,
            scale: law.map(|law| law.scale),
            exponent: law.map(|law| law.exponent),
            twice_sentences: law.and(twice),
            twice_macro_f1: law.zip(twice).map(|(law, size)| law.macro_f1(size)),
        }
    }

    /// A row for each size, and what the fitted power law expects of twice the largest.
    #[must_use]
    pub fn table(&self) -> Table {
        let mut table = Table::new(["sentences", "macro-F1", "± over models", "power law"]);
        for point in &self.points {
            table.push([
                format!("{:.0}", point.sentences),
                share(point.macro_f1),
                share(point.deviation),
                share(point.power_law),
            ]);
        }
        if let Some(size) = self.twice_sentences {
            table.push([
                format!("{size:.0} (expected)"),
                "–".to_owned(),
                "–".to_owned(),
                share(self.twice_macro_f1),
            ]);
        }
        table
    }
}

/// One size.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct LearningCurvePoint {
    /// Mean number of sentences trained on.
    pub sentences: f64,
    /// How many models were trained.
    pub models: usize,
    /// Their mean macro-F1, 0 to 1.
    pub macro_f1: Option<f64>,
    /// Its standard deviation over the models.
    pub deviation: Option<f64>,
    /// What the power law says at this size.
    pub power_law: Option<f64>,
}
