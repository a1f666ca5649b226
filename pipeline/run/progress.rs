//! How far a run is: a bar where a person watches, a line now and then where nobody does.

use super::Summary;
use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};
use std::io::IsTerminal;
use std::time::{Duration, Instant};

/// Between two log lines.
const LINE_EVERY: Duration = Duration::from_secs(30);

/// Tells how far a run is, on standard error.
pub struct Progress {
    bar: Option<ProgressBar>,
    started: Instant,
    line: Instant,
    quiet: bool,
}

impl Progress {
    /// A bar on a terminal, lines elsewhere, nothing where `quiet`.
    pub fn new(quiet: bool) -> Self {
        let bar = (!quiet && std::io::stderr().is_terminal()).then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {elapsed_precise}  {msg}") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(200));
            bar
        });
        let now = Instant::now();
        Self { bar, started: now, line: now, quiet }
    }

    /// Seconds since the start.
    pub fn seconds(&self) -> f64 {
        self.started.elapsed().as_secs_f64()
    }

    pub(super) fn tick(&mut self, summary: &Summary, bytes: u64) {
        let text = || {
            let rate = summary.words as f64 / self.seconds().max(1e-3);
            format!(
                "{} documents, {} articles, {} words ({} words/s), {} read, {} quarantined",
                HumanCount(summary.documents),
                HumanCount(summary.articles),
                HumanCount(summary.words),
                HumanCount(rate as u64),
                HumanBytes(bytes),
                HumanCount(summary.quarantined)
            )
        };
        if let Some(bar) = &self.bar {
            bar.set_message(text());
        } else if !self.quiet && self.line.elapsed() >= LINE_EVERY {
            eprintln!("columnist: {}", text());
            self.line = Instant::now();
        }
    }

    /// Takes the bar away.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
