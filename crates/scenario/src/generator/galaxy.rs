//! Stars in clusters in a thin disc, every one within a jump of another, with planets and moons.

use std::fmt::Write as _;

use crate::generator::draw::{About, Draw};
use crate::generator::names::{Names, roman};
use crate::generator::tables;

/// Systems in one cluster, about.
const CLUSTER: usize = 24;
/// No two stars nearer than this, thousandths of a light-year.
const APART_MLY: i64 = 2_500;
/// A new star in a cluster is at most this far from another.
const NEAR_MLY: i64 = 6_500;
/// A new cluster begins at most this far from an old star: within one jump.
const FAR_MLY: i64 = 11_000;
/// Systems in one file.
const SYSTEMS_PER_FILE: usize = 400;
/// Planets in all systems together, about: large galaxies have barer systems.
const PLANETS_IN_ALL: usize = 9_000;

/// A system as it will be written.
pub(crate) struct System {
    pub(crate) name: String,
    pub(crate) key: String,
    pub(crate) position_mly: [i64; 3],
    pub(crate) stars: u32,
    pub(crate) planets: usize,
    /// Powers that live here, one planet each: the first planets are theirs.
    pub(crate) homes: Vec<usize>,
}

/// All systems, and where each power lives.
pub(crate) struct Galaxy {
    pub(crate) systems: Vec<System>,
    /// The home system of each power.
    pub(crate) homes: Vec<usize>,
    seed_draw: Vec<Vec<u32>>,
}

impl Galaxy {
    /// Grows a galaxy star by star.
    pub(crate) fn grow(count: usize, powers: usize, draw: &Draw, names: &mut Names) -> Galaxy {
        let mut places: Vec<[i64; 3]> = Vec::with_capacity(count);
        let mut clusters: Vec<Vec<usize>> = vec![Vec::new()];
        for number in 0..count {
            let (place, cluster) = next_place(number, &places, &clusters, draw);
            if cluster == clusters.len() {
                clusters.push(Vec::new());
            }
            if let Some(members) = clusters.get_mut(cluster) {
                members.push(number);
            }
            places.push(place);
        }
        let homes = homes(&places, powers);
        let planets_most = (PLANETS_IN_ALL / count).clamp(1, 6);
        let mut systems = Vec::with_capacity(count);
        for (number, position_mly) in places.iter().enumerate() {
            let (name, key) = names.draw(draw, number, &tables::STAR_SYLLABLES);
            let homes_here: Vec<usize> =
                (0..powers).filter(|power| homes.get(*power) == Some(&number)).collect();
            let least = if homes_here.is_empty() { 0 } else { 2.min(planets_most as i64) };
            let drawn = draw.between(About::Planets, number, 0, least, planets_most as i64);
            let planets = (usize::try_from(drawn).unwrap_or(0)).max(homes_here.len());
            let stars = 1 + u32::from(draw.below(About::Star, number, 0, 8) == 0);
            systems.push(System {
                name,
                key,
                position_mly: *position_mly,
                stars,
                planets,
                homes: homes_here,
            });
        }
        let seed_draw = (0..count)
            .map(|system| {
                (0..400).map(|n| draw.below(About::Moons, system, n, 1_000_000)).collect()
            })
            .collect();
        Galaxy { systems, homes, seed_draw }
    }

    /// The key of a system's planet, from 0.
    pub(crate) fn planet_key(&self, system: usize, planet: usize) -> String {
        let key = self.systems.get(system).map_or("", |system| system.key.as_str());
        format!("{key}-{}", planet + 1)
    }

    /// The key of a system's first star.
    pub(crate) fn star_key(&self, system: usize) -> String {
        let key = self.systems.get(system).map_or("", |system| system.key.as_str());
        format!("{key}-star")
    }

    /// The planet that is a power's home.
    pub(crate) fn home_key(&self, power: usize) -> String {
        let system = self.homes.get(power).copied().unwrap_or(0);
        let planet = self
            .systems
            .get(system)
            .and_then(|system| system.homes.iter().position(|home| *home == power))
            .unwrap_or(0);
        self.planet_key(system, planet)
    }

    /// The name of the planet that is a power's home.
    pub(crate) fn home_name(&self, power: usize) -> String {
        let system = self.homes.get(power).and_then(|system| self.systems.get(*system));
        let Some(system) = system else { return String::new() };
        let planet = system.homes.iter().position(|home| *home == power).unwrap_or(0);
        planet_name(system, planet)
    }

    /// The square of the distance between two systems, square thousandths of a light-year.
    pub(crate) fn apart2(&self, one: usize, other: usize) -> i64 {
        match (self.systems.get(one), self.systems.get(other)) {
            (Some(one), Some(other)) => apart2(&one.position_mly, &other.position_mly),
            _ => i64::MAX,
        }
    }

