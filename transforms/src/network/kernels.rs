//! Products of small integers. Each kernel has a plain form, which defines the result, and faster ones that give the
//! same bits: the choice is made when the model is read.

/// Instruction sets with kernels of their own, from least to most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Isa {
    /// Plain code, for every machine.
    Plain,
    /// x86-64 with AVX2.
    Avx2,
    /// x86-64 with AVX-512 VNNI (on 256-bit registers).
    Vnni,
}

impl Isa {
    /// The best this machine has.
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            if is_x86_feature_detected!("avx2") {
                if is_x86_feature_detected!("avx512vnni") && is_x86_feature_detected!("avx512vl") {
                    return Self::Vnni;
                }
                return Self::Avx2;
            }
        }
        Self::Plain
    }

    /// This one, or the best below it that the machine has.
    pub(crate) fn or_less(self) -> Self {
        self.min(Self::best())
    }
}

/// Outputs that a kernel computes together.
pub(super) const LANES: usize = 8;

/// Most inputs that a matrix may have.
const INS_MAX: usize = 512;

/// A matrix of `i8` weights; `u8` inputs up to 127 go in, `i16` outputs come out.
///
/// Output = (start + sum of weight x input) x factor, rounded to even, cut to `i16`. Sums stay below 2^24, so they are
/// exact in `f32`, and two neighbouring products below 2^15, so that no saturating instruction saturates.
#[derive(Debug)]
pub(crate) struct Dense {
    pub(super) ins: usize,
    pub(super) outs: usize,
    /// Blocks of eight outputs; in a block, groups of four inputs: the weights of output 0, of output 1, ...
    pub(super) packed: Vec<i8>,
    /// The rows as they came, widened: what plain code multiplies fastest.
    rows: Vec<i16>,
    pub(super) start: Vec<i32>,
    pub(super) factor: Vec<f32>,
}

impl Dense {
    /// Packs a matrix given row by row; `None` where sizes don't fit or sums could grow too large.
    pub(crate) fn new(ins: usize, weights: &[u8], start: Vec<i32>, factor: Vec<f32>) -> Option<Self> {
        let outs = start.len();
        let fits = ins > 0
            && ins.is_multiple_of(4)
            && ins <= INS_MAX
            && outs.is_multiple_of(LANES)
            && weights.len() == ins * outs
            && factor.len() == outs
            && factor.iter().all(|f| f.is_finite())
            && start.iter().all(|s| s.unsigned_abs() <= 1 << 23)
            && weights.iter().all(|w| *w as i8 != i8::MIN);
        if !fits {
            return None;
        }
        let mut packed = Vec::with_capacity(weights.len());
        for block in weights.chunks_exact(LANES * ins) {
            for group in 0..ins / 4 {
                for row in block.chunks_exact(ins) {
                    packed.extend(row.iter().skip(4 * group).take(4).map(|w| *w as i8));
                }
            }
        }
        let rows = weights.iter().map(|w| i16::from(*w as i8)).collect();
        Some(Self { ins, outs, packed, rows, start, factor })
    }

    /// The outputs of as many inputs as fit: `inputs` has `ins` bytes a word, `out` gets `outs` values a word.
    pub(crate) fn run(&self, isa: Isa, inputs: &[u8], out: &mut [i16]) {
        let n = (inputs.len() / self.ins).min(out.len() / self.outs);
        let (Some(inputs), Some(out)) = (inputs.get(..n * self.ins), out.get_mut(..n * self.outs)) else {
            return;
        };
        match isa {
            // SAFETY: `Isa` values above `Plain` come from `best` or `or_less` only, which ask the machine.
            #[cfg(target_arch = "x86_64")]
            Isa::Vnni => unsafe { super::x86::dense_vnni(self, inputs, out) },
            // SAFETY: as above.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 => unsafe { super::x86::dense_avx2(self, inputs, out) },
            _ => self.run_plain(inputs, out),
        }
    }

