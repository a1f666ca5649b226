//! Why: a text with its sentences, words, names and the events that came of them; or one event of a data set with
//! every row that belongs to it.

use crate::source::{self, Item, SourceOptions};
use anyhow::bail;
use output::Table;
use std::io::Write;
use std::path::Path;
use transforms::analyze::{Analyzer, Scratch};
use transforms::article::Article;
use transforms::document::{Document, ROOT, Sentence};
use transforms::events::EventMention;

/// Explains every article of a file.
pub fn article(analyzer: &Analyzer, file: &Path, out: &mut impl Write) -> anyhow::Result<()> {
    let inputs = source::resolve(&[file.as_os_str().to_owned()])?;
    let mut reader = source::open(inputs, SourceOptions::default());
    let mut scratch = Scratch::default();
    while let Some(item) = reader.next_item() {
        match item? {
            Item::Quarantine(row) => writeln!(out, "not read ({}): {}\n", row.error_code, row.message)?,
            Item::Record(record) => {
                let outcome = analyzer.read(record);
                if let Some(skip) = outcome.skipped {
                    writeln!(out, "passed over: {}\n", skip.as_str())?;
                }
                for article in &outcome.articles {
                    analyzer.parse(article, &mut scratch);
                    analyzer.extract(article, &mut scratch);
                    one(analyzer, article, &scratch, out)?;
                }
            }
        }
    }
    Ok(())
}

