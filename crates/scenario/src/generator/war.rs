//! Powers, their alliances and quarrels, their forces, and what each intends.

use std::fmt::Write as _;

use jumpline_measure::{Calendar, Span, Time};

use crate::generator::draw::{About, Draw};
use crate::generator::galaxy::Galaxy;
use crate::generator::names::Names;
use crate::generator::tables::{self, ALLIANCES, FLEETS, Fleet, HOME, STRIKE, WAR_DAYS, YARDS};

struct Power {
    name: String,
    key: String,
    /// Which alliance, or on its own.
    bloc: Option<usize>,
}

/// The files beside the chart.
pub(crate) fn files(
    galaxy: &Galaxy,
    seed: u64,
    draw: &Draw,
    names: &mut Names,
) -> Vec<(String, String)> {
    let powers = powers(galaxy, draw, names);
    let (forces, plans) = (forces(galaxy, &powers, draw), plans(galaxy, &powers, draw));
    vec![
        ("scenario.toml".to_owned(), scenario(galaxy, &powers, seed)),
        ("powers.toml".to_owned(), powers_file(galaxy, &powers, draw)),
        ("forces.toml".to_owned(), forces),
        ("plans.toml".to_owned(), plans),
    ]
}

/// The date a number of days and hours after the opening.
fn date(days: i64, hours: i64) -> String {
    let time = Time(0) + Span::DAY * days + Span::HOUR * hours;
    Calendar::parse_epoch(tables::EPOCH).map_or_else(|_| tables::EPOCH.to_owned(), |c| c.iso(time))
}

fn scenario(galaxy: &Galaxy, powers: &[Power], seed: u64) -> String {
    let (systems, count) = (galaxy.systems.len(), powers.len());
    let plural = if systems == 1 { "" } else { "s" };
    format!(
        "# Made by `jumpline new` from {systems} system{plural}, {count} powers and seed {seed}. It is yours to change.\n\
         format = 1\n\n[scenario]\ntitle = \"The War of {count} Powers\"\nruleset = \"core\"\nepoch = \"{}\"\n\
         ends = \"{}\"\nturn = \"1 d\"\nsummary = \"{count} powers quarrel over {systems} system{plural}.\"\n",
        tables::EPOCH,
        date(WAR_DAYS, 0),
    )
}

/// Powers with names; from four on they stand in alliances of neighbours.
fn powers(galaxy: &Galaxy, draw: &Draw, names: &mut Names) -> Vec<Power> {
    let count = galaxy.homes.len();
    let blocs = match count {
        0..=3 => 0,
        4..=11 => 2,
        12..=23 => 3,
        _ => 4,
    };
    // The leaders of the blocs are the first powers, which live far apart; the others follow the nearest leader
    // that still has room, so that blocs differ by one member at most.
    let room = count.div_ceil(blocs.max(1));
    let mut members = vec![0usize; blocs];
    let mut out = Vec::with_capacity(count);
    for power in 0..count {
        let bloc = if power < blocs {
            Some(power)
        } else {
            let open = (0..blocs).filter(|bloc| members.get(*bloc).is_some_and(|n| *n < room));
            let home = galaxy.homes.get(power).copied().unwrap_or(0);
            open.min_by_key(|bloc| {
                let leader = galaxy.homes.get(*bloc).copied().unwrap_or(0);
                (galaxy.apart2(home, leader), *bloc)
            })
        };
        if let Some(count) = bloc.and_then(|bloc| members.get_mut(bloc)) {
            *count += 1;
        }
        let (name, key) = names.draw(draw, 1_000_000 + power, &tables::POWER_SYLLABLES);
        out.push(Power { name, key, bloc });
    }
    out
}

fn hostile(one: &Power, other: &Power) -> bool {
    one.key != other.key && (one.bloc.is_none() || one.bloc != other.bloc)
}

