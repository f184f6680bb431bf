"""Runs a command and writes what it took into a file: `speed_usage.py FIGURES COMMAND...`.

A process of its own, because Linux counts the memory of the process that starts a program in the peak of that program: this one
has about 10 MiB, the one that holds the sentences far more."""

import json
import os
import subprocess
import sys
import time

started = time.perf_counter()
child = subprocess.Popen(sys.argv[2:], stdin=subprocess.DEVNULL)
_, status, used = os.wait4(child.pid, 0)
wall = time.perf_counter() - started
child.returncode = os.waitstatus_to_exitcode(status)
with open(sys.argv[1], "w", encoding="utf-8") as figures:
    # Linux gives the peak in KiB.
    json.dump({"cpu": used.ru_utime + used.ru_stime, "wall": wall, "peak": used.ru_maxrss * 1024}, figures)
sys.exit(1 if child.returncode else 0)
