//! Drift, for people.

use super::{Drift, DriftSide, Shift, WordChange};
use crate::evaluation::Table;
use crate::evaluation::table::share;

impl Drift {
    /// Everything, for a terminal or in Markdown.
    #[must_use]
    pub fn render(&self, markdown: bool) -> String {
        let mut out = String::new();
        for table in [self.sides_table(), self.shifts_table(), self.words_table()] {
            out.push_str(&table.render(markdown));
            out.push('\n');
        }
        let (n, seed) = (self.permutations, self.seed);
        let verdict = &self.verdict.words;
        format!(
            "{out}{verdict}\n\np: {n} random dealings of the documents, seed {seed}, corrected for the number of tests (Holm).\n"
        )
    }

    /// The two sides.
    #[must_use]
    pub fn sides_table(&self) -> Table {
        let sides = [&self.reference, &self.new];
        let mut table = Table::new(["", "reference", "new"]);
        let mut row = |name: &str, cell: &dyn Fn(&DriftSide) -> String| {
            table.push([name.to_owned(), cell(sides[0]), cell(sides[1])]);
        };
        row("texts", &|side| side.name.clone());
        row("documents", &|side| side.documents.to_string());
        if sides
            .iter()
            .any(|side| side.sampled_documents < side.documents)
        {
            row("documents drawn at random", &|side| {
                side.sampled_documents.to_string()
            });
        }
        row("their sentences", &|side| side.sentences.to_string());
        row("mean confidence", &|side| share(side.mean_confidence));
        row("words unknown to the model", &|side| {
            share(side.unknown_words)
        });
        for (class, label) in self.label_names.iter().enumerate() {
            row(label, &|side| share(side.label_shares.get(class).copied()));
        }
        table
    }

    /// How far each distribution has moved.
    #[must_use]
    pub fn shifts_table(&self) -> Table {
        let mut table = Table::new([
            "moved",
            "population stability",
            "Jensen–Shannon (bits)",
            "by chance",
            "p",
        ]);
        for (name, shift) in [
            ("labels", &self.labels),
            ("confidences", &self.confidences),
            ("vocabulary", &self.vocabulary),
        ] {
            let Shift {
                population_stability,
                jensen_shannon,
                by_chance,
                corrected_p,
                ..
            } = shift;
            table.push([
                name.to_owned(),
                format!("{population_stability:.4}"),
                format!("{jensen_shannon:.4}"),
                format!("{by_chance:.4}"),
                format!("{corrected_p:.3}"),
            ]);
        }
        if let Some(change) = self.unknown_words {
            table.push([
                format!("unknown words ({:+.3})", change.difference),
                "–".to_owned(),
                "–".to_owned(),
                "–".to_owned(),
                format!("{:.3}", change.corrected_p),
            ]);
        }
        table
    }

    /// The words that changed most.
    #[must_use]
    pub fn words_table(&self) -> Table {
        // The words stand last, so that their direction cannot disturb the numbers.
        let mut table = Table::new(["in 1,000 words", "reference", "new", "word"]);
        for (kind, words) in [("more", &self.more), ("less", &self.less)] {
            for WordChange {
                word,
                reference,
                new,
            } in words
            {
                table.push([
                    kind.to_owned(),
                    format!("{reference:.2}"),
                    format!("{new:.2}"),
                    format!("\u{2068}{word}\u{2069}"),
                ]);
            }
        }
        table
    }
}