fn powers_file(galaxy: &Galaxy, powers: &[Power], draw: &Draw) -> String {
    let mut out = String::from("# Who lives where, how well they fight, and with what mind.\n");
    for (number, power) in powers.iter().enumerate() {
        let Power { name, key, .. } = power;
        let skill = |nth: u32| 850 + 10 * draw.between(About::Mind, number, nth, 0, 30);
        let mind = |nth: u32| 50 * draw.between(About::Mind, number, nth, 4, 18);
        let home = galaxy.home_key(number);
        let holds: Vec<String> =
            held(galaxy, number).into_iter().map(|body| format!("\"{body}\"")).collect();
        let yards: Vec<String> = YARDS
            .iter()
            .map(|(class, every)| {
                format!("{{ body = \"{home}\", class = \"{class}\", every = \"{every}\" }}")
            })
            .collect();
        let _ = writeln!(
            out,
            "\n[power.{key}]\nname = \"the {name}\"\nadjective = \"{name}\"\ngunnery_permille = {}\n\
             piloting_permille = {}\nnavigation_permille = {}\nreaction = \"{} s\"\n\
             mind = {{ aggression_permille = {}, caution_permille = {}, loyalty_permille = {}, \
             patience_permille = {}, ruthlessness_permille = {} }}\nholds = [{}]\nyards = [\n  {},\n]",
            skill(0),
            skill(1),
            skill(2),
            30 * draw.between(About::Mind, number, 3, 1, 8),
            mind(4),
            mind(5),
            mind(6),
            mind(7),
            mind(8),
            holds.join(", "),
            yards.join(",\n  "),
        );
    }
    for (bloc, (key, name)) in ALLIANCES.iter().enumerate() {
        let members: Vec<&Power> = powers.iter().filter(|power| power.bloc == Some(bloc)).collect();
        let Some(leader) = members.first() else { continue };
        let list: Vec<String> = members.iter().map(|power| format!("\"{}\"", power.key)).collect();
        let _ = writeln!(
            out,
            "\n[alliance.{key}]\nname = \"{name}\"\nmembers = [{}]\nleader = \"{}\"",
            list.join(", "),
            leader.key
        );
    }
    relations(&mut out, powers);
    out
}

/// Bodies that a power holds: its home, then the first planets of the systems that are nearer to it than to any
/// other power.
fn held(galaxy: &Galaxy, power: usize) -> Vec<String> {
    let mut out = vec![galaxy.home_key(power)];
    for (number, system) in galaxy.systems.iter().enumerate() {
        if !system.homes.is_empty() || system.planets == 0 {
            continue;
        }
        let distance = |home: &usize| galaxy.apart2(*home, number);
        let nearest =
            galaxy.homes.iter().enumerate().min_by_key(|(owner, home)| (distance(home), *owner));
        if nearest.map(|(owner, _)| owner) == Some(power) {
            out.push(galaxy.planet_key(number, 0));
        }
    }
    out
}

fn relations(out: &mut String, powers: &[Power]) {
    let mut state = |one: &str, other: &str| {
        let _ = writeln!(
            out,
            "\n[[relation]]\none = \"{one}\"\nother = \"{other}\"\nregard = \"hostile\""
        );
    };
    if powers.iter().any(|power| power.bloc.is_some()) {
        let blocs = powers.iter().filter_map(|power| power.bloc).max().map_or(0, |most| most + 1);
        let blocs = &ALLIANCES[..blocs.min(ALLIANCES.len())];
        for (number, (one, _)) in blocs.iter().enumerate() {
            for (other, _) in blocs.iter().skip(number + 1) {
                state(one, other);
            }
        }
    } else {
        for (number, one) in powers.iter().enumerate() {
            for other in powers.iter().skip(number + 1) {
                state(&one.key, &other.key);
            }
        }
    }
}

