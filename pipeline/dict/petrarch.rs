//! PETRARCH's dictionaries: a text becomes entries, and findings for lines that can't be read.
//!
//! ```text
//! VALDORIA_  [VAL]  # comment        phrase and code; "_" and " " both stand between words, one at the end says nothing
//! +PORT_OSKAR                    another phrase of the same
//!     [VALREB <950601]             a code with dates, first that holds goes: < until, > from, A-B both, YYMMDD, YYYYMMDD
//! THE_TWIN_ISLES [ISA/ISB]          stands for several; [---] for nobody
//! !PERSON! = MAN, WOMAN            agents: a set of words ...
//! STEWARD!PERSON! [~LEG]          ... and its use; codes go behind the actor's, [NGO~] before it
//! THIEF {THIEVES} [~CRM]           an odd plural; {} for none
//! +TYPHOON                         discards: no event of the article; without + of the sentence
//! ```

use super::{Contents, Dated, Entry, Kind, Phrase};
use jiff::civil::Date;
use std::collections::BTreeMap;

/// Two-digit years up to this one are of the 21st century, as in KEDS and TABARI.
const YEAR_PIVOT: i16 = 30;
/// Phrases that one line may stand for through its set.
const EXPANSIONS_MAX: usize = 1000;

/// What a file of PETRARCH holds, told by its name and, where that says nothing, by its lines.
pub(super) fn kind(name: &str, text: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    if name.contains("discard") {
        return Some(Kind::Discard(false));
    }
    if name.contains("agent") {
        return Some(Kind::Agent);
    }
    if name.contains("actor") || name.contains("countries") {
        return Some(Kind::Actor);
    }
    let code = |line: &str| {
        line.split_once('[').and_then(|(_, c)| c.split_once(']')).map(|(c, _)| c.trim().to_owned())
    };
    let codes: Vec<String> = text.lines().filter(|l| !l.starts_with('#')).filter_map(code).take(50).collect();
    let agents = codes.iter().filter(|c| c.contains('~')).count();
    match codes.len() {
        0 => None,
        n if agents * 2 > n => Some(Kind::Agent),
        _ => Some(Kind::Actor),
    }
}

/// Reads a file of a kind.
pub(super) fn read(kind: Kind, text: &str) -> Contents {
    let mut reader = Reader::default();
    for (at, line) in lines(text) {
        match kind {
            Kind::Actor => reader.actor(at, line),
            Kind::Agent => reader.agent(at, line),
            Kind::Discard(_) => reader.discard(at, line),
        }
    }
    reader.close();
    Contents { entries: reader.entries, findings: reader.findings }
}

/// The lines that say something, with their numbers from 1, without comments: `#`, `;`, and `<!-- ... -->` over
/// several lines or to the end of one.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut commented = false;
    text.trim_start_matches('\u{feff}').lines().enumerate().filter_map(move |(at, line)| {
        if commented {
            commented = !line.contains("-->");
            return None;
        }
        let mut line = line;
        if let Some(open) = line.find("<!") {
            let tail = line.get(open..).unwrap_or("");
            commented = tail.contains("--") && !tail.contains("-->");
            line = line.get(..open).unwrap_or("");
        }
        let end = line.find(['#', ';']).unwrap_or(line.len());
        // A code such as [###] holds no comment.
        let end = match line.find('[') {
            Some(open) if open < end => {
                let close = line.get(open..).and_then(|l| l.find(']')).map_or(open, |c| open + c);
                line.get(close..).and_then(|l| l.find(['#', ';'])).map_or(line.len(), |c| close + c)
            }
            _ => end,
        };
        let line = line.get(..end).unwrap_or("").trim_end();
        (!line.trim().is_empty()).then_some((at + 1, line))
    })
}

#[derive(Default)]
struct Reader {
    entries: Vec<Entry>,
    findings: Vec<(usize, String)>,
    open: Option<Entry>,
    sets: BTreeMap<String, Vec<String>>,
}

impl Reader {
    fn wrong(&mut self, line: usize, what: impl Into<String>) {
        self.findings.push((line, what.into()));
    }

    fn close(&mut self) {
        let Some(mut entry) = self.open.take() else { return };
        // Codes with dates go first, in their order; the last one without is the one for all other days.
        let (always, mut dated): (Vec<_>, Vec<_>) = entry.codes.into_iter().partition(Dated::always);
        dated.extend(always.into_iter().next_back());
        entry.codes = dated;
        if entry.codes.is_empty() {
            let line = entry.phrases.first().map_or(1, |p| p.line);
            self.wrong(line, "no code for this actor; write one in brackets behind it or on a line below it");
            return;
        }
        self.entries.push(entry);
    }