    /// The chart, some hundreds of systems a file.
    pub(crate) fn files(&self) -> Vec<(String, String)> {
        let chunks = self.systems.chunks(SYSTEMS_PER_FILE).enumerate();
        chunks
            .map(|(number, systems)| {
                let mut out = String::from("# Systems, stars, planets and moons.\n");
                for (offset, system) in systems.iter().enumerate() {
                    self.write(&mut out, number * SYSTEMS_PER_FILE + offset, system);
                }
                (format!("chart-{:02}.toml", number + 1), out)
            })
            .collect()
    }

    fn roll(&self, system: usize, nth: usize, below: u32) -> u32 {
        let drawn = self.seed_draw.get(system).and_then(|draws| draws.get(nth % 400));
        drawn.map_or(0, |drawn| drawn % below.max(1))
    }

    fn write(&self, out: &mut String, number: usize, system: &System) {
        let System { name, key, position_mly: [x, y, z], stars, .. } = system;
        let _ =
            writeln!(out, "\n[system.{key}]\nname = \"{name}\"\nposition_mly = [{x}, {y}, {z}]");
        // A pair goes round its common centre far inside the first planet.
        let mass = 60 + self.roll(number, 0, 100);
        let phase = self.roll(number, 1, 360);
        for star in 0..*stars {
            let (suffix, word) = if star == 0 { ("", "") } else { ("-b", " B") };
            let share = if star == 0 { mass } else { mass / 2 };
            let _ = writeln!(
                out,
                "[body.{key}-star{suffix}]\nname = \"{name}{word}\"\nsystem = \"{key}\"\nkind = \"star\"\n\
                 mass_pt = \"{}.{:02} suns\"\nradius_m = \"{} Mm\"\nair_m = \"10 Mm\"",
                share / 100,
                share % 100,
                400 + share * 3,
            );
            if *stars > 1 {
                let (arm, phase) = if star == 0 { (5, phase) } else { (10, (phase + 180) % 360) };
                let _ = writeln!(
                    out,
                    "orbit = {{ semi_major_m = \"{arm} Gm\", period_s = \"20 d\", phase_udeg = \"{phase} deg\" }}"
                );
            }
        }
        for planet in 0..system.planets {
            self.write_planet(out, number, system, planet, mass);
        }
    }

    fn write_planet(
        &self,
        out: &mut String,
        number: usize,
        system: &System,
        planet: usize,
        mass: u32,
    ) {
        let System { key, .. } = system;
        let at = 10 + planet * 5;
        let is_home = planet < system.homes.len();
        let gas = !is_home && planet >= 2 && self.roll(number, at, 2) == 0;
        // Radius in km, and the mass of a world of that size and the density of its kind.
        let (radius_km, kind) = match (gas, is_home) {
            (true, _) => (30_000 + self.roll(number, at + 1, 40_000), "gas_giant"),
            (false, true) => (6_000 + self.roll(number, at + 1, 1_200), "planet"),
            (false, false) => (2_500 + self.roll(number, at + 1, 5_000), "planet"),
        };
        let density = if gas { 1.3 } else { 5.4 };
        let mass_pt = mass_of(f64::from(radius_km), density);
        // Semi-major axes in a geometric row: wide where there are few planets, close where there are many.
        let ratio: f64 = if system.planets > 8 { 1.1 } else { 1.6 };
        let mut axis_au = 0.5;
        for _ in 0..planet {
            axis_au *= ratio;
        }
        let suns = f64::from(mass) / 100.0 * if system.stars > 1 { 1.5 } else { 1.0 };
        let period_s = libm::round(libm::sqrt(axis_au * axis_au * axis_au / suns) * 31_557_600.0);
        let axis_m = libm::round(axis_au * 149_597_870_700.0);
        let phase = self.roll(number, at + 2, 360);
        let habitable = is_home || (!gas && self.roll(number, at + 3, 4) == 0);
        let title = planet_name(system, planet);
        let parent =
            if system.stars == 1 { format!("parent = \"{key}-star\"\n") } else { String::new() };
        let air = if habitable || gas { "air_m = \"120 km\"\n" } else { "" };
        let habitable = if habitable { "habitable = true\n" } else { "" };
        let zone = if planet >= 4 { "zone = \"outer\"\n" } else { "" };
        let _ = writeln!(
            out,
            "[body.{key}-{}]\nname = \"{title}\"\nsystem = \"{key}\"\nkind = \"{kind}\"\nmass_pt = {mass_pt}\n\
             radius_m = \"{radius_km} km\"\n{air}{parent}{habitable}{zone}\
             orbit = {{ semi_major_m = {axis_m}, period_s = {period_s}, phase_udeg = \"{phase} deg\" }}",
            planet + 1,
        );
        let moons = if is_home { 1 } else { self.roll(number, at + 4, 3) / 2 + u32::from(gas) };
        for moon in 0..moons {
            let letter = char::from(b'a' + u8::try_from(moon % 26).unwrap_or(0));
            let radius = 800 + (phase * 7 + moon * 311) % 1_400;
            let _ = writeln!(
                out,
                "[body.{key}-{}{letter}]\nname = \"{title}{letter}\"\nsystem = \"{key}\"\nkind = \"moon\"\n\
                 mass_pt = {}\nradius_m = \"{radius} km\"\nparent = \"{key}-{}\"\n\
                 orbit = {{ semi_major_m = \"{} Mm\", period_s = \"{} d\", phase_udeg = \"{} deg\" }}",
                planet + 1,
                mass_of(f64::from(radius), 3.3),
                planet + 1,
                300 + moon * 250,
                20 + moon * 15,
                (phase + 90 * moon) % 360,
            );
        }
    }
}

