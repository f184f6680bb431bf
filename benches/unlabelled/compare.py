"""Macro-F1 of one classifier helped by unlabelled text in different ways, on one test set.

Everything but the help stays the same: the samples, the normalisation, the base features, the class weights, the solver
and its penalty. No method has been tuned on the test set here; a difference belongs to the method at these settings only.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import fasttext
import joblib
import numpy as np
import scipy.sparse as sp
import sklearn
from sklearn.cluster import MiniBatchKMeans
from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer
from sklearn.kernel_approximation import Nystroem
from sklearn.linear_model import Ridge
from sklearn.metrics import f1_score
from sklearn.preprocessing import normalize
from sklearn.svm import LinearSVC
from sklearn.utils.extmath import randomized_svd

# How often the labels occur in news: class weights lead from the shares of the corpus most of the way to these.
NATURAL = {"attack": 0.05, "diplomatic_meeting": 0.02, "official_statement": 0.22, "unrelated": 0.71}
N_WORDS, WINDOW, DIMENSIONS = 60_000, 5, 100
OPENING, DENSE_SHARE, ADDED = 5, 0.3, 6_000


def normalized(marsad, texts):
    """The words of every text, as Marsad normalises it."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file:
        file.writelines(" ".join(text.split()) + "\n" for text in texts)
        file.flush()
        lines = subprocess.check_output([marsad, "normalize", "-q", file.name], text=True).split("\n")[:-1]
    assert len(lines) == len(texts), "marsad normalize must answer a line with a line"
    return [line.split() for line in lines]


def ppmi_vectors(path):
    """U·√S of the positive pointwise mutual information of words up to five places apart, in linear weights."""
    sentences = [line.split() for line in open(path, encoding="utf-8")]
    counts = Counter(word for sentence in sentences for word in sentence)
    words = sorted(counts, key=lambda word: (-counts[word], word))[:N_WORDS]
    index = {word: i for i, word in enumerate(words)}
    tokens = []
    for sentence in sentences:
        tokens.extend(index.get(word, -1) for word in sentence)
        tokens.extend([-1] * WINDOW)  # No window reaches across the end of a sentence.
    tokens = np.array(tokens, dtype=np.int32)
    pairs = sp.csr_matrix((len(words), len(words)))
    for distance in range(1, WINDOW + 1):
        left, right = tokens[:-distance], tokens[distance:]
        known = (left >= 0) & (right >= 0)
        weights = np.full(known.sum(), (WINDOW + 1 - distance) / WINDOW)
        pairs = pairs + sp.coo_matrix((weights, (left[known], right[known])), shape=pairs.shape).tocsr()
    pairs = (pairs + pairs.T).tocoo()
    sums = np.bincount(pairs.row, pairs.data, len(words))
    smoothed = sums**0.75 / (sums**0.75).sum()
    information = np.log(pairs.data / (sums[pairs.row] * smoothed[pairs.col]))
    positive = information > 0
    entries = (information[positive], (pairs.row[positive], pairs.col[positive]))
    u, s, _ = randomized_svd(sp.csr_matrix(entries, shape=pairs.shape), DIMENSIONS, n_iter=4, random_state=0)
    return words, (u * np.sqrt(s)).astype(np.float32)


def guessed_from_letters(words, vectors, unknown):
    """Vectors of unknown words, by ridge regression from the character n-grams of the known ones."""
    grams = CountVectorizer(analyzer="char_wb", ngram_range=(3, 5), binary=True, min_df=2)
    rows = normalize(grams.fit_transform(words)).astype(np.float32)
    ridge = Ridge(alpha=1.0, solver="sparse_cg", tol=1e-3).fit(rows, vectors)
    return ridge.predict(normalize(grams.transform(unknown)).astype(np.float32)).astype(np.float32)


