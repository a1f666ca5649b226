//! Training: conditional likelihood of the allowed labels, by AdaGrad on hashed features.

use crate::corpus::{ANY, Document, NONE, teachers};
use crate::gold;
use seeds::Seeds;
use transforms::language::Language;
use transforms::names::{
    ClusterTable, FeatureBuffer, Kind, LABELS, NameLexicon, NameToken, Parts, TABLE_BITS, TokenInfo,
    describe_sentence, features, hash_lower, hash_word,
};

const WIDTH: usize = 16;
const N: usize = LABELS.len();

/// What the command line sets.
pub struct Options {
    pub data: String,
    pub work: String,
    pub out: String,
    pub epochs: usize,
    pub gold: usize,
    pub words: usize,
    pub rate: f32,
    pub unit: f32,
    pub document_weight: i32,
    pub drop: f32,
}

impl Options {
    pub fn parse(args: &[String]) -> Self {
        let get = |key: &str, default: &str| {
            args.iter().find_map(|a| a.strip_prefix(&format!("{key}="))).unwrap_or(default).to_owned()
        };
        let number = |key: &str, default: &str| get(key, default).parse::<f32>().unwrap_or(0.0);
        Options {
            data: get("data", "../shared/data"),
            work: get("work", "training/work"),
            out: get("out", "training/work/names.bin"),
            epochs: number("epochs", "5") as usize,
            gold: number("gold", "10") as usize,
            words: number("words", "3000000") as usize,
            rate: number("rate", "0.15"),
            unit: number("unit", "24"),
            document_weight: number("document", "60") as i32,
            drop: number("drop", "0"),
        }
    }
}

/// One stretch of candidate tokens: its features and the labels they may bear.
struct Instance {
    rows: Vec<u32>,
    ends: Vec<u32>,
    allowed: Vec<u16>,
}

/// A small generator with a fixed seed, so that a run can be repeated.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 32) as u32
    }

    fn below(&mut self, n: usize) -> usize {
        (u64::from(self.next()) * n as u64 >> 32) as usize
    }
}

struct Maker<'a> {
    lexicon: &'a NameLexicon,
    clusters: &'a ClusterTable,
    infos: Vec<TokenInfo>,
    buffer: FeatureBuffer,
}

impl Maker<'_> {
    fn sentence(&mut self, tokens: &[NameToken<'_>], allowed: &[u16], out: &mut Vec<Instance>) {
        self.infos.clear();
        self.infos.resize(tokens.len(), TokenInfo::default());
        let mut segments = Vec::new();
        describe_sentence(tokens, self.lexicon, self.clusters, &mut self.infos, 0, &mut segments);
        for segment in segments {
            let marks = &allowed[segment.clone()];
            if marks.iter().all(|a| *a == ANY) {
                continue;
            }
            let mut instance = Instance { rows: vec![], ends: vec![], allowed: marks.to_vec() };
            for k in segment {
                features::extract(&self.infos, k, &mut self.buffer);
                instance.rows.extend(self.buffer.rows());
                instance.ends.push(instance.rows.len() as u32);
            }
            out.push(instance);
        }
    }

    /// The document's sentences as they are, and now and then one more in capitals or in title case.
    fn document(&mut self, doc: &Document, random: &mut Random, out: &mut Vec<Instance>) {
        for range in &doc.cut.sentences {
            let spans = &doc.cut.tokens[range.clone()];
            let allowed = &doc.allowed[range.clone()];
            let words: Vec<&str> = spans.iter().map(|t| &doc.text[t.clone()]).collect();
            let spaced = &doc.cut.spaced[range.clone()];
            let make = |texts: &[String]| -> Vec<(String, bool)> {
                texts.iter().cloned().zip(spaced.iter().copied()).collect()
            };
            let plain: Vec<NameToken<'_>> =
                words.iter().zip(spaced).map(|(w, s)| NameToken { text: w, space_before: *s }).collect();
            self.sentence(&plain, allowed, out);
            let named = allowed.iter().any(|a| *a != NONE && *a != ANY);
            if !named || words.len() < 4 {
                continue;
            }
            let other: Vec<String> = match random.below(24) {
                0 => words.iter().map(|w| w.to_uppercase()).collect(),
                1 if words.len() < 24 => words.iter().map(|w| title_case(w)).collect(),
                _ => continue,
            };
            let other = make(&other);
            let tokens: Vec<NameToken<'_>> =
                other.iter().map(|(w, s)| NameToken { text: w, space_before: *s }).collect();
            self.sentence(&tokens, allowed, out);
        }
    }
}

