//! What did a run find, in figures?
//!
//! [`Summary`] counts and adds up; [`SummaryReport`] puts names to the counts and writes them as text, JSON and HTML.

mod chart;
mod date;
mod html;
mod json;
mod keyed_counts;
mod left_out;
mod month;
mod numbers;
mod periods;
mod report;
mod skipped;
mod text;
mod totals;

pub use date::month;
pub use left_out::LeftOut;
pub use month::Month;
pub use report::SummaryReport;
pub use totals::Summary;
