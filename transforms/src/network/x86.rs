//! The kernels for x86-64 with AVX2, and with VNNI where the machine has it: the same sums in another order of
//! additions, which integers don't mind.

use super::kernels::{Dense, LANES, Pairs};
use std::arch::x86_64::*;

/// Words of one tile: their sums stay in registers while a weight is read once.
const TILE: usize = 4;

macro_rules! dense {
    ($(#[$doc:meta])* $name:ident, $tile:ident, $feature:literal, |$sum:ident, $x:ident, $w:ident| $step:expr) => {
        $(#[$doc])*
        #[target_feature(enable = $feature)]
        pub(super) fn $name(m: &Dense, inputs: &[u8], out: &mut [i16]) {
            let mut ins = inputs.chunks_exact(TILE * m.ins);
            let mut outs = out.chunks_exact_mut(TILE * m.outs);
            for (i, o) in ins.by_ref().zip(outs.by_ref()) {
                $tile::<TILE>(m, i, o);
            }
            let rest = ins.remainder().chunks_exact(m.ins);
            for (i, o) in rest.zip(outs.into_remainder().chunks_exact_mut(m.outs)) {
                $tile::<1>(m, i, o);
            }
        }

        #[target_feature(enable = $feature)]
        #[inline]
        fn $tile<const N: usize>(m: &Dense, inputs: &[u8], out: &mut [i16]) {
            assert!(inputs.len() == N * m.ins && out.len() == N * m.outs);
            assert!(m.packed.len() == m.ins * m.outs && m.start.len() == m.outs && m.factor.len() == m.outs);
            assert!(m.ins.is_multiple_of(4) && m.outs.is_multiple_of(LANES));
            for block in 0..m.outs / LANES {
                // SAFETY: `block` counts whole blocks of eight in `start`, `factor` and `packed` (asserted above), and
                // inputs and outputs hold N words of `ins` and `outs` values.
                unsafe {
                    let start = _mm256_loadu_si256(m.start.as_ptr().add(LANES * block).cast());
                    let factor = _mm256_loadu_ps(m.factor.as_ptr().add(LANES * block));
                    let weights = m.packed.as_ptr().add(LANES * block * m.ins);
                    let mut sums = [start; N];
                    for group in 0..m.ins / 4 {
                        let $w = _mm256_loadu_si256(weights.add(4 * LANES * group).cast());
                        for (word, place) in sums.iter_mut().enumerate() {
                            let four = inputs.as_ptr().add(word * m.ins + 4 * group).cast::<i32>().read_unaligned();
                            let $x = _mm256_set1_epi32(four);
                            let $sum = *place;
                            *place = $step;
                        }
                    }
                    for (word, sum) in sums.into_iter().enumerate() {
                        let real = _mm256_mul_ps(_mm256_cvtepi32_ps(sum), factor);
                        let real = _mm256_min_ps(_mm256_max_ps(real, _mm256_set1_ps(-32768.0)), _mm256_set1_ps(32767.0));
                        let whole = _mm256_cvtps_epi32(real);
                        let short = _mm_packs_epi32(_mm256_castsi256_si128(whole), _mm256_extracti128_si256::<1>(whole));
                        _mm_storeu_si128(out.as_mut_ptr().add(word * m.outs + LANES * block).cast(), short);
                    }
                }
            }
        }
    };
}

dense!(
    /// [`Dense::run`] with `maddubs`: pairs of products fit `i16` because inputs are at most 127.
    dense_avx2, tile_avx2, "avx2",
    |sum, x, w| _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(x, w), _mm256_set1_epi16(1)))
);

dense!(
    /// [`Dense::run`] with one instruction for four products.
    dense_vnni, tile_vnni, "avx2,avx512f,avx512vl,avx512vnni",
    |sum, x, w| _mm256_dpbusd_epi32(sum, x, w)
);

/// [`Pairs::run`].
#[target_feature(enable = "avx2")]
pub(super) fn pairs_avx2(p: &Pairs, left: &[i16], out: &mut [i32]) {
    let outs = p.outs();
    let mut lefts = left.chunks_exact(TILE * p.width);
    let mut all = out.chunks_exact_mut(TILE * outs);
    for (l, o) in lefts.by_ref().zip(all.by_ref()) {
        pairs_tile::<TILE>(p, l, o);
    }
    for (l, o) in lefts.remainder().chunks_exact(p.width).zip(all.into_remainder().chunks_exact_mut(outs)) {
        pairs_tile::<1>(p, l, o);
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn pairs_tile<const N: usize>(p: &Pairs, left: &[i16], out: &mut [i32]) {
    let outs = p.outs();
    assert!(left.len() == N * p.width && out.len() == N * outs);
    assert!(p.packed.len() == outs * p.width && p.width.is_multiple_of(2));
    for block in 0..outs / LANES {
        // SAFETY: `block` counts whole blocks of `packed`, and both sides hold N vectors (asserted above).
        unsafe {
            let right = p.packed.as_ptr().add(LANES * block * p.width);
            let mut sums = [_mm256_setzero_si256(); N];
            for pair in 0..p.width / 2 {
                let r = _mm256_loadu_si256(right.add(2 * LANES * pair).cast());
                for (word, sum) in sums.iter_mut().enumerate() {
                    let two = left.as_ptr().add(word * p.width + 2 * pair).cast::<i32>().read_unaligned();
                    *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(_mm256_set1_epi32(two), r));
                }
            }
            for (word, sum) in sums.into_iter().enumerate() {
                _mm256_storeu_si256(out.as_mut_ptr().add(word * outs + LANES * block).cast(), sum);
            }
        }
    }
}

/// [`super::encoder::window`], compiled for AVX2.
#[target_feature(enable = "avx2")]
pub(super) fn window_avx2(width: usize, parts: &[i16], bias: &[i16], out: &mut [u8]) {
    super::encoder::window(width, parts, bias, out);
}

/// [`super::encoder::scan`], compiled for AVX2.
#[target_feature(enable = "avx2")]
pub(super) fn scan_avx2(state: usize, gates: &[i16], out: &mut [i16]) {
    super::encoder::scan(state, gates, out);
}
