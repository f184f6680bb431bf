//! The subword vocabulary in the form the hot path uses.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::text::symbol;

/// Words longer than this many symbols are cut into stretches of this many before they are divided into pieces, so
/// that a megabyte without a space takes linear time.
pub const MAX_WORD: usize = 64;

const NO_PIECE: u32 = u32::MAX;

/// A byte-pair encoding (Sennrich, Haddow and Birch 2016) compiled from a `tokenizer.json` of the `tokenizers` crate,
/// working on [symbols](crate::text::symbol) and giving exactly the crate's pieces.
#[derive(Debug, Clone)]
pub struct Subwords {
    /// The piece of each one-byte symbol.
    alphabet: [u32; 256],
    foreign: HashMap<char, u32>,
    merges: MergeTable,
    n_pieces: usize,
}

/// Room to divide one word, used again and again.
#[derive(Debug, Clone, Default)]
pub struct SubwordScratch {
    /// Piece, start and end of each part of the word.
    parts: Vec<(u32, u32, u32)>,
    /// Rank and result of merging each part with the next.
    merges: Vec<(u32, u32)>,
}

#[derive(Deserialize)]
struct TokenizerFile {
    model: BpeModel,
}

#[derive(Deserialize)]
struct BpeModel {
    r#type: String,
    unk_token: Option<String>,
    continuing_subword_prefix: Option<String>,
    end_of_word_suffix: Option<String>,
    #[serde(default)]
    byte_fallback: bool,
    #[serde(default)]
    ignore_merges: bool,
    vocab: BTreeMap<String, u32>,
    merges: Vec<(String, String)>,
}

impl Subwords {
    /// Compiles the text of a `tokenizer.json`.
    ///
    /// # Errors
    ///
    /// A sentence saying what is wrong: not JSON, not a plain BPE model, or merges that
    /// name pieces outside the vocabulary.
    pub fn compile(tokenizer_json: &[u8]) -> Result<Self, String> {
        let file: TokenizerFile =
            serde_json::from_slice(tokenizer_json).map_err(|e| e.to_string())?;
        let model = file.model;
        if model.r#type != "BPE"
            || model.unk_token.is_some()
            || model
                .continuing_subword_prefix
                .is_some_and(|prefix| !prefix.is_empty())
            || model
                .end_of_word_suffix
                .is_some_and(|suffix| !suffix.is_empty())
            || model.byte_fallback
            || model.ignore_merges
        {
            return Err(
                "the model must be a plain BPE without unknown token, prefix, suffix, \
                        byte fallback or ignored merges, as `marsad train` writes it"
                    .to_owned(),
            );
        }
        let piece = |text: &str| {
            model
                .vocab
                .get(text)
                .copied()
                .ok_or_else(|| format!("a merge names «{text}», which the vocabulary lacks"))
        };
        let mut merges = MergeTable::with_room_for(model.merges.len());
        for (rank, (left, right)) in model.merges.iter().enumerate() {
            merges.insert(
                piece(left)?,
                piece(right)?,
                rank as u32,
                piece(&format!("{left}{right}"))?,
            );
        }
        let mut alphabet = [NO_PIECE; 256];
        let mut foreign = HashMap::new();
        for (text, &id) in &model.vocab {
            let mut chars = text.chars();
            if let (Some(c), None) = (chars.next(), chars.next()) {
                match symbol::of_char(c) {
                    Some(symbol) => alphabet[usize::from(symbol)] = id,
                    None => drop(foreign.insert(c, id)),
                }
            }
        }
        Ok(Self {
            alphabet,
            foreign,
            merges,
            n_pieces: model.vocab.len(),
        })
    }

    /// The number of pieces in the vocabulary.
    #[must_use]
    pub fn n_pieces(&self) -> usize {
        self.n_pieces
    }

    /// Divides `word` (symbols without separators) into pieces, handing each piece and its range in the
    /// word to `sink`, from first to last. Letters outside the vocabulary are left out.
    pub fn divide(
        &self,
        word: &[u8],
        scratch: &mut SubwordScratch,
        mut sink: impl FnMut(u32, u32, u32),
    ) {
        for (index, stretch) in word.chunks(MAX_WORD).enumerate() {
            self.divide_stretch(stretch, scratch);
            let offset = (index * MAX_WORD) as u32;
            for &(piece, start, end) in &scratch.parts {
                sink(piece, offset + start, offset + end);
            }
        }
    }

    fn divide_stretch(&self, word: &[u8], scratch: &mut SubwordScratch) {
        let SubwordScratch { parts, merges } = scratch;
        parts.clear();
        let mut start = 0;
        for (width, c) in symbol::chars(word) {
            let piece = match width {
                1 => self.alphabet[usize::from(word[start])],
                _ => self.foreign.get(&c).copied().unwrap_or(NO_PIECE),
            };
            if piece != NO_PIECE {
                parts.push((piece, start as u32, (start + width) as u32));
            }
            start += width;
        }
        merges.clear();
        merges.extend(
            parts
                .windows(2)
                .map(|pair| self.merges.find(pair[0].0, pair[1].0)),
        );
        // The lowest rank goes first, and of equal ranks the leftmost.
        while let Some(at) = lowest(merges) {
            let (_, piece) = merges.remove(at);
            let (_, _, end) = parts.remove(at + 1);
            parts[at].0 = piece;
            parts[at].2 = end;
            if at > 0 {
                merges[at - 1] = self.merges.find(parts[at - 1].0, piece);
            }
            if at < merges.len() {
                merges[at] = self.merges.find(piece, parts[at + 1].0);
            }
        }
    }
}

fn lowest(merges: &[(u32, u32)]) -> Option<usize> {
    let mut lowest = None;
    let mut rank = NO_MERGE.0;
    for (at, merge) in merges.iter().enumerate() {
        if merge.0 < rank {
            (rank, lowest) = (merge.0, Some(at));
        }
    }
    lowest
}

const NO_MERGE: (u32, u32) = (u32::MAX, NO_PIECE);

/// From a pair of pieces to the rank and the result of their merge: open addressing with linear probing, half full.
#[derive(Debug, Clone)]
struct MergeTable {
    slots: Vec<(u64, (u32, u32))>,
    shift: u32,
}

const EMPTY: u64 = u64::MAX;

impl MergeTable {
    fn with_room_for(n: usize) -> Self {
        let n_slots = (2 * n).next_power_of_two().max(2);
        Self {
            slots: vec![(EMPTY, NO_MERGE); n_slots],
            shift: 64 - n_slots.trailing_zeros(),
        }
    }

    fn slot(&self, pair: u64) -> usize {
        let mut slot = (pair.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> self.shift) as usize;
        while self.slots[slot].0 != pair && self.slots[slot].0 != EMPTY {
            slot = (slot + 1) & (self.slots.len() - 1);
        }
        slot
    }

    fn insert(&mut self, left: u32, right: u32, rank: u32, piece: u32) {
        let pair = u64::from(left) << 32 | u64::from(right);
        let slot = self.slot(pair);
        self.slots[slot] = (pair, (rank, piece));
    }

    fn find(&self, left: u32, right: u32) -> (u32, u32) {
        self.slots[self.slot(u64::from(left) << 32 | u64::from(right))].1
    }
}
