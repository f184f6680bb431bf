//! An evaluation as a page that people want to look at.

mod html;
mod page;
mod plot;
mod plots;
mod sections;

pub use plot::Plot;

#[cfg(test)]
mod tests;
