//! Flags from a file: `--config FILE.toml`, under what the command line says.

use super::args::Run;
use anyhow::Context;
use std::fs;

/// The flags with those of the configuration file where the command line has none.
pub(super) fn complete(mut given: Run) -> anyhow::Result<Run> {
    let Some(path) = given.config.take() else { return Ok(given) };
    let text = fs::read_to_string(&path).with_context(|| format!("{}: can't be read", path.display()))?;
    let file: Run = toml::from_str(&text).map_err(|e| {
        anyhow::anyhow!("{}: {}; its keys are the flags of `run` with _ for -", path.display(), e)
    })?;
    let list = |given: Vec<_>, file: Vec<_>| if given.is_empty() { file } else { given };
    Ok(Run {
        inputs: if given.inputs.is_empty() { file.inputs } else { given.inputs },
        output: given.output.or(file.output),
        format: given.format.or(file.format),
        partition: given.partition.or(file.partition),
        map: list(given.map, file.map),
        seeds: given.seeds.or(file.seeds),
        threads: given.threads.or(file.threads),
        chunk_kib: given.chunk_kib.or(file.chunk_kib),
        limit: given.limit.or(file.limit),
        max_bad: given.max_bad.or(file.max_bad),
        dry_run: given.dry_run || file.dry_run,
        json: given.json || file.json,
        quiet: given.quiet || file.quiet,
        config: None,
    })
}
