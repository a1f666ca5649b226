"""Writes the compact file of the linguistic core, checks it on the dev sets in integers and writes test vectors.

    export.py DATA WORK CHECKPOINT OUT.bin [--vectors VECTORS.txt]

The layout is documented in transforms/src/network/mod.rs.
"""
import argparse
import struct

import numpy as np
import torch
import xxhash

import integers
from features import HASHED, hash64, key
from lemmas import Lemmas
from network import ARC, BUCKETS, EMBED, REL, Network
from student import Inputs, read_data
from tree import best_tree

MAGIC, VERSION = b"COLCORE\0", 1

SAMPLES = [
    "The minister told reporters in Karachi on Monday that talks with the rebels had failed .",
    "At least 12 people were killed and 30 wounded when a bomb exploded near a market in Wana .",
    "POLICE ARREST FOUR IN PORT PROTEST",
    "Pakistan , Iran agree to reopen border crossing",
    "“ We do n’t know who fired first , ” said Col. Aliyev , who heads the district ’s 3rd battalion .",
    "Prices rose 4.5 % in 2023 – the fastest since 1998 .",
    "Wait",
    "He went home 😀 and did n't say a wörd to his mother - in - law .",
    "Éric Ngũgĩ of Côte d'Ivoire met İsmail and ΣΙΓΜΑΣ at http://example.org/a?b=1 yesterday",
    "Officials who had been asked by the committee that was set up last year to find out why the dam had burst refused to say whether the engineers whose report was never published would be called .",
]


def sections(model, inputs, labels, lemmas):
    """[(name, bytes)] of the whole file, and the integer network they hold."""
    net = integers.IntegerNetwork(model, inputs, labels.deprel_id["root"])
    out = []
    def matrix(name, m):
        out.append((name + ".w", m.weight.tobytes()))
        out.append((name + ".b", m.start.astype("<i4").tobytes()))
        out.append((name + ".f", m.factor.astype("<f4").tobytes()))
    dims = [EMBED, len(net.window_bias), net.state, net.layers, ARC, REL, BUCKETS, model.known, len(net.rows)] + [r for _, r in HASHED]
    out.append(("dims", np.array(dims, "<u4").tobytes()))
    out.append(("labels", "\n".join([" ".join(labels.upos), " ".join(labels.xpos), " ".join(labels.deprel)]).encode()))
    out.append(("known", index([hash64(w.encode("utf-8", "replace"), 0) for w in inputs.words], 17)))
    out.append(("rows", net.rows.tobytes()))
    out.append(("edge", net.edge.tobytes()))
    matrix("win", net.window)
    out.append(("win.s", net.window_bias.astype("<i2").tobytes()))
    for i, layer in enumerate(net.scans):
        matrix(f"scan{i}", layer)
    matrix("head", net.heads)
    matrix("arc", net.arc)
    out.append(("root", net.root.astype("<i2").tobytes()))
    out.append(("dist", net.distance.astype("<i2").tobytes()))
    out.append(("relroot", net.rel_root.astype("<i2").tobytes()))
    out.append(("reldist", net.rel_distance.astype("<i2").tobytes()))
    matrix("rel", net.rel)
    bits = 4
    while (1 << bits) < 2 * len(lemmas.table): bits += 1
    out.append(("lemmas", lemma_index(lemmas.table, bits)))
    out.append(("rules", "\n".join(f"{m} {cut} {put}" for m, cut, put in lemmas.rules).encode()))
    return out, net


def index(hashes, bits):
    """Open addressing: the low bits say where to start, the top 16 are kept, with the number from 1; 0 is empty."""
    slots, mask = np.zeros(1 << bits, "<u4"), (1 << bits) - 1
    for number, h in enumerate(hashes):
        at = h & mask
        while slots[at]:
            at = (at + 1) & mask
        slots[at] = (h >> 48) << 16 | (number + 1)
    return slots.tobytes()


def lemma_index(table, bits):
    """The same with 32 bits of the hash and a rule number."""
    prints, rules, mask = np.zeros(1 << bits, "<u4"), np.full(1 << bits, 0xFFFF, "<u2"), (1 << bits) - 1
    for h in sorted(table):
        at = h & mask
        while rules[at] != 0xFFFF:
            at = (at + 1) & mask
        prints[at], rules[at] = h >> 32, table[h]
    return prints.tobytes() + rules.tobytes()


def write(path, parts):
    """Header, table of sections, sections on 64-byte boundaries."""
    at = 24 + 24 * len(parts)
    head, body = b"", b""
    chunks = []
    for name, data in parts:
        start = -(-at // 64) * 64
        chunks.append(b"\0" * (start - at) + data)
        head += struct.pack("<8sQQ", name.encode(), start, len(data))
        at = start + len(data)
    body = head + b"".join(chunks)
    whole = struct.pack("<8sIIQ", MAGIC, VERSION, len(parts), xxhash.xxh3_64_intdigest(body)) + body
    with open(path, "wb") as handle:
        handle.write(whole)
    return len(whole)


def main(args):
    gold, dev, labels = read_data(args.data)
    inputs = Inputs(args.work)
    stored = torch.load(args.checkpoint, weights_only=False)
    inputs.seen = stored["seen"]
    model = Network(inputs.table.rows + 1, len(inputs.words), inputs.vectors, labels, layers=stored["layers"], state=stored["state"])
    model.load_state_dict(stored["model"])
    model.eval()
    vectors = np.load(f"{args.work}/vectors.npz")
    lemmas = Lemmas(gold, labels, inputs.words, vectors["counts"])
    parts, net = sections(model, inputs, labels, lemmas)
    print("bytes", write(args.out, parts), "rows clipped", net.clipped)
    if args.vectors:
        with open(args.vectors, "w", encoding="utf-8") as handle:
            for text in SAMPLES:
                words = text.split()
                ids = np.array([inputs.table.ids(w) for w in words])
                code = net.encode(ids)
                u, x, h, r = net.analyze(ids, best_tree)
                handle.write(f"# {xxhash.xxh3_64_hexdigest(code.tobytes())}\n")
                for i, w in enumerate(words):
                    handle.write("\t".join([w, ",".join(map(str, ids[i])), labels.upos[u[i]], labels.xpos[x[i]], str(h[i]), labels.deprel[r[i]], lemmas.lemma(w, x[i])]) + "\n")
    for name, sentences in dev.items():
        right, total = np.zeros(5), 0
        for s in sentences[:args.limit]:
            ids = np.array([inputs.table.ids(w) for w in s.words])
            u, x, h, r = net.analyze(ids, best_tree)
            for i in range(len(s.words)):
                ok = h[i] == s.heads[i]
                right += [labels.upos[u[i]] == s.upos[i], labels.xpos[x[i]] == s.xpos[i], lemmas.lemma(s.words[i], x[i]).lower() == s.lemmas[i].lower(),
                          ok, ok and labels.deprel[r[i]].split(":")[0] == s.deprels[i].split(":")[0]]
            total += len(s.words)
        print(name, "integers: UPOS / XPOS / lemma / UAS / LAS", " / ".join(f"{100 * v / total:.2f}" for v in right), f"n={total}", flush=True)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("data"); parser.add_argument("work"); parser.add_argument("checkpoint"); parser.add_argument("out")
    parser.add_argument("--vectors"); parser.add_argument("--limit", type=int)
    torch.set_num_threads(1)
    main(parser.parse_args())
