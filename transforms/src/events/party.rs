//! The party that an act leaves out because the article has just told it: whom a condemnation is of, whose charge is
//! denied, whose move is welcomed.

use super::actors::ActorFound;
use super::rules::Frame;
use super::{EventMention, Memory};

/// What a later act may answer.
const CHARGES: [&str; 6] = ["ACCUSE", "REQUEST", "THREATEN", "SANCTION", "COERCE", "ASSAULT"];
const MOVES: [&str; 7] = ["AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "CONSULT"];

/// Whom an act is towards that names nobody, by its type: the attacker, the accuser, whoever made the move, the
/// partner of the talks; else the other of the two countries spoken of.
pub(super) fn other_party(
    one: &[ActorFound],
    frame: &Frame,
    memory: &Memory,
    before: &[EventMention],
) -> Option<ActorFound> {
    let kind = frame.plover_type.as_str();
    let mine = one.first()?;
    let me = |a: &ActorFound| one.iter().any(|m| same(m, a));
    // Forces answer an attack; whoever claims one doesn't.
    let forces = mine.sector.is_some_and(|s| matches!(s.as_str(), "COP" | "MIL"));
    if (matches!(kind, "ACCUSE" | "MOBILIZE" | "THREATEN") || (kind == "ASSAULT" && forces))
        && let Some(attacker) = memory.attackers.first()
        && !me(attacker)
    {
        return Some(attacker.clone());
    }
    if kind == "ASSAULT" {
        // "Iran launched its attack": on whom it fought before.
        let fought = memory.told.iter().rev().filter(|(told, ..)| told.as_str() == "ASSAULT");
        let foes = fought.filter_map(|(_, a, b)| {
            if a.iter().any(me) {
                b.first()
            } else if b.iter().any(me) {
                a.first()
            } else {
                None
            }
        });
        return foes.filter(|a| a.named && !me(a)).take(1).next().cloned();
    }
    if matches!(kind, "COERCE" | "PROTEST" | "MOBILIZE" | "RETREAT" | "CONCEDE") {
        return None;
    }
    let here = before.iter().rev().map(|m| (m.plover_type, &m.one, &m.two));
    let earlier = memory.told.iter().rev().map(|(told, source, target)| (*told, source, target));
    let answered = here.chain(earlier).find_map(|(told, source, target)| {
        let told = told.as_str();
        match kind {
            "REJECT" => (CHARGES.contains(&told) && target.iter().any(me)).then_some(source),
            "SUPPORT" => (MOVES.contains(&told) && !source.iter().any(me)).then_some(source),
            "AGREE" | "CONSULT" | "COOPERATE" | "REQUEST" if MOVES.contains(&told) => {
                if source.iter().any(me) {
                    Some(target)
                } else if target.iter().any(me) {
                    Some(source)
                } else {
                    None
                }
            }
            _ => None,
        }
    });
    if let Some(found) = answered.and_then(|side| side.iter().find(|a| !a.name.is_empty() && !me(a))) {
        return Some(found.clone());
    }
    if matches!(kind, "ACCUSE" | "SUPPORT" | "THREATEN") {
        return None;
    }
    let pair = if memory.pair.len() == 2 { &memory.pair } else { &memory.main };
    let [a, b] = pair.as_slice() else { return None };
    let country = mine.country?;
    let other = if a.country == Some(country) {
        b
    } else if b.country == Some(country) {
        a
    } else {
        return None;
    };
    Some(other.clone())
}

/// Whether two mentions are of one actor: one figure, one name, or one state.
fn same(a: &ActorFound, b: &ActorFound) -> bool {
    (a.figure.is_some() && a.figure == b.figure)
        || (!a.name.is_empty() && a.name == b.name)
        || (a.country.is_some() && a.country == b.country && a.sector == b.sector)
}
