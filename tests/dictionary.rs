//! Dictionaries of one's own, from the import to the tables: invented countries, agents, dates, lists and discards.

use crate::support::{program, run, table, text};
use std::fs;
use std::path::Path;

const ACTORS: &str = "VALDORIA [VAL]\n+PORT_OSKAR\n+VALDORIAN\nOSTMARK [OST]\nKEPRANIA [KEP]\nLUMBRIA [LUM]\n\
    MIRA_HOLT\n\t[VALGOV <20101231]\n\t[VALOPP >20110101]\nTHE_TWIN_ISLES [ISA/ISB]\nGRAND_DUKE_PEREK [---]\n";
const AGENTS: &str =
    "SOLDIER [~MIL]\nBORDER_POLICE {} [~COP]\nGOVERNMENT [~GOV]\nRELIEF_CORPS {} [NGO~]\nPROSECUTOR [~JUD]\n";
const DISCARDS: &str = "TABLE TENNIS\n+WORLD ROWING CUP\n";

/// Imports a dictionary and gives its folder.
fn import(folder: &Path) -> std::path::PathBuf {
    let seeds = folder.join("seeds");
    let mut command = program();
    command.args(["dict", "import", "-o"]).arg(&seeds);
    for (name, text) in [("my.actors.txt", ACTORS), ("my.agents.txt", AGENTS), ("my.discards.txt", DISCARDS)]
    {
        fs::write(folder.join(name), text).unwrap();
        command.arg(folder.join(name));
    }
    let done = command.output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done));
    seeds
}

/// The events of a text of a day: root, codes of the first side, codes of the second.
fn events(folder: &Path, seeds: &Path, day: &str, text: &str) -> Vec<String> {
    let (input, output) = (folder.join("in.jsonl"), folder.join("out"));
    fs::write(&input, serde_json::json!({ "id": "1", "date": day, "text": text }).to_string()).unwrap();
    run(&[&input], &output, &["--format", "parquet,csv", "--seeds", seeds.to_str().unwrap()], 0);
    let valid = program().arg("validate").arg(&output).output().unwrap();
    assert_eq!(valid.status.code(), Some(0));
    let actors = table(&output, "event_actors");
    let side = |event: &str, roles: [&str; 2]| {
        let own = actors.iter().filter(|a| a["event_id"] == event && roles.contains(&a["role"].as_str()));
        own.map(|a| a["code"].as_str()).collect::<Vec<_>>().join(" ")
    };
    let shown = table(&output, "events").into_iter().map(|e| {
        let id = e["event_id"].as_str();
        let sides = [side(id, ["source", "actor"]), side(id, ["target", "recipient"])];
        assert!(sides[0].starts_with(e["actor1_code"].as_str()));
        format!("{} {}: {} > {}", e["plover_type"], e["cameo_root"], sides[0], sides[1])
    });
    shown.collect()
}

#[test]
fn invented_actors_are_found_with_their_codes() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = import(folder.path());
    for (day, text, wanted) in [
        ("2015-03-02", "Valdoria condemned Ostmark on Monday.", "ACCUSE 11: VAL > OST"),
        // A synonym, a possessor with an agent, an agent before the code.
        ("2015-03-02", "Port Oskar's border police arrested Ostmark soldiers.", "COERCE 17: VALCOP > OSTMIL"),
        ("2015-03-02", "The Lumbria Relief Corps condemned Ostmark.", "ACCUSE 11: NGOLUM > OST"),
        ("2015-03-02", "The government of Keprania condemned Ostmark.", "ACCUSE 11: KEPGOV > OST"),
        // Whoever was a prosecutor.
        ("2015-03-02", "Former Valdorian prosecutors condemned Ostmark.", "ACCUSE 11: VALELI > OST"),
        // The day of publication chooses the row.
        ("2009-03-02", "Mira Holt praised Ostmark.", "SUPPORT 05: VALGOV > OST"),
        ("2015-03-02", "Mira Holt praised Ostmark.", "SUPPORT 05: VALOPP > OST"),
        // Lists, and a phrase for several actors.
        ("2015-03-02", "Valdoria, Keprania and Lumbria condemned Ostmark.", "ACCUSE 11: VAL KEP LUM > OST"),
        ("2015-03-02", "Valdoria condemned Ostmark, Keprania and Lumbria.", "ACCUSE 11: VAL > OST KEP LUM"),
        ("2015-03-02", "The Twin Isles condemned Ostmark.", "ACCUSE 11: ISA ISB > OST"),
        // What the program knows stands beside the dictionary, without a code of it.
        ("2015-03-02", "Valdoria condemned France.", "ACCUSE 11: VAL > "),
    ] {
        let found = events(folder.path(), &seeds, day, text);
        assert!(found.iter().any(|f| f == wanted), "{text}: {found:?}, not {wanted}");
    }
}

#[test]
fn discards_and_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let seeds = import(folder.path());
    let told = |text: &str| events(folder.path(), &seeds, "2015-03-02", text);
    let found = told("Valdoria met Ostmark at table tennis. Lumbria condemned Keprania.");
    assert_eq!(found, ["ACCUSE 11: LUM > KEP"]);
    let found = told("Valdoria condemned Ostmark. The World Rowing Cup begins on Monday.");
    assert_eq!(found, Vec::<String>::new());
    let found = told("Grand Duke Perek condemned Ostmark.");
    assert!(found.iter().all(|f| f.contains(":  >")), "{found:?}");
}

#[test]
fn lint_says_by_its_exit_code_whether_it_found_anything() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("good.actors.txt"), folder.path().join("bad.actors.txt"));
    fs::write(&good, "GUARD OF RIGA [LVAMIL]\n").unwrap();
    fs::write(&bad, "GUARD OF RIGA [LVAMIL]\nGUARD_OF_RIGA [LVAREB]\n").unwrap();
    let lint = |path: &Path| program().args(["dict", "lint"]).arg(path).output().unwrap();
    assert_eq!(lint(&good).status.code(), Some(0), "{}", text(&lint(&good)));
    let done = lint(&bad);
    assert_eq!(done.status.code(), Some(1));
    assert!(
        text(&done).contains("bad.actors.txt:2: `Guard of Riga` is LVAMIL in line 1 and LVAREB here"),
        "{}",
        text(&done)
    );
    assert_eq!(lint(Path::new("none.txt")).status.code(), Some(74));
}
