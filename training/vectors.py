"""Word vectors from the raw dump: position-wise PPMI (offsets -2, -1, +1, +2; 3,000 context words), randomised SVD.

    vectors.py DATA WORK        writes WORK/vectors.npz (words, counts, vectors)
"""
import sys
from collections import Counter

import numpy as np
import scipy.sparse as sp

from features import key
from rawtext import articles, sentences_of, words_of
from treebank import read_conllu

CONTEXTS, WORDS, DIM, OFFSETS = 3000, 50_000, 128, (-2, -1, 1, 2)


def main(data, work):
    ids, stream, cache = {}, [], {}
    def number(w):
        got = cache.get(w)
        if got is None:
            got = cache[w] = ids.setdefault(key(w), len(ids))
        return got
    stop = number("\n")
    for article in articles(f"{data}/dumps/news_30k.jsonl.zst"):
        for sentence in [article.get("title") or ""] + list(sentences_of(article["text"])):
            stream += [stop, stop]
            stream += [number(w) for w in words_of(sentence)]
    for name in ("ewt-train", "gum-train"):
        for s in read_conllu(f"{data}/treebanks/{name}.conllu"):
            stream += [stop, stop] + [number(w) for w in s.words]
    stream = np.array(stream + [stop, stop], dtype=np.int32)
    counts = np.bincount(stream, minlength=len(ids))
    names = np.array(list(ids), dtype=object)
    train = Counter(key(w) for n in ("ewt-train", "gum-train") for s in read_conllu(f"{data}/treebanks/{n}.conllu") for w in s.words)
    # Known are the most frequent words, the treebanks' own counting for more.
    weight = counts + 20 * np.array([train.get(n, 0) for n in names])
    weight[stop] = 1 << 40
    order = np.argsort(-weight, kind="stable")[:WORDS + 1]
    rank = np.full(len(ids), -1, np.int32); rank[order] = np.arange(len(order))
    print(len(stream), "words", len(ids), "types; last count", counts[order[-1]], flush=True)
    w = rank[stream]
    contexts = np.argsort(-counts, kind="stable")[:CONTEXTS]
    crank = np.full(len(ids), -1, np.int32); crank[contexts] = np.arange(CONTEXTS)
    c = crank[stream]
    blocks = []
    for k in OFFSETS:
        a, b = (w[:-k], c[k:]) if k > 0 else (w[-k:], c[:k])
        ok = (a >= 0) & (b >= 0)
        pair = a[ok].astype(np.int64) * CONTEXTS + b[ok]
        uniq, n = np.unique(pair, return_counts=True)
        m = sp.csr_matrix((n.astype(np.float32), (uniq // CONTEXTS, uniq % CONTEXTS)), shape=(len(order), CONTEXTS))
        rows, cols = np.asarray(m.sum(1)).ravel(), np.asarray(m.sum(0)).ravel() ** 0.75
        m = m.tocoo()
        v = np.log(np.maximum(m.data, 1e-9) * cols.sum() / (rows[m.row] * cols[m.col] + 1e-9))
        # Rare pairs are shrunk: a single co-occurrence says little.
        v = np.maximum(v, 0) * (m.data / (m.data + 1))
        blocks.append(sp.csr_matrix((v, (m.row, m.col)), shape=m.shape))
    x = sp.hstack(blocks).tocsr().astype(np.float32)
    rng = np.random.default_rng(7)
    q = x @ rng.standard_normal((x.shape[1], DIM + 32)).astype(np.float32)
    for _ in range(3):
        q, _ = np.linalg.qr(q)
        q = x @ (x.T @ q)
    q, _ = np.linalg.qr(q)
    u, s, _ = np.linalg.svd((x.T @ q).T, full_matrices=False)
    vectors = (q @ u)[:, :DIM] * (s[:DIM] ** 0.5)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    vectors *= np.sqrt(DIM)
    keep = order != stop
    np.savez(f"{work}/vectors.npz", words=np.array("\n".join(names[order[keep]])), counts=counts[order[keep]],
             train=np.array([train.get(n, 0) for n in names[order[keep]]]), vectors=vectors[keep].astype(np.float32))
    for probe in ("minister", "killed", "karachi"):
        i = list(names[order[keep]]).index(probe)
        near = np.argsort(-(vectors[keep] @ vectors[keep][i]))[:8]
        print(probe, [names[order[keep]][j] for j in near])


if __name__ == "__main__":
    main(*sys.argv[1:])
