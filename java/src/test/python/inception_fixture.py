#!/usr/bin/env python3
"""Reference values of Inception-v3 from PyTorch, for weights that both sides make by a formula.

Run with Debian's packages python3-numpy and python3-torch:

    python3 java/src/test/python/inception_fixture.py

It rewrites java/src/test/resources/org/stic/model/inception.json, which InceptionV3Test compares
with. The network is written out here once more, from torchvision's and pytorch-fid's descriptions,
with PyTorch's own convolution, batch normalisation, pooling and interpolation.
"""
import json
import pathlib

import numpy as np
import torch
import torch.nn.functional as F

TARGET = pathlib.Path(__file__).parents[1] / "resources/org/stic/model/inception.json"


def numbers(key, count):
    """Numbers in [-1/2, 1/2) that look random: a hash of key and place (lowbias32)."""
    x = np.arange(1, count + 1, dtype=np.uint64) * 0x9E3779B9 + key * 0x85EBCA6B
    x &= 0xFFFFFFFF
    for shift, factor in ((16, 0x7FEB352D), (15, 0x846CA68B), (16, 1)):
        x ^= x >> np.uint64(shift)
        x = (x * np.uint64(factor)) & np.uint64(0xFFFFFFFF)
    return (x >> np.uint64(8)).astype(np.float64) / 2**24 - 0.5


class Network:
    """Weights are numbered in the order of their first use."""

    def __init__(self, classes):
        self.classes = classes
        self.fid = classes == 1008
        self.used = 0

    def tensor(self, *shape):
        self.used += 1
        return numbers(self.used, int(np.prod(shape))).reshape(shape)

    def conv(self, x, filters, kernel, stride=1, padding=0):
        height, width = kernel if isinstance(kernel, tuple) else (kernel, kernel)
        fan_in = x.shape[1] * height * width
        weight = self.tensor(filters, x.shape[1], height, width) * np.sqrt(24.0 / fan_in)
        gain = 1 + 0.2 * self.tensor(filters)
        bias = 0.1 * self.tensor(filters)
        mean = 0.1 * self.tensor(filters)
        variance = 1 + 0.5 * self.tensor(filters)
        weight, gain, bias, mean, variance = (
            torch.from_numpy(v.astype(np.float32)) for v in (weight, gain, bias, mean, variance)
        )
        x = F.conv2d(x, weight, stride=stride, padding=padding)
        return F.relu(F.batch_norm(x, mean, variance, gain, bias, False, 0.0, 1e-3))

    def mean(self, x):
        return F.avg_pool2d(x, 3, stride=1, padding=1, count_include_pad=not self.fid)

    def block_a(self, x, pool):
        b5 = self.conv(self.conv(x, 48, 1), 64, 5, padding=2)
        b3 = self.conv(self.conv(self.conv(x, 64, 1), 96, 3, padding=1), 96, 3, padding=1)
        b1 = self.conv(x, 64, 1)
        return torch.cat([b1, b5, b3, self.conv(self.mean(x), pool, 1)], 1)

    def block_b(self, x):
        b3 = self.conv(self.conv(x, 64, 1), 96, 3, padding=1)
        b1 = self.conv(x, 384, 3, stride=2)
        return torch.cat([b1, self.conv(b3, 96, 3, stride=2), F.max_pool2d(x, 3, 2)], 1)

    def block_c(self, x, c):
        b7 = self.conv(x, c, 1)
        b7 = self.conv(b7, c, (1, 7), padding=(0, 3))
        b7 = self.conv(b7, 192, (7, 1), padding=(3, 0))
        d = self.conv(x, c, 1)
        d = self.conv(d, c, (7, 1), padding=(3, 0))
        d = self.conv(d, c, (1, 7), padding=(0, 3))
        d = self.conv(d, c, (7, 1), padding=(3, 0))
        d = self.conv(d, 192, (1, 7), padding=(0, 3))
        b1 = self.conv(x, 192, 1)
        return torch.cat([b1, b7, d, self.conv(self.mean(x), 192, 1)], 1)

    def block_d(self, x):
        b3 = self.conv(x, 192, 1)
        b7 = self.conv(x, 192, 1)
        b7 = self.conv(b7, 192, (1, 7), padding=(0, 3))
        b7 = self.conv(b7, 192, (7, 1), padding=(3, 0))
        b3 = self.conv(b3, 320, 3, stride=2)
        return torch.cat([b3, self.conv(b7, 192, 3, stride=2), F.max_pool2d(x, 3, 2)], 1)

    def block_e(self, x, last):
        b3 = self.conv(x, 384, 1)
        d = self.conv(self.conv(x, 448, 1), 384, 3, padding=1)
        pooled = F.max_pool2d(x, 3, 1, 1) if last and self.fid else self.mean(x)
        return torch.cat(
            [
                self.conv(x, 320, 1),
                self.conv(b3, 384, (1, 3), padding=(0, 1)),
                self.conv(b3, 384, (3, 1), padding=(1, 0)),
                self.conv(d, 384, (1, 3), padding=(0, 1)),
                self.conv(d, 384, (3, 1), padding=(1, 0)),
                self.conv(pooled, 192, 1),
            ],
            1,
        )

    def __call__(self, x):
        if x.shape[1] == 1:
            x = x.repeat(1, 3, 1, 1)
        x = F.interpolate(x, size=(299, 299), mode="bilinear", align_corners=False)
        x = self.conv(x, 32, 3, stride=2)
        x = self.conv(x, 32, 3)
        x = F.max_pool2d(self.conv(x, 64, 3, padding=1), 3, 2)
        x = self.conv(x, 80, 1)
        x = F.max_pool2d(self.conv(x, 192, 3), 3, 2)
        for pool in (32, 64, 64):
            x = self.block_a(x, pool)
        x = self.block_b(x)
        for c in (128, 160, 160, 192):
            x = self.block_c(x, c)
        x = self.block_d(x)
        x = self.block_e(x, False)
        x = self.block_e(x, True)
        features = x.mean(dim=(2, 3))
        weight = torch.from_numpy((0.1 * self.tensor(self.classes, 2048)).astype(np.float32))
        bias = torch.from_numpy(self.tensor(self.classes).astype(np.float32))
        logits = features @ weight.T
        return features[0], (logits if self.fid else logits + bias)[0]


def case(classes, shape):
    image = torch.from_numpy((2 * numbers(9999, int(np.prod(shape)))).astype(np.float32))
    with torch.no_grad():
        features, logits = Network(classes)(image.reshape(1, *shape))
    return {
        "classes": classes,
        "shape": shape,
        "features": [float(x) for x in features[::64]],
        "features_norm": float(features.norm()),
        "logits": [float(x) for x in logits[::50]],
        "logits_norm": float(logits.norm()),
    }


def main():
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    cases = [case(1008, [3, 32, 32]), case(1000, [1, 28, 33])]
    parts = [json.dumps(c) for c in cases]
    TARGET.write_text("[\n" + ",\n".join(parts) + "\n]\n")
    print(f"made with torch {torch.__version__}")


if __name__ == "__main__":
    main()
