//! The people of an article: names that mean the same man or woman are one figure, with the offices and the country
//! that the text gives them.

use super::identity::{Key, NameWord, fits, is_junior, key, leader, name_words};
use super::reader::{PersonName, Reader, is_office};
use super::{Figure, FigureKind, FigureMention, FigureSet, Form, Here, Role, persons};
use crate::code::{Code, Id};
use crate::document::Document;
use crate::knowledge::CountryWord;
use crate::span::Span;
use rustc_hash::FxHashMap;

/// People kept apart in one article at most; further new names start no figure.
const PEOPLE_MAX: usize = 2_000;
/// Bearers of one word of a name that are compared at most.
const BEARERS_MAX: usize = 64;

/// A person while the article is read.
#[derive(Default)]
struct Person<'a> {
    words: Vec<NameWord>,
    name: &'a str,
    /// How strongly the text says that the person belongs to a country.
    votes: Vec<(Code, u32)>,
    sector: Option<Code>,
    international: bool,
    /// The person whose office theirs is, or who stands before them in a list.
    beside: Option<usize>,
    /// All offices, for the dictionary.
    offices: String,
    female: Option<bool>,
    /// Whether the name ends in "Jr." or the like.
    junior: bool,
}

/// How sure a country is: named with the office, named before the name.
const VOTE_OFFICE: u32 = 3;
const VOTE_PLACE: u32 = 2;

/// Groups the person names of an article into figures.
pub(super) fn group(reader: &mut Reader<'_>, here: Here<'_>, out: &mut FigureSet) {
    let names = persons::find(reader);
    let doc = reader.doc;
    let mut people: Vec<Person<'_>> = Vec::new();
    // For each word of a name the people who bear it, the latest last.
    let mut bearers: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut list = List::default();
    let mut owners: Vec<(usize, u32)> = Vec::new();
    let mut previous: Option<&PersonName> = None;
    for (index, name) in names.iter().enumerate() {
        let Some(sentence) = doc.sentence(name.sentence) else { continue };
        let Some(span) = reader.span(name.first..name.end) else { continue };
        let words = name_words(reader.words(name.first..name.end));
        if words.is_empty() {
            continue;
        }
        let limit = sentence.tokens.end;
        let floor = previous.filter(|p| p.sentence == name.sentence).map_or(sentence.tokens.start, |p| p.end);
        let before = reader.before(floor, name.first);
        let mut roles = before.roles;
        let joined =
            previous.is_some_and(|p| p.sentence == name.sentence && separated(reader, p.end, before.start));
        if !joined {
            list.clear();
        }
        if roles.is_empty() && joined && list.end == Some(floor) {
            roles.extend(list.role);
        }
        let (after, after_owner) = reader.after(name.end, limit);
        let nearest = roles.iter().any(|r| r.office);
        if nearest {
            roles.extend(after)
        } else {
            roles.splice(0..0, after).for_each(drop)
        }
        let junior = reader.words(name.first..name.end).any(is_junior);
        let whole = || reader.words(name.first..name.end).collect::<Vec<_>>().join(" ");
        let known = find(&people, &bearers, &words, junior, |bare| other_leader(reader, bare, &whole()));
        let at = match known {
            Some(at) => at,
            None if people.len() >= PEOPLE_MAX => continue,
            None => {
                people.push(Person {
                    words: words.clone(),
                    name: doc.text(span),
                    junior,
                    ..Person::default()
                });
                out.figures.push(Figure {
                    id: Id { kind: b'f', hash: 0 },
                    kind: FigureKind::Person,
                    name: String::new(),
                    known_as: None,
                    country: None,
                    sector: None,
                    female: None,
                    first_sentence: name.sentence,
                });
                people.len() - 1
            }
        };
        list.push(at, name.end, &roles);
        // "A, B and C advocates": the word after the last name holds for all.
        let many = reader.head(name.end, limit).filter(|h| h.title.plural && is_office(h.title.kind));
        if let Some(head) = many
            && let Some(role) =
                reader.role(head.start..head.end, head, super::phrase::Owner::default(), false)
        {
            roles.push(role);
            for member in list.members.iter().filter(|m| **m != at) {
                out.roles.push((*member as u32, role));
                if let Some(person) = people.get_mut(*member) {
                    person.take(reader, &role);
                }
            }
        }
        let Some(person) = people.get_mut(at) else { continue };
        if words.len() > person.words.len() {
            person.words = words.clone();
            person.name = doc.text(span);
        }
        roles.iter().for_each(|r| person.take(reader, r));
        if let Some(country) = nationality(reader, floor, name, before.start) {
            person.vote(country, VOTE_PLACE);
        }
        if let Some(country) = told_after(reader, name.end, limit) {
            person.vote(country, VOTE_PLACE);
        }
        if let Some(country) = constituency(reader, name.end) {
            person.vote(country, VOTE_OFFICE);
        }
        if let Some(owner) = before.owner.or(after_owner) {
            owners.push((at, owner));
        }
        if joined && person.beside.is_none() {
            person.beside = index.checked_sub(1).and_then(|_| list.before(at));
        }
        for word in &words {
            let bearers = bearers.entry(word.sound.clone()).or_default();
            if bearers.last() != Some(&at) {
                bearers.push(at);
            }
        }
        let mut rest = roles.iter().skip(1);
        out.roles.extend(rest.by_ref().map(|r| (at as u32, *r)));
        out.mentions.push(FigureMention {
            figure: at as u32,
            span,
            first: name.first,
            end: name.end,
            sentence: name.sentence,
            form: Form::Short,
            role: roles.first().copied(),
            confidence: name.confidence * if known.is_some() && words.len() == 1 { 0.9 } else { 1.0 },
        });
        previous = Some(name);
    }
    // Those who serve an embassy are of the country that its ambassador acts for.
    let posted = out
        .mentions
        .iter()
        .find(|m| m.role.is_some_and(|r| r.posted && r.country.is_some()))
        .map(|m| m.figure as usize);
    for person in &mut people {
        if person.votes.is_empty() && person.offices.to_lowercase().contains("embassy") {
            person.beside = posted.or(person.beside);
        }
    }
    for (at, token) in owners {
        let owner = out.mentions.partition_point(|m| m.end <= token);
        let owner = out.mentions.get(owner).filter(|m| m.first <= token).map(|m| m.figure as usize);
        if let Some(person) = people.get_mut(at)
            && owner != Some(at)
        {
            person.beside = owner.or(person.beside);
        }
    }
    finish(reader, people, here, out);
}

