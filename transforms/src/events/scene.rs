//! Where and when a telling plays: the place and date that its clause ties to the trigger, whether it is of the
//! day's news, and how far its clause reaches.

use super::actors::ActorFound;
use super::find::Finder;
use crate::document::Mention;
use crate::grammar::{Deprel, EntityLabel, Upos};

/// Words that say several incidents are told as one.
const SEVERAL: [&str; 9] =
    ["twin", "two", "three", "four", "several", "separate", "series", "string", "multiple"];

/// Nouns for incidents of which several may be told at once.
const INCIDENTS: [&str; 16] = [
    "incident",
    "attack",
    "blast",
    "explosion",
    "operation",
    "encounter",
    "raid",
    "strike",
    "shooting",
    "bombing",
    "clash",
    "ibo",
    "gunfight",
    "ambush",
    "place",
    "village",
];

/// Nouns that count the people hurt, not incidents.
const HURT: [&str; 7] = ["death", "casualty", "fatality", "injury", "victim", "body", "wounded"];

/// Nouns for a part of the land: what "of" ties to them is where it is.
const PARTS: [&str; 24] = [
    "town",
    "city",
    "village",
    "district",
    "province",
    "area",
    "region",
    "state",
    "suburb",
    "outskirts",
    "north",
    "south",
    "east",
    "west",
    "part",
    "capital",
    "port",
    "neighbourhood",
    "neighborhood",
    "county",
    "island",
    "centre",
    "center",
    "valley",
];

/// How far from the middle of a district its towns lie, in degrees.
const AROUND_DEGREES: f64 = 1.1;

/// Names before a sentence looked through for a place, at most.
const NAMES_BACK: usize = 64;

