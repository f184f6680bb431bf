//! The feature stream, laid open, and the fast subwords against the crate they are compiled from.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use marsad::features::{
    FeatureConfig, FeatureExtractor, NgramLengths, SubwordScratch, Subwords, train_subwords,
};
use marsad::text::{Normalizer, Symbols, symbol};
use proptest::prelude::*;

/// A vocabulary with pieces that a person can follow: ال, قا, قال, من, ان.
const VOCABULARY: &str = r#"{
  "model": {
    "type": "BPE", "unk_token": null, "continuing_subword_prefix": null, "end_of_word_suffix": null,
    "vocab": {"ا": 0, "ل": 1, "ق": 2, "م": 3, "ن": 4, "ال": 5, "قا": 6, "قال": 7, "من": 8, "ان": 9},
    "merges": [["ا", "ل"], ["ق", "ا"], ["قا", "ل"], ["م", "ن"], ["ا", "ن"]]
  }
}"#;

fn stream(text: &str, config: FeatureConfig) -> Vec<String> {
    let subwords = Subwords::compile(VOCABULARY.as_bytes()).unwrap();
    let extractor = FeatureExtractor::new(config, Some(subwords)).unwrap();
    let mut symbols = Symbols::new();
    Normalizer::default().normalize_into(text, &mut symbols);
    let mut features = Vec::new();
    extractor.extract(&symbols, &mut SubwordScratch::default(), |feature| {
        features.push(feature.show(symbols.as_bytes()));
    });
    features
}

#[test]
fn the_feature_stream_of_three_sentences_is_what_a_person_expects() {
    let config = FeatureConfig {
        char_ngrams: Some(NgramLengths { min: 2, max: 3 }),
        opening_words: 2,
        opening_ngrams: vec![1],
        ..FeatureConfig::default()
    };
    // قال: n-grams of 2, then of 3, with _ for the boundary; the word; its pieces ([قا] would need a lower rank
    // than [ال], which comes first, so the word is ق + ال); the n-grams again as those of the opening; then what its place says.
    assert_eq!(
        stream("قالَ: «لن»", config.clone()).join(" "),
        "\"_ق\" \"قا\" \"ال\" \"ل_\" \"_قا\" \"قال\" \"ال_\" قال [ق] [ال] \
         ^1\"_ق\" ^1\"قا\" ^1\"ال\" ^1\"ل_\" ^1\"_قا\" ^1\"قال\" ^1\"ال_\" 0:قال \
         \"_ل\" \"لن\" \"ن_\" \"_لن\" \"لن_\" لن [ل] [ن] 1:لن قال+لن"
    );
    // Digits are one class; neither the vocabulary nor the openings know the third word.
    assert_eq!(
        stream("من 12 و", config.clone()).join(" "),
        "\"_م\" \"من\" \"ن_\" \"_من\" \"من_\" من [من] \
         ^1\"_م\" ^1\"من\" ^1\"ن_\" ^1\"_من\" ^1\"من_\" 0:من \
         \"_0\" \"00\" \"0_\" \"_00\" \"00_\" 00 1:00 من+00 \
         \"_و\" \"و_\" \"_و_\" و 00+و"
    );
    // Words and openings alone.
    let words_only = FeatureConfig {
        char_ngrams: None,
        word_bigrams: false,
        subwords: false,
        ..config
    };
    assert_eq!(
        stream("أعلنت الحكومة أمس", words_only).join(" "),
        "اعلنت 0:اعلنت الحكومه 1:الحكومه امس"
    );
}

#[test]
fn each_kind_can_be_switched_off_and_nothing_at_all_is_refused() {
    let all = FeatureConfig::default();
    let count = |config| stream("قال الوزير ان", config).len();
    let n = count(all.clone());
    // Three words: 3 words, 2 bigrams, 3 openings.
    assert_eq!(
        count(FeatureConfig {
            words: false,
            ..all.clone()
        }),
        n - 3
    );
    assert_eq!(
        count(FeatureConfig {
            word_bigrams: false,
            ..all.clone()
        }),
        n - 2
    );
    assert_eq!(
        count(FeatureConfig {
            opening_words: 0,
            ..all.clone()
        }),
        n - 3
    );
    assert_eq!(
        count(FeatureConfig {
            opening_ngrams: vec![1],
            ..all.clone()
        }),
        n - 2 * (4 * 3 - 2) - 3 * (4 * 6 - 2) - 2 * (3 + 2 + 1),
        "only the first word opens, and once"
    );
    // A word of L letters has 4·L + 2 n-grams of 2 to 5 with its boundaries, when L is at least 3 (L + 1, L, L − 1, L − 2).
    let ngrams = [3, 6].iter().map(|l| 4 * l - 2).sum::<usize>() + 3 + 2 + 1;
    assert_eq!(
        count(FeatureConfig {
            char_ngrams: None,
            ..all.clone()
        }),
        n - ngrams - 3 * (4 * 3 - 2) - 3 * (4 * 6 - 2) - 2 * (3 + 2 + 1),
        "two words stand in all three openings, one in two"
    );
    let none = FeatureConfig {
        char_ngrams: None,
        words: false,
        word_bigrams: false,
        subwords: false,
        opening_words: 0,
        ..all
    };
    assert!(
        FeatureExtractor::new(none, None)
            .unwrap_err()
            .to_string()
            .contains("at least one kind")
    );
}

