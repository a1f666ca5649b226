//! What a telling takes from those around it: the place of the incident it goes on with, a country, the day of the
//! news, and what pronouns stand for.

use super::actors::{ActorFound, Memory};
use super::{EventContext, EventMention, Events};
use crate::dates;
use crate::document::Sentence;
use crate::grammar::{Deprel, EntityLabel, Upos, Zone};
use crate::syntax::{Predicate, Tree};

/// Gives tellings without a place that of the incident they go on with, and each a country.
pub(super) fn settle(context: &EventContext<'_>, mentions: &mut [EventMention]) {
    let deed = |m: &EventMention| {
        matches!(
            m.plover_type.as_str(),
            "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "CONSULT" | "RETREAT"
        )
    };
    let scene = |m: &EventMention| m.place.and_then(|p| context.places.get(p as usize)).and_then(|p| p.iso3);
    for at in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some(mention) = rest.first_mut() else { break };
        if mention.place.is_none() && deed(mention) {
            let told = before.iter().rev().take(12).find(|m| {
                m.place.is_some()
                    && m.plover_type == mention.plover_type
                    && mention.sentence - m.sentence <= 3
                    && m.modality == mention.modality
            });
            if let Some(told) = told {
                mention.place = told.place;
                mention.spot = told.spot;
                mention.country = told.country.or_else(|| scene(told));
            }
        }
        if mention.country.is_none() {
            let of = |side: &[ActorFound]| side.iter().find_map(|a| a.country);
            let deed = deed(mention);
            let side = if deed { of(&mention.two).or_else(|| of(&mention.one)) } else { of(&mention.one) };
            let visit = mention.mode.is_some_and(|m| m.as_str() == "visit");
            let deadly = matches!(mention.plover_type.as_str(), "ASSAULT" | "COERCE");
            mention.country = if visit || deadly { side.or(context.home) } else { context.home.or(side) };
        }
    }
}

/// Undated tellings of the news take the day that its lead gives, where that is a day or two before publication.
pub(super) fn news_day(context: &EventContext<'_>, mentions: &mut [EventMention]) {
    let Some(published) = context.doc.article.pub_date else { return };
    let lead = context.doc.parsed.sentences.iter().position(|s| s.zone == Zone::Body).unwrap_or(0) as u32 + 3;
    let day = mentions.iter().filter(|m| m.sentence <= lead && m.modality == "asserted").find_map(|m| {
        let date = m.date.filter(|d| d.precision == dates::Precision::Day)?;
        let back = (published - date.date).get_days();
        (0..=3).contains(&back).then_some(date)
    });
    let Some(day) = day else { return };
    for mention in mentions.iter_mut() {
        let undated = mention.date.is_none() && mention.news;
        if undated && matches!(mention.modality, "asserted" | "disputed") {
            mention.date = Some(day);
        }
    }
}

/// Keeps the two countries that a sentence names in mind for "both sides".
pub(super) fn remember_pair(context: &EventContext<'_>, sentence: &Sentence, memory: &mut Memory) {
    let names = &context.doc.parsed.names;
    let start = names.partition_point(|m| m.tokens.end <= sentence.tokens.start);
    let mut pair: Vec<ActorFound> = Vec::new();
    for name in names.iter().skip(start).take_while(|m| m.tokens.start < sentence.tokens.end) {
        if name.label != EntityLabel::Gpe {
            continue;
        }
        let words = context.doc.tokens(&name.tokens).iter().map(|t| context.doc.word(t));
        let Some(found) = context.countries.phrases.longest(words) else { continue };
        let country = Some(found.value.iso3);
        if pair.iter().all(|p| p.country != country) {
            pair.push(ActorFound {
                name: context.doc.text(name.span).split_whitespace().collect::<Vec<_>>().join(" "),
                country,
                sector: crate::code::Code::new("GOV"),
                figure: None,
                span: name.span,
                named: true,
                scene: false,
                code: None,
            });
        }
    }
    if let [a, b, ..] = pair.as_slice() {
        memory.pair = vec![a.clone(), b.clone()];
    }
}

/// Keeps the subject of the sentence's root in mind for pronouns, and whoever is reported to speak.
pub(super) fn remember_subject(
    context: &EventContext<'_>,
    tree: &Tree<'_>,
    events: &Events,
    memory: &mut Memory,
    heads: &mut Vec<u32>,
) {
    let mut found = Vec::new();
    let speech = tree.iter().filter(|(_, t)| t.upos == Upos::Verb).find_map(|(at, _)| {
        if !events.modality.reports(tree.lemma(at)) {
            return None;
        }
        Predicate::new(tree, at).subject().filter(|s| {
            !matches!(tree.word(*s).to_ascii_lowercase().as_str(), "we" | "i" | "it" | "they" | "you" | "who")
        })
    });
    if let Some(speaker) = speech {
        context.actors().resolve(tree, speaker, memory, heads, &mut found);
        if !found.is_empty() {
            memory.speakers.clear();
            memory.speakers.append(&mut found);
        }
    }
    let Some((root, _)) = tree.iter().find(|(_, t)| t.deprel == Deprel::Root) else { return };
    let Some(subject) = Predicate::new(tree, root).subject().or_else(|| Predicate::new(tree, root).object())
    else {
        return;
    };
    if tree.get(subject).is_some_and(|t| t.upos == Upos::Pron) {
        return;
    }
    context.actors().resolve(tree, subject, memory, heads, &mut found);
    if !found.is_empty() {
        memory.subjects = found;
    }
}