fn planet_name(system: &System, planet: usize) -> String {
    match system.planets {
        1 => system.name.clone(),
        _ => format!("{} {}", system.name, roman(planet + 1)),
    }
}

/// Mass in petatonnes of a ball of that radius in km and density in tonnes a cubic metre.
fn mass_of(radius_km: f64, density: f64) -> i64 {
    // 4/3 pi r^3, in cubic metres 1e9 a cubic km, in petatonnes 1e15 t.
    let cubic_km = 4.188_790_204_786_39 * radius_km * radius_km * radius_km;
    (libm::round(cubic_km * density / 1e6) as i64).max(1)
}

/// Where the next star is, and its cluster.
fn next_place(
    number: usize,
    places: &[[i64; 3]],
    clusters: &[Vec<usize>],
    draw: &Draw,
) -> ([i64; 3], usize) {
    if places.is_empty() {
        return ([0, 0, 0], 0);
    }
    let last = clusters.len().saturating_sub(1);
    let begins = clusters.get(last).is_some_and(|members| members.len() >= CLUSTER);
    let cluster = if begins { last + 1 } else { last };
    let mut fallback = [0, 0, 0];
    for attempt in 0..64u32 {
        let at = attempt * 8;
        // A new cluster starts from any star; a star in a cluster from one of its own.
        let members = clusters.get(cluster).filter(|members| !members.is_empty());
        let parent = match members {
            Some(members) => {
                let nth = draw.below(About::Place, number, at, to_u32(members.len()));
                members.get(nth as usize).copied().unwrap_or(0)
            }
            None => draw.below(About::Place, number, at, to_u32(places.len())) as usize,
        };
        let reach = if members.is_some() && attempt < 32 { NEAR_MLY } else { FAR_MLY };
        let Some(from) = places.get(parent) else { continue };
        let side = |n: u32| draw.between(About::Place, number, at + n, -reach, reach);
        // A disc a twelfth as thick as it is wide.
        let step = [side(1), side(2), side(3) / 12];
        let place = [0, 1, 2].map(|axis| from[axis] + step[axis]);
        let length2 = apart2(from, &place);
        if length2 > reach * reach || places.contains(&place) {
            continue;
        }
        fallback = place;
        if places.iter().all(|other| apart2(other, &place) >= APART_MLY * APART_MLY) {
            return (place, cluster);
        }
    }
    if fallback == [0, 0, 0] {
        // Nothing drawn fits: step off the last star, which is never wrong, only dull.
        let from = places.last().copied().unwrap_or_default();
        fallback = [from[0] + APART_MLY, from[1], from[2] + 1];
    }
    (fallback, cluster)
}

fn apart2(one: &[i64; 3], other: &[i64; 3]) -> i64 {
    [0, 1, 2].iter().fold(0, |sum, axis| {
        let side = one[*axis] - other[*axis];
        sum + side * side
    })
}

/// Homes far apart: each next one is the system farthest from all chosen. More powers than systems share.
fn homes(places: &[[i64; 3]], powers: usize) -> Vec<usize> {
    let mut homes: Vec<usize> = Vec::with_capacity(powers);
    let mut nearest: Vec<i64> = vec![i64::MAX; places.len()];
    for power in 0..powers {
        let home = if power == 0 {
            // The first lives farthest from the middle.
            farthest(places.iter().map(|place| apart2(place, &[0, 0, 0])))
        } else if power < places.len() {
            farthest(nearest.iter().copied())
        } else {
            homes.get(power % places.len()).copied().unwrap_or(0)
        };
        homes.push(home);
        if let Some(at) = places.get(home) {
            for (place, least) in places.iter().zip(&mut nearest) {
                *least = (*least).min(apart2(place, at));
            }
        }
    }
    homes
}

fn farthest(distances: impl Iterator<Item = i64>) -> usize {
    let best = distances.enumerate().max_by_key(|(number, far)| (*far, std::cmp::Reverse(*number)));
    best.map_or(0, |(number, _)| number)
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
