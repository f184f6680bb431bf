//! How are the weights learned?
//!
//! In the order of use, each file above those that build on it: the corpus, the training set and the
//! checks, the minimiser, the losses, the estimators, calibration, and the trainer that joins them.

mod labelled_sentence;

mod corpus;
mod corpus_formats;
mod folds;

mod require;
mod training_set;

mod curvature_history;
mod lbfgs;
mod orthant;
mod vectors;

mod softmax;
mod softmax_loss;

mod complement_naive_bayes;
mod linear_svm;
mod logistic_regression;
mod penalty;

mod member;
mod second_stage;
mod stacked_ensemble;

mod estimator;

mod calibration;
mod calibration_loss;
mod calibrator;
mod class_weights;

mod config;
mod dense_features;
mod design_matrix;
mod naming;
mod trainer;

pub use calibration::Calibration;
pub use calibrator::Calibrator;
pub use class_weights::ClassWeights;
pub use complement_naive_bayes::{ComplementNaiveBayesParams, ComplementNaiveBayesValidParams};
pub use config::{TrainingConfig, VectorConfig};
pub(crate) use corpus::data_files_in;
pub use corpus::{Corpus, DataFile};
pub use dense_features::DenseFeatures;
pub use design_matrix::DesignMatrix;
pub use estimator::Estimator;
pub use folds::grouped_folds;
pub use labelled_sentence::LabelledSentence;
pub(crate) use labelled_sentence::group_numbers;
pub use lbfgs::{Lbfgs, Minimum, Objective};
pub use linear_svm::{LinearSvmParams, LinearSvmValidParams};
pub use logistic_regression::{LogisticRegressionParams, LogisticRegressionValidParams};
pub use member::Member;
pub use orthant::L1;
pub use penalty::Penalty;
pub use softmax::softmax_inplace;
pub use stacked_ensemble::{StackedEnsembleParams, StackedEnsembleValidParams};
pub use trainer::{HeldOut, Trained, hold_out, train, train_uncalibrated};
pub use training_set::TrainingSet;
