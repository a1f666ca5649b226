#!/usr/bin/env python3
"""Draws (sentence, target) pairs for the teacher from a data set that Columnist wrote; the records look like NewsMTSC's.

    columnist run --output OUT news.jsonl
    pairs.py OUT targets_dev.jsonl 120000 pairs.jsonl      # needs duckdb

Targets that the model in use finds not neutral are drawn more often; sentences of the dev set are left out. The text
stays in the work folder: only the teacher's opinion of it goes into the weights.
"""
import json
import random
import sys

import duckdb


def main(out, dev, most, path):
    known = {json.loads(line)["sentence_normalized"].strip() for line in open(dev)}
    rows = duckdb.sql(f"""
        select substr(a.text, s.start_char + 1, s.end_char - s.start_char) as text, t.start_char - s.start_char,
               t.end_char - s.start_char, t.score, t.target_text
        from '{out}/sentiment/*.parquet' t
        join '{out}/sentences/*.parquet' s on s.article_id = t.article_id and s.sentence_no = t.sentence_no
        join '{out}/articles/*.parquet' a on a.article_id = t.article_id
        where t.scope = 'target' and s.end_char - s.start_char between 40 and 300
        order by t.article_id, t.start_char""").fetchall()
    rng = random.Random(7)
    rng.shuffle(rows)
    share = {False: 0.65 * int(most), True: 0.35 * int(most)}
    seen, drawn = {}, []
    for text, start, end, score, mention in rows:
        if text[start:end] != mention or text.strip() in known or "\n" in text.strip():
            continue
        neutral = abs(score) <= 0.05
        if share[neutral] <= 0 or seen.get(text, 0) >= 2:
            continue
        share[neutral] -= 1
        seen[text] = seen.get(text, 0) + 1
        name = any(w[:1].isupper() for w in mention.split()) and mention not in ("He", "She", "They", "It")
        drawn.append({"primary_gid": str(len(drawn)), "sentence_normalized": text,
                      "targets": [{"from": start, "to": end, "mention": mention, "polarity": 4, "hide": name}]})
    rng.shuffle(drawn)
    with open(path, "w") as f:
        for r in drawn:
            f.write(json.dumps(r) + "\n")
    print(len(drawn))


main(*sys.argv[1:])
