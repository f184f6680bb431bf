//! Input cut into blocks of whole lines.

use std::io::{self, Read};

/// Large enough that handing blocks to threads costs nothing beside the work in them.
const BLOCK: usize = 1 << 20;

/// What some editors put before a text in UTF-8; it is no part of the text.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whole lines of an input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// The bytes, with the line breaks.
    pub bytes: Vec<u8>,
    /// The number of the first line, counted from 1.
    pub first_line: u64,
}

/// The lines of `bytes` with their line breaks, each with its number; the first has number `first_line`.
pub(super) fn numbered_lines(first_line: u64, bytes: &[u8]) -> impl Iterator<Item = (u64, &[u8])> {
    (first_line..).zip(bytes.split_inclusive(|&byte| byte == b'\n'))
}

impl Block {
    /// The lines with their line breaks, each with its number.
    pub fn lines(&self) -> impl Iterator<Item = (u64, &[u8])> {
        numbered_lines(self.first_line, &self.bytes)
    }
}

/// The blocks of an input, of about a mebibyte each; a longer line makes a longer block.
#[derive(Debug)]
pub struct Blocks<R> {
    input: R,
    rest: Vec<u8>,
    next_line: u64,
    ended: bool,
}

impl<R: Read> Blocks<R> {
    /// Blocks of `input`, from its first line.
    pub fn new(input: R) -> Self {
        Self {
            input,
            rest: Vec::new(),
            next_line: 1,
            ended: false,
        }
    }
}

impl<R: Read> Iterator for Blocks<R> {
    type Item = io::Result<Block>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = std::mem::take(&mut self.rest);
        // Where the search for the last line break goes on.
        let mut searched = 0;
        let cut = loop {
            if !self.ended {
                let wanted = BLOCK.saturating_sub(bytes.len()).max(BLOCK / 2) as u64;
                match self.input.by_ref().take(wanted).read_to_end(&mut bytes) {
                    Ok(n) => self.ended = n == 0,
                    Err(error) => {
                        self.ended = true;
                        return Some(Err(error));
                    }
                }
            }
            if self.ended {
                break bytes.len();
            }
            if let Some(at) = memchr::memrchr(b'\n', &bytes[searched..]) {
                break searched + at + 1;
            }
            searched = bytes.len();
        };
        if bytes.is_empty() {
            return None;
        }
        self.rest = bytes.split_off(cut);
        if self.next_line == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        let first_line = self.next_line;
        self.next_line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Some(Ok(Block { bytes, first_line }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blocks_hold_whole_lines_and_lose_nothing() {
        let mut text = Vec::new();
        for line in 0..40_000u32 {
            text.extend(format!("{line} {}\n", "x".repeat(line as usize % 120)).bytes());
        }
        text.extend("y".repeat(3 << 20).bytes());
        let blocks: Vec<_> = Blocks::new(text.as_slice()).map(Result::unwrap).collect();
        assert!(blocks.len() > 3);
        let mut line = 1;
        for block in &blocks {
            assert_eq!(block.first_line, line);
            line += memchr::memchr_iter(b'\n', &block.bytes).count() as u64;
        }
        assert!(
            blocks[..blocks.len() - 1]
                .iter()
                .all(|block| block.bytes.ends_with(b"\n"))
        );
        assert_eq!(blocks.concat(), text);
    }

    trait Concat {
        fn concat(&self) -> Vec<u8>;
    }

    impl Concat for Vec<Block> {
        fn concat(&self) -> Vec<u8> {
            self.iter().flat_map(|block| block.bytes.clone()).collect()
        }
    }
}
