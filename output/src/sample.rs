//! Rows for tests: made-up articles with a row in every table, whose spans cut their texts.

use crate::RunInfo;
use transforms::code::{Code, Id};
use transforms::tables::*;

/// The run of the tests.
pub fn run() -> RunInfo {
    RunInfo::new("r_00000000000000aa", "5eed", "0.1.0")
}

/// A row of `quarantine`.
pub fn quarantined() -> QuarantineRow {
    QuarantineRow {
        doc_id: None,
        source_uri: "news.jsonl".to_owned(),
        byte_start: Some(10),
        byte_end: None,
        stage: "decode",
        error_code: "bad_json",
        message: "a \"quoted\", comma\nand line".to_owned(),
        retryable: false,
    }
}

/// Adds the rows of an article to others.
pub fn append(to: &mut Rows, from: &Rows) {
    macro_rules! extend {
        ($($table:ident)+) => { $(to.$table.extend_from_slice(&from.$table);)+ };
    }
    extend! {
        articles sentences entities event_mentions events event_actors casualty_claims figures figure_mentions
        figure_roles quantities quotes sentiment
    }
}

/// So many articles; the same number gives the same articles.
pub fn articles(n: u32) -> Vec<Rows> {
    (0..n).map(article).collect()
}

fn id(kind: u8, n: u32) -> Id {
    Id::of(kind, &[&n.to_le_bytes()])
}

fn actor(name: Option<&str>, start: u32) -> ActorCells {
    ActorCells {
        name: name.map(str::to_owned),
        country: Code::new("TUR"),
        sector: Code::new("GOV"),
        figure_id: None,
        start_char: name.map(|_| start),
        end_char: name.map(|n| start + n.chars().count() as u32),
        code: None,
    }
}

