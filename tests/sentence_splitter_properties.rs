//! Properties that hold for every text.

use marsad::text::{Sentence, SentenceSplitter};
use proptest::prelude::*;

/// The sentences of `text`.
fn split(text: &str) -> Vec<Sentence> {
    SentenceSplitter::new().split(text).collect()
}

/// Texts made of the pieces that the rules look at, so that the rules meet each other.
fn tricky_text() -> impl Strategy<Value = String> {
    let pieces = vec![
        ".",
        "..",
        "...",
        "…",
        "!",
        "?",
        "؟",
        "۔",
        "،",
        "؛",
        ":",
        "«",
        "»",
        "\"",
        "“",
        "”",
        "'",
        "(",
        ")",
        "[",
        "]",
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{200F}",
        "\u{A0}",
        "\u{FEFF}",
        "\u{94}",
        "\u{9F}",
        "\u{614}",
        "\u{65F}",
        "د",
        "أ",
        "م",
        "ه",
        "و",
        "ب",
        "وقال",
        "البلاد",
        "هـ",
        "سي",
        "بي",
        "نت",
        "1",
        "٣",
        "2015",
        "http://",
        "www.",
        "a",
        "Mr",
        "com",
        "/",
        "-",
        "–",
        "#",
        "@",
        "😀",
        "اقرأ أيضا",
        "يناير",
        "دَ",
        "ـ",
        "🇪🇬",
        "é",
    ];
    prop::collection::vec(prop::sample::select(pieces), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn every_visible_character_is_in_exactly_one_sentence(
        text in prop_oneof![tricky_text(), any::<String>()],
    ) {
        let mut end = 0;
        for sentence in split(&text) {
            prop_assert!(sentence.start >= end);
            prop_assert!(sentence.start < sentence.end);
            prop_assert!(text[end..sentence.start].chars().all(char::is_whitespace));
            let unit = sentence.of(&text);
            prop_assert_eq!(unit, unit.trim());
            end = sentence.end;
        }
        prop_assert!(text[end..].chars().all(char::is_whitespace));
    }

    #[test]
    fn joining_with_a_line_break_concatenates_the_sentences(
        first in tricky_text(),
        second in tricky_text(),
    ) {
        let joined = format!("{first}\n{second}");
        let offset = first.len() + 1;
        let mut expected = split(&first);
        expected.extend(split(&second).into_iter().map(|sentence| Sentence {
            start: sentence.start + offset,
            end: sentence.end + offset,
            ..sentence
        }));
        prop_assert_eq!(split(&joined), expected);
    }

    #[test]
    fn no_sentence_goes_over_a_line_break(text in tricky_text()) {
        for sentence in split(&text) {
            let line_break = sentence.of(&text).find(['\n', '\r', '\u{85}', '\u{2028}']);
            prop_assert_eq!(line_break, None);
        }
    }

    #[test]
    fn a_sentence_alone_is_marked_as_in_its_text(text in tricky_text()) {
        for sentence in split(&text) {
            prop_assert_eq!(marsad::text::is_boilerplate(sentence.of(&text)), sentence.boilerplate);
        }
    }
}

#[test]
fn long_texts_without_structure_take_linear_time() {
    // Without optimisation 5 MB of each takes a minute.
    const BYTES: usize = if cfg!(debug_assertions) {
        500_000
    } else {
        5_000_000
    };
    // Each would take hours if any look back or ahead were not bounded.
    let pieces = [
        ".",
        "!",
        ". ",
        "! ",
        ".\u{200F}",
        "...a",
        "«",
        "«... ",
        "«a...",
        "\"",
        "\". ",
        "(",
        ")",
        ".)",
        "a",
        "ا",
        " ",
        "\n",
        "\t.",
        "-.",
        "1.",
        "1.2.",
        "د.",
        "د. ",
        "أ ",
        "a.b",
        "http://.",
        "/.ا",
        "سي.",
        "سي. ",
        "...،",
        "!،",
        "! ! ,",
        "… ،",
        "\u{94}",
        "😀",
        "#",
        "اقرا ",
        ".،",
    ];
    for piece in pieces {
        let text = piece.repeat(BYTES / piece.len());
        let n_bytes: usize = SentenceSplitter::new()
            .split(&text)
            .map(|sentence| sentence.end - sentence.start)
            .sum();
        assert!(n_bytes <= text.len(), "{piece:?}");
    }
}

#[test]
fn white_space_around_a_stop_takes_linear_time() {
    let spaces = " ".repeat(1_000_000);
    for text in [
        format!("{spaces}.{spaces}a.{spaces}،"),
        format!("ا{spaces}ب.{spaces}ج. {}", "د.".repeat(500_000)),
        format!("{spaces}{}", "a.ب".repeat(500_000)),
    ] {
        assert!(SentenceSplitter::new().split(&text).count() > 0);
    }
}

#[test]
fn an_iterator_at_its_end_stays_there() {
    let mut sentences = SentenceSplitter::new().split("نعم.");
    assert!(sentences.next().is_some());
    assert_eq!(sentences.next(), None);
    assert_eq!(sentences.next(), None);
}
