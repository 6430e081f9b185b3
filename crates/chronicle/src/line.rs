//! One event in one line, for trees of causes, lives and lists. Plain and exact, with the moment in front.

use crate::names::Names;
use crate::words;
use jumpline_world::event::{Event, How, What, Why};
use jumpline_world::law::Part;
use jumpline_world::order::{Answer, Task};
use jumpline_world::state::Fate;

/// The event in one line: "7 May 2470 04:10, off Pagalis: the Hycre …".
pub fn line(names: &Names, event: &Event) -> String {
    let when = names.law.calendar.long(event.at);
    match event.body {
        Some(body) => format!("{when}, {}: {}", names.at(body), what(names, &event.what)),
        None => format!("{when}: {}", what(names, &event.what)),
    }
}

/// Why a group broke off, after a comma.
pub fn why(why: Why) -> &'static str {
    match why {
        Why::Ordered => "as ordered",
        Why::Losses => "having lost too many",
        Why::Odds => "the odds having turned",
        Why::Hurt => "its greatest ship being hurt",
        Why::Done => "its work done",
        Why::Spent => "having nothing left to fight with",
        Why::Rout => "in a rout",
    }
}

/// A part's name.
pub fn part(part: Part) -> &'static str {
    match part {
        Part::Engine => "engine",
        Part::GravityDrive => "gravity drive",
        Part::Gun => "gun mount",
        Part::Emitter => "shield emitter",
        Part::Sensor => "sensor",
        Part::Pylon => "pylon",
        Part::Bridge => "bridge",
        Part::Hangar => "hangar",
    }
}

/// What one task is, as somebody would tell it: "to hold over Varasiss".
pub fn task(names: &Names, task: &Task) -> String {
    match task {
        Task::Hold { .. } => "to hold".to_owned(),
        Task::Move { to, .. } => format!("to move to {}", names.body(*to)),
        Task::Guard { body, .. } => format!("to guard {}", names.body(*body)),
        Task::Ambush { from, to, .. } => {
            format!(
                "to lie in ambush on the line from {} to {}",
                names.body(*from),
                names.body(*to)
            )
        }
        Task::Intercept { .. } => "to intercept a contact".to_owned(),
        Task::Hunt { .. } => "to hunt".to_owned(),
        Task::Raid { body, .. } => format!("to raid {}", names.body(*body)),
        Task::Escort { group } => format!("to escort {}", names.group(*group)),
        Task::Assault { body, .. } => format!("to attack at {}", names.body(*body)),
        Task::LayMines { from, to, count, .. } => format!(
            "to lay {} on the line from {} to {}",
            words::counted_exactly(*count, "mine"),
            names.body(*from),
            names.body(*to)
        ),
        Task::RecoverMines { .. } => "to take up mines".to_owned(),
        Task::Load { group } => format!("to take {} aboard", names.group(*group)),
        Task::Unload => "to put out what it carries".to_owned(),
        Task::Land { body, .. } => format!("to land on {}", names.body(*body)),
        Task::Withdraw { to: Some(to) } => format!("to withdraw to {}", names.body(*to)),
        Task::Withdraw { to: None } => "to withdraw".to_owned(),
        Task::Detach { name, ships } => {
            format!("to detach {} as {name}", words::counted_exactly(ships.len() as i64, "ship"))
        }
        Task::Merge { into } => format!("to join {}", names.group(*into)),
        Task::Tow { ship, to } => format!("to tow {} to {}", names.ship(*ship), names.body(*to)),
        Task::Patrol { body, .. } => format!("to patrol round {}", names.body(*body)),
        Task::Salvage { body } => format!("to salvage wrecks at {}", names.body(*body)),
        Task::Depart { star } => format!("to leave by {}", names.body(*star)),
    }
}

fn craft(n: u32) -> String {
    format!("{} craft", words::exact(i64::from(n)))
}

fn people_of(n: i64) -> String {
    if n == 1 { "one survivor".to_owned() } else { format!("{} survivors", words::exact(n)) }
}

