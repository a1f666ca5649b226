//! Titles after a name: "NAME, the Foreign Secretary of Pakistan,", "NAME (president)", "NAME, who is a lawyer",
//! "NAME became prime minister", "NAME attended as patron".

use super::Role;
use super::phrase::clitic;
use super::phrase::is_former;
use super::reader::{Head, Reader, is_office};
use crate::grammar::{Deprel, EntityLabel, Upos, Xpos};
use crate::knowledge::TitleKind;

/// Words looked through for the head of a title.
const HEAD_WITHIN: u32 = 10;

/// A title phrase that was read forwards.
struct Chunk {
    role: Role,
    end: u32,
    head: Head,
}

impl Reader<'_> {
    /// The titles that follow a name which ends at `end`, and the person whose office it is.
    pub fn after(&self, end: u32, limit: u32) -> (Vec<Role>, Option<u32>) {
        let mut roles = Vec::new();
        let mut owner = None;
        let mut at = end;
        let word = self.word(at);
        let mut bracket = false;
        match word {
            "," | "—" | "–" | "--" => at += 1,
            "(" => {
                bracket = true;
                at += 1;
            }
            _ => {
                if let Some(role) = self.suffixed(at, limit) {
                    roles.push(role);
                } else if let Some((role, who)) = self.stated(at, limit) {
                    roles.push(role);
                    owner = who;
                }
                return (roles, owner);
            }
        }
        // "NAME, 38, a teacher".
        if self.word(at).bytes().all(|b| b.is_ascii_digit()) && self.word(at + 1) == "," {
            at += 2;
        }
        if matches!(self.word(at), "who" | "himself" | "herself" | "also") {
            at += 1;
            if matches!(self.word(at), "is" | "was" | "has" | "had") {
                at += 1;
                at += u32::from(matches!(self.word(at), "also" | "been"));
            } else if self.word(at - 1) == "who" {
                // "who served as director"
                let served = matches!(self.word(at), "served" | "serves" | "worked" | "works" | "acted");
                if !(served && self.word(at + 1) == "as") {
                    return (roles, owner);
                }
                at += 2;
            }
        }
        let mut begun: Option<Role> = None;
        for turn in 0..4 {
            let own = matches!(self.word(at), "a" | "an" | "the" | "one") || is_former(self.word(at));
            let Some((chunk, who)) = self.chunk(at, limit) else { break };
            let related = chunk.head.title.kind == TitleKind::Relation;
            if chunk.head.title.plural || !related && self.addressed(chunk.end, limit) {
                break;
            }
            // "..., an official said": a clause of its own has begun.
            if !bracket && self.speaks(chunk.end) && !(turn == 0 && self.own_clause(end, at, &chunk)) {
                break;
            }
            if bracket && self.word(chunk.end) != ")" {
                break;
            }
            owner = owner.or(who);
            at = chunk.end;
            // "Board Chairman and Rector of X" is one office; "a lawyer and former minister" are two.
            match begun.take().filter(|_| !own && is_office(chunk.head.title.kind)) {
                Some(first) => {
                    let (span, country) =
                        (first.span.cover(chunk.role.span), first.country.or(chunk.role.country));
                    let organisation = first.organisation.or(chunk.role.organisation);
                    let whole = Role { span, country, organisation, ..first };
                    roles.pop();
                    roles.push(whole);
                    begun = Some(whole);
                }
                None => {
                    roles.push(chunk.role);
                    begun = Some(chunk.role);
                }
            }
            match self.word(at) {
                "and" | "&" if turn < 3 => at += 1,
                "," if matches!(self.word(at + 1), "and" | "who") => break,
                "," => {
                    begun = None;
                    at += 1;
                }
                _ => break,
            }
        }
        if roles.is_empty()
            && !bracket
            && let Some((role, who)) = self.stated(at, limit)
        {
            roles.push(role);
            owner = who;
        }
        (roles, owner)
    }

    /// A profession right behind the name, as lists have it: "Ann Low advocate, Bo Lee and others".
    fn suffixed(&self, at: u32, limit: u32) -> Option<Role> {
        let head =
            self.head(at, limit).filter(|h| h.title.kind == TitleKind::Profession && !h.title.plural)?;
        let ends = matches!(self.word(head.end), "," | "and" | "&" | ";" | "." | ")");
        let range = head.start..head.end;
        ends.then(|| self.role(range, head, super::phrase::Owner::default(), false)).flatten()
    }

    /// A title that a verb gives: "NAME is the president", "NAME attended as Patron-in-Chief".
    fn stated(&self, from: u32, limit: u32) -> Option<(Role, Option<u32>)> {
        let mut at = from;
        let mut copula = false;
        for _ in 0..4 {
            match self.word(at) {
                "is" | "was" | "became" | "remains" | "becomes" | "become" | "been" | "be" => copula = true,
                "will" | "would" | "has" | "had" | "also" | "currently" | "then" | "now" | "," => {}
                _ => break,
            }
            at += 1;
        }
        if copula {
            // "is set to", "was killed" are no offices: an article, a title or a body comes next.
            let open = matches!(self.word(at), "a" | "an" | "the" | "one") || self.head(at, limit).is_some();
            let (chunk, owner) = open.then(|| self.chunk(at, limit)).flatten()?;
            let person = self.addressed(chunk.end, limit);
            return (!chunk.head.title.plural && !person).then_some((chunk.role, owner));
        }
        let stop = limit.min(from + 8);
        let mut i = from;
        while i < stop {
            let word = self.word(i);
            if word == "as" {
                let (chunk, owner) = self.chunk(i + 1, limit)?;
                let fit = is_office(chunk.head.title.kind)
                    && !chunk.head.title.plural
                    && !self.is_person(chunk.end);
                return fit.then_some((chunk.role, owner));
            }
            if matches!(word, "," | "." | "\"" | "“" | "”" | "that" | "said" | "—" | ";") || self.is_person(i)
            {
                return None;
            }
            // Only the subject's own act gives it an office.
            if i == from && !matches!(self.upos(i), Upos::Verb | Upos::Aux) {
                return None;
            }
            i += 1;
        }
        None
    }

    /// A title phrase that begins at `at`: determiner, possessor, words before the head, head, words after it.
    fn chunk(&self, at: u32, limit: u32) -> Option<(Chunk, Option<u32>)> {
        let mut start = at;
        while start < limit
            && start < at + 4
            && matches!(
                self.word(start),
                "the"
                    | "The"
                    | "a"
                    | "an"
                    | "one"
                    | "of"
                    | "his"
                    | "her"
                    | "its"
                    | "their"
                    | "also"
                    | "currently"
                    | "now"
            )
        {
            start += 1;
        }
        let (start, country, owner) = self.possessor(start, limit);
        let mut at = start;
        let mut former = false;
        let mut head = None;
        while at < limit && at <= start + HEAD_WITHIN {
            let found = self
                .head(at, limit)
                .filter(|h| !matches!(h.title.kind, TitleKind::Honorific | TitleKind::Name));
            if let Some(found) = found {
                head = Some(found);
                break;
            }
            if self.is_person(at) {
                return None;
            }
            let word = self.word(at);
            former |= is_former(word);
            if let Some((_, name)) = self.name_at(at)
                && name.label == EntityLabel::Org
                && name.tokens.end < limit
            {
                at = name.tokens.end.max(at + 1);
                continue;
            }
            let inside = self.nominal(at)
                && !self
                    .token(at)
                    .is_some_and(|t| matches!(t.xpos, Xpos::Nns | Xpos::Nnps) && !self.capital(at));
            let joint = at > start && matches!(word, "-" | "'s" | "’s" | "and" | "&" | "(" | ")" | "/");
            let body =
                matches!(word, "in" | "of") && at > start && self.capital(at - 1) && self.capital(at + 1);
            let compound =
                matches!(self.upos(at), Upos::Verb | Upos::Adp | Upos::Adv) && self.word(at + 1) == "-";
            if !(inside
                || body
                || joint
                || compound
                || is_former(word)
                || matches!(word, "then" | "acting" | "ex" | "rights"))
            {
                return None;
            }
            at += 1;
        }
        let mut head = head?;
        // "Prime Minister's Focal Person": the office is whose it stands beside.
        if clitic(self.word(head.end)) {
            let inner = (head.end + 1..limit.min(head.end + 5)).take_while(|i| self.nominal(*i));
            head = inner.filter_map(|i| self.head(i, limit)).find(|h| is_office(h.title.kind))?;
        }
        former |= (start..head.start).any(|i| is_former(self.word(i)));
        // "police officer", "army chief general": compounds end in the last head.
        while let Some(next) = self.head(head.end, limit)
            && is_office(next.title.kind)
        {
            head = Head { start: head.start, end: next.end, title: next.title };
        }
        let mut end = self.completed(head, limit);
        if self.word(head.end) == "-" && self.nominal(head.end + 1) {
            // "in-charge" and the like end elsewhere.
            return None;
        }
        if head.title.kind == TitleKind::Relation {
            // "son of NAME": the name belongs to it.
            if matches!(self.word(head.end), "of" | "to") {
                end = head.end + 1;
                while end < limit && (self.is_person(end) || self.capital(end)) {
                    end += 1;
                }
            } else if owner.is_none() {
                return None;
            }
        }
        let from = super::phrase::Owner { country, person: owner, start };
        let role = self.role(start..end, head, from, former)?;
        Some((Chunk { role, end, head }, owner))
    }

    /// Whether a name is the subject that the office behind it stands beside: "Mr Low, Port Bank's chairman said".
    fn own_clause(&self, name_end: u32, from: u32, chunk: &Chunk) -> bool {
        let owned = (from + 1..chunk.head.start).any(|i| clitic(self.word(i)));
        let mut first = name_end;
        while first > 0 && self.is_person(first - 1) {
            first -= 1;
        }
        owned && (first..name_end).any(|i| self.token(i).is_some_and(|t| t.deprel == Deprel::Nsubj))
    }

    /// Whether a verb of speech follows: what stands before it is its subject.
    fn speaks(&self, at: u32) -> bool {
        matches!(self.word(at), "said" | "says" | "told" | "added" | "confirmed" | "stated" | "claimed")
    }

    /// Whether a person's name with its forms of address begins at a token: the title before it is theirs.
    fn addressed(&self, at: u32, limit: u32) -> bool {
        let mut at = at;
        while let Some(head) = self.head(at, limit)
            && matches!(head.title.kind, TitleKind::Honorific | TitleKind::Name | TitleKind::Rank)
        {
            at = head.end;
        }
        self.is_person(at)
    }

    /// "Pakistan's", "ATR's", "Ghani's" before an office: where the office begins, its country, whose it is.
    fn possessor(&self, at: u32, limit: u32) -> (u32, Option<crate::code::Code>, Option<u32>) {
        if let Some((next, iso3, _)) = self.country_at(at, limit) {
            let mut start = next;
            while start < limit
                && (clitic(self.word(start)) || self.word(start) == "-" && self.word(start + 1) != "born")
            {
                start += 1;
            }
            return (start, Some(iso3), None);
        }
        for i in at..limit.min(at + 8) {
            if clitic(self.word(i)) && i > at {
                let person = self.is_person(i - 1).then_some(i - 1);
                let country = if person.is_none() { self.owner(at, i + 1).country } else { None };
                return (i + 1, country, person);
            }
            if !(self.nominal(i) || self.is_person(i) || matches!(self.word(i), "of" | "the" | "-"))
                || self.head(i, limit).is_some_and(|h| is_office(h.title.kind))
            {
                break;
            }
        }
        (at, None, None)
    }
}
