"""Trains Marsad and its peers on the same sentences, measures each, and prints three Markdown tables. See `run`."""

import argparse
import collections
import dataclasses
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
# Where sentences stand in SENTENCES that scikit-learn is timed on: every one of so many.
SKLEARN_EVERY = 25
CPUS = sorted(os.sched_getaffinity(0))
LABEL = "__label__"


@dataclasses.dataclass
class Usage:
    """What one process and its children took."""

    cpu: float
    wall: float
    peak: int


def run(command, cpus=None, out=None):
    """Runs `command` on `cpus`, its standard output into the file `out`; returns its usage. Stops everything if it fails."""
    pinned = ["taskset", "-c", ",".join(map(str, cpus))] if cpus else []
    with tempfile.NamedTemporaryFile() as figures, open(out or os.devnull, "wb") as stdout:
        launcher = [sys.executable, "-S", HERE / "speed_usage.py", figures.name, *pinned, *map(str, command)]
        ended = subprocess.run(launcher, stdout=stdout, stderr=subprocess.PIPE, errors="replace")
        if ended.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{ended.stderr[-2000:]}")
        return Usage(**json.load(figures))


def open_text(path):
    """The lines of a file, which may be compressed with zstd."""
    if path.suffix != ".zst":
        return open(path, encoding="utf-8", newline="\n")
    return subprocess.Popen(["zstd", "-dcq", path], stdout=subprocess.PIPE, encoding="utf-8").stdout


def size(path):
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files)


def lines_of(path):
    with open(path, "rb") as lines:
        return sum(block.count(b"\n") for block in iter(lambda: lines.read(1 << 20), b""))


# ---- The same sentences as each tool reads them. ----


def clean(text):
    """One space between words, so that a sentence is one line and the tools agree on where it ends."""
    return " ".join(text.split())


def labelled(path):
    with open_text(path) as lines:
        for number, line in enumerate(lines, 1):
            label, tab, text = line.rstrip("\n").partition("\t")
            if not tab or not label or len(label.split()) != 1:
                sys.exit(f"{path}:{number}: not a label, a tab and a sentence")
            if text := clean(text):
                yield label, text


def vw_example(text, label=""):
    """Characters as tokens, from which `--ngram c5` makes all n-grams of 1 to 5 characters. Unlike the other tools' they run
    over the ends of words: Vowpal Wabbit makes n-grams of a whole line or not at all."""
    # Its input gives the colon and the bar a meaning of their own.
    characters = text.replace(" ", "_").replace(":", ";").replace("|", "/")
    return f"{label} |c {' '.join(characters)}\n"


class Data:
    """Files made from the three inputs, in a folder."""

    def __init__(self, work, train, test, sentences):
        self.folder = work / "data"
        self.folder.mkdir(parents=True, exist_ok=True)
        done = self.folder / "done.json"
        inputs = [[str(path), path.stat().st_size, path.stat().st_mtime] for path in (train, test, sentences)]
        if not done.exists() or json.loads(done.read_text())["inputs"] != inputs:
            for kept in work.glob("*.json"):
                kept.unlink()
            done.write_text(json.dumps({"inputs": inputs, **self.write(train, test, sentences)}))
        facts = json.loads(done.read_text())
        self.labels, self.truth = facts["labels"], facts["truth"]
        self.n_train, self.n_sentences = facts["n_train"], facts["n_sentences"]

    def __truediv__(self, name):
        return self.folder / name

    def open(self, name):
        return open(self.folder / name, "w", encoding="utf-8")

    def write(self, train, test, sentences):
        rows = list(labelled(train))
        labels = sorted({label for label, _ in rows})
        with self.open("train.tsv") as plain, self.open("train-header.tsv") as header, self.open("train.fasttext") as fasttext:
            header.write("label\ttext\n")
            for label, text in rows:
                plain.write(f"{label}\t{text}\n")
                header.write(f"{label}\t{text}\n")
                fasttext.write(f"{LABEL}{label} {text}\n")
        # An online learner must not see one class after the other.
        random.Random(1).shuffle(rows)
        with self.open("train.vw") as vw:
            number = {label: index for index, label in enumerate(labels, 1)}
            vw.writelines(vw_example(text, number[label]) for label, text in rows)
        n_train = len(rows)
        rows = list(labelled(test))
        self.write_texts("test", (text for _, text in rows))
        with open_text(sentences) as lines:
            n_sentences = self.write_texts("sentences", filter(None, map(clean, lines)))
        with open(self / "sentences.txt", encoding="utf-8") as lines, self.open("sample.txt") as sample:
            sample.writelines(line for number, line in enumerate(lines) if number % SKLEARN_EVERY == 0)
        return {"labels": labels, "truth": [label for label, _ in rows], "n_train": n_train, "n_sentences": n_sentences}

    def write_texts(self, name, texts):
        n = 0
        with self.open(f"{name}.txt") as plain, self.open(f"{name}.vw") as vw:
            for n, text in enumerate(texts, 1):
                plain.write(f"{text}\n")
                vw.write(vw_example(text))
        return n


