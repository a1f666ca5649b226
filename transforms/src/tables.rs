//! The rows of every table, as the stages make them: one struct a table, one field a column, in the contract's order.
//!
//! What a column means is said once, where its schema is defined (the `output` crate). Offsets are code points into
//! `articles.text`, half-open. `None` is "not stated"; no field has another way to say so.

use crate::code::{Code, Id};
use jiff::civil::Date;

/// The rows made of one or more articles, by table, in reading order.
#[derive(Debug, Default, Clone, PartialEq)]
#[expect(missing_docs, reason = "each field is the table of its name")]
pub struct Rows {
    pub articles: Vec<ArticleRow>,
    pub sentences: Vec<SentenceRow>,
    pub entities: Vec<EntityRow>,
    pub event_mentions: Vec<EventMentionRow>,
    pub events: Vec<EventRow>,
    pub event_actors: Vec<EventActorRow>,
    pub casualty_claims: Vec<CasualtyClaimRow>,
    pub figures: Vec<FigureRow>,
    pub figure_mentions: Vec<FigureMentionRow>,
    pub figure_roles: Vec<FigureRoleRow>,
    pub quantities: Vec<QuantityRow>,
    pub quotes: Vec<QuoteRow>,
    pub sentiment: Vec<SentimentRow>,
}

impl Rows {
    /// Empties every table and keeps the buffers.
    pub fn clear(&mut self) {
        self.articles.clear();
        self.sentences.clear();
        self.entities.clear();
        self.event_mentions.clear();
        self.events.clear();
        self.event_actors.clear();
        self.casualty_claims.clear();
        self.figures.clear();
        self.figure_mentions.clear();
        self.figure_roles.clear();
        self.quantities.clear();
        self.quotes.clear();
        self.sentiment.clear();
    }
}

impl Rows {
    /// The number of rows of each table, in field order.
    pub fn lengths(&self) -> [usize; 13] {
        [
            self.articles.len(),
            self.sentences.len(),
            self.entities.len(),
            self.event_mentions.len(),
            self.events.len(),
            self.event_actors.len(),
            self.casualty_claims.len(),
            self.figures.len(),
            self.figure_mentions.len(),
            self.figure_roles.len(),
            self.quantities.len(),
            self.quotes.len(),
            self.sentiment.len(),
        ]
    }

    /// Cuts every table back to the lengths it had.
    pub fn truncate(&mut self, lengths: [usize; 13]) {
        let [n0, n1, n2, n3, n4, n5, n6, n7, n8, n9, n10, n11, n12] = lengths;
        self.articles.truncate(n0);
        self.sentences.truncate(n1);
        self.entities.truncate(n2);
        self.event_mentions.truncate(n3);
        self.events.truncate(n4);
        self.event_actors.truncate(n5);
        self.casualty_claims.truncate(n6);
        self.figures.truncate(n7);
        self.figure_mentions.truncate(n8);
        self.figure_roles.truncate(n9);
        self.quantities.truncate(n10);
        self.quotes.truncate(n11);
        self.sentiment.truncate(n12);
    }
}

/// Defines a row: a plain struct whose fields are the columns of one table.
macro_rules! row {
    ($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[expect(missing_docs, reason = "the columns are documented where the schema is defined")]
        pub struct $name { $(pub $field: $kind),+ }
    };
}

row! {
    /// An article as it was read.
    ArticleRow {
        article_id: Id, doc_id: String, doc_part: i16, source_uri: String,
        source_byte_start: Option<i64>, source_byte_end: Option<i64>,
        publisher: Option<String>, url: Option<String>, title: Option<String>, author: Option<String>,
        dateline_place: Option<String>, pub_date: Option<Date>, pub_date_source: &'static str,
        lang: Option<Code>, text: String, n_chars: i32, n_sentences: i32,
        dup_group_id: Option<Id>, dup_of: Option<Id>, tone: Option<f64>,
    }
}

row! {
    /// A sentence and its zone.
    SentenceRow {
        article_id: Id, sentence_no: i32, start_char: u32, end_char: u32, zone: &'static str, is_quote: bool,
        n_tokens: i32, tone: Option<f64>,
    }
}

row! {
    /// A named-entity mention.
    EntityRow {
        article_id: Id, sentence_no: i32, start_char: u32, end_char: u32, text: String, label: &'static str,
        figure_id: Option<Id>, country: Option<Code>, admin1: Option<String>, lat: Option<f64>, lon: Option<f64>,
        geonames_id: Option<i64>, confidence: Option<f64>,
    }
}

row! {
    /// A side of an event as one mention gives it. Not a table: its fields are columns of two.
    ActorCells {
        name: Option<String>, country: Option<Code>, sector: Option<Code>, figure_id: Option<Id>,
        start_char: Option<u32>, end_char: Option<u32>, code: Option<Code>,
    }
}

