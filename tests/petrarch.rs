//! PETRARCH's own test sentences, coded with actors that `columnist dict import` brings in. A score, with a floor.
//!
//! Material: `petrarch_cameo.jsonl`, suites `petr_unit` (284 sentences, 359 events; most actors are invented, such as
//! Gondor) and `up_gsr` (78 sentences, 80 events; real ones), and the dictionary files of the validation suite. It is
//! read where it lies and not copied here.
//!
//! What counts. A gold event is a source, a target and a code. It is found where one event that the program writes for
//! the sentence has
//!
//! - **both actors**: the gold code is the event's `code` of a dictionary, or its country (the first three letters of
//!   that code, or ISO's) with its PLOVER role. Without a code of a dictionary, a bare country also stands for its
//!   government, and a gold code with several roles needs one of them. `---` stands for nobody, or for any country.
//!   All actors of both sides are tried (`event_actors`); a meeting, a visit, and what is symmetric goes both ways,
//!   since PETRARCH writes such events twice.
//! - **the right root**: the first two digits of its CAMEO code are those of the gold event's.
//!
//! The codes of `petr_unit` are mostly no CAMEO: its sentences come from TABARI and KEDS and carry WEIS (064 restores
//! ties, 122 denounces, 212 arrests; CAMEO has no root 21). So a gold code is first read as the CAMEO root of the same
//! meaning, by the table [`WEIS`], each code to one root; codes that exist in neither (345, 902, 1010, 174K), which
//! test the matching of patterns, have no right root and are counted as missed in the share of all, and left out of
//! the share of those with a meaning. `up_gsr` is CAMEO and read as it stands.
//!
//! Sentences without gold events are counted apart: right is to write no event. More events than the gold's are no
//! fault, since the gold gives one or two of each sentence.
//!
//! For comparison, UniversalPetrarch with gold parses and its own verb dictionary codes 205 of the 284 exactly, and with
//! the parses of spaCy 38 of 77.

use crate::support::{program, run, shared, table, text};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// CAMEO root of a WEIS code: by its three digits where they say more, else by its root.
const WEIS: [(&str, &str); 35] = [
    // As printed: CAMEO codes among them.
    ("030", "03"),
    ("036", "03"),
    ("043", "04"),
    ("044", "04"),
    ("045", "04"),
    ("046", "04"),
    ("100", "10"),
    ("103", "10"),
    ("174", "17"),
    ("194", "19"),
    ("161", "16"),
    ("1711", "17"),
    ("1721", "17"),
    // WEIS, where a root has two meanings.
    ("066", "08"),
    ("083", "03"),
    ("222", "18"),
    ("223", "19"),
    ("224", "18"),
    // WEIS: comment, consult, approve, promise, grant, reward, agree, request, propose, reject, accuse, protest, warn,
    // threaten, demonstrate, reduce relations, expel, seize.
    ("02", "01"),
    ("03", "04"),
    ("04", "05"),
    ("05", "03"),
    ("06", "05"),
    ("07", "07"),
    ("08", "05"),
    ("09", "02"),
    ("10", "02"),
    ("11", "12"),
    ("12", "11"),
    ("13", "11"),
    ("16", "13"),
    ("17", "13"),
    ("18", "15"),
    ("19", "16"),
    ("20", "17"),
];

/// The CAMEO root that a gold code means.
fn root<'c>(suite: &str, code: &'c str) -> Option<&'c str> {
    if suite == "up_gsr" {
        return code.get(..2);
    }
    if code == "212" {
        return Some("17");
    }
    let whole = WEIS.iter().find(|(weis, _)| *weis == code);
    let general =
        || WEIS.iter().find(|(weis, _)| code.len() == 3 && weis.len() == 2 && code.starts_with(weis));
    whole.or_else(general).map(|(_, root)| *root)
}

type Row = BTreeMap<String, String>;

