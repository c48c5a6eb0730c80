#!/usr/bin/env python3
"""Runs the comparisons that java/README.md reports, and writes their tables.

    python3 bench/studies.py methods     the systems against each other on MNIST
    python3 bench/studies.py ablations   without soft fakes, without the Gram term; the ways between classes
    python3 bench/studies.py passes      eight passes on MNIST
    python3 bench/studies.py few-100     100 real images, five subsets; also few-1000, noisy-1000
    python3 bench/studies.py cifar4      four classes of CIFAR-10
    python3 bench/studies.py table       rewrites java/README.md and README.md between their markers

Single runs (cifar10, attentive-64) have their commands in their TOML and JSON files. Each other study is one `stic compare`; its result is stored in bench/results/cpu/study-NAME.json with the
command, the commit, the date and the processor. A study that was interrupted goes on in runs/study-NAME.
"""
import datetime
import json
import subprocess
import sys

from measure import HOME, RESULTS, processor, run

REGULARISERS = "bench/studies/own-fakes.toml,bench/studies/own-fakes-dropout.toml,weight-decay,dropout,label-smoothing,bench/studies/longer.toml"
STUDIES = {
    "methods": ["--presets", "erm,vrm,stic,stic-class-canvas,jem,icn,winn,score-stic",
                "--config", "bench/studies/methods.toml", "--data", "mnist", "--seeds", "3"],
    "ablations": ["--presets", "stic,stic-hard,bench/studies/gram-off.toml", "--config", "bench/studies/methods.toml",
                  "--data", "mnist", "--seeds", "3", "--interpolations", "6"],
    "passes": ["--presets", "stic", "--config", "bench/studies/passes.toml", "--data", "mnist", "--seeds", "3"],
    **{name: ["--presets", REGULARISERS, "--config", f"bench/studies/{name}.toml", "--data", "mnist",
              "--data-seeds", "--seeds", "5"] for name in ("few-100", "few-1000", "noisy-1000")},
    "cifar4": ["--presets", "stic,score-stic", "--config", "bench/studies/cifar4.toml", "--data", "cifar10", "--seeds", "1"],
}
TITLES = {
    "methods": "The systems on MNIST, three passes",
    "ablations": "Without soft fakes, and without the Gram term",
    "passes": "Eight passes on MNIST",
    "few-100": "100 real images",
    "few-1000": "1,000 real images",
    "noisy-1000": "1,000 real images, 40 % of the labels redrawn",
    "cifar4": "Four classes of CIFAR-10: automobile, dog, horse, ship",
}
COLUMNS = {  # measure: (title, factor, digits)
    "accuracy": ("accuracy, %", 100, 2), "hit_rate": ("hit rate, %", 100, 1),
    "classifier_score": ("classifier score", 1, 2), "frechet_distance": ("Fréchet distance", 1, 1),
    "diversity": ("diversity", 1, 2), "acceptance": ("acceptance", 1, 2),
    "image_gradients": ("image-gradients", 1, 0), "updates": ("updates", 1, 0), "training_seconds": ("seconds of training", 1, 0),
}


def file(name):
    return RESULTS / f"study-{name}.json"


def study(name):
    command = ["./stic", "compare", *STUDIES[name]]
    subprocess.run([*command, "--out", f"runs/study-{name}"], cwd=HOME, check=True)
    result = json.loads((HOME / "runs" / f"study-{name}" / "comparison.json").read_text())
    record = {"study": name, "command": " ".join(command), "date": datetime.date.today().isoformat(),
              "commit": run("git", "rev-parse", "--short", "HEAD").stdout.strip(), "device": processor(),
              "result": result}
    RESULTS.mkdir(parents=True, exist_ok=True)
    file(name).write_text(json.dumps(record, indent=1) + "\n")


def cell(row, measure):
    _, factor, digits = COLUMNS[measure]
    value = row["measures"].get(measure)
    if not value or value["mean"] is None:
        return "–"
    text = f"{value['mean'] * factor:,.{digits}f}"
    spread = value["deviation"]
    return text if spread is None or not digits else f"{text} ± {spread * factor:.{digits}f}"


def gain(row):
    value = row["accuracy_gain"]
    if not value or value["mean"] is None:
        return "–"
    error = value["standard_error"]
    return f"{value['mean'] * 100:+.2f}" + ("" if error is None else f" ± {error * 100:.2f}")


def path_lines(rows):
    """The ways between two classes, where the study asked for them."""
    if not rows:
        return []
    measures = {"rank_correlation": "rank correlation (1)", "monotone_steps": "monotone steps (1)",
                "deviation": "deviation from the weights (0)", "roughness": "roughness (0)",
                "mass": "share of the two classes (1)"}
    lines = ["", f"{rows[0]['paths']} ways of each seed between two classes; in brackets what a perfect way scores:", "",
             f"| | {' | '.join(measures.values())} |", "|---" * (len(measures) + 1) + "|"]
    for row in rows:
        cells = [f"{row['measures'][key]['mean']:.3f} ± {row['measures'][key]['deviation'] or 0:.3f}" for key in measures]
        lines.append(f"| {row['name']} | {' | '.join(cells)} |")
    return lines


def section(name):
    record = json.loads(file(name).read_text())
    result = record["result"]
    titles = [COLUMNS[measure][0] for measure in COLUMNS]
    titles.insert(1, "above control, points")
    lines = [f"### {TITLES[name]}", "", f"| | {' | '.join(titles)} |", "|---" * (len(titles) + 1) + "|"]
    for row in result["rows"]:
        cells = [cell(row, measure) for measure in COLUMNS]
        cells.insert(1, gain(row))
        lines.append(f"| {row['name']} | {' | '.join(cells)} |")
    lines += path_lines(result.get("paths") or [])
    lines += ["", f"`{record['command']}`, commit {record['commit']}, {record['date']}, {record['device']}. "
              f"Mean ± standard deviation over {result['seeds']} seeds; above control: mean ± standard error of the paired "
              f"differences. Judge {result['judge']}, right on {result['judge_accuracy'] * 100:.2f} % of the test images; "
              f"{result['samples']} {result['drawings']} a run. Its Fréchet distance is not FID.", ""]
    return lines


def summary():
    """The systems without what they started from, and without their costs, for the first page."""
    result = json.loads(file("methods").read_text())["result"]
    shown = ["accuracy", "hit_rate", "classifier_score", "frechet_distance", "diversity"]
    titles = [COLUMNS[measure][0] for measure in shown]
    titles.insert(1, "above control, points")
    lines = [f"| | {' | '.join(titles)} |", "|---" * (len(titles) + 1) + "|"]
    for row in result["rows"]:
        if row["kind"] in ("real", "control", "contender"):
            cells = [cell(row, measure) for measure in shown]
            cells.insert(1, gain(row))
            lines.append(f"| {row['name']} | {' | '.join(cells)} |")
    return lines


def replace(readme, name, lines):
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    head, rest = readme.read_text().split(begin)
    text = "\n".join(lines)
    readme.write_text(f"{head}{begin}\n{text}\n{end}{rest.split(end)[1]}")


def table():
    lines = [line for name in STUDIES if file(name).is_file() for line in section(name)]
    replace(HOME / "java" / "README.md", "studies", lines)
    replace(HOME / "README.md", "systems", summary())


if __name__ == "__main__":
    chosen = sys.argv[1:]
    if not chosen or any(name not in (*STUDIES, "table") for name in chosen):
        sys.exit(__doc__)
    for name in chosen:
        table() if name == "table" else study(name)
