"""What all peers in Python share: they answer `stic bench peers` line by line.

    (started)                      ready {"name": ..., "version": ..., "settings": {...}}  |  absent WHY
    prepare SUBJECT MODE FOLDER    ready {"setting": "value", ...}                         |  absent WHY
    result FILE                    ready          the result of one call on the operands, as little-endian doubles
    exact FILE                     ready          the same computed in double precision   |  absent WHY
    run N                          seconds S      the wall time of N calls
    processor                      seconds S      the processor time of this process so far

FOLDER holds `operands.txt`, a line `name size size ...` for each operand, and `name.f32` with its little-endian floats.
Whatever else goes wrong is answered with `error WHY`. The end of the input ends the peer.
"""
import json
import os
import pathlib
import re
import sys
import time

import numpy


class Absent(Exception):
    """The peer has no such thing; its text says why."""


class Work:
    """once: does the work once; result: what it yields on the operands; forward_only: no gradient is asked for."""

    def __init__(self, once, result=None, forward_only=True):
        self.once, self.result, self.forward_only = once, result or once, forward_only


class Subject:
    """What is prepared: work to time, and what it yields.

    once: does the work once; finish: waits for it; result and exact: arrays, exact may raise Absent
    """

    def __init__(self, once, result, exact, finish=lambda: None, settings=None):
        self.once, self.result, self.exact, self.finish = once, result, exact, finish
        self.settings = settings or {}

    def seconds(self, calls):
        self.finish()
        start = time.perf_counter()
        for _ in range(calls):
            self.once()
        self.finish()
        return time.perf_counter() - start


def operands(folder):
    """Arrays of floats by name, in the order in which they are listed."""
    folder = pathlib.Path(folder)
    found = {}
    for line in (folder / "operands.txt").read_text().splitlines():
        name, *sizes = line.split()
        found[name] = numpy.fromfile(folder / f"{name}.f32", dtype="<f4").reshape([int(size) for size in sizes])
    return found


def sizes(subject):
    """The numbers in the part of a subject's name behind the colon."""
    return [int(number) for number in re.findall(r"\d+", subject.partition(":")[2])]


def answers_only():
    """The stream of answers; whatever libraries print goes to standard error instead."""
    stream = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    return stream


def serve(greeting, prepare):
    """Answers until the input ends.

    greeting: what the first line tells; prepare: makes a Subject of (subject, mode, operands)
    """
    out = answers_only()
    prepared = None

    def say(kind, text=""):
        print(kind, text if isinstance(text, str) else json.dumps(text), file=out, flush=True)

    say("ready", greeting)
    for line in sys.stdin:
        command, *words = line.rstrip("\n").split(" ", 3)
        try:
            if command == "prepare":
                prepared = None
                prepared = prepare(words[0], words[1], operands(words[2]))
                say("ready", prepared.settings)
            elif command in ("result", "exact"):
                numpy.asarray(getattr(prepared, command)(), dtype="<f8").tofile(words[0])
                say("ready")
            elif command == "run":
                say("seconds", f"{prepared.seconds(int(words[0])):.9f}")
            elif command == "processor":
                say("seconds", f"{time.process_time():.9f}")
            else:
                say("error", f"unknown command {command}")
        except Absent as missing:
            say("absent", one_line(missing))
        except Exception as problem:
            say("error", f"{type(problem).__name__}: {one_line(problem)}")


def one_line(problem):
    return " ".join(str(problem).split())[:400] or type(problem).__name__


def refuse(why):
    """Ends a peer that cannot work here."""
    print("absent", " ".join(str(why).split()), file=answers_only(), flush=True)
    sys.exit(0)
