"""Runs `marsad pretrain` and ppmi.py on the same sentences and prints time and peak memory of each."""

import os
import subprocess
import sys
import tempfile
import time


def run(arguments):
    """Seconds and peak mebibytes of a command that must succeed."""
    start = time.perf_counter()
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"{' '.join(arguments)} failed")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main(marsad, script, text):
    with tempfile.TemporaryDirectory() as folder:
        normalised = os.path.join(folder, "normalised.txt")
        with open(normalised, "wb") as out:
            subprocess.run([marsad, "normalize", "--quiet", text], stdout=out, check=True)
        pretrain = [marsad, "pretrain", text, "--quiet", "-o"]
        rows = [
            ("marsad pretrain", run([*pretrain, folder + "/all"])),
            ("marsad pretrain --threads 1", run([*pretrain, folder + "/one", "--threads", "1"])),
            ("NumPy, SciPy, scikit-learn", run([sys.executable, script, normalised, folder + "/vectors.npz"])),
        ]
        same = all(
            open(f"{folder}/all/{name}", "rb").read() == open(f"{folder}/one/{name}", "rb").read()
            for name in ("words.tsv", "vectors.safetensors")
        )
    print(f"{os.cpu_count()} cores\n\n| | seconds | peak MiB |\n|---|---:|---:|")
    for name, (seconds, memory) in rows:
        print(f"| {name} | {seconds:.1f} | {memory:.0f} |")
    print(f"\nThe bytes on one and on all threads are {'the same' if same else 'DIFFERENT'}.")
    print(f"Marsad is {rows[2][1][0] / rows[0][1][0]:.1f} times as fast.")
    if not same:
        sys.exit(1)


if __name__ == "__main__":
    main(*sys.argv[1:])
