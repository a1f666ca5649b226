//! The tests that rule files carry: each example must give its event, each counterexample none of the rule's type.

use super::rules::{Example, RuleTests};
use crate::analyze::{Analyzer, Scratch};
use crate::article::{Article, DateSource};
use crate::tables::Rows;
use jiff::civil::Date;

/// What an example is in its rule file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Must fire as said.
    Example,
    /// Must not fire.
    Counterexample,
    /// Should fire, but doesn't today; that it does is news worth a failure.
    KnownGap,
}

/// Checks one example of a rule; the error says what was wanted and what was found.
pub fn check(
    analyzer: &Analyzer,
    scratch: &mut Scratch,
    rule: &RuleTests,
    kind: Kind,
    example: &Example,
) -> Result<(), String> {
    let mut rows = Rows::default();
    // Published on a Tuesday, so that "on Friday" is a day.
    let published = Date::new(2025, 6, 10).ok();
    let article = Article {
        pub_date: published,
        pub_date_source: DateSource::Metadata,
        ..Article::of_text("rule", &example.text)
    };
    analyzer.analyze(&article, scratch, &mut rows);
    let name = |n: &Option<String>| n.clone().unwrap_or_default();
    let found: Vec<(&str, String, String, &str)> = rows
        .event_mentions
        .iter()
        .map(|m| (m.plover_type.as_str(), name(&m.actor1.name), name(&m.actor2.name), m.modality))
        .collect();
    let wanted = example.modality.as_deref().unwrap_or("asserted");
    let fires = || {
        found.iter().any(|(kind, one, two, told)| {
            *kind == rule.plover_type
                && example.actor.as_ref().is_none_or(|a| a == one)
                && example.recipient.as_ref().is_none_or(|r| r == two)
                && *told == wanted
        })
    };
    match kind {
        Kind::Example if !fires() => {
            Err(format!("wanted {} {example:?}, {wanted}; found {found:?}", rule.plover_type))
        }
        Kind::Counterexample => match found.iter().find(|(kind, ..)| *kind == rule.plover_type) {
            None => Ok(()),
            Some(event) => Err(format!("{:?} must not give {event:?}", example.text)),
        },
        Kind::KnownGap if fires() => Err(format!("{:?} works now: move it to [[example]]", example.text)),
        Kind::Example | Kind::KnownGap => Ok(()),
    }
}

/// Every example of a rule with what it is, in file order.
pub fn examples(rule: &RuleTests) -> impl Iterator<Item = (Kind, &Example)> {
    let of = |kind| move |example| (kind, example);
    (rule.examples.iter().map(of(Kind::Example)))
        .chain(rule.counterexamples.iter().map(of(Kind::Counterexample)))
        .chain(rule.known_gaps.iter().map(of(Kind::KnownGap)))
}
