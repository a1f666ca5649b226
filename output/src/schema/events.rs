//! The tables of what happened: mentions of events, events, their actors, and the people hurt.

use super::articles::ZONES;
use super::table::{builder, cell, kind, table};
use transforms::tables::{CasualtyClaimRow, EventActorRow, EventMentionRow, EventRow};

/// Whether a text tells the event as a fact.
const MODALITIES: &[&str] = &["asserted", "historical", "future", "hypothetical", "negated", "disputed"];

/// How exact a date is.
const DATE_PRECISIONS: &[&str] = &["day", "week", "month", "quarter", "year", "none"];

/// What a date was read from.
const DATE_SOURCES: &[&str] = &["explicit", "dateline", "weekday", "relative", "caption", "pub_date", "none"];

/// What became of people.
const OUTCOMES: &[&str] = &["killed", "injured", "missing", "detained", "displaced"];

table! {
    /// One row for each place in a text where an event is told: the evidence for the rows of `events`.
    event_mentions(EventMentionRow) PubMonth(article_id)
    mention_id: VARCHAR.key(),
        "Id of the mention.", "m_40be19c6d2f07a58";
    event_id: VARCHAR.required().references("events"),
        "The event it tells.", "e_c81d7702ab3f5e94";
    article_id: VARCHAR.required().references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    sentence_no: INTEGER.count(),
        "The sentence.", "4";
    start_char: INTEGER.required().offset(),
        "First character of the clause in `articles.text`.", "512";
    end_char: INTEGER.required().offset(),
        "The character after its last.", "573";
    text: VARCHAR.required(),
        "The clause as printed.", "the minister met union leaders in Geneva";
    trigger_start: INTEGER.offset(),
        "First character of the word that carries the event.", "525";
    trigger_end: INTEGER.offset(),
        "The character after its last.", "528";
    zone: VARCHAR.one_of(ZONES),
        "The part of the article it stands in.", "body";
    plover_type: VARCHAR.required().unit("PLOVER").repeats(),
        "Type of the event.", "CONSULT";
    plover_mode: VARCHAR.unit("PLOVER").repeats(),
        "Mode: the type's finer kind.", "meet";
    cameo_code: VARCHAR.unit("CAMEO").repeats(),
        "The CAMEO code; text, so that `040` keeps its zero.", "040";
    modality: VARCHAR.required().one_of(MODALITIES),
        "Whether this mention tells it as a fact.", "asserted";
    event_date: DATE,
        "The day this mention gives; the first of a longer time.", "2025-01-31";
    date_precision: VARCHAR.one_of(DATE_PRECISIONS),
        "How exact that day is.", "day";
    date_source: VARCHAR.one_of(DATE_SOURCES),
        "What it was read from.", "weekday";
    actor1_name: VARCHAR.repeats() = actor1.name,
        "Who did it, as printed.", "the minister";
    actor1_country: VARCHAR.country() = actor1.country,
        "The country they act for.", "CHE";
    actor1_sector: VARCHAR.unit("PLOVER sectors").repeats() = actor1.sector,
        "Their role.", "GOV";
    actor1_figure_id: VARCHAR.references("figures") = actor1.figure_id,
        "The figure they are.", "f_77c01e5ab29d4f30";
    actor1_start: INTEGER.offset() = actor1.start_char,
        "First character of their mention.", "512";
    actor1_end: INTEGER.offset() = actor1.end_char,
        "The character after its last.", "524";
    actor2_name: VARCHAR.repeats() = actor2.name,
        "To whom or with whom, as printed.", "union leaders";
    actor2_country: VARCHAR.country() = actor2.country,
        "The country they act for.", "CHE";
    actor2_sector: VARCHAR.unit("PLOVER sectors").repeats() = actor2.sector,
        "Their role.", "CVL";
    actor2_figure_id: VARCHAR.references("figures") = actor2.figure_id,
        "The figure they are.", "f_09e3b7cc5d1a8246";
    actor2_start: INTEGER.offset() = actor2.start_char,
        "First character of their mention.", "529";
    actor2_end: INTEGER.offset() = actor2.end_char,
        "The character after its last.", "542";
    actors_symmetric: BOOLEAN,
        "Whether the two sides could be exchanged, as in a meeting.", "true";
    place_name: VARCHAR.repeats(),
        "Where, as printed.", "Geneva";
    place_country: VARCHAR.country(),
        "The country of that place.", "CHE";
    place_start: INTEGER.offset(),
        "First character of the place.", "546";
    place_end: INTEGER.offset(),
        "The character after its last.", "552";
    attributed_to: VARCHAR.repeats(),
        "Who says so, where the text leaves it to somebody.", "a union spokesman";
    rule_id: VARCHAR.repeats(),
        "The rule that fired.", "consult/meet";
    confidence: DOUBLE.share(),
        "How sure the reading is.", "0.84";
    actor1_code: VARCHAR.unit("dictionary codes").repeats() = actor1.code,
        "Their code in a dictionary that was imported (`columnist dict import`), also one of no ISO country; NULL where only the program's own knowledge says who they are.", "VALMIL";
    actor2_code: VARCHAR.unit("dictionary codes").repeats() = actor2.code,
        "The other side's code in a dictionary that was imported.", "ARN";
}

