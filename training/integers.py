"""The network in integers: rounds a trained network and runs it exactly as the Rust side does, word by word, in numpy."""
import numpy as np

from network import ARC, BUCKETS, EMBED, REL, bucket_table

F32 = np.float32
ROW_STEP = 1 / 64      # rows of the table
X_STEP = 1 / 32        # word inputs, window and head layers' outputs
PART_STEP = 1 / 512    # halves that are summed before a ReLU
STATE_ONE = 16384      # 1.0 in a scan's state
GATE_ONE = 32768       # 1.0 in a gate
ARC_STEP = 1 / 1024


class Matrix:
    """int8 weights by row, an int32 start for the sum, and the float32 factor that takes the sum to the output's step."""

    def __init__(self, weight, bias, offset, in_step, out_step, gain=1.0, shift=0.0):
        """`offset` is what unsigned inputs carry above their value; `gain` and `shift` act on the real output."""
        weight, bias = np.asarray(weight, np.float64) * gain, np.asarray(bias, np.float64) * gain + shift
        scale = np.maximum(np.abs(weight).max(1), 1e-6) / 127
        self.weight = np.rint(weight / scale[:, None]).astype(np.int8)
        start = np.rint(bias / (scale * in_step)) - offset * self.weight.astype(np.int64).sum(1)
        self.start = np.clip(start, -(1 << 23), 1 << 23).astype(np.int32)
        self.factor = (scale * in_step / out_step).astype(F32)

    def __call__(self, inputs):
        """inputs [n, K] uint8 -> int16 [n, outputs]."""
        total = inputs.astype(np.int32) @ self.weight.astype(np.int32).T + self.start
        real = np.clip(total.astype(F32) * self.factor, F32(-32768), F32(32767))
        return np.rint(real).astype(np.int16)


def stack(matrices):
    """Several matrices over the same input as one."""
    out = Matrix.__new__(Matrix)
    for name in ("weight", "start", "factor"):
        setattr(out, name, np.concatenate([getattr(m, name) for m in matrices]))
    return out


def padded(matrix, multiple=8):
    """Empty rows up to a multiple of eight."""
    more = -len(matrix.weight) % multiple
    if more:
        matrix.weight = np.concatenate([matrix.weight, np.zeros((more, matrix.weight.shape[1]), np.int8)])
        matrix.start = np.concatenate([matrix.start, np.full(more, -1000, np.int32)])
        matrix.factor = np.concatenate([matrix.factor, np.full(more, 1000, F32)])
    return matrix


def sat16(x): return np.clip(x, -32768, 32767).astype(np.int16)