/// People who stand in one list: "inspectors A, B and C".
#[derive(Default)]
struct List {
    members: Vec<usize>,
    role: Option<Role>,
    end: Option<u32>,
}

impl List {
    fn clear(&mut self) {
        self.members.clear();
        self.role = None;
        self.end = None;
    }

    fn push(&mut self, at: usize, end: u32, roles: &[Role]) {
        self.members.push(at);
        self.end = Some(end);
        match roles.first() {
            Some(role) if role.plural => self.role = Some(*role),
            Some(role) if role.office => self.role = None,
            _ => {}
        }
    }

    /// The member before the last.
    fn before(&self, at: usize) -> Option<usize> {
        self.members.iter().rev().copied().find(|m| *m != at)
    }
}

/// Whether only marks of a list stand between two tokens.
fn separated(reader: &Reader<'_>, from: u32, to: u32) -> bool {
    from < to
        && to - from <= 4
        && (from..to).all(|i| matches!(reader.word(i), "," | "and" | "&" | ";" | "the"))
}

impl Person<'_> {
    fn take(&mut self, reader: &Reader<'_>, role: &Role) {
        self.female = self.female.or(role.female);
        if !role.office {
            return;
        }
        if let Some(country) = role.country {
            self.vote(country, VOTE_OFFICE);
        }
        self.international |= role.international;
        self.sector = self.sector.or(role.sector);
        if self.offices.len() < 400 {
            self.offices.push_str(reader.doc.text(role.span));
            self.offices.push(' ');
            // "Sen." in full, as the dictionary has offices.
            self.offices.push_str(reader.spelt_out(role.span));
            self.offices.push(' ');
        }
    }

    fn vote(&mut self, country: Code, weight: u32) {
        match self.votes.iter_mut().find(|(c, _)| *c == country) {
            Some((_, n)) => *n += weight,
            None => self.votes.push((country, weight)),
        }
    }

    fn country(&self) -> Option<Code> {
        self.votes.iter().max_by_key(|(code, n)| (*n, std::cmp::Reverse(*code))).map(|(code, _)| *code)
    }
}

