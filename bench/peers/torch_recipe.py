"""The recipe's two programs in PyTorch: a step of its chains, and an update of its classifier."""
import math

import torch
import torch.nn.functional as F

from protocol import Work

STRIDES_AND_PADDINGS = ((2, 1), (2, 1), (1, 1), (2, 1))
CLASSES = 10
GRAM_WEIGHT, STEP_SIZE, TEMPERATURE = 20.0, 1.0, 1e-4
REAL, MIXUP, HARD, SOFT = 64, 32, 48, 24
INPUT_NOISE, RATE, CLIP_NORM = 0.03, 1e-3, 5.0


FILTERS = ((16, 1, 4, 4), (32, 16, 4, 4), (64, 32, 3, 3), (64, 64, 4, 4))
FEATURES = 64 * 3 * 3


def random_operands(chains):
    """An untrained network, blank canvases with noise, a class and Gram targets."""
    tensors = {}
    for layer, shape in enumerate(FILTERS, 1):
        tensors[f"convolution{layer}.weight"] = torch.randn(shape) * math.sqrt(2 / math.prod(shape[1:]))
        tensors[f"convolution{layer}.bias"] = torch.zeros(shape[0])
    tensors["head.weight"] = torch.randn(CLASSES + 2, FEATURES) * 0.02
    tensors["head.bias"] = torch.zeros(CLASSES + 2)
    tensors["images"] = (torch.randn(chains, 1, 28, 28) * 0.3 - 1).clamp(-1, 1)
    tensors["class-weights"] = torch.eye(CLASSES).repeat(chains // CLASSES + 1, 1)[:chains]
    for layer in (1, 2):
        features = torch.randn(chains, FILTERS[layer - 1][0], 4 * FILTERS[layer - 1][0])
        tensors[f"target{layer}"] = features @ features.transpose(1, 2) / features.shape[2]
    return tensors


def parameters(tensors):
    return {name: tensor for name, tensor in tensors.items() if name.startswith(("convolution", "head"))}


def classify(weights, images):
    """Maps after every convolution's SiLU, and the logits: the classes, "fake", a spare."""
    maps, x = [], images
    for layer, (stride, padding) in enumerate(STRIDES_AND_PADDINGS, 1):
        x = F.silu(F.conv2d(x, weights[f"convolution{layer}.weight"], weights[f"convolution{layer}.bias"], stride, padding))
        maps.append(x)
    return maps, F.linear(x.flatten(1), weights["head.weight"], weights["head.bias"])


def gram(maps):
    features = maps.flatten(2)
    return torch.bmm(features, features.transpose(1, 2)) / features.shape[2]


def gram_distance(maps, target):
    return (gram(maps) - target).square().sum((1, 2)) / target.square().sum((1, 2))


def grmala_step(tensors, subject, sizes, transform):
    """x <- clip(x + eps grad U(x) + sqrt(2 eps T) n), U = sum_k w_k log sigmoid(z_k) - lambda mean_l |G_l - T_l|^2 / |T_l|^2"""
    weights, wanted = parameters(tensors), tensors["class-weights"]
    targets = [tensors["target1"], tensors["target2"]]

    def density(x):
        maps, logits = classify(weights, x)
        score = (F.logsigmoid(logits[:, :CLASSES]) * wanted).sum()
        distance = sum(gram_distance(maps[layer], target).sum() for layer, target in enumerate(targets))
        return score - GRAM_WEIGHT / len(targets) * distance
    value = transform(density)

    def step(x, temperature):
        variable = x.detach().requires_grad_(True)
        gradient, = torch.autograd.grad(value(variable), variable)
        with torch.no_grad():
            x.add_(gradient, alpha=STEP_SIZE)
            if temperature:
                x.add_(torch.randn_like(x), alpha=math.sqrt(2 * STEP_SIZE * temperature))
            return x.clamp_(-1, 1)
    state = tensors["images"].clone()
    return Work(lambda: step(state, TEMPERATURE), lambda: step(tensors["images"].clone(), 0), forward_only=False)


def loss_a(weights, images, wanted):
    """Cross-entropy on real and mixed images; softplus(-z) of the class on real ones, softplus(z) on drawings."""
    logits = classify(weights, images)[1][:, :CLASSES]
    first = REAL + MIXUP
    total = F.cross_entropy(logits[:REAL], wanted[:REAL]) + F.cross_entropy(logits[REAL:first], wanted[REAL:first])
    for rows, sign, weight in ((slice(0, REAL), -1, 1.0), (slice(first, first + HARD), 1, 0.3),
                               (slice(first + HARD, None), 1, 0.15)):
        total = total + weight * (F.softplus(sign * logits[rows]) * wanted[rows]).sum() / len(wanted[rows])
    return total


def training_step(tensors, subject, sizes, transform):
    """Loss A on noisy images, its gradient, the norm clipped, Adam; the result is the clipped gradient."""
    images, wanted = tensors["images"], tensors["class-weights"]
    value = transform(loss_a)

    def fresh():
        return {name: tensor.clone().requires_grad_(True) for name, tensor in parameters(tensors).items()}

    def differentiate(weights, noise):
        batch = images + noise * torch.randn_like(images) if noise else images
        value(weights, batch, wanted).backward()
        torch.nn.utils.clip_grad_norm_(list(weights.values()), CLIP_NORM)

    trained = fresh()
    optimizer = adam(trained.values())

    def update():
        optimizer.zero_grad(set_to_none=True)
        differentiate(trained, INPUT_NOISE)
        optimizer.step()

    def gradient():
        weights = fresh()
        differentiate(weights, 0)
        return torch.cat([tensor.grad.flatten() for tensor in weights.values()])
    return Work(update, gradient, forward_only=False)


def adam(weights):
    """Fused where this PyTorch has it for these tensors."""
    weights = list(weights)
    try:
        return torch.optim.Adam(weights, RATE, betas=(0.0, 0.999), fused=True, capturable=weights[0].is_cuda)
    except (TypeError, RuntimeError):
        return torch.optim.Adam(weights, RATE, betas=(0.0, 0.999))
