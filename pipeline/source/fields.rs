//! Which field of a record is what: the names people use, and those given with `--map`.

use super::Place;
use super::error::{STAGE, SourceError};
use super::{Counts, Item, SourceOptions};
use transforms::article::Record;
use transforms::tables::QuarantineRow;

/// What a field can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "they are the fields of a record")]
pub enum Role {
    Id,
    Title,
    Text,
    Date,
    Url,
    Publisher,
    Author,
    Language,
}

/// Names of each role for `--map`, the first being the one shown, and the field names that mean it, best first.
/// Names are compared by their letters and digits only, lower-cased: `pubDate`, `pub_date` and `Pub-Date` are one.
const ROLES: [(Role, &[&str], &[&str]); 8] = [
    (Role::Id, &["id"], &["id", "docid", "articleid", "uuid"]),
    (Role::Title, &["title"], &["title", "headline"]),
    (
        Role::Text,
        &["text"],
        &["text", "maintext", "body", "content", "article", "plaintext", "fulltext", "articlebody"],
    ),
    (
        Role::Date,
        &["date", "published"],
        &[
            "date",
            "published",
            "publishedat",
            "datepublish",
            "pubdate",
            "datepublished",
            "publishdate",
            "publicationdate",
        ],
    ),
    (Role::Url, &["url"], &["url", "link"]),
    (
        Role::Publisher,
        &["source", "publisher"],
        &["source", "publisher", "outlet", "sourcedomain", "sourcename"],
    ),
    (Role::Author, &["author"], &["author", "authors", "byline"]),
    (Role::Language, &["language", "lang"], &["language", "lang"]),
];

/// Which names mean which role.
#[derive(Debug, Clone)]
pub struct FieldMap {
    names: Vec<Name>,
}

/// One way to name a field.
#[derive(Debug, Clone)]
pub struct Name {
    /// What it is.
    pub role: Role,
    /// Its place among the names of this role; the lowest that a record has is taken.
    pub rank: u16,
    /// The way to it: one key, or several for a field inside objects. Normal forms, see [`normal`].
    pub path: Vec<String>,
}

impl Default for FieldMap {
    fn default() -> Self {
        let names = ROLES.iter().flat_map(|(role, _, fields)| {
            fields.iter().zip(0..).map(|(field, rank)| Name {
                role: *role,
                rank,
                path: vec![(*field).to_owned()],
            })
        });
        Self { names: names.collect() }
    }
}

impl FieldMap {
    /// The usual names, with those of `--map ROLE=FIELD` in the place of a role's own. `FIELD` may be a path
    /// (`doc.body`) into nested objects. Several for one role are tried in order.
    pub fn new<S: AsRef<str>>(given: &[S]) -> Result<Self, SourceError> {
        let mut map = Self::default();
        let mut mapped: Vec<Name> = Vec::new();
        for given in given {
            let given = given.as_ref();
            let error = |why| SourceError::Map {
                given: given.to_owned(),
                why,
                roles: ROLES
                    .iter()
                    .filter_map(|(_, names, _)| names.first().copied())
                    .collect::<Vec<_>>()
                    .join(", "),
            };
            let (role, field) = given.split_once('=').ok_or_else(|| error("there is no `=` in it"))?;
            let role = role.trim().to_ascii_lowercase();
            let (role, ..) = ROLES
                .iter()
                .find(|(_, names, fields)| names.contains(&role.as_str()) || fields.contains(&role.as_str()))
                .ok_or_else(|| error("there is no such role"))?;
            let path: Vec<String> = field.split('.').map(normal).collect();
            if path.iter().any(String::is_empty) {
                return Err(error("the field has no name"));
            }
            map.names.retain(|name| name.role != *role);
            let rank = mapped.len() as u16;
            if path.len() > 1 {
                // A key may have the dots in it, as flattened exports do.
                mapped.push(Name { role: *role, rank, path: vec![path.concat()] });
            }
            mapped.push(Name { role: *role, rank, path });
        }
        map.names.extend(mapped);
        Ok(map)
    }

    /// All names.
    pub fn names(&self) -> &[Name] {
        &self.names
    }

    /// What a column of this name is.
    pub fn column(&self, name: &str) -> Option<(Role, u16)> {
        let name = normal(name);
        let one = self.names.iter().find(|n| n.path.len() == 1 && n.path.first() == Some(&name));
        one.map(|n| (n.role, n.rank))
    }
}

impl Role {
    /// What joins the elements of a list; `None` takes the first alone.
    pub fn separator(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("\n"),
            Self::Author => Some(", "),
            _ => None,
        }
    }
}

