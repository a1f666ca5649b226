//! Bytes of a file to UTF-8 text, streaming: byte order marks, UTF-16, Windows-1252 and its kin; nothing broken stops it.

use super::window::Window;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{CoderResult, Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;
use std::io;

/// Bytes looked at, from the first that is not ASCII, to tell UTF-8 from the encodings before it.
const SAMPLE_BYTES: usize = 64 << 10;
/// Bytes looked at for UTF-16 without a mark.
const UTF16_SAMPLE_BYTES: usize = 4 << 10;
/// Bytes decoded at a time.
const DECODE_BYTES: usize = 64 << 10;

/// How the bytes of the file become text.
enum Mode {
    /// Only ASCII so far: the encoding is open, and makes no difference yet.
    Ascii {
        /// Unread bytes of the window that are known to be ASCII.
        scanned: usize,
    },
    /// Passed on as they are; broken sequences are mended where a text is cut out, see [`lossy`].
    Utf8,
    /// Decoded into `Text::out`.
    Decoded { decoder: Box<Decoder>, width: Width },
}

/// How many bytes of the file a stretch of decoded text takes.
#[derive(Clone, Copy)]
enum Width {
    /// UTF-16: two bytes a code unit.
    Utf16,
    /// One byte a character.
    Single,
    /// It cannot be told from the text.
    Unknown,
}

/// A stream of text: like [`Window`], in UTF-8, with positions in the bytes of the (decompressed) file.
pub struct Text {
    raw: Window,
    mode: Mode,
    out: Vec<u8>,
    start: usize,
    end: usize,
    finished: bool,
    position: Option<u64>,
    broken: u64,
    encoding: &'static Encoding,
}

impl Text {
    /// Looks at the first bytes and passes over a byte order mark.
    pub fn new(mut raw: Window) -> Self {
        let head = raw.fill(UTF16_SAMPLE_BYTES);
        let (encoding, mark) = match Encoding::for_bom(head) {
            Some((encoding, mark)) => (Some(encoding), mark),
            None => (unmarked_utf16(head), 0),
        };
        raw.consume(mark);
        let mode = match encoding {
            Some(encoding) if encoding == UTF_8 => Mode::Utf8,
            Some(encoding) => decoded(encoding),
            None => Mode::Ascii { scanned: 0 },
        };
        Self {
            raw,
            mode,
            out: Vec::new(),
            start: 0,
            end: 0,
            finished: false,
            position: Some(mark as u64),
            broken: 0,
            encoding: encoding.unwrap_or(UTF_8),
        }
    }

    /// All unread text in memory, at least `want` bytes of it unless the file ends before. Valid UTF-8 only where the
    /// file is.
    pub fn fill(&mut self, want: usize) -> &[u8] {
        self.find_encoding(want);
        if matches!(self.mode, Mode::Decoded { .. }) {
            self.decode(want);
        }
        self.unread()
    }

    /// The unread text in memory.
    pub fn unread(&self) -> &[u8] {
        match self.mode {
            Mode::Decoded { .. } => self.out.get(self.start..self.end).unwrap_or_default(),
            _ => self.raw.unread(),
        }
    }

    /// Passes over `n` bytes of unread text.
    pub fn consume(&mut self, n: usize) {
        match &mut self.mode {
            Mode::Ascii { scanned } => {
                *scanned = scanned.saturating_sub(n);
                self.raw.consume(n);
                self.position = Some(self.raw.position());
            }
            Mode::Utf8 => {
                self.raw.consume(n);
                self.position = Some(self.raw.position());
            }
            Mode::Decoded { width, .. } => {
                let n = n.min(self.end - self.start);
                let text = self.out.get(self.start..self.start + n).unwrap_or_default();
                self.position = match (self.position, width.of(text)) {
                    (Some(position), Some(bytes)) => Some(position + bytes),
                    _ => None,
                };
                self.start += n;
            }
        }
    }

    /// Where in the decompressed file the unread text begins; `None` where the encoding does not tell.
    pub fn position(&self) -> Option<u64> {
        self.position
    }

    /// Whether the unread text is the file's own bytes.
    pub fn is_verbatim(&self) -> bool {
        !matches!(self.mode, Mode::Decoded { .. })
    }

    /// Whether the file ended in an error: what is unread may be cut short.
    pub fn is_cut(&self) -> bool {
        self.raw.is_cut()
    }

    /// The error the file ended in, and where.
    pub fn take_error(&mut self) -> Option<(u64, io::Error)> {
        let byte = self.raw.position() + self.raw.unread().len() as u64;
        self.raw.take_error().map(|error| (byte, error))
    }

    /// How often the decoder put a replacement character; counts a chunk of text once.
    pub fn take_broken(&mut self) -> u64 {
        std::mem::take(&mut self.broken)
    }

    /// The encoding found, as far as it had to be.
    pub fn encoding(&self) -> &'static Encoding {
        self.encoding
    }

    /// Reads on until `want` bytes are known to be ASCII, or the encoding is known.
    fn find_encoding(&mut self, want: usize) {
        let Mode::Ascii { scanned } = &mut self.mode else {
            if matches!(self.mode, Mode::Utf8) {
                self.raw.fill(want);
            }
            return;
        };
        let window = self.raw.fill(want);
        let ascii = Encoding::ascii_valid_up_to(window.get(*scanned..).unwrap_or_default());
        *scanned += ascii;
        if *scanned == window.len() {
            return;
        }
        let from = *scanned;
        let window = self.raw.fill(from + SAMPLE_BYTES);
        let sample = window.get(from..window.len().min(from + SAMPLE_BYTES)).unwrap_or_default();
        if is_utf8(sample) {
            self.mode = Mode::Utf8;
            return;
        }
        let context = from.saturating_sub(SAMPLE_BYTES);
        self.encoding = guess(window.get(context..from).unwrap_or_default(), sample);
        self.mode = decoded(self.encoding);
    }

    /// Decodes until `want` bytes of text are unread.
    fn decode(&mut self, want: usize) {
        let Mode::Decoded { decoder, .. } = &mut self.mode else { return };
        while self.end - self.start < want && !self.finished {
            if self.start > 0 {
                self.out.copy_within(self.start..self.end, 0);
                self.end -= self.start;
                self.start = 0;
            }
            // No encoding needs more than three bytes of UTF-8 for one of its own, and a few at the end.
            let room = self.end + 3 * DECODE_BYTES + 16;
            if self.out.len() < room {
                self.out.resize(room.max((self.out.len() * 2).min(want)), 0);
            }
            let chunk = self.raw.fill(1);
            let last = chunk.is_empty();
            let chunk = chunk.get(..chunk.len().min(DECODE_BYTES)).unwrap_or_default();
            let free = self.out.get_mut(self.end..).unwrap_or_default();
            let (result, read, written, broken) = decoder.decode_to_utf8(chunk, free, last);
            self.raw.consume(read);
            self.end += written;
            self.broken += u64::from(broken);
            if last && result == CoderResult::InputEmpty {
                self.finished = true;
            }
        }
    }
}

