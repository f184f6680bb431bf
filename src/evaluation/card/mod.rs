//! What is known of a model, stored beside it, and the page that says it.

mod card_evaluation;
mod directory;
mod model_card;
mod own_data;
mod page;

pub use card_evaluation::CardEvaluation;
pub use model_card::{CARD_SCHEMA, CARD_VERSION, ModelCard};
pub use own_data::OwnDataFigures;
