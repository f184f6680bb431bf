//! What a run is made of.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::InputIdentity;

/// The version of the layout of a run directory that this crate writes and reads.
pub(super) const FORMAT_VERSION: u32 = 1;

/// Everything that the output of a run depends on: a run with an equal manifest writes equal bytes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of the layout, 1.
    pub format_version: u32,
    /// The version of the program.
    pub marsad: String,
    /// The checksum of the model.
    pub model: String,
    /// The settings that the output depends on, by their names on the command line.
    pub settings: serde_json::Map<String, Value>,
    /// The inputs, in their order.
    pub inputs: Vec<InputIdentity>,
}

impl Manifest {
    /// The manifest of a run of this version of the program.
    #[must_use]
    pub fn new(
        model: String,
        settings: serde_json::Map<String, Value>,
        inputs: Vec<InputIdentity>,
    ) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            marsad: env!("CARGO_PKG_VERSION").to_owned(),
            model,
            settings,
            inputs,
        }
    }

    /// The first thing in which `other` differs, in words; `None` if the two are equal.
    pub(super) fn difference(&self, other: &Self) -> Option<String> {
        if self.marsad != other.marsad {
            return Some(format!(
                "it was begun by marsad {}, this is {}",
                self.marsad, other.marsad
            ));
        }
        if self.model != other.model {
            return Some("the model is another".to_owned());
        }
        let names = self.settings.keys().chain(other.settings.keys());
        for name in names {
            let (old, new) = (self.settings.get(name), other.settings.get(name));
            if old != new {
                let show =
                    |value: Option<&Value>| value.map_or("not set".to_owned(), Value::to_string);
                return Some(format!("{name} was {} and is {}", show(old), show(new)));
            }
        }
        if self.inputs.len() != other.inputs.len() {
            return Some(format!(
                "it read {} inputs, now there are {}",
                self.inputs.len(),
                other.inputs.len()
            ));
        }
        self.inputs
            .iter()
            .zip(&other.inputs)
            .find_map(|(old, new)| Some(format!("input «{}»: {}", new.path, old.difference(new)?)))
    }
}
