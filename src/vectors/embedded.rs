//! The vectors inside the binary.

use std::path::Path;

use super::{VectorFiles, WordVectors};
use crate::Error;

impl WordVectors {
    /// The vectors that ship with the crate, in the repository under `models/vectors`; their card there says what
    /// they were learned from.
    ///
    /// # Errors
    ///
    /// None, unless the build was tampered with.
    pub fn embedded() -> Result<Self, Error> {
        VectorFiles::from_bytes(
            include_bytes!("../../models/vectors/config.json").to_vec(),
            include_bytes!("../../models/vectors/words.tsv").to_vec(),
            include_bytes!("../../models/vectors/vectors.safetensors").to_vec(),
        )
        .vectors(Path::new("the embedded vectors"))
    }
}
