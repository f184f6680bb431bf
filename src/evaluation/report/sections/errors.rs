//! Sentences that got a wrong label.

use std::fmt::Write;

use crate::evaluation::{ErrorCase, Evaluation};
use crate::markup::escape;

use super::super::html::{name, section};
use super::evidence::{marked_sentence, strongest};

/// Of so many confusions sentences are shown.
const CONFUSIONS: usize = 8;

/// `examples` sentences of each of the most frequent confusions, the most confident first, with the words that decided.
pub(in super::super) fn errors(evaluation: &Evaluation, examples: usize) -> String {
    let mut body = String::new();
    for confusion in evaluation.confusions.iter().take(CONFUSIONS) {
        let shown: String = confusion
            .examples
            .iter()
            .take(examples)
            .filter_map(|&place| evaluation.errors.get(place))
            .map(case)
            .collect();
        if !shown.is_empty() {
            let (truth, prediction) = (name(&confusion.truth), name(&confusion.prediction));
            let n = confusion.sentences;
            let sentences = if n == 1 { "sentence" } else { "sentences" };
            // Writing to a string cannot fail.
            let _ = write!(
                body,
                "<h3>{truth} taken for {prediction} <span class=\"quiet\">{n} {sentences}</span></h3>\n{shown}"
            );
        }
    }
    if body.is_empty() {
        return String::new();
    }
    let legend = "<p>Of each confusion the sentences of which the model was most sure. Words speak \
        <mark class=\"for3\">for the label given</mark> or <mark class=\"against3\">for the one that came second</mark>; the stronger the colour, \
        the more. Their numbers are what they add to the margin between the two, in nats.</p>\n";
    section("Errors, and what led to them", &format!("{legend}{body}"))
}

fn case(error: &ErrorCase) -> String {
    let place = match (&error.file, error.line) {
        (Some(file), Some(line)) => format!("{file}:{line}"),
        (Some(file), None) => file.clone(),
        _ => String::new(),
    };
    let id = error
        .id
        .as_ref()
        .map_or_else(String::new, |id| format!(" ({id})"));
    let sides = [(&error.prediction, 1.0), (&error.runner_up, -1.0)].map(|(label, sign)| {
        let words = strongest(&error.evidence, sign);
        match words.is_empty() {
            true => String::new(),
            false => format!("<span>for {}: {}</span> ", name(label), words.join(", ")),
        }
    });
    format!(
        "<article>\n{}<p class=\"quiet\"><span>{} {:.3}, truly {} {:.3}</span> <span><bdi>{}</bdi></span></p>\n\
         <p class=\"quiet\">{}</p>\n</article>\n",
        marked_sentence(error),
        name(&error.prediction),
        error.confidence,
        name(&error.truth),
        error.probability_of_truth,
        escape(&format!("{place}{id}")),
        sides.concat()
    )
}