# ---- The tools. Each trains a model and predicts a file of sentences to a file of one line for each. ----


class Tool:
    # What is to be known of the measurement.
    note = ""

    def __init__(self, name, work, data):
        self.name, self.data = name, data
        self.key = "".join(letter if letter.isalnum() else "-" for letter in name)
        self.work = work
        self.model = work / f"{self.key}.model"

    def train(self):
        """Trains, or takes up the model of an earlier run; returns the usage."""
        kept = self.work / f"{self.key}.json"
        facts = {"command": [str(part) for part in self.training()], "configuration": self.configuration()}
        if kept.exists() and (known := json.loads(kept.read_text()))["facts"] == facts:
            return Usage(**known["usage"])
        usage = run(self.training())
        kept.write_text(json.dumps({"facts": facts, "usage": dataclasses.asdict(usage)}))
        return usage

    def configuration(self):
        return ""

    def predict(self, name, out, cpus, threads=1):
        """Tags the sentences of the file called `name`."""
        return run(self.prediction(name, out, threads), cpus, None if self.writes else out)

    # Whether the tool writes the file itself, rather than to standard output.
    writes = True

    def accuracy(self):
        out = self.work / f"{self.key}.test"
        self.predict("test", out, CPUS[-1:])
        predicted = self.predicted(out)
        assert len(predicted) == len(self.data.truth), f"{self.name} skipped sentences"
        return sum(map(str.__eq__, predicted, self.data.truth)) / len(predicted)

    def check(self, out, n):
        got = lines_of(out) - self.header
        assert got == n, f"{self.name}: {n} sentences, {got} lines"

    header = 0


class Marsad(Tool):
    def __init__(self, name, work, data, program, options):
        super().__init__(name, work, data)
        self.program, self.options = program, options
        self.header = 1

    def training(self):
        return [
            *(self.program, "train", self.data / "train-header.tsv", "--quiet", "--overwrite", "--output", self.model),
            *self.options,
        ]

    def configuration(self):
        return "\n".join(option.read_text() for option in self.options if isinstance(option, pathlib.Path))

    def prediction(self, name, out, threads):
        return [
            *(self.program, "classify", self.data / f"{name}.txt", "--model", self.model, "--threads", threads),
            *("--format", "tsv", "--fields", "label,confidence", "--quiet", "--overwrite", "--output", out),
        ]

    def predicted(self, out):
        with open(out, encoding="utf-8") as lines:
            assert next(lines) == "label\tconfidence\n"
            return [line.split("\t")[0] for line in lines]