    fn run_plain(&self, inputs: &[u8], out: &mut [i16]) {
        let mut wide = [0; INS_MAX];
        for (input, out) in inputs.chunks_exact(self.ins).zip(out.chunks_exact_mut(self.outs)) {
            for (wide, x) in wide.iter_mut().zip(input) {
                *wide = i16::from(*x);
            }
            let rows = self.rows.chunks_exact(self.ins).zip(out);
            for ((row, out), (start, factor)) in rows.zip(self.start.iter().zip(&self.factor)) {
                *out = rescale(start + dot(row, wide.get(..self.ins).unwrap_or(&[])), *factor);
            }
        }
    }
}

/// The sum of products of two sides of one length. Pieces of a known length are the form that compilers
/// turn into multiply-and-add without a loop around it, whatever the machine: twice as fast as one loop.
fn dot(a: &[i16], b: &[i16]) -> i32 {
    const PIECE: usize = 32;
    let sum = |a: &[i16], b: &[i16]| a.iter().zip(b).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum::<i32>();
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<PIECE>(), b.as_chunks::<PIECE>());
    a.iter().zip(b).map(|(a, b)| sum(a, b)).sum::<i32>() + sum(a_rest, b_rest)
}

/// A sum in its output's step: one exact conversion, one rounded product, one rounding to even.
pub(super) fn rescale(sum: i32, factor: f32) -> i16 {
    // 1.5 * 2^23: adding it leaves the integer, rounded to even, in the low bits.
    const MAGIC: f32 = 12_582_912.0;
    let real = (sum as f32 * factor).clamp(-32768.0, 32767.0);
    ((real + MAGIC).to_bits().wrapping_sub(MAGIC.to_bits())) as i32 as i16
}

/// Vectors of `i16` to be multiplied with others, eight at a time.
#[derive(Debug, Default)]
pub(super) struct Pairs {
    pub(super) width: usize,
    pub(super) rows: usize,
    /// Blocks of eight vectors; in a block, pairs of elements: those of vector 0, of vector 1, ...
    pub(super) packed: Vec<i16>,
    /// The vectors as they came.
    plain: Vec<i16>,
}

impl Pairs {
    /// Packs vectors given one after the other.
    pub(super) fn new(width: usize, rows: &[i16]) -> Self {
        let mut out = Self::default();
        out.set(width, rows);
        out
    }

    /// Packs other vectors in the same memory; `width` is even. Missing vectors of the last block are zero.
    pub(super) fn set(&mut self, width: usize, rows: &[i16]) {
        self.width = width;
        self.rows = rows.len() / width.max(1);
        self.plain.clear();
        self.plain.extend_from_slice(rows);
        self.packed.clear();
        self.packed.resize(self.rows.next_multiple_of(LANES) * width, 0);
        for (block, rows) in self.packed.chunks_exact_mut(LANES * width).zip(rows.chunks(LANES * width)) {
            for (lane, row) in rows.chunks_exact(width).enumerate() {
                for (place, pair) in block.chunks_exact_mut(2 * LANES).zip(row.chunks_exact(2)) {
                    if let Some(place) = place.get_mut(2 * lane..2 * lane + 2) {
                        place.copy_from_slice(pair);
                    }
                }
            }
        }
    }

    /// Products a vector of the other side has: the number of packed vectors, up to a multiple of eight.
    pub(super) fn outs(&self) -> usize {
        self.rows.next_multiple_of(LANES)
    }

    /// The products of each of `left`'s vectors with all packed ones.
    pub(super) fn run(&self, isa: Isa, left: &[i16], out: &mut [i32]) {
        if self.width == 0 || self.rows == 0 {
            return;
        }
        let n = (left.len() / self.width).min(out.len() / self.outs());
        let (Some(left), Some(out)) = (left.get(..n * self.width), out.get_mut(..n * self.outs())) else {
            return;
        };
        match isa {
            // SAFETY: `Isa` values above `Plain` come from `best` or `or_less` only, which ask the machine.
            #[cfg(target_arch = "x86_64")]
            Isa::Avx2 | Isa::Vnni => unsafe { super::x86::pairs_avx2(self, left, out) },
            _ => self.run_plain(left, out),
        }
    }

    fn run_plain(&self, left: &[i16], out: &mut [i32]) {
        for (left, out) in left.chunks_exact(self.width).zip(out.chunks_exact_mut(self.outs())) {
            out.fill(0);
            for (row, out) in self.plain.chunks_exact(self.width).zip(out) {
                *out = dot(row, left);
            }
        }
    }
}
