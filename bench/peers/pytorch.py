# PyTorch and numpy as peers of the benchmarks: a process that answers one JSON request a line on standard input with one
# JSON line on standard output, so that ours and the peer can take turns. Times inside the process: the pipe costs nothing.
import ctypes
import json
import math
import os
import sys
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

ACTIVATIONS = {
    "linear": nn.Identity,
    "relu": nn.ReLU,
    "leakyRelu": lambda: nn.LeakyReLU(0.01),
    "sigmoid": nn.Sigmoid,
    "tanh": nn.Tanh,
}
DEFAULT_BATCH_NORM_MOMENTUM = 0.9
DEFAULT_BATCH_NORM_EPSILON = 1e-3


class Pad(nn.Module):
    """Zero padding that differs from side to side, as TensorFlow's "same" has it with strides."""

    def __init__(self, top, left, bottom, right):
        super().__init__()
        self.pads = (left, right, top, bottom)

    def forward(self, x):
        return F.pad(x, self.pads)


class GlobalPool(nn.Module):
    def __init__(self, largest):
        super().__init__()
        self.largest = largest

    def forward(self, x):
        return x.amax((2, 3)) if self.largest else x.mean((2, 3))


def resolve_padding(padding, extents, window, stride):
    """Pixels at top, left, bottom, right."""
    if padding == "valid":
        return [0, 0, 0, 0]
    if padding != "same":
        return list(padding)
    total = [max((math.ceil(e / s) - 1) * s + w - e, 0) for e, w, s in zip(extents, window, stride)]
    return [total[0] // 2, total[1] // 2, total[0] - total[0] // 2, total[1] - total[1] // 2]


class Network(nn.Module):
    """A network from our NetworkConfig; gives logits, and in training those of the auxiliary outputs too."""

    def __init__(self, config):
        super().__init__()
        layers, _, ends = build(config["layers"], config["input"])
        self.main = nn.ModuleList(layers)
        auxiliary = config.get("auxiliary", [])
        # By the number of modules that an output comes after.
        self.places = [ends[output["after"]][0] for output in auxiliary]
        self.weights = [output["weight"] for output in auxiliary]
        self.exits = nn.ModuleList(
            nn.Sequential(*build(output["layers"], ends[output["after"]][1])[0]) for output in auxiliary
        )

    def in_order(self):
        """The modules that have parameters, in the order of our parameters."""
        return [*self.main, *(layer for part in self.exits for layer in part)]

    def losses(self, x, targets):
        """The loss that is learned from, and the part of it that is the last output's."""
        total = 0
        for count, layer in enumerate(self.main, 1):
            x = layer(x)
            for place, weight, part in zip(self.places, self.weights, self.exits):
                if place == count:
                    total = total + weight * F.cross_entropy(part(x), targets)
        last = F.cross_entropy(x, targets)
        return total + last, last

    def forward(self, x):
        for layer in self.main:
            x = layer(x)
        return x


def build(configs, start):
    """Modules of a chain of layers, the shape that comes out, and of each layer by its name the modules up to it and its shape."""
    layers = []
    shape = list(start)
    ends, counts = {}, {}
    for layer in configs:
        kind = layer["type"]
        counts[kind] = counts.get(kind, 0) + 1
        if kind == "conv2d":
            kernel, stride = layer["kernel"], layer.get("stride", [1, 1])
            top, left, bottom, right = resolve_padding(layer.get("padding", "valid"), shape[1:], kernel, stride)
            even = top == bottom and left == right
            if not even:
                layers.append(Pad(top, left, bottom, right))
            layers.append(
                nn.Conv2d(
                    shape[0],
                    layer["filters"],
                    kernel,
                    stride,
                    (top, left) if even else 0,
                    groups=layer.get("groups", 1),
                    bias=layer.get("bias", True),
                )
            )
            rows, columns = shape[1] + top + bottom, shape[2] + left + right
            shape = [layer["filters"], (rows - kernel[0]) // stride[0] + 1, (columns - kernel[1]) // stride[1] + 1]
        elif kind in ("maxPool2d", "averagePool2d"):
            size = layer["size"]
            stride = layer.get("stride", size)
            if any(resolve_padding(layer.get("padding", "valid"), shape[1:], size, stride)):
                raise ValueError("padded pooling is not built here")
            layers.append((nn.MaxPool2d if kind == "maxPool2d" else nn.AvgPool2d)(size, stride))
            shape = [shape[0], (shape[1] - size[0]) // stride[0] + 1, (shape[2] - size[1]) // stride[1] + 1]
        elif kind in ("globalMaxPool2d", "globalAveragePool2d"):
            layers.append(GlobalPool(kind == "globalMaxPool2d"))
            shape = [shape[0]]
        elif kind == "flatten":
            layers.append(nn.Flatten())
            shape = [math.prod(shape)]
        elif kind == "dense":
            layers.append(nn.Linear(shape[0], layer["units"], bias=layer.get("bias", True)))
            shape = [layer["units"]]
        elif kind == "batchNorm":
            layers.append(
                (nn.BatchNorm2d if len(shape) == 3 else nn.BatchNorm1d)(
                    shape[0],
                    eps=layer.get("epsilon", DEFAULT_BATCH_NORM_EPSILON),
                    momentum=1 - layer.get("momentum", DEFAULT_BATCH_NORM_MOMENTUM),
                )
            )
        elif kind == "dropout":
            layers.append(nn.Dropout(layer["rate"]))
        elif kind != "activation":
            raise ValueError(f"layer type {kind} is not built here")
        if layer.get("activation", "linear") != "linear":
            layers.append(ACTIVATIONS[layer["activation"]]())
        ends[f"{kind}_{counts[kind]}"] = (len(layers), list(shape))
    return layers, shape, ends


def load_weights(network, path):
    """Our parameters, one after the other in the order of the layers, float32; dense kernels are [inputs, units]."""
    values = torch.from_numpy(np.fromfile(path, dtype=np.float32))
    at = 0

    def take(shape):
        nonlocal at
        count = math.prod(shape)
        at += count
        return values[at - count : at].reshape(shape)

    with torch.no_grad():
        for layer in network.in_order():
            if isinstance(layer, nn.Linear):
                layer.weight.copy_(take(layer.weight.T.shape).T)
            elif isinstance(layer, nn.Conv2d):
                layer.weight.copy_(take(layer.weight.shape))
            elif isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d)):
                for tensor in (layer.weight, layer.bias, layer.running_mean, layer.running_var):
                    tensor.copy_(take(tensor.shape))
                continue
            else:
                continue
            if layer.bias is not None:
                layer.bias.copy_(take(layer.bias.shape))
    if at != len(values):
        raise ValueError(f"{path}: expected {at} weights, received {len(values)}")


class Model:
    def __init__(self, config, weights):
        self.network = Network(config)
        load_weights(self.network, weights)
        self.optimizer = torch.optim.Adam(self.network.parameters(), lr=0.001, eps=1e-7)

    def step(self, images, targets):
        self.optimizer.zero_grad(set_to_none=True)
        loss, last = self.network.losses(images, targets)
        loss.backward()
        self.optimizer.step()
        return last


class Session:
    def __init__(self):
        self.models = {}
        self.order = None

    def info(self):
        return {
            "torch": torch.__version__,
            "numpy": np.__version__,
            "python": sys.version.split()[0],
            "threads": torch.get_num_threads(),
            "openblas": openblas_kind(),
        }

    def data(self, images, targets, height, width):
        self.images = torch.from_numpy(np.fromfile(images, dtype=np.uint8).reshape(-1, 1, height, width))
        self.targets = torch.from_numpy(np.fromfile(targets, dtype=np.uint16).astype(np.int64))
        self.at = len(self.images)

    def model(self, id, config, weights):
        self.models[id] = Model(config, weights)

    def forget(self, id):
        del self.models[id]

    def batch(self, size):
        """The next shuffled batch, as the data set has it: bytes to numbers in 0..1 belongs to the step, as in ours."""
        if self.at + size > len(self.images):
            self.order = torch.randperm(len(self.images))
            self.at = 0
        chosen = self.order[self.at : self.at + size]
        self.at += size
        return self.images[chosen].float().div_(255), self.targets[chosen]

    def train(self, id, batch, seconds):
        model = self.models[id]
        model.network.train()
        return timed(lambda: model.step(*self.batch(batch)).item(), seconds) * batch

    def train_steps(self, id, batch, steps):
        model = self.models[id]
        model.network.train()
        for _ in range(steps):
            model.step(*self.batch(batch)).item()

    def losses(self, id, batch, steps):
        """Loss of each step over the first pictures in their own order: the same for every engine."""
        model = self.models[id]
        model.network.train()
        parts = [slice(step * batch, (step + 1) * batch) for step in range(steps)]
        return [model.step(self.images[part].float().div_(255), self.targets[part]).item() for part in parts]

    def infer(self, id, batch, seconds):
        network = self.models[id].network.eval()
        images = self.images[:batch].float().div_(255)
        with torch.no_grad():
            return timed(lambda: network(images).softmax(1).numpy(), seconds) * batch

    def predict(self, id, count):
        network = self.models[id].network.eval()
        with torch.no_grad():
            return network(self.images[:count].float().div_(255)).softmax(1).flatten().tolist()

    def sgemm(self, size, seconds):
        random = np.random.default_rng(1)
        a, b = (random.random((size, size), dtype=np.float32) for _ in range(2))
        out = np.empty((size, size), dtype=np.float32)
        return timed(lambda: np.matmul(a, b, out=out), seconds) * 2 * size**3 / 1e9

    def save(self, id, path):
        torch.save(self.models[id].network.state_dict(), path)
        return os.path.getsize(path)

    def memory(self):
        return {name: status_kib(name) for name in ("VmHWM", "VmRSS")}


def timed(work, seconds):
    """Calls a second, over at least that many seconds."""
    start = time.perf_counter()
    count = 0
    while time.perf_counter() - start < seconds:
        work()
        count += 1
    return count / (time.perf_counter() - start)


def status_kib(name):
    with open("/proc/self/status") as status:
        for line in status:
            if line.startswith(name):
                return int(line.split()[1])
    return 0


def openblas_kind():
    """The kernel that OpenBLAS chose by the processor, and how it runs threads."""
    try:
        library = ctypes.CDLL("libopenblas.so.0")
        library.openblas_get_corename.restype = ctypes.c_char_p
        threading = ("sequential", "pthread", "OpenMP")[library.openblas_get_parallel()]
        return f"{library.openblas_get_corename().decode()}, {threading}"
    except (OSError, AttributeError, IndexError):
        return "unknown"


def main():
    torch.set_num_threads(int(sys.argv[1]))
    torch.manual_seed(1)
    # Ours runs so too: numbers near 0 must not cost a hundred times as much.
    torch.set_flush_denormal(True)
    session = Session()
    for line in sys.stdin:
        request = json.loads(line)
        try:
            answer = {"answer": getattr(session, request["ask"])(**request["with"])}
        except Exception as error:  # reported to the benchmark, which fails with it
            answer = {"error": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), flush=True)


main()
