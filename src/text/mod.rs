//! What are the sentences, and what is their normalised form?

mod abbreviation;
mod address;
mod bare_date;
mod boilerplate;
mod boilerplate_rules;
mod boilerplate_words;
mod code_points;
mod folded_unit;
mod following;
mod normalizer;
mod offsets;
mod profile;
mod quotations;
mod rules;
mod sentence_splitter;
mod stop;
mod stop_run;
pub mod symbol;
mod symbols;
mod vectorised;
mod word_class;

pub use boilerplate::{boilerplate_rule, is_boilerplate};
pub use normalizer::Normalizer;
pub use offsets::Offsets;
pub use profile::Profile;
pub use rules::Rule;
pub use sentence_splitter::{Sentence, SentenceSplitter, Sentences};
pub(crate) use symbols::SLACK;
pub use symbols::Symbols;
