//! Named, versioned sets of normalisation rules.

use serde::{Deserialize, Serialize};

use super::rules::{self, Rule};

/// Which rules normalise the text. A model stores the profile it was trained under, and is
/// only ever used with that one; a change to a rule makes a new profile.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[non_exhaustive]
pub enum Profile {
    /// `news-1`: Arabic news in print and on the web. The default.
    #[default]
    #[serde(rename = "news-1")]
    News1,
}

impl Profile {
    /// The rules, in the order in which they are applied to each character.
    #[must_use]
    pub fn rules(self) -> &'static [Rule] {
        match self {
            Self::News1 => rules::NEWS_1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_in_a_model_file_is_fixed() {
        assert_eq!(
            serde_json::to_string(&Profile::News1).unwrap(),
            r#""news-1""#
        );
    }
}