def skip_gram_vectors(path, words):
    """fastText's skip-gram, its own n-grams those of the ridge regression. Two threads race: the last digits vary."""
    counts = Counter(word for line in open(path, encoding="utf-8") for word in line.split())
    settings = dict(dim=DIMENSIONS, ws=WINDOW, epoch=5, minn=3, maxn=5, bucket=300_000, thread=2, verbose=0)
    least = sorted(counts.values())[-N_WORDS:][0]
    model = fasttext.train_unsupervised(str(path), model="skipgram", minCount=least, **settings)
    return np.array([model.get_word_vector(word) for word in words])


def with_openings(words):
    bigrams = [f"{a} {b}" for a, b in zip(words, words[1:])]
    return words + bigrams + [f"{place}_{word}" for place, word in enumerate(words[:OPENING])]


def base_counts(sentences):
    """Counts are taken once, of all sentences; a sample then chooses its columns (by the second number) and their IDF."""
    letters = dict(analyzer="char_wb", ngram_range=(2, 5), min_df=2, dtype=np.float32)
    of_words = CountVectorizer(analyzer=with_openings, dtype=np.float32).fit_transform(sentences)
    whole, opening = ([" ".join(words[:end]) for words in sentences] for end in (None, 7))
    return [(CountVectorizer(**letters).fit_transform(texts), 2) for texts in (whole, opening)] + [(of_words, 1)]


def cluster_counts(sentences, words, vectors, k):
    labels = MiniBatchKMeans(k, random_state=0, n_init=3, batch_size=4096).fit(normalize(vectors)).labels_
    label = {word: f"c{cluster}" for word, cluster in zip(words, labels)}
    named = [[label.get(word, "unknown") for word in sentence] for sentence in sentences]
    return [(CountVectorizer(analyzer=with_openings, dtype=np.float32).fit_transform(named), 1)]


def tfidf(blocks, fit, *others):
    """Rows of the sentences `fit` and of `others`, as if TfidfVectorizer had been fitted on `fit` alone."""
    parts = []
    for counts, min_df in blocks:
        columns = np.flatnonzero(counts[fit].getnnz(axis=0) >= min_df)
        transformer = TfidfTransformer(sublinear_tf=True).fit(counts[fit][:, columns])
        parts.append([transformer.transform(counts[rows][:, columns]) for rows in (fit, *others)])
    return [sp.hstack(part, format="csr") for part in zip(*parts)]


def sentence_sums(sentences, words, vectors, frequencies):
    """SIF-weighted sums over the whole sentence, its opening and its rest, divided by √words: three blocks of columns."""
    weights = np.array([1e-3 / (1e-3 + frequencies.get(word, 0.0)) for word in words])
    scaled = vectors * weights[:, None].astype(np.float32)
    counter = CountVectorizer(analyzer=lambda sentence: sentence, vocabulary={word: i for i, word in enumerate(words)})
    whole = counter.transform(sentences) @ scaled
    opening = counter.transform([sentence[:OPENING] for sentence in sentences]) @ scaled
    lengths = np.array([max(len(sentence), 1) for sentence in sentences])
    return np.hstack([whole, opening, whole - opening]) / np.sqrt(lengths)[:, None]


def scaled_to(sparse, dense_fit, dense_test):
    """Both dense parts, so that the mean norm of the first is DENSE_SHARE of that of the sparse rows."""
    factor = DENSE_SHARE * np.mean(sp.linalg.norm(sparse, axis=1)) / np.mean(np.linalg.norm(dense_fit, axis=1))
    return sp.csr_matrix(factor * dense_fit), sp.csr_matrix(factor * dense_test)


def nystroem(dense, fit, test, seed):
    """Interactions of opening and rest: an RBF kernel of the two blocks, by 300 sentences of the sample."""
    dense = dense[:, DIMENSIONS:]
    gamma = 1 / (dense.shape[1] * dense[fit].var())
    kernel = Nystroem(gamma=gamma, n_components=300, random_state=seed).fit(dense[fit])
    a, b = kernel.transform(dense[fit]), kernel.transform(dense[test])
    # Uncentred, the norm would be almost all one constant, and the scaling would leave nothing of the differences.
    return a - a.mean(axis=0), b - a.mean(axis=0)


