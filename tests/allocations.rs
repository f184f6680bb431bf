//! Classifying allocates nothing once the buffers have grown.

use marsad::Classifier;
use marsad::training::Corpus;

#[test]
fn classifying_a_thousand_sentences_allocates_nothing() {
    let corpus = Corpus::read(&["data/train.jsonl".into()]).unwrap();
    let classifier = Classifier::embedded().unwrap();
    let mut scratch = classifier.scratch();
    let sentences: Vec<&str> = corpus
        .sentences
        .iter()
        .map(|sentence| sentence.text.as_str())
        .take(1000)
        .collect();
    // The longest sentence makes the buffers grow; the words of the others are new to the memo.
    let longest = sentences
        .iter()
        .copied()
        .max_by_key(|sentence| sentence.len())
        .unwrap();
    classifier.classify(longest, &mut scratch);
    let mut classes = 0;
    let allocations = allocation_counter::measure(|| {
        for sentence in &sentences {
            classes += classifier.classify(sentence, &mut scratch).class();
        }
    });
    assert_eq!(allocations.count_total, 0);
    assert!(classes > 0);
    // The count itself works.
    let seen = allocation_counter::measure(|| drop(std::hint::black_box(vec![1u8; 100])));
    assert_eq!(seen.count_total, 1);
}
