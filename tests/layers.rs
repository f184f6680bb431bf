//! The folders of `src` stand in the order the data flows; none uses one below it.

#![expect(
    clippy::unwrap_used,
    reason = "helpers outside #[test] functions may panic too"
)]

use std::fs;
use std::path::{Path, PathBuf};

/// The order that ARCHITECTURE.md prints.
const LAYERS: [&str; 9] = [
    "text",
    "features",
    "vectors",
    "model",
    "training",
    "evaluation",
    "audit",
    "archive",
    "cli",
];

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

/// The folders that `source` names in paths from the root of the crate.
fn used(source: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for root in ["crate::", "marsad::"] {
        for (at, _) in source.match_indices(root) {
            let path = &source[at + root.len()..];
            // A path in a doc comment binds as much as one in code: it says what the reader must know first.
            let group = path
                .strip_prefix('{')
                .map(|group| group.split('}').next().unwrap_or_default());
            for part in group.map_or_else(
                || vec![path],
                |group| group.split(',').map(str::trim).collect(),
            ) {
                let name: String = part.chars().take_while(char::is_ascii_lowercase).collect();
                found.extend(
                    LAYERS
                        .iter()
                        .find(|layer| **layer == name && !part.starts_with("model_")),
                );
            }
        }
    }
    found
}

#[test]
fn no_folder_uses_one_below_it() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut edges = 0;
    for (rank, layer) in LAYERS.iter().enumerate() {
        for file in rust_files(&source.join(layer)) {
            for used in used(&fs::read_to_string(&file).unwrap()) {
                let used_rank = LAYERS.iter().position(|layer| *layer == used).unwrap();
                assert!(
                    used_rank <= rank,
                    "{} uses {used}, which stands below {layer}",
                    file.display()
                );
                edges += usize::from(used_rank < rank);
            }
        }
    }
    assert!(
        edges > 20,
        "the test sees {edges} uses of upper folders: it has gone blind"
    );
}

#[test]
fn every_folder_is_a_layer_and_stands_in_the_architecture() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let architecture = fs::read_to_string(root.join("ARCHITECTURE.md")).unwrap();
    let mut last = 0;
    for layer in LAYERS {
        let at = architecture
            .find(&format!("| `src/{layer}` |"))
            .unwrap_or_else(|| panic!("{layer} is missing"));
        assert!(at > last, "{layer} stands out of order");
        last = at;
    }
    for entry in fs::read_dir(root.join("src")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            assert!(LAYERS.contains(&name.as_str()), "src/{name} is no layer");
        }
    }
}

#[test]
fn one_small_module_has_unsafe_code() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files = rust_files(&source).into_iter();
    let with: Vec<PathBuf> = files
        .filter(|file| fs::read_to_string(file).unwrap().contains("unsafe_code"))
        .collect();
    assert_eq!(with, [source.join("text/vectorised.rs")]);
}

#[test]
fn the_test_sees_a_back_edge() {
    assert_eq!(used("use crate::archive::Row;"), ["archive"]);
    assert_eq!(
        used("use crate::{Error, evaluation::Table};"),
        ["evaluation"]
    );
    assert_eq!(used("let x = marsad::training::train;"), ["training"]);
    assert!(used("use crate::Error;").is_empty());
}
