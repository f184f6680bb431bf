//! The page and its plots as programs read them.

use std::collections::BTreeMap;

use ndarray::Array2;
use roxmltree::{Document, Node};

use crate::evaluation::table::share;
use crate::evaluation::{
    ArchiveSize, Assessed, ErrorCase, Estimated, Evaluation, EvidenceWord, Interval,
    LabelPrevalence, LearningCurvePoint, LearningCurveResult, ModelIdentity, Prevalence,
    Resampling, Scores, Share, Slicing, assess,
};
use crate::markup::reading::{parsed, text_of};
use crate::training::DataFile;

const HOSTILE: &str = "<script>alert('1')</script>\"&\u{1}\u{202E}]]><img src=x onerror=y>";

/// What an XML page can hold of [`HOSTILE`].
fn visible() -> String {
    HOSTILE.replace(['\u{1}', '\u{202E}'], "\u{FFFD}")
}

/// `n` sentences of `n_classes` classes, every seventh taken for the next class, and everything hostile that can be.
fn evaluation(n_classes: usize, n: usize) -> Evaluation {
    let labels: Vec<String> = (0..n_classes)
        .map(|class| format!("{HOSTILE}{class}"))
        .collect();
    let truth: Vec<usize> = (0..n).map(|row| row % n_classes).collect();
    let probabilities = Array2::from_shape_fn((n, n_classes), |(row, class)| {
        let said = (truth[row] + usize::from(row % 7 == 0)) % n_classes;
        let sure = 0.5 + 0.4 * (row % 11) as f64 / 11.0;
        match class == said {
            true if n_classes == 1 => 1.0,
            true => sure,
            false => (1.0 - sure) / (n_classes - 1) as f64,
        }
    });
    let text = format!("قال {HOSTILE}");
    let errors = (n_classes > 1).then(|| ErrorCase {
        file: Some(HOSTILE.to_owned()),
        line: Some(1),
        id: Some(HOSTILE.to_owned()),
        text: text.clone(),
        truth: labels[0].clone(),
        prediction: labels[1].clone(),
        confidence: 0.9,
        probability_of_truth: 0.1,
        runner_up: labels[0].clone(),
        bias: 0.0,
        difference: 1.0,
        evidence: vec![EvidenceWord {
            start: 7,
            end: text.len(),
            word: HOSTILE.to_owned(),
            contribution: 1.5,
        }],
    });
    let values = (0..n).map(|row| Some(format!("{HOSTILE}{}", row % 3)));
    let mut evaluation = assess(Assessed {
        model: ModelIdentity {
            name: HOSTILE.to_owned(),
            sha256: Some(HOSTILE.to_owned()),
            training: serde_json::Value::Null,
        },
        data: &[DataFile {
            file: HOSTILE.to_owned(),
            sentences: n,
            sha256: String::new(),
        }],
        labels: &labels,
        scores: &Scores {
            truth,
            probabilities,
            groups: (0..n).map(|row| row / 2).collect(),
        },
        unknown_labels: BTreeMap::from([(HOSTILE.to_owned(), 3)]),
        errors: errors.into_iter().collect(),
        slicings: &[Slicing::new(HOSTILE.to_owned(), values.collect()).unwrap()],
        resampling: Resampling {
            resamples: 50,
            seed: 1,
        },
    })
    .unwrap();
    let points = [(100.0, 0.5), (200.0, 0.6), (400.0, 0.68)].map(|(sentences, macro_f1)| {
        LearningCurvePoint {
            sentences,
            models: 3,
            macro_f1: Some(macro_f1),
            deviation: Some(0.02),
            power_law: Some(macro_f1),
        }
    });
    evaluation.learning_curve = Some(LearningCurveResult {
        points: points.to_vec(),
        scale: Some(2.2),
        exponent: Some(0.32),
        twice_sentences: Some(800.0),
        twice_macro_f1: Some(0.741),
    });
    evaluation.prevalence = Some(prevalence());
    evaluation
}

fn prevalence() -> Prevalence {
    let estimated = |value, interval: Option<[f64; 2]>| Estimated {
        value: Some(value),
        interval: interval.map(|[low, high]| Interval { low, high }),
    };
    Prevalence {
        archive: Some(ArchiveSize {
            files: vec!["archive.jsonl".to_owned()],
            documents: 700,
            sentences: 5000,
            sampled_sentences: 5000,
        }),
        labels: vec![LabelPrevalence {
            label: HOSTILE.to_owned(),
            test_share: 0.25,
            share: Share {
                value: 0.0123,
                interval: Some(Interval {
                    low: 0.0111,
                    high: 0.0138,
                }),
            },
            counted: None,
            adjusted_count: None,
            test_precision: None,
            precision: estimated(0.456, None),
            recall: estimated(0.5, None),
            f1: estimated(0.477, None),
        }],
        test_accuracy: Some(0.8),
        accuracy: estimated(0.9, Some([0.85, 0.95])),
        test_macro_f1: Some(0.7),
        macro_f1: estimated(0.6, Some([0.55, 0.65])),
        estimates_agree: Some(true),
        resamples: 1000,
        seed: 1,
    }
}

