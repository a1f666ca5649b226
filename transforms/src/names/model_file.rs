//! The model file: one block of bytes with a header, transitions, clusters and the table of weights.
//!
//! Layout, little-endian: "CLNM", version u32, FNV-1a of all that follows u64, label count u32, label names each
//! ended by a zero byte, table bits u32, one-nat unit i32, decay u32, document weight i32, 16 x 16 transitions i16,
//! cluster count u32, that many (hash u32) and (cluster u16), then the weights i8, 16 to a row;
//! the last of a row is the check byte of the feature it belongs to, 0 in a free row.

use super::crf::{LABELS, NEVER, Row, Transitions, WIDTH};
use super::features::{BUCKET, TABLE_BITS, bucket, check};
use super::lexicon::{ClusterTable, NameLexicon};
use seeds::{SeedError, Seeds};

const MAGIC: &[u8; 4] = b"CLNM";
const VERSION: u32 = 2;

/// The tagger: weights, clusters and lists.
pub struct NameModel {
    pub(super) weights: Vec<[i8; WIDTH]>,
    pub(super) transitions: Transitions,
    pub(super) clusters: ClusterTable,
    pub(super) lexicon: NameLexicon,
    /// `exp(-d / unit)` in 1/32768 for d = 0, 1, 2...
    pub(super) decay: Vec<u32>,
    /// What a certain class in the rest of the document adds to an emission.
    pub(super) document_weight: i32,
}

/// Why a model file cannot be read.
#[derive(Debug, PartialEq, Eq)]
pub enum ModelError {
    /// It doesn't begin as one.
    NotAModel,
    /// It is of another version.
    Version(u32),
    /// It ends too early.
    Truncated,
    /// Its check sum is wrong.
    Corrupt,
    /// It has other labels or another size.
    Labels,
}

impl std::fmt::Display for ModelError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            ModelError::NotAModel => write!(f, "not a name model"),
            ModelError::Version(v) => write!(f, "name model of version {v}, this program reads {VERSION}"),
            ModelError::Truncated => write!(f, "the name model ends too early"),
            ModelError::Corrupt => write!(f, "the name model's check sum is wrong"),
            ModelError::Labels => write!(f, "the name model has other labels"),
        }
    }
}

impl std::error::Error for ModelError {}

/// Why the tagger cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum NameModelError {
    /// The data files lack something.
    #[error(transparent)]
    Seeds(#[from] SeedError),
    /// The model file is none.
    #[error(transparent)]
    Model(#[from] ModelError),
}

/// What a model file holds, as the trainer makes it.
pub struct Parts {
    /// How much of a weight is one nat.
    pub unit: i32,
    /// What a certain class elsewhere in the document adds.
    pub document_weight: i32,
    /// Weights between labels.
    pub transitions: Transitions,
    /// Hashes of words with their clusters.
    pub clusters: Vec<(u32, u16)>,
    /// The table of weights.
    pub weights: Vec<[i8; WIDTH]>,
}

fn fnv64(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xCBF2_9CE4_8422_2325, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0000_0100_0000_01B3))
}

impl Parts {
    /// The bytes of the model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        body.extend((LABELS.len() as u32).to_le_bytes());
        for label in LABELS {
            body.extend(label.as_bytes());
            body.push(0);
        }
        body.extend(TABLE_BITS.to_le_bytes());
        body.extend(self.unit.to_le_bytes());
        let decay = (f64::from(u32::MAX) * (-1.0 / f64::from(self.unit.max(1))).exp()) as u32;
        body.extend(decay.to_le_bytes());
        body.extend(self.document_weight.to_le_bytes());
        for w in self.transitions.iter().flatten() {
            body.extend((*w as i16).to_le_bytes());
        }
        body.extend((self.clusters.len() as u32).to_le_bytes());
        for (hash, cluster) in &self.clusters {
            body.extend(hash.to_le_bytes());
            body.extend(cluster.to_le_bytes());
        }
        body.extend(self.weights.iter().flatten().map(|w| *w as u8));
        let mut out = MAGIC.to_vec();
        out.extend(VERSION.to_le_bytes());
        out.extend(fnv64(&body).to_le_bytes());
        out.extend(body);
        out
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        let (head, tail) = self.0.split_first_chunk::<N>().ok_or(ModelError::Truncated)?;
        self.0 = tail;
        Ok(*head)
    }

    fn u32(&mut self) -> Result<u32, ModelError> {
        self.take().map(u32::from_le_bytes)
    }

    fn slice(&mut self, n: usize) -> Result<&'a [u8], ModelError> {
        let (head, tail) = self.0.split_at_checked(n).ok_or(ModelError::Truncated)?;
        self.0 = tail;
        Ok(head)
    }
}

