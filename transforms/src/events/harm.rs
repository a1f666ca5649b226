//! Which words tell of harm, and to whom: first by the words beside them, else by the tree.

use super::casualties::{Casualties, Victim};
use super::surface;
use super::victims::{headline_victims, participle_victims};
use crate::document::Token;
use crate::grammar::{Deprel, Upos};
use crate::syntax::{Predicate, Tree};

impl Casualties {
    /// Whom the words beside a verb say it happened to.
    pub(super) fn beside(
        &self,
        tree: &Tree<'_>,
        at: u32,
        out: &mut Vec<surface::Phrase>,
    ) -> Option<(&'static str, Victim)> {
        out.clear();
        let token = tree.get(at)?;
        let lemma = tree.lemma(at);
        let next = tree.word(at + 1);
        // "shot dead" whatever the tagger takes it for.
        let shot =
            matches!(tree.word(at), "shot" | "Shot" | "gunned" | "hacked" | "beaten" | "stabbed" | "burnt")
                || self.deadly.contains_key(lemma) && token.upos == Upos::Verb;
        let dead = next == "dead"
            || next == "alive"
            || (next == "to" && tree.word(at + 2) == "death")
            || (next == "down" && matches!(lemma, "gun" | "mow" | "gunned"));
        let fatally = at.checked_sub(1).is_some_and(|i| matches!(tree.word(i), "fatally" | "Fatally"));
        if lemma == "leave" && token.upos == Upos::Verb {
            // "leaving three people dead".
            surface::list_after(tree, at + 1, out);
            let end = out.last().map_or(at, |p| p.1 + 1);
            let told = (end..end + 10).find_map(|i| match tree.word(i) {
                "dead" => Some("killed"),
                "injured" | "wounded" | "hurt" => Some("injured"),
                _ => None,
            });
            if let Some(outcome) = told.filter(|_| out.first().is_some_and(|p| surface::counted(tree, *p))) {
                return Some((outcome, Victim::Object));
            }
            out.clear();
            return None;
        }
        if shot && (dead || fatally) {
            surface::victims(tree, at, true, out);
            return (!out.is_empty()).then_some(("killed", Victim::Object));
        }
        if self.deadly.contains_key(lemma) && token.upos == Upos::Verb {
            // "hacked a trader to death".
            surface::list_after(tree, at + 1, out);
            let end = out.last().map_or(at, |p| p.1 + 1);
            let dead = !out.is_empty()
                && (end..end + 8).any(|i| {
                    matches!(tree.word(i), "dead" | "alive")
                        || tree.word(i) == "to" && tree.word(i + 1) == "death"
                });
            if dead {
                return Some(("killed", Victim::Object));
            }
            out.clear();
        }
        if token.upos == Upos::Noun && self.bodies.contains(lemma) {
            let found = surface::bodies(tree, at, |lemma| self.found.contains(lemma), out);
            return (found && !out.is_empty()).then_some(("killed", Victim::Object));
        }
        if matches!(lemma, "throat" | "throats") {
            let cut = |i: u32| matches!(tree.word(i), "slit" | "slitting" | "cut" | "cutting" | "slashed");
            let slit = (at.saturating_sub(5)..at).any(cut);
            if slit && tree.word(at + 1) == "of" {
                surface::list_after(tree, at + 2, out);
            }
            return (!out.is_empty()).then_some(("killed", Victim::Object));
        }
        let before = at.checked_sub(1).and_then(|i| tree.get(i)).map(|t| t.upos);
        let after = tree.get(at + 1).map(|t| t.upos);
        // "cadres kill a villager", "suspected rebels killed Rama Rao": verbs that the tagger takes for nouns and
        // adjectives.
        let bare = self.verbs.contains_key(tree.word(at)) || matches!(tree.word(at), "kills" | "injures");
        let name = matches!(tree.word(at), "kill" | "kills") && matches!(after, Some(Upos::Propn));
        let noun = bare && (name || matches!(after, Some(Upos::Det | Upos::Num)));
        let behind = matches!(before, Some(Upos::Noun | Upos::Propn));
        let adjective = token.deprel == Deprel::Amod && !(behind && tree.word(at).ends_with("ed"));
        let sustained = matches!(tree.word(at), "sustained" | "suffered" | "received");
        if !matches!(token.upos, Upos::Verb | Upos::Adj) && !noun && !sustained {
            return None;
        }
        // "Killed two guards and wounded 25 people": a participle that the tagger takes for an adjective.
        let verb = match (token.upos, tree.word(at)) {
            (Upos::Adj, "wounded") if token.deprel == Deprel::Conj => "wound",
            (Upos::Adj, "injured") if token.deprel == Deprel::Conj => "injure",
            (Upos::Adj, "killed") if token.deprel == Deprel::Conj => "kill",
            _ => lemma,
        };
        if let Some((outcome, Victim::Object)) = self.verbs.get(verb).copied()
            && matches!(outcome, "killed" | "injured")
            && !adjective
        {
            surface::victims(tree, at, false, out);
            return (!out.is_empty()).then_some((outcome, Victim::Object));
        }
        if sustained
            || self.object_verbs.contains(lemma) && !matches!(lemma, "claim" | "take" | "cost" | "get")
        {
            // "three others sustained serious injuries".
            let thing = (at + 1..at + 6).find(|i| self.objects.contains_key(tree.lemma(*i)))?;
            let outcome = *self.objects.get(tree.lemma(thing))?;
            surface::list_before(tree, at, out);
            let sure = |p: &surface::Phrase| surface::counted(tree, *p) || surface::named(tree, *p);
            out.first().is_some_and(sure).then_some(())?;
            return Some((outcome, Victim::Object));
        }
        None
    }

