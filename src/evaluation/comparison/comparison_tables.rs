//! What a comparison says, for people.

use std::fmt::Write;

use super::{Compared, Comparison, SentenceWon, Tested};
use crate::evaluation::Table;

/// The 5 % that a test may be wrong with.
const LEVEL: f64 = 0.05;

/// The whole comparison, for a terminal or in Markdown.
#[must_use]
pub fn comparison_text(comparison: &Comparison, markdown: bool) -> String {
    let mut out = String::new();
    let paragraph = |out: &mut String, text: &str| {
        out.push_str(text);
        out.push_str("\n\n");
    };
    let table = |out: &mut String, table: &Table| {
        out.push_str(&table.render(markdown));
        out.push('\n');
    };
    let data = &comparison.data;
    let units = match data.groups == data.sentences {
        true => String::new(),
        false => format!(" in {} groups", data.groups),
    };
    paragraph(&mut out, &format!("{} sentences{units}", data.sentences));
    table(&mut out, &models(comparison));
    let several = comparison.comparisons.len() > 1;
    for (name, figure) in [("macro-F1", MACRO_F1), ("accuracy", ACCURACY)] {
        table(&mut out, &tests(comparison, name, &figure, several));
    }
    for compared in &comparison.comparisons {
        paragraph(&mut out, &verdict(compared));
    }
    paragraph(&mut out, &notes(comparison, several));
    for compared in &comparison.comparisons {
        for (sentences, right) in [
            (&compared.sentences_won, &compared.second),
            (&compared.sentences_lost, &compared.first),
        ] {
            if !sentences.is_empty() {
                let title = format!("Only {right} is right");
                paragraph(&mut out, &heading(&title, markdown));
                for sentence in sentences {
                    sentence_lines(&mut out, sentence, markdown);
                }
                out.push('\n');
            }
        }
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}

fn models(comparison: &Comparison) -> Table {
    let mut table = Table::new([
        "model",
        "macro-F1",
        "accuracy",
        "log-loss (nats)",
        "without label",
    ]);
    for model in &comparison.models {
        table.push([
            model.name.clone(),
            format!("{:.4}", model.macro_f1),
            format!("{:.4}", model.accuracy),
            model
                .log_loss
                .map_or_else(|| "–".to_owned(), |loss| format!("{loss:.4}")),
            model.without_label.to_string(),
        ]);
    }
    table
}

/// A figure of a comparison: how to find it, its two p-values with and without correction, and whether Mc Nemar's test belongs to it.
struct Shown {
    of: fn(&Compared) -> &Tested,
    corrected: fn(&Compared) -> [f64; 2],
    mc_nemar: bool,
}

const MACRO_F1: Shown = Shown {
    of: |compared| &compared.tests.macro_f1,
    corrected: |compared| {
        let p = &compared.corrected;
        [p.macro_f1_randomisation_p, p.macro_f1_bootstrap_p]
    },
    mc_nemar: false,
};

const ACCURACY: Shown = Shown {
    of: |compared| &compared.tests.accuracy,
    corrected: |compared| {
        let p = &compared.corrected;
        [p.accuracy_randomisation_p, p.accuracy_bootstrap_p]
    },
    mc_nemar: true,
};

fn tests(comparison: &Comparison, name: &str, figure: &Shown, several: bool) -> Table {
    let first = comparison.models.first().map_or("", |model| &model.name);
    let mut heading = vec![
        format!("{name} against {first}"),
        "difference".to_owned(),
        "95 % interval".to_owned(),
        "p (randomisation)".to_owned(),
        "p (bootstrap)".to_owned(),
    ];
    if figure.mc_nemar {
        heading.extend(["p (McNemar)", "won", "lost"].map(str::to_owned));
    }
    let mut table = Table::new(heading);
    for compared in &comparison.comparisons {
        let Tested {
            difference,
            interval,
            randomisation_p,
            bootstrap_p,
        } = (figure.of)(compared);
        let [randomisation, bootstrap] = match several {
            true => (figure.corrected)(compared),
            false => [*randomisation_p, *bootstrap_p],
        };
        let mut row = vec![
            compared.second.clone(),
            format!("{difference:+.4}"),
            format!("{:+.4} – {:+.4}", interval.low, interval.high),
            p_value(randomisation),
            p_value(bootstrap),
        ];
        if figure.mc_nemar {
            row.extend([
                p_value(match several {
                    true => compared.corrected.mc_nemar_p,
                    false => compared.tests.mc_nemar_p,
                }),
                compared.tests.won.to_string(),
                compared.tests.lost.to_string(),
            ]);
        }
        table.push(row);
    }
    table
}

fn p_value(p: f64) -> String {
    match p < 1e-4 {
        true => "< 0.0001".to_owned(),
        false => format!("{p:.4}"),
    }
}

/// One sentence that can be quoted.
fn verdict(compared: &Compared) -> String {
    let Tested {
        difference,
        interval,
        ..
    } = compared.tests.macro_f1;
    let p = compared.corrected.macro_f1_randomisation_p;
    let (first, second) = (&compared.first, &compared.second);
    let range = format!(
        "95 % interval {:+.3} to {:+.3}, p {}",
        interval.low,
        interval.high,
        match p < 1e-4 {
            true => "< 0.0001".to_owned(),
            false => format!("= {p:.4}"),
        }
    );
    if p >= LEVEL {
        return format!(
            "{second} and {first} cannot be told apart on these sentences: the macro-F1 differs by {difference:+.3} ({range})."
        );
    }
    let word = match difference > 0.0 {
        true => "better",
        false => "worse",
    };
    format!(
        "{second} is {word} than {first}: its macro-F1 is {:.3} {} ({range}).",
        difference.abs(),
        match difference > 0.0 {
            true => "higher",
            false => "lower",
        }
    )
}

fn notes(comparison: &Comparison, several: bool) -> String {
    let mut notes = format!(
        "A positive difference speaks for the model in the row. Intervals and p (bootstrap): paired bootstrap; p (randomisation): approximate randomisation; {} resamples each, seed {}.",
        comparison.resamples, comparison.seed
    );
    if several {
        notes.push_str(" The p-values are corrected for the number of comparisons (Holm), each test by itself.");
    }
    if comparison.data.groups < comparison.data.sentences {
        notes.push_str(" Groups are resampled and exchanged as a whole; McNemar's test knows no groups and may be too sure.");
    }
    notes
}

fn heading(title: &str, markdown: bool) -> String {
    match markdown {
        true => format!("### {title}"),
        false => title.to_owned(),
    }
}

fn sentence_lines(out: &mut String, sentence: &SentenceWon, markdown: bool) {
    let say = |label: &Option<String>| label.clone().unwrap_or_else(|| "–".to_owned());
    let place = match &sentence.id {
        Some(id) => id.clone(),
        None => format!("line {}", sentence.line),
    };
    let bullet = if markdown { "- " } else { "" };
    // The text between marks that keep its direction from disturbing the rest (U+2068, U+2069). Writing cannot fail.
    let _ = writeln!(
        out,
        "{bullet}{place}  truth {}, first {}, second {}\n  \u{2068}{}\u{2069}",
        sentence.truth,
        say(&sentence.first),
        say(&sentence.second),
        sentence.text
    );
}
