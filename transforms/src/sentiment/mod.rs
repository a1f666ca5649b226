//! Sentiment: the tone of sentences and articles, and the attitude towards those they name.
//!
//! Three methods, each named in its rows:
//!
//! - `vader` (scope sentence): [`vader`], equal to the Python reference;
//! - `columnist-news-1` (scope article, and the `tone` of sentences and articles): [`news`], ratings without the words
//!   that are plain facts in news, damped by length so that a long text doesn't run to the end of the scale;
//! - `columnist-target-2` (scope target): [`target`], a learnt model ([`model`], over [`words`]) of the attitude towards a
//!   name, kept apart from how bad the event is. Scores within 0.05 of zero mean no attitude.

pub mod model;
pub mod news;
pub mod target;
#[cfg(test)]
mod tests;
pub mod vader;
pub mod words;

use crate::code::Id;
use crate::document::{Document, Sentence};
use crate::figures::{FigureSet, Form};
use crate::grammar::{Deprel, EntityLabel, Upos, Zone};
use crate::network::Isa;
use crate::tables::SentimentRow;
use model::Model;
use news::News;
use seeds::{SeedError, Seeds};
use std::fmt::Write as _;
use std::ops::Range;
use vader::Vader;
use words::Words;

/// The tones that other tables carry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tone {
    /// The article's.
    pub article: Option<f64>,
    /// Each sentence's.
    pub sentences: Vec<Option<f64>>,
}

/// Buffers of this stage, reused from one article to the next.
#[derive(Debug, Default)]
pub struct Scratch {
    vader: vader::Buffers,
    news: news::Buffers,
    words: Words,
    target: target::Buffers,
    evidence: Vec<(u32, i32)>,
    targets: Vec<Target>,
}

/// Somebody named: where, and who.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Target {
    tokens: Range<u32>,
    sentence: u32,
    label: u64,
    figure: Option<Id>,
}

/// The stage: what it knows.
#[derive(Debug)]
pub struct Sentiment {
    vader: Vader,
    news: News,
    model: Model,
}

/// Most words of evidence that a row lists.
const EVIDENCE: usize = 6;
/// The largest score of a target that nothing is said of.
const NEUTRAL: f64 = 0.05;
/// Label of targets that are no names: pronouns, offices.
const NOMINAL: u64 = 99;

impl Sentiment {
    /// Reads the lexicons and the model.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        Ok(Self { vader: Vader::new(seeds)?, news: News::new(seeds)?, model: Model::new(seeds)? })
    }

    /// The same stage on another instruction set, where this machine has it; its rows are the same.
    #[must_use]
    pub fn with_isa(self, isa: Isa) -> Self {
        Self { model: self.model.with_isa(isa), ..self }
    }

    /// Writes an article's rows and gives the tones.
    pub fn extract(
        &self,
        doc: &Document<'_>,
        article_id: Id,
        figures: &FigureSet,
        scratch: &mut Scratch,
        rows: &mut Vec<SentimentRow>,
    ) -> Tone {
        let first = rows.len();
        let mut tone = Tone::default();
        targets(doc, figures, &mut scratch.targets);
        let mut next = 0;
        scratch.news.start();
        for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
            let read = sentence.zone != Zone::Boilerplate;
            let judged =
                read.then(|| self.sentence(doc, number, sentence, article_id, scratch, rows)).flatten();
            tone.sentences.push(judged);
            let mine =
                scratch.targets.iter().skip(next).take_while(|t| t.sentence as usize == number).count();
            if read && mine > 0 {
                self.targets(doc, sentence, next..next + mine, article_id, scratch, rows);
            }
            next += mine;
        }
        let (score, positive, negative, words) = scratch.news.article();
        tone.article = score;
        let row = SentimentRow {
            score,
            positive,
            negative,
            neutral: None,
            n_evidence: Some(words),
            ..row(article_id, "article", "columnist-news-1")
        };
        rows.insert(first, row);
        tone
    }

    /// The row of a sentence by VADER, and its tone in news.
    fn sentence(
        &self,
        doc: &Document<'_>,
        number: usize,
        sentence: &Sentence,
        article_id: Id,
        scratch: &mut Scratch,
        rows: &mut Vec<SentimentRow>,
    ) -> Option<f64> {
        let scores = self.vader.score(doc.text(sentence.span), &mut scratch.vader);
        let mut evidence = String::new();
        let mut count = 0;
        for (word, _) in scratch.vader.evidence() {
            if count < EVIDENCE as i32 {
                evidence.push_str(if count > 0 { "; " } else { "" });
                evidence.push_str(word);
            }
            count += 1;
        }
        rows.push(SentimentRow {
            sentence_no: Some(number as i32),
            start_char: Some(doc.chars(sentence.span.start)),
            end_char: Some(doc.chars(sentence.span.end)),
            score: Some(scores.compound),
            positive: Some(scores.positive),
            negative: Some(scores.negative),
            neutral: Some(scores.neutral),
            n_evidence: Some(count),
            evidence: Some(evidence).filter(|e| !e.is_empty()),
            ..row(article_id, "sentence", "vader")
        });
        self.news.sentence(&scratch.vader, sentence.zone, &mut scratch.news)
    }

    /// The rows of the targets of one sentence.
    fn targets(
        &self,
        doc: &Document<'_>,
        sentence: &Sentence,
        which: Range<usize>,
        article_id: Id,
        scratch: &mut Scratch,
        rows: &mut Vec<SentimentRow>,
    ) {
        let Scratch { words, target: buffers, evidence, targets, .. } = scratch;
        words.prepare(doc, sentence, &self.vader, &self.model);
        for target in targets.get(which).unwrap_or(&[]) {
            let place = (&target.tokens, target.label);
            let judged = target::judge(&self.model, doc, sentence, words, place, buffers);
            let Some(judged) = judged else { continue };
            let [negative, neutral, positive] = judged.shares;
            let mut score = positive - negative;
            if judged.class == 1 {
                score *= NEUTRAL;
            } else {
                score =
                    if judged.class == 2 { score.max(NEUTRAL + 0.01) } else { score.min(-NEUTRAL - 0.01) };
                target::evidence(&self.model, doc, sentence, judged.class, EVIDENCE, buffers, evidence);
            }
            if judged.class == 1 {
                evidence.clear();
            }
            let span = |at: u32| doc.token(at).map(|t| t.span).unwrap_or_default();
            let place = span(target.tokens.start).cover(span(target.tokens.end.saturating_sub(1)));
            let mut listed = String::new();
            for (at, _) in evidence.iter() {
                let part = if listed.is_empty() { "" } else { "; " };
                let _ = write!(listed, "{part}{}", doc.text(span(*at)));
            }
            let round = |v: f64| (v * 1e4).round() / 1e4;
            rows.push(SentimentRow {
                sentence_no: Some(target.sentence as i32),
                target_figure_id: target.figure,
                target_text: Some(doc.printed(place).to_owned()),
                start_char: Some(doc.chars(place.start)),
                end_char: Some(doc.chars(place.end)),
                score: Some(round(score)),
                positive: Some(round(positive)),
                negative: Some(round(negative)),
                neutral: Some(round(neutral)),
                n_evidence: Some(evidence.len() as i32),
                evidence: Some(listed).filter(|l| !l.is_empty()),
                ..row(article_id, "target", "columnist-target-2")
            });
        }
    }
}

