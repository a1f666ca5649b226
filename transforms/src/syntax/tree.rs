//! One sentence's dependency tree with its children at hand.

use crate::document::{Document, ROOT, Sentence, Token};
use crate::grammar::{Deprel, Upos, Xpos};

/// Buffers of [`Tree`], reused from sentence to sentence.
#[derive(Debug, Default)]
pub struct TreeScratch {
    first: Vec<u32>,
    list: Vec<u32>,
}

/// A sentence's tree. Tokens are named by their index in the article; a malformed tree gives fewer answers, never a
/// panic or a loop.
#[derive(Debug, Clone, Copy)]
pub struct Tree<'a> {
    /// The article.
    pub doc: Document<'a>,
    /// The sentence.
    pub sentence: &'a Sentence,
    base: u32,
    tokens: &'a [Token],
    first: &'a [u32],
    list: &'a [u32],
}

/// Nouns that say how many of what "of" ties to them.
const QUANTITIES: [&str; 24] = [
    "hundred",
    "hundreds",
    "thousand",
    "thousands",
    "dozen",
    "dozens",
    "score",
    "scores",
    "series",
    "string",
    "wave",
    "spate",
    "number",
    "round",
    "set",
    "couple",
    "handful",
    "majority",
    "million",
    "millions",
    "ten",
    "tens",
    "barrage",
    "lot",
];

impl<'a> Tree<'a> {
    /// Sorts the sentence's tokens under their heads.
    pub fn new(doc: Document<'a>, sentence: &'a Sentence, scratch: &'a mut TreeScratch) -> Self {
        let tokens = doc.tokens(&sentence.tokens);
        let base = sentence.tokens.start;
        let n = tokens.len();
        let TreeScratch { first, list } = scratch;
        first.clear();
        first.resize(n + 2, 0);
        list.clear();
        list.resize(n, 0);
        let slot = |t: &Token| t.head.checked_sub(base).map(|h| h as usize).filter(|h| *h < n);
        for token in tokens {
            if let Some(count) = slot(token).and_then(|h| first.get_mut(h + 2)) {
                *count += 1;
            }
        }
        for at in 2..first.len() {
            let before = first.get(at - 1).copied().unwrap_or(0);
            if let Some(count) = first.get_mut(at) {
                *count += before;
            }
        }
        for (at, token) in tokens.iter().enumerate() {
            if let Some(next) = slot(token).and_then(|h| first.get_mut(h + 1)) {
                if let Some(place) = list.get_mut(*next as usize) {
                    *place = base + at as u32;
                }
                *next += 1;
            }
        }
        Self { doc, sentence, base, tokens, first, list }
    }

    /// The sentence's tokens with their indices.
    pub fn iter(&self) -> impl Iterator<Item = (u32, &'a Token)> + use<'a> {
        let base = self.base;
        self.tokens.iter().enumerate().map(move |(i, t)| (base + i as u32, t))
    }

    /// A token of the sentence.
    pub fn get(&self, at: u32) -> Option<&'a Token> {
        self.tokens.get(at.checked_sub(self.base)? as usize)
    }

    /// The tokens that hang directly on one, in text order.
    pub fn children(&self, at: u32) -> impl Iterator<Item = (u32, &'a Token)> + use<'a> {
        let (tokens, base) = (self.tokens, self.base);
        let place = at.checked_sub(base).map_or(usize::MAX - 1, |a| a as usize);
        let range = match (self.first.get(place), self.first.get(place + 1)) {
            (Some(from), Some(to)) => *from as usize..*to as usize,
            _ => 0..0,
        };
        let list = self.list.get(range).unwrap_or(&[]);
        list.iter().filter_map(move |i| Some((*i, tokens.get(i.checked_sub(base)? as usize)?)))
    }

    /// The first child with a relation.
    pub fn child(&self, at: u32, deprel: Deprel) -> Option<u32> {
        self.children(at).find(|(_, t)| t.deprel == deprel).map(|(i, _)| i)
    }

    /// A token's head in this sentence.
    pub fn head(&self, at: u32) -> Option<u32> {
        let head = self.get(at)?.head;
        (head != ROOT && self.get(head).is_some() && head != at).then_some(head)
    }

    /// A token's lemma.
    pub fn lemma(&self, at: u32) -> &'a str {
        self.get(at).map_or("", |t| self.doc.lemma(t))
    }

