//! Who a noun phrase is by the analyst's own dictionary: its actors, wherever they stand in the phrase, and the
//! agents beside them ("Valdoria's border police": `VAL` and `COP` make `VALCOP`). It goes before what the program
//! knows, and needs no tagger that has ever seen the name.

use super::actors::{ActorContext, ActorFound};
use super::listing::{Hit, inside, list, party};
use super::memory::Memory;
use crate::code::Code;
use crate::grammar::{Deprel, EntityLabel, Upos};
use crate::knowledge::{Agent, CountryWord, Entry};
use crate::syntax::{Slot, Tree};
use std::ops::Range;

/// Tokens of a noun phrase looked at on either side of its head.
const REACH: u32 = 16;
/// Mentions of a person looked at.
const MENTIONS_MAX: usize = 32;
/// Actors of one phrase at most.
const ACTORS_MAX: usize = 12;

/// What the dictionary says of one noun phrase.
#[derive(Debug, Default)]
struct Reading<'d> {
    /// The actors, with the tokens that name them.
    bases: Vec<(Range<u32>, &'d Entry)>,
    /// A phrase that stands for nobody (code `---`).
    nobody: bool,
    /// The agents, in text order.
    agents: Vec<Agent>,
    former: bool,
    /// First and last token of what was read.
    low: u32,
    high: u32,
}

