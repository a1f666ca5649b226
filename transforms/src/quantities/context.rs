//! What stands around a number: modifiers, labels, dates, the counted noun, what became of the counted people.

use super::lexicon::{Class, Lexicon, Outcome};
use super::number::Number;
use super::pieces::{Kind, Pieces};

/// Words that end a noun phrase.
const STOPS: &[&str] = &[
    "a",
    "about",
    "across",
    "after",
    "against",
    "all",
    "also",
    "although",
    "among",
    "an",
    "and",
    "are",
    "around",
    "as",
    "at",
    "be",
    "because",
    "been",
    "before",
    "between",
    "but",
    "by",
    "can",
    "could",
    "despite",
    "due",
    "during",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "her",
    "his",
    "if",
    "in",
    "including",
    "into",
    "is",
    "it",
    "its",
    "may",
    "might",
    "near",
    "not",
    "of",
    "off",
    "on",
    "onto",
    "or",
    "our",
    "out",
    "over",
    "per",
    "said",
    "says",
    "she",
    "should",
    "since",
    "so",
    "such",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "these",
    "they",
    "this",
    "those",
    "through",
    "to",
    "under",
    "until",
    "up",
    "upon",
    "was",
    "we",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "whose",
    "will",
    "with",
    "within",
    "without",
    "worth",
    "would",
    "you",
    "your",
    "vs",
    "v",
    "versus",
    "respectively",
    "each",
    "both",
    "did",
    "does",
    "do",
    "now",
    "later",
    "ago",
];

/// The stretch of a counted noun phrase.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noun {
    /// First piece.
    pub start: usize,
    /// The piece behind.
    pub end: usize,
    /// Whether it names people outright or follows as "others".
    pub strong: bool,
}

/// Looks around numbers.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The words.
    pub lexicon: &'a Lexicon,
    /// The sentence.
    pub pieces: Pieces<'a>,
}

