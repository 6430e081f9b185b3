//! Who shoots at whom. Powers that share every enemy and are every enemy's enemy are one camp; trees are kept by camp.

use jumpline_measure::PowerId;
use jumpline_world::law::Regard;

/// Does either regard the other as hostile?
pub fn hostile(regards: &[Vec<Regard>], one: PowerId, other: PowerId) -> bool {
    let says = |a: PowerId, b: PowerId| {
        regards.get(a.index()).and_then(|row| row.get(b.index())) == Some(&Regard::Hostile)
    };
    one != other && (says(one, other) || says(other, one))
}

/// Are they allied (or one)?
pub fn allied(regards: &[Vec<Regard>], one: PowerId, other: PowerId) -> bool {
    one == other
        || regards.get(one.index()).and_then(|row| row.get(other.index())) == Some(&Regard::Allied)
}

/// The camps of a battle.
pub struct Camps {
    /// Camp by power id.
    of: Vec<u8>,
    /// For each camp, a mask of the camps hostile to it.
    pub foes: Vec<u64>,
}

/// Camps are told apart by the bits of a mask; powers beyond the last share it.
const CAMPS_MOST: usize = 64;

impl Camps {
    /// Sorts the powers present (in id order, without repeats) into camps.
    pub fn new(regards: &[Vec<Regard>], present: &[PowerId]) -> Camps {
        let mut camps: Vec<Vec<PowerId>> = Vec::new();
        for power in present {
            let like = |camp: &Vec<PowerId>| {
                camp.first().is_some_and(|first| {
                    !hostile(regards, *first, *power)
                        && present.iter().all(|other| {
                            hostile(regards, *first, *other) == hostile(regards, *power, *other)
                        })
                })
            };
            match camps.iter().position(like) {
                Some(at) => camps[at].push(*power),
                None if camps.len() < CAMPS_MOST => camps.push(vec![*power]),
                None => camps[CAMPS_MOST - 1].push(*power),
            }
        }
        let most = present.iter().map(|power| power.index() + 1).max().unwrap_or(0);
        let mut of = vec![0_u8; most];
        for (number, camp) in camps.iter().enumerate() {
            for power in camp {
                of[power.index()] = u8::try_from(number).unwrap_or(0);
            }
        }
        let foes = camps
            .iter()
            .map(|camp| {
                let mut mask = 0_u64;
                for (number, other) in camps.iter().enumerate() {
                    let pair = camp.first().zip(other.first());
                    if pair.is_some_and(|(a, b)| hostile(regards, *a, *b)) {
                        mask |= 1 << number;
                    }
                }
                mask
            })
            .collect();
        Camps { of, foes }
    }

    pub fn len(&self) -> usize {
        self.foes.len()
    }

    pub fn of(&self, power: PowerId) -> u8 {
        self.of.get(power.index()).copied().unwrap_or(0)
    }

    /// Is anybody here anybody's enemy?
    pub fn any_foes(&self) -> bool {
        self.foes.iter().any(|mask| *mask != 0)
    }
}
