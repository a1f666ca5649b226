#!/usr/bin/env python3
"""Trains the network of attitudes on NewsMTSC and on what the teacher says of raw news.

    student.py WORK                # WORK: train.json, dev.json, pairs.json (attitude_features), labels-N.npy (teacher.py)

A word is a sum: its own row, its neighbours', its governor's and its dependents', its relation, tag, rating, quotation
marks and how it stands to the target; ReLU. Sums over groups of words go through one hidden layer to three classes.
"""
import argparse
import glob
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from data import BUCKETS, KINDS, NOWHERE, REST, load, vocabulary

SLOTS, GROUPS = 5, 9


class Student(nn.Module):
    def __init__(self, start, width, hidden):
        super().__init__()
        v, d = start.shape
        self.width = width
        self.words = nn.Embedding(v, d)
        self.words.weight.data.copy_(start)
        self.maps = nn.Linear(d, SLOTS * width, bias=False)
        nn.init.normal_(self.maps.weight, std=0.5 / d ** 0.5)
        table = lambda n: nn.Embedding(n, width)
        self.role, self.target = table(KINDS * 2 * BUCKETS), table(64)
        self.deprel, self.upos, self.sign, self.quoted = table(64), table(20), table(5), table(2)
        for t in (self.role, self.target, self.deprel, self.upos, self.sign, self.quoted):
            nn.init.normal_(t.weight, std=0.1)
        self.bias = nn.Parameter(torch.zeros(width))
        self.label = nn.Embedding(20, hidden)
        nn.init.zeros_(self.label.weight)
        self.mix, self.out = nn.Linear(GROUPS * width, hidden), nn.Linear(hidden, 3)
        self.drop = 0.2

    def forward(self, b):
        """Words of all pairs stand one after the other; `b['of']` says whose they are."""
        rows = F.dropout(self.words(b["unique"]), 0.15, self.training)
        t = self.maps(rows).view(-1, SLOTS, self.width)
        own, left, right, governor, child = t.unbind(1)
        w = b["w"]
        x = own[w] + left[b["left"]] + right[b["right"]] + governor[b["governor"]]
        x = x.index_add(0, b["child_of"], child[b["child"]])
        x = x + self.deprel(b["d"]) + self.upos(b["u"]) + self.sign(b["s"]) + self.quoted(b["q"])
        x = F.relu(x + self.role(b["role"]) + self.target(b["target"])[b["of"]] + self.bias)
        n = len(b["target"])
        pooled = x.new_zeros(n * GROUPS, self.width).index_add(0, b["pool_to"], x[b["pool_from"]] * b["pool_by"].unsqueeze(1))
        top = torch.full((n, self.width), 0.0).index_reduce(0, b["of"], x, "amax", include_self=True)
        pooled = torch.cat([pooled.view(n, -1)[:, :(GROUPS - 1) * self.width], top], 1)
        pooled = F.dropout(pooled, self.drop, self.training)
        h = F.relu(self.mix(pooled) + self.label(b["label"]))
        return self.out(F.dropout(h, 0.15, self.training))


# Groups: all words, near ones, target, governor, governors' governors, dependents, fellow dependents, the rest of the path's.
GROUP_OF = {7: 2, 1: 3, 2: 4, 3: 4, 4: 5, 8: 5, 5: 6, 9: 6, 6: 7}
ALL, NEAR = 1 / 8, 1 / 2
SCALE = {2: 1.0, 3: 1.0, 4: 0.5, 5: 0.5, 6: 0.25, 7: 0.25}


def pools(x):
    """(word, group, weight) triples of one pair; made once."""
    n = len(x["w"])
    src, dst, by = [np.arange(n)], [np.zeros(n, np.int64)], [np.full(n, ALL, np.float32)]
    gap = x["role"] % BUCKETS
    near = np.where((gap <= 1) & (x["kind"] != 7))[0]
    src.append(near); dst.append(np.ones(len(near), np.int64)); by.append(np.full(len(near), NEAR, np.float32))
    for k, g in GROUP_OF.items():
        at = np.where(x["kind"] == k)[0]
        if len(at):
            src.append(at); dst.append(np.full(len(at), g)); by.append(np.full(len(at), SCALE[g], np.float32))
    x["pool"] = (np.concatenate(src), np.concatenate(dst), np.concatenate(by))
    return x


