//! Tones of articles and what they rest on.

use super::*;
use crate::analyze;
use crate::article::Article;
use crate::tables::Rows;
use crate::testing::document;

fn tone(text: &str) -> (Option<f64>, Vec<SentimentRow>) {
    let stage = Sentiment::new(&Seeds::embedded()).unwrap();
    let owned = document(text);
    let mut rows = Vec::new();
    let id = Id { kind: b'a', hash: 1 };
    let tone = stage.extract(&owned.doc(), id, &FigureSet::default(), &mut Scratch::default(), &mut rows);
    (tone.article, rows)
}

#[test]
fn tone_has_a_sign_and_bounds() {
    let (good, _) = tone("The village celebrated a wonderful harvest.\nEverybody was happy and proud.");
    let (bad, _) = tone("The horrible fire destroyed the school.\nThe families are in terrible grief.");
    assert!(good.unwrap() > 0.2 && bad.unwrap() < -0.2);
    let (long, _) = tone(&"The village celebrated a wonderful harvest.\n".repeat(500));
    assert!(long.unwrap() < 0.95);
}

#[test]
fn nothing_to_judge_is_no_tone() {
    assert_eq!(tone("The council meets on Monday in room 12.").0, None);
    assert_eq!(tone("The United Nations security council meets.").0, None);
}

#[test]
fn every_sentence_has_a_row() {
    let (_, rows) = tone("A good day.\nA bad night.");
    let scopes: Vec<_> = rows.iter().map(|r| (r.scope, r.evidence.as_deref())).collect();
    assert_eq!(scopes, [("article", None), ("sentence", Some("good")), ("sentence", Some("bad"))]);
}

#[test]
fn a_name_is_a_target() {
    let stage = Sentiment::new(&Seeds::embedded()).unwrap();
    let mut owned = document("“Shame” on the corrupt and cruel Zarnia, she said.");
    let at = owned.parsed.tokens.iter().position(|t| t.span.of(&owned.article.text) == "Zarnia").unwrap();
    let span = owned.parsed.tokens[at].span;
    let tokens = at as u32..at as u32 + 1;
    let label = EntityLabel::Gpe;
    owned.parsed.names.push(crate::document::Mention { tokens, span, label, sentence: 0, confidence: None });
    let mut rows = Vec::new();
    let id = Id { kind: b'a', hash: 1 };
    stage.extract(&owned.doc(), id, &FigureSet::default(), &mut Scratch::default(), &mut rows);
    let row = rows.iter().find(|r| r.scope == "target").unwrap();
    assert_eq!(
        (row.target_text.as_deref(), row.start_char, row.end_char),
        (Some("Zarnia"), Some(33), Some(39))
    );
    assert!(row.score.is_some_and(|s| (-1.0..=1.0).contains(&s)));
}

#[test]
fn long_sentences_are_judged_in_time() {
    let mut text = "no good bad but never so ".repeat(20_000);
    text.push('.');
    tone(&text);
    tone(&"! ".repeat(200_000));
}

/// The targets of texts, each with the sign of its score.
fn targets_of<const N: usize>(texts: [&str; N]) -> [Vec<(String, i8)>; N] {
    let analyzer = analyze::Analyzer::new(&Seeds::embedded()).unwrap();
    let mut scratch = analyze::Scratch::default();
    texts.map(|text| {
        let mut rows = Rows::default();
        analyzer.analyze(&Article::of_text("", text), &mut scratch, &mut rows);
        let targets = rows.sentiment.iter().filter(|r| r.scope == "target");
        targets
            .map(|r| {
                let score = r.score.unwrap();
                let shares = r.positive.unwrap() + r.negative.unwrap() + r.neutral.unwrap();
                assert!((-1.0..=1.0).contains(&score) && (shares - 1.0).abs() < 0.001, "{r:?}");
                assert_eq!(
                    r.n_evidence,
                    Some(r.evidence.as_deref().map_or(0, |e| e.split("; ").count() as i32))
                );
                let sign = if score > NEUTRAL { 1 } else { -i8::from(score < -NEUTRAL) };
                (r.target_text.clone().unwrap(), sign)
            })
            .collect()
    })
}

#[test]
fn attitudes_have_a_sign() {
    let check = |text: &str, wanted: &[(&str, i8)]| {
        let [found] = targets_of([text]);
        let found: Vec<_> = found.iter().map(|(name, sign)| (name.as_str(), *sign)).collect();
        assert_eq!(found, wanted, "{text}");
    };
    check("The shameless liar Donald Grant betrayed his voters.", &[("Donald Grant", -1), ("his", -1)]);
    check("Peter Hollis is a brilliant and courageous leader.", &[("Peter Hollis", 1)]);
    check("Peter Hollis arrived in Geneva on Monday.", &[("Peter Hollis", 0), ("Geneva", 0)]);
}

#[test]
fn a_name_carries_no_attitude() {
    let said = ["Ukraine", "Norway", "Sudan", "Iran"].map(|name| {
        let [found] = targets_of([&format!("Reporters praised {name} for its generous help.")]);
        assert!(found.iter().any(|(text, _)| text == name), "{found:?}");
        found.iter().map(|(_, sign)| *sign).collect::<Vec<_>>()
    });
    assert!(said.iter().all(|s| *s == said[0]), "{said:?}");
}

#[test]
fn somebody_of_no_known_kind_is_a_target() {
    let [pronoun, noun] = targets_of(["His mother lives in Oslo.", "Brimblewick denied the report."]);
    assert_eq!(pronoun[0].0, "His");
    assert_eq!(noun[0].0, "Brimblewick");
}
