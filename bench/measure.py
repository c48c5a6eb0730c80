#!/usr/bin/env python3
"""Measures what the README's table states, and writes the table.

    python3 bench/measure.py train      `./stic train` as a user starts it: wall seconds, memory, quality
    python3 bench/measure.py pass       one recipe pass in turn with PyTorch on the same cores
    python3 bench/measure.py products   matrix, Gram and convolution kernels in turn with OpenBLAS and oneDNN
    python3 bench/measure.py langevin   the proposal's elements per second on one core, by JMH
    python3 bench/measure.py launch     a launch from Java, and bytes allocated, by JMH
    python3 bench/measure.py networks   ResNet-56 and wide ResNets in turn with PyTorch on the same cores
    python3 bench/measure.py data       a folder of 100,000 pictures: seconds to open it, images per second, memory
    python3 bench/measure.py table      rewrites the README between its markers from the stored results

Each part stores one JSON file in bench/results/cpu/ with the command, the commit, the date and the
processor. `networks` needs a Python with PyTorch (Debian's python3-torch).
Build first: `mvn verify`; for `pass` then `mvn -Ppeers -pl
bench -am package -DskipTests`, for `products` the CMake target stic-peers (bench/README.md).
"""
import datetime
import json
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HOME = pathlib.Path(__file__).resolve().parent.parent
RESULTS = HOME / "bench" / "results" / "cpu"
THREADS = int(os.environ.get("STIC_BENCH_THREADS", 2))
PAIRS = int(os.environ.get("STIC_BENCH_PAIRS", 5))


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


def measure_pass():
    lib = HOME / "native" / "target" / "lib"
    text = run(java(), "--enable-native-access=ALL-UNNAMED", f"-Djava.library.path={lib}", f"-Dstic.native.dir={lib}",
               "-cp", "bench/target/benchmarks.jar", "org.stic.bench.RecipePassComparison", PAIRS, THREADS).stdout
    pairs = re.findall(r"ours ([\d.]+) s, libtorch ([\d.]+)", text)
    ours, peers = ([float(pair[side]) for pair in pairs] for side in (0, 1))
    ratios = [peer / our for our, peer in zip(ours, peers)]
    store("pass", f"RecipePassComparison {PAIRS} {THREADS}", {
        "peer": "libtorch 2.10", "threads": THREADS, "ours_s": ours, "peer_s": peers,
        "ratio_median": statistics.median(ratios), "ratio_range": [min(ratios), max(ratios)]})


def measure_data():
    arguments = [100_000, 64, 20]
    text = run(java(), "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx768m",
               "-cp", "bench/target/benchmarks.jar", "org.stic.bench.ImageFolderMeasurement", *arguments).stdout
    store("data", "ImageFolderMeasurement " + " ".join(map(str, arguments)), json.loads(text))


def measure_products():
    program = HOME / "native" / "target" / "cmake" / "bench" / "stic-peers"
    text = run(program, THREADS).stdout
    row = re.compile(r"^(\S.*?)\s{2,}([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+) \[([\d.]+), ([\d.]+)\]\s+([\d.]+)$")
    rows = [match.groups() for match in map(row.match, text.splitlines()) if match]
    store("products", f"stic-peers {THREADS}", [
        {"name": name, "ours_ms": float(ours), "peer_ms": float(peer), "ratio": float(ratio),
         "quartiles": [float(low), float(high)], "speedup": float(speedup)}
        for name, ours, _, peer, _, ratio, low, high, speedup in rows])


def jmh(environment, *arguments):
    """Runs JMH and returns its result rows."""
    with tempfile.TemporaryDirectory() as scratch:
        output = pathlib.Path(scratch) / "jmh.json"
        lib = HOME / "native" / "target" / "lib"
        run(java(), "--enable-native-access=ALL-UNNAMED", f"-Djava.library.path={lib}", f"-Dstic.native.dir={lib}",
            "-jar", "bench/target/benchmarks.jar", *arguments, "-rf", "json", "-rff", output,
            env={**os.environ, **environment})
        return json.loads(output.read_text())


