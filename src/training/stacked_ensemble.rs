//! Several members, weighed by a second stage, folded into one linear model.

use std::collections::BTreeSet;

use linfa::ParamGuard;
use linfa::traits::Fit;
use ndarray::{Array1, Array2};
use serde::{Deserialize, Serialize};

use super::member::Member;
use super::require::require;
use super::second_stage::SecondStage;
use super::training_set::{TrainingSet, check_length, checked_sample_weights, select_rows};
use crate::Error;
use crate::features::SparseRecords;
use crate::model::LinearWeights;

/// The checked parameters of [`StackedEnsembleParams`].
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct StackedEnsembleValidParams {
    members: Vec<Member>,
    alpha: f64,
    #[serde(skip)]
    folds: Vec<u32>,
    #[serde(skip)]
    seed: u64,
    #[serde(skip)]
    n_classes: usize,
}

impl Default for StackedEnsembleValidParams {
    fn default() -> Self {
        Self {
            members: Vec::new(),
            alpha: 1.0,
            folds: Vec::new(),
            seed: 0,
            n_classes: 0,
        }
    }
}

/// Stacked generalisation (Wolpert, 1992; with margins as inputs as Ting & Witten, Issues in
/// stacked generalization, 1999):
///
/// 1. Each member is fitted on the rows outside each fold and gives its margins for the rows
///    inside, so that every row has margins of `n_members · n_classes` numbers that were made
///    without it.
/// 2. The margins of each member are divided by their standard deviation, one number a member.
/// 3. `linfa_logistic::MultiLogisticRegression` learns the classes from these few numbers,
///    minimising `Σ_i s_i · loss_i + α/2 · ‖V‖²` over its weights `V` (biases are free).
/// 4. The members are fitted once more on all rows. As every stage is linear, all is multiplied out
///    into one [`LinearWeights`], which costs no more to apply than a single member.
///
/// Members honour sample weights `s_i`. linfa-logistic does not, so the second stage repeats each
/// row in proportion to its weight: exactly if all weights are multiples of the smallest and their
/// mean at most 8 times it, else rounded to eighths of the mean weight (and at least once). With
/// balanced class weights this matters: an unweighted second stage would undo the balance.
///
/// The same input gives the same bytes on any number of threads. Across platforms the second stage,
/// unlike the members, may differ in the last bits: linfa-logistic calls the system's `exp`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct StackedEnsembleParams(StackedEnsembleValidParams);

impl StackedEnsembleParams {
    /// The defaults of every setter, for `n_classes` classes (at least 2); members and folds must
    /// follow.
    #[must_use]
    pub fn new(n_classes: usize) -> Self {
        Self::default().n_classes(n_classes)
    }

    /// The number of classes, at least 2; every one must occur outside every fold.
    #[must_use]
    pub fn n_classes(mut self, n_classes: usize) -> Self {
        self.0.n_classes = n_classes;
        self
    }

    /// What is stacked, at least one; none by default.
    #[must_use]
    pub fn members(mut self, members: Vec<Member>) -> Self {
        self.0.members = members;
        self
    }

    /// The fold of every row, at least two different ones. Rows of one group (one document, one
    /// near-duplicate cluster) belong into one fold.
    #[must_use]
    pub fn folds(mut self, folds: Vec<u32>) -> Self {
        self.0.folds = folds;
        self
    }

    /// The strength of the second stage's L2 penalty, at least 0, 1 by default. With 0 the second
    /// stage has no unique optimum, for the margins of a member may sum to a constant.
    #[must_use]
    pub fn alpha(mut self, alpha: f64) -> Self {
        self.0.alpha = alpha;
        self
    }

    /// The seed of the members, 0 by default.
    #[must_use]
    pub fn seed(mut self, seed: u64) -> Self {
        self.0.seed = seed;
        self
    }
}

impl ParamGuard for StackedEnsembleParams {
    type Checked = StackedEnsembleValidParams;
    type Error = Error;

