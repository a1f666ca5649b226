//! Reporting verbs in all their forms, from `seeds/lexicon/reporting_verbs.tsv`.

use crate::document::{Document, Token};
use rustc_hash::FxHashMap;
use seeds::table::Table;
use seeds::{SeedError, Seeds};

/// A reporting verb.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verb {
    /// Its lemma; of several words where it has them ("point out").
    pub lemma: String,
    /// What follows its first word, in lower case.
    rest: Vec<String>,
    /// Whether a that-clause with what is said can follow.
    pub takes_that: bool,
    /// Whether its object is what is said: "criticised the plan".
    pub takes_object: bool,
    /// Whether it introduces words in quotation marks.
    pub direct: bool,
}

/// A verb form that was found.
#[derive(Debug, Clone, Copy)]
pub struct Found<'a> {
    /// The verb.
    pub verb: &'a Verb,
    /// Number of tokens.
    pub len: usize,
    /// Whether the form can be finite: not "saying".
    pub finite: bool,
}

/// The verbs by the forms of their first words.
#[derive(Debug)]
pub struct Verbs {
    all: Vec<Verb>,
    forms: FxHashMap<String, Vec<(u16, bool)>>,
}

/// Past tense and participle of irregular verbs.
const IRREGULAR: &[(&str, &[&str])] = &[
    ("say", &["said"]),
    ("tell", &["told"]),
    ("think", &["thought"]),
    ("write", &["wrote", "written"]),
    ("speak", &["spoke", "spoken"]),
    ("know", &["knew", "known"]),
    ("hear", &["heard"]),
    ("feel", &["felt"]),
    ("find", &["found"]),
    ("go", &["went", "gone"]),
    ("hold", &["held"]),
    ("make", &["made"]),
    ("swear", &["swore", "sworn"]),
    ("understand", &["understood"]),
    ("mean", &["meant"]),
    ("see", &["saw", "seen"]),
    ("foresee", &["foresaw", "foreseen"]),
    ("foretell", &["foretold"]),
    ("begin", &["began", "begun"]),
    ("show", &["showed", "shown"]),
    ("teach", &["taught"]),
    ("leave", &["left"]),
    ("give", &["gave", "given"]),
    ("take", &["took", "taken"]),
    ("have", &["had", "has"]),
    ("shoot", &["shot"]),
    ("forbid", &["forbade"]),
    ("learn", &["learned", "learnt"]),
    ("lay", &["laid"]),
    ("withdraw", &["withdrew", "withdrawn"]),
    ("be", &["is", "was", "were", "are", "been"]),
    ("come", &["came"]),
    ("send", &["sent"]),
    ("lead", &["led"]),
    ("retell", &["retold"]),
    ("stick", &["stuck"]),
    ("stand", &["stood"]),
    ("rebut", &["rebutted"]),
    ("forewarn", &["forewarned"]),
    ("read", &["read"]),
    ("put", &["put"]),
    ("let", &["let"]),
    ("bet", &["bet"]),
    ("sing", &["sang", "sung"]),
    ("spit", &["spat"]),
    ("tweet", &["tweeted"]),
    ("keep", &["kept"]),
];

impl Verbs {
    /// Reads the verbs; nouns and the preposition "according to" are left out.
    pub fn new(seeds: &Seeds) -> Result<Self, SeedError> {
        let file = "lexicon/reporting_verbs.tsv";
        let table = Table::parse(file, seeds.text(file)?)?;
        let (lemma, kind) = (table.column("lemma")?, table.column("kind")?);
        let (that, direct) = (table.column("takes_that")?, table.column("direct_ok")?);
        let object = table.column("takes_object")?;
        let mut verbs = Self { all: Vec::new(), forms: FxHashMap::default() };
        for row in table.rows().filter(|r| matches!(r.cell(kind), "verb" | "phrase")) {
            let mut words = row.cell(lemma).split(' ');
            let first = words.next().unwrap_or("");
            if first == "be" {
                continue;
            }
            let index = u16::try_from(verbs.all.len()).map_err(|_| row.error("too many verbs"))?;
            for (form, finite) in forms(first) {
                verbs.forms.entry(form).or_default().push((index, finite));
            }
            verbs.all.push(Verb {
                lemma: row.cell(lemma).to_owned(),
                rest: words.map(str::to_owned).collect(),
                takes_that: row.cell(that) == "1",
                takes_object: row.cell(object) == "1",
                direct: row.cell(direct) == "1",
            });
        }
        Ok(verbs)
    }