/// A field's name as names are compared: letters and digits, lower-cased.
pub fn normal(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// A record in the making.
#[derive(Debug, Default)]
pub struct Draft {
    slots: [Option<(u16, String)>; ROLES.len()],
    blank_text: bool,
    /// Whether bytes of it had to be replaced.
    pub broken: bool,
}

impl Draft {
    /// An empty one; `broken` says that bytes of it had to be replaced.
    pub fn new(broken: bool) -> Self {
        Self { broken, ..Self::default() }
    }

    /// Takes a value unless there is a better one; blank ones count as absent.
    pub fn offer(&mut self, role: Role, rank: u16, value: String) {
        if value.trim().is_empty() {
            self.blank_text |= role == Role::Text;
            return;
        }
        if let Some(slot) = self.slots.get_mut(role as usize)
            && slot.as_ref().is_none_or(|(old, _)| rank <= *old)
        {
            *slot = Some((rank, value));
        }
    }

    /// Notes that a text field is there and empty.
    pub fn offer_nothing(&mut self, role: Role) {
        self.blank_text |= role == Role::Text;
    }

    fn take(&mut self, role: Role) -> Option<String> {
        let (_, value) = self.slots.get_mut(role as usize)?.take()?;
        Some(if value.contains('\0') {
            self.broken = true;
            value.replace('\0', "\u{fffd}")
        } else {
            value
        })
    }

    /// The record, or the reason why it is none. `fields` names what it has, for one without a text.
    pub fn finish(mut self, at: &At<'_>, counts: &mut Counts, fields: impl FnOnce() -> Vec<String>) -> Item {
        let id = self.take(Role::Id).map(|id| id.trim().to_owned());
        let Some(text) = self.take(Role::Text) else {
            if self.blank_text {
                return at.quarantine(id, "empty_text", "the text field is empty".to_owned());
            }
            let fields = fields();
            let short = |field: &String| field.chars().take(40).collect::<String>();
            let shown = fields.iter().take(20).map(short).collect::<Vec<_>>().join(", ");
            let more = if fields.len() > 20 { ", ..." } else { "" };
            let message = format!(
                "no text field among its fields ({shown}{more}); name the one that holds the text with --map text=FIELD"
            );
            return at.quarantine(id, "no_text", message);
        };
        if text.len() > at.options.record_bytes_max {
            return at.too_large(id);
        }
        let record = Record {
            doc_id: id.unwrap_or_else(|| at.doc_id()),
            source_uri: at.place.uri.clone(),
            bytes: at.bytes,
            raw: false,
            text,
            title: self.take(Role::Title),
            published: self.take(Role::Date),
            url: self.take(Role::Url),
            publisher: self.take(Role::Publisher),
            author: self.take(Role::Author),
            language: self.take(Role::Language),
        };
        counts.records_broken += u64::from(self.broken);
        Item::Record(record)
    }
}

/// Where a document stands.
pub struct At<'a> {
    /// The file.
    pub place: &'a Place,
    /// Its number in the file from 1; `None` for the file's only one.
    pub number: Option<u64>,
    /// Its line, from 1, where the format has lines.
    pub line: Option<u64>,
    /// Its bytes in the decompressed file.
    pub bytes: Option<(u64, u64)>,
    /// The limits.
    pub options: &'a SourceOptions,
}

impl At<'_> {
    /// The id of a document that has none of its own.
    pub fn doc_id(&self) -> String {
        match self.number {
            Some(number) => format!("{}:{number}", self.place.base),
            None => self.place.base.clone(),
        }
    }

    /// The row of a document that cannot be read.
    pub fn quarantine(&self, id: Option<String>, error_code: &'static str, message: String) -> Item {
        let message = match (self.line, self.number) {
            (Some(line), _) => format!("line {line}: {message}"),
            (None, Some(number)) => format!("record {number}: {message}"),
            (None, None) => message,
        };
        Item::Quarantine(QuarantineRow {
            doc_id: Some(id.unwrap_or_else(|| self.doc_id())),
            source_uri: self.place.uri.clone(),
            byte_start: self.bytes.and_then(|(start, _)| i64::try_from(start).ok()),
            byte_end: self.bytes.and_then(|(_, end)| i64::try_from(end).ok()),
            stage: STAGE,
            error_code,
            message,
            retryable: false,
        })
    }

    /// The row of a document above the limit.
    pub fn too_large(&self, id: Option<String>) -> Item {
        let message = format!(
            "larger than an article can be (text over {} bytes, or its line over {}); split it, or raise the limit",
            self.options.record_bytes_max, self.options.line_bytes_max
        );
        self.quarantine(id, "too_large", message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_people_have() {
        let map = FieldMap::default();
        let role = |name: &str| map.column(name).map(|(role, _)| role);
        for (name, wanted) in [
            ("id", Role::Id),
            ("doc_id", Role::Id),
            ("_id", Role::Id),
            ("Headline", Role::Title),
            ("maintext", Role::Text),
            ("plain_text", Role::Text),
            ("\u{feff}Content", Role::Text),
            ("pubDate", Role::Date),
            ("published_at", Role::Date),
            ("date_publish", Role::Date),
            ("link", Role::Url),
            ("source_domain", Role::Publisher),
            ("Authors", Role::Author),
            ("byline", Role::Author),
            ("lang", Role::Language),
        ] {
            assert_eq!(role(name), Some(wanted), "{name}");
        }
        assert_eq!(role("description"), None);
    }

    #[test]
    fn map_replaces_a_role_and_says_what_is_wrong() {
        let map = FieldMap::new(&["text=story", "source=site.name", "text=lead"]).unwrap();
        assert_eq!(map.column("story"), Some((Role::Text, 0)));
        assert_eq!(map.column("Lead"), Some((Role::Text, 3)), "after those given before");
        assert_eq!(map.column("text"), None);
        assert_eq!(map.column("site.name").map(|(role, _)| role), Some(Role::Publisher));
        for (given, wanted) in [("text", "no `=`"), ("tone=x", "no such role"), ("text=", "no name")] {
            let message = FieldMap::new(&[given]).unwrap_err().to_string();
            assert!(message.contains(wanted), "{message}");
        }
    }
}
