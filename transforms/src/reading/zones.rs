//! Paragraphs to pieces with zones: where the head ends, which line is the headline, what is furniture, what is cut
//! out of a paragraph.

use crate::article::DateSource;
use crate::grammar::Zone;
use crate::reading::byline;
use crate::reading::dateline::{self, Around, Dateline};
use crate::reading::furniture::{Furniture, credit, cut_off, framed, furniture, key, tail};
use crate::reading::headline::{
    LINE_BYTES_MAX, behind, capitals, label_like, leads, loud, sentences, shouted, speaker, titled,
};
use crate::reading::inline;
use crate::reading::knowledge::{Knowledge, Mark, fold};
use crate::reading::paragraphs::{Para, bullet, closed};
use crate::reading::split::{key_name, key_value};
use jiff::civil::Date;

/// Paragraphs in which a head is sought.
const HEAD_MAX: usize = 16;
/// Other stories' lines behind "Related:" or at the very end.
const TEASERS_MAX: usize = 12;

/// What a record's fields say.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Hints<'a> {
    pub(crate) title: Option<&'a str>,
    pub(crate) publisher: Option<&'a str>,
}

/// A block to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    pub(crate) text: String,
    pub(crate) zone: Zone,
    /// White space before it.
    pub(crate) gap: &'static str,
}

/// An article taken apart.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Zoned {
    pub(crate) pieces: Vec<Piece>,
    pub(crate) title: Option<String>,
    pub(crate) author: Option<String>,
    /// A date of a header line.
    pub(crate) header: Option<Date>,
    /// A date of a footer.
    pub(crate) imprint: Option<Date>,
    /// The dateline, and the index of its piece.
    pub(crate) dateline: Option<(usize, Dateline)>,
}

/// Zones the paragraphs of one article.
pub(crate) fn zone(knowledge: &Knowledge, paras: &[Para], hints: Hints<'_>) -> Zoned {
    let mut work = Work::new(knowledge, paras, hints);
    work.head();
    work.body();
    work.tail();
    work.finish()
}

struct Work<'a> {
    knowledge: &'a Knowledge,
    paras: &'a [Para],
    hints: Hints<'a>,
    found: Vec<Option<Furniture>>,
    zones: Vec<Zone>,
    /// Index of the first paragraph of the body.
    start: usize,
    /// Index of the headline.
    title: Option<usize>,
    author: Option<String>,
}

impl<'a> Work<'a> {
    fn new(knowledge: &'a Knowledge, paras: &'a [Para], hints: Hints<'a>) -> Self {
        // A record of one paragraph is text, whatever it begins with; only a line that is furniture as a whole isn't.
        let lone = paras.len() == 1;
        let publisher = hints.publisher.map(key).filter(|p| !p.is_empty());
        let found = paras.iter().enumerate().map(|(at, para)| {
            let found = furniture(knowledge, &para.text, at < HEAD_MAX);
            let named = || publisher.as_ref().is_some_and(|p| para.text.len() < 80 && key(&para.text) == *p);
            found.filter(|f| !lone || !para.text.contains(' ') && f.zone == Zone::Boilerplate).or_else(|| {
                named().then_some(Furniture {
                    zone: Zone::Boilerplate,
                    mark: Mark::Boilerplate,
                    date: None,
                    author: None,
                })
            })
        });
        let found: Vec<_> = found.collect();
        let zones = vec![Zone::Body; paras.len()];
        Self { knowledge, paras, hints, found, zones, start: 0, title: None, author: None }
    }

