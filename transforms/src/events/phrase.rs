//! Phrases whose head is a common noun: "Pakistani security forces", "the police", "a 40-year-old driver", with the
//! country and the sector that the words around the head give.

use super::actors::{ActorContext, ActorFound};
use super::memory::Memory;
use super::reference::GROUPS;
use crate::code::Code;
use crate::grammar::{Deprel, EntityLabel, Upos};
use crate::span::Span;
use crate::syntax::Tree;

impl ActorContext<'_> {
    /// A phrase with a common noun as its head: "Pakistani security forces", "the police".
    pub(super) fn common(&self, tree: &Tree<'_>, head: u32, memory: &Memory) -> Option<ActorFound> {
        let token = tree.get(head)?;
        if !matches!(token.upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num) {
            return None;
        }
        // "A spokesman for the outlawed movement" speaks for it.
        if tree.lemma(head).starts_with("spokes") {
            let whom = tree
                .children(head)
                .find(|(i, t)| *i > head && t.deprel == Deprel::Nmod)
                .filter(|_| matches!(tree.word(head + 1), "for" | "of"));
            if let Some(found) = whom.and_then(|(i, _)| self.one(tree, i, memory)) {
                return Some(found);
            }
        }
        let low = self.left_edge(tree, head);
        let span_from = |from: u32| Some(tree.get(from)?.span.cover(token.span));
        for start in low..=head {
            let words = || self.doc.tokens(&(start..head + 1)).iter().map(|t| self.doc.word(t));
            if let Some((n, actor)) = self.actors.named(words(), self.doc.article.pub_date)
                && start + n as u32 > head
            {
                let country = actor.country.or_else(|| self.near_country(tree, head, memory));
                return Some(self.found(span_from(start)?, country, actor.sector, true));
            }
        }
        for start in low..=head {
            let words = || self.doc.tokens(&(start..head + 1)).iter().map(|t| self.doc.word(t));
            if let Some((n, actor)) = self.actors.generic(words())
                && start + n as u32 > head
            {
                let group = self.known_group(tree, head, actor.sector, memory);
                if let Some(group) = group.filter(|_| GROUPS.contains(&tree.lemma(head))) {
                    return Some(ActorFound { span: span_from(low)?, ..group.clone() });
                }
                let mut country = self.near_country(tree, head, memory);
                if country.is_none() {
                    country = group.and_then(|g| g.country);
                }
                if country.is_none() && self.domestic(actor.sector) {
                    country = self.home;
                }
                return Some(self.found(span_from(low)?, country, actor.sector, false));
            }
        }
        // "the Azerbaijani side": a country before a word for people says who acts.
        let people = matches!(
            tree.lemma(head),
            "side"
                | "team"
                | "counterpart"
                | "people"
                | "chief"
                | "leadership"
                | "delegation"
                | "national"
                | "authority"
                | "regime"
                | "officer"
                | "member"
                | "head"
                | "director"
                | "representative"
                | "camp"
                | "administration"
                | "official"
                | "citizen"
                | "community"
                | "group"
        );
        let country = people.then(|| self.near_country(tree, head, memory)).flatten()?;
        Some(self.found(span_from(low)?, Some(country), None, false))
    }

    /// A noun phrase that no dictionary knows, as printed, with the country that a modifier gives.
    pub(super) fn unlisted(&self, tree: &Tree<'_>, head: u32) -> ActorFound {
        let low = self.left_edge(tree, head);
        let of = |i: u32| tree.get(i).map(|t| t.span).unwrap_or_default();
        let country = self.near_country(tree, head, &Memory::default());
        self.found(of(low).cover(of(head)), country, None, false)
    }

    /// Sectors whose bodies belong to the country an article is about unless it says otherwise.
    pub(super) fn domestic(&self, sector: Option<Code>) -> bool {
        sector.is_some_and(|s| matches!(s.as_str(), "COP" | "GOV" | "MIL" | "JUD" | "LEG" | "OPP" | "PTY"))
    }

    pub(super) fn generic_in(&self, first: u32, end: u32) -> Option<Code> {
        (first..end).rev().find_map(|start| {
            let words = self.doc.tokens(&(start..end)).iter().map(|t| self.doc.word(t));
            self.actors.generic(words).and_then(|(_, actor)| actor.sector)
        })
    }

    /// The country given by a modifier of a noun: "Pakistani", "Pakistan's", "of Azerbaijan".
    pub(super) fn near_country(&self, tree: &Tree<'_>, head: u32, memory: &Memory) -> Option<Code> {
        let country = |at: u32| {
            let range = self.doc.name_at(at).map_or(at..at + 1, |m| m.tokens.clone());
            let words = || self.doc.tokens(&range).iter().map(|t| self.doc.word(t));
            let waters = self.doc.name_at(at).is_some_and(|n| n.label == EntityLabel::Loc);
            let known = self.countries.phrases.longest(words());
            let known = known.filter(|f| !waters || f.tokens == range.len()).map(|f| f.value.iso3);
            let of_actor = || {
                let named = self.actors.named(words(), self.doc.article.pub_date);
                named.and_then(|(_, a)| a.country)
            };
            let pronoun = || match tree.word(at).to_ascii_lowercase().as_str() {
                "its" | "their" => match self.bound(tree, at, memory) {
                    Some(owner) => owner.country,
                    None => memory.subjects.first().and_then(|a| a.country),
                },
                "our" | "my" => memory.speakers.first().and_then(|a| a.country),
                "his" | "her" => self.figures.mention_at(at).and_then(|m| self.figures.figure(m)?.country),
                _ => None,
            };
            known.or_else(of_actor).or_else(|| self.place_country(at)).or_else(pronoun)
        };
        let close = |d| {
            matches!(
                d,
                Deprel::Amod
                    | Deprel::NmodPoss
                    | Deprel::Compound
                    | Deprel::Nmod
                    | Deprel::Flat
                    | Deprel::NmodDesc
            )
        };
        // "Their counterparts from Zarnia" are of another country than they.
        let other = tree.lemma(head) == "counterpart";
        let mut children =
            tree.children(head).filter(|(_, t)| close(t.deprel) && !(other && t.deprel == Deprel::NmodPoss));
        children.find_map(|(i, t)| {
            if t.deprel == Deprel::Nmod && !matches!(tree.case(i), Some("of" | "from" | "in" | "at" | "near"))
            {
                return None;
            }
            country(i)
        })
    }

    /// First token of a noun phrase: its modifiers to the left without articles.
    fn left_edge(&self, tree: &Tree<'_>, head: u32) -> u32 {
        let keep = |d| {
            matches!(
                d,
                Deprel::Amod
                    | Deprel::Compound
                    | Deprel::NmodPoss
                    | Deprel::Flat
                    | Deprel::Nummod
                    | Deprel::NmodDesc
            )
        };
        let first = tree.children(head).filter(|(i, t)| *i < head && keep(t.deprel)).map(|(i, _)| {
            let (low, _) = tree.extent(i, |_, t| keep(t.deprel));
            low
        });
        first.min().unwrap_or(head)
    }

    pub(super) fn found(
        &self,
        span: Span,
        country: Option<Code>,
        sector: Option<Code>,
        named: bool,
    ) -> ActorFound {
        let name = self.doc.text(span).split_whitespace().collect::<Vec<_>>().join(" ");
        ActorFound { name, country, sector, figure: None, span, named, scene: false, code: None }
    }
}