fn forces(galaxy: &Galaxy, powers: &[Power], draw: &Draw) -> String {
    let mut out = String::from("# What stands where when the war opens.\n");
    for (number, power) in powers.iter().enumerate() {
        let home = galaxy.home_key(number);
        let star = galaxy.star_key(galaxy.homes.get(number).copied().unwrap_or(0));
        for (nth, fleet) in (0u32..).zip(&FLEETS) {
            let Fleet { key, name, altitude, toward_star, split, ships } = fleet;
            let bearing = match toward_star {
                true => format!("toward = \"{star}\""),
                false => {
                    format!("longitude_udeg = \"{} deg\"", (number * 37 + nth as usize * 120) % 360)
                }
            };
            let ships: Vec<String> = (0u32..)
                .zip(*ships)
                .map(|(kind, (class, count))| {
                    let spread = count / 4;
                    let count = count
                        + draw.between(About::Fleet, number, nth * 16 + kind, -spread, spread);
                    format!("{{ class = \"{class}\", count = {count} }}")
                })
                .collect();
            let _ = writeln!(
                out,
                "\n[force.{}-{key}]\nname = \"{} {name}\"\npower = \"{}\"\nbody = \"{home}\"\n\
                 spot = {{ altitude_m = \"{altitude}\", {bearing} }}\nsplit = {split}\nships = [{}]",
                power.key,
                power.name,
                power.key,
                ships.join(", "),
            );
        }
    }
    out
}

/// Each power guards its home and strikes at the nearest enemy; with its allies it strikes later and together.
fn plans(galaxy: &Galaxy, powers: &[Power], draw: &Draw) -> String {
    let mut out =
        String::from("# What each mind intends. A person who plays a power may ignore it.\n");
    for (number, power) in powers.iter().enumerate() {
        let Power { name, key, .. } = power;
        let home = galaxy.home_key(number);
        let star = galaxy.star_key(galaxy.homes.get(number).copied().unwrap_or(0));
        let _ = writeln!(
            out,
            "\n[operation.{key}-guard]\nname = \"Guard {}\"\npower = \"{key}\"\nforces = [\"{key}-{HOME}\"]\n\
             begin = {{ at = \"{}\" }}\ntasks = [{{ do = \"guard\", body = \"{home}\", spot = {{ altitude_m = \"2000 km\", \
             toward = \"{star}\" }} }}]\nreason = \"The homeworld must not fall.\"",
            galaxy.home_name(number),
            date(0, 0),
        );
        let Some(enemy) = nearest_enemy(galaxy, powers, number) else { continue };
        let (target, foe) =
            (galaxy.home_key(enemy), powers.get(enemy).map_or("", |power| power.name.as_str()));
        let day = draw.between(About::Plan, number, 0, 1, 20);
        let hour = draw.between(About::Plan, number, 1, 0, 23);
        let _ = writeln!(
            out,
            "\n[operation.{key}-strike]\nname = \"Strike at the {foe}\"\npower = \"{key}\"\n\
             forces = [\"{key}-{STRIKE}\"]\nbegin = {{ at = \"{}\" }}\ntasks = [\n  {{ do = \"assault\", body = \"{target}\" }},\n  \
             {{ do = \"withdraw\", to = \"{home}\" }},\n]\nreason = \"The {foe} are the nearest enemy of the {name}.\"",
            date(day, hour),
        );
    }
    let _ = writeln!(
        out,
        "\n[expectation.fought]\nsays = \"the war is fought: ships are lost\"\nleast = 1\nmost = 1000000\n\
         across = \"every\"\ncount = {{ event = \"ship_lost\" }}"
    );
    out
}

fn nearest_enemy(galaxy: &Galaxy, powers: &[Power], number: usize) -> Option<usize> {
    let power = powers.get(number)?;
    let home = galaxy.homes.get(number).copied()?;
    let enemies = powers.iter().enumerate().filter(|(_, other)| hostile(power, other));
    let nearest = enemies.min_by_key(|(other, _)| {
        let there = galaxy.homes.get(*other).copied().unwrap_or(0);
        (galaxy.apart2(home, there), *other)
    });
    nearest.map(|(other, _)| other)
}
