//! Whom the tree ties to a word for harm, and the attack it belongs to.

use super::EventMention;
use crate::grammar::{Deprel, Upos};
use crate::syntax::Tree;

/// How many sentences back the event of a number may have been told.
const REACH_SENTENCES: u32 = 4;

/// "A boy was also killed": beside those told before.
pub(super) fn further(tree: &Tree<'_>, at: u32) -> bool {
    tree.children(at)
        .any(|(i, t)| t.deprel == Deprel::Advmod && matches!(tree.lemma(i), "also" | "too" | "separately"))
}

/// "Four people killed in blasts": headlines leave out the auxiliary, and the victims look like a subject.
pub(super) fn headline_victims(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let token = tree.get(at)?;
    let bare = token.xpos == crate::grammar::Xpos::Vbn || token.xpos == crate::grammar::Xpos::Vbd;
    (bare && tree.child(at, Deprel::Obj).is_none()).then(|| tree.child(at, Deprel::Nsubj)).flatten()
}

/// "two dead and five injured": the participle behind a bare number.
pub(super) fn participle_victims(tree: &Tree<'_>, at: u32) -> Option<u32> {
    let head = tree.head(at)?;
    let number = tree.get(head).is_some_and(|t| t.upos == Upos::Num)
        || tree.children(head).any(|(i, t)| t.deprel == Deprel::Nummod && i < head);
    let own = tree.children(at).find(|(_, t)| t.deprel == Deprel::Nummod).map(|(i, _)| i);
    own.or_else(|| {
        let tied = matches!(tree.deprel(at), Some(Deprel::Amod | Deprel::Acl | Deprel::Conj));
        (number && tied && tree.is_nominal(head)).then_some(head)
    })
}

/// The part named by "including": "four people, including two policemen".
pub(super) fn including(tree: &Tree<'_>, head: u32) -> Option<u32> {
    tree.children(head).find(|(i, _)| *i > head && tree.case(*i) == Some("include")).map(|(i, _)| i).or_else(
        || {
            tree.children(head)
                .filter(|(i, _)| *i > head)
                .find(|(i, _)| tree.children(*i).any(|(c, _)| matches!(tree.word(c), "including" | "among")))
                .map(|(i, _)| i)
        },
    )
}

/// The telling that a number belongs to: the violence told nearest above or beside it, else shortly before.
pub(super) fn event_of(
    mentions: &[EventMention],
    sentence: u32,
    at: u32,
    outcome: &str,
    tree: &Tree<'_>,
) -> Option<u32> {
    let hurt = matches!(outcome, "killed" | "injured" | "missing");
    let fits = |m: &EventMention| match m.plover_type.as_str() {
        "ASSAULT" => outcome != "detained",
        "COERCE" => !hurt,
        "PROTEST" => outcome == "detained",
        _ => false,
    };
    let mut best: Option<(u32, u32)> = None;
    let near = mentions.iter().enumerate().rev().take(24);
    for (i, mention) in near.filter(|(_, m)| fits(m)) {
        let distance = if mention.sentence == sentence {
            if mention.trigger == at {
                0
            } else if tree.under(mention.trigger, at) || tree.under(at, mention.trigger) {
                1
            } else {
                2 + mention.trigger.abs_diff(at).min(90)
            }
        } else if !hurt && mention.sentence < sentence && sentence - mention.sentence <= REACH_SENTENCES {
            100 * (sentence - mention.sentence)
        } else {
            continue;
        };
        if best.is_none_or(|(d, _)| distance < d) {
            best = Some((distance, i as u32));
        }
    }
    best.map(|(_, i)| i)
}
