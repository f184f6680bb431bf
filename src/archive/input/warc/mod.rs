//! Web archives (ISO 28500).

mod blocks;
mod charset;
mod header;
mod html_text;
mod http;
mod record;

pub(super) use blocks::WarcBlocks;
