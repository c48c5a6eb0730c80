#!/usr/bin/env python3
"""Chains in JAX as a peer of `stic bench peers`: MALA with jit, vmap and scan.

    jax_peer.py --device cpu|cuda --threads N      then line by line, see protocol.py
"""
import argparse
import os

import protocol

SCAN_STEPS = 100


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cpu")
    parser.add_argument("--threads", type=int, default=1)
    wanted = parser.parse_args()
    os.environ["JAX_PLATFORMS"] = wanted.device
    if wanted.device == "cpu":
        # XLA takes as many threads as it sees processors.
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:wanted.threads])
    try:
        import jax
        device = jax.devices()[0]
    except (ImportError, RuntimeError) as missing:
        protocol.refuse(f"this Python cannot use JAX: {missing}")
    greeting = {"name": "JAX", "version": jax.__version__, "settings": {
        "threads": str(wanted.threads), "device": device.device_kind, "form": "jit, vmap, scan of 100 steps"}}
    protocol.serve(greeting, lambda subject, mode, arrays: prepare(jax, subject, arrays))


def prepare(jax, subject, arrays):
    kind = subject.partition(":")[0]
    if kind != "mala-gaussian":
        raise protocol.Absent(f"no {kind} is written for JAX")
    import numpy
    run = chains(jax, jax.numpy.asarray(arrays["precision"]), float(arrays["step-size"][0]))
    state = {"x": jax.numpy.asarray(arrays["start"]), "key": jax.random.key(1)}

    def once():
        state["x"], state["key"] = run(state["x"], state["key"])

    def result():
        once()
        return numpy.asarray(state["x"], dtype="f8")

    def exact():
        raise protocol.Absent("chains are random")
    return protocol.Subject(once, result, exact, lambda: state["x"].block_until_ready())


def chains(jax, precision, step_size):
    """Steps of all chains, density exp(-x' P x / 2) with diagonal P; value and gradient are kept from step to step."""
    numpy = jax.numpy
    value_and_gradient = jax.value_and_grad(lambda x: -0.5 * numpy.sum(precision * x * x))

    def step(state, key):
        x, value, gradient = state
        noise_key, test_key = jax.random.split(key)
        proposal = x + step_size * gradient + numpy.sqrt(2 * step_size) * jax.random.normal(noise_key, x.shape)
        proposed_value, proposed_gradient = value_and_gradient(proposal)
        forward = numpy.sum((proposal - x - step_size * gradient) ** 2)
        backward = numpy.sum((x - proposal - step_size * proposed_gradient) ** 2)
        log_ratio = proposed_value - value + (forward - backward) / (4 * step_size)
        taken = numpy.log(jax.random.uniform(test_key)) < log_ratio
        new = (proposal, proposed_value, proposed_gradient)
        return tuple(numpy.where(taken, a, b) for a, b in zip(new, state)), None

    def chain(x, key):
        value, gradient = value_and_gradient(x)
        state, _ = jax.lax.scan(step, (x, value, gradient), jax.random.split(key, SCAN_STEPS))
        return state[0]

    @jax.jit
    def run(x, key):
        key, used = jax.random.split(key)
        return jax.vmap(chain)(x, jax.random.split(used, x.shape[0])), key
    return run


if __name__ == "__main__":
    main()
