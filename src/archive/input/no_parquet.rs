//! Parquet files, in a build without them.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use super::ReadOptions;
use super::block::{Cut, Position};
use crate::Error;

pub(super) fn open(
    source: &Arc<str>,
    _: Option<File>,
    _: Box<dyn Read + Send>,
    _: &ReadOptions,
    _: Option<Position>,
) -> Result<Box<dyn Cut>, Error> {
    Err(Error::Data(format!(
        "{source}: is a Parquet file, which this build of marsad cannot read; build it with --features parquet"
    )))
}
