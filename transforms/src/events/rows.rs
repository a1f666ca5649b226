//! Events as rows: the tellings (`event_mentions`), the events (`events`), their actors and the people hurt.

use super::actors::ActorFound;
use super::casualties::Claim;
use super::fuse::{Standing, fuse, standings};
use super::{EventContext, EventMention, EventScratch, Events};
use crate::code::{Code, Id};
use crate::dates::Precision;
use crate::document::Document;
use crate::grammar::Zone;
use crate::span::Span;
use crate::tables::{ActorCells, CasualtyClaimRow, EventActorRow, EventMentionRow, EventRow, Rows};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// CAMEO codes with their scale values and quad classes, and the words for weapons.
#[derive(Debug)]
pub(crate) struct Codebook {
    codes: FxHashMap<Code, (Option<f64>, Option<i8>)>,
    weapons: FxHashMap<Box<str>, Code>,
}

impl Codebook {
    pub(crate) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let file = "codebook/cameo.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let [code, goldstein, quad] =
            [table.column("code")?, table.column("goldstein")?, table.column("quad_class")?];
        let mut codes = FxHashMap::default();
        for row in table.rows() {
            let key = Code::new(row.cell(code)).ok_or_else(|| row.error("no code"))?;
            codes.insert(key, (row.cell(goldstein).parse().ok(), row.cell(quad).parse().ok()));
        }
        let file = "lexicon/weapons.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let [word, class] = [table.column("word")?, table.column("weapon")?];
        let weapons = table
            .rows()
            .filter_map(|row| {
                Some((row.cell(word).to_lowercase().into_boxed_str(), Code::new(row.cell(class))?))
            })
            .collect();
        Ok(Self { codes, weapons })
    }
}

/// Day, precision, source of an event: as the text says, else the day of publication for what the news asserts.
struct When {
    date: Option<Date>,
    end: Option<Date>,
    precision: &'static str,
    source: &'static str,
}

fn when(context: EventContext<'_>, mention: &EventMention) -> When {
    if let Some(found) = mention.date {
        let end = match found.precision {
            Precision::Day => None,
            Precision::Week => found.date.checked_add(jiff::Span::new().days(6)).ok(),
            Precision::Month => Some(found.date.last_of_month()),
            Precision::Year => Some(found.date.last_of_year()),
        };
        return When {
            date: Some(found.date),
            end,
            precision: found.precision.as_str(),
            source: found.source,
        };
    }
    match context.doc.article.pub_date {
        Some(day) if mention.news && mention.told_now() => {
            When { date: Some(day), end: None, precision: "day", source: "pub_date" }
        }
        _ => When { date: None, end: None, precision: "none", source: "none" },
    }
}

/// The name of an actor, where the text gives one.
fn stated(actor: &ActorFound) -> Option<String> {
    (!actor.name.is_empty()).then(|| actor.name.clone())
}

fn cells(doc: Document<'_>, actor: Option<&ActorFound>) -> ActorCells {
    match actor {
        None => ActorCells {
            name: None,
            country: None,
            sector: None,
            figure_id: None,
            start_char: None,
            end_char: None,
            code: None,
        },
        Some(a) => ActorCells {
            name: stated(a),
            country: a.country,
            sector: a.sector,
            figure_id: a.figure,
            start_char: (!a.name.is_empty()).then(|| doc.chars(a.span.start)),
            end_char: (!a.name.is_empty()).then(|| doc.chars(a.span.end)),
            code: a.code,
        },
    }
}

pub(super) fn write(
    events: &Events,
    context: EventContext<'_>,
    article: Id,
    scratch: &EventScratch,
    out: &mut Rows,
) {
    let count = scratch.mentions.iter().map(|m| m.event + 1).max().unwrap_or(0);
    let mut members: Vec<Vec<usize>> = vec![Vec::new(); count as usize];
    for (at, mention) in scratch.mentions.iter().enumerate() {
        if let Some(list) = members.get_mut(mention.event as usize) {
            list.push(at);
        }
    }
    let mut event_ids = Vec::with_capacity(members.len());
    let mut mention_ids = Vec::with_capacity(scratch.mentions.len());
    let mut seen = rustc_hash::FxHashSet::default();
    for mention in &scratch.mentions {
        let rule = events.rules.frame(mention.rule).map_or("", |f| f.id.as_str());
        let at = mention.trigger.to_le_bytes();
        let mut id = Id::of(b'm', &[&article.text(), rule.as_bytes(), &at]);
        // One trigger may tell two incidents ("killed two in A and three in B"): the second gets an id of its own.
        while !seen.insert(id) {
            id = Id::of(b'm', &[&id.text(), rule.as_bytes(), &at]);
        }
        mention_ids.push(id);
    }
    for list in &members {
        let first = list.first().and_then(|i| mention_ids.get(*i)).copied();
        event_ids.push(first.map_or(Id { kind: b'e', hash: 0 }, |m| Id::of(b'e', &[&m.text()])));
    }
    for (mention, mention_id) in scratch.mentions.iter().zip(&mention_ids) {
        let Some(event_id) = event_ids.get(mention.event as usize) else { continue };
        out.event_mentions.push(mention_row(events, context, article, mention, *mention_id, *event_id));
    }
    let standing = standings(context, scratch, &members, &event_ids);
    let mut own: Vec<Vec<&Claim>> = vec![Vec::new(); members.len()];
    for claim in &scratch.claims {
        let event = scratch.mentions.get(claim.mention as usize).map(|m| m.event as usize);
        if let Some(list) = event.and_then(|e| own.get_mut(e)) {
            list.push(claim);
        }
    }
    for ((list, own), event_id) in members.iter().zip(&own).zip(&event_ids) {
        let tellings: Vec<&EventMention> = list.iter().filter_map(|i| scratch.mentions.get(*i)).collect();
        event_row(events, context, article, (&tellings, own), *event_id, &standing, out);
    }
    claims(context, article, scratch, &event_ids, out);
}

