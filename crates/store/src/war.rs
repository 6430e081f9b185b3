//! What a save says about its war as a whole: the texts it was read from, its seed, where it was forked from.

use jumpline_scenario::{Layer, Texts};

/// The version of play: raised whenever the same texts, seed and orders give another war than before. A save of another version is
/// refused with the version of the program that it needs.
pub const PLAY_VERSION: u32 = 3;

/// A file of orders, as it was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersText {
    /// Its name, for messages.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// The fork that a war began as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parent {
    /// The last turn it shares with its parent.
    pub turn: u32,
    /// The digest of the state there.
    pub digest: [u8; 32],
}

/// A war as a whole.
#[derive(Clone, Debug)]
pub struct War {
    /// The scenario's key.
    pub scenario: String,
    /// The war's title.
    pub title: String,
    /// All the luck of the war.
    pub seed: u64,
    /// The texts of scenario and ruleset.
    pub texts: Texts,
    /// The file of orders that persons handed in, if they did.
    pub orders: Option<OrdersText>,
    /// Where it was forked from, if it was.
    pub parent: Option<Parent>,
    /// The version of the program that wrote it.
    pub engine: String,
}

impl War {
    /// The digest of the texts.
    pub fn content(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new();
        for (layer, name, bytes) in self.texts.iter() {
            hasher.update(layer_word(layer).as_bytes());
            for part in [name.as_bytes(), bytes] {
                hasher.update(&(part.len() as u64).to_le_bytes());
                hasher.update(part);
            }
        }
        *hasher.finalize().as_bytes()
    }
}

pub(crate) fn layer_word(layer: Layer) -> &'static str {
    match layer {
        Layer::Ruleset => "ruleset",
        Layer::Scenario => "scenario",
    }
}
