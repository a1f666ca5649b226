//! How a command ends: the exit codes that scripts and cron jobs rely on.

use crate::run::RunError;
use crate::source::SourceError;
use std::io;
use std::process::ExitCode;

/// The exit codes; they don't change their meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// Done, also where there was nothing to do.
    Done = 0,
    /// Something is wrong in a dictionary (`dict lint`).
    Found = 1,
    /// The command line, a configuration or a data file is wrong.
    Usage = 2,
    /// Finished and written, but more was quarantined than `--max-bad` allows.
    TooMuchQuarantined = 3,
    /// The tables break their contract (`validate`).
    Contract = 4,
    /// Input or output failed.
    InputOutput = 74,
    /// Another run writes to the same folder; try again later.
    Locked = 75,
}

impl Exit {
    /// For the operating system.
    pub fn code(self) -> ExitCode {
        ExitCode::from(self as u8)
    }

    /// The code of an error.
    pub fn of(error: &anyhow::Error) -> Self {
        for cause in error.chain() {
            if let Some(io) = cause.downcast_ref::<io::Error>() {
                // A reader that has seen enough (`| head`) is no failure.
                return if io.kind() == io::ErrorKind::BrokenPipe { Self::Done } else { Self::InputOutput };
            }
            let output = match cause.downcast_ref::<RunError>() {
                Some(RunError::Output(output)) => Some(output),
                Some(RunError::Threads { .. }) => return Self::InputOutput,
                None => cause.downcast_ref::<output::Error>(),
            };
            if let Some(output) = output {
                return match output {
                    o if o.is_locked() => Self::Locked,
                    o if o.is_usage() => Self::Usage,
                    _ => Self::InputOutput,
                };
            }
            if let Some(source) = cause.downcast_ref::<SourceError>() {
                return match source {
                    SourceError::Open { .. } | SourceError::Read { .. } | SourceError::Spool { .. } => {
                        Self::InputOutput
                    }
                    _ => Self::Usage,
                };
            }
        }
        Self::Usage
    }
}