    /// What happened to whom by the word at a token.
    pub(super) fn hurt(
        &self,
        tree: &Tree<'_>,
        at: u32,
        token: &Token,
    ) -> Option<(&'static str, Victim, u32)> {
        let lemma = tree.lemma(at);
        let object = |at| {
            let found = Predicate::new(tree, at).object();
            found.or_else(|| headline_victims(tree, at)).or_else(|| participle_victims(tree, at))
        };
        match token.upos {
            Upos::Noun if self.bodies.contains(lemma) => {
                let verb = tree.head(at).filter(|h| tree.is_verb(*h))?;
                self.found.contains(tree.lemma(verb)).then_some(())?;
                let of = tree.children(at).find(|(i, t)| {
                    (t.deprel == Deprel::Nmod && tree.case(*i) == Some("of")) || t.deprel == Deprel::NmodPoss
                });
                match of {
                    Some((whose, _)) if self.counts.of(tree, at, false).is_none() => {
                        Some(("killed", Victim::Object, whose))
                    }
                    _ => Some(("killed", Victim::Own, at)),
                }
            }
            Upos::Noun if lemma == "throat" => {
                let whose = tree.children(at).find(|(i, t)| {
                    (t.deprel == Deprel::Nmod && tree.case(*i) == Some("of")) || t.deprel == Deprel::NmodPoss
                });
                let verb = tree.head(at).filter(|h| matches!(tree.lemma(*h), "slit" | "cut" | "slash"))?;
                let _ = verb;
                whose.map(|(i, _)| ("killed", Victim::Object, i))
            }
            Upos::Noun if lemma == "toll" => {
                let verb = tree.head(at).filter(|h| tree.is_verb(*h))?;
                let to =
                    Predicate::new(tree, verb).oblique("to").or_else(|| Predicate::new(tree, verb).object());
                to.map(|i| ("killed", Victim::Own, i))
            }
            Upos::Noun => self.nouns.get(lemma).map(|o| (*o, Victim::Own, at)),
            Upos::Adj | Upos::Verb | Upos::Adv if lemma == "dead" => {
                let subject = Predicate::new(tree, at).subject();
                let numeral = tree.children(at).any(|(_, t)| t.deprel == Deprel::Nummod);
                let head = tree.head(at);
                if numeral {
                    return Some(("killed", Victim::Own, at));
                }
                // "shot dead" is told by its verb.
                if head.is_some_and(|h| self.deadly.contains_key(tree.lemma(h))) {
                    return None;
                }
                subject
                    .or_else(|| {
                        let noun =
                            head.filter(|h| tree.is_nominal(*h) && tree.deprel(at) != Some(Deprel::Amod));
                        noun.or_else(|| head.filter(|h| tree.get(*h).is_some_and(|t| t.upos == Upos::Num)))
                    })
                    .map(|i| ("killed", Victim::Subject, i))
            }
            Upos::Verb | Upos::Adj => {
                if let Some((outcome, kind)) = self.verbs.get(lemma).copied() {
                    let victims = match kind {
                        Victim::Object => object(at),
                        _ => Predicate::new(tree, at).subject(),
                    };
                    return victims.map(|v| (outcome, kind, v));
                }
                if self.deadly.contains_key(lemma) {
                    return self.deadly(tree, at, lemma).map(|(o, v)| (o, Victim::Object, v));
                }
                if token.upos == Upos::Verb && self.object_verbs.contains(lemma) {
                    let thing = Predicate::new(tree, at).object()?;
                    let outcome = *self.objects.get(tree.lemma(thing))?;
                    if self.counts.of(tree, thing, false).is_some() && outcome == "killed" {
                        return Some((outcome, Victim::Own, thing));
                    }
                    let victims = if matches!(lemma, "claim" | "take" | "cost") {
                        tree.child(thing, Deprel::NmodPoss).or_else(|| {
                            tree.children(thing).find(|(i, _)| tree.case(*i) == Some("of")).map(|(i, _)| i)
                        })
                    } else {
                        Predicate::new(tree, at).subject()
                    };
                    return victims.map(|v| (outcome, Victim::Subject, v));
                }
                None
            }
            _ => None,
        }
    }

    /// "shot dead", "hacked to death", "left three dead", "gunned down"; without death a shot or stab injures.
    fn deadly(&self, tree: &Tree<'_>, at: u32, lemma: &str) -> Option<(&'static str, u32)> {
        let completed = tree.children(at).find(|(i, t)| {
            let word = tree.lemma(*i);
            (word == "dead" && !matches!(t.deprel, Deprel::Amod))
                || (word == "death" && tree.case(*i) == Some("to"))
                || word == "alive"
                || (lemma == "gun" && word == "down")
        });
        let hurt = |i: u32| matches!(tree.lemma(i), "injure" | "injured" | "wound" | "wounded" | "hurt");
        let predicate = Predicate::new(tree, at);
        let victims = || {
            predicate.object().or_else(|| headline_victims(tree, at)).or_else(|| participle_victims(tree, at))
        };
        match completed {
            Some((dead, _)) => {
                let own = Predicate::new(tree, dead).subject().filter(|s| *s != at && *s > at);
                victims().or(own).map(|v| ("killed", v))
            }
            None if matches!(lemma, "leave" | "find" | "put" | "blow") => {
                let (_, _) = tree.children(at).find(|(i, _)| hurt(*i))?;
                victims().map(|v| ("injured", v))
            }
            None if matches!(
                lemma,
                "shoot" | "stab" | "beat" | "thrash" | "hack" | "slash" | "axe" | "knife" | "assault"
            ) =>
            {
                victims().map(|v| ("injured", v))
            }
            None => None,
        }
    }
}
