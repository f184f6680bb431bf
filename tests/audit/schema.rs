//! The form of records.

use marsad::audit::{Rule, read_splits, schema};

use super::folder::Folder;

/// Every fault, each with its line in the file that is planted for it.
#[test]
fn every_fault_is_found_with_its_line() {
    let folder = Folder::new();
    folder.write(
        "a.jsonl",
        [
            r#"{"id": "1", "text": "قال", "label": "attack", "tags": ["attack"], "group": "g1"}"#,
            r#"{"id": "2", "text": "قال", "label": "other", "tags": ["attack"], "group": "g1"}"#,
            r#"{"text": "قال", "label": "other", "group": "g2"}"#,
            r#"{"id": "4", "text": "قال", "label": "attack", "tags": [], "group": "g2"}"#,
            "",
            r#"{"id": "5", "text": "قال", "label": "other", "tags": ["atack"], "group": "g2"}"#,
            r#"{"id": "6", "text": "قال", "label": "other"}"#,
            r#"{"id": "7", "text": " قال\tنعم\u00a0", "label": "other", "group": "g2"}"#,
            r#"{"id": "8", "text": "", "label": "other", "group": "g2"}"#,
            "{",
        ]
        .join("\n"),
    );
    folder.write(
        "b.jsonl",
        [
            r#"{"id": "1", "text": "قال", "label": "other", "group": "g3"}"#,
            r#"{"id": "9", "text": "قال", "label": "other", "group": "g1"}"#,
            r#"{"id": "10", "text": "قال", "label": "other", "group": "g1"}"#,
        ]
        .join("\n"),
    );
    let paths = [folder.path("a.jsonl"), folder.path("b.jsonl")];
    let (splits, skipped) = read_splits(&paths).unwrap();
    assert!(skipped.is_empty());
    let findings = schema(&splits);
    let found: Vec<_> = findings
        .iter()
        .map(|f| {
            let file = f.place.path.file_stem().unwrap().to_str().unwrap();
            (f.rule, file, f.place.line)
        })
        .collect();
    assert_eq!(
        found,
        [
            (Rule::Readable, "a", 9),
            (Rule::Readable, "a", 10),
            (Rule::Identifier, "a", 3),
            (Rule::Identifier, "b", 1),
            (Rule::Tags, "a", 4),
            (Rule::Tags, "a", 6),
            (Rule::Group, "a", 7),
            // Once for the split, at the first sentence of the group.
            (Rule::GroupLeak, "b", 2),
            (Rule::CleanText, "a", 8),
            (Rule::CleanText, "a", 8),
            (Rule::CleanText, "a", 8),
        ],
        "{findings:#?}"
    );
}

#[test]
fn files_that_are_no_labelled_data_are_skipped_with_a_reason() {
    let folder = Folder::new();
    let record = r#"{"id": "1", "text": "قال", "label": "x"}"#;
    folder.write("data/behaviour.jsonl", record);
    folder.write("data/empty.jsonl", "\n");
    folder.write("data/raw.jsonl", r#"{"id": "1", "text": "قال"}"#);
    folder.write("data/raw.csv", "id,text\n1,قال\n");
    folder.write("data/train.jsonl", record);
    let (splits, skipped) = read_splits(&[folder.path("data")]).unwrap();
    assert_eq!(splits.len(), 1);
    let names: Vec<_> = skipped
        .iter()
        .map(|s| s.path.file_name().unwrap().to_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["behaviour.jsonl", "empty.jsonl", "raw.csv", "raw.jsonl"]
    );
}

#[test]
fn a_file_that_is_named_itself_is_never_skipped() {
    let folder = Folder::new();
    let record = r#"{"id": "1", "text": "قال", "label": "x"}"#;
    folder.write("train.jsonl", record);
    for (name, contents, reason) in [
        ("behaviour.jsonl", record, "is a checklist"),
        ("empty.jsonl", "\n", "has no records"),
        (
            "raw.jsonl",
            r#"{"id": "1", "text": "قال"}"#,
            "its records have no label",
        ),
        // A slip of the pen in the header.
        ("test.csv", "id,text,lable\n1,قال,x\n", "id, text, lable"),
    ] {
        folder.write(name, contents);
        let paths = [folder.path("train.jsonl"), folder.path(name)];
        let error = read_splits(&paths).unwrap_err().to_string();
        assert!(
            error.contains(&format!("{name}: cannot be checked: ")) && error.contains(reason),
            "{error}"
        );
    }
}
