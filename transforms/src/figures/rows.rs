//! Figures as rows: one of `figures`, one of `figure_mentions` for each mention, one of `figure_roles` for each
//! different office of each person.

use super::people::line;
use super::{FigureKind, FigureSet, Form, Role};
use crate::code::Id;
use crate::document::{Document, Token};
use crate::grammar::{Upos, Xpos};
use crate::span::Span;
use crate::tables::{FigureMentionRow, FigureRoleRow, FigureRow, Rows};
use rustc_hash::FxHashSet;

pub(super) fn write(doc: Document<'_>, article: Id, set: &FigureSet, out: &mut Rows) {
    let mut aliases: Vec<Vec<String>> = vec![Vec::new(); set.figures.len()];
    let mut roles: FxHashSet<(u32, String)> = FxHashSet::default();
    for mention in &set.mentions {
        let Some(figure) = set.figure(mention) else { continue };
        let role = mention.role.map(|r| line(doc, r.span));
        if matches!(mention.form, Form::Full | Form::Short)
            && let Some(names) = aliases.get_mut(mention.figure as usize)
        {
            let name = line(doc, mention.span);
            if name != figure.name && !names.contains(&name) && names.len() < 16 {
                names.push(name);
            }
        }
        if let Some(r) = mention.role {
            push(doc, article, set, (mention.figure, r), &mut roles, out);
        }
        out.figure_mentions.push(FigureMentionRow {
            article_id: article,
            figure_id: figure.id,
            sentence_no: mention.sentence as i32,
            start_char: doc.chars(mention.span.start),
            end_char: doc.chars(mention.span.end),
            text: doc.printed(mention.span).to_owned(),
            form: mention.form.as_str(),
            role_text: role,
            confidence: Some(f64::from(mention.confidence)),
        });
    }
    for role in &set.roles {
        push(doc, article, set, *role, &mut roles, out);
    }
    // One row a figure and article, so that counting rows counts articles.
    let mut written: FxHashSet<Id> = FxHashSet::default();
    for (figure, aliases) in set.figures.iter().zip(aliases) {
        if !written.insert(figure.id) {
            continue;
        }
        out.figures.push(FigureRow {
            figure_id: figure.id,
            kind: match figure.kind {
                FigureKind::Person => "person",
                FigureKind::Organisation => "organisation",
            },
            name: figure.known_as.clone().unwrap_or_else(|| figure.name.clone()),
            aliases,
            country: figure.country,
            sector: figure.sector,
            wikidata_id: None,
            seen: doc.article.pub_date,
        });
    }
}

/// A plural office as each of its bearers holds it: "Republican Senators" A and B are each a "Republican Senator".
fn single(doc: Document<'_>, span: Span) -> String {
    let whole = line(doc, span);
    let tokens = &doc.parsed.tokens;
    let from = tokens.partition_point(|t| t.span.start < span.start);
    let inside = tokens.get(from..).unwrap_or(&[]).iter().take_while(|t| t.span.end <= span.end);
    let many = |t: &&Token| matches!(t.xpos, Xpos::Nns | Xpos::Nnps) || doc.word(t).ends_with('s');
    let Some(head) = inside.take_while(|t| t.upos != Upos::Adp).filter(many).last() else { return whole };
    let (word, lemma) = (doc.word(head), doc.lemma(head));
    // The lemma's letters in the word's own case: "Senators" are a "Senator"; where it is the plural, the ending goes.
    let same = word.bytes().zip(lemma.bytes()).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let one = match (word.get(..same), lemma.get(same..)) {
        (Some(stem), Some(ending)) if same > 1 && same < word.len() => format!("{stem}{ending}"),
        _ => match word.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => word.strip_suffix('s').unwrap_or(word).to_owned(),
        },
    };
    whole.replacen(word, &one, 1)
}

/// Writes an office of a figure, once an article.
fn push(
    doc: Document<'_>,
    article: Id,
    set: &FigureSet,
    (at, r): (u32, Role),
    written: &mut FxHashSet<(u32, String)>,
    out: &mut Rows,
) {
    let Some(figure) = set.figures.get(at as usize) else { return };
    let text = if r.plural { single(doc, r.span) } else { line(doc, r.span) };
    if !written.insert((at, text.clone())) {
        return;
    }
    out.figure_roles.push(FigureRoleRow {
        figure_id: figure.id,
        article_id: article,
        office: r.office.then(|| text.clone()),
        role_text: text,
        organisation: r.organisation.map(|s| line(doc, s)),
        country: r.country.or(figure.country),
        is_former: r.former,
        valid_on: doc.article.pub_date,
    });
}
