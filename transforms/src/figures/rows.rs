//! Figures as rows: one of `figures`, one of `figure_mentions` for each mention, one of `figure_roles` for each
//! different office of each person.

use super::people::line;
use super::{FigureKind, FigureSet, Form, Role};
use crate::code::Id;
use crate::document::Document;
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
    let text = line(doc, r.span);
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
