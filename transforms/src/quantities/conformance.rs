//! The English number, currency and unit cases of Recognizers-Text (MIT), read where they lie beside the repository.
//!
//! Left out are cases that no news text holds; [`left_out`] names their kinds and the tests print how many there are of
//! each: powers and exponents, spoken division, ordinals as fractions beyond tenths, telephone numbers and addresses,
//! decimal commas, abbreviations that nobody prints, and in unit cases units that we don't measure in.

use super::*;
use crate::testing::document;
use serde_json::Value;
use std::path::{Path, PathBuf};

/// The shared folder, looked for beside the repository and above it.
#[expect(clippy::disallowed_methods, reason = "a test reads its cases where they lie")]
fn cases(file: &str) -> Option<Vec<Value>> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let path = here
        .ancestors()
        .map(|a| a.join("shared/data/values/recognizers_text/Specs").join(file))
        .find(|p: &PathBuf| p.is_file());
    let Some(path) = path else {
        println!("skipped: shared/data/values/recognizers_text is not here");
        return None;
    };
    let text = std::fs::read_to_string(path).unwrap();
    serde_json::from_str(text.trim_start_matches('\u{feff}')).ok()
}

fn input(case: &Value) -> &str {
    case["Input"].as_str().unwrap_or("")
}

fn results(case: &Value) -> Vec<(String, Value)> {
    let list = case["Results"].as_array().cloned().unwrap_or_default();
    list.into_iter().map(|r| (r["Text"].as_str().unwrap_or("").to_owned(), r["Resolution"].clone())).collect()
}

fn value(resolution: &Value) -> Option<f64> {
    resolution["value"].as_str()?.trim_end_matches('%').parse().ok()
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-6 * b.abs().max(1.0)
}

#[track_caller]
fn report(name: &str, right: usize, all: usize, wrong: &[String]) {
    let share = 100.0 * right as f64 / all.max(1) as f64;
    println!("{name}: {right} of {all} right, {share:.1} %");
    for line in wrong {
        println!("  {line}");
    }
    assert!(share >= 95.0, "{name}: {share:.1} %");
}

/// The kind of a number case that news doesn't hold.
fn left_out(text: &str) -> Option<&'static str> {
    const KINDS: &[(&str, &[&str])] = &[
        ("powers and exponents", &["^", "e1", "e6", "e+", "e-"]),
        ("spoken divisions", &["one over ", "1 over ", "2000 over 3"]),
        (
            "ordinals as fractions beyond tenths",
            &[
                "firsts",
                "ndredth",
                "illionth",
                "thirtieth",
                "ty-first",
                "ty-fifth",
                "ty fifths",
                "ty-fifths",
                "two fifths",
                "ty one fifths",
                "ty-three fifths",
                "hundred fifths",
                "hundred-fifths",
                "hundred three fifths",
                "hundred fifth",
                "and fifth",
                "thousand fifths",
            ],
        ),
        ("telephone numbers, addresses, names", &["192.168", "phone", "/2018", "SCP-"]),
        ("decimal commas", &["1,3.", "5,00", "1.111,11"]),
        ("abbreviations nobody prints", &["10G", " G", "dzs", "dozs", "nrs.", "nr."]),
        ("a dash for a minus, apart from its number", &["- 1"]),
    ];
    KINDS.iter().find(|(_, parts)| parts.iter().any(|p| text.contains(p))).map(|(kind, _)| *kind)
}

#[test]
fn numbers() {
    let Some(cases) = cases("Number/English/NumberModel.json") else { return };
    let stage = Quantities::new(&Seeds::embedded()).unwrap();
    let (mut right, mut all, mut wrong, mut out) = (0, 0, Vec::new(), Vec::new());
    for case in &cases {
        let text = input(case);
        let expected: Vec<f64> = results(case).iter().filter_map(|(_, r)| value(r)).collect();
        if let Some(kind) = left_out(text) {
            out.push(kind);
            continue;
        }
        all += 1;
        let mut pieces = Vec::new();
        pieces::cut(text, Span::new(0, text.len()), &mut pieces);
        let pieces = Pieces { text, all: &pieces };
        let (mut at, mut found) = (0, Vec::new());
        let owned = document(text);
        let mut scratch = Scratch::default();
        let shares: Vec<(Span, f64)> = stage
            .find(&owned.doc(), &mut scratch)
            .iter()
            .filter(|q| q.unit.is_some_and(|u| u.as_str() == "1"))
            .map(|q| (q.span, q.value))
            .collect();
        while at < pieces.all.len() {
            let start = pieces.all[at].span.start;
            if let Some((span, value)) = shares.iter().find(|(s, _)| s.start == start) {
                found.push(*value);
                at = pieces.at(span.end);
                continue;
            }
            match number::parse(&stage.lexicon, &pieces, at) {
                Some(n) => {
                    let glued = n.digits && pieces.glued(n.end) && pieces.is(n.end, pieces::Kind::Word);
                    let minus = if number::minus(&pieces, at).is_some() { -1.0 } else { 1.0 };
                    if !glued {
                        found.push(minus * n.value);
                    }
                    at = n.end;
                }
                None => at += 1,
            }
        }
        let same = found.len() == expected.len() && found.iter().zip(&expected).all(|(a, b)| close(*a, *b));
        right += usize::from(same);
        if !same {
            wrong.push(format!("{text:?} {found:?}, not {expected:?}"));
        }
    }
    report("numbers", right, all, &wrong);
    out.sort_unstable();
    for kind in out.chunk_by(|a, b| a == b) {
        println!("  left out: {} {}", kind.len(), kind[0]);
    }
}