    fn text(&self, at: usize) -> &'a str {
        self.paras.get(at).map_or("", |p| p.text.as_str())
    }

    fn plain(&self, at: usize) -> bool {
        at < self.paras.len() && self.found.get(at).is_none_or(Option::is_none)
    }

    fn set(&mut self, at: usize, zone: Zone) {
        if let Some(slot) = self.zones.get_mut(at) {
            *slot = zone;
        }
    }

    /// Whether a paragraph can only be running text.
    fn running(&self, at: usize) -> bool {
        let text = self.text(at);
        if bullet(text).is_some() {
            return false;
        }
        let words = text.split(' ').count();
        let question = text.ends_with('?') && (capitals(text) || !self.plain(at + 1));
        // A short sentence may be a site's motto; it is text where text goes on behind it.
        let short = || self.plain(at + 1) && closed(self.text(at + 1)) && !text.ends_with(':');
        text.len() > LINE_BYTES_MAX
            || closed(text)
                && !text.ends_with(';')
                && !question
                && (words >= 8 && !text.ends_with(':') || words >= 14 || words >= 5 && short())
            || dateline::find(self.knowledge, text, Around::default())
                .is_some_and(|d| text.len() >= 100 || d.date.is_some())
    }

    /// Finds where the body starts and the headline, and zones what is above the body.
    fn head(&mut self) {
        let knowledge = self.knowledge;
        let plain: Vec<usize> = (0..self.paras.len().min(HEAD_MAX)).filter(|at| self.plain(*at)).collect();
        let first = plain.first().copied().unwrap_or(0);
        let named = self.hints.title.map(key);
        let same = |at: usize| named.as_ref().is_some_and(|t| key(self.text(at)) == *t);
        // A line that stands there twice, or behind "Title:", is a headline, also with a full stop.
        let headed = |at: usize| {
            let text = self.text(at);
            let name = if text.len() <= LINE_BYTES_MAX { key(text) } else { String::new() };
            let twice = !name.is_empty()
                && plain
                    .iter()
                    .any(|o| *o != at && self.text(*o).len() <= LINE_BYTES_MAX && key(self.text(*o)) == name);
            twice || key_value(self.paras, at)
        };
        let body = plain.iter().copied().find(|at| !same(*at) && self.running(*at) && !headed(*at));
        // Where nothing is surely running text: the first line is a headline if a closed line follows an open one.
        self.start = body.unwrap_or_else(|| match plain.as_slice() {
            [a, b, ..]
                if named.is_none()
                    && !closed(self.text(*a))
                    && closed(self.text(*b))
                    && titled(self.text(*a)) =>
            {
                *b
            }
            [a, b, ..] if same(*a) => *b,
            _ => first,
        });
        if let Some(name) = &named {
            self.title = plain.iter().copied().find(|at| *at <= self.start && key(self.text(*at)) == *name);
            if self.title == Some(self.start) && self.paras.len() > 1 {
                self.start = plain.iter().copied().find(|at| *at > self.start).unwrap_or(self.paras.len());
            }
        } else {
            self.title = self.headline(&plain);
        }
        // A headline may end in a full stop: one line with capitals throughout, or above a dateline.
        if self.title.is_none() && named.is_none() && self.start == first {
            let next = plain.get(1).copied().unwrap_or(self.paras.len());
            let line = self.text(first);
            let dated = || dateline::find(knowledge, self.text(next), Around::default()).is_some();
            let here = || dateline::find(knowledge, line, Around::default()).is_some();
            let brief = || {
                label_like(line)
                    && self.paras.get(next).is_some_and(|p| p.blanks > 0 && p.text.len() >= 120)
                    && self.paras.len() > 3
            };
            let one = line.len() <= 180 && !sentences(line) && titled(line);
            if one && self.text(next).len() >= 80 && !here() && (capitals(line) || dated() || brief()) {
                self.title = Some(first);
                self.start = next;
            }
        }
        let name = self.title.map(|at| key(self.text(at))).or(named);
        let from = self.title.unwrap_or(0);
        for at in 0..self.start.min(self.paras.len()) {
            let text = self.text(at);
            let zone = match self.found.get(at).and_then(Option::as_ref) {
                Some(found) => found.zone,
                None if Some(at) == self.title => Zone::Title,
                None if name.as_ref().is_some_and(|n| key(text) == *n) => Zone::Boilerplate,
                None if bullet(text).is_some() => Zone::Summary,
                None if self.title.is_some() && at < from => Zone::Boilerplate,
                None if byline::person(text) && text.split(' ').count() <= 3 && at > from => {
                    let next = self.found.get(at + 1).and_then(Option::as_ref);
                    let named = self.hints.publisher.is_some_and(|p| key(p) == key(self.text(at + 1)));
                    if self.author.is_none() && (named || next.is_some_and(|f| f.date.is_some())) {
                        self.author = Some(text.to_owned());
                    }
                    Zone::Boilerplate
                }
                None if text.split(' ').count() < 4 => Zone::Boilerplate,
                None => Zone::Summary,
            };
            self.set(at, zone);
        }
    }

    /// The headline among the lines above the body.
    fn headline(&self, plain: &[usize]) -> Option<usize> {
        let above: Vec<usize> =
            plain.iter().copied().filter(|at| *at < self.start && titled(self.text(*at))).collect();
        let words = |at: usize| self.text(at).split(' ').count();
        let twice = above.iter().copied().find(|at| {
            let name = key(self.text(*at));
            words(*at) >= 3 && above.iter().any(|other| other > at && key(self.text(*other)) == name)
        });
        let open = |at: usize| {
            let text = self.text(at);
            let names = text.split(" and ").flat_map(|n| n.split(", ")).all(byline::person);
            let aside = text.starts_with(['(', '[', '*']);
            let points = (0..at)
                .any(|i| self.found.get(i).and_then(Option::as_ref).is_some_and(|f| f.mark == Mark::Summary));
            let name = words(at) <= 3 && byline::person(text);
            let bylined = names && text.contains(" and ") && !self.plain(at + 1);
            !(text.ends_with('.') || name || bylined || aside || points)
        };
        let long = above.iter().copied().find(|at| words(*at) >= 4 && open(*at));
        let some = above.iter().copied().find(|at| words(*at) >= 3 && open(*at));
        let lone = above.first().copied().filter(|at| words(*at) >= 2 && open(*at) && above.len() == 1);
        let keyed = above.iter().copied().find(|at| key_value(self.paras, *at));
        keyed.or(twice).or(long).or(some).or(lone)
    }

    /// Zones the body: furniture, copies of the headline, lists of other stories.
    fn body(&mut self) {
        let name =
            self.title.map(|at| key(self.text(at))).or(self.hints.title.map(key)).filter(|n| n.len() > 12);
        let shouts = (self.start..self.paras.len()).filter(|at| loud(self.text(*at))).count();
        let all_loud = shouts * 3 > self.paras.len() - self.start.min(self.paras.len());
        let mut teasers = 0;
        for at in self.start..self.paras.len() {
            let text = self.text(at);
            if let Some(found) = self.found.get(at).and_then(Option::as_ref) {
                teasers = if found.mark == Mark::Teaser { TEASERS_MAX } else { teasers };
                let zone = found.zone;
                // A date or name alone is a header only above the body; further down it may be a heading.
                let header = at > self.start + 2
                    && (found.author.is_some()
                        || found.date.is_some() && self.knowledge.mark(text).is_none());
                self.set(at, if header { Zone::Body } else { zone });
                continue;
            }
            let teaser = teasers > 0 && text.len() <= 160 && !closed(text) && self.text(at + 1).len() <= 400;
            teasers = if teaser { teasers - 1 } else { 0 };
            let copy = name
                .as_ref()
                .is_some_and(|n| (n.len()..n.len() * 2 + 20).contains(&text.len()) && key(text) == *n);
            if teaser || copy || !all_loud && shouted(text) {
                self.set(at, Zone::Boilerplate);
            }
        }
    }

    /// Zones the teasers of other stories at the very end.
    fn tail(&mut self) {
        let mut run = Vec::new();
        let mut sure = 0;
        for at in (self.start + 1..self.paras.len()).rev() {
            if self.zones.get(at) == Some(&Zone::Boilerplate) {
                continue;
            }
            let text = self.text(at);
            let cut = cut_off(text);
            let open = !closed(text) && text.len() <= 220 && text.split(' ').count() >= 4;
            // A teaser that was cut off right behind a full stop.
            let stopped = sure > 0 && text.len() <= 220 && text.ends_with("....");
            if !(cut || open || stopped) || run.len() >= TEASERS_MAX {
                // The first of a block of them that a blank line parts from the text may be a whole sentence.
                let next = self.paras.get(at + 1).is_some_and(|p| p.blanks == 0);
                let apart = self.paras.get(at).is_some_and(|p| p.blanks > 0 && p.text.len() <= 220);
                let flowing = (self.start + 1..at).all(|i| self.paras.get(i).is_some_and(|p| p.blanks == 0));
                if run.len() >= 3
                    && run.last() == Some(&(at + 1))
                    && next
                    && apart
                    && flowing
                    && at > self.start + 1
                {
                    run.push(at);
                }
                break;
            }
            sure += usize::from(cut);
            run.push(at);
        }
        let footed =
            self.found.last().is_some_and(|f| f.as_ref().is_some_and(|f| f.mark == Mark::Boilerplate));
        if sure > 0 && (sure * 2 >= run.len() || footed) || footed && run.len() >= 4 {
            for at in run {
                self.set(at, Zone::Boilerplate);
            }
        }
    }

    /// Cuts paragraphs into pieces and collects what the head says.
    fn finish(self) -> Zoned {
        let mut out = Zoned { author: self.author.clone(), ..Zoned::default() };
        self.headers(&mut out);
        if let Some(title) = self.hints.title {
            out.title = Some(title.to_owned());
            let bare = title.trim_end_matches(['.', '…']);
            let glued = |at: usize| {
                behind(self.text(at), title).is_some() && self.zones.get(at) == Some(&Zone::Summary)
            };
            let here = self.text(self.start).starts_with(bare) || (0..self.start).any(glued);
            if self.title.is_none() && !here {
                out.pieces.push(Piece { text: title.to_owned(), zone: Zone::Title, gap: "" });
            }
        }
        let mut seen = false;
        for (at, para) in self.paras.iter().enumerate() {
            let zone = self.zones.get(at).copied().unwrap_or(Zone::Body);
            let gap = if para.blanks > 0 || self.paras.len() == 1 || at == 0 { "\n\n" } else { "\n" };
            let first = !seen && zone == Zone::Body;
            seen |= first;
            let cuts = self.inline(&para.text, self.cuts(&para.text, zone, first, &mut out));
            let mut from = 0;
            for (to, zone) in cuts {
                let piece = para.text.get(from..to).unwrap_or("");
                let text = piece.trim();
                let gap = match (
                    from,
                    para.text.get(..from).is_some_and(|t| t.ends_with(' ')) || piece.starts_with(' '),
                ) {
                    (0, _) => gap,
                    (_, true) => " ",
                    (_, false) => "",
                };
                if !text.is_empty() {
                    if zone == Zone::Title && out.title.is_none() {
                        out.title = Some(text.to_owned());
                    }
                    out.pieces.push(Piece { text: text.to_owned(), zone, gap });
                }
                from = to;
            }
        }
        self.find_dateline(&mut out);
        out
    }

    /// Dates and names of header lines: "Published" goes before "Updated", the head before the foot.
    fn headers(&self, out: &mut Zoned) {
        let mut updated = None;
        for (at, found) in self.found.iter().enumerate() {
            let Some(found) = found else { continue };
            if let Some((date, source)) = found.date {
                let small = fold(self.text(at));
                let later = ["updated", "last", "modified"].iter().any(|w| small.starts_with(w));
                let near = at < self.start + 2 || self.knowledge.mark(self.text(at)).is_some();
                match source {
                    DateSource::Body => out.imprint = out.imprint.or(Some(date)),
                    _ if later => updated = updated.or(Some(date)),
                    _ if near => out.header = out.header.or(Some(date)),
                    _ => {}
                }
            }
            if at < self.start + 2 && out.author.is_none() {
                out.author.clone_from(&found.author);
            }
        }
        out.header = out.header.or(updated);
    }

    /// Where a paragraph is cut, as the ends of its pieces with their zones.
    fn cuts(&self, text: &str, zone: Zone, first: bool, out: &mut Zoned) -> Vec<(usize, Zone)> {
        let mut cuts = Vec::new();
        if zone == Zone::Title {
            // "Title: ..." of key-value headers
            if let Some("title" | "headline") = key_name(text)
                && let Some(at) = text.find(':')
            {
                cuts.push((at + 1, Zone::Boilerplate));
            }
            cuts.push((text.len(), zone));
            return cuts;
        }
        if zone == Zone::Boilerplate {
            return vec![(text.len(), zone)];
        }
        let mut from = 0;
        if zone == Zone::Summary
            && let Some(at) = self.hints.title.filter(|_| self.title.is_none()).and_then(|t| behind(text, t))
        {
            let caption = text.get(..at).is_some_and(|t| t.contains('|'));
            return vec![(at, if caption { Zone::Caption } else { zone }), (text.len(), Zone::Title)];
        }
        if first {
            if let Some(title) = self.hints.title.filter(|t| self.title.is_none() && leads(text, t)) {
                from = title.len();
                cuts.push((from, Zone::Title));
            }
            if let Some((date, end)) = self.stamp(text.get(from..).unwrap_or("")) {
                out.header = out.header.or(Some(date));
                from += end;
                cuts.push((from, Zone::Boilerplate));
            }
            if let Some((name, end)) = byline::glued(text.get(from..).unwrap_or("")) {
                out.author.get_or_insert(name);
                from += end;
                cuts.push((from, Zone::Boilerplate));
            }
            let rest = text.get(from..).unwrap_or("");
            let lead = rest.len() - rest.trim_start().len();
            let found = dateline::find(self.knowledge, rest.trim_start(), self.around(rest));
            if let Some(found) = found.filter(|d| d.stopped) {
                from += lead + found.end;
                cuts.push((from, zone));
            }
        }
        if zone == Zone::Caption
            && let Some(at) = framed(text).filter(|at| *at > from && *at < text.len())
        {
            from = at;
            cuts.push((from, Zone::Boilerplate));
        }
        if let Some(at) = tail(self.knowledge, text).filter(|at| *at > from) {
            cuts.push((at, zone));
            cuts.push((text.len(), Zone::Boilerplate));
            return cuts;
        }
        match credit(self.knowledge, text).filter(|(at, _)| *at > from) {
            Some((at, picture)) => {
                let short = text.len() <= 420 && self.paras.len() > 1;
                cuts.push((at, if picture && short { Zone::Caption } else { zone }));
                cuts.push((text.len(), Zone::Boilerplate));
            }
            None => cuts.push((text.len(), zone)),
        }
        cuts
    }

    /// Pieces of the body cut once more where a page's furniture stands inside a paragraph.
    fn inline(&self, text: &str, cuts: Vec<(usize, Zone)>) -> Vec<(usize, Zone)> {
        let furniture = inline::inside(self.knowledge, text);
        if furniture.is_empty() {
            return cuts;
        }
        let mut all = Vec::with_capacity(cuts.len() + 2 * furniture.len());
        let mut from = 0;
        for (to, zone) in cuts {
            let begin = from;
            for range in furniture.iter().filter(|r| r.start >= begin && r.end <= to && zone == Zone::Body) {
                all.extend((range.start > from).then_some((range.start, zone)));
                all.push((range.end, Zone::Boilerplate));
                from = range.end;
            }
            if to > from || from == 0 {
                all.push((to, zone));
            }
            from = to;
        }
        all
    }

    /// "date 2025-05-15" in front of a first paragraph: the date, and where it ends.
    fn stamp(&self, text: &str) -> Option<(Date, usize)> {
        let mut at = text.len() - text.trim_start().len();
        let bare = text.trim_start();
        if let Some((word, _)) = bare.split_once(' ')
            && matches!(fold(word).trim_end_matches(':'), "date" | "published" | "updated" | "posted")
        {
            at += word.len() + 1;
        }
        let rest = text.get(at..)?;
        if !rest.starts_with(|c: char| c.is_ascii_digit()) && at == 0 {
            return None;
        }
        let printed = self.knowledge.calendar.leading(rest)?;
        let date = printed.date(None)?;
        let end = at + printed.range.end;
        let after = text.get(end..)?;
        let iso = rest.get(..4).is_some_and(|y| y.bytes().all(|b| b.is_ascii_digit()));
        let next = after.trim_start_matches([' ', ':', '-', '–', '|']);
        // Without the word only the form that no sentence begins with.
        ((at > 0 || iso)
            && after.starts_with(' ')
            && next.len() > 40
            && next.starts_with(|c: char| !c.is_lowercase()))
        .then_some((date, end))
    }

    fn around(&self, first: &str) -> Around {
        let labels = self.paras.iter().take(60).filter(|p| speaker(&p.text)).count();
        Around { transcript: labels > 2, small: !first.chars().take(400).any(char::is_uppercase) }
    }

    /// The dateline stands at the head of the first piece of the body.
    fn find_dateline(&self, out: &mut Zoned) {
        let Some(at) = out.pieces.iter().position(|p| p.zone == Zone::Body) else { return };
        let Some(piece) = out.pieces.get(at) else { return };
        let next = out.pieces.get(at + 1).filter(|p| p.zone == Zone::Body).map_or("", |p| p.text.as_str());
        let mut found = dateline::find(self.knowledge, &piece.text, self.around(&piece.text));
        if found.is_none() && piece.text.len() <= 160 {
            // One that was cut off because it ends in a full stop has its sentence in the next piece.
            let both = format!("{} {next}", piece.text);
            found = dateline::find(self.knowledge, &both, self.around(&both))
                .filter(|d| d.stopped && d.end <= piece.text.len());
        }
        if let Some(found) = found {
            out.dateline = Some((at, found));
        }
    }
}
