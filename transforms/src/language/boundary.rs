//! Where sentences end: rules where they are certain, a linear model over the words and shapes around a gap elsewhere.

use super::lexicon::Lexicon;
use super::shape::{Atom, Look, Quotes, SHAPES, Shape, key};
use super::weights::Weights;
use super::{Breaks, RawToken};
use std::ops::Range;

/// A sentence is cut after so many tokens.
pub const SENTENCE_TOKENS_MAX: u32 = 400;

/// What a gap without a final mark must score to part sentences within a paragraph of an article; [`SCALE`] is a
/// factor e of likelihood.
const UNMARKED: i32 = 160;

/// What a gap must score where line ends are lost: a missed end costs more there than one too many.
const LOST: i32 = -45;

/// Weights are logarithms of odds times this.
pub const SCALE: f32 = 64.0;

/// The templates of the features, as named in `seeds/models/sentences.tsv`. p1 is the token before the gap and n1
/// the one after it; `w` stands for a word, otherwise shapes are meant.
pub const TEMPLATES: [&str; 32] = [
    "p1n1", "p2p1n1n2", "wp1", "wn1", "wp1wn1", "wp2", "wn2", "wn1wn2", "length", "quote", "p3p2p1n1",
    "p1n1n2n3", "wp2wp1", "first", "endp1", "endn1", "ahead", "caps", "density", "bracket", "wp1n1n2",
    "p2p1wn1", "lengthp1", "lengthn1", "common", "commonn2", "place", "placen1", "style", "stylen1", "seen",
    "seenp1",
];

/// A measure in few steps.
const STEPS: [Atom; 10] = [
    Atom::of("0"),
    Atom::of("1"),
    Atom::of("2"),
    Atom::of("3"),
    Atom::of("4"),
    Atom::of("5"),
    Atom::of("6"),
    Atom::of("7"),
    Atom::of("8"),
    Atom::of("9"),
];

/// Words that no name begins with.
const STARTERS: [Atom; 40] = {
    const WORDS: [&str; 40] = [
        "the",
        "he",
        "she",
        "it",
        "its",
        "they",
        "their",
        "we",
        "our",
        "his",
        "her",
        "this",
        "that",
        "these",
        "those",
        "there",
        "in",
        "on",
        "at",
        "for",
        "from",
        "with",
        "after",
        "before",
        "when",
        "while",
        "if",
        "as",
        "but",
        "and",
        "however",
        "earlier",
        "later",
        "also",
        "then",
        "according",
        "both",
        "such",
        "yet",
        "although",
    ];
    let mut atoms = [Atom(0); 40];
    let mut at = 0;
    while at < 40 {
        atoms[at] = Atom::of(WORDS[at]);
        at += 1;
    }
    atoms
};

/// The texts of all atoms that are no words: for writing weights down.
pub fn atom_texts() -> impl Iterator<Item = (Atom, String)> {
    let steps = STEPS.iter().enumerate().map(|(at, atom)| (*atom, at.to_string()));
    SHAPES.iter().map(|(atom, text)| (*atom, (*text).to_owned())).chain(steps)
}

fn step(index: usize) -> Atom {
    STEPS.get(index).copied().unwrap_or(Atom(0))
}

/// A number of tokens in ten steps.
fn length(tokens: usize) -> Atom {
    step(match tokens {
        0..=4 => tokens,
        5..=7 => 5,
        8..=12 => 6,
        13..=20 => 7,
        21..=35 => 8,
        _ => 9,
    })
}

/// The looks of a paragraph's tokens, kept from one paragraph to the next.
#[derive(Debug, Default)]
pub(super) struct Boundaries {
    looks: Vec<Look>,
    /// For every token, how many tokens further a final mark stands.
    ahead: Vec<u16>,
    /// How much of the paragraph is in capitals, and how dense its final marks are.
    caps: Atom,
    density: Atom,
    /// How long the paragraph is, and whether its sentences begin with small letters.
    size: usize,
    style: Atom,
}

