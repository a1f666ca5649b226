//! What goes in: a record as a source delivers it, and the article that reading makes of it.

use crate::code::Code;
use crate::grammar::Zone;
use crate::span::Span;
use jiff::civil::Date;

/// One record of a dump, decoded and mapped to fields, before anything is understood of it.
///
/// `raw` records are whole text files that may hold headers and several articles; the others have their title and
/// date, where they have them, in fields.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Record {
    /// The record's own id, else the file's base name.
    pub doc_id: String,
    /// The file it came from, as given on the command line.
    pub source_uri: String,
    /// Where in the (decompressed, undecoded) file it stands; `None` where the format has no byte positions.
    pub bytes: Option<(u64, u64)>,
    /// Whether the text is a whole file to be split and zoned.
    pub raw: bool,
    /// The text; `\r\n` and a byte order mark are still in it.
    pub text: String,
    /// Title field.
    pub title: Option<String>,
    /// Date field as it stands.
    pub published: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// Language field as it stands.
    pub language: Option<String>,
}

/// Where a publication date was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateSource {
    /// A field of the record.
    Metadata,
    /// A header line of a raw text ("Updated 07 March 2026").
    Header,
    /// The dateline ("Islamabad, 13 April 2023 (TDI):").
    Dateline,
    /// Elsewhere in the text.
    Body,
    /// The file's name.
    Filename,
    /// Nowhere: the date is unknown.
    None,
}

impl DateSource {
    /// The contract's word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metadata => "metadata",
            Self::Header => "header",
            Self::Dateline => "dateline",
            Self::Body => "body",
            Self::Filename => "filename",
            Self::None => "none",
        }
    }
}

/// A stretch of an article's text that hangs together: a headline, a bullet, a paragraph. No sentence crosses two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block {
    /// Where it stands; what lies between blocks is white space.
    pub span: Span,
    /// What part of the article it is.
    pub zone: Zone,
}

/// One article: the text that every offset cuts, in blocks, and what its head says of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Article {
    /// See [`Record::doc_id`].
    pub doc_id: String,
    /// 1, 2, ... within the record.
    pub doc_part: u16,
    /// See [`Record::source_uri`].
    pub source_uri: String,
    /// The bytes of the file this article was made of.
    pub bytes: Option<(u64, u64)>,
    /// Outlet.
    pub publisher: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Byline.
    pub author: Option<String>,
    /// Place printed in the dateline.
    pub dateline_place: Option<String>,
    /// The whole dateline with its closing mark ("ISLAMABAD:"), at the head of the first block of the body: what
    /// comes before the first sentence proper.
    pub dateline: Option<Span>,
    /// Day of publication.
    pub pub_date: Option<Date>,
    /// Where that was found.
    pub pub_date_source: DateSource,
    /// ISO 639-1 code.
    pub lang: Option<Code>,
    /// The text: UTF-8, `\n` line ends, broken lines joined.
    pub text: String,
    /// The same text with the capitals that a newspaper would print, where it came without any or in nothing else: what
    /// is read in its place, byte for byte as long.
    pub cased: Option<String>,
    /// Its blocks in order, not overlapping.
    pub blocks: Vec<Block>,
}

impl Article {
    /// The text to read: with capitals also where it came without.
    #[must_use]
    pub fn letters(&self) -> &str {
        self.cased.as_deref().unwrap_or(&self.text)
    }

    /// A text as an article of one block of body, with nothing else known of it.
    #[must_use]
    pub fn of_text(doc_id: &str, text: &str) -> Self {
        Self {
            doc_id: doc_id.to_owned(),
            doc_part: 1,
            source_uri: String::new(),
            bytes: None,
            publisher: None,
            url: None,
            title: None,
            author: None,
            dateline_place: None,
            dateline: None,
            pub_date: None,
            pub_date_source: DateSource::None,
            lang: None,
            text: text.to_owned(),
            cased: None,
            blocks: vec![Block { span: Span::new(0, text.len()), zone: Zone::Body }],
        }
    }
}
