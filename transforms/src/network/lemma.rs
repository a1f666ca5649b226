//! Lemmas by edit rules: a rule for the word and its tag if there is one, else for the longest known ending.

use super::features::{Key, fold, hash64, lower};
use super::format::ModelError;
use crate::grammar::Xpos;
use rustc_hash::FxHashMap;

/// Letters of the longest ending that has rules.
const ENDING: usize = 6;
const EMPTY: u16 = u16::MAX;

/// How a form becomes its lemma.
#[derive(Debug)]
struct Rule {
    lower: bool,
    cut: usize,
    put: String,
}

/// Rules and the table that chooses among them.
#[derive(Debug)]
pub(super) struct Lemmas {
    prints: Vec<u32>,
    numbers: Vec<u16>,
    rules: Vec<Rule>,
    /// The number in the model of each XPOS, by its place in the enum.
    tags: Vec<u64>,
    /// Verb forms in lower case that the rules get wrong.
    verbs: FxHashMap<Box<str>, Box<str>>,
}

impl Lemmas {
    /// Adds verb forms, in lower case, that go before the rules.
    pub(super) fn add_verbs<'a>(&mut self, forms: impl IntoIterator<Item = (&'a str, &'a str)>) {
        self.verbs.extend(forms.into_iter().map(|(form, lemma)| (form.into(), lemma.into())));
    }

    pub(super) fn read(table: &[u8], rules: &[u8], xpos: &[Xpos]) -> Result<Self, ModelError> {
        let slots = table.len() / 6;
        let (prints, numbers) =
            table.split_at_checked(4 * slots).ok_or_else(|| ModelError::Section("lemmas".into()))?;
        let prints =
            prints.chunks_exact(4).map(|c| c.iter().rev().fold(0, |n, b| n << 8 | u32::from(*b))).collect();
        let numbers: Vec<u16> =
            numbers.chunks_exact(2).map(|c| c.iter().rev().fold(0, |n, b| n << 8 | u16::from(*b))).collect();
        if !slots.is_power_of_two() || numbers.len() != slots || !numbers.contains(&EMPTY) {
            return Err(ModelError::Section("lemmas".into()));
        }
        let wrong = || ModelError::Section("rules".into());
        let text = std::str::from_utf8(rules).map_err(|_| wrong())?;
        let rules =
            text.split('\n').map(|line| Rule::parse(line).ok_or_else(wrong)).collect::<Result<_, _>>()?;
        let tags = Xpos::ALL.iter().map(|x| xpos.iter().position(|y| x == y).unwrap_or(0) as u64).collect();
        Ok(Self { prints, numbers, rules, tags, verbs: FxHashMap::default() })
    }

    /// Appends the lemma of a form.
    pub(super) fn write(&self, form: &str, xpos: Xpos, key: &mut Key, out: &mut String) {
        if matches!(xpos, Xpos::Vbd | Xpos::Vbn | Xpos::Vbg | Xpos::Vbp | Xpos::Vbz)
            && let Some(lemma) = self.verbs.get(form)
        {
            out.push_str(lemma);
            return;
        }
        let capital = form.chars().next().is_some_and(|c| fold(c).is_uppercase());
        let tag = 2 * self.tags.get(xpos as usize).copied().unwrap_or(0) + u64::from(capital);
        key.set(form);
        let Some(rule) = self.rule(key, tag).and_then(|r| self.rules.get(r)) else {
            out.extend(form.chars().map(fold));
            return;
        };
        let letters = form.chars().count();
        let keep = if rule.cut > letters { letters } else { letters - rule.cut };
        let stem = form.chars().map(fold).take(keep);
        if rule.lower {
            out.extend(stem.map(lower))
        } else {
            out.extend(stem)
        }
        if rule.cut <= letters {
            out.push_str(&rule.put);
        }
    }

    fn rule(&self, key: &Key, tag: u64) -> Option<usize> {
        const MIX: u64 = 0x9e37_79b9_7f4a_7c15;
        let word = (1000 + tag).wrapping_mul(MIX);
        let ending = (2000 + tag).wrapping_mul(MIX);
        self.get(hash64(key.all(), word)).or_else(|| {
            (0..=ENDING.min(key.len())).rev().find_map(|n| {
                let tail = if n == 0 { &[] } else { key.tail(n) };
                self.get(hash64(tail, ending))
            })
        })
    }

    fn get(&self, hash: u64) -> Option<usize> {
        let mask = self.numbers.len() - 1;
        let mut at = hash as usize & mask;
        // The table has an empty slot, so this ends.
        loop {
            match self.numbers.get(at) {
                None | Some(&EMPTY) => return None,
                Some(number) if self.prints.get(at).is_some_and(|p| u64::from(*p) == hash >> 32) => {
                    return Some(usize::from(*number));
                }
                Some(_) => at = (at + 1) & mask,
            }
        }
    }
}

impl Rule {
    /// `1 3 y`: lower case, three letters off, `y` on.
    fn parse(line: &str) -> Option<Self> {
        let mut parts = line.splitn(3, ' ');
        let lower = match parts.next()? {
            "0" => false,
            "1" => true,
            _ => return None,
        };
        Some(Self { lower, cut: parts.next()?.parse().ok()?, put: parts.next()?.to_owned() })
    }
}
