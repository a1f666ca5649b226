//! A run that is killed leaves nothing broken, and two runs don't write to one folder.

use crate::support::{program, root, run, shared, text};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

/// Whether what stands under final names is whole: nothing, or a data set that its manifest and contract describe.
fn whole(output: &Path) -> bool {
    if !output.join("_manifest.json").exists() {
        // No manifest: no finished data set; then no table may stand there either.
        return !output.join("events").exists();
    }
    let done = program().arg("validate").arg(output).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done));
    true
}

#[test]
fn a_killed_run_breaks_nothing_and_the_next_one_succeeds() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out");
    let demo = root().join("seeds/articles");
    let large: PathBuf = match shared("data/dumps/pakistan_world.dev.jsonl", "killing a larger run") {
        Some(path) => path,
        None => demo.clone(),
    };
    // How long a whole run takes here, so that the kills fall into all of its parts.
    let started = Instant::now();
    run(&[&large], &folder.path().join("measure"), &[], 0);
    let whole_run = started.elapsed();
    run(&[&demo], &output, &[], 0);
    for step in 0..8_u32 {
        let mut child = program()
            .arg("run")
            .arg(&large)
            .arg("--output")
            .arg(&output)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(whole_run * step / 7 + Duration::from_millis(u64::from(step)));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(whole(&output), "after kill {step}");
    }
    let summary = run(&[&large], &output, &[], 0);
    assert!(summary.adds_up() && whole(&output));
    let left: Vec<_> = fs::read_dir(&output)
        .unwrap()
        .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|n| n.contains("tmp"))
        .collect();
    assert!(left.is_empty(), "left behind: {left:?}");
}

#[test]
fn a_folder_that_is_being_written_is_locked() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("out");
    let demo = root().join("seeds/articles");
    run(&[&demo], &output, &[], 0);
    let lock = fs::File::options().read(true).write(true).open(output.join(".lock")).unwrap();
    lock.try_lock().unwrap();
    let done = program().arg("run").arg(&demo).arg("--output").arg(&output).output().unwrap();
    assert_eq!(done.status.code(), Some(75), "{}", text(&done));
    assert!(text(&done).contains("another run"), "{}", text(&done));
    drop(lock);
    run(&[&demo], &output, &[], 0);
}
