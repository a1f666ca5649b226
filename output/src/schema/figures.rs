//! The tables of people and organisations: who they are, where they are named, what office they hold.

use super::table::{builder, cell, kind, table};
use crate::merge::FigureEntry;
use transforms::tables::{FigureMentionRow, FigureRoleRow};

/// Kinds of figures.
const KINDS: &[&str] = &["person", "organisation", "group"];

/// How a text names a figure.
const FORMS: &[&str] = &["full", "short", "title_only", "nominal", "pronoun"];

table! {
    /// One row for each person or organisation, over all articles.
    figures(FigureEntry) Whole
    figure_id: VARCHAR.key(),
        "Id of the figure.", "f_77c01e5ab29d4f30";
    kind: VARCHAR.one_of(KINDS),
        "What it is.", "person";
    name: VARCHAR,
        "The full name used most often.", "Anna Keller";
    aliases: VARCHAR,
        "Other names used, sorted, joined with `;`.", "A. Keller;Keller";
    country: VARCHAR.country(),
        "The country the figure acts for, as most texts have it.", "CHE";
    sector: VARCHAR.unit("PLOVER sectors").repeats(),
        "The role most texts give.", "GOV";
    wikidata_id: VARCHAR,
        "The figure in Wikidata.", "Q42";
    n_articles: INTEGER.count(),
        "Articles that name the figure.", "17";
    first_seen: DATE,
        "Publication day of the first of them.", "2024-11-03";
    last_seen: DATE,
        "Publication day of the last.", "2025-02-01";
}

table! {
    /// One row for each mention of a figure in a text.
    figure_mentions(FigureMentionRow) PubMonth(article_id)
    article_id: VARCHAR.references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    figure_id: VARCHAR.references("figures"),
        "The figure.", "f_77c01e5ab29d4f30";
    sentence_no: INTEGER.count(),
        "The sentence.", "4";
    start_char: INTEGER.offset(),
        "Its first character in `articles.text`.", "498";
    end_char: INTEGER.offset(),
        "The character after its last.", "509";
    text: VARCHAR,
        "The mention as printed.", "Anna Keller";
    form: VARCHAR.one_of(FORMS),
        "How it names the figure.", "full";
    role_text: VARCHAR.repeats(),
        "The role printed with it.", "transport minister";
    confidence: DOUBLE.share(),
        "How sure it is that this figure is meant.", "0.97";
}

table! {
    /// One row for each office that a text gives to a figure; the text dates it.
    figure_roles(FigureRoleRow) PubMonth(article_id)
    figure_id: VARCHAR.references("figures"),
        "The figure.", "f_77c01e5ab29d4f30";
    article_id: VARCHAR.references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    role_text: VARCHAR.repeats(),
        "The office as printed.", "former transport minister";
    office: VARCHAR.repeats(),
        "The office in a common form.", "transport minister";
    organisation: VARCHAR.repeats(),
        "Of what.", "Federal Council";
    country: VARCHAR.country(),
        "The country of that organisation.", "CHE";
    is_former: BOOLEAN,
        "Whether the text says that it is over.", "true";
    valid_on: DATE,
        "Publication day of the text.", "2025-02-01";
}
