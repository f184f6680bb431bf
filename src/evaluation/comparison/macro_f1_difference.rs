//! The figure that two models are compared by, counted fast enough for thousands of resamples.

/// What macro-F1 is made of, for two models on the same sentences.
#[derive(Debug, Clone)]
pub(super) struct PairCounts {
    /// By class, for the first and the second model.
    counts: Vec<[ClassCounts; 2]>,
    n: u64,
    right: [u64; 2],
}

#[derive(Debug, Clone, Copy, Default)]
struct ClassCounts {
    right: u64,
    /// How often it is true and how often it is predicted.
    sum: u64,
}

impl PairCounts {
    pub(super) fn new(n_classes: usize) -> Self {
        Self {
            counts: vec![[ClassCounts::default(); 2]; n_classes],
            n: 0,
            right: [0; 2],
        }
    }

    pub(super) fn clear(&mut self) {
        self.counts.fill([ClassCounts::default(); 2]);
        self.n = 0;
        self.right = [0; 2];
    }

    /// Counts a sentence; `None` is a model that says nothing.
    #[inline]
    pub(super) fn add(&mut self, truth: usize, predictions: [Option<usize>; 2]) {
        self.n += 1;
        for (model, prediction) in predictions.into_iter().enumerate() {
            self.counts[truth][model].sum += 1;
            if let Some(prediction) = prediction {
                self.counts[prediction][model].sum += 1;
                let right = u64::from(prediction == truth);
                self.counts[truth][model].right += right;
                self.right[model] += right;
            }
        }
    }

    /// The mean of F1 over the classes that are true or predicted somewhere, as scikit-learn's `f1_score(average="macro")`; 0
    /// without sentences.
    pub(super) fn macro_f1(&self, model: usize) -> f64 {
        let (mut total, mut n) = (0.0, 0);
        for class in &self.counts {
            if class[model].sum > 0 {
                total += 2.0 * class[model].right as f64 / class[model].sum as f64;
                n += 1;
            }
        }
        total / f64::from(n.max(1))
    }

    /// The share of right predictions; 0 without sentences.
    pub(super) fn accuracy(&self, model: usize) -> f64 {
        self.right[model] as f64 / self.n.max(1) as f64
    }

    /// What the second model has more than the first: macro-F1 and accuracy.
    pub(super) fn differences(&self) -> [f64; 2] {
        [
            self.macro_f1(1) - self.macro_f1(0),
            self.accuracy(1) - self.accuracy(0),
        ]
    }
}