def train(rows, labels, penalty):
    shares = {label: count / len(labels) for label, count in Counter(labels).items()}
    weights = {label: (NATURAL[label] / share) ** 0.75 for label, share in shares.items()}
    return LinearSVC(C=penalty, class_weight=weights, max_iter=300, tol=1e-3, random_state=0).fit(rows, labels)


def self_trained(blocks, labels, fit, test, pool, rounds, penalty):
    """Predictions after each round; each chooses anew, and the features come from sample and additions together."""
    rows, rows_pool = tfidf(blocks, fit, pool)
    model = train(rows, labels[fit], penalty)
    for round_ in range(1, rounds + 1):
        margins = model.decision_function(rows_pool)
        ordered = np.sort(margins, axis=1)
        lead, best = ordered[:, -1] - ordered[:, -2], model.classes_[margins.argmax(axis=1)]
        added = []
        for label, share in NATURAL.items():
            predicted = np.flatnonzero(best == label)
            added.extend(predicted[np.argsort(-lead[predicted], kind="stable")][: round(ADDED * share)])
        chosen = np.concatenate([fit, pool[added]])
        rows, rows_test, rows_pool = tfidf(blocks, chosen, test, pool if round_ < rounds else pool[:1])
        model = train(rows, np.concatenate([labels[fit], best[added]]), penalty)
        yield model.predict(rows_test)


def sample(groups, size, seed):
    """Sentences of whole groups in random order, until there are at least `size`."""
    order = np.random.default_rng(seed).permutation(np.unique(groups))
    ends = np.cumsum([np.sum(groups == group) for group in order])
    return np.flatnonzero(np.isin(groups, order[: np.searchsorted(ends, size) + 1]))


def compare(arguments):
    marsad, folder = arguments.marsad, arguments.cache
    files = (arguments.train, arguments.unlabelled, arguments.test)
    train_lines, raw, test_lines = ([line for line in open(file, encoding="utf-8") if line.strip()] for file in files)
    train_records, test_records = ([json.loads(line) for line in lines] for lines in (train_lines, test_lines))
    test_words = normalized(marsad, [record["text"] for record in test_records])
    lines = [" ".join(words) for words in normalized(marsad, raw)]
    # A method must not read, let alone label, the sentences it is tested on.
    tested = set() if arguments.keep_test else {" ".join(words) for words in test_words}
    kept = [line for line in lines if line and line not in tested]
    shuffled = [kept[i] for i in np.random.default_rng(0).permutation(len(kept))]
    text, part = written(folder, kept), written(folder, shuffled[: arguments.part])
    sentences = normalized(marsad, [record["text"] for record in train_records]) + test_words
    everything = sentences + [line.split() for line in shuffled[: arguments.pool]]
    labels, groups = (np.array([record[field] for record in train_records]) for field in ("label", "group"))
    test, pool = np.arange(len(labels), len(sentences)), np.arange(len(sentences), len(everything))
    known_by = written(folder, [" ".join(words) for words in everything]).stem
    blocks = cached(folder / f"{known_by}-counts", base_counts, everything)

    occurrences = Counter(word for line in kept for word in line.split())
    total = occurrences.total()
    frequencies = {word: count / total for word, count in occurrences.items()}
    words, ppmi = cached(folder / f"{text.stem}-ppmi", ppmi_vectors, text)
    words_part, ppmi_part = cached(folder / f"{part.stem}-ppmi", ppmi_vectors, part)
    unknown = sorted({word for sentence in sentences for word in sentence} - set(words))
    both = words + unknown
    guessed = cached(folder / f"{text.stem}-{known_by}-ridge", guessed_from_letters, words, ppmi, unknown)
    skip_gram = cached(folder / f"{part.stem}-{known_by}-skip-gram", skip_gram_vectors, part, both)
    dense = {
        "PPMI-SVD": (words, ppmi),
        "PPMI-SVD, unknown words by ridge": (both, np.vstack([ppmi, guessed])),
        f"PPMI-SVD of {arguments.part} sentences": (words_part, ppmi_part),
        f"skip-gram with subwords of {arguments.part} sentences": (both, skip_gram),
    }
    dense = {name: sentence_sums(sentences, *vectors, frequencies) for name, vectors in dense.items()}
    named = {f"{k} clusters": cluster_counts(sentences, words, ppmi, k) for k in (256, 1000)}

    def predictions(fit, seed):
        rows, rows_test = tfidf(blocks, fit, test)

        def predict(*extras):
            model = train(sp.hstack([rows, *(a for a, _ in extras)], format="csr"), labels[fit], arguments.penalty)
            return model.predict(sp.hstack([rows_test, *(b for _, b in extras)], format="csr"))

        yield "nothing", predict()
        vectors = {name: scaled_to(rows, sums[fit], sums[test]) for name, sums in dense.items()}
        for name, extra in vectors.items():
            yield name, predict(extra)
        for name, counts in named.items():
            yield name, predict(tfidf(counts, fit, test))
        products = scaled_to(rows, *nystroem(dense["PPMI-SVD"], fit, test, seed))
        yield "PPMI-SVD and Nyström interactions", predict(vectors["PPMI-SVD"], products)
        for round_, predicted in enumerate(self_trained(blocks, labels, fit, test, pool, 2, arguments.penalty), 1):
            yield f"self-training, rounds: {round_}", predicted

    truth = [record["label"] for record in test_records]
    sizes, scores = arguments.sizes.split(","), {}
    for size in sizes:
        for seed in range(1 if size == "all" else arguments.seeds):
            fit = np.arange(len(labels)) if size == "all" else sample(groups, int(size), seed)
            for name, predicted in predictions(fit, seed):
                score = f1_score(truth, predicted, average="macro")
                scores.setdefault(name, {}).setdefault(size, []).append(score)
                print(f"{time.process_time():.0f} s\t{size}\t{seed}\t{name}\t{score:.4f}", file=sys.stderr, flush=True)
    print(f"{len(labels)} sentences for training, {len(test)} for testing, {len(kept)} without labels", end=" ")
    print(f"({len(lines) - len(kept)} dropped); scikit-learn {sklearn.__version__}\n")
    print(table(sizes, scores))


