//! What was found, as tables for people.

use super::data_check::DataCheck;
use super::finding::Rule;
use super::repetition::Recurring;
use super::spread::{QUANTILES, Spread};
use crate::evaluation::Table;

/// How many findings of one rule, and how many recurring openings and runs, are shown.
const SHOWN: usize = 10;

/// A part of a report.
#[derive(Debug, Clone)]
pub struct Section {
    /// What it is about.
    pub title: String,
    /// What its figures mean; may be empty.
    pub about: String,
    /// Its tables.
    pub tables: Vec<Table>,
    /// Single things: what is said of each, and the text it is said of, which may be empty.
    pub items: Vec<(String, String)>,
}

impl Section {
    fn new(title: impl Into<String>, about: impl Into<String>) -> Self {
        Self {
            title: title.into(),
            about: about.into(),
            tables: Vec::new(),
            items: Vec::new(),
        }
    }

    fn table(mut self, table: Table) -> Self {
        self.tables.push(table);
        self
    }
}

/// The report on a check: what is to be read first, what is wrong last.
#[must_use]
pub fn sections(check: &DataCheck) -> Vec<Section> {
    let mut sections = vec![files(check)];
    let (surface, planned): (Vec<_>, Vec<_>) = check
        .spreads
        .iter()
        .partition(|spread| matches!(spread.property.as_str(), "frame" | "spelling"));
    for spread in planned {
        sections.push(
            Section::new(format!("Labels by {}", spread.property), "").table(spread_table(spread)),
        );
    }
    sections.push(lengths(check));
    let mut section = Section::new(
        "Surface",
        "Quoted: has quotation marks. Attributed: has none, but a word of saying or a source. Plain: neither.\n\
         Spelling habits are counted where a sentence shows them at least once.",
    );
    section.tables = surface.into_iter().map(spread_table).collect();
    sections.push(section);
    sections.push(vocabulary(check));
    sections.push(repetition(check));
    sections.extend(votes(check));
    sections.extend(surprising(check));
    sections.push(rules(check));
    sections
}

fn files(check: &DataCheck) -> Section {
    let labels: Vec<&String> = check
        .splits
        .iter()
        .flat_map(|s| s.labels.keys())
        .take(check.splits.first().map_or(0, |split| split.labels.len()))
        .collect();
    let heading = ["file", "sentences", "groups"].map(str::to_owned);
    let mut table = Table::new(heading.into_iter().chain(labels.into_iter().cloned()));
    for split in &check.splits {
        let cells = [
            split.path.display().to_string(),
            split.sentences.to_string(),
            split.groups.to_string(),
        ];
        let counts = split.labels.values().map(ToString::to_string);
        table.push(cells.into_iter().chain(counts));
    }
    let mut section = Section::new("Files", "").table(table);
    for skipped in &check.skipped {
        let note = format!("skipped {}: {}", skipped.path.display(), skipped.reason);
        section.items.push((note, String::new()));
    }
    section
}

fn spread_table(spread: &Spread) -> Table {
    let heading = [spread.property.clone(), "all".to_owned()];
    let mut table = Table::new(heading.into_iter().chain(spread.labels.iter().cloned()));
    for row in &spread.rows {
        let all: usize = row.counts.iter().sum();
        let counts = row.counts.iter().map(ToString::to_string);
        table.push(
            [row.value.clone(), all.to_string()]
                .into_iter()
                .chain(counts),
        );
    }
    table
}

fn lengths(check: &DataCheck) -> Section {
    let shares = QUANTILES.map(|share| match share {
        0.0 => "least".to_owned(),
        1.0 => "most".to_owned(),
        share => format!("{:.0} %", share * 100.0),
    });
    let heading = ["label".to_owned(), "sentences".to_owned()];
    let mut table = Table::new(heading.into_iter().chain(shares));
    for lengths in &check.lengths {
        let label = lengths.label.as_deref().unwrap_or("all");
        let words = lengths.words.iter().map(ToString::to_string);
        table.push(
            [label.to_owned(), lengths.sentences.to_string()]
                .into_iter()
                .chain(words),
        );
    }
    Section::new(
        "Words in a sentence",
        "The stated share of sentences has at most so many words.",
    )
    .table(table)
}