fn one(
    analyzer: &Analyzer,
    article: &Article,
    scratch: &Scratch,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let doc = Document { article, parsed: &scratch.parsed };
    writeln!(out, "article   {} part {}", article.doc_id, article.doc_part)?;
    writeln!(out, "title     {}", article.title.as_deref().unwrap_or("-"))?;
    let date = article.pub_date.map_or("-".to_owned(), |d| d.to_string());
    writeln!(out, "date      {date} (from: {})", article.pub_date_source.as_str())?;
    writeln!(out, "dateline  {}", article.dateline_place.as_deref().unwrap_or("-"))?;
    for (number, sentence) in scratch.parsed.sentences.iter().enumerate() {
        writeln!(out, "\n[{number}] {} {}", sentence.zone.as_str(), one_line(doc.text(sentence.span)))?;
        tokens(doc, sentence, out)?;
        let told: Vec<&EventMention> =
            scratch.events.mentions.iter().filter(|m| m.sentence as usize == number).collect();
        for mention in &told {
            event_lines(analyzer, doc, scratch, mention, out)?;
        }
        if told.is_empty() {
            writeln!(out, "  no event: {}", why_none(analyzer, doc, sentence))?;
        }
    }
    writeln!(out)?;
    for figure in &scratch.figures.figures {
        let country = figure.country.map(|c| c.to_string());
        writeln!(out, "figure    {} ({})", figure.name, country.as_deref().unwrap_or("country unknown"))?;
    }
    writeln!(out)?;
    Ok(())
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of a sentence, one a line: number, form, lemma, tag, relation and head, name.
fn tokens(doc: Document<'_>, sentence: &Sentence, out: &mut impl Write) -> anyhow::Result<()> {
    for at in sentence.tokens.clone() {
        let Some(token) = doc.token(at) else { continue };
        let head = match token.head {
            ROOT => "root".to_owned(),
            head => doc.token(head).map_or("", |t| doc.word(t)).to_owned(),
        };
        let name = doc.name_at(at).map_or("", |m| m.label.as_str());
        writeln!(
            out,
            "  {:>3} {:<18} {:<18} {:<6} {:<6} {:<13} < {:<18} {name}",
            at - sentence.tokens.start + 1,
            doc.word(token),
            doc.lemma(token),
            token.upos.as_str(),
            token.xpos.as_str(),
            token.deprel.as_str(),
            head
        )?;
    }
    Ok(())
}

/// The words of a clause that stands by itself: form, lemma, tag, relation and head, name.
fn words(text: &str, scratch: &Scratch, out: &mut impl Write) -> anyhow::Result<()> {
    let parsed = &scratch.parsed;
    for (at, token) in parsed.tokens.iter().enumerate() {
        let head = parsed.tokens.get(token.head as usize).map_or("root", |t| t.span.of(text));
        let name =
            parsed.names.iter().find(|m| m.tokens.contains(&(at as u32))).map_or("", |m| m.label.as_str());
        writeln!(
            out,
            "    {:<18} {:<18} {:<6} {:<13} < {head:<18} {name}",
            token.span.of(text),
            token.lemma.of(&parsed.lemmas),
            token.xpos.as_str(),
            token.deprel.as_str()
        )?;
    }
    Ok(())
}

fn event_lines(
    analyzer: &Analyzer,
    doc: Document<'_>,
    scratch: &Scratch,
    mention: &EventMention,
    out: &mut impl Write,
) -> anyhow::Result<()> {
    let rule = analyzer.events().rules.frame(mention.rule);
    let trigger = doc.token(mention.trigger).map_or("", |t| doc.word(t));
    let mode = mention.mode.map(|m| format!(".{m}")).unwrap_or_default();
    writeln!(out, "  event {} {}{mode}, {}", mention.event, mention.plover_type, mention.modality)?;
    writeln!(out, "    rule      {} on \"{trigger}\"", rule.map_or("-", |r| r.id.as_str()))?;
    for (side, actors) in [("actor", &mention.one), ("recipient", &mention.two)] {
        for actor in actors {
            let country = actor.country.map(|c| c.to_string()).unwrap_or_default();
            let sector = actor.sector.map(|c| c.to_string()).unwrap_or_default();
            let code = actor.code.map(|c| format!(" [{c}]")).unwrap_or_default();
            writeln!(out, "    {side:<9} {} {country} {sector}{code}", actor.name)?;
        }
    }
    match mention.date {
        Some(date) => {
            let words: Vec<&str> = doc.tokens(&(date.first..date.end)).iter().map(|t| doc.word(t)).collect();
            let said = words.join(" ");
            writeln!(
                out,
                "    date      {} to the {} ({}: \"{said}\")",
                date.date,
                date.precision.as_str(),
                date.source
            )?;
        }
        None => writeln!(
            out,
            "    date      none in the text; news asserted as fact takes the day of publication"
        )?,
    }
    if let Some(index) = mention.place
        && let Some(name) = scratch.parsed.names.get(index as usize)
    {
        let place = scratch.places.get(index as usize);
        let country = place.and_then(|p| p.iso3).map(|c| c.to_string()).unwrap_or_default();
        writeln!(out, "    place     {} {country}", doc.text(name.span))?;
    }
    for claim in scratch.events.claims.iter().filter(|c| {
        scratch.events.mentions.get(c.mention as usize).is_some_and(|m| m.trigger == mention.trigger)
    }) {
        writeln!(
            out,
            "    {:<9} {} ({:?} {:?} {:?})",
            claim.outcome,
            doc.text(claim.span),
            claim.low,
            claim.best,
            claim.high
        )?;
    }
    Ok(())
}

/// Why no rule fired in a sentence.
fn why_none(analyzer: &Analyzer, doc: Document<'_>, sentence: &Sentence) -> String {
    if sentence.zone == transforms::grammar::Zone::Boilerplate {
        return "boilerplate is not read".to_owned();
    }
    let rules = &analyzer.events().rules;
    let mut words = Vec::new();
    for token in doc.tokens(&sentence.tokens) {
        let lemma = doc.lemma(token);
        let known = rules.verb(lemma).next().or_else(|| rules.noun(lemma).next());
        if let Some((_, frame)) = known {
            words.push(format!("\"{}\" ({})", doc.word(token), frame.id));
        }
    }
    if words.is_empty() {
        return "no word of it triggers a rule".to_owned();
    }
    format!("the sides or conditions are not found for {}", words.join(", "))
}

/// Explains one event of a data set: its row, every telling with its evidence, its actors and numbers.
pub fn event(analyzer: &Analyzer, folder: &Path, id: &str, out: &mut impl Write) -> anyhow::Result<()> {
    let mut scratch = Scratch::default();
    if !(id.len() == 18 && id.starts_with("e_")) {
        bail!("{id}: no event id; event ids are e_ and 16 hex digits");
    }
    let mut found = false;
    for table in [Table::Events, Table::EventMentions, Table::EventActors, Table::CasualtyClaims] {
        for row in output::read::rows_where(folder, table.name(), "event_id", id)? {
            found = true;
            writeln!(out, "{}", table.name())?;
            for (column, value) in &row.cells {
                if let Some(value) = value {
                    writeln!(out, "  {column:<20} {}", one_line(value))?;
                }
            }
            if let (Table::EventMentions, Some(clause)) = (table, row.get("text")) {
                analyzer.parse_raw(clause, &mut scratch);
                words(clause, &scratch, out)?;
            }
            writeln!(out)?;
        }
    }
    if !found {
        bail!("{id}: no such event in {}", folder.display());
    }
    Ok(())
}
