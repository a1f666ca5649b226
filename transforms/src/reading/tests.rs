//! Records in, articles out: every habit of a news page in a text of its own.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, reason = "a test may read the clock")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

use super::*;
use crate::article::Article;
use crate::grammar::Zone;

const LEAD: &str = "The harbour council of Port Aster agreed on Tuesday to reopen the eastern quay after eleven months, \
    its chairman told reporters, and thanked the dockers for their patience.";
const MORE: &str = "Officials from both towns will meet again next month to settle the price of the repairs, which the \
    council had put at nine million crowns in an earlier report to the ministry.";

pub(super) fn reader() -> Reader {
    Reader::new(&Seeds::embedded()).unwrap()
}

fn raw(text: &str) -> Outcome {
    let bytes = Some((0, text.len() as u64));
    reader().read(Record { doc_id: "f.txt".into(), raw: true, bytes, text: text.into(), ..Record::default() })
}

pub(super) fn field(title: Option<&str>, text: &str) -> Article {
    let record = Record {
        doc_id: "r1".into(),
        title: title.map(str::to_owned),
        text: text.into(),
        ..Record::default()
    };
    one(reader().read(record))
}

fn one(outcome: Outcome) -> Article {
    assert_eq!(outcome.articles.len(), 1, "{outcome:?}");
    whole(&outcome.articles[0]);
    outcome.articles.into_iter().next().unwrap()
}

/// Blocks are in order, cut the text at character boundaries, and only white space lies between them.
pub(super) fn whole(article: &Article) {
    let mut end = 0;
    for block in &article.blocks {
        let (from, to) = (block.span.start as usize, block.span.end as usize);
        assert!(from >= end && to > from, "{article:?}");
        assert!(article.text.get(end..from).is_some_and(|t| t.trim().is_empty()), "{article:?}");
        let text = article.text.get(from..to).unwrap();
        assert!(text == text.trim() && !text.contains(['\n', '\r', '\0']), "{text:?}");
        end = to;
    }
    assert_eq!(end, article.text.len());
    if let Some(dateline) = article.dateline {
        let first = article.blocks.iter().find(|b| b.zone == Zone::Body).unwrap();
        assert!(first.span.start == dateline.start && first.span.contains(dateline));
    }
}

pub(super) fn zone(article: &Article, zone: Zone) -> Vec<&str> {
    article.blocks.iter().filter(|b| b.zone == zone).map(|b| b.span.of(&article.text)).collect()
}

pub(super) fn day(article: &Article) -> Option<String> {
    article.pub_date.map(|d| d.to_string())
}

#[test]
fn a_page_is_zoned() {
    let text = format!(
        "Quay reopens after eleven months, council says\n\nIn this handout photo, released by the council, dockers (2L) \
         wait on May 2, 2024. (Photo courtesy: Harbour Press)\nShort Url\nUpdated 03 May 2024\nFollow\n\nQuay reopens after \
         eleven months, council says\n\n  • Repairs cost nine million crowns\n  • Towns to meet again\n\nPORT ASTER: {LEAD}\n\
         {MORE}\n\nAlso Read: Ferry strike ends in Lower Aster\n\nA heading\n\n{MORE}"
    );
    let article = one(raw(&text));
    assert_eq!(article.title.as_deref(), Some("Quay reopens after eleven months, council says"));
    assert_eq!(zone(&article, Zone::Title).len(), 1);
    assert_eq!(zone(&article, Zone::Summary).len(), 2);
    assert_eq!(zone(&article, Zone::Caption).len(), 1);
    let boilerplate = zone(&article, Zone::Boilerplate);
    for piece in [
        "(Photo courtesy: Harbour Press)",
        "Short Url",
        "Updated 03 May 2024",
        "Follow",
        "Also Read: Ferry strike ends in Lower Aster",
    ] {
        assert!(boilerplate.contains(&piece), "{piece}: {boilerplate:?}");
    }
    assert_eq!((day(&article).as_deref(), article.pub_date_source), (Some("2024-05-03"), DateSource::Header));
    assert_eq!(article.dateline_place.as_deref(), Some("PORT ASTER"));
    assert_eq!(article.dateline.map(|d| d.of(&article.text)), Some("PORT ASTER:"));
    assert_eq!(zone(&article, Zone::Body).len(), 4);
}

