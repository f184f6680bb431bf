//! The card in a model directory.

use std::path::Path;

use super::{CARD_SCHEMA, CARD_VERSION, ModelCard};
use crate::Error;
use crate::checksum::sha256;
use crate::evaluation::stored::read_stored;
use crate::files::{read_at_most, write_atomically};
use crate::model::{CARD_FILE, ModelConfig, ModelFiles, WEIGHTS_FILE};

/// What the card is written from.
const FACTS_FILE: &str = "card.json";

/// No page written by hand comes near this many bytes.
const MAX_PAGE: u64 = 64 << 20;

impl ModelCard {
    /// Reads the `card.json` of the directory `path`, which holds the model `files` of configuration `config`; `None` if there is
    /// none, as in models of earlier versions.
    ///
    /// # Errors
    ///
    /// [`Error::Io`]; [`Error::Model`] when the file is broken or describes another model.
    pub fn read(
        path: &Path,
        files: &ModelFiles,
        config: &ModelConfig,
    ) -> Result<Option<Self>, Error> {
        let file = path.join(FACTS_FILE);
        if !file.exists() {
            return Ok(None);
        }
        let card: Self = read_stored(&file, CARD_SCHEMA, CARD_VERSION, "marsad train")?;
        let refused = |message: String| Error::model(&file, message);
        if card.model_sha256 != files.checksum() {
            return Err(refused(format!(
                "describes a model whose weights have the SHA-256 {}, but {WEIGHTS_FILE} has {}: train the model anew, or remove \
                 {FACTS_FILE} to begin a new card",
                card.model_sha256,
                files.checksum()
            )));
        }
        let own = card.own_data.iter().map(|own| &own.evaluation);
        let others = card.evaluations.iter().map(|other| &other.evaluation);
        for evaluation in own.chain(others) {
            evaluation.check_shape().map_err(refused)?;
            evaluation.check_labels(&config.labels).map_err(refused)?;
        }
        Ok(Some(card))
    }

    /// Writes `README.md` and then `card.json` to the directory `path`, which holds the model `files` of configuration `config`.
    ///
    /// # Errors
    ///
    /// [`Error::Io`], or [`Error::Model`] when people have written or changed the `README.md` that is there and `overwrite` is
    /// false.
    pub fn write(
        &self,
        path: &Path,
        files: &ModelFiles,
        config: &ModelConfig,
        overwrite: bool,
    ) -> Result<(), Error> {
        let page = self.page(files, config);
        let place = path.join(CARD_FILE);
        if !overwrite && place.exists() {
            let there = read_at_most(&place, MAX_PAGE)?;
            // A run that was killed between the two files left the new page beside the old facts.
            let is_ours = self.readme_sha256.as_ref() == Some(&sha256(&there));
            if !is_ours && there != page.as_bytes() {
                return Err(Error::model(
                    place,
                    "was written or changed by hand or by an earlier marsad, and would be lost: move what is to stay into a file for --notes, then pass \
                     --overwrite",
                ));
            }
        }
        write_atomically(path, CARD_FILE, page.as_bytes())?;
        self.write_facts(path, &page)
    }

    /// Writes `card.json` alone, once `page` is in its place.
    ///
    /// # Errors
    ///
    /// [`Error::Io`].
    pub fn write_facts(&self, path: &Path, page: &str) -> Result<(), Error> {
        let mut facts = self.clone();
        facts.readme_sha256 = Some(sha256(page.as_bytes()));
        let mut json = serde_json::to_vec_pretty(&facts)
            .map_err(|e| Error::Data(format!("the card cannot be written: {e}")))?;
        json.push(b'\n');
        write_atomically(path, FACTS_FILE, &json)
    }
}
