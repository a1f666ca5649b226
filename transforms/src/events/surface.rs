//! Who was hurt, read from the words beside the verb where the tree is not to be trusted: "shot dead a trader",
//! "a civilian and 11 policemen were killed", "and another seriously injured".

use crate::grammar::{EntityLabel, Upos, Xpos};
use crate::syntax::Tree;

/// Noun phrases of a list kept at most.
pub(super) const LIST_MAX: usize = 6;

/// A noun phrase by its first and last token.
pub(super) type Phrase = (u32, u32);

fn inside(tree: &Tree<'_>, at: u32) -> bool {
    tree.get(at).is_some_and(|t| {
        matches!(t.upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn)
            && !matches!(tree.word(at), "dead" | "injured" | "wounded" | "no")
            || matches!(t.xpos, Xpos::Hyph)
            || matches!(tree.word(at), "-" | "'" | "‘" | "’" | "\"" | "“" | "”" | "least" | "than")
    })
}

fn nominal(tree: &Tree<'_>, at: u32) -> bool {
    tree.get(at).is_some_and(|t| {
        matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Num)
            || matches!(tree.word(at), "another" | "Another" | "others")
            || t.upos == Upos::Adj
    })
}

/// Whether a phrase names people: no date, no place.
fn people(tree: &Tree<'_>, phrase: Phrase) -> bool {
    let label = tree.doc.name_at(phrase.1).map(|n| n.label);
    !matches!(
        label,
        Some(
            EntityLabel::Date
                | EntityLabel::Time
                | EntityLabel::Gpe
                | EntityLabel::Loc
                | EntityLabel::Fac
                | EntityLabel::Money
                | EntityLabel::Percent
        )
    )
}

/// The noun phrase that begins at a token.
pub(super) fn after(tree: &Tree<'_>, from: u32) -> Option<Phrase> {
    let mut end = from;
    while end < from + 14 && inside(tree, end) {
        end += 1;
    }
    let mut last = end.checked_sub(1)?;
    while last >= from && !nominal(tree, last) {
        last = last.checked_sub(1)?;
    }
    (last >= from).then_some((from, last)).filter(|p| people(tree, *p))
}

/// The noun phrase that ends at a token.
pub(super) fn before(tree: &Tree<'_>, last: u32) -> Option<Phrase> {
    if !inside(tree, last) || !nominal(tree, last) {
        return None;
    }
    let mut first = last;
    while last - first < 12 && first > 0 && inside(tree, first - 1) {
        first -= 1;
    }
    Some((first, last)).filter(|p| people(tree, *p))
}

/// Whether a phrase says how many: it has a number or an indefinite article.
pub(super) fn counted(tree: &Tree<'_>, (first, last): Phrase) -> bool {
    (first..=last).any(|i| {
        tree.get(i).is_some_and(|t| t.upos == Upos::Num)
            || matches!(tree.word(i), "a" | "an" | "A" | "An" | "another" | "Another")
    })
}

/// The phrases coordinated with the one that ends a list, to the left of it.
pub(super) fn list_before(tree: &Tree<'_>, phrase: Phrase, out: &mut Vec<Phrase>) {
    out.clear();
    out.push(phrase);
    let mut first = phrase.0;
    while out.len() < LIST_MAX {
        let Some(mut at) = first.checked_sub(1) else { break };
        if !matches!(tree.word(at), "and" | "," | "&") {
            break;
        }
        if tree.word(at) == "and" && at > 0 && tree.word(at - 1) == "," {
            at -= 1;
        }
        let Some(other) = at.checked_sub(1).and_then(|l| before(tree, l)) else { break };
        if !counted(tree, other) {
            break;
        }
        out.push(other);
        first = other.0;
    }
    out.reverse();
}

/// The phrases coordinated with the one that begins a list, to the right of it.
pub(super) fn list_after(tree: &Tree<'_>, phrase: Phrase, out: &mut Vec<Phrase>) {
    out.clear();
    out.push(phrase);
    let mut end = phrase.1 + 1;
    while out.len() < LIST_MAX && matches!(tree.word(end), "and" | "," | "&") {
        let from = if tree.word(end + 1) == "and" { end + 2 } else { end + 1 };
        let Some(other) = after(tree, from).filter(|p| counted(tree, *p)) else { break };
        // "killed a soldier, a spokesman said": the next phrase has a verb of its own.
        let verb = tree.get(other.1 + 1).is_some_and(|t| matches!(t.upos, Upos::Verb | Upos::Aux));
        if verb {
            break;
        }
        out.push(other);
        end = other.1 + 1;
    }
}

/// The victims beside a verb form: to its left where it is passive or bare, to its right where it is active.
pub(super) fn victims(tree: &Tree<'_>, verb: u32, deadly: bool, out: &mut Vec<Phrase>) {
    out.clear();
    let mut left = verb;
    let mut passive = false;
    for _ in 0..4 {
        let Some(at) = left.checked_sub(1) else { break };
        let Some(token) = tree.get(at) else { break };
        let word = tree.word(at);
        let be = matches!(tree.lemma(at), "be" | "get") && matches!(token.upos, Upos::Aux | Upos::Verb);
        if be || token.upos == Upos::Adv || matches!(word, "has" | "have" | "had" | "also" | "reportedly") {
            passive |= be;
            left = at;
        } else {
            break;
        }
    }
    let participle = tree.get(verb).is_some_and(|t| {
        matches!(t.xpos, Xpos::Vbn | Xpos::Vbd | Xpos::Jj | Xpos::Nn) && !tree.word(verb).ends_with("ing")
    });
    if !passive {
        // Over "dead", "to death", "down" and adverbs to the object.
        let mut right = verb + 1;
        for _ in 0..3 {
            let word = tree.word(right);
            let adverb = tree.get(right).is_some_and(|t| t.upos == Upos::Adv);
            if matches!(word, "dead" | "to" | "death" | "down" | ",") && deadly || adverb || word == "," {
                right += 1;
            } else {
                break;
            }
        }
        if let Some(found) = after(tree, right).filter(|p| counted(tree, *p) || deadly) {
            list_after(tree, found, out);
            return;
        }
    }
    if participle
        && let Some(found) = left.checked_sub(1).and_then(|at| before(tree, at))
        && counted(tree, found)
    {
        // "the son of a trader was killed" is not about the trader.
        let governed = found.0.checked_sub(1).and_then(|i| tree.get(i)).is_some_and(|t| t.upos == Upos::Adp);
        if !governed {
            list_before(tree, found, out);
        }
    }
}
