//! Tests of the dictionaries: PETRARCH's syntax, what an import writes, and what lint finds.

use super::*;
use seeds::Seeds;
use std::fs;

fn read(kind: Kind, text: &str) -> Contents {
    petrarch::read(kind, text)
}

/// An actor's phrases and codes as one line.
fn shown(contents: &Contents) -> Vec<String> {
    let day = |d: Option<Date>| d.map(|d| d.to_string()).unwrap_or_default();
    let entry = |e: &Entry| {
        let phrases: Vec<&str> = e.phrases.iter().map(|p| p.text.as_str()).collect();
        let codes: Vec<String> = e
            .codes
            .iter()
            .map(|c| match c.always() {
                true => c.code.clone(),
                false => format!("{} {}..{}", c.code, day(c.from), day(c.to)),
            })
            .collect();
        format!("{} = {}", phrases.join(", "), codes.join(", "))
    };
    contents.entries.iter().map(entry).collect()
}

#[test]
fn actors_with_all_their_syntax() {
    let text = "<!-- a head\nof two lines -->\n<! -- and one -->\n\
        VALDORIA_  [VAL]  # capital below\n+PORT_OSKAR #note\n+VALDORIANS\n\n\
        MIRA_HOLT  # no default\n+THE_IRON_LADY\n\t[VALOPP <950601]\n\t[VALGOV 19950601 - 19990815]\n\t[VALELI > 990816]\n\
        #\t[VALXXX 950601-990815]\n\
        OSTMARK FRONT_(OF)_ [OSTREB]; old comment\n\
        THE_ISLES [ALA/BEL]\nNOBODY [---]\nOLD [+++]\nCZESTA [cze]\n";
    let contents = read(Kind::Actor, text);
    assert_eq!(contents.findings, []);
    assert_eq!(
        shown(&contents),
        [
            "Valdoria, Port Oskar, Valdorians = VAL",
            "Mira Holt, the Iron Lady = VALOPP ..1995-06-01, VALGOV 1995-06-01..1999-08-15, VALELI 1999-08-16..",
            "Ostmark Front, OF = OSTREB",
            "the Isles = ALA/BEL",
            "Nobody = ---",
            "OLD = +++",
            "Czesta = CZE",
        ]
    );
}

#[test]
fn agents_with_sets_and_plurals() {
    let text = "!PERSON! = MAN, MEN , WOMAN\n!MIN! = MINISTER, MINISTRY\nSTEWARD!PERSON! [~LEG]\n!MIN!_OF_TIDES [~GOV]\n\
        DEPUTY [~LEG] # x\nRIVER_POLICE {} [ ~COP]\nTHIEF {THIEVES}[~CRM]\nRELIEF_CORPS {} [NGO~]\nHOSTESS [~BUS]\n";
    let contents = read(Kind::Agent, text);
    assert_eq!(contents.findings, []);
    assert_eq!(
        shown(&contents),
        [
            "stewardman, stewardmen, stewardwoman = ~LEG",
            "minister of tides, ministry of tides = ~GOV",
            "deputy, deputies = ~LEG",
            "river police = ~COP",
            "thief, thieves = ~CRM",
            "relief corps = NGO~",
            "hostess, hostesses = ~BUS",
        ]
    );
}

