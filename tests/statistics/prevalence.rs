//! `marsad evaluate --prior` and `--archive`

use super::folder::Folder;
use super::trained;

#[test]
fn evaluate_reweights_to_given_and_to_estimated_shares() {
    let folder = Folder::new();
    trained(&folder);
    let evaluate = |more: &[&str]| {
        folder.run(&[&["evaluate", "--model", "model", "tune.jsonl", "-q"], more].concat())
    };
    let plain = evaluate(&[]).stdout();
    let without_data = folder.run(&["evaluate", "--behaviour", "x.jsonl", "--prior", "red=0.1"]);
    assert_eq!(without_data.code, Some(2));
    let given = evaluate(&["--prior", "red=0.1"]).stdout();
    let added = given
        .strip_prefix(&plain)
        .expect("the tables as they were, and more");
    assert!(
        added.contains("0.900") && added.contains("0.100"),
        "{added}"
    );
    assert!(
        evaluate(&["--prior", "red=0.1,blue=0.1"])
            .error()
            .contains("sum to 0.200")
    );
    assert!(
        evaluate(&["--prior", "green=0.1"])
            .error()
            .contains("blue, red")
    );
    // An archive in which one sentence in ten is red.
    let record = |i: usize| {
        let verb = if i.is_multiple_of(10) {
            "احمر"
        } else {
            "ازرق"
        };
        [verb, " كلمة كلمة", &"ا".repeat(i % 5 + 1), "\n"].concat()
    };
    let archive: String = (0..200).map(record).collect();
    folder.write("archive.txt", archive);
    let estimated = evaluate(&["--archive", "archive.txt"]).stdout();
    assert!(
        estimated.contains("200 sentences of 200 documents"),
        "{estimated}"
    );
    assert!(estimated.contains("adjusted count"), "{estimated}");
    assert_eq!(
        estimated,
        evaluate(&["--archive", "archive.txt", "--threads", "1"]).stdout()
    );
    assert!(
        evaluate(&["--archive", "nothing.txt"])
            .error()
            .contains("nothing.txt")
    );
}
