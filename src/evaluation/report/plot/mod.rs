//! The plots of a report, drawn by `plotters` as SVG.

mod axes;
mod canvas;
mod class_bars;
mod confidence;
mod heat_map;
mod ink;
mod learning_curve;
mod picture;
mod precision_recall;
mod reliability;
mod slices;

pub(super) use class_bars::class_bars;
pub(super) use confidence::confidence;
pub(super) use heat_map::heat_map;
pub(super) use ink::style;
pub(super) use learning_curve::learning_curve;
pub use picture::Plot;
pub(super) use precision_recall::precision_recall;
pub(super) use reliability::reliability;
pub(super) use slices::slices;
