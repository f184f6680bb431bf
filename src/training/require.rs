//! One line for one rule of a parameter check.

use std::fmt::Display;

use crate::Error;

/// Refuses `got` as the value of `parameter` unless `holds`.
///
/// # Errors
///
/// [`Error::InvalidParameter`] with the name, the rule and the value.
pub(super) fn require(
    holds: bool,
    parameter: &'static str,
    rule: &'static str,
    got: impl Display,
) -> Result<(), Error> {
    if holds {
        return Ok(());
    }
    Err(Error::InvalidParameter {
        parameter,
        rule,
        got: got.to_string(),
    })
}