/// An event with the actors of both sides.
struct Told {
    root: String,
    both_ways: bool,
    one: Vec<Row>,
    two: Vec<Row>,
    shown: String,
}

/// Whether an actor is the gold's.
fn same(gold: &str, actor: Option<&Row>, exact: bool) -> bool {
    let Some(actor) = actor else { return gold == "---" };
    let (code, country, role) = (actor["code"].as_str(), actor["country"].as_str(), actor["sector"].as_str());
    let who = if code.is_empty() { country } else { code.get(..3).unwrap_or(code) };
    let parts: Vec<&str> = gold.as_bytes().chunks(3).filter_map(|p| std::str::from_utf8(p).ok()).collect();
    let (Some(first), roles) = (parts.first(), parts.get(1..).unwrap_or(&[])) else { return false };
    if *first == "---" {
        return if roles.is_empty() {
            who.is_empty()
        } else {
            roles.contains(&role) || gold.ends_with(code) && !code.is_empty()
        };
    }
    if !exact {
        return who == *first;
    }
    if !code.is_empty() {
        return code == gold || format!("{who}{role}") == gold;
    }
    who == *first && if roles.is_empty() { matches!(role, "" | "GOV") } else { roles.contains(&role) }
}

impl Told {
    /// Whether its actors are the gold's.
    fn between(&self, source: &str, target: &str, exact: bool) -> bool {
        let fits = |a: Option<&Row>, b: Option<&Row>| same(source, a, exact) && same(target, b, exact);
        let pairs = |one: &[Row], two: &[Row]| {
            one.iter().any(|a| two.iter().any(|b| !std::ptr::eq(a, b) && fits(Some(a), Some(b))))
        };
        let nobody = self.two.is_empty() && self.one.iter().any(|a| fits(Some(a), None));
        let ways = pairs(&self.two, &self.one) || pairs(&self.one, &self.one) || pairs(&self.two, &self.two);
        nobody || pairs(&self.one, &self.two) || self.both_ways && ways
    }
}

/// The counts of a suite.
#[derive(Debug, Default)]
struct Score {
    events: u32,
    /// With a code that means something.
    meant: u32,
    found: u32,
    /// Found, with only the first three letters of the actors compared.
    loose: u32,
    /// Found with the digits as they are printed.
    digits: u32,
    silent: u32,
    kept: u32,
}

impl Score {
    fn share(part: u32, whole: u32) -> f64 {
        100.0 * f64::from(part) / f64::from(whole.max(1))
    }

    fn print(&self, suite: &str) {
        println!(
            "{suite}: {} of {} events ({:.1} %), of the {} whose code means something {:.1} %; actors by their first \
             three letters {:.1} %; digits as printed {:.1} %; {} of {} sentences without events kept silent",
            self.found,
            self.events,
            Self::share(self.found, self.events),
            self.meant,
            Self::share(self.found, self.meant),
            Self::share(self.loose, self.events),
            Self::share(self.digits, self.events),
            self.kept,
            self.silent
        );
    }
}

/// The events of each document of a run.
fn told(output: &Path) -> BTreeMap<String, Vec<Told>> {
    let documents: BTreeMap<String, String> = table(output, "articles")
        .into_iter()
        .map(|a| (a["article_id"].clone(), a["doc_id"].clone()))
        .collect();
    let mut actors: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    for actor in table(output, "event_actors") {
        actors.entry(actor["event_id"].clone()).or_default().push(actor);
    }
    let mut all: BTreeMap<String, Vec<Told>> = BTreeMap::new();
    for event in table(output, "events") {
        let actors = actors.remove(&event["event_id"]).unwrap_or_default();
        let shown = format!("{} {} {:?}", event["plover_type"], event["cameo_code"], sides(&actors));
        let (one, two) = actors.into_iter().partition(|a| matches!(a["role"].as_str(), "source" | "actor"));
        let both_ways = event["actors_symmetric"] == "true" || event["plover_type"] == "CONSULT";
        let root = event["cameo_root"].clone();
        all.entry(documents[&event["first_article_id"]].clone()).or_default().push(Told {
            root,
            both_ways,
            one,
            two,
            shown,
        });
    }
    all
}