/// What has been decided before a gap.
#[derive(Debug, Default)]
struct Past {
    start: usize,
    quote: bool,
    depth: u8,
    /// Sentences before this one.
    count: usize,
    /// The words that began and ended sentences so far, as a filter of bits.
    begun: [u64; 8],
    ended: [u64; 8],
}

impl Past {
    fn bit(word: Atom) -> (usize, u64) {
        (word.0 as usize >> 6 & 7, 1 << (word.0 & 63))
    }

    fn mark(filter: &mut [u64; 8], word: Atom) {
        let (slot, bit) = Self::bit(word);
        if let Some(slot) = filter.get_mut(slot) {
            *slot |= bit;
        }
    }

    fn has(filter: &[u64; 8], word: Atom) -> bool {
        let (slot, bit) = Self::bit(word);
        filter.get(slot).is_some_and(|slot| slot & bit != 0)
    }
}

impl Boundaries {
    /// Appends the token ranges of the sentences among `tokens[first..]`.
    #[expect(clippy::too_many_arguments, reason = "one caller; the buffers belong to it")]
    pub(super) fn find(
        &mut self,
        weights: &Weights,
        lexicon: &Lexicon,
        text: &str,
        tokens: &[RawToken],
        first: usize,
        breaks: Breaks,
        sentences: &mut Vec<Range<u32>>,
    ) {
        let tokens = tokens.get(first..).unwrap_or_default();
        self.learn(lexicon, text, tokens);
        let mut start = 0;
        self.walk(breaks, |this, gap, past, marked| {
            let Some(marked) = marked else {
                sentences.push((first + start) as u32..(first + gap) as u32);
                start = gap;
                return true;
            };
            let sure = if breaks == Breaks::Kept { this.certain(gap, past) } else { None };
            let mut score = weights.bias();
            this.features(gap, past, |template, atoms| score += weights.get(key(template, atoms)));
            let ends = sure.unwrap_or(
                score
                    > match breaks {
                        Breaks::Lost => LOST,
                        Breaks::Kept if marked => 0,
                        Breaks::Kept => UNMARKED,
                    },
            );
            if ends {
                sentences.push((first + start) as u32..(first + gap) as u32);
                start = gap;
            }
            ends
        });
        if start < tokens.len() {
            sentences.push((first + start) as u32..(first + tokens.len()) as u32);
        }
    }

    /// Looks at every token of a paragraph.
    pub(super) fn learn(&mut self, lexicon: &Lexicon, text: &str, tokens: &[RawToken]) {
        self.looks.clear();
        let mut quotes = Quotes::default();
        let mut before = Look::default();
        let (mut capitals, mut words, mut marks, mut small) = (0, 0, 0, 0);
        for token in tokens {
            let look = Look::at(token, text.as_bytes(), &before, &mut quotes, lexicon);
            match look.shape {
                Shape::Capitals => {
                    capitals += 1;
                    words += 1;
                }
                Shape::Capitalised | Shape::MixedCase | Shape::Small => words += 1,
                shape if shape.marks() => marks += 1,
                _ => {}
            }
            small += usize::from(before.shape.marks() && matches!(look.shape, Shape::Small | Shape::Letter));
            self.looks.push(look);
            before = look;
        }
        self.caps = step(usize::from(words > 3 && capitals * 10 > words * 7));
        self.density = step(match marks * 100 / tokens.len().max(1) {
            0..1 => 0,
            1..3 => 1,
            3..5 => 2,
            5..8 => 3,
            _ => 4,
        });
        self.style = step(match small * 100 / (marks + 1) {
            0..5 => 0,
            5..30 => 1,
            30..60 => 2,
            _ => 3,
        });
        self.size = match tokens.len() {
            0..30 => 0,
            30..80 => 1,
            80..200 => 2,
            200..600 => 3,
            _ => 4,
        };
        self.ahead.clear();
        self.ahead.resize(self.looks.len(), 0);
        let mut distance = 100_u16;
        for (look, ahead) in self.looks.iter().zip(&mut self.ahead).rev() {
            distance = if look.shape.marks() { 0 } else { distance.saturating_add(1) };
            *ahead = distance;
        }
    }

