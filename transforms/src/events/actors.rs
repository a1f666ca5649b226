//! Who a noun phrase is: an actor with its country and PLOVER sector, from names, figures, dictionaries and the
//! words around the head.

use super::memory::Memory;
use super::rules::Is;
use crate::code::{Code, Id};
use crate::document::Document;
use crate::figures::{FigureKind, FigureSet};
use crate::grammar::{Deprel, EntityLabel, Upos};
use crate::knowledge::{Actors, Countries};
use crate::places::PlaceSet;
use crate::span::Span;
use crate::syntax::Tree;

/// One side's actor.
#[derive(Debug, Clone, PartialEq)]
pub struct ActorFound {
    /// As printed, the figure's full name where it is one.
    pub name: String,
    /// ISO 3166-1 alpha-3.
    pub country: Option<Code>,
    /// PLOVER role.
    pub sector: Option<Code>,
    /// The figure.
    pub figure: Option<Id>,
    /// The mention.
    pub span: Span,
    /// Whether somebody in particular is meant (a name), not only a common noun.
    pub named: bool,
    /// Whether only a place is named, which stands for whoever is there.
    pub scene: bool,
    /// The code of the analyst's own dictionary, where that says who it is.
    pub code: Option<Code>,
}

impl ActorFound {
    /// Whether it is of a kind that a frame asks for.
    pub(super) fn is(&self, kind: Is) -> bool {
        match kind {
            Is::Country => self.country.is_some() || self.code.is_some(),
            Is::Sector => self.sector.is_some(),
            Is::Named => self.named,
            Is::Figure => self.figure.is_some(),
            Is::Actor => !self.scene,
        }
    }

    /// An actor that the text doesn't name: whoever arrests is the police.
    pub(super) fn implied(sector: Code, country: Option<Code>) -> Self {
        Self {
            name: String::new(),
            country,
            sector: Some(sector),
            figure: None,
            span: Span::default(),
            named: false,
            scene: false,
            code: None,
        }
    }
}

/// What resolving needs to know of the article.
#[derive(Debug, Clone, Copy)]
pub struct ActorContext<'a> {
    /// The article.
    pub doc: Document<'a>,
    /// Its figures.
    pub figures: &'a FigureSet,
    /// Countries.
    pub countries: &'a Countries,
    /// The dictionary.
    pub actors: &'a Actors,
    /// Its places.
    pub places: &'a PlaceSet,
    /// The country the article is about.
    pub home: Option<Code>,
    /// Whether inside a phrase only its owner or doer is looked for ("the attack on A by B" is B's), not what it is
    /// at, on or against.
    pub owner: bool,
    /// The fullest form that the article prints of each body of the dictionary, by its main name.
    pub forms: &'a [Form<'a>],
}

/// The fullest printed form of a body of the dictionary.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// Its main name in the dictionary.
    name: &'a str,
    /// Where the fullest form stands.
    span: Span,
}

/// Bodies whose forms are kept at most; an article that names more is a list.
const FORMS_MAX: usize = 256;

/// Collects the fullest printed form of every listed body of an article: "Islamic State" where it also prints "ISIS".
pub(super) fn forms<'a>(doc: Document<'a>, actors: &'a Actors) -> Vec<Form<'a>> {
    let mut out: Vec<Form<'a>> = Vec::new();
    for name in doc.parsed.names.iter().filter(|n| matches!(n.label, EntityLabel::Org | EntityLabel::Norp)) {
        let words = doc.tokens(&name.tokens).iter().map(|t| doc.word(t));
        let Some((n, actor)) = actors.named(words, doc.article.pub_date) else { continue };
        if n != name.tokens.len() {
            continue;
        }
        if let Some(form) = out.iter_mut().find(|f| f.name == actor.name) {
            if form.span.len() < name.span.len() {
                form.span = name.span;
            }
        } else if out.len() < FORMS_MAX {
            out.push(Form { name: &actor.name, span: name.span });
        }
    }
    out
}

