//! Who "he" and "the minister" are: pronouns and offices alone, resolved to the nearest fitting person.

use super::reader::{Head, Reader, is_office};
use super::{FigureKind, FigureMention, FigureSet, Form, Role};
use crate::document::Document;
use crate::grammar::{Deprel, Upos, Zone};

/// What an office next to another is called by.
const SECOND: &[&str] = &["vice", "deputy", "assistant", "under", "prime", "chief"];
/// How many sentences back a pronoun may reach.
const REACH_SENTENCES: u32 = 3;

/// Who was named last.
#[derive(Default)]
struct Seen {
    /// As a subject: of unknown sex or either.
    subject: Vec<(u32, u32)>,
    /// In any place.
    named: Vec<(u32, u32)>,
}

impl Seen {
    fn note(list: &mut Vec<(u32, u32)>, figure: u32, sentence: u32) {
        list.retain(|(f, _)| *f != figure);
        list.push((figure, sentence));
        if list.len() > 8 {
            list.remove(0);
        }
    }

    /// The latest person near enough whose sex doesn't contradict.
    fn latest(&self, set: &FigureSet, sentence: u32, female: Option<bool>) -> Option<u32> {
        let fits = |figure: u32| {
            let own = set.figures.get(figure as usize).and_then(|f| f.female);
            own.is_none() || female.is_none() || own == female
        };
        let of = |list: &[(u32, u32)]| {
            list.iter().rev().find(|(f, s)| sentence - s <= REACH_SENTENCES && fits(*f)).map(|(f, _)| *f)
        };
        of(&self.subject).or_else(|| of(&self.named))
    }
}

/// Adds mentions for pronouns in the third person singular and for definite offices.
pub(super) fn resolve(reader: &Reader<'_>, set: &mut FigureSet) {
    let doc = reader.doc;
    let mut added = Vec::new();
    let mut seen = Seen::default();
    for (number, sentence) in doc.parsed.sentences.iter().enumerate() {
        let number = number as u32;
        if sentence.zone == Zone::Boilerplate {
            continue;
        }
        let end = sentence.tokens.end;
        let mut at = sentence.tokens.start;
        while at < end {
            let Some(token) = doc.token(at) else { break };
            if let Some(mention) = set.mention_at(at)
                && let Some(figure) = set.figure(mention)
                && (figure.kind == FigureKind::Person || definite(reader, sentence.zone, at).is_none())
            {
                if figure.kind == FigureKind::Person {
                    Seen::note(&mut seen.named, mention.figure, number);
                    if is_subject(doc, mention.first, mention.end) {
                        Seen::note(&mut seen.subject, mention.figure, number);
                    }
                }
                at = mention.end.max(at + 1);
                continue;
            }
            let female = match doc.word(token) {
                "she" | "She" | "her" | "Her" => Some(Some(true)),
                "he" | "He" | "his" | "His" | "him" => Some(Some(false)),
                _ => None,
            };
            if let Some(female) = female
                && token.upos == Upos::Pron
            {
                if let Some(figure) = seen.latest(set, number, female) {
                    added.push(mention(figure, token.span, at, at + 1, number, Form::Pronoun, 0.6));
                    if let Some(figure) = set.figures.get_mut(figure as usize) {
                        figure.female = figure.female.or(female);
                    }
                    if token.deprel == Deprel::Nsubj {
                        Seen::note(&mut seen.subject, figure, number);
                    }
                }
            } else if let Some(from) = definite(reader, sentence.zone, at)
                && let Some((stop, role, core)) = office(reader, from, end)
                && let Some(figure) = bearer(reader, set, &seen, (&role, &core), at, number)
                && let Some(last) = doc.token(stop - 1)
            {
                let span = token.span.cover(last.span);
                let mut found = mention(figure, span, at, stop, number, Form::TitleOnly, 0.6);
                found.role = Some(role);
                added.push(found);
                if is_subject(doc, at, stop) {
                    Seen::note(&mut seen.subject, figure, number);
                }
                at = stop;
                continue;
            }
            at += 1;
        }
    }
    set.mentions.extend(added);
}

fn mention(
    figure: u32,
    span: crate::span::Span,
    first: u32,
    end: u32,
    sentence: u32,
    form: Form,
    confidence: f32,
) -> FigureMention {
    FigureMention { figure, span, first, end, sentence, form, role: None, confidence }
}

fn is_subject(doc: Document<'_>, first: u32, end: u32) -> bool {
    doc.tokens(&(first..end)).iter().any(|t| matches!(t.deprel, Deprel::Nsubj | Deprel::NsubjPass))
}