fn span_of(doc: Document<'_>, first: u32, end: u32) -> Span {
    match (doc.token(first), end.checked_sub(1).and_then(|e| doc.token(e))) {
        (Some(a), Some(b)) => a.span.cover(b.span),
        _ => Span::default(),
    }
}

fn mention_row(
    events: &Events,
    context: EventContext<'_>,
    article: Id,
    mention: &EventMention,
    mention_id: Id,
    event_id: Id,
) -> EventMentionRow {
    let doc = context.doc;
    let span = span_of(doc, mention.first, mention.end);
    let trigger = doc.token(mention.trigger).map(|t| t.span);
    let when = when(context, mention);
    let place = mention.place.and_then(|p| doc.parsed.names.get(p as usize));
    EventMentionRow {
        mention_id,
        event_id,
        article_id: article,
        sentence_no: mention.sentence as i32,
        start_char: doc.chars(span.start),
        end_char: doc.chars(span.end),
        text: doc.printed(span).to_owned(),
        trigger_start: trigger.map(|t| doc.chars(t.start)),
        trigger_end: trigger.map(|t| doc.chars(t.end)),
        zone: doc.sentence(mention.sentence).map_or(Zone::Body, |s| s.zone).as_str(),
        plover_type: mention.plover_type,
        plover_mode: mention.mode,
        cameo_code: mention.cameo,
        modality: mention.modality,
        event_date: when.date,
        date_precision: Some(when.precision),
        date_source: Some(when.source),
        actor1: cells(doc, mention.one.first()),
        actor2: cells(doc, mention.two.first()),
        actors_symmetric: mention.symmetric,
        place_name: place.map(|p| doc.text(p.span).to_owned()),
        place_country: mention.country,
        place_start: place.map(|p| doc.chars(p.span.start)),
        place_end: place.map(|p| doc.chars(p.span.end)),
        attributed_to: mention.attributed_to.clone(),
        rule_id: events.rules.frame(mention.rule).map_or_else(String::new, |f| f.id.clone()),
        confidence: Some(mention.confidence),
    }
}

/// How good a telling is as the event's row: the body with both sides, a date and a place, told with confidence.
fn quality(context: EventContext<'_>, m: &EventMention) -> i32 {
    let zone = context.doc.sentence(m.sentence).map_or(Zone::Body, |s| s.zone);
    let base = match zone {
        Zone::Body => 3,
        Zone::Caption => 2,
        Zone::Title | Zone::Summary => 1,
        Zone::Boilerplate => 0,
    };
    base + 4 * i32::from(!m.one.is_empty())
        + 4 * i32::from(!m.two.is_empty())
        + 2 * m.one.iter().chain(&m.two).filter(|a| a.named).count().min(2) as i32
        + i32::from(m.date.is_some())
        + i32::from(m.place.is_some())
}

