//! One JSON object to one record: wanted fields are taken, the rest is passed over; small faults are mended.

use super::decode::lossy;
use super::fields::{At, Draft, FieldMap, Name, Role, normal};
use super::{Counts, Item};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use std::borrow::Cow;
use std::fmt;

/// Keys whose value stands for an object where a plain value is expected: NewsAPI's `{"id", "name"}`, MongoDB's
/// `{"$oid"}` and `{"$date"}`, XML's `{"#text"}`.
const STAND_INS: [&str; 5] = ["name", "$oid", "$date", "#text", "value"];

/// The record of one object, or the row of `quarantine` that says why it is none.
pub fn read(bytes: &[u8], at: &At<'_>, counts: &mut Counts) -> Item {
    let (text, broken) = lossy(bytes);
    let mut draft = Draft::new(broken);
    if let Err(error) = parse(&text, &at.options.map, &mut draft) {
        let mended = mend(&text);
        draft = Draft::new(true);
        if mended == text || parse(&mended, &at.options.map, &mut draft).is_err() {
            return refuse(&text, &error, at);
        }
        return draft.finish(at, counts, || keys(&mended));
    }
    draft.finish(at, counts, || keys(&text))
}

/// Says what is wrong with it.
fn refuse(text: &str, error: &serde_json::Error, at: &At<'_>) -> Item {
    if serde_json::from_str::<IgnoredAny>(text).is_ok() {
        if !text.trim_start().starts_with('{') {
            return at.quarantine(None, "not_an_object", "a JSON value that is no object".to_owned());
        }
        return at.quarantine(None, "bad_json", format!("a field cannot be read: {error}"));
    }
    at.quarantine(None, "bad_json", format!("not JSON: {error}"))
}

fn parse(text: &str, map: &FieldMap, draft: &mut Draft) -> serde_json::Result<()> {
    let mut json = serde_json::Deserializer::from_str(text);
    Object { names: map.names(), depth: 0, path: &[], draft }.deserialize(&mut json)?;
    json.end()
}

/// An object: the record itself, or one inside it on the way to a mapped field.
struct Object<'a> {
    names: &'a [Name],
    depth: usize,
    /// Keys that led here.
    path: &'a [String],
    draft: &'a mut Draft,
}

impl<'de> DeserializeSeed<'de> for Object<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        // What lies inside need not be an object; the record itself must.
        if self.depth == 0 { json.deserialize_map(self) } else { json.deserialize_any(self) }
    }
}