impl Finder<'_, '_> {
    /// The name of the event's place: a place tied by "in", "at" or "near" under the trigger, else in the sentence.
    pub(super) fn place(&self, at: u32, plover_type: &str, speech: bool) -> Option<u32> {
        let material = matches!(plover_type, "ASSAULT" | "COERCE" | "PROTEST" | "MOBILIZE" | "CONSULT");
        let names = &self.context.doc.parsed.names;
        let range = &self.sentence.tokens;
        let start = names.partition_point(|m| m.tokens.end <= range.start);
        let mut best: Option<(i32, u32)> = None;
        // For an attack that is tied to no place: the closest that the sentence names.
        let mut loose: Option<(i32, u32)> = None;
        for (index, name) in
            names.iter().enumerate().skip(start).take_while(|(_, m)| m.tokens.start < range.end)
        {
            let placed = self.context.places.get(index);
            let place = matches!(name.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac);
            if !place && placed.is_none_or(|_| name.label == EntityLabel::Norp) {
                continue;
            }
            if self.context.places.get(index).is_some_and(|p| p.issue) {
                continue;
            }
            let head =
                (name.tokens.clone()).find(|i| self.tree.head(*i).is_none_or(|h| !name.tokens.contains(&h)));
            let Some(head) = head else { continue };
            // "Invited them to invest in Lahore" was not said in Lahore.
            if speech && self.inside_speech(head, at) {
                continue;
            }
            // The preposition may hang on a common noun that the name modifies: "at Netai village".
            let carrier = match self.tree.head(head) {
                Some(h)
                    if matches!(
                        self.tree.deprel(head),
                        Some(Deprel::Compound | Deprel::Flat | Deprel::NmodPoss)
                    ) =>
                {
                    h
                }
                // "in the town of Sitiawan"
                Some(h)
                    if self.tree.deprel(head) == Some(Deprel::Nmod)
                        && self.tree.case(head) == Some("of")
                        && PARTS.contains(&self.tree.lemma(h)) =>
                {
                    h
                }
                _ => head,
            };
            let case = match self.tree.case(carrier) {
                Some(case) if carrier != head => Some(case),
                _ => self.tree.case(head),
            };
            let located = matches!(
                case,
                Some("in" | "at" | "near" | "outside" | "inside" | "around" | "on" | "across" | "under")
            ) || self.within(name.tokens.start);
            if let Some(place) = placed.filter(|p| p.detail() >= 2 && p.lat.is_some()) {
                let score =
                    2 * place.detail() + i32::from(case == Some("of")) - i32::from(case == Some("from"));
                if loose.is_none_or(|(s, _)| score > s) {
                    loose = Some((score, index as u32));
                }
            }
            if !located {
                // "the Kabul bombing", "hit Kharkiv", "the visit to Baku": the scene of a deed without "in".
                let head_of = self.tree.head(head);
                let object = head_of.is_some_and(|h| {
                    self.tree.head(h) == Some(at)
                        && self.tree.deprel(head) == Some(Deprel::Compound)
                        && matches!(self.tree.deprel(h), Some(Deprel::Obj | Deprel::NsubjPass))
                });
                let beside = head_of == Some(at) || head == at || object;
                let owner = matches!(
                    self.tree.deprel(head),
                    Some(Deprel::Compound | Deprel::Obj | Deprel::NmodPoss | Deprel::Nmod | Deprel::Amod)
                );
                let town = self.context.places.get(index).is_some_and(|p| p.detail() >= 2);
                if material && beside && owner && town && best.is_none() {
                    best = Some((1, index as u32));
                }
                continue;
            }
            let tied = self.tree.under(head, at) || self.tree.head(head) == self.tree.head(at);
            let exact = self.context.places.get(index).map_or(-1, |p| p.detail());
            // What happens to a noun is told by its verb: "a blast struck a market in Lakki".
            let verb = self.tree.head(at).filter(|h| {
                self.tree.is_verb(*h)
                    && matches!(self.tree.deprel(at), Some(Deprel::Nsubj | Deprel::NsubjPass | Deprel::Obj))
            });
            let around = verb.and_then(|v| self.depth(head, v)).map(|d| d + 1);
            let depth = self.depth(head, at).or(around);
            let tied = tied || around.is_some();
            let score = if tied { 20 - 2 * depth.unwrap_or(4) + exact } else { exact };
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, index as u32));
            }
        }
        let attack = plover_type == "ASSAULT";
        let loose = loose.filter(|_| attack);
        let found = best.or(loose).map(|(_, index)| index);
        let town = found.filter(|_| attack).and_then(|district| self.town(start, district));
        town.or(found).or_else(|| if attack { self.ahead(start) } else { None })
    }

    /// The town or village printed before a district that it lies in: "at Katapur forest in the Warangal District".
    fn town(&self, start: usize, district: u32) -> Option<u32> {
        let names = &self.context.doc.parsed.names;
        let own = self.context.places.get(district as usize).filter(|p| p.detail() == 3)?;
        let at = names.get(district as usize)?.tokens.start;
        let doc = self.context.doc;
        let lies_in = |index: usize| {
            let place = self.context.places.get(index).filter(|p| p.detail() == 4)?;
            let (a, b) = (place.lat.zip(place.lon)?, own.lat.zip(own.lon)?);
            ((a.0 - b.0).hypot(a.1 - b.1) < AROUND_DEGREES).then_some(())
        };
        let mut found = None;
        for index in start..district as usize {
            let Some(name) = names.get(index).filter(|_| lies_in(index).is_some()) else { continue };
            // Where somebody comes from is not where it happened.
            let of = name.tokens.start.checked_sub(1).map_or("", |i| self.tree.word(i));
            let home = matches!(of, "of" | "from") && !self.edge(name);
            if !home && at.saturating_sub(name.tokens.end) <= 14 {
                found = Some(index as u32);
            }
        }
        // "In Khammam district two rebels were shot at Tanda", or in the next sentence.
        let put = |name: &Mention| {
            let mut back = name.tokens.start;
            for _ in 0..4 {
                let Some(before) = back.checked_sub(1) else { return false };
                match doc.token(before).map_or("", |t| doc.word(t)) {
                    "In" | "At" | "Near" => return true,
                    // "Superintendent of Police in Bannu" says where he serves.
                    "in" | "at" | "near" => {
                        let office = before.checked_sub(1).and_then(|i| doc.token(i));
                        return office.is_none_or(|t| !doc.word(t).starts_with(char::is_uppercase));
                    }
                    word if word.bytes().all(|b| b.is_ascii_lowercase()) => back = before,
                    _ => return false,
                }
            }
            false
        };
        let later = names.iter().enumerate().skip(district as usize + 1).take(12);
        let near = later.take_while(|(_, n)| n.sentence <= self.number + 1);
        found.or_else(|| {
            let mut near = near.filter(|(index, n)| lies_in(*index).is_some() && put(n));
            near.next().map(|(index, _)| index as u32)
        })
    }

    /// "on the outskirts of", "in the forests of", "found from the Sarenga area".
    fn edge(&self, name: &Mention) -> bool {
        let before = name.tokens.start.checked_sub(2).map_or("", |i| self.tree.word(i));
        matches!(
            before,
            "outskirts" | "forests" | "forest" | "jungles" | "jungle" | "hills" | "area" | "vicinity"
        ) || matches!(self.tree.word(name.tokens.end), "area" | "forest" | "hills")
    }

    /// The first place of the next sentences, for an attack before which none is named: "A villager was shot dead. His
    /// body was found at Kanpur."
    fn ahead(&self, start: usize) -> Option<u32> {
        let near = |index: usize| self.context.places.get(index).filter(|p| !p.issue && p.lat.is_some());
        if (start.saturating_sub(NAMES_BACK)..start).any(|index| near(index).is_some_and(|p| p.detail() >= 2))
        {
            return None;
        }
        let names = self.context.doc.parsed.names.iter().enumerate().skip(start);
        let mut here = names.take_while(|(_, m)| m.sentence <= self.number + 2);
        here.find(|(index, _)| near(*index).is_some_and(|p| p.detail() >= 3)).map(|(index, _)| index as u32)
    }

    /// Whether the words before a name put something there: "in the dense forest area of", "at village".
    fn within(&self, name: u32) -> bool {
        let mut at = name;
        for _ in 0..4 {
            let Some(before) = at.checked_sub(1) else { return false };
            let Some(token) = self.tree.get(before) else { return false };
            match token.upos {
                Upos::Adp => {
                    return matches!(
                        self.tree.word(before),
                        "in" | "at"
                            | "near"
                            | "outside"
                            | "inside"
                            | "around"
                            | "In"
                            | "At"
                            | "Near"
                            | "under"
                    );
                }
                Upos::Det | Upos::Adj | Upos::Noun => at = before,
                _ => return false,
            }
        }
        false
    }

    /// Steps from a token up to another, none where the way leads through a clause beside it.
    pub(super) fn depth(&self, below: u32, above: u32) -> Option<i32> {
        let mut at = below;
        for steps in 0..8 {
            if at == above {
                return Some(steps);
            }
            if self.tree.deprel(at) == Some(Deprel::Parataxis) {
                return None;
            }
            at = self.tree.head(at)?;
        }
        None
    }

    /// The place that gives an event its coordinates: its own, else the closest that the sentence puts around it
    /// ("at Netai village in West Midnapore district").
    pub(super) fn spot(&self, place: Option<u32>) -> Option<u32> {
        let place = place?;
        if self.context.places.get(place as usize).is_some_and(|p| p.lat.is_some() && p.detail() >= 3) {
            return Some(place);
        }
        let whole = self.context.places.get(place as usize).filter(|p| p.detail() <= 2).and_then(|p| p.iso3);
        let names = &self.context.doc.parsed.names;
        let range = &self.sentence.tokens;
        let start = names.partition_point(|m| m.tokens.end <= range.start);
        let own = names.get(place as usize)?;
        let mut best: Option<(i32, u32)> = None;
        let here = names.iter().enumerate().skip(start).take_while(|(_, m)| m.tokens.start < range.end);
        for (index, name) in here {
            if !matches!(name.label, EntityLabel::Gpe | EntityLabel::Loc | EntityLabel::Fac) {
                continue;
            }
            let Some(found) = self.context.places.get(index).filter(|p| p.lat.is_some() && !p.issue) else {
                continue;
            };
            if whole.is_some() && found.iso3 != whole {
                continue;
            }
            let after = name.tokens.start >= own.tokens.start;
            let near = name.tokens.start.abs_diff(own.tokens.start) <= 14;
            let score = found.detail() * 2 + i32::from(after) + 4 * i32::from(near);
            if best.is_none_or(|(s, _)| score > s) {
                best = Some((score, index as u32));
            }
        }
        best.map(|(_, index)| index)
    }

    /// Whether several incidents are told as one: "twin blasts", "killed in three operations".
    pub(super) fn several(&self, at: u32) -> bool {
        let many = |at: u32| {
            self.tree.children(at).any(|(i, t)| {
                matches!(t.deprel, Deprel::Amod | Deprel::Nummod | Deprel::Compound)
                    && SEVERAL.contains(&self.tree.lemma(i))
            })
        };
        let incidents = |i: u32| INCIDENTS.contains(&self.tree.lemma(i));
        let told = |verb: u32| {
            self.tree
                .children(verb)
                .any(|(i, t)| matches!(t.deprel, Deprel::Obl | Deprel::Nmod) && incidents(i) && many(i))
        };
        if !self.tree.is_verb(at) {
            // "Two deaths" are of one incident.
            return many(at) && !HURT.contains(&self.tree.lemma(at)) || told(at);
        }
        // "Were killed and 20 others wounded in two blasts": the last verb has the place of both.
        let beside = |verb: u32| {
            let mut verbs =
                self.tree.children(verb).filter(|(i, t)| t.deprel == Deprel::Conj && self.tree.is_verb(*i));
            verbs.any(|(i, _)| told(i))
        };
        told(at) || beside(at)
    }

    /// The tokens of the clause that tells the event.
    pub(super) fn clause(&self, at: u32, one: &[ActorFound], two: &[ActorFound]) -> (u32, u32) {
        let keep = |i: u32, t: &crate::document::Token| {
            let apart =
                matches!(t.deprel, Deprel::Parataxis | Deprel::Punct | Deprel::Discourse | Deprel::Cc);
            !apart && (t.deprel != Deprel::Conj || !self.tree.is_verb(i))
        };
        let top = if self.tree.is_verb(at) {
            at
        } else {
            self.tree.head(at).filter(|h| self.tree.is_verb(*h)).unwrap_or(at)
        };
        let (mut low, mut high) = self.tree.extent(top, keep);
        for actor in one.iter().chain(two) {
            for (i, token) in self.tree.iter() {
                if actor.span.contains(token.span) {
                    low = low.min(i);
                    high = high.max(i);
                }
            }
        }
        (low, high + 1)
    }
}
