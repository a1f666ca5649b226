//! Figures through the whole chain, on sentences written for these tests.

use crate::analyze::{Analyzer, Scratch};
use crate::article::Article;
use crate::tables::Rows;
use seeds::Seeds;
use std::sync::LazyLock;

static ANALYZER: LazyLock<Analyzer> = LazyLock::new(|| Analyzer::new(&Seeds::embedded()).unwrap());

fn rows(text: &str) -> Rows {
    let article = Article { pub_date: Some(jiff::civil::date(2025, 3, 1)), ..Article::of_text("test", text) };
    let mut rows = Rows::default();
    ANALYZER.analyze(&article, &mut Scratch::default(), &mut rows);
    rows
}

/// The people of a text, their countries and the titles they are given, as one line each.
fn people(text: &str) -> Vec<(String, String, Vec<String>)> {
    let rows = rows(text);
    let persons = rows.figures.iter().filter(|f| f.kind == "person");
    persons
        .map(|f| {
            let roles = rows.figure_roles.iter().filter(|r| r.figure_id == f.figure_id);
            let country = f.country.map(|c| c.to_string()).unwrap_or_default();
            (f.name.clone(), country, roles.map(|r| r.role_text.clone()).collect())
        })
        .collect()
}

fn person(text: &str, name: &str) -> (String, Vec<String>) {
    let all = people(text);
    let found = all.iter().find(|(n, ..)| n == name);
    let (_, country, roles) = found.unwrap_or_else(|| panic!("no {name} in {all:?}")).clone();
    (country, roles)
}

#[test]
fn titles_before_the_name() {
    let text = "Pakistan's Minister for Housing, Water and Power Salman Tariq met the governor on Monday.";
    assert_eq!(
        person(text, "Salman Tariq"),
        ("PAK".into(), vec!["Minister for Housing, Water and Power".into()])
    );
    let text = "The talks were led by defence ministry spokesman Karim Daudzai, an official said in Kabul.";
    assert_eq!(person(text, "Karim Daudzai").1, ["defence ministry spokesman"]);
    let text = "They met former French president Nicolas Sarkozy in Paris.";
    let (country, roles) = person(text, "Nicolas Sarkozy");
    assert_eq!(country, "FRA");
    assert!(roles.iter().any(|r| r.starts_with("former") && r.ends_with("president")), "{roles:?}");
}

#[test]
fn titles_after_the_name() {
    let text = "Robert Hayes, a lawyer and former mayor of Leeds, told reporters that he was pleased.";
    let (_, roles) = person(text, "Robert Hayes");
    assert_eq!(roles, ["lawyer", "former mayor of Leeds"]);
    let text = "Sara Ahmadi, the Iranian ambassador to Turkey, arrived in Ankara on Sunday.";
    assert_eq!(person(text, "Sara Ahmadi"), ("IRN".into(), vec!["ambassador to Turkey".into()]));
}

#[test]
fn a_title_between_two_names_belongs_to_one() {
    let text = "Among them were Daniel Moore, chairman of the Harbour Board, and Secretary Peter Lang.";
    assert_eq!(person(text, "Daniel Moore").1, ["chairman of the Harbour Board"]);
    assert_eq!(person(text, "Peter Lang").1, ["Secretary"]);
}

#[test]
fn a_plural_title_holds_for_the_whole_list() {
    let text = "Police said constables Ahmed Raza, Bilal Hussain and Tariq Mehmood were injured in Lahore.";
    for name in ["Ahmed Raza", "Bilal Hussain", "Tariq Mehmood"] {
        assert_eq!(person(text, name), ("PAK".into(), vec!["constable".into()]), "{name}");
    }
}

#[test]
fn ministers_in_a_list_act_for_one_country() {
    let text = "He met Georgia's Energy Minister Giorgi Beridze, Transport Minister Nino Lomidze and Trade Minister \
                Davit Maisuradze.";
    for name in ["Giorgi Beridze", "Nino Lomidze", "Davit Maisuradze"] {
        assert_eq!(person(text, name).0, "GEO", "{name}");
    }
}

#[test]
fn namesakes_stay_two_and_spellings_meet() {
    let text = "Raza Khan met Aslam Khan in Peshawar. Mohammad Tahir Butt came later. \"We waited,\" Muhammad Tahir Butt \
                said.";
    let names: Vec<String> = people(text).into_iter().map(|(n, ..)| n).collect();
    assert_eq!(names, ["Raza Khan", "Aslam Khan", "Mohammad Tahir Butt"]);
}

#[test]
fn places_and_offices_are_no_people() {
    let text = "A fire broke out in Kiryat Malachi and near Baldia Town. The council will name a Focal Person for it.";
    assert_eq!(people(text), []);
}