    /// The reporting verb that starts at a token, the longest.
    pub fn at(&self, doc: &Document<'_>, tokens: &[Token], at: usize) -> Option<Found<'_>> {
        let word = doc.word(tokens.get(at)?);
        if word.len() > 20 || word.len() < 3 {
            return None;
        }
        let mut bytes = [0_u8; 20];
        let key = bytes.get_mut(..word.len())?;
        key.copy_from_slice(word.as_bytes());
        key.make_ascii_lowercase();
        let known = self.forms.get(std::str::from_utf8(key).ok()?)?;
        let mut best: Option<Found<'_>> = None;
        for (index, finite) in known {
            let Some(verb) = self.all.get(usize::from(*index)) else { continue };
            let fits = verb.rest.iter().enumerate().all(|(i, rest)| {
                tokens.get(at + 1 + i).is_some_and(|t| doc.word(t).eq_ignore_ascii_case(rest))
            });
            let len = verb.rest.len() + 1;
            if fits && best.is_none_or(|b| len > b.len) {
                best = Some(Found { verb, len, finite: *finite });
            }
        }
        best
    }
}

/// The forms of a verb, and whether each can be finite.
fn forms(lemma: &str) -> Vec<(String, bool)> {
    let mut out = vec![(lemma.to_owned(), true)];
    let stem = lemma.strip_suffix('e').unwrap_or(lemma);
    let consonant_y = lemma.strip_suffix('y').filter(|s| !s.ends_with(['a', 'e', 'o', 'u']));
    let third = match consonant_y {
        Some(s) => format!("{s}ies"),
        None if lemma.ends_with(['s', 'x', 'z']) || lemma.ends_with("ch") || lemma.ends_with("sh") => {
            format!("{lemma}es")
        }
        None => format!("{lemma}s"),
    };
    out.push((third, true));
    let ing = if lemma.ends_with("ee") { format!("{lemma}ing") } else { format!("{stem}ing") };
    out.push((ing, false));
    match IRREGULAR.iter().find(|(l, _)| *l == lemma) {
        Some((_, past)) => out.extend(past.iter().map(|p| ((*p).to_owned(), true))),
        None => {
            let past = consonant_y.map_or_else(|| format!("{stem}ed"), |s| format!("{s}ied"));
            out.push((past, true));
        }
    }
    let mut last = lemma.chars().rev();
    let (z, y, x) = (last.next(), last.next(), last.next());
    let vowel = |c: Option<char>| c.is_some_and(|c| "aeiou".contains(c));
    if z.is_some_and(|c| "bdglmnprt".contains(c)) && vowel(y) && !vowel(x) {
        let z = z.unwrap_or(' ');
        out.push((format!("{lemma}{z}ed"), true));
        out.push((format!("{lemma}{z}ing"), false));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_are_made_by_rule() {
        let of = |l: &str| forms(l).into_iter().map(|(f, _)| f).collect::<Vec<_>>().join(" ");
        assert_eq!(of("say"), "say says saying said");
        assert_eq!(of("deny"), "deny denies denying denied");
        assert_eq!(of("note"), "note notes noting noted");
        assert_eq!(of("stress"), "stress stresses stressing stressed");
        assert!(of("admit").contains("admitted"));
    }
}
