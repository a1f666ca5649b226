//! Who was hurt, read from the words beside the verb where the tree is not to be trusted: "shot dead a trader",
//! "four troopers of the reserve police and a deputy commandant were killed", "Nohar Singh (27), a leader, was shot".
//!
//! [`items`] reads a stretch of words as a list: phrases joined by "and" or commas count, those behind a preposition
//! or in apposition don't.

use crate::grammar::{Deprel, EntityLabel, Upos, Xpos};
use crate::syntax::Tree;

/// Noun phrases of a list kept at most.
const LIST_MAX: usize = 6;

/// Words looked at on one side of a verb at most.
const REACH: u32 = 60;

/// A noun phrase by its first and last token.
pub(super) type Phrase = (u32, u32);

fn inside(tree: &Tree<'_>, at: u32) -> bool {
    tree.get(at).is_some_and(|t| {
        let word = tree.word(at);
        matches!(t.upos, Upos::Det | Upos::Adj | Upos::Num | Upos::Noun | Upos::Propn)
            && !matches!(word, "dead" | "injured" | "wounded" | "no")
            || matches!(t.xpos, Xpos::Hyph | Xpos::PrpS)
            || t.upos == Upos::Verb && (t.deprel == Deprel::Amod || surrendered(tree, at))
            || matches!(
                word,
                "-" | "'" | "‘" | "’" | "\"" | "“" | "”" | "'s" | "’s" | "least" | "than" | "many"
            )
            || matches!(word, "ruling" | "sitting" | "serving") && surrendered_noun(tree, at)
            || matches!(word, "more" | "At" | "More" | "another" | "Another" | "others")
            || word == "at" && tree.word(at + 1) == "least"
    })
}

fn surrendered_noun(tree: &Tree<'_>, at: u32) -> bool {
    tree.get(at + 1).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn))
}

/// "a surrendered rebel": a participle behind an article.
fn surrendered(tree: &Tree<'_>, at: u32) -> bool {
    let before = at.checked_sub(1).and_then(|i| tree.get(i));
    surrendered_noun(tree, at)
        && tree.word(at).ends_with("ed")
        && before.is_some_and(|t| matches!(t.upos, Upos::Det | Upos::Num))
}

fn nominal(tree: &Tree<'_>, at: u32) -> bool {
    tree.get(at).is_some_and(|t| {
        matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Num | Upos::Adj)
            || matches!(tree.word(at), "another" | "Another" | "others")
    })
}

/// Nouns that are counted and are no people.
const MEASURES: [&str; 24] = [
    "second",
    "minute",
    "hour",
    "day",
    "night",
    "week",
    "month",
    "year",
    "decade",
    "time",
    "metre",
    "meter",
    "kilometre",
    "kilometer",
    "km",
    "kilometres",
    "mile",
    "percent",
    "dollar",
    "rupee",
    "round",
    "place",
    "incident",
    "attack",
];

/// Words of a number that begin with a preposition: "at least ten", "as many as five".
fn approximates(tree: &Tree<'_>, at: u32) -> bool {
    let next = tree.word(at + 1);
    match tree.word(at) {
        "at" | "At" => matches!(next, "least" | "most"),
        "as" | "As" => next == "many",
        "up" | "Up" => next == "to",
        "over" | "around" | "about" | "between" | "nearly" | "some" | "to" | "than" => {
            tree.get(at + 1).is_some_and(|t| t.upos == Upos::Num)
        }
        _ => false,
    }
}