def batch(group, drop=0.0, rng=None):
    cat = lambda k: np.concatenate([x[k] for x in group])
    sizes = np.array([len(x["w"]) for x in group])
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    w = cat("w").astype(np.int64)
    if drop:
        w = np.where(rng.random(len(w)) < drop, REST, w)
    of = np.repeat(np.arange(len(group)), sizes)
    heads = cat("h").astype(np.int64)
    governed = heads >= 0
    at = np.where(governed, heads + starts[of], 0)
    left, right = np.roll(w, 1), np.roll(w, -1)
    left[starts] = NOWHERE
    right[starts + sizes - 1] = NOWHERE
    governor = np.where(governed, w[at], NOWHERE)
    unique, inverse = np.unique(np.concatenate([w, [NOWHERE]]), return_inverse=True)
    nowhere = inverse[-1]
    place = np.zeros(unique.max() + 1, np.int64)
    place[unique] = np.arange(len(unique))
    pool = [x["pool"] for x in group]
    t = torch.tensor
    return {"unique": t(unique), "w": t(place[w]), "left": t(place[left]), "right": t(place[right]), "governor": t(place[governor]),
            "child": t(place[w[governed]]), "child_of": t(at[governed]), "d": t(cat("d")), "u": t(cat("u")), "s": t(cat("s")), "q": t(cat("q")),
            "role": t(cat("role").astype(np.int64)), "of": t(of), "target": t([x["target"] for x in group]), "label": t([x["label"] for x in group]),
            "pool_from": t(np.concatenate([p[0] + s for p, s in zip(pool, starts)])),
            "pool_to": t(np.concatenate([p[1] + i * GROUPS for i, p in enumerate(pool)])), "pool_by": t(np.concatenate([p[2] for p in pool]))}


def logits(model, xs):
    model.eval()
    out = []
    with torch.no_grad():
        for i in range(0, len(xs), 256):
            out.append(model(batch(xs[i:i + 256])))
    model.train()
    return torch.cat(out).numpy()


def macro(gold, got):
    f = [2 * ((gold == c) & (got == c)).sum() / max(1, (gold == c).sum() + (got == c).sum()) for c in range(3)]
    return 100 * np.mean(f), [round(100 * float(v), 1) for v in f]


def shifted(z, gold):
    """macro-F1 with the neutral class shifted by what fits best."""
    best = max((macro(gold, (z + np.array([0, s, 0])).argmax(1))[0], s) for s in np.arange(-1, 1.01, 0.1))
    return f"{best[0]:.1f} at {best[1]:+.1f}"


