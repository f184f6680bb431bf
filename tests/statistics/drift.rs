//! `marsad drift`

use serde_json::{Value, json};

use super::folder::Folder;
use super::json_of;

#[test]
fn drift_is_seen_between_unlike_archives_and_not_between_halves_of_one() {
    let folder = Folder::new();
    let news = |i: usize| {
        let subject = ["الوزير", "الرئيس", "المتحدث", "السفير"][i % 4];
        let verb = ["قال", "أكد", "أعلن", "أوضح", "ذكر"][i / 4 % 5];
        let date = format!("{}-05-01", 2013 + i / 20 % 2);
        let text = format!("{verb} {subject} إن المحادثات مع الوفد الزائر كانت مثمرة");
        format!("{}\n", json!({"text": text, "date": date}))
    };
    let football = |i: usize| {
        let team = ["الهلال", "النصر", "الاتحاد"][i % 3];
        format!(
            "{}\n",
            json!({"text": format!("سجل {team} هدفا في الشوط الثاني من المباراة"), "date": "2020"})
        )
    };
    folder.write("news.jsonl", (0..400).map(news).collect::<String>());
    folder.write("football.jsonl", (0..300).map(football).collect::<String>());
    let drift =
        |more: &[&str]| folder.run(&[&["drift", "--permutations", "99", "-q"], more].concat());
    let halves = [
        "news.jsonl",
        "news.jsonl",
        "--reference-dates",
        "2013",
        "--new-dates",
        "2014..",
        "--json",
    ];
    let same = json_of(drift(&halves));
    assert_eq!(same["schema"], "marsad-drift");
    assert_eq!(same["reference"]["documents"], 200);
    assert_eq!(same["verdict"]["advice"], "keep_the_model", "{same}");
    let moved = json_of(drift(&["news.jsonl", "football.jsonl", "--json"]));
    assert_ne!(moved["verdict"]["advice"], "keep_the_model", "{moved}");
    let far = |found: &Value| found["vocabulary"]["jensen_shannon"].as_f64().unwrap();
    assert!(
        far(&moved) > 0.9 && far(&same) < 0.01,
        "{} {}",
        far(&moved),
        far(&same)
    );
    let shown = drift(&["news.jsonl", "football.jsonl", "--sample", "50"]).stdout();
    assert!(
        shown.contains("documents drawn at random") && shown.contains("المباراه"),
        "{shown}"
    );
    let again = drift(&[
        "news.jsonl",
        "football.jsonl",
        "--sample",
        "50",
        "--threads",
        "1",
    ]);
    assert_eq!(shown, again.stdout());
    let nothing = drift(&["news.jsonl", "news.jsonl", "--new-dates", "1999"]).error();
    assert!(nothing.contains("no sentence to compare"), "{nothing}");
    assert_eq!(drift(&["news.jsonl"]).code, Some(2));
}