/// "Russia's Vladimir Putin", "the Palestinian Mahmoud Abbas": the country right before a name without a title.
fn nationality(reader: &Reader<'_>, floor: u32, name: &PersonName, start: u32) -> Option<Code> {
    (start == name.first).then(|| reader.owner(floor, name.first).country).flatten()
}

/// "NAME, a Thai national", "NAME (France)": the country told right behind a name.
fn told_after(reader: &Reader<'_>, end: u32, limit: u32) -> Option<Code> {
    let article = matches!(reader.word(end + 1), "a" | "an");
    match reader.word(end) {
        "," if article => {
            let found = reader.country_at(end + 2, limit);
            found.filter(|(_, _, word)| *word == CountryWord::Demonym).map(|(_, country, _)| country)
        }
        "(" => {
            let found = reader.country_at(end + 1, limit);
            found.filter(|(next, ..)| reader.word(*next) == ")").map(|(_, country, _)| country)
        }
        _ => None,
    }
}

/// "NAME, R-Iowa", "NAME (D-Ohio)": the country of the place that a member of a party sits for.
fn constituency(reader: &Reader<'_>, end: u32) -> Option<Code> {
    let party = reader.word(end + 1);
    let tagged = matches!(reader.word(end), "," | "(")
        && party.len() == 1
        && party.chars().all(char::is_uppercase)
        && matches!(reader.word(end + 2), "-" | "–");
    tagged.then(|| reader.place_country(end + 3)).flatten()
}

