//! Remnants of HTML in a text field: tags and character references.

use crate::reading::knowledge::{Knowledge, Tag};
use memchr::memmem;

/// Bytes up to which a `<` waits for its `>`.
const TAG_BYTES_MAX: usize = 2_000;
/// Bytes up to which a `&` waits for its `;`.
const ENTITY_BYTES_MAX: usize = 12;

/// What of HTML a text holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// Tags.
    tags: bool,
    /// Tags written with references (`&lt;p&gt;`).
    escaped: bool,
}

/// Looks for tags that no plain text has.
pub(crate) fn evidence(text: &str) -> Evidence {
    let bytes = text.as_bytes();
    let has = |needle: &str| memmem::find(bytes, needle.as_bytes()).is_some();
    let sure = [
        "</p>",
        "<p>",
        "<p ",
        "<br",
        "<BR",
        "</a>",
        "</div>",
        "</span>",
        "</strong>",
        "</em>",
        "</b>",
        "</i>",
        "</li>",
        "</h2>",
        "</h3>",
        "</P>",
        "<P>",
        "</script>",
        "</style>",
    ];
    let tags = bytes.contains(&b'<') && sure.iter().any(|s| has(s));
    let escaped = has("&lt;/p") || has("&lt;p") || has("&lt;br") || has("&lt;/a") || has("&lt;div");
    Evidence { tags: tags || escaped, escaped }
}

/// Strips a text line by line; remembers an open `<script>` or comment.
#[derive(Debug)]
pub(crate) struct Html<'k> {
    knowledge: &'k Knowledge,
    evidence: Evidence,
    /// The closing tag or mark that ends what is being dropped.
    dropping: Option<String>,
}

impl<'k> Html<'k> {
    pub(crate) fn new(knowledge: &'k Knowledge, evidence: Evidence) -> Self {
        Self { knowledge, evidence, dropping: None }
    }

    /// Whether nothing is being dropped.
    pub(crate) fn idle(&self) -> bool {
        self.dropping.is_none()
    }

    /// The line without markup, with `\n` for line breaks; `None` where there is none.
    pub(crate) fn strip(&mut self, line: &str) -> Option<String> {
        let mut text = None;
        if self.evidence.escaped && line.contains('&') {
            text = Some(self.references(line));
        }
        if self.evidence.tags && (line.contains('<') || !self.idle()) {
            text = Some(self.tags(text.as_deref().unwrap_or(line)));
        }
        let current = text.as_deref().unwrap_or(line);
        if current.contains('&') {
            text = Some(self.references(current));
        }
        text
    }

    fn tags(&mut self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut rest = line;
        loop {
            if let Some(end) = &self.dropping {
                // ASCII lower case keeps byte positions.
                let Some(at) = rest.to_ascii_lowercase().find(end.as_str()) else { return out };
                rest = rest.get(at + end.len()..).unwrap_or("");
                self.dropping = None;
                continue;
            }
            let Some(at) = memchr::memchr(b'<', rest.as_bytes()) else {
                out.push_str(rest);
                return out;
            };
            out.push_str(rest.get(..at).unwrap_or(""));
            rest = rest.get(at..).unwrap_or("");
            if rest.starts_with("<!--") {
                self.dropping = Some("-->".to_owned());
                continue;
            }
            match self.tag(rest) {
                Some((tag, length, name)) => {
                    match tag {
                        Tag::Break => out.push('\n'),
                        Tag::Inline if name == "td" || name == "th" => out.push(' '),
                        Tag::Inline => {}
                        Tag::Drop => self.dropping = Some(format!("</{name}>")),
                    }
                    rest = rest.get(length..).unwrap_or("");
                }
                None => {
                    out.push('<');
                    rest = rest.get(1..).unwrap_or("");
                }
            }
        }
    }

    /// The known tag at the start of a text: what takes its place, its bytes, its name.
    fn tag(&self, text: &str) -> Option<(Tag, usize, String)> {
        let inner = text.strip_prefix('<')?;
        let closing = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let length = inner
            .bytes()
            .take(12)
            .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b':' | b'-'))
            .count();
        let name = inner.get(..length)?.to_ascii_lowercase();
        let tag = *self.knowledge.tags.get(&name)?;
        let head = text.as_bytes().get(..text.len().min(TAG_BYTES_MAX))?;
        let end = memchr::memchr(b'>', head)?;
        let tag = if closing && tag == Tag::Drop { Tag::Inline } else { tag };
        Some((tag, end + 1, name))
    }

    /// Character references decoded; unknown ones stay as they are.
    fn references(&self, line: &str) -> String {
        let mut out = String::with_capacity(line.len());
        let mut rest = line;
        while let Some(at) = memchr::memchr(b'&', rest.as_bytes()) {
            out.push_str(rest.get(..at).unwrap_or(""));
            rest = rest.get(at..).unwrap_or("");
            let head = rest.as_bytes().get(..rest.len().min(ENTITY_BYTES_MAX)).unwrap_or(&[]);
            let end = memchr::memchr(b';', head);
            let decoded = end.and_then(|end| Some((self.reference(rest.get(1..end)?)?, end + 1)));
            match decoded {
                Some((text, used)) => {
                    out.push_str(&text);
                    rest = rest.get(used..).unwrap_or("");
                }
                None => {
                    out.push('&');
                    rest = rest.get(1..).unwrap_or("");
                }
            }
        }
        out.push_str(rest);
        out
    }

    fn reference(&self, name: &str) -> Option<String> {
        let code = match name.strip_prefix('#') {
            Some(number) => match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            },
            None => return self.knowledge.entities.get(name).cloned(),
        };
        char::from_u32(code).map(String::from)
    }
}
