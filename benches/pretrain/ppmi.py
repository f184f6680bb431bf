"""Word vectors with NumPy, SciPy and scikit-learn, step for step as `marsad pretrain` makes them.

    python ppmi.py NORMALISED.txt OUT.npz

Counts 60,000 words; co-occurrence in a window of 5 with linear weights; positive pointwise mutual information with contexts
smoothed by 0.75; randomised SVD to 100 dimensions; left vectors times the roots of the singular values.
"""

import sys
from collections import Counter

import numpy as np
import scipy.sparse as sp
from sklearn.utils.extmath import randomized_svd

VOCABULARY, WINDOW, SMOOTHING, DIMENSIONS = 60_000, 5, 0.75, 100


def main(text_path, out_path):
    with open(text_path, encoding="utf-8") as lines:
        sentences = [line.split() for line in lines]
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted((w for w, n in counts.items() if n >= 5), key=lambda w: (-counts[w], w))[:VOCABULARY]
    index = {word: place for place, word in enumerate(words)}
    # -1 stands for an unknown word; a window of them keeps sentences apart.
    tokens = []
    for sentence in sentences:
        tokens.extend(index.get(word, -1) for word in sentence)
        tokens.extend([-1] * WINDOW)
    tokens = np.array(tokens, dtype=np.int32)
    pairs = sp.csr_matrix((len(words), len(words)))
    for distance in range(1, WINDOW + 1):
        left, right = tokens[:-distance], tokens[distance:]
        known = (left >= 0) & (right >= 0)
        weights = np.full(known.sum(), WINDOW + 1.0 - distance)
        pairs = pairs + sp.coo_matrix((weights, (left[known], right[known])), shape=pairs.shape).tocsr()
    pairs = (pairs + pairs.T).tocoo()
    totals = np.asarray(pairs.sum(axis=1)).ravel()
    contexts = totals**SMOOTHING / (totals**SMOOTHING).sum()
    information = np.log(pairs.data / (totals[pairs.row] * contexts[pairs.col]))
    positive = information > 0
    matrix = sp.csr_matrix(
        (information[positive].astype(np.float32), (pairs.row[positive], pairs.col[positive])), shape=pairs.shape
    )
    left, values, _ = randomized_svd(matrix, DIMENSIONS, n_oversamples=12, n_iter=2, random_state=1)
    np.savez(out_path, words=np.array(words), vectors=(left * np.sqrt(values)).astype(np.float32), values=values)


if __name__ == "__main__":
    main(*sys.argv[1:])
