//! The running account: every ship, person, mine and shot that ever came into the war and where it went. Doers book
//! into it as things happen; [`audit`] counts the state afresh and names every difference.

use crate::law::Law;
use crate::state::{State, Status};
use jumpline_measure::{ClassId, PowerId};
use serde::{Deserialize, Serialize};

/// Ships of one power and class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the columns of the table of forces")]
pub struct Row {
    pub opening: i64,
    pub built: i64,
    pub arrived: i64,
    pub lost: i64,
    pub departed: i64,
}

impl Row {
    /// What should be present.
    pub fn balance(&self) -> i64 {
        self.opening + self.built + self.arrived - self.lost - self.departed
    }
}

/// Things that come in with ships and go out in some way, per power.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// Came into the war.
    pub brought: i64,
    /// Died, fired or struck.
    pub spent: i64,
    /// Lost with ships (mines and shots) or living as survivors off their ships (people).
    pub apart: i64,
    /// Left the theatre.
    pub departed: i64,
    /// Drifted off (mines).
    pub scattered: i64,
    /// Taken up from other powers' wrecks, less those whom others took up (people).
    pub moved: i64,
    /// Joined those who hold the ground (people, counted in `apart` no longer).
    pub ashore: i64,
}

/// The whole account.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ledger {
    /// Ships: by power, then by class.
    pub ships: Vec<Vec<Row>>,
    /// People aboard ships, by power.
    pub people: Vec<Account>,
    /// Mines, by power.
    pub mines: Vec<Account>,
    /// Shots of batteries that can run out, by power.
    pub shots: Vec<Account>,
}

/// One difference between the account and the state.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Imbalance {
    /// What does not balance ("ships of Kvash battleship").
    pub what: String,
    /// What the account says.
    pub account: i64,
    /// What the state holds.
    pub state: i64,
}

impl Ledger {
    /// An empty account for a law.
    pub fn new(law: &Law) -> Ledger {
        let powers = law.codex.powers.len();
        let classes = law.codex.classes.len();
        Ledger {
            ships: vec![vec![Row::default(); classes]; powers],
            people: vec![Account::default(); powers],
            mines: vec![Account::default(); powers],
            shots: vec![Account::default(); powers],
        }
    }

    /// The row of a power and class.
    pub fn row(&mut self, power: PowerId, class: ClassId) -> &mut Row {
        &mut self.ships[power.index()][class.index()]
    }
}

/// Shots that can run out, summed over a ship's batteries.
pub fn finite_shots(shots: &[i32; 4]) -> i64 {
    shots.iter().filter(|left| **left >= 0).map(|left| i64::from(*left)).sum()
}

/// Counts the state afresh and compares it with the account.
pub fn audit(law: &Law, state: &State) -> Vec<Imbalance> {
    let powers = law.codex.powers.len();
    let classes = law.codex.classes.len();
    let mut ships = vec![vec![0_i64; classes]; powers];
    let mut people = vec![0_i64; powers];
    let mut mines = vec![0_i64; powers];
    let mut shots = vec![0_i64; powers];
    for ship in &state.ships {
        if !ship.exists() {
            continue;
        }
        let power = ship.power.index();
        ships[power][ship.class.index()] += 1;
        people[power] += ship.people;
        mines[power] += ship.mines;
        shots[power] += finite_shots(&ship.shots);
    }
    // A ship in battle fires from the battle's columns; her record is refreshed at every beat.
    for engagement in state.engagements.values() {
        for (row, id) in engagement.columns.id.iter().enumerate() {
            let ship = state.ship(*id);
            if ship.exists() && ship.status == Status::Present {
                let power = ship.power.index();
                shots[power] -= finite_shots(&ship.shots);
                shots[power] += finite_shots(&engagement.columns.shots[row]);
            }
        }
    }
    for field in &state.fields {
        mines[field.power.index()] += field.live;
    }
    let mut castaways = vec![0_i64; powers];
    for wreck in &state.wrecks {
        castaways[wreck.power.index()] += wreck.people;
    }
    let mut found = Vec::new();
    let mut check = |what: String, account: i64, state: i64| {
        if account != state {
            found.push(Imbalance { what, account, state });
        }
    };
    for power in 0..powers {
        let adjective = &law.codex.powers[power].adjective;
        let rows = state.ledger.ships[power].iter().zip(&ships[power]);
        for (class, (row, counted)) in law.codex.classes.iter().zip(rows) {
            check(format!("ships: {adjective}, {}", class.name), row.balance(), *counted);
        }
        let left = |account: &Account| {
            account.brought + account.moved
                - account.spent
                - account.apart
                - account.departed
                - account.scattered
                - account.ashore
        };
        check(
            format!("people aboard: {adjective}"),
            left(&state.ledger.people[power]),
            people[power],
        );
        check(
            format!("castaways: {adjective}"),
            state.ledger.people[power].apart,
            castaways[power],
        );
        check(format!("mines: {adjective}"), left(&state.ledger.mines[power]), mines[power]);
        check(format!("shots: {adjective}"), left(&state.ledger.shots[power]), shots[power]);
    }
    let (homeless, crowded) = berths(law, state);
    check("ships aboard nobody".to_owned(), 0, homeless);
    check("berths overfilled".to_owned(), 0, crowded);
    let moved: i64 = state.ledger.people.iter().map(|account| account.moved).sum();
    check("people who changed ships between powers".to_owned(), 0, moved);
    for field in &state.fields {
        check(
            format!("minefield {}", field.id.0),
            field.laid,
            field.live + field.spent + field.scattered + field.recovered,
        );
    }
    found
}

/// Ships that are aboard a ship which is no more, and berths taken beyond those there are.
fn berths(law: &Law, state: &State) -> (i64, i64) {
    let mut homeless = 0;
    let mut used = std::collections::BTreeMap::new();
    for ship in state.ships.iter().filter(|ship| ship.status == Status::Aboard) {
        match ship.carrier.and_then(|carrier| state.ships.get(carrier.index())) {
            Some(carrier) if carrier.exists() => {
                let size = law.codex.class(ship.class).berth_size.max(1);
                *used.entry(carrier.id).or_insert(0_i64) += size;
            }
            _ => homeless += 1,
        }
    }
    let over = |(carrier, used): (&jumpline_measure::ShipId, &i64)| {
        (used - law.codex.class(state.ship(*carrier).class).berths).max(0)
    };
    (homeless, used.iter().map(over).sum())
}
