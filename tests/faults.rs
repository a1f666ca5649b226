//! Everything that can be wrong with an input ends in a message or a row of quarantine, in little memory.

use crate::support::{Summary, program, run, shared, table, text};
use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

/// Memory of a run at most, whatever the input.
const PEAK_MIB_MAX: u64 = 512;

/// Runs in a process of its own and watches its peak memory (MiB).
fn peak(inputs: &[&Path], output: &Path) -> (i32, Summary, u64) {
    let mut child = program()
        .arg("run")
        .args(inputs)
        .arg("--output")
        .arg(output)
        .args(["--json", "--quiet", "--format", "parquet,csv"])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut most = 0;
    let status = loop {
        let peak = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        let line =
            peak.lines().find_map(|l| l.strip_prefix("VmHWM:")).and_then(|l| l.split_whitespace().next());
        most = most.max(line.and_then(|kib| kib.parse::<u64>().ok()).unwrap_or(0));
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        std::thread::sleep(Duration::from_millis(10));
    };
    let mut json = Vec::new();
    child.stdout.take().unwrap().read_to_end(&mut json).unwrap();
    (status.code().unwrap(), Summary(serde_json::from_slice(&json).unwrap()), most / 1024)
}

#[test]
fn huge_and_odd_files_are_quarantined_in_flat_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let mut line = File::create(path("line.jsonl")).unwrap();
    for _ in 0..200 {
        line.write_all(&[b'x'; 1 << 20]).unwrap();
    }
    let mut article = File::create(path("article.jsonl")).unwrap();
    write!(article, "{{\"id\":\"big\",\"text\":\"").unwrap();
    let sentence = "The minister said on Monday that the talks with the neighbours would go on. ";
    article.write_all(sentence.repeat((40 << 20) / sentence.len()).as_bytes()).unwrap();
    writeln!(article, "\"}}").unwrap();
    writeln!(article, "{{\"id\":\"small\",\"text\":\"Fiji and Samoa signed an agreement on Monday.\"}}")
        .unwrap();
    fs::write(path("big.txt"), sentence.repeat((40 << 20) / sentence.len())).unwrap();
    fs::write(path("one_word.txt"), "word".repeat(1 << 18)).unwrap();
    fs::write(path("deep.json"), format!("{}{}", "[".repeat(200_000), "]".repeat(200_000))).unwrap();
    fs::write(path("empty.txt"), "").unwrap();
    let mut noise = vec![0; 4 << 20];
    File::open("/dev/urandom").unwrap().read_exact(&mut noise).unwrap();
    fs::write(path("noise.txt"), &noise).unwrap();
    fs::write(path("noise.jsonl"), &noise).unwrap();
    let output = path("out");
    let inputs: Vec<_> = [
        "article.jsonl",
        "big.txt",
        "deep.json",
        "empty.txt",
        "line.jsonl",
        "noise.jsonl",
        "noise.txt",
        "one_word.txt",
    ]
    .map(path)
    .to_vec();
    let inputs: Vec<&Path> = inputs.iter().map(|p| p.as_path()).collect();
    let (code, summary, mib) = peak(&inputs, &output);
    assert_eq!(code, 3, "{}", summary.0);
    assert!(summary.adds_up(), "{}", summary.0);
    assert!(mib <= PEAK_MIB_MAX, "{mib} MiB");
    let articles = table(&output, "articles");
    assert!(articles.iter().any(|a| a["doc_id"] == "small"));
    let quarantine = table(&output, "quarantine");
    for file in ["article.jsonl", "big.txt", "deep.json", "line.jsonl"] {
        let row = quarantine.iter().find(|q| q["source_uri"].ends_with(file));
        let row = row.unwrap_or_else(|| panic!("{file} is not in quarantine"));
        assert!(!row["error_code"].is_empty() && !row["message"].is_empty() && !row["stage"].is_empty());
    }
}

#[test]
fn the_robust_files_never_stop_a_run() {
    let Some(robust) = shared("data/dumps/robust", "robust files") else { return };
    let folder = tempfile::tempdir().unwrap();
    let (code, summary, mib) = peak(&[&robust], &folder.path().join("out"));
    assert!(code == 0 || code == 3, "{code}: {}", summary.0);
    assert!(summary.adds_up(), "{}", summary.0);
    assert!(summary.count("documents") > 300 && summary.count("articles") > 0, "{}", summary.0);
    assert!(mib <= PEAK_MIB_MAX, "{mib} MiB");
    let done = program().arg("validate").arg(folder.path().join("out")).output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done));
}

