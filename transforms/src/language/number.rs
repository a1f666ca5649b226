//! Numbers: decimals, times, dates, ranges, telephone numbers, ordinals, and units written to them.

use super::lexicon;
use super::scan::Scanner;

/// Most groups of digits of one telephone number or date.
const GROUPS: usize = 6;

impl Scanner<'_> {
    /// Adds the number that begins at `start` and what is written to it.
    pub(super) fn number(&mut self, start: usize) -> usize {
        let mut end = self.digits(start + usize::from(!self.byte(start).is_ascii_digit()));
        let first = end - start;
        if let Some(at) = self.grouped(start) {
            end = at;
        } else {
            while self.byte(end + 1).is_ascii_digit() {
                match self.byte(end) {
                    b'.' | b':' => {}
                    b',' if self.thousands(end + 1) => {}
                    b'/' if first != 4 => {}
                    _ => break,
                }
                end = self.digits(end + 1);
            }
        }
        self.written_to(start, end)
    }

    /// Whether the digits after a comma are thousands (`1,000`) or lakhs (`1,50,000`); `13,14` are two numbers.
    fn thousands(&self, at: usize) -> bool {
        let end = self.digits(at);
        match end - at {
            3 => true,
            2 => {
                self.byte(end) == b','
                    && self.byte(end + 1).is_ascii_digit()
                    && self.digits(end + 1) >= end + 3
            }
            _ => false,
        }
    }

    fn digits(&self, at: usize) -> usize {
        at + self.bytes.get(at..).unwrap_or_default().iter().take_while(|b| b.is_ascii_digit()).count()
    }

    /// The end of digits joined by hyphens that are one token: dates and telephone numbers, not ranges or scores.
    fn grouped(&self, start: usize) -> Option<usize> {
        let mut lengths = [0; GROUPS];
        let mut count = 0;
        let mut at = start;
        loop {
            let end = self.digits(at).min(at + 32);
            *lengths.get_mut(count)? = end - at;
            count += 1;
            at = end;
            if !(self.byte(at) == b'-' && self.byte(at + 1).is_ascii_digit()) {
                break;
            }
            at += 1;
        }
        let joined = match lengths.get(..count)? {
            [3, 3] => self.byte(at - 1) != b'0' || self.byte(start + 2) != b'0',
            [3, 4] | [5, 4] => true,
            [_, _] | [_] | [] => false,
            _ => true,
        };
        joined.then_some(at)
    }

    /// Letters right after a number: an ordinal's or decade's belong to it, a unit's are parted, others make a name.
    fn written_to(&mut self, start: usize, end: usize) -> usize {
        let run = self.run_end(end);
        if run == end {
            let quote = self.apostrophe(end);
            if quote > 0
                && matches!(self.byte(end + quote), b's' | b'S')
                && self.run_end(end + quote) == end + quote + 1
            {
                let decade = self.byte(end.wrapping_sub(1)) == b'0' && end - start <= 4;
                let to = end + quote + 1;
                return if decade { self.push(start, to) } else { self.push_words(start, &[end, to]) };
            }
            return self.push(start, end);
        }
        let tail = self.slice(end, run);
        if matches!(tail, b"st" | b"nd" | b"rd" | b"th" | b"s" | b"ST" | b"ND" | b"RD" | b"TH") {
            return self.push(start, run);
        }
        let money = matches!(
            self.touching(start),
            b"$" | b"US$" | [0xc2, 0xa3] | [0xe2, 0x82, 0xac] | b"Rs" | b"Rs."
        );
        let scale =
            money && matches!(tail, b"k" | b"K" | b"m" | b"M" | b"MM" | b"b" | b"B" | b"bn" | b"tn" | b"mm");
        let half = matches!(tail, b"a" | b"p" | b"A" | b"P")
            && self.byte(run) == b'.'
            && matches!(self.byte(run + 1), b'm' | b'M');
        if scale || half || self.lexicon.is(tail, lexicon::UNIT) && !tail.starts_with(b"K") && tail != b"M" {
            return self.push(start, end);
        }
        self.word(start, end)
    }
}
