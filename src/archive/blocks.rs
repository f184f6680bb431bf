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
    /// How many bytes of the input there are up to its end.
    pub end: u64,
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

/// The blocks of an input, of about a mebibyte each; a longer line makes a longer block. Where the input cannot be read any further,
/// an error comes after the whole lines before that. Where a block ends depends on nothing but the bytes from its beginning, so
/// that reading may begin at any of them again.
#[derive(Debug)]
pub struct Blocks<R> {
    input: R,
    rest: Vec<u8>,
    next_line: u64,
    offset: u64,
    ended: bool,
    /// What stopped the reading, to be said after the whole lines before it.
    error: Option<io::Error>,
}

impl<R: Read> Blocks<R> {
    /// Blocks of `input`, from its first line.
    pub fn new(input: R) -> Self {
        Self {
            input,
            rest: Vec::new(),
            next_line: 1,
            offset: 0,
            ended: false,
            error: None,
        }
    }

    /// The blocks of `input` after the one that ended at `offset` bytes, whose last line had the number before `next_line`.
    ///
    /// # Errors
    ///
    /// What reading up to there gave; [`io::ErrorKind::UnexpectedEof`] if the input is shorter.
    pub fn resume(mut input: R, offset: u64, next_line: u64) -> io::Result<Self> {
        let passed = io::copy(&mut input.by_ref().take(offset), &mut io::sink())?;
        if passed < offset {
            return Err(io::Error::new(
                io::ErrorKind::UnexpectedEof,
                format!("has {passed} bytes, {offset} were read before"),
            ));
        }
        Ok(Self {
            next_line,
            offset,
            ..Self::new(input)
        })
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
                let wanted = (BLOCK - bytes.len() % BLOCK) as u64;
                match self.input.by_ref().take(wanted).read_to_end(&mut bytes) {
                    Ok(n) => self.ended = n == 0,
                    Err(error) => {
                        self.ended = true;
                        self.error = Some(error);
                    }
                }
            }
            if self.error.is_some() {
                // Half a line is no record.
                bytes.truncate(memchr::memrchr(b'\n', &bytes).map_or(0, |at| at + 1));
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
            return self.error.take().map(Err);
        }
        self.rest = bytes.split_off(cut);
        self.offset += bytes.len() as u64;
        if self.next_line == 1 && bytes.starts_with(BYTE_ORDER_MARK) {
            bytes.drain(..BYTE_ORDER_MARK.len());
        }
        let first_line = self.next_line;
        self.next_line += memchr::memchr_iter(b'\n', &bytes).count() as u64;
        Some(Ok(Block {
            bytes,
            first_line,
            end: self.offset,
        }))
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

    #[test]
    fn reading_may_begin_again_after_any_block() {
        let mut text = BYTE_ORDER_MARK.to_vec();
        for line in 0..900u32 {
            let length = if line % 97 == 0 {
                3 << 19
            } else {
                line * line % 5000
            };
            text.extend(format!("{line} {}\n", "x".repeat(length as usize)).bytes());
        }
        let blocks: Vec<_> = Blocks::new(text.as_slice()).map(Result::unwrap).collect();
        assert!(blocks.len() > 6);
        for (index, block) in blocks.iter().enumerate() {
            let next_line = blocks.get(index + 1).map_or(901, |next| next.first_line);
            let again: Vec<_> = Blocks::resume(text.as_slice(), block.end, next_line)
                .unwrap()
                .map(Result::unwrap)
                .collect();
            assert_eq!(again, blocks[index + 1..]);
        }
        assert!(Blocks::resume(text.as_slice(), text.len() as u64 + 1, 1).is_err());
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
