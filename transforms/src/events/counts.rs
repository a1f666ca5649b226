//! The number of a noun phrase that counts people: "at least four", "dozens of", "a trader", a single name.
//!
//! The bounds follow the contract: "at least four" is low 4 without a high, so is "more than four"; "about 10" is 9
//! to 11, "dozens" low 12.

use crate::grammar::{Deprel, EntityLabel, Upos, Xpos};
use crate::syntax::Tree;
use rustc_hash::FxHashMap;
use seeds::{SeedError, Seeds};

const NUMBERS: &str = "lexicon/number_words.tsv";

/// A number with its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Count {
    pub low: Option<i32>,
    pub best: Option<i32>,
    pub high: Option<i32>,
    /// First token that belongs to it.
    pub first: u32,
}

impl Count {
    fn exact(n: i32, first: u32) -> Self {
        Self { low: Some(n), best: Some(n), high: Some(n), first }
    }
}

/// The number words.
#[derive(Debug)]
pub(super) struct Counts {
    words: FxHashMap<Box<str>, (Option<i32>, bool)>,
}

impl Counts {
    pub(super) fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let table = seeds::table::Table::parse(NUMBERS, seeds.text(NUMBERS)?)?;
        let [word, value, kind, low] =
            [table.column("word")?, table.column("value")?, table.column("kind")?, table.column("low")?];
        let mut words: FxHashMap<Box<str>, (Option<i32>, bool)> = FxHashMap::default();
        for row in table.rows() {
            let vague = row.cell(kind) == "vague";
            let number = if vague { row.cell(low) } else { row.cell(value) };
            words.insert(row.cell(word).into(), (number.parse().ok(), vague));
        }
        Ok(Self { words })
    }

    /// How many people a nominal means; `victims` where it names them, not a noun such as "deaths".
    pub(super) fn of(&self, tree: &Tree<'_>, head: u32, victims: bool) -> Option<Count> {
        let token = tree.get(head)?;
        if tree.children(head).any(|(i, t)| t.deprel == Deprel::Det && tree.lemma(i) == "no") {
            return None;
        }
        if token.upos == Upos::Num {
            let (low, _) = tree.extent(head, |i, _| i < head);
            return Some(self.bounded(tree, head, self.value(tree, head)?, low));
        }
        let numeral = tree.children(head).find(|(i, t)| {
            t.deprel == Deprel::Nummod && *i < head && self.value(tree, *i).is_some_and(|n| n < 1_000_000)
        });
        if let Some((at, _)) = numeral {
            let (low, _) = tree.extent(at, |_, _| true);
            return Some(self.bounded(tree, at, self.value(tree, at)?, low.min(at)));
        }
        if tree.children(head).any(|(i, _)| tree.lemma(i) == "both") || tree.lemma(head) == "both" {
            return Some(Count::exact(2, head));
        }
        let vague = |i: u32| {
            self.words.get(tree.lemma(i)).or_else(|| self.words.get(tree.word(i))).filter(|(_, v)| *v)
        };
        if let Some((Some(low), _)) = vague(head) {
            return Some(Count { low: Some(*low), best: None, high: None, first: head });
        }
        let before = tree.children(head).filter(|(i, t)| *i < head && t.deprel == Deprel::Amod);
        for (i, _) in before {
            if let Some((Some(low), _)) = vague(i).filter(|_| matches!(tree.lemma(i), "several" | "many")) {
                return Some(Count { low: Some(*low), best: None, high: None, first: i });
            }
        }
        let article = || {
            tree.children(head)
                .any(|(i, t)| t.deprel == Deprel::Det && matches!(tree.lemma(i), "a" | "an" | "another"))
                && !matches!(
                    tree.lemma(head),
                    "group" | "number" | "crowd" | "family" | "dozen" | "score" | "few"
                )
                && token.xpos != Xpos::Nns
        };
        (victims && (self.single(tree, head) || article())).then(|| {
            let low = tree.children(head).filter(|(i, t)| *i < head && t.deprel == Deprel::Det);
            Count::exact(1, low.map(|(i, _)| i).next().unwrap_or(head))
        })
    }

    /// The number of a phrase read word by word.
    pub(super) fn surface(&self, tree: &Tree<'_>, (first, last): (u32, u32)) -> Option<Count> {
        let mut numeral = None;
        for at in first..=last {
            let token = tree.get(at)?;
            if token.upos == Upos::Num && self.value(tree, at).is_some_and(|n| n < 1_000_000) {
                // "a 19-year-old student": an age is no number of people.
                let next = tree.word(at + 1);
                let age = next == "-"
                    || next.starts_with("year")
                    || next == "bore"
                    || tree.word(at).contains("year");
                if !age {
                    numeral = Some(at);
                    break;
                }
            }
        }
        if let Some(at) = numeral {
            return Some(self.bounded(tree, at, self.value(tree, at)?, first));
        }
        // "dozens more": at least so many.
        let dozens = (first..=last).find(|i| matches!(tree.word(*i), "dozens" | "scores" | "hundreds"));
        if let Some((Some(low), true)) = dozens.and_then(|i| self.words.get(tree.word(i))).copied() {
            return Some(Count { low: Some(low), best: None, high: None, first });
        }
        let article = (first..=last)
            .any(|i| matches!(tree.word(i), "a" | "an" | "A" | "An" | "another" | "Another" | "one" | "One"));
        let crowd = matches!(
            tree.lemma(last),
            "group"
                | "number"
                | "crowd"
                | "family"
                | "team"
                | "party"
                | "couple"
                | "dozen"
                | "score"
                | "gang"
        );
        if tree.lemma(last) == "couple" {
            return Some(Count::exact(2, first));
        }
        if crowd {
            return None;
        }
        (article || self.single(tree, last)).then(|| Count::exact(1, first))
    }

    /// "A trader", "the driver", "Ajit Das", "he": one.
    fn single(&self, tree: &Tree<'_>, head: u32) -> bool {
        let Some(token) = tree.get(head) else { return false };
        match token.upos {
            Upos::Noun => {
                token.xpos == Xpos::Nn
                    && !matches!(
                        tree.lemma(head),
                        "family"
                            | "group"
                            | "police"
                            | "crowd"
                            | "team"
                            | "public"
                            | "staff"
                            | "personnel"
                            | "military"
                            | "army"
                            | "party"
                            | "people"
                            | "number"
                            | "population"
                            | "gang"
                            | "government"
                            | "toll"
                            | "life"
                            | "livestock"
                            | "cattle"
                            | "animal"
                            | "force"
                            | "squad"
                            | "unit"
                            | "convoy"
                            | "patrol"
                            | "everyone"
                            | "dog"
                            | "bird"
                    )
            }
            Upos::Propn => {
                let name = tree.doc.name_at(head);
                token.xpos != Xpos::Nnps && name.is_none_or(|n| n.label == EntityLabel::Person)
            }
            Upos::Pron => {
                matches!(tree.word(head), "he" | "He" | "she" | "She" | "him" | "her" | "another" | "Another")
            }
            Upos::Det => tree.lemma(head) == "another",
            _ => false,
        }
    }

    /// The value of a numeral: digits, a word, or words multiplied ("two hundred").
    fn value(&self, tree: &Tree<'_>, at: u32) -> Option<i32> {
        let one = |i: u32| {
            let word = tree.word(i);
            let digits: String = word.chars().filter(|c| *c != ',').collect();
            digits.parse::<i32>().ok().or_else(|| {
                let lower = word.to_lowercase();
                let (tens, ones) = lower.split_once('-').unwrap_or((&lower, ""));
                let value = |w: &str| self.words.get(w).and_then(|(v, _)| *v);
                match (value(&lower), value(tens), value(ones)) {
                    (Some(whole), ..) => Some(whole),
                    (None, Some(t), Some(o)) => t.checked_add(o),
                    _ => None,
                }
            })
        };
        let own = one(at)?;
        let mut total = own;
        for (i, t) in tree.children(at).take(8) {
            if matches!(t.deprel, Deprel::Compound | Deprel::Flat | Deprel::Nummod)
                && let Some(other) = one(i)
            {
                total = if own >= 100 && other < own {
                    total.checked_mul(other)?
                } else {
                    total.checked_add(other)?
                };
            }
        }
        (0..10_000_000).contains(&total).then_some(total)
    }

    fn bounded(&self, tree: &Tree<'_>, numeral: u32, n: i32, first: u32) -> Count {
        let word = |back: u32| {
            let at = numeral.checked_sub(back).filter(|i| tree.get(*i).is_some());
            at.map_or(String::new(), |i| tree.word(i).to_ascii_lowercase())
        };
        let (last, second) = (word(1), word(2));
        let above = Count { low: Some(n), best: Some(n), high: None, first };
        match (second.as_str(), last.as_str()) {
            ("at", "least") => Count { low: Some(n), best: Some(n), high: None, first },
            ("more", "than") | (_, "over") => above,
            ("less" | "fewer", "than") => Count { low: None, best: None, high: Some(n - 1), first },
            ("as", "many") | ("up", "to") => Count { low: None, best: Some(n), high: Some(n), first },
            (
                _,
                "about" | "around" | "some" | "nearly" | "almost" | "roughly" | "approximately" | "estimated",
            ) => {
                let margin = (n / 10).max(1);
                Count { low: Some(n - margin), best: Some(n), high: Some(n.saturating_add(margin)), first }
            }
            _ => Count::exact(n, first),
        }
    }
}
