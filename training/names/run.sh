#!/bin/bash
# Everything from the data to seeds/models/names.bin, in one command: training/names/run.sh [DATA]. About twenty minutes
# on one core. Needs Rust and a Python (PYTHON) with spaCy 3.8 and both teachers (see label.py); DATA holds names/, dumps/.
set -euo pipefail
cd "$(dirname "$0")/../.."
data=${1:-../shared/data}
work=training/work
mkdir -p "$work"
trainer() { cargo run --release -p columnist-transforms --example train_names -- "$@"; }
[ -f "$work/labels.jsonl" ] || "${PYTHON:-python3}" training/names/label.py "$data" "$work" 4000000
[ -f "$work/clusters.tsv" ] || trainer clusters "$work/raw.jsonl" "$work/clusters.tsv" 256
trainer train "data=$data" epochs=4 first=2 words=2000000 gold=12 dropout=0.15 document=100 out=seeds/models/names.bin
trainer eval seeds/models/names.bin "$data/names/worldwide_dev.jsonl"
