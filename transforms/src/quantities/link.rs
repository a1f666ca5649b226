//! Which event a quantity belongs to: that of the claim made with the same words, else the event told by the first
//! trigger above it in its clause, where money, people or goods are what such an event is about.

use super::Quantity;
use crate::code::Id;
use crate::document::{Document, ROOT, Token};
use crate::grammar::{Deprel, Upos};
use crate::tables::{EventMentionRow, Rows};
use std::ops::Range;

/// Steps up a tree at most.
const STEPS_MAX: u32 = 24;
/// Tokens after a quantity in which what it is an amount of may stand.
const BELOW_MAX: u32 = 4;

/// What was told of events in an article, as its rows say.
pub(super) struct Told<'r> {
    /// Characters of a claim of people hurt, and its event.
    claims: Vec<(Range<u32>, Id)>,
    mentions: &'r [EventMentionRow],
}

impl<'r> Told<'r> {
    /// The claims and tellings of an article, which are the last that were written.
    pub fn of(article: Id, rows: &'r Rows) -> Self {
        let last = rows.casualty_claims.iter().rev().take_while(|c| c.article_id == article);
        let claims = last.map(|c| (c.start_char..c.end_char, c.event_id)).collect();
        let told = rows.event_mentions.iter().rev().take_while(|m| m.article_id == article).count();
        let mentions = rows.event_mentions.get(rows.event_mentions.len() - told..).unwrap_or(&[]);
        Self { claims, mentions }
    }

    /// The event that a quantity belongs to.
    pub fn event(&self, doc: &Document<'_>, quantity: &Quantity) -> Option<Id> {
        if self.mentions.is_empty() {
            return None;
        }
        let start = doc.chars(quantity.span.start);
        let end = doc.chars(quantity.span.end);
        let hurt = quantity.outcome.is_some() || matches!(quantity.kind, "killed" | "injured");
        if hurt && let Some((_, event)) = self.claims.iter().find(|(c, _)| c.start < end && start < c.end) {
            return Some(*event);
        }
        let own = tokens(doc, quantity)?;
        let mut at = own.clone().find(|at| doc.token(*at).is_some_and(|t| !own.contains(&t.head)))?;
        if quantity.kind == "duration" && !lasts(doc, at) {
            return None;
        }
        let told = |token: &Token| {
            let here = doc.chars(token.span.start);
            let mut here = self.mentions.iter().filter(|m| m.trigger_start == Some(here));
            here.find(|m| concerns(m.plover_type.as_str(), quantity)).map(|m| m.event_id)
        };
        // "$100 million in aid"
        let below = (own.end..own.end + BELOW_MAX).find_map(|i| {
            let token = doc.token(i).filter(|t| t.deprel == Deprel::Nmod && own.contains(&t.head))?;
            told(token)
        });
        if below.is_some() {
            return below;
        }
        for _ in 0..STEPS_MAX {
            let token = doc.token(at)?;
            if let Some(event) = told(token) {
                return Some(event);
            }
            if token.head == ROOT || leaves_clause(token) {
                return None;
            }
            at = token.head;
        }
        None
    }
}

/// The tokens of a quantity.
fn tokens(doc: &Document<'_>, quantity: &Quantity) -> Option<Range<u32>> {
    let sentence = doc.sentence(quantity.sentence)?;
    let tokens = doc.tokens(&sentence.tokens);
    let first = tokens.partition_point(|t| t.span.end <= quantity.span.start);
    let count = tokens.get(first..)?.iter().take_while(|t| t.span.start < quantity.span.end).count();
    let start = sentence.tokens.start + first as u32;
    Some(start..start + count as u32)
}

/// Whether a duration says how long something lasts ("sentenced to five years") rather than when it was.
fn lasts(doc: &Document<'_>, at: u32) -> bool {
    let before = (at.saturating_sub(4)..at).rev().find_map(|i| {
        let token = doc.token(i).filter(|t| t.head == at && t.deprel == Deprel::Case)?;
        Some(doc.word(token))
    });
    let ago = doc
        .token(at + 1)
        .is_some_and(|t| matches!(doc.word(t), "ago" | "after" | "before" | "later" | "earlier"));
    !ago && before.is_none_or(|w| matches!(w, "to" | "for" | "of"))
}

/// Whether the step up from a token leads out of its clause, into one that tells something else.
fn leaves_clause(token: &Token) -> bool {
    match token.deprel {
        Deprel::Advcl | Deprel::AclRelcl | Deprel::Ccomp | Deprel::Csubj | Deprel::Parataxis => true,
        Deprel::Conj => matches!(token.upos, Upos::Verb | Upos::Aux),
        _ => false,
    }
}

/// Whether events of a type are about quantities of a kind.
fn concerns(plover: &str, quantity: &Quantity) -> bool {
    match quantity.kind {
        "killed" | "injured" => plover == "ASSAULT",
        "money" => matches!(
            plover,
            "AID"
                | "AGREE"
                | "COOPERATE"
                | "SUPPORT"
                | "CONCEDE"
                | "REQUEST"
                | "RETREAT"
                | "SANCTION"
                | "COERCE"
        ),
        "percent" => matches!(plover, "SANCTION" | "CONCEDE"),
        "duration" => plover == "COERCE",
        "mass" | "capacity" | "other" => matches!(plover, "AID" | "COERCE" | "COOPERATE"),
        "count" => matches!(
            plover,
            "AID" | "ASSAULT" | "COERCE" | "COOPERATE" | "MOBILIZE" | "PROTEST" | "RETREAT" | "SANCTION"
        ),
        _ => false,
    }
}