class IntegerNetwork:
    def __init__(self, model, inputs, root_label):
        get = lambda t: t.detach().double().numpy()
        rows = get(model.rows.weight)
        known = model.known
        table = rows[:-1].copy()
        own = table[1:known + 1]
        own[inputs.seen[1:known + 1] == 0] = rows[-1]
        table[1:known + 1] = own + get(model.vectors)[1:] @ get(model.map)
        self.clipped = float((np.abs(table) > 127 / 64).mean())
        self.rows = np.clip(np.rint(table / ROW_STEP), -127, 127).astype(np.int8)
        self.state, self.layers = model.state, model.layers
        self.edge = (np.clip(np.rint(get(model.edge) / X_STEP), -64, 63) + 64).astype(np.uint8)
        w, b = get(model.window.weight), get(model.window.bias)
        zero = np.zeros(len(b))
        self.window = stack([Matrix(w[:, i * EMBED:(i + 1) * EMBED], zero, 64, X_STEP, PART_STEP) for i in range(3)])
        self.window_bias = sat16(np.rint(b / PART_STEP))
        self.scans = []
        s = self.state
        for i, layer in enumerate(model.scans):
            offset, step = (0, X_STEP) if i == 0 else (64, 1 / 64)
            w, b = get(layer.weight), get(layer.bias)
            parts = []
            for k in range(4):
                ws, bs = w[k * s:(k + 1) * s], b[k * s:(k + 1) * s]
                if k % 2 == 0: parts.append(Matrix(ws, bs, offset, step, 1 / GATE_ONE, 0.25, 0.5))
                else: parts.append(Matrix(ws, bs, offset, step, 1 / STATE_ONE))
            self.scans.append(stack(parts))
        self.out_step = 1 / 64 if model.layers == 1 else 1 / 32
        dense = lambda m, step: Matrix(get(m.weight), get(m.bias), 64, self.out_step, step)
        self.heads = padded(stack([dense(model.arc_dep, X_STEP), dense(model.arc_head, X_STEP),
                                   Matrix(get(model.rel_dep.weight), get(model.rel_dep.bias), 64, self.out_step, PART_STEP),
                                   Matrix(get(model.rel_head.weight), get(model.rel_head.bias), 64, self.out_step, PART_STEP),
                                   dense(model.upos, PART_STEP), dense(model.xpos, PART_STEP)]))
        self.n_upos, self.n_xpos, self.n_deprel = len(model.upos.bias), len(model.xpos.bias), len(model.rel.bias)
        self.root_label = root_label
        self.arc = Matrix(get(model.arc.weight), get(model.arc.bias), 0, X_STEP, ARC_STEP)
        self.root = np.clip(np.rint(get(model.root) / X_STEP), 0, 127).astype(np.int16)
        self.distance = np.clip(np.rint(get(model.distance) / X_STEP), -127, 127).astype(np.int16)
        self.rel_root = sat16(np.rint(get(model.rel_root) / PART_STEP))
        self.rel_distance = sat16(np.rint(get(model.rel_distance) / PART_STEP))
        self.rel = padded(Matrix(get(model.rel.weight), get(model.rel.bias), 0, X_STEP, PART_STEP))
        self.buckets = bucket_table()

    def encode(self, ids):
        """ids [n, 7] -> uint8 [n, 2 * state], values above 64."""
        x = self.rows[ids].astype(np.int32).sum(1)
        x = (np.clip((x + 1) >> 1, -64, 63) + 64).astype(np.uint8)
        n, k = len(x), len(self.window_bias)
        parts = self.window(np.concatenate([x, self.edge[None]])).astype(np.int32)
        before, here, after = parts[:, :k], parts[:, k:2 * k], parts[:, 2 * k:]
        left = np.concatenate([before[n:], before[:n - 1]])
        right = np.concatenate([after[1:n], after[n:]])
        total = sat16(sat16(sat16(left + here[:n]) + right) + self.window_bias.astype(np.int32)).astype(np.int32)
        h = np.clip((total + 8) >> 4, 0, 127).astype(np.uint8)
        total, s = np.zeros((n, 2 * self.state), np.int32), self.state
        for layer in self.scans:
            g = layer(h).astype(np.int32)
            y = np.zeros((n, 2 * s), np.int32)
            for back in (0, 1):
                z = np.clip(g[:, 2 * back * s:(2 * back + 1) * s], 0, 32767)
                c = np.clip(g[:, (2 * back + 1) * s:(2 * back + 2) * s], -16383, 16383)
                state = np.zeros(s, np.int32)
                for i in (range(n - 1, -1, -1) if back else range(n)):
                    state = state + (((c[i] - state) * z[i] + 0x4000) >> 15)
                    y[i, back * s:(back + 1) * s] = state
            total += y
            h = (np.clip((y + 128) >> 8, -64, 63) + 64).astype(np.uint8)
        if self.layers == 1: return h
        return (np.clip((total + 256) >> 9, -64, 63) + 64).astype(np.uint8)

    def analyze(self, ids, best_tree):
        """(upos, xpos, heads, deprels) as numbers; heads with -1 for the root."""
        n = len(ids)
        g = self.heads(self.encode(ids))
        dep = np.clip(g[:, :ARC], 0, 127).astype(np.uint8)
        head = np.clip(g[:, ARC:2 * ARC], 0, 127).astype(np.int64)
        a, b = g[:, 2 * ARC:2 * ARC + REL].astype(np.int32), g[:, 2 * ARC + REL:2 * ARC + 2 * REL].astype(np.int32)
        at = 2 * ARC + 2 * REL
        upos = g[:, at:at + self.n_upos].argmax(1)
        xpos = g[:, at + self.n_upos:at + self.n_upos + self.n_xpos].argmax(1)
        d = self.arc(dep).astype(np.int64)
        head = np.concatenate([self.root[None].astype(np.int64), head])
        far = d @ self.distance.astype(np.int64).T
        i = np.arange(n)
        index = np.concatenate([np.zeros((n, 1), np.int64), self.buckets[np.clip(i[None] - i[:, None], -512, 512) + 512]], 1)
        scores = d @ head.T + np.take_along_axis(far, index, 1)
        scores[i, i + 1] = -(1 << 40)
        heads = best_tree(scores)
        b = np.concatenate([self.rel_root[None].astype(np.int32), b])
        total = sat16(sat16(a + b[heads + 1]) + self.rel_distance[index[i, heads + 1]].astype(np.int32)).astype(np.int32)
        h = np.clip((total + 8) >> 4, 0, 127).astype(np.uint8)
        labels = self.rel(h)[:, :self.n_deprel].astype(np.int32)
        # The root bears `root` and no other word does.
        labels[:, self.root_label] = np.where(heads < 0, 1 << 20, -(1 << 20))
        deprels = labels.argmax(1)
        return upos, xpos, heads, deprels