#[test]
fn ids_join_articles_as_far_as_names_reach() {
    let id = |text: &str, name: &str| {
        let rows = rows(text);
        rows.figures.iter().find(|f| f.name == name).map(|f| f.figure_id)
    };
    let same = |a: (&str, &str), b: (&str, &str)| {
        let (one, two) = (id(a.0, a.1), id(b.0, b.1));
        assert!(one.is_some() && two.is_some(), "{a:?} {one:?}, {b:?} {two:?}");
        one == two
    };
    let zelensky = "Volodymyr Zelenskyy";
    assert!(same(
        ("President Zelensky spoke in Kyiv.", zelensky),
        ("Volodymyr Zelenskiy flew to Paris.", zelensky)
    ));
    assert!(same(
        ("Tahir Lashari spoke in Lahore.", "Tahir Lashari"),
        ("The party met Tahir Lashari.", "Tahir Lashari")
    ));
    let judge = ("Judge John Miller heard the case in Boston, Massachusetts.", "John Miller");
    let singer = ("The singer John Miller gave a concert in Sydney, Australia.", "John Miller");
    assert!(!same(judge, singer));
    assert!(!same(
        ("Mr Lashari spoke in Lahore.", "Lashari"),
        ("Mr Lashari bought a shop in Multan.", "Lashari")
    ));
    let court = "The Supreme Court heard the case";
    let (india, kenya) = (format!("{court} in New Delhi, India."), format!("{court} in Nairobi, Kenya."));
    assert!(!same((&india, "Supreme Court"), (&kenya, "Supreme Court")));
}

#[test]
fn short_titles_and_seats_tell_office_and_country() {
    let text = "Sen. Paula Hartnell, R-Iowa, met Gov. Carl Lindqvist in Kyiv, Ukraine, and Odesa, Ukraine.";
    let (country, roles) = person(text, "Paula Hartnell");
    assert_eq!((country.as_str(), roles.as_slice()), ("USA", ["Sen.".to_owned()].as_slice()));
    assert_eq!(person(text, "Carl Lindqvist").1, ["Gov."]);
    let text = "The vice president, Karl Brandauer, left. \"We wait,\" the president said in Vienna.";
    assert!(!person(text, "Karl Brandauer").1.iter().any(|r| r == "president"));
}

#[test]
fn names_of_many_join_only_what_is_told() {
    let id = |text: &str, name: &str| {
        let rows = rows(text);
        rows.figures.iter().find(|f| f.name == name).map(|f| f.figure_id)
    };
    let (one, two) = ("John Miller left the house in Boston.", "A photo shows John Miller in Boston.");
    assert_ne!(id(one, "John Miller"), id(two, "John Miller"));
    let (one, two) = ("Senator John Miller spoke in Boston.", "Senator John Miller voted in Boston.");
    assert_eq!(id(one, "John Miller"), id(two, "John Miller"));
    assert!(id(one, "John Miller").is_some());
}

/// The bodies of a text by name.
fn bodies(text: &str) -> Vec<String> {
    rows(text).figures.into_iter().filter(|f| f.kind == "organisation").map(|f| f.name).collect()
}

#[test]
fn laws_families_and_offices_are_no_bodies() {
    let text = "Anna Harnell and Peter Harnell spoke of the Clean Harbours Act. The Harnells met the Advocate General in \
                Lahore.";
    assert_eq!(bodies(text), Vec::<String>::new());
    let text = "The Harbour Fishermen Council (HFC) met in Leeds. HFC will meet again.";
    assert_eq!(bodies(text), ["Harbour Fishermen Council"]);
}

#[test]
fn a_people_or_an_apposition_tells_the_country() {
    let text = "The round was led by Danes Henrik Madsen and Lars Poulsen and by Bulgarian Ivana Petrova in Boston. \
                Somchai Boonmee, a Thai national living in Malaysia, watched them.";
    assert_eq!(person(text, "Lars Poulsen").0, "DNK");
    assert_eq!(person(text, "Ivana Petrova").0, "BGR");
    assert_eq!(person(text, "Somchai Boonmee").0, "THA");
}

#[test]
fn a_squad_with_initials_is_a_list_of_people() {
    let text =
        "The squad: P Brennan (Wanderers), T O'Malley (Rovers), K Dunleavy (Wanderers), S Rafferty (Rovers).";
    let names: Vec<String> = people(text).into_iter().map(|(n, ..)| n).collect();
    assert!(
        ["T O'Malley", "K Dunleavy", "S Rafferty"].iter().all(|n| names.iter().any(|m| m == n)),
        "{names:?}"
    );
}

#[test]
fn a_profession_behind_the_name_is_not_the_next_ones() {
    let text = "Bashir Ahmad, Dilawar Khan advocate, Muhammad Saleem and others said that people in Peshawar were angry.";
    assert_eq!(person(text, "Dilawar Khan").1, ["advocate"]);
    assert!(person(text, "Muhammad Saleem").1.is_empty());
}
