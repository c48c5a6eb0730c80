#!/usr/bin/env python3
"""Measures PyTorch (cuDNN, cuBLAS; on a CPU its own engines) in turn with our kernels, on the benchmarks' sizes.

    peers_torch.py [--device cuda|cpu] [--rounds N] [--json FILE] -- java ... org.stic.bench.Duel

Both sides work in fp32 without TF32. Our result is first compared with a double-precision one; a wrong result is an
error, not a number. Each round times ours, then PyTorch; the ratio is the median of the rounds' ratios, more than 1
means that ours is faster.
"""
import argparse
import json
import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time

import numpy
import torch

SECONDS = 0.05  # of each timing


class Ours:
    """The Java side, spoken to line by line."""

    def __init__(self, command):
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        if not answer:
            sys.exit(f"peers_torch.py: our side ended at '{line}'")
        return answer.strip()

    def seconds(self, calls):
        return int(self.ask(f"run {calls}")) * 1e-9


def operation(subject):
    """The shapes of the operands, and the function of them that PyTorch computes."""
    kind, sizes = subject.split(":")
    if kind == "matrix":
        size = int(sizes)
        return [(size, size)] * 2, torch.matmul
    if kind == "gram":
        batch, channels, positions = map(int, sizes.split("x"))
        return [(batch, channels, positions)], lambda f: torch.bmm(f, f.transpose(1, 2)) / positions
    n, c, h, w, k, size, stride, padding = map(int, re.findall(r"\d+", sizes))
    return [(n, c, h, w), (k, c, size, size)], lambda x, f: torch.nn.functional.conv2d(
        x, f, stride=stride, padding=padding)


def load(folder, name, shape=None):
    values = torch.from_numpy(numpy.fromfile(pathlib.Path(folder) / name, dtype="<f4"))
    return values if shape is None else values.reshape(shape)


def check(subject, ours, compute, operands):
    exact = compute(*(o.double() for o in operands)).flatten()
    error = (ours.double() - exact).abs().max().item()
    scale = exact.abs().max().item()
    if not error <= 1e-5 * scale:
        sys.exit(f"peers_torch.py: our {subject} is wrong by {error:g} at a scale of {scale:g}")
    return error / scale


def torch_seconds(compute, operands, calls, device):
    wait = torch.cuda.synchronize if device == "cuda" else (lambda: None)
    wait()
    start = time.perf_counter()
    for _ in range(calls):
        compute(*operands)
    wait()
    return time.perf_counter() - start


def duel(ours, subject, device, rounds):
    shapes, compute = operation(subject)
    ours.ask(f"prepare {subject}")
    with tempfile.TemporaryDirectory() as folder:
        ours.ask(f"save {folder}")
        operands = [load(folder, f"operand{i}", shape) for i, shape in enumerate(shapes)]
        error = check(subject, load(folder, "result"), compute, operands)
    operands = [o.to(device) for o in operands]
    torch_seconds(compute, operands, 3, device)
    calls = [max(1, int(SECONDS / max(once, 1e-7)))
             for once in (ours.seconds(3) / 3, torch_seconds(compute, operands, 3, device) / 3)]
    times = [(ours.seconds(calls[0]) / calls[0], torch_seconds(compute, operands, calls[1], device) / calls[1])
             for _ in range(rounds)]
    ratios = [peer / our for our, peer in times]
    return {"subject": subject, "ours_us": 1e6 * statistics.median(our for our, _ in times),
            "peer_us": 1e6 * statistics.median(peer for _, peer in times), "ratio": statistics.median(ratios),
            "ratio_range": [min(ratios), max(ratios)], "relative_error": error}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cuda")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json")
    parser.add_argument("command", nargs="+")
    wanted = parser.parse_args()
    if wanted.device == "cuda" and not torch.cuda.is_available():
        sys.exit("peers_torch.py: this PyTorch sees no GPU")
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    torch.set_grad_enabled(False)
    ours = Ours(wanted.command)
    rows = []
    print(f"{'subject':<40} {'ours, us':>10} {'PyTorch, us':>12}   ratio (range)")
    for subject in ours.ask("list").split():
        row = duel(ours, subject, wanted.device, wanted.rounds)
        rows.append(row)
        low, high = row["ratio_range"]
        print(f"{subject:<40} {row['ours_us']:>10.1f} {row['peer_us']:>12.1f}   {row['ratio']:.2f}x  ({low:.2f}-{high:.2f})",
              flush=True)
    if wanted.json:
        record = {"peer": f"PyTorch {torch.__version__}", "cudnn": torch.backends.cudnn.version(),
                  "rounds": wanted.rounds, "rows": rows}
        pathlib.Path(wanted.json).write_text(json.dumps(record, indent=2) + "\n")


if __name__ == "__main__":
    main()
