//! The trained estimators against other tools, against definitions, and on several threads.

#![allow(
    clippy::unreadable_literal,
    reason = "numbers stand as the quoted sessions print them"
)]
#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml exempts test functions, not what they call"
)]

mod calibration;
mod class_weights;
mod complement_naive_bayes;
mod configuration;
mod data;
mod linear_svm;
mod logistic_regression;
mod minimiser;
mod stacked_ensemble;
mod threads;
mod training_set;
mod vectors;