impl NameModel {
    /// The shipped model with the shipped lists.
    pub fn load(seeds: &Seeds) -> Result<NameModel, NameModelError> {
        let lexicon = NameLexicon::load(seeds)?;
        Ok(Self::read(seeds.bytes("models/names.bin")?, lexicon)?)
    }

    /// Reads a model file; `lexicon` holds the lists with which it was trained.
    pub fn read(bytes: &[u8], lexicon: NameLexicon) -> Result<NameModel, ModelError> {
        let mut r = Reader(bytes);
        if &r.take::<4>()? != MAGIC {
            return Err(ModelError::NotAModel);
        }
        let version = r.u32()?;
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let hash = u64::from_le_bytes(r.take()?);
        if fnv64(r.0) != hash {
            return Err(ModelError::Corrupt);
        }
        if r.u32()? as usize != LABELS.len() {
            return Err(ModelError::Labels);
        }
        for label in LABELS {
            if r.slice(label.len())? != label.as_bytes() || r.take::<1>()? != [0] {
                return Err(ModelError::Labels);
            }
        }
        if r.u32()? != TABLE_BITS {
            return Err(ModelError::Labels);
        }
        let _unit = r.u32()?;
        let ratio = r.u32()?;
        let document_weight = i32::from_le_bytes(r.take()?);
        let mut transitions = [[0; WIDTH]; WIDTH];
        for w in transitions.iter_mut().flatten() {
            let value = i16::from_le_bytes(r.take()?);
            *w = if value == i16::MIN { NEVER } else { i32::from(value) };
        }
        let count = r.u32()? as usize;
        let pairs = r.slice(count.checked_mul(6).ok_or(ModelError::Truncated)?)?;
        let clusters = ClusterTable::new(pairs.as_chunks::<6>().0.iter().map(|c| {
            let [a, b, c, d, e, f] = *c;
            (u32::from_le_bytes([a, b, c, d]), u16::from_le_bytes([e, f]))
        }));
        let table = r.slice(WIDTH << TABLE_BITS)?;
        let weights = table.as_chunks::<WIDTH>().0.iter().map(|row| row.map(|b| b as i8)).collect();
        let mut decay = vec![32_768u32];
        let mut fine = u64::from(u32::MAX);
        while fine >> 17 > 0 && decay.len() < 4096 {
            fine = (fine * u64::from(ratio)) >> 32;
            decay.push((fine >> 17) as u32);
        }
        Ok(NameModel { weights, transitions, clusters, lexicon, decay, document_weight })
    }

    /// The sum of the weights of a token's features; features without a row say nothing.
    #[inline]
    pub(super) fn emission(&self, keys: &[u32]) -> Row {
        let mut sums = [0i16; WIDTH];
        for &key in keys {
            let from = bucket(key);
            let check = check(key);
            let Some(rows) = self.weights.get(from..from + BUCKET) else { continue };
            for weights in rows {
                if weights.last() == Some(&check) {
                    for (s, w) in sums.iter_mut().zip(weights) {
                        // At most 112 rows of at most 127: no overflow.
                        *s += i16::from(*w);
                    }
                    break;
                }
            }
        }
        if let Some(last) = sums.last_mut() {
            *last = 0;
        }
        sums.map(i32::from)
    }
}
