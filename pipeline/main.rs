//! The program `columnist`.

use std::process::ExitCode;

/// Articles are short-lived and many: an allocator made for that is worth a tenth of the run.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    pipeline::cli::main()
}
