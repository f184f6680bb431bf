"""scikit-learn over whole files: `train TRAIN MODEL`, `predict MODEL SENTENCES OUT FIGURES`.

Training takes labels and sentences from a file of `label<TAB>text` lines. Prediction writes a label and a margin a line (a
LinearSVC has no probabilities) and, into FIGURES, the CPU seconds that imports and loading the model took."""

import itertools
import json
import sys
import time

import joblib
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.pipeline import make_pipeline
from sklearn.svm import LinearSVC

# Sentences made into one matrix: enough to hide the cost of a call, few enough to keep the matrix small.
BATCH = 10_000


def train(train_path, model_path):
    with open(train_path, encoding="utf-8") as lines:
        labels, texts = zip(*(line.rstrip("\n").split("\t", 1) for line in lines))
    model = make_pipeline(TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 5)), LinearSVC())
    joblib.dump(model.fit(texts, labels), model_path)


def predict(model_path, sentences_path, out_path, figures_path):
    model = joblib.load(model_path)
    with open(figures_path, "w", encoding="utf-8") as figures:
        json.dump({"loading": time.process_time()}, figures)
    with open(sentences_path, encoding="utf-8") as sentences, open(out_path, "w", encoding="utf-8") as out:
        while batch := list(itertools.islice(sentences, BATCH)):
            margins = model.decision_function(batch)
            # Two classes have one column, the margin of the second.
            if margins.ndim == 1:
                best, confidence = (margins > 0).astype(int), abs(margins)
            else:
                best, confidence = margins.argmax(axis=1), margins.max(axis=1)
            out.writelines(f"{model.classes_[k]}\t{margin:.6f}\n" for k, margin in zip(best, confidence))


if __name__ == "__main__":
    {"train": train, "predict": predict}[sys.argv[1]](*sys.argv[2:])