/// Whether a phrase names people: no date, no place, no measure.
fn people(tree: &Tree<'_>, phrase: Phrase) -> bool {
    if MEASURES.contains(&tree.lemma(phrase.1)) {
        return false;
    }
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
fn phrase(tree: &Tree<'_>, from: u32, to: u32) -> Option<Phrase> {
    let mut end = from;
    while end < from + 16 && end < to && inside(tree, end) {
        end += 1;
    }
    let mut last = end.checked_sub(1)?;
    while last >= from && !nominal(tree, last) {
        last = last.checked_sub(1)?;
    }
    (last >= from).then_some((from, last))
}

/// Whether a phrase says how many: it has a number or an indefinite article.
pub(super) fn counted(tree: &Tree<'_>, (first, last): Phrase) -> bool {
    (first..=last).any(|i| {
        tree.get(i).is_some_and(|t| t.upos == Upos::Num)
            || matches!(tree.word(i), "a" | "an" | "A" | "An" | "another" | "Another")
            || matches!(tree.lemma(i), "dozen" | "score" | "hundred")
    })
}

/// Whether a phrase is a name alone: "Rajesh Kumar", "Sub-Inspector R. K. Das".
pub(super) fn named(tree: &Tree<'_>, (first, last): Phrase) -> bool {
    let article = tree.get(first).is_some_and(|t| matches!(t.upos, Upos::Det | Upos::Num));
    let name = tree.doc.name_at(last).is_some_and(|n| n.label == EntityLabel::Person);
    !article && (name || tree.get(last).is_some_and(|t| t.upos == Upos::Propn))
}

/// What the words before a phrase make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Aside {
    No,
    /// "including two women".
    Part,
    /// "identified as".
    Identity,
}

/// The phrases of a stretch of words that are its list.
pub(super) fn items(tree: &Tree<'_>, from: u32, to: u32, out: &mut Vec<Phrase>) {
    let mut at = from;
    let (mut comma, mut and, mut behind, mut aside) = (false, false, false, Aside::No);
    // "Ashok Das, a timber merchant and a worker of the party": one man.
    let mut apposed = false;
    let mut last = None::<Phrase>;
    while at < to && out.len() < LIST_MAX {
        let word = tree.word(at);
        let Some(token) = tree.get(at) else { break };
        match word {
            "(" | "[" => {
                while at < to && !matches!(tree.word(at), ")" | "]") {
                    at += 1;
                }
                at += 1;
                continue;
            }
            "," => {
                comma = true;
                and = false;
                behind = false;
            }
            "and" | "&" | "And" => {
                and = true;
                behind &= last.is_some();
            }
            "no" | "No" | "nobody" | "none" | "None" => behind = true,
            "well" if tree.word(at + 1) == "as" => {
                and = true;
                at += 1;
            }
            "including" | "among" | "comprising" | "which" => aside = Aside::Part,
            "identified" | "namely" | "alias" | "named" | "called" | "known" | "aged" => {
                aside = Aside::Identity
            }
            _ if approximates(tree, at) => {
                at += 1;
                continue;
            }
            _ if token.upos == Upos::Adp || token.upos == Upos::Verb => behind = true,
            _ => {}
        }
        if !inside(tree, at) || matches!(word, "and" | "," | "'" | "-") {
            at += 1;
            continue;
        }
        let Some(found) = phrase(tree, at, to) else {
            at += 1;
            continue;
        };
        at = found.1 + 1;
        let counts = counted(tree, found);
        let name = named(tree, found);
        let own = tree.get(found.0).is_some_and(|t| t.xpos == Xpos::PrpS);
        let numeral = (found.0..=found.1).any(|i| tree.get(i).is_some_and(|t| t.upos == Upos::Num));
        let bare = (found.0..=found.1).all(|i| tree.get(i).is_some_and(|t| t.upos == Upos::Num));
        let takes = people(tree, found)
            && match (last, aside) {
                (None, Aside::No) => !behind,
                (None, _) | (_, Aside::Part) => false,
                (Some(_), Aside::Identity) => and && counts && !name && !bare,
                (Some(_), Aside::No) if and && apposed && !comma && !own && !numeral => false,
                (Some(_), Aside::No) if and => {
                    counts && !(bare && comma)
                        || own
                        || name && last.is_some_and(|l| named(tree, l)) && !behind
                }
                (Some(before), Aside::No) if comma => {
                    let later = (at..to).any(|i| matches!(tree.word(i), "and" | "&"));
                    let next = matches!(tree.word(at), "," | "and" | "of" | "(");
                    !behind
                        && !bare
                        && later
                        && next
                        && (counts || own) == counted(tree, before)
                        && name == named(tree, before)
                }
                _ => false,
            };
        apposed = !takes && (comma && !behind || apposed && and);
        if takes {
            aside = Aside::No;
            last = Some(found);
            out.push(found);
        }
        (comma, and, behind) = (false, false, false);
    }
}

