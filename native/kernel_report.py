#!/usr/bin/env python3
"""What ptxas says of every kernel on every architecture, as JSON and as a table; fails on spills over the limits.

    kernel_report.py PTXAS_LOG PTX[,PTX..] SPILL_LIMITS OUTPUT      writes OUTPUT.json and OUTPUT.txt

A kernel that stands in several PTX files is taken from the last. The matrix products of a warpgroup that the compiler
could not let overlap fail it, too.

Occupancy is theoretical: the share of a multiprocessor's warps that registers, shared memory and threads per
block leave room for. The mix of instructions and the share of 16-byte loads are of the PTX, which ptxas schedules
but does not make wider.
"""
import collections
import json
import pathlib
import re
import sys

# Threads, blocks and KiB of shared memory of a multiprocessor (CUDA C++ Programming Guide, compute capabilities).
MULTIPROCESSORS = {75: (1024, 16, 64), 80: (2048, 32, 164), 86: (1536, 16, 100), 89: (1536, 24, 100),
                   90: (2048, 32, 228), 100: (2048, 32, 228), 120: (1536, 24, 100)}
REGISTERS = 65536


def occupancy(architecture, threads, registers, shared):
    most_threads, most_blocks, kib = MULTIPROCESSORS[architecture]
    warps = -(-threads // 32)
    per_warp = -(-registers * 32 // 256) * 256
    # From compute capability 8 on, each block costs one KiB of shared memory more.
    per_block = shared + (1024 if architecture >= 80 else 0)
    blocks = min(most_blocks, most_threads // (32 * warps), REGISTERS // per_warp // warps,
                 kib * 1024 // per_block if per_block else most_blocks)
    return blocks * warps * 32 / most_threads


def resources(log):
    """One row a kernel and architecture."""
    pattern = re.compile(
        r"Compiling entry function '(?P<kernel>\w+)' for 'sm_(?P<architecture>\d+)\w*'\n.*?"
        r"(?P<stack>\d+) bytes stack frame, (?P<stores>\d+) bytes spill stores, (?P<loads>\d+) bytes spill loads\n"
        r".*?Used (?P<registers>\d+) registers(?P<rest>[^\n]*)", re.S)
    for found in pattern.finditer(log):
        row = {name: int(found[name]) for name in ("architecture", "stack", "stores", "loads", "registers")}
        shared = re.search(r"(\d+) bytes smem", found["rest"])
        yield {"kernel": found["kernel"], **row, "shared": int(shared[1]) if shared else 0}


def threads(ptx):
    """Threads of each kernel's block: the first number of its geometry, written as bytes."""
    return first_numbers(ptx, r"(\w+)_geometry\[16\]")


def dynamic_shared(ptx):
    """Dynamic shared memory of the kernels that have some."""
    return first_numbers(ptx, r"(\w+)_shared\[4\]")


def first_numbers(ptx, name):
    found = re.finditer(name + r" = \{([^}]*)\}", ptx)
    return {kernel: sum(int(byte) << 8 * place for place, byte in enumerate(values.split(",")[:4]))
            for kernel, values in (match.groups() for match in found)}


def instructions(ptx):
    """Counts of instructions of each kernel's PTX by the first word, and bytes of its loads from global memory."""
    mixes = {}
    for kernel, body in re.findall(r"\.entry (\w+)\(.*?\)\s*(?:\.\w+ [^\n]*\n)*\{(.*?)\n\}(?!\s*// end inline asm)", ptx, re.S):
        words = re.findall(r"^\s+(?:@!?%p\d+ )?([a-z][\w.]*)[ ;]", body, re.M)
        mix = collections.Counter(word.split(".")[0] for word in words)
        loads = [word for word in words if word.startswith(("ld.global", "ld.const"))]
        wide = sum(".v4." in word and word.endswith("32") for word in loads)
        mixes[kernel] = {"mix": dict(mix.most_common()), "loads": len(loads), "wide_loads": wide}
    return mixes


def limits(text):
    rows = (line.split("#")[0].split() for line in text.splitlines())
    return {row[0]: int(row[1]) for row in rows if row}


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    log, allowed = pathlib.Path(sys.argv[1]).read_text(), pathlib.Path(sys.argv[3]).read_text()
    ptx = "\n".join(pathlib.Path(name).read_text() for name in sys.argv[2].split(","))
    sizes, mixes, allowed = threads(ptx), instructions(ptx), limits(allowed)
    dynamic = dynamic_shared(ptx)
    serial = re.findall(r"\(C75\d\d\)[^\n]*", log)
    if serial:
        sys.exit("kernel_report.py: products do not overlap: " + serial[0])
    rows = sorted(resources(log), key=lambda row: (row["kernel"], row["architecture"]))
    if not rows:
        sys.exit(f"kernel_report.py: {sys.argv[1]} names no kernel")
    for row in rows:
        row["threads"] = sizes[row["kernel"]]
        row["shared"] += dynamic.get(row["kernel"], 0)
        row["occupancy"] = round(occupancy(row["architecture"], row["threads"], row["registers"], row["shared"]), 3)
    over = [row for row in rows if row["stores"] + row["loads"] > allowed.get(row["kernel"], 0)]
    output = sys.argv[4]
    lines = [f"{'kernel':<36} sm  threads registers  shared  stack  spills occupancy  loads  of 16 bytes"]
    for row in rows:
        mix = mixes.get(row["kernel"], {"loads": 0, "wide_loads": 0})
        lines.append(f"{row['kernel']:<36} {row['architecture']:<4}{row['threads']:>6} {row['registers']:>9} "
                     f"{row['shared']:>7} {row['stack']:>6} {row['stores'] + row['loads']:>7} "
                     f"{row['occupancy']:>8.0%} {mix['loads']:>6} {mix['wide_loads']:>12}")
    pathlib.Path(output + ".txt").write_text("\n".join(lines) + "\n")
    for row in over:
        print(f"kernel_report.py: {row['kernel']} spills {row['stores'] + row['loads']} bytes on sm_{row['architecture']}, "
              f"but may spill {allowed.get(row['kernel'], 0)}", file=sys.stderr)
    if over:
        sys.exit(1)
    pathlib.Path(output + ".json").write_text(json.dumps({"resources": rows, "ptx": mixes}, indent=1) + "\n")


if __name__ == "__main__":
    main()
