"""What the network sees of a word: one known-word row and six hashed rows. The Rust side computes the very same numbers.

Row numbers are positions in one big table: [unknown, known words..., suffix 2, suffix 3, suffix 4, prefix 2, prefix 4, shape].
"""
from treebank import fold

# (name, rows); every size is a power of two.
HASHED = [("suffix2", 1024), ("suffix3", 4096), ("suffix4", 8192), ("prefix2", 1024), ("prefix4", 4096), ("shape", 1024)]
MASK = (1 << 64) - 1
LONGEST = 64  # characters of a word that are looked at


def hash64(data, seed):
    """FNV-1a with a final mix."""
    h = 0xCBF29CE484222325 ^ seed
    for byte in data:
        h = ((h ^ byte) * 0x100000001B3) & MASK
    h ^= h >> 32
    h = (h * 0x9E3779B97F4A7C15) & MASK
    return h ^ (h >> 29)


def key(word):
    """The form a known word is looked up by: folded, lower case, digits as 0."""
    chars = []
    for c in fold(word)[:LONGEST]:
        low = c.lower()
        # A character whose lower case is several characters stays as it is, so that lengths never change.
        low = low if len(low) == 1 else c
        chars.append("0" if "0" <= low <= "9" else low)
    return "".join(chars)


def shape(word):
    """Classes of characters, runs cut at two: Xx, XX, x, dd, dd,d, x'x."""
    out = []
    for c in fold(word)[:LONGEST]:
        if "0" <= c <= "9": k = "d"
        elif c.isupper(): k = "X"
        elif c.isalpha(): k = "x"
        else: k = c if ord(c) < 128 else "?"
        if len(out) >= 2 and out[-1] == k and out[-2] == k:
            continue
        out.append(k)
    return "".join(out[:12])


def hashed(word):
    """The six hashed strings' rows, relative to their own block."""
    k = key(word)
    parts = [k[-2:], k[-3:], k[-4:], k[:2], k[:4], shape(word)]
    return [hash64(p.encode("utf-8", "replace"), i + 1) % rows for i, (p, (_, rows)) in enumerate(zip(parts, HASHED))]


class Table:
    """Row numbers for words, given the list of known words."""

    def __init__(self, known):
        self.known = {w: i + 1 for i, w in enumerate(known)}
        self.first, at = [], len(known) + 1
        for _, rows in HASHED:
            self.first.append(at)
            at += rows
        self.rows = at
        self.cache = {}

    def ids(self, word):
        got = self.cache.get(word)
        if got is None:
            got = [self.known.get(key(word), 0)] + [f + r for f, r in zip(self.first, hashed(word))]
            self.cache[word] = got
        return got
