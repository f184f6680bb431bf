//! From scores to everything that is shown of them.

mod assess;
mod confident_errors;
mod curves;

pub use assess::{Assessed, assess};
pub use confident_errors::confident_errors;