/// What happened, without when and where.
pub fn what(names: &Names, what: &What) -> String {
    let ships = |n: u32| words::counted_exactly(i64::from(n), "ship");
    match what {
        What::OperationBegan { operation, power, .. } => {
            let name = names.law.plan.operations.get(*operation as usize);
            format!(
                "{} began {}",
                names.power(*power),
                name.map_or("an operation", |operation| &operation.name)
            )
        }
        What::OperationEnded { operation, power } => {
            let name = names.law.plan.operations.get(*operation as usize);
            format!(
                "{} ended {}",
                names.power(*power),
                name.map_or("an operation", |operation| &operation.name)
            )
        }
        What::OrderTaken { group, task: given, .. } => {
            format!("{} was ordered {}", names.group(*group), task(names, given))
        }
        What::OrderRefused { power, group, refusal, .. } => match group {
            Some(group) => format!("an order to {} was refused: {refusal}", names.group(*group)),
            None => format!("an order of {} was refused: {refusal}", names.power(*power)),
        },
        What::Asked { from, to, body, .. } => {
            format!(
                "{} asked {} for help {}",
                names.power(*from),
                names.power(*to),
                names.at(*body)
            )
        }
        What::Answered { from, to, answer, .. } => {
            let word = match answer {
                Answer::Agree => "agreed to what",
                Answer::Hesitate => "hesitated over what",
                Answer::Refuse => "refused what",
            };
            // `from` answers or asked: the answer goes back to the other.
            format!("{} {word} {} asked", names.power(*to), names.power(*from))
        }
        What::ForceArrived { group, power, ships: n } => {
            format!(
                "{} of {} came into the war with {}",
                names.group(*group),
                names.power(*power),
                ships(*n)
            )
        }
        What::Built { ship, power, class } => {
            format!("{} entered service", names.ship_of(*ship, *power, *class))
        }
        What::GroupDeparted { group, from, to, ships: n, .. } => format!(
            "{} ({}) left {} for {}",
            names.group(*group),
            ships(*n),
            names.body(*from),
            names.body(*to)
        ),
        What::GroupArrived { group, body, ships: n, .. } => {
            format!("{} ({}) reached {}", names.group(*group), ships(*n), names.body(*body))
        }
        What::Sighted { power, of, ships: n, .. } => {
            format!("{} sighted {} of {}", names.power(*power), ships(*n), names.power(*of))
        }
        What::LostSight { power, of, .. } => {
            format!("{} lost sight of ships of {}", names.power(*power), names.power(*of))
        }
        What::BattleBegan { powers, ships: n, .. } => {
            let powers: Vec<&str> = powers.iter().map(|power| names.power(*power)).collect();
            format!("a battle began with {} of {}", ships(*n), words::list(&powers))
        }
        What::BattleJoined { group, ships: n, .. } => {
            format!("{} joined the battle with {}", names.group(*group), ships(*n))
        }
        What::BattleEnded { duration_s, .. } => {
            format!("the battle ended after {}", words::span(*duration_s))
        }
        What::ShipLost { ship, power, class, how, by, .. } => {
            let lost = names.ship_of(*ship, *power, *class);
            match (by, how) {
                (Some(by), _) => format!("{lost} was lost to {}", names.ship(*by)),
                (None, How::Weapon(_)) => format!("{lost} was shot to pieces"),
                (None, how) => format!("{lost} was lost to {}", names.how(*how)),
            }
        }
        What::ShipWounded { ship, power, class, .. } => {
            format!("{} was hit", names.ship_of(*ship, *power, *class))
        }
        What::ShieldsDown { ship, power, class, .. } => {
            format!("the shields of {} fell", names.ship_of(*ship, *power, *class))
        }
        What::PartLost { ship, power, class, part: broken, .. } => {
            format!("{} lost {}", names.ship_of(*ship, *power, *class), words::a(part(*broken)))
        }
        What::FieldLit { ship, power, class } => {
            format!("{} lit her field", names.ship_of(*ship, *power, *class))
        }
        What::FieldDark { ship, power, class } => {
            format!("the field of {} went out", names.ship_of(*ship, *power, *class))
        }
        What::Routed { group, ships: n, .. } => {
            format!("{} broke and ran with {}", names.group(*group), ships(*n))
        }
        What::Rallied { group, ships: n, .. } => {
            format!("{} stood again with {}", names.group(*group), ships(*n))
        }
        What::Withdrew { group, ships: n, why: reason, .. } => {
            format!("{} broke off with {}, {}", names.group(*group), ships(*n), why(*reason))
        }
        What::Struck { group, quarry, .. } => format!(
            "{} came upon its quarry, {}",
            names.group(*group),
            words::a(names.class(*quarry))
        ),
        What::MinesLaid { power, count, .. } => {
            format!("{} laid {}", names.power(*power), words::counted_exactly(*count, "mine"))
        }
        What::MinesStruck { ship, power, class, hits, drives_lost, .. } => format!(
            "{} ran through mines: {} and {} lost",
            names.ship_of(*ship, *power, *class),
            words::counted_exactly(*hits, "hit"),
            words::counted_exactly(i64::from(*drives_lost), "gravity drive")
        ),
        What::MinesScattered { count, .. } => {
            format!("{} drifted off", words::counted_exactly(*count, "mine"))
        }
        What::MinesRecovered { power, laid, recovered, .. } => format!(
            "{} took up {} of {}",
            names.power(*power),
            words::exact(*recovered),
            words::counted_exactly(*laid, "mine")
        ),
        What::OffLine { ship, power, class, .. } => {
            format!("{} jumped on no proper line", names.ship_of(*ship, *power, *class))
        }
        What::Overshot { ship, power, class, by_m } => format!(
            "{} overshot by {} km",
            names.ship_of(*ship, *power, *class),
            words::figures(by_m / 1_000)
        ),
        What::BrakingFailed { ship, power, class, seen } => format!(
            "{} could not brake and struck {}",
            names.ship_of(*ship, *power, *class),
            if *seen { "before witnesses" } else { "with nobody there to see it" }
        ),
        What::Falling { ship, power, class, .. } => {
            format!("{} began to fall", names.ship_of(*ship, *power, *class))
        }
        What::Pushed { ship, power, class, pushers, saved } => format!(
            "{} tried to push {} out and {}",
            ships(*pushers),
            names.ship_of(*ship, *power, *class),
            if *saved { "saved her" } else { "failed" }
        ),
        What::Unloaded { group, ships: n, .. } => {
            format!("{} of {} were put out", ships(*n), names.group(*group))
        }
        What::Loaded { group, ships: n, .. } => {
            format!("{} of {} went aboard", ships(*n), names.group(*group))
        }
        What::LandingBegan { group, ships: n, .. } => {
            format!("{} began to run for the ground with {}", names.group(*group), ships(*n))
        }
        What::ReachedAir { ship, power, class, .. } => {
            format!("{} reached the air", names.ship_of(*ship, *power, *class))
        }
        What::Landed { ship, power, class, .. } => {
            format!("{} stood on the ground", names.ship_of(*ship, *power, *class))
        }
        What::Foothold { power, body, .. } => {
            format!("{} had a foothold on {}", names.power(*power), names.body(*body))
        }
        What::SiteShield { power, .. } => {
            format!("a shield stood over a landing site of {}", names.power(*power))
        }
        What::Towed { ship, power, class, by } => format!(
            "{} was taken in tow by {}",
            names.ship_of(*ship, *power, *class),
            names.ship(*by)
        ),
        What::Departed { ship, power, class } => {
            format!("{} left the theatre", names.ship_of(*ship, *power, *class))
        }
        What::CrashLanded { ship, power, class, survivors } => format!(
            "the wreck of {} came down with {} alive",
            names.ship_of(*ship, *power, *class),
            words::exact(*survivors)
        ),
        What::Launched { group, carrier, ships: n, .. } => {
            format!("{} put out {}, {}", names.ship(*carrier), names.group(*group), craft(*n))
        }
        What::Recovered { group, carrier, ships: n, .. } => {
            format!("{} took in {}, {}", names.ship(*carrier), names.group(*group), craft(*n))
        }
        What::Rearmed { group, ships: n, .. } => {
            format!("{} was fit to fly again with {}", names.group(*group), craft(*n))
        }
        What::Stranded { group, ships: n, .. } => {
            format!("{} was stranded with {}: no carrier had room", names.group(*group), craft(*n))
        }
        What::Sparred { group, .. } => {
            format!("{} sparred with others of its side", names.group(*group))
        }
        What::BoatsLeft { ship, power, class, people } => {
            format!("{} left {} in boats", people_of(*people), names.ship_of(*ship, *power, *class))
        }
        What::PickedUp { ship, power, class, by, of, people } => {
            let by = match by {
                Some(by) => names.ship(*by),
                None => format!("{} on the ground", names.power(*of)),
            };
            format!(
                "{} of {} found a place with {by}",
                people_of(*people),
                names.ship_of(*ship, *power, *class)
            )
        }
        What::Perished { ship, power, class, people } => format!(
            "nobody came for {} of {}",
            people_of(*people),
            names.ship_of(*ship, *power, *class)
        ),
        What::Salvaged { wreck, group, points, .. } => format!(
            "{} mended itself from the wreck of {}: {} of hull and parts",
            names.group(*group),
            names.ship(*wreck),
            words::counted_exactly(*points, "point")
        ),
        What::Deflected { ship, power, class, pushers, by_m } => format!(
            "{} turned {} aside by {} km in her fall",
            ships(*pushers),
            names.ship_of(*ship, *power, *class),
            words::figures(by_m / 1_000)
        ),
        What::CameDown { ship, power, class, holder, missed } => format!(
            "{} came down {} {}",
            names.ship_of(*ship, *power, *class),
            if *missed { "clear of" } else { "on" },
            names.power(*holder)
        ),
        What::WorldShield { ship, power, class, up } => format!(
            "the planetary shield of {} {}",
            names.ship_of(*ship, *power, *class),
            if *up { "stood" } else { "was open" }
        ),
        What::KeptOut { group, ships: n, by, .. } => format!(
            "the planetary shield of {} kept {} out with {}",
            names.power(*by),
            names.group(*group),
            ships(*n)
        ),
        What::Person { person, fate, .. } => {
            let name = names.cast.people.get(person.index()).map_or("somebody", |one| &one.name);
            match fate {
                Fate::Aboard(ship) => format!("{name} was aboard {}", names.ship(*ship)),
                Fate::Adrift(ship) => {
                    format!("{name} was adrift in the wreck of {}", names.ship(*ship))
                }
                Fate::Ground(body) => format!("{name} was on the ground of {}", names.body(*body)),
                Fate::Away => format!("{name} left the theatre"),
                Fate::Dead => format!("{name} died"),
            }
        }
        What::Regrouped { from, into, ships: n, .. } => {
            format!("{} of {} joined {}", ships(*n), names.group(*from), names.group(*into))
        }
    }
}
