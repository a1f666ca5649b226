#!/usr/bin/env python3
"""Trains the attitude towards a target: a linear three-class model over hashed features, averaged, in eight bits.

    cargo run --release -p columnist-transforms --example attitude_features < targets_train.jsonl > train.txt
    cargo run --release -p columnist-transforms --example attitude_features < targets_dev.jsonl > dev.txt
    python3 train.py train.txt dev.txt ../../seeds/models/sentiment.bin      # needs numpy

Data: NewsMTSC (Hamborg and Donnay 2021), MIT. The seed fixes the result; no dev example is trained on.
"""
import argparse
import struct
import numpy as np

SLOTS = 1 << 18  # SLOTS_LOG2 of transforms/src/sentiment/target.rs


def load(path):
    """The classes and the feature slots of each line."""
    ys, xs = [], []
    for line in open(path):
        y, *slots = map(int, line.split())
        ys.append(y)
        xs.append(np.array(slots, dtype=np.int32))
    return np.array(ys), xs


def scores(weights, xs):
    return np.array([weights[x].sum(0) for x in xs])


def macro(gold, got):
    out = []
    for c in range(3):
        tp = ((gold == c) & (got == c)).sum()
        out.append(2 * tp / max(1, (gold == c).sum() + (got == c).sum()))
    return 100 * np.mean(out), [round(100 * float(v), 1) for v in out]


def train(ys, xs, a, rng):
    weights, grads = np.zeros((SLOTS, 3)), np.full((SLOTS, 3), 1e-6)
    mean, n = np.zeros((SLOTS, 3)), 0
    share = np.bincount(ys, minlength=3) / len(ys)
    cost = (1 / (3 * share)) ** a.balance
    for epoch in range(a.epochs):
        for i in rng.permutation(len(ys)):
            x = xs[i]
            x = x[rng.random(len(x)) >= a.dropout]
            z = weights[x].sum(0)
            p = np.exp(z - z.max())
            p /= p.sum()
            g = p * cost[ys[i]]
            g[ys[i]] -= cost[ys[i]]
            u = np.unique(x)
            step = g[None, :] + a.l2 * weights[u]
            grads[u] += step ** 2
            weights[u] -= a.rate * step / np.sqrt(grads[u])
        if epoch >= a.epochs // 2:
            mean += weights
            n += 1
    return (1 - a.dropout) * mean / n


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("train")
    ap.add_argument("dev")
    ap.add_argument("out")
    ap.add_argument("--epochs", type=int, default=24)
    ap.add_argument("--rate", type=float, default=0.02)
    ap.add_argument("--l2", type=float, default=0.003)
    ap.add_argument("--dropout", type=float, default=0.5)
    ap.add_argument("--balance", type=float, default=0.8)
    ap.add_argument("--models", type=int, default=8, help="models whose mean is taken; a mean of linear models is one")
    ap.add_argument("--seed", type=int, default=1)
    a = ap.parse_args()
    ys, xs = load(a.train)
    weights = sum(train(ys, xs, a, np.random.default_rng(a.seed + i)) for i in range(a.models)) / a.models
    top = np.quantile(np.abs(weights[weights != 0]), 0.9995)
    scale = top / 127
    small = np.clip(np.round(weights / scale), -127, 127).astype(np.int8)
    dy, dx = load(a.dev)
    for name, w in (("floats", weights), ("bytes", small.astype(np.float64) * scale)):
        f1, each = macro(dy, scores(w, dx).argmax(1))
        print(f"dev macro-F1 {f1:.1f} {each} ({name})  train {macro(ys, scores(w, xs).argmax(1))[0]:.1f}", flush=True)
    with open(a.out, "wb") as f:
        f.write(b"CNSENT01" + struct.pack("<f", scale) + small.tobytes())


if __name__ == "__main__":
    main()