    fn actor(&mut self, at: usize, line: &str) {
        let body = line.trim();
        if line.starts_with([' ', '\t']) && body.starts_with('[') {
            let code = self.code(at, body);
            match (&mut self.open, code) {
                (_, None) => {}
                (Some(entry), Some(code)) => entry.codes.push(code),
                (None, Some(_)) => {
                    self.wrong(at, "a code without an actor above it; put the actor's phrase first")
                }
            }
            return;
        }
        let (phrase, code) = match body.find('[') {
            None => (body, None),
            Some(open) => {
                let (phrase, code) = body.split_at(open);
                (phrase, self.code(at, code))
            }
        };
        let more = phrase.trim().strip_prefix('+');
        if more.is_none() {
            self.close();
        }
        let mut phrases = Vec::new();
        // Files joined by a careless editor have "A+_B" on one line.
        for part in more.unwrap_or(phrase).split('+') {
            phrases.extend(names(part).into_iter().map(|text| Phrase { text, line: at }));
        }
        if phrases.is_empty() {
            self.wrong(at, "no phrase before the code; write the actor's name");
            return;
        }
        match (&mut self.open, more) {
            (Some(entry), Some(_)) => {
                entry.phrases.append(&mut phrases);
                if code.is_some() {
                    self.wrong(
                        at,
                        "a code on a line with +, which is passed over; give it to the actor above",
                    );
                }
            }
            (None, Some(_)) => {
                self.wrong(at, "+ without an actor above it; drop the + or put the actor's phrase first")
            }
            (_, None) => {
                self.open = Some(Entry { kind: Kind::Actor, phrases, codes: code.into_iter().collect() });
            }
        }
    }

    /// `[CODE]`, `[CODE <DATE]`, `[CODE >DATE]`, `[CODE DATE-DATE]`.
    fn code(&mut self, line: usize, text: &str) -> Option<Dated> {
        let Some(inner) =
            text.trim().strip_prefix('[').and_then(|t| t.split_once(']')).map(|(i, _)| i.trim())
        else {
            self.wrong(line, "no closing `]`; write the code as [CODE]");
            return None;
        };
        // "[GOV>990816]" is also found.
        let end = inner.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>')).unwrap_or(inner.len());
        let (code, time) = inner.split_at(end);
        let time = time.trim();
        if code.is_empty() {
            self.wrong(line, "nothing in the brackets; write the code as [CODE]");
            return None;
        }
        let mut dated = Dated { code: code.to_uppercase(), from: None, to: None, line };
        let mut bad = |text: &str| {
            self.wrong(
                line,
                format!("`{text}` is no date; write YYMMDD or YYYYMMDD, such as 950630 or 19950630"),
            );
        };
        let mut day = |text: &str| {
            let found = date(text.trim());
            if found.is_none() {
                bad(text.trim());
            }
            found
        };
        match (time.strip_prefix('<'), time.strip_prefix('>'), time.split_once('-')) {
            (Some(to), ..) => dated.to = Some(day(to)?),
            (_, Some(from), _) => dated.from = Some(day(from)?),
            (.., Some((from, to))) => {
                dated.from = Some(day(from)?);
                dated.to = Some(day(to)?);
            }
            _ if time.is_empty() => {}
            _ => {
                self.wrong(line, format!("`{time}` is no time; write <DATE, >DATE or DATE-DATE"));
                return None;
            }
        }
        if matches!((dated.from, dated.to), (Some(from), Some(to)) if to < from) {
            self.wrong(line, format!("`{time}` ends before it begins; exchange the dates"));
            return None;
        }
        Some(dated)
    }

    fn agent(&mut self, at: usize, line: &str) {
        let body = line.trim();
        if body.starts_with('!') && body.contains('=') {
            return self.set(at, body);
        }
        let Some((phrase, code)) = body.find('[').map(|open| body.split_at(open)) else {
            return self.wrong(at, "no code for this agent; write one in brackets, such as [~GOV]");
        };
        let Some(code) = self.code(at, &code.replace(' ', "")) else { return };
        if code.code.matches('~').count() != 1 || !(code.code.starts_with('~') || code.code.ends_with('~')) {
            let what = format!(
                "`{}` does not say where it goes; write [~GOV], or [NGO~] to put it first",
                code.code
            );
            return self.wrong(at, what);
        }
        let (singular, plural) = match phrase.split_once('{') {
            None => (phrase, None),
            Some((singular, rest)) => {
                let Some((plural, _)) = rest.split_once('}') else {
                    return self.wrong(at, "no closing `}` for the plural; write {PLURAL}, or {} for none");
                };
                (singular, Some(plural))
            }
        };
        let mut phrases = Vec::new();
        let expanded = self.expand(at, singular);
        let set = singular.contains('!');
        for text in expanded.iter().filter_map(|p| tidy(p)).map(|t| t.to_lowercase()) {
            // The members of a set are their own plurals.
            let more = (plural.is_none() && !set).then(|| regular_plural(&text));
            phrases.extend(std::iter::once(text).chain(more).map(|text| Phrase { text, line: at }));
        }
        if let Some(text) = plural.and_then(tidy) {
            phrases.push(Phrase { text: text.to_lowercase(), line: at });
        }
        if phrases.is_empty() {
            return self.wrong(at, "no phrase before the code; write the agent's noun");
        }
        self.entries.push(Entry { kind: Kind::Agent, phrases, codes: vec![code] });
    }

