"""Reads raw dump articles and cuts them into sentences of UD-like words, roughly: for statistics and teacher labels only."""
import io
import json
import random
import re

import zstandard

CLITIC = re.compile(r"(?i)^(.*\w)(n['’]t|['’](?:s|re|ve|ll|d|m))$")
TOKEN = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+|@\w+|#\w+"
    r"|(?:[A-Za-z]\.){2,}|(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Gov|Sen|Rep|St|Jr|Sr|Prof|Capt|Maj|vs|No|Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept|Oct|Nov|Dec|a\.m|p\.m)\."
    r"|\d+(?:[.,:]\d+)*(?:st|nd|rd|th|s)?|\w+(?:['’]\w+)*|\.\.\.|--+|[!?]+|\S")
OPEN = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])")
ABBREVIATION = re.compile(r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Lt|Col|Sgt|Gov|Sen|Rep|St|Jr|Sr|Prof|Capt|Maj|vs|No|Inc|Corp|Co|Ltd|Jan|Feb|Aug|Sept|Oct|Nov|Dec)|\b[A-Z])\.$")
POSSESSIVE = re.compile(r"(?i)^(.*s)(['’])$")


def words_of(text):
    """UD-like words: clitics apart, hyphens apart."""
    out = []
    for match in TOKEN.finditer(text):
        token = match.group()
        if token.lower() == "cannot":
            out += [token[:3], token[3:]]
            continue
        clitic = CLITIC.match(token)
        if clitic and clitic.group(1).lower() not in ("o",):
            out += [clitic.group(1), clitic.group(2)]
        else:
            out.append(token)
    return out


def sentences_of(text):
    """Pieces of one article's text that look like sentences."""
    for paragraph in text.split("\n"):
        paragraph = paragraph.strip()
        at = 0
        for match in OPEN.finditer(paragraph):
            if ABBREVIATION.search(paragraph[at:match.start()]):
                continue
            yield paragraph[at:match.end()].strip()
            at = match.end()
        if at < len(paragraph):
            yield paragraph[at:]


def articles(path):
    with open(path, "rb") as handle:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(handle), encoding="utf-8"):
            yield json.loads(line)


def raw_sentences(path, skip=0, seed=0, keep=0.35):
    """A random choice of sentences and titles of the dump, as lists of words, never the same one twice."""
    rng, seen = random.Random(seed), set()
    texts = list(articles(path))
    rng.shuffle(texts)
    # Each part of the labels starts at its own place, so that parts can be made apart.
    start = (skip * 997) % len(texts)
    for article in texts[start:] + texts[:start]:
        choice = list(sentences_of(article["text"]))
        picked = [s for s in choice if rng.random() < keep]
        if article.get("title"):
            picked.append(article["title"])
        for sentence in picked:
            if not 12 <= len(sentence) <= 700 or sentence in seen:
                continue
            seen.add(sentence)
            words = words_of(sentence)
            if 3 <= len(words) <= 100 and sum(w[0].isalpha() for w in words) * 2 >= len(words):
                yield words
