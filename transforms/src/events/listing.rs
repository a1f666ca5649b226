//! The words around an actor of the dictionary: which belong to its phrase, and which other actors stand in a list with
//! it. By the tree where it is to be trusted, by the words where it seldom is.

use crate::grammar::{Deprel, Upos};
use crate::knowledge::Entry;
use crate::syntax::Tree;
use std::ops::Range;

/// Steps of the tree between a word of a phrase and its head.
const STEPS: usize = 6;
/// Words between two of a list at most.
const GAP_MAX: usize = 5;

/// A phrase of the dictionary in a text; with no entry where it stands for nobody.
pub(super) type Hit<'d> = (Range<u32>, Option<&'d Entry>);

/// The token, the nominals coordinated with it, and subjects beside it that the tree has missed to join: "A and the
/// wide B met" with two subjects.
pub(super) fn party(tree: &Tree<'_>, head: u32, heads: &mut Vec<u32>) {
    tree.conjuncts(head, heads);
    let Some(relation) = tree.deprel(head).filter(|d| matches!(d, Deprel::Nsubj | Deprel::NsubjPass)) else {
        return;
    };
    let Some(verb) = tree.head(head) else { return };
    let last = heads.last().copied().unwrap_or(head);
    for (other, _) in tree.children(verb).filter(|(i, t)| t.deprel == relation && tree.is_nominal(*i)) {
        let (low, high) = if other < head { (other, head) } else { (last, other) };
        let between = (low + 1).min(high)..high;
        let joined = between.len() <= GAP_MAX
            && between.clone().any(|i| tree.get(i).is_some_and(|t| t.upos == Upos::Cconj))
            && between.clone().all(|i| {
                tree.get(i).is_some_and(|t| {
                    matches!(
                        t.upos,
                        Upos::Cconj | Upos::Punct | Upos::Det | Upos::Adj | Upos::Noun | Upos::Propn
                    )
                })
            });
        if other != head && joined && !heads.contains(&other) {
            heads.push(other);
        }
    }
    heads.sort_unstable();
}

/// The phrases in a list with one: "A, B, the wide C and D", by the words, since trees of long lists are often wrong.
pub(super) fn list<'h, 'd>(
    tree: &Tree<'_>,
    all: &'h [Hit<'d>],
    one: &Range<u32>,
    head: u32,
) -> &'h [Hit<'d>] {
    let Some(at) = all.iter().position(|(range, _)| range == one) else { return &[] };
    let is = |i: u32, upos: Upos| tree.get(i).is_some_and(|t| t.upos == upos);
    let joins = |i: u32| {
        is(i, Upos::Cconj)
            || is(i, Upos::Det)
            || is(i, Upos::Adj)
            || matches!(tree.word(i), "," | "&" | "and")
    };
    let gap = |left: usize| match (all.get(left), all.get(left + 1)) {
        (Some((a, _)), Some((b, _))) if a.end < b.start => a.end..b.start,
        _ => 0..0,
    };
    let marked = |left: usize| gap(left).any(|i| matches!(tree.word(i), "," | "&") || is(i, Upos::Cconj));
    let tied = |left: usize| gap(left).len() <= GAP_MAX && marked(left) && gap(left).all(joins);
    let (mut low, mut high) = (at, at);
    while tied(high) {
        high += 1;
    }
    while low > 0 && tied(low - 1) {
        low -= 1;
    }
    // "A and B's minister": what goes on behind the last is another phrase.
    while high > at {
        let next = all.get(high).map_or(0, |(r, _)| r.end);
        let goes_on = next != head
            && tree.get(next).is_some_and(|t| {
                matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Part) && t.deprel != Deprel::Punct
            });
        if !goes_on {
            break;
        }
        high -= 1;
    }
    // "In A, B and C met": what a preposition governs is no part of the subjects.
    while low < at {
        let before = all.get(low).and_then(|(r, _)| r.start.checked_sub(1));
        if !before.is_some_and(|b| is(b, Upos::Adp)) {
            break;
        }
        low += 1;
    }
    let listed = (low..high).any(|left| {
        gap(left).any(|i| is(i, Upos::Cconj) || matches!(tree.word(i), "and" | "or" | "nor" | "&"))
    });
    let range = if listed { low..high + 1 } else { at..at + 1 };
    all.get(range).unwrap_or(&[])
}

/// Whether a word belongs to the phrase of a head: its modifiers, possessors and what "of", "from" or "in" ties to
/// it, not what is coordinated with it.
pub(super) fn inside(tree: &Tree<'_>, word: u32, head: u32) -> bool {
    let mut at = word;
    for _ in 0..STEPS {
        if at == head {
            return true;
        }
        let Some(token) = tree.get(at) else { return false };
        let ties = match token.deprel {
            Deprel::Amod
            | Deprel::Compound
            | Deprel::NmodPoss
            | Deprel::Flat
            | Deprel::NmodDesc
            | Deprel::Appos
            | Deprel::Nummod => true,
            Deprel::Nmod => {
                matches!(tree.case(at), Some("of" | "from" | "in" | "at" | "near" | "inside" | "within"))
            }
            Deprel::Conj => tree.head(at) != Some(head),
            _ => false,
        };
        let Some(up) = tree.head(at).filter(|_| ties) else { return false };
        at = up;
    }
    false
}
