//! A text file: one document, split into articles later.

use super::decode::{Text, lossy};
use super::fields::At;
use super::{Context, Documents, Item, Place};
use transforms::article::Record;

/// A whole file as one record.
pub struct WholeText {
    text: Text,
    place: Place,
    done: bool,
}

impl WholeText {
    /// The file of `text`.
    pub fn new(text: Text, place: Place) -> Self {
        Self { text, place, done: false }
    }
}

impl Documents for WholeText {
    fn next(&mut self, context: &mut Context<'_>) -> Option<Item> {
        if std::mem::replace(&mut self.done, true) {
            return None;
        }
        let max = context.options.record_bytes_max;
        let start = self.text.position();
        let length = self.text.fill(max + 1).len();
        let mut at =
            At { place: &self.place, number: None, line: None, bytes: None, options: context.options };
        if length > max {
            return Some(at.too_large(None));
        }
        if self.text.is_cut() {
            return None;
        }
        let (text, mut broken) = lossy(self.text.unread());
        let mut text = text.into_owned();
        self.text.consume(length);
        at.bytes = start.zip(self.text.position());
        if text.contains('\0') {
            text = text.replace('\0', "\u{fffd}");
            broken = true;
        }
        if text.trim().is_empty() {
            return Some(at.quarantine(None, "empty_file", "the file has no text in it".to_owned()));
        }
        context.counts.records_broken += u64::from(broken);
        Some(Item::Record(Record {
            doc_id: at.doc_id(),
            source_uri: self.place.uri.clone(),
            bytes: at.bytes,
            raw: true,
            text,
            ..Record::default()
        }))
    }

    fn text(&mut self) -> Option<&mut Text> {
        Some(&mut self.text)
    }
}
