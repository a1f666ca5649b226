"""What the student sees of a (sentence, target) pair, read from the lines of the example `attitude_features`."""
import json
from collections import Counter

import numpy as np

REACH = 60       # words on each side of the target, as in transforms/src/sentiment
KINDS = 10       # how a word stands to the target
BUCKETS = 5
NOWHERE, REST = 0, 1  # vocabulary rows: beyond the sentence's ends, unknown words


def bucket(gap):
    return 0 if gap <= 1 else 1 if gap <= 3 else 2 if gap <= 6 else 3 if gap <= 12 else 4


def vocabulary(paths, size, least):
    """The commonest words of several files, the first of which counts five times."""
    count = Counter()
    for i, path in enumerate(paths):
        for line in open(path):
            for w in json.loads(line)["w"]:
                count[w] += 5 if i == 0 else 1
    words = [w for w, n in sorted(count.items(), key=lambda x: (-x[1], x[0])) if n >= least][:size - 2]
    return {w: i + 2 for i, w in enumerate(words)}


def arrange(r, vocab):
    """One pair: rows of words with their neighbours, governors, roles."""
    h, first, end = r["h"], r["f"], min(r["e"], len(r["h"]))
    n = len(h)
    outside = [at for at in range(first, end) if not first <= h[at] < end]
    head = outside[-1] if outside else end - 1
    up = lambda at: h[at] if at is not None and at >= 0 and h[at] >= 0 else None
    parent = up(head)
    grand = up(parent)
    great = up(grand)
    low, high = max(0, first - REACH), min(n, end + REACH)
    role = np.zeros(high - low, np.int32)
    kind = np.zeros(high - low, np.int32)
    for at in range(low, high):
        inside = first <= at < end
        gap = 0 if inside else first - at if at < first else at + 1 - end
        g = up(at)
        if inside: k = 7
        elif at == parent: k = 1
        elif at == grand: k = 2
        elif at == great: k = 3
        elif g is not None and g == head: k = 4
        elif g is not None and g == parent: k = 5
        elif g is not None and g == grand: k = 6
        elif g is not None and up(g) is not None and up(g) == head: k = 8
        elif g is not None and up(g) is not None and up(g) == parent: k = 9
        else: k = 0
        kind[at - low] = k
        role[at - low] = (k * 2 + int(at > head)) * BUCKETS + bucket(gap)
    w = np.array([vocab.get(x, REST) for x in r["w"]], np.int32)
    heads = np.array([(x - low if low <= x < high else -1) for x in h[low:high]], np.int32)
    return {"w": w[low:high], "h": heads, "d": np.array(r["d"][low:high]), "u": np.array(r["u"][low:high]),
            "s": np.array(r["s"][low:high]) + 2, "q": np.array(r["q"][low:high]), "role": role, "kind": kind,
            "target": r["d"][head] * 1, "label": min(r["l"], 19), "c": r["c"]}


def load(path, vocab, most=None):
    out = []
    for line in open(path):
        if most is not None and len(out) >= most:
            break
        out.append(arrange(json.loads(line), vocab))
    return out