fn title_case(word: &str) -> String {
    if matches!(
        word,
        "of" | "the" | "a" | "an" | "in" | "on" | "for" | "and" | "to" | "by" | "at" | "'s" | "n't"
    ) {
        return word.to_owned();
    }
    let mut c = word.chars();
    c.next().map_or(String::new(), |f| f.to_uppercase().chain(c).collect())
}

struct Weights {
    w: Vec<[f32; WIDTH]>,
    g: Vec<[f32; WIDTH]>,
    t: [[f32; WIDTH]; WIDTH],
    tg: [[f32; WIDTH]; WIDTH],
}

fn possible(from: usize, to: usize) -> bool {
    from < N && to < N && (to == 0 || to % 2 == 1 || from == to || from + 1 == to)
}

#[derive(Default)]
struct Lattice {
    e: Vec<[f32; WIDTH]>,
    a: Vec<[f32; WIDTH]>,
    b: Vec<[f32; WIDTH]>,
    m: Vec<[f32; WIDTH]>,
}

impl Lattice {
    /// Marginals into `m`, expected transitions added to `x`; the log of the sum of all paths, or None if there is none.
    fn run(
        &mut self,
        t: &[[f32; WIDTH]; WIDTH],
        allowed: Option<&[u16]>,
        x: &mut [[f32; WIDTH]; WIDTH],
        sign: f32,
    ) -> Option<f32> {
        let n = self.e.len();
        self.a.clear();
        self.b.clear();
        self.b.resize(n, [0.0; WIDTH]);
        self.m.clear();
        let mask = |k: usize, j: usize| allowed.is_none_or(|a| a[k] & 1 << j != 0);
        let mut log = 0.0;
        for k in 0..n {
            let mut row = [0.0f32; WIDTH];
            if k == 0 {
                row = t[0];
            } else {
                for (p, w) in self.a[k - 1].iter().zip(t) {
                    for (r, v) in row.iter_mut().zip(w) {
                        *r += p * v;
                    }
                }
            }
            let mut sum = 0.0;
            for j in 0..WIDTH {
                row[j] *= if mask(k, j) { self.e[k][j] } else { 0.0 };
                sum += row[j];
            }
            if !(sum > 1e-30) {
                return None;
            }
            row.iter_mut().for_each(|r| *r /= sum);
            log += sum.ln();
            self.a.push(row);
        }
        let mut after = [0.0f32; WIDTH];
        for (r, row) in after.iter_mut().zip(t) {
            *r = row[0];
        }
        for k in (0..n).rev() {
            let mut m = [0.0f32; WIDTH];
            let mut sum = 0.0;
            for j in 0..WIDTH {
                m[j] = self.a[k][j] * after[j];
                sum += m[j];
            }
            if !(sum > 1e-30) {
                return None;
            }
            if k + 1 == n {
                log += sum.ln();
            }
            m.iter_mut().for_each(|v| *v /= sum);
            for j in 0..N {
                if k + 1 == n {
                    x[j][0] += sign * m[j];
                }
            }
            self.b[k] = after;
            self.m.push(m);
            if k == 0 {
                for j in 0..N {
                    x[0][j] += sign * m[j];
                }
                break;
            }
            let mut next = [0.0f32; WIDTH];
            for j in 0..WIDTH {
                next[j] = if mask(k, j) { after[j] * self.e[k][j] } else { 0.0 };
            }
            let mut total = 0.0;
            let mut pairs = [[0.0f32; WIDTH]; WIDTH];
            for i in 0..N {
                for j in 0..WIDTH {
                    pairs[i][j] = self.a[k - 1][i] * t[i][j] * next[j];
                    total += pairs[i][j];
                }
            }
            for i in 0..N {
                for j in 0..WIDTH {
                    x[i][j] += sign * pairs[i][j] / total.max(1e-30);
                }
            }
            let mut scale = 0.0;
            for i in 0..WIDTH {
                let mut s = 0.0;
                for j in 0..WIDTH {
                    s += t[i][j] * next[j];
                }
                after[i] = s;
                scale += s;
            }
            after.iter_mut().for_each(|v| *v /= scale.max(1e-30));
        }
        self.m.reverse();
        Some(log)
    }
}

