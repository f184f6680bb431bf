//! Words as numbers.

use std::collections::HashMap;

use crate::text::Normalizer;

/// The normalised words of a number of texts, each distinct word a number in the order of first occurrence.
#[derive(Debug)]
pub(super) struct WordNumbers {
    /// The words of each text.
    pub(super) texts: Vec<Vec<u32>>,
    /// The word that each number stands for.
    pub(super) words: Vec<String>,
}

impl WordNumbers {
    pub(super) fn new(texts: &[&str]) -> Self {
        let normalizer = Normalizer::default();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut words = Vec::new();
        let mut number_of = |word: &str| {
            if let Some(&number) = numbers.get(word) {
                return number;
            }
            let number = words.len() as u32;
            numbers.insert(word.to_owned(), number);
            words.push(word.to_owned());
            number
        };
        let texts = texts
            .iter()
            .map(|text| {
                let normalised = normalizer.normalize(text);
                normalised.split_whitespace().map(&mut number_of).collect()
            })
            .collect();
        Self { texts, words }
    }

    /// The words that `numbers` stand for, with spaces between them.
    pub(super) fn show(&self, numbers: &[u32]) -> String {
        let words: Vec<&str> = numbers
            .iter()
            .map(|&number| self.words[number as usize].as_str())
            .collect();
        words.join(" ")
    }
}
