//! Features of a token for the name tagger: hashes of its form, of its neighbours and of what the lists say about it.

/// The weight table has two to this power rows.
pub const TABLE_BITS: u32 = 18;
/// Rows that stand side by side, any of which may hold a feature's weights.
pub const BUCKET: usize = 4;

/// The first row of the bucket in which a feature may stand.
#[inline]
pub fn bucket(key: u32) -> usize {
    (key >> (32 - TABLE_BITS)) as usize & !(BUCKET - 1)
}

/// What tells a feature from the others of its bucket; never 0, which marks a free row.
#[inline]
pub fn check(key: u32) -> i8 {
    (key as u8).max(1) as i8
}

/// A token's first letter is a capital.
pub const CAPITAL: u16 = 1;
/// All letters are capitals, two or more.
pub const ALL_CAPS: u16 = 1 << 1;
/// May stand inside a name though it bears no capital: "of", "al", a hyphen.
pub const JOINER: u16 = 1 << 2;
/// Begins with a digit.
pub const NUMBER: u16 = 1 << 3;
/// A function word, whatever its case.
pub const STOP: u16 = 1 << 4;
/// White space stands before the token.
pub const SPACED: u16 = 1 << 5;
/// The sentence is set in capitals.
pub const CAPS_SENTENCE: u16 = 1 << 6;
/// The sentence is set in title case.
pub const TITLE_SENTENCE: u16 = 1 << 7;
/// A hyphen.
pub const HYPHEN: u16 = 1 << 8;
/// No letter and no digit.
pub const PUNCTUATION: u16 = 1 << 9;
/// May belong to a name: the tagger looks at these tokens only.
pub const CANDIDATE: u16 = 1 << 10;

/// What the features are made of, worked out once for each token.
#[derive(Clone, Copy, Debug, Default)]
pub struct TokenInfo {
    /// Hash of the form as written (in capitals or title case sentences: of the lower-cased form, marked).
    pub cased: u32,
    /// Hash of the lower-cased form.
    pub lower: u32,
    /// Hash of the outline: capitals, small letters, digits.
    pub shape: u32,
    /// Hashes of the first two and three and the last two, three and four bytes, lower-cased.
    pub affixes: [u32; 5],
    /// Cluster of the form, 0 for unknown words.
    pub cluster: u16,
    /// Its Penn tag and its relation, one byte each.
    pub grammar: u16,
    /// The marks above.
    pub flags: u16,
    /// For each list kind three bits, 16 apart: inside a longer entry, at its beginning, an entry by itself.
    pub lists: u64,
}

impl TokenInfo {
    /// Whether it bears a mark.
    pub fn has(&self, flag: u16) -> bool {
        self.flags & flag != 0
    }
}

/// The keys of one token's features.
#[derive(Clone)]
pub struct FeatureBuffer {
    keys: [u32; Self::CAPACITY],
    len: usize,
}

impl Default for FeatureBuffer {
    fn default() -> Self {
        FeatureBuffer { keys: [0; Self::CAPACITY], len: 0 }
    }
}

impl FeatureBuffer {
    const CAPACITY: usize = 112;

    /// Hashes of the features: where their weights stand, and by what they are known there.
    pub fn keys(&self) -> &[u32] {
        self.keys.get(..self.len).unwrap_or(&[])
    }

    fn clear(&mut self) {
        self.len = 0;
    }

    #[inline]
    fn push(&mut self, template: u32, value: u32) {
        if let Some(slot) = self.keys.get_mut(self.len) {
            *slot = mix(template.wrapping_mul(0x9E37_79B9) ^ value);
            self.len += 1;
        }
    }
}

/// Spreads the bits of a value, so that its upper ones can serve as a row number.
#[inline]
pub fn mix(value: u32) -> u32 {
    let a = (value ^ (value >> 16)).wrapping_mul(0x85EB_CA6B);
    let b = (a ^ (a >> 13)).wrapping_mul(0xC2B2_AE35);
    b ^ (b >> 16)
}

/// Joins two hashes; the order matters.
#[inline]
pub fn pair(a: u32, b: u32) -> u32 {
    mix(a).rotate_left(5) ^ b.wrapping_mul(0x9E37_79B1)
}

const EDGE: TokenInfo = TokenInfo {
    cased: 1,
    lower: 1,
    shape: 1,
    affixes: [1; 5],
    cluster: 0,
    grammar: 0xFFFF,
    flags: 0,
    lists: 0,
};