    /// A token's text.
    pub fn word(&self, at: u32) -> &'a str {
        self.get(at).map_or("", |t| self.doc.word(t))
    }

    /// A token's relation.
    pub fn deprel(&self, at: u32) -> Option<Deprel> {
        self.get(at).map(|t| t.deprel)
    }

    /// What a noun of quantity counts: the protesters of "hundreds of protesters"; any other noun is itself.
    pub fn content(&self, at: u32) -> u32 {
        if !QUANTITIES.contains(&self.lemma(at)) {
            return at;
        }
        let of = self
            .children(at)
            .find(|(i, t)| *i > at && t.deprel == Deprel::Nmod && self.case(*i) == Some("of"));
        of.map_or(at, |(i, _)| i)
    }

    /// The noun of quantity that counts a noun, else the noun itself: the other way from [`Tree::content`].
    pub fn counted_by(&self, at: u32) -> u32 {
        match (self.deprel(at), self.head(at)) {
            (Some(Deprel::Nmod), Some(head))
                if self.case(at) == Some("of") && QUANTITIES.contains(&self.lemma(head)) =>
            {
                head
            }
            _ => at,
        }
    }

    /// Whether the token is a verb form, whatever its place in the clause.
    pub fn is_verb(&self, at: u32) -> bool {
        self.get(at).is_some_and(|t| {
            matches!(t.upos, Upos::Verb | Upos::Aux)
                || matches!(t.xpos, Xpos::Vb | Xpos::Vbd | Xpos::Vbg | Xpos::Vbn | Xpos::Vbp | Xpos::Vbz)
        })
    }

    /// Whether the token can name somebody or something.
    pub fn is_nominal(&self, at: u32) -> bool {
        self.get(at).is_some_and(|t| {
            matches!(t.upos, Upos::Noun | Upos::Propn | Upos::Pron | Upos::Num | Upos::X)
                || (t.upos == Upos::Adj && self.child(at, Deprel::Det).is_some())
                || t.upos == Upos::Det
        })
    }

    /// The preposition of a nominal: the lemma of its case marker, the last word of a fixed one ("because of": "of").
    pub fn case(&self, at: u32) -> Option<&'a str> {
        let marker =
            |at: u32| self.children(at).find(|(_, t)| t.deprel == Deprel::Case && t.xpos != Xpos::Pos);
        // "with President Donald Tusk": the preposition may hang on the title.
        let titled = || self.child(at, Deprel::NmodDesc).and_then(marker);
        let (_, token) = marker(at).or_else(titled)?;
        Some(self.doc.lemma(token))
    }

    /// The token and the nominals coordinated with it, in text order.
    pub fn conjuncts(&self, at: u32, out: &mut Vec<u32>) {
        out.clear();
        out.push(at);
        out.extend(
            self.children(at)
                .filter(|(i, t)| t.deprel == Deprel::Conj && self.is_nominal(*i))
                .map(|(i, _)| i),
        );
    }

    /// First and last token of the subtree under `at`, walking down at most `limit` nodes.
    pub fn extent(&self, at: u32, keep: impl Fn(u32, &Token) -> bool) -> (u32, u32) {
        let (mut low, mut high) = (at, at);
        let mut stack = [0u32; 96];
        let mut depth = 1;
        stack[0] = at;
        let mut seen = 0;
        while depth > 0 && seen < 512 {
            depth -= 1;
            seen += 1;
            let node = stack.get(depth).copied().unwrap_or(at);
            for (child, token) in self.children(node) {
                if !keep(child, token) {
                    continue;
                }
                low = low.min(child);
                high = high.max(child);
                if let Some(place) = stack.get_mut(depth) {
                    *place = child;
                    depth += 1;
                }
            }
        }
        (low, high)
    }

    /// Whether `below` hangs somewhere under `above` (or is it).
    pub fn under(&self, below: u32, above: u32) -> bool {
        let mut at = below;
        for _ in 0..64 {
            if at == above {
                return true;
            }
            match self.head(at) {
                Some(head) => at = head,
                None => return false,
            }
        }
        false
    }
}