def written(folder, texts):
    path = folder / f"{hashlib.sha256(chr(10).join(texts).encode()).hexdigest()[:16]}.txt"
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def cached(path, compute, *values):
    if not path.exists():
        joblib.dump(compute(*values), path)
    return joblib.load(path)


def table(sizes, scores):
    """Macro-F1 and, on the same samples, what is gained over nothing: mean ± standard deviation."""

    def cell(values, form):
        return format(np.mean(values), form) + (f" ± {np.std(values, ddof=1):.4f}" if len(values) > 1 else "")

    lines = [f"| added to the base | {' | '.join(f'{size} | gain' for size in sizes)} |", "|---|" + "---:|" * 2 * len(sizes)]
    for name, by_size in scores.items():
        gains = {size: np.subtract(by_size[size], scores["nothing"][size]) for size in sizes}
        cells = [f"{cell(by_size[size], '.4f')} | {cell(gains[size], '+.4f')}" for size in sizes]
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return "\n".join(lines)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    for name in ("train", "unlabelled", "test"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--seeds", type=int, default=5, help="samples of each size; `all` has one")
    parser.add_argument("--sizes", default="600,2500,all")
    parser.add_argument("--penalty", type=float, default=0.1, help="C of the support vector machine")
    parser.add_argument("--marsad", default="marsad")
    parser.add_argument("--cache", type=Path, default=Path("cache"))
    parser.add_argument("--pool", type=int, default=20_000, help="unlabelled sentences offered to self-training")
    parser.add_argument("--part", type=int, default=60_000, help="unlabelled sentences for the skip-gram, a slow learner")
    parser.add_argument("--keep-test", action="store_true", help="leave the test sentences among the unlabelled ones")
    arguments = parser.parse_args()
    arguments.cache.mkdir(parents=True, exist_ok=True)
    compare(arguments)
