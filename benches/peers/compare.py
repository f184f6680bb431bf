"""Macro-F1 of a scikit-learn pipeline and of Marsad's predictions on one test set."""

import json
import sys

import sklearn
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import make_union


def read(path):
    with open(path, encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def main(train_path, test_path, marsad_path):
    train, test, marsad = read(train_path), read(test_path), read(marsad_path)
    assert len(test) == len(marsad), "Marsad skipped sentences"
    truth = [record["label"] for record in test]
    labels = sorted(set(truth))
    union = make_union(
        TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)),
        TfidfVectorizer(ngram_range=(1, 2)),
    )
    rows = union.fit_transform([record["text"] for record in train])
    test_rows = union.transform([record["text"] for record in test])
    targets = [record["label"] for record in train]

    def show(name, predictions):
        macro = f1_score(truth, predictions, average="macro")
        each = f1_score(truth, predictions, average=None, labels=labels)
        cells = " | ".join(f"{value:.3f}" for value in each)
        print(f"| {name} | {macro:.4f} | {cells} |", flush=True)
        return macro

    print(f"{len(train)} sentences for training, {len(test)} for testing; scikit-learn {sklearn.__version__}\n")
    print(f"| | macro-F1 | {' | '.join(labels)} |")
    print("|---|---:|" + "---:|" * len(labels))
    best = max(
        show(f"scikit-learn, C = {c}", LogisticRegression(C=c, max_iter=5000).fit(rows, targets).predict(test_rows))
        for c in (1, 3, 10, 30)
    )
    ours = show("Marsad", [record["label"] for record in marsad])
    print(f"\nMarsad minus the best C: {ours - best:+.4f}")


if __name__ == "__main__":
    main(*sys.argv[1:])