impl Context<'_> {
    fn class(&self, at: usize) -> Class {
        self.lexicon.class(&self.pieces, at, at + 1)
    }

    fn stop(&self, at: usize) -> bool {
        let word = self.pieces.word(at);
        word.len() <= 12 && STOPS.iter().any(|s| s.eq_ignore_ascii_case(word))
    }

    fn capital(&self, at: usize) -> bool {
        self.pieces.word(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// Whether a word is in capitals throughout.
    fn shouted(&self, at: usize) -> bool {
        let word = self.pieces.word(at);
        word.len() > 1 && word.bytes().all(|b| b.is_ascii_uppercase())
    }

    /// Whether what touches a number makes it no number of its own: `M6`, `Covid-19`, `10:30`, `7th`, `12/03/24`.
    pub fn part_of_a_name(&self, at: usize, number: &Number, money: bool) -> bool {
        let pieces = &self.pieces;
        if pieces.glued(at) && !money {
            let before = at.wrapping_sub(1);
            let dashed = pieces.dash(before) && pieces.glued(before);
            if pieces.is(before, Kind::Word) || pieces.is(before, Kind::Digits) {
                return true;
            }
            if matches!(
                pieces.word(before),
                "." | ":" | "/" | "#" | "@" | "_" | "+" | "'" | "’" | "*" | "=" | "&"
            ) || dashed
            {
                return true;
            }
        }
        let end = number.end;
        if !number.digits || !pieces.glued(end) {
            return false;
        }
        match pieces.word(end) {
            // "401(k) accounts"
            "(" => {
                pieces.glued(end + 1)
                    && pieces.word(end + 1).len() == 1
                    && pieces.word(end + 2) == ")"
                    && self.lexicon.unit(pieces, end + 1).is_none()
            }
            "/" if pieces.word(end + 1) == "-" && !pieces.is(end + 2, Kind::Digits) => false,
            ":" | "/" | "_" | "@" | "=" | "*" => pieces.glued(end + 1) && pieces.all.get(end + 1).is_some(),
            "-" | "–" => pieces.is(end + 1, Kind::Digits) && pieces.dash(end + 2) && pieces.glued(end + 2),
            _ => {
                pieces.is(end, Kind::Word)
                    && self.lexicon.unit(pieces, end).is_none()
                    && self.lexicon.currency(pieces, end).is_none()
            }
        }
    }

    /// Whether a bare number is a name's, a date's, a time's or an age's.
    pub fn bare_is_name(&self, at: usize, number: &Number, noun: Option<Noun>) -> bool {
        let pieces = &self.pieces;
        let strong = noun.is_some_and(|n| n.strong && n.start == number.end);
        let before = at.checked_sub(1);
        let full_stop =
            before.filter(|b| pieces.word(*b) == "." && pieces.glued(*b)).and_then(|b| b.checked_sub(1));
        let label = full_stop.or(before).filter(|b| pieces.is(*b, Kind::Word));
        let class = label.map(|b| self.class(b)).unwrap_or_default();
        if class.has(Class::LABEL) && !number.scaled && !(strong && full_stop.is_none()) {
            return true;
        }
        let month = |i: usize| self.class(i).has(Class::MONTH) && self.capital(i);
        if number.digits && !number.scaled && number.value <= 31.0 {
            let of = usize::from(pieces.word(number.end).eq_ignore_ascii_case("of"));
            if month(number.end + of) || label.is_some_and(month) && !strong {
                return true;
            }
        }
        if self.year(at, number) {
            let after = class.has(Class::YEAR) || label.is_some_and(month);
            let comma = at.checked_sub(2).filter(|b| pieces.word(b + 1) == ",");
            if after || comma.is_some_and(|b| pieces.is(b, Kind::Digits) || month(b)) || !strong {
                return true;
            }
        }
        let joined = usize::from(pieces.dash(number.end) && pieces.glued(number.end + 1));
        if self.lexicon.longest(pieces, number.end + joined, |c| c.has(Class::NEVER).then_some(())).is_some()
        {
            return true;
        }
        // "Apollo 11 landed" has a name, "WERE KILLED AND 6 WOUNDED" none.
        let shouted = |b: usize| self.shouted(b) && self.shouted(number.end) || self.stop(b);
        let name = label.is_some_and(|b| b > 0 && self.capital(b) && full_stop.is_none() && !shouted(b));
        number.digits && !number.scaled && name && !strong && !class.has(Class::AUX)
    }

    /// Whether the word before a number makes it a name: "Section 45".
    pub fn labelled(&self, at: usize) -> bool {
        at.checked_sub(1).is_some_and(|b| self.class(b).has(Class::LABEL))
    }

    /// Whether a number looks like a year.
    pub fn year(&self, at: usize, number: &Number) -> bool {
        number.digits
            && !number.scaled
            && (1800.0..=2100.0).contains(&number.value)
            && self.pieces.word(at).len() == 4
            && number.end == at + 1
    }

    /// Whether an age follows: "34 years old", "5-year-old", "six weeks of age".
    pub fn age(&self, end: usize) -> bool {
        let at = if self.pieces.dash(end) { end + 1 } else { end };
        let word = self.pieces.word(at);
        word.eq_ignore_ascii_case("old")
            || word.eq_ignore_ascii_case("of") && self.pieces.word(at + 1).eq_ignore_ascii_case("age")
    }

    /// The counted noun from a piece on: the words up to the first plural.
    pub fn noun(&self, from: usize) -> Option<Noun> {
        let pieces = &self.pieces;
        let mut at = from;
        while at < from + 5 {
            let hyphen = pieces.dash(at) && at > from && pieces.glued(at) && pieces.glued(at + 1);
            if hyphen {
                at += 1;
                continue;
            }
            if !pieces.is(at, Kind::Word) || self.stop(at) || self.lexicon.number(pieces, at).is_some() {
                return None;
            }
            if self.plural(at) {
                let mut end = at + 1;
                while end < at + 3 && self.plural(end) && !self.stop(end) && !self.outcome_word(end) {
                    end += 1;
                }
                let strong = self.people(end - 1);
                return Some(Noun { start: from, end, strong });
            }
            if self.outcome_word(at) {
                return None;
            }
            at += 1;
        }
        None
    }

    fn outcome_word(&self, at: usize) -> bool {
        self.class(at).outcome_behind().is_some()
    }

    /// Whether a word names people.
    pub fn people(&self, at: usize) -> bool {
        self.class(at).has(Class::PEOPLE) || self.people_ending(at)
    }

    /// Whether a word looks like a plural noun.
    pub fn plural(&self, at: usize) -> bool {
        let word = self.pieces.word(at);
        if !self.pieces.is(at, Kind::Word) {
            return false;
        }
        if matches!(self.pieces.word(at + 1), "'" | "’") && self.pieces.word(at + 2) == "s" {
            return false;
        }
        // "Pakistanis", "Saudis" and "taxis" are plurals, "crisis" and "Paris" none.
        let ending = ends(word, "s")
            && word.len() > 3
            && ![
                "ss", "ous", "us", "sis", "tis", "xis", "ris", "phis", "his", "Davis", "Lewis", "tennis",
                "Tunis",
            ]
            .iter()
            .any(|e| ends(word, e));
        ending || word.eq_ignore_ascii_case("others") || self.class(at).has(Class::PEOPLE)
    }

    /// Whether a plural names people by its ending: "soldiers", "civilians", "militants", "rebels".
    fn people_ending(&self, at: usize) -> bool {
        const ENDINGS: &[&str] = &[
            "ers", "ors", "ians", "ists", "ants", "ents", "ees", "als", "ans", "ins", "others", "rebels",
            "victims", "suspects", "hostages", "members", "youths", "guards", "pilgrims", "students",
            "Israelis",
        ];
        let word = self.pieces.word(at);
        ENDINGS.iter().any(|e| ends(word, e)) && !ends(word, "ments")
    }

    /// What became of the counted people by the words behind them.
    pub fn outcome_behind(&self, end: usize) -> Option<(Outcome, usize)> {
        let pieces = &self.pieces;
        let mut at = end;
        if pieces.word(at) == "," && matches!(pieces.word(at + 1), "including" | "among" | "mostly" | "most")
        {
            at = (at + 1..at + 24).find(|i| pieces.word(*i) == ",")? + 1;
        } else if matches!(pieces.word(at), "—" | "–" | "-")
            && matches!(
                pieces.word(at + 1),
                "including" | "among" | "mostly" | "most" | "many" | "all" | "some"
            )
        {
            at = (at + 1..at + 24).find(|i| pieces.dash(*i) && !pieces.glued(i + 1))? + 1;
        } else if pieces.word(at) == "(" {
            at = (at + 1..at + 24).find(|i| pieces.word(*i) == ")")? + 1;
        } else if matches!(pieces.word(at), "in" | "from" | "at" | "near" | "on" | "aboard" | "inside" | "of")
        {
            let bound = (at + 1..at + 8).find(|i| self.class(*i).has(Class::AUX))?;
            let clean = (at..bound).all(|i| pieces.is(i, Kind::Word) || pieces.dash(i));
            at = clean.then_some(bound)?;
        }
        for _ in 0..6 {
            if let Some((outcome, after)) = self.lexicon.longest(pieces, at, Class::outcome_behind) {
                let object = self.lexicon.number(pieces, after).is_some()
                    || pieces.is(after, Kind::Digits)
                    || matches!(
                        pieces.word(after),
                        "the" | "his" | "her" | "their" | "its" | "at" | "him" | "them" | "more" | "up"
                    ) && !(pieces.word(after) == "at" && pieces.word(after + 1) != "least");
                let verb = self.class(at).outcome_before().is_some() && at == end;
                return (!(object && verb)).then_some((outcome, after));
            }
            let skip = self.class(at).has(Class::AUX)
                || pieces.is(at, Kind::Word) && pieces.word(at).ends_with("ly");
            if !skip {
                return None;
            }
            at += 1;
        }
        None
    }

    /// What became of them by the verb before the number or its modifier.
    pub fn outcome_before(&self, start: usize) -> Option<Outcome> {
        let pieces = &self.pieces;
        let mut at = start;
        for _ in 0..3 {
            let skip = at.checked_sub(1).filter(|b| {
                matches!(
                    pieces.word(*b),
                    "the" | "its" | "their" | "his" | "another" | "all" | "these" | "those" | "other"
                )
            });
            let total = at.checked_sub(3).filter(|b| pieces.word(*b) == "a" && pieces.word(b + 1) == "total");
            match skip.or(total) {
                Some(back) => at = back,
                None => break,
            }
        }
        self.lexicon.longest_before(pieces, at, Class::outcome_before).map(|(outcome, _)| outcome)
    }

    /// Whether "death toll" stands a few words before.
    pub fn death_toll(&self, start: usize) -> bool {
        let from = start.saturating_sub(9);
        (from..start)
            .any(|i| self.pieces.word(i) == "toll" && self.pieces.before(i, 1).eq_ignore_ascii_case("death"))
            && !(from..start).any(|i| self.pieces.is(i, Kind::Digits))
    }

    /// What an amount is for: the words behind it up to a mark or a clause, else the noun before "of".
    pub fn purpose(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let pieces = &self.pieces;
        let of = matches!(pieces.word(end), "in" | "for" | "of" | "on" | "to" | "worth" | "as" | "from");
        let from = end + usize::from(of);
        let from = from + usize::from(of && pieces.word(from) == "of");
        let from = from
            + usize::from(matches!(pieces.word(from), "the" | "a" | "an" | "its" | "their" | "his" | "her"));
        let mut to = from;
        while to < from + 5
            && pieces.is(to, Kind::Word)
            && !self.stop(to)
            && self.lexicon.number(pieces, to).is_none()
        {
            to += 1;
        }
        let behind = (to > from && (of || !pieces.word(from).ends_with("ly"))).then_some((from, to));
        let link = start.checked_sub(1).filter(|b| matches!(pieces.word(*b), "of" | "worth"));
        let Some(link) = link.filter(|_| !of) else { return behind };
        let mut first = link;
        while first > 0 && link - first < 3 && pieces.is(first - 1, Kind::Word) && !self.stop(first - 1) {
            first -= 1;
        }
        (first < link).then_some((first, link)).or(behind)
    }
}

/// Whether a word ends so, in small letters or capitals.
fn ends(word: &str, ending: &str) -> bool {
    let from = word.len().checked_sub(ending.len());
    from.and_then(|f| word.get(f..)).is_some_and(|tail| tail.eq_ignore_ascii_case(ending))
}