#[test]
fn what_cannot_be_read_is_said_with_its_line() {
    type Wanted = [(usize, &'static str)];
    let cases: [(Kind, &str, &Wanted); 8] = [
        (Kind::Actor, "A_B [AB\n", &[(1, "no closing `]`"), (1, "no code for this actor")]),
        (Kind::Actor, "LONE\nOTHER [OTH]\n", &[(1, "no code for this actor")]),
        (Kind::Actor, "X [XXX]\n\t[YYY 951301-960101]\n", &[(2, "`951301` is no date")]),
        (Kind::Actor, "X [XXX]\n\t[YYY 960101-950101]\n", &[(2, "ends before it begins")]),
        (Kind::Actor, "+X\n", &[(1, "+ without an actor above it")]),
        (Kind::Agent, "CLERK\n", &[(1, "no code for this agent")]),
        (Kind::Agent, "CLERK [GOV]\n", &[(1, "does not say where it goes")]),
        (Kind::Agent, "!NOSET!_X [~GOV]\n", &[(1, "no set !NOSET!"), (1, "no phrase")]),
    ];
    for (kind, text, wanted) in cases {
        let contents = read(kind, text);
        assert_eq!(contents.findings.len(), wanted.len(), "{text}: {:?}", contents.findings);
        for ((line, what), (at, start)) in contents.findings.iter().zip(wanted) {
            assert!(line == at && what.contains(start), "{text}: {line}: {what}");
        }
    }
}

#[test]
fn an_import_is_an_overlay_that_the_program_reads() {
    let folder = tempfile::tempdir().unwrap();
    let (actors, agents) = (folder.path().join("my.actors.txt"), folder.path().join("my.agents.txt"));
    fs::write(&actors, "VALDORIA [VAL]\nGUARD OF ISRAEL [ISRMIL]\nBAD\n").unwrap();
    fs::write(&agents, "SAILOR [~MILNAV]\n").unwrap();
    let discards = folder.path().join("my.discards.txt");
    fs::write(&discards, "+WORLD CUP\nMONTHS LATER\n").unwrap();
    let out = folder.path().join("out");
    let done = import(&[actors.clone(), agents, discards], &out, &Seeds::embedded()).unwrap();
    assert_eq!(done.files.iter().map(|(_, rows)| *rows).collect::<Vec<_>>(), [2, 1, 2]);
    assert_eq!(done.findings.len(), 1);
    assert!(done.findings[0].to_string().ends_with(
        "my.actors.txt:3: no code for this actor; write one in brackets behind it or on a line below it"
    ));
    let table = fs::read_to_string(out.join("actors/my_actors.tsv")).unwrap();
    assert!(table.contains("\nGuard of Israel\t\tISR\tMIL\tactor\t\t\tISRMIL\n"), "{table}");
    assert!(table.contains("\nValdoria\t\t\t\tactor\t\t\tVAL\n"), "{table}");
    let seeds = crate::knowledge::load(Some(&out)).unwrap();
    let known = transforms::knowledge::Actors::new(&seeds).unwrap();
    let (tokens, entry) = known.own.find(["Valdoria", "fell"], None).unwrap();
    assert_eq!((tokens, entry.unwrap().codes[0].as_str()), (1, "VAL"));
    let (findings_of, found) = lint(&[out], &Seeds::embedded(), None).unwrap();
    assert_eq!((findings_of, found.len()), (5, 2), "{found:?}");
}

#[test]
fn lint_finds_what_is_wrong_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("x.actors.txt");
    let text = "ARMENIA [ARM]\n+YEREVAN\nYEREVAN_ [ARM]\nANN FOX [ARMGOV]\nANN_FOX [ARMOPP]\nBO LEE\n\t[ARMGOV 19900101-19950101]\n\
        BO LEE\n\t[ARMOPP 19950101-20990101]\nCY DEE [ARMGOV 19900101-19950101]\nFREE QUEST [QZQ]\n";
    fs::write(&file, text).unwrap();
    let on = Some(Date::constant(2020, 1, 1));
    let (entries, found) = lint(std::slice::from_ref(&file), &Seeds::embedded(), on).unwrap();
    let shown: Vec<String> =
        found.iter().map(|f| f.to_string().rsplit_once("actors.txt:").unwrap().1.to_owned()).collect();
    assert_eq!(entries, 8);
    let wanted = [
        "3: `Yerevan` stands in line 2 too; drop one of them",
        "5: `ANN FOX` is ARMGOV in line 4 and ARMOPP here at the same time",
        "10: `CY DEE` ended on 1995-01-01",
        "11: `QZQ` is no country of ISO 3166 and no code of CAMEO",
    ];
    assert_eq!(shown.len(), wanted.len(), "{shown:#?}");
    // The messages come by file and line; a line's number is no text.
    for wanted in wanted {
        assert!(shown.iter().any(|s| s.starts_with(wanted)), "{wanted} in {shown:#?}");
    }
    // Codes of one's own are said once, beside the dictionary.
    fs::create_dir(folder.path().join("codebook")).unwrap();
    let own = folder.path().join("codebook/own_actor_codes.tsv");
    fs::write(own, "code\tkind\tsector\tmeaning\nQZQ\town\t\ta quest\n").unwrap();
    let (_, found) = lint(&[folder.path().to_owned()], &Seeds::embedded(), on).unwrap();
    assert!(!found.iter().any(|f| f.what.contains("QZQ")), "{found:#?}");
}

#[test]
fn lint_reads_our_own_tables() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("groups.tsv");
    let text = "# Groups.\nname\taliases\tcountry\tsector\tkind\tvalid_from\tvalid_to\n\
        Hill Front\tHF\tPAK\tREB\tgroup\t2019-13\t\nHill Front\t\tPAQ\tXXX\tgroup\t\t\nShort\trow\n\t\tPAK\tREB\tgroup\t\t\n";
    fs::write(&file, text).unwrap();
    let (entries, found) = lint(&[file], &Seeds::embedded(), None).unwrap();
    let lines: Vec<(usize, &str)> = found.iter().map(|f| (f.line, f.what.as_str())).collect();
    assert_eq!(entries, 2);
    for (line, start) in [
        (3, "`2019-13` is no date"),
        (4, "`PAQ` is no country of ISO 3166-1"),
        (4, "`XXX` is no PLOVER role"),
        (4, "`Hill Front` is PAKREB in line 3"),
        (5, "2 cells where the header has 7"),
        (6, "no name"),
    ] {
        assert!(lines.iter().any(|(l, w)| *l == line && w.starts_with(start)), "{line} {start}: {lines:#?}");
    }
}
