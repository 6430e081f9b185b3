//! What generated wars are made of. The ships are the plain classes of the ruleset `core`; a designer who wants
//! other galaxies changes the numbers here or edits what was written.

/// Beginnings, middles and ends of names of stars.
pub(crate) const STAR_SYLLABLES: [&[&str]; 3] = [
    &[
        "Al", "Ar", "Bel", "Cor", "Dan", "Er", "Fen", "Gal", "Hal", "Is", "Jor", "Kel", "Lor",
        "Mar", "Nev", "Or", "Pel", "Quin", "Ras", "Sel", "Tar", "Ul", "Ver", "Wes", "Yar", "Zan",
    ],
    &["a", "e", "i", "o", "u", "adi", "ami", "ene", "ila", "oni", "ura", "asha", "elo", "iri"],
    &[
        "ba", "dor", "gan", "kas", "lan", "mir", "nos", "phon", "ris", "sund", "tis", "vane",
        "wen", "xis", "zar", "th",
    ],
];

/// Beginnings and ends of names of peoples.
pub(crate) const POWER_SYLLABLES: [&[&str]; 2] = [
    &[
        "Aru", "Bora", "Cesh", "Dova", "Elim", "Fara", "Gor", "Hesh", "Ilu", "Jaru", "Kora", "Lum",
        "Moro", "Nash", "Oru", "Pesh", "Quor", "Ruma", "Sho", "Tala", "Uru", "Vesh", "Wara", "Xan",
        "Yelu", "Zor",
    ],
    &[
        "dai", "gan", "hari", "kan", "lith", "mari", "nori", "qir", "rak", "san", "tari", "vel",
        "xu", "zin",
    ],
];

/// Names of alliances, taken in this order.
pub(crate) const ALLIANCES: [(&str, &str); 4] = [
    ("concord", "the Concord"),
    ("pact", "the Pact"),
    ("league", "the League"),
    ("covenant", "the Covenant"),
];

/// A force of a generated power: key, name, where it stands, its ships by class and number.
pub(crate) struct Fleet {
    pub(crate) key: &'static str,
    pub(crate) name: &'static str,
    pub(crate) altitude: &'static str,
    pub(crate) toward_star: bool,
    pub(crate) split: u32,
    pub(crate) ships: &'static [(&'static str, i64)],
}

/// The forces every power opens with. Numbers vary by a quarter from power to power.
pub(crate) const FLEETS: [Fleet; 3] = [
    Fleet {
        key: "home",
        name: "Home Fleet",
        altitude: "2000 km",
        toward_star: true,
        split: 24,
        ships: &[("cruiser", 24), ("destroyer", 32), ("frigate", 24)],
    },
    Fleet {
        key: "strike",
        name: "Strike Fleet",
        altitude: "4000 km",
        toward_star: false,
        split: 30,
        ships: &[("battleship", 2), ("cruiser", 40), ("destroyer", 24)],
    },
    Fleet {
        key: "watch",
        name: "Watch",
        altitude: "20000 km",
        toward_star: false,
        split: 1,
        ships: &[("watch-station", 2)],
    },
];

/// The force that attacks.
pub(crate) const STRIKE: &str = "strike";
/// The force that stays.
pub(crate) const HOME: &str = "home";

/// What a home's yards build, and how often.
pub(crate) const YARDS: [(&str, &str); 3] =
    [("cruiser", "6 d"), ("destroyer", "4 d"), ("frigate", "3 d")];

/// Days that a generated war lasts.
pub(crate) const WAR_DAYS: i64 = 200;
/// The day on which it opens.
pub(crate) const EPOCH: &str = "2500-01-01T00:00";