class FastText(Tool):
    note = "its subwords are n-grams of 2 to 5 characters; 10 dimensions as in its paper; else its defaults, 5 epochs among them"
    writes = False

    def __init__(self, name, work, data, program):
        super().__init__(name, work, data)
        self.program = program
        self.prefix = self.model
        self.model = self.model.with_name(f"{self.model.name}.bin")

    def training(self):
        # Joulin et al., Bag of tricks for efficient text classification (EACL 2017): 10 hidden units. The default of 100
        # takes ten times as long to train and to predict.
        return [
            *(self.program, "supervised", "-input", self.data / "train.fasttext", "-output", self.prefix),
            *("-minn", 2, "-maxn", 5, "-dim", 10, "-thread", len(CPUS), "-verbose", 0),
        ]

    def prediction(self, name, out, threads):
        return [self.program, "predict-prob", self.model, self.data / f"{name}.txt", 1]

    def predicted(self, out):
        with open(out, encoding="utf-8") as lines:
            return [line.partition(" ")[0].strip().removeprefix(LABEL) for line in lines]


class ScikitLearn(Tool):
    note = "`TfidfVectorizer(analyzer='char_wb', ngram_range=(2, 5))` and `LinearSVC()`; writes the margin"

    def training(self):
        return [sys.executable, HERE / "speed_sklearn.py", "train", self.data / "train.tsv", self.model]

    def prediction(self, name, out, threads):
        figures = self.work / "scikit-learn.figures"
        return [
            *(sys.executable, HERE / "speed_sklearn.py", "predict", self.model, self.data / f"{name}.txt", out, figures),
        ]

    def predict(self, name, out, cpus, threads=1):
        if name != "sentences":
            return super().predict(name, out, cpus, threads)
        # Too slow for all of them: the time for a sample, less that for loading, grows with the sentences.
        usage = super().predict("sample", out, cpus, threads)
        loading = json.loads((self.work / "scikit-learn.figures").read_text())["loading"]
        usage.cpu = loading + (usage.cpu - loading) * self.data.n_sentences / lines_of(self.data / "sample.txt")
        return usage

    def check(self, out, n):
        super().check(out, lines_of(self.data / "sample.txt"))

    def predicted(self, out):
        with open(out, encoding="utf-8") as lines:
            return [line.split("\t")[0] for line in lines]


class VowpalWabbit(Tool):
    note = (
        "`--oaa` with logistic loss over n-grams of 1 to 5 characters, which run over the ends of words, in 2^22 buckets; reads "
        "characters set apart, the time for which is not counted; writes the probabilities of all classes"
    )
    program = [sys.executable, HERE / "speed_vw.py", "--quiet"]

    def training(self):
        return [
            *(*self.program, "--data", self.data / "train.vw", "--final_regressor", self.model),
            *("--oaa", len(self.data.labels), "--loss_function", "logistic", "--ngram", "c5", "--bit_precision", 22),
        ]

    def prediction(self, name, out, threads):
        return [
            *(*self.program, "--testonly", "--initial_regressor", self.model, "--data", self.data / f"{name}.vw"),
            *("--probabilities", "--predictions", out),
        ]

    def predicted(self, out):
        with open(out, encoding="utf-8") as lines:
            pairs = (max(line.split(), key=lambda pair: float(pair.split(":")[1])) for line in lines)
            return [self.data.labels[int(pair.split(":")[0]) - 1] for pair in pairs]


# ---- The tables. ----


def table(head, rows):
    print(f"| {' | '.join(head)} |\n|---|{'---:|' * (len(head) - 1)}")
    for row in rows:
        print(f"| {' | '.join(row)} |")
    print(flush=True)


def mib(n):
    return f"{n / 2**20:,.0f} MiB"


def spread(values, digits=2):
    return f"{statistics.median(values):,.{digits}f} ({min(values):,.{digits}f} – {max(values):,.{digits}f})"


def spin():
    """A loop that touches no memory: what the machine's processors can do side by side."""
    return [sys.executable, "-S", "-c", "for _ in range(40_000_000): pass"]


def spin_seconds(cpus):
    """Wall seconds for one loop on each of `cpus` at the same time."""
    started = time.perf_counter()
    children = [subprocess.Popen(["taskset", "-c", str(cpu), *spin()]) for cpu in cpus]
    for child in children:
        child.wait()
    return time.perf_counter() - started


