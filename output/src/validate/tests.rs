//! Each planted error is found, where it is; a sound data set is clean.

use super::*;
use crate::dataset_tests::write;
use crate::sample;
use crate::{Format, Options};
use std::fs;
use transforms::code::Id;
use transforms::tables::Rows;

/// What the checks find in twelve articles after a change.
fn report(change: impl FnOnce(&mut Vec<Rows>), by_month: bool) -> Report {
    let mut articles = sample::articles(12);
    change(&mut articles);
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &articles, 5, &Options { formats: vec![Format::Parquet], by_month });
    validate(dir.path()).unwrap()
}

/// The change gives exactly this problem, in both layouts.
#[track_caller]
fn finds(check: Check, place: &str, message: &str, change: impl Fn(&mut Vec<Rows>)) {
    for by_month in [false, true] {
        let report = report(&change, by_month);
        let found: Vec<String> = report
            .problems
            .iter()
            .map(|p| format!("{:?} {}.{}: {}", p.check, p.table, p.column.unwrap_or(""), p.message))
            .collect();
        let wanted = format!("{check:?} {place}: ");
        assert!(
            found.len() == 1 && found[0].starts_with(&wanted) && found[0].contains(message),
            "{found:#?}"
        );
    }
}

#[test]
fn a_sound_data_set_is_clean() {
    for by_month in [false, true] {
        let report = report(|_| {}, by_month);
        assert!(report.is_clean(), "{:#?}", report.problems);
        assert_eq!(report.rows["sentences"], 24);
        assert_eq!(report.rows["quarantine"], 1);
    }
}

#[test]
fn spans_must_cut_their_text() {
    finds(Check::Span, "entities.text", "cuts ` Łód`", |a| {
        (a[3].entities[0].start_char, a[3].entities[0].end_char) = (17, 21);
    });
    finds(Check::Span, "quotes.text", "the row says `trulyx`", |a| a[0].quotes[0].text.push('x'));
    finds(Check::Span, "event_mentions.start_char", "in a text of", |a| {
        a[5].event_mentions[0].end_char = 999
    });
    finds(Check::Span, "event_mentions.trigger_start", "10 to 9", |a| {
        (a[5].event_mentions[0].trigger_start, a[5].event_mentions[0].trigger_end) = (Some(10), Some(9));
    });
    finds(Check::Span, "event_mentions.actor1_start", "NULL", |a| {
        a[5].event_mentions[0].actor1.end_char = None
    });
    finds(Check::Span, "articles.n_chars", "code points", |a| a[11].articles[0].n_chars += 1);
}

#[test]
fn sentences_must_be_numbered() {
    finds(Check::Span, "articles.n_sentences", "2 rows", |a| a[2].articles[0].n_sentences = 3);
    finds(Check::Span, "sentences.sentence_no", "should have the number 1", |a| {
        a[2].sentences[1].sentence_no = 0
    });
    finds(Check::Span, "quantities.sentence_no", "sentence 2 of", |a| a[2].quantities[0].sentence_no = 2);
}

#[test]
fn keys_must_be_unique_and_references_known() {
    let nobody = Id { kind: b'f', hash: 1 };
    finds(Check::Key, "casualty_claims.claim_id", "twice", |a| {
        a[4].casualty_claims[0].claim_id = a[3].casualty_claims[0].claim_id;
    });
    finds(Check::Reference, "quotes.speaker_figure_id", "f_0000000000000001 isn't in figures", |a| {
        a[4].quotes[0].speaker_figure_id = Some(nobody);
    });
    finds(Check::Reference, "events.first_article_id", "isn't in articles", |a| {
        a[4].events[0].first_article_id = Id { kind: b'a', hash: 1 };
    });
    finds(Check::Reference, "quantities.event_id", "isn't in events", |a| {
        a[4].quantities[0].event_id = Some(Id { kind: b'e', hash: 1 });
    });
    finds(Check::Reference, "casualty_claims.subset_of", "isn't in casualty_claims", |a| {
        a[4].casualty_claims[0].subset_of = Some(Id { kind: b'c', hash: 1 });
    });
}

#[test]
fn values_must_be_allowed() {
    finds(Check::Value, "sentences.zone", "`advert` is none of title", |a| a[0].sentences[0].zone = "advert");
    finds(Check::Value, "entities.confidence", "1.5 is not in 0 to 1", |a| {
        a[0].entities[0].confidence = Some(1.5)
    });
    finds(Check::Value, "entities.lat", "91", |a| a[0].entities[0].lat = Some(91.0));
    finds(Check::Value, "sentiment.score", "-2", |a| a[0].sentiment[0].score = Some(-2.0));
    finds(Check::Value, "events.fatalities_low", "3 is more than fatalities_best, 2", |a| {
        a[0].events[0].fatalities_best = Some(2);
    });
    finds(Check::Value, "event_mentions.event_date", "0025-01-01", |a| {
        a[0].event_mentions[0].event_date = "0025-01-01".parse().ok();
    });
}

#[test]
fn rows_must_stand_in_the_order_of_their_articles() {
    let report = report(
        |a| {
            let moved = std::mem::take(&mut a[0].entities);
            a[8].entities.extend(moved);
        },
        false,
    );
    assert_eq!(report.problems.len(), 1);
    let text = report.problems[0].to_string();
    assert!(
        text.starts_with("entities.article_id row 8: from here on the rows are not in the order"),
        "{text}"
    );
}

#[test]
fn many_problems_alike_are_counted() {
    let report = report(|a| a.iter_mut().for_each(|a| a.quotes[0].kind = "odd"), false);
    assert_eq!((report.found, report.problems.len()), (12, 5));
    let text = report.to_string();
    assert!(
        text.contains("quotes.kind row 4: `odd` is none of direct, indirect, mixed\nand 7 more"),
        "{text}"
    );
    assert!(text.ends_with("rows in 15 tables: 12 problems"), "{text}");
}

#[test]
fn the_manifest_must_agree_with_the_files() {
    let dir = tempfile::tempdir().unwrap();
    let options = Options { formats: Format::ALL.to_vec(), by_month: false };
    let found = |change: &dyn Fn()| {
        write(dir.path(), &sample::articles(12), 5, &options);
        change();
        let problems = validate(dir.path()).unwrap().problems;
        problems.iter().filter(|p| p.check == Check::Manifest).map(ToString::to_string).collect::<Vec<_>>()
    };
    let csv = dir.path().join("quotes/part-00000.csv");
    let text = || fs::read_to_string(&csv).unwrap();
    let changed = found(&|| fs::write(&csv, text().replacen("truly", "falsy", 1)).unwrap());
    assert_eq!(changed, ["quotes: quotes/part-00000.csv: its bytes are not those that were written"]);
    let longer = found(&|| fs::write(&csv, text() + "x").unwrap());
    assert!(longer[0].contains("in the manifest"), "{longer:?}");
    assert_eq!(
        found(&|| fs::remove_file(&csv).unwrap()),
        ["quotes: quotes/part-00000.csv: the file is missing"]
    );
    let more = found(&|| fs::write(dir.path().join("quotes/part-00001.csv"), "x").unwrap());
    assert!(more.len() == 1 && more[0].ends_with("part-00001.csv isn't in the manifest"), "{more:?}");
    assert!(found(&|| {}).is_empty());
}
