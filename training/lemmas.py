"""Lemma rules: edit scripts (case, letters cut off, letters put on) chosen by word and XPOS, else by the longest known suffix.

    lemmas.py DATA WORK         prints how many dev lemmas come out right with gold XPOS
"""
import sys
from collections import Counter, defaultdict

import numpy as np

from features import hash64, key
from treebank import fold, read_conllu

KEEP, LOWER = 0, 1
NAMES = {"NNP", "NNPS", "ADD", "GW", "FW", "SYM", "NFP", "LS", "AFX"}
SUFFIX = 6


def script(form, lemma, xpos):
    """The shortest rule that makes the lemma of the form; `None` where none does."""
    best = None
    for mode in ((KEEP, LOWER) if xpos in NAMES else (LOWER, KEEP)):
        base = lower(form) if mode == LOWER else form
        same = 0
        while same < min(len(base), len(lemma)) and base[same] == lemma[same]:
            same += 1
        rule = (mode, len(base) - same, lemma[same:])
        if best is None or rule[1] + len(rule[2]) < best[1] + len(best[2]):
            best = rule
    return best


def lower(form):
    """Lower case, character by character, so that lengths stay."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in form)


def apply(rule, form):
    mode, cut, put = rule
    base = lower(form) if mode == LOWER else form
    return base if cut > len(base) else base[:len(base) - cut] + put


def capital(form):
    return form[:1].isupper()


def word_seed(xpos_id, cap): return ((1000 + 2 * xpos_id + cap) * 0x9E3779B97F4A7C15) & ((1 << 64) - 1)
def suffix_seed(xpos_id, cap): return ((2000 + 2 * xpos_id + cap) * 0x9E3779B97F4A7C15) & ((1 << 64) - 1)


class Lemmas:
    """`table` maps a hash to a rule number; the whole word is asked first, then ever shorter suffixes."""

    def __init__(self, sentences, labels, words, counts):
        pairs, names = defaultdict(Counter), labels.xpos_id
        for s in sentences:
            for form, xpos, lemma, rel in zip(s.words, s.xpos, s.lemmas, s.deprels):
                if rel == "goeswith" or xpos not in names or not lemma:
                    continue
                pairs[(key(form), names[xpos], capital(form))][script(fold(form), fold(lemma), xpos)] += 1
        choice = {k: c.most_common(1)[0][0] for k, c in pairs.items()}
        tails = defaultdict(Counter)
        for (word, xpos, cap), rule in choice.items():
            for n in range(0, SUFFIX + 1):
                if n <= len(word):
                    tails[(word[len(word) - n:], xpos, cap)][rule] += 1
        # Every tag has a rule for the empty suffix.
        self.suffixes = {}
        for xpos in range(len(labels.xpos)):
            for cap in (False, True):
                other = tails.get(("", xpos, not cap), Counter({(KEEP, 0, ""): 1}))
                self.suffixes[("", xpos, cap)] = tails.get(("", xpos, cap), other).most_common(1)[0][0]
        for n in range(1, SUFFIX + 1):
            for (tail, xpos, cap), c in tails.items():
                if len(tail) != n:
                    continue
                rule, votes = c.most_common(1)[0]
                if votes >= 2 and rule != self._suffix(tail, xpos, cap, n - 1):
                    self.suffixes[(tail, xpos, cap)] = rule
        self.words = {}
        # Regular endings that the treebanks don't hold: the candidate lemma that the raw text uses most.
        count = {w: int(n) for w, n in zip(words, counts)}
        endings = {"NNS": ("s",), "VBZ": ("s",), "VBD": ("ed",), "VBN": ("ed",), "VBG": ("ing",)}
        for tag, tails_of in endings.items():
            if tag not in names:
                continue
            for word in words:
                if not word.isalpha() or not word.endswith(tails_of) or len(word) < 5 or count[word] < 5:
                    continue
                for cap in (False, True):
                    if (word, names[tag], cap) in choice or (word, names[tag], not cap) in choice:
                        continue
                    options = self._candidates(word, tag)
                    best = max(options, key=lambda rule: (count.get(apply(rule, word), 0), -rule[1]))
                    guess = self._suffix(word, names[tag], cap, SUFFIX)
                    if count.get(apply(best, word), 0) > 3 * max(5, count.get(apply(guess, word), 0)) and best != guess:
                        self.words[(word, names[tag], cap)] = best
        for (word, xpos, cap), rule in choice.items():
            if rule != self._suffix(word, xpos, cap, SUFFIX):
                self.words[(word, xpos, cap)] = rule
        rules = Counter(list(self.suffixes.values()) + list(self.words.values()))
        self.rules = sorted(rules, key=lambda r: (-rules[r], r))
        number = {r: i for i, r in enumerate(self.rules)}
        self.table = {}
        for (tail, xpos, cap), rule in self.suffixes.items():
            self.table[hash64(tail.encode("utf-8", "replace"), suffix_seed(xpos, cap))] = number[rule]
        for (word, xpos, cap), rule in self.words.items():
            self.table[hash64(word.encode("utf-8", "replace"), word_seed(xpos, cap))] = number[rule]

    def _candidates(self, word, tag):
        if tag in ("NNS", "VBZ"):
            return [(LOWER, 1, "")] + ([(LOWER, 2, "")] if word.endswith("es") else []) + ([(LOWER, 3, "y")] if word.endswith("ies") else [])
        n = 3 if tag == "VBG" else 2
        stem = word[:-n]
        out = [(LOWER, n, ""), (LOWER, n, "e")]
        if len(stem) > 2 and stem[-1] == stem[-2]: out.append((LOWER, n + 1, ""))
        if stem.endswith("i") and n == 2: out.append((LOWER, 3, "y"))
        return out

    def _suffix(self, word, xpos, cap, longest):
        for n in range(min(longest, len(word)), -1, -1):
            rule = self.suffixes.get((word[len(word) - n:], xpos, cap))
            if rule is not None:
                return rule
        return (KEEP, 0, "")

    def rule(self, form, xpos):
        """The rule's number, by the same look-ups as the Rust side."""
        word, cap, xpos = key(form), capital(fold(form)), int(xpos)
        got = self.table.get(hash64(word.encode("utf-8", "replace"), word_seed(xpos, cap)))
        if got is not None:
            return got
        for n in range(min(SUFFIX, len(word)), -1, -1):
            got = self.table.get(hash64(word[len(word) - n:].encode("utf-8", "replace"), suffix_seed(xpos, cap)))
            if got is not None:
                return got
        return 0

    def lemma(self, form, xpos):
        return apply(self.rules[self.rule(form, xpos)], fold(form))


def main(data, work):
    from student import read_data
    gold, dev, labels = read_data(data)
    stored = np.load(f"{work}/vectors.npz")
    lemmas = Lemmas(gold, labels, str(stored["words"]).split("\n"), stored["counts"])
    print(len(lemmas.rules), "rules", len(lemmas.suffixes), "suffixes", len(lemmas.words), "words")
    for name, sentences in dev.items():
        right, total, wrong = 0, 0, Counter()
        for s in sentences:
            for form, xpos, lemma in zip(s.words, s.xpos, s.lemmas):
                got = lemmas.lemma(form, labels.xpos_id.get(xpos, 0))
                total += 1
                right += got.lower() == lemma.lower()
                if got.lower() != lemma.lower(): wrong[(form, xpos, lemma, got)] += 1
        print(name, f"{100 * right / total:.2f} n={total}", wrong.most_common(12))


if __name__ == "__main__":
    main(*sys.argv[1:])
