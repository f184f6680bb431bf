//! The template detector.

use marsad::audit::repetition;

#[test]
fn shared_openings_and_runs_are_counted_by_sentence() {
    let texts = [
        // Shares nine words with the next, in another spelling, and the opening with the two after it.
        "قال وزير الخارجية أمس إن بلاده تدعم الحل السياسي في المنطقة كلها",
        "وأضاف أن وزير الخارجيه امس ان بلاده تدعم الحل السياسي في البلد",
        "قال وزير الخارجية شيئا",
        "قال وزير الخارجية",
        // What recurs within one sentence only does not count.
        "واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية واحد اثنان ثلاثة أربعة خمسة ستة سبعة ثمانية",
        // Too short for an opening.
        "قال وزير",
        "قال وزير",
    ];
    let found = repetition(&texts);
    assert_eq!(
        (found.sentences, found.sharing_opening, found.sharing_run),
        (7, 3, 2)
    );
    assert_eq!(found.opening_share(), Some(3.0 / 7.0));
    assert_eq!(found.run_share(), Some(2.0 / 7.0));
    let show = |recurring: &[marsad::audit::Recurring]| -> Vec<(usize, usize, String)> {
        recurring
            .iter()
            .map(|r| (r.sentences, r.first, r.text.clone()))
            .collect()
    };
    assert_eq!(
        show(&found.openings),
        [(3, 0, "قال وزير الخارجيه".to_owned())]
    );
    // Neighbouring runs are told as the one long run that they are.
    let run = "وزير الخارجيه امس ان بلاده تدعم الحل السياسي في";
    assert_eq!(show(&found.runs), [(2, 0, run.to_owned())]);
}

#[test]
fn no_sentences_have_no_shares() {
    let found = repetition(&[]);
    assert_eq!((found.opening_share(), found.run_share()), (None, None));
}
