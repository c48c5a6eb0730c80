#!/usr/bin/env python3
"""Writes the README's table of GPUs from bench/results/<device>/<date>-<commit>.json, which bench/gpu.sh leaves.

    gpu_table.py [--results DIR] [--readme FILE]     rewrites the part between <!-- gpu:begin --> and <!-- gpu:end -->
    gpu_table.py --test                              checks itself with a made result

The newest result of each device counts. A file that lacks a field is refused by its name.
"""
import argparse
import json
import pathlib
import statistics
import sys
import tempfile

BEGIN, END = "<!-- gpu:begin -->", "<!-- gpu:end -->"
EMPTY = "On a GPU: not measured yet."
FIELDS = {"schema": int, "date": str, "commit": str, "device": str, "clocks": str, "parts": list}
ROW = {"benchmark": str, "parameters": dict, "samples": list, "peer": dict}
PEERS = "stic-bench/1"


def require(holder, fields, file):
    for name, kind in fields.items():
        if not isinstance(holder.get(name), kind):
            sys.exit(f"gpu_table.py: {file} has no usable field '{name}'")


def read(file):
    try:
        record = json.loads(file.read_text())
    except ValueError as problem:
        sys.exit(f"gpu_table.py: {file} is not JSON: {problem}")
    require(record, FIELDS, file)
    if record["schema"] != 1:
        sys.exit(f"gpu_table.py: {file} has schema {record['schema']}, but 1 is known")
    if record.get("peers") and record["peers"].get("schema") != PEERS:
        sys.exit(f"gpu_table.py: {file} has peers of schema {record['peers'].get('schema')}, but {PEERS} is known")
    for row in (record.get("peers") or {}).get("rows", []):
        require(row, ROW, file)
    return record


def newest(results):
    """The last result of each folder but the CPU's: names begin with the date."""
    folders = sorted(folder for folder in results.glob("*") if folder.is_dir() and folder.name != "cpu")
    files = [sorted(folder.glob("[0-9]*.json")) for folder in folders]
    return [read(found[-1]) for found in files if found]


def table(records):
    if not records:
        return EMPTY
    lines = []
    for record in records:
        states = ", ".join(f"{part['part']} {part['state']}" for part in record["parts"])
        lines += [f"{record['device']}, {record['date']}, commit {record['commit']}: {states}.", ""]
        rows = (record.get("peers") or {}).get("rows", [])
        if rows:
            lines += ["| fp32 without TF32 | peer | ours, µs | peer, µs | ours against it |", "|---|---|---|---|---|"]
            lines += [peer_line(row) for row in rows] + [""]
    return "\n".join(lines).rstrip()


def peer_line(row):
    """Medians, and the median and quartiles of the ratios pair by pair; a reason where the peer is absent."""
    name = f"| {row['benchmark'].removeprefix('peers.')} {' '.join(row['parameters'].values())} | {row['peer']['name']} "
    if "absent" in row["peer"]:
        return f"{name}| | | absent: {row['peer']['absent']} |"
    ours, peers = row["samples"], row["peer"]["samples"]
    low, middle, high = statistics.quantiles([peer / our for our, peer in zip(ours, peers)], method="inclusive")
    return (f"{name}| {1e6 * statistics.median(ours):.1f} | {1e6 * statistics.median(peers):.1f} | {middle:.2f}x "
            f"({low:.2f}–{high:.2f}) |")


def rewrite(readme, text):
    parts = readme.read_text().split(BEGIN)
    if len(parts) != 2 or END not in parts[1]:
        sys.exit(f"gpu_table.py: {readme} must hold {BEGIN} and {END} once")
    readme.write_text(f"{parts[0]}{BEGIN}\n{text}\n{END}{parts[1].split(END)[1]}")


def test():
    made = {"schema": 1, "date": "2026-01-02", "commit": "abc", "device": "Made GPU", "clocks": "",
            "parts": [{"part": "doctor", "state": "passed", "seconds": 1, "exit": 0}], "doctor": None, "benchmarks": None,
            "peers": {"schema": PEERS, "rows": [
                {"benchmark": "peers.matrix-product", "parameters": {"sizes": "256"}, "samples": [2e-6, 2e-6, 2e-6],
                 "peer": {"name": "PyTorch 0 eager", "samples": [2e-6, 3e-6, 4e-6]}},
                {"benchmark": "peers.langevin", "parameters": {"sizes": "1x2"}, "samples": [],
                 "peer": {"name": "PyTorch 0 graph", "samples": [], "absent": "no GPU"}}]}}
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        readme = folder / "README.md"
        readme.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n")
        assert table(newest(folder)) == EMPTY
        (folder / "made-gpu").mkdir()
        (folder / "made-gpu" / "2026-01-02-abc.json").write_text(json.dumps(made))
        rewrite(readme, table(newest(folder)))
        text = readme.read_text()
        assert "| matrix-product 256 | PyTorch 0 eager | 2.0 | 3.0 | 1.50x (1.25–1.75) |" in text, text
        assert "| langevin 1x2 | PyTorch 0 graph | | | absent: no GPU |" in text and "old" not in text, text
        assert text.startswith("before\n") and text.endswith("\nafter\n"), text
        for name in FIELDS:
            (folder / "made-gpu" / "2026-01-03-abc.json").write_text(json.dumps({**made, name: None}))
            try:
                newest(folder)
            except SystemExit as refused:
                assert f"'{name}'" in str(refused), refused
            else:
                raise AssertionError(f"a result without {name} was taken")
    print("gpu_table.py: its test passes")


def main():
    home = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=pathlib.Path, default=home / "results")
    parser.add_argument("--readme", type=pathlib.Path, default=home.parent / "README.md")
    parser.add_argument("--test", action="store_true")
    wanted = parser.parse_args()
    if wanted.test:
        test()
    else:
        rewrite(wanted.readme, table(newest(wanted.results)))


if __name__ == "__main__":
    main()