/// Words for both parties of what was told before.
const BOTH: [&str; 24] = [
    "spokesperson",
    "spokespeople",
    "president",
    "ambassador",
    "envoy",
    "government",
    "dignitary",
    "head",
    "premier",
    "capital",
    "counterpart",
    "power",
    "side",
    "country",
    "nation",
    "party",
    "leader",
    "official",
    "neighbour",
    "neighbor",
    "state",
    "minister",
    "diplomat",
    "delegation",
];

impl ActorContext<'_> {
    /// The actors a noun phrase names, with those coordinated to its head. Empty where it names none.
    pub fn resolve(
        &self,
        tree: &Tree<'_>,
        head: u32,
        memory: &Memory,
        heads: &mut Vec<u32>,
        out: &mut Vec<ActorFound>,
    ) {
        out.clear();
        if self.both(tree, head) {
            // "The two countries" are those of the article, "both sides" those of the last act.
            let states = matches!(
                tree.lemma(head),
                "country" | "nation" | "neighbour" | "neighbor" | "state" | "capital"
            );
            let (first, second) =
                if states { (&memory.main, &memory.pair) } else { (&memory.pair, &memory.main) };
            out.extend(if first.is_empty() { second } else { first }.iter().cloned());
            if !out.is_empty() {
                return;
            }
        }
        let first = head;
        if self.listed_all(tree, head, memory, heads, out) {
            return;
        }
        let head = self.bearer(tree, head).unwrap_or(head);
        tree.conjuncts(head, heads);
        // "A and B met" where the parser gives the verb two subjects.
        if let (Some(verb), Some(relation @ (Deprel::Nsubj | Deprel::NsubjPass))) =
            (tree.head(first), tree.deprel(first))
        {
            let joined = |i: u32| {
                (first.min(i) + 1..first.max(i))
                    .any(|b| tree.word(b) == "," || tree.get(b).is_some_and(|t| t.upos == Upos::Cconj))
            };
            let beside =
                tree.children(verb).filter(|(i, t)| *i != first && t.deprel == relation && joined(*i));
            heads.extend(beside.map(|(i, _)| i).take(3));
            // "Rubio, Lavrov speak by phone"
            let called = |(i, t): &(u32, &crate::document::Token)| {
                t.deprel == Deprel::Vocative
                    && *i < first
                    && tree.word(first - 1) == ","
                    && self.doc.name_at(*i).is_some_and(|n| n.tokens.end + 1 == first)
            };
            heads.extend(tree.children(verb).find(called).map(|(i, _)| i));
        }
        for head in heads.iter() {
            let head = self.bearer(tree, *head).unwrap_or(*head);
            if let Some(found) = self.one(tree, head, memory)
                && !out.iter().any(|o| o.name == found.name)
            {
                out.push(found);
            }
        }
        if out.is_empty() {
            out.extend(self.within(tree, head, memory, 0));
            self.listed_with(tree, memory, heads, out);
        }
    }

    /// "Deputy Prime Minister and Foreign Minister, Ishaq Dar": the person that an office is apposed to.
    pub(super) fn bearer(&self, tree: &Tree<'_>, head: u32) -> Option<u32> {
        let person = |at: u32| {
            let figure = self.figures.mention_at(at).and_then(|m| self.figures.figure(m));
            figure.is_some_and(|f| f.kind == FigureKind::Person)
        };
        if person(head) {
            return None;
        }
        let body = self.figures.mention_at(head).is_some();
        // The office that a name is printed with, however the parser ties the two.
        let token = tree.get(head)?;
        if token.upos == Upos::Noun || token.upos == Upos::Propn {
            let bearer = (head + 1..head + 12).find(|i| {
                let mention = self.figures.mention_at(*i);
                mention.and_then(|m| m.role).is_some_and(|r| r.span.contains(token.span))
            });
            // "The Farmers' Party chief Ann Low": who speaks is she, though the party is a figure of its own.
            let bearer = bearer.filter(|b| !body || (person(*b) && !self.parted(tree, head, *b)));
            if bearer.is_some() {
                return bearer;
            }
        }
        if person(head + 1) && tree.get(head)?.upos == Upos::Noun {
            return Some(head + 1);
        }
        if body {
            return None;
        }
        tree.children(head)
            .filter(|(i, t)| *i > head && matches!(t.deprel, Deprel::Appos | Deprel::Flat))
            .map(|(i, _)| i)
            .take(3)
            .find(|i| person(*i))
    }

    /// Whether a comma or a verb stands between two tokens.
    fn parted(&self, tree: &Tree<'_>, from: u32, to: u32) -> bool {
        (from..to).any(|i| tree.get(i).is_some_and(|t| matches!(t.upos, Upos::Verb)) || tree.word(i) == ",")
    }

    /// The actor inside a phrase whose head is none: "Hezbollah military structures", "Israel's decision", "the
    /// houses of villagers".
    fn within(&self, tree: &Tree<'_>, head: u32, memory: &Memory, depth: u32) -> Option<ActorFound> {
        if depth > 2 || !tree.is_nominal(head) {
            return None;
        }
        let try_one = |at: u32| {
            let whole = self.bearer(tree, at).unwrap_or(at);
            self.one(tree, whole, memory).or_else(|| self.within(tree, at, memory, depth + 1))
        };
        // "Our colleagues in Baku" are not us.
        let related = matches!(
            tree.lemma(head),
            "colleague"
                | "friend"
                | "partner"
                | "ally"
                | "brother"
                | "neighbour"
                | "neighbor"
                | "enemy"
                | "rival"
                | "counterpart"
        );
        if let Some(owner) = tree.child(head, Deprel::NmodPoss).filter(|_| !related)
            && let Some(found) = try_one(owner)
        {
            return Some(found);
        }
        let tied = |word: Option<&str>, early: bool| {
            matches!(word, Some("of" | "by")) == early
                && matches!(
                    word,
                    Some(
                        "of" | "by"
                            | "from"
                            | "in"
                            | "at"
                            | "for"
                            | "against"
                            | "with"
                            | "to"
                            | "between"
                            | "on"
                            | "over"
                            | "near"
                    )
                )
        };
        let inner = |early: bool| {
            let found = tree
                .children(head)
                .filter(move |(i, t)| *i > head && t.deprel == Deprel::Nmod && tied(tree.case(*i), early));
            found.take(3).find_map(|(at, _)| try_one(at))
        };
        if let Some(found) = inner(true) {
            return Some(found);
        }
        let owner = self.owner;
        let near = |d| matches!(d, Deprel::Amod | Deprel::Compound | Deprel::NmodDesc | Deprel::Flat);
        let before = tree.children(head).filter(|(_, t)| near(t.deprel)).take(8);
        for (at, token) in before {
            if (self.doc.name_at(at).is_some() || token.upos == Upos::Noun)
                && let Some(found) = self.one(tree, at, memory)
            {
                return Some(found);
            }
        }
        if owner { None } else { inner(false) }
    }

    fn both(&self, tree: &Tree<'_>, head: u32) -> bool {
        let word = tree.lemma(head);
        let pair = |i: u32| matches!(tree.word(i), "both" | "Both" | "two" | "Two" | "warring" | "rival");
        (BOTH.contains(&word) && tree.children(head).any(|(i, _)| pair(i)))
            || matches!(tree.word(head), "both" | "Both")
    }

    pub(super) fn one(&self, tree: &Tree<'_>, head: u32, memory: &Memory) -> Option<ActorFound> {
        if let Some(listed) = self.listed(tree, head, memory) {
            return listed;
        }
        self.known(tree, head, memory).map(|found| self.listed_besides(tree, head, found))
    }

    /// Who a noun is by what the program knows.
    pub(super) fn known(&self, tree: &Tree<'_>, head: u32, memory: &Memory) -> Option<ActorFound> {
        let token = tree.get(head)?;
        if let Some(mention) = self.figures.mention_at(head)
            && let Some(figure) = self.figures.figure(mention)
        {
            let mut found = ActorFound {
                name: figure.name.clone(),
                country: figure.country,
                sector: figure.sector,
                figure: Some(figure.id),
                span: mention.span,
                named: true,
                scene: false,
                code: None,
            };
            let words = || self.doc.tokens(&(mention.first..mention.end)).iter().map(|t| self.doc.word(t));
            if figure.kind == FigureKind::Organisation
                && let Some(country) = self.countries.phrases.longest(words())
                && country.tokens == (mention.end - mention.first) as usize
            {
                return Some(self.found(mention.span, Some(country.value.iso3), Code::new("GOV"), true));
            }
            // "The Department of Plant Protection (DPP)" is not the party that the dictionary knows by these letters.
            let own = |name: &str| {
                let full = self.actors.named(figure.name.split(' '), self.doc.article.pub_date);
                !figure.name.contains(' ')
                    || figure.kind != FigureKind::Organisation
                    || full.is_some_and(|(_, a)| *a.name == *name)
                    || words().count() > 1
            };
            let listed = self.actors.named(words(), self.doc.article.pub_date);
            if let Some((_, actor)) = listed.filter(|(_, a)| own(&a.name)) {
                found.country = found.country.or(actor.country);
                found.sector = actor.sector.or(found.sector);
                if figure.kind == FigureKind::Organisation {
                    self.name_fully(&mut found, &actor.name);
                }
            }
            if figure.kind == FigureKind::Organisation {
                found.sector = found.sector.or_else(|| self.generic_in(mention.first, mention.end));
                found.country = found.country.or_else(|| self.near_country(tree, head, memory));
            }
            if found.country.is_none() && self.domestic(found.sector) {
                found.country = self.home;
            }
            return Some(found);
        }
        if token.upos == Upos::Pron && self.doc.name_at(head).is_none() {
            return self.pronoun(tree, head, memory);
        }
        if let Some(name) = self.doc.name_at(head) {
            let words = || self.doc.tokens(&name.tokens).iter().map(|t| self.doc.word(t));
            let place = matches!(name.label, EntityLabel::Gpe | EntityLabel::Norp | EntityLabel::Loc);
            let listed = self.actors.named(words(), self.doc.article.pub_date);
            if let Some((_, actor)) = listed {
                let mut found = self.found(name.span, actor.country, actor.sector, true);
                self.name_fully(&mut found, &actor.name);
                return Some(found);
            }
            // "The Indian Ocean" is not India.
            if place
                && let Some(found) = self.countries.phrases.longest(words())
                && (name.label != EntityLabel::Loc || found.tokens == name.tokens.len())
            {
                let sector = if name.label == EntityLabel::Norp { None } else { Code::new("GOV") };
                return Some(self.found(name.span, Some(found.value.iso3), sector, true));
            }
            if matches!(
                name.label,
                EntityLabel::Gpe | EntityLabel::Norp | EntityLabel::Loc | EntityLabel::Fac
            ) {
                let country = self.place_country(head);
                let sector = self.generic_in(name.tokens.start, name.tokens.end);
                let scene = sector.is_none() && name.label != EntityLabel::Norp;
                return Some(ActorFound { scene, ..self.found(name.span, country, sector, true) });
            }
            if matches!(name.label, EntityLabel::Person | EntityLabel::Org) {
                if let Some(found) = self.common(tree, head, memory) {
                    return Some(found);
                }
                let sector = self.generic_in(name.tokens.start, name.tokens.end);
                let country = self.near_country(tree, head, memory);
                return Some(self.found(name.span, country, sector, true));
            }
            if !matches!(name.label, EntityLabel::Product | EntityLabel::Event) {
                return None;
            }
        }
        self.common(tree, head, memory)
    }

    /// Gives a listed body the fullest name that the article prints.
    fn name_fully(&self, found: &mut ActorFound, name: &str) {
        if let Some(form) = self.forms.iter().find(|f| f.name == name)
            && form.span.len() > found.name.len()
        {
            found.name = self.doc.text(form.span).split_whitespace().collect::<Vec<_>>().join(" ");
        }
    }

    /// The country of the place that a name means.
    pub(super) fn place_country(&self, token: u32) -> Option<Code> {
        let names = &self.doc.parsed.names;
        let at = names.partition_point(|m| m.tokens.end <= token);
        names.get(at).filter(|m| m.tokens.contains(&token))?;
        self.places.get(at)?.iso3
    }
}
