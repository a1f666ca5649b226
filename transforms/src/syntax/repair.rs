//! Sentences that the parser leaves without a verb or without a subject: "Zarnia severed ties with Lorvia." read as
//! "Zarnia's severed ties", "Chairing the session, Ann Low asked ..." with Ann Low apposed to the session. A past tense
//! that looks like a participle is taken for an adjective of the noun behind it; where a whole sentence has no other
//! finite verb, it is one.

use crate::document::{ROOT, Token};
use crate::grammar::{Deprel, Upos, Xpos};
use std::ops::Range;

/// Gives a sentence its verb and its subject back. `first` is the index of its first token in the document.
pub fn sentence<'w>(tokens: &mut [Token], first: u32, word: impl Fn(&Token) -> &'w str) {
    find_verb(tokens, first, &word);
    find_subject(tokens, first, &word);
}

/// The noun phrase between the comma behind a lead-in and a finite root that has no subject is its subject.
fn find_subject<'w>(tokens: &mut [Token], first: u32, word: impl Fn(&Token) -> &'w str) {
    let Some(root) = tokens.iter().position(|t| t.deprel == Deprel::Root) else { return };
    let at = first + root as u32;
    let subject = |t: &Token| {
        matches!(
            t.deprel,
            Deprel::Nsubj
                | Deprel::NsubjPass
                | Deprel::NsubjOuter
                | Deprel::Csubj
                | Deprel::CsubjPass
                | Deprel::Expl
        )
    };
    let finite = tokens.get(root).is_some_and(|t| matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp));
    if !finite || root < 2 || tokens.iter().any(|t| t.head == at && subject(t)) {
        return;
    }
    let before = tokens.get(..root).unwrap_or(&[]);
    let Some(comma) = before.iter().rposition(|t| word(t) == ",") else { return };
    let last = before.iter().rposition(|t| !matches!(t.upos, Upos::Adv | Upos::Aux));
    let Some(last) = last
        .filter(|l| *l > comma && before.get(*l).is_some_and(|t| matches!(t.upos, Upos::Noun | Upos::Propn)))
    else {
        return;
    };
    let index = |head: u32| head.checked_sub(first).map(|i| i as usize).filter(|_| head != ROOT);
    let inside = |h: usize| h > comma && h < root;
    let mut top = last;
    for _ in comma..root {
        match tokens.get(top).and_then(|t| index(t.head)).filter(|h| inside(*h)) {
            Some(head) => top = head,
            None => break,
        }
    }
    let loose = |t: &Token| {
        index(t.head).is_some_and(|h| h < comma)
            && matches!(
                t.deprel,
                Deprel::Appos | Deprel::Conj | Deprel::Nmod | Deprel::Obj | Deprel::Parataxis | Deprel::Flat
            )
    };
    if let Some(token) =
        tokens.get_mut(top).filter(|t| loose(t) && matches!(t.upos, Upos::Noun | Upos::Propn))
    {
        (token.head, token.deprel) = (at, Deprel::Nsubj);
    }
}

fn find_verb<'w>(tokens: &mut [Token], first: u32, word: impl Fn(&Token) -> &'w str) {
    let finite =
        |t: &Token| t.upos == Upos::Aux || matches!(t.xpos, Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md);
    let closed = tokens.last().is_some_and(|t| word(t) == ".");
    if !closed || tokens.len() < 4 || tokens.iter().any(finite) {
        return;
    }
    let index = |head: u32| head.checked_sub(first).map(|i| i as usize).filter(|_| head != ROOT);
    let Some(root) = tokens.iter().position(|t| t.deprel == Deprel::Root) else { return };
    let nominal = |t: &Token| matches!(t.upos, Upos::Noun | Upos::Propn);
    if !tokens.get(root).is_some_and(nominal) {
        return;
    }
    let verb = (1..tokens.len()).find(|at| {
        let (Some(before), Some(token)) = (tokens.get(at - 1), tokens.get(*at)) else { return false };
        let behind = index(token.head).is_some_and(|h| h > *at && tokens.get(h).is_some_and(nominal));
        token.xpos == Xpos::Vbn
            && token.deprel == Deprel::Amod
            && behind
            && nominal(before)
            && before.space_after
    });
    let Some(verb) = verb else {
        with_object(tokens, first, root);
        return;
    };
    let Some(noun) = tokens.get(verb).and_then(|t| index(t.head)) else { return };
    let object = if root > verb { root } else { noun };
    let subject = if root < verb { root } else { top(tokens, verb - 1, verb, index) };
    let at = first + verb as u32;
    let set = |tokens: &mut [Token], i: usize, head: u32, deprel: Deprel| {
        if let Some(token) = tokens.get_mut(i) {
            (token.head, token.deprel) = (head, deprel);
        }
    };
    // What stood before the verb and hung behind it belongs to the subject.
    let stray: Range<usize> = 0..verb;
    for i in stray {
        if i != subject
            && tokens.get(i).and_then(|t| index(t.head)).is_some_and(|h| h >= verb)
            && let Some(token) = tokens.get_mut(i)
        {
            token.head = first + subject as u32;
        }
    }
    set(tokens, verb, ROOT, Deprel::Root);
    set(tokens, subject, at, Deprel::Nsubj);
    set(tokens, object, at, Deprel::Obj);
    set(tokens, tokens.len() - 1, at, Deprel::Punct);
    if let Some(token) = tokens.get_mut(verb) {
        (token.upos, token.xpos) = (Upos::Verb, Xpos::Vbd);
    }
}

