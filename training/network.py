"""The network in PyTorch, built so that every value has a fixed range and rounds to a few bits (see export.py).

Hashed rows summed -> window of three words (ReLU) -> two bidirectional minGRU layers -> tags, arcs, relations.
"""
import numba
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

EMBED, WINDOW, STATE, ARC, REL = 128, 128, 64, 64, 128
# Distances from a word to its head: -8..8 one by one, then in steps; the root has a row of its own (the first).
NEAR, BUCKETS = 8, 24


def bucket_table(n=512):
    """bucket_table()[d + n] is the row of distance d = head - word."""
    out = np.zeros(2 * n + 1, np.int64)
    for d in range(-n, n + 1):
        a = abs(d)
        k = a if a <= NEAR else 9 if a <= 12 else 10 if a <= 20 else 11
        out[d + n] = (12 - k) if d < 0 else (11 + k)
    return out


@numba.njit(fastmath=False, cache=True)
def _scan(z, c, out, reverse):
    b, t, d = z.shape
    for i in range(b):
        for s in range(t):
            at = t - 1 - s if reverse else s
            prev = at + 1 if reverse else at - 1
            for k in range(d):
                h = out[i, prev, k] if s > 0 else np.float32(0)
                out[i, at, k] = h + z[i, at, k] * (c[i, at, k] - h)


@numba.njit(fastmath=False, cache=True)
def _scan_back(z, c, out, grad, dz, dc, reverse):
    b, t, d = z.shape
    for i in range(b):
        carry = np.zeros(d, np.float32)
        for s in range(t - 1, -1, -1):
            at = t - 1 - s if reverse else s
            prev = at + 1 if reverse else at - 1
            for k in range(d):
                g = grad[i, at, k] + carry[k]
                h = out[i, prev, k] if s > 0 else np.float32(0)
                dz[i, at, k] = g * (c[i, at, k] - h)
                dc[i, at, k] = g * z[i, at, k]
                carry[k] = g * (np.float32(1) - z[i, at, k])


class Scan(torch.autograd.Function):
    """h = h + z (c - h), word by word, one way or the other."""

    @staticmethod
    def forward(ctx, z, c, reverse):
        z, c = z.contiguous(), c.contiguous()
        out = torch.empty_like(z)
        _scan(z.detach().numpy(), c.detach().numpy(), out.numpy(), reverse)
        ctx.save_for_backward(z, c, out)
        ctx.reverse = reverse
        return out

    @staticmethod
    def backward(ctx, grad):
        z, c, out = ctx.saved_tensors
        dz, dc = torch.empty_like(z), torch.empty_like(c)
        _scan_back(z.detach().numpy(), c.detach().numpy(), out.numpy(), grad.contiguous().numpy(), dz.numpy(), dc.numpy(), ctx.reverse)
        return dz, dc, None


class Round(torch.autograd.Function):
    """Rounds to a step; the gradient passes as if it did not."""

    @staticmethod
    def forward(ctx, x, step):
        return torch.round(x / step) * step

    @staticmethod
    def backward(ctx, grad):
        return grad, None


class Dense(nn.Module):
    """A linear layer whose weights can round to int8 per output row."""

    def __init__(self, inputs, outputs, gain=1.0):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(outputs, inputs) * gain / inputs ** 0.5)
        self.bias = nn.Parameter(torch.zeros(outputs))

    def forward(self, x, rounded):
        w = self.weight
        if rounded:
            scale = w.detach().abs().amax(1, keepdim=True).clamp(min=1e-6) / 127
            w = Round.apply(w, scale)
        return F.linear(x, w, self.bias)