fn subordinates(tree: &Tree<'_>, at: u32) -> bool {
    let word = tree.word(at);
    // A dash between spaces parts clauses; within a word it does not.
    if word == "–" {
        return at.checked_sub(1).and_then(|i| tree.get(i)).is_some_and(|t| t.space_after);
    }
    let finite = tree.get(at).is_some_and(|t| {
        matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md) || t.upos == Upos::Aux
    });
    // "..., leaving three dead", "were killed and two injured": a clause of its own.
    let apart = tree.get(at).is_some_and(|t| t.xpos == Xpos::Vbg)
        && at.checked_sub(1).is_some_and(|i| tree.word(i) == ",")
        && !matches!(word, "including" | "belonging" | "comprising" | "hailing" | "carrying");
    if apart || matches!(word, "killed" | "injured" | "wounded" | "dead" | "hurt") {
        return true;
    }
    finite && !matches!(word, "identified" | "named" | "called" | "belonging")
        || matches!(
            word,
            ";" | ":" | "“" | "”" | "\"" | "--" | "—" | "but" | "But" | "where" | "who" | "which"
        )
        || tree.get(at).is_some_and(|t| t.upos == Upos::Sconj) && !matches!(word, "as" | "of")
        || matches!(word, "when" | "while" | "after" | "before" | "When" | "While" | "that")
}

/// The list of a clause that ends before a token.
pub(super) fn list_before(tree: &Tree<'_>, end: u32, out: &mut Vec<Phrase>) {
    out.clear();
    let mut from = end;
    while let Some(at) = from.checked_sub(1) {
        if end - from > REACH || tree.get(at).is_none() || subordinates(tree, at) {
            break;
        }
        from = at;
    }
    items(tree, from, end, out);
    // "attacked the camp and three policemen were killed": the verb's object is no item of the list.
    let object = from.checked_sub(1).and_then(|i| tree.get(i)).is_some_and(|t| t.upos == Upos::Verb);
    let open = |p: &Phrase| p.0 == from && !counted(tree, *p) && !named(tree, *p);
    if object && out.len() > 1 && out.first().is_some_and(open) {
        out.remove(0);
    }
}

/// The list that begins at a token.
pub(super) fn list_after(tree: &Tree<'_>, from: u32, out: &mut Vec<Phrase>) {
    out.clear();
    let mut to = from;
    while to < from + REACH && tree.get(to).is_some() && !subordinates(tree, to) {
        let token = tree.get(to);
        let stops = token.is_some_and(|t| {
            let verb = t.upos == Upos::Verb
                && !inside(tree, to)
                && !matches!(tree.word(to), "identified" | "named" | "including");
            let away =
                t.upos == Upos::Adp && !matches!(tree.word(to), "of" | "from" | "as" | "including" | "at");
            let hurt = matches!(tree.word(to), "injured" | "wounded" | "hurt" | "dead");
            verb || away || hurt
        });
        if stops {
            break;
        }
        to += 1;
    }
    items(tree, from, to, out);
    // "killed a soldier, a spokesman said": the last phrase has a verb of its own.
    let said = tree.get(to).is_some_and(|t| {
        matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md) || t.upos == Upos::Aux
    });
    if said && out.len() > 1 {
        out.pop();
    }
}

/// The victims beside a verb form: to its left where it is passive or bare, to its right where it is active.
pub(super) fn victims(tree: &Tree<'_>, verb: u32, deadly: bool, out: &mut Vec<Phrase>) {
    listed(tree, verb, deadly, out);
    if out.is_empty() {
        out.extend(elliptic(tree, verb));
    }
}