    fn set(&mut self, at: usize, body: &str) {
        let parts = body.strip_prefix('!').and_then(|b| b.split_once('!'));
        let Some((name, members)) =
            parts.and_then(|(name, rest)| Some((name, rest.trim().strip_prefix('=')?)))
        else {
            return self.wrong(at, "no set; write !NAME! = WORD, WORD");
        };
        let members = members.split(',').map(|m| m.trim().to_owned()).filter(|m| !m.is_empty()).collect();
        self.sets.insert(name.to_owned(), members);
    }

    /// The phrases of one with `!SET!` in it.
    fn expand(&mut self, at: usize, phrase: &str) -> Vec<String> {
        let mut whole = vec![phrase.to_owned()];
        while let Some(name) = whole.first().and_then(|p| {
            let (_, rest) = p.split_once('!')?;
            rest.split_once('!').map(|(name, _)| name.to_owned())
        }) {
            let Some(members) = self.sets.get(&name) else {
                self.wrong(at, format!("no set !{name}! above this line; write !{name}! = WORD, WORD there"));
                return Vec::new();
            };
            let marker = format!("!{name}!");
            whole = whole
                .iter()
                .flat_map(|p| members.iter().map(|m| p.replacen(&marker, m, 1)))
                .take(EXPANSIONS_MAX)
                .collect();
        }
        whole
    }

    fn discard(&mut self, at: usize, line: &str) {
        let body = line.trim();
        let (article, phrase) = body.strip_prefix('+').map_or((false, body), |rest| (true, rest));
        let Some(text) = tidy(phrase) else {
            return self.wrong(at, "no phrase; write the words that no event is wanted of");
        };
        let kind = Kind::Discard(article);
        self.entries.push(Entry { kind, phrases: vec![Phrase { text, line: at }], codes: Vec::new() });
    }
}

/// A date as `YYMMDD` or `YYYYMMDD`; what stands behind eight digits is passed over.
fn date(text: &str) -> Option<Date> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits < text.len() && digits < 8 {
        return None;
    }
    let number = |from: usize, to: usize| text.get(from..to)?.parse::<i16>().ok();
    let (year, at) = match digits {
        6 | 7 => {
            let year = number(0, 2)?;
            (if year <= YEAR_PIVOT { 2000 + year } else { 1900 + year }, 2)
        }
        n if n >= 8 => (number(0, 4)?, 4),
        _ => return None,
    };
    Date::new(year, number(at, at + 2)? as i8, number(at + 2, at + 4)? as i8).ok()
}

/// A phrase in our writing; `None` where no word is left. An article at its head is seldom written with a capital.
fn tidy(phrase: &str) -> Option<String> {
    let words: Vec<&str> =
        phrase.split(|c: char| c == '_' || c.is_whitespace()).filter(|w| !w.is_empty()).collect();
    let first = words.first()?;
    let mut text = if *first == "THE" { "the".to_owned() } else { cased(first) };
    for word in words.iter().skip(1) {
        text.push(' ');
        match *word {
            "OF" | "AND" | "IN" | "ON" | "FOR" | "TO" | "THE" | "DE" | "DU" | "AT" | "BY" => {
                text.push_str(&word.to_lowercase());
            }
            _ => text.push_str(&cased(word)),
        }
    }
    Some(text)
}

/// The phrases of one: with an abbreviation in brackets, "NEW_FRONT_(NF)", both.
fn names(phrase: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut rest = phrase;
    let mut whole = String::new();
    while let Some((before, after)) = rest.split_once('(') {
        let Some((short, after)) = after.split_once(')') else { break };
        whole.push_str(before);
        let short = short.trim().replace('_', " ");
        found.extend((!short.is_empty()).then_some(short));
        rest = after;
    }
    whole.push_str(&rest.replace(['(', ')'], "_"));
    found.splice(0..0, tidy(&whole));
    found
}

/// "VALDORIA" as "Valdoria", "AL-QAEDA" as "Al-Qaeda"; abbreviations as they are. Case is only looked at
/// in the first letter, so that this is for readers.
fn cased(word: &str) -> String {
    if word.chars().any(char::is_lowercase) {
        return word.to_owned();
    }
    if word.contains('.') || word.len() <= 3 {
        return word.to_owned();
    }
    let mut capital = true;
    word.chars()
        .flat_map(|c| {
            let upper = std::mem::replace(&mut capital, c == '-');
            let lower = (!upper).then(|| c.to_lowercase());
            lower.into_iter().flatten().chain(upper.then_some(c))
        })
        .collect()
}

/// The plural that PETRARCH makes of an agent.
fn regular_plural(noun: &str) -> String {
    match noun.strip_suffix('y') {
        Some(stem) => format!("{stem}ies"),
        None if noun.ends_with('s') => format!("{noun}es"),
        None => format!("{noun}s"),
    }
}
