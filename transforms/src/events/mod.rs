//! Events: who did what to whom, where and when, told how, with how many hurt.
//!
//! [`rules`] triggers and slots from data, [`actors`] who a phrase is (`phrase`: by a common noun), `listed` who by an analyst's dictionary (`listing`
//! the words around), `discards` and `sport` what is passed over, [`modality`] whether it happened, [`find`] the events of a
//! sentence, [`casualties`] the numbers of people hurt, [`merge`] one event told several times, [`rows`] the tables,
//! [`proof`] the tests that rules carry.

pub mod actors;
pub mod casualties;
mod conditions;
mod contexts;
mod counts;
mod discards;
pub mod find;
mod fuse;
mod harm;
mod listed;
mod listing;
pub mod memory;
pub mod merge;
pub mod modality;
mod party;
mod phrase;
pub mod proof;
mod reference;
mod retell;
pub mod rows;
pub mod rules;
mod scene;
mod settle;
mod sport;
mod surface;
mod unite;
mod victims;
mod when;

use crate::code::{Code, Id};
use crate::dates;
use crate::document::Document;
use crate::figures::FigureSet;
use crate::knowledge::{Actors, Countries};
use crate::places::PlaceSet;
use crate::tables::Rows;
use actors::{ActorContext, ActorFound};
use casualties::{Casualties, Claim};
use memory::Memory;
use modality::Modality;
use rules::Rules;
use seeds::{SeedError, Seeds};

/// The compiled knowledge of this stage.
#[derive(Debug)]
pub struct Events {
    /// Triggers and slots.
    pub rules: Rules,
    modality: Modality,
    casualties: Casualties,
    contexts: contexts::Contexts,
    discards: discards::Discards,
    sport: sport::Sport,
    pub(crate) codebook: rows::Codebook,
}

/// One telling of an event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventMention {
    /// The frame that fired, by its place among the rules.
    pub rule: u32,
    /// PLOVER type.
    pub plover_type: Code,
    /// PLOVER mode.
    pub mode: Option<Code>,
    /// CAMEO code.
    pub cameo: Option<Code>,
    /// The trigger's token.
    pub trigger: u32,
    /// Its sentence.
    pub sentence: u32,
    /// First token of the clause.
    pub first: u32,
    /// Token after its last.
    pub end: u32,
    /// Whoever acts.
    pub one: Vec<ActorFound>,
    /// Whoever is acted upon.
    pub two: Vec<ActorFound>,
    /// Whether the order says nothing.
    pub symmetric: bool,
    /// The contract's modality.
    pub modality: &'static str,
    /// When, where the text says so.
    pub date: Option<dates::Found>,
    /// Index of the place in the article's names: the most specific that is printed.
    pub place: Option<u32>,
    /// Index of the place that gives the coordinates: the same, or the district around a village of no gazetteer.
    pub spot: Option<u32>,
    /// The country of the event: its place's, else that of the side it was done to.
    pub country: Option<Code>,
    /// Whether an undated telling is of the day's news, so that the day of publication is its date.
    pub news: bool,
    /// Who says so.
    pub attributed_to: Option<String>,
    /// Whether several incidents are told as one ("twin blasts").
    pub aggregate: bool,
    /// Whether it is told as one more beside another: "another blast".
    pub another: bool,
    /// Whether it is only possible, needed or wished: no event.
    pub idle: bool,
    /// Whether its trigger only says who was hurt.
    pub hurt: bool,
    /// Whether it is told as known: "the attack".
    pub definite: bool,
    /// 0 to 1.
    pub confidence: f64,
    /// Index of the event it tells, after merging.
    pub event: u32,
}

impl EventMention {
    /// Whether the act is one of its telling's time: it has happened, or is a promise, made now for later.
    pub(crate) fn told_now(&self) -> bool {
        matches!(self.modality, "asserted" | "disputed")
            || (self.modality == "future" && self.plover_type.as_str() == "AGREE")
    }
}

/// Buffers of this stage, reused from article to article.
#[derive(Debug, Default)]
pub struct EventScratch {
    pub(crate) tree: crate::syntax::TreeScratch,
    pub(crate) memory: Memory,
    pub(crate) heads: Vec<u32>,
    pub(crate) dates: Vec<dates::Found>,
    /// The tellings found, in text order.
    pub mentions: Vec<EventMention>,
    /// The numbers of people hurt, in text order.
    pub claims: Vec<Claim>,
}

/// What the events of an article are found with.
#[derive(Debug, Clone, Copy)]
pub struct EventContext<'a> {
    /// The article.
    pub doc: Document<'a>,
    /// Its figures.
    pub figures: &'a FigureSet,
    /// Its places.
    pub places: &'a PlaceSet,
    /// Countries.
    pub countries: &'a Countries,
    /// The dictionary.
    pub actors: &'a Actors,
    /// The country the article is about.
    pub home: Option<Code>,
    /// The country of the place that the article is filed from.
    pub dateline: Option<Code>,
    /// The fullest printed forms of listed bodies; filled by [`Events::find`].
    pub forms: &'a [actors::Form<'a>],
}

impl<'a> EventContext<'a> {
    fn actors(&self) -> ActorContext<'a> {
        ActorContext {
            doc: self.doc,
            figures: self.figures,
            countries: self.countries,
            actors: self.actors,
            places: self.places,
            home: self.home,
            owner: false,
            forms: self.forms,
        }
    }
}

impl Events {
    /// Reads the rules and lists of this stage.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        Ok(Self {
            rules: Rules::new(seeds)?,
            modality: Modality::new(seeds)?,
            casualties: Casualties::new(seeds)?,
            contexts: contexts::Contexts::new(seeds)?,
            discards: discards::Discards::new(seeds)?,
            sport: sport::Sport::new(seeds)?,
            codebook: rows::Codebook::new(seeds)?,
        })
    }

    /// Finds the events of an article: their tellings and the people hurt.
    pub fn find(&self, context: EventContext<'_>, scratch: &mut EventScratch) {
        let forms = actors::forms(context.doc, context.actors);
        let context = EventContext { forms: &forms, ..context };
        find::find(self, context, scratch);
        merge::merge(context, &mut scratch.mentions, &mut scratch.claims);
    }

    /// Writes what was found as rows.
    pub fn write(&self, context: EventContext<'_>, article: Id, scratch: &EventScratch, out: &mut Rows) {
        rows::write(self, context, article, scratch, out);
    }
}
