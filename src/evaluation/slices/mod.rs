//! In which parts of the data is a model worse?

mod permutation_test;
mod slice_field;
mod slicing;

pub use permutation_test::worse_by_permutation;
pub use slice_field::slice_field;
pub use slicing::{MOST_VALUES, Slicing};