/// The n-th article: “Ömer met Ann”, three killed, one quotation.
fn article(n: u32) -> Rows {
    let text = format!("“Ömer” met Ann in Łódź.\nAt least 3 died, “truly” {n}.");
    let chars = text.chars().count() as i32;
    let end = chars as u32;
    let (article_id, event_id) = (id(b'a', n), id(b'e', n));
    let date = match n % 4 {
        0 => None,
        k => format!("2025-{:02}-{:02}", 1 + k, 1 + n % 28).parse().ok(),
    };
    let figure_id = id(b'f', n % 17);
    Rows {
        articles: vec![ArticleRow {
            article_id,
            doc_id: format!("doc-{n}"),
            doc_part: 1,
            source_uri: "news.jsonl".to_owned(),
            source_byte_start: Some(i64::from(n) * 100),
            source_byte_end: None,
            publisher: n.is_multiple_of(3).then(|| "The Example".to_owned()),
            url: None,
            title: Some(format!("Title, \"{n}\"")),
            author: None,
            dateline_place: None,
            pub_date: date,
            pub_date_source: if date.is_some() { "metadata" } else { "none" },
            lang: Code::new("en"),
            text,
            n_chars: chars,
            n_sentences: 2,
            dup_group_id: None,
            dup_of: None,
            tone: Some(f64::from(n % 7) / 7.0),
        }],
        sentences: vec![
            SentenceRow {
                article_id,
                sentence_no: 0,
                start_char: 0,
                end_char: 23,
                zone: "body",
                is_quote: false,
                n_tokens: 9,
                tone: None,
            },
            SentenceRow {
                article_id,
                sentence_no: 1,
                start_char: 24,
                end_char: end,
                zone: "body",
                is_quote: false,
                n_tokens: 10,
                tone: Some(0.1),
            },
        ],
        entities: vec![EntityRow {
            article_id,
            sentence_no: 0,
            start_char: 18,
            end_char: 22,
            text: "Łódź".to_owned(),
            label: "GPE",
            figure_id: None,
            country: Code::new("POL"),
            admin1: None,
            lat: Some(51.77),
            lon: Some(19.46),
            geonames_id: Some(3_093_133),
            confidence: Some(0.9),
        }],
        event_mentions: vec![EventMentionRow {
            mention_id: id(b'm', n),
            event_id,
            article_id,
            sentence_no: 0,
            start_char: 0,
            end_char: 14,
            text: "“Ömer” met Ann".to_owned(),
            trigger_start: Some(7),
            trigger_end: Some(10),
            zone: "body",
            plover_type: Code::new("CONSULT").unwrap(),
            plover_mode: None,
            cameo_code: Code::new("040"),
            modality: "asserted",
            event_date: date,
            date_precision: Some("day"),
            date_source: Some("pub_date"),
            actor1: actor(Some("Ömer"), 1),
            actor2: actor(None, 0),
            actors_symmetric: true,
            place_name: None,
            place_country: None,
            place_start: None,
            place_end: None,
            attributed_to: None,
            rule_id: "consult/meet".to_owned(),
            confidence: Some(1.0),
        }],
        events: vec![EventRow {
            event_id,
            superseded_by: None,
            parent_event_id: None,
            is_aggregate: false,
            counts_in_totals: true,
            event_date: date,
            event_date_end: None,
            date_precision: "day",
            date_source: "pub_date",
            plover_type: Code::new("CONSULT").unwrap(),
            plover_mode: None,
            plover_contexts: (0..n % 3)
                .filter_map(|k| Code::new(["military", "economic"][k as usize]))
                .collect(),
            cameo_code: Code::new("040"),
            cameo_root: Code::new("04"),
            quad_class: Some(1),
            goldstein: Some(1.0),
            modality: "asserted",
            weapon: None,
            actor1: actor(Some("Ömer"), 1),
            actor2: actor(None, 0),
            actors_symmetric: true,
            place_name: None,
            admin1: None,
            admin2: None,
            country: None,
            lat: None,
            lon: None,
            geonames_id: None,
            geo_precision: Some(7),
            fatalities_low: Some(3),
            fatalities_best: Some(3),
            fatalities_high: None,
            injured_low: None,
            injured_best: None,
            injured_high: None,
            casualty_conflict: None,
            n_mentions: 1,
            n_articles: 1,
            n_sources: 1,
            first_article_id: article_id,
            confidence: Some(0.5),
        }],
        event_actors: vec![EventActorRow {
            event_id,
            seq: 0,
            role: "actor",
            name: Some("Ömer".to_owned()),
            country: None,
            sector: None,
            figure_id: Some(figure_id),
            code: None,
        }],
        casualty_claims: vec![CasualtyClaimRow {
            claim_id: id(b'c', n),
            event_id,
            article_id,
            start_char: 24,
            end_char: 34,
            text: "At least 3".to_owned(),
            outcome: "killed",
            low: Some(3),
            best: Some(3),
            high: None,
            victim_sector: None,
            subset_of: None,
            claimed_by: None,
        }],
        figures: vec![FigureRow {
            figure_id,
            kind: "person",
            name: format!("Ömer {}", n % 17),
            aliases: vec!["Ömer".to_owned()],
            country: Code::new("TUR"),
            sector: None,
            wikidata_id: None,
            seen: date,
        }],
        figure_mentions: vec![FigureMentionRow {
            article_id,
            figure_id,
            sentence_no: 0,
            start_char: 1,
            end_char: 5,
            text: "Ömer".to_owned(),
            form: "short",
            role_text: None,
            confidence: None,
        }],
        figure_roles: vec![FigureRoleRow {
            figure_id,
            article_id,
            role_text: "minister".to_owned(),
            office: None,
            organisation: None,
            country: None,
            is_former: false,
            valid_on: date,
        }],
        quantities: vec![QuantityRow {
            article_id,
            sentence_no: 1,
            start_char: 33,
            end_char: 34,
            text: "3".to_owned(),
            kind: "killed",
            value: Some(3.0),
            value_high: None,
            unit: None,
            modifier: Some("at_least"),
            about: None,
            event_id: Some(event_id),
        }],
        quotes: vec![QuoteRow {
            quote_id: id(b'q', n),
            article_id,
            start_char: 42,
            end_char: 47,
            text: "truly".to_owned(),
            kind: "direct",
            speaker_text: None,
            speaker_start: None,
            speaker_end: None,
            speaker_figure_id: Some(figure_id),
            speaker_kind: "person",
            verb: None,
            n_words: 1,
            continues_quote_id: None,
        }],
        sentiment: vec![SentimentRow {
            article_id,
            scope: "article",
            sentence_no: None,
            target_figure_id: None,
            target_text: None,
            start_char: None,
            end_char: None,
            score: Some(-0.25),
            positive: Some(0.0),
            negative: Some(0.5),
            neutral: Some(0.5),
            n_evidence: Some(1),
            evidence: Some("died".to_owned()),
            method: "lexicon",
        }],
    }
}
