//! Comparisons, prevalence, thresholds and drift on the command line.

mod compare;
mod drift;
#[path = "../folder/mod.rs"]
mod folder;
mod prevalence;
mod thresholds;

use serde_json::{Value, json};

use folder::{Folder, Outcome};

fn json_of(outcome: Outcome) -> Value {
    serde_json::from_str(&outcome.stdout()).expect("one JSON object")
}

/// A model that is surer of some sentences than of others, because one label in seven is wrong, and data for it.
fn trained(folder: &Folder) {
    let record = |i: usize, offset: usize| {
        let labels = [("blue", "ازرق"), ("red", "احمر")];
        // Multiples of a prime to the modulus come in an order that has nothing to do with that of the labels.
        let wrong = (i * 37 + offset) % 101 < 15;
        let (_, verb) = labels[i % 2];
        let (label, _) = labels[(i + usize::from(wrong)) % 2];
        let words = ["بيت", "نهر", "جبل", "طريق", "قلم", "شجر", "سوق", "بحر"];
        let (first, second) = (words[i * 5 % 7], words[i * 3 % 8]);
        let text = format!("{verb} {first} {second} {}", "ا".repeat(i % 5 + 1));
        let record =
            json!({"id": format!("s{i}"), "text": text, "label": label, "group": offset + i / 2});
        format!("{record}\n")
    };
    let records = |n, offset| (0..n).map(|i| record(i, offset)).collect::<String>();
    folder.write("train.jsonl", records(240, 0));
    folder.write("tune.jsonl", records(120, 1000));
    let train = ["train", "train.jsonl", "-o", "model", "--no-vectors", "-q"];
    folder.run(&train).stdout();
}