/// The person a name means: one whose words hold all of it, or are all held by it; the latest where several do.
fn find(
    people: &[Person<'_>],
    bearers: &FxHashMap<String, Vec<usize>>,
    words: &[NameWord],
    junior: bool,
    other: impl Fn(&str) -> bool,
) -> Option<usize> {
    if let [word] = words {
        let candidates = bearers.get(&word.sound)?;
        let recent = || candidates.iter().rev().take(BEARERS_MAX).copied();
        let place = |at: usize, last: bool| {
            let words = &people.get(at)?.words;
            if last { words.last() } else { words.first() }
        };
        // A family name before a given name, a given name before a middle one.
        return recent()
            .find(|at| {
                people.get(*at).is_some_and(|p| !p.junior)
                    && place(*at, true).is_some_and(|w| w.sound == word.sound)
            })
            .or_else(|| recent().find(|at| place(*at, false).is_some_and(|w| w.sound == word.sound)))
            .or_else(|| recent().next());
    }
    let mut best = None;
    for word in words.iter().rev() {
        let Some(candidates) = bearers.get(&word.sound) else { continue };
        let found = candidates.iter().rev().take(BEARERS_MAX).copied().find(|at| {
            let Some(person) = people.get(*at) else { return false };
            if person.junior != junior {
                return false;
            }
            match person.words.as_slice() {
                [single] => {
                    [words.first(), words.last()].into_iter().flatten().any(|w| w.sound == single.sound)
                        && !other(person.name)
                }
                long => fits(words, long),
            }
        });
        best = best.or(found);
        if best.is_some() {
            break;
        }
    }
    best
}

/// Whether a bare family name means a leader who is not the bearer of a whole name: "Trump" is not Melania Trump.
fn other_leader(reader: &Reader<'_>, bare: &str, whole: &str) -> bool {
    let persons = reader.context.persons;
    let day = reader.doc.article.pub_date;
    let sole = persons.sole_leader(bare, day);
    sole.is_some_and(|sole| persons.leader(whole, day).is_none_or(|l| l.name != sole.name))
}

fn finish(reader: &Reader<'_>, people: Vec<Person<'_>>, here: Here<'_>, out: &mut FigureSet) {
    let day = reader.doc.article.pub_date;
    let persons = reader.context.persons;
    let mut countries: Vec<Option<Code>> = Vec::with_capacity(people.len());
    let mut worldly: Vec<bool> = Vec::with_capacity(people.len());
    let mut keys: Vec<Key> = Vec::with_capacity(people.len());
    for (figure, person) in out.figures.iter_mut().zip(&people) {
        figure.name = tidy(person.name);
        let leader = leader(persons, &figure.name, &person.offices, day);
        keys.push(key(persons, &figure.name, leader));
        figure.known_as = leader.map(|l| l.name.clone());
        figure.female = person.female;
        figure.sector = person.sector.or(leader.and_then(|l| l.sector));
        let known = leader.filter(|_| person.words.len() > 1 || person.votes.is_empty());
        countries.push(known.map_or_else(|| person.country(), |l| l.country));
        worldly.push(
            person.international && person.votes.is_empty() || known.is_some_and(|l| l.country.is_none()),
        );
    }
    for (at, figure) in out.figures.iter_mut().enumerate().take(people.len()) {
        let own = countries.get(at).copied().flatten();
        if worldly.get(at).copied().unwrap_or(false) && own.is_none() {
            continue;
        }
        // Those beside somebody in a list or in his service act for his country, over a few steps.
        let mut country = own;
        let mut next = people.get(at).and_then(|p| p.beside);
        for _ in 0..8 {
            let Some(beside) = next.filter(|_| country.is_none()) else { break };
            country = countries.get(beside).copied().flatten();
            next = people.get(beside).and_then(|p| p.beside);
        }
        // The first of a list is told nothing of that those after him are.
        let behind = || {
            let follows = |(i, p): &(usize, &Person<'_>)| *i != at && p.beside == Some(at);
            people.iter().enumerate().find(follows).and_then(|(i, _)| countries.get(i).copied().flatten())
        };
        figure.country = country.or_else(behind).or(here.home);
    }
    let walk = |figure: &Figure| walk_of_life(figure.sector.as_ref().map_or("", Code::as_str));
    for (figure, key) in out.figures.iter_mut().zip(&keys) {
        figure.id = match key {
            Key::World(key) => Id::of(b'f', &[b"person", key.as_bytes()]),
            Key::Told(key) if walk(figure).is_empty() => {
                Id::of(b'f', &[b"person", key.as_bytes(), &here.article.hash.to_le_bytes()])
            }
            Key::Frequent(key) | Key::Told(key) => {
                let country = figure.country.as_ref().map_or("", Code::as_str);
                let walk = walk(figure);
                Id::of(b'f', &[b"person", key.as_bytes(), country.as_bytes(), walk.as_bytes()])
            }
            // A bare "Khan" may be anybody: beyond this article it means nobody else's Khan.
            Key::Article(key) => Id::of(b'f', &[b"person", key.as_bytes(), &here.article.hash.to_le_bytes()]),
        };
    }
    for mention in &mut out.mentions {
        if let Some(person) = people.get(mention.figure as usize) {
            let n = reader.doc.text(mention.span).split_whitespace().count();
            mention.form = if n >= person.name.split_whitespace().count() { Form::Full } else { Form::Short };
        }
    }
}

/// What the bearers of an office of a PLOVER role do: serve a state, trade, write and teach, or something else.
fn walk_of_life(sector: &str) -> &'static str {
    match sector {
        "GOV" | "LEG" | "JUD" | "COP" | "MIL" | "SPY" | "PTY" | "OPP" | "IGO" => "state",
        "BUS" => "trade",
        "MED" | "EDU" => "letters",
        _ => "",
    }
}

/// A name on one line.
pub(super) fn tidy(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text of a span on one line.
pub(super) fn line(doc: Document<'_>, span: Span) -> String {
    tidy(doc.text(span))
}
