"""Best trees: argmax where it is one, Chu-Liu-Edmonds with exactly one root where it is not."""
import numpy as np


def is_tree(heads):
    """heads[i] is a word's head, -1 for the root; true for one root and no cycle."""
    if sum(h < 0 for h in heads) != 1:
        return False
    state = [0] * len(heads)
    for i in range(len(heads)):
        path, j = [], i
        while j >= 0 and state[j] == 0:
            state[j] = 1
            path.append(j)
            j = heads[j]
        if j >= 0 and state[j] == 1 and j in path:
            return False
        for k in path:
            state[k] = 2
    return True


def best_tree(scores):
    """scores[word][head], head column 0 being the root; heads with -1 for the root.

    Where argmax is no tree, arcs from the root pay a fee larger than all the rest together, which leaves exactly one.
    """
    heads = scores.argmax(1) - 1
    if is_tree(list(heads)):
        return heads
    n = len(scores)
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:, :] = scores
    span = float(scores.max() - scores.min()) + 1.0
    full[1:, 0] -= span * (n + 1)
    np.fill_diagonal(full, -np.inf)
    return _edmonds(full)[1:] - 1


def _edmonds(s):
    n = len(s)
    head = s.argmax(1)
    head[0] = -1
    cycle = _cycle(head)
    if cycle is None:
        return head
    inside = np.zeros(n, bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    gain = s[cycle, :] - s[cycle, head[cycle]][:, None]
    m = len(rest) + 1
    t = np.full((m, m), -np.inf)
    t[:-1, :-1] = s[np.ix_(rest, rest)]
    enter = gain[:, rest]
    t[-1, :-1] = enter.max(0)
    enter_at = enter.argmax(0)
    leave = s[np.ix_(rest, cycle)]
    t[:-1, -1] = leave.max(1)
    leave_at = leave.argmax(1)
    t[0, :] = -np.inf
    sub = _edmonds(t)
    out = head.copy()
    for i, w in enumerate(rest):
        if i == 0:
            continue
        out[w] = cycle[leave_at[i]] if sub[i] == m - 1 else rest[sub[i]]
    into = sub[m - 1]
    out[cycle[enter_at[into]]] = rest[into]
    return out


def _cycle(head):
    state = np.zeros(len(head), int)
    for i in range(len(head)):
        path, j = [], i
        while j >= 0 and state[j] == 0:
            state[j] = 1
            path.append(j)
            j = head[j]
        if j >= 0 and state[j] == 1:
            return np.array(path[path.index(j):])
        for k in path:
            state[k] = 2
    return None
