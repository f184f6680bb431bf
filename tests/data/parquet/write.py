"""Writes the Parquet files of tests/inputs/parquet.rs: `pip install pyarrow && python write.py` in this folder."""

import datetime

import pyarrow as pa
import pyarrow.parquet as pq

TEXTS = [
    "انفجرت سيارة مفخخة قرب السوق.",
    "فاز الفريق الأول على ضيفه بهدفين.",
    None,
    "",
    "أعلن المتحدث باسم الوزارة انتهاء الأعمال.",
]
N = 100
table = pa.table(
    {
        "key": pa.array(range(1, N + 1), pa.int64()),
        "text": pa.array([TEXTS[i % 5] for i in range(N)], pa.string()),
        "title": pa.array([f"عنوان {i}" for i in range(N)], pa.string()),
        "published": pa.array(
            [datetime.datetime(2024, 5, 1, 10, 0, 0) + datetime.timedelta(hours=i) for i in range(N)],
            pa.timestamp("us", tz="UTC"),
        ),
        "day": pa.array([datetime.date(2024, 5, 1)] * N, pa.date32()),
        "score": pa.array([i / 4 for i in range(N)], pa.float64()),
        "flag": pa.array([None if i % 3 == 0 else i % 2 == 0 for i in range(N)], pa.bool_()),
        "tags": pa.array([["a", "b"]] * N, pa.list_(pa.string())),
        "source": pa.array([{"name": "وكالة"}] * N, pa.struct([("name", pa.string())])),
    }
)
for codec in ["none", "snappy", "gzip", "zstd", "lz4"]:
    pq.write_table(table, f"{codec}.parquet", compression=codec, row_group_size=40, data_page_size=512)
# Bytes that are no UTF-8 among good ones.
broken = pa.table({"text": pa.array([b"one", b"\xc7\xe1", b"nul\0", b"four"], pa.binary())})
pq.write_table(broken, "broken.parquet")
