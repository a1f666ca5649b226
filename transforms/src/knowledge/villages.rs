//! Villages by how their names sound: small places whose spelling wavers, looked for only near a place that the text
//! states ("Budhni village in West Kanpur district").
//!
//! A name is known by its consonants, with those that transliterations confuse made one; its vowels tell how good a
//! match is. Sixteen bytes a village, sorted: a search allocates nothing.

use seeds::table::Table;
use seeds::{SeedError, Seeds};

const FILE: &str = "gazetteer/villages.tsv";

/// Degrees are kept in hundredths.
const PARTS: f32 = 100.0;

/// A village.
#[derive(Debug, Clone, Copy)]
pub struct Village {
    bones: u32,
    flesh: u32,
    lat: i16,
    lon: i16,
    province: u32,
}

impl Village {
    /// Degrees north and east.
    pub fn point(&self) -> (f32, f32) {
        (f32::from(self.lat) / PARTS, f32::from(self.lon) / PARTS)
    }

    /// The province it lies in, by its place in the gazetteer.
    pub fn province(&self) -> Option<u32> {
        (self.province != u32::MAX).then_some(self.province)
    }

    /// Whether the vowels fit too.
    pub fn fits(&self, name: Sounds) -> bool {
        self.flesh == name.flesh
    }
}

/// A name as it sounds: its consonants, and all of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sounds {
    bones: u32,
    flesh: u32,
    /// Number of consonants; fewer than two say nothing.
    pub consonants: u8,
}

impl Sounds {
    /// What names that sound alike share.
    pub fn order(self) -> u32 {
        self.bones
    }
}

/// How a name sounds, whatever way it is written in Latin letters.
pub fn sounds<'w>(words: impl IntoIterator<Item = &'w str>) -> Sounds {
    const PRIME: u32 = 0x0100_0193;
    let (mut bones, mut flesh, mut consonants) = (0x811c_9dc5_u32, 0x811c_9dc5_u32, 0u8);
    let step = |hash: &mut u32, c: u8| *hash = (*hash ^ u32::from(c)).wrapping_mul(PRIME);
    let (mut last, mut vowel) = (0u8, 0u8);
    for byte in words.into_iter().flat_map(str::bytes) {
        let class = match byte.to_ascii_lowercase() {
            b'a' => b'a',
            b'e' | b'i' | b'y' => b'i',
            b'o' | b'u' => b'u',
            b'v' | b'w' => b'v',
            b's' | b'z' | b'x' => b's',
            b'c' | b'k' | b'q' => b'k',
            b'j' | b'g' => b'g',
            b't' | b'd' => byte.to_ascii_lowercase(),
            b'n' | b'm' => byte.to_ascii_lowercase(),
            b'h' => continue,
            c if c.is_ascii_lowercase() => c,
            _ => continue,
        };
        if matches!(class, b'a' | b'i' | b'u') {
            vowel = class;
            last = class;
            continue;
        }
        if class == last {
            continue;
        }
        if vowel != 0 {
            step(&mut flesh, vowel);
            vowel = 0;
        }
        step(&mut bones, class);
        step(&mut flesh, class);
        consonants = consonants.saturating_add(1);
        last = class;
    }
    Sounds { bones, flesh, consonants }
}

/// The villages, sorted by sound.
#[derive(Debug, Default)]
pub struct Villages {
    all: Vec<Village>,
}

impl Villages {
    /// Reads the table; `province` tells a division's place in the gazetteer by its code.
    pub fn new(seeds: &Seeds, province: impl Fn(&str) -> Option<u32>) -> Result<Self, SeedError> {
        let table = Table::parse(FILE, seeds.text(FILE)?)?;
        let [name, admin1, lat, lon] =
            [table.column("name")?, table.column("admin1")?, table.column("lat")?, table.column("lon")?];
        let mut all = Vec::with_capacity(table.len());
        for row in table.rows() {
            let degrees = |column: usize| {
                let value: Option<f32> = row.cell(column).parse().ok().filter(|v: &f32| v.abs() <= 180.0);
                value.map(|v| (v * PARTS).round() as i16).ok_or_else(|| row.error("no angle"))
            };
            let sound = sounds([row.cell(name)]);
            all.push(Village {
                bones: sound.bones,
                flesh: sound.flesh,
                lat: degrees(lat)?,
                lon: degrees(lon)?,
                province: province(row.cell(admin1)).unwrap_or(u32::MAX),
            });
        }
        all.sort_unstable_by_key(|v| (v.bones, v.flesh, v.lat, v.lon));
        Ok(Self { all })
    }

    /// Villages whose name sounds so.
    pub fn sounding(&self, name: Sounds) -> &[Village] {
        let from = self.all.partition_point(|v| v.bones < name.bones);
        let rest = self.all.get(from..).unwrap_or(&[]);
        let count = rest.partition_point(|v| v.bones == name.bones);
        rest.get(..count).unwrap_or(&[])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_sound_alike() {
        let same = |a: &str, b: &str| assert_eq!(sounds([a]).bones, sounds([b]).bones, "{a} {b}");
        same("Garhwa", "Garwah");
        same("Rampur", "Raampura");
        same("Kottapalli", "Kothapally");
        same("Visakhapatnam", "Vishakapatnam");
        same("Bijapur", "Beejapoor");
        assert_ne!(sounds(["Rampur"]).bones, sounds(["Ratanpur"]).bones);
    }

    #[test]
    fn vowels_tell_the_better_match() {
        assert_eq!(sounds(["Sonpur"]).flesh, sounds(["Sonpoor"]).flesh);
        assert_ne!(sounds(["Sonpur"]).flesh, sounds(["Sanipur"]).flesh);
    }
}
