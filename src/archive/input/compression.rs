//! What a file is packed with.

/// How bytes are packed, told by the bytes themselves and never by the name of the file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Compression {
    /// Not at all.
    #[default]
    None,
    /// gzip (RFC 1952).
    Gzip,
    /// Zstandard (RFC 8878).
    Zstd,
    /// bzip2.
    Bzip2,
    /// xz.
    Xz,
}

impl Compression {
    /// How many bytes [`of`](Self::of) wants to see.
    pub const MAGIC: usize = 10;

    /// What data that begin with `start` are packed with.
    #[must_use]
    pub fn of(start: &[u8]) -> Self {
        // A line of text may begin with «BZh9»; the numbers that follow, π or its root, settle it.
        let is_bzip2 = start.starts_with(b"BZh")
            && start
                .get(3)
                .is_some_and(|level| (b'1'..=b'9').contains(level))
            && start.get(4..10).is_some_and(|magic| {
                magic == b"\x31\x41\x59\x26\x53\x59" || magic == b"\x17\x72\x45\x38\x50\x90"
            });
        // Parallel packers put frames to be skipped before the data.
        let is_skippable = matches!(start, [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..]);
        if start.starts_with(b"\x1F\x8B\x08") {
            Self::Gzip
        } else if start.starts_with(b"\x28\xB5\x2F\xFD") || is_skippable {
            Self::Zstd
        } else if is_bzip2 {
            Self::Bzip2
        } else if start.starts_with(b"\xFD7zXZ\0") {
            Self::Xz
        } else {
            Self::None
        }
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::None => "plain",
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
        }
    }

    /// `name` without an ending that says how a file is packed.
    #[must_use]
    pub fn strip_suffix(name: &str) -> &str {
        [".gz", ".zst", ".zstd", ".bz2", ".xz"]
            .iter()
            .find_map(|suffix| {
                let at = name.len().checked_sub(suffix.len())?;
                let (stem, end) = name.split_at_checked(at)?;
                end.eq_ignore_ascii_case(suffix).then_some(stem)
            })
            .unwrap_or(name)
    }
}