row! {
    /// A place in a text where an event is told.
    EventMentionRow {
        mention_id: Id, event_id: Id, article_id: Id, sentence_no: i32, start_char: u32, end_char: u32, text: String,
        trigger_start: Option<u32>, trigger_end: Option<u32>, zone: &'static str,
        plover_type: Code, plover_mode: Option<Code>, cameo_code: Option<Code>, modality: &'static str,
        event_date: Option<Date>, date_precision: Option<&'static str>, date_source: Option<&'static str>,
        actor1: ActorCells, actor2: ActorCells, actors_symmetric: bool,
        place_name: Option<String>, place_country: Option<Code>, place_start: Option<u32>, place_end: Option<u32>,
        attributed_to: Option<String>, rule_id: String, confidence: Option<f64>,
    }
}

row! {
    /// A real-world event over its mentions.
    EventRow {
        event_id: Id, superseded_by: Option<Id>, parent_event_id: Option<Id>, is_aggregate: bool,
        counts_in_totals: bool, event_date: Option<Date>, event_date_end: Option<Date>,
        date_precision: &'static str, date_source: &'static str,
        plover_type: Code, plover_mode: Option<Code>, plover_contexts: Vec<Code>,
        cameo_code: Option<Code>, cameo_root: Option<Code>, quad_class: Option<i8>, goldstein: Option<f64>,
        modality: &'static str, weapon: Option<Code>,
        actor1: ActorCells, actor2: ActorCells, actors_symmetric: bool,
        place_name: Option<String>, admin1: Option<String>, admin2: Option<String>, country: Option<Code>,
        lat: Option<f64>, lon: Option<f64>, geonames_id: Option<i64>, geo_precision: Option<i8>,
        fatalities_low: Option<i32>, fatalities_best: Option<i32>, fatalities_high: Option<i32>,
        injured_low: Option<i32>, injured_best: Option<i32>, injured_high: Option<i32>,
        casualty_conflict: Option<bool>, n_mentions: i32, n_articles: i32, n_sources: i32,
        first_article_id: Id, confidence: Option<f64>,
    }
}

row! {
    /// One of an event's actors.
    EventActorRow {
        event_id: Id, seq: i16, role: &'static str, name: Option<String>, country: Option<Code>,
        sector: Option<Code>, figure_id: Option<Id>, code: Option<Code>,
    }
}

row! {
    /// A stated number of people hurt.
    CasualtyClaimRow {
        claim_id: Id, event_id: Id, article_id: Id, start_char: u32, end_char: u32, text: String,
        outcome: &'static str, low: Option<i32>, best: Option<i32>, high: Option<i32>,
        victim_sector: Option<Code>, subset_of: Option<Id>, claimed_by: Option<String>,
    }
}

row! {
    /// A person or organisation as one article shows it; the table's rows are these, merged over all articles.
    FigureRow {
        figure_id: Id, kind: &'static str, name: String, aliases: Vec<String>, country: Option<Code>,
        sector: Option<Code>, wikidata_id: Option<String>, seen: Option<Date>,
    }
}

row! {
    /// A mention of a figure.
    FigureMentionRow {
        article_id: Id, figure_id: Id, sentence_no: i32, start_char: u32, end_char: u32, text: String,
        form: &'static str, role_text: Option<String>, confidence: Option<f64>,
    }
}

row! {
    /// An office as a text gives it.
    FigureRoleRow {
        figure_id: Id, article_id: Id, role_text: String, office: Option<String>, organisation: Option<String>,
        country: Option<Code>, is_former: bool, valid_on: Option<Date>,
    }
}

row! {
    /// A number with its unit and what it counts.
    QuantityRow {
        article_id: Id, sentence_no: i32, start_char: u32, end_char: u32, text: String, kind: &'static str,
        value: Option<f64>, value_high: Option<f64>, unit: Option<Code>, modifier: Option<&'static str>,
        about: Option<String>, event_id: Option<Id>,
    }
}

row! {
    /// A quotation and its speaker.
    QuoteRow {
        quote_id: Id, article_id: Id, start_char: u32, end_char: u32, text: String, kind: &'static str,
        speaker_text: Option<String>, speaker_start: Option<u32>, speaker_end: Option<u32>,
        speaker_figure_id: Option<Id>, speaker_kind: &'static str, verb: Option<String>, n_words: i32,
        continues_quote_id: Option<Id>,
    }
}

row! {
    /// A judgement of tone.
    SentimentRow {
        article_id: Id, scope: &'static str, sentence_no: Option<i32>, target_figure_id: Option<Id>,
        target_text: Option<String>, start_char: Option<u32>, end_char: Option<u32>, score: Option<f64>,
        positive: Option<f64>, negative: Option<f64>, neutral: Option<f64>, n_evidence: Option<i32>,
        evidence: Option<String>, method: &'static str,
    }
}

/// A document, or a stretch of one, that could not be read: a row of `quarantine`, made by the pipeline.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "the columns are documented where the schema is defined")]
pub struct QuarantineRow {
    pub doc_id: Option<String>,
    pub source_uri: String,
    pub byte_start: Option<i64>,
    pub byte_end: Option<i64>,
    pub stage: &'static str,
    pub error_code: &'static str,
    pub message: String,
    pub retryable: bool,
}
