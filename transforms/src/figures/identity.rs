//! When two names mean one person, inside an article and across articles.

use crate::knowledge::{Frequency, Leader, Persons, sound};
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
    /// The vowel it begins with, as spellings keep it: Omar is Umar, but Alan is not Ellen.
    opening: &'static str,
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
            (particle, NameWord { sound: sound(w), initial: letters == 1, opening: opening(w) })
        })
        .filter(|(_, w)| !w.sound.is_empty())
        .collect();
    let proper = all.iter().filter(|(particle, _)| !particle).count();
    all.into_iter().filter(|(particle, _)| !particle || proper == 0).map(|(_, w)| w).collect()
}

/// The kind of vowel that a word begins with.
fn opening(word: &str) -> &'static str {
    match word.chars().next().map(|c| c.to_ascii_lowercase()) {
        Some('e' | 'i') => "e",
        Some('o' | 'u') => "o",
        _ => "",
    }
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
    let mut rest = large.iter().enumerate();
    if small.is_empty() || small.iter().all(|w| w.initial) {
        return false;
    }
    // "George W. Bush" is not "George H. W. Bush".
    let initials = |words: &[NameWord]| words.iter().filter(|w| w.initial).count();
    if initials(small) > 0 && initials(large) > initials(small) {
        return false;
    }
    // The "B." of "James B. Comey" stands for no family name: "James Baker" is another.
    let last = small.len() - 1;
    // And the "B." of "Lyndon B. Johnson" is no Boris: an initial stands for the name in its own place.
    let stands =
        |i: usize, s: &NameWord, j: usize, l: &NameWord| s.initial || !l.initial || i == j && i < last;
    small.iter().enumerate().all(|(i, s)| rest.any(|(j, l)| same(s, l) && stands(i, s, j, l)))
}

/// The leader of the dictionary whom a name means: by the whole name, or by a family name with an office or alone.
pub(super) fn leader<'p>(
    persons: &'p Persons,
    name: &str,
    role: &str,
    day: Option<Date>,
) -> Option<&'p Leader> {
    persons.leader(name, day).or_else(|| {
        let single = !name.contains(char::is_whitespace);
        let held = || (!role.is_empty()).then(|| persons.leader_by_family(name, role, day)).flatten();
        single.then(|| held().or_else(|| persons.sole_leader(name, day))).flatten()
    })
}

/// What a figure is known by, and how far that reaches.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Key {
    /// The same in every article.
    World(String),
    /// The same in every article that tells the same country and walk of life: "Joe Darby" is the name of dozens.
    Frequent(String),
    /// The same, but an article that tells no walk of life could mean anybody: "John Smith".
    Told(String),
    /// Good for one article: a bare given or family name, or one with nothing but initials.
    Article(String),
}

/// What a figure is known by: a leader by the usual name, others by the sounds of the name's words without initials
/// and without a first name that is often left out.
pub(super) fn key(persons: &Persons, name: &str, leader: Option<&Leader>) -> Key {
    if let Some(leader) = leader {
        // The dictionary's spelling with its initials: they tell leaders of one name apart.
        return Key::World(leader.name.split_whitespace().map(sound).collect::<Vec<_>>().join(" "));
    }
    let junior = name.split_whitespace().any(is_junior);
    let words = name_words(name.split_whitespace());
    let full = words.iter().filter(|w| !w.initial).count();
    let nameless = words.first().is_some_and(|w| LEFT_OUT.contains(&w.sound.as_str()));
    let mut kept: Vec<String> = words
        .iter()
        .filter(|w| !w.initial || full < 2)
        .map(|w| format!("{}{}", w.opening, w.sound))
        .collect();
    if kept.len() >= 3 && nameless {
        kept.remove(0);
    }
    if junior {
        kept.push("jr".to_owned());
    }
    let key = if kept.is_empty() { name.to_lowercase() } else { kept.join(" ") };
    let mut spelt = name.split_whitespace().filter(|w| !is_junior(w));
    let (first, last) = (spelt.next().unwrap_or(""), spelt.next_back().unwrap_or(""));
    match full {
        0 | 1 => Key::Article(key),
        // "Mohammed Omar": a given name with the one that is left out.
        2 if nameless && persons.is_given(last) => Key::Told(key),
        2 => match persons.frequency(first, last) {
            Frequency::Rare => Key::World(key),
            Frequency::Frequent => Key::Frequent(key),
            Frequency::Very => Key::Told(key),
        },
        _ => Key::World(key),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use seeds::Seeds;
    use std::sync::LazyLock;

    static PERSONS: LazyLock<Persons> = LazyLock::new(|| Persons::new(&Seeds::embedded()).unwrap());

    fn key(name: &str) -> Key {
        super::key(&PERSONS, name, leader(&PERSONS, name, "", None))
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
            ("Usman Lashari", "Osman Lashari"),
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
            ("Alan Hays", "Ellen Haas"),
        ] {
            assert_ne!(key(a), key(b), "{a}, {b}");
        }
    }

    #[test]
    fn a_bare_name_joins_no_articles() {
        for name in ["Wasim", "Smith", "J. Smith"] {
            assert!(matches!(key(name), Key::Article(_)), "{name}");
        }
        for name in ["John Smith", "Robert E. Allen", "Imran Khan Jr.", "Mohammed Omar"] {
            assert!(matches!(key(name), Key::Told(_)), "{name}");
        }
        for name in ["Joe Darby", "Lisa Gilbert"] {
            assert!(matches!(key(name), Key::Frequent(_)), "{name}");
        }
        for name in ["Wasim Lashari", "Obama", "Jim Lowenthal Jr."] {
            assert!(matches!(key(name), Key::World(_)), "{name}");
        }
    }

    #[test]
    fn parts_fit_their_whole() {
        let words = |n: &str| name_words(n.split_whitespace());
        assert!(fits(&words("Ishaq Dar"), &words("Mohammad Ishaq Dar")));
        assert!(fits(&words("A. Khan"), &words("Ahmad Khan")));
        assert!(!fits(&words("Raza Khan"), &words("Imran Khan")));
        assert!(!fits(&words("Khan Raza"), &words("Raza Khan")));
        assert!(!fits(&words("Boris Johnson"), &words("Lyndon B. Johnson")));
        assert!(!fits(&words("James Baker"), &words("James B. Comey")));
        assert!(!fits(&words("George W. Bush"), &words("George H. W. Bush")));
    }
}
