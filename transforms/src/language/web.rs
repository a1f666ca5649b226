//! Addresses: URLs, e-mail addresses, domains and file names.

use super::class::Class;
use super::lexicon;
use super::scan::{AHEAD, Scanner};

impl Scanner<'_> {
    /// Adds the URL or e-mail address that begins at a letter or digit.
    #[inline]
    pub(super) fn address(&mut self, at: usize) -> Option<usize> {
        let byte = self.byte(at) | 0x20;
        let likely = matches!(byte, b'h' | b'w' | b'f' | b'm');
        if let Some(end) = likely.then(|| self.url(at)).flatten() {
            return Some(self.push(at, end));
        }
        // The run of letters decides cheaply whether an address is possible at all.
        let mut end = at;
        while self.byte(end).is_ascii_alphanumeric() {
            end += 1;
        }
        if !matches!(self.byte(end), b'@' | b'.' | b'_' | b'-' | b'+' | b'%') {
            return None;
        }
        let end = self.email(at)?;
        Some(self.push(at, end))
    }

    /// The end of the URL at a place.
    fn url(&self, at: usize) -> Option<usize> {
        let head = self.slice(at, (at + 8).min(self.bytes.len()));
        let starts = |prefix: &[u8]| head.get(..prefix.len()).is_some_and(|h| h.eq_ignore_ascii_case(prefix));
        let scheme = starts(b"http://") || starts(b"https://") || starts(b"ftp://") || starts(b"mailto:");
        if !(scheme || starts(b"www.") && self.word_at(at + 4)) {
            return None;
        }
        let mut end = at + 4;
        while !matches!(self.class(end), Class::Space) && !matches!(self.byte(end), b'<' | b'>' | b'"' | 0) {
            let (c, length) = self.char(end);
            if matches!(c, '“' | '”' | '‘' | '’' | '«' | '»') {
                break;
            }
            end += length;
        }
        let open = self.slice(at, end).contains(&b'(');
        while matches!(self.byte(end - 1), b'.' | b',' | b';' | b':' | b'!' | b'?' | b'\'' | b']')
            || self.byte(end - 1) == b')' && !open
        {
            end -= 1;
        }
        Some(end)
    }

    /// The end of the e-mail address at a place.
    fn email(&self, at: usize) -> Option<usize> {
        let local = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'-');
        let sign =
            at + self.slice(at, (at + AHEAD).min(self.bytes.len())).iter().take_while(|b| local(b)).count();
        if self.byte(sign) != b'@' {
            return None;
        }
        let host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
        let rest = self.slice(sign + 1, (sign + AHEAD).min(self.bytes.len()));
        let mut end = sign + 1 + rest.iter().take_while(|b| host(b)).count();
        while end > sign && matches!(self.byte(end - 1), b'.' | b'-') {
            end -= 1;
        }
        (end > sign + 1).then_some(end)
    }

    /// The end of a domain or file name whose first label is `start..dot`: `dawn.com`, `plan.doc`, `alt.cat.food`.
    pub(super) fn domain(&self, start: usize, dot: usize) -> Option<usize> {
        let label = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        let limit = (dot + AHEAD).min(self.bytes.len());
        let mut end = dot + self.slice(dot, limit).iter().take_while(|b| label(b)).count();
        while end > dot && matches!(self.byte(end - 1), b'.' | b'-' | b'_') {
            end -= 1;
        }
        let name = self.slice(dot, end);
        let last = name.rsplit(|b| *b == b'.').next().unwrap_or_default();
        let labels = name.iter().filter(|b| **b == b'.').count();
        if name.windows(2).any(|w| w == b"..") {
            return None;
        }
        let cased = last.iter().all(u8::is_ascii_lowercase) || last.iter().all(u8::is_ascii_uppercase);
        let newsgroup = labels >= 2
            && name
                .split(|b| *b == b'.')
                .skip(1)
                .all(|l| l.len() > 1 && l.iter().all(u8::is_ascii_lowercase))
            && self.slice(start, dot).iter().all(u8::is_ascii_lowercase);
        let known = cased && self.lexicon.is(last, lexicon::DOMAIN);
        if !(known || newsgroup) || end - dot < 3 {
            return None;
        }
        if self.byte(end) == b'/' && self.word_at(end + 1) {
            let path = self.slice(end, limit);
            let path = path
                .iter()
                .take_while(|b| b.is_ascii_graphic() && !matches!(b, b'<' | b'>' | b'"' | b')'))
                .count();
            end += path;
            while matches!(self.byte(end - 1), b'.' | b',' | b';' | b':' | b'!' | b'?') {
                end -= 1;
            }
        }
        Some(end)
    }
}
