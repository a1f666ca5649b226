//! Figures: the people and organisations of an article, each once, with every mention, office and country.
//!
//! [`persons`] finds the names of people (`marked`: those that the text marks, `nobody`: names that are no people's), [`before`] and [`after`] read the titles around them, [`people`] groups
//! them, [`bodies`] and [`organisations`] do the same for bodies, [`reference`] resolves "he" and "the minister", [`rows`] writes the tables. Figures here are one article's; the ids are made
//! so that the same name gives the same id in another.

mod after;
mod before;
mod bodies;
mod home;
mod identity;
mod marked;
mod nation;
mod nobody;
mod organisations;
mod people;
mod persons;
mod phrase;
mod reader;
mod reference;
mod rows;
#[cfg(test)]
mod tests;
mod words;

use crate::code::{Code, Id};
use crate::document::Document;
use crate::knowledge::{Actors, Countries, Gazetteer, Persons, Titles};
use crate::places::PlaceSet;
use crate::span::Span;
use crate::tables::Rows;
use crate::write::article_id;
pub(crate) use home::{dateline_country, home_country};
use reader::Reader;

/// What kind of figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
}

/// How a mention names its figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// The fullest name in the article.
    Full,
    /// A part of it.
    Short,
    /// An office alone: "the foreign minister".
    TitleOnly,
    /// Another noun.
    Nominal,
    /// A pronoun.
    Pronoun,
}

impl Form {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Short => "short",
            Self::TitleOnly => "title_only",
            Self::Nominal => "nominal",
            Self::Pronoun => "pronoun",
        }
    }
}

/// An office as the text gives it at one mention.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Role {
    /// The office phrase.
    pub span: Span,
    /// The organisation in it, where one is named.
    pub organisation: Option<Span>,
    /// The country it is held for, where the phrase or its possessor says so.
    pub country: Option<Code>,
    /// The PLOVER role of the office.
    pub sector: Option<Code>,
    /// Whether the text says "former".
    pub former: bool,
    /// Whether this is more than a form of address.
    pub office: bool,
    /// Whether several people hold it together.
    pub plural: bool,
    /// Whether its bearer was sent somewhere.
    pub posted: bool,
    /// Whether it is held in a body of many states.
    pub international: bool,
    /// What the title says of its bearer's sex: `Some(true)` for a woman.
    pub female: Option<bool>,
}

/// A mention of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct FigureMention {
    /// Index in [`FigureSet::figures`].
    pub figure: u32,
    /// Where it stands.
    pub span: Span,
    /// First token.
    pub first: u32,
    /// Token after the last.
    pub end: u32,
    /// Its sentence.
    pub sentence: u32,
    /// How it names the figure.
    pub form: Form,
    /// The office beside the name.
    pub role: Option<Role>,
    /// 0 to 1.
    pub confidence: f32,
}

/// A figure of one article.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// Its id, from kind and name.
    pub id: Id,
    /// Person or organisation.
    pub kind: FigureKind,
    /// The fullest form of its name in this article.
    pub name: String,
    /// The name that dictionaries have for it.
    pub known_as: Option<String>,
    /// Country it acts for.
    pub country: Option<Code>,
    /// PLOVER role.
    pub sector: Option<Code>,
    /// What the text says of a person's sex: `Some(true)` for a woman.
    pub female: Option<bool>,
    /// Sentence of the first mention.
    pub first_sentence: u32,
}

/// The figures of one article and their mentions in text order; reused from article to article.
#[derive(Debug, Default)]
pub struct FigureSet {
    /// The figures, in order of first mention.
    pub figures: Vec<Figure>,
    /// Their mentions, in text order.
    pub mentions: Vec<FigureMention>,
    /// Offices beside those that the mentions carry, by index in `figures`.
    pub roles: Vec<(u32, Role)>,
    /// For each token the mention that covers it, as an index in `mentions`, [`NONE`] where there is none.
    pub at_token: Vec<u32>,
}

/// No mention.
pub const NONE: u32 = u32::MAX;

impl FigureSet {
    /// The mention that covers a token.
    pub fn mention_at(&self, token: u32) -> Option<&FigureMention> {
        self.mentions.get(*self.at_token.get(token as usize)? as usize)
    }

    /// The figure of a mention.
    pub fn figure(&self, mention: &FigureMention) -> Option<&Figure> {
        self.figures.get(mention.figure as usize)
    }

    fn clear(&mut self, tokens: usize) {
        self.figures.clear();
        self.mentions.clear();
        self.roles.clear();
        self.at_token.clear();
        self.at_token.resize(tokens, NONE);
    }

    /// Puts the mentions in text order and notes which tokens they cover.
    fn settle(&mut self) {
        self.mentions.sort_by_key(|m| (m.span.start, m.span.end));
        self.at_token.fill(NONE);
        for (at, mention) in self.mentions.iter().enumerate() {
            if let Some(tokens) = self.at_token.get_mut(mention.first as usize..mention.end as usize) {
                tokens.fill(at as u32);
            }
        }
    }
}

/// What figures are found with.
#[derive(Debug, Clone, Copy)]
pub struct FigureContext<'a> {
    /// The article.
    pub doc: Document<'a>,
    /// Its places.
    pub places: &'a PlaceSet,
    /// Offices and forms of address.
    pub titles: &'a Titles,
    /// Countries.
    pub countries: &'a Countries,
    /// Bodies and common nouns for people.
    pub actors: &'a Actors,
    /// People and the words of their names.
    pub persons: &'a Persons,
    /// Places by name.
    pub gazetteer: &'a Gazetteer,
}

/// What holds for a whole article: the country it speaks from, and its id, which keeps apart those whom nothing but
/// a bare name could join with another article's.
#[derive(Debug, Clone, Copy)]
struct Here<'a> {
    home: Option<Code>,
    /// Countries that its words name.
    spoken_of: &'a [Code],
    article: Id,
}

impl Here<'_> {
    /// Whether the article names a country at all.
    fn speaks_of(&self, country: Option<Code>) -> bool {
        country.is_none_or(|c| self.home == Some(c) || self.spoken_of.contains(&c))
    }
}

/// Finds the figures of an article.
pub fn find(context: FigureContext<'_>, out: &mut FigureSet) {
    out.clear(context.doc.parsed.tokens.len());
    let mut reader = Reader::new(context);
    let home = home::of_people(context);
    reader.home = home.country;
    reader.spoken_of.clone_from(&home.spoken_of);
    let here =
        Here { home: home.country, spoken_of: &home.spoken_of, article: article_id(context.doc.article) };
    people::group(&mut reader, here, out);
    organisations::group(&reader, here, out);
    out.settle();
    reference::resolve(&reader, out);
    out.settle();
}

/// Writes the figures, their mentions and roles as rows of an article.
pub fn write(doc: Document<'_>, article: Id, set: &FigureSet, out: &mut Rows) {
    rows::write(doc, article, set, out);
}
