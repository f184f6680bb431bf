//! Labels that a model does not expect.

use marsad::audit::surprises;
use marsad::features::FeatureConfig;
use marsad::training::{LabelledSentence, TrainingConfig};

use super::sentence::sentence;

fn config() -> TrainingConfig {
    TrainingConfig {
        features: FeatureConfig {
            bucket_bits: 12,
            subwords: false,
            ..FeatureConfig::default()
        },
        ..TrainingConfig::default()
    }
}

#[test]
fn a_wrong_label_is_the_most_surprising() {
    let attack = "انفجرت سيارة مفخخة في السوق فقتل جنود";
    let sport = "فاز الفريق بهدفين في مباراة الدوري";
    let mut sentences: Vec<LabelledSentence> = (0..40)
        .map(|n| {
            let (text, label) = [(attack, "attack"), (sport, "sport")][n % 2];
            sentence(&format!("{text} رقم {n}"), label, &n.to_string())
        })
        .collect();
    sentences[6].label = "sport".to_owned();
    let labels = ["attack".to_owned(), "sport".to_owned()];
    let found = surprises(&sentences, &labels, &config(), 3).unwrap();
    assert_eq!(found.len(), 3);
    assert_eq!((found[0].place, found[0].predicted.as_str()), (6, "attack"));
    // With two labels the other one has the rest of the probability.
    let other = 1.0 - found[0].probability;
    assert!(((-found[0].loss).exp() - other).abs() < 1e-12, "{found:?}");
    assert!(found[0].loss > found[1].loss && found[1].loss >= found[2].loss);
}

#[test]
fn one_label_alone_cannot_surprise() {
    let sentences = [sentence("قال", "x", "a"), sentence("نعم", "x", "b")];
    assert!(surprises(&sentences, &["x".to_owned()], &config(), 3).is_err());
}