/// Fills `out` with the features of token `i` of a sentence.
pub fn extract(sentence: &[TokenInfo], i: usize, out: &mut FeatureBuffer) {
    out.clear();
    let at = |offset: isize| -> &TokenInfo {
        i.checked_add_signed(offset).and_then(|k| sentence.get(k)).unwrap_or(&EDGE)
    };
    let (t, p1, p2, p3, n1, n2, n3) = (at(0), at(-1), at(-2), at(-3), at(1), at(2), at(3));
    let mode = u32::from(t.flags & (CAPS_SENTENCE | TITLE_SENTENCE));
    let first = u32::from(i == 0);

    out.push(1, mode);
    out.push(2, t.cased);
    out.push(3, t.lower);
    for (k, affix) in (4..).zip(t.affixes) {
        out.push(k, affix);
    }
    out.push(10, pair(t.shape, first | mode << 1));
    out.push(11, pair(p1.shape, t.shape));
    out.push(12, pair(t.shape, n1.shape));
    out.push(13, pair(pair(p1.shape, t.shape), n1.shape));
    out.push(14, p1.lower);
    out.push(15, n1.lower);
    out.push(16, p2.lower);
    out.push(17, n2.lower);
    out.push(18, p3.lower);
    out.push(19, n3.lower);
    out.push(20, pair(p1.lower, t.lower));
    out.push(21, pair(t.lower, n1.lower));
    out.push(22, pair(p2.lower, p1.lower));
    out.push(23, pair(n1.lower, n2.lower));
    out.push(24, pair(p1.lower, t.shape));
    out.push(25, pair(n1.lower, t.shape));
    out.push(26, u32::from(t.cluster));
    out.push(27, u32::from(p1.cluster));
    out.push(28, u32::from(n1.cluster));
    out.push(29, u32::from(p1.cluster) << 16 | u32::from(t.cluster));
    out.push(30, u32::from(t.cluster) << 16 | u32::from(n1.cluster));
    out.push(31, u32::from(p2.cluster));
    out.push(32, u32::from(n2.cluster));
    out.push(33, pair(t.lower, first | mode << 1));

    let tag = |x: &TokenInfo| u32::from(x.grammar & 0xFF);
    out.push(70, u32::from(t.grammar));
    out.push(71, u32::from(p1.grammar));
    out.push(72, u32::from(n1.grammar));
    out.push(73, tag(p1) << 8 | tag(t));
    out.push(74, tag(t) << 8 | tag(n1));
    out.push(75, tag(p2) << 16 | tag(p1) << 8 | tag(t));
    out.push(76, tag(t) << 16 | tag(n1) << 8 | tag(n2));
    out.push(77, pair(t.lower, u32::from(t.grammar)));
    out.push(78, pair(t.shape, u32::from(t.grammar)));

    run_features(sentence, i, t, out);

    list_features(40, t, 0, out);
    list_features(41, p1, 0, out);
    list_features(42, n1, 0, out);
    list_features(43, t, p1.shape, out);
    list_features(44, t, n1.shape, out);
}

/// Features of the run of capitalised tokens around `i`: its length, ends and what stands on either side of it.
fn run_features(sentence: &[TokenInfo], i: usize, t: &TokenInfo, out: &mut FeatureBuffer) {
    const LONGEST: usize = 12;
    let in_run =
        |k: usize| sentence.get(k).is_some_and(|x| x.has(CAPITAL) || x.has(HYPHEN) && x.has(CANDIDATE));
    let (mut start, mut end) = (i, i + 1);
    if in_run(i) {
        while start > 0 && i - start < LONGEST && in_run(start - 1) {
            start -= 1;
        }
        while end - i < LONGEST && in_run(end) {
            end += 1;
        }
    }
    let get = |k: Option<usize>| k.and_then(|k| sentence.get(k)).unwrap_or(&EDGE);
    let left = get(start.checked_sub(1));
    let left2 = get(start.checked_sub(2));
    let right = get(Some(end));
    let right2 = get(Some(end + 1));
    let head = get(Some(end - 1));
    let opening = get(Some(start));
    let tag = |x: &TokenInfo| u32::from(x.grammar & 0xFF);
    let place = (i - start).min(3) as u32 | ((end - 1 - i).min(3) as u32) << 2;

    out.push(50, place);
    out.push(51, pair(left.lower, place));
    out.push(52, pair(right.lower, place));
    out.push(53, pair(left.lower, right.lower));
    out.push(54, pair(left2.lower, left.lower));
    out.push(55, pair(right.lower, right2.lower));
    out.push(56, pair(head.lower, place));
    out.push(57, pair(opening.lower, place));
    out.push(58, pair(u32::from(left.cluster), place));
    out.push(59, pair(u32::from(right.cluster), place));
    out.push(60, pair(u32::from(head.cluster), place));
    out.push(61, pair(u32::from(left.cluster) << 16 | u32::from(right.cluster), 7));
    out.push(62, pair(t.shape, pair(left.shape, right.shape)));
    out.push(66, tag(left) << 16 | tag(right) << 8 | tag(head));
    out.push(67, pair(u32::from(head.grammar), place));
    // The list kinds of the run's ends say much about what lies between: a given name, "Ministry", "Inc".
    out.push(63, pair(fold(head.lists), place));
    out.push(64, pair(fold(opening.lists), place));
    out.push(65, pair(left.lower, right.lower) ^ t.lower);
}

fn fold(lists: u64) -> u32 {
    (lists ^ (lists >> 32)) as u32
}

/// One feature for each list kind that holds the token, with its place in the entry.
fn list_features(template: u32, token: &TokenInfo, with: u32, out: &mut FeatureBuffer) {
    let mut bits = token.lists;
    if bits == 0 {
        out.push(template, with ^ 77);
        return;
    }
    while bits != 0 {
        let kind = bits.trailing_zeros();
        bits &= bits - 1;
        out.push(template, pair(kind, with));
    }
}
