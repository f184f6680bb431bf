//! Apache Parquet.

mod blocks;
mod cells;
mod time;

pub(super) use blocks::open;
