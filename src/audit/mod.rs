//! Can the labelled data be trusted?

mod jsonl;
mod reviews;
mod split;
mod votes;

mod annotations;

mod coefficient;
mod tally;

mod ratings;

mod agreement;
mod agreement_table;

mod finding;
mod schema;

mod min_hash;
mod near_duplicates;

mod word_numbers;

mod repetition;
mod vocabulary;

mod surface;
mod surface_words;

mod spread;
mod surprise;

mod check_options;
mod data_findings;

mod data_check;
mod report;

pub use agreement::{Agreement, AgreementOn, agreement, disagreements};
pub use agreement_table::agreement_tables;
pub use annotations::{Annotations, read_annotations};
pub use check_options::CheckOptions;
pub use coefficient::{Coefficient, Measured};
pub use data_check::{DataCheck, SplitFacts, check_data};
pub use finding::{Finding, Rule};
pub use near_duplicates::{NearDuplicate, near_duplicates};
pub use ratings::Ratings;
pub use repetition::{Recurring, Repetition, repetition};
pub use report::{Section, sections};
pub use reviews::{Review, ReviewOutcome, read_reviews};
pub use schema::schema;
pub use split::{Located, Place, Skipped, Split, located, read_splits};
pub use spread::{
    Lengths, Spread, SpreadRow, field_spread, frame_spread, lengths, planned_fields,
    spelling_spread, spread,
};
pub use surface::{Frame, Spelling, frame};
pub use surprise::{Surprise, Surprising, surprises};
pub use vocabulary::{Vocabulary, VocabularySize, vocabulary};
pub use votes::{Vote, read_votes};
