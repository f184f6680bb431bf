#!/usr/bin/env python3
"""Writes evaluation.jsonl: random scored sentences with the figures scikit-learn gives them.

    python tests/reference/evaluation.py > tests/reference/evaluation.jsonl

Needs scikit-learn 1.7 or later (several classes in brier_score_loss) and NumPy. scikit-learn has no calibration errors; these
are worked out here from their definitions. Probabilities are whole sixty-fourths, so that they sum to exactly 1, ties are common,
and the file holds no rounded number. A figure that is a ratio of nothing is null: `zero_division=np.nan`, and average precision without
a positive.
"""
import json
import sys
import warnings

import numpy as np
import sklearn
from sklearn import metrics

STEPS = 64
BINS = 15


def number(value):
    return None if np.isnan(value) else float(value)


def binned_error(probability, is_so):
    """Guo et al. 2017, equation 3: bins open below and closed above."""
    error = 0.0
    for b in range(BINS):
        inside = (probability > b / BINS) & (probability <= (b + 1) / BINS)
        if b == 0:
            inside |= probability == 0
        if inside.any():
            error += inside.mean() * abs(is_so[inside].mean() - probability[inside].mean())
    return float(error)


def figures(truth, probability, n_classes):
    classes = np.arange(n_classes)
    prediction = probability.argmax(axis=1)
    one_hot = truth[:, None] == classes
    average_precision = [
        metrics.average_precision_score(one_hot[:, k], probability[:, k]) if one_hot[:, k].any() else np.nan
        for k in classes
    ]

    def prf(average):
        p, r, f, _ = metrics.precision_recall_fscore_support(
            truth, prediction, labels=classes, average=average, zero_division=np.nan)
        return p, r, f

    p, r, f = prf(None)
    macro, micro, weighted = prf("macro"), prf("micro"), prf("weighted")
    one_true, one_predicted = len(set(truth)) == 1, len(set(prediction)) == 1
    class_errors = [binned_error(probability[:, k], one_hot[:, k]) for k in classes]
    present = [value for value in average_precision if not np.isnan(value)]
    return {
        "confusion_matrix": metrics.confusion_matrix(truth, prediction, labels=classes).tolist(),
        "precision": [number(x) for x in p],
        "recall": [number(x) for x in r],
        "f1": [number(x) for x in f],
        "average_precision": [number(x) for x in average_precision],
        "class_calibration_error": class_errors,
        "macro_precision": number(macro[0]),
        "macro_recall": number(macro[1]),
        "macro_f1": number(macro[2]),
        "micro_f1": number(micro[2]),
        "weighted_precision": number(weighted[0]),
        "weighted_recall": number(weighted[1]),
        "weighted_f1": number(weighted[2]),
        "macro_average_precision": float(np.mean(present)),
        "accuracy": float(metrics.accuracy_score(truth, prediction)),
        "balanced_accuracy": float(metrics.balanced_accuracy_score(truth, prediction)),
        # scikit-learn gives 0 for 0/0 here.
        "matthews": None if one_true or one_predicted else float(metrics.matthews_corrcoef(truth, prediction)),
        "cohen_kappa": number(metrics.cohen_kappa_score(truth, prediction, labels=classes)),
        "log_loss": float(metrics.log_loss(truth, probability, labels=classes)),
        "brier": float(metrics.brier_score_loss(truth, probability, labels=classes, scale_by_half=False)),
        "calibration_error": binned_error(probability.max(axis=1), prediction == truth),
        "classwise_calibration_error": float(np.mean(class_errors)),
    }


def main():
    warnings.simplefilter("ignore")
    rng = np.random.default_rng(6)
    cases = []
    for index in range(60):
        n_classes = int(rng.integers(2, 8))
        n = int(rng.integers(1, 60)) if index < 50 else int(rng.integers(200, 400))
        # A few classes never occur in some cases, others are never predicted.
        weights = rng.dirichlet(np.full(n_classes, 0.6))
        truth = rng.choice(n_classes, size=n, p=weights)
        tilt = rng.normal(size=n_classes)
        scores = rng.normal(size=(n, n_classes)) + tilt + 1.5 * (truth[:, None] == np.arange(n_classes))
        steps = np.array([rng.multinomial(STEPS, np.exp(s) / np.exp(s).sum()) for s in scores])
        expected = figures(truth, steps / STEPS, n_classes)
        cases.append({"n_classes": n_classes, "truth": truth.tolist(), "steps": steps.tolist(), "expected": expected})
    json.dump({"scikit_learn": sklearn.__version__, "numpy": np.__version__, "steps": STEPS}, sys.stdout)
    print()
    for case in cases:
        print(json.dumps(case, separators=(",", ":")))


main()