fn train(instances: &[(Instance, usize)], o: &Options) -> Weights {
    let size = 1usize << TABLE_BITS;
    let mut w = Weights {
        w: vec![[0.0; WIDTH]; size],
        g: vec![[0.0; WIDTH]; size],
        t: [[0.0; WIDTH]; WIDTH],
        tg: [[0.0; WIDTH]; WIDTH],
    };
    let mut order: Vec<u32> = Vec::new();
    for (k, (_, times)) in instances.iter().enumerate() {
        order.extend(std::iter::repeat_n(k as u32, *times));
    }
    let mut random = Random(0x9E37_79B9_7F4A_7C15);
    let mut lattice = Lattice::default();
    for epoch in 0..o.epochs {
        for k in (1..order.len()).rev() {
            order.swap(k, random.below(k + 1));
        }
        let rate = o.rate * (1.0 - 0.8 * epoch as f32 / o.epochs.max(1) as f32);
        let (mut loss, mut count) = (0.0f64, 0usize);
        let started = std::time::Instant::now();
        for &k in &order {
            let instance = &instances[k as usize].0;
            let n = instance.allowed.len();
            let mut t = [[0.0f32; WIDTH]; WIDTH];
            for i in 0..N {
                for j in 0..N {
                    if possible(i, j) {
                        t[i][j] = w.t[i][j].exp();
                    }
                }
            }
            lattice.e.clear();
            let mut from = 0;
            for &end in &instance.ends {
                let mut sum = [0.0f32; WIDTH];
                for &row in &instance.rows[from..end as usize] {
                    for (s, v) in sum.iter_mut().zip(&w.w[row as usize]) {
                        *s += v;
                    }
                }
                from = end as usize;
                let top = sum[..N].iter().copied().fold(f32::MIN, f32::max);
                let mut e = sum.map(|s| (s - top).max(-60.0).exp());
                e[15] = 0.0;
                lattice.e.push(e);
            }
            let mut x = [[0.0f32; WIDTH]; WIDTH];
            let Some(free) = lattice.run(&t, None, &mut x, -1.0) else { continue };
            let model = std::mem::take(&mut lattice.m);
            let Some(held) = lattice.run(&t, Some(&instance.allowed), &mut x, 1.0) else {
                lattice.m = model;
                continue;
            };
            loss += f64::from(free - held);
            count += n;
            let mut from = 0;
            for ((end, p), q) in instance.ends.iter().zip(&model).zip(&lattice.m) {
                let rows = &instance.rows[from..*end as usize];
                from = *end as usize;
                let mut g = [0.0f32; WIDTH];
                let mut large = false;
                for j in 0..N {
                    g[j] = q[j] - p[j];
                    large |= g[j].abs() > 2e-3;
                }
                if !large {
                    continue;
                }
                let square = g.map(|v| v * v);
                for &row in rows {
                    let (ws, gs) = (&mut w.w[row as usize], &mut w.g[row as usize]);
                    for j in 0..WIDTH {
                        gs[j] += square[j];
                        ws[j] += rate * g[j] / (gs[j].sqrt() + 1e-3 + 0.3);
                    }
                }
            }
            for i in 0..N {
                for j in 0..N {
                    if possible(i, j) && x[i][j] != 0.0 {
                        w.tg[i][j] += x[i][j] * x[i][j];
                        w.t[i][j] += rate * x[i][j] / (w.tg[i][j].sqrt() + 1.0);
                    }
                }
            }
        }
        if o.drop > 0.0 {
            // Small weights of rare features cost precision once rounded; they are drawn towards zero.
            for v in w.w.iter_mut().flatten() {
                *v = v.signum() * (v.abs() - o.drop).max(0.0);
            }
        }
        eprintln!(
            "epoch {} loss {:.4} a token, {} tokens, {:.0} s",
            epoch + 1,
            loss / count.max(1) as f64,
            count,
            started.elapsed().as_secs_f32()
        );
    }
    w
}

