//! The design matrix: one sparse row a sentence.

use linfa::dataset::Records;

/// A compressed sparse row matrix of shape `(n_rows, n_columns)`: the records that every
/// trainer of this crate takes.
///
/// Column indices rise strictly within a row. The last columns may be dense: real numbers of either sign, such as the
/// coordinates of a vector, where the others hold weighted counts.
#[derive(Debug, Clone, PartialEq)]
pub struct SparseRecords {
    row_starts: Vec<usize>,
    columns: Vec<u32>,
    values: Vec<f32>,
    n_columns: usize,
    n_dense: usize,
}

impl SparseRecords {
    /// An empty matrix with `n_columns` columns and no rows.
    #[must_use]
    pub fn new(n_columns: usize) -> Self {
        Self {
            row_starts: vec![0],
            columns: Vec::new(),
            values: Vec::new(),
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
    /// If a column is out of range or the columns do not rise.
    pub fn push_row(&mut self, entries: impl IntoIterator<Item = (u32, f32)>) {
        let start = self.columns.len();
        for (column, value) in entries {
            assert!(
                (column as usize) < self.n_columns,
                "column {column} of {}",
                self.n_columns
            );
            assert!(
                self.columns.len() == start || self.columns[self.columns.len() - 1] < column,
                "columns of a row must rise"
            );
            self.columns.push(column);
            self.values.push(value);
        }
        self.row_starts.push(self.columns.len());
    }

    /// The number of rows (sentences).
    #[must_use]
    pub fn n_rows(&self) -> usize {
        self.row_starts.len() - 1
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

    /// The number of stored entries.
    #[must_use]
    pub fn n_entries(&self) -> usize {
        self.columns.len()
    }

    /// Columns and values of row `row`.
    ///
    /// # Panics
    ///
    /// If `row` is not below [`n_rows`](Self::n_rows).
    #[must_use]
    pub fn row(&self, row: usize) -> (&[u32], &[f32]) {
        let range = self.row_starts[row]..self.row_starts[row + 1];
        (&self.columns[range.clone()], &self.values[range])
    }

    /// The rows named by `rows`, in that order.
    #[must_use]
    pub fn select(&self, rows: &[usize]) -> Self {
        let mut selected = Self::new(self.n_columns).with_dense(self.n_dense);
        for &row in rows {
            let (columns, values) = self.row(row);
            selected.columns.extend_from_slice(columns);
            selected.values.extend_from_slice(values);
            selected.row_starts.push(selected.columns.len());
        }
        selected
    }

    /// The same matrix with rows and columns exchanged, so that a sum over a column can be
    /// taken in the order of the rows on any number of threads.
    #[must_use]
    pub fn transpose(&self) -> Self {
        let mut row_starts = vec![0usize; self.n_columns + 1];
        for &column in &self.columns {
            row_starts[column as usize + 1] += 1;
        }
        for column in 0..self.n_columns {
            row_starts[column + 1] += row_starts[column];
        }
        let mut next = row_starts.clone();
        let mut columns = vec![0u32; self.columns.len()];
        let mut values = vec![0f32; self.values.len()];
        for row in 0..self.n_rows() {
            let (row_columns, row_values) = self.row(row);
            for (&column, &value) in row_columns.iter().zip(row_values) {
                let slot = &mut next[column as usize];
                columns[*slot] = row as u32;
                values[*slot] = value;
                *slot += 1;
            }
        }
        Self {
            row_starts,
            columns,
            values,
            n_columns: self.n_rows(),
            n_dense: 0,
        }
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