#[test]
fn a_file_of_two_articles_is_split() {
    let article = |title: &str, date: &str| {
        format!("{title}\n\nUpdated {date}\nFollow\n\n{title}\n\nLOWER ASTER: {LEAD}\n\n{MORE}\n\n\n")
    };
    let first = article("Quay reopens after eleven months", "03 May 2024");
    let text = first.clone() + &article("Ferry strike ends in Lower Aster", "9 June 2025");
    let outcome = raw(&text);
    assert_eq!(outcome.articles.len(), 2);
    outcome.articles.iter().for_each(whole);
    let dates: Vec<_> = outcome.articles.iter().map(|a| day(a).unwrap()).collect();
    assert_eq!(dates, ["2024-05-03", "2025-06-09"]);
    let (start, end) = outcome.articles[1].bytes.unwrap();
    assert_eq!(start as usize, first.len());
    assert!(text[start as usize..end as usize].starts_with("Ferry strike"));
    assert_eq!(outcome.articles[1].doc_part, 2);
    // The same lines as a field of a record are one article.
    assert_eq!(reader().read(Record { text, ..Record::default() }).articles.len(), 1);
}

#[test]
fn headings_timelines_and_related_stories_do_not_split() {
    let text = format!(
        "Quay reopens after eleven months\n\n{LEAD}\n\n{MORE}\n\nWhat happened when\n\nMarch 5, 2024\n\n{LEAD}\n\nApril 9, 2024\n\n{MORE}\n\n\
         Related stories\n\nFerry strike ends in Lower Aster\n\nMay 1, 2024\n\nFish prices fall again this spring\n\nMay 2, 2024"
    );
    let article = one(raw(&text));
    assert!(zone(&article, Zone::Boilerplate).contains(&"Ferry strike ends in Lower Aster"));
}

#[test]
fn archives_are_split_at_their_headers() {
    let part = |n: u32| {
        format!(
            "{n} of 2 DOCUMENTS\n\nTitle: Quay number {n} reopens\nDate: May {n}, 2024\nBy: Jane Doe\n\n{LEAD}\n\n{MORE}\n\n"
        )
    };
    let outcome = raw(&(part(1) + &part(2)));
    assert_eq!(outcome.articles.len(), 2);
    assert_eq!(outcome.articles[1].title.as_deref(), Some("Quay number 2 reopens"));
    assert_eq!(day(&outcome.articles[1]).as_deref(), Some("2024-05-02"));
    assert_eq!(outcome.articles[1].author.as_deref(), Some("Jane Doe"));
}

#[test]
fn datelines() {
    let rest = "the harbour council agreed on Tuesday to reopen the quay, its chairman told reporters after a long meeting.";
    for (line, place, date) in [
        ("ISLAMABAD: ", Some("ISLAMABAD"), None),
        ("LAHORE:", Some("LAHORE"), None),
        ("ISLAMABAD - ", Some("ISLAMABAD"), None),
        ("Moscow: ", Some("Moscow"), None),
        ("Srinagar- ", Some("Srinagar"), None),
        ("MUSCAT, Oman: ", Some("MUSCAT"), None),
        ("FLINT, Mich., Oct. 4, 2016 (UPI) — ", Some("FLINT"), Some("2016-10-04")),
        ("Islamabad, 13 April 2023 (TDI): ", Some("Islamabad"), Some("2023-04-13")),
        ("CAIRO - 27 June 2022: ", Some("CAIRO"), Some("2022-06-27")),
        ("KUWAIT CITY, July 25: ", Some("KUWAIT CITY"), None),
        ("GUATEMALA CITY, 4 FEB 90 (ACAN-EFE) -- [TEXT] ", Some("GUATEMALA CITY"), Some("1990-02-04")),
        ("ISTANBUL/ANKARA (Reuters) - ", Some("ISTANBUL"), None),
        ("London CNN — ", Some("London"), None),
        ("(Reuters) - ", None, None),
        ("WASHINGTON, D.C. – ", Some("WASHINGTON"), None),
        ("New Delhi, May 12 (PTI) ", Some("New Delhi"), None),
        ("Ulaanbaatar /MONTSAME/. ", Some("Ulaanbaatar"), None),
    ] {
        let text = format!("{line}The {rest}\n\n{MORE}");
        let article = field(None, &text);
        let found = article.dateline.unwrap_or_else(|| panic!("no dateline in {line:?}"));
        assert_eq!(found.of(&article.text).trim(), line.trim());
        assert_eq!(article.dateline_place.as_deref(), place, "{line}");
        assert_eq!(day(&article).as_deref(), date, "{line}");
    }
    for line in [
        "ANALYSIS: ",
        "Update: ",
        "The mayor said: ",
        "EXCLUSIVE - ",
        "Jane Doe: ",
        "Aster Workers Party (AWP) — ",
        "NATO: ",
        "In May, 2024 - ",
    ] {
        let article = field(None, &format!("{line}The {rest}\n\n{MORE}"));
        assert_eq!(article.dateline, None, "{line}");
    }
}

