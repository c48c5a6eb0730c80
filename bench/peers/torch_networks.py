"""The networks of org.stic.model in PyTorch (1.13, as Debian 12 has it, or newer), with the same parameter names."""
import torch
import torch.nn.functional as F
from torch import nn


class CifarBlock(nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.stride, self.missing = stride, (width - channels) // 2

    def forward(self, x):
        y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
        if self.stride != 1 or self.missing:
            x = F.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, self.missing, self.missing))
        return F.relu(x + y)


class CifarResNet(nn.Module):
    """ResNet-20, -56, ... for CIFAR-10 with shortcuts without parameters."""

    def __init__(self, depth, classes=10, width=16):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 3, 1, 1, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        channels = width
        for stage in range(3):
            blocks = []
            for block in range((depth - 2) // 6):
                blocks.append(CifarBlock(channels, width << stage, 2 if stage and not block else 1))
                channels = width << stage
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.linear = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(F.relu(self.bn1(self.conv1(x))))))
        return self.linear(x.mean((2, 3)))


class JemBlock(nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.conv1 = nn.Conv2d(channels, width, 3, 1, 1)
        self.conv2 = nn.Conv2d(width, width, 3, stride, 1)
        changes = stride != 1 or channels != width
        self.shortcut = nn.Sequential(*([nn.Conv2d(channels, width, 1, stride)] if changes else []))

    def forward(self, x):
        y = self.conv2(F.leaky_relu(self.conv1(F.leaky_relu(x, 0.2)), 0.2))
        return y + self.shortcut(x)


class JemWideResNet(nn.Module):
    """The wide ResNet of JEM: no normalisation, the stride on a block's second convolution."""

    def __init__(self, depth=28, widen=10, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1)
        channels = 16
        for stage in range(3):
            blocks, width = [], 16 * widen << stage
            for block in range((depth - 4) // 6):
                blocks.append(JemBlock(channels, width, 2 if stage and not block else 1))
                channels = width
            setattr(self, f"layer{stage + 1}", nn.Sequential(*blocks))
        self.linear = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.layer3(self.layer2(self.layer1(self.conv1(x))))
        return self.linear(F.leaky_relu(x, 0.2).mean((2, 3)))


class WideBlock(nn.Module):
    def __init__(self, channels, width, stride):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(channels)
        self.conv1 = nn.Conv2d(channels, width, 3, stride, 1, bias=False)
        self.bn2 = nn.BatchNorm2d(width)
        self.conv2 = nn.Conv2d(width, width, 3, 1, 1, bias=False)
        if channels != width:
            self.convShortcut = nn.Conv2d(channels, width, 1, stride, 0, bias=False)

    def forward(self, x):
        y = F.relu(self.bn1(x))
        around = self.convShortcut(y) if hasattr(self, "convShortcut") else x
        return around + self.conv2(F.relu(self.bn2(self.conv1(y))))


class WideStage(nn.Module):
    def __init__(self, blocks):
        super().__init__()
        self.layer = nn.Sequential(*blocks)

    def forward(self, x):
        return self.layer(x)


class WideResNet(nn.Module):
    """The standard wide ResNet with batch normalisation, named as in xternalbow's WideResNet-pytorch."""

    def __init__(self, depth=28, widen=10, classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 16, 3, 1, 1, bias=False)
        channels = 16
        for stage in range(3):
            blocks, width = [], 16 * widen << stage
            for block in range((depth - 4) // 6):
                blocks.append(WideBlock(channels, width, 2 if stage and not block else 1))
                channels = width
            setattr(self, f"block{stage + 1}", WideStage(blocks))
        self.bn1 = nn.BatchNorm2d(channels)
        self.fc = nn.Linear(channels, classes)

    def forward(self, x):
        x = self.block3(self.block2(self.block1(self.conv1(x))))
        return self.fc(F.relu(self.bn1(x)).mean((2, 3)))


# Mean and deviation of pixels in [0, 1] that the published networks expect; JEM's takes pixels in [-1, 1].
PREPROCESSING = {
    "resnet": ((0.485, 0.456, 0.406), (0.229, 0.224, 0.225)),
    "wrn": ((125.3 / 255, 123.0 / 255, 113.9 / 255), (63.0 / 255, 62.1 / 255, 66.7 / 255)),
    "jem": ((0.5, 0.5, 0.5), (0.5, 0.5, 0.5)),
}


def preprocessing(name):
    mean, deviation = next(value for key, value in PREPROCESSING.items() if name.startswith(key))
    return torch.tensor(mean).view(1, 3, 1, 1), torch.tensor(deviation).view(1, 3, 1, 1)


def prepare(name, pixels):
    """Pixels in [-1, 1] as a network expects them."""
    mean, deviation = preprocessing(name)
    return ((pixels + 1) / 2 - mean) / deviation


def named(name):
    """The network of a name of ours; its weights are random."""
    networks = {"resnet56": lambda: CifarResNet(56), "wrn-28-10": WideResNet, "jem-wrn-28-10": JemWideResNet}
    return networks[name]()
