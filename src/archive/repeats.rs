//! What becomes of sentences that were seen before.

use std::sync::{Mutex, PoisonError};

use super::{Duplicate, Duplicates, Fingerprint};
use crate::Error;

/// What becomes of a sentence that was seen before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDuplicate {
    /// Its row says so.
    Mark,
    /// It has no row and is counted as left out.
    Skip,
}

/// What a batch has seen, and what it does with what it sees again.
pub(super) struct Repeats {
    pub(super) action: OnDuplicate,
    seen: Mutex<Duplicates>,
}

impl Repeats {
    pub(super) fn new(action: OnDuplicate, bytes: usize) -> Result<Self, Error> {
        let seen = Mutex::new(Duplicates::new(bytes)?);
        Ok(Self { action, seen })
    }

    /// For each list of fingerprints, how its sentences repeat others; in the order of the lists.
    pub(super) fn check<'f>(
        &self,
        lists: impl Iterator<Item = &'f [Fingerprint]>,
    ) -> Vec<Vec<Option<Duplicate>>> {
        let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        lists.map(|list| seen.check_all(list)).collect()
    }
}