impl Width {
    /// Bytes that `text` took in the file.
    fn of(self, text: &[u8]) -> Option<u64> {
        let text = std::str::from_utf8(text).ok()?;
        match self {
            Self::Utf16 => Some(2 * text.chars().map(char::len_utf16).sum::<usize>() as u64),
            Self::Single => Some(text.chars().count() as u64),
            Self::Unknown => None,
        }
    }
}

/// The state that decodes `encoding`.
fn decoded(encoding: &'static Encoding) -> Mode {
    let width = if encoding == UTF_16LE || encoding == UTF_16BE {
        Width::Utf16
    } else if encoding.is_single_byte() {
        Width::Single
    } else {
        Width::Unknown
    };
    Mode::Decoded { decoder: Box::new(encoding.new_decoder_without_bom_handling()), width }
}

/// UTF-16 that begins without a mark: in mostly Latin text every other byte is zero.
fn unmarked_utf16(head: &[u8]) -> Option<&'static Encoding> {
    let head = head.get(..head.len().min(UTF16_SAMPLE_BYTES)).unwrap_or_default();
    let (mut even, mut odd) = (0usize, 0usize);
    for pair in head.chunks_exact(2) {
        even += usize::from(pair.first() == Some(&0));
        odd += usize::from(pair.get(1) == Some(&0));
    }
    let pairs = head.len() / 2;
    match (even * 20 <= pairs, odd * 20 <= pairs) {
        (true, false) if pairs >= 2 && odd * 5 >= pairs * 2 => Some(UTF_16LE),
        (false, true) if pairs >= 2 && even * 5 >= pairs * 2 => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a sample, which begins with a byte that is not ASCII, is UTF-8, be it with some broken places.
fn is_utf8(sample: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    let mut chunks = sample.utf8_chunks().peekable();
    while let Some(chunk) = chunks.next() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        // A character cut by the sample's end is not broken.
        let cut = chunks.peek().is_none() && sample.len() == SAMPLE_BYTES;
        bad += usize::from(!chunk.invalid().is_empty() && !cut);
    }
    good >= bad
}

/// The encoding of bytes that are not UTF-8, given the ASCII before them.
///
/// The news are English: where few letters are accented, it is Windows-1252 whatever the detector says. On 2,676
/// real articles put into Windows-1252 the detector alone misread 110, mostly as Windows-1250.
fn guess(context: &[u8], sample: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(context, false);
    detector.feed(sample, true);
    let found = detector.guess(None, Utf8Detection::Deny);
    let high = sample.iter().filter(|byte| !byte.is_ascii()).count();
    let letters = context.iter().chain(sample).filter(|byte| byte.is_ascii_alphabetic()).count();
    if high * 20 < letters { WINDOWS_1252 } else { found }
}

/// The bytes as text; broken sequences become U+FFFD, and `true` says that there were some.
pub fn lossy(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    match std::str::from_utf8(bytes) {
        Ok(text) => (Cow::Borrowed(text), false),
        Err(_) => (String::from_utf8_lossy(bytes), true),
    }
}

/// Whether the head of a text is none: one of twenty characters is a control character that no text has.
pub fn is_binary(head: &[u8]) -> bool {
    let odd = |byte: &u8| matches!(byte, 0..=8 | 14..=26 | 28..=31 | 127);
    let head = head.get(..head.len().min(8 << 10)).unwrap_or_default();
    head.iter().filter(|byte| odd(byte)).count() * 20 > head.len()
}
