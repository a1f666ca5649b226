#!/bin/bash
# Everything from the data to seeds/models/core.bin, in one command: training/run.sh [DATA]. About fifteen minutes on
# one core; with TEACHER=1 about two hours.
# Needs Python 3.11 with training/requirements.txt; DATA is the folder with treebanks/ and dumps/.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
data=$(cd "${1:-$here/../../shared/data}" && pwd)
cd "$here" && mkdir -p work
export OMP_NUM_THREADS=1
python=${PYTHON:-python3}
[ -f work/vectors.npz ] || $python vectors.py "$data" work
# With a teacher trees came out worse so far (LOG.md), so the shipped network is made from the treebanks alone.
if [ "${TEACHER:-0}" = 1 ]; then
  [ -f work/teacher.pt ] || $python teacher.py train "$data" work --epochs 3
  ls work/labelled-*.npz >/dev/null 2>&1 || $python teacher.py label "$data" work --words 1500000
  $python student.py "$data" work --name final --state 96 --soft 99 --share 2.5 --passes 8 --every 2
else
  # The treebanks alone: ten minutes.
  $python student.py "$data" work --name final --passes 14 --every 2
fi
$python export.py "$data" work work/final.pt ../seeds/models/core.bin --vectors ../transforms/src/network/vectors.tsv