#[test]
fn fields_out_of_range_are_named() {
    let fails =
        |config: FeatureConfig| FeatureExtractor::new(config, None).unwrap_err().to_string();
    let base = FeatureConfig {
        subwords: false,
        ..FeatureConfig::default()
    };
    assert!(
        fails(FeatureConfig {
            bucket_bits: 25,
            ..base.clone()
        })
        .contains("bucket_bits must be 8 to 24, got 25")
    );
    assert!(
        fails(FeatureConfig {
            opening_words: 17,
            ..base.clone()
        })
        .contains("opening_words")
    );
    for opening_ngrams in [vec![17], vec![0], vec![7, 3], vec![3, 3], vec![1, 2, 3, 4]] {
        let config = FeatureConfig {
            opening_ngrams,
            ..base.clone()
        };
        assert!(fails(config).contains("opening_ngrams must be at most 3 rising numbers"));
    }
    let lengths = Some(NgramLengths { min: 4, max: 3 });
    assert!(
        fails(FeatureConfig {
            char_ngrams: lengths,
            ..base.clone()
        })
        .contains("char_ngrams")
    );
    assert!(
        fails(FeatureConfig {
            subwords: true,
            ..base
        })
        .contains("subword")
    );
}

/// Pieces of `word` by the `tokenizers` crate.
fn by_the_crate(tokenizer: &tokenizers::Tokenizer, word: &str) -> Vec<u32> {
    tokenizer
        .encode_fast(word, false)
        .unwrap()
        .get_ids()
        .to_vec()
}

fn by_the_fast_form(subwords: &Subwords, scratch: &mut SubwordScratch, word: &str) -> Vec<u32> {
    let mut symbols = Vec::new();
    symbol::encode(word, &mut symbols);
    let mut pieces = Vec::new();
    subwords.divide(&symbols, scratch, |piece, start, end| {
        assert!(start < end && end as usize <= symbols.len());
        pieces.push(piece);
    });
    pieces
}

/// The shipped vocabulary in both forms.
fn both() -> (tokenizers::Tokenizer, Subwords) {
    let bytes = include_bytes!("../models/default/tokenizer.json");
    (
        tokenizers::Tokenizer::from_bytes(bytes).unwrap(),
        Subwords::compile(bytes).unwrap(),
    )
}

#[test]
fn the_fast_subwords_equal_the_crate_on_every_word_of_the_corpus() {
    let (tokenizer, subwords) = both();
    let (normalizer, mut scratch) = (Normalizer::default(), SubwordScratch::default());
    let corpus = marsad::training::Corpus::read(&["data/train.jsonl".into()]).unwrap();
    let mut words: Vec<String> = Vec::new();
    for sentence in corpus.sentences {
        words.extend(
            normalizer
                .normalize(&sentence.text)
                .split(' ')
                .map(str::to_owned),
        );
    }
    words.sort();
    words.dedup();
    assert!(words.len() > 10_000, "{} words", words.len());
    for word in words {
        assert_eq!(
            by_the_fast_form(&subwords, &mut scratch, &word),
            by_the_crate(&tokenizer, &word),
            "{word}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(10_000))]

    #[test]
    fn the_fast_subwords_equal_the_crate_on_random_words(word in "[ابتثجحخدذرزسشصضطظعغفقكلمنهويء]{1,60}|[ا-يa-z0]{1,12}|(ال|ها|ون|ات|م|ا|ل|و){1,20}|[ا-و東é]{1,10}") {
        thread_local! {
            static BOTH: (tokenizers::Tokenizer, Subwords) = both();
        }
        BOTH.with(|(tokenizer, subwords)| {
            let word = Normalizer::default().normalize(&word);
            let mut scratch = SubwordScratch::default();
            prop_assert_eq!(by_the_fast_form(subwords, &mut scratch, &word), by_the_crate(tokenizer, &word));
            Ok(())
        })?;
    }
}

#[test]
fn learning_a_vocabulary_gives_the_same_text_every_time() {
    let texts: Vec<String> = [
        "قال الوزير ان القوات",
        "قالت الوزاره ان الوزير",
        "القوات قالت",
    ]
    .map(str::to_owned)
    .into();
    let first = train_subwords(&texts, 40).unwrap();
    assert_eq!(first, train_subwords(&texts, 40).unwrap());
    assert!(Subwords::compile(first.as_bytes()).unwrap().n_pieces() <= 40);
}

#[test]
fn a_vocabulary_of_another_kind_is_refused_with_a_reason() {
    let broken = VOCABULARY.replace("\"BPE\"", "\"WordPiece\"");
    assert!(
        Subwords::compile(broken.as_bytes())
            .unwrap_err()
            .contains("plain BPE")
    );
    let broken = VOCABULARY.replace("[\"م\", \"ن\"]", "[\"م\", \"ك\"]");
    assert!(
        Subwords::compile(broken.as_bytes())
            .unwrap_err()
            .contains('ك')
    );
    assert!(Subwords::compile(b"{").is_err());
}
