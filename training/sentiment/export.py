#!/usr/bin/env python3
"""Rounds a trained student to small integers, runs it so on the dev set and writes seeds/models/sentiment.bin.

    export.py WORK student.pt sentiment.bin [--neutral SHIFT]

The layout and the arithmetic are those of transforms/src/sentiment/model.rs.
"""
import argparse
import struct

import numpy as np
import torch
import xxhash

from data import BUCKETS, load
from student import GROUP_OF, GROUPS, SCALE, SLOTS, macro

SCALES = np.array([1 / 8, 1 / 2] + [SCALE[g] for g in range(2, 8)] + [1.0])  # of student.py
MOST, WEIGHT = 2047, 1023


class Integers:
    def __init__(self, state, neutral):
        g = {k: v.double().numpy() for k, v in state.items()}
        self.width, self.units = len(g["bias"]), len(g["mix.bias"])
        words = (g["words.weight"] @ g["maps.weight"].T).reshape(-1, SLOTS, self.width)
        self.step = max(np.quantile(np.abs(words[:2000]), 0.9998), 1 / 128) / 127
        cut = lambda x, most: np.clip(np.rint(x), -most, most)
        self.words = cut(words / self.step, 127).astype(np.int8)
        self.clipped = float((np.abs(words / self.step) > 127).mean())
        table = lambda name, n: self.pad(cut(g[name + ".weight"] / self.step, 32767), n).astype("<i2")
        self.roles = cut((g["role.weight"] + g["bias"]) / self.step, 32767).astype("<i2")
        self.targets, self.relations = table("target", 64), table("deprel", 64)
        self.tags, self.ratings, self.quotes = table("upos", 20), table("sign", 5), table("quoted", 2)
        self.g = g
        by = np.abs(g["out.weight"]).max() / WEIGHT
        self.classes = cut(g["out.weight"] / by, WEIGHT).astype("<i2")
        self.out_bias, self.by = g["out.bias"] + np.array([0, neutral, 0]), by

    def settle(self, xs):
        """Chooses halvings and the hidden layer's step by the largest values that occur; rounds the hidden layer."""
        sums = np.array([self.sums(x) for x in xs])
        top = np.array([np.quantile(sums[:, g][sums[:, g] > 0], 0.998) for g in range(GROUPS)])
        self.halvings = np.maximum(0, np.ceil(np.log2(top / 127))).astype("<u4")
        unit = np.repeat(self.step * 2.0 ** self.halvings * SCALES, self.width)
        weight = self.g["mix.weight"] * unit
        by = np.abs(weight).max(1) / 127
        self.hidden = np.rint(weight / by[:, None]).astype(np.int8)
        self.starts = np.clip(np.rint(self.g["mix.bias"] / by), -(1 << 23), 1 << 23).astype("<i4")
        self.factors, self.label_rows = by.astype("<f4"), np.zeros((20, self.units), "<i2")
        z = np.array([self.units_of(self.halved(s)) for s in sums])
        self.out_step = np.quantile(z, 0.9999) / MOST
        self.factors = (by / self.out_step).astype("<f4")
        self.label_rows = self.pad(np.rint(self.g["label.weight"] / self.out_step), 20).astype("<i2")
        self.scale = self.out_step * self.by
        self.class_starts = np.rint(self.out_bias / self.scale).astype("<i4")
        return sums

    def halved(self, sums):
        half = (1 << self.halvings.astype(int)) >> 1
        return np.clip((sums + half[:, None]) >> self.halvings.astype(int)[:, None], 0, 127).reshape(-1)

    def units_of(self, groups):
        total = self.hidden.astype(np.int64) @ groups + self.starts
        return total.astype(np.float32) * self.factors

    @staticmethod
    def pad(x, n):
        return np.concatenate([x, np.zeros((n - len(x), x.shape[1]))])[:n]

    def sums(self, x):
        w, h, n = x["w"], x["h"], len(x["w"])
        word = self.words.astype(np.int32)
        left, right = np.concatenate([[0], w[:-1]]), np.concatenate([w[1:], [0]])
        above = np.where(h >= 0, w[np.maximum(h, 0)], 0)
        s = word[w, 0] + word[left, 1] + word[right, 2] + word[above, 3]
        for at in range(n):
            if h[at] >= 0:
                s[h[at]] += word[w[at], 4]
        s = s + self.relations[x["d"]] + self.tags[x["u"]] + self.ratings[x["s"]] + self.quotes[x["q"]]
        s = np.maximum(s + self.roles[x["role"]] + self.targets[x["target"]], 0)
        out = np.zeros((GROUPS, self.width), np.int64)
        out[0] = s.sum(0)
        near = (x["role"] % BUCKETS == 0) & (x["kind"] != 7)
        out[1] = s[near].sum(0)
        for kind, group in GROUP_OF.items():
            out[group] += s[x["kind"] == kind].sum(0)
        out[GROUPS - 1] = s.max(0)
        return np.minimum(out, 32767)

    def logits(self, sums, label):
        h = np.rint(self.units_of(self.halved(sums))).astype(np.int64) + self.label_rows[label]
        return self.classes.astype(np.int64) @ np.clip(h, 0, MOST) + self.class_starts

    def bytes(self, vocab):
        hashes = np.zeros(len(self.words), "<u4")
        for word, row in vocab.items():
            hashes[row] = xxhash.xxh3_64_intdigest(word.encode()) & 0xFFFFFFFF
        head = b"CNSENT03" + struct.pack("<IIIf", len(self.words), self.width, self.units, self.scale)
        parts = [hashes, self.words, self.roles, self.targets, self.relations, self.tags, self.ratings, self.quotes,
                 self.halvings, self.hidden, self.starts, self.factors, self.label_rows, self.classes, self.class_starts]
        return head + b"".join(p.tobytes() for p in parts)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work")
    ap.add_argument("student")
    ap.add_argument("out")
    ap.add_argument("--neutral", type=float, default=0.0, help="added to the neutral class")
    a = ap.parse_args()
    stored = torch.load(a.student, weights_only=False)
    net = Integers(stored["model"], a.neutral)
    dev = load(f"{a.work}/dev.json", stored["vocab"])
    ys = np.array([x["c"] for x in dev])
    sums = net.settle(dev)
    z = np.array([net.logits(s, x["label"]) for s, x in zip(sums, dev)])
    print("step", net.step, "clipped", net.clipped, "halvings", net.halvings, "scale", net.scale)
    print("dev macro-F1 in integers", macro(ys, z.argmax(1)))
    body = net.bytes(stored["vocab"])
    open(a.out, "wb").write(body)
    print(len(body), "bytes")


if __name__ == "__main__":
    main()
