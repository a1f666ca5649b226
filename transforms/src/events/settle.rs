//! What a telling takes from those around it: the place of the incident it goes on with, a country, the day of the
//! news, and what pronouns stand for.

use super::actors::ActorFound;
use super::memory::Memory;
use super::{EventContext, EventMention, Events};
use crate::dates;
use crate::document::Sentence;
use crate::grammar::{Deprel, EntityLabel, Upos};
use crate::syntax::{Predicate, Tree};

/// Gives tellings without a place that of the incident or the meeting they go on with, and each a country.
pub(super) fn settle(context: &EventContext<'_>, mentions: &mut [EventMention]) {
    let deed = |m: &EventMention| {
        matches!(
            m.plover_type.as_str(),
            "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "CONSULT" | "RETREAT"
        )
    };
    let words = |m: &EventMention| {
        matches!(
            m.plover_type.as_str(),
            "CONSULT" | "AGREE" | "SUPPORT" | "REQUEST" | "ACCUSE" | "REJECT" | "COOPERATE"
        )
    };
    let scene = |m: &EventMention| m.place.and_then(|p| context.places.get(p as usize)).and_then(|p| p.iso3);
    let dateline = context.dateline;
    let held = |m: &EventMention| {
        m.plover_type.as_str() == "CONSULT"
            && matches!(m.modality, "asserted" | "disputed")
            && m.place.is_some()
            && m.country.is_some()
    };
    // The last meeting that the article puts somewhere.
    let mut stage: Option<usize> = None;
    for at in 0..mentions.len() {
        let (before, rest) = mentions.split_at_mut(at);
        let Some((mention, after)) = rest.split_first_mut() else { break };
        // "Accused Russia during a visit to Ottawa": the occasion may stand later in the sentence.
        // and the lead may tell what came of a meeting before it tells of the meeting.
        let reach = if mention.sentence <= 4 { 1 } else { 0 };
        let here = after
            .iter()
            .take_while(|m| m.sentence <= mention.sentence + reach)
            .find(|m| held(m) && (m.sentence == mention.sentence || m.date == mention.date));
        let abroad = mention.mode.is_some_and(|m| m.as_str() == "visit")
            && mention.two.iter().any(|a| a.country.is_some());
        if mention.place.is_none() && deed(mention) && !abroad {
            let told = before.iter().rev().take(12).find(|m| {
                m.place.is_some()
                    && m.plover_type == mention.plover_type
                    && (fresh(context, m) || !talks(m))
                    && !(foreign(mention, m) && mention.sentence != m.sentence)
                    && mention.date.is_none_or(|d| m.date.is_none_or(|e| d.date == e.date))
                    && mention.sentence - m.sentence <= 3
                    && m.modality == mention.modality
            });
            if let Some(told) = told {
                mention.place = told.place;
                mention.spot = told.spot;
                mention.country = told.country.or_else(|| scene(told));
            }
        }
        if mention.place.is_none()
            && !abroad
            && words(mention)
            && mention.told_now()
            && let Some(told) = here.or_else(|| stage.and_then(|s| before.get(s)))
            && mention.sentence.abs_diff(told.sentence) <= MEETING
            && match mention.date {
                Some(day) => told.date.is_some_and(|e| day.date == e.date),
                // What has no date of its own is of the news, not of a meeting long ago.
                None => fresh(context, told) || told.sentence == mention.sentence,
            }
            && meets(mention, told)
        {
            mention.place = told.place;
            mention.spot = told.spot;
            mention.country = told.country;
        }
        if mention.country.is_none() {
            let of = |side: &[ActorFound]| side.iter().find_map(|a| a.country);
            let deed = deed(mention);
            let side = if deed { of(&mention.two).or_else(|| of(&mention.one)) } else { of(&mention.one) };
            let visit = mention.mode.is_some_and(|m| m.as_str() == "visit");
            let deadly = matches!(mention.plover_type.as_str(), "ASSAULT" | "COERCE");
            mention.country = if visit {
                // A visitor is abroad or, where nothing says so, where the story is filed.
                of(&mention.two).or(dateline).or(context.home).or(side)
            } else if deadly {
                side.or(context.home)
            } else {
                context.home.or(side)
            };
        }
        if held(mention) && fresh(context, mention) {
            stage = Some(at);
        }
    }
}

/// Whether an act is a meeting or a visit.
fn talks(mention: &EventMention) -> bool {
    mention.plover_type.as_str() == "CONSULT"
}

