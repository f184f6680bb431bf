//! The cases of `tests/data/sentences.toml`.

use marsad::text::{SentenceSplitter, boilerplate_rule};
use serde::Deserialize;

#[derive(Deserialize)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    name: String,
    text: String,
    sentences: Vec<String>,
    #[serde(default)]
    boilerplate: Vec<usize>,
}

#[test]
fn every_case_is_split_and_marked_as_written() {
    let cases: Cases = toml::from_str(include_str!("data/sentences.toml")).unwrap();
    assert!(cases.case.len() >= 110, "{} cases", cases.case.len());
    let mut failures = Vec::new();
    for case in &cases.case {
        let sentences: Vec<_> = SentenceSplitter::new().split(&case.text).collect();
        let texts: Vec<&str> = sentences.iter().map(|s| s.of(&case.text)).collect();
        let marked: Vec<usize> = (0..sentences.len())
            .filter(|&i| sentences[i].boilerplate)
            .collect();
        if texts != case.sentences || marked != case.boilerplate {
            let rules: Vec<_> = texts.iter().map(|text| boilerplate_rule(text)).collect();
            failures.push(format!("{}\n  {texts:#?}\n  {rules:?}", case.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