class Network(nn.Module):
    def __init__(self, table_rows, known, vectors, labels, layers=2, state=STATE, window=WINDOW):
        super().__init__()
        self.known, self.layers, self.state = known, layers, state
        self.rows = nn.EmbeddingBag(table_rows, EMBED, mode="sum", sparse=True)
        with torch.no_grad():
            self.rows.weight.normal_(0, 0.08)
            self.rows.weight[1:known + 1] = 0
        self.register_buffer("vectors", vectors, persistent=False)
        self.map = nn.Parameter(torch.randn(vectors.shape[1], EMBED) * 0.35 / vectors.shape[1] ** 0.5)
        self.edge = nn.Parameter(torch.zeros(EMBED))
        self.window = Dense(3 * EMBED, window)
        self.scans = nn.ModuleList(Dense(window if i == 0 else 2 * state, 4 * state) for i in range(layers))
        s = 2 * state
        self.upos, self.xpos = Dense(s, len(labels.upos)), Dense(s, len(labels.xpos))
        self.arc_dep, self.arc_head = Dense(s, ARC), Dense(s, ARC)
        self.arc = Dense(ARC, ARC, 0.5)
        self.root = nn.Parameter(torch.rand(ARC) * 0.5)
        self.distance = nn.Parameter(torch.randn(BUCKETS, ARC) * 0.05)
        self.rel_dep, self.rel_head = Dense(s, REL, 0.7), Dense(s, REL, 0.7)
        self.rel_root = nn.Parameter(torch.zeros(REL))
        self.rel_distance = nn.Parameter(torch.zeros(BUCKETS, REL))
        self.rel = Dense(REL, len(labels.deprel))
        self.register_buffer("buckets", torch.tensor(bucket_table()), persistent=False)
        self.rounded, self.drops = False, (0.1, 0.15, 0.25)

    def sparse(self): return [self.rows.weight]

    def dense(self): return [p for n, p in self.named_parameters() if n != "rows.weight"]

    def q(self, x, low, high, step):
        x = x.clamp(low, high)
        return Round.apply(x, step) if self.rounded else x

    def drop(self, x, k):
        return F.dropout(x, self.drops[k], self.training) if self.drops[k] else x

    def forward(self, ids, vector_ids, mask):
        """ids [B, T, 7] rows, vector_ids [B, T] (0: none), mask [B, T]."""
        b, t, _ = ids.shape
        x = self.rows(ids.view(b * t, -1)).view(b, t, EMBED) + self.vectors[vector_ids] @ self.map
        x = self.q(x, -2, 63 / 32, 1 / 32)
        x = self.drop(x, 0)
        edge = self.q(self.edge, -2, 63 / 32, 1 / 32)
        x = torch.where(mask.unsqueeze(-1), x, edge)
        pad = edge.expand(b, 1, EMBED)
        x = torch.cat([torch.cat([pad, x[:, :-1]], 1), x, torch.cat([x[:, 1:], pad], 1)], -1)
        h = self.drop(self.q(self.window(x, self.rounded), 0, 127 / 32, 1 / 32), 1)
        total, m = None, mask.unsqueeze(-1).float()
        for layer in self.scans:
            g = layer(h, self.rounded)
            zf, cf, zb, cb = g.split(self.state, -1)
            zf, zb = ((z * 0.25 + 0.5).clamp(0, 1) * m for z in (zf, zb))
            y = torch.cat([Scan.apply(zf, cf.clamp(-1, 1), False), Scan.apply(zb, cb.clamp(-1, 1), True)], -1)
            total = y if total is None else total + y
            h = self.drop(self.q(y, -1, 63 / 64, 1 / 64), 1)
        if self.layers == 1: s = self.q(total, -1, 63 / 64, 1 / 64)
        else: s = self.q(total, -2, 63 / 32, 1 / 32)
        s = self.drop(s, 2)
        r = self.rounded
        dep = self.q(self.arc_dep(s, r), 0, 127 / 32, 1 / 32)
        head = self.q(self.arc_head(s, r), 0, 127 / 32, 1 / 32)
        root = self.q(self.root, 0, 127 / 32, 1 / 32)
        head = torch.cat([root.expand(b, 1, ARC), head], 1)
        d = self.q(self.arc(dep, r), -16, 16, 1 / 1024)
        arcs = d @ head.transpose(1, 2)
        far = d @ self.q(self.distance, -4, 4, 1 / 32).t()
        at = torch.arange(t)
        index = self.buckets[(at[None, :] - at[:, None]) + 512]
        index = torch.cat([torch.zeros(t, 1, dtype=torch.long), index], 1)
        arcs = arcs + torch.gather(far, 2, index.unsqueeze(0).expand(b, -1, -1))
        ok = torch.cat([torch.ones(b, 1, dtype=torch.bool), mask], 1).unsqueeze(1) & ~(torch.eye(t + 1, dtype=torch.bool)[1:]).unsqueeze(0)
        arcs = arcs.masked_fill(~ok, -1e4)
        return {"s": s, "upos": self.upos(s, r), "xpos": self.xpos(s, r), "arcs": arcs,
                "rel_dep": self.rel_dep(s, r), "rel_head": self.rel_head(s, r), "index": index}

    def relations(self, out, heads):
        """Relation scores of every word under the given heads (0: the root, i + 1: word i)."""
        a, hb = out["rel_dep"], out["rel_head"]
        b, t, _ = a.shape
        hb = torch.cat([self.rel_root.expand(b, 1, REL), hb], 1)
        hb = torch.gather(hb, 1, heads.unsqueeze(-1).expand(-1, -1, REL))
        bucket = torch.gather(out["index"].unsqueeze(0).expand(b, -1, -1), 2, heads.unsqueeze(-1)).squeeze(-1)
        h = self.q(a + hb + self.rel_distance[bucket], 0, 127 / 32, 1 / 32)
        return self.rel(self.drop(h, 1), self.rounded)