table! {
    /// One row for each real-world event, over all its mentions and articles.
    events(EventRow) EventMonth(event_id)
    event_id: VARCHAR.key(),
        "Id of the event: of the mention seen first, so that a later merge doesn't rename it.", "e_c81d7702ab3f5e94";
    superseded_by: VARCHAR.references("events"),
        "The event this one was merged into; leave such rows out of counts.", "e_04f7aa01c95be362";
    parent_event_id: VARCHAR.references("events"),
        "The larger event it is a part of.", "e_9be2016dd7c3f845";
    is_aggregate: BOOLEAN.required(),
        "Whether it sums up several events (\"ten attacks since May\").", "false";
    counts_in_totals: BOOLEAN.required(),
        "Whether to count it: neither merged away, nor an aggregate, nor told as unreal.", "true";
    event_date: DATE,
        "The day it happened; the first of a longer time.", "2025-01-31";
    event_date_end: DATE,
        "The last day, where it lasted or the date isn't exact.", "2025-01-31";
    date_precision: VARCHAR.one_of(DATE_PRECISIONS),
        "How exact the day is.", "day";
    date_source: VARCHAR.one_of(DATE_SOURCES),
        "What it was read from.", "weekday";
    plover_type: VARCHAR.unit("PLOVER").repeats(),
        "Type of the event.", "CONSULT";
    plover_mode: VARCHAR.unit("PLOVER").repeats(),
        "Mode: the type's finer kind.", "meet";
    plover_contexts: VARCHARS.unit("PLOVER").repeats(),
        "What it is about.", "[economic]";
    cameo_code: VARCHAR.unit("CAMEO").repeats(),
        "The CAMEO code; text, so that `040` keeps its zero.", "040";
    cameo_root: VARCHAR.unit("CAMEO").repeats(),
        "The first two digits of it.", "04";
    quad_class: TINYINT.range(1.0, 4.0).unit("GDELT"),
        "1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.", "1";
    goldstein: DOUBLE.range(-10.0, 10.0).unit("Goldstein scale"),
        "How much such an event strains (-10) or eases (10) a relation.", "1";
    modality: VARCHAR.required().one_of(MODALITIES),
        "Whether the texts tell it as a fact.", "asserted";
    weapon: VARCHAR.repeats(),
        "What was used in an attack.", "firearms";
    actor1_name: VARCHAR.repeats() = actor1.name,
        "Who did it.", "Federal Council";
    actor1_country: VARCHAR.country() = actor1.country,
        "The country they act for.", "CHE";
    actor1_sector: VARCHAR.unit("PLOVER sectors").repeats() = actor1.sector,
        "Their role.", "GOV";
    actor1_figure_id: VARCHAR.references("figures") = actor1.figure_id,
        "The figure they are.", "f_77c01e5ab29d4f30";
    actor2_name: VARCHAR.repeats() = actor2.name,
        "To whom or with whom.", "union leaders";
    actor2_country: VARCHAR.country() = actor2.country,
        "The country they act for.", "CHE";
    actor2_sector: VARCHAR.unit("PLOVER sectors").repeats() = actor2.sector,
        "Their role.", "CVL";
    actor2_figure_id: VARCHAR.references("figures") = actor2.figure_id,
        "The figure they are.", "f_09e3b7cc5d1a8246";
    actors_symmetric: BOOLEAN,
        "Whether the two sides could be exchanged, as in a meeting.", "true";
    place_name: VARCHAR.repeats(),
        "Where, the most exact place stated.", "Geneva";
    admin1: VARCHAR.repeats(),
        "Province or state.", "Geneva";
    admin2: VARCHAR.repeats(),
        "District.", "Geneva";
    country: VARCHAR.country(),
        "The country it happened in.", "CHE";
    lat: DOUBLE.range(-90.0, 90.0).unit("degrees, WGS 84"),
        "Latitude.", "46.2022";
    lon: DOUBLE.range(-180.0, 180.0).unit("degrees, WGS 84"),
        "Longitude.", "6.1457";
    geonames_id: BIGINT.range(1.0, 9.2e18).unit("GeoNames"),
        "The place in GeoNames.", "2660646";
    geo_precision: TINYINT.range(1.0, 7.0),
        "1 exact place, 2 near it, 3 district, 4 province, 5 line or region, 6 country, 7 unknown.", "1";
    fatalities_low: INTEGER.count().unit("people"),
        "The lowest number of dead stated.", "3";
    fatalities_best: INTEGER.count().unit("people"),
        "The number of dead to use.", "3";
    fatalities_high: INTEGER.count().unit("people"),
        "The highest number stated; NULL where it is open (\"at least\").", "4";
    injured_low: INTEGER.count().unit("people"),
        "The lowest number of injured stated.", "10";
    injured_best: INTEGER.count().unit("people"),
        "The number of injured to use.", "12";
    injured_high: INTEGER.count().unit("people"),
        "The highest number stated; NULL where it is open.", "12";
    casualty_conflict: BOOLEAN,
        "Whether the texts contradict each other about them.", "false";
    n_mentions: INTEGER.count(),
        "Rows of `event_mentions` behind it.", "5";
    n_articles: INTEGER.count(),
        "Articles that tell it.", "3";
    n_sources: INTEGER.count(),
        "Outlets that tell it.", "2";
    first_article_id: VARCHAR.references("articles"),
        "The first of those articles, in the order of the input.", "a_5d0f3c9e21b7a684";
    confidence: DOUBLE.share(),
        "How sure the reading is.", "0.84";
    actor1_code: VARCHAR.unit("dictionary codes").repeats() = actor1.code,
        "Their code in a dictionary that was imported (`columnist dict import`), also one of no ISO country; NULL where only the program's own knowledge says who they are.", "VALMIL";
    actor2_code: VARCHAR.unit("dictionary codes").repeats() = actor2.code,
        "The other side's code in a dictionary that was imported.", "ARN";
}