fn event_row(
    events: &Events,
    context: EventContext<'_>,
    article: Id,
    (tellings, own): (&[&EventMention], &[&Claim]),
    event_id: Id,
    standing: &[Standing],
    out: &mut Rows,
) {
    let doc = context.doc;
    let Some(best) = tellings.iter().rev().max_by_key(|m| quality(context, m)) else { return };
    let dated = tellings.iter().find(|m| m.date.is_some_and(|d| d.precision == Precision::Day));
    let dated = dated.or_else(|| tellings.iter().find(|m| m.date.is_some())).unwrap_or(best);
    let mut when = when(context, dated);
    if doc.sentence(dated.sentence).is_some_and(|s| s.zone == Zone::Caption) && when.source != "pub_date" {
        when.source = "caption";
    }
    let placed = tellings
        .iter()
        .filter_map(|m| m.place)
        .max_by_key(|p| context.places.get(*p as usize).map_or(5, super::super::places::Place::detail));
    let spots = tellings.iter().filter_map(|m| m.spot).filter_map(|p| context.places.get(p as usize));
    let place =
        spots.max_by_key(|p| p.detail()).or_else(|| placed.and_then(|p| context.places.get(p as usize)));
    let country =
        place.and_then(|p| p.iso3).or(best.country).or_else(|| tellings.iter().find_map(|m| m.country));
    let one = tellings.iter().find(|m| !m.one.is_empty()).filter(|_| best.one.is_empty()).unwrap_or(best);
    let two = tellings.iter().find(|m| !m.two.is_empty()).filter(|_| best.two.is_empty()).unwrap_or(best);
    let roles = if best.symmetric { ["actor", "recipient"] } else { ["source", "target"] };
    for (role, actors) in roles.into_iter().zip([&one.one, &two.two]) {
        for actor in actors {
            let seq = out.event_actors.iter().rev().take_while(|r| r.event_id == event_id).count() as i16 + 1;
            out.event_actors.push(EventActorRow {
                event_id,
                seq,
                role,
                name: stated(actor),
                country: actor.country,
                sector: actor.sector,
                figure_id: actor.figure,
                code: actor.code,
            });
        }
    }
    let killed = fuse(context, own, "killed");
    let injured = fuse(context, own, "injured");
    let root = best.cameo.and_then(|c| c.as_str().get(..2).and_then(Code::new));
    let (goldstein, quad) =
        best.cameo.and_then(|c| events.codebook.codes.get(&c)).copied().unwrap_or((None, None));
    let weapon = tellings.iter().find_map(|m| {
        let sentence = doc.sentence(m.sentence)?;
        let violent = matches!(m.plover_type.as_str(), "ASSAULT" | "MOBILIZE" | "THREATEN");
        violent.then_some(())?;
        doc.tokens(&sentence.tokens).iter().find_map(|t| events.codebook.weapons.get(doc.lemma(t)).copied())
    });
    let standing = standing.get(best.event as usize).copied().unwrap_or_default();
    let aggregate = standing.aggregate;
    out.events.push(EventRow {
        event_id,
        superseded_by: None,
        parent_event_id: standing.parent,
        is_aggregate: aggregate,
        counts_in_totals: !aggregate
            && !standing.contained
            && !matches!(best.modality, "negated" | "hypothetical" | "future"),
        event_date: when.date,
        event_date_end: when.end,
        date_precision: when.precision,
        date_source: when.source,
        plover_type: best.plover_type,
        plover_mode: best.mode,
        plover_contexts: events.contexts.of(doc, tellings),
        cameo_code: best.cameo,
        cameo_root: root,
        quad_class: quad,
        goldstein,
        modality: best.modality,
        weapon,
        actor1: cells(doc, one.one.first()),
        actor2: cells(doc, two.two.first()),
        actors_symmetric: best.symmetric,
        place_name: placed
            .and_then(|p| doc.parsed.names.get(p as usize))
            .map(|n| doc.text(n.span).to_owned()),
        admin1: place.and_then(|p| p.admin1.clone()),
        admin2: None,
        country,
        lat: place.and_then(|p| p.lat),
        lon: place.and_then(|p| p.lon),
        geonames_id: place.and_then(|p| p.geonames_id),
        geo_precision: place.map(|p| p.precision()).or(country.map(|_| 6)),
        fatalities_low: killed.low,
        fatalities_best: killed.best,
        fatalities_high: killed.high,
        injured_low: injured.low,
        injured_best: injured.best,
        injured_high: injured.high,
        casualty_conflict: (killed.stated || injured.stated).then_some(killed.conflict || injured.conflict),
        n_mentions: tellings.len() as i32,
        n_articles: 1,
        n_sources: 1,
        first_article_id: article,
        confidence: tellings.iter().map(|m| m.confidence).max_by(f64::total_cmp),
    });
}

fn claims(context: EventContext<'_>, article: Id, scratch: &EventScratch, events: &[Id], out: &mut Rows) {
    let doc = context.doc;
    let id = |claim: &Claim| {
        Id::of(
            b'c',
            &[
                &article.text(),
                claim.outcome.as_bytes(),
                &claim.span.start.to_le_bytes(),
                &claim.span.end.to_le_bytes(),
            ],
        )
    };
    let before = out.casualty_claims.iter().rev().take_while(|c| c.article_id == article);
    let mut seen: FxHashSet<Id> = before.map(|c| c.claim_id).collect();
    for claim in &scratch.claims {
        let Some(mention) = scratch.mentions.get(claim.mention as usize) else { continue };
        let Some(event_id) = events.get(mention.event as usize) else { continue };
        let claim_id = id(claim);
        if !seen.insert(claim_id) {
            continue;
        }
        out.casualty_claims.push(CasualtyClaimRow {
            claim_id,
            event_id: *event_id,
            article_id: article,
            start_char: doc.chars(claim.span.start),
            end_char: doc.chars(claim.span.end),
            text: doc.printed(claim.span).to_owned(),
            outcome: claim.outcome,
            low: claim.low,
            best: claim.best,
            high: claim.high,
            victim_sector: claim.victims,
            subset_of: claim.subset_of.and_then(|i| scratch.claims.get(i as usize)).map(id),
            claimed_by: mention.attributed_to.clone().or_else(|| claim.claimed_by.clone()),
        });
    }
}
