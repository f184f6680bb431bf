//! Rows of documents.

use marsad::archive::{DocumentRow, Fields, LabelTally, Place, RowShape, Strongest, Unit};

use super::{formats, parse, text};

const TEXT: &str = "وصل. \"ثم\" غادر.";

const SHAPE: RowShape = RowShape {
    unit: Unit::Document,
    split: true,
    duplicates: false,
    abstains: false,
    carried: &[],
    all_carried: false,
};

/// Three sentences of the first label, none of the second.
fn tallies() -> [LabelTally; 2] {
    let strongest = Strongest {
        place: Place {
            sentence: 1,
            start: 8,
            end: 24,
        },
        confidence: 0.5,
    };
    [
        LabelTally {
            count: 3,
            strongest: Some(strongest),
        },
        LabelTally::default(),
    ]
}

fn row(labels: &[LabelTally]) -> DocumentRow<'_> {
    DocumentRow {
        source: "a.jsonl",
        record: 7,
        id: None,
        date: None,
        carried: &[],
        text: TEXT,
        labels,
        without_label: 0,
    }
}

#[test]
fn a_document_in_each_format() {
    let tallies = tallies();
    let row = row(&tallies);
    let [jsonl, csv, tsv] = formats(&Fields::standard(&SHAPE));
    assert_eq!(
        text(|out| jsonl.document(&row, out)),
        concat!(
            r#"{"source":"a.jsonl","record":7,"sentences":3,"counts":{"attack, or":3,"text":0},"#,
            r#""strongest":{"attack, or":{"sentence":1,"start":8,"end":24,"confidence":0.5000,"text":"\"ثم\" غادر."}}}"#,
            "\n"
        )
    );
    assert_eq!(
        text(|out| csv.header(out)),
        concat!(
            "source,record,id,date,sentences,\"attack, or_count\",text_count,",
            "\"attack, or_sentence\",\"attack, or_start\",\"attack, or_end\",\"attack, or_confidence\",\"attack, or_text\",",
            "text_sentence,text_start,text_end,text_confidence,text_text\n"
        )
    );
    assert_eq!(
        text(|out| csv.document(&row, out)),
        "a.jsonl,7,,,3,3,0,1,8,24,0.5000,\"\"\"ثم\"\" غادر.\",,,,,\n"
    );
    assert_eq!(
        text(|out| tsv.document(&row, out)),
        "a.jsonl\t7\t\t\t3\t3\t0\t1\t8\t24\t0.5000\t\"ثم\" غادر.\t\t\t\t\t\n"
    );
}

#[test]
fn texts_are_left_out_and_fields_chosen() {
    let tallies = tallies();
    let row = row(&tallies);
    let fields = parse("strongest,record", &SHAPE).without_text();
    let [jsonl, csv, _] = formats(&fields);
    assert_eq!(
        text(|out| jsonl.document(&row, out)),
        "{\"strongest\":{\"attack, or\":{\"sentence\":1,\"start\":8,\"end\":24,\"confidence\":0.5000}},\"record\":7}\n"
    );
    assert_eq!(text(|out| csv.document(&row, out)), "1,8,24,0.5000,,,,,7\n");
}
