//! Which fields a row holds.

use marsad::archive::{Fields, RowShape, Unit};

use super::{formats, parse, row, text};

fn header(fields: &Fields) -> String {
    text(|out| formats(fields)[1].header(out))
}

#[test]
fn fields_come_in_the_order_they_are_named() {
    let fields = parse(" confidence, label,record ", &RowShape::default());
    let [jsonl, csv, tsv] = formats(&fields);
    let row = row(&[]);
    assert_eq!(
        text(|out| jsonl.row(&row, out)),
        "{\"confidence\":0.7188,\"label\":\"attack, or\",\"record\":3}\n"
    );
    assert_eq!(text(|out| csv.row(&row, out)), "0.7188,\"attack, or\",3\n");
    assert_eq!(text(|out| tsv.row(&row, out)), "0.7188\tattack, or\t3\n");
}

#[test]
fn the_standard_fields_are_those_that_can_be_filled() {
    let whole = Fields::standard(&RowShape::default());
    let probabilities = "\"attack, or\",probability_text";
    assert_eq!(
        header(&whole),
        format!("source,record,id,date,text,label,confidence,{probabilities}\n")
    );
    assert_eq!(
        header(&whole.without_text()),
        format!("source,record,id,date,label,confidence,{probabilities}\n")
    );
    let split = Fields::standard(&RowShape {
        split: true,
        duplicates: true,
        all_carried: true,
        ..RowShape::default()
    });
    assert_eq!(
        header(&split),
        format!(
            "source,record,id,date,sentence,start,end,text,label,confidence,{probabilities},duplicate,carried\n"
        )
    );
}

#[test]
fn an_unknown_field_is_named_with_those_that_there_are() {
    let carried = ["title".to_owned(), "label".to_owned()];
    let shape = RowShape {
        carried: &carried,
        ..RowShape::default()
    };
    let refused = |list, shape: &RowShape| Fields::parse(list, shape).unwrap_err().to_string();
    assert_eq!(
        refused("label,colour", &shape),
        "a row of a sentence has no field «colour»; its fields are source, record, id, date, sentence, start, end, text, \
         label, confidence, probabilities, carried, title, carried_label"
    );
    assert!(refused("label,,id", &shape).contains("«»"));
    assert!(refused("id,label,id", &shape).contains("«id» is named twice"));
    assert!(Fields::parse("label,carried_label,title", &shape).is_ok());
    let document = RowShape {
        unit: Unit::Document,
        ..RowShape::default()
    };
    assert_eq!(
        refused("confidence", &document),
        "a row of a document has no field «confidence»; its fields are source, record, id, date, sentences, counts, \
         strongest, carried"
    );
}