    #[inline]
    fn look(&self, at: usize) -> Look {
        self.looks.get(at).copied().unwrap_or_default()
    }

    /// Goes through the gaps where a sentence might end and asks `ends`, with whether a final mark stands before the
    /// gap, or `None` where the sentence must end for its length; the answer is part of what the next gaps see.
    fn walk(&self, breaks: Breaks, mut ends: impl FnMut(&Self, usize, &Past, Option<bool>) -> bool) {
        let mut past = Past::default();
        for gap in 1..self.looks.len() {
            let (left, right) = (self.look(gap - 1), self.look(gap));
            match left.shape {
                Shape::Open => past.quote = true,
                Shape::Close => past.quote = false,
                Shape::Bracket => past.depth = past.depth.saturating_add(1),
                Shape::Bracketed => past.depth = past.depth.saturating_sub(1),
                _ => {}
            }
            let cut = gap - past.start >= SENTENCE_TOKENS_MAX as usize && !right.inside;
            if !cut {
                let Some(marked) = self.possible(gap, left, right, breaks) else { continue };
                if !ends(self, gap, &past, Some(marked)) {
                    continue;
                }
            } else {
                ends(self, gap, &past, None);
            }
            Past::mark(&mut past.begun, self.look(past.start).word);
            Past::mark(&mut past.ended, left.word);
            past.quote &= gap - past.start < 80;
            past.start = gap;
            past.depth = 0;
            past.count += 1;
        }
    }

    /// Whether a sentence may end at a gap at all, and whether after a final mark.
    fn possible(&self, gap: usize, left: Look, right: Look, breaks: Breaks) -> Option<bool> {
        if right.inside || right.shape == Shape::Clitic && !left.space_after {
            return None;
        }
        if matches!(left.shape, Shape::Open | Shape::Bracket) && !left.space_after {
            return None;
        }
        if right.shape.closes() && !left.space_after {
            return None;
        }
        // What stands before closing quotation marks and brackets, where they follow a mark.
        let mut last = left.shape;
        let mut at = gap - 1;
        while last.closes() && at > 0 && gap - at < 4 {
            at -= 1;
            last = self.look(at).shape;
        }
        // A note's number after the mark: `ended. [6] The`.
        if last == Shape::Number && self.look(gap - 1).shape == Shape::Bracketed && at > 1 {
            last = self.look(at - 2).shape;
        }
        let marked = last.ends();
        match breaks {
            Breaks::Lost => Some(marked),
            Breaks::Kept if marked => Some(true),
            Breaks::Kept => {
                let begins = matches!(
                    right.shape,
                    Shape::Capitalised
                        | Shape::Capital
                        | Shape::Number
                        | Shape::Figure
                        | Shape::Open
                        | Shape::Bullet
                );
                (begins && left.space_after && left.shape != Shape::Bracketed).then_some(false)
            }
        }
    }

    /// What edited text leaves no doubt about: `1. The` at a sentence's start counts, `on June 3. The` ends; a word
    /// that no name begins with is capitalised after `p.m.` or `Inc.` because a sentence begins.
    fn certain(&self, gap: usize, past: &Past) -> Option<bool> {
        let (number, stop, right) = (self.look(gap.checked_sub(2)?), self.look(gap - 1), self.look(gap));
        let begins = matches!(right.shape, Shape::Capitalised | Shape::Capital | Shape::Open);
        if stop.shape == Shape::Stop && matches!(number.shape, Shape::Number | Shape::Figure) && begins {
            return Some(gap - past.start > 2);
        }
        let open = matches!(
            stop.shape,
            Shape::Dotted | Shape::Final | Shape::Abbreviated | Shape::Date | Shape::Before
        );
        let starts = stop.space_after && right.shape == Shape::Capitalised && STARTERS.contains(&right.word);
        (open && starts).then_some(true)
    }

