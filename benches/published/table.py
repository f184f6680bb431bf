"""The two parts of benches/published/run that are easier in Python.

table.py candidates CANDIDATES.json TRAIN.tsv   the candidates that are tried on a training part
table.py table PUBLISHED.json WORK SET...       the table of the reports that lie in WORK
"""

import json
import sys
from pathlib import Path

LARGE = 50_000
"""Beyond so many sentences an ensemble, which fits each member once a fold, is only tried if its members read the data a few times."""


def candidates(path, train):
    with open(train, encoding="utf-8") as lines:
        n_sentences = sum(1 for _ in lines) - 1
    family = json.loads(Path(path).read_text(encoding="utf-8"))
    if n_sentences > LARGE:
        family = [c for c in family if all(m.get("max_iterations", 0) <= 5 for m in c["estimator"].get("members", []))]
    print(json.dumps(family, ensure_ascii=False, indent=2))


def cells(row):
    return [cell.strip() for cell in row.strip().strip("|").split("|")]


def table(path, work, *sets):
    published = json.loads(Path(path).read_text(encoding="utf-8"))
    print("| set | Marsad | 95 % interval | published | chosen configuration | in cross-validation |")
    print("|---|---:|---:|---|---|---:|")
    for name in sets:
        at = Path(work) / name
        evaluation = json.loads((at / "evaluation.json").read_text(encoding="utf-8"))
        accuracy = evaluation["overall"]["accuracy"]
        interval = accuracy["percentile"]
        header, _, best, *_ = (at / "tune.md").read_text(encoding="utf-8").splitlines()
        best = dict(zip(cells(header), cells(best)))
        known = published.get(name, {"title": name, "figures": []})
        figures = ", ".join(f"{what} {figure} ({source})" for what, figure, source in known["figures"])
        print(
            f"| {known['title']} | {100 * accuracy['value']:.2f} | {100 * interval['low']:.1f} to {100 * interval['high']:.1f}"
            f" | {figures or '–'} | {best['configuration']} | {100 * float(best['accuracy']):.2f} |"
        )
    print()
    print(
        "Accuracy in %. TextGCN: Yao, Mao and Luo (AAAI 2019), table 2; Galke and Scherp (ACL 2022); BertGCN: Lin et al. (Findings of"
        " ACL 2021); SIB-200: Adelani et al. (EACL 2024)."
    )


if __name__ == "__main__":
    {"candidates": candidates, "table": table}[sys.argv[1]](*sys.argv[2:])
