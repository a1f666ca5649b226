"""Reads CoNLL-U treebanks and turns their sentences into the augmented copies that the models are trained on."""
import random
from dataclasses import dataclass


@dataclass
class Sentence:
    """One sentence of syntactic words; heads are 0-based, the root's head is -1."""
    words: list
    upos: list
    xpos: list
    lemmas: list
    heads: list
    deprels: list
    soft: object = None  # row of the teacher's soft labels, where there is one


def read_conllu(path):
    """All sentences of one file; empty nodes and the lines of multiword tokens are left out."""
    sentences, rows = [], []
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            line = line.rstrip("\n")
            if not line:
                if rows:
                    sentences.append(_sentence(rows))
                    rows = []
            elif not line.startswith("#"):
                columns = line.split("\t")
                if columns[0].isdigit():
                    rows.append(columns)
    if rows:
        sentences.append(_sentence(rows))
    return sentences


def _sentence(rows):
    return Sentence(
        words=[r[1] for r in rows], upos=[r[3] for r in rows], xpos=[r[4] for r in rows],
        lemmas=[r[2] for r in rows], heads=[int(r[6]) - 1 for r in rows], deprels=[r[7] for r in rows],
    )


# Curly quotes, primes and odd spaces stand for one character each, so that offsets never move.
FOLD = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'", "ʼ": "'", "′": "'",
    "‐": "-", "‑": "-", "−": "-", "―": "—", "\u00a0": " ",
})


def fold(word):
    """The form that models look at: quotes and hyphens straight."""
    return word.translate(FOLD)


class Labels:
    """The label lists, in a fixed order: by frequency in the training treebanks, then by name."""

    def __init__(self, sentences):
        def order(column):
            counts = {}
            for s in sentences:
                for label in getattr(s, column):
                    counts[label] = counts.get(label, 0) + 1
            return sorted(counts, key=lambda k: (-counts[k], k))
        self.upos, self.xpos, self.deprel = order("upos"), order("xpos"), order("deprels")
        self.upos_id = {k: i for i, k in enumerate(self.upos)}
        self.xpos_id = {k: i for i, k in enumerate(self.xpos)}
        self.deprel_id = {k: i for i, k in enumerate(self.deprel)}


def augment(sentence, rng: random.Random):
    """A surface variant: (words, number of words kept). Only the last word may be dropped, so labels stay aligned.

    Headlines have no final stop and odd capitals; some wires and old records are upper case throughout.
    """
    words, keep = sentence.words, len(sentence.words)
    roll = rng.random()
    if roll < 0.04:
        words = [w.lower() for w in words]
    elif roll < 0.09:
        words = [w.upper() for w in words]
    elif roll < 0.13:
        words = [w[:1].upper() + w[1:] for w in words]
    elif roll < 0.16:
        # Headline style: small words stay small.
        words = [w if len(w) < 4 else w[:1].upper() + w[1:] for w in words]
    if keep > 2 and rng.random() < 0.12 and sentence.deprels[-1] == "punct" and (keep - 1) not in sentence.heads:
        keep -= 1
    return words[:keep], keep