table! {
    /// One row for each actor of an event, where a side has more than one.
    event_actors(EventActorRow) EventMonth(event_id)
    event_id: VARCHAR.references("events"),
        "The event.", "e_c81d7702ab3f5e94";
    seq: SMALLINT.range(0.0, 32767.0),
        "The actor's place in the event.", "0";
    role: VARCHAR.repeats(),
        "What part the actor has in it: actor, recipient, victim, host, visitor, claimant, mediator.", "host";
    name: VARCHAR.repeats(),
        "The actor as printed.", "Federal Council";
    country: VARCHAR.country(),
        "The country they act for.", "CHE";
    sector: VARCHAR.unit("PLOVER sectors").repeats(),
        "Their role.", "GOV";
    figure_id: VARCHAR.references("figures"),
        "The figure they are.", "f_77c01e5ab29d4f30";
    code: VARCHAR.unit("dictionary codes").repeats(),
        "Their code in a dictionary that was imported.", "VALMIL";
}

table! {
    /// One row for each number of people hurt that a text states, with who states it.
    casualty_claims(CasualtyClaimRow) PubMonth(article_id)
    claim_id: VARCHAR.key(),
        "Id of the claim.", "c_e02f9b61d7ac3584";
    event_id: VARCHAR.required().references("events"),
        "The event in which they were hurt.", "e_c81d7702ab3f5e94";
    article_id: VARCHAR.required().references("articles"),
        "The article.", "a_5d0f3c9e21b7a684";
    start_char: INTEGER.offset(),
        "First character of the number in `articles.text`.", "701";
    end_char: INTEGER.offset(),
        "The character after its last.", "716";
    text: VARCHAR,
        "The number as printed.", "at least three";
    outcome: VARCHAR.one_of(OUTCOMES),
        "What became of them.", "killed";
    low: INTEGER.count().unit("people"),
        "The lowest number the words allow.", "3";
    best: INTEGER.count().unit("people"),
        "The number stated.", "3";
    high: INTEGER.count().unit("people"),
        "The highest the words allow; NULL where it is open.", "3";
    victim_sector: VARCHAR.unit("PLOVER sectors").repeats(),
        "Who they were.", "CVL";
    subset_of: VARCHAR.references("casualty_claims"),
        "The claim of which this is a part (\"two of them children\"); never add the two.", "c_11d05ac8e39b7f26";
    claimed_by: VARCHAR.repeats(),
        "Who states it.", "police";
}