/// A definite office without a name: "the foreign secretary", "the PTI founder".
fn office(reader: &Reader<'_>, from: u32, end: u32) -> Option<(u32, Role, String)> {
    let mut at = from;
    let mut head: Option<Head> = None;
    while at < end.min(from + 4) {
        if let Some(found) = reader.head(at, end) {
            head = Some(found);
            break;
        }
        // A party, a country or a noun may stand before it.
        if !reader.nominal(at) || reader.is_person(at) {
            return None;
        }
        at += 1;
    }
    // "the major parties": an adjective is no rank.
    let adjective = |h: &Head| h.end == h.start + 1 && reader.upos(h.start) == Upos::Adj;
    let head = head.filter(|h| is_office(h.title.kind) && !h.title.plural && !adjective(h))?;
    // "the minister of X" names its own office; "the Prime Minister's Delivery Unit" is no person.
    // Right after a name it is that name's own.
    let apposed = from >= 3 && reader.word(from - 2) == "," && reader.is_person(from - 3);
    let next = reader.word(head.end);
    if apposed
        || matches!(next, "of" | "for" | "to" | "-")
        || reader.is_person(head.end)
        || reader.capital(head.end)
    {
        return None;
    }
    if matches!(next, "'s" | "’s") && reader.capital(head.end + 1) {
        return None;
    }
    let former = (from..head.start).any(|i| super::phrase::is_former(reader.word(i)));
    let role = reader.role(from..head.end, head, super::phrase::Owner::default(), former)?;
    let long = reader.context.titles.expansion(head.title);
    let core = if long.is_empty() {
        reader.words(head.start..head.end).collect::<Vec<_>>().join(" ").to_lowercase()
    } else {
        long.to_owned()
    };
    Some((head.end, role, core))
}

/// Where a definite office would begin: after "the", or at letters that stand for one ("PM", "IGP").
fn definite(reader: &Reader<'_>, zone: Zone, at: u32) -> Option<u32> {
    let word = reader.word(at);
    if matches!(word, "the" | "The") {
        return Some(at + 1);
    }
    let letters = word.len() >= 2 && word.chars().all(char::is_uppercase);
    let abbreviation = |i: u32| {
        reader
            .head(i, u32::MAX)
            .is_some_and(|h| is_office(h.title.kind) && !reader.context.titles.expansion(h.title).is_empty())
    };
    // Headlines leave the article out: "AJK PM announces aid".
    let headline = zone == Zone::Title && letters && abbreviation(at + 1);
    (letters && abbreviation(at) || headline).then_some(at)
}

/// Whose a definite office is: the latest who was given it before; in a headline the first who is given it after;
/// else a leader who holds it.
fn bearer(
    reader: &Reader<'_>,
    set: &FigureSet,
    seen: &Seen,
    (role, core): (&Role, &str),
    at: u32,
    number: u32,
) -> Option<u32> {
    let doc = reader.doc;
    let fits = |r: &Role| {
        let agree = role.country.is_none() || r.country.is_none() || role.country == r.country;
        r.office && agree && holds(doc.text(r.span), core)
    };
    // Whoever has several offices is meant by any of them.
    let given = |m: &&FigureMention| {
        m.role.as_ref().is_some_and(fits)
            || m.role.is_some() && set.roles.iter().any(|(figure, r)| *figure == m.figure && fits(r))
    };
    let earlier = set.mentions.iter().rev().filter(|m| m.sentence <= number && m.first < at).find(given);
    let early = number < 3;
    let later = || set.mentions.iter().filter(|m| early && m.first > at).find(given);
    if let Some(mention) = earlier.or_else(later) {
        return Some(mention.figure);
    }
    let persons = reader.context.persons;
    let text = doc.text(role.span).to_lowercase();
    let leads = |figure: &u32| set.figures.get(*figure as usize).is_some_and(|f| persons.held(&f.name, core));
    if let Some(figure) = seen.named.iter().rev().map(|(f, _)| *f).find(leads) {
        return Some(figure);
    }
    // An office with a body of its own ("the PTI founder") means the person the article speaks of most, where no other
    // office is known of them.
    if role.organisation.is_none() || text == core {
        return None;
    }
    let mut counts: Vec<(u32, u32)> = Vec::new();
    for m in set.mentions.iter().filter(|m| m.first < at) {
        let known = counts.iter().position(|(f, _)| *f == m.figure);
        if let Some(count) = known.and_then(|i| counts.get_mut(i)) {
            count.1 += 1;
        } else if counts.len() < 64 {
            counts.push((m.figure, 1));
        }
    }
    let person = |f: u32| set.figures.get(f as usize).is_some_and(|f| f.kind == FigureKind::Person);
    let (figure, n) =
        counts.into_iter().filter(|(f, _)| person(*f)).max_by_key(|(f, n)| (*n, std::cmp::Reverse(*f)))?;
    let other =
        set.mentions.iter().any(|m| m.figure == figure && m.role.is_some_and(|r| r.office && !r.former));
    (n >= 2 && !other).then_some(figure)
}

/// Whether an office as printed is the one of a shorter name: "Defence Minister" is "the minister", but "Chief Minister"
/// is not "the prime minister".
fn holds(printed: &str, core: &str) -> bool {
    let printed = printed.to_lowercase();
    let mut rest = printed.as_str();
    while let Some(found) = rest.find(core) {
        let after = rest.get(found + core.len()..).unwrap_or("");
        let starts = found == 0 || rest.get(..found).is_some_and(|b| !b.ends_with(char::is_alphanumeric));
        // "Vice President" is not "the president".
        let before =
            printed.get(..printed.len() - rest.len() + found).unwrap_or("").trim_end_matches([' ', '-']);
        let lesser = SECOND.iter().any(|s| before.ends_with(s));
        if starts && !lesser && !after.starts_with(char::is_alphanumeric) {
            return true;
        }
        rest = after;
    }
    false
}
