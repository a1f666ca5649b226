"""Trains the network on the treebanks, and on the teacher's soft labels where there are any.

    student.py DATA WORK --name first --passes 25
    student.py DATA WORK --name final --passes 16 --soft 12 --start WORK/first.pt
"""
import argparse
import glob
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from features import Table
from network import Network
from treebank import Labels, Sentence, augment, read_conllu
from tree import best_tree


class Inputs:
    """Row numbers of words; rows of rarely seen words are sometimes withheld, so that the rest learns to do without."""

    def __init__(self, work):
        stored = np.load(f"{work}/vectors.npz")
        self.words = str(stored["words"]).split("\n")
        self.table = Table(self.words)
        vectors = stored["vectors"]
        self.vectors = torch.tensor(np.concatenate([np.zeros((1, vectors.shape[1]), np.float32), vectors]))
        # The last row stands for the own part of a known word that training has never seen.
        self.fresh = self.table.rows
        self.seen = np.zeros(len(self.words) + 1)

    def count(self, sentences):
        for s in sentences:
            for w in s.words:
                self.seen[self.table.ids(w)[0]] += 1

    def batch(self, sentences, training):
        width = max(map(len, sentences))
        ids = np.zeros((len(sentences), width, 7), np.int64)
        mask = np.zeros((len(sentences), width), bool)
        for b, words in enumerate(sentences):
            ids[b, :len(words)] = [self.table.ids(w) for w in words]
            mask[b, :len(words)] = True
        known = ids[:, :, 0].copy()
        seen = self.seen[known]
        own = known.copy()
        if training:
            unknown = np.random.random(own.shape) < 0.02 + 0.1 / (1 + seen)
            known[unknown] = 0
            own[unknown] = 0
            own[(np.random.random(own.shape) < 1.0 / (1.0 + seen)) & (known > 0)] = self.fresh
        else:
            own[(seen == 0) & (known > 0)] = self.fresh
        ids[:, :, 0] = own
        return torch.tensor(ids), torch.tensor(known), torch.tensor(mask)


def load_soft(work, labels, limit):
    """The teacher's sentences, with argmax labels for the augmentation and soft ones for the loss."""
    out = []
    for path in sorted(glob.glob(f"{work}/labelled-*.npz"))[:limit]:
        part = np.load(path)
        words = str(part["words"]).split("\n")
        at = 0
        data = {k: part[k] for k in part.files if k not in ("words", "length")}
        for n in part["length"]:
            soft = {k: v[at:at + n] for k, v in data.items()}
            out.append(Sentence(words[at:at + n], None, None, None, [int(h) - 1 for h in soft["head"][:, 0]],
                                [labels.deprel[r] for r in soft["rel"][:, 0]], soft))
            at += n
    return out


def gold_targets(group, keeps, labels):
    n = max(keeps)
    out = {k: torch.full((len(group), n), -100) for k in ("upos", "xpos", "head", "rel")}
    for b, (s, k) in enumerate(zip(group, keeps)):
        out["upos"][b, :k] = torch.tensor([labels.upos_id.get(x, -100) for x in s.upos[:k]])
        out["xpos"][b, :k] = torch.tensor([labels.xpos_id.get(x, -100) for x in s.xpos[:k]])
        out["head"][b, :k] = torch.tensor(s.heads[:k]) + 1
        out["rel"][b, :k] = torch.tensor([labels.deprel_id.get(x, -100) for x in s.deprels[:k]])
    return out


def soft_targets(group, keeps):
    n = max(keeps)
    out = {}
    for name in ("head", "rel", "xpos", "upos"):
        k = group[0].soft[name].shape[1]
        i, p = np.zeros((len(group), n, k), np.int64), np.zeros((len(group), n, k), np.float32)
        for b, (s, keep) in enumerate(zip(group, keeps)):
            i[b, :keep] = s.soft[name][:keep]
            p[b, :keep] = s.soft[name + "_p"][:keep]
        if name == "head":
            p[i > np.array(keeps)[:, None, None]] = 0
        total = p.sum(-1, keepdims=True)
        out[name] = torch.tensor(i), torch.tensor(p / np.maximum(total, 1e-6) * (total > 0))
    return out


def gold_loss(model, out, y):
    ce = lambda a, b: F.cross_entropy(a.flatten(0, 1), b.flatten(), ignore_index=-100)
    rel = model.relations(out, y["head"].clamp(min=0))
    return ce(out["arcs"], y["head"]) + ce(rel, y["rel"]) + 0.5 * ce(out["xpos"], y["xpos"]) + 0.5 * ce(out["upos"], y["upos"])


def soft_loss(model, out, y):
    def ce(score, target):
        i, p = target
        logs = score.log_softmax(-1)
        return -(logs.gather(-1, i.clamp(max=score.shape[-1] - 1)) * p).sum() / p.sum().clamp(min=1)
    rel = model.relations(out, y["head"][0][:, :, 0].clamp(max=out["arcs"].shape[-1] - 1))
    return ce(out["arcs"], y["head"]) + ce(rel, y["rel"]) + 0.5 * ce(out["xpos"], y["xpos"]) + 0.5 * ce(out["upos"], y["upos"])


def batches(lengths, size, rng):
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 3)
    out, current = [], []
    for i in order:
        current.append(i)
        if len(current) * lengths[i] >= size:
            out.append(current)
            current = []
    if current:
        out.append(current)
    rng.shuffle(out)
    return out