def measure_launch():
    store("launch", "java -jar bench/target/benchmarks.jar Bench01 -prof gc", [
        {"name": row["benchmark"].rsplit(".", 1)[1], "ns": row["primaryMetric"]["score"],
         "error_ns": row["primaryMetric"]["scoreError"],
         "bytes_per_launch": row["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]}
        for row in jmh({}, "Bench01", "-prof", "gc")])


def measure_langevin():
    rows = jmh({"STIC_SIMT_WORKERS": "1"}, "Bench04", "-p", "subject=LANGEVIN", "-f", 1, "-wi", 2, "-i", 5)
    store("langevin", "STIC_SIMT_WORKERS=1 java -jar bench/target/benchmarks.jar Bench04 -p subject=LANGEVIN", [
        {"chains": int(row["params"]["chains"]),
         "gigaelements_per_second": row["secondaryMetrics"]["gigaelements"]["score"]} for row in rows])


NETWORKS = (("resnet56", 100, "forward"), ("wrn-28-10", 8, "gradient"), ("jem-wrn-28-10", 8, "gradient"))


def measure_networks():
    import torch
    torch.set_num_threads(THREADS)
    rows = [compare_network(torch, *case) for case in NETWORKS]
    store("networks", f"STIC_BENCH_THREADS={THREADS} STIC_BENCH_PAIRS={PAIRS} python3 bench/measure.py networks",
          {"peer": f"PyTorch {torch.__version__}", "threads": THREADS, "load": os.getloadavg()[0], "rows": rows})


def compare_network(torch, name, images, product):
    """Passes with the same weights and pixels in turn; first that both find the same."""
    import torch_networks as networks
    torch.manual_seed(1)
    peer = {"resnet56": lambda: networks.CifarResNet(56), "wrn-28-10": networks.WideResNet,
            "jem-wrn-28-10": networks.JemWideResNet}[name]().eval().requires_grad_(False)
    pixels = (torch.arange(images * 3072) * 7919 % 2003 / 1001.0 - 1).float().view(images, 3, 32, 32)
    prepared = networks.prepare(name, pixels)

    def once():
        if product == "forward":
            with torch.no_grad():
                return peer(prepared)
        prepared.requires_grad_(True)
        return torch.autograd.grad(peer(prepared).logsumexp(1).sum(), prepared)[0]

    with tempfile.TemporaryDirectory() as scratch:
        weights = pathlib.Path(scratch) / "weights.safetensors"
        networks.write_safetensors(weights, peer.state_dict())
        with passes(name, weights, images, product) as ours:
            found, expected = float(ours.stdout.readline()), networks.squares(name, product, once())
            if abs(found / expected - 1) > 1e-3:
                sys.exit(f"measure.py: {name}: the sum of squares is {found}, PyTorch's {expected}")
            pairs = [(our_seconds(ours), timed(once)) for _ in range(PAIRS + 1)][1:]
    ratios = [[peer[kind] / our[kind] for our, peer in pairs] for kind in (0, 1)]
    return {"name": name, "images": images, "product": product,
            "ours_s": [our[0] for our, _ in pairs], "peer_s": [peer[0] for _, peer in pairs],
            "ratio_median": statistics.median(ratios[0]), "ratio_range": [min(ratios[0]), max(ratios[0])],
            "processor_ratio_median": statistics.median(ratios[1])}


def passes(name, weights, images, product):
    """Our side: a process that does one pass for each line that it reads."""
    lib = HOME / "native" / "target" / "lib"
    command = [java(), "--enable-native-access=ALL-UNNAMED", f"-Djava.library.path={lib}", f"-Dstic.native.dir={lib}",
               "-cp", os.environ.get("STIC_BENCH_CLASSES", "bench/target/benchmarks.jar"),
               "org.stic.bench.NetworkPasses", name, weights, images, product]
    return subprocess.Popen([str(word) for word in command], cwd=HOME, text=True, stdin=subprocess.PIPE,
                            stdout=subprocess.PIPE, env={**os.environ, "STIC_SIMT_WORKERS": str(THREADS)})


def our_seconds(process):
    process.stdin.write("\n")
    process.stdin.flush()
    return tuple(map(float, process.stdout.readline().split()))


def timed(action):
    clock, processor = time.perf_counter(), time.process_time()
    action()
    return time.perf_counter() - clock, time.process_time() - processor


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
    lines += train_rows() + seed_rows() + pass_rows() + network_rows() + product_rows() + langevin_rows() + launch_rows()
    lines += data_rows()
    devices = {stored(part)["device"] for part in PARTS if stored(part)}
    text = "\n".join([f"On {'; '.join(sorted(devices))}. Ratios are medians of runs in turn, more than 1 is faster.", "",
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


def pass_rows():
    record = stored("pass")
    if not record:
        return []
    result = record["result"]
    low, high = result["ratio_range"]
    return [f"| one recipe pass against {result['peer']}, {result['threads']} threads | {result['ratio_median']:.2f}x "
            f"({low:.2f}–{high:.2f}), {statistics.median(result['ours_s']):.1f} s | ≥ 1x | `{record['command']}` |"]


def product_rows():
    record = stored("products")
    goals = ("≥ 0.8x", "≥ 0.8x", "≥ 0.55x", "≥ 0.45x", "≥ 0.45x")
    return [f"| {row['name']}: against the peer; two threads against one | {row['ratio']:.2f}x "
            f"({row['quartiles'][0]:.2f}–{row['quartiles'][1]:.2f}); {row['speedup']:.2f}x | {goal}; ≥ 1.7x | "
            f"`{record['command']}` |" for row, goal in zip(record["result"] if record else [], goals)]


def data_rows():
    record = stored("data")
    if not record:
        return []
    result = record["result"]
    return [f"| folder of {result['images']:,} pictures of 256 pixels, opened | {result['index_seconds']:.1f} s | < 10 s | "
            f"`{record['command']}` |",
            f"| and read at {result['side']} pixels by {result['threads']} threads | {result['images_per_second']:.0f} images/s, "
            f"{result['peak_mib']} MiB | < 1536 MiB | |"]


def launch_rows():
    record = stored("launch")
    names = {"emptyCall": ("of a launch, Java and Panama alone", "≤ 30 ns, 0 B"),
             "panamaLaunch": ("launch of a one-thread kernel from Java, end to end", "≤ 100 ns, 0 B"),
             "graphReplay": ("the same inside a captured graph", ""), "jcudaLaunch": ("the same through JCuda", "")}
    rows = {row["name"]: row for row in (record["result"] if record else [])}
    return [f"| {text} | {rows[name]['ns']:.0f} ns, {rows[name]['bytes_per_launch']:.0f} B | {goal} | `{record['command']}` |"
            for name, (text, goal) in names.items() if name in rows]


def network_rows():
    record = stored("networks")
    result = record["result"] if record else {"rows": []}
    names = {"forward": "logits", "gradient": "gradient by the images"}
    return [f"| {row['name']}, {names[row['product']]} of {row['images']} images against {result['peer']}, "
            f"threads: {result['threads']} | {row['ratio_median']:.2f}x ({row['ratio_range'][0]:.2f}–"
            f"{row['ratio_range'][1]:.2f}), {statistics.median(row['ours_s']):.2f} s | ≥ 0.5x | "
            f"`{record['command']}` |" for row in result["rows"]]


def langevin_rows():
    record = stored("langevin")
    return [f"| Langevin proposal, {row['chains']} chains of 3,072 pixels, one core | "
            f"{row['gigaelements_per_second']:.2f} G elements/s | ≥ 0.5 | `{record['command']}` |"
            for row in (record["result"] if record else [])]


PARTS = {"train": measure_train, "pass": measure_pass, "products": measure_products,
         "langevin": measure_langevin, "launch": measure_launch, "networks": measure_networks, "data": measure_data}

if __name__ == "__main__":
    chosen = sys.argv[1:]
    if not chosen or any(part not in (*PARTS, "table") for part in chosen):
        sys.exit(__doc__)
    for part in chosen:
        PARTS.get(part, table)()
