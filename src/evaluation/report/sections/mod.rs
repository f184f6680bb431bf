//! The parts of the page, in their order.

mod confusions;
mod cross_validation;
mod errors;
mod evidence;
mod labels;
mod learning_curve;
mod method;
mod prevalence;
mod probabilities;
mod slices;
mod summary;

pub(super) use confusions::confusions;
pub(super) use cross_validation::cross_validation;
pub(super) use errors::errors;
pub(super) use labels::labels;
pub(super) use learning_curve::learning_curve;
pub(super) use method::method;
pub(super) use prevalence::prevalence;
pub(super) use probabilities::probabilities;
pub(super) use slices::slices;
pub(super) use summary::summary;
