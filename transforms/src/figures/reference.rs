//! Who "he" and "the minister" are: pronouns and offices alone, resolved to the nearest fitting person.

use super::reader::{Head, Reader, is_office};
use super::{FigureKind, FigureMention, FigureSet, Form, Role};
use crate::document::Document;
use crate::grammar::{Deprel, Upos, Zone};

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
            } else if matches!(doc.word(token), "the" | "The")
                && let Some((stop, role)) = office(reader, at, end)
                && let Some(figure) = bearer(reader, set, &seen, &role, at, number)
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
fn office(reader: &Reader<'_>, the: u32, end: u32) -> Option<(u32, Role)> {
    let mut at = the + 1;
    let mut head: Option<Head> = None;
    while at < end.min(the + 5) {
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
    let head = head.filter(|h| is_office(h.title.kind) && !h.title.plural)?;
    // "the minister of X" names its own office; "the Prime Minister's Delivery Unit" is no person.
    let next = reader.word(head.end);
    if matches!(next, "of" | "for" | "-") || reader.is_person(head.end) || reader.capital(head.end) {
        return None;
    }
    if matches!(next, "'s" | "’s") && reader.capital(head.end + 1) {
        return None;
    }
    let role = reader.role(the + 1..head.end, head, super::phrase::Owner::default(), false)?;
    Some((head.end, role))
}

/// Whose a definite office is: the latest who was given it before; else a leader who holds it.
fn bearer(
    reader: &Reader<'_>,
    set: &FigureSet,
    seen: &Seen,
    role: &Role,
    at: u32,
    number: u32,
) -> Option<u32> {
    let doc = reader.doc;
    let text = doc.text(role.span).to_lowercase();
    let last = text.rsplit(' ').next()?;
    let given = set.mentions.iter().rev().find(|m| {
        m.sentence <= number
            && m.first < at
            && m.role.is_some_and(|r| {
                let other = || doc.text(r.span).to_lowercase();
                r.office
                    && other().contains(last)
                    && (role.country.is_none() || r.country.is_none() || role.country == r.country)
            })
    });
    if let Some(mention) = given {
        return Some(mention.figure);
    }
    let persons = reader.context.persons;
    let candidates = || seen.named.iter().rev().map(|(f, _)| *f);
    let leads = |figure: &u32| {
        let Some(f) = set.figures.get(*figure as usize) else { return false };
        persons.leader(&f.name, doc.article.pub_date).is_some_and(|l| text.contains(&l.office))
    };
    if let Some(figure) = candidates().find(leads) {
        return Some(figure);
    }
    // An office with a body of its own ("the PTI founder") means the person spoken of last, where no other office is
    // known of them.
    role.organisation?;
    let figure = seen.latest(set, number, role.female)?;
    let other =
        set.mentions.iter().any(|m| m.figure == figure && m.role.is_some_and(|r| r.office && !r.former));
    (!other).then_some(figure)
}