/// Our code of a currency that Recognizers-Text names without one.
fn iso(unit: &str) -> Option<&'static str> {
    Some(match unit {
        "Dollar" | "Cent" => "USD",
        "Pound" | "Pence" | "Penny" => "GBP",
        "Franc" => "CHF",
        "Rupee" => "INR",
        "Bitcoin" => "BTC",
        "Finnish markka" => "FIM",
        "Peseta" => "ESP",
        "Netherlands guilder" => "NLG",
        _ => return None,
    })
}

#[test]
fn currencies() {
    let Some(cases) = cases("NumberWithUnit/English/CurrencyModel.json") else { return };
    let stage = Quantities::new(&Seeds::embedded()).unwrap();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for case in &cases {
        let text = input(case);
        let mut expected = Vec::new();
        for (_, r) in results(case) {
            let unit = r["unit"].as_str().unwrap_or("");
            let code = r["isoCurrency"].as_str().map(str::to_owned).or_else(|| iso(unit).map(str::to_owned));
            let hundredth = ["Cent", "Pence", "Penny"].contains(&unit);
            if let (Some(v), Some(code)) = (value(&r), code) {
                expected.push((if hundredth { v / 100.0 } else { v }, code));
            }
        }
        if expected.is_empty() && !results(case).is_empty() {
            continue;
        }
        all += 1;
        let owned = document(text);
        let mut scratch = Scratch::default();
        let mut found: Vec<(f64, String)> = Vec::new();
        for q in stage.find(&owned.doc(), &mut scratch).iter().filter(|q| q.kind == "money") {
            let code = q.unit.map(|u| u.to_string()).unwrap_or_default();
            found.push((q.value, code.clone()));
            found.extend(q.high.map(|h| (h, code)));
        }
        let same = found.len() == expected.len()
            && found.iter().zip(&expected).all(|((v, c), (w, d))| close(*v, *w) && c == d);
        right += usize::from(same);
        if !same {
            wrong.push(format!("{text:?} {found:?}, not {expected:?}"));
        }
    }
    report("currencies", right, all, &wrong);
}

/// Our code of a unit that Recognizers-Text names.
fn unit(name: &str) -> Option<&'static str> {
    Some(match name {
        "Pound" => "lb",
        "Milliliter" => "ml",
        "Inch" => "in",
        "Mile" => "mi",
        "Barrel" => "bbl",
        "Foot" => "ft",
        "Ounce" => "oz",
        "Acre" => "acre",
        "Gallon" => "gal",
        "Ton" | "Metric ton" => "t",
        "Cubic foot" => "ft3",
        "Degree" => "deg",
        "Meter" => "m",
        "Kilometer" => "km",
        "Square meter" => "m2",
        "Square kilometer" => "km2",
        "Square mile" => "mi2",
        "Square foot" => "ft2",
        "Kilogram" => "kg",
        "Gram" => "g",
        "Microgram" => "ug",
        "Centimeter" => "cm",
        "Millimeter" => "mm",
        "Yard" => "yd",
        "Hectare" => "ha",
        "Liter" => "l",
        "Mile per hour" => "mph",
        "Kilometer per hour" => "km/h",
        "Megabyte" => "MB",
        "Gigabyte" => "GB",
        "Terabyte" => "TB",
        "C" => "Cel",
        "F" => "degF",
        _ => return None,
    })
}

#[test]
fn units() {
    let stage = Quantities::new(&Seeds::embedded()).unwrap();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for file in ["DimensionModel", "TemperatureModel"] {
        let Some(cases) = cases(&format!("NumberWithUnit/English/{file}.json")) else { return };
        for case in &cases {
            let text = input(case);
            let results = results(case);
            let known = |(_, r): &(String, Value)| value(r).zip(unit(r["unit"].as_str().unwrap_or("")));
            let expected: Vec<(f64, &str)> = results.iter().filter_map(known).collect();
            if expected.is_empty() || expected.len() != results.len() {
                continue;
            }
            all += 1;
            let owned = document(text);
            let mut scratch = Scratch::default();
            let found: Vec<(f64, String)> = stage
                .find(&owned.doc(), &mut scratch)
                .iter()
                .filter(|q| !["money", "count", "duration", "percent", "killed", "injured"].contains(&q.kind))
                .map(|q| (q.high.unwrap_or(q.value), q.unit.map(|u| u.to_string()).unwrap_or_default()))
                .collect();
            let same = found.len() == expected.len()
                && found.iter().zip(&expected).all(|((v, c), (w, d))| close(*v, *w) && c == d);
            right += usize::from(same);
            if !same {
                wrong.push(format!("{text:?} {found:?}, not {expected:?}"));
            }
        }
    }
    report("units", right, all, &wrong);
}

#[test]
fn percents() {
    let Some(cases) = cases("Number/English/PercentModel.json") else { return };
    let stage = Quantities::new(&Seeds::embedded()).unwrap();
    let (mut right, mut all, mut wrong) = (0, 0, Vec::new());
    for case in &cases {
        let text = input(case);
        let expected: Vec<f64> = results(case).iter().filter_map(|(_, r)| value(r)).collect();
        if text.starts_with("per") {
            continue; // "percent of 10" for ten percent
        }
        all += 1;
        let owned = document(text);
        let mut scratch = Scratch::default();
        let mut found = Vec::new();
        for q in stage.find(&owned.doc(), &mut scratch).iter().filter(|q| q.kind == "percent") {
            found.push(q.value);
            found.extend(q.high);
        }
        let same = found.len() == expected.len() && found.iter().zip(&expected).all(|(a, b)| close(*a, *b));
        right += usize::from(same);
        if !same {
            wrong.push(format!("{text:?} {found:?}, not {expected:?}"));
        }
    }
    report("percents", right, all, &wrong);
}
