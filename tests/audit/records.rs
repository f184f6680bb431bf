//! What a labelled sentence knows of its record.

use std::collections::BTreeMap;

use marsad::training::Corpus;

use super::folder::Folder;

fn fields(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
    let own = |&(name, value): &(&str, &str)| (name.to_owned(), value.to_owned());
    pairs.iter().map(own).collect()
}

#[test]
fn lines_and_other_scalar_fields_of_json_are_kept() {
    let folder = Folder::new();
    folder.write(
        "data.jsonl",
        "\u{FEFF}{\"text\": \"قال\", \"label\": \"x\", \"genre\": \"عنوان\", \"year\": 2015, \"weight\": 1.50, \
         \"checked\": true, \"outlet\": null, \"links\": [1], \"place\": {\"lat\": 1}, \"group\": 7}\n\
         \n\
         {\"text\": \"نعم\", \"label\": \"y\", \"odd\": \"\\ud800\", \"big\": 1e999}\n",
    );
    let corpus = Corpus::read(&[folder.path("data.jsonl")]).unwrap();
    assert!(corpus.rejected.is_empty(), "{:?}", corpus.rejected);
    let [first, second] = &corpus.sentences[..] else {
        panic!("two sentences: {:?}", corpus.sentences);
    };
    assert_eq!((first.line, second.line), (1, 3));
    assert_eq!(
        first.fields,
        fields(&[
            ("checked", "true"),
            ("genre", "عنوان"),
            ("weight", "1.50"),
            ("year", "2015")
        ])
    );
    // What cannot be shown in a field does not make the record unreadable.
    assert_eq!(second.fields, fields(&[("big", "1e999")]));
    for (name, value) in [
        ("label", Some("x")),
        ("group", Some("7")),
        ("year", Some("2015")),
        ("id", None),
        ("outlet", None),
    ] {
        assert_eq!(first.field(name), value, "{name}");
    }
}

#[test]
fn lines_and_other_columns_of_tables_are_kept() {
    let folder = Folder::new();
    folder.write(
        "data.csv",
        "id,text,label, genre ,year\n1,\"قال\nنعم\",x,خبر,2015\n2,لا,y,,2016\n",
    );
    let corpus = Corpus::read(&[folder.path("data.csv")]).unwrap();
    let found: Vec<_> = corpus
        .sentences
        .iter()
        .map(|s| (s.line, s.fields.clone()))
        .collect();
    assert_eq!(
        found,
        [
            (2, fields(&[("genre", "خبر"), ("year", "2015")])),
            (4, fields(&[("year", "2016")])),
        ]
    );
}