/// No script, no other file, no attribute that runs anything.
fn needs_nothing_else(document: &Document) {
    for node in document.descendants().filter(Node::is_element) {
        let tag = node.tag_name().name();
        let others = [
            "script",
            "img",
            "link",
            "iframe",
            "object",
            "image",
            "use",
            "a",
            "foreignObject",
        ];
        assert!(!others.contains(&tag), "{tag}");
        for attribute in node.attributes() {
            assert!(!attribute.name().starts_with("on"), "{}", attribute.name());
            assert!(!["src", "href", "style"].contains(&attribute.name()));
        }
    }
}

#[test]
fn the_page_is_well_formed_holds_any_name_and_needs_nothing_else() {
    for (n_classes, n) in [(1, 4), (2, 60), (5, 200), (30, 300)] {
        let page = evaluation(n_classes, n).to_html(3).unwrap();
        let document = parsed(&page);
        needs_nothing_else(&document);
        for link in ["http:", "https:", "url(", "@import", "//", "NaN", "inf\""] {
            assert!(!page.contains(link), "{link} of {n_classes} classes");
        }
        let text = text_of(document.root());
        assert!(text.contains(&visible()));
        // A colour that has become no class follows no scheme.
        assert!(!page.contains("\"#0100"), "{n_classes} classes");
    }
}

#[test]
fn plots_are_files_of_their_own_that_follow_the_scheme() {
    let plots = evaluation(4, 100).plots().unwrap();
    let names: Vec<&str> = plots.iter().map(|plot| plot.name.as_str()).collect();
    let expected = [
        "confusion-matrix",
        "labels",
        "precision-recall",
        "reliability",
        "confidence",
        "learning-curve",
        "slices-1",
    ];
    assert_eq!(names, expected);
    for plot in &plots {
        let svg = plot.to_svg();
        let document = Document::parse(&svg).unwrap();
        needs_nothing_else(&document);
        assert_eq!(document.root_element().tag_name().name(), "svg");
        assert_eq!(svg.matches("http").count(), 1, "the name space alone");
        assert!(svg.contains("prefers-color-scheme:dark"));
        let title = document.root_element().first_element_child().unwrap();
        assert_eq!(
            title.text(),
            Some(
                plot.description
                    .replace(['\u{1}', '\u{202E}'], "\u{FFFD}")
                    .as_str()
            )
        );
    }
}

#[test]
fn every_figure_of_a_class_stands_in_a_table() {
    let evaluation = evaluation(4, 100);
    let page = evaluation.to_html(3).unwrap();
    let document = parsed(&page);
    let rows: Vec<Vec<String>> = document
        .descendants()
        .filter(|node| node.has_tag_name("tr"))
        .map(|row| row.children().map(text_of).collect())
        .collect();
    for class in &evaluation.classes {
        let name = class.label.replace(['\u{1}', '\u{202E}'], "\u{FFFD}");
        let figures = [
            class.precision,
            class.recall,
            class.f1,
            class.average_precision,
            class.calibration_error,
        ];
        let mut expected = vec![name, class.support.to_string(), class.predicted.to_string()];
        expected.extend(figures.map(|estimate| share(estimate.value)));
        assert!(rows.contains(&expected), "{expected:?} is not in {rows:?}");
        for estimate in figures {
            let (value, low) = (
                share(estimate.value),
                estimate
                    .bca
                    .map(|i| format!("{:.3} – {:.3}", i.low, i.high)),
            );
            let low = low.unwrap_or_else(|| "–".to_owned());
            assert!(
                rows.iter()
                    .any(|row| row.contains(&value) && row.contains(&low))
            );
        }
    }
}

#[test]
fn an_error_is_shown_right_to_left_with_its_evidence() {
    let page = evaluation(3, 60).to_html(3).unwrap();
    let document = parsed(&page);
    let sentence = document
        .descendants()
        .find(|node| node.attribute("class") == Some("sentence"))
        .unwrap();
    assert_eq!(text_of(sentence), format!("قال {}", visible()));
    let mark = sentence
        .children()
        .find(|node| node.has_tag_name("mark"))
        .unwrap();
    assert_eq!(mark.attribute("class"), Some("for4"));
    assert!(mark.attribute("title").unwrap().starts_with("1.50 for "));
    let none = evaluation(3, 60).to_html(0).unwrap();
    assert!(!none.contains("class=\"sentence\""));
    assert_eq!(
        parsed(&page)
            .descendants()
            .find(|node| node.attribute("dir") == Some("auto"))
            .map(text_of),
        Some(format!("قال {}", visible())),
        "most of its letters are Latin"
    );
}

#[test]
fn parts_that_an_evaluation_does_not_hold_are_left_out() {
    let mut evaluation = evaluation(2, 60);
    let shown = |evaluation: &Evaluation| text_of(parsed(&evaluation.to_html(3).unwrap()).root());
    let full = shown(&evaluation);
    let headings = [
        "What more labels would bring",
        "Where labels have other shares",
        "Parts of the data",
    ];
    for heading in headings {
        assert!(full.contains(heading), "{heading}");
    }
    assert!(
        full.contains("0.456") && full.contains("0.011 – 0.014"),
        "prevalence"
    );
    evaluation.learning_curve = None;
    evaluation.prevalence = None;
    evaluation.slices.clear();
    let bare = shown(&evaluation);
    for heading in headings {
        assert!(!bare.contains(heading), "{heading}");
    }
}
