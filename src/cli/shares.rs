//! Numbers by label on the command line: `attack=0.05,unrelated=0.7`.

use std::collections::BTreeMap;
use std::str::FromStr;

/// A number from 0 to 1 for labels, or one for all of them.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Shares {
    All(f64),
    ByLabel(BTreeMap<String, f64>),
}

impl FromStr for Shares {
    type Err = String;

    fn from_str(value: &str) -> Result<Self, String> {
        let share = |number: &str| match number.trim().parse::<f64>() {
            Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
            _ => Err(format!("«{number}» must be a number from 0 to 1")),
        };
        if !value.contains('=') {
            return share(value).map(Self::All);
        }
        let mut shares = BTreeMap::new();
        for part in value.split(',') {
            // A label may contain the sign itself.
            let (label, number) = part
                .rsplit_once('=')
                .ok_or_else(|| format!("«{part}» must be like LABEL=0.05"))?;
            let label = label.trim().to_owned();
            let share = share(number)?;
            if let Some(earlier) = shares.insert(label.clone(), share) {
                return Err(format!("«{label}» is given twice, {earlier} and {share}"));
            }
        }
        Ok(Self::ByLabel(shares))
    }
}

impl Shares {
    /// The number of each of `labels`; `None` for one that is not named.
    pub(super) fn of(&self, labels: &[String]) -> anyhow::Result<Vec<Option<f64>>> {
        let shares = match self {
            Self::All(share) => return Ok(vec![Some(*share); labels.len()]),
            Self::ByLabel(shares) => shares,
        };
        if let Some(label) = shares.keys().find(|label| !labels.contains(label)) {
            anyhow::bail!(
                "there is no label «{label}»; the labels are {}",
                labels.join(", ")
            );
        }
        Ok(labels
            .iter()
            .map(|label| shares.get(label).copied())
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_for_all_labels_or_by_label() {
        let labels = ["a=b", "c"].map(str::to_owned);
        let of = |value: &str| value.parse::<Shares>().unwrap().of(&labels).unwrap();
        assert_eq!(of("0.9"), [Some(0.9), Some(0.9)]);
        assert_eq!(of("a=b=0.25"), [Some(0.25), None]);
        assert_eq!(of("c=1, a=b=0"), [Some(0.0), Some(1.0)]);
        for wrong in ["1.5", "c=2", "c=0.1,c=0.2", "c=0.1,0.2", "x", "c=nan"] {
            assert!(wrong.parse::<Shares>().is_err(), "{wrong}");
        }
        assert!("d=0.5".parse::<Shares>().unwrap().of(&labels).is_err());
    }
}
