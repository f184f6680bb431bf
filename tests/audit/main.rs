//! The audit of labelled data, against other tools, against definitions, and from the command line.

#![allow(
    clippy::unwrap_used,
    reason = "clippy.toml exempts test functions, not what they call"
)]
#![allow(
    clippy::unreadable_literal,
    reason = "numbers stand as the quoted sessions print them"
)]

mod agreement;
mod agreement_command;
mod data_check_command;
#[path = "../folder/mod.rs"]
mod folder;
mod near_duplicates;
mod records;
mod repetition;
mod schema;
mod sentence;
mod spread;
mod surface;
mod surprise;
mod vocabulary;
