# One vocabulary of commands. `just` lists them; each is one line that can be typed without just.

# lists the commands
default:
    @just --list --unsorted

# format, lints, tests: what must pass before a change lands
check:
    bash check.sh

# the tests whose names contain FILTER
test FILTER="":
    cargo test --workspace --release {{FILTER}}

# formats the Rust code
fmt:
    cargo fmt --all

# the lints, as errors
lint:
    cargo clippy --workspace --all-targets --release -- -D warnings

# benches, each of which checks its answer
bench FILTER="":
    cargo bench --workspace {{FILTER}}

# the event rules with type and mode; with a folder of one's own on top: just rules DIR
rules SEEDS="":
    cargo run --release --quiet -- rules {{ if SEEDS == "" { "" } else { "--seeds " + SEEDS } }}

# the tests that the event rules carry
rule-tests:
    cargo test --release -p columnist-transforms --test rules -- --show-output

# docs/schema.md from the definitions in output/src/schema
schema:
    cargo run --release --quiet -- schema --format md > docs/schema.md

# the sample articles to out/
demo:
    cargo run --release -- run seeds/articles --output out

# the tables in README.md from out/ (needs a Python with duckdb)
look: demo
    "${COLUMNIST_PYTHON:-python3}" docs/look.py out

# how a text was read: sentences, words, trees, names, rules, events
explain FILE:
    cargo run --release --quiet -- explain {{FILE}}

# licences, sources and bans of dependencies (needs cargo-deny)
deny:
    cargo deny check licenses bans sources

# the program as it is handed out
dist:
    cargo build --profile dist

# a run over FILE under the sampling profiler (needs perf)
profile FILE:
    cargo build --profile profiling
    perf record --call-graph dwarf -o target/perf.data target/profiling/columnist run {{FILE}} --output target/profile-out