fn parts(w: &Weights, clusters: Vec<(u32, u16)>, o: &Options) -> Parts {
    let mut transitions = [[i32::from(i16::MIN); WIDTH]; WIDTH];
    for i in 0..N {
        for j in 0..N {
            if possible(i, j) {
                transitions[i][j] = (w.t[i][j] * o.unit).round() as i32;
            }
        }
    }
    let mut clipped = 0usize;
    let weights =
        w.w.iter()
            .map(|row| {
                row.map(|v| {
                    let q = (v * o.unit).round();
                    clipped += usize::from(q.abs() > 127.0);
                    q.clamp(-127.0, 127.0) as i8
                })
            })
            .collect();
    let used = w.w.iter().filter(|r| r.iter().any(|v| (v * o.unit).abs() >= 0.5)).count();
    eprintln!("rows used {used} of {}, weights clipped {clipped}", w.w.len());
    Parts { unit: o.unit as i32, document_weight: o.document_weight, transitions, clusters, weights }
}

pub fn clusters(work: &str) -> Vec<(u32, u16)> {
    let text = std::fs::read_to_string(format!("{work}/clusters.tsv")).unwrap_or_default();
    text.lines()
        .filter_map(|l| l.split_once('\t'))
        .filter_map(|(word, id)| Some((hash_word(word), id.parse().ok()?)))
        .collect()
}

pub fn run(o: &Options, language: &Language, seeds: &Seeds) -> Result<(), Box<dyn std::error::Error>> {
    let lexicon = NameLexicon::load(seeds)?;
    let pairs = clusters(&o.work);
    let table = ClusterTable::new(pairs.iter().copied());
    let demonym = |w: &str| lexicon.kinds(std::iter::once(hash_lower(w))) & Kind::Demonym.bit() != 0;
    let mut random = Random(0x2545_F491_4F6C_DD1D);
    let mut maker =
        Maker { lexicon: &lexicon, clusters: &table, infos: vec![], buffer: FeatureBuffer::default() };
    let mut instances: Vec<(Instance, usize)> = Vec::new();
    let mut found = Vec::new();
    if o.gold > 0 {
        let docs = gold::load(language, &o.data, &demonym);
        docs.iter().for_each(|d| maker.document(d, &mut random, &mut found));
        eprintln!("gold: {} documents, {} stretches", docs.len(), found.len());
        instances.extend(found.drain(..).map(|i| (i, o.gold)));
    }
    if o.words > 0 {
        let docs = teachers(language, &o.work, o.words);
        docs.iter().for_each(|d| maker.document(d, &mut random, &mut found));
        eprintln!("teachers: {} documents, {} stretches", docs.len(), found.len());
        instances.extend(found.drain(..).map(|i| (i, 1)));
    }
    let weights = train(&instances, o);
    let bytes = parts(&weights, pairs, o).to_bytes();
    std::fs::write(&o.out, &bytes)?;
    eprintln!("{}: {} bytes", o.out, bytes.len());
    Ok(())
}