fn sides(actors: &[Row]) -> Vec<String> {
    actors.iter().map(|a| format!("{} {}|{}|{}", a["role"], a["code"], a["country"], a["sector"])).collect()
}

/// Codes a suite with the imported dictionary and compares.
fn score(suite: &str, gold: &Path, seeds: &Path, folder: &Path) -> Score {
    let records: Vec<Value> = fs::read_to_string(gold)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|record: &Value| record["suite"] == suite)
        .collect();
    let input = folder.join(format!("{suite}.jsonl"));
    let lines: Vec<String> = records
        .iter()
        .enumerate()
        .map(|(n, r)| {
            serde_json::json!({ "id": n.to_string(), "date": r["date"], "text": r["text"] }).to_string()
        })
        .collect();
    fs::write(&input, lines.join("\n")).unwrap();
    let output = folder.join(suite);
    let flags = ["--format", "csv", "--max-bad", "1", "--seeds", seeds.to_str().unwrap()];
    run(&[&input], &output, &flags, 0);
    let told = told(&output);
    let show = std::env::var_os("COLUMNIST_SHOW").is_some();
    let mut score = Score::default();
    for (n, record) in records.iter().enumerate() {
        let own = told.get(&n.to_string()).map_or(&[][..], Vec::as_slice);
        let events = record["events"].as_array().unwrap();
        if events.is_empty() {
            score.silent += 1;
            score.kept += u32::from(own.is_empty());
        }
        for event in events {
            let [source, target, code] =
                ["source", "target", "code"].map(|k| event[k].as_str().unwrap_or(""));
            let root = root(suite, code);
            let any = |root: Option<&str>, exact: bool| {
                own.iter().any(|t| Some(t.root.as_str()) == root && t.between(source, target, exact))
            };
            let found = any(root, true);
            score.events += 1;
            score.meant += u32::from(root.is_some());
            score.found += u32::from(found);
            score.loose += u32::from(any(root, false));
            score.digits += u32::from(any(code.get(..2), true));
            if show && !found {
                let shown: Vec<&str> = own.iter().map(|t| t.shown.as_str()).collect();
                println!(
                    "MISSED {} {source} {target} {code} ({root:?}): {}\n   {shown:?}",
                    record["id"], record["text"]
                );
            }
        }
    }
    score.print(suite);
    score
}

#[test]
fn imported_actors_of_petrarch_code_its_sentences() {
    let test = "petrarch";
    let Some(gold) = shared("data/events/petrarch_cameo.jsonl", test) else { return };
    let Some(files) = shared("data/events/petrarch_validate", test) else { return };
    let folder = tempfile::tempdir().unwrap();
    let seeds = folder.path().join("seeds");
    let mut import = program();
    import.args(["dict", "import", "-o"]).arg(&seeds);
    for kind in ["actors", "agents", "discards"] {
        import.arg(files.join(format!("PETR.Validate.{kind}.txt")));
    }
    let done = import.output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{}", text(&done));
    let unit = score("petr_unit", &gold, &seeds, folder.path());
    let gsr = score("up_gsr", &gold, &seeds, folder.path());
    assert_eq!((unit.events, gsr.events), (359, 80));
    // Floors, just under the lowest that was measured while the event rules were worked on (47.4 and 55.9).
    assert!(Score::share(unit.found, unit.events) >= 46.5, "{unit:?}");
    assert!(Score::share(unit.found, unit.meant) >= 55.0, "{unit:?}");
    assert!(Score::share(gsr.found, gsr.events) >= 27.0, "{gsr:?}");
    assert!(Score::share(gsr.loose, gsr.events) >= 42.0, "{gsr:?}");
}
