//! The tables of what was read: articles, their sentences and the names in them.

use super::table::{builder, cell, kind, table};
use transforms::tables::{ArticleRow, EntityRow, SentenceRow};

/// Parts of an article.
pub const ZONES: &[&str] = &["title", "summary", "caption", "body", "boilerplate"];

/// Where a publication date can come from.
const PUB_DATE_SOURCES: &[&str] = &["metadata", "header", "dateline", "body", "filename", "none"];

/// The kinds of OntoNotes 5.
const LABELS: &[&str] = &[
    "PERSON",
    "NORP",
    "FAC",
    "ORG",
    "GPE",
    "LOC",
    "PRODUCT",
    "EVENT",
    "WORK_OF_ART",
    "LAW",
    "LANGUAGE",
    "DATE",
    "TIME",
    "PERCENT",
    "MONEY",
    "QUANTITY",
    "ORDINAL",
    "CARDINAL",
];

table! {
    /// One row for each article read, with the text that every offset of the other tables cuts.
    articles(ArticleRow) PubMonth(article_id)
    article_id: VARCHAR.key(),
        "Id of the article: a hash of where it was read and what it says; the same in every run.", "a_5d0f3c9e21b7a684";
    doc_id: VARCHAR.required(),
        "Id of the record it was read from: the record's own, else the file's base name.", "reuters-2025-02-01-17";
    doc_part: SMALLINT.required().range(1.0, 32767.0),
        "1, 2, ...: the article's place in a document that holds several.", "1";
    source_uri: VARCHAR.required().repeats(),
        "The file the record stands in, as it was given on the command line.", "dumps/news.jsonl.zst";
    source_byte_start: BIGINT.unit("bytes").range(0.0, 9.2e18),
        "First byte of the record in that file, uncompressed.", "10240";
    source_byte_end: BIGINT.unit("bytes").range(0.0, 9.2e18),
        "The byte after the record's last.", "14112";
    publisher: VARCHAR.repeats(),
        "The outlet, as the record names it.", "The Harbour Times";
    url: VARCHAR,
        "The article's address.", "https://news.example/2025/02/01/port";
    title: VARCHAR,
        "The headline.", "Ministers meet over port strike";
    author: VARCHAR.repeats(),
        "The byline without \"By\".", "A. Writer";
    dateline_place: VARCHAR.repeats(),
        "The place printed in the dateline.", "GENEVA";
    pub_date: DATE,
        "The day of publication.", "2025-02-01";
    pub_date_source: VARCHAR.one_of(PUB_DATE_SOURCES),
        "Where the day of publication was found.", "metadata";
    lang: VARCHAR.unit("ISO 639-1").repeats(),
        "Language of the text.", "en";
    text: VARCHAR.required(),
        "The text that all offsets cut: line ends `\\n`, lines broken inside a sentence joined, nothing left out.",
        "Ministers meet over port strike\\n\\nGENEVA: ...";
    n_chars: INTEGER.required().count().unit("code points"),
        "Length of the text.", "2841";
    n_sentences: INTEGER.count(),
        "Sentences in the text.", "23";
    dup_group_id: VARCHAR,
        "The same for all articles that tell nearly the same text; NULL where there is no other.", "a_1b0c77d2e94f5a36";
    dup_of: VARCHAR.references("articles"),
        "The first article of that group, for all the others.", "a_1b0c77d2e94f5a36";
    tone: DOUBLE.range(-1.0, 1.0).unit("-1 to 1"),
        "Tone of the whole article, from hostile to friendly.", "-0.31";
    schema_version: VARCHAR.repeats() = run.schema_version,
        "Version of these tables.", "1.1";
    run_id: VARCHAR.repeats() = run.run_id,
        "The run that wrote the row.", "r_90ab44de10c2f7e5";
}

table! {
    /// One row for each sentence of each article, boilerplate included.
    sentences(SentenceRow) PubMonth(article_id)
    article_id: VARCHAR.references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    sentence_no: INTEGER.count(),
        "0, 1, ...: the sentence's place in the article.", "4";
    start_char: INTEGER.offset(),
        "Its first character in `articles.text`.", "512";
    end_char: INTEGER.offset(),
        "The character after its last.", "634";
    zone: VARCHAR.one_of(ZONES),
        "The part of the article it stands in; nothing is extracted from boilerplate.", "body";
    is_quote: BOOLEAN,
        "Whether all of it stands in quotation marks.", "false";
    n_tokens: INTEGER.count(),
        "Words and punctuation marks.", "21";
    tone: DOUBLE.range(-1.0, 1.0).unit("-1 to 1"),
        "Tone of the sentence.", "0.12";
}

table! {
    /// One row for each mention of a named entity, linked to a figure or a place where it could be.
    entities(EntityRow) PubMonth(article_id)
    article_id: VARCHAR.references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    sentence_no: INTEGER.count(),
        "The sentence.", "4";
    start_char: INTEGER.offset(),
        "Its first character in `articles.text`.", "530";
    end_char: INTEGER.offset(),
        "The character after its last.", "536";
    text: VARCHAR,
        "The mention as printed.", "Geneva";
    label: VARCHAR.one_of(LABELS).unit("OntoNotes 5"),
        "Kind of the entity.", "GPE";
    figure_id: VARCHAR.references("figures"),
        "The person or organisation it names.", "f_77c01e5ab29d4f30";
    country: VARCHAR.country(),
        "The country it belongs to or is.", "CHE";
    admin1: VARCHAR.repeats(),
        "Province or state of a place.", "Geneva";
    lat: DOUBLE.range(-90.0, 90.0).unit("degrees, WGS 84"),
        "Latitude of a place.", "46.2022";
    lon: DOUBLE.range(-180.0, 180.0).unit("degrees, WGS 84"),
        "Longitude of a place.", "6.1457";
    geonames_id: BIGINT.range(1.0, 9.2e18).unit("GeoNames"),
        "The place in GeoNames.", "2660646";
    confidence: DOUBLE.share(),
        "How sure the reading is.", "0.93";
}
