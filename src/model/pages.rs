//! Memory that is looked up all over.

use memmap2::MmapMut;

/// Zeroed numbers of 64 bits, from the beginning of a page.
///
/// What is looked up all over some megabytes costs a walk through the page tables each time, if pages have 4 KiB. Linux is asked for
/// large ones; it may not have any, and other systems are not asked.
pub(super) struct Pages(MmapMut);

impl Pages {
    /// `length` zeros. They take memory when they are first written.
    ///
    /// # Panics
    ///
    /// When the system has no room, as any allocation does.
    pub(super) fn zeroed(length: usize) -> Self {
        let bytes = length * size_of::<u64>();
        let pages = MmapMut::map_anon(bytes)
            .unwrap_or_else(|error| panic!("no room for {bytes} bytes of memory: {error}"));
        // Pages of the usual size do as well.
        #[cfg(target_os = "linux")]
        let _ = pages.advise(memmap2::Advice::HugePage);
        Self(pages)
    }

    #[inline]
    pub(super) fn as_words(&self) -> &[u64] {
        bytemuck::cast_slice(&self.0)
    }

    #[inline]
    pub(super) fn as_words_mut(&mut self) -> &mut [u64] {
        bytemuck::cast_slice_mut(&mut self.0)
    }
}

impl std::fmt::Debug for Pages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pages of {} bytes", self.0.len())
    }
}
