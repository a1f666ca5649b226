//! When two names mean one person, inside an article and across articles.

use crate::knowledge::{Persons, sound};
use jiff::civil::Date;

/// Words of names that join others.
const PARTICLES: &[&str] = &[
    "bin", "ibn", "bint", "al", "el", "ul", "ur", "ud", "van", "von", "de", "da", "del", "der", "den", "di",
    "la", "le", "abu", "ben", "bani", "dos", "du", "ter", "y",
];
/// First names so common that people leave them out: the sounds of "Muhammad" and its short forms.
const LEFT_OUT: &[&str] = &["muhamad", "mahamad", "mahmad", "md", "mohd", "muhd", "mahamat"];

/// A word of a name for comparison.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct NameWord {
    /// Its sound.
    pub sound: String,
    /// Whether it is an initial.
    pub initial: bool,
}

/// The words of a name for comparison, particles left out where enough remains.
pub(super) fn name_words<'w>(words: impl Iterator<Item = &'w str>) -> Vec<NameWord> {
    let all: Vec<(bool, NameWord)> = words
        .flat_map(|w| w.split('-'))
        .filter(|w| w.chars().any(char::is_alphabetic))
        .filter(|w| !is_junior(w))
        .map(|w| {
            let letters = w.chars().filter(|c| c.is_alphabetic()).count();
            let particle = PARTICLES.contains(&w.to_lowercase().as_str());
            (particle, NameWord { sound: sound(w), initial: letters == 1 })
        })
        .filter(|(_, w)| !w.sound.is_empty())
        .collect();
    let proper = all.iter().filter(|(particle, _)| !particle).count();
    all.into_iter().filter(|(particle, _)| !particle || proper == 0).map(|(_, w)| w).collect()
}

fn same(a: &NameWord, b: &NameWord) -> bool {
    if a.initial || b.initial {
        return a.sound.chars().next() == b.sound.chars().next();
    }
    a.sound == b.sound
}

/// Whether a word parts a son from a father of one name.
pub(super) fn is_junior(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "JR" | "Sr" | "SR" | "II" | "III")
}

/// Whether two names of several words fit: each word of the shorter one is in the longer one, in order.
pub(super) fn fits(a: &[NameWord], b: &[NameWord]) -> bool {
    let (small, large) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut rest = large.iter();
    if small.is_empty() || small.iter().all(|w| w.initial) {
        return false;
    }
    // "George W. Bush" is not "George H. W. Bush".
    let initials = |words: &[NameWord]| words.iter().filter(|w| w.initial).count();
    if initials(small) > 0 && initials(large) > initials(small) {
        return false;
    }
    small.iter().all(|s| rest.any(|l| same(s, l)))
}

/// The name that a figure is known by across articles: of a leader the usual one, else the sounds of its words
/// without initials and without a first name that is often left out.
pub(super) fn canonical(persons: &Persons, name: &str, role: &str, day: Option<Date>) -> String {
    let leader = persons.leader(name, day).or_else(|| {
        let single = !name.contains(char::is_whitespace);
        let held = || (!role.is_empty()).then(|| persons.leader_by_family(name, role, day)).flatten();
        single.then(|| held().or_else(|| persons.sole_leader(name, day))).flatten()
    });
    if let Some(leader) = leader {
        // The dictionary's spelling with its initials: they tell leaders of one name apart.
        return leader.name.split_whitespace().map(sound).collect::<Vec<_>>().join(" ");
    }
    let junior = name.split_whitespace().any(is_junior);
    let words = name_words(name.split_whitespace());
    let full = words.iter().filter(|w| !w.initial).count();
    let mut kept: Vec<&str> =
        words.iter().filter(|w| !w.initial || full < 2).map(|w| w.sound.as_str()).collect();
    if kept.len() >= 3 && kept.first().is_some_and(|w| LEFT_OUT.contains(w)) {
        kept.remove(0);
    }
    if junior {
        kept.push("jr");
    }
    if kept.is_empty() { name.to_lowercase() } else { kept.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seeds::Seeds;
    use std::sync::LazyLock;

    static PERSONS: LazyLock<Persons> = LazyLock::new(|| Persons::new(&Seeds::embedded()).unwrap());

    fn key(name: &str) -> String {
        canonical(&PERSONS, name, "", None)
    }

    #[test]
    fn one_person_in_many_spellings_has_one_key() {
        for (a, b) in [
            ("Shehbaz Sharif", "Mohammad Shehbaz Sharif"),
            ("Volodymyr Zelensky", "Volodymyr Zelenskiy"),
            ("Ilham Aliyev", "Ilham Aliev"),
            ("Donald J. Trump", "Donald Trump"),
            ("Obama", "Barack Obama"),
            ("Muhammad Karim Lashari", "Kareem Lashari"),
        ] {
            assert_eq!(key(a), key(b), "{a}, {b}");
        }
    }

    #[test]
    fn namesakes_stay_apart() {
        for (a, b) in [
            ("Raza Khan", "Abdul Aleem Khan"),
            ("Asad Majeed Khan", "Raza Khan"),
            ("Muhammad Ali", "Ali"),
            ("Hassan Rouhani", "Hussein Rouhani"),
            ("George W. Bush", "George H. W. Bush"),
            ("Donald Trump", "Donald Trump Jr."),
        ] {
            assert_ne!(key(a), key(b), "{a}, {b}");
        }
    }

    #[test]
    fn parts_fit_their_whole() {
        let words = |n: &str| name_words(n.split_whitespace());
        assert!(fits(&words("Ishaq Dar"), &words("Mohammad Ishaq Dar")));
        assert!(fits(&words("A. Khan"), &words("Ahmad Khan")));
        assert!(!fits(&words("Raza Khan"), &words("Imran Khan")));
        assert!(!fits(&words("Khan Raza"), &words("Raza Khan")));
        assert!(!fits(&words("George W. Bush"), &words("George H. W. Bush")));
    }
}
