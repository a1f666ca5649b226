//! The tables of what is said: quantities, quotations, tone; and the two about the run: quarantine and columns.

use super::meta::ColumnRow;
use super::table::{builder, cell, kind, table};
use transforms::tables::{QuantityRow, QuarantineRow, QuoteRow, SentimentRow};

/// Kinds of quantities.
const QUANTITIES: &[&str] = &[
    "money", "percent", "count", "killed", "injured", "distance", "duration", "area", "mass", "capacity",
    "other",
];

/// Kinds of quotations.
const QUOTES: &[&str] = &["direct", "indirect", "mixed"];

/// Kinds of speakers.
const SPEAKERS: &[&str] = &["person", "organisation", "anonymous", "unknown"];

/// What a tone is about.
const SCOPES: &[&str] = &["article", "sentence", "target"];

table! {
    /// One row for each number with a unit or with what it counts.
    quantities(QuantityRow) PubMonth(article_id)
    article_id: VARCHAR.references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    sentence_no: INTEGER.count(),
        "The sentence.", "9";
    start_char: INTEGER.offset(),
        "Its first character in `articles.text`.", "1204";
    end_char: INTEGER.offset(),
        "The character after its last.", "1219";
    text: VARCHAR,
        "The quantity as printed.", "$2.5 billion";
    kind: VARCHAR.one_of(QUANTITIES),
        "What kind of number it is.", "money";
    value: DOUBLE,
        "Its value, written out.", "2500000000";
    value_high: DOUBLE,
        "The upper end of a range.", "3000000000";
    unit: VARCHAR.unit("ISO 4217 for money, UCUM elsewhere").repeats(),
        "Its unit.", "USD";
    modifier: VARCHAR.repeats(),
        "What the text does to it: about, at_least, more_than, up_to, nearly, ...", "about";
    about: VARCHAR,
        "What is counted or measured.", "loan";
    event_id: VARCHAR.references("events"),
        "The event it belongs to.", "e_c81d7702ab3f5e94";
}

table! {
    /// One row for each quotation.
    quotes(QuoteRow) PubMonth(article_id)
    quote_id: VARCHAR.key(),
        "Id of the quotation.", "q_b7720de1f04c93a5";
    article_id: VARCHAR.references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    start_char: INTEGER.offset(),
        "First character of what is said, without the marks, in `articles.text`.", "1533";
    end_char: INTEGER.offset(),
        "The character after its last.", "1571";
    text: VARCHAR,
        "What is said.", "We have reached an understanding today";
    kind: VARCHAR.one_of(QUOTES),
        "Whether it stands in quotation marks.", "direct";
    speaker_text: VARCHAR.repeats(),
        "Who says it, as printed.", "Ms Keller";
    speaker_start: INTEGER.offset(),
        "First character of the speaker.", "1578";
    speaker_end: INTEGER.offset(),
        "The character after its last.", "1587";
    speaker_figure_id: VARCHAR.references("figures"),
        "The figure the speaker is.", "f_77c01e5ab29d4f30";
    speaker_kind: VARCHAR.one_of(SPEAKERS),
        "What the speaker is.", "person";
    verb: VARCHAR.repeats(),
        "The verb of saying, its lemma.", "say";
    n_words: INTEGER.count(),
        "Words quoted.", "6";
    continues_quote_id: VARCHAR.references("quotes"),
        "The quotation that this one goes on with.", "q_04ce99bb1d3a7f28";
}

table! {
    /// One row for each judgement of tone: of an article, of a sentence, and towards somebody.
    sentiment(SentimentRow) PubMonth(article_id)
    article_id: VARCHAR.references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    scope: VARCHAR.one_of(SCOPES),
        "What is judged.", "target";
    sentence_no: INTEGER.count(),
        "The sentence, where it is one.", "4";
    target_figure_id: VARCHAR.references("figures"),
        "Towards which figure.", "f_77c01e5ab29d4f30";
    target_text: VARCHAR.repeats(),
        "Towards whom or what, as printed.", "Anna Keller";
    start_char: INTEGER.offset(),
        "First character of what is judged.", "498";
    end_char: INTEGER.offset(),
        "The character after its last.", "509";
    score: DOUBLE.range(-1.0, 1.0).unit("-1 to 1"),
        "The tone, from hostile to friendly.", "0.4";
    positive: DOUBLE.share(),
        "Share of friendly evidence.", "0.7";
    negative: DOUBLE.share(),
        "Share of hostile evidence.", "0.1";
    neutral: DOUBLE.share(),
        "Share of the rest.", "0.2";
    n_evidence: INTEGER.count(),
        "Words that decided.", "3";
    evidence: VARCHAR,
        "Those words.", "praise;success";
    method: VARCHAR.repeats(),
        "How it was judged.", "lexicon";
}

table! {
    /// One row for each document, or stretch of one, that could not be read, and why.
    quarantine(QuarantineRow) Whole
    doc_id: VARCHAR,
        "Id of the record, where it has one.", "reuters-2025-02-01-18";
    source_uri: VARCHAR.repeats(),
        "The file, as it was given on the command line.", "dumps/news.jsonl.zst";
    byte_start: BIGINT.unit("bytes").range(0.0, 9.2e18),
        "First byte of it in that file, uncompressed.", "14112";
    byte_end: BIGINT.unit("bytes").range(0.0, 9.2e18),
        "The byte after the last.", "14190";
    stage: VARCHAR.repeats(),
        "The stage that gave up.", "decode";
    error_code: VARCHAR.repeats(),
        "What went wrong, as a word to count by.", "bad_json";
    message: VARCHAR,
        "What went wrong, for a person.", "line 18, column 40: expected `,`";
    retryable: BOOLEAN,
        "Whether a later run could succeed with the same bytes.", "false";
    run_id: VARCHAR.repeats() = run.run_id,
        "The run that gave up.", "r_90ab44de10c2f7e5";
}

table! {
    /// One row for each column of each table: this documentation, as data.
    _columns(ColumnRow) Whole
    table_name: VARCHAR.required().repeats(),
        "The table.", "events";
    column_name: VARCHAR.required(),
        "The column.", "event_date";
    position: SMALLINT.required().range(1.0, 32767.0),
        "1, 2, ...: its place in the table.", "6";
    sql_type: VARCHAR.required().repeats(),
        "Its type in SQL.", "DATE";
    nullable: BOOLEAN.required(),
        "Whether it can be NULL.", "true";
    key: VARCHAR.repeats(),
        "`primary`, or the table whose key it holds.", "articles";
    allowed: VARCHAR.repeats(),
        "The only values allowed, joined with `;`.", "day;week;month;quarter;year;none";
    unit: VARCHAR.repeats(),
        "Unit or standard of the values.", "code points";
    meaning: VARCHAR.required(),
        "What it means.", "The day it happened.";
    example: VARCHAR.required(),
        "A value.", "2025-01-31";
}
