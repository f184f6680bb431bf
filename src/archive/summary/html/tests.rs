//! The page as programs read it.

use roxmltree::Node;

use crate::archive::{LeftOut, Summary, SummaryReport, month};
use crate::markup::reading::{parsed, text_of};

const HOSTILE: &str = "<script>alert('1')</script>\"&\u{1}\u{202E}<img src=x onerror=y>";

fn summary(n_classes: usize, n_sources: u32, months: &[&str]) -> Summary {
    let mut summary = Summary::new(n_classes);
    for (i, date) in months.iter().cycle().take(400).enumerate() {
        let source = i as u32 % n_sources;
        summary.add_document(source);
        let confidence = 0.3 + (i % 70) as f32 / 100.0;
        summary.add_row(i * i % n_classes, confidence, source, month(date));
    }
    summary.add_left_out(LeftOut::PageFurniture, 12);
    summary.add_marked(3, 1);
    summary.add_rejected("broken JSON");
    summary.add_unread_date();
    summary
}

fn names(n: usize, pattern: &str) -> Vec<String> {
    (0..n).map(|i| format!("{pattern}{i}")).collect()
}

#[test]
fn the_page_is_well_formed_and_needs_nothing_else() {
    let many_years: Vec<String> = (1990..2024).map(|year| format!("{year}-05")).collect();
    let many_years: Vec<&str> = many_years.iter().map(String::as_str).collect();
    for (n_classes, n_sources, months) in [
        (1, 1, &[""][..]),
        (4, 3, &["2014-06", "2014-09", "2016-01", ""]),
        (8, 40, &many_years),
        (30, 2, &["2014-06"]),
    ] {
        let summary = summary(n_classes, n_sources, months);
        let labels = names(n_classes, HOSTILE);
        let sources = names(n_sources as usize, HOSTILE);
        let report = SummaryReport::new(&summary, &labels, &sources, HOSTILE).unwrap();
        let page = report
            .checksum(HOSTILE)
            .elapsed(std::time::Duration::from_millis(2500))
            .to_html();
        let document = parsed(&page);
        for node in document.descendants().filter(Node::is_element) {
            let tag = node.tag_name().name();
            assert!(
                ![
                    "script", "img", "link", "iframe", "object", "image", "use", "a"
                ]
                .contains(&tag),
                "{tag}"
            );
            for attribute in node.attributes() {
                assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
                assert!(!["src", "href", "style"].contains(&attribute.name()));
            }
        }
        for link in ["http:", "https:", "url(", "@import", "//"] {
            assert!(!page.contains(link), "{link}");
        }
        let name = HOSTILE.replace(['\u{1}', '\u{202E}'], "\u{FFFD}");
        assert!(text_of(document.root()).contains(&name));
        assert!(
            !page.contains("NaN") && !page.contains("inf\""),
            "a plot has no place for it"
        );
    }
}

#[test]
fn an_empty_run_has_a_page() {
    let summary = Summary::new(2);
    let labels = names(2, "label ");
    let report = SummaryReport::new(&summary, &labels, &[], "a model").unwrap();
    let page = report.to_html();
    let text = text_of(parsed(&page).root());
    assert!(
        text.contains("0 sentences classified") && text.contains("Nothing: every record"),
        "{text}"
    );
}

#[test]
fn the_plots_hold_what_was_counted() {
    let mut summary = Summary::new(2);
    for (class, n, date) in [
        (0, 3, "2014-06"),
        (1, 97, "2014-06"),
        (0, 50, "2014-08"),
        (1, 50, "2014-08"),
    ] {
        for _ in 0..n {
            summary.add_row(class, 0.9, 0, month(date));
        }
    }
    let labels = ["هجوم".to_owned(), "unrelated".to_owned()];
    let sources = ["أخبار.jsonl".to_owned()];
    let page = SummaryReport::new(&summary, &labels, &sources, "m")
        .unwrap()
        .to_html();
    let document = parsed(&page);
    let titles: Vec<&str> = document
        .descendants()
        .filter(|node| node.has_tag_name("title"))
        .filter_map(|node| node.text())
        .collect();
    for expected in [
        "2014-06: 100 sentences",
        "2014-06: 3 of 100 sentences, 3.0 %",
        "2014-08: 50 of 100 sentences, 50.0 %",
        "0.90 to 0.95: 53 sentences, 100.0 %",
        "هجوم: 53 (26.5 %)",
    ] {
        assert!(
            titles.contains(&expected),
            "{expected} is not in {titles:?}"
        );
    }
}