/// "Police named Omar Haddad as the suspect.": a participle with an object of its own is no passive.
fn with_object(tokens: &mut [Token], first: u32, root: usize) {
    let at = |i: usize| first + i as u32;
    let verb = tokens
        .iter()
        .enumerate()
        .position(|(i, t)| t.xpos == Xpos::Vbn && t.deprel == Deprel::Acl && t.head == at(root) && i > root);
    let Some(verb) = verb else { return };
    if !tokens.iter().any(|t| t.head == at(verb) && t.deprel == Deprel::Obj) {
        return;
    }
    for token in tokens.iter_mut().skip(verb + 1).filter(|t| t.head == at(root)) {
        token.head = at(verb);
    }
    if let Some(token) = tokens.get_mut(root) {
        (token.head, token.deprel) = (at(verb), Deprel::Nsubj);
    }
    if let Some(token) = tokens.get_mut(verb) {
        (token.head, token.deprel, token.upos, token.xpos) = (ROOT, Deprel::Root, Upos::Verb, Xpos::Vbd);
    }
}

/// The highest token above `at` that stands before `limit`.
fn top(tokens: &[Token], at: usize, limit: usize, index: impl Fn(u32) -> Option<usize>) -> usize {
    let mut at = at;
    for _ in 0..limit {
        match tokens.get(at).and_then(|t| index(t.head)).filter(|h| *h < limit) {
            Some(head) => at = head,
            None => break,
        }
    }
    at
}

#[cfg(test)]
mod tests {
    use crate::analyze::{Core, Scratch};
    use crate::article::Article;
    use crate::document::Document;
    use crate::syntax::{Predicate, Tree, TreeScratch};
    use seeds::Seeds;

    #[test]
    fn a_sentence_has_its_verb() {
        let core = Core::new(&Seeds::embedded()).unwrap();
        let (mut scratch, mut trees) = (Scratch::default(), TreeScratch::default());
        for (text, verb, subject, object) in [
            ("Bolivia severed diplomatic relations with Israel.", "severed", "Bolivia", "relations"),
            ("Pakistan suspended trade with India.", "suspended", "Pakistan", "trade"),
            (
                "Chairing the session, Senator Jawed Khan echoed concerns over rice exports and directed the agency.",
                "echoed",
                "Jawed",
                "concerns",
            ),
            // A participle stays one where the sentence has another verb.
            ("The rebels attacked the besieged town.", "attacked", "rebels", "town"),
        ] {
            let article = Article::of_text("a", text);
            core.parse(&article, &mut scratch);
            let doc = Document { article: &article, parsed: &scratch.parsed };
            let tree = Tree::new(doc, doc.sentence(0).unwrap(), &mut trees);
            let at = tree.iter().find(|(i, _)| tree.word(*i) == verb).unwrap().0;
            let found = Predicate::new(&tree, at);
            assert_eq!(found.subject().map(|i| tree.word(i)), Some(subject), "{text}");
            assert_eq!(found.object().map(|i| tree.word(i)), Some(object), "{text}");
        }
    }
}
