//! Training: conditional likelihood of the allowed labels, by AdaGrad on hashed features.

use crate::corpus::{ANY, Document, NONE, Tagger, teachers};
use crate::gold;
use seeds::Seeds;
use std::collections::HashMap;
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
    pub least: usize,
    pub first: usize,
    pub share: f32,
    pub dropout: f32,
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
            least: number("least", "3") as usize,
            first: number("first", "2") as usize,
            share: number("share", "0.85"),
            dropout: number("dropout", "0"),
        }
    }
}

/// One stretch of candidate tokens: its features (keys at first, later numbers) and the labels they may bear.
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
    tagger: Tagger,
}

impl Maker<'_> {
    fn sentence(&mut self, words: &[&str], spaced: &[bool], allowed: &[u16], out: &mut Vec<Instance>) {
        if !words.iter().any(|w| w.chars().any(char::is_uppercase)) {
            return;
        }
        let mut tokens = Vec::new();
        self.tagger.sentence(words, spaced, &mut tokens);
        let tokens: &[NameToken<'_>] = &tokens;
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
                instance.rows.extend(self.buffer.keys());
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
            self.sentence(&words, spaced, allowed, out);
            let named = allowed.iter().any(|a| *a != NONE && *a != ANY);
            if !named || words.len() < 4 {
                continue;
            }
            let other: Vec<String> = match random.below(24) {
                0 => words.iter().map(|w| w.to_uppercase()).collect(),
                1 if words.len() < 24 => words.iter().map(|w| title_case(w)).collect(),
                _ => continue,
            };
            let other: Vec<&str> = other.iter().map(String::as_str).collect();
            self.sentence(&other, spaced, allowed, out);
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

/// Leaves only features with a number, and puts the numbers in place of the keys.
fn renumber(instances: &mut [(Instance, usize)], number: &HashMap<u32, u32>) {
    for (instance, _) in instances {
        let mut rows = Vec::with_capacity(instance.rows.len());
        let mut from = 0;
        for end in &mut instance.ends {
            rows.extend(instance.rows[from..*end as usize].iter().filter_map(|k| number.get(k)));
            from = *end as usize;
            *end = rows.len() as u32;
        }
        instance.rows = rows;
    }
}

/// The features that occur often enough, with the number of their places (a corpus counts once, however often used).
fn frequent(instances: &[(Instance, usize)], least: usize) -> Vec<(u32, u32)> {
    let mut all: Vec<u32> = Vec::new();
    let mut out = Vec::new();
    // In sixteen parts, to save memory.
    for part in 0..16 {
        all.clear();
        all.extend(instances.iter().flat_map(|i| &i.0.rows).copied().filter(|k| k & 15 == part));
        all.sort_unstable();
        for run in all.chunk_by(|a, b| a == b) {
            if run.len() >= least {
                out.push((run[0], run.len() as u32));
            }
        }
    }
    out
}

/// Gives the most telling features places in the table; the others are left out. The numbers are rows of the table.
fn place(features: &[(u32, u32)], w: &Weights) -> HashMap<u32, u32> {
    let telling = |k: usize| {
        let weight = w.w[k].iter().map(|v| v.abs()).fold(0.0f32, f32::max);
        weight * (1.0 + features[k].1 as f32).ln()
    };
    let mut order: Vec<(f32, usize)> = (0..features.len()).map(|k| (telling(k), k)).collect();
    order.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let mut taken: Vec<i8> = vec![0; 1 << TABLE_BITS];
    let mut out = HashMap::new();
    for (_, k) in order {
        let key = features[k].0;
        let from = features::bucket(key);
        let check = features::check(key);
        let bucket = &mut taken[from..from + features::BUCKET];
        if bucket.contains(&check) {
            continue;
        }
        if let Some(free) = bucket.iter().position(|c| *c == 0) {
            bucket[free] = check;
            out.insert(key, (from + free) as u32);
        }
    }
    out
}

fn train(instances: &[(Instance, usize)], size: usize, epochs: usize, o: &Options) -> Weights {
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
    let limit = (o.dropout * u32::MAX as f32) as u32;
    let (mut kept, mut kept_ends): (Vec<u32>, Vec<usize>) = (vec![], vec![]);
    for epoch in 0..epochs {
        for k in (1..order.len()).rev() {
            order.swap(k, random.below(k + 1));
        }
        let rate = o.rate * (1.0 - 0.8 * epoch as f32 / epochs.max(1) as f32);
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
            // Some features are left out at random, so that no few of them carry all the weight.
            kept.clear();
            kept_ends.clear();
            let mut from = 0;
            for &end in &instance.ends {
                kept.extend(
                    instance.rows[from..end as usize]
                        .iter()
                        .filter(|_| o.dropout <= 0.0 || random.next() >= limit),
                );
                from = end as usize;
                kept_ends.push(kept.len());
            }
            lattice.e.clear();
            let mut from = 0;
            for &end in &kept_ends {
                let mut sum = [0.0f32; WIDTH];
                for &row in &kept[from..end] {
                    for (s, v) in sum.iter_mut().zip(&w.w[row as usize]) {
                        *s += v;
                    }
                }
                from = end;
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
            for ((end, p), q) in kept_ends.iter().zip(&model).zip(&lattice.m) {
                let rows = &kept[from..*end];
                from = *end;
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

fn parts(w: &Weights, placed: &HashMap<u32, u32>, clusters: Vec<(u32, u16)>, o: &Options) -> Parts {
    let mut transitions = [[i32::from(i16::MIN); WIDTH]; WIDTH];
    for i in 0..N {
        for j in 0..N {
            if possible(i, j) {
                transitions[i][j] = (w.t[i][j] * o.unit).round() as i32;
            }
        }
    }
    let mut clipped = 0usize;
    // At run time every feature is there.
    let keep = 1.0 - o.dropout;
    let mut weights: Vec<[i8; WIDTH]> =
        w.w.iter()
            .map(|row| {
                row.map(|v| {
                    let q = (v * keep * o.unit).round();
                    clipped += usize::from(q.abs() > 127.0);
                    q.clamp(-127.0, 127.0) as i8
                })
            })
            .collect();
    for (key, row) in placed {
        weights[*row as usize][WIDTH - 1] = features::check(*key);
    }
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
    let mut maker = Maker {
        lexicon: &lexicon,
        clusters: &table,
        infos: vec![],
        buffer: FeatureBuffer::default(),
        tagger: Tagger::new(seeds)?,
    };
    let mut instances: Vec<(Instance, usize)> = Vec::new();
    let mut found = Vec::new();
    if o.gold > 0 {
        let docs = gold::load(language, &o.data, &demonym);
        docs.iter().for_each(|d| maker.document(d, &mut random, &mut found));
        eprintln!("gold: {} documents, {} stretches", docs.len(), found.len());
        instances.extend(found.drain(..).map(|i| (i, o.gold)));
    }
    if o.words > 0 {
        let docs = teachers(language, &o.work, o.words, seeds.text("names/judged.tsv")?, o.share);
        docs.iter().for_each(|d| maker.document(d, &mut random, &mut found));
        eprintln!("teachers: {} documents, {} stretches", docs.len(), found.len());
        instances.extend(found.drain(..).map(|i| (i, 1)));
    }
    let features = frequent(&instances, o.least);
    let numbers: HashMap<u32, u32> = features.iter().zip(0..).map(|(f, n)| (f.0, n)).collect();
    eprintln!("features: {} occur {} times and more", features.len(), o.least);
    // First all of them, then only those for which the table has room.
    let keys: Vec<(Vec<u32>, Vec<u32>)> =
        instances.iter().map(|i| (i.0.rows.clone(), i.0.ends.clone())).collect();
    renumber(&mut instances, &numbers);
    let all = train(&instances, features.len(), o.first, o);
    let placed = place(&features, &all);
    eprintln!("features placed: {}", placed.len());
    for ((instance, _), (rows, ends)) in instances.iter_mut().zip(keys) {
        (instance.rows, instance.ends) = (rows, ends);
    }
    renumber(&mut instances, &placed);
    let weights = train(&instances, 1 << TABLE_BITS, o.epochs, o);
    let bytes = parts(&weights, &placed, pairs, o).to_bytes();
    std::fs::write(&o.out, &bytes)?;
    eprintln!("{}: {} bytes", o.out, bytes.len());
    Ok(())
}
