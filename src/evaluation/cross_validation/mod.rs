//! How good is a configuration on sentences it was not trained on?

mod cross_validate;
mod part;
mod parts_by_date;
mod parts_by_value;
mod stratified_parts;

pub use cross_validate::{CrossValidated, cross_validate, cross_validated_curve};
pub use part::Part;
pub use parts_by_date::parts_by_date;
pub use parts_by_value::parts_by_value;
pub use stratified_parts::stratified_parts;