impl<'de> Visitor<'de> for Object<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        while let Some(key) = object.next_key_seed(Key)? {
            let key = normal(&key);
            let on_path = |name: &&Name| {
                name.path.get(..self.depth) == Some(self.path) && name.path.get(self.depth) == Some(&key)
            };
            let wanted = self.names.iter().filter(on_path);
            // A key that is both a field and the way to another is taken as the field.
            if let Some(name) = wanted.clone().find(|name| name.path.len() == self.depth + 1) {
                match object.next_value_seed(Cell { role: name.role, depth: 0 })? {
                    Some(value) => self.draft.offer(name.role, name.rank, value),
                    None => self.draft.offer_nothing(name.role),
                }
            } else if wanted.clone().next().is_some() {
                let path: Vec<String> = self.path.iter().cloned().chain([key.clone()]).collect();
                object.next_value_seed(Object {
                    names: self.names,
                    depth: self.depth + 1,
                    path: &path,
                    draft: self.draft,
                })?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        if self.depth == 0 {
            return Err(A::Error::custom("a list, not an object"));
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }
}

/// A key, borrowed from the text where it has no escapes.
struct Key;

impl<'de> DeserializeSeed<'de> for Key {
    type Value = Cow<'de, str>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Cow<'de, str>, D::Error> {
        json.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for Key {
    type Value = Cow<'de, str>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(Cow::Borrowed(key))
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(Cow::Owned(key.to_owned()))
    }
}

/// A wanted value as text; lists are joined, objects give their stand-in.
#[derive(Clone, Copy)]
struct Cell {
    role: Role,
    depth: u8,
}

impl Cell {
    fn inner(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }
}

impl<'de> DeserializeSeed<'de> for Cell {
    type Value = Option<String>;

    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<Self::Value, D::Error> {
        if self.depth > 3 {
            return IgnoredAny::deserialize(json).map(|_| None);
        }
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Cell {
    type Value = Option<String>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        Ok(Some(value.to_owned()))
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        Ok(Some(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        Ok(Some(value.to_string()))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut joined: Option<String> = None;
        while let Some(value) = list.next_element_seed(self.inner())? {
            let Some(value) = value.filter(|value| !value.trim().is_empty()) else { continue };
            match (&mut joined, self.role.separator()) {
                (None, _) => joined = Some(value),
                (Some(joined), Some(separator)) => {
                    joined.push_str(separator);
                    joined.push_str(&value);
                }
                (Some(_), None) => {}
            }
        }
        Ok(joined)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(key) = object.next_key_seed(Key)? {
            if found.is_none() && STAND_INS.contains(&key.as_ref()) {
                found = object.next_value_seed(self.inner())?;
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(found)
    }
}

/// The keys of an object, for the message that none of them is a text.
fn keys(text: &str) -> Vec<String> {
    struct Keys;
    impl<'de> Visitor<'de> for Keys {
        type Value = Vec<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Self::Value, A::Error> {
            let mut keys = Vec::new();
            while let Some(key) = object.next_key_seed(Key)? {
                object.next_value::<IgnoredAny>()?;
                if keys.len() <= 20 {
                    keys.push(key.into_owned());
                }
            }
            Ok(keys)
        }
    }
    serde_json::Deserializer::from_str(text).deserialize_map(Keys).unwrap_or_default()
}

/// Mends what other writers let through: halves of surrogate pairs (Python), `NaN` and `Infinity` (pandas), raw
/// control characters inside strings. What cannot be mended is given back as it was.
fn mend(text: &str) -> String {
    let mut mended = String::with_capacity(text.len());
    let mut rest = text;
    let mut quoted = false;
    while let Some(c) = rest.chars().next() {
        let mut taken = c.len_utf8();
        match c {
            '"' => {
                quoted = !quoted;
                mended.push('"');
            }
            '\\' if quoted => {
                let pair = surrogate(rest, 0xd800..0xdc00).and_then(|_| {
                    let low = rest.get(6..)?;
                    surrogate(low, 0xdc00..0xe000).map(|_| 12)
                });
                let half = surrogate(rest, 0xd800..0xe000);
                taken = match (pair, half) {
                    (Some(both), _) => both,
                    (None, Some(_)) => {
                        mended.push('\u{fffd}');
                        rest = rest.get(6..).unwrap_or_default();
                        continue;
                    }
                    (None, None) => 1 + rest.chars().nth(1).map_or(0, char::len_utf8),
                };
                mended.push_str(rest.get(..taken).unwrap_or_default());
            }
            c if quoted && c < ' ' => {
                taken = 1;
                mended.push_str(if c == '\n' { "\\n" } else { " " });
            }
            'N' | 'I' | '-' if !quoted => {
                match ["NaN", "Infinity", "-Infinity"].iter().find(|word| rest.starts_with(**word)) {
                    Some(word) => {
                        taken = word.len();
                        mended.push_str("null");
                    }
                    None => mended.push(c),
                }
            }
            c => mended.push(c),
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    mended
}

/// The code unit of an escape `\uXXXX` at the start, if it is in the range.
fn surrogate(text: &str, range: std::ops::Range<u16>) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok().filter(|unit| range.contains(unit))
}

#[cfg(test)]
mod tests {
    use super::super::{Place, SourceOptions};
    use super::*;
    use transforms::article::Record;

    fn read_one(json: &str, map: &[&str]) -> Item {
        let options = SourceOptions { map: FieldMap::new(map).unwrap(), ..SourceOptions::default() };
        let place = Place::new("dump/a.jsonl");
        let at =
            At { place: &place, number: Some(7), line: Some(9), bytes: Some((10, 20)), options: &options };
        read(json.as_bytes(), &at, &mut Counts::default())
    }

    fn record(json: &str) -> Record {
        match read_one(json, &[]) {
            Item::Record(record) => record,
            Item::Quarantine(row) => panic!("{json}: {}", row.message),
        }
    }

    fn refused(json: &str) -> (&'static str, String) {
        match read_one(json, &[]) {
            Item::Record(record) => panic!("{json}: {record:?}"),
            Item::Quarantine(row) => (row.error_code, row.message),
        }
    }

    #[test]
    fn fields_by_any_of_their_names() {
        let r = record(
            r#"{"_id": {"$oid": "5f"}, "Headline": "H\u00e9", "maintext": "Body.", "pubDate": 1700000000,
                "source": {"id": null, "name": "BBC"}, "authors": ["A", {"name": "B"}], "lang": "en", "x": [[1]]}"#,
        );
        assert_eq!((r.doc_id.as_str(), r.title.as_deref(), r.text.as_str()), ("5f", Some("Hé"), "Body."));
        assert_eq!((r.published.as_deref(), r.publisher.as_deref()), (Some("1700000000"), Some("BBC")));
        assert_eq!((r.author.as_deref(), r.language.as_deref()), (Some("A, B"), Some("en")));
        assert_eq!(r.bytes, Some((10, 20)));
    }

    #[test]
    fn the_better_name_wins_and_blanks_do_not_count() {
        assert_eq!(record(r#"{"content": "cut...", "text": "whole"}"#).text, "whole");
        assert_eq!(record(r#"{"text": " ", "content": "whole", "title": ""}"#).text, "whole");
        assert_eq!(record(r#"{"text": ["one", "two"]}"#).text, "one\ntwo");
        assert_eq!(record(r#"{"text": "a", "title": ""}"#).title, None);
        assert_eq!(record(r#"{"text": "a"}"#).doc_id, "a.jsonl:7");
        assert_eq!(record(r#"{"text": "a", "id": 12}"#).doc_id, "12");
    }

    #[test]
    fn mapped_fields_may_lie_deep() {
        let json =
            r#"{"doc": {"body": "deep", "text": "no", "meta": {"day": "2024-01-02"}}, "text": "flat"}"#;
        let Item::Record(r) = read_one(json, &["text=doc.body", "date=doc.meta.day"]) else { panic!() };
        assert_eq!((r.text.as_str(), r.published.as_deref()), ("deep", Some("2024-01-02")));
        let Item::Record(r) = read_one(r#"{"doc.body": "flat"}"#, &["text=doc.body"]) else { panic!() };
        assert_eq!(r.text, "flat");
        let Item::Quarantine(row) = read_one(r#"{"doc": [1], "text": "flat"}"#, &["text=doc.body"]) else {
            panic!()
        };
        assert_eq!(row.error_code, "no_text");
    }

    #[test]
    fn what_is_no_record_says_why() {
        let (code, message) = refused(r#"{"headline": "x", "story": "y"}"#);
        assert_eq!(code, "no_text");
        assert_eq!(
            message,
            "line 9: no text field among its fields (headline, story); name the one that holds the text with \
             --map text=FIELD"
        );
        assert_eq!(refused(r#"{"text": null}"#).0, "empty_text");
        assert_eq!(refused("[1, 2]").0, "not_an_object");
        assert_eq!(refused("\"text\"").0, "not_an_object");
        assert_eq!(refused("{\"text\": \"a").0, "bad_json");
        assert_eq!(refused("{} x").0, "bad_json");
    }

    #[test]
    fn deep_nesting_is_refused_or_passed_over() {
        let deep = |n: usize| format!("{}{}", "[".repeat(n), "]".repeat(n));
        assert_eq!(record(&format!(r#"{{"text": "a", "x": {}}}"#, deep(100_000))).text, "a");
        assert_eq!(refused(&deep(100_000)).0, "not_an_object");
        assert_eq!(refused(&"[".repeat(100_000)).0, "bad_json");
        let _ = read_one(&format!(r#"{{"text": {}}}"#, deep(100_000)), &[]);
        let _ = read_one(&"{\"text\":".repeat(100_000), &["text=text.text.text"]);
    }

    #[test]
    fn small_faults_are_mended() {
        assert_eq!(record(r#"{"text": "a\ud83d b \ud83d\ude00"}"#).text, "a\u{fffd} b 😀");
        assert_eq!(record(r#"{"text": "x", "author": NaN, "n": -Infinity}"#).author, None);
        assert_eq!(record("{\"text\": \"a\tb\nc \\\\\"}").text, "a b\nc \\");
        assert_eq!(record("{\"text\": \"a\\u0000b\"}").text, "a\u{fffd}b");
    }
}
