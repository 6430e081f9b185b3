//! The words that fields with a few choices take, with their meanings. Each is the name that world gives it;
//! a test holds the two together.

/// A word and what it means.
pub(crate) type Words = &'static [(&'static str, &'static str)];

pub(crate) const NATURES: Words = &[
    (
        "plasma",
        "Bolts with a flight time; range falls sharply in air; shields may turn part of them",
    ),
    (
        "streamer",
        "A held stream that melts what it touches: hits at once, hurts as long as it holds",
    ),
    ("orb", "An orb grown before it is loosed: one great slow shot"),
    ("missile", "A body in flight that can be shot down and that fields disturb"),
    ("beam", "A straight beam at light's speed; drains shields, then cuts; air hardly matters"),
    ("mauler", "Terrible at point blank, nothing beyond"),
    ("shard", "A hail of needles against small craft and missiles"),
    ("pulse", "A null-pulse: silences whoever has no shield up for a time, hurts no hull"),
];

pub(crate) const ROLES: Words = &[
    ("fighter", ""),
    ("corvette", ""),
    ("frigate", ""),
    ("destroyer", ""),
    ("cruiser", ""),
    ("battlecruiser", ""),
    ("battleship", ""),
    ("dreadnaught", ""),
    ("carrier", ""),
    ("cargo", ""),
    ("transport", ""),
    ("jumpship", ""),
    ("starbase", ""),
    ("station", ""),
    ("platform", ""),
    ("sensor", ""),
    ("invoker", ""),
];

pub(crate) const ARCS: Words = &[
    ("fore", "A cone of 60 degrees about the bow"),
    ("aft", "A cone of 60 degrees about the stern"),
    ("flank", "The sides: everything but the two cones"),
    ("all", "All round"),
];

pub(crate) const FOCUSES: Words = &[
    ("quarry", "The quarry of the order and nothing else while it lives"),
    ("nearest", "Whoever is nearest and can be hurt"),
    ("weakest", "Whoever is easiest to finish among those in reach"),
    ("greatest", "The greatest ship in reach"),
    ("pack", "One target for the whole pack"),
    ("tagged", "What allies have tagged, else the nearest"),
    ("any", "Any enemy in reach, drawn by lot: fire is spread over all of them alike"),
];

pub(crate) const MOTIONS: Words = &[
    ("close", "Go to the preferred range of the target and stay there"),
    ("standoff", "Keep the preferred range: back off when the enemy comes nearer"),
    ("static", "Stay; turn and roll only"),
    ("strafe", "Run past the target at speed, turn out of range, run again"),
    ("chase", "Wait beside friends, chase in packs whatever passes, return"),
    ("wall", "Stand between friends and the enemy"),
    ("reserve", "Stay behind until called or until the enemy comes close"),
    ("ram", "Steer into the target"),
    ("through", "Fly through towards a place and fight on the way"),
    ("evade", "Keep away from every enemy"),
    ("lure", "Show yourself, then run home, so that whoever pursues comes upon your friends"),
];

pub(crate) const FORMATIONS: Words = &[
    ("cluster", ""),
    ("triangle", ""),
    ("halo", ""),
    ("picket", ""),
    ("river", ""),
    ("wall", ""),
    ("sphere", ""),
];

pub(crate) const REGARDS: Words = &[
    ("allied", "Shares contacts, comes when called"),
    ("neutral", "Neither helps nor harms"),
    ("hostile", "Shoots on sight"),
];

pub(crate) const ANSWERS: Words = &[
    ("agree", "Will do"),
    ("hesitate", "Not yet; may agree later"),
    ("refuse", "Will not, or goes its own way"),
];

pub(crate) const STATIONS: Words = &[("fore", ""), ("midships", ""), ("aft", ""), ("bridge", "")];

pub(crate) const HOWS: Words = &[
    ("weapon", "By a weapon"),
    ("field", "By a field weapon's arcs"),
    ("ram", "By ramming or being rammed"),
    ("mine", "By mines"),
    ("struck", "By striking a body it could not brake against"),
    ("star", "By a star's air"),
    ("air", "In the air of a world"),
    ("blast", "By the blast of another's death"),
    ("carrier", "With the ship that carried it"),
    ("scuttled", "By its own crew's hand"),
];

/// The value that world means by a word.
pub(crate) fn meant<T: serde::de::DeserializeOwned>(word: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::from(word)).ok()
}
