//! `marsad agreement`.

use serde_json::Value;

use super::folder::Folder;

/// Four sentences, two readers who differ on one, and a third vote that decides.
fn votes() -> Folder {
    let folder = Folder::new();
    let vote = |id: &str, reader: &str, label: &str| {
        format!(
            "{{\"id\": \"{id}\", \"reader\": \"{reader}\", \"label\": \"{label}\", \"tags\": []}}\n"
        )
    };
    let mut votes = String::new();
    for (id, first, second) in [
        ("a", "x", "x"),
        ("b", "x", "y"),
        ("c", "y", "y"),
        ("d", "y", "y"),
    ] {
        votes += &vote(id, "r1", first);
        votes += &vote(id, "r2", second);
    }
    votes += &vote("b", "judge", "x");
    folder.write("votes.jsonl", votes);
    folder.write(
        "data.csv",
        "id,text,label,group,region\na,قال,x,1,north\nb,نعم,x,1,north\nc,لا,y,2,south\nd,بلى,y,2,south\n",
    );
    folder
}

fn json(folder: &Folder, more: &[&str]) -> Value {
    let outcome = folder.run(&[&["agreement", "votes.jsonl", "--json", "--quiet"], more].concat());
    assert_eq!(outcome.code, Some(0), "{}", outcome.stderr);
    serde_json::from_str(&outcome.stdout).unwrap()
}

#[track_caller]
fn assert_near(value: &Value, expected: f64) {
    let value = value.as_f64().unwrap();
    assert!((value - expected).abs() < 1e-12, "{value} for {expected}");
}

/// ```text
/// >>> cohen_kappa_score(['x', 'x', 'y', 'y'], ['x', 'y', 'y', 'y'])   # scikit-learn 1.9.1
/// 0.5
/// ```
#[test]
fn an_excluded_reader_does_not_count() {
    let folder = votes();
    let found = json(&folder, &["--exclude", "judge"]);
    assert_eq!((&found["votes"], &found["readers"]), (&8.into(), &2.into()));
    assert_near(&found["overall"][0]["value"], 0.75);
    assert_eq!(found["overall"][2]["coefficient"], "cohen_kappa");
    assert_near(&found["overall"][2]["value"], 0.5);
    // With the third vote on one sentence, neither kappa is defined.
    let all = json(&folder, &[]);
    assert_eq!(all["overall"][2]["value"], Value::Null);
    let text = folder.run(&["agreement", "votes.jsonl"]).stdout;
    assert!(text.contains('–'), "{text}");
}

#[test]
fn by_a_field_every_value_has_its_table() {
    let folder = votes();
    let more = ["--exclude", "judge", "--data", "data.csv", "--by", "region"];
    let found = json(&folder, &more);
    let values = &found["by"]["values"];
    assert_eq!(
        (&values[0][0], &values[1][0]),
        (&"north".into(), &"south".into())
    );
    assert_near(&values[0][1]["overall"][0]["value"], 0.5);
    assert_near(&values[1][1]["overall"][0]["value"], 1.0);
    let markdown = folder.run(&[&["agreement", "votes.jsonl", "--markdown"], &more[..]].concat());
    assert!(
        markdown.stdout.contains("## region: north\n"),
        "{}",
        markdown.stdout
    );
}

#[test]
fn disagreements_are_listed_with_their_votes() {
    let outcome = votes().run(&["agreement", "votes.jsonl", "--disagreements"]);
    assert!(
        outcome
            .stdout
            .ends_with("Readers differ on 1 sentence\nb  r1: x []  r2: y []  judge: x []\n"),
        "{}",
        outcome.stdout
    );
}

#[test]
fn what_is_wrong_is_said_with_file_and_line() {
    let folder = votes();
    folder.write("broken.jsonl", "\n{\"id\": \"a\", \"reader\": \"r1\"}\n");
    let vote = "{\"id\": \"a\", \"reader\": \"r1\", \"label\": \"x\"}\n";
    folder.write("twice.jsonl", [vote, vote].concat());
    for (arguments, part) in [
        (
            &["broken.jsonl"][..],
            "broken.jsonl:2: missing field `label`",
        ),
        (
            &["twice.jsonl"],
            "twice.jsonl:2: reader r1 has voted on a already, at twice.jsonl:1",
        ),
        (
            &["votes.jsonl", "--exclude", "nobody"],
            "no vote is by this reader",
        ),
        (
            &["votes.jsonl", "--data", "data.csv", "--by", "weather"],
            "--by weather",
        ),
    ] {
        let outcome = folder.run(&[&["agreement"], arguments].concat());
        assert_eq!(outcome.code, Some(1), "{arguments:?}");
        assert!(outcome.stderr.contains(part), "{}", outcome.stderr);
    }
}