/// A row without values.
fn row(article_id: Id, scope: &'static str, method: &'static str) -> SentimentRow {
    SentimentRow {
        article_id,
        scope,
        sentence_no: None,
        target_figure_id: None,
        target_text: None,
        start_char: None,
        end_char: None,
        score: None,
        positive: None,
        negative: None,
        neutral: None,
        n_evidence: None,
        evidence: None,
        method,
    }
}

/// Whether a pronoun means one person who is spoken of.
fn person(word: &str) -> bool {
    matches!(word, "he" | "He" | "she" | "She" | "him" | "her" | "Her" | "his" | "His")
}

/// Everybody an attitude can be towards, in text order: names of people, organisations, places and peoples, and what
/// else stands for a figure.
fn targets(doc: &Document<'_>, figures: &FigureSet, out: &mut Vec<Target>) {
    out.clear();
    for name in &doc.parsed.names {
        use EntityLabel::{Gpe, Norp, Org, Person};
        if matches!(name.label, Person | Org | Gpe | Norp) {
            let figure = figures.mention_at(name.tokens.start).and_then(|m| figures.figure(m)).map(|f| f.id);
            let label = name.label as u64;
            out.push(Target { tokens: name.tokens.clone(), sentence: name.sentence, label, figure });
        }
    }
    for mention in &figures.mentions {
        let named = matches!(mention.form, Form::Full | Form::Short);
        let label = if named { EntityLabel::Person as u64 } else { NOMINAL };
        let figure = figures.figure(mention).map(|f| f.id);
        let tokens = mention.first..mention.end;
        out.push(Target { tokens, sentence: mention.sentence, label, figure });
    }
    for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
        let mut other = |tokens: Range<u32>| {
            out.push(Target { tokens, sentence: number as u32, label: NOMINAL, figure: None });
        };
        let mut at = sentence.tokens.start;
        while at < sentence.tokens.end {
            let first = at;
            at += 1;
            let Some(token) = doc.token(first) else { continue };
            match token.upos {
                // A "he" whose name the text doesn't give is still somebody.
                Upos::Pron if person(doc.word(token)) && figures.mention_at(first).is_none() => {
                    other(first..at);
                }
                // So is a proper noun of no known kind that does or has something.
                Upos::Propn => {
                    while at < sentence.tokens.end && doc.token(at).is_some_and(|t| t.upos == Upos::Propn) {
                        at += 1;
                    }
                    let run = first..at;
                    let acts = doc.tokens(&run).iter().any(|t| {
                        matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass | Deprel::NmodPoss)
                            && doc.word(t).starts_with(char::is_uppercase)
                    });
                    let known = |at: u32| doc.name_at(at).is_some() || figures.mention_at(at).is_some();
                    if acts && !run.clone().any(known) {
                        other(run);
                    }
                }
                _ => {}
            }
        }
    }
    out.sort_by_key(|t| (t.tokens.start, t.label == NOMINAL, t.tokens.end));
    out.dedup_by(|b, a| b.tokens.start < a.tokens.end);
}
