//! Rows of sentences.

use marsad::archive::{DelimitedRows, Duplicate, Fields, JsonlRows, RowFormat, RowShape};

use super::{carried, carried_names, formats, labels, parse, row, text};

fn full() -> Fields {
    Fields::standard(&RowShape {
        split: true,
        duplicates: true,
        carried: &carried_names(),
        ..RowShape::default()
    })
}

#[test]
fn a_full_row_in_each_format() {
    let carried = carried();
    let [jsonl, csv, tsv] = formats(&full());
    let row = row(&carried);
    assert_eq!(
        text(|out| jsonl.row(&row, out)),
        concat!(
            r#"{"source":"a.jsonl","record":3,"id":"d\"1","date":"2014-05-01","sentence":2,"start":10,"end":38,"#,
            r#""text":"قال، \"نعم\"\nو,لا\tأ\\ب","label":"attack, or","confidence":0.7188,"#,
            r#""probabilities":{"attack, or":0.7188,"text":0.2812},"title":"أ\t\"ب\"","views":17,"carried_label":null}"#,
            "\n"
        )
    );
    let csv_header = "source,record,id,date,sentence,start,end,text,label,confidence,\"attack, or\",probability_text,duplicate,title,views,carried_label\n";
    assert_eq!(text(|out| csv.header(out)), csv_header);
    assert_eq!(
        text(|out| csv.row(&row, out)),
        concat!(
            "a.jsonl,3,\"d\"\"1\",2014-05-01,2,10,38,\"قال، \"\"نعم\"\"\nو,لا\tأ\\ب\",",
            "\"attack, or\",0.7188,0.7188,0.2812,,\"أ\t\"\"ب\"\"\",17,\n"
        )
    );
    assert_eq!(
        text(|out| tsv.header(out)),
        csv_header
            .replace("\"attack, or\"", "attack; or")
            .replace(',', "\t")
            .replace(';', ",")
    );
    assert_eq!(
        text(|out| tsv.row(&row, out)),
        concat!(
            "a.jsonl\t3\td\"1\t2014-05-01\t2\t10\t38\tقال، \"نعم\"\\nو,لا\\tأ\\\\ب\t",
            "attack, or\t0.7188\t0.7188\t0.2812\t\tأ\\t\"ب\"\t17\t\n"
        )
    );
}

#[test]
fn what_a_record_does_not_have_is_left_out_or_empty() {
    let mut row = row(&[]);
    (row.id, row.date, row.place) = (None, None, None);
    row.duplicate = Some(Duplicate::Near);
    let shape = RowShape {
        duplicates: true,
        ..RowShape::default()
    };
    let fields = parse("id,date,sentence,start,end,duplicate,label", &shape);
    let [jsonl, csv, tsv] = formats(&fields);
    assert_eq!(
        text(|out| jsonl.row(&row, out)),
        "{\"duplicate\":\"near\",\"label\":\"attack, or\"}\n"
    );
    assert_eq!(text(|out| csv.row(&row, out)), ",,,,,near,\"attack, or\"\n");
    assert_eq!(
        text(|out| tsv.row(&row, out)),
        "\t\t\t\t\tnear\tattack, or\n"
    );
    // A row is never lost for being empty.
    let [jsonl, csv, tsv] = formats(&parse("id", &shape));
    assert_eq!(text(|out| jsonl.row(&row, out)), "{}\n");
    assert_eq!(text(|out| csv.row(&row, out)), "\"\"\n");
    assert_eq!(text(|out| tsv.row(&row, out)), "\n");
}

#[test]
fn all_carried_fields_are_one_object() {
    let carried = carried();
    let shape = RowShape {
        all_carried: true,
        ..RowShape::default()
    };
    let fields = parse("label,carried,carried_views", &shape);
    let [jsonl, csv, tsv] = formats(&fields);
    let row = row(&carried);
    assert_eq!(
        text(|out| jsonl.row(&row, out)),
        concat!(
            r#"{"label":"attack, or","carried":{"title":"أ\t\"ب\"","views":17,"label":null},"views":17}"#,
            "\n"
        )
    );
    assert_eq!(
        text(|out| csv.row(&row, out)),
        concat!(
            r#""attack, or","{""title"":""أ\t\""ب\"""",""views"":17,""label"":null}",17"#,
            "\n"
        )
    );
    assert_eq!(
        text(|out| tsv.row(&row, out)),
        "attack, or\t{\"title\":\"أ\\\\t\\\\\"ب\\\\\"\",\"views\":17,\"label\":null}\t17\n"
    );
}

#[test]
fn rows_are_read_back_by_the_libraries_of_their_formats() {
    let carried = carried();
    let [jsonl, csv, tsv] = formats(&full());
    let row = row(&carried);
    let json: serde_json::Value = serde_json::from_str(&text(|out| jsonl.row(&row, out))).unwrap();
    assert_eq!(json["text"], row.text);
    assert_eq!(json["title"], "أ\t\"ب\"");
    let table = text(|out| {
        csv.header(out);
        csv.row(&row, out);
    });
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let record = reader.records().next().unwrap().unwrap();
    assert_eq!((&record[2], &record[7]), ("d\"1", row.text));
    assert_eq!(&record[13], "أ\t\"ب\"");
    let line = text(|out| tsv.row(&row, out));
    let values: Vec<String> = line
        .trim_end_matches('\n')
        .split('\t')
        .map(unescape)
        .collect();
    assert_eq!((values[7].as_str(), values.len()), (row.text, 16));
}

/// Undoes the escapes of TSV.
fn unescape(value: &str) -> String {
    let mut characters = value.chars();
    let mut text = String::new();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => match characters.next().unwrap() {
                't' => '\t',
                'n' => '\n',
                'r' => '\r',
                other => other,
            },
            other => other,
        });
    }
    text
}

#[test]
fn a_sentence_without_label_has_a_row() {
    let row = marsad::archive::Row {
        class: None,
        ..row(&[])
    };
    let shape = RowShape {
        abstains: true,
        ..RowShape::default()
    };
    let [jsonl, csv, tsv] = formats(&parse("record,label,confidence", &shape));
    let shown = |format: &dyn RowFormat| text(|out| format.row(&row, out));
    assert_eq!(
        shown(&*jsonl),
        "{\"record\":3,\"label\":null,\"confidence\":0.7188}\n"
    );
    assert_eq!(shown(&*csv), "3,,0.7188\n");
    assert_eq!(shown(&*tsv), "3\t\t0.7188\n");
    // A label that is not the likeliest one, because the model was not sure enough of that, has its own confidence.
    let below = marsad::archive::Row {
        class: Some(1),
        ..row
    };
    assert!(text(|out| csv.row(&below, out)).ends_with("0.2812\n"));
}

#[test]
fn writing_rows_allocates_nothing() {
    let row = row(&[]);
    let fields = parse("label,confidence", &RowShape::default());
    let standard = Fields::standard(&RowShape {
        split: true,
        ..RowShape::default()
    });
    let formats: [Box<dyn RowFormat>; 4] = [
        Box::new(DelimitedRows::tsv(&labels(), &fields)),
        Box::new(DelimitedRows::tsv(&labels(), &standard)),
        Box::new(DelimitedRows::csv(&labels(), &standard)),
        Box::new(JsonlRows::new(&labels(), &standard)),
    ];
    let mut out = Vec::with_capacity(1 << 20);
    for format in formats {
        out.clear();
        let allocations = allocation_counter::measure(|| {
            for _ in 0..1000 {
                format.row(&row, &mut out);
            }
        });
        assert_eq!(allocations.count_total, 0);
        assert!(out.len() > 10_000);
    }
}
