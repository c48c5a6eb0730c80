#!/usr/bin/env python3
"""Measures how a training and a large folder of pictures go as a user meets them, and writes the README's table of that.

    python3 bench/measure.py train      `./stic train` as a user starts it: wall seconds, memory, quality
    python3 bench/measure.py data       a folder of 100,000 pictures: seconds to open it, images per second, memory
    python3 bench/measure.py table      rewrites the README between its markers from the stored results

Each part stores one JSON file in bench/results/cpu/ with the command, the commit, the date and the
processor. Build first: `mvn verify`. What kernels, steps and other programs take is measured by `stic bench`.
"""
import datetime
import json
import os
import pathlib
import re
import resource
import shutil
import subprocess
import sys
import tempfile

HOME = pathlib.Path(__file__).resolve().parent.parent
RESULTS = HOME / "bench" / "results" / "cpu"


def run(*command, **options):
    return subprocess.run([str(c) for c in command], cwd=HOME, check=True, text=True, capture_output=True, **options)


def processor():
    text = pathlib.Path("/proc/cpuinfo").read_text()
    name = re.search(r"model name\s*:\s*(.*)", text).group(1)
    flags = re.search(r"flags\s*:\s*(.*)", text).group(1).split()
    return f"{name}, {os.cpu_count()} cores, {'AVX-512' if 'avx512f' in flags else 'AVX2' if 'avx2' in flags else 'SSE'}"


def store(part, command, result):
    RESULTS.mkdir(parents=True, exist_ok=True)
    record = {
        "part": part, "command": command, "date": datetime.date.today().isoformat(),
        "commit": run("git", "rev-parse", "--short", "HEAD").stdout.strip(),
        "device": processor(), "result": result,
    }
    (RESULTS / f"{part}.json").write_text(json.dumps(record, indent=2) + "\n")
    print(json.dumps(record, indent=2))


def train(folder, *options):
    """Trains in a new folder; returns the metrics of its passes, wall seconds and peak MiB."""
    start = datetime.datetime.now()
    subprocess.run([str(HOME / "stic"), "train", "--out", str(folder), *map(str, options)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = (datetime.datetime.now() - start).total_seconds()
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    passes = [json.loads(line) for line in (folder / "metrics.jsonl").read_text().splitlines()]
    return passes, seconds, peak


def measure_train():
    with tempfile.TemporaryDirectory() as scratch:
        scratch = pathlib.Path(scratch)
        cold_cache = scratch / "cache"
        shutil.copytree(data_cache(), cold_cache, ignore=shutil.ignore_patterns("judge*", "*.safetensors"))
        os.environ["STIC_DATA"] = str(cold_cache)
        passes, first, peak = train(scratch / "first")
        for name in ("pass-000.png", "pass-003.png"):
            RESULTS.mkdir(parents=True, exist_ok=True)
            shutil.copy(scratch / "first" / "samples" / name, RESULTS / name)
        _, again, _ = train(scratch / "again")
        control, _, _ = train(scratch / "control", "--preset", "vrm")
    store("train", "./stic train", {
        "seconds_with_judge": round(first, 1), "seconds": round(again, 1), "peak_mib": round(peak),
        "passes": passes, "control_accuracy": control[-1]["accuracy"]})


def data_cache():
    return pathlib.Path(os.environ.get("STIC_DATA", pathlib.Path.home() / ".cache" / "stic"))


def measure_data():
    arguments = [100_000, 64, 20]
    text = run(java(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx768m",
               "-cp", "bench/target/benchmarks.jar", "org.stic.bench.ImageFolderMeasurement", *arguments).stdout
    store("data", "ImageFolderMeasurement " + " ".join(map(str, arguments)), json.loads(text))


def java():
    for home in [os.environ.get("JAVA25_HOME"), os.environ.get("JAVA_HOME"), *pathlib.Path("/usr/lib/jvm").glob("*")]:
        release = pathlib.Path(home or "") / "release"
        if home and release.is_file() and re.search(r'JAVA_VERSION="(2[5-9]|[3-9]\d)', release.read_text()):
            return pathlib.Path(home) / "bin" / "java"
    sys.exit("measure.py: no JDK 25 found; set JAVA25_HOME")


def stored(part):
    file = RESULTS / f"{part}.json"
    return json.loads(file.read_text()) if file.is_file() else None


def table():
    lines = ["| what | measured | goal | command |", "|---|---|---|---|"]
    lines += train_rows() + seed_rows() + data_rows()
    devices = {stored(part)["device"] for part in PARTS if stored(part)}
    text = "\n".join([f"On {'; '.join(sorted(devices))}.", "",
                      *lines])
    readme = HOME / "README.md"
    begin, end = "<!-- measured:begin -->", "<!-- measured:end -->"
    head, rest = readme.read_text().split(begin)
    readme.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end)[1]}")


def train_rows():
    record = stored("train")
    if not record:
        return []
    result, last = record["result"], record["result"]["passes"][-1]
    return [
        f"| first `stic train`, the judge's training included | {result['seconds_with_judge']:.0f} s | < 120 s | `./stic train` |",
        f"| `stic train` with a cached judge | {result['seconds']:.0f} s | | `./stic train` |",
        f"| memory, peak | {result['peak_mib']} MiB | < 1,024 MiB | |",
        f"| after pass {last['pass']}: judge's hit rate, {last['samples']} drawings of {last['steps']} steps, seed {last['seed']} "
        f"| {last['hit_rate']:.3f} | ≥ 0.93 | |",
        f"| classifier score (real images at this judge at most 10) | {last['classifier_score']:.2f} | ≥ 7.8 | |",
        f"| test accuracy / control without fakes | {last['accuracy']:.4f} / {result['control_accuracy']:.4f} | within 0.005 | "
        "`./stic train --preset vrm` |",
    ]


def seed_rows():
    record = stored("study-passes")
    if not record:
        return []
    rows = {row["name"]: row["measures"] for row in record["result"]["rows"]}
    stic, control = rows["stic"], rows["vrm"]
    listed = lambda measures, key, digits: " · ".join(f"{value:.{digits}f}" for value in measures[key]["values"])
    return [
        f"| 8 passes, seeds 1 to {record['result']['seeds']}: hit rate | {listed(stic, 'hit_rate', 3)} | ≥ 0.96 | "
        "`python3 bench/studies.py passes` |",
        f"| classifier score | {listed(stic, 'classifier_score', 2)} | ≥ 8.5 | |",
        f"| Fréchet distance in the judge's features (real images: {rows['real images']['frechet_distance']['mean']:.1f}) "
        f"| {listed(stic, 'frechet_distance', 1)} | ≤ 12 | |",
        f"| test accuracy | {listed(stic, 'accuracy', 4)} | control − 0.001 | |",
        f"| control without fakes | {listed(control, 'accuracy', 4)} | | |",
    ]


def data_rows():
    record = stored("data")
    if not record:
        return []
    result = record["result"]
    return [f"| folder of {result['images']:,} pictures of 256 pixels, opened | {result['index_seconds']:.1f} s | < 10 s | "
            f"`{record['command']}` |",
            f"| and read at {result['side']} pixels by {result['threads']} threads | {result['images_per_second']:.0f} images/s, "
            f"{result['peak_mib']} MiB | < 1536 MiB | |"]


PARTS = {"train": measure_train, "data": measure_data}

if __name__ == "__main__":
    chosen = sys.argv[1:]
    if not chosen or any(part not in (*PARTS, "table") for part in chosen):
        sys.exit(__doc__)
    for part in chosen:
        PARTS.get(part, table)()