/// Whether a meeting is of the days before publication, as far as is known.
fn fresh(context: &EventContext<'_>, meeting: &EventMention) -> bool {
    let published = context.doc.article.pub_date;
    meeting.date.is_none_or(|d| published.is_none_or(|p| (p - d.date).get_days().abs() <= 7))
}

/// Whether an act has a side from a country that another, told before, has nothing to do with.
fn foreign(mention: &EventMention, told: &EventMention) -> bool {
    let known = |country| {
        told.country == Some(country) || told.one.iter().chain(&told.two).any(|a| a.country == Some(country))
    };
    mention.one.iter().chain(&mention.two).filter_map(|a| a.country).any(|c| !known(c))
}

/// Sentences that a meeting lasts.
const MEETING: u32 = 12;

/// Whether somebody of a meeting acts or is acted upon: by name, or both countries do.
fn meets(mention: &EventMention, meeting: &EventMention) -> bool {
    let those = || meeting.one.iter().chain(&meeting.two);
    let these = || mention.one.iter().chain(&mention.two);
    let same = these().any(|a| {
        those()
            .any(|b| (a.figure.is_some() && a.figure == b.figure) || (!a.name.is_empty() && a.name == b.name))
    });
    let land = |a: &ActorFound| a.country;
    let both = these().filter_map(land).filter(|c| those().any(|b| b.country == Some(*c)));
    let mut countries: Vec<crate::code::Code> = both.take(16).collect();
    countries.sort();
    countries.dedup();
    same || countries.len() >= 2
}

/// The day of the news that a sentence of the lead gives: a day up to three before publication, unless something goes
/// on since then or until then.
pub(super) fn news_day(
    context: &EventContext<'_>,
    tree: &Tree<'_>,
    dates: &[dates::Found],
) -> Option<dates::Found> {
    let published = context.doc.article.pub_date?;
    dates.iter().copied().find(|d| {
        let back = (published - d.date).get_days();
        let bound =
            |i: u32| matches!(tree.case(i), Some("since" | "until" | "till" | "by" | "before" | "after"));
        d.precision == dates::Precision::Day && (0..=3).contains(&back) && !(d.first..d.end).any(bound)
    })
}

/// Undated tellings of the news take the day that the lead gives.
pub(super) fn date_news(day: Option<dates::Found>, mentions: &mut [EventMention]) {
    let Some(day) = day else { return };
    for mention in mentions.iter_mut().filter(|m| m.date.is_none() && m.news) {
        if mention.told_now() {
            mention.date = Some(day);
        }
    }
}

/// Keeps the two countries in mind that an article speaks of most: each at least twice, both together in more than
/// half of its country names.
pub(super) fn remember_main(context: &EventContext<'_>, memory: &mut Memory) {
    let mut counts: Vec<(u32, ActorFound)> = Vec::new();
    let mut total = 0;
    for name in context.doc.parsed.names.iter().filter(|n| n.label == EntityLabel::Gpe) {
        let words = context.doc.tokens(&name.tokens).iter().map(|t| context.doc.word(t));
        let Some(found) = context.countries.phrases.longest(words) else { continue };
        // A capital may only be where the story is filed.
        if found.value.word != crate::knowledge::CountryWord::Name {
            continue;
        }
        total += 1;
        let country = Some(found.value.iso3);
        match counts.iter_mut().find(|(_, a)| a.country == country) {
            Some((n, _)) => *n += 1,
            None => counts.push((1, state(context, name.span, country))),
        }
    }
    counts.sort_by_key(|(n, _)| std::cmp::Reverse(*n));
    if let [(x, a), (y, b), ..] = counts.as_slice()
        && *y >= 2
        && (x + y) * 2 > total
    {
        memory.main = vec![a.clone(), b.clone()];
        memory.main.sort_by_key(|a| a.span.start);
    }
}

/// A state as its name stands in the text.
fn state(
    context: &EventContext<'_>,
    span: crate::span::Span,
    country: Option<crate::code::Code>,
) -> ActorFound {
    ActorFound {
        name: context.doc.text(span).split_whitespace().collect::<Vec<_>>().join(" "),
        country,
        sector: crate::code::Code::new("GOV"),
        figure: None,
        span,
        named: true,
        scene: false,
        code: None,
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
            pair.push(state(context, name.span, country));
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
            memory.note_group(&found);
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
        memory.note_group(&found);
        memory.subjects = found;
    }
}
