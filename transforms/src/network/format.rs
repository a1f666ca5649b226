//! Reading the model's file: every size is checked here once, so that nothing after it can go out of bounds.

use super::kernels::{Dense, Isa, Pairs};
use super::lemma::Lemmas;
use super::{Dims, Network};
use crate::grammar::{Deprel, Upos, Xpos};
use thiserror::Error;
use xxhash_rust::xxh3::xxh3_64;

const MAGIC: &[u8] = b"COLCORE\0";
const VERSION: u32 = 1;
const HEADER: usize = 24;

/// Why a model can't be read.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum ModelError {
    /// Not a model's file, or a damaged one.
    #[error("not a model of the linguistic core: {0}")]
    NotAModel(&'static str),
    /// Written by another version of the program.
    #[error("the model has version {0}, this program reads version {VERSION}")]
    Version(u32),
    /// The content doesn't fit its hash.
    #[error("the model is damaged: its content doesn't match its hash")]
    Hash,
    /// A section is missing or has the wrong size.
    #[error("section `{0}` of the model is missing or has the wrong size")]
    Section(String),
    /// A label this program doesn't know.
    #[error("the model has the unknown label `{0}`")]
    Label(String),
}

/// The file's sections by name.
struct Sections<'a> {
    data: &'a [u8],
    table: &'a [u8],
}

impl<'a> Sections<'a> {
    fn get(&self, name: &str) -> Result<&'a [u8], ModelError> {
        self.table
            .chunks_exact(24)
            .find(|row| {
                let stored = row.split_at(8).0;
                stored.strip_prefix(name.as_bytes()).is_some_and(|rest| rest.iter().all(|b| *b == 0))
            })
            .and_then(|row| {
                let start = usize::try_from(u64_at(row, 8)?).ok()?;
                let len = usize::try_from(u64_at(row, 16)?).ok()?;
                self.data.get(start..start.checked_add(len)?)
            })
            .ok_or_else(|| ModelError::Section(name.to_owned()))
    }

    fn sized(&self, name: &str, bytes: usize) -> Result<&'a [u8], ModelError> {
        let data = self.get(name)?;
        if data.len() == bytes { Ok(data) } else { Err(ModelError::Section(name.to_owned())) }
    }

    fn i16s(&self, name: &str, n: usize) -> Result<Vec<i16>, ModelError> {
        Ok(words(self.sized(name, 2 * n)?).map(i16::from_le_bytes).collect())
    }

    fn matrix(&self, name: &str, outs: usize, ins: usize) -> Result<Dense, ModelError> {
        let weights = self.sized(&format!("{name}.w"), outs * ins)?;
        let start = words(self.sized(&format!("{name}.b"), 4 * outs)?).map(i32::from_le_bytes).collect();
        let factor = words(self.sized(&format!("{name}.f"), 4 * outs)?).map(f32::from_le_bytes).collect();
        Dense::new(ins, weights, start, factor).ok_or_else(|| ModelError::Section(name.to_owned()))
    }
}

fn words<const N: usize>(data: &[u8]) -> impl Iterator<Item = [u8; N]> {
    data.chunks_exact(N).map(|c| {
        let mut out = [0; N];
        out.copy_from_slice(c);
        out
    })
}

fn u64_at(data: &[u8], at: usize) -> Option<u64> {
    words(data.get(at..at + 8)?).next().map(u64::from_le_bytes)
}

fn u32_at(data: &[u8], at: usize) -> Option<u32> {
    words(data.get(at..at + 4)?).next().map(u32::from_le_bytes)
}