def accuracies(tools, trained):
    print(f"**Accuracy** on {len(tools[0].data.truth):,} sentences, trained on {tools[0].data.n_train:,}:\n")
    table(["", "accuracy"], [[tool.name, f"{100 * tool.accuracy():.2f} %"] for tool in tools])
    print(f"**Training**, on {len(CPUS)} processors:\n")
    head = ["", "CPU seconds", "wall seconds", "peak memory", "model"]
    rows = [[f"{u.cpu:,.1f}", f"{u.wall:,.1f}", mib(u.peak), mib(size(tool.model))] for tool, u in trained]
    table(head, [[tool.name, *row] for (tool, _), row in zip(trained, rows)])


def predictions(tools, repeats):
    n = tools[0].data.n_sentences
    usages = collections.defaultdict(list)
    # Turn by turn, so that a busy minute of the machine meets all of them.
    for repeat in range(repeats + 1):
        for tool in tools:
            out = tool.work / f"{tool.key}.out"
            usage = tool.predict("sentences", out, CPUS[-1:])
            if repeat == 0:
                # The first turn brings the files into memory and does not count.
                tool.check(out, n)
            else:
                usages[tool.name].append(usage)
            out.unlink()
    cpu = {tool.name: statistics.median(usage.cpu for usage in usages[tool.name]) for tool in tools}
    ours = cpu[tools[0].name]
    bytes_each = size(tools[0].data / "sentences.txt") / n
    print(
        f"**Prediction** of {n:,} sentences of {bytes_each:.0f} bytes, one thread on one processor, from a file to a file of a "
        f"line each, loading of the model included; median of {repeats} (least – most):\n"
    )
    head = ["", "CPU seconds", "sentences a second", f"{tools[0].name} is faster by", "peak memory"]
    rows = []
    for tool in tools:
        used = usages[tool.name]
        each = [spread([usage.cpu for usage in used]), f"{n / cpu[tool.name]:,.0f}", f"{cpu[tool.name] / ours:.1f} ×"]
        scaled = " (scaled)" if isinstance(tool, ScikitLearn) else ""
        rows.append([tool.name + scaled, *each, mib(max(usage.peak for usage in used))])
    table(head, rows)
    print(
        f"scikit-learn predicts {lines_of(tools[0].data / 'sample.txt'):,} of these sentences, every "
        f"{SKLEARN_EVERY}th; its time without loading is scaled by lines. Of the tools:\n"
    )
    for tool in tools:
        if tool.note:
            print(f"- {tool.name}: {tool.note}.")
    print()


def two_threads(marsad, repeats):
    if len(CPUS) < 2:
        print("There is one processor only: two threads were not measured.")
        return
    gains, spins = [], []
    out = marsad.work / "threads.out"
    for _ in range(repeats):
        one = marsad.predict("sentences", out, CPUS[-1:], 1).wall
        two = marsad.predict("sentences", out, CPUS[-2:], 2).wall
        gains.append(one / two)
        spins.append(2 * spin_seconds(CPUS[-1:]) / spin_seconds(CPUS[-2:]))
    out.unlink()
    print(
        f"Two threads of {marsad.name} take {spread(gains)} times less wall time than one; two processes of a loop without memory "
        f"do {spread(spins)} times the work of one."
    )


def main():
    parser = argparse.ArgumentParser()
    for name in ("train", "test", "sentences", "work", "marsad"):
        parser.add_argument(f"--{name}", type=pathlib.Path, required=True)
    parser.add_argument("--fasttext", required=True)
    parser.add_argument("--repeats", type=int, required=True)
    options = parser.parse_args()
    data = Data(options.work, options.train, options.test, options.sentences)
    marsad = [options.work, data, options.marsad]
    tools = [
        Marsad("Marsad", *marsad, ["--no-vectors", "--config", HERE / "speed.json"]),
        FastText("fastText", options.work, data, options.fasttext),
        VowpalWabbit("Vowpal Wabbit", options.work, data),
        ScikitLearn("scikit-learn", options.work, data),
    ]
    trained = [(tool, tool.train()) for tool in tools]
    accuracies(tools, trained)
    predictions(tools, options.repeats)
    two_threads(tools[0], options.repeats)


if __name__ == "__main__":
    main()
