"""How words are printed in the middle of a sentence, counted over raw news: case.py DATA OUT

Writes seeds/lexicon/case.tsv: the form with its capitals, and the logarithm of capital to small, rounded, from -6 to 6.
Words that are seldom capital are left out where their ending leads to one that is listed (`derived` here and in
transforms/src/recase.rs do the same), as are those seen less than four times. One minute.
"""
import collections
import math
import os
import re
import sys

from rawtext import articles

WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*[A-Za-z]|[A-Za-z]")
BEFORE = set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ,;)")
ENDINGS = [("s", ""), ("es", ""), ("ed", ""), ("ed", "e"), ("ing", ""), ("ing", "e"), ("ly", ""), ("d", ""), ("ness", ""),
           ("er", ""), ("ies", "y"), ("ied", "y"), ("able", ""), ("ally", "al"), ("ment", ""), ("less", ""), ("ful", "")]
BEGINNINGS = ["un", "re", "non", "anti", "pre", "de", "in", "mis", "over", "dis", "inter", "co"]
SMALL = -2
LEAST = 4


def count(path):
    small, forms = collections.Counter(), collections.defaultdict(collections.Counter)
    for article in articles(path):
        text = article["text"]
        upper = sum(c.isupper() for c in text[:3000])
        lower = sum(c.islower() for c in text[:3000])
        if not lower or upper * 50 < lower or upper * 3 > lower:
            continue
        for match in WORD.finditer(text):
            at = match.start() - 1
            while at >= 0 and text[at] == " ":
                at -= 1
            if at < 0 or text[at] not in BEFORE or at == match.start() - 1:
                continue
            word = match.group().replace("’", "'").removesuffix("'s")
            if not word:
                continue
            if word.islower():
                small[word] += 1
            else:
                forms[word.lower()][word] += 1
    return small, forms


def derived(word, odds):
    """Whether an ending or a beginning makes it of a listed word that is written small."""
    for ending, instead in ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            if odds.get(word[: -len(ending)] + instead, 9) <= SMALL:
                return True
    return any(word.startswith(b) and odds.get(word[len(b):], 9) <= SMALL for b in BEGINNINGS)


def main():
    data, out = sys.argv[1:3]
    small, forms = count(os.path.join(data, "dumps/news_30k.jsonl.zst"))
    odds, printed = {}, {}
    for word in set(small) | set(forms):
        capital, rest = sum(forms[word].values()) if word in forms else 0, small[word]
        if capital + rest < LEAST or len(word) > 24 or not word.isascii():
            continue
        odds[word] = max(-6, min(6, round(math.log((capital + 0.5) / (rest + 0.5)))))
        best = max(forms[word].items(), key=lambda kv: (kv[1], kv[0]))[0] if word in forms else word
        printed[word] = best if odds[word] > SMALL else word
    # Short words first, so that whatever is left out is derived from what stays.
    kept = {}
    for word in sorted(odds, key=lambda w: (len(w), w)):
        if odds[word] > SMALL or not derived(word, kept):
            kept[word] = odds[word]
    with open(out, "w", encoding="utf-8") as handle:
        handle.write("# How words are printed in the middle of a sentence: the form, and the logarithm of capital to small, rounded.\n")
        handle.write("# Counted over raw English news by training/case.py; words seen four times or more. Licence: that of this repository.\n")
        handle.write("form\todds\n")
        for word in sorted(kept):
            handle.write(f"{printed[word]}\t{kept[word]}\n")


if __name__ == "__main__":
    main()
