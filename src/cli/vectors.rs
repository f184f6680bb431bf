//! `marsad vectors`, and the vectors that other commands take.

use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::{Args, Subcommand};
use marsad::evaluation::Table;
use marsad::vectors::{VectorFiles, WordVectors};

/// Look at word vectors
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  marsad vectors near وزير
  marsad vectors near قصف --vectors my-vectors -n 20")]
pub(super) struct Options {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// The words used most like a word
    Near(Near),
}

#[derive(Debug, Args)]
struct Near {
    /// The word; it is normalised first
    word: String,
    /// How many to show
    #[arg(short, default_value_t = 10)]
    n: usize,
    /// A directory of vectors [default: the embedded ones]
    #[arg(long, value_name = "DIR")]
    vectors: Option<PathBuf>,
}

/// Which vectors training uses.
#[derive(Debug, Args)]
pub(super) struct VectorOptions {
    /// A directory of word vectors made by `marsad pretrain` [default: the embedded ones]
    #[arg(long, value_name = "DIR")]
    vectors: Option<PathBuf>,
    /// Train without word vectors
    #[arg(long, conflicts_with = "vectors")]
    no_vectors: bool,
}

/// The flag that leaves vectors out.
pub(super) const NO_VECTORS: &str = "--no-vectors";

impl VectorOptions {
    /// What `marsad train` must be given to use the same vectors, which no configuration names; `None` where it is nothing.
    pub(super) fn flag(&self) -> Option<String> {
        match &self.vectors {
            Some(path) => Some(format!("--vectors {}", path.display())),
            None => self.no_vectors.then(|| NO_VECTORS.to_owned()),
        }
    }

    pub(super) fn load(&self) -> anyhow::Result<Option<WordVectors>> {
        match self.no_vectors {
            true => Ok(None),
            false => Ok(Some(load_vectors(self.vectors.as_ref())?)),
        }
    }
}

fn load_vectors(directory: Option<&PathBuf>) -> anyhow::Result<WordVectors> {
    Ok(match directory {
        Some(path) => VectorFiles::read(path)?.vectors(path)?,
        None => WordVectors::embedded()?,
    })
}

pub(super) fn run(options: &Options) -> anyhow::Result<()> {
    let Command::Near(near) = &options.command;
    let vectors = load_vectors(near.vectors.as_ref())?;
    let Some(neighbours) = vectors.near(&near.word, near.n) else {
        bail!(
            "the vectors do not know the word «{}»; vectors of another archive may (--vectors), or of rarer words \
             (pretrain --min-count, --vocabulary)",
            near.word
        );
    };
    let mut table = Table::new(["similarity", "word"]);
    for neighbour in neighbours {
        table.push([format!("{:.3}", neighbour.similarity), neighbour.word]);
    }
    write!(anstream::stdout(), "{}", table.to_text())?;
    Ok(())
}
