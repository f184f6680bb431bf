//! The shipped model, inside the binary.

use std::path::Path;

use super::{Classifier, ModelFiles};
use crate::Error;

impl Classifier {
    /// The shipped model of this version, from `models/default`. Takes a few milliseconds.
    ///
    /// # Errors
    ///
    /// [`Error::Model`] if the crate was built with a broken `models/default`.
    pub fn embedded() -> Result<Self, Error> {
        ModelFiles::embedded().classifier(Path::new("the embedded models/default"))
    }
}

impl ModelFiles {
    /// The files of the shipped model.
    #[must_use]
    pub fn embedded() -> Self {
        Self::from_bytes(
            include_bytes!("../../models/default/config.json").to_vec(),
            include_bytes!("../../models/default/model.safetensors").to_vec(),
            Some(include_bytes!("../../models/default/tokenizer.json").to_vec()),
        )
    }
}