impl ActorContext<'_> {
    /// The actors of a phrase and those coordinated with it, where the dictionary names any of them. What it
    /// doesn't name is resolved as ever.
    pub(super) fn listed_all(
        &self,
        tree: &Tree<'_>,
        head: u32,
        memory: &Memory,
        heads: &mut Vec<u32>,
        out: &mut Vec<ActorFound>,
    ) -> bool {
        if self.actors.own.is_empty() {
            return false;
        }
        party(tree, head, heads);
        let mut readings: Vec<(u32, Reading<'_>)> =
            heads.iter().take(ACTORS_MAX).map(|h| (*h, self.read(tree, *h))).collect();
        if readings.iter().all(|(_, r)| r.bases.is_empty() && !r.nobody) {
            return false;
        }
        self.share(&mut readings);
        for (head, reading) in &readings {
            if reading.bases.is_empty() {
                if !reading.nobody {
                    out.extend(self.known_with_code(tree, *head, memory, reading));
                }
                continue;
            }
            for base in &reading.bases {
                self.put(tree, *head, memory, reading, base, out);
            }
        }
        out.truncate(ACTORS_MAX);
        !out.is_empty() || readings.iter().any(|(_, r)| r.nobody)
    }

    /// The others of a list whose first was found inside a phrase: "ties with A, B and C".
    pub(super) fn listed_with(
        &self,
        tree: &Tree<'_>,
        memory: &Memory,
        heads: &mut Vec<u32>,
        out: &mut Vec<ActorFound>,
    ) {
        let Some(span) = out.first().filter(|f| f.code.is_some()).map(|f| f.span) else { return };
        let inside = |i: u32| tree.get(i).is_some_and(|t| span.contains(t.span));
        let mut words = tree.iter().map(|(i, _)| i).filter(|i| inside(*i));
        if let Some(head) = words.find(|i| tree.head(*i).is_none_or(|h| !inside(h)) && tree.is_nominal(*i)) {
            let mut all = Vec::new();
            if self.listed_all(tree, head, memory, heads, &mut all) && all.len() > out.len() {
                *out = all;
            }
        }
    }

    /// The same for one head. `None` where the dictionary has nothing to say, `Some(None)` where it says nobody.
    pub(super) fn listed(&self, tree: &Tree<'_>, head: u32, memory: &Memory) -> Option<Option<ActorFound>> {
        if self.actors.own.is_empty() {
            return None;
        }
        let reading = self.read(tree, head);
        let Some(base) = reading.bases.first() else { return reading.nobody.then_some(None) };
        let mut found = Vec::new();
        self.put(tree, head, memory, &reading, base, &mut found);
        Some(found.into_iter().next())
    }

    /// What the dictionary adds to an actor that it doesn't name: the agents beside it; and who it is, where it is a
    /// person of the dictionary spoken of again, by a surname or a pronoun.
    pub(super) fn listed_besides(&self, tree: &Tree<'_>, head: u32, mut found: ActorFound) -> ActorFound {
        if self.actors.own.is_empty() || found.code.is_some() {
            return found;
        }
        if self.actors.own.has_agents() {
            let reading = self.read(tree, head);
            if !reading.agents.is_empty() {
                found.code = code(found.country, &reading);
                return found;
            }
        }
        let Some(id) = found.figure else { return found };
        let same =
            self.figures.mentions.iter().filter(|m| self.figures.figure(m).is_some_and(|f| f.id == id));
        let entry = same.take(MENTIONS_MAX).find_map(|m| {
            let words = self.doc.tokens(&(m.first..m.end)).iter().map(|t| self.doc.word(t));
            let (n, entry) = self.actors.own.find(words, self.doc.article.pub_date)?;
            entry.filter(|_| n as u32 == m.end - m.first)
        });
        if let Some(entry) = entry {
            found.code = entry.codes.first().copied();
            found.country = entry.country;
            found.sector = entry.sector;
        }
        found
    }

    /// An actor of the dictionary right behind a preposition that a frame asks for, where the tree ties it elsewhere:
    /// "restored ties with A five years after".
    pub(super) fn listed_after(
        &self,
        tree: &Tree<'_>,
        slots: &[Slot],
        trigger: u32,
        memory: &Memory,
        out: &mut Vec<ActorFound>,
    ) {
        if self.actors.own.is_empty() {
            return;
        }
        let end = tree.sentence.tokens.end.min(trigger + REACH);
        for slot in slots {
            let word = match slot {
                Slot::Preposition(word) => word,
                Slot::OfObject(inner) => match &**inner {
                    Slot::Preposition(word) => word,
                    _ => continue,
                },
                _ => continue,
            };
            // Another verb begins another clause.
            let clause =
                (trigger + 1..end).take_while(|i| !matches!(tree.get(*i), Some(t) if t.upos == Upos::Verb));
            for at in clause.filter(|i| tree.word(*i) == &**word) {
                let skip = |i: &u32| tree.get(*i).is_some_and(|t| matches!(t.upos, Upos::Det | Upos::Adj));
                let first = (at + 1..end).find(|i| !skip(i)).unwrap_or(end);
                let words = self.doc.tokens(&(first..end)).iter().map(|t| self.doc.word(t));
                let Some((n, Some(entry))) = self.actors.own.find(words, self.doc.article.pub_date) else {
                    continue;
                };
                let range = first..first + n as u32;
                let reading = Reading { low: range.start, high: range.end - 1, ..Reading::default() };
                self.put(tree, range.end - 1, memory, &reading, &(range, entry), out);
                return;
            }
        }
    }

    /// What the program knows of a head, with the code of the agents that the dictionary sees in it.
    fn known_with_code(
        &self,
        tree: &Tree<'_>,
        head: u32,
        memory: &Memory,
        reading: &Reading<'_>,
    ) -> Option<ActorFound> {
        let mut found = self.known(tree, self.bearer(tree, head).unwrap_or(head), memory)?;
        if !reading.agents.is_empty() {
            found.code = code(found.country, reading);
        }
        Some(found)
    }

    /// "Danish media and government", "lawmakers and officials in A and B": an agent without an actor has its
    /// neighbour's, where that stands before the first or behind the last of them.
    fn share(&self, readings: &mut [(u32, Reading<'_>)]) {
        let bare = |r: &Reading<'_>| r.bases.is_empty() && !r.agents.is_empty() && !r.nobody;
        for at in 0..readings.len() {
            if !readings.get(at).is_some_and(|(_, r)| bare(r)) {
                continue;
            }
            let own = readings.get(at).map_or(0, |(head, _)| *head);
            let before = readings.get(..at).unwrap_or(&[]).iter().rev().find(|(head, r)| {
                let ties = |range: &Range<u32>| range.end <= *head || range.start > own;
                !r.agents.is_empty() && r.bases.iter().any(|(range, _)| ties(range))
            });
            let after = || {
                readings.get(at + 1..).unwrap_or(&[]).iter().find(|(head, r)| {
                    !r.agents.is_empty() && r.bases.iter().any(|(range, _)| range.start > *head)
                })
            };
            let Some(bases) = before.or_else(after).map(|(_, r)| r.bases.clone()) else { continue };
            if let Some((_, reading)) = readings.get_mut(at) {
                reading.bases = bases;
            }
        }
    }

    fn put(
        &self,
        tree: &Tree<'_>,
        head: u32,
        memory: &Memory,
        reading: &Reading<'_>,
        (named, base): &(Range<u32>, &Entry),
        out: &mut Vec<ActorFound>,
    ) {
        // Each of a list is named by its own words, the first with the phrase it is part of.
        let first = reading.bases.first().is_some_and(|(range, _)| range == named);
        let direct = reading.bases.iter().any(|(range, _)| range.contains(&head));
        let alone = reading.bases.len() == 1 || (first && !direct);
        let (low, high) = if alone { (reading.low, reading.high) } else { (named.start, named.end - 1) };
        let (Some(low), Some(high)) = (tree.get(low), tree.get(high)) else { return };
        let span = low.span.cover(high.span);
        let mention = self.figures.mention_at(head).and_then(|m| self.figures.figure(m));
        // A common noun that the dictionary has no agent for still has a role.
        let noun = || {
            let other = !named.contains(&head) && reading.agents.is_empty();
            other.then(|| self.known(tree, head, memory)).flatten().and_then(|k| k.sector)
        };
        for own in &base.codes {
            let sector = reading.agents.iter().find_map(|a| a.sector).or(base.sector);
            let sector = sector.or_else(noun).or_else(|| self.state(named, reading));
            let sector = if reading.former && !reading.agents.is_empty() { None } else { sector };
            let code = code(Some(*own), reading).or(Some(*own));
            let again = |o: &ActorFound| o.code == code && o.span.start < span.end && span.start < o.span.end;
            if out.iter().any(again) || out.len() >= ACTORS_MAX {
                continue;
            }
            out.push(ActorFound {
                name: self.doc.text(span).split_whitespace().collect::<Vec<_>>().join(" "),
                country: base.country,
                sector,
                figure: mention.map(|f| f.id),
                span,
                named: true,
                scene: false,
                code,
            });
        }
    }

    /// The role of a country that is named itself, as without a dictionary: its government's.
    fn state(&self, named: &Range<u32>, reading: &Reading<'_>) -> Option<Code> {
        let words = self.doc.tokens(named).iter().map(|t| self.doc.word(t));
        let found = self.countries.phrases.longest(words).filter(|f| f.tokens == named.len());
        let itself = found.is_some_and(|f| f.value.word != CountryWord::Demonym);
        Code::new("GOV").filter(|_| itself && reading.agents.is_empty())
    }

    /// Reads the phrase under a head with the dictionary.
    fn read(&self, tree: &Tree<'_>, head: u32) -> Reading<'_> {
        let own = &self.actors.own;
        let mut reading = Reading { low: head, high: head, ..Reading::default() };
        let sentence = &tree.sentence.tokens;
        let window = sentence.start.max(head.saturating_sub(REACH))..sentence.end.min(head + REACH);
        let mut at = window.start;
        let mut covered = None;
        let mut agent_end = None;
        let mut agent_at_head = false;
        // Those of the phrase, and all around it.
        let mut hits: Vec<Hit<'_>> = Vec::new();
        let mut all: Vec<Hit<'_>> = Vec::new();
        while at < window.end {
            let words = || self.doc.tokens(&(at..window.end)).iter().map(|t| self.doc.word(t));
            let mut step = 1;
            if let Some((n, entry)) = own.find(words(), self.doc.article.pub_date) {
                let range = at..at + n as u32;
                let last = range.clone().rev().find(|i| inside(tree, *i, head));
                if range.contains(&head) {
                    covered = Some(hits.len());
                }
                if range.contains(&head) || last.is_some() {
                    reading.low = reading.low.min(range.start);
                    reading.high = reading.high.max(range.end - 1);
                    hits.push((range.clone(), entry));
                }
                all.push((range, entry));
                step = n as u32;
            } else if let Some((n, agent)) = own.agent_at(words()) {
                let range = at..at + n as u32;
                if range.clone().any(|i| i == head || inside(tree, i, head)) {
                    agent_at_head |= range.contains(&head);
                    agent_end = Some(range.end);
                    reading.low = reading.low.min(range.start);
                    reading.high = reading.high.max(range.end - 1);
                    reading.agents.push(agent);
                }
                step = n as u32;
            } else if matches!(tree.word(at), "former" | "Former" | "ex") && inside(tree, at, head) {
                reading.former = true;
            }
            at += step;
        }
        let titled = |hit: &Range<u32>| agent_end.is_some_and(|end| hit.end < end && hit.end <= head);
        let chosen: Option<usize> = match covered {
            // "Bree's prime minister Romendacil": whoever an office is of says whom its holder acts for.
            Some(own) => hits
                .iter()
                .position(|(range, entry)| entry.is_some() && titled(range) && !range.contains(&head))
                .or(Some(own)),
            // "old foes A and B"
            None if !self.somebody(tree, head, agent_at_head) => hits.iter().position(|(range, _)| {
                range.clone().any(|i| tree.head(i) == Some(head) && tree.deprel(i) == Some(Deprel::Appos))
            }),
            None => {
                let left = hits.iter().position(|(range, _)| range.end <= head);
                left.or_else(|| (!hits.is_empty()).then_some(0))
            }
        };
        let Some((range, entry)) = chosen.and_then(|c| hits.get(c)) else {
            return Reading {
                former: reading.former,
                agents: reading.agents,
                ..Reading { low: head, high: head, ..Reading::default() }
            };
        };
        match entry {
            None => reading.nobody = true,
            Some(_) => {
                let list = list(tree, &all, range, head);
                reading.bases.extend(list.iter().filter_map(|(r, e)| Some((r.clone(), (*e)?))));
            }
        }
        reading
    }

    /// Whether a head that is no actor of the dictionary can be somebody who acts for one: an agent, a person, a
    /// common noun for people. "Valdoria's dam" is nobody.
    fn somebody(&self, tree: &Tree<'_>, head: u32, agent: bool) -> bool {
        let Some(token) = tree.get(head) else { return false };
        let name = self.doc.name_at(head).map(|n| n.label);
        agent
            || name == Some(EntityLabel::Person)
            || (token.upos == Upos::Propn && name.is_none_or(|l| l == EntityLabel::Org))
            || self.actors.generic(std::iter::once(tree.word(head))).is_some()
            || matches!(tree.lemma(head), "leader" | "side" | "authority" | "delegation" | "team" | "regime")
    }
}

/// An actor's code with those of the agents; three letters that it has already are not said twice. Whoever was
/// something is of the elite, not what they were.
fn code(base: Option<Code>, reading: &Reading<'_>) -> Option<Code> {
    let mut text = base.map_or_else(String::new, |b| b.as_str().to_owned());
    let former = Code::new("ELI").filter(|_| reading.former && !reading.agents.is_empty());
    let own = reading.agents.iter().filter(|_| former.is_none()).map(|a| (a.code, a.before));
    for (code, before) in own.chain(former.map(|f| (f, false))) {
        let mut rest = code.as_str();
        let mut fresh = String::new();
        while !rest.is_empty() {
            let (part, next) = rest.split_at_checked(3).unwrap_or((rest, ""));
            let there = text.as_bytes().chunks(3).any(|c| c == part.as_bytes());
            if !there {
                fresh.push_str(part);
            }
            rest = next;
        }
        if before {
            text.insert_str(0, &fresh);
        } else {
            text.push_str(&fresh);
        }
    }
    Code::new(&text)
}
