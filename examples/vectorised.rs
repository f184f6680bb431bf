//! Whether normalising with the vector instructions of this processor gives what normalising without them gives.
//!
//! ```text
//! cargo run --release --example vectorised -- ARCHIVE...
//! ```
//!
//! Normalises every text of the archives both ways, whole and sentence by sentence, compares the symbols, and exits with 1 where any differ.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use marsad::archive::{Blocks, Input, ReadOptions};
use marsad::text::{Normalizer, SentenceSplitter, Symbols};

/// A normaliser and how long it took.
struct Timed {
    normalizer: Normalizer,
    symbols: Symbols,
    time: Duration,
}

impl Timed {
    fn new(normalizer: Normalizer) -> Self {
        Self {
            normalizer,
            symbols: Symbols::new(),
            time: Duration::ZERO,
        }
    }

    fn normalize(&mut self, text: &str) -> &[u8] {
        let start = Instant::now();
        self.normalizer.normalize_into(text, &mut self.symbols);
        self.time += start.elapsed();
        self.symbols.as_bytes()
    }
}

fn main() -> anyhow::Result<ExitCode> {
    let mut with = Timed::new(Normalizer::default());
    let mut without = Timed::new(Normalizer::default().scalar());
    if !with.normalizer.is_vectorised() {
        println!("this processor lacks the instructions");
    }
    let (mut texts, mut bytes, mut differing) = (0u64, 0u64, 0u64);
    let mut compare = |text: &str| {
        let same = with.normalize(text) == without.normalize(text);
        texts += 1;
        bytes += text.len() as u64;
        differing += u64::from(!same);
        if !same {
            println!("differs: {text}");
        }
    };
    for path in std::env::args().skip(1) {
        for block in Blocks::open(Input::file(&path), &ReadOptions::default(), None)? {
            block?.read(|_, document| {
                if let Ok(Some(document)) = document {
                    compare(&document.text);
                    for sentence in SentenceSplitter::new().split(&document.text) {
                        compare(sentence.of(&document.text));
                    }
                }
            });
        }
    }
    println!("{texts} texts, {bytes} bytes: {differing} differ");
    for (name, timed) in [("with", &with), ("without", &without)] {
        let nanoseconds = timed.time.as_nanos() as f64 / bytes.max(1) as f64;
        println!("{name:>8} vector instructions: {nanoseconds:.2} ns a byte");
    }
    Ok(ExitCode::from(u8::from(differing > 0)))
}
