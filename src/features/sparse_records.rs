//! The design matrix: one sparse row a sentence.

use std::sync::Arc;

use linfa::dataset::Records;

/// A compressed sparse row matrix of shape `(n_rows, n_columns)`: the records that every
/// trainer of this crate takes.
///
/// Column indices rise strictly within a row. The last columns may be dense: real numbers of either sign, such as the
/// coordinates of a vector, where the others hold weighted counts. Copies and [selections](Self::select) share their entries.
#[derive(Debug, Clone)]
pub struct SparseRecords {
    entries: Arc<Entries>,
    /// Which rows of the entries these are; all of them if `None`.
    selected: Option<Arc<[u32]>>,
    n_columns: usize,
    n_dense: usize,
}

#[derive(Debug, Clone)]
struct Entries {
    /// Where each row begins among the columns and values, and where the last one ends.
    row_starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
}

impl SparseRecords {
    /// An empty matrix with `n_columns` columns and no rows.
    #[must_use]
    pub fn new(n_columns: usize) -> Self {
        let entries = Entries {
            row_starts: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
        };
        Self::of(entries, n_columns)
    }

    fn of(entries: Entries, n_columns: usize) -> Self {
        Self {
            entries: Arc::new(entries),
            selected: None,
            n_columns,
            n_dense: 0,
        }
    }

    /// Declares that the last `n_dense` of the columns are dense.
    ///
    /// # Panics
    ///
    /// If there are fewer columns.
    #[must_use]
    pub fn with_dense(mut self, n_dense: usize) -> Self {
        assert!(
            n_dense <= self.n_columns,
            "{n_dense} dense columns of {}",
            self.n_columns
        );
        self.n_dense = n_dense;
        self
    }

    /// Appends a row given as `(column, value)` pairs with rising columns.
    ///
    /// # Panics
    ///
    /// If a column is out of range, the columns do not rise, or these are selected rows.
    pub fn push_row(&mut self, row: impl IntoIterator<Item = (u32, f32)>) {
        assert!(self.selected.is_none(), "a selection of rows takes no more");
        let entries = Arc::make_mut(&mut self.entries);
        let start = entries.columns.len();
        for (column, value) in row {
            assert!(
                (column as usize) < self.n_columns,
                "column {column} of {}",
                self.n_columns
            );
            assert!(
                entries.columns[start..]
                    .last()
                    .is_none_or(|&last| last < column),
                "columns of a row must rise"
            );
            entries.columns.push(column);
            entries.values.push(value);
        }
        entries.row_starts.push(entries.columns.len());
    }

    /// Multiplies each column by its factor, and leaves out the entries of those whose factor is 0.
    ///
    /// # Panics
    ///
    /// If there is not one factor for each column, or these are selected rows.
    pub fn scale_columns(&mut self, factors: &[f32]) {
        assert_eq!(
            factors.len(),
            self.n_columns,
            "factors, one for each column"
        );
        assert!(
            self.selected.is_none(),
            "the rows that are left out would be scaled too"
        );
        let entries = Arc::make_mut(&mut self.entries);
        let mut kept = 0;
        let mut start = 0;
        for end in &mut entries.row_starts[1..] {
            for entry in start..*end {
                let column = entries.columns[entry];
                let factor = factors[column as usize];
                if factor != 0.0 {
                    entries.columns[kept] = column;
                    entries.values[kept] = entries.values[entry] * factor;
                    kept += 1;
                }
            }
            start = *end;
            *end = kept;
        }
        entries.columns.truncate(kept);
        entries.values.truncate(kept);
    }

    /// The number of rows (sentences).
    #[must_use]
    pub fn n_rows(&self) -> usize {
        match &self.selected {
            Some(rows) => rows.len(),
            None => self.entries.row_starts.len() - 1,
        }
    }

    /// The number of columns (features or buckets).
    #[must_use]
    pub fn n_columns(&self) -> usize {
        self.n_columns
    }

    /// The number of columns that hold counts: those before the dense ones.
    #[must_use]
    pub fn n_counts(&self) -> usize {
        self.n_columns - self.n_dense
    }

    /// Columns and values of row `row`.
    ///
    /// # Panics
    ///
    /// If `row` is not below [`n_rows`](Self::n_rows).
    #[must_use]
    pub fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let row = match &self.selected {
            Some(rows) => rows[row] as usize,
            None => row,
        };
        let entries = &*self.entries;
        let range = entries.row_starts[row]..entries.row_starts[row + 1];
        (&entries.columns[range.clone()], &entries.values[range])
    }

    /// The rows named by `rows`, in that order. Nothing is copied.
    ///
    /// # Panics
    ///
    /// If a row is not below [`n_rows`](Self::n_rows).
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let row = |&row: &usize| {
            assert!(row < self.n_rows(), "row {row} of {}", self.n_rows());
            self.selected.as_ref().map_or(row as u32, |rows| rows[row])
        };
        Self {
            selected: Some(rows.iter().map(row).collect()),
            ..self.clone()
        }
    }

    /// The same matrix with rows and columns exchanged, so that a sum over a column can be
    /// taken in the order of the rows on any number of threads.
    #[must_use]
    pub fn transpose(&self) -> Self {
        let rows = || (0..self.n_rows()).map(|row| self.row(row));
        let mut row_starts = vec![0usize; self.n_columns + 1];
        for &column in rows().flat_map(|(columns, _)| columns) {
            row_starts[column as usize + 1] += 1;
        }
        for column in 0..self.n_columns {
            row_starts[column + 1] += row_starts[column];
        }
        let n_entries = row_starts[self.n_columns];
        let mut next = row_starts.clone();
        let mut columns = vec![0u32; n_entries];
        let mut values = vec![0f32; n_entries];
        for (row, (row_columns, row_values)) in rows().enumerate() {
            for (&column, &value) in row_columns.iter().zip(row_values) {
                let slot = &mut next[column as usize];
                columns[*slot] = row as u32;
                values[*slot] = value;
                *slot += 1;
            }
        }
        let entries = Entries {
            row_starts,
            columns,
            values,
        };
        Self::of(entries, self.n_rows())
    }
}

impl PartialEq for SparseRecords {
    fn eq(&self, other: &Self) -> bool {
        (self.n_columns, self.n_dense, self.n_rows())
            == (other.n_columns, other.n_dense, other.n_rows())
            && (0..self.n_rows()).all(|row| self.row(row) == other.row(row))
    }
}

impl Records for SparseRecords {
    type Elem = f32;

    fn nsamples(&self) -> usize {
        self.n_rows()
    }

    fn nfeatures(&self) -> usize {
        self.n_columns
    }
}
