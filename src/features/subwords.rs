//! The subword vocabulary in the form the hot path uses.

use std::collections::{BTreeMap, HashMap};

use serde::Deserialize;

use crate::text::symbol;

/// Words longer than this many symbols are cut into stretches of this many before they are divided into pieces, so
/// that a megabyte without a space takes linear time.
const MAX_WORD: usize = 64;

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
#[derive(Debug, Clone)]
pub struct SubwordScratch {
    /// The part that begins at each place; parts merged into the one before are left where they are.
    parts: [Part; MAX_WORD],
    /// The rank of merging each part with the next; [`NO_MERGE`] where it cannot be, or is no part any more.
    ranks: [u32; MAX_WORD],
}

#[derive(Debug, Clone, Copy, Default)]
struct Part {
    piece: u32,
    /// What merging it with the next part gives.
    merged: u32,
    /// The range of symbols.
    start: u8,
    end: u8,
    /// The places of the parts around it; [`MAX_WORD`] for none.
    previous: u8,
    next: u8,
}

impl Default for SubwordScratch {
    fn default() -> Self {
        Self {
            parts: [Part::default(); MAX_WORD],
            ranks: [NO_MERGE.0; MAX_WORD],
        }
    }
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
            let offset = (index * MAX_WORD) as u32;
            let mut place = self.divide_stretch(stretch, scratch);
            while let Some(part) = scratch.parts.get(place) {
                sink(
                    part.piece,
                    offset + u32::from(part.start),
                    offset + u32::from(part.end),
                );
                place = usize::from(part.next);
            }
        }
    }

    /// Merges the letters of a word of at most [`MAX_WORD`] symbols into pieces; gives the place of the first.
    fn divide_stretch(&self, word: &[u8], scratch: &mut SubwordScratch) -> usize {
        let SubwordScratch { parts, ranks } = scratch;
        let n_parts = self.letters(word, parts);
        if n_parts == 0 {
            return MAX_WORD;
        }
        for place in 0..n_parts {
            let next = if place + 1 < n_parts {
                place + 1
            } else {
                MAX_WORD
            };
            parts[place].previous = if place > 0 {
                place as u8 - 1
            } else {
                MAX_WORD as u8
            };
            parts[place].next = next as u8;
            self.rank(place, parts, ranks);
        }
        let ranks = &mut ranks[..n_parts];
        loop {
            // The lowest rank goes first, and of equal ranks the leftmost.
            let lowest = ranks.iter().copied().fold(NO_MERGE.0, u32::min);
            if lowest == NO_MERGE.0 {
                return 0;
            }
            let place = ranks
                .iter()
                .position(|&rank| rank == lowest)
                .unwrap_or_default();
            let gone = usize::from(parts[place].next);
            ranks[gone] = NO_MERGE.0;
            let next = parts[gone].next;
            parts[place] = Part {
                piece: parts[place].merged,
                end: parts[gone].end,
                next,
                ..parts[place]
            };
            if let Some(next) = parts.get_mut(usize::from(next)) {
                next.previous = place as u8;
            }
            self.rank(place, parts, ranks);
            let previous = usize::from(parts[place].previous);
            if previous < MAX_WORD {
                self.rank(previous, parts, ranks);
            }
        }
    }

    /// Writes the letters of `word` that the vocabulary knows as parts, and says how many there are.
    fn letters(&self, word: &[u8], parts: &mut [Part; MAX_WORD]) -> usize {
        let (mut n_parts, mut start) = (0, 0);
        while start < word.len() {
            let (width, piece) = if symbol::is_foreign(word[start]) {
                let letter = symbol::chars(&word[start..]).next();
                letter.map_or((1, NO_PIECE), |(width, c)| {
                    (width, self.foreign.get(&c).copied().unwrap_or(NO_PIECE))
                })
            } else {
                (1, self.alphabet[usize::from(word[start])])
            };
            if piece != NO_PIECE {
                parts[n_parts] = Part {
                    piece,
                    start: start as u8,
                    end: (start + width) as u8,
                    ..Part::default()
                };
                n_parts += 1;
            }
            start += width;
        }
        n_parts
    }

    /// Looks up the merge of the part at `place` with the next.
    fn rank(&self, place: usize, parts: &mut [Part; MAX_WORD], ranks: &mut [u32]) {
        let (rank, merged) = match parts.get(usize::from(parts[place].next)) {
            Some(next) => self.merges.find(parts[place].piece, next.piece),
            None => NO_MERGE,
        };
        ranks[place] = rank;
        parts[place].merged = merged;
    }
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
