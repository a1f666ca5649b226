//! The user's own examples: six articles in five raw files must come out right.

use crate::support::{run, shared, table};

#[test]
fn the_six_articles_have_their_titles_dates_and_datelines() {
    let Some(seeds) = shared("seeds", "seeds") else { return };
    let output = tempfile::tempdir().unwrap();
    let summary = run(&[&seeds], output.path(), &["--format", "parquet,csv"], 0);
    assert!(summary.adds_up());
    assert_eq!(summary.count("articles"), 6);
    let articles = table(output.path(), "articles");
    let told: Vec<[&str; 6]> = articles
        .iter()
        .map(|a| {
            ["doc_id", "doc_part", "title", "pub_date", "pub_date_source", "dateline_place"]
                .map(|c| a[c].as_str())
        })
        .collect();
    let aim = "Pakistan, Azerbaijan aim to strengthen partnership in infrastructure, energy and trade";
    let blasts = "Four people, including two policemen, killed in twin blasts in northwest Pakistan";
    let rail = "Pakistan and Azerbaijan Forge Strategic Partnership Through Rail and Trade Ties";
    let expected = [
        ["000_af278aded9be31d2.txt", "1", aim, "2025-02-01", "header", "ISLAMABAD"],
        ["000_af278aded9be31d2.txt", "2", blasts, "2026-03-07", "header", "ISLAMABAD"],
        ["001_36ff2843c6af3ad0.txt", "1", "", "", "none", "ISLAMABAD"],
        ["002_84056e0b837b16f8.txt", "1", rail, "2025-07-20", "header", ""],
        ["003_4c337c5514eebe36.txt", "1", "", "2025-05-15", "header", "BAKU"],
        ["004_072c7506d9b82cf7.txt", "1", "", "2023-04-13", "dateline", "Islamabad"],
    ];
    for (got, wanted) in told.iter().zip(&expected) {
        assert_eq!(&got[..4], &wanted[..4]);
        assert_eq!(got[5].to_uppercase(), wanted[5].to_uppercase());
    }
    assert_eq!(told.len(), expected.len());
    assert!(told[2][4] == "none" && told[5][4] == "dateline" && told[0][4] == "header");
}

#[test]
fn the_people_are_people_and_the_places_are_not() {
    let Some(seeds) = shared("seeds", "seeds") else { return };
    let output = tempfile::tempdir().unwrap();
    run(&[&seeds], output.path(), &["--format", "csv"], 0);
    let entities = table(output.path(), "entities");
    let people: Vec<&str> =
        entities.iter().filter(|e| e["label"] == "PERSON").map(|e| e["text"].as_str()).collect();
    for name in [
        "Abdul Aleem Khan",
        "Ali Asadov",
        "Ilham Aliyev",
        "Parviz Shahbazov",
        "Rashad Nabiyev",
        "Samad Bashiri",
        "Rovshan Najaf",
        "Sarfaraz Ahmed",
        "Momin Ali Agha",
        "Khawaja Asif",
        "Raza Khan",
        "Shoaib Ur Rehman",
        "Furqan Ullah",
        "Mohsin Naqvi",
        "Khazar Farhadov",
        "Bilal Azhar Kayani",
        "Shehbaz Sharif",
        "Mohammad Ishaq Dar",
        "Jeyhun Bayramov",
        "Asad Majeed Khan",
    ] {
        assert!(people.iter().any(|p| p.contains(name)), "{name} is not found");
    }
    let places = [
        "Wana",
        "Waziristan",
        "Marwat",
        "Azerbaijan",
        "Pakistan",
        "Baku",
        "Islamabad",
        "Afghanistan",
        "Sukkhar",
    ];
    for name in &people {
        // "Lakki Marwat" is a place; "Marwat" could be a man's name, but none of these articles has one.
        assert!(!places.iter().any(|p| name.contains(p)), "{name} is tagged as a person");
    }
    for word in ["Azerbaijani", "Pakistani", "Afghan"] {
        let labels: Vec<&str> =
            entities.iter().filter(|e| e["text"] == word).map(|e| e["label"].as_str()).collect();
        assert!(labels.iter().all(|l| *l == "NORP"), "{word}: {labels:?}");
    }
}

#[test]
fn nothing_is_taken_from_boilerplate() {
    let Some(seeds) = shared("seeds", "seeds") else { return };
    let output = tempfile::tempdir().unwrap();
    run(&[&seeds], output.path(), &["--format", "csv"], 0);
    let sentences = table(output.path(), "sentences");
    let boilerplate: Vec<(&str, i64, i64)> = sentences
        .iter()
        .filter(|s| s["zone"] == "boilerplate")
        .map(|s| (s["article_id"].as_str(), s["start_char"].parse().unwrap(), s["end_char"].parse().unwrap()))
        .collect();
    assert!(!boilerplate.is_empty());
    for name in ["event_mentions", "figure_mentions", "quotes", "quantities", "casualty_claims"] {
        for row in table(output.path(), name) {
            let (start, end): (i64, i64) =
                (row["start_char"].parse().unwrap(), row["end_char"].parse().unwrap());
            let inside =
                boilerplate.iter().any(|(id, s, e)| *id == row["article_id"] && *s <= start && end <= *e);
            assert!(!inside, "{name}: {} stands in boilerplate", row["text"]);
        }
    }
    let german = table(output.path(), "event_mentions");
    assert!(german.iter().all(|m| m["actor1_country"] != "DEU" && m["actor2_country"] != "DEU"));
}
