//! Events as rows: the tellings (`event_mentions`), the events (`events`), their actors and the people hurt.

use super::actors::ActorFound;
use super::casualties::Claim;
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
        Some(day) if mention.news && matches!(mention.modality, "asserted" | "disputed") => {
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
        },
        Some(a) => ActorCells {
            name: stated(a),
            country: a.country,
            sector: a.sector,
            figure_id: a.figure,
            start_char: (!a.name.is_empty()).then(|| doc.chars(a.span.start)),
            end_char: (!a.name.is_empty()).then(|| doc.chars(a.span.end)),
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
    for mention in &scratch.mentions {
        let rule = events.rules.frame(mention.rule).map_or("", |f| f.id.as_str());
        let at = mention.trigger.to_le_bytes();
        mention_ids.push(Id::of(b'm', &[&article.text(), rule.as_bytes(), &at]));
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
        text: doc.text(span).to_owned(),
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
        plover_contexts: Vec::new(),
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

#[derive(Default)]
struct Fused {
    low: Option<i32>,
    best: Option<i32>,
    high: Option<i32>,
    conflict: bool,
    stated: bool,
}

/// How an event stands to others of its article.
#[derive(Debug, Clone, Copy, Default)]
struct Standing {
    /// It tells several of the others at once.
    aggregate: bool,
    /// It is told within another that counts for both.
    contained: bool,
    /// The one that tells it among others.
    parent: Option<Id>,
}

/// Several incidents told as one ("twin blasts"): where the parts tell as many killed as the whole, they count and
/// the whole doesn't; where they tell fewer, the whole counts and they don't.
fn standings(
    context: EventContext<'_>,
    scratch: &EventScratch,
    members: &[Vec<usize>],
    ids: &[Id],
) -> Vec<Standing> {
    let mut all = vec![Standing::default(); members.len()];
    let told =
        |event: usize| members.get(event).and_then(|l| l.first()).and_then(|i| scratch.mentions.get(*i));
    let assault = |event: usize| told(event).is_some_and(|m| m.plover_type.as_str() == "ASSAULT");
    let killed = |event: usize| {
        let own: Vec<&Claim> = scratch
            .claims
            .iter()
            .filter(|c| scratch.mentions.get(c.mention as usize).is_some_and(|m| m.event as usize == event))
            .collect();
        let fused = fuse(context, &own, "killed");
        (fused.best.or(fused.low), own.is_empty())
    };
    let Some(whole) = (0..members.len())
        .take(200)
        .find(|e| assault(*e) && told(*e).is_some_and(|m| m.aggregate && m.modality == "asserted"))
    else {
        return all;
    };
    let parts: Vec<usize> = (0..members.len())
        .take(200)
        .filter(|e| {
            *e != whole
                && assault(*e)
                && told(*e).zip(told(whole)).is_some_and(|(p, w)| {
                    p.modality == "asserted"
                        && !p.aggregate
                        && p.sentence > w.sentence
                        && p.date.zip(w.date).is_none_or(|(x, y)| x.date == y.date)
                })
                && !killed(*e).1
        })
        .collect();
    let sum: i32 = parts.iter().filter_map(|e| killed(*e).0).fold(0, i32::saturating_add);
    let Some(total) = killed(whole).0.filter(|_| !parts.is_empty()) else {
        return all;
    };
    if sum == 0 {
        return all;
    }
    let full = sum >= total;
    if let Some(standing) = all.get_mut(whole) {
        standing.aggregate = full;
    }
    for part in parts {
        if let Some(standing) = all.get_mut(part) {
            standing.parent = ids.get(whole).copied();
            standing.contained = !full;
        }
    }
    all
}

/// What one word says of so many victims: "a soldier and two policemen were killed" is three.
struct Told {
    low: Option<i32>,
    best: Option<i32>,
    high: Option<i32>,
    first: usize,
    body: bool,
}

/// The claims of one outcome as low, best and high. Claims of one word are added, parts of another claim are not
/// counted; victims told as others ("also", another name, another role) are added to those before. The body's
/// figures come before those of headlines; among several the most frequent is the best, the first of two as frequent.
fn fuse(context: EventContext<'_>, claims: &[&Claim], outcome: &str) -> Fused {
    let whole: Vec<&Claim> =
        claims.iter().copied().filter(|c| c.outcome == outcome && c.subset_of.is_none()).collect();
    let mut tellings: Vec<Told> = Vec::new();
    let mut last = None;
    let add = |a: Option<i32>, b: Option<i32>| Some(a?.saturating_add(b?));
    for (at, claim) in whole.iter().enumerate() {
        let body = context.doc.sentence(claim.sentence).is_some_and(|s| s.zone == Zone::Body);
        match tellings.last_mut().filter(|_| last == Some(claim.trigger)) {
            Some(told) => {
                told.low = add(told.low, claim.low);
                told.best = add(told.best, claim.best.or(claim.low));
                told.high = add(told.high, claim.high);
            }
            None => {
                tellings.push(Told { low: claim.low, best: claim.best, high: claim.high, first: at, body });
            }
        }
        last = Some(claim.trigger);
    }
    if tellings.iter().any(|t| t.body) {
        tellings.retain(|t| t.body);
    }
    if tellings.is_empty() {
        return Fused::default();
    }
    // Groups of tellings of the same victims.
    let mut groups: Vec<Vec<&Told>> = Vec::new();
    for told in tellings.iter().take(64) {
        let claim = whole.get(told.first).copied();
        let known = groups.iter_mut().find(|g| {
            g.iter().all(|t| {
                let other = whole.get(t.first).copied();
                claim.zip(other).is_none_or(|(a, b)| !others(context, a, b))
            })
        });
        match known {
            Some(group) => group.push(told),
            None => groups.push(vec![told]),
        }
    }
    let mut all = Fused { low: Some(0), best: Some(0), high: Some(0), conflict: false, stated: true };
    for group in &groups {
        let mut counts: Vec<(i32, usize)> = Vec::new();
        for best in group.iter().filter_map(|t| t.best) {
            match counts.iter_mut().find(|(n, _)| *n == best) {
                Some((_, times)) => *times += 1,
                None => counts.push((best, 1)),
            }
        }
        let most = counts.iter().map(|(_, times)| *times).max();
        let best = counts.iter().find(|(_, times)| Some(*times) == most).map(|(n, _)| *n);
        let open = group.iter().any(|t| t.high.is_none());
        let high = if open { None } else { group.iter().filter_map(|t| t.high).max() };
        let low = group.iter().filter_map(|t| t.low).min();
        all.low = add(all.low, low.or(best));
        all.best = add(all.best, best.or(if groups.len() > 1 { low } else { None }));
        all.high = add(all.high, high);
        all.conflict |= counts.len() > 1;
    }
    all
}

/// Whether two claims are of other people.
fn others(context: EventContext<'_>, a: &Claim, b: &Claim) -> bool {
    let (early, late) = if a.span.start <= b.span.start { (a, b) } else { (b, a) };
    let _ = early;
    if late.further {
        return true;
    }
    if let (Some(x), Some(y)) = (a.name, b.name) {
        let (x, y) = (context.doc.text(x), context.doc.text(y));
        return !x.split_whitespace().any(|w| w.len() > 2 && y.split_whitespace().any(|v| v == w));
    }
    if a.sentence == b.sentence && a.trigger != b.trigger {
        return true;
    }
    let same = a.best.is_some() && a.best == b.best;
    !same && a.victims.is_some() && b.victims.is_some() && a.victims != b.victims
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
            text: doc.text(claim.span).to_owned(),
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
