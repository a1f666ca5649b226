//! What must hold of every analysis, whatever the text: spans lie inside, on whole characters, and cut what the row
//! says; trees are trees of their sentence; ids are unique; references lead somewhere. Takes what the analyzer made,
//! gives the first thing that is wrong. The tests of odd texts, the benches and the fuzz targets share it.

use std::collections::HashSet;
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::{Article, Record};
use transforms::document::{Parsed, ROOT};
use transforms::tables::{ActorCells, Rows};

/// The first thing that is wrong.
pub type Sound = Result<(), String>;

fn must(holds: bool, what: impl FnOnce() -> String) -> Sound {
    if holds { Ok(()) } else { Err(what()) }
}

/// Sentences, tokens, trees, lemmas and names of a text.
pub fn parsed(text: &str, parsed: &Parsed) -> Sound {
    let fits = |start: u32, end: u32| text.get(start as usize..end as usize).is_some_and(|t| !t.is_empty());
    let (mut next, mut at) = (0, 0);
    for sentence in &parsed.sentences {
        let tokens = &sentence.tokens;
        must(tokens.start == next && tokens.end > next, || format!("tokens {tokens:?} after {next}"))?;
        must(fits(sentence.span.start, sentence.span.end), || format!("sentence {:?}", sentence.span))?;
        must(sentence.span.start >= at, || format!("sentence {:?} begins before {at}", sentence.span))?;
        next = tokens.end;
        at = sentence.span.end;
        let words = parsed.tokens.get(tokens.start as usize..tokens.end as usize);
        let words = words.ok_or_else(|| format!("no tokens {tokens:?}"))?;
        let mut before = sentence.span.start;
        let mut roots = 0;
        for token in words {
            must(fits(token.span.start, token.span.end), || format!("token {:?}", token.span))?;
            must(sentence.span.contains(token.span), || format!("{:?} outside its sentence", token.span))?;
            must(token.span.start >= before, || format!("token {:?} before {before}", token.span))?;
            before = token.span.start;
            let lemma = token.lemma.start as usize..token.lemma.end as usize;
            must(parsed.lemmas.get(lemma.clone()).is_some(), || format!("lemma {lemma:?}"))?;
            roots += u32::from(token.head == ROOT);
            must(token.head == ROOT || tokens.contains(&token.head), || format!("head {}", token.head))?;
        }
        // A sentence longer than the network reads at once is several trees.
        must(roots > 0, || format!("no root in tokens {tokens:?}"))?;
        for start in tokens.clone() {
            let (mut at, mut steps) = (start, 0);
            while let Some(token) = parsed.tokens.get(at as usize).filter(|t| t.head != ROOT) {
                at = token.head;
                steps += 1;
                must(steps <= 256, || format!("token {start} hangs on a circle"))?;
            }
        }
    }
    must(next as usize == parsed.tokens.len(), || format!("{next} tokens of {}", parsed.tokens.len()))?;
    let mut last = 0;
    for name in &parsed.names {
        let range = &name.tokens;
        must(range.start >= last && range.end > range.start, || format!("name {range:?} after {last}"))?;
        last = range.end;
        must(fits(name.span.start, name.span.end), || format!("name {:?}", name.span))?;
        let sentence = parsed.sentences.get(name.sentence as usize);
        let inside = sentence.is_some_and(|s| s.tokens.start <= range.start && range.end <= s.tokens.end);
        must(inside, || format!("name {range:?} is not in its sentence"))?;
    }
    Ok(())
}

/// The text of an article by code points.
struct Cut<'a> {
    text: &'a str,
    starts: Vec<usize>,
}

impl<'a> Cut<'a> {
    fn new(text: &'a str) -> Self {
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { text, starts }
    }

    fn cut(&self, start: u32, end: u32) -> Result<&'a str, String> {
        let at = |offset: u32| self.starts.get(offset as usize).copied();
        at(start)
            .zip(at(end))
            .and_then(|(s, e)| self.text.get(s..e))
            .ok_or_else(|| format!("{start}..{end} of {} characters", self.starts.len() - 1))
    }

    fn is(&self, what: &str, start: u32, end: u32, text: &str) -> Sound {
        let cut = self.cut(start, end).map_err(|e| format!("{what}: {e}"))?;
        must(cut == text && !cut.is_empty(), || format!("{what} {start}..{end} cuts `{cut}`, says `{text}`"))
    }

    fn some(&self, what: &str, start: Option<u32>, end: Option<u32>) -> Sound {
        match (start, end) {
            (None, None) => Ok(()),
            (Some(start), Some(end)) => {
                let cut = self.cut(start, end).map_err(|e| format!("{what}: {e}"))?;
                must(!cut.is_empty(), || format!("{what} {start}..{end} is empty"))
            }
            half => Err(format!("{what} is half stated: {half:?}")),
        }
    }

    fn actor(&self, what: &str, actor: &ActorCells) -> Sound {
        self.some(what, actor.start_char, actor.end_char)
    }
}

