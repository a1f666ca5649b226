//! Who says what.

use super::*;
use crate::code::Id;
use crate::testing::document;

/// Quotes of a text as `kind|speaker|verb|text`.
fn read(text: &str) -> Vec<String> {
    let stage = Quotes::new(&Seeds::embedded()).unwrap();
    let owned = document(text);
    let mut scratch = Scratch::default();
    let print = |q: &Quote| {
        let speaker = q.speaker.map_or("-", |s| s.of(text));
        let meant = q.antecedent.map(|s| format!("={}", s.of(text))).unwrap_or_default();
        format!("{}|{speaker}{meant}|{}|{}", q.kind, q.verb.as_deref().unwrap_or("-"), q.span.of(text))
    };
    stage.find(&owned.doc(), None, &mut scratch).iter().map(print).collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(read(text), expected, "{text}");
}

#[test]
fn the_clause_behind() {
    check(
        "\"We will rebuild the bridge,\" said Omar Latif, the mayor of Zarn.",
        &["direct|Omar Latif|say|We will rebuild the bridge,"],
    );
    check(
        "“The road is closed until May,” a police official, who did not want to be named, told Dawn.",
        &["direct|a police official|tell|The road is closed until May,"],
    );
    check(
        "“They came in the night,” according to the Interior Ministry.",
        &["direct|the Interior Ministry|according to|They came in the night,"],
    );
}

#[test]
fn the_clause_before() {
    check(
        "Minister Dana Reyes said: \"Our borders stay open to all.\"",
        &["direct|Minister Dana Reyes|say|Our borders stay open to all."],
    );
    check(
        "The ministry described the raid as “a crime against the whole nation” on Monday.",
        &["mixed|The ministry|describe|a crime against the whole nation"],
    );
}

#[test]
fn split_quotations_are_two() {
    check(
        "\"We waited for hours,\" Karim Aziz said, \"and nobody came to help.\"",
        &["direct|Karim Aziz|say|We waited for hours,", "direct|Karim Aziz|say|and nobody came to help."],
    );
    check(
        "“We are ready to talk,” Lena Brandt said. “We have always been ready.”",
        &["direct|Lena Brandt|say|We are ready to talk,", "direct|Lena Brandt|-|We have always been ready."],
    );
}

#[test]
fn speakers_go_on_and_pronouns_mean_them() {
    check(
        "\"The dam will hold this year,\" engineer Tariq Shah said.\n\"It was built in five years,\" he added.",
        &[
            "direct|engineer Tariq Shah|say|The dam will hold this year,",
            "direct|he=engineer Tariq Shah|add|It was built in five years,",
        ],
    );
    check(
        "“One side has to begin somewhere.\n“Then the other follows,” Ana Silva said.",
        &[
            "direct|Ana Silva|say|One side has to begin somewhere.",
            "direct|Ana Silva|say|Then the other follows,",
        ],
    );
}

#[test]
fn a_phrase_means_who_was_called_so() {
    check(
        "\"Rain came early this year,\" a fruit trader said.\n\"The roads were all cut,\" a teacher said.\n\
         \"We lost the whole harvest,\" said the trader.",
        &[
            "direct|a fruit trader|say|Rain came early this year,",
            "direct|a teacher|say|The roads were all cut,",
            "direct|the trader=a fruit trader|say|We lost the whole harvest,",
        ],
    );
}

#[test]
fn who_is_quoted_by_another() {
    check(
        "He quoted the driver as saying: \"Nobody told us about the bridge.\"",
        &["direct|the driver|say|Nobody told us about the bridge."],
    );
}

#[test]
fn names_and_scare_quotes_are_none() {
    for text in [
        "He starred in the film \"The Long Road Back Home\" last year.",
        "The so-called \"peace camp\" lost again.",
        "It's the workers' day off, isn't it?",
    ] {
        check(text, &[]);
    }
}

#[test]
fn indirect_speech() {
    check(
        "The minister said that the talks would go on.",
        &["indirect|The minister|say|that the talks would go on"],
    );
    check(
        "The talks would go on for a week, the minister said on Monday.",
        &["indirect|the minister|say|The talks would go on for a week"],
    );
    check(
        "According to the army, four rebels fled to the hills.",
        &["indirect|the army|according to|four rebels fled to the hills"],
    );
}

#[test]
fn kinds_of_speakers() {
    let stage = Quotes::new(&Seeds::embedded()).unwrap();
    let kind = |text: &str| {
        let owned = document(text);
        stage.find(&owned.doc(), None, &mut Scratch::default()).first().map(|q| q.speaker_kind.as_str())
    };
    assert_eq!(kind("“We saw it all happen,” a local official said."), Some("anonymous"));
    assert_eq!(kind("“We saw it all happen,” the health ministry said."), Some("organisation"));
    assert_eq!(kind("“We saw it all happen,” Omar Latif said."), Some("person"));
    assert_eq!(kind("“We saw it all happen here.”"), Some("unknown"));
}

#[test]
fn rows_have_offsets_and_ids() {
    let stage = Quotes::new(&Seeds::embedded()).unwrap();
    let owned = document("“We go home now,” he said, “and we stay there.”");
    let mut rows = Vec::new();
    stage.extract(
        &owned.doc(),
        Id { kind: b'a', hash: 1 },
        &FigureSet::default(),
        &mut Scratch::default(),
        &mut rows,
    );
    assert_eq!((rows[0].start_char, rows[0].end_char, rows[0].n_words), (1, 16, 4));
    assert_eq!(rows[1].continues_quote_id, Some(rows[0].quote_id));
}

#[test]
fn a_megabyte_of_anything_is_read_in_time() {
    for piece in ["\"", "\" a ", "said ", "\"a\" said ", "he said that ", ", ", "who, "] {
        read(&piece.repeat(300_000 / piece.len()));
    }
}