fn labels<T>(line: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Result<Vec<T>, ModelError> {
    line.unwrap_or("").split(' ').map(|l| parse(l).ok_or_else(|| ModelError::Label(l.to_owned()))).collect()
}

impl Network {
    /// Reads a model from its bytes.
    pub fn read(data: &[u8]) -> Result<Self, ModelError> {
        if !data.starts_with(MAGIC) {
            return Err(ModelError::NotAModel("it doesn't start with COLCORE"));
        }
        let short = ModelError::NotAModel("it is too short");
        let (version, count) =
            (u32_at(data, 8).ok_or(short.clone())?, u32_at(data, 12).ok_or(short.clone())?);
        if version != VERSION {
            return Err(ModelError::Version(version));
        }
        let hash = u64_at(data, 16).ok_or(short.clone())?;
        let body = data.get(HEADER..).ok_or(short.clone())?;
        if xxh3_64(body) != hash {
            return Err(ModelError::Hash);
        }
        let table = body.get(..count as usize * 24).ok_or(short)?;
        Self::from_sections(&Sections { data, table }, hash)
    }

    fn from_sections(file: &Sections<'_>, hash: u64) -> Result<Self, ModelError> {
        let dims = dims(file)?;
        let text =
            std::str::from_utf8(file.get("labels")?).map_err(|_| ModelError::Section("labels".into()))?;
        let mut lines = text.lines();
        let upos = labels(lines.next(), Upos::parse)?;
        let xpos = labels(lines.next(), Xpos::parse)?;
        let deprel = labels(lines.next(), Deprel::parse)?;
        let known: Vec<u32> = words(file.get("known")?).map(u32::from_le_bytes).collect();
        if !known.len().is_power_of_two() || !known.contains(&0) {
            return Err(ModelError::Section("known".into()));
        }
        let rows = file.sized("rows", dims.rows * dims.row)?.iter().map(|b| *b as i8).collect();
        let eight = |n: usize| n.next_multiple_of(8);
        let window = file.matrix("win", 3 * dims.window, dims.row)?;
        let width = 2 * dims.state;
        let scans = (0..dims.layers)
            .map(|i| {
                file.matrix(&format!("scan{i}"), 4 * dims.state, if i == 0 { dims.window } else { width })
            })
            .collect::<Result<Vec<_>, _>>()?;
        let outs = eight(2 * dims.arc + 2 * dims.rel + upos.len() + xpos.len());
        let isa = Isa::best();
        let mut edge = vec![0; 3 * dims.window];
        window.run(isa, file.sized("edge", dims.row)?, &mut edge);
        Ok(Self {
            isa,
            dims,
            hash,
            known,
            rows,
            window,
            window_bias: file.i16s("win.s", dims.window)?,
            edge,
            scans,
            heads: file.matrix("head", outs, width)?,
            arc: file.matrix("arc", dims.arc, dims.arc)?,
            root: file.i16s("root", dims.arc)?,
            distance: Pairs::new(dims.arc, &file.i16s("dist", dims.buckets * dims.arc)?),
            rel_root: file.i16s("relroot", dims.rel)?,
            rel_distance: file.i16s("reldist", dims.buckets * dims.rel)?,
            rel: file.matrix("rel", eight(deprel.len()), dims.rel)?,
            lemmas: Lemmas::read(file.get("lemmas")?, file.get("rules")?, &xpos)?,
            upos,
            xpos,
            deprel,
        })
    }
}

fn dims(file: &Sections<'_>) -> Result<Dims, ModelError> {
    let numbers: Vec<usize> =
        words(file.sized("dims", 60)?).map(|n| u32::from_le_bytes(n) as usize).collect();
    let at = |i: usize| numbers.get(i).copied().unwrap_or(0);
    let dims = Dims {
        row: at(0),
        window: at(1),
        state: at(2),
        layers: at(3),
        arc: at(4),
        rel: at(5),
        buckets: at(6),
        known: at(7),
        rows: at(8),
        blocks: std::array::from_fn(|i| at(9 + i)),
    };
    let width = |n: usize| (8..=512).contains(&n) && n.is_multiple_of(8);
    let fits = width(dims.row)
        && width(dims.window)
        && (8..=super::encoder::STATES).contains(&dims.state)
        && dims.state.is_multiple_of(super::encoder::STEP)
        && (1..=2).contains(&dims.layers)
        && width(dims.arc)
        && width(dims.rel)
        && dims.buckets == super::decode::BUCKETS
        && dims.known < 1 << 16
        && dims.blocks.iter().all(|b| b.is_power_of_two() && *b <= 1 << 20)
        && dims.rows == 1 + dims.known + dims.blocks.iter().sum::<usize>();
    if fits { Ok(dims) } else { Err(ModelError::Section("dims".into())) }
}