#[test]
fn a_dateline_that_stops_like_a_sentence_is_a_block() {
    let article = one(raw(&format!(" date 2025-05-15 BAKU, Azerbaijan, May 15. {LEAD}\n\n{MORE}")));
    assert_eq!(zone(&article, Zone::Boilerplate), ["date 2025-05-15"]);
    assert_eq!(zone(&article, Zone::Body)[..2], ["BAKU, Azerbaijan, May 15.", LEAD]);
    assert_eq!(article.dateline.map(|d| d.of(&article.text)), Some("BAKU, Azerbaijan, May 15."));
    assert_eq!(day(&article).as_deref(), Some("2025-05-15"));
}

#[test]
fn speakers_are_no_datelines() {
    let text = format!(
        "WINTER: {LEAD}\n\nSOMMER: Thank you.\n\nWINTER: {MORE}\n\nSOMMER: We will be back after this."
    );
    assert_eq!(field(None, &text).dateline, None);
}

#[test]
fn date_fields() {
    let read = |published: &str| {
        let record = Record { text: LEAD.into(), published: Some(published.into()), ..Record::default() };
        let outcome = reader().read(record);
        (outcome.articles[0].pub_date.map(|d| d.to_string()), outcome.warnings.len())
    };
    for (field, date) in [
        ("2024-03-05", "2024-03-05"),
        ("2024-03-05T23:59:00+05:00", "2024-03-05"),
        ("2024-03-05 10:22:00", "2024-03-05"),
        ("2024/03/05", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("20240305102200", "2024-03-05"),
        ("1709629320", "2024-03-05"),
        ("1709629320.5", "2024-03-05"),
        ("1709629320000", "2024-03-05"),
        ("Tue, 05 Mar 2024 10:22:00 GMT", "2024-03-05"),
        ("Tue Mar 05 10:22:00 GMT 2024", "2024-03-05"),
        ("Tue Mar 5 2024", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("March 5th, 2024 at 10:22 am", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("05-Mar-24", "2024-03-05"),
        ("13/02/2024", "2024-02-13"),
        ("02/13/2024", "2024-02-13"),
        ("05.03.2024", "2024-03-05"),
        ("03/03/2024 10:00", "2024-03-03"),
    ] {
        assert_eq!(read(field), (Some(date.to_owned()), 0), "{field}");
    }
    for field in [
        "03/04/2024",
        "yesterday",
        "2024-13-40",
        "March 2024",
        "31 February 2024",
        "99999999999999999999",
        "12345",
    ] {
        assert_eq!(read(field), (None, 1), "{field}");
    }
    for field in ["", "null", "N/A", " nan "] {
        assert_eq!(read(field), (None, 0), "{field}");
    }
}

#[test]
fn dates_of_headers_addresses_and_names() {
    for head in [
        "July 20, 2025",
        "Sunday, 20 July 2025 10:15 PM IST",
        "Published: July 20, 2025",
        "Published on 20-07-2025 July 20, 2025",
        "By Jane Doe | July 20, 2025",
        "https://news.example/2025/07/20/quay.html",
    ] {
        let article = one(raw(&format!("Quay reopens after eleven months\n\n{head}\n\n{LEAD}\n\n{MORE}")));
        assert_eq!(
            (day(&article).as_deref(), article.pub_date_source),
            (Some("2025-07-20"), DateSource::Header),
            "{head}"
        );
        assert!(zone(&article, Zone::Boilerplate).contains(&head), "{head}");
    }
    let text = format!("{LEAD}\n\n{MORE}\n\nPublished in The Aster Mail, July 20th, 2025");
    let article = one(raw(&text));
    assert_eq!((day(&article).as_deref(), article.pub_date_source), (Some("2025-07-20"), DateSource::Body));
    let named = |name: &str| {
        let article = one(reader().read(Record {
            doc_id: name.into(),
            text: LEAD.into(),
            raw: true,
            ..Record::default()
        }));
        (day(&article), article.pub_date_source)
    };
    assert_eq!(named("mail_2025-07-20_17.txt"), (Some("2025-07-20".into()), DateSource::Filename));
    assert_eq!(named("mail-20250720-17"), (Some("2025-07-20".into()), DateSource::Filename));
    assert_eq!(named("001_20250720abcd"), (None, DateSource::None));
    assert_eq!(named("a_36202507200a"), (None, DateSource::None));
}

#[test]
fn bylines() {
    for (line, author) in [
        ("By Jane Doe", "Jane Doe"),
        ("By JANE DOE and John A. Roe, Associated Press", "JANE DOE and John A. Roe"),
        ("Written by Jane van der Doe", "Jane van der Doe"),
        ("Jane Doe, Staff Writer", "Jane Doe"),
        ("Our Correspondent", "Our Correspondent"),
    ] {
        let article = one(raw(&format!("Quay reopens after eleven months\n\n{line}\n\n{LEAD}\n\n{MORE}")));
        assert_eq!(article.author.as_deref(), Some(author), "{line}");
        assert_eq!(article.title.as_deref(), Some("Quay reopens after eleven months"));
    }
    let article = field(None, &format!("By Jane Doe LISBON (Reuters) - {LEAD}\n\n{MORE}"));
    assert_eq!(article.author.as_deref(), Some("Jane Doe"));
    assert_eq!(article.dateline_place.as_deref(), Some("LISBON"));
}

#[test]
fn titles_of_fields() {
    let article = field(Some("Quay &amp; pier reopen"), &format!("{LEAD}\n{MORE}"));
    assert_eq!(article.title.as_deref(), Some("Quay & pier reopen"));
    assert_eq!(zone(&article, Zone::Title), ["Quay & pier reopen"]);
    assert!(article.text.starts_with("Quay & pier reopen\n\nThe harbour"));
    // A text that has its headline already doesn't get it twice; a second copy is boilerplate.
    let article = field(
        Some("Quay reopens at last"),
        &format!("Quay reopens at last\n\nQuay Reopens at Last\n\n{LEAD}\n{MORE}"),
    );
    assert_eq!(zone(&article, Zone::Title), ["Quay reopens at last"]);
    assert_eq!(zone(&article, Zone::Boilerplate), ["Quay Reopens at Last"]);
    // On one line with the text.
    let article = field(Some("Quay reopens at last"), &format!("Quay reopens at last {LEAD}"));
    assert_eq!(zone(&article, Zone::Title), ["Quay reopens at last"]);
    assert_eq!(zone(&article, Zone::Body), [LEAD]);
    // An address is no title.
    assert_eq!(field(Some("https://news.example/1"), LEAD).title, None);
}

#[test]
fn single_sentences_are_body() {
    for text in [
        "Police arrested three men",
        "Follow the law, he said.",
        "Updated rules were published on 3 May 2024 by the ministry.",
        "More: protests",
        "Advertisement rules upset sellers in the capital",
    ] {
        let article = field(None, text);
        assert_eq!(article.blocks.len(), 1, "{text}");
        assert_eq!(article.blocks[0].zone, Zone::Body, "{text}");
        assert_eq!((article.title, article.text.as_str()), (None, text));
    }
}

#[test]
fn lines_are_joined() {
    let article = one(raw(
        "The ministry said in a statement late on Friday that the session had included officials. The\n\nsession ended at noon with a short prayer for the lost.\n",
    ));
    assert_eq!(article.blocks.len(), 1);
    let wrapped = "   PORT ASTER, May 2 - The harbour council agreed on Tuesday to\nreopen the eastern quay after eleven months, its chairman told\nreporters, and thanked the dockers for their patience.\n    Officials from both towns will meet again next month to\nsettle the price of the repairs, which the council had put at\nnine million crowns in an earlier well-\nread report to the ministry.\n";
    let article = field(None, wrapped);
    assert_eq!(article.blocks.len(), 2, "{article:?}");
    assert!(article.text.ends_with("in an earlier well-read report to the ministry."));
    // Short lines that end sentences stay apart.
    let article = field(
        None,
        "One ship came in today.\nTwo ships came in today.\nNo ship came in today.\nFour ships came in today.\nFive came in.",
    );
    assert_eq!(article.blocks.len(), 5);
}

#[test]
fn text_is_cleaned() {
    let article = field(
        None,
        "\u{feff}The  mayor\u{a0}of Aster\tsaid \u{0}\u{200b}it was donâ€™t\u{ad} â€œsaidâ€\u{9d}.\r\n\r\nHe   left.\rThen&nbsp;she did &#8212; Smith &amp; Sons &unknown; <CSAI>.",
    );
    assert_eq!(
        article.text,
        "The mayor of Aster said it was don’t “said”.\n\nHe left.\nThen she did — Smith & Sons &unknown; <CSAI>."
    );
    let article = field(
        None,
        "<p>The mayor <b>of</b> Aster said it.</p><p>He<br>left.</p><script>var a = '<p>';</script><!-- no --><p>Then 3 < 4.</p>",
    );
    let blocks: Vec<_> = article.blocks.iter().map(|b| b.span.of(&article.text)).collect();
    assert_eq!(blocks, ["The mayor of Aster said it.", "He", "left.", "Then 3 < 4."]);
}

#[test]
fn languages() {
    let read = |text: &str, language: Option<&str>| {
        reader().read(Record {
            text: text.into(),
            language: language.map(str::to_owned),
            ..Record::default()
        })
    };
    let german = "Der Hafenrat beschloss am Dienstag, den östlichen Kai nach elf Monaten wieder zu öffnen, wie der \
        Vorsitzende vor Journalisten sagte. Er dankte den Arbeitern für ihre Geduld und kündigte für den kommenden Monat \
        weitere Gespräche über die Kosten der Arbeiten an, die neun Millionen Kronen betragen sollen.";
    assert_eq!(read(german, None).skipped, Code::new("de").map(Skip::Language));
    assert_eq!(read(german, Some("en")).skipped, Code::new("de").map(Skip::Language));
    assert_eq!(read(LEAD, Some("en-GB")).articles[0].lang, Code::new("en"));
    assert_eq!(read("Der Kai", Some("German")).skipped, Code::new("de").map(Skip::Language));
    assert_eq!(read("Der Kai", None).articles.len(), 1);
    assert_eq!(read(&LEAD.to_uppercase(), None).articles.len(), 1);
    let names = "Ahmed Khan\nMaria Lopez Garcia\nJan Kowalski\nPeter Schmidt\nGiulia Rossi\n".repeat(20);
    assert_eq!(read(&names, None).articles.len(), 1);
    let urdu = "وزیر اعظم نے کہا ہے کہ دونوں ممالک کے درمیان تعلقات مزید مضبوط ہوں گے۔ ".repeat(8);
    assert!(matches!(read(&urdu, None).skipped, Some(Skip::Language(_))));
}

#[test]
fn nothing_to_read() {
    assert_eq!(raw("").skipped, Some(Skip::Empty));
    assert_eq!(raw(" \r\n\t\n\u{feff}").skipped, Some(Skip::Empty));
    assert_eq!(raw("12 34 --- ...").skipped, Some(Skip::NoText));
    assert_eq!(raw("Follow\nShare\nAdvertisement").skipped, Some(Skip::NoText));
}

#[test]
fn the_foot_of_a_page_is_boilerplate() {
    let foot = [
        "(Reporting by Jane Doe; Editing by John Roe)",
        "COMMENTS",
        "Copyright © 2025. The Aster Mail, All Rights Reserved |Contact Us",
        "Sign up for our newsletter",
        "jane.doe@mail.example",
        "The Associated Press contributed to this report.",
    ];
    let teasers = [
        "A view of the quay. — AFP/FileLISBON: The harbour council has...",
        "Ferry owners say that strike is not over yet...",
    ];
    let text = format!("{LEAD}\n{MORE}\n{}\n{}", teasers.join("\n"), foot.join("\n"));
    let article = field(Some("Quay reopens at last"), &text);
    assert_eq!(zone(&article, Zone::Body), [LEAD, MORE]);
    assert_eq!(zone(&article, Zone::Boilerplate).len(), foot.len() + teasers.len());
}

#[test]
fn byte_ranges_survive_other_encodings() {
    let article = |title: &str| {
        format!("{title}\n\nUpdated 03 May 2024\nFollow\n\n{title}\n\n“Ästor”: {LEAD}\n\n{MORE}\n\n")
    };
    let first = article("Quay reopens after eleven months");
    let text = first.clone() + &article("Ferry strike ends in Lower Aster");
    let read = |length: usize| {
        let record = Record {
            raw: true,
            bytes: Some((10, 10 + length as u64)),
            text: text.clone(),
            ..Record::default()
        };
        reader().read(record).articles[1].bytes.unwrap().0
    };
    assert_eq!(read(text.len()), 10 + first.len() as u64);
    assert_eq!(read(text.chars().count()), 10 + first.chars().count() as u64);
    assert_eq!(read(text.chars().count() * 2 + 2), 12 + 2 * first.chars().count() as u64);
    assert_eq!(read(5), 10);
}

#[test]
fn odd_input_is_read_in_linear_time() {
    let long = Record { text: "word ".repeat(8 << 20), raw: true, ..Record::default() };
    let bytes = long.text.len();
    assert_eq!(reader().read(long).error, Some(ReadError::TooLong { bytes }));
    let mut noise = Vec::new();
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    while noise.len() < 1 << 20 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        noise.extend_from_slice(&state.to_le_bytes());
    }
    let big = 1 << 20;
    let texts = [
        String::from_utf8_lossy(&noise).into_owned(),
        "word ".repeat(big / 5),
        "<".repeat(big),
        "<p>&lt;p".repeat(big / 8),
        "&".repeat(big),
        "[".repeat(big) + ": ",
        "â€".repeat(big / 8),
        "\n".repeat(big),
        "a\n".repeat(big / 2),
        "The\n\nend of the\n\n".repeat(big / 20),
        "Updated 3 May 2024\n".repeat(big / 20),
        "Read more:\nA line about it\n".repeat(big / 30),
        "A headline of five words\n\nFollow\n\n".repeat(big / 40),
        format!("{LEAD}\n\nQuay reopens at last now\n\nQuay reopens at last now\n\nFollow\n\n")
            .repeat(big / 300),
    ];
    for text in texts {
        let start = std::time::Instant::now();
        raw(&text).articles.iter().for_each(whole);
        assert!(start.elapsed().as_secs() < 20, "{:?}", text.chars().take(40).collect::<String>());
    }
}

#[test]
fn teasers_inside_a_paragraph_are_cut_out() {
    let body = |text: &str| {
        let article = field(Some("Quay reopens"), &format!("{LEAD} {text} {MORE}"));
        (zone(&article, Zone::Body).join("|"), zone(&article, Zone::Boilerplate).join("|"))
    };
    let (text, furniture) =
        body("ABC News Related article Fishermen of Port Aster fear a hard winter He said so twice.");
    assert!(text.contains("He said so twice.") && !text.contains("hard winter"), "{text}");
    assert_eq!(furniture, "ABC News Related article Fishermen of Port Aster fear a hard winter");
    let (text, furniture) =
        body("Ann Low/Reuters Related article Fishermen of Port Aster fear a hard winter In May they left.");
    assert!(text.contains("In May they left."), "{text}");
    assert_eq!(furniture, "Ann Low/Reuters Related article Fishermen of Port Aster fear a hard winter");
    let (_, furniture) = body("Harbour FM's Bo Lee has more details from the quay.");
    assert_eq!(furniture, "Harbour FM's Bo Lee has more details from the quay.");
    // Where the headline's end isn't sure everything stays, and so does what is no promise of more.
    for kept in [
        "Related article Fishermen of Port Aster fear a hard winter Dockers of the town wait. The mayor said so.",
        "Related articles can be found in the library of the town.",
        "The council has more in common with the dockers than with the town.",
        "Port Aster has more boats than Port Lomond.",
    ] {
        let (text, furniture) = body(kept);
        assert!(text.contains(kept) && furniture.is_empty(), "{kept}: {furniture}");
    }
}