    fn check_ref(&self) -> Result<&Self::Checked, Error> {
        let params = &self.0;
        let n_folds = params.distinct_folds().len();
        require(
            params.n_classes >= 2,
            "n_classes",
            "at least 2",
            params.n_classes,
        )?;
        require(
            !params.members.is_empty(),
            "members",
            "at least one estimator",
            "none",
        )?;
        require(
            params.alpha >= 0.0 && params.alpha.is_finite(),
            "alpha",
            "at least 0 and finite",
            params.alpha,
        )?;
        require(
            n_folds >= 2,
            "folds",
            "at least two different folds",
            n_folds,
        )?;
        Ok(params)
    }

    fn check(self) -> Result<Self::Checked, Error> {
        self.check_ref()?;
        Ok(self.0)
    }
}

impl Fit<SparseRecords, Array1<usize>, Error> for StackedEnsembleValidParams {
    type Object = LinearWeights;

    /// Learns weights of shape `(n_columns, n_classes)`; every member is fitted once a fold and
    /// once on all rows.
    ///
    /// # Errors
    ///
    /// If the folds are not one a row, if a class has no row outside some fold, if a member or the
    /// second stage cannot be fitted, or if the training set holds something out of range.
    fn fit(&self, dataset: &TrainingSet) -> Result<LinearWeights, Error> {
        let sample_weights = checked_sample_weights(dataset, self.n_classes)?;
        check_length(
            "folds, one for each row",
            dataset.records.n_rows(),
            self.folds.len(),
        )?;
        self.check_classes(dataset, &sample_weights)?;
        let margins = self.out_of_fold_margins(dataset)?;
        let second_stage =
            SecondStage::fit(&margins, &dataset.targets, &sample_weights, self.alpha)?;
        let members = self.fit_members(dataset)?;
        Ok(second_stage.fold(&members))
    }
}

impl StackedEnsembleValidParams {
    /// In rising order, so that nothing depends on the order of a hash.
    fn distinct_folds(&self) -> BTreeSet<u32> {
        self.folds.iter().copied().collect()
    }

    /// The rows inside `fold` and those outside.
    fn split(&self, fold: u32) -> (Vec<usize>, Vec<usize>) {
        (0..self.folds.len()).partition(|&row| self.folds[row] == fold)
    }

    fn check_classes(&self, dataset: &TrainingSet, sample_weights: &[f64]) -> Result<(), Error> {
        for fold in self.distinct_folds() {
            let mut occurs = vec![false; self.n_classes];
            for row in self.split(fold).1 {
                occurs[dataset.targets[row]] |= sample_weights[row] > 0.0;
            }
            if let Some(class) = occurs.iter().position(|&occurs| !occurs) {
                return Err(Error::ClassMissingOutsideFold { class, fold });
            }
        }
        Ok(())
    }

    fn fit_members(&self, dataset: &TrainingSet) -> Result<Vec<LinearWeights>, Error> {
        self.members
            .iter()
            .map(|member| member.fit(dataset, self.n_classes, self.seed))
            .collect()
    }

    /// For every member the margins of shape `(n_rows, n_classes)`, each row's made without the
    /// rows of its fold.
    fn out_of_fold_margins(&self, dataset: &TrainingSet) -> Result<Vec<Array2<f64>>, Error> {
        let shape = (dataset.records.n_rows(), self.n_classes);
        let mut margins = vec![Array2::zeros(shape); self.members.len()];
        for fold in self.distinct_folds() {
            let (inside, outside) = self.split(fold);
            let members = self.fit_members(&select_rows(dataset, &outside))?;
            let held_out = dataset.records.select(&inside);
            for (member, margins) in members.iter().zip(&mut margins) {
                let rows = member.margins(&held_out);
                for (&row, held_out) in inside.iter().zip(rows.outer_iter()) {
                    margins.row_mut(row).assign(&held_out);
                }
            }
        }
        Ok(margins)
    }
}