/// The rows of one article.
pub fn rows(rows: &Rows) -> Sound {
    let [article] = rows.articles.as_slice() else {
        return Err(format!("{} rows of articles", rows.articles.len()));
    };
    let id = article.article_id;
    let cut = Cut::new(&article.text);
    must(article.n_chars as usize == cut.starts.len() - 1, || "n_chars".to_owned())?;
    must(article.n_sentences as usize == rows.sentences.len(), || "n_sentences".to_owned())?;
    let sentences = 1..=rows.sentences.len() as i32;
    let known = |no: i32| sentences.contains(&no) || (0..rows.sentences.len() as i32).contains(&no);
    for s in &rows.sentences {
        must(s.article_id == id, || "a sentence of another article".to_owned())?;
        cut.some("sentence", Some(s.start_char), Some(s.end_char))?;
    }
    for e in &rows.entities {
        must(e.article_id == id && known(e.sentence_no), || format!("entity in sentence {}", e.sentence_no))?;
        cut.is("entity", e.start_char, e.end_char, &e.text)?;
    }
    let figures: HashSet<_> = rows.figures.iter().map(|f| f.figure_id).collect();
    must(figures.len() == rows.figures.len(), || "a figure twice".to_owned())?;
    let events: HashSet<_> = rows.events.iter().map(|e| e.event_id).collect();
    must(events.len() == rows.events.len(), || "an event twice".to_owned())?;
    let mentions: HashSet<_> = rows.event_mentions.iter().map(|m| m.mention_id).collect();
    must(mentions.len() == rows.event_mentions.len(), || "an event mention twice".to_owned())?;
    for m in &rows.event_mentions {
        must(m.article_id == id && known(m.sentence_no), || "mention in no sentence".to_owned())?;
        must(events.contains(&m.event_id), || format!("mention of no event {}", m.event_id))?;
        cut.is("event mention", m.start_char, m.end_char, &m.text)?;
        cut.some("trigger", m.trigger_start, m.trigger_end)?;
        cut.some("place", m.place_start, m.place_end)?;
        cut.actor("actor1", &m.actor1)?;
        cut.actor("actor2", &m.actor2)?;
    }
    for a in &rows.event_actors {
        must(events.contains(&a.event_id), || "an actor of no event".to_owned())?;
    }
    let claims: HashSet<_> = rows.casualty_claims.iter().map(|c| c.claim_id).collect();
    must(claims.len() == rows.casualty_claims.len(), || "a claim twice".to_owned())?;
    for c in &rows.casualty_claims {
        must(events.contains(&c.event_id), || "a claim of no event".to_owned())?;
        must(c.subset_of.is_none_or(|s| claims.contains(&s)), || "a part of no claim".to_owned())?;
        cut.is("claim", c.start_char, c.end_char, &c.text)?;
        must(c.low.zip(c.high).is_none_or(|(l, h)| 0 <= l && l <= h), || "claim's bounds".to_owned())?;
    }
    for f in &rows.figure_mentions {
        must(figures.contains(&f.figure_id), || "a mention of no figure".to_owned())?;
        cut.is("figure mention", f.start_char, f.end_char, &f.text)?;
    }
    for r in &rows.figure_roles {
        must(figures.contains(&r.figure_id), || "a role of no figure".to_owned())?;
    }
    for q in &rows.quantities {
        must(known(q.sentence_no), || "quantity in no sentence".to_owned())?;
        cut.is("quantity", q.start_char, q.end_char, &q.text)?;
        let finite = |v: Option<f64>| v.is_none_or(f64::is_finite);
        must(finite(q.value) && finite(q.value_high), || format!("quantity `{}` is not finite", q.text))?;
    }
    let quotes: HashSet<_> = rows.quotes.iter().map(|q| q.quote_id).collect();
    must(quotes.len() == rows.quotes.len(), || "a quote twice".to_owned())?;
    for q in &rows.quotes {
        cut.is("quote", q.start_char, q.end_char, &q.text)?;
        cut.some("speaker", q.speaker_start, q.speaker_end)?;
        must(q.speaker_figure_id.is_none_or(|f| figures.contains(&f)), || {
            "a speaker who is no figure".into()
        })?;
        must(q.continues_quote_id.is_none_or(|c| quotes.contains(&c)), || "continues no quote".to_owned())?;
    }
    for s in &rows.sentiment {
        cut.some("tone", s.start_char, s.end_char)?;
        must(s.score.is_none_or(|v| (-1.0..=1.0).contains(&v)), || format!("score {:?}", s.score))?;
        must(s.target_figure_id.is_none_or(|f| figures.contains(&f)), || {
            "tone towards no figure".to_owned()
        })?;
    }
    Ok(())
}

/// The blocks of an article.
fn blocks(article: &Article) -> Sound {
    let mut last = 0;
    for block in &article.blocks {
        let span = block.span;
        let fits = article.text.get(span.start as usize..span.end as usize).is_some();
        must(fits && span.start >= last, || format!("block {span:?} after {last}"))?;
        last = span.end;
    }
    Ok(())
}

/// Reads a text as a file that may hold several articles, or as the text of one; checks all that comes of it; gives
/// the number of articles.
pub fn whole(analyzer: &Analyzer, text: &str, raw: bool, scratch: &mut Scratch) -> Result<usize, String> {
    let outcome =
        analyzer.read(Record { doc_id: "odd".into(), raw, text: text.to_owned(), ..Record::default() });
    let mut made = Rows::default();
    for article in &outcome.articles {
        blocks(article)?;
        made.clear();
        analyzer.analyze(article, scratch, &mut made);
        parsed(&article.text, &scratch.parsed)?;
        rows(&made)?;
    }
    Ok(outcome.articles.len())
}
