//! Pretraining, and vectors on disk.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use std::path::Path;

use marsad::text::Profile;
use marsad::vectors::{Pretraining, PretrainingConfig, VectorFiles, WordVectors};
use ndarray::Array2;

/// Two topics whose words never meet.
const TOPICS: [[&str; 8]; 2] = [
    [
        "قصف",
        "غاره",
        "صاروخ",
        "انفجار",
        "هجوم",
        "قتيل",
        "جريح",
        "مسلح",
    ],
    [
        "هدف",
        "مباراه",
        "فريق",
        "مدرب",
        "ملعب",
        "لاعب",
        "دوري",
        "كاس",
    ],
];

/// Sentences that mix the words of one topic.
fn documents() -> Vec<String> {
    // Knuth's linear congruential generator; its high bits are random enough.
    let mut state = 1u64;
    let mut draw = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        (state >> 60) as usize % 8
    };
    (0..400)
        .map(|i| {
            let words: Vec<&str> = (0..7).map(|_| TOPICS[i % 2][draw()]).collect();
            words.join(" ") + ". في يوم"
        })
        .collect()
}

fn config() -> PretrainingConfig {
    PretrainingConfig {
        dimensions: 4,
        segment: 500,
        ..PretrainingConfig::default()
    }
}

fn learn(threads: usize) -> VectorFiles {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build()
        .unwrap();
    pool.install(|| {
        let mut pretraining = Pretraining::new(config()).unwrap();
        for batch in documents().chunks(150) {
            pretraining.read(batch).unwrap();
        }
        let n_sentences = pretraining.n_sentences();
        let vectors = pretraining.finish(|_| ()).unwrap();
        VectorFiles::new(&vectors, n_sentences, &config()).unwrap()
    })
}

#[test]
fn words_of_one_topic_are_near_one_another() {
    let vectors = learn(2).vectors(Path::new("memory")).unwrap();
    assert_eq!(vectors.words().len(), 18);
    assert_eq!(vectors.n_tokens(), 400 * 9);
    for (word, topic) in [("قصفٌ", &TOPICS[0]), ("مدرب", &TOPICS[1])] {
        let near = vectors.near(word, 7).unwrap();
        assert!(
            near.iter().all(|near| topic.contains(&near.word.as_str())),
            "{word}: {near:?}"
        );
        assert!(near.is_sorted_by(|a, b| a.similarity >= b.similarity));
    }
    assert!(vectors.near("سمكة", 3).is_none());
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let one = learn(1);
    assert_eq!(one, learn(2));
    assert_eq!(one, learn(16));
}

#[test]
fn too_little_text_is_refused_with_the_cure() {
    let mut pretraining = Pretraining::new(config()).unwrap();
    pretraining.read(&["قصف هجوم قصف هجوم"]).unwrap();
    let error = pretraining.finish(|_| ()).unwrap_err().to_string();
    assert!(error.contains("more text"), "{error}");
    let wrong = PretrainingConfig {
        smoothing: 0.0,
        ..PretrainingConfig::default()
    };
    assert!(
        Pretraining::new(wrong)
            .unwrap_err()
            .to_string()
            .contains("smoothing")
    );
}

#[test]
fn vectors_survive_the_disk_to_one_part_in_254_of_their_largest_coordinate() {
    let words: Vec<String> = ["قصف", "هجوم", "فريق"].map(str::to_owned).to_vec();
    let matrix = Array2::from_shape_fn((3, 5), |(i, j)| (i as f32 + 0.3) * (j as f32 - 1.7));
    let vectors = WordVectors::new(
        Profile::default(),
        words,
        vec![9, 5, 2],
        100,
        matrix.clone(),
    )
    .unwrap();
    let folder = tempfile::tempdir().unwrap();
    let files = VectorFiles::new(&vectors, 7, &PretrainingConfig::default()).unwrap();
    files.write(folder.path(), "card", false).unwrap();
    let error = files.write(folder.path(), "card", false).unwrap_err();
    assert!(error.to_string().contains("--overwrite"));

    let read = VectorFiles::read(folder.path()).unwrap();
    assert_eq!(read, files);
    let read = read.vectors(folder.path()).unwrap();
    assert_eq!(
        (read.words(), read.counts(), read.n_tokens()),
        (vectors.words(), vectors.counts(), 100)
    );
    for (read, written) in read.vectors().outer_iter().zip(matrix.outer_iter()) {
        let largest = written.iter().fold(0f32, |largest, x| largest.max(x.abs()));
        for (a, b) in read.iter().zip(written) {
            assert!((a - b).abs() <= largest / 253.0);
        }
    }
}

#[test]
fn a_broken_file_is_named() {
    let whole = learn(1);
    let folder = tempfile::tempdir().unwrap();
    for (file, damage) in [
        ("config.json", b"{" as &[u8]),
        ("words.tsv", b"\xFF"),
        ("words.tsv", "قصف 3\n".as_bytes()),
        ("words.tsv", "قصف\t3\n".as_bytes()),
        ("vectors.safetensors", b"12345678"),
    ] {
        whole.write(folder.path(), "", true).unwrap();
        std::fs::write(folder.path().join(file), damage).unwrap();
        let error = VectorFiles::read(folder.path())
            .unwrap()
            .vectors(folder.path())
            .unwrap_err()
            .to_string();
        assert!(error.contains(file), "{error}");
    }
    std::fs::remove_file(folder.path().join("words.tsv")).unwrap();
    let error = VectorFiles::read(folder.path()).unwrap_err().to_string();
    assert!(error.contains("words.tsv"), "{error}");
}

#[test]
fn the_shipped_vectors_load_and_say_what_they_are() {
    let vectors = WordVectors::embedded().unwrap();
    let (n_words, n_dimensions) = vectors.vectors().dim();
    assert_eq!(n_words, vectors.words().len());
    assert!(n_words >= 10_000 && n_dimensions >= 50);
    assert!(
        vectors.counts().is_sorted_by(|a, b| a >= b),
        "the most frequent word comes first"
    );
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("models/vectors");
    let card = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let files = VectorFiles::read(&folder).unwrap();
    assert!(
        card.contains(&vectors.checksum()),
        "the card names another checksum"
    );
    assert!(files.size() <= 8 << 20);
}
