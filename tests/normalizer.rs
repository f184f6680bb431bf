//! Promises of the normaliser, on cases kept as data and on arbitrary text.

use marsad::text::{Normalizer, Offsets, Symbols};
use proptest::prelude::*;

#[derive(serde::Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(serde::Deserialize)]
struct Case {
    name: String,
    text: String,
    normal: String,
}

#[test]
fn every_case_has_the_normal_form_a_reader_expects() {
    let cases: Cases = toml::from_str(include_str!("data/normalizer.toml")).unwrap();
    let normalizer = Normalizer::default();
    for Case { name, text, normal } in cases.case {
        assert_eq!(normalizer.normalize(&text), normal, "{name}: {text}");
    }
}

#[test]
fn every_character_alone_and_between_letters_is_normalised_once_and_for_all() {
    let normalizer = Normalizer::default();
    for c in '\0'..=char::MAX {
        for text in [c.to_string(), format!("e{c}"), format!("ا{c}ب {c}")] {
            let once = normalizer.normalize(&text);
            assert_eq!(normalizer.normalize(&once), once, "U+{:04X}", c as u32);
        }
    }
}

#[test]
fn composed_and_decomposed_text_have_one_normal_form() {
    use unicode_normalization::UnicodeNormalization;
    let normalizer = Normalizer::default();
    for text in [
        "آفاق الأمّة وؤون شئون",
        "Café Ñandú Åse İstanbul",
        "각하 ﷺ ẛ̣",
        "ۀ ۓ ۂ",
    ] {
        let form = normalizer.normalize(text);
        assert_eq!(normalizer.normalize(&text.nfd().collect::<String>()), form);
        assert_eq!(normalizer.normalize(&text.nfc().collect::<String>()), form);
    }
}

/// Text as it may come from an archive: Arabic, marks, Latin, addresses, digits, and anything else.
fn archive_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => "[ء-غف-يًٌٍَُِّْٰٕٓٔـ]{1,12}",
        1 => "[ \t\n.،؛:!?؟…«»\"'()-]{1,3}",
        1 => "[a-zA-Z0-9٠-٩۰-۹]{1,8}",
        1 => "(https?://|www\\.|@|#|a@|\\.|:)[a-z0-9./_@-]{0,12}",
        1 => "[ﭐ-﷿ﹰ-ﻼپچژگکیےہھٹڈ\u{200B}-\u{200F}\u{061C}\u{2066}-\u{2069}]{1,4}",
        1 => "[à-öÀ-Öi\u{0300}-\u{0345}가-힣\u{1100}-\u{11FF}]{1,6}",
        1 => any::<String>(),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn normalising_twice_changes_nothing(text in archive_text()) {
        let normalizer = Normalizer::default();
        let once = normalizer.normalize(&text);
        prop_assert_eq!(normalizer.normalize(&once), once);
    }

    #[test]
    fn offsets_say_where_each_word_came_from(text in archive_text()) {
        let normalizer = Normalizer::default();
        let (mut plain, mut symbols, mut offsets) = (Symbols::new(), Symbols::new(), Offsets::default());
        normalizer.normalize_into(&text, &mut plain);
        normalizer.normalize_with_offsets(&text, &mut symbols, &mut offsets);
        prop_assert_eq!(plain.as_bytes(), symbols.as_bytes());
        let mut last_start = 0;
        for word in symbols.words() {
            let original = offsets.original(word.clone());
            prop_assert!(!original.is_empty() && original.start >= last_start);
            last_start = original.start;
            // A word normalised out of its context is the same word, or one of the words of
            // an expansion such as U+FDFA or of one stretch that NFC rewrote.
            let alone = normalizer.normalize(&text[original]);
            let word = marsad::text::symbol::decode(&symbols.as_bytes()[word]);
            // What an address is depends on what stands around it.
            if ["url", "email", "mention"].contains(&word.as_str()) {
                continue;
            }
            prop_assert!(alone.contains(&word), "{word} in {alone}");
        }
    }
}

/// The symbols of `text`, with the instructions of this processor and without.
fn both_ways(text: &str) -> [Vec<u8>; 2] {
    [Normalizer::default(), Normalizer::default().scalar()].map(|normalizer| {
        let mut symbols = Symbols::new();
        normalizer.normalize_into(text, &mut symbols);
        symbols.as_bytes().to_vec()
    })
}

#[test]
fn vector_instructions_see_every_character_at_every_place_as_the_table_does() {
    // Sixty-four bytes are looked at together: what stands at a border has a neighbour in other lanes.
    let before = ["", "ا", "w", "ب ", "www", "https", "ab@c"];
    let after = ["", "ب", "//x.y", " ", ".", "x"];
    let characters = ('\0'..='\u{7FF}')
        .chain('\u{2000}'..='\u{206F}')
        .chain("ﷺﻻ가\u{FEFF}\u{FFFD}\u{1EE00}😀".chars());
    for c in characters {
        for (n, before) in before.iter().enumerate() {
            for padding in 54 - before.len()..66 {
                // All that may follow the marks of an address; behind other characters they take turns.
                let shown = match c.is_ascii() {
                    true => &after[..],
                    false => &after[(n + padding + c as usize) % after.len()..][..1],
                };
                for after in shown {
                    let text = format!("{} {before}{c}{after}", "x".repeat(padding - 1));
                    let [vectorised, scalar] = both_ways(&text);
                    assert_eq!(vectorised, scalar, "U+{:04X} in {text}", c as u32);
                }
            }
        }
    }
}

#[test]
fn vector_instructions_change_no_training_sentence() {
    let sentences = include_str!("../data/train.jsonl");
    let [vectorised, scalar] = both_ways(sentences);
    assert!(vectorised == scalar, "as one text");
    for line in sentences.lines() {
        let [vectorised, scalar] = both_ways(line);
        assert_eq!(vectorised, scalar, "{line}");
    }
}