def train(model, xs, soft, weight, dev, dys, a, seed, extra=None):
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    optim = torch.optim.AdamW([{"params": [model.words.weight], "lr": a.rate, "weight_decay": 0.0},
                               {"params": [p for n, p in model.named_parameters() if n != "words.weight"], "lr": a.rate}], weight_decay=0.01)
    steps = a.epochs * (len(xs) // a.batch + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optim, lambda s: min(1, (s + 1) / 50) * max(0.02, 1 - s / steps))
    start = time.time()
    mean = {k: v.detach().clone() for k, v in model.named_parameters()}
    for epoch in range(a.epochs):
        order = rng.permutation(len(xs))
        total = 0
        for i in range(0, len(order), a.batch):
            g = order[i:i + a.batch]
            z = model(batch([xs[j] for j in g], 0.07, rng))
            w = torch.tensor(weight[g])
            loss = (-(torch.tensor(soft[g]) * z.log_softmax(-1)).sum(-1) * w).sum() / w.sum()
            optim.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optim.step()
            schedule.step()
            total += loss.item() * len(g)
            if i // a.batch % 8 == 0:
                with torch.no_grad():
                    for k, v in model.named_parameters():
                        mean[k].lerp_(v, 0.04)
        z = logits(model, dev)
        f, each = macro(dys, z.argmax(1))
        print(f"  epoch {epoch + 1} loss {total / len(xs):.3f} dev {f:.1f} {each} shifted {shifted(z, dys)}  {time.time() - start:.0f}s", flush=True)
    model.load_state_dict(mean, strict=False)  # the mean over the last few hundred steps
    f, each = macro(dys, logits(model, dev).argmax(1))
    print(f"  mean of the last steps: dev {f:.1f} {each}", flush=True)
    return model


def read_labels(work, most):
    """The teacher's labels so far and the numbers of their pairs."""
    labels, places = [], []
    for path in glob.glob(f"{work}/labels-*.npy"):
        part = np.load(path)
        labels.append(part)
        places.append(int(path.split("-")[-1][:-4]) * 4000 + np.arange(len(part)))
    return np.concatenate(labels)[:most], np.concatenate(places)[:most]


def views(encoder, tokenizer, words):
    """What an encoder makes of each word alone."""
    encoder.eval()
    out = []
    with torch.no_grad():
        for i in range(0, len(words), 64):
            e = [tokenizer.encode(w or "[UNK]").ids for w in words[i:i + 64]]
            n = max(map(len, e))
            ids = torch.tensor([x + [0] * (n - len(x)) for x in e])
            mask = torch.tensor([[1] * len(x) + [0] * (n - len(x)) for x in e])
            h = encoder(ids, attention_mask=mask).last_hidden_state
            out.append(((h * mask.unsqueeze(-1)).sum(1) / mask.sum(1, keepdim=True)).numpy())
    return np.concatenate(out)


def start_rows(vocab, work, dims):
    """The words' first rows: main directions of the encoder's view of each word alone, before and after fine-tuning."""
    path = f"{work}/rows-{len(vocab)}.npz"
    if not os.path.exists(path):
        from teacher import Teacher, load_encoder
        words = [""] * (len(vocab) + 2)
        for w, i in vocab.items():
            words[i] = "person" if w == "<0>" else w
        encoder, tokenizer = load_encoder()
        plain = views(encoder, tokenizer, words)
        teacher = Teacher(encoder)
        teacher.load_state_dict(torch.load(f"{work}/teacher.pt"))
        np.savez(path, plain=plain, tuned=views(teacher.encoder, tokenizer, words))
    out = []
    for x, n in zip(np.load(path).values(), (dims - dims // 3, dims // 3)):
        x = x - x[2:].mean(0)
        _, _, v = np.linalg.svd(x[2:], full_matrices=False)
        x = x @ v[:n].T
        out.append(x / x[2:].std(0).mean() * 0.5)
    x = np.concatenate(out, 1)
    x[:2] = 0
    return torch.tensor(x, dtype=torch.float32)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("work")
    ap.add_argument("--epochs", type=int, default=6)
    ap.add_argument("--batch", type=int, default=192)
    ap.add_argument("--rate", type=float, default=2.5e-3)
    ap.add_argument("--dims", type=int, default=64)
    ap.add_argument("--size", type=int, default=12000)
    ap.add_argument("--width", type=int, default=48)
    ap.add_argument("--hidden", type=int, default=64)
    ap.add_argument("--pairs", type=int, default=0)
    ap.add_argument("--resume", help="a student to go on with")
    ap.add_argument("--elders", nargs="*", default=[], help="students whose mean opinion counts half beside the teacher's")
    ap.add_argument("--models", type=int, default=1, help="students whose opinions are averaged for what is shown last")
    ap.add_argument("--gold", type=float, default=2.0, help="weight of a hand-made label")
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--save")
    a = ap.parse_args()
    torch.set_num_threads(1)
    w = a.work
    vocab = vocabulary([f"{w}/train.json", f"{w}/pairs.json"], a.size, 5)
    rows = start_rows(vocab, w, a.dims)
    gold, dev = [pools(x) for x in load(f"{w}/train.json", vocab)], [pools(x) for x in load(f"{w}/dev.json", vocab)]
    ys, dys = np.array([x["c"] for x in gold]), np.array([x["c"] for x in dev])
    soft, weight, xs = np.eye(3, dtype=np.float32)[ys] * 0.9 + 0.1 / 3, np.full(len(ys), a.gold, np.float32), gold
    if a.pairs:
        labels, places = read_labels(w, a.pairs)
        pairs = load(f"{w}/pairs.json", vocab, places.max() + 1)
        xs = gold + [pools(pairs[i]) for i in places]
        for path in a.elders:
            state = torch.load(path, weights_only=False)["model"]
            elder = Student(rows, len(state["bias"]), len(state["mix.bias"]))
            elder.load_state_dict(state)
            mine = torch.tensor(logits(elder, xs[len(gold):])).softmax(-1).numpy() / (2 * len(a.elders))
            labels = labels / 2 + mine if path == a.elders[0] else labels + mine
        soft, weight = np.concatenate([soft, labels]), np.concatenate([weight, np.ones(len(labels), np.float32)])
    print(f"vocabulary {len(rows)}, pairs {len(xs)}", flush=True)
    zs = []
    for seed in range(a.seed, a.seed + a.models):
        torch.manual_seed(seed)
        model = Student(rows, a.width, a.hidden)
        if a.resume:
            model.load_state_dict(torch.load(a.resume, weights_only=False)["model"])
        model = train(model, xs, soft, weight, dev, dys, a, seed)
        zs.append(torch.tensor(logits(model, dev)).log_softmax(-1).numpy())
        if a.save:
            torch.save({"model": model.state_dict(), "vocab": vocab}, a.save.replace("SEED", str(seed)))
    f = [macro(dys, z.argmax(1))[0] for z in zs]
    print(f"RESULT width {a.width} hidden {a.hidden} pairs {len(xs)} epochs {a.epochs}: {np.mean(f):.2f} {np.round(f, 1)}, "
          f"together {macro(dys, sum(zs).argmax(1))} shifted {shifted(sum(zs) / len(zs), dys)}")


if __name__ == "__main__":
    main()
