//! Counting at once and in parts.

use proptest::prelude::*;

use super::*;
use crate::archive::month;

/// What happens in a run.
#[derive(Debug, Clone)]
enum Event {
    Document(u32),
    Row(usize, f32, u32, Option<Month>),
    LeftOut(usize, u64),
    Marked(u64, u64),
    Rejected(usize),
    UnreadDate,
}

fn event() -> impl Strategy<Value = Event> {
    let month = (1600u32..2200, 1u32..=12).prop_map(|(year, month)| Month::new(year, month));
    prop_oneof![
        2 => (0..900u32).prop_map(Event::Document),
        8 => (0..3usize, 0f32..=1.0, 0..900u32, prop_oneof![Just(None), month])
            .prop_map(|(class, confidence, source, month)| Event::Row(class, confidence, source, month)),
        1 => (0..4usize, 0..9u64).prop_map(|(reason, n)| Event::LeftOut(reason, n)),
        1 => (0..9u64, 0..9u64).prop_map(|(exact, near)| Event::Marked(exact, near)),
        1 => (0..3usize).prop_map(Event::Rejected),
        1 => Just(Event::UnreadDate),
    ]
}

fn counted(events: &[Event]) -> Summary {
    let mut summary = Summary::new(3);
    for event in events.iter().cloned() {
        match event {
            Event::Document(source) => summary.add_document(source),
            Event::Row(class, confidence, source, month) => {
                summary.add_row(class, confidence, source, month);
            }
            Event::LeftOut(reason, n) => summary.add_left_out(LeftOut::ALL[reason], n),
            Event::Marked(exact, near) => summary.add_marked(exact, near),
            Event::Rejected(reason) => {
                summary.add_rejected(["broken JSON", "missing text", "too long"][reason]);
            }
            Event::UnreadDate => summary.add_unread_date(),
        }
    }
    summary
}

proptest! {
    #[test]
    fn adding_parts_in_any_order_is_counting_at_once(
        events in proptest::collection::vec(event(), 0..120),
        size in 1..40usize,
        backwards: bool,
    ) {
        let whole = counted(&events);
        let mut parts: Vec<Summary> = events.chunks(size).map(counted).collect();
        if backwards {
            parts.reverse();
        }
        let mut sum = Summary::new(3);
        for part in &parts {
            sum.add(part).unwrap();
        }
        prop_assert_eq!(&sum, &whole);
        let json = serde_json::to_string(&sum).unwrap();
        prop_assert_eq!(&json, &serde_json::to_string(&whole).unwrap());
        prop_assert_eq!(serde_json::from_str::<Summary>(&json).unwrap(), whole);
    }
}

#[test]
fn confidences_fall_into_their_bins() {
    let mut summary = Summary::new(1);
    for confidence in [0.0, 0.049_999, 0.05, 0.5, 0.95, 1.0, f32::NAN, -1.0] {
        summary.add_row(0, confidence, 0, None);
    }
    let mut expected = [0; BINS];
    // 0, 0.049999, what is not a number and -1 fall into the first bin.
    (expected[0], expected[1], expected[10], expected[19]) = (4, 1, 1, 2);
    assert_eq!(summary.histogram(0), &expected);
}

#[test]
fn what_the_mean_says() {
    let mut summary = Summary::new(2);
    for confidence in [0.5, 0.75, 1.0] {
        summary.add_row(1, confidence, 0, month("2014-06"));
    }
    assert_eq!(
        (summary.mean_confidence(0), summary.mean_confidence(1)),
        (None, Some(0.75))
    );
}

#[test]
fn summaries_of_other_models_are_refused() {
    let mut summary = Summary::new(2);
    assert!(summary.add(&Summary::new(3)).is_err());
    let mut stored = serde_json::to_value(counted(&[Event::Row(2, 0.5, 0, None)])).unwrap();
    stored["histogram"].as_array_mut().unwrap().pop();
    let error = serde_json::from_value::<Summary>(stored).unwrap_err();
    assert!(error.to_string().contains("2 labels"), "{error}");
}
