//! Classes of the words around numbers, and what becomes of counted people.

/// Classes of words around numbers; several may hold at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Class(u32);

impl Class {
    /// The classes that words of `words.tsv` may have, in the order of their bits.
    pub const NAMES: [&'static str; 31] = [
        "about",
        "at_least",
        "more_than",
        "up_to",
        "nearly",
        "after_about",
        "after_at_least",
        "after_up_to",
        "label",
        "month",
        "year",
        "never",
        "people",
        "aux",
        "killed",
        "injured",
        "arrested",
        "displaced",
        "missing",
        "kill",
        "injure",
        "arrest",
        "displace",
        "again",
        "change",
        "empty",
        "measure",
        "no_count",
        "move",
        "of_people",
        "dies",
    ];

    /// The class that `words.tsv` calls so.
    pub fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().position(|n| *n == name).map(|at| Self::bit(at as u32))
    }

    /// Takes part in another class too.
    pub fn add(&mut self, other: Self) {
        self.0 |= other.0;
    }

    const fn bit(at: u32) -> Self {
        Self(1 << at)
    }

    /// A number behind it is a name.
    pub const LABEL: Self = Self::bit(8);
    /// A month.
    pub const MONTH: Self = Self::bit(9);
    /// A bare year follows.
    pub const YEAR: Self = Self::bit(10);
    /// No quantity where it follows.
    pub const NEVER: Self = Self::bit(11);
    /// Counted without a plural s.
    pub const PEOPLE: Self = Self::bit(12);
    /// Between a counted noun and what became of it.
    pub const AUX: Self = Self::bit(13);
    /// Says no more of what is counted than that there was something before: "more", "additional".
    pub const AGAIN: Self = Self::bit(23);
    /// A noun for a change: "rise", "cut".
    pub const CHANGE: Self = Self::bit(24);
    /// A noun before "of" that names nothing: "an average of", "a total of".
    pub const EMPTY: Self = Self::bit(25);
    /// A verb whose subject is measured by the amount: "cost", "rise to".
    pub const MEASURE: Self = Self::bit(26);
    /// A verb whose subject changes by the amount: "rise", "lose".
    pub const MOVE: Self = Self::bit(28);
    /// A verb that has its meaning with people only: "eliminated".
    pub const OF_PEOPLE: Self = Self::bit(29);
    /// A verb, by its lemma, that tells what becomes of its subject: "die".
    pub const DIES: Self = Self::bit(30);
    /// Not counted where it is joined to a number: "seven-figure", "two-way".
    pub const NO_COUNT: Self = Self::bit(27);

    /// Whether the two share a class.
    pub fn has(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// The modifier that a word before a number makes.
    pub fn modifier(self) -> Option<&'static str> {
        ["about", "at_least", "more_than", "up_to", "nearly"]
            .into_iter()
            .enumerate()
            .find(|(bit, _)| self.0 & (1 << bit) != 0)
            .map(|(_, name)| name)
    }

    /// The modifier that a word behind a number makes.
    pub fn modifier_behind(self) -> Option<&'static str> {
        ["about", "at_least", "up_to"]
            .into_iter()
            .enumerate()
            .find(|(bit, _)| self.0 & (1 << (bit + 5)) != 0)
            .map(|(_, name)| name)
    }

    /// What became of the counted people, by a word behind the number.
    pub fn outcome_behind(self) -> Option<Outcome> {
        Outcome::ALL.into_iter().enumerate().find(|(bit, _)| self.0 & (1 << (bit + 14)) != 0).map(|(_, o)| o)
    }

    /// What became of the counted people, by a verb before the number.
    pub fn outcome_before(self) -> Option<Outcome> {
        Outcome::ALL
            .into_iter()
            .enumerate()
            .take(4)
            .find(|(bit, _)| self.0 & (1 << (bit + 19)) != 0)
            .map(|(_, o)| o)
    }
}

/// What became of counted people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Died.
    Killed,
    /// Were hurt.
    Injured,
    /// Were taken by police or soldiers.
    Arrested,
    /// Had to leave.
    Displaced,
    /// Are not found.
    Missing,
}

impl Outcome {
    /// All, in the order of the bits of [`Class`].
    const ALL: [Self; 5] = [Self::Killed, Self::Injured, Self::Arrested, Self::Displaced, Self::Missing];
}