#[test]
fn wrong_inputs_are_named_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("empty")).unwrap();
    fs::write(folder.path().join("a.xz"), b"\xfd7zXZ\0rest").unwrap();
    fs::write(folder.path().join("notes.zip"), b"PK\x03\x04rest").unwrap();
    let told = |arguments: &[&str], code: i32| {
        let done = program().current_dir(folder.path()).args(arguments).output().unwrap();
        assert_eq!(done.status.code(), Some(code), "{arguments:?}: {}", text(&done));
        text(&done)
    };
    assert!(told(&["run", "none.jsonl", "--output", "out"], 2).contains("none.jsonl"));
    assert!(told(&["run", "empty", "--output", "out"], 2).contains("no articles in this folder"));
    assert!(told(&["run", "a.xz", "--output", "out"], 3).contains("a.xz"));
    assert!(told(&["run", "notes.zip", "--output", "out"], 3).contains("unzip"));
    assert!(told(&["run", "a.xz"], 2).contains("--output"));
    assert!(told(&["run", "a.xz", "--output", "out", "--format", "xlsx"], 2).contains("xlsx"));
    assert!(told(&["run", "a.xz", "--output", "out", "--map", "colour=x"], 2).contains("colour"));
    assert!(told(&["run", "a.xz", "--output", "out", "--seeds", "nowhere"], 2).contains("nowhere"));
    assert!(told(&["explain", "out", "e_0"], 2).contains("e_0"));
    assert!(told(&["explain", "empty"], 2).contains("id of an event"));
    fs::write(folder.path().join("wrong.toml"), "colour = 3\n").unwrap();
    assert!(told(&["run", "a.xz", "--output", "out", "--config", "wrong.toml"], 2).contains("wrong.toml"));
    let blocked = Path::new("/proc/columnist");
    let done =
        program().arg("run").arg(folder.path().join("a.xz")).arg("--output").arg(blocked).output().unwrap();
    assert_eq!(done.status.code(), Some(74), "{}", text(&done));
}

#[test]
fn a_configuration_file_stands_under_the_command_line() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "Fiji and Samoa signed an agreement on Monday.\n").unwrap();
    fs::write(
        folder.path().join("run.toml"),
        "inputs = [\"a.txt\"]\noutput = \"from_file\"\nformat = [\"csv\"]\nthreads = 1\n",
    )
    .unwrap();
    let run = |more: &[&str]| {
        let mut command = program();
        command.current_dir(folder.path()).args(["run", "--config", "run.toml", "--quiet"]).args(more);
        assert_eq!(command.output().unwrap().status.code(), Some(0));
    };
    run(&[]);
    assert!(folder.path().join("from_file/articles/part-00000.csv").exists());
    run(&["--output", "given", "--format", "parquet"]);
    assert!(folder.path().join("given/articles/part-00000.parquet").exists());
    assert!(!folder.path().join("given/articles/part-00000.csv").exists());
}

#[test]
fn a_wrong_line_in_the_seeds_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds/titles");
    fs::create_dir_all(&seeds).unwrap();
    fs::write(seeds.join("offices.tsv"), "title\tkind\nmayor\n").unwrap();
    fs::write(folder.path().join("a.txt"), "A text.").unwrap();
    let done = program()
        .arg("run")
        .arg(folder.path().join("a.txt"))
        .arg("--output")
        .arg(folder.path().join("out"))
        .arg("--seeds")
        .arg(folder.path().join("seeds"))
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done).contains("seeds/titles/offices.tsv:2"), "{}", text(&done));
}

#[test]
fn a_title_in_an_overlay_is_used() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("a.txt");
    fs::write(
        &file,
        "MOROVIA: Grand Sluicemaster Elena Brandt opened the lock on Monday. Officials watched.\n",
    )
    .unwrap();
    let seeds = folder.path().join("seeds");
    fs::create_dir_all(seeds.join("titles")).unwrap();
    let header = "title\tkind\tsector\tis_abbreviation\tfollows\thead_of\texpansion\tnotes\n";
    fs::write(seeds.join("titles/mine.tsv"), format!("{header}grand sluicemaster\toffice\tGOV\t0\t\t\t\t\n"))
        .unwrap();
    let output = folder.path().join("out");
    let flags = ["--format", "csv", "--seeds", seeds.to_str().unwrap()];
    run(&[&file], &output, &flags, 0);
    let roles = table(&output, "figure_roles");
    assert!(roles.iter().any(|r| r["role_text"] == "Grand Sluicemaster"), "{roles:?}");
}