fn listed(tree: &Tree<'_>, verb: u32, deadly: bool, out: &mut Vec<Phrase>) {
    out.clear();
    let mut left = verb;
    let mut passive = false;
    for _ in 0..5 {
        let Some(at) = left.checked_sub(1) else { break };
        let Some(token) = tree.get(at) else { break };
        let word = tree.word(at);
        let be = matches!(tree.lemma(at), "be" | "get") && matches!(token.upos, Upos::Aux | Upos::Verb);
        if be
            || token.upos == Upos::Adv
            || matches!(word, "has" | "have" | "had" | "also" | "reportedly" | "found")
        {
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
            if matches!(word, "dead" | "alive" | "to" | "death" | "down" | ",") && deadly
                || adverb
                || word == ","
            {
                right += 1;
            } else {
                break;
            }
        }
        let object = inside(tree, right)
            || approximates(tree, right)
            || matches!(tree.word(right), "him" | "her" | "them");
        if object {
            list_after(tree, right, out);
            let sure = |p: &Phrase| counted(tree, *p) || deadly || named(tree, *p);
            if out.first().is_some_and(sure) {
                return;
            }
            out.clear();
        }
        // "abducted and later shot dead": whoever the first was done to.
        let joined = left.checked_sub(1).is_some_and(|i| matches!(tree.word(i), "and" | ","));
        if joined && participle && !object {
            let head = tree.head(verb).filter(|h| *h < verb && tree.is_verb(*h));
            let done = head.filter(|h| tree.children(*h).any(|(i, t)| i < *h && t.upos == Upos::Aux));
            if let Some(head) = done {
                let mut before = head;
                while before > 0
                    && tree.get(before - 1).is_some_and(|t| matches!(t.upos, Upos::Aux | Upos::Adv))
                {
                    before -= 1;
                }
                list_before(tree, before, out);
                return;
            }
        }
        if object && tree.get(verb).is_some_and(|t| t.xpos == Xpos::Vbd) {
            return;
        }
    }
    if participle {
        list_before(tree, left, out);
        if !passive && !out.first().is_some_and(|p| counted(tree, *p)) {
            out.clear();
        }
    }
}

/// A number without its noun: "and wounded more than 100, mostly residents", "and two injured when".
fn elliptic(tree: &Tree<'_>, verb: u32) -> Option<Phrase> {
    let number = |i: u32| {
        let word = tree.word(i);
        let year = word.len() == 4 && (word.starts_with("19") || word.starts_with("20"));
        tree.get(i).is_some_and(|t| t.upos == Upos::Num) && !year
    };
    let mut at = verb + 1;
    for _ in 0..3 {
        if !matches!(
            tree.word(at),
            "at" | "least" | "more" | "than" | "about" | "around" | "some" | "over" | "nearly" | "up" | "to"
        ) {
            break;
        }
        at += 1;
    }
    let closed = |i: u32| {
        tree.get(i).is_none_or(|t| match t.upos {
            Upos::Cconj | Upos::Adp | Upos::Sconj => true,
            Upos::Punct => matches!(tree.word(i), "," | "." | ";" | "\"" | "”"),
            _ => false,
        })
    };
    if number(at) && closed(at + 1) {
        return Some((verb + 1, at));
    }
    let before = verb.checked_sub(1).filter(|i| number(*i))?;
    let joined = before.checked_sub(1).is_some_and(|i| matches!(tree.word(i), "and" | ","));
    let goes_on = |t: &crate::document::Token| t.upos == Upos::Adv || t.deprel == Deprel::Mark;
    let ends = closed(verb + 1) || tree.get(verb + 1).is_some_and(goes_on);
    (joined && ends).then_some((before, before))
}

/// Whose bodies were found, at the noun: "the dead bodies of a teacher and his wife were recovered".
pub(super) fn bodies(
    tree: &Tree<'_>,
    noun: u32,
    found: impl Fn(&str) -> bool,
    out: &mut Vec<Phrase>,
) -> bool {
    out.clear();
    let verb = |i: u32| tree.is_verb(i) && found(tree.lemma(i));
    let near = (noun.saturating_sub(10)..noun + 40).any(verb);
    if !near {
        return false;
    }
    if tree.word(noun + 1) == "of" {
        list_after(tree, noun + 2, out);
    }
    true
}
