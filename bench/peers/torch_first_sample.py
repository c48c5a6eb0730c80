#!/usr/bin/env python3
"""From nothing to the first accepted sample in PyTorch, as org.stic.bench.FirstSample does it: the recipe's classifier,
Gram targets of ten images, one chain of eight exact steps (MALA, reflecting walls). Prints the sum of the pixels.

    torch_first_sample.py [--device cpu|cuda]
"""
import argparse
import math

import torch
import torch.nn.functional as F

import torch_recipe

STEPS, STEP_SIZE, TEMPERATURE = 8, 1e-4, 1e-3


def reflect(x):
    """Into the box [-1, 1]."""
    folded = (x + 1) % 4
    return torch.where(folded > 2, 4 - folded, folded) - 1


def density(weights, wanted, targets, x):
    maps, logits = torch_recipe.classify(weights, x)
    score = (F.logsigmoid(logits[:, :torch_recipe.CLASSES]) * wanted).sum()
    distance = sum(torch_recipe.gram_distance(maps[layer], target).sum() for layer, target in enumerate(targets))
    return score - torch_recipe.GRAM_WEIGHT / len(targets) * distance


def value_and_gradient(weights, wanted, targets, x):
    variable = x.detach().requires_grad_(True)
    value = density(weights, wanted, targets, variable)
    return value.item(), torch.autograd.grad(value, variable)[0]


def log_proposal(there, here, gradient):
    """log q(there | here), with the mirror images at the walls."""
    mean = here + STEP_SIZE * gradient
    images = torch.stack([there, 2 - there, -2 - there])
    return torch.logsumexp(-(images - mean).square() / (4 * STEP_SIZE * TEMPERATURE), 0).sum().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", choices=("cuda", "cpu"), default="cpu")
    device = parser.parse_args().device
    operands = {name: tensor.to(device) for name, tensor in torch_recipe.random_operands(1).items()}
    weights, wanted = torch_recipe.parameters(operands), operands["class-weights"]
    with torch.no_grad():
        maps, _ = torch_recipe.classify(weights, torch.rand(torch_recipe.CLASSES, 1, 28, 28, device=device) * 2 - 1)
        targets = [torch_recipe.gram(maps[layer])[:1] for layer in (0, 1)]
    x = operands["images"]
    value, gradient = value_and_gradient(weights, wanted, targets, x)
    for _ in range(STEPS):
        noise = math.sqrt(2 * STEP_SIZE * TEMPERATURE) * torch.randn_like(x)
        proposal = reflect(x + STEP_SIZE * gradient + noise)
        proposed_value, proposed_gradient = value_and_gradient(weights, wanted, targets, proposal)
        log_ratio = ((proposed_value - value) / TEMPERATURE + log_proposal(x, proposal, proposed_gradient)
                     - log_proposal(proposal, x, gradient))
        if math.log(torch.rand(()).item()) < log_ratio:
            x, value, gradient = proposal, proposed_value, proposed_gradient
    print(x.sum().item())


if __name__ == "__main__":
    main()
