#!/usr/bin/env bash
# Everything that must hold before a change lands: format, lints, tests. The same on every machine, one profile.
#
# Tests against the readers people use (DuckDB, pandas, polars) run where COLUMNIST_PYTHON names a Python that has
# them (`.ci/run` makes one); elsewhere they say that they were skipped.
set -eu
cd "$(dirname "$0")"

step() {
    printf '\n== %s\n' "$*"
    "$@"
}

for tool in fmt clippy; do
    if ! cargo "$tool" --version >/dev/null 2>&1; then
        echo "check.sh: cargo $tool is not there; rustup component add rustfmt clippy" >&2
        exit 1
    fi
done

step cargo fmt --all --check
step cargo clippy --locked --workspace --all-targets --release -- -D warnings
step cargo test --locked --workspace --release
printf '\n== all checks passed\n'
