#!/usr/bin/env python3
"""PyTorch as a peer of `stic bench peers`: eager, compiled, or as a CUDA graph, in fp32 without TF32.

    torch_peer.py --device cpu|cuda --threads N      then line by line, see protocol.py
"""
import argparse
import contextlib
import time

import protocol

MODES = ("eager", "compile", "graph")
TRIALS = 3


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    try:
        import torch
        import torch_subjects
    except ImportError as missing:
        protocol.refuse(f"this Python cannot import PyTorch: {missing}")
    if wanted.device == "cuda" and not torch.cuda.is_available():
        protocol.refuse("this PyTorch sees no GPU")
    protocol.serve(configure(torch, wanted), lambda *request: prepare(torch, torch_subjects, wanted.device, *request))


def configure(torch, wanted):
    """The best legal settings that hold for all subjects."""
    torch.set_num_threads(wanted.threads)
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = False
    torch.backends.cudnn.benchmark = True
    settings = {"threads": str(torch.get_num_threads()), "precision": "fp32 without TF32"}
    if wanted.device == "cuda":
        settings["cudnn"] = f"{torch.backends.cudnn.version()}, benchmark"
        settings["gpu"] = torch.cuda.get_device_name()
    else:
        settings["oneDNN"] = "on" if torch.backends.mkldnn.is_available() else "off"
    return {"name": "PyTorch", "version": torch.__version__, "settings": settings}


def prepare(torch, subjects, device, subject, mode, arrays):
    """The fastest of the subject's layouts."""
    kind = subject.partition(":")[0]
    if kind not in subjects.KINDS:
        raise protocol.Absent(f"no {kind} is written for PyTorch")
    layouts = subjects.layouts(kind)
    candidates = {layout: build(torch, subjects, device, subject, mode, layout, arrays) for layout in layouts}
    times = {layout: quickest(candidate) for layout, candidate in candidates.items()} if len(layouts) > 1 else {}
    best = min(times, key=times.get) if times else layouts[0]
    chosen = candidates[best]
    chosen.settings = {"mode": mode, **({"layout": best} if times else {}), **chosen.settings}
    return chosen


def quickest(candidate):
    candidate.once()
    return min(candidate.seconds(1) for _ in range(TRIALS))


def build(torch, subjects, device, subject, mode, layout, arrays):
    kind, sizes = subject.partition(":")[0], protocol.sizes(subject)

    def made(dtype, place, transform):
        tensors = {name: torch.from_numpy(array).to(place, dtype) for name, array in arrays.items()}
        if layout == "channels_last":
            tensors = {name: t.contiguous(memory_format=torch.channels_last) if t.dim() == 4 else t
                       for name, t in tensors.items()}
        return subjects.KINDS[kind](tensors, subject, sizes, transform)

    timed, settings = in_mode(torch, mode, device, made)
    finish = torch.cuda.synchronize if device == "cuda" else (lambda: None)
    guard = torch.inference_mode if timed.forward_only else contextlib.nullcontext

    def guarded(work):
        def run():
            with guard():
                return work()
        return run
    return protocol.Subject(
        guarded(timed.once),
        lambda: guarded(timed.result)().detach().double().cpu().contiguous().numpy(),
        lambda: made(torch.float64, "cpu", lambda function: function).result().detach().numpy(),
        finish, settings)


def in_mode(torch, mode, device, made):
    """The work as a mode does it, and what is to be said of it."""
    plain = made(torch.float32, device, lambda function: function)
    if mode == "eager":
        return plain, {}
    if mode == "compile":
        if not hasattr(torch, "compile"):
            raise protocol.Absent(f"PyTorch {torch.__version__} has no torch.compile")
        start = time.perf_counter()
        compiled = made(torch.float32, device, torch.compile)
        with torch.inference_mode() if compiled.forward_only else contextlib.nullcontext():
            compiled.once()
        return compiled, {"compile seconds": f"{time.perf_counter() - start:.1f}"}
    if mode == "graph":
        if device != "cuda":
            raise protocol.Absent("CUDA graphs need a GPU")
        return protocol.Work(captured(torch, plain.once), plain.result, forward_only=False), {}
    raise protocol.Absent(f"PyTorch has no mode {mode}; there are {', '.join(MODES)}")


def captured(torch, once):
    """The work as a CUDA graph, captured after a warm-up on a side stream as PyTorch's notes ask."""
    side = torch.cuda.Stream()
    side.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(side):
        for _ in range(TRIALS):
            once()
    torch.cuda.current_stream().wait_stream(side)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        once()
    return graph.replay


if __name__ == "__main__":
    main()