fn vocabulary(check: &DataCheck) -> Section {
    let mut table = Table::new(["sentences", "words", "distinct words", "of them once"]);
    for size in &check.vocabulary.growth {
        table
            .push([size.sentences, size.words, size.distinct, size.hapaxes].map(|n| n.to_string()));
    }
    let exponent = check
        .vocabulary
        .heaps_exponent
        .map_or_else(|| "–".to_owned(), |exponent| format!("{exponent:.3}"));
    let about = format!("The exponent of Heaps' law is {exponent}.");
    Section::new("Growth of the vocabulary", about).table(table)
}

fn repetition(check: &DataCheck) -> Section {
    let repetition = &check.repetition;
    let percent = |share: Option<f64>| {
        share.map_or_else(|| "–".to_owned(), |share| format!("{:.1} %", share * 100.0))
    };
    let about = format!(
        "{} of {} sentences ({}) open with the three words of another;\n\
         {} ({}) share eight words in a row with another.",
        repetition.sharing_opening,
        repetition.sentences,
        percent(repetition.opening_share()),
        repetition.sharing_run,
        percent(repetition.run_share()),
    );
    let mut section = Section::new("Repetition", about);
    for (name, recurring) in [
        ("most frequent openings", &repetition.openings),
        (
            "most frequent runs of eight words or more",
            &repetition.runs,
        ),
    ] {
        if !recurring.is_empty() {
            section.tables.push(recurring_table(name, recurring));
        }
    }
    section
}

fn recurring_table(name: &str, recurring: &[Recurring]) -> Table {
    let mut table = Table::new(["sentences", name]);
    for piece in recurring.iter().take(SHOWN) {
        table.push([piece.sentences.to_string(), piece.text.clone()]);
    }
    table
}

fn votes(check: &DataCheck) -> Option<Section> {
    if check.votes_per_sentence.is_empty() {
        return None;
    }
    let mut table = Table::new(["votes on a sentence", "sentences"]);
    for (votes, sentences) in &check.votes_per_sentence {
        table.push([votes.to_string(), sentences.to_string()]);
    }
    let about = match check.stray_votes {
        0 => String::new(),
        n => format!("{n} votes are on ids that no sentence has."),
    };
    Some(Section::new("Votes", about).table(table))
}

fn surprising(check: &DataCheck) -> Option<Section> {
    if let Some(reason) = &check.no_model {
        let about = format!("Left out: {reason}.");
        return Some(Section::new("Most surprising labels", about));
    }
    if check.surprising.is_empty() {
        return None;
    }
    let about = format!(
        "The {} sentences whose labels a model that has not seen their group expects least, with −ln of the\n\
         probability of the label. Read them: a label is wrong here more often than elsewhere.",
        check.surprising.len()
    );
    let mut section = Section::new("Most surprising labels", about);
    section.items = check
        .surprising
        .iter()
        .map(|row| {
            let review = match &row.review {
                Some(review) if review.note.is_empty() => format!("; {}", review.outcome.name()),
                Some(review) => format!("; {}: {}", review.outcome.name(), review.note),
                None => String::new(),
            };
            let says = match row.label == row.predicted {
                true => "the model agrees".to_owned(),
                false => format!("the model says {}", row.predicted),
            };
            let id = row.id.as_deref().unwrap_or("–");
            let head = format!(
                "{:5.2}  {id}  {}  {}: {says} ({:.2}){review}",
                row.loss, row.place, row.label, row.probability,
            );
            (head, row.text.clone())
        })
        .collect();
    Some(section)
}

fn rules(check: &DataCheck) -> Section {
    let mut table = Table::new(["rule", "findings"]);
    let mut section = Section::new("Findings", "");
    for rule in Rule::ALL {
        let of_rule: Vec<_> = check.findings.iter().filter(|f| f.rule == rule).collect();
        let is_checked = match rule {
            Rule::Votes => !check.votes_per_sentence.is_empty(),
            Rule::Reviews => check.has_reviews && !check.surprising.is_empty(),
            _ => true,
        };
        let count = match is_checked {
            true => of_rule.len().to_string(),
            false => "–".to_owned(),
        };
        table.push([rule.title().to_owned(), count]);
        for finding in of_rule.iter().take(SHOWN) {
            let line = format!("{}: {}", finding.place, finding.message);
            section.items.push((line, String::new()));
        }
        if of_rule.len() > SHOWN {
            let more = format!(
                "… and {} more against «{}»; --json has them all",
                of_rule.len() - SHOWN,
                rule.title()
            );
            section.items.push((more, String::new()));
        }
    }
    section.table(table)
}
