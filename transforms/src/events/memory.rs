//! What an article has just spoken of: who acted, who spoke, which two countries, for what later words leave out.

use super::actors::ActorFound;
use crate::code::Code;

/// What was last spoken of, for "they", "it" and "both sides".
#[derive(Debug, Default)]
pub struct Memory {
    /// The last actors in subject position.
    pub subjects: Vec<ActorFound>,
    /// The last two different countries that acted.
    pub pair: Vec<ActorFound>,
    /// The two countries that the article speaks of most, where it speaks of two.
    pub main: Vec<ActorFound>,
    /// Whoever last attacked.
    pub attackers: Vec<ActorFound>,
    /// Whoever was last reported to speak: who "we" are in a quotation.
    pub speakers: Vec<ActorFound>,
    /// The armed group or movement last named, for "the group".
    pub group: Option<ActorFound>,
    /// The events told last, the latest at the end: type and sides.
    pub told: Vec<(Code, Vec<ActorFound>, Vec<ActorFound>)>,
}

/// Events kept in mind for the party that a later act leaves out.
const TOLD_MAX: usize = 8;

impl Memory {
    /// Forgets the last article.
    pub fn clear(&mut self) {
        self.subjects.clear();
        self.pair.clear();
        self.main.clear();
        self.speakers.clear();
        self.attackers.clear();
        self.group = None;
        self.told.clear();
    }

    /// Keeps an armed group or movement in mind that is named.
    pub fn note_group(&mut self, actors: &[ActorFound]) {
        let band = |a: &&ActorFound| {
            a.named && a.sector.is_some_and(|s| matches!(s.as_str(), "REB" | "OPP" | "PTY" | "NGO" | "CRM"))
        };
        if let Some(found) = actors.iter().find(band) {
            self.group = Some(found.clone());
        }
    }

    /// Keeps an event in mind.
    pub fn note_event(&mut self, kind: Code, one: &[ActorFound], two: &[ActorFound]) {
        if one.is_empty() && two.is_empty() {
            return;
        }
        if self.told.len() >= TOLD_MAX {
            self.told.remove(0);
        }
        self.told.push((kind, one.to_vec(), two.to_vec()));
    }

    /// Notes the sides of an event that was told.
    pub fn note(&mut self, one: &[ActorFound], two: &[ActorFound]) {
        if one.iter().any(|a| !a.name.is_empty()) {
            self.subjects.clear();
            self.subjects.extend_from_slice(one);
        }
        self.note_group(one);
        self.note_group(two);
        let country = |side: &[ActorFound]| side.iter().find(|a| a.country.is_some()).cloned();
        if let (Some(a), Some(b)) = (country(one), country(two))
            && a.country != b.country
        {
            self.pair.clear();
            self.pair.extend([a, b]);
        }
    }
}
