//! A run over an archive that may be interrupted at any moment and goes on where it was.

mod directory;
mod input_identity;
mod manifest;
mod pipeline;
mod shard;
mod shard_record;

pub use directory::RunDirectory;
pub use input_identity::InputIdentity;
pub use manifest::Manifest;
pub use pipeline::{Outcome, Run};
pub use shard::ShardFile;
pub use shard_record::{Reached, ShardRecord};
