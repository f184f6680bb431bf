//! How do records get in?

mod block;
mod blocks;
mod bounded;
mod byte_blocks;
mod byte_count;
mod columns;
mod compression;
mod decompress;
mod delimited;
mod document;
mod encoding;
mod field_names;
#[expect(clippy::module_inception, reason = "a type a file, named after it")]
mod input;
mod jsonl;
mod read_options;
mod record_format;
mod rejection;
mod text;
mod transcode;
mod warc;

#[cfg(feature = "parquet")]
mod parquet;
#[cfg(not(feature = "parquet"))]
#[path = "no_parquet.rs"]
mod parquet;

pub use block::{Block, Position};
pub use blocks::Blocks;
pub use byte_count::ByteCount;
pub use compression::Compression;
pub use decompress::{Decompressed, MAX_RATIO, decompress};
pub use document::Document;
pub use encoding::Encoding;
pub use field_names::{Carry, FieldNames};
pub use input::{Input, Origin};
pub use read_options::ReadOptions;
pub use record_format::RecordFormat;
pub use rejection::{Reason, Rejection};
pub use transcode::transcode;