def evaluate(model, inputs, sentences, labels, trees=True):
    """UPOS, XPOS, UAS, LAS in percent, relation subtypes cut."""
    model.eval()
    right, total = np.zeros(4), 0
    with torch.no_grad():
        for batch in batches([len(s.words) for s in sentences], 2000, random.Random(0)):
            group = [sentences[i] for i in batch]
            out = model(*inputs.batch([s.words for s in group], False))
            heads = out["arcs"].argmax(-1)
            if trees:
                for b, s in enumerate(group):
                    n = len(s.words)
                    heads[b, :n] = torch.tensor(best_tree(out["arcs"][b, :n, :n + 1].double().numpy())) + 1
            rels = model.relations(out, heads).argmax(-1)
            u, p = out["upos"].argmax(-1), out["xpos"].argmax(-1)
            for b, s in enumerate(group):
                for i in range(len(s.words)):
                    ok = int(heads[b, i]) == s.heads[i] + 1
                    rel = labels.deprel[rels[b, i]].split(":")[0] == s.deprels[i].split(":")[0]
                    right += [labels.upos[u[b, i]] == s.upos[i], labels.xpos[p[b, i]] == s.xpos[i], ok, ok and rel]
                total += len(s.words)
    model.train()
    return 100 * right / total


def read_data(data):
    gold = [s for n in ("ewt-train", "gum-train") for s in read_conllu(f"{data}/treebanks/{n}.conllu")]
    dev = {n: read_conllu(f"{data}/treebanks/{n}.conllu") for n in ("ewt-dev", "gum-dev")}
    return gold, dev, Labels(gold)


def main(args):
    torch.manual_seed(args.seed); np.random.seed(args.seed)
    rng = random.Random(args.seed)
    gold, dev, labels = read_data(args.data)
    gold = [s for s in gold if len(s.words) <= 120]
    inputs = Inputs(args.work)
    soft = load_soft(args.work, labels, args.soft) if args.soft else []
    inputs.count(gold); inputs.count(soft)
    model = Network(inputs.table.rows + 1, len(inputs.words), inputs.vectors, labels, layers=args.layers, state=args.state)
    if args.start:
        model.load_state_dict(torch.load(args.start)["model"])
    if soft or args.light: model.drops = (0.05, 0.08, 0.12)
    print(f"{len(gold)} gold, {len(soft)} soft sentences; {sum(p.numel() for p in model.dense())} dense weights", flush=True)
    dense = torch.optim.Adam(model.dense(), lr=args.rate, betas=(0.9, 0.95), fused=True)
    sparse = torch.optim.SparseAdam(model.sparse(), lr=args.rate, betas=(0.9, 0.95))
    gold_lengths, soft_lengths = [len(s.words) for s in gold], [len(s.words) for s in soft]
    per_pass = len(batches(gold_lengths, args.batch, random.Random(0)))
    # A pass is one over the gold; beside it goes the same share of the soft sentences each time.
    share = args.share * sum(gold_lengths) / max(1, sum(soft_lengths)) if soft else 0
    steps = int(per_pass * args.passes * (1 + (args.share if soft else 0)))
    step, start, order, queue = 0, time.time(), [], []
    for number in range(10_000):
        jobs = [(gold, b) for b in batches(gold_lengths, args.batch, rng)]
        if soft:
            want = int(len(jobs) * args.share)
            while len(queue) < want:
                queue += batches(soft_lengths, args.batch, rng)
            jobs += [(soft, b) for b in queue[:want]]
            queue = queue[want:]
            rng.shuffle(jobs)
        losses = []
        for source, batch in jobs:
            # Progress is by steps; a limit in minutes only hurries it on a machine that is slower than planned.
            progress = max(step / steps, (time.time() - start) / (60 * args.minutes))
            scale = min(1.0, (step + 1) / 300) * max(0.01, 1 - progress)
            for o in (dense, sparse):
                o.param_groups[0]["lr"] = args.rate * scale
            model.rounded = progress > args.round_from
            group = [source[i] for i in batch]
            views = [augment(s, rng) for s in group]
            keeps = [k for _, k in views]
            out = model(*inputs.batch([w for w, _ in views], True))
            loss = gold_loss(model, out, gold_targets(group, keeps, labels)) if source is gold else soft_loss(model, out, soft_targets(group, keeps))
            dense.zero_grad(); sparse.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.dense(), 5.0)
            dense.step(); sparse.step()
            losses.append(loss.item())
            step += 1
            last = step >= steps or progress >= 1
            if last: break
        line = f"pass {number + 1} step {step}/{steps} loss {np.mean(losses):.3f}"
        if number % args.every == args.every - 1 or last:
            for n, d in dev.items():
                line += f" | {n} " + " / ".join(f"{v:.2f}" for v in evaluate(model, inputs, d, labels, trees=last))
            torch.save({"model": model.state_dict(), "seen": inputs.seen, "layers": args.layers, "state": args.state}, f"{args.work}/{args.name}.pt")
        print(line, f"{time.time() - start:.0f}s cpu {time.process_time():.0f}s", flush=True)
        if last: break


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data"); parser.add_argument("work"); parser.add_argument("--name", default="student")
    parser.add_argument("--passes", type=float, default=25); parser.add_argument("--batch", type=int, default=800)
    parser.add_argument("--rate", type=float, default=2.5e-3); parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--soft", type=int, default=0, help="how many files of soft labels"); parser.add_argument("--share", type=float, default=2.0)
    parser.add_argument("--start"); parser.add_argument("--layers", type=int, default=2); parser.add_argument("--state", type=int, default=64)
    parser.add_argument("--every", type=int, default=2); parser.add_argument("--round-from", type=float, default=0.85)
    parser.add_argument("--minutes", type=float, default=1e6); parser.add_argument("--light", action="store_true")
    torch.set_num_threads(1)
    main(parser.parse_args())
