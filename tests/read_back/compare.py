"""Compares the rows of one run in four formats; the folder is the first argument."""

import csv
import json
import re
import sys
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

folder = Path(sys.argv[1])
ESCAPES = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
OURS = {"source", "record", "id", "date", "sentence", "start", "end", "text", "label", "confidence"}


def unescape(value):
    return re.sub(r"\\(.)", lambda match: ESCAPES[match[1]], value)


def flat(row):
    """A JSON row as the columns of a table."""
    columns = {name: value for name, value in row.items() if not isinstance(value, dict)}
    for label, probability in row.get("probabilities", {}).items():
        columns["probability_" + label if label in OURS else label] = probability
    for label, count in row.get("counts", {}).items():
        columns[label + "_count"] = count
    for label, strongest in row.get("strongest", {}).items():
        for part, value in strongest.items():
            columns[f"{label}_{part}"] = value
    return columns


def same(expected, value):
    if expected is None:
        return value in (None, "")
    if isinstance(expected, float):
        # JSONL, CSV and TSV have four decimals, Parquet has all of a single.
        return abs(expected - float(value)) <= 0.5001e-4
    return str(expected) == str(value)


for unit in ["sentence", "document"]:
    with open(folder / f"{unit}.jsonl", encoding="utf-8") as file:
        expected = [flat(json.loads(line)) for line in file]
    with open(folder / f"{unit}.csv", encoding="utf-8", newline="") as file:
        from_csv = list(csv.DictReader(file))
    lines = (folder / f"{unit}.tsv").read_bytes().decode().removesuffix("\n").split("\n")
    header, *lines = [[unescape(value) for value in line.split("\t")] for line in lines]
    from_tsv = [dict(zip(header, line, strict=True)) for line in lines]
    table = pq.read_table(folder / f"{unit}.parquet")
    types = dict(zip(table.schema.names, table.schema.types))
    assert types["source"] == pa.string() and types["record"] == pa.int64(), types
    if unit == "sentence":
        assert types["label"] == pa.string() and types["confidence"] == pa.float32(), types
        read = pq.read_table(folder / f"{unit}.parquet", read_dictionary=["label"])
        assert pa.types.is_dictionary(read.schema.field("label").type)
    for name, rows in [("csv", from_csv), ("tsv", from_tsv), ("parquet", table.to_pylist())]:
        assert len(rows) == len(expected), (unit, name, len(rows), len(expected))
        for number, (row, wanted) in enumerate(zip(rows, expected)):
            for column, value in row.items():
                assert same(wanted.get(column), value), (unit, name, number, column, value, wanted)
            assert set(wanted) <= set(row), (unit, name, set(wanted) - set(row))
        print(f"{unit}: {len(rows)} rows of {name} are those of jsonl")
    model = pq.read_metadata(folder / f"{unit}.parquet").metadata[b"marsad.model"]
    assert re.fullmatch(rb"[0-9a-f]{64}", model), model
    print(pq.ParquetFile(folder / f"{unit}.parquet").metadata)
