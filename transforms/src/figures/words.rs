//! Short lists of words that tell names of people from names of other things.

/// Nouns that say what kind of thing stands before them.
#[rustfmt::skip]
pub(super) const THINGS: &[&str] = &[
    "area", "areas", "district", "town", "village", "city", "province", "region", "movement", "settlement",
    "camp", "group", "party", "tribe", "clan", "axis", "valley", "river", "road", "street", "bridge",
    "mosque", "market", "neighbourhood", "neighborhood", "suburb", "tehsil", "subdivision", "border",
    "crossing", "island", "militia", "front", "police", "militants", "fighters", "forces", "troops",
    "website", "app", "magazine", "newspaper", "hospital", "prison", "jail", "airport", "port", "stadium",
    "locality", "colony", "checkpoint", "highway", "dam", "settlements",
];
/// Words before "of" that a place follows.
#[rustfmt::skip]
pub(super) const OF_PLACES: &[&str] = &[
    "resident", "residents", "people", "area", "areas", "city", "town", "village", "district", "province",
    "villages", "towns", "cities", "outskirts", "north", "south", "east", "west", "suburb", "neighbourhood",
    "neighborhood", "districts", "port", "streets", "capital", "tehsil", "locality", "localities", "region",
];
/// Kinds of streets that are no other names.
#[rustfmt::skip]
pub(super) const STREETS: &[&str] = &[
    "Close", "Crescent", "Mews", "Terrace", "Chowk", "Bagh", "Goth",
];
/// Words that parts of a country or town begin with.
#[rustfmt::skip]
pub(super) const DIRECTIONS: &[&str] = &[
    "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western", "Upper", "Lower", "Greater",
];
/// Faiths that are given names too.
#[rustfmt::skip]
pub(super) const FAITHS: &[&str] = &[
    "Islam", "Obamacare", "ObamaCare", "Trumpism", "Hill", "Christ", "Jesus", "Allah", "God", "Twitter", "Facebook",
];
/// Nouns that say what kind of thing stands after them.
#[rustfmt::skip]
pub(super) const VESSELS: &[&str] = &[
    "tanker", "ship", "vessel", "frigate", "destroyer", "carrier", "missile", "cyclone", "hurricane", "storm",
    "typhoon", "operation", "play", "film", "movie", "musical", "sitcom", "album",
];