    /// The features of a gap.
    #[inline]
    fn features(&self, gap: usize, past: &Past, mut see: impl FnMut(usize, [Atom; 4])) {
        let edge = Look::default();
        let back = |n: usize| gap.checked_sub(n).map_or(edge, |at| self.look(at));
        let (p1, p2, p3) = (back(1), back(2), back(3));
        let (n1, n2, n3) = (self.look(gap), self.look(gap + 1), self.look(gap + 2));
        let (sp1, sp2, sp3) = (p1.shape.atom(), p2.shape.atom(), p3.shape.atom());
        let (sn1, sn2, sn3) = (n1.shape.atom(), n2.shape.atom(), n3.shape.atom());
        let none = Atom::default();
        let long = length(gap - past.start);
        let ahead = self.ahead.get(gap).copied().unwrap_or(100);
        let space = step(usize::from(p1.space_after));
        see(0, [sp1, sn1, space, none]);
        see(1, [sp2, sp1, sn1, sn2]);
        see(2, [p1.word, sn1, none, none]);
        see(3, [n1.word, sn1, sp1, none]);
        see(4, [p1.word, n1.word, none, none]);
        see(5, [p2.word, sp1, sn1, none]);
        see(6, [n2.word, sn1, sp1, none]);
        see(7, [n1.word, n2.word, none, none]);
        see(8, [long, sp1, sn1, none]);
        see(9, [step(usize::from(past.quote)), sp1, sn1, none]);
        see(10, [sp3, sp2, sp1, sn1]);
        see(11, [sp1, sn1, sn2, sn3]);
        see(12, [p2.word, p1.word, sn1, none]);
        see(13, [self.look(past.start).shape.atom(), long, sp1, sn1]);
        see(14, [p1.end, sn1, none, none]);
        see(15, [n1.end, sn1, sp1, none]);
        see(16, [length(ahead as usize), sp1, sn1, none]);
        see(17, [self.caps, sp1, sn1, none]);
        see(18, [self.density, sp1, sn1, none]);
        see(19, [step(usize::from(past.depth > 0)), sp1, sn1, none]);
        see(20, [p1.word, sn1, sn2, none]);
        see(21, [sp2, sp1, n1.word, sn1]);
        see(22, [long, p1.word, none, none]);
        let known = |a: Look, b: Look| step(usize::from(a.common) + 2 * usize::from(b.common));
        see(24, [known(p1, n1), sp1, sn1, known(p2, n2)]);
        see(25, [known(n1, n2), sp1, sn1, sn2]);
        let place = step(self.size * 2 + usize::from(past.count > 0));
        see(26, [place, sp1, sn1, none]);
        see(27, [place, n1.word, sn1, none]);
        see(28, [self.style, sp1, sn1, none]);
        see(29, [self.style, n1.word, sn1, sp1]);
        let seen =
            usize::from(Past::has(&past.begun, n1.word)) + 2 * usize::from(Past::has(&past.ended, p1.word));
        see(30, [step(seen), sp1, sn1, none]);
        see(31, [step(seen), known(p1, n1), sn1, long]);
        see(23, [long, n1.word, sn1, none]);
    }
}

/// A view of the gaps for training: what the model sees, gap by gap.
#[derive(Debug, Default)]
pub struct Gaps {
    boundaries: Boundaries,
}

impl Gaps {
    /// Calls `see` with every feature of every possible gap (before the token of that index), then `ends` for the
    /// gold answer.
    pub fn visit(
        &mut self,
        language: &super::Language,
        text: &str,
        tokens: &[RawToken],
        breaks: Breaks,
        mut see: impl FnMut(usize, usize, [Atom; 4]),
        mut ends: impl FnMut(usize) -> bool,
    ) {
        self.boundaries.learn(&language.lexicon, text, tokens);
        self.boundaries.walk(breaks, |this, gap, past, _| {
            this.features(gap, past, |template, atoms| see(gap, template, atoms));
            ends(gap)
        });
    }
}
