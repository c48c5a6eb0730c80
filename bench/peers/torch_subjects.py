"""The subjects of comparison in PyTorch: the same mathematics on the same operands as ours.

A kind is a function of (tensors by name, subject, sizes, transform) that returns a Work. It computes in the type of its
tensors, so that double tensors give the exact result. `transform` compiles a function, or leaves it.
"""
import math

import torch
import torch.nn.functional as F

import torch_networks
from protocol import Work
from torch_recipe import grmala_step, training_step

LANGEVIN_STEP, LANGEVIN_TEMPERATURE = 0.01, 0.5
MALA_STEP, MALA_TEMPERATURE = 1e-4, 1.0


def function(compute):
    """A kind that is a pure function of its tensors; several results lie one after another."""
    def kind(tensors, subject, sizes, transform):
        run, values = transform(lambda *operands: compute(sizes, *operands)), list(tensors.values())

        def once():
            return run(*values)

        def result():
            found = once()
            return found if isinstance(found, torch.Tensor) else torch.cat([part.flatten() for part in found])
        return Work(once, result)
    return kind


def matrix_product(sizes, a, b):
    return torch.matmul(a, b)


def gram_value(sizes, features):
    return torch.bmm(features, features.transpose(1, 2)).mul_(1 / features.shape[2])


def gram_gradient(sizes, features, target):
    """The gradient of sum_b |G - T|^2 / |T|^2, written out: two batched products, no tape."""
    scale = 1 / features.shape[2]
    difference = torch.baddbmm(target, features, features.transpose(1, 2), beta=-1, alpha=scale)
    norms = target.square().sum((1, 2))
    loss = difference.square().sum((1, 2)) / norms
    weighted = difference.mul_((4 * scale / norms).view(-1, 1, 1))
    return loss, torch.bmm(weighted, features)


def geometry(sizes):
    stride, padding = sizes[6], sizes[7]
    return (stride, stride), (padding, padding)


def convolution_forward(sizes, x, w):
    stride, padding = geometry(sizes)
    return F.conv2d(x, w, None, stride, padding)


def convolution_backward(mask, index):
    def compute(sizes, x, w, dy):
        stride, padding = geometry(sizes)
        return torch.ops.aten.convolution_backward(
            dy, x, w, None, stride, padding, (1, 1), False, (0, 0), 1, mask)[index]
    return compute


def langevin(sizes, x, g):
    noise = torch.empty_like(x).normal_(0, math.sqrt(2 * LANGEVIN_STEP * LANGEVIN_TEMPERATURE))
    return noise.add_(g, alpha=LANGEVIN_STEP).add_(x)


def metropolis(tensors, subject, sizes, transform):
    """The exact test of Langevin proposals, and the choice of position, gradient and density by chain."""
    def test(x, g, u, proposal, proposal_gradient, proposal_density):
        there = proposal - x
        forward = (there - MALA_STEP * g).square().sum(1)
        backward = (there + MALA_STEP * proposal_gradient).square().sum(1)
        log_ratio = (proposal_density - u) / MALA_TEMPERATURE + (forward - backward) / (4 * MALA_STEP * MALA_TEMPERATURE)
        accepted = torch.rand_like(log_ratio).log() < log_ratio
        chosen = accepted.unsqueeze(1)
        return (torch.where(chosen, proposal, x), torch.where(chosen, proposal_gradient, g),
                torch.where(accepted, proposal_density, u), log_ratio.clamp(max=0).exp())
    run, values = transform(test), list(tensors.values())
    return Work(lambda: run(*values), lambda: run(*values)[3])


def network(product):
    """Logits of images, or the gradient of the logits' logsumexp by the images, of a network of torch_networks."""
    def kind(tensors, subject, sizes, transform):
        name = subject.partition(":")[2].partition("/")[0]
        weights = dict(tensors)
        prepared = torch_networks.prepare(name, weights.pop("images"))
        module = torch_networks.named(name).to(prepared).eval().requires_grad_(False)
        module.load_state_dict(weights, strict=False)
        run = transform(module)
        if product == "forward":
            return Work(lambda: run(prepared))
        prepared.requires_grad_(True)
        scale = 0.5 / torch_networks.preprocessing(name)[1]

        def gradient():
            return torch.autograd.grad(run(prepared).logsumexp(1).sum(), prepared)[0]
        return Work(gradient, lambda: gradient() * scale.to(prepared), forward_only=False)
    return kind


KINDS = {
    "matrix-product": function(matrix_product),
    "gram-value": function(gram_value),
    "gram-gradient": function(gram_gradient),
    "convolution-forward": function(convolution_forward),
    "convolution-backward-data": function(convolution_backward((True, False, False), 0)),
    "convolution-backward-filter": function(convolution_backward((False, True, False), 1)),
    "langevin": function(langevin),
    "metropolis": metropolis,
    "grmala-step": grmala_step,
    "training-step": training_step,
    "network-forward": network("forward"),
    "network-gradient": network("gradient"),
}


def layouts(kind):
    """The memory formats that are tried; the fastest is kept."""
    images = kind.startswith(("convolution", "network", "grmala", "training"))
    return ("contiguous", "channels_last") if images else ("contiguous",)
